/* What changes around an open till: prices under a cart, goods that nobody had entered, the clock.
 */
#include "quay-test-till.h"

#include "quay-error.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ, 8 % */
#define TEA "2900000000049"     /* 60.000 đ, 8 % */

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer sample)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

static QuayCartTotals
totals (Fixture *shop)
{
  return quay_cart_totals (quay_till_cart (shop->till));
}

/* --- prices that change under a cart --- */

static void
set_price (Fixture *shop, const char *sku, const char *price)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, sku);
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  edit->price = g_strdup (price);
  g_assert_true (quay_till_save_item (shop->till, &item->product, edit, NULL, &error));
  g_assert_no_error (error);
}

static guint
n_changed (Fixture *shop)
{
  g_autoptr (GPtrArray) held = quay_till_held (shop->till);
  g_assert_cmpuint (held->len, ==, 1);
  return ((QuayHeld *)held->pdata[0])->n_changed;
}

/* What was told to the customer counts, until the cashier takes the new prices. */
static void
test_price_changes (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_hold (shop->till, NULL, &error));
  g_assert_cmpuint (n_changed (shop), ==, 0);
  set_price (shop, "OCOP001", "70000");
  g_assert_cmpuint (n_changed (shop), ==, 1);
  g_autoptr (GPtrArray) held = quay_till_held (shop->till);
  g_assert_true (quay_till_recall (shop->till, &((QuayHeld *)held->pdata[0])->id, &error));
  g_assert_cmpint (totals (shop).total.dong, ==, 2 * 65000 + 60000);
  /* the next one is another line, at the price of today */
  quay_test_shop_scan (shop, NOODLES);
  g_assert_cmpint (totals (shop).total.dong, ==, 2 * 65000 + 60000 + 70000);
  g_assert_true (quay_till_cart_take_prices (shop->till, &error));
  g_assert_cmpint (totals (shop).total.dong, ==, 3 * 70000 + 60000);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 3 * 70000 + 60000);
}

static void
test_old_price_is_sold (Fixture *shop, gconstpointer data)
{
  quay_test_shop_scan (shop, NOODLES);
  set_price (shop, "OCOP001", "70000");
  quay_test_shop_reopen (shop);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 65000);
}

/* --- goods that nobody had entered --- */

/* They are sold, listed, and put right by counting the shelf. */
static void
test_negative_stock (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) half = NULL;
  g_autoptr (GPtrArray) none = quay_till_negative_items (shop->till, 100);
  g_assert_cmpuint (none->len, ==, 0);
  quay_test_shop_scan (shop, NOODLES); /* of which there are 124 */
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (130), &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_autoptr (GPtrArray) below = quay_till_negative_items (shop->till, 100);
  g_assert_cmpuint (below->len, ==, 1);
  const QuayItem *item = below->pdata[0];
  g_assert_cmpstr (item->sku, ==, "OCOP001");
  g_assert_cmpint (item->stock.milli, ==, -6000);
  g_assert_false (quay_till_count_shelf (shop->till, &item->product, QUAY_MILLI (500), &half));
  g_assert_error (half, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (quay_till_count_shelf (shop->till, &item->product, QUAY_UNITS (5), &error));
  g_assert_no_error (error);
  g_autoptr (QuayItem) counted = quay_till_item_by_sku (shop->till, "OCOP001");
  g_assert_cmpint (counted->stock.milli, ==, 5000);
  g_autoptr (GPtrArray) left = quay_till_negative_items (shop->till, 100);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_false (quay_till_count_shelf (shop->till, &item->product, QUAY_UNITS (9), &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);
  QuayCheck check = { 0 };
  g_assert_true (quay_till_verify (shop->till, TRUE, &check, &error));
  g_assert_true (check.ok);
  quay_check_clear (&check);
}

/* --- the clock, while the till is open --- */

static void
count_cb (QuayTill *till, gpointer data)
{
  (*(guint *)data)++;
}

static void
test_clock (Fixture *shop, gconstpointer data)
{
  guint told = 0;
  guint days = 0;
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_signal_connect (shop->till, "clock-changed", G_CALLBACK (count_cb), &told);
  g_signal_connect (shop->till, "sales-changed", G_CALLBACK (count_cb), &days);
  quay_till_watch_clock (shop->till);
  g_assert_cmpuint (told, ==, 0);
  /* a dead battery: 2001, and the day stays that of the last sale */
  gint64 now = shop->env.wall_ms;
  shop->env.wall_ms = G_GINT64_CONSTANT (1000000000000);
  quay_till_watch_clock (shop->till);
  quay_till_watch_clock (shop->till);
  g_assert_cmpuint (told, ==, 1);
  g_assert_true (quay_till_clock_is_wrong (shop->till));
  g_assert_cmpint (quay_till_day (shop->till), ==, 20261123);
  shop->env.wall_ms = now;
  quay_till_watch_clock (shop->till);
  g_assert_cmpuint (told, ==, 2);
  g_assert_false (quay_till_clock_is_wrong (shop->till));
  g_assert_cmpuint (days, ==, 0);
  /* midnight: today's figures begin again */
  gint64 sales;
  shop->env.wall_ms = now + G_GINT64_CONSTANT (86400000);
  quay_till_watch_clock (shop->till);
  quay_till_watch_clock (shop->till);
  g_assert_cmpuint (days, ==, 1);
  g_assert_cmpuint (told, ==, 2);
  quay_till_today (shop->till, &sales, NULL);
  g_assert_cmpint (sales, ==, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/around/price/changes", test_price_changes);
  ADD ("/around/price/old-one-counts", test_old_price_is_sold);
  ADD ("/around/stock/negative", test_negative_stock);
  ADD ("/around/clock", test_clock);
  return g_test_run ();
}
