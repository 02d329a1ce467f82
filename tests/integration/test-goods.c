/* Lots from their receipt to their end: received, sold across, given back, spoilt; the file stays
 * sound and every figure of a lot adds up. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-till-goods.h"
#include "quay-till-lots.h"
#include "quay-till-private.h"

#define TEA "2900000000049" /* 60.000 đ */

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_assert_sound (shop);
  quay_test_shop_clear (shop);
}

static QuayId
tea (Fixture *shop)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, TEA);
  g_assert_nonnull (scanned->item);
  return scanned->item->product;
}

/* A lot of tea of 15 % commission; its id. */
static QuayId
receive (Fixture *shop, gint64 units, QuayDay expires, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  line->product = tea (shop);
  line->name = g_strdup ("Trà nụ vối");
  line->lot = quay_till_new_id (shop->till);
  line->qty = QUAY_UNITS (units);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  line->expires = expires;
  line->code = g_strdup (code);
  g_ptr_array_add (voucher->lines, line);
  voucher->reason = g_strdup ("consigned");
  QuayId lot = line->lot;
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (number, "QT1A-PNK"));
  return lot;
}

static QuaySaleRecord *
sell (Fixture *shop, gint64 units)
{
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (units), NULL));
  return quay_test_shop_pay (shop);
}

static void
assert_lot (Fixture *shop, const QuayId *lot, gint64 in, gint64 sold, gint64 loss, gint64 amount,
            gint64 cost)
{
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, lot, &sums);
  g_assert_cmpint (sums.in, ==, in * 1000);
  g_assert_cmpint (sums.sold, ==, sold * 1000);
  g_assert_cmpint (sums.loss, ==, loss * 1000);
  g_assert_cmpint (sums.amount, ==, amount);
  g_assert_cmpint (sums.cost, ==, cost);
}

/* Two of the older lot, one of the younger; what is not there is sold, too. */
static void
test_sale (Fixture *shop, gconstpointer data)
{
  QuayId young = receive (shop, 5, 20280101, "L2");
  QuayId old = receive (shop, 2, 20270601, "L1");
  g_autoptr (QuaySaleRecord) sale = sell (shop, 3);
  assert_lot (shop, &old, 2, 2, 0, 120000, 102000);
  assert_lot (shop, &young, 5, 1, 0, 60000, 51000);
  g_autoptr (QuaySaleRecord) more = sell (shop, 6);
  assert_lot (shop, &young, 5, 5, 0, 300000, 255000);
  const QuayLine *line = more->lines->pdata[0];
  g_assert_cmpuint (line->parts->len, ==, 1); /* of six, two are of no lot */
}

static void
give_back (Fixture *shop, const QuaySaleRecord *sale, gint64 units, gboolean restock)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (units), .restock = restock };
  g_autofree char *number =
      quay_till_refund (shop->till, &id, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_refund (Fixture *shop, gconstpointer data)
{
  QuayId old = receive (shop, 2, 20270601, "L1");
  QuayId young = receive (shop, 5, 20280101, "L2");
  g_autoptr (QuaySaleRecord) sale = sell (shop, 4);
  give_back (shop, sale, 1, TRUE);
  give_back (shop, sale, 1, FALSE);
  give_back (shop, sale, 2, TRUE);
  /* the spoilt one is the shop's loss: the producer gets his share */
  QuayLotSums a, b;
  quay_reader_lot_sums (shop->till->reader, &old, &a);
  quay_reader_lot_sums (shop->till->reader, &young, &b);
  g_assert_cmpint (a.sold + b.sold, ==, 0);
  g_assert_cmpint (a.loss + b.loss, ==, 1000);
  g_assert_cmpint (a.amount + b.amount, ==, 0);
  g_assert_cmpint (a.cost + b.cost, ==, 51000);
  g_assert_cmpint (a.in - a.sold - a.loss + b.in - b.sold - b.loss, ==, 6000);
}

static void
test_expired (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId lot = receive (shop, 5, 20200101, "L0");
  quay_test_shop_scan (shop, TEA);
  g_autoptr (GArray) barred = quay_till_cart_barred (shop->till);
  g_assert_cmpuint (barred->len, ==, 1);
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (quay_till_cart_allow_barred (shop->till, "", &error));
  g_clear_error (&error);
  g_assert_true (quay_till_cart_allow_barred (shop->till, "khách biết và đồng ý", &error));
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (shop->till, NULL, &error);
  g_assert_no_error (error);
  assert_lot (shop, &lot, 5, 1, 0, 60000, 51000);
}

/* Damaged goods: two lots, one line; what the shop bears is owed to the producer. */
static void
test_issue (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId old = receive (shop, 2, 20270601, "L1");
  QuayId young = receive (shop, 5, 20280101, "L2");
  QuayId id = quay_till_new_id (shop->till);
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = tea (shop);
  line->name = g_strdup ("Trà nụ vối");
  line->qty = QUAY_UNITS (3);
  g_ptr_array_add (voucher->lines, line);
  voucher->reason = g_strdup ("damaged");
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_ISSUED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *again =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_ISSUED, NULL, voucher, NULL, &error);
  g_assert_cmpstr (again, ==, number);
  assert_lot (shop, &old, 2, 0, 2, 0, 102000);
  assert_lot (shop, &young, 5, 0, 1, 0, 51000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/goods/sale", test_sale);
  ADD ("/goods/refund", test_refund);
  ADD ("/goods/expired", test_expired);
  ADD ("/goods/issue", test_issue);
  return g_test_run ();
}
