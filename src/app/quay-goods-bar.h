/* A line in which goods are named by scanner or keyboard: product, lot, quantity. The same code
 * scanned again counts one more; another code first hands over what stands there. Main thread. */
#pragma once

#include "quay-till-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_GOODS_BAR (quay_goods_bar_get_type ())
G_DECLARE_FINAL_TYPE (QuayGoodsBar, quay_goods_bar, QUAY, GOODS_BAR, GtkBox)

/** What stands in the bar. @whole: no lot was chosen; @lot nil: what has no lot. */
typedef struct
{
  const QuayItem *item;
  QuayId lot;
  gboolean whole;
  const char *lot_text; /* as chosen */
  QuayQty qty;
} QuayGoodsEntry;

/** Takes it; FALSE if it was refused: it then stays, and @fault (transfer full) is told under it.
 */
typedef gboolean (*QuayGoodsTake) (const QuayGoodsEntry *entry, char **fault, gpointer data);

/**
 * quay_goods_bar_new:
 * @verb: text of the button, as "Record"
 * @whole: text of the choice without a lot, as "All lots"
 * @zero: whether 0 is a quantity
 */
GtkWidget *quay_goods_bar_new (QuayTill *till, const char *verb, const char *whole, gboolean zero,
                               QuayGoodsTake take, gpointer data);

/** Whose lots are offered. */
void quay_goods_bar_set_place (QuayGoodsBar *bar, const QuayId *place);

/** A scanned code. */
void quay_goods_bar_scan (QuayGoodsBar *bar, const char *text);

/** Shows a product to be given a quantity; @remark (nullable) under it. */
void quay_goods_bar_show (QuayGoodsBar *bar, const QuayId *product, const char *remark);

/** A side remark under the product that stands there; NULL takes it away. */
void quay_goods_bar_set_remark (QuayGoodsBar *bar, const char *remark);

/** Hands over what stands there; TRUE if nothing is left. */
gboolean quay_goods_bar_flush (QuayGoodsBar *bar);

/** The product that stands there; borrowed, NULL for none. */
const QuayItem *quay_goods_bar_get_item (QuayGoodsBar *bar);

G_END_DECLS
