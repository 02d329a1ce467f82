/* The form of a product: a card over the catalogue in which it is made or changed. */
#pragma once

#include "quay-till-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_ITEM_FORM (quay_item_form_get_type ())
G_DECLARE_FINAL_TYPE (QuayItemForm, quay_item_form, QUAY, ITEM_FORM, GtkBox)

/** Opens the form over the window of @anywhere; @product NULL: a new one. Saving and closing is the
 * form's own business; lists hear of it by the till's items-changed. */
void quay_item_form_open (GtkWidget *anywhere, QuayTill *till, const QuayId *product);

G_END_DECLS
