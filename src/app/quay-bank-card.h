/* The shop's accounts for transfers, on the settings page. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_BANK_CARD (quay_bank_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayBankCard, quay_bank_card, QUAY, BANK_CARD, GtkBox)

/** @till: kept. */
GtkWidget *quay_bank_card_new (QuayTill *till);

G_END_DECLS
