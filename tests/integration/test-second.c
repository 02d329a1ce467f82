/* Second thoughts: exchange in one step, tenders put right, goods without a receipt, and what two
 * tills gave back without knowing of each other. */
#include "quay-test-exchange.h"
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-till-private.h"
#include "quay-till-refunds.h"

#include <string.h>

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

static void
assert_drawer (Fixture *shop, gint64 cash)
{
  QuayMoney expected;
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, cash);
}

static QuaySaleRecord *
sell_tea (Fixture *shop, gint64 n, GPtrArray *payments)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (n), NULL));
  QuaySaleRecord *sale = quay_till_pay (shop->till, payments, &error);
  g_assert_no_error (error);
  return sale;
}

static QuaySaleRecord *
sell_tea_for_cash (Fixture *shop, gint64 n)
{
  g_autoptr (GPtrArray) cash = quay_test_payment (NULL, QUAY_TENDER_CASH, n * 60000);
  return sell_tea (shop, n, cash);
}

static void
add_other (Fixture *shop, gint64 price)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_cart_add_open (shop->till, "Giỏ", QUAY_DONG (price), QUAY_UNITS (1),
                                          "A_CRAFT", NULL, &error));
  g_assert_no_error (error);
}

/* Two packets at 60.000 come back for a basket at @data đồng: what is left is paid, or handed back.
 */
static void
test_exchange (Fixture *shop, gconstpointer data)
{
  gint64 price = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (shop, 3);
  QuayRefundAsk two = { .line = 1, .qty = QUAY_UNITS (2), .restock = TRUE };
  QuayRefundAsk four = { .line = 1, .qty = QUAY_UNITS (4), .restock = TRUE };
  add_other (shop, price);
  g_assert_false (quay_till_exchange (shop->till, sale->number, &four, 1, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_true (quay_id_is_nil (&quay_till_cart (shop->till)->exchange));
  g_assert_true (quay_till_exchange (shop->till, sale->number, &two, 1, &error));
  g_assert_no_error (error);
  quay_test_shop_reopen (shop); /* the cart on disk knows it */
  const QuayCart *cart = quay_till_cart (shop->till);
  g_assert_cmpint (cart->credit.dong, ==, 120000);
  g_assert_cmpint (quay_cart_credit (cart).dong, ==, MIN (price, 120000));
  g_autoptr (QuaySaleRecord) other = quay_till_pay (shop->till, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (other->total.dong, ==, price);
  assert_drawer (shop, 180000 - 120000 + price);
  g_autoptr (QuaySaleRecord) again = quay_till_sale (shop->till, sale->number);
  g_assert_cmpint (again->refunded.dong, ==, 120000);
  g_autoptr (GArray) left = quay_till_refundable (shop->till, again);
  g_assert_cmpint (g_array_index (left, QuayQty, 0).milli, ==, 1000);
  g_assert_true (quay_id_is_nil (&quay_till_cart (shop->till)->exchange));
}

/* The goods came back in another way before the cart was paid. */
static void
test_exchange_late (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (shop, 1);
  QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  add_other (shop, 50000);
  g_assert_true (quay_till_exchange (shop->till, sale->number, &one, 1, &error));
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *refund =
      quay_till_refund (shop->till, &id, sale->number, &one, 1, "hỏng", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (quay_till_pay (shop->till, NULL, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_true (quay_till_exchange (shop->till, NULL, NULL, 0, &error)); /* without it */
  g_autoptr (QuaySaleRecord) other = quay_till_pay (shop->till, NULL, &error);
  g_assert_no_error (error);
  assert_drawer (shop, 50000);
}

/* --- a tender put right --- */

static char *
fix (Fixture *shop, const char *number, QuayTender from, QuayTender to, gint64 amount,
     const char *why, GError **error)
{
  QuayId id = quay_till_new_id (shop->till);
  return quay_till_fix_payment (shop->till, &id, number, from, to, QUAY_DONG (amount), "FT1", why,
                                error);
}

static void
test_fix (Fixture *shop, gconstpointer data)
{
  static const struct
  {
    gint64 from, to, amount;
    const char *why;
    QuayError code;
  } bad[] = {
    { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, 120001, "nhầm", QUAY_ERROR_REFUSED },
    { QUAY_TENDER_CARD, QUAY_TENDER_TRANSFER, 1, "nhầm", QUAY_ERROR_REFUSED },
    { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, 0, "nhầm", QUAY_ERROR_INVALID },
    { QUAY_TENDER_CASH, QUAY_TENDER_CASH, 1, "nhầm", QUAY_ERROR_INVALID },
    { QUAY_TENDER_CASH, QUAY_TENDER_DEBT, 1, "nhầm", QUAY_ERROR_INVALID },
    { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, 1, "", QUAY_ERROR_INVALID },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (shop, 2);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) refused = NULL;
      g_assert_null (
          fix (shop, sale->number, bad[i].from, bad[i].to, bad[i].amount, bad[i].why, &refused));
      g_assert_error (refused, QUAY_ERROR, (int)bad[i].code);
    }
  g_autofree char *number = fix (shop, sale->number, QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, 100000,
                                 "khách chuyển khoản", &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (number, "-SP"));
  assert_drawer (shop, 20000);
  g_autoptr (QuaySaleRecord) after = quay_till_sale (shop->till, sale->number);
  g_assert_cmpint (after->fixed, ==, 1);
  g_assert_cmpint (quay_till_paid_by (shop->till, after, QUAY_TENDER_TRANSFER).dong, ==, 100000);
  /* what comes back goes the way that it really came */
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *refund =
      quay_till_refund (shop->till, &id, sale->number, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_drawer (shop, 0);
}

/* After the shift was closed its own drawer is put right, not that of today. */
static void
test_fix_late (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (shop, 1);
  g_assert_true (quay_till_close_shift (shop->till, QUAY_DONG (0), "thiếu", NULL, &error));
  g_autofree char *opened = quay_till_open_shift (shop->till, QUAY_DONG (500000), &error);
  g_assert_no_error (error);
  g_autofree char *number =
      fix (shop, sale->number, QUAY_TENDER_CASH, QUAY_TENDER_CARD, 60000, "khách quẹt thẻ", &error);
  g_assert_no_error (error);
  assert_drawer (shop, 500000);
}

/* A second try of the same is the same. */
static void
test_fix_twice (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (shop, 1);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *first =
      quay_till_fix_payment (shop->till, &id, sale->number, QUAY_TENDER_CASH, QUAY_TENDER_CARD,
                             QUAY_DONG (60000), NULL, "nhầm", &error);
  g_autofree char *second =
      quay_till_fix_payment (shop->till, &id, sale->number, QUAY_TENDER_CASH, QUAY_TENDER_CARD,
                             QUAY_DONG (60000), NULL, "nhầm", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, second);
  assert_drawer (shop, 0);
}

/* --- without a receipt --- */

static void
test_free (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (shop, 3);
  const QuayLine *tea = sale->lines->pdata[0];
  QuayFreeReturn back = { tea->product, QUAY_UNITS (1), QUAY_DONG (60000), TRUE };
  QuayFreeReturn unknown = back;
  QuayId id = quay_till_new_id (shop->till);
  unknown.product.b[0] ^= 1;
  g_assert_null (
      quay_till_refund_free (shop->till, &id, NULL, &back, 1, QUAY_TENDER_CASH, NULL, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&refused);
  g_assert_null (quay_till_refund_free (shop->till, &id, NULL, &unknown, 1, QUAY_TENDER_CASH,
                                        "mất phiếu", &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_autofree char *number = quay_till_refund_free (shop->till, &id, NULL, &back, 1,
                                                   QUAY_TENDER_CASH, "mất phiếu", &error);
  g_assert_no_error (error);
  assert_drawer (shop, 120000);
  QuayDay today = quay_till_day (shop->till);
  g_autoptr (QuayReport) report = quay_till_report (shop->till, "product", today, today, &error);
  g_assert_cmpint (report->refunded.dong, ==, 60000);
  g_assert_cmpuint (report->rows->len, ==, 1);
  g_assert_cmpint (((QuayReportRow *)report->rows->pdata[0])->amount.dong, ==, 120000);
  g_autoptr (GPtrArray) excess = quay_till_excess (shop->till);
  g_assert_cmpuint (excess->len, ==, 0);
}

/* --- two tills --- */

/* Both give the same packet back before they hear of each other: both are booked, and what was too
 * much is told. */
static void
test_excess (Fixture *a, gconstpointer data)
{
  Fixture b;
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .shop = "Quế Thanh",
                      .address = "Na Rì, Thái Nguyên",
                      .till_code = "QT2",
                      .language = "vi",
                      .width_mm = 80 };
  quay_test_env_init (&b.env, 2);
  b.dir = quay_test_dir ();
  g_assert_true (quay_till_make_shop (b.dir, &setup, &b.env.env, &error));
  b.till = quay_till_open_with (b.dir, NULL, &b.env.env, &error);
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) sale = sell_tea_for_cash (a, 2);
  quay_test_pull_all (b.till->store, a->till->store, 100);
  quay_test_shop_reopen (&b);
  QuayRefundAsk two = { .line = 1, .qty = QUAY_UNITS (2), .restock = TRUE };
  Fixture *tills[] = { a, &b };
  for (guint i = 0; i < 2; i++)
    {
      QuayId id = quay_till_new_id (tills[i]->till);
      g_autofree char *number =
          quay_till_refund (tills[i]->till, &id, sale->number, &two, 1, "hỏng", NULL, &error);
      g_assert_no_error (error);
      g_autoptr (GPtrArray) none = quay_till_excess (tills[i]->till);
      g_assert_cmpuint (none->len, ==, 0);
    }
  quay_test_pull_all (b.till->store, a->till->store, 100);
  quay_test_pull_all (a->till->store, b.till->store, 100);
  quay_test_assert_equal (a->till->store, b.till->store);
  g_autoptr (GPtrArray) excess = quay_till_excess (a->till);
  g_assert_cmpuint (excess->len, ==, 1);
  const QuayExcess *too_much = excess->pdata[0];
  g_assert_cmpstr (too_much->number, ==, sale->number);
  g_assert_cmpint (too_much->qty.milli, ==, 2000);
  g_assert_cmpint (too_much->amount.dong, ==, 120000);
  g_assert_nonnull (strstr (too_much->refunds, ", "));
  quay_test_shop_assert_sound (&b);
  quay_test_shop_clear (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, test) g_test_add ("/second/" name, Fixture, data, set_up, test, tear_down)
  ADD ("exchange/more", GINT_TO_POINTER (150000), test_exchange);
  ADD ("exchange/same", GINT_TO_POINTER (120000), test_exchange);
  ADD ("exchange/less", GINT_TO_POINTER (90000), test_exchange);
  ADD ("exchange/late", NULL, test_exchange_late);
  ADD ("fix/now", NULL, test_fix);
  ADD ("fix/late", NULL, test_fix_late);
  ADD ("fix/twice", NULL, test_fix_twice);
  ADD ("free", NULL, test_free);
  ADD ("excess", NULL, test_excess);
  return g_test_run ();
}
