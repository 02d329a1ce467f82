/* The drawer at a glance: which shift is open, how much cash should be there, and what can be done
 * with it. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SHIFT_CARD (quay_shift_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayShiftCard, quay_shift_card, QUAY, SHIFT_CARD, GtkBox)

/** @till: kept. */
GtkWidget *quay_shift_card_new (QuayTill *till);

/** Reads the shift again. */
void quay_shift_card_refresh (QuayShiftCard *card);

/** Does what a function key stands for (F6 to F9); FALSE if it is none of them. */
gboolean quay_shift_card_press (QuayShiftCard *card, guint keyval);

G_END_DECLS
