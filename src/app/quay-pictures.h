/* Pictures of products for tiles: read once, at the size of a tile, and kept. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PICTURES (quay_pictures_get_type ())
G_DECLARE_FINAL_TYPE (QuayPictures, quay_pictures, QUAY, PICTURES, GObject)

/** @dir: the shop's folder, whose pictures/ holds the files. (transfer full) */
QuayPictures *quay_pictures_new (const char *dir);

/** The picture of that name, borrowed; NULL while it is not read yet or can't be. */
GdkPaintable *quay_pictures_get (QuayPictures *pictures, const char *name);

/** The drawing of a category ("cat-tea"), borrowed; NULL if there is none. */
GdkPaintable *quay_pictures_drawing (QuayPictures *pictures, const char *icon);

/*
 * Signals:
 *   loaded ()   a picture asked for has been read
 */

/** Begins to draw all categories' icons in a thread; the first start of SVG alone takes 4 ms. */
void quay_pictures_draw_ahead (void);

G_END_DECLS
