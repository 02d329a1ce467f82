/* Posting documents of goods. Thread: main. */
#include "quay-till-goods.h"

#include "quay-till-private.h"

#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-reader-lots.h"

/* Lines of one event: each takes up to 600 bytes. */
#define LINES_PER_EVENT 80

static const QuayEventKind event_kinds[QUAY_N_GOODS_KINDS] = {
  [QUAY_GOODS_RECEIVED] = QUAY_EVENT_RECEIVED, [QUAY_GOODS_ISSUED] = QUAY_EVENT_ISSUED,
  [QUAY_GOODS_MOVED] = QUAY_EVENT_MOVED,       [QUAY_GOODS_COUNTED] = QUAY_EVENT_COUNTED,
  [QUAY_GOODS_BUNDLED] = QUAY_EVENT_BUNDLED,
};

QuayId
quay_till_place (QuayTill *till)
{
  return till->floor;
}

static gboolean
invalid (const char *why, const char *name, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "%s%s%s", why, name != NULL ? ": " : "",
               name != NULL ? name : "");
  return FALSE;
}

static gboolean
is_sound (const QuayVoucher *voucher, GError **error)
{
  if (voucher->lines->len == 0)
    return invalid ("document has no lines", NULL, error);
  for (guint i = 0; i < voucher->lines->len; i++)
    {
      const QuayVoucherLine *line = voucher->lines->pdata[i];
      if (quay_id_is_nil (&line->product) || line->qty.milli == 0)
        return invalid ("line without a product or a quantity", line->name, error);
      if (line->made != 0 && line->expires != 0 && line->expires < line->made)
        return invalid ("expires before it is made", line->name, error);
    }
  return TRUE;
}

/* --- lots for lines that name none --- */

/* What goods cost the shop that it lost: own ones their price, consigned ones what the producer
 * would have got at the shelf price. */
gboolean
quay_till_cost_of_loss (QuayTill *till, const QuayLot *lot, QuayQty qty, QuayMoney *cost)
{
  QuayAsOf at = quay_till_as_of (till);
  QuayMoney worth, net;
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, &lot->product);
  QuayMoney price = item != NULL && item->has_price ? item->price : QUAY_DONG (0);
  if (!quay_money_times_qty (price, qty, &worth))
    return FALSE;
  net = worth;
  if (item != NULL && item->rate_bp > 0 &&
      !quay_muldiv (worth.dong, 10000, 10000 + item->rate_bp, &net.dong))
    return FALSE;
  return quay_terms_cost (&lot->terms, qty, worth, net, price, cost);
}

static gboolean
add_split (QuayTill *till, GPtrArray *out, const QuayVoucherLine *line, const QuayLot *lot,
           QuayQty qty)
{
  QuayVoucherLine *part = quay_voucher_line_copy (line);
  g_ptr_array_add (out, part);
  part->qty = qty;
  if (lot != NULL)
    part->lot = lot->id;
  if (lot != NULL && !quay_terms_are_consigned (&lot->terms))
    part->bearer = 0; /* own goods are the shop's loss */
  if (lot != NULL && part->cost.dong == 0 && !part->bearer &&
      !quay_till_cost_of_loss (till, lot, qty, &part->cost))
    return FALSE;
  return quay_money_times_qty (part->price, qty, &part->amount);
}

/* One line becomes a line a lot; what no lot has stays unallocated. Whoever fills in a document
 * answers for expired goods. */
static gboolean
split_line (QuayTill *till, const QuayId *loc, const QuayVoucherLine *line, GPtrArray *out,
            GError **error)
{
  QuayQty rest;
  QuayTake take = { .qty = line->qty, .code = line->code, .override = TRUE };
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, loc, &line->product);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = lots->len; i > 0; i--)
    if (quay_id_is_nil (&((QuayLot *)lots->pdata[i - 1])->id))
      g_ptr_array_remove_index (lots, i - 1);
  if (!quay_lots_take (lots, &take, parts, &rest, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, &part->lot);
      if (!add_split (till, out, line, lot, part->qty))
        return invalid ("amount out of range", line->name, error);
    }
  if (rest.milli > 0 && !add_split (till, out, line, NULL, rest))
    return invalid ("amount out of range", line->name, error);
  return TRUE;
}

static gboolean
fill_line (QuayTill *till, const QuayVoucherLine *line, GPtrArray *out)
{
  g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, &line->lot);
  QuayVoucherLine *copy = quay_voucher_line_copy (line);
  g_ptr_array_add (out, copy);
  if (lot != NULL && !quay_terms_are_consigned (&lot->terms))
    copy->bearer = 0;
  return lot == NULL || copy->cost.dong != 0 || copy->bearer ||
         quay_till_cost_of_loss (till, lot, copy->qty, &copy->cost);
}

static gboolean
split_lines (QuayTill *till, const QuayId *loc, QuayVoucher *voucher, GError **error)
{
  g_autoptr (GPtrArray) out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  for (guint i = 0; i < voucher->lines->len; i++)
    {
      const QuayVoucherLine *line = voucher->lines->pdata[i];
      if (line->qty.milli > 0 && quay_id_is_nil (&line->lot))
        {
          if (!split_line (till, loc, line, out, error))
            return FALSE;
        }
      else if (!fill_line (till, line, out))
        return invalid ("cost out of range", line->name, error);
    }
  g_ptr_array_unref (voucher->lines);
  voucher->lines = g_steal_pointer (&out);
  return quay_till_check_reads (till, error);
}

/* Own goods that go back to who delivered them are owed no more. */
static gboolean
credit_returned (QuayTill *till, QuayVoucher *voucher, GError **error)
{
  if (g_strcmp0 (voucher->reason, "returned") != 0 || quay_id_is_nil (&voucher->party))
    return TRUE;
  voucher->owed = QUAY_DONG (0);
  for (guint i = 0; i < voucher->lines->len; i++)
    {
      const QuayVoucherLine *line = voucher->lines->pdata[i];
      QuayMoney worth = QUAY_DONG (0);
      g_autoptr (QuayLot) lot =
          quay_id_is_nil (&line->lot) ? NULL : quay_reader_lot (till->reader, &line->lot);
      if (lot == NULL || lot->terms.kind != QUAY_TERMS_OWN)
        continue;
      if (!quay_money_times_qty (lot->terms.price, line->qty, &worth) ||
          !quay_money_sub (voucher->owed, worth, &voucher->owed))
        return invalid ("amount out of range", line->name, error);
    }
  return quay_till_check_reads (till, error);
}

/* --- events --- */

static void
copy_lines (const QuayVoucher *from, guint first, guint n, QuayVoucher *to)
{
  to->lines = g_ptr_array_new ();
  for (guint i = first; i < first + n; i++)
    {
      QuayVoucherLine *line = quay_voucher_line_copy (from->lines->pdata[i]);
      to->total.dong += line->amount.dong;
      g_ptr_array_add (to->lines, line);
    }
}

/* An event of the document: the first has its id, its number and what is owed. */
static QuayEvent *
make_event (QuayTill *till, const QuayId *id, QuayGoodsKind kind, const QuayId *loc,
            const QuayVoucher *voucher, guint first)
{
  QuayEvent *event = quay_till_event (till, event_kinds[kind], TRUE);
  QuayVoucher *body = event->body;
  guint n = MIN (voucher->lines->len - first, LINES_PER_EVENT);
  event->loc = *loc;
  if (first == 0)
    event->id = *id;
  if (voucher->lines->len > LINES_PER_EVENT)
    body->document = *id;
  body->party = voucher->party;
  body->name = g_strdup (voucher->name);
  body->reason = g_strdup (voucher->reason);
  body->to = voucher->to;
  body->subject = voucher->subject;
  body->ref = g_strdup (voucher->ref);
  body->ref_day = voucher->ref_day;
  body->reverses = voucher->reverses;
  body->note = g_strdup (voucher->note);
  if (first == 0)
    body->owed = voucher->owed;
  copy_lines (voucher, first, n, body);
  return event;
}

QuayEvent *
quay_till_entry_event (QuayTill *till, const QuayEntry *entry)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_ENTRY, FALSE);
  QuayEntry *body = event->body;
  *body = *entry;
  body->number = NULL;
  body->name = g_strdup (entry->name);
  body->kind = g_strdup (entry->kind);
  body->ref = g_strdup (entry->ref);
  body->why = g_strdup (entry->why);
  return event;
}

static QuayTxn *
build (QuayTill *till, const QuayId *id, QuayGoodsKind kind, const QuayId *loc,
       const QuayVoucher *voucher, GPtrArray *entries)
{
  QuayTxn *txn = quay_txn_new ();
  for (guint i = 0; i < voucher->lines->len; i += LINES_PER_EVENT)
    quay_txn_add (txn, make_event (till, id, kind, loc, voucher, i));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      QuayEvent *event = quay_till_entry_event (till, entries->pdata[i]);
      ((QuayEntry *)event->body)->doc = *id;
      if (quay_event_moves_cash (event))
        quay_till_need_shift (till, txn, event);
      quay_txn_add (txn, event);
    }
  return txn;
}

char *
quay_till_post_goods (QuayTill *till, const QuayId *id, QuayGoodsKind kind, const QuayId *loc,
                      QuayVoucher *voucher, GPtrArray *entries, GError **error)
{
  QuayId place = loc != NULL && !quay_id_is_nil (loc) ? *loc : till->floor;
  gboolean taken = (kind == QUAY_GOODS_ISSUED || kind == QUAY_GOODS_MOVED) &&
                   quay_id_is_nil (&voucher->reverses); /* which has its lots */
  if (!is_sound (voucher, error) || !quay_till_need_room (till, error) ||
      !quay_till_find_shift (till, error) ||
      (taken && !split_lines (till, &place, voucher, error)) ||
      (taken && kind == QUAY_GOODS_ISSUED && !credit_returned (till, voucher, error)))
    return NULL;
  if (!quay_voucher_sum (voucher))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "total out of range");
      return NULL;
    }
  g_autoptr (QuayResult) done =
      quay_till_commit (till, build (till, id, kind, &place, voucher, entries), error);
  if (done == NULL)
    return NULL;
  const QuayEvent *first = done->events->pdata[0];
  if (first->kind != event_kinds[kind])
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  quay_till_learn_shift (till, done);
  quay_till_items_moved (till);
  return g_strdup (((const QuayVoucher *)first->body)->number);
}
