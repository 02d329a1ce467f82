/* Values of a card, and its lines a day and shift. */
#include "quay-card.h"

#include <string.h>

QuayCard *
quay_card_new (const QuayId *product, gint64 from_ms, gint64 to_ms)
{
  QuayCard *card = g_new0 (QuayCard, 1);
  card->product = *product;
  card->from_ms = from_ms;
  card->to_ms = to_ms;
  card->lots = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_card_lot_free);
  card->moves = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_card_move_free);
  return card;
}

void
quay_card_free (QuayCard *card)
{
  if (card == NULL)
    return;
  g_ptr_array_unref (card->lots);
  g_ptr_array_unref (card->moves);
  g_free (card);
}

void
quay_card_place_free (QuayCardPlace *place)
{
  g_free (place->place);
  g_free (place);
}

void
quay_card_lot_free (QuayCardLot *lot)
{
  quay_lot_free (lot->lot);
  g_free (lot->sku);
  g_free (lot->name);
  g_free (lot->unit);
  g_ptr_array_unref (lot->places);
  g_free (lot);
}

void
quay_card_move_free (QuayCardMove *move)
{
  g_free (move->kind);
  g_free (move->reason);
  g_free (move->number);
  g_free (move->who);
  g_free (move->code);
  g_free (move->place);
  g_free (move);
}

void
quay_lot_sale_free (QuayLotSale *sale)
{
  g_free (sale->number);
  g_free (sale);
}

void
quay_card_day_free (QuayCardDay *day)
{
  g_free (day->who);
  g_free (day);
}

/* --- 02-BH --- */

static QuayCardDay *
add_day (GPtrArray *days, QuayDay day, const QuayCardMove *move, QuayQty opening)
{
  QuayCardDay *line = g_new0 (QuayCardDay, 1);
  line->day = day;
  line->shift = move->shift;
  line->who = g_strdup (move->who);
  line->opening = opening;
  g_ptr_array_add (days, line);
  return line;
}

/* What came back of a sale is less sold; what is thrown away after it came back has gone otherwise.
 */
static gboolean
is_sale (const QuayCardMove *move)
{
  return strcmp (move->kind, "sale") == 0 ||
         (strcmp (move->kind, "refund") == 0 && move->qty.milli > 0);
}

static void
book (QuayCardDay *line, const QuayCardMove *move)
{
  if (is_sale (move))
    {
      line->sold.milli -= move->qty.milli;
      line->sold_for.dong += move->amount.dong;
    }
  else if (strcmp (move->kind, "goods.received") == 0)
    line->in.milli += move->qty.milli;
  else if (move->qty.milli > 0)
    line->other_in.milli += move->qty.milli;
  else
    line->out.milli -= move->qty.milli;
}

/* Documents of goods belong to no shift: they are on the line of the day. */
static gboolean
is_other_shift (const QuayCardDay *line, const QuayCardMove *move)
{
  return !quay_id_is_nil (&line->shift) && !quay_id_is_nil (&move->shift) &&
         !quay_id_equal (&line->shift, &move->shift);
}

/* From shelf to store and from lot to lot, the product's own sum stays. */
static gboolean
changes_nothing (const QuayCardMove *move)
{
  return strcmp (move->kind, "goods.moved") == 0 || strcmp (move->kind, "stock.assign") == 0;
}

GPtrArray *
quay_card_days (const QuayCard *card, int cutoff_min)
{
  GPtrArray *days = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_card_day_free);
  QuayQty balance = card->before;
  QuayCardDay *line = NULL;
  for (guint i = 0; i < card->moves->len; i++)
    {
      const QuayCardMove *move = card->moves->pdata[i];
      QuayDay day = quay_day_at (move->ts, cutoff_min);
      if (changes_nothing (move))
        continue;
      if (line == NULL || line->day != day || is_other_shift (line, move))
        line = add_day (days, day, move, balance);
      if (quay_id_is_nil (&line->shift) && !quay_id_is_nil (&move->shift))
        {
          line->shift = move->shift;
          g_free (line->who);
          line->who = g_strdup (move->who);
        }
      book (line, move);
      balance.milli += move->qty.milli;
    }
  return days;
}
