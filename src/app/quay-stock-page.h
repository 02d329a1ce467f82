/* What is on hand: products with their stock. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_STOCK_PAGE (quay_stock_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayStockPage, quay_stock_page, QUAY, STOCK_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_stock_page_new (QuayTill *till);

G_END_DECLS
