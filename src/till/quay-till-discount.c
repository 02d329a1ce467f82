/* Discounts and prices by hand; the one place where a cart is priced. Thread: main. */
#include "quay-till-discount.h"

#include "quay-till-law.h"
#include "quay-till-people.h"
#include "quay-till-prices-private.h"

#include "quay-error.h"
#include "quay-reader-lots.h"

#include <string.h>

/* As many discounts fit into an event, and so much room is left for them beside the lines. */
#define OFFS_MAX 1000

static gboolean
invalid (const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, why);
  return FALSE;
}

/* --- pricing --- */

/* What the promotions of today have to know of the goods. */
typedef struct
{
  gboolean items; /* group and producer */
  gboolean lots;  /* when they expire */
  gboolean any;
} Needs;

static Needs
find_needs (QuayTill *till, const QuayCart *cart, const QuayPromoMoment *moment)
{
  Needs needs = { .any = cart->off_bp > 0 || cart->off.dong > 0 };
  GPtrArray *promotions = quay_till_peek_promotions (till);
  for (guint i = 0; i < promotions->len; i++)
    {
      const QuayPromotion *p = promotions->pdata[i];
      if (!quay_promotion_is_on (p, moment))
        continue;
      needs.any = TRUE;
      needs.items |= p->scope == QUAY_PROMO_CATEGORY || p->scope == QUAY_PROMO_PRODUCER;
      needs.lots |= p->kind == QUAY_PROMO_EXPIRY;
    }
  for (guint i = 0; i < cart->lines->len; i++)
    needs.any |= ((const QuayLine *)cart->lines->pdata[i])->offs != NULL;
  return needs;
}

/* The last day of what lots would give to a line; of several lots the latest, so that fresh goods
 * are not marked down with old ones. 0: not known. */
static QuayDay
find_expiry (QuayTill *till, const QuayLine *line)
{
  QuayQty rest;
  QuayDay expires = 0;
  QuayTake take = { line->qty, quay_till_day (till), line->lot, FALSE };
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, &line->product);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = lots->len; i-- > 0;) /* what is unallocated is no lot */
    if (quay_id_is_nil (&((const QuayLot *)lots->pdata[i])->id))
      g_ptr_array_remove_index (lots, i);
  if (!quay_lots_take (lots, &take, parts, &rest, NULL))
    return 0;
  for (guint i = 0; i < parts->len; i++)
    for (guint k = 0; k < lots->len; k++)
      {
        const QuayLot *lot = lots->pdata[k];
        if (!quay_id_equal (&((const QuayPart *)parts->pdata[i])->lot, &lot->id))
          continue;
        if (lot->expires == 0)
          return 0;
        expires = MAX (expires, lot->expires);
      }
  return expires;
}

/* @items keeps the texts of @goods alive. */
static GArray *
find_goods (QuayTill *till, const QuayCart *cart, const Needs *needs, GPtrArray *items)
{
  GArray *goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  for (guint i = 0; i < cart->lines->len; i++)
    {
      QuayPromoGoods one = { 0 };
      const QuayLine *line = cart->lines->pdata[i];
      gboolean known = !quay_id_is_nil (&line->product);
      QuayItem *item = known && needs->items ? quay_till_item (till, &line->product) : NULL;
      if (item != NULL)
        {
          one.category = item->category;
          one.producer = item->producer;
          g_ptr_array_add (items, item);
        }
      if (known && needs->lots)
        one.expires = find_expiry (till, line);
      g_array_append_val (goods, one);
    }
  return goods;
}

GArray *
quay_till_promo_goods (QuayTill *till, const QuayCart *cart, GPtrArray *items)
{
  Needs needs = { .items = TRUE };
  return find_goods (till, cart, &needs, items);
}

gboolean
quay_till_reprice (QuayTill *till, QuayCart *cart, GError **error)
{
  QuayPromoMoment moment = quay_till_promo_moment (till);
  moment.list = cart->list != NULL;
  Needs needs = find_needs (till, cart, &moment);
  if (!needs.any && cart->list == NULL)
    return TRUE;
  g_autoptr (QuayCart) priced = quay_cart_copy (cart);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  /* With a list a cart follows the catalogue: how much of a product there is decides its price. */
  if (cart->list != NULL && !quay_till_take_prices (till, priced, error))
    return FALSE;
  g_autoptr (GArray) goods = find_goods (till, priced, &needs, items);
  if (quay_reader_has_failed (till->reader)) /* told by whoever looks next */
    return quay_till_check_reads (till, error);
  if (!quay_discount_apply (priced, quay_till_peek_promotions (till), &moment, goods, error))
    return FALSE;
  GPtrArray *lines = cart->lines;
  cart->lines = priced->lines;
  priced->lines = lines;
  return TRUE;
}

gboolean
quay_till_price_cart (QuayTill *till, QuayCart *cart, GError **error)
{
  return quay_till_reprice (till, cart, error) && quay_till_check_reads (till, error);
}

/* --- what one may take off --- */

static gint64
off_of (const QuayLine *line, gint64 kind)
{
  gint64 sum = 0;
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    {
      const QuayOff *off = line->offs->pdata[i];
      sum += off->kind == kind ? off->amount.dong : 0;
    }
  return sum;
}

/* What a line would cost without what was taken off by hand. */
static gint64
base_of (const QuayLine *line)
{
  return line->amount.dong + off_of (line, QUAY_OFF_LINE) + off_of (line, QUAY_OFF_CART);
}

static gint64
percent_of_line (const QuayLine *line)
{
  const QuayOff *hand = quay_discount_by_hand (line);
  if (hand == NULL)
    return 0;
  return hand->bp > 0 ? hand->bp : quay_discount_percent (hand->amount, QUAY_DONG (base_of (line)));
}

/* The most that was taken off by hand: of a line, or of the cart with its lines. */
static gint64
percent_of_cart (const QuayCart *cart, QuayMoney *off)
{
  gint64 most = cart->off_bp;
  gint64 base = 0;
  *off = QUAY_DONG (0);
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      most = MAX (most, percent_of_line (line));
      base += base_of (line);
      off->dong += base_of (line) - line->amount.dong;
    }
  return off->dong == 0 ? 0 : MAX (most, quay_discount_percent (*off, QUAY_DONG (base)));
}

static gboolean
answered_for (QuayTill *till, const QuayCart *cart)
{
  return quay_id_equal (&till->prices.allowed, &cart->id);
}

/* Somebody answers for what the cart now costs: no question when it is sold. */
static void
remember_answer (QuayTill *till, const QuayCart *cart, gint64 bp, gboolean price)
{
  if (!answered_for (till, cart))
    {
      till->prices.allowed_bp = 0;
      till->prices.allowed_price = FALSE;
    }
  till->prices.allowed = cart->id;
  till->prices.allowed_bp = MAX (till->prices.allowed_bp, bp);
  till->prices.allowed_price |= price;
}

static gboolean
line_is_allowed (QuayTill *till, const QuayLine *line, GError **error)
{
  gboolean barred = quay_discount_is_barred (line, quay_till_spirit_abv (till));
  if (barred && (line->offs != NULL || (line->was.dong > 0 && line->price.dong < line->was.dong)))
    return quay_till_refuse_by_law (till, "discount", QUAY_LAW_PROMOTION, error);
  return quay_till_line_is_lawful (till, line, error);
}

gboolean
quay_till_check_discounts (QuayTill *till, const QuayCart *cart, GError **error)
{
  QuayMoney off;
  gboolean priced = FALSE;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      priced |= line->was.dong > 0;
      if (!line_is_allowed (till, line, error))
        return FALSE;
    }
  gint64 bp = percent_of_cart (cart, &off);
  gboolean known = answered_for (till, cart);
  if (bp > 0 && !(known && bp <= till->prices.allowed_bp) &&
      !quay_till_require (till, QUAY_ACT_DISCOUNT, bp, error))
    return FALSE;
  return !priced || (known && till->prices.allowed_price) ||
         quay_till_require (till, QUAY_ACT_PRICE, 0, error);
}

/* --- writing down --- */

/* Commits the trace of @act on the cart, with the word of whoever allowed it. */
static gboolean
note_act (QuayTill *till, QuayAct act, const char *name, QuayMoney amount, const char *why,
          GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_NOTED, FALSE);
  QuayAudit *body = event->body;
  body->act = g_strdup (quay_act_name (act));
  body->subject = till->cart->id;
  body->name = g_strdup (name);
  body->amount = amount;
  body->why = g_strdup (why);
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

/* Puts @cart (stolen) in place of the open one if who works may take so much off. */
static gboolean
take_discounted (QuayTill *till, QuayCart *given, const char *name, const char *why, GError **error)
{
  QuayMoney off;
  g_autoptr (QuayCart) cart = given;
  if (!quay_till_reprice (till, cart, error) || !quay_till_check_reads (till, error))
    return FALSE;
  guint n = 0;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      n += line->offs != NULL ? line->offs->len : 0;
    }
  if (n > OFFS_MAX || !quay_till_cart_fits (cart, error))
    return n <= OFFS_MAX ? FALSE : invalid ("too many discounts", error);
  gint64 bp = percent_of_cart (cart, &off);
  if (bp > 0 && !quay_till_require (till, QUAY_ACT_DISCOUNT, bp, error))
    return FALSE;
  if (bp > quay_till_limit (till, QUAY_ACT_DISCOUNT) &&
      !note_act (till, QUAY_ACT_DISCOUNT, name, off, why, error))
    return FALSE;
  remember_answer (till, cart, bp, FALSE);
  quay_cart_free (till->cart);
  till->cart = g_steal_pointer (&cart);
  quay_till_cart_touched (till);
  return TRUE;
}

static gboolean
reason_is_sound (QuayTill *till, const char *why, gboolean needed, GError **error)
{
  if (needed && (why == NULL || *why == '\0'))
    return invalid ("needs a reason", error);
  return quay_till_check_text (why, 70, error);
}

static const QuayLine *
find_line (QuayTill *till, guint index, GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return NULL;
  if (index < till->cart->lines->len)
    return till->cart->lines->pdata[index];
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no line %u", index);
  return NULL;
}

/* --- the verbs --- */

gboolean
quay_till_cart_discount_line (QuayTill *till, guint index, gint64 bp, QuayMoney amount,
                              const char *why, GError **error)
{
  const QuayLine *line = find_line (till, index, error);
  gboolean any = bp != 0 || amount.dong != 0;
  if (line == NULL || !reason_is_sound (till, why, any, error))
    return FALSE;
  if (any && quay_discount_is_barred (line, quay_till_spirit_abv (till)))
    return quay_till_refuse_by_law (till, "discount", QUAY_LAW_PROMOTION, error);
  g_autoptr (QuayCart) cart = quay_cart_copy (till->cart);
  QuayLine *copy = cart->lines->pdata[index];
  if (!quay_discount_set_line (copy, bp, amount, any ? why : NULL, error))
    return FALSE;
  if (any && quay_discount_by_hand (copy) == NULL)
    return invalid ("takes nothing off", error);
  g_autofree char *name = g_strdup (line->name);
  return take_discounted (till, g_steal_pointer (&cart), name, why, error);
}

/* What of the cart something may be taken off. */
static gint64
discountable (QuayTill *till)
{
  gint64 sum = 0;
  for (guint i = 0; i < till->cart->lines->len; i++)
    {
      const QuayLine *line = till->cart->lines->pdata[i];
      if (!quay_discount_is_barred (line, quay_till_spirit_abv (till)))
        sum += line->amount.dong + off_of (line, QUAY_OFF_CART);
    }
  return sum;
}

gboolean
quay_till_cart_discount (QuayTill *till, gint64 bp, QuayMoney amount, const char *why,
                         GError **error)
{
  gboolean any = bp != 0 || amount.dong != 0;
  if (!quay_till_cart_is_free (till, error) || !reason_is_sound (till, why, any, error))
    return FALSE;
  gint64 most = discountable (till);
  if (any && most == 0 && !quay_cart_is_empty (till->cart))
    return quay_till_refuse_by_law (till, "discount", QUAY_LAW_PROMOTION, error);
  if (bp < 0 || bp > 10000 || amount.dong < 0 || amount.dong > most || (bp > 0 && amount.dong > 0))
    return invalid ("discount out of range", error);
  g_autoptr (QuayCart) cart = quay_cart_copy (till->cart);
  cart->off_bp = bp;
  cart->off = amount;
  g_free (cart->off_why);
  cart->off_why = any ? g_strdup (why) : NULL;
  return take_discounted (till, g_steal_pointer (&cart), NULL, why, error);
}

gboolean
quay_till_cart_price_line (QuayTill *till, guint index, QuayMoney price, const char *why,
                           GError **error)
{
  const QuayLine *line = find_line (till, index, error);
  if (line == NULL)
    return FALSE;
  QuayMoney was = line->was.dong > 0 ? line->was : line->price;
  gboolean back = price.dong == was.dong;
  if (!reason_is_sound (till, why, !back, error))
    return FALSE;
  if (was.dong <= 0)
    return invalid ("has no price to change", error);
  if (price.dong < was.dong && quay_discount_is_barred (line, quay_till_spirit_abv (till)))
    return quay_till_refuse_by_law (till, "discount", QUAY_LAW_PROMOTION, error);
  g_autoptr (QuayCart) cart = quay_cart_copy (till->cart);
  if (!quay_cart_set_price (cart, index, price, error))
    return FALSE;
  ((QuayLine *)cart->lines->pdata[index])->was = back ? QUAY_DONG (0) : was;
  g_autofree char *name = g_strdup (line->name);
  if (!quay_till_reprice (till, cart, error) || !quay_till_check_reads (till, error) ||
      (!back && !quay_till_require (till, QUAY_ACT_PRICE, 0, error)) ||
      (!back && !note_act (till, QUAY_ACT_PRICE, name, price, why, error)))
    return FALSE;
  remember_answer (till, cart, 0, TRUE);
  quay_cart_free (till->cart);
  till->cart = g_steal_pointer (&cart);
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_cart_price_now (QuayTill *till, guint index, QuayMoney *price)
{
  g_autoptr (QuayPriceList) list = quay_till_cart_list (till, till->cart);
  return index < till->cart->lines->len &&
         quay_till_find_price (till, till->cart, list, till->cart->lines->pdata[index], price);
}
