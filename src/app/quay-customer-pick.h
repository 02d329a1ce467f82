/* Choosing the customer of the open cart, and the line of the cart that shows who it is. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens the card in which one is searched, made, or taken out of the cart again. */
void quay_customer_pick_open (GtkWidget *anywhere, QuayTill *till);

/** A line that follows the open cart: the customer with debt and points, or how to choose one. */
GtkWidget *quay_customer_line_new (QuayTill *till);

G_END_DECLS
