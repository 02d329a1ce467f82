/* Money back by the tenders that were taken. */
#include "quay-test-till.h"

#include "quay-error.h"

#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */

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

/* Net of the day by one tender. */
static gint64
taken_by (Fixture *shop, const char *tender)
{
  g_autoptr (GError) error = NULL;
  QuayDay today = quay_till_day (shop->till);
  g_autoptr (QuayReport) report = quay_till_report (shop->till, "day", today, today, &error);
  for (guint i = 0; i < report->tenders->len; i++)
    if (strcmp (((QuayReportRow *)report->tenders->pdata[i])->key, tender) == 0)
      return ((QuayReportRow *)report->tenders->pdata[i])->amount.dong;
  return 0;
}

static void
assert_taken (Fixture *shop, gint64 card, gint64 transfer, gint64 cash)
{
  QuayMoney expected;
  g_assert_cmpint (taken_by (shop, "card"), ==, card);
  g_assert_cmpint (taken_by (shop, "transfer"), ==, transfer);
  g_assert_cmpint (taken_by (shop, "cash"), ==, cash);
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, cash);
}

/* Each a new one. */
static char *
give_back (Fixture *shop, const char *number, const QuayRefundAsk *asks, guint n, const char *why,
           QuayMoney *total, GError **error)
{
  QuayId id = quay_till_new_id (shop->till);
  return quay_till_refund (shop->till, &id, number, asks, n, why, total, error);
}

static char *
sell_three_ways (Fixture *shop)
{
  g_autoptr (GError) error = NULL;
  QuayPayment ways[] = { { .tender = QUAY_TENDER_CARD, .given = QUAY_DONG (100000) },
                         { .tender = QUAY_TENDER_TRANSFER, .given = QUAY_DONG (30000) },
                         { .tender = QUAY_TENDER_CASH, .given = QUAY_DONG (100000) } };
  g_autoptr (GPtrArray) payments = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    g_ptr_array_add (payments, &ways[i]);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), NULL));
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (shop->till, payments, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sale->total.dong, ==, 180000);
  return g_strdup (sale->number);
}

/* Money goes back the way it came, never more by one way than came by it. */
static void
test_as_paid (Fixture *shop, gconstpointer data)
{
  static const gint64 left[][3] = { { 70000, 0, 50000 }, { 10000, 0, 50000 }, { 0, 0, 0 } };
  g_autoptr (GError) error = NULL;
  g_autofree char *number = sell_three_ways (shop);
  QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  assert_taken (shop, 100000, 30000, 50000);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *refund = give_back (shop, number, &one, 1, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_taken (shop, left[i][0], left[i][1], left[i][2]);
    }
}

static void
test_another (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autofree char *number = sell_three_ways (shop);
  QuayId id = quay_till_new_id (shop->till);
  QuayRefundAsk two = { .line = 1, .qty = QUAY_UNITS (2), .restock = TRUE };
  g_assert_null (
      quay_till_refund_by (shop->till, &id, number, QUAY_TENDER_CASH, &two, 1, "", NULL, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);
  assert_taken (shop, 100000, 30000, 50000);
  g_autofree char *refund = quay_till_refund_by (shop->till, &id, number, QUAY_TENDER_CASH, &two, 1,
                                                 "máy thẻ hỏng", NULL, &error);
  g_assert_no_error (error);
  assert_taken (shop, 100000, 30000, -70000);
  /* what is left goes back the way it came, as far as it can */
  g_autofree char *rest = give_back (shop, number, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_taken (shop, 70000, 0, -70000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/refund/as-paid", Fixture, NULL, set_up, test_as_paid, tear_down);
  g_test_add ("/refund/another", Fixture, NULL, set_up, test_another, tear_down);
  return g_test_run ();
}
