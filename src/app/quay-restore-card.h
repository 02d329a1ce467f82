/* Putting a copy in the place of the shop's file, tried out first. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_RESTORE_CARD (quay_restore_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayRestoreCard, quay_restore_card, QUAY, RESTORE_CARD, GtkBox)

/** A card of the settings; takes the right QUAY_ACT_SETTINGS. */
GtkWidget *quay_restore_card_new (QuayTill *till);

G_END_DECLS
