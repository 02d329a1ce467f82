/* The page Receipts: past sales, and orders that wait. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @till: kept. The page, with past sales in front. */
GtkWidget *quay_sales_section_new (QuayTill *till);

G_END_DECLS
