/* Who works: the users as large buttons, and a PIN. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SIGN_CARD (quay_sign_card_get_type ())
G_DECLARE_FINAL_TYPE (QuaySignCard, quay_sign_card, QUAY, SIGN_CARD, GtkBox)

/**
 * Opens it over everything and gives it back, borrowed. It stays until somebody has signed in; if
 * somebody works already it is a switch, which Escape gives up.
 */
GtkWidget *quay_sign_card_open (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
