/* Users on the settings page: the list, and the card of one. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_USERS_CARD (quay_users_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayUsersCard, quay_users_card, QUAY, USERS_CARD, GtkBox)

/** The section of the settings page; follows what changes elsewhere. */
GtkWidget *quay_users_card_new (QuayTill *till);

G_END_DECLS
