/* Rows of the stock family: documents of goods, what a count saw, what went to another lot. */
#include "quay-event-private.h"

#include "quay-body-stock.h"

/* --- documents --- */

static void
add_head (QuayRows *rows, const QuayEvent *event)
{
  const QuayVoucher *v = event->body;
  quay_rows_begin (rows, QUAY_TABLE_VOUCHER);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, quay_id_is_nil (&v->document) ? &event->id : &v->document);
  quay_rows_add_text (rows, quay_event_kind_name (event->kind));
  quay_rows_add_text (rows, v->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->loc);
  quay_rows_add_id (rows, &v->to);
  quay_rows_add_id (rows, &v->party);
  quay_rows_add_text (rows, v->name);
  quay_rows_add_text (rows, v->reason);
  quay_rows_add_id (rows, &v->subject);
  quay_rows_add_text (rows, v->ref);
  quay_rows_add_int (rows, v->ref_day);
  quay_rows_add_id (rows, &v->reverses);
  quay_rows_add_int (rows, v->total.dong);
  quay_rows_add_int (rows, v->owed.dong);
  quay_rows_add_text (rows, v->note);
  if (v->number != NULL)
    quay_rows_of_number (rows, v->number);
}

static void
add_line (QuayRows *rows, const QuayEvent *event, gint64 n, const QuayVoucherLine *line)
{
  quay_rows_begin (rows, QUAY_TABLE_VOUCHER_LINE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, n);
  quay_rows_add_id (rows, &line->product);
  quay_rows_add_text (rows, line->sku);
  quay_rows_add_text (rows, line->name);
  quay_rows_add_text (rows, line->unit);
  quay_rows_add_id (rows, &line->lot);
  quay_rows_add_int (rows, line->qty.milli);
  quay_rows_add_int (rows, line->other.milli);
  quay_rows_add_int (rows, line->price.dong);
  quay_rows_add_int (rows, line->amount.dong);
  quay_rows_add_int (rows, line->cost.dong);
  quay_rows_add_int (rows, line->bearer);
  quay_rows_add_int (rows, line->seen);
  quay_rows_add_int (rows, line->deduct);
  quay_rows_add_text (rows, line->note);
}

static void
add_lot (QuayRows *rows, const QuayEvent *event, gint64 n, const QuayVoucherLine *line)
{
  const QuayVoucher *v = event->body;
  quay_rows_begin (rows, QUAY_TABLE_LOT);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, n);
  quay_rows_add_id (rows, &line->lot);
  quay_rows_add_id (rows, &line->product);
  quay_rows_add_id (rows, &line->producer);
  quay_rows_add_id (rows, &v->party);
  quay_rows_add_int (rows, line->terms.kind);
  quay_rows_add_int (rows, line->terms.price.dong);
  quay_rows_add_int (rows, line->terms.commission_bp);
  quay_rows_add_int (rows, line->terms.base);
  quay_rows_add_int (rows, line->terms.net_of_vat);
  quay_rows_add_int (rows, line->made);
  quay_rows_add_int (rows, line->expires);
  quay_rows_add_int (rows, event->day);
  quay_rows_add_text (rows, line->code);
  quay_rows_add_text (rows, line->trace);
  quay_rows_add_int (rows, line->qty.milli);
}

static void
add_move (QuayRows *rows, const QuayEvent *event, gint64 *no, gint64 line, const QuayId *loc,
          const QuayVoucherLine *from, int sign)
{
  QuayMove move = { .no = ++*no,
                    .line = line,
                    .loc = loc,
                    .product = &from->product,
                    .lot = &from->lot,
                    .qty = QUAY_MILLI (sign * from->qty.milli),
                    .cost = from->cost };
  quay_rows_of_move (rows, event, &move);
}

/* What all documents must show. */
static gboolean
is_sound (const QuayEvent *event, gboolean positive, GError **error)
{
  const QuayVoucher *v = event->body;
  QuayMoney total = QUAY_DONG (0);
  if (quay_id_is_nil (&event->loc))
    return quay_event_refuse (event, "goods move but no place is named", error);
  if (v->lines->len == 0 || v->lines->len * 2 > QUAY_MAX_MOVES)
    return quay_event_refuse (event, "has no lines, or too many", error);
  for (guint i = 0; i < v->lines->len; i++)
    {
      const QuayVoucherLine *line = v->lines->pdata[i];
      if (line->qty.milli == 0 || (positive && line->qty.milli < 0))
        return quay_event_refuse (event, "a line's quantity is not above nothing", error);
      if (line->made != 0 && line->expires != 0 && line->expires < line->made)
        return quay_event_refuse (event, "a lot expires before it is made", error);
      if (!quay_money_add (total, line->amount, &total))
        return quay_event_refuse (event, "its total is out of range", error);
    }
  return total.dong == v->total.dong ||
         quay_event_refuse (event, "lines and total don't agree", error);
}

gboolean
quay_rows_of_received (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayVoucher *v = event->body;
  gint64 no = 0;
  if (!is_sound (event, FALSE, error))
    return FALSE;
  if (v->owed.dong != 0 && quay_id_is_nil (&v->party))
    return quay_event_refuse (event, "something is owed, but not to whom", error);
  add_head (rows, event);
  for (guint i = 0; i < v->lines->len; i++)
    {
      const QuayVoucherLine *line = v->lines->pdata[i];
      add_line (rows, event, i + 1, line);
      if (line->terms.kind != QUAY_TERMS_NONE && line->qty.milli > 0)
        add_lot (rows, event, i + 1, line);
      add_move (rows, event, &no, i + 1, &event->loc, line, 1);
      quay_rows_of_lot (rows, &line->lot, "in", line->qty.milli);
    }
  quay_rows_of_account (rows, event, &v->party, "goods.received", v->owed, &event->id, v->number,
                        v->note);
  return TRUE;
}

/* Goods that are gone: who bears them. */
static void
add_gone (QuayRows *rows, const QuayVoucherLine *line, const char *what, gint64 milli)
{
  quay_rows_of_lot (rows, &line->lot, what, milli);
  if (*what == 'l') /* a loss is the shop's, which pays the producer for it */
    quay_rows_of_lot (rows, &line->lot, "cost", line->cost.dong);
}

static const char *
fate_of (const QuayVoucher *v, const QuayVoucherLine *line)
{
  if (g_strcmp0 (v->reason, "returned") == 0)
    return "back";
  return line->bearer ? "waste" : "loss";
}

/* A document that is taken back has the same lines below nothing. */
gboolean
quay_rows_of_issued (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayVoucher *v = event->body;
  gint64 no = 0;
  if (!is_sound (event, quay_id_is_nil (&v->reverses), error))
    return FALSE;
  add_head (rows, event);
  for (guint i = 0; i < v->lines->len; i++)
    {
      const QuayVoucherLine *line = v->lines->pdata[i];
      add_line (rows, event, i + 1, line);
      add_move (rows, event, &no, i + 1, &event->loc, line, -1);
      add_gone (rows, line, fate_of (v, line), line->qty.milli);
    }
  quay_rows_of_account (rows, event, &v->party, "goods.issued", v->owed, &event->id, v->number,
                        v->note);
  return TRUE;
}

gboolean
quay_rows_of_moved (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayVoucher *v = event->body;
  gint64 no = 0;
  if (!is_sound (event, TRUE, error))
    return FALSE;
  if (quay_id_is_nil (&v->to) || quay_id_equal (&v->to, &event->loc))
    return quay_event_refuse (event, "goods move to no other place", error);
  add_head (rows, event);
  for (guint i = 0; i < v->lines->len; i++)
    {
      const QuayVoucherLine *line = v->lines->pdata[i];
      add_line (rows, event, i + 1, line);
      add_move (rows, event, &no, i + 1, &event->loc, line, -1);
      add_move (rows, event, &no, i + 1, &v->to, line, 1);
    }
  return TRUE;
}

gboolean
quay_rows_of_counted (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayVoucher *v = event->body;
  gint64 no = 0;
  if (!is_sound (event, FALSE, error))
    return FALSE;
  if (quay_id_is_nil (&v->subject))
    return quay_event_refuse (event, "of which count is not said", error);
  add_head (rows, event);
  for (guint i = 0; i < v->lines->len; i++)
    {
      const QuayVoucherLine *line = v->lines->pdata[i];
      add_line (rows, event, i + 1, line);
      add_move (rows, event, &no, i + 1, &event->loc, line, 1);
      add_gone (rows, line, line->bearer ? "waste" : "loss", -line->qty.milli);
    }
  return TRUE;
}

/* Baskets at the document's place; what they are made of goes from there into the basket's lot, and
 * keeps its own lots: so each producer is paid when the basket is sold. */
gboolean
quay_rows_of_bundled (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayVoucher *v = event->body;
  gint64 no = 0;
  if (!is_sound (event, FALSE, error))
    return FALSE;
  if (quay_id_is_nil (&v->subject) || quay_id_is_nil (&v->to))
    return quay_event_refuse (event, "the basket is not named", error);
  add_head (rows, event);
  for (guint i = 0; i < v->lines->len; i++)
    {
      const QuayVoucherLine *line = v->lines->pdata[i];
      add_line (rows, event, i + 1, line);
      add_move (rows, event, &no, i + 1, &event->loc, line, 1);
      if (!quay_id_equal (&line->product, &v->subject))
        {
          add_move (rows, event, &no, i + 1, &v->to, line, -1);
          continue;
        }
      if (line->qty.milli > 0)
        add_lot (rows, event, i + 1, line);
      quay_rows_of_lot (rows, &line->lot, "in", line->qty.milli);
    }
  return TRUE;
}

/* --- counts --- */

gboolean
quay_rows_of_seen (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayCountSeen *body = event->body;
  if (quay_id_is_nil (&event->loc))
    return quay_event_refuse (event, "where was counted is not said", error);
  for (guint i = 0; i < body->lines->len; i++)
    {
      const QuaySeenLine *line = body->lines->pdata[i];
      quay_rows_begin (rows, QUAY_TABLE_COUNT_LINE);
      quay_rows_add_id (rows, &event->id);
      quay_rows_add_int (rows, i + 1);
      quay_rows_add_id (rows, &body->count);
      quay_rows_add_id (rows, &event->loc);
      quay_rows_add_id (rows, &line->product);
      quay_rows_add_id (rows, &line->lot);
      quay_rows_add_int (rows, line->whole);
      quay_rows_add_int (rows, line->qty.milli);
      quay_rows_add_int (rows, line->seen);
      quay_rows_add_text (rows, event->who);
    }
  return TRUE;
}

/* --- another lot than was thought --- */

static const char *const assigned_figures[] = {
  [QUAY_ASSIGN_SOLD] = "sold",
  [QUAY_ASSIGN_LOST] = "loss",
  [QUAY_ASSIGN_WASTE] = "waste",
  [QUAY_ASSIGN_BACK] = "back",
};

static void
add_figures (QuayRows *rows, const QuayAssign *body, const QuayId *lot, int sign, QuayMoney cost)
{
  quay_rows_of_lot (rows, lot, assigned_figures[body->kind], sign * body->qty.milli);
  quay_rows_of_lot (rows, lot, "amount", sign * body->amount.dong);
  quay_rows_of_lot (rows, lot, "cost", sign * cost.dong);
}

gboolean
quay_rows_of_assigned (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayAssign *body = event->body;
  if (quay_id_is_nil (&event->loc) || quay_id_equal (&body->from, &body->to) ||
      body->qty.milli == 0)
    return quay_event_refuse (event, "nothing goes to another lot", error);
  if (body->owed.dong != 0 && quay_id_is_nil (&body->party))
    return quay_event_refuse (event, "something is owed, but not to whom", error);
  quay_rows_begin (rows, QUAY_TABLE_ASSIGN);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &body->doc);
  quay_rows_add_int (rows, body->line);
  quay_rows_add_int (rows, body->kind);
  quay_rows_add_id (rows, &body->product);
  quay_rows_add_id (rows, &body->from);
  quay_rows_add_id (rows, &body->to);
  quay_rows_add_int (rows, body->qty.milli);
  quay_rows_add_int (rows, body->amount.dong);
  quay_rows_add_int (rows, body->cost.dong);
  quay_rows_add_int (rows, body->cost_from.dong);
  quay_rows_add_text (rows, body->why);
  QuayMove back = { 1,
                    body->line,
                    &event->loc,
                    &body->product,
                    &body->from,
                    body->qty,
                    QUAY_DONG (-body->amount.dong),
                    QUAY_DONG (-body->cost_from.dong) };
  QuayMove away = { 2,
                    body->line,
                    &event->loc,
                    &body->product,
                    &body->to,
                    QUAY_MILLI (-body->qty.milli),
                    body->amount,
                    body->cost };
  quay_rows_of_move (rows, event, &back);
  quay_rows_of_move (rows, event, &away);
  add_figures (rows, body, &body->from, -1, body->cost_from);
  add_figures (rows, body, &body->to, 1, body->cost);
  quay_rows_of_account (rows, event, &body->party, "goods.issued", body->owed, &body->doc, NULL,
                        body->why);
  return TRUE;
}
