/* The state of the journal in plain words: how many entries, unbroken since when. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CHAIN_CARD (quay_chain_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayChainCard, quay_chain_card, QUAY, CHAIN_CARD, GtkBox)

/** Checks the file by itself when it is first shown, beside the counter. */
GtkWidget *quay_chain_card_new (QuayTill *till);

/** The business day of the first entry; 0: not known yet. */
void quay_chain_card_set_since (QuayChainCard *card, QuayDay since);

G_END_DECLS
