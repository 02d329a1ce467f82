/* The form of a producer: a card in which it is made or changed. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @id: the producer that was saved. */
typedef void (*QuayPartnerSaved) (const QuayId *id, gpointer data);

/** Opens the form over the window of @anywhere; @id NULL: a new one. @saved is called after it was
 * saved, before the card goes. */
void quay_partner_form_open (GtkWidget *anywhere, QuayTill *till, const QuayId *id,
                             QuayPartnerSaved saved, gpointer data);

G_END_DECLS
