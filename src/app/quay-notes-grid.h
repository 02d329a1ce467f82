/* Cash counted by its notes: how many of which, what each comes to, and the sum, as one types. Only
 * digits go in; Tab or Enter goes to the next note. Main thread. */
#pragma once

#include "quay-notes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_NOTES_GRID (quay_notes_grid_get_type ())
G_DECLARE_FINAL_TYPE (QuayNotesGrid, quay_notes_grid, QUAY, NOTES_GRID, GtkBox)

/*
 * Signals:
 *   changed ()   a count is another
 *   done ()      Enter on the last note
 */

/** All counts empty. */
GtkWidget *quay_notes_grid_new (void);

/** The counts (QUAY_N_NOTES; empty is 0) and what they come to; either may be NULL. FALSE if one is
 * too large. */
gboolean quay_notes_grid_get (QuayNotesGrid *grid, gint64 *counts, QuayMoney *sum);

/** TRUE if anything was typed. */
gboolean quay_notes_grid_is_touched (QuayNotesGrid *grid);

/** Whether counts can still be changed. */
void quay_notes_grid_set_locked (QuayNotesGrid *grid, gboolean locked);

/** The entry of the greatest note, to give it the keyboard. */
GtkWidget *quay_notes_grid_first (QuayNotesGrid *grid);

G_END_DECLS
