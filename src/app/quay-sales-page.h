/* Past sales: the newest first, found by number, product or the code on a receipt. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SALES_PAGE (quay_sales_page_get_type ())
G_DECLARE_FINAL_TYPE (QuaySalesPage, quay_sales_page, QUAY, SALES_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_sales_page_new (QuayTill *till);

G_END_DECLS
