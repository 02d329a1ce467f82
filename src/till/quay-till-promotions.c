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
may_be_promoted (QuayTill *till, const QuayId *product, GError **error)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  QuayLine line = { .abv = item != NULL ? item->abv : 0 };
  return !quay_discount_is_barred (&line, quay_till_spirit_abv (till)) ||
         quay_till_refuse_by_law (till, "promotion", QUAY_LAW_PROMOTION, error);
}

/* Of what is weighed there are no pieces. */
static gboolean
may_be_given (QuayTill *till, const QuayId *product, GError **error)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  if (item != NULL && !item->weighed)
    return may_be_promoted (till, product, error);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "gift");
  return FALSE;
}

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
  return (promotion->scope != QUAY_PROMO_PRODUCT ||
          may_be_promoted (till, &promotion->target, error)) &&
         (promotion->kind != QUAY_PROMO_GIFT || may_be_given (till, &promotion->gift, error));
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
  if (p->kind == QUAY_PROMO_GIFT)
    quay_facts_add_id (facts, "gift", &p->gift);
  else
    quay_facts_add_text (facts, "gift", NULL);
  quay_facts_add_number (facts, "most", p->most);
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
  if (p->kind == QUAY_PROMO_GIFT)
    return QUAY_UNITS (MAX (p->get, 1));
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

/* What it takes off one line of a product. The gift is as if it had been earned. */
static gint64
find_off (QuayTill *till, const QuayPromotion *p, const QuayItem *item, QuayLine *line)
{
  gint64 off = 0;
  QuayPromoMoment moment = quay_till_promo_moment (till);
  QuayPromoGoods one = { item->category, item->producer, 0 };
  if (p->kind == QUAY_PROMO_GIFT)
    {
      gboolean given = quay_id_equal (&p->gift, &item->product) && !item->weighed &&
                       !quay_discount_is_barred (line, moment.spirit_abv) &&
                       quay_promotion_check (p) == NULL;
      return given && quay_muldiv (quay_line_gross (line).dong, p->value, 10000, &off) ? off : 0;
    }
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  if (p->kind == QUAY_PROMO_EXPIRY && item->stock.milli > 0)
    one.expires = first_expiry (till, &item->product);
  g_ptr_array_add (lines, line);
  g_array_append_val (goods, one);
  quay_promotion_offs (p, &moment, lines, goods, &off);
  return off;
}

static QuayPromoPreview *
preview_item (QuayTill *till, const QuayPromotion *p, const QuayItem *item)
{
  g_autoptr (QuayLine) line = quay_item_to_line (item, least_qty (p), NULL);
  if (line == NULL || !quay_line_price (line, NULL))
    return NULL;
  gint64 off = find_off (till, p, item, line);
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

/* A shop's whole catalogue is read for what is meant for all of it, else the one product or the
 * group; a page, of which there are more if it is full. */
static GPtrArray *
read_candidates (QuayTill *till, const QuayPromotion *p, guint offset)
{
  QuayAsOf at = quay_till_as_of (till);
  const QuayId *only = p->kind == QUAY_PROMO_GIFT       ? &p->gift
                       : p->scope == QUAY_PROMO_PRODUCT ? &p->target
                                                        : NULL;
  const char *category = p->scope == QUAY_PROMO_CATEGORY ? p->category : NULL;
  if (only == NULL)
    return quay_reader_items (till->reader, &at, category, QUAY_ITEMS_BY_NAME, FALSE, offset,
                              PREVIEW_PAGE);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  g_autoptr (QuayItem) item = quay_till_item (till, only);
  if (item != NULL && item->active)
    g_ptr_array_add (items, g_steal_pointer (&item));
  return items;
}

GPtrArray *
quay_till_preview_promotion (QuayTill *till, const QuayPromotion *promotion, guint limit, guint *n)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_promo_preview_free);
  g_autoptr (QuayPromotion) p = quay_promotion_copy (promotion);
  guint got = PREVIEW_PAGE;
  p->active = TRUE;
  p->from = p->until = 0;
  p->weekdays = p->minute_from = p->minute_until = 0;
  *n = 0;
  for (guint offset = 0; got == PREVIEW_PAGE; offset += got)
    {
      g_autoptr (GPtrArray) items = read_candidates (till, p, offset);
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

/* --- what the law lets a shop give away --- */

static gint64
find_greatest_step (const QuayPromotion *p)
{
  gint64 most = 0;
  for (guint i = 0; p->steps != NULL && i < p->steps->len; i++)
    most = MAX (most, g_array_index (p->steps, QuayPromoStep, i).bp);
  return most;
}

/* Off each piece: of the cheapest one it is most. */
static gint64
find_share_of_amount (QuayTill *till, const QuayPromotion *p)
{
  guint n;
  gint64 most = 0;
  g_autoptr (GPtrArray) all = quay_till_preview_promotion (till, p, G_MAXUINT, &n);
  for (guint i = 0; i < all->len; i++)
    {
      gint64 share;
      const QuayPromoPreview *one = all->pdata[i];
      if (quay_muldiv (one->off.dong, 10000, one->gross.dong, &share))
        most = MAX (most, share);
    }
  return most;
}

/* A gift is compared with what has to be bought for it, where that is one product. */
static gint64
find_share_of_gift (QuayTill *till, const QuayPromotion *p)
{
  gint64 given, share;
  g_autoptr (QuayItem) gift = quay_till_item (till, &p->gift);
  g_autoptr (QuayItem) bought =
      p->scope == QUAY_PROMO_PRODUCT ? quay_till_item (till, &p->target) : NULL;
  if (gift == NULL || bought == NULL || bought->price.dong <= 0)
    return 0;
  return quay_muldiv (gift->price.dong, p->get * p->value, 10000, &given) &&
                 quay_muldiv (given, 10000, bought->price.dong * p->buy, &share)
             ? share
             : 0;
}

static gint64
find_share (QuayTill *till, const QuayPromotion *p)
{
  switch ((QuayPromoKind)p->kind)
    {
    case QUAY_PROMO_PERCENT:
      return p->value;
    case QUAY_PROMO_AMOUNT:
      return find_share_of_amount (till, p);
    case QUAY_PROMO_GET:
      return p->get * 10000 / p->buy;
    case QUAY_PROMO_STEPS:
    case QUAY_PROMO_EXPIRY:
      return find_greatest_step (p);
    case QUAY_PROMO_GIFT:
      return find_share_of_gift (till, p);
    default:
      return 0;
    }
}

gboolean
quay_till_promotion_is_beyond (QuayTill *till, const QuayPromotion *p, char **source)
{
  gint64 most = quay_till_law (till, QUAY_LAW_DISCOUNT, source);
  if (most > 0 && quay_promotion_check (p) == NULL && find_share (till, p) > most)
    return TRUE;
  if (source != NULL)
    g_clear_pointer (source, g_free);
  return FALSE;
}
