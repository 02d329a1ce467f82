/* A card that prints labels into a PDF file: which, how many of each, on which sheet. Main thread.
 */
#pragma once

#include "quay-till-labels.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * quay_labels_dialog_products:
 * @selected: (nullable): a product that is chosen
 * @shown: (nullable): a list of QuayItemObject, kept: what the page shows
 *
 * Labels for shelves: of the product chosen, of those shown, or of those whose price changed since
 * labels were printed last.
 */
void quay_labels_dialog_products (GtkWidget *anywhere, QuayTill *till, const QuayId *selected,
                                  GListModel *shown);

/** Labels for @n lots, as many of each as it says: those of a receipt. @asks is copied. */
void quay_labels_dialog_lots (GtkWidget *anywhere, QuayTill *till, const QuayLabelAsk *asks,
                              guint n);

G_END_DECLS
