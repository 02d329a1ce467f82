/* Goods that were sold though nobody had entered them. They are in the customer's hand, so the sale
 * goes on; here somebody puts the figures right. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"

GPtrArray *
quay_till_negative_items (QuayTill *till, guint limit)
{
  QuayAsOf at = quay_till_as_of (till);
  return quay_reader_negative_items (till->reader, &at, limit);
}

static gboolean
can_count (const QuayItem *item, QuayQty counted, GError **error)
{
  if (item == NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such product");
  else if (counted.milli < 0 || !quay_qty_in_range (counted) ||
           (!item->weighed && counted.milli % 1000 != 0))
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "quantity of '%s' can't be", item->name);
  else if (item->stock.milli >= 0)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "stock of '%s' is not below nothing",
                 item->name);
  else
    return TRUE;
  return FALSE;
}

/* What is on the shelf and what was sold beyond the books was there from the beginning, as far as
 * the file knows: it is opening stock that was entered late. */
gboolean
quay_till_count_shelf (QuayTill *till, const QuayId *product, QuayQty counted, GError **error)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  if (!quay_till_check_reads (till, error) || !can_count (item, counted, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_STOCK_OPENING, TRUE);
  QuayStockOpening *body = event->body;
  QuayStockLine *line = g_new0 (QuayStockLine, 1);
  line->product = *product;
  line->qty = QUAY_MILLI (counted.milli - item->stock.milli);
  body->document = quay_id_new (&till->env);
  body->lines = g_ptr_array_new ();
  g_ptr_array_add (body->lines, line);
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_items_moved (till);
  return TRUE;
}
