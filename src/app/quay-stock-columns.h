/* What the table of stock shows of a product in each column. Its rows are QuayStockSlot.
 * Main thread. */
#pragma once

#include "quay-till-stock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Columns of the table: 0 is the product, the others are QuayStockColumn + 1. */
#define QUAY_N_STOCK_TABLE_COLUMNS (QUAY_N_STOCK_COLUMNS + 1)

/** Adds all columns. @today: (borrowed) the day of what is shown. */
void quay_stock_columns_add (GtkWidget *table, const QuayDay *today);

/** The heading of a column that can be left out; borrowed, translated. */
const char *quay_stock_column_title (QuayStockColumn column);
/** Its name in the setting; static. */
const char *quay_stock_column_name (QuayStockColumn column);
/** Bits of the columns that a setting names; NULL: those that are shown at first. */
guint quay_stock_columns_from_text (const char *text);
/** The setting that names @columns; (transfer full). */
char *quay_stock_columns_to_text (guint columns);

/** By which figure the table's column @column is put in order; −1: by name. */
QuayShelfColumn quay_stock_column_order (int column);

/** "Consigned 15%", "Bought", "Basket"; (transfer full). */
char *quay_stock_terms_text (const QuayTerms *terms, QuayShelfTerms how);

G_END_DECLS
