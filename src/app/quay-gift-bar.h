/* The line of the cart that says which gifts are still to come. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Follows the open cart of @till; hidden while there is nothing to say. */
GtkWidget *quay_gift_bar_new (QuayTill *till);

/** Adds to the cart what of the gifts is on hand, as its button does. FALSE if there is none. */
gboolean quay_gift_bar_take (GtkWidget *bar);

G_END_DECLS
