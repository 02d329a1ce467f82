/* Settlements with producers: the past ones, and the way to the next. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SETTLE_PAGE (quay_settle_page_get_type ())
G_DECLARE_FINAL_TYPE (QuaySettlePage, quay_settle_page, QUAY, SETTLE_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_settle_page_new (QuayTill *till);

G_END_DECLS
