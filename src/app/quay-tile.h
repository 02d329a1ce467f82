/* One product on the sell page: band with picture, badges, name, producer, price, stock. Made once,
 * filled again for each product that it shows. */
#pragma once

#include "quay-item.h"
#include "quay-pictures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_TILE (quay_tile_get_type ())
G_DECLARE_FINAL_TYPE (QuayTile, quay_tile, QUAY, TILE, GtkWidget)

/** An empty tile. */
GtkWidget *quay_tile_new (void);

/** Shows @item; @category may be NULL. Both are only read. */
void quay_tile_set_item (QuayTile *tile, const QuayItem *item, const QuayCategory *category,
                         QuayPictures *pictures);

G_END_DECLS
