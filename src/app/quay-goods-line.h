/* One line of a document of goods while it is filled in: quantities, price or commission, lot and
 * dates for goods that come in; quantity, lot and who bears it for goods that go out. Enter goes
 * from field to field; what can't be is told at its field. Main thread. */
#pragma once

#include "quay-goods.h"
#include "quay-item.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What the document is. */
typedef enum
{
  QUAY_SUPPLY_OWN,
  QUAY_SUPPLY_CONSIGNED,
  QUAY_SUPPLY_DOOR,
  QUAY_SUPPLY_OUT,
} QuaySupply;

#define QUAY_TYPE_GOODS_LINE (quay_goods_line_get_type ())
G_DECLARE_FINAL_TYPE (QuayGoodsLine, quay_goods_line, QUAY, GOODS_LINE, GtkBox)

/*
 * Signals:
 *   entered ()   Enter on the last field
 *   edited ()    somebody changed a field
 */

/** The fields, none of them open. */
GtkWidget *quay_goods_line_new (QuayTill *till);

/** Shows the fields of that kind of document. */
void quay_goods_line_set_supply (QuayGoodsLine *pane, QuaySupply supply);

/** Begins a line: @line (transfer full) with what is known so far. */
void quay_goods_line_open (QuayGoodsLine *pane, QuayVoucherLine *line, const QuayItem *item);

/** The product whose line is open; NULL if none is. */
const QuayId *quay_goods_line_product (QuayGoodsLine *pane);

/** One more was scanned: counts it. */
void quay_goods_line_more (QuayGoodsLine *pane);

/** The line as filled in, and closes it; (transfer full); NULL if something is wrong, which is told
 * at the field. */
QuayVoucherLine *quay_goods_line_take (QuayGoodsLine *pane);

/** Closes it without a line. */
void quay_goods_line_close (QuayGoodsLine *pane);

/** Gives the keyboard to the first field of the open line; FALSE if none is open. */
gboolean quay_goods_line_focus (QuayGoodsLine *pane);

/** What stands in the fields, for the draft; @editing: a number that is kept with it. (transfer
 * full), NULL if no line is open. */
char *quay_goods_line_to_text (QuayGoodsLine *pane, int editing);
/** The product of such a text, and the number kept with it; FALSE for any other text. */
gboolean quay_goods_line_text_product (const char *text, QuayId *product, int *editing);
/** Puts it back into the fields of the line that is open. */
void quay_goods_line_fill_from_text (QuayGoodsLine *pane, const char *text);

G_END_DECLS
