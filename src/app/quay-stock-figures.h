/* The figures over the table of stock: value, running out, near expiry, certificates. Each is a
 * button that filters. Main thread. */
#pragma once

#include "quay-shelf.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_STOCK_FIGURES (quay_stock_figures_get_type ())
G_DECLARE_FINAL_TYPE (QuayStockFigures, quay_stock_figures, QUAY, STOCK_FIGURES, GtkBox)

/*
 * Signals:
 *   pressed (guint state)   QuayShelfState bit of the figure; 0: of the value
 */

/** The figures, empty until quay_stock_figures_show(). */
GtkWidget *quay_stock_figures_new (void);

/** Shows sums of a whole shelf. */
void quay_stock_figures_show (QuayStockFigures *figures, const QuayShelfSums *sums);
/** Marks the figure whose rows are shown; 0: none. */
void quay_stock_figures_mark (QuayStockFigures *figures, guint state);

G_END_DECLS
