/* Cash by its notes: how many of which. Pure; any thread. */
#pragma once

#include "quay-money.h"

G_BEGIN_DECLS

/** The notes that are in use, greatest first, 0 at the end (State Bank of Vietnam; 500 đ is the
 * smallest that is still given). */
extern const gint64 quay_note_values[];
#define QUAY_N_NOTES 10

/**
 * quay_notes_sum:
 * @counts: QUAY_N_NOTES of them, in the order of quay_note_values; each 0 … 100,000
 *
 * Returns: FALSE if a count is out of range.
 */
gboolean quay_notes_sum (const gint64 *counts, QuayMoney *sum) G_GNUC_WARN_UNUSED_RESULT;

/** As stored in a shift: "500000:2 200000:1", without those that are not there; (transfer full). */
char *quay_notes_to_text (const gint64 *counts);

/** Reads it again; FALSE with all counts 0 for a text of another form. */
gboolean quay_notes_from_text (const char *text, gint64 *counts);

G_END_DECLS
