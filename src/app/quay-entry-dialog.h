/* The card that books something into a producer's account: a pay-out, an advance, a charge, goods
 * that were taken, a correction. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @id: of the entry that was booked. */
typedef void (*QuayEntryDone) (const QuayId *id, gpointer data);

/**
 * quay_entry_dialog_open:
 * @kind: "payout", "advance", "charge", "goods" or "correction"
 * @doc: (nullable): the settlement that a pay-out is for
 * @done: (nullable): called after it was booked, before the card goes
 */
void quay_entry_dialog_open (GtkWidget *anywhere, QuayTill *till, const QuayId *producer,
                             const char *kind, const QuayId *doc, QuayEntryDone done,
                             gpointer data);

G_END_DECLS
