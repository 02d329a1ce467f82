/* The card of a basket: what it is made of, how many can be made, making and taking apart. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens it over the window of @anywhere for a product of the catalogue. */
void quay_basket_card_open (GtkWidget *anywhere, QuayTill *till, const QuayId *product);

G_END_DECLS
