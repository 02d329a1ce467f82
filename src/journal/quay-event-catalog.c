/* Rows of the catalogue family: facts, codes, prices, the chain's birth, posted documents. */
#include "quay-event-private.h"

void
quay_rows_add_stamp (QuayRows *rows, const QuayEvent *event)
{
  quay_rows_add_int (rows, event->day);
  quay_rows_add_int (rows, event->ts);
  quay_rows_add_text (rows, event->who);
}

gboolean
quay_rows_of_birth (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayBirth *birth = event->body;
  quay_rows_begin (rows, QUAY_TABLE_BIRTH);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, &birth->till);
  quay_rows_add_text (rows, birth->code);
  quay_rows_add_text (rows, birth->letter);
  quay_rows_add_id (rows, &birth->parent);
  quay_rows_add_int (rows, birth->first);
  quay_rows_add_int (rows, birth->count);
  quay_rows_add_text (rows, birth->version);
  return TRUE;
}

gboolean
quay_rows_of_facts (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayFacts *body = event->body;
  gboolean by_id = !quay_id_is_nil (&body->id);
  if (by_id == (body->code != NULL))
    return quay_event_refuse (event, "names not exactly one entity", error);
  for (guint i = 0; body->facts != NULL && i < body->facts->len; i++)
    {
      const QuayFact *fact = body->facts->pdata[i];
      quay_rows_begin (rows, QUAY_TABLE_FACT);
      quay_rows_add_text (rows, quay_event_kind_name (event->kind));
      if (by_id)
        quay_rows_add_id (rows, &body->id);
      else
        quay_rows_add_blob (rows, (const guint8 *)body->code, (guint)strlen (body->code));
      quay_rows_add_text (rows, fact->field);
      if (fact->cleared)
        quay_rows_add_null (rows);
      else if (fact->text != NULL)
        quay_rows_add_text (rows, fact->text);
      else
        quay_rows_add_int (rows, fact->number);
    }
  return TRUE;
}

gboolean
quay_rows_of_code (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayCode *body = event->body;
  if (*body->code == '\0')
    return quay_event_refuse (event, "code is empty", error);
  quay_rows_begin (rows, QUAY_TABLE_CODE);
  quay_rows_add_text (rows, body->code);
  if (quay_id_is_nil (&body->product))
    quay_rows_add_null (rows);
  else
    quay_rows_add_id (rows, &body->product);
  return TRUE;
}

gboolean
quay_rows_of_price (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayPrices *body = event->body;
  for (guint i = 0; i < body->prices->len; i++)
    {
      const QuayPrice *price = body->prices->pdata[i];
      quay_rows_begin (rows, QUAY_TABLE_PRICE);
      quay_rows_add_id (rows, &price->product);
      quay_rows_add_int (rows, price->day);
      if (price->price.dong < 0)
        quay_rows_add_null (rows);
      else
        quay_rows_add_int (rows, price->price.dong);
    }
  return TRUE;
}

gboolean
quay_rows_of_posted (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayPosted *body = event->body;
  quay_rows_begin (rows, QUAY_TABLE_DOCUMENT);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, &body->document);
  quay_rows_add_text (rows, body->kind);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_text (rows, body->name);
  quay_rows_add_int (rows, body->count);
  quay_rows_add_text (rows, body->hash);
  return TRUE;
}

gboolean
quay_rows_of_stock_opening (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayStockOpening *body = event->body;
  if (quay_id_is_nil (&event->loc))
    return quay_event_refuse (event, "goods move but no place is named", error);
  for (guint i = 0; i < body->lines->len; i++)
    {
      const QuayStockLine *line = body->lines->pdata[i];
      QuayMove move = { .no = i + 1,
                        .line = i + 1,
                        .loc = &event->loc,
                        .product = &line->product,
                        .lot = &line->lot,
                        .qty = line->qty };
      quay_rows_of_move (rows, event, &move);
      quay_rows_of_lot (rows, &line->lot, "in", line->qty.milli);
    }
  return TRUE;
}
