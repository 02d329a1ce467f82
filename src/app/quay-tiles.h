/* Products to choose from: a pool of tiles filled again for a short list, and a grid that reads as
 * it scrolls for the whole catalogue. */
#pragma once

#include "quay-pictures.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_TILES (quay_tiles_get_type ())
G_DECLARE_FINAL_TYPE (QuayTiles, quay_tiles, QUAY, TILES, GtkWidget)

/*
 * Signals:
 *   chosen (QuayItem *item)   a tile was pressed; valid during the call
 */

/** @categories: (element-type QuayCategory), shared. */
GtkWidget *quay_tiles_new (QuayPictures *pictures, GPtrArray *categories);

/** Shows a short list (element-type QuayItem), which is kept. */
void quay_tiles_show_items (QuayTiles *tiles, GPtrArray *items);

/** Shows a long list of QuayItemObject, which is kept. */
void quay_tiles_show_model (QuayTiles *tiles, GListModel *model);

/** What is said in place of an empty short list. */
void quay_tiles_set_empty_text (QuayTiles *tiles, const char *title, const char *text);

/** How many items the short list has. */
guint quay_tiles_n_items (QuayTiles *tiles);

/** The only or first item of the short list, borrowed; NULL if it is empty. */
const QuayItem *quay_tiles_first (QuayTiles *tiles);

/** Gives the keyboard to the first tile; FALSE if there is none. */
gboolean quay_tiles_focus_first (QuayTiles *tiles);

/** The text size, in percent, which decides how many tiles go side by side. */
void quay_tiles_set_scale (QuayTiles *tiles, int percent);

G_END_DECLS
