/* Gifts that were earned and not scanned. Thread: main. */
#include "quay-till-gifts.h"

#include "quay-till-prices-private.h"

#include "quay-discount.h"
#include "quay-error.h"
#include "quay-promotion.h"

#include <string.h>

void
quay_gift_free (QuayGift *gift)
{
  if (gift == NULL)
    return;
  g_free (gift->name);
  g_free (gift->promotion);
  g_free (gift);
}

static gboolean
is_given (const QuayPromotion *promotion, const QuayPromoMoment *moment)
{
  return promotion->kind == QUAY_PROMO_GIFT && quay_promotion_is_on (promotion, moment);
}

/* Asked at each change of the cart: most shops give nothing. */
static gboolean
any_is_given (GPtrArray *promotions, const QuayPromoMoment *moment)
{
  for (guint i = 0; i < promotions->len; i++)
    if (is_given (promotions->pdata[i], moment))
      return TRUE;
  return FALSE;
}

/* Thousandths of @product in the cart; @pieces: of lines that can be a gift. */
static gint64
count_in_cart (const QuayCart *cart, const QuayId *product, gboolean pieces)
{
  gint64 milli = 0;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      if (quay_id_equal (&line->product, product) && (!pieces || line->kind == QUAY_LINE_PIECE))
        milli += line->qty.milli;
    }
  return milli;
}

static QuayGift *
find_gift (GPtrArray *gifts, const QuayId *product)
{
  for (guint i = 0; i < gifts->len; i++)
    if (quay_id_equal (&((QuayGift *)gifts->pdata[i])->product, product))
      return gifts->pdata[i];
  return NULL;
}

static QuayGift *
make_gift (QuayTill *till, const QuayPromotion *promotion, const QuayPromoMoment *moment)
{
  g_autoptr (QuayItem) item = quay_till_item (till, &promotion->gift);
  QuayLine line = { .abv = item != NULL ? item->abv : 0 };
  if (item == NULL || !item->active || !item->has_price || item->weighed ||
      quay_discount_is_barred (&line, moment->spirit_abv))
    return NULL;
  QuayGift *gift = g_new0 (QuayGift, 1);
  gift->product = item->product;
  gift->name = g_strdup (item->name);
  gift->on_hand =
      MAX (item->stock.milli - count_in_cart (till->cart, &item->product, FALSE), 0) / 1000;
  return gift;
}

/* Of two promotions that give the same, the one that gives more. */
static void
take_promotion (QuayTill *till, const QuayPromotion *p, const QuayPromoMoment *moment,
                gint64 missing, GPtrArray *gifts)
{
  QuayGift *gift = find_gift (gifts, &p->gift);
  if (gift == NULL)
    {
      gift = make_gift (till, p, moment);
      if (gift == NULL)
        return;
      g_ptr_array_add (gifts, gift);
    }
  if (missing < gift->missing || (missing == gift->missing && p->value <= gift->bp))
    return;
  gift->missing = missing;
  gift->bp = p->value;
  g_free (gift->promotion);
  gift->promotion = g_strdup (p->name);
}

static int
compare_gifts (gconstpointer a, gconstpointer b)
{
  const QuayGift *x = *(QuayGift *const *)a;
  const QuayGift *y = *(QuayGift *const *)b;
  int by = g_strcmp0 (x->name, y->name);
  return by != 0 ? by : memcmp (x->product.b, y->product.b, sizeof x->product.b);
}

GPtrArray *
quay_till_cart_gifts (QuayTill *till)
{
  GPtrArray *gifts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_gift_free);
  GPtrArray *promotions = quay_till_peek_promotions (till);
  const QuayCart *cart = till->cart;
  QuayPromoMoment moment = quay_till_promo_moment (till);
  moment.list = cart->list != NULL;
  if (quay_cart_is_empty (cart) || !any_is_given (promotions, &moment))
    return gifts;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  g_autoptr (GArray) goods = quay_till_promo_goods (till, cart, items);
  for (guint i = 0; i < promotions->len; i++)
    {
      const QuayPromotion *p = promotions->pdata[i];
      if (!is_given (p, &moment))
        continue;
      gint64 missing = quay_promotion_earned (p, &moment, cart->lines, goods) -
                       count_in_cart (cart, &p->gift, TRUE) / 1000;
      if (missing > 0)
        take_promotion (till, p, &moment, missing, gifts);
    }
  for (guint i = 0; i < gifts->len; i++)
    {
      QuayGift *gift = gifts->pdata[i];
      gift->on_hand = MIN (gift->on_hand, gift->missing);
    }
  g_ptr_array_sort (gifts, compare_gifts);
  if (quay_reader_has_failed (till->reader)) /* told by whoever looks next */
    g_ptr_array_set_size (gifts, 0);
  return gifts;
}

gboolean
quay_till_cart_take_gifts (QuayTill *till, GError **error)
{
  guint taken = 0;
  g_autoptr (GPtrArray) gifts = quay_till_cart_gifts (till);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  for (guint i = 0; i < gifts->len; i++)
    {
      const QuayGift *gift = gifts->pdata[i];
      if (gift->on_hand <= 0)
        continue;
      if (!quay_till_cart_add_item (till, &gift->product, QUAY_UNITS (gift->on_hand), NULL, error))
        return FALSE;
      taken++;
    }
  if (taken == 0)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no gift is on hand");
  return taken > 0;
}
