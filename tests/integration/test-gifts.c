/* Buy some of this, get some of that: as scanned, told, added by one key, sold, brought back, and
 * with all else that makes a line cheaper. Hand-computed from the prices of the sample shop. */
#include "quay-error.h"
#include "quay-test-till.h"
#include "quay-till-catalog.h"
#include "quay-till-discount.h"
#include "quay-till-gifts.h"
#include "quay-till-prices.h"
#include "quay-till-promotions.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"

#include <string.h>

#define NOODLE "2900000000018"  /* OCOP001, 65.000 đ, group noodle */
#define TEA "2900000000049"     /* OCOP004, 60.000 đ, group tea */
#define TEABAGS "2900000000032" /* OCOP003, 150.000 đ, group tea */
#define SPIRIT "2900000000117"  /* OCOP011, 30 % */

static void
set_up (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_assert_sound (shop);
  quay_test_shop_clear (shop);
}

static QuayId
product_of (QuayTestShop *shop, const char *sku)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, sku);
  g_assert_nonnull (item);
  return item->product;
}

static const QuayLine *
line_at (QuayTestShop *shop, guint index)
{
  const QuayCart *cart = quay_till_cart (shop->till);
  g_assert_cmpuint (index, <, cart->lines->len);
  return cart->lines->pdata[index];
}

static gint64
total_of (QuayTestShop *shop)
{
  return quay_cart_totals (quay_till_cart (shop->till)).total.dong;
}

/* Two noodles give a tea. */
static QuayPromotion *
make_promotion (QuayTestShop *shop)
{
  QuayPromotion *p = quay_promotion_new ();
  p->id = quay_till_new_id (shop->till);
  p->name = g_strdup ("Tặng khi mua 2 Miến dong");
  p->kind = QUAY_PROMO_GIFT;
  p->scope = QUAY_PROMO_PRODUCT;
  p->target = product_of (shop, "OCOP001");
  p->buy = 2;
  p->get = 1;
  p->gift = product_of (shop, "OCOP004");
  p->value = 10000;
  p->together = TRUE;
  return p;
}

static void
save (QuayTestShop *shop, const QuayPromotion *p)
{
  g_autoptr (GError) error = NULL;
  quay_till_save_promotion (shop->till, p, &error);
  g_assert_no_error (error);
}

static void
assert_gift (QuayTestShop *shop, gint64 missing, gint64 on_hand, gint64 bp)
{
  g_autoptr (GPtrArray) gifts = quay_till_cart_gifts (shop->till);
  g_assert_cmpuint (gifts->len, ==, missing > 0);
  if (missing == 0)
    return;
  const QuayGift *gift = gifts->pdata[0];
  g_assert_cmpint (gift->missing, ==, missing);
  g_assert_cmpint (gift->on_hand, ==, on_hand);
  g_assert_cmpint (gift->bp, ==, bp);
}

static void
test_told_and_taken (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  save (shop, p);
  quay_test_shop_reopen (shop); /* as it is read from the disk */
  quay_test_shop_scan (shop, NOODLE);
  assert_gift (shop, 0, 0, 0);
  g_assert_false (quay_till_cart_take_gifts (shop->till, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  quay_test_shop_scan (shop, NOODLE);
  assert_gift (shop, 1, 1, 10000);
  g_assert_cmpint (total_of (shop), ==, 130000); /* it is not there: nothing is cheaper */
  g_assert_true (quay_till_cart_take_gifts (shop->till, &error));
  assert_gift (shop, 0, 0, 0);
  g_assert_cmpint (total_of (shop), ==, 130000);
  g_assert_cmpint (line_at (shop, 1)->amount.dong, ==, 0);
  const QuayOff *off = line_at (shop, 1)->offs->pdata[0];
  g_assert_cmpstr (off->name, ==, "Tặng khi mua 2 Miến dong");
  g_assert_true (quay_id_equal (&off->promo, &p->id));
  quay_test_shop_scan (shop, TEA); /* a second one is paid for */
  g_assert_cmpint (total_of (shop), ==, 190000);
  g_assert_true (quay_till_cart_remove (shop->till, 0, NULL, &error));
  g_assert_cmpint (total_of (shop), ==, 120000); /* nothing is earned any more */
}

/* What comes back gives back what was paid for it: of a gift, nothing. */
static void
test_refund (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  save (shop, p);
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_scan (shop, TEA);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 190000);
  static const gint64 expected[] = { 65000, 65000, 30000, 30000 }; /* two teas for 60.000 */
  for (guint i = 0; i < 4; i++)
    {
      QuayMoney total;
      QuayId id = quay_till_new_id (shop->till);
      QuayRefundAsk ask = { .line = i / 2 + 1, .qty = QUAY_UNITS (1), .restock = TRUE };
      g_autofree char *number =
          quay_till_refund (shop->till, &id, sale->number, &ask, 1, "đổi ý", &total, &error);
      g_assert_no_error (error);
      g_assert_cmpint (total.dong, ==, expected[i]);
    }
}

static void
test_gift_alone_refunds_nothing (QuayTestShop *shop, gconstpointer data)
{
  QuayMoney total;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  save (shop, p);
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, NOODLE);
  g_assert_true (quay_till_cart_take_gifts (shop->till, &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_autoptr (QuayItem) before = quay_till_item_by_sku (shop->till, "OCOP004");
  QuayId id = quay_till_new_id (shop->till);
  QuayRefundAsk ask = { .line = 2, .qty = QUAY_UNITS (1), .restock = TRUE };
  g_autofree char *number =
      quay_till_refund (shop->till, &id, sale->number, &ask, 1, "đổi ý", &total, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total.dong, ==, 0);
  g_autoptr (QuayItem) after = quay_till_item_by_sku (shop->till, "OCOP004");
  g_assert_cmpint (after->stock.milli, ==, before->stock.milli + 1000);
}

/* Of two teas a noodle at half its price, at most two a cart; what is short is told as it is. */
static void
test_cap_group_and_stock (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  p->scope = QUAY_PROMO_CATEGORY;
  p->category = g_strdup ("tea");
  p->gift = product_of (shop, "OCOP015"); /* 590.000 đ, 5 on hand */
  p->value = 5000;
  p->get = 4;
  p->most = 7;
  save (shop, p);
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_scan (shop, TEABAGS);
  assert_gift (shop, 4, 4, 5000);
  g_assert_true (
      quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (9), &error)); /* five times two */
  assert_gift (shop, 7, 5, 5000);
  g_assert_true (quay_till_cart_take_gifts (shop->till, &error));
  g_assert_cmpint (total_of (shop), ==, 9 * 60000 + 150000 + 5 * 295000);
  assert_gift (shop, 2, 0, 5000);
  g_assert_false (quay_till_cart_take_gifts (shop->till, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* The goods that earn may be cheaper by a promotion of their own, the gift by a better one or by
 * hand: a line has one promotion, its discount by hand comes after, and nothing is below nothing.
 */
static void
test_with_others (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  g_autoptr (QuayPromotion) all = quay_promotion_new ();
  p->value = 5000;
  save (shop, p);
  all->id = quay_till_new_id (shop->till);
  all->name = g_strdup ("Khai trương");
  all->value = 1000;
  save (shop, all);
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpint (total_of (shop), ==, 54000); /* the only one so far */
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, NOODLE);
  g_assert_cmpint (line_at (shop, 0)->amount.dong, ==, 30000); /* half is better than a tenth */
  g_assert_cmpint (line_at (shop, 1)->amount.dong, ==, 117000);
  g_assert_true (quay_till_cart_discount_line (shop->till, 0, 1000, QUAY_DONG (0), "móp", &error));
  g_assert_cmpint (line_at (shop, 0)->amount.dong, ==, 27000);
  g_assert_true (quay_till_cart_discount (shop->till, 10000, QUAY_DONG (0), "tặng", &error));
  g_assert_cmpint (total_of (shop), ==, 0);
  g_assert_true (quay_till_cart_discount (shop->till, 0, QUAY_DONG (0), NULL, &error));
  p->value = 10000;
  save (shop, p); /* now it is free, and there is nothing left to take off by hand */
  g_assert_cmpint (line_at (shop, 0)->amount.dong, ==, 0);
  g_assert_cmpint (total_of (shop), ==, 117000);
  g_assert_true (quay_till_switch_promotion (shop->till, &p->id, FALSE, &error));
  assert_gift (shop, 0, 0, 0);
  /* a discount by hand that had nothing left to take off is gone */
  g_assert_cmpint (total_of (shop), ==, 54000 + 117000);
}

static void
test_refused (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  p->gift = product_of (shop, "OCOP011"); /* no gift from 15 % on */
  g_assert_false (quay_till_save_promotion (shop->till, p, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_clear_error (&error);
  p->gift = product_of (shop, "OCOP041"); /* sold by weight */
  g_assert_false (quay_till_save_promotion (shop->till, p, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "gift");
  g_clear_error (&error);
  p->gift = quay_till_new_id (shop->till); /* nobody knows it */
  g_assert_false (quay_till_save_promotion (shop->till, p, &error));
  g_assert_cmpstr (error->message, ==, "gift");
  g_autoptr (GPtrArray) all = quay_till_promotions (shop->till);
  g_assert_cmpuint (all->len, ==, 0);
}

/* Spirits earn nothing, whatever a promotion is meant for. */
static void
test_spirits (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  p->scope = QUAY_PROMO_CATEGORY;
  p->category = g_strdup ("spirit");
  save (shop, p);
  quay_test_shop_scan (shop, SPIRIT);
  quay_test_shop_scan (shop, SPIRIT);
  assert_gift (shop, 0, 0, 0);
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpint (line_at (shop, 1)->amount.dong, ==, 60000);
}

static void
test_preview (QuayTestShop *shop, gconstpointer data)
{
  guint n;
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  g_autoptr (GPtrArray) cheaper = quay_till_preview_promotion (shop->till, p, 9, &n);
  g_assert_cmpuint (n, ==, 1);
  const QuayPromoPreview *one = cheaper->pdata[0];
  g_assert_cmpstr (one->sku, ==, "OCOP004");
  g_assert_cmpint (one->gross.dong, ==, 60000);
  g_assert_cmpint (one->off.dong, ==, 60000);
}

/* --- the table of prices, read a part at a time --- */

static void
assert_in_parts (QuayTestShop *shop, const char *words, guint part)
{
  g_autoptr (GPtrArray) lists = quay_till_price_lists (shop->till);
  g_autoptr (GPtrArray) whole = quay_till_price_table (shop->till, lists, words, 0, G_MAXUINT);
  guint at = 0;
  guint got = part;
  g_assert_cmpuint (whole->len, >, part);
  while (got == part)
    {
      g_autoptr (GPtrArray) some = quay_till_price_table (shop->till, lists, words, at, part);
      got = some->len;
      for (guint i = 0; i < got; i++, at++)
        g_assert_cmpstr (((const QuayPriceRow *)some->pdata[i])->sku, ==,
                         ((const QuayPriceRow *)whole->pdata[at])->sku);
    }
  g_assert_cmpuint (at, ==, whole->len);
}

static void
test_price_table (QuayTestShop *shop, gconstpointer data)
{
  assert_in_parts (shop, NULL, 10);
  assert_in_parts (shop, "", 7);
  assert_in_parts (shop, "tra hoa", 1);
}

/* Half the price is what a shop may give away on ordinary days. Miến dong costs 65.000, a pot of
 * tea 60.000, the cheapest tea of the sample less than 200.000. */
static void
assert_beyond (QuayTestShop *shop, const QuayPromotion *p, gboolean is)
{
  g_autofree char *source = NULL;
  g_assert_cmpint (quay_till_promotion_is_beyond (shop->till, p, &source), ==, is);
  g_assert_true ((source != NULL) == is);
}

static void
test_half (QuayTestShop *shop, gconstpointer data)
{
  QuayPromoStep steps[] = { { 2, 1000 }, { 5, 5100 } };
  g_autoptr (QuayPromotion) p = make_promotion (shop);
  assert_beyond (shop, p, FALSE); /* 60.000 for 130.000 */
  p->buy = 1;
  assert_beyond (shop, p, TRUE);
  p->value = 5000;
  assert_beyond (shop, p, FALSE);
  p->kind = QUAY_PROMO_GET;
  assert_beyond (shop, p, TRUE); /* one for one */
  p->buy = 2;
  assert_beyond (shop, p, FALSE);
  p->kind = QUAY_PROMO_PERCENT;
  assert_beyond (shop, p, FALSE);
  p->value = 5001;
  assert_beyond (shop, p, TRUE);
  p->kind = QUAY_PROMO_AMOUNT;
  p->value = 32500;
  assert_beyond (shop, p, FALSE);
  p->value = 32600;
  assert_beyond (shop, p, TRUE);
  p->scope = QUAY_PROMO_ALL; /* there are cheaper goods */
  p->value = 25000;
  assert_beyond (shop, p, TRUE);
  p->kind = QUAY_PROMO_STEPS;
  p->steps = g_array_new (FALSE, FALSE, sizeof (QuayPromoStep));
  g_array_append_val (p->steps, steps[0]);
  assert_beyond (shop, p, FALSE);
  g_array_append_val (p->steps, steps[1]);
  assert_beyond (shop, p, TRUE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (QuayTestShop *shop, gconstpointer data);
  } tests[] = {
    { "/gifts/told-and-taken", test_told_and_taken },
    { "/gifts/refund", test_refund },
    { "/gifts/refund-of-the-gift", test_gift_alone_refunds_nothing },
    { "/gifts/cap-group-and-stock", test_cap_group_and_stock },
    { "/gifts/with-others", test_with_others },
    { "/gifts/refused", test_refused },
    { "/gifts/spirits", test_spirits },
    { "/gifts/preview", test_preview },
    { "/gifts/half", test_half },
    { "/gifts/price-table", test_price_table },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, QuayTestShop, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
