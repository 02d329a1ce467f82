/* Search as you type: an index of words in memory. Any words in any order, each a piece of a word;
 * built on any thread, then used by one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QuayItemSearch QuayItemSearch;

/** An empty index; (transfer full). */
QuayItemSearch *quay_item_search_new (void);
void quay_item_search_free (QuayItemSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayItemSearch, quay_item_search_free)

/**
 * quay_item_search_add:
 * @no: above 0
 * @fold: all words by which it may be found, as quay_text_search_key() gives them, those of the
 *   name on the first line
 * @name: as written, for matches with diacritics
 *
 * Adds an item below those that are there: add the best sold first.
 */
void quay_item_search_add (QuayItemSearch *search, gint64 no, const char *fold, const char *name);

/** Gives an item other words, or adds it; @fold NULL takes it out. */
void quay_item_search_set (QuayItemSearch *search, gint64 no, const char *fold, const char *name);

/**
 * quay_item_search_find:
 * @text: words as typed
 * @limit: the most to return, 0 for all
 *
 * The items of which every word of @text is found, in this order: those whose names have the words
 * with the very diacritics typed; those where every word begins a word of the name; those where it
 * begins any word; the others. Among equals the one added first. Nothing if @text has no words.
 *
 * Returns: (transfer full): GArray of gint64
 */
GArray *quay_item_search_find (const QuayItemSearch *search, const char *text, guint limit);

G_END_DECLS
