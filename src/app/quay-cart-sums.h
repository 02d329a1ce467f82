/* The sums below the open cart: subtotal, what was taken off, VAT, what is to be paid. Main thread.
 */
#pragma once

#include "quay-cart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CART_SUMS (quay_cart_sums_get_type ())
G_DECLARE_FINAL_TYPE (QuayCartSums, quay_cart_sums, QUAY, CART_SUMS, GtkBox)

/** Of an empty cart. */
GtkWidget *quay_cart_sums_new (void);
/** Shows those of @cart. */
void quay_cart_sums_show (QuayCartSums *sums, const QuayCart *cart);

G_END_DECLS
