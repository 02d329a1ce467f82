/* Rows of the people family: price lists, tenders put right, customers' accounts. */
#include "quay-event-private.h"

#include "quay-body-people.h"

gboolean
quay_rows_of_list_prices (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayListPrices *body = event->body;
  if (*body->list == '\0')
    return quay_event_refuse (event, "list has no name", error);
  for (guint i = 0; i < body->prices->len; i++)
    {
      const QuayPrice *price = body->prices->pdata[i];
      quay_rows_begin (rows, QUAY_TABLE_LIST_PRICE);
      quay_rows_add_text (rows, body->list);
      quay_rows_add_id (rows, &price->product);
      quay_rows_add_int (rows, price->day);
      if (price->price.dong < 0)
        quay_rows_add_null (rows);
      else
        quay_rows_add_int (rows, price->price.dong);
    }
  return TRUE;
}

/* --- customers --- */

static void
add_running (QuayRows *rows, const char *what, const QuayId *customer, gint64 n)
{
  char key[QUAY_ID_TEXT_LEN + 1];
  if (n == 0)
    return;
  quay_id_to_text (customer, key);
  quay_rows_begin (rows, QUAY_TABLE_RUNNING);
  quay_rows_add_text (rows, what);
  quay_rows_add_made_text (rows, key);
  quay_rows_add_int (rows, n);
}

gboolean
quay_rows_of_customer (QuayRows *rows, const QuayEvent *event, const QuayCustomerMove *move)
{
  if (move->amount.dong == 0 && move->points == 0)
    return TRUE;
  if (quay_id_is_nil (move->customer))
    return FALSE;
  quay_rows_begin (rows, QUAY_TABLE_CUSTOMER_MOVE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, move->customer);
  quay_rows_add_text (rows, move->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->shift);
  quay_rows_add_text (rows, move->kind);
  quay_rows_add_int (rows, move->amount.dong);
  quay_rows_add_int (rows, move->points);
  quay_rows_add_text (rows, move->tender);
  quay_rows_add_known_id (rows, move->doc);
  quay_rows_add_text (rows, move->why);
  add_running (rows, "debt", move->customer, move->amount.dong);
  add_running (rows, "points", move->customer, move->points);
  return TRUE;
}

gboolean
quay_rows_of_customer_entry (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayCustomerEntry *body = event->body;
  QuayMoney money = QUAY_DONG (-body->amount.dong);
  QuayCustomerMove move = { &body->customer, body->number,
                            body->kind,      body->amount,
                            body->points,    body->money ? quay_tender_name (body->tender) : NULL,
                            &body->doc,      body->why };
  QuayCash cash = { .number = body->number,
                    .amount = money,
                    .why = body->why,
                    .kind = "debt",
                    .doc = &body->customer,
                    .by = body->by };
  if (body->amount.dong == 0 && body->points == 0)
    return quay_event_refuse (event, "changes no account", error);
  if (!quay_rows_of_customer (rows, event, &move))
    return quay_event_refuse (event, "names no customer", error);
  if (quay_event_moves_cash (event))
    quay_rows_of_cash (rows, event, &cash);
  quay_rows_of_number (rows, body->number);
  return TRUE;
}

/* --- a tender put right --- */

gboolean
quay_rows_of_payment_fixed (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayPaymentFixed *body = event->body;
  QuayMoney from;
  QuayMoney to;
  QuayPaid out = { .payments = body->from, .sign = -1, .first = 1 };
  QuayPaid in = { .payments = body->to, .sign = 1, .first = 1 + body->from->len };
  if (body->from->len == 0 || body->to->len == 0 || quay_id_is_nil (&body->sale) ||
      body->from->len + body->to->len > QUAY_MAX_MOVES || !quay_payments_sum (body->from, &from) ||
      !quay_payments_sum (body->to, &to) || from.dong != to.dong)
    return quay_event_refuse (event, "payments don't agree", error);
  quay_rows_begin (rows, QUAY_TABLE_PAYMENT_FIX);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, body->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->shift);
  quay_rows_add_id (rows, &body->sale);
  quay_rows_add_text (rows, body->of);
  quay_rows_add_text (rows, body->why);
  quay_rows_add_text (rows, body->by);
  quay_rows_of_payments (rows, event, &out);
  quay_rows_of_payments (rows, event, &in);
  quay_rows_of_drawer (rows, event, QUAY_DONG (in.cash.dong + out.cash.dong));
  quay_rows_of_number (rows, body->number);
  QuayCustomerMove move = { .customer = &body->customer,
                            .number = body->number,
                            .kind = "fixed",
                            .amount = QUAY_DONG (in.debt.dong + out.debt.dong),
                            .doc = &body->sale,
                            .why = body->why };
  return quay_rows_of_customer (rows, event, &move) ||
         quay_event_refuse (event, "nobody owes what is owed", error);
}
