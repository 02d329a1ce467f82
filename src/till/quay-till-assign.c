/* From an open line and a lot to events: shares of what was paid, the lot's terms. Thread: main. */
#include "quay-till-assign.h"

#include "quay-till-private.h"

#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-reader-attention.h"
#include "quay-reader-lots.h"

/* --- what it costs --- */

static gboolean
overflow (GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "amount out of range");
  return FALSE;
}

/* @qty of what is open, of an amount of all of it. */
static gboolean
share_of (const QuayOpenLine *open, QuayMoney amount, QuayQty qty, QuayMoney *share)
{
  QuayQty whole = QUAY_MILLI (ABS (open->qty.milli));
  return quay_share (amount, QUAY_MILLI (0), qty, whole, share);
}

/* The shelf price of the day on which it was sold. */
static QuayMoney
shelf_price (QuayTill *till, const QuayOpenLine *open)
{
  QuayAsOf at = { .day = open->day, .loc = till->floor };
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, &open->product);
  return item != NULL && item->has_price ? item->price : open->price;
}

static gboolean
cost_of_sale (QuayTill *till, const QuayOpenLine *open, const QuayLot *lot, QuayQty qty,
              QuayMoney *cost)
{
  QuayMoney worth;
  QuayMoney shelf = open->price;
  if (!share_of (open, open->worth, qty, &worth))
    return FALSE;
  gint64 net = worth.dong;
  if (open->line_amount.dong > 0 &&
      !quay_muldiv (worth.dong, open->line_net.dong, open->line_amount.dong, &net))
    return FALSE;
  if (lot->terms.base == QUAY_BASE_SHELF)
    shelf = shelf_price (till, open);
  return quay_terms_cost (&lot->terms, qty, QUAY_DONG (ABS (worth.dong)), QUAY_DONG (ABS (net)),
                          shelf, cost);
}

/* What @qty, which became @fate, costs as goods of @lot; what was spoilt at the producer's expense
 * or went back to him costs nothing, nor what only moved. */
static gboolean
cost_of (QuayTill *till, const QuayOpenLine *open, const QuayLot *lot, QuayAssignKind fate,
         QuayQty qty, QuayMoney *cost)
{
  *cost = QUAY_DONG (0);
  if (lot == NULL || open->moved)
    return TRUE;
  if (open->of_sale)
    return cost_of_sale (till, open, lot, qty, cost);
  return fate != QUAY_ASSIGN_LOST || quay_till_cost_of_loss (till, lot, qty, cost);
}

/* What who brought goods of @lot (nullable) is owed for @qty of them: consigned ones are owed for
 * when they are sold. */
static gboolean
owed_for (const QuayLot *lot, QuayQty qty, QuayMoney *owed)
{
  *owed = QUAY_DONG (0);
  return lot == NULL || lot->terms.kind != QUAY_TERMS_OWN ||
         quay_money_times_qty (lot->terms.price, qty, owed);
}

/* Own goods that went back are owed no more: so who got them is credited for the lots that gave
 * them after all, as a document that names its lots does at once. */
static gboolean
credit_returned (QuayTill *till, const QuayOpenLine *open, const QuayLot *lot, QuayQty qty,
                 QuayAssign *body)
{
  QuayMoney before, now;
  g_autoptr (QuayLot) from =
      quay_id_is_nil (&open->lot) ? NULL : quay_reader_lot (till->reader, &open->lot);
  if (quay_id_is_nil (&open->party))
    return TRUE;
  if (!owed_for (from, qty, &before) || !owed_for (lot, qty, &now))
    return FALSE;
  body->owed = QUAY_DONG (open->qty.milli < 0 ? now.dong - before.dong : before.dong - now.dong);
  if (body->owed.dong != 0)
    body->party = open->party;
  return TRUE;
}

/* --- events --- */

/* Goods that came back cost less than nothing: @cost, nil: by the terms of the lot. */
static QuayEvent *
make_event (QuayTill *till, const QuayOpenLine *open, const QuayLot *lot, QuayQty qty,
            const QuayMoney *cost, const char *why, GError **error)
{
  int sign = open->qty.milli < 0 ? -1 : 1;
  QuayAssignKind fate = lot != NULL ? quay_open_line_fate (open, &lot->terms) : open->kind;
  g_autoptr (QuayEvent) event = quay_till_event (till, QUAY_EVENT_ASSIGNED, TRUE);
  QuayAssign *body = event->body;
  event->loc = open->loc;
  body->doc = open->doc;
  body->line = open->line;
  body->kind = fate;
  body->product = open->product;
  body->from = open->lot;
  body->to = lot != NULL ? lot->id : QUAY_ID_NIL;
  body->qty = QUAY_MILLI (sign * qty.milli);
  body->why = why != NULL && *why != '\0' ? g_strdup (why) : NULL;
  if (!share_of (open, open->amount, qty, &body->amount) ||
      !share_of (open, open->cost, qty, &body->cost_from) ||
      !credit_returned (till, open, lot, qty, body) ||
      (cost == NULL && !cost_of (till, open, lot, fate, qty, &body->cost)))
    {
      overflow (error);
      return NULL;
    }
  body->cost = QUAY_DONG (sign * (cost != NULL ? cost->dong : body->cost.dong));
  return g_steal_pointer (&event);
}

/* The other end of goods that moved: there they came, from that lot. */
static QuayEvent *
other_end (const QuayEvent *event, QuayTill *till, const QuayOpenLine *open)
{
  const QuayAssign *from = event->body;
  QuayEvent *other = quay_till_event (till, QUAY_EVENT_ASSIGNED, TRUE);
  QuayAssign *body = other->body;
  *body = *from;
  body->why = g_strdup (from->why);
  body->qty = QUAY_MILLI (-from->qty.milli);
  other->loc = open->other;
  return other;
}

static gboolean
add_assign (QuayTill *till, QuayTxn *txn, const QuayId *id, const QuayOpenLine *open,
            const QuayLot *lot, QuayQty qty, const QuayMoney *cost, const char *why, GError **error)
{
  QuayEvent *event = make_event (till, open, lot, qty, cost, why, error);
  if (event == NULL)
    return FALSE;
  if (id != NULL)
    event->id = *id;
  QuayEvent *other = open->moved ? other_end (event, till, open) : NULL;
  quay_txn_add (txn, event);
  if (other != NULL)
    quay_txn_add (txn, other);
  return TRUE;
}

/* An event names one fate: goods that were one thing of their lot and are another of @lot go by no
 * lot. */
gboolean
quay_till_add_assign (QuayTill *till, QuayTxn *txn, const QuayId *id, const QuayOpenLine *open,
                      const QuayLot *lot, QuayQty qty, const QuayMoney *cost, const char *why,
                      GError **error)
{
  if (lot == NULL || quay_id_is_nil (&open->lot) ||
      quay_open_line_fate (open, &lot->terms) == open->kind)
    return add_assign (till, txn, id, open, lot, qty, cost, why, error);
  QuayOpenLine bare = *open;
  bare.lot = QUAY_ID_NIL;
  bare.cost = QUAY_DONG (0);
  return add_assign (till, txn, id, open, NULL, qty, NULL, why, error) &&
         add_assign (till, txn, NULL, &bare, lot, qty, cost, why, error);
}

gboolean
quay_till_commit_assigns (QuayTill *till, QuayTxn *txn, GError **error)
{
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  const QuayEvent *first = done->events->pdata[0];
  if (first->kind != QUAY_EVENT_ASSIGNED)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "the id is that of another event");
      return FALSE;
    }
  quay_till_items_moved (till);
  return TRUE;
}

/* --- the verb --- */

static gboolean
can_assign (const QuayOpenLine *open, const QuayId *to, const QuayLot *lot, QuayQty qty,
            GError **error)
{
  const char *why = NULL;
  QuayError code = QUAY_ERROR_REFUSED;
  if (qty.milli <= 0 || qty.milli > ABS (open->qty.milli))
    {
      why = "quantity is more than what is open";
      code = QUAY_ERROR_INVALID;
    }
  else if (quay_id_equal (to, &open->lot))
    why = "it is that lot's already";
  else if (!quay_id_is_nil (to) && (lot == NULL || !quay_id_equal (&lot->product, &open->product)))
    why = "the lot is not of this product";
  if (why != NULL)
    g_set_error_literal (error, QUAY_ERROR, code, why);
  return why == NULL;
}

gboolean
quay_till_assign (QuayTill *till, const QuayId *id, const QuayOpenLine *open, const QuayId *to,
                  QuayQty qty, const char *why, GError **error)
{
  g_autoptr (QuayLot) lot = quay_id_is_nil (to) ? NULL : quay_reader_lot (till->reader, to);
  if (!quay_till_check_reads (till, error) || !quay_till_check_text (why, 70, error) ||
      !can_assign (open, to, lot, qty, error))
    return FALSE;
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  return quay_till_add_assign (till, txn, id, open, lot, qty, NULL, why, error) &&
         quay_till_commit_assigns (till, g_steal_pointer (&txn), error);
}
