/* The tab of counts (kiểm kê): a list, and one of them opened. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_COUNT_PAGE (quay_count_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayCountPage, quay_count_page, QUAY, COUNT_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_count_page_new (QuayTill *till);

/** Opens one of them. */
void quay_count_page_open (QuayCountPage *page, const QuayId *count);

G_END_DECLS
