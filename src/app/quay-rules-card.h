/* How the shop reckons: VAT, rounding of cash, when its day begins. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_RULES_CARD (quay_rules_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayRulesCard, quay_rules_card, QUAY, RULES_CARD, GtkBox)

/** A card of the settings. */
GtkWidget *quay_rules_card_new (QuayTill *till);

G_END_DECLS
