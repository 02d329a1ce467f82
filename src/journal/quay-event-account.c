/* Rows of the account family: settlements with producers, their accounts, orders. */
#include "quay-event-private.h"

#include "quay-body-stock.h"

#include <string.h>

void
quay_rows_of_account (QuayRows *rows, const QuayEvent *event, const QuayId *producer,
                      const char *kind, QuayMoney amount, const QuayId *doc, const char *number,
                      const char *why)
{
  char key[QUAY_ID_TEXT_LEN + 1];
  if (amount.dong == 0)
    return;
  quay_rows_begin (rows, QUAY_TABLE_ENTRY);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, producer);
  quay_rows_add_text (rows, kind);
  quay_rows_add_text (rows, number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_int (rows, amount.dong);
  quay_rows_add_id (rows, doc);
  quay_rows_add_text (rows, why);
  quay_id_to_text (producer, key);
  quay_rows_begin (rows, QUAY_TABLE_RUNNING);
  quay_rows_add_text (rows, "owed");
  quay_rows_add_made_text (rows, key);
  quay_rows_add_int (rows, amount.dong);
}

/* --- settlements --- */

static gboolean
settled_agrees (const QuaySettled *body)
{
  QuayMoney amount = QUAY_DONG (0);
  QuayMoney cost = QUAY_DONG (0);
  if (body->lots->len > QUAY_MAX_MOVES)
    return FALSE;
  for (guint i = 0; i < body->lots->len; i++)
    {
      const QuaySettledLot *lot = body->lots->pdata[i];
      if (quay_id_is_nil (&lot->lot) || !quay_money_add (amount, lot->amount, &amount) ||
          !quay_money_add (cost, lot->cost, &cost))
        return FALSE;
    }
  return amount.dong == body->amount.dong && cost.dong == body->cost.dong;
}

static void
add_settled_lot (QuayRows *rows, const QuayEvent *event, gint64 n, const QuaySettledLot *lot)
{
  const struct
  {
    const char *what;
    gint64 n;
  } figures[] = {
    { "s.in", lot->in.milli },       { "s.sold", lot->sold.milli },
    { "s.back", lot->back.milli },   { "s.loss", lot->loss.milli },
    { "s.waste", lot->waste.milli }, { "s.amount", lot->amount.dong },
    { "s.cost", lot->cost.dong },
  };
  quay_rows_begin (rows, QUAY_TABLE_SETTLED_LOT);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, n);
  quay_rows_add_id (rows, &lot->lot);
  quay_rows_add_id (rows, &lot->product);
  quay_rows_add_text (rows, lot->sku);
  quay_rows_add_text (rows, lot->name);
  quay_rows_add_text (rows, lot->unit);
  quay_rows_add_int (rows, lot->opening.milli);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    quay_rows_add_int (rows, figures[i].n);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    quay_rows_of_lot (rows, &lot->lot, figures[i].what, figures[i].n);
}

gboolean
quay_rows_of_settled (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuaySettled *body = event->body;
  if (quay_id_is_nil (&body->producer) || !settled_agrees (body))
    return quay_event_refuse (event, "lots and total don't agree", error);
  quay_rows_begin (rows, QUAY_TABLE_SETTLEMENT);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, quay_id_is_nil (&body->document) ? &event->id : &body->document);
  quay_rows_add_text (rows, body->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &body->producer);
  quay_rows_add_text (rows, body->name);
  quay_rows_add_int (rows, body->from);
  quay_rows_add_int (rows, body->to);
  quay_rows_add_int (rows, body->amount.dong);
  quay_rows_add_int (rows, body->cost.dong);
  quay_rows_add_int (rows, body->tax.dong);
  quay_rows_add_text (rows, body->note);
  for (guint i = 0; i < body->lots->len; i++)
    add_settled_lot (rows, event, i + 1, body->lots->pdata[i]);
  quay_rows_of_account (rows, event, &body->producer, "consign.settled",
                        QUAY_DONG (body->cost.dong - body->tax.dong), &event->id, body->number,
                        body->note);
  if (body->number != NULL)
    quay_rows_of_number (rows, body->number);
  return TRUE;
}

gboolean
quay_rows_of_entry (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayEntry *body = event->body;
  if (body->amount.dong == 0 || quay_id_is_nil (&body->producer))
    return quay_event_refuse (event, "changes no account", error);
  quay_rows_of_account (rows, event, &body->producer, body->kind, body->amount, &body->doc,
                        body->number, body->why);
  if (quay_event_moves_cash (event))
    {
      QuayCash cash = { .number = body->number,
                        .amount = body->amount,
                        .why = body->why != NULL ? body->why : body->name };
      quay_rows_of_cash (rows, event, &cash);
    }
  quay_rows_of_number (rows, body->number);
  return TRUE;
}

/* --- orders --- */

static void
add_order_line (QuayRows *rows, const QuayEvent *event, gint64 n, const QuayLine *line)
{
  quay_rows_begin (rows, QUAY_TABLE_ORDER_LINE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_int (rows, n);
  quay_rows_add_id (rows, &line->product);
  quay_rows_add_text (rows, line->sku);
  quay_rows_add_text (rows, line->name);
  quay_rows_add_text (rows, line->unit);
  quay_rows_add_int (rows, line->qty.milli);
  quay_rows_add_int (rows, line->price.dong);
  quay_rows_add_int (rows, line->amount.dong);
  quay_rows_add_text (rows, line->note);
}

gboolean
quay_rows_of_order (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayOrder *body = event->body;
  QuayMoney total = QUAY_DONG (0);
  for (guint i = 0; i < body->lines->len; i++)
    if (!quay_money_add (total, ((QuayLine *)body->lines->pdata[i])->amount, &total))
      return quay_event_refuse (event, "its total is out of range", error);
  if (body->lines->len == 0 || total.dong != body->total.dong ||
      body->deposit.dong > body->total.dong)
    return quay_event_refuse (event, "lines, total and deposit don't agree", error);
  quay_rows_begin (rows, QUAY_TABLE_ORDER);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, body->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->loc);
  quay_rows_add_int (rows, body->due);
  quay_rows_add_int (rows, body->total.dong);
  quay_rows_add_int (rows, body->deposit.dong);
  quay_rows_add_text (rows, quay_tender_name (body->tender));
  quay_rows_add_text (rows, body->buyer);
  quay_rows_add_text (rows, body->note);
  for (guint i = 0; i < body->lines->len; i++)
    add_order_line (rows, event, i + 1, body->lines->pdata[i]);
  quay_rows_of_number (rows, body->number);
  return TRUE;
}

gboolean
quay_rows_of_order_ended (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayOrderEnded *body = event->body;
  quay_rows_begin (rows, QUAY_TABLE_ORDER_END);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, &body->order);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_text (rows, body->how);
  quay_rows_add_id (rows, &body->sale);
  quay_rows_add_int (rows, body->back.dong);
  quay_rows_add_text (rows, body->why);
  return TRUE;
}
