/* Promotions: kept in memory between sales, saved as facts. Thread: main. */
#include "quay-till-promotions.h"

#include "quay-till-facts.h"
#include "quay-till-prices-private.h"

#include "quay-discount.h"
#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-reader-prices.h"
#include "quay-till-law.h"

#define NAME_MAX_CHARS 60
#define PREVIEW_PAGE 500

GPtrArray *
quay_till_peek_promotions (QuayTill *till)
{
  if (till->prices.promotions != NULL)
    return till->prices.promotions;
  g_clear_pointer (&till->prices.unsure, g_ptr_array_unref);
  GPtrArray *read = quay_reader_promotions (till->reader);
  if (quay_reader_has_failed (till->reader)) /* looked up again next time */
    return till->prices.unsure = read;
  return till->prices.promotions = read;
}

void
quay_till_forget_promotions (QuayTill *till)
{
  g_clear_pointer (&till->prices.promotions, g_ptr_array_unref);
  g_clear_pointer (&till->prices.unsure, g_ptr_array_unref);
}

QuayPromoMoment
quay_till_promo_moment (QuayTill *till)
{
  /* Vietnam has had one offset since 1975; 1970-01-01 was a Thursday. */
  gint64 minutes = quay_till_now_ms (till) / 60000 + 7 * 60;
  return (QuayPromoMoment){ .day = quay_till_day (till),
                            .minute = minutes % 1440,
                            .weekday = (minutes / 1440 + 3) % 7,
                            .spirit_abv = quay_till_spirit_abv (till) };
}

GPtrArray *
quay_till_promotions (QuayTill *till)
{
  return quay_reader_promotions (till->reader);
}

/* --- saving --- */

static gboolean
is_sound (QuayTill *till, const QuayPromotion *promotion, GError **error)
{
  const char *wrong = quay_promotion_check (promotion);
  if (wrong == NULL && !quay_till_check_text (promotion->name, NAME_MAX_CHARS, NULL))
    wrong = "name";
  if (wrong != NULL || quay_id_is_nil (&promotion->id))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, wrong != NULL ? wrong : "id");
      return FALSE;
    }
  if (promotion->scope != QUAY_PROMO_PRODUCT)
    return TRUE;
  g_autoptr (QuayItem) item = quay_till_item (till, &promotion->target);
  QuayLine line = { .abv = item != NULL ? item->abv : 0 };
  if (quay_discount_is_barred (&line, quay_till_spirit_abv (till)))
    return quay_till_refuse_by_law (till, "promotion", QUAY_LAW_PROMOTION, error);
  return TRUE;
}

static void
add_facts (QuayFacts *facts, const QuayPromotion *p)
{
  g_autofree char *steps = quay_promo_steps_print (p->steps);
  gboolean has_id = p->scope == QUAY_PROMO_PRODUCT || p->scope == QUAY_PROMO_PRODUCER;
  quay_facts_add_text (facts, "name", p->name);
  quay_facts_add_number (facts, "kind", p->kind);
  quay_facts_add_number (facts, "scope", p->scope);
  if (has_id)
    quay_facts_add_id (facts, "target", &p->target);
  else
    quay_facts_add_text (facts, "target", NULL);
  quay_facts_add_text (facts, "category", p->scope == QUAY_PROMO_CATEGORY ? p->category : NULL);
  quay_facts_add_number (facts, "value", p->value);
  quay_facts_add_number (facts, "buy", p->buy);
  quay_facts_add_number (facts, "get", p->get);
  quay_facts_add_text (facts, "steps", steps);
  quay_facts_add_number (facts, "together", p->together != 0);
  quay_facts_add_number (facts, "from", p->from);
  quay_facts_add_number (facts, "until", p->until);
  quay_facts_add_number (facts, "weekdays", p->weekdays);
  quay_facts_add_number (facts, "minute_from", p->minute_from);
  quay_facts_add_number (facts, "minute_until", p->minute_until);
  quay_facts_add_number (facts, "lists", p->lists != 0);
  quay_facts_add_number (facts, "active", p->active != 0);
}

static gboolean
commit (QuayTill *till, QuayTxn *txn, GError **error)
{
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_items_moved (till);
  if (!quay_cart_is_empty (till->cart) && !till->paying)
    quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_save_promotion (QuayTill *till, const QuayPromotion *promotion, GError **error)
{
  if (!is_sound (till, promotion, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  add_facts (quay_till_begin_facts (till, txn, QUAY_EVENT_PROMOTION, &promotion->id), promotion);
  return commit (till, txn, error);
}

gboolean
quay_till_switch_promotion (QuayTill *till, const QuayId *id, gboolean on, GError **error)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "promotion", id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (g_hash_table_size (facts) == 0)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such promotion");
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  quay_facts_add_number (quay_till_begin_facts (till, txn, QUAY_EVENT_PROMOTION, id), "active",
                         on != FALSE);
  return commit (till, txn, error);
}

/* --- what it would make cheaper --- */

void
quay_promo_preview_free (QuayPromoPreview *preview)
{
  if (preview == NULL)
    return;
  g_free (preview->sku);
  g_free (preview->name);
  g_free (preview->unit);
  g_free (preview);
}

/* So many of a product as the promotion begins at. */
static QuayQty
least_qty (const QuayPromotion *p)
{
  if (p->kind == QUAY_PROMO_GET)
    return QUAY_UNITS (p->buy + p->get);
  if (p->kind == QUAY_PROMO_STEPS && p->steps != NULL && p->steps->len > 0)
    return QUAY_UNITS (MAX (g_array_index (p->steps, QuayPromoStep, 0).from, 1));
  return QUAY_UNITS (1);
}

/* The day on which the first lot on the floor expires; 0 unknown. */
static QuayDay
first_expiry (QuayTill *till, const QuayId *product)
{
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, product);
  for (guint i = 0; i < lots->len; i++)
    {
      const QuayLot *lot = lots->pdata[i];
      if (lot->qty.milli > 0 && lot->expires != 0 &&
          !quay_lot_is_barred (lot, quay_till_day (till)))
        return lot->expires;
    }
  return 0;
}

static QuayPromoPreview *
preview_item (QuayTill *till, const QuayPromotion *p, const QuayItem *item)
{
  gint64 off = 0;
  QuayPromoMoment moment = quay_till_promo_moment (till);
  g_autoptr (QuayLine) line = quay_item_to_line (item, least_qty (p), NULL);
  if (line == NULL || !quay_line_price (line, NULL))
    return NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  QuayPromoGoods one = { item->category, item->producer, 0 };
  if (p->kind == QUAY_PROMO_EXPIRY && item->stock.milli > 0)
    one.expires = first_expiry (till, &item->product);
  g_ptr_array_add (lines, line);
  g_array_append_val (goods, one);
  quay_promotion_offs (p, &moment, lines, goods, &off);
  if (off <= 0)
    return NULL;
  QuayPromoPreview *preview = g_new0 (QuayPromoPreview, 1);
  preview->product = item->product;
  preview->sku = g_strdup (item->sku);
  preview->name = g_strdup (item->name);
  preview->unit = g_strdup (item->unit);
  preview->qty = line->qty;
  preview->gross = quay_line_gross (line);
  preview->off = QUAY_DONG (off);
  return preview;
}

GPtrArray *
quay_till_preview_promotion (QuayTill *till, const QuayPromotion *promotion, guint limit, guint *n)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_promo_preview_free);
  g_autoptr (QuayPromotion) p = quay_promotion_copy (promotion);
  QuayAsOf at = quay_till_as_of (till);
  guint got = PREVIEW_PAGE;
  const char *category = p->scope == QUAY_PROMO_CATEGORY ? p->category : NULL;
  p->active = TRUE;
  p->from = p->until = 0;
  p->weekdays = p->minute_from = p->minute_until = 0;
  *n = 0;
  for (guint offset = 0; got == PREVIEW_PAGE; offset += got)
    {
      g_autoptr (GPtrArray) items = quay_reader_items (
          till->reader, &at, category, QUAY_ITEMS_BY_NAME, FALSE, offset, PREVIEW_PAGE);
      got = items->len;
      for (guint i = 0; i < items->len; i++)
        {
          QuayPromoPreview *preview = preview_item (till, p, items->pdata[i]);
          if (preview == NULL)
            continue;
          ++*n;
          if (all->len < limit)
            g_ptr_array_add (all, preview);
          else
            quay_promo_preview_free (preview);
        }
    }
  return all;
}
