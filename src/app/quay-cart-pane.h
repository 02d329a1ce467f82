/* The right side of the sell page: the open cart with its lines, totals and the buttons under them.
 */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CART_PANE (quay_cart_pane_get_type ())
G_DECLARE_FINAL_TYPE (QuayCartPane, quay_cart_pane, QUAY, CART_PANE, GtkWidget)

/*
 * Signals: a button was pressed that is not the pane's own business:
 *   pay (), hold (), held (), buyer ()
 *   edit-weight (guint index), edit-note (guint index)
 *   edited ()                  a quantity was typed: give the keyboard back
 */

/** Follows the till's open cart. */
GtkWidget *quay_cart_pane_new (QuayTill *till);

/** The selected line, −1 if the cart is empty. */
int quay_cart_pane_selected (QuayCartPane *pane);
/** Selects a line and brings it into sight. */
void quay_cart_pane_select (QuayCartPane *pane, guint index);
/** Moves the selection up (−1) or down (1). */
void quay_cart_pane_move (QuayCartPane *pane, int by);
/** Lets the user type the quantity of the selected line. */
void quay_cart_pane_edit_qty (QuayCartPane *pane);
/** Takes the selected line out. */
void quay_cart_pane_remove (QuayCartPane *pane);
/** Gives lines that are marked the price of today. */
void quay_cart_pane_take_prices (QuayCartPane *pane);
/** Adds the gifts that the cart has earned and that are on hand; FALSE if there are none. */
gboolean quay_cart_pane_take_gifts (QuayCartPane *pane);
/** Asks whether to throw the whole cart away; each line leaves a trace. */
void quay_cart_pane_clear (QuayCartPane *pane);
/** How many carts are put aside. */
void quay_cart_pane_set_held (QuayCartPane *pane, guint n);

G_END_DECLS
