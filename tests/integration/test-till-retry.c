/* Money given back or moved under an id that its caller made: whatever became of the first try, a
 * later one makes it one document. */
#include "bad-disk.h"
#include "quay-test-till.h"

#include "quay-error.h"

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */

typedef QuayTestShop Shop;

static void
set_up (Shop *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  bad_disk_disarm ();
  quay_till_verify (shop->till, TRUE, &check, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check.why, ==, NULL);
  quay_check_clear (&check);
  quay_test_shop_clear (shop);
}

/* Three noodles and one tea: 255.000 đ. */
static QuaySaleRecord *
sell (Shop *shop)
{
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), NULL));
  return quay_test_shop_pay (shop);
}

/* An answer that was lost: the same id is done once, whatever is asked then. */
static void
test_refund_again (Shop *shop, gconstpointer data)
{
  QuayMoney total;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_autoptr (QuaySaleRecord) second = sell (shop);
  g_autofree char *first =
      quay_till_refund (shop->till, &id, sale->number, NULL, 0, NULL, &total, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) /* also after a restart; nothing is left to give back by then */
    {
      g_autofree char *again =
          quay_till_refund (shop->till, &id, sale->number, NULL, 0, NULL, &total, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, first);
      g_assert_cmpint (total.dong, ==, 255000);
      quay_test_shop_reopen (shop);
    }
  g_autoptr (QuayReport) report = quay_till_report (shop->till, "day", 20261123, 20261123, &error);
  g_assert_cmpint (report->refunds, ==, 1);
  g_assert_null (quay_till_refund (shop->till, &id, second->number, NULL, 0, NULL, NULL, &other));
  g_assert_error (other, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_clear_error (&other);
  g_assert_null (
      quay_till_refund (shop->till, &second->id, sale->number, NULL, 0, NULL, NULL, &other));
  g_assert_error (other, QUAY_ERROR, QUAY_ERROR_REFUSED); /* nothing is left of it */
}

static void
test_cash_again (Shop *shop, gconstpointer data)
{
  QuayMoney expected;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *first =
      quay_till_move_cash (shop->till, &id, QUAY_DONG (20000), "đổi tiền", &error);
  g_assert_no_error (error);
  g_autofree char *again =
      quay_till_move_cash (shop->till, &id, QUAY_DONG (20000), "đổi tiền", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, first);
  g_assert_null (quay_till_move_cash (shop->till, &id, QUAY_DONG (30000), "đổi tiền", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, 20000);
}

/* The disk fails at each sync of a refund: whatever became of the first try, the second one with
 * the same id makes it one refund. */
static void
test_retry_refund (Shop *shop, gconstpointer data)
{
  gboolean hit = TRUE;
  g_autofree char *first = quay_till_open_shift (shop->till, QUAY_DONG (1000000), NULL);
  for (guint nth = 1; hit; nth++)
    {
      g_autoptr (GError) error = NULL;
      QuayMoney total;
      quay_test_shop_scan (shop, NOODLES);
      g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
      QuayId id = quay_till_new_id (shop->till);
      g_assert_true (quay_till_flush (shop->till, NULL));
      bad_disk_arm (BAD_DISK_SYNC, nth, TRUE);
      g_autofree char *tried =
          quay_till_refund (shop->till, &id, sale->number, NULL, 0, "hỏng", &total, &error);
      hit = bad_disk_disarm () > 0;
      if (tried == NULL)
        g_assert_error (error, QUAY_ERROR, QUAY_ERROR_IO);
      g_clear_error (&error);
      g_autofree char *number =
          quay_till_refund (shop->till, &id, sale->number, NULL, 0, "hỏng", &total, &error);
      g_assert_no_error (error);
      g_assert_cmpint (total.dong, ==, 65000);
      g_autofree char *want = g_strdup_printf ("QT1A-TH26-%04u", nth);
      g_assert_cmpstr (number, ==, want);
      g_autoptr (QuaySaleRecord) after = quay_till_sale (shop->till, sale->number);
      g_assert_cmpint (after->refunded.dong, ==, 65000);
      g_assert_cmpuint (nth, <, 50);
    }
}

static void
test_retry_cash (Shop *shop, gconstpointer data)
{
  gboolean hit = TRUE;
  for (guint nth = 1; hit; nth++)
    {
      g_autoptr (GError) error = NULL;
      QuayMoney expected;
      QuayId id = quay_till_new_id (shop->till);
      g_assert_true (quay_till_flush (shop->till, NULL));
      bad_disk_arm (BAD_DISK_SYNC, nth, TRUE);
      g_autofree char *tried =
          quay_till_move_cash (shop->till, &id, QUAY_DONG (1000), "đổi tiền", NULL);
      hit = bad_disk_disarm () > 0;
      g_autofree char *number =
          quay_till_move_cash (shop->till, &id, QUAY_DONG (1000), "đổi tiền", &error);
      g_assert_no_error (error);
      g_autofree char *want = g_strdup_printf ("QT1A-PT26-%04u", nth);
      g_assert_cmpstr (number, ==, want);
      g_assert_true (quay_till_shift (shop->till, NULL, &expected)); /* one shift holds them all */
      g_assert_cmpint (expected.dong, ==, 1000 * nth);
      g_assert_cmpuint (nth, <, 50);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bad_disk_register (TRUE);
#define ADD(path, func) g_test_add (path, Shop, NULL, set_up, func, tear_down)
  ADD ("/retry/refund/answered", test_refund_again);
  ADD ("/retry/refund/disk", test_retry_refund);
  ADD ("/retry/cash/answered", test_cash_again);
  ADD ("/retry/cash/disk", test_retry_cash);
  return g_test_run ();
}
