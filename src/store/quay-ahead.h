/* Reading ahead: on a cold disk a start waits for two hundred small reads, one after the other.
 * They are made here while the program still brings up its window, and what they give is thrown
 * away: the pages are then in memory. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QuayAhead QuayAhead;

/**
 * quay_ahead_begin:
 * @dir: the shop's folder; nothing happens if there is no sound file in it
 * @items: how many of the best sold products the first page shows
 *
 * Starts a thread that reads. Nothing of it is locked, changed or believed. The file must not be
 * open in this process, nor be opened before quay_ahead_end(): SQLite would lose its locks when the
 * thread closes it.
 *
 * Returns: (transfer full)
 */
QuayAhead *quay_ahead_begin (const char *dir, guint items);

/** Waits for the end of the thread, which a start would have spent on the same reads. */
void quay_ahead_end (QuayAhead *ahead);

G_END_DECLS
