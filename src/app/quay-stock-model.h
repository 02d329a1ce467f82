/* The rows of the table of stock: one object a position, whose content changes as one types. So GTK
 * fills the cells that it has anew and makes none. Main thread. */
#pragma once

#include "quay-shelf.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** What stands at a position. */
#define QUAY_TYPE_STOCK_SLOT (quay_stock_slot_get_type ())
G_DECLARE_FINAL_TYPE (QuayStockSlot, quay_stock_slot, QUAY, STOCK_SLOT, GObject)

/** Borrowed; valid until the slot shows another row. */
const QuayShelfRow *quay_stock_slot_get (QuayStockSlot *slot);

#define QUAY_TYPE_STOCK_MODEL (quay_stock_model_get_type ())
G_DECLARE_FINAL_TYPE (QuayStockModel, quay_stock_model, QUAY, STOCK_MODEL, GObject)

/** An empty model; (transfer full). */
QuayStockModel *quay_stock_model_new (void);

/** Shows @rows (element-type QuayShelfRow) (transfer full), whose elements live until the next
 * call, instead of what was there. Only the first @most of them are right, and if they are more
 * than before no more are there, until quay_stock_model_show_all(); 0: all. GTK keeps two hundred
 * rows ready, and to make them, or to fill them all, takes longer than a key press has time for. */
void quay_stock_model_set (QuayStockModel *model, GPtrArray *rows, guint most);
void quay_stock_model_show_all (QuayStockModel *model);

/** All its rows, shown or not: (element-type QuayShelfRow), borrowed. */
GPtrArray *quay_stock_model_rows (QuayStockModel *model);

G_END_DECLS
