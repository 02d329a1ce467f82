/* The main job on a real file: scan, pay, hold, recall, and what a crash leaves. */
#include "quay-test-till.h"

#include "quay-error.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOODLES "2900000000018" /* 65.000 đ, 8 % */
#define SPIRIT "2900000000117"  /* 95.000 đ, 10 %, 30 % vol */
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

static guint64
count_events (Fixture *shop)
{
  QuayCheck check = { 0 };
  g_assert_true (quay_till_verify (shop->till, FALSE, &check, NULL));
  g_assert_true (check.ok);
  guint64 events = check.events;
  quay_check_clear (&check);
  return events;
}

/* --- selling --- */

static void
test_sell (Fixture *shop, gconstpointer data)
{
  gint64 sales;
  QuayMoney total;
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_scan (shop, NOODLES);
  g_assert_cmpint (totals (shop).total.dong, ==, 190000);
  g_assert_cmpuint (totals (shop).n_lines, ==, 2);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpstr (sale->number, ==, "QT1A-000001");
  g_assert_cmpuint (strlen (sale->code), ==, 6);
  g_assert_cmpint (sale->total.dong, ==, 190000);
  g_assert_cmpint (sale->vat.dong, ==, 190000 - 175926);
  g_assert_cmpint (sale->day, ==, 20261123);
  g_assert_cmpstr (sale->tenders, ==, "cash");
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->till)));
  quay_till_today (shop->till, &sales, &total);
  g_assert_cmpint (sales, ==, 1);
  g_assert_cmpint (total.dong, ==, 190000);
  g_autoptr (QuaySaleRecord) again = quay_till_sale (shop->till, "qt1a-1");
  g_assert_nonnull (again);
  g_assert_cmpstr (again->code, ==, sale->code);
  g_assert_cmpuint (again->lines->len, ==, 2);
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "OCOP001");
  g_assert_cmpint (item->stock.milli, ==, 122000);
}

static void
test_numbers_follow (Fixture *shop, gconstpointer data)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("QT1A-%06u", i);
      quay_test_shop_scan (shop, TEA);
      g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
      g_assert_cmpstr (sale->number, ==, number);
    }
  g_autoptr (GPtrArray) sales = quay_till_sales (shop->till, 20261123, 20261123, NULL, NULL, 10);
  g_assert_cmpuint (sales->len, ==, 3);
  g_assert_cmpstr (((QuaySaleRecord *)sales->pdata[0])->number, ==, "QT1A-000003");
}

/* --- paying --- */

typedef struct
{
  const char *name;
  gint64 given[QUAY_N_TENDERS]; /* by tender */
  gboolean sold;
  gint64 change;
} PayCase;

static const PayCase pay_cases[] = {
  { "exact", { 65000, 0, 0 }, TRUE, 0 },
  { "over", { 100000, 0, 0 }, TRUE, 35000 },
  { "under", { 64999, 0, 0 }, FALSE, 0 },
  { "card", { 0, 65000, 0 }, TRUE, 0 },
  { "card-over", { 0, 65001, 0 }, FALSE, 0 },
  { "split", { 50000, 0, 20000 }, TRUE, 5000 },
  { "split-three", { 25000, 20000, 20000 }, TRUE, 0 },
  { "split-under", { 25000, 20000, 19999 }, FALSE, 0 },
};

static void
test_pay (Fixture *shop, gconstpointer data)
{
  const PayCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  gint64 change = 0;
  for (guint tender = 0; tender < QUAY_N_TENDERS; tender++)
    if (c->given[tender] > 0)
      payments = quay_test_payment (payments, tender, c->given[tender]);
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (shop->till, payments, &error);
  if (!c->sold)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
      g_assert_cmpuint (totals (shop).n_lines, ==, 1);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < sale->payments->len; i++)
    change += ((QuayPayment *)sale->payments->pdata[i])->change.dong;
  g_assert_cmpint (change, ==, c->change);
}

static void
test_pay_refused (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) age = NULL;
  g_assert_null (quay_till_pay (shop->till, NULL, &empty));
  g_assert_error (empty, QUAY_ERROR, QUAY_ERROR_REFUSED);
  quay_test_shop_scan (shop, SPIRIT);
  g_assert_true (quay_cart_needs_age (quay_till_cart (shop->till)));
  g_assert_null (quay_till_pay (shop->till, NULL, &age));
  g_assert_error (age, QUAY_ERROR, QUAY_ERROR_REFUSED);
  quay_till_cart_confirm_age (shop->till);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 95000);
}

typedef struct
{
  gboolean done;
  QuaySaleRecord *sale;
  GError *error;
} Answer;

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  answer->sale = quay_till_pay_finish (QUAY_TILL (source), result, &answer->error);
  answer->done = TRUE;
}

/* While a sale is being saved, nothing else may touch the cart; after it there is a new one. */
static void
test_pay_async (Fixture *shop, gconstpointer data)
{
  Answer first = { 0 };
  Answer second = { 0 };
  g_autoptr (GError) busy = NULL;
  quay_test_shop_scan (shop, NOODLES);
  QuayId cart = quay_till_cart (shop->till)->id;
  quay_till_pay_async (shop->till, NULL, paid_cb, &first);
  quay_till_pay_async (shop->till, NULL, paid_cb, &second);
  g_assert_false (quay_till_cart_remove (shop->till, 0, NULL, &busy));
  g_assert_error (busy, QUAY_ERROR, QUAY_ERROR_REFUSED);
  quay_test_wait (&first.done);
  quay_test_wait (&second.done);
  g_assert_no_error (first.error);
  g_assert_error (second.error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_true (quay_id_equal (&first.sale->id, &cart));
  g_assert_false (quay_id_equal (&quay_till_cart (shop->till)->id, &cart));
  quay_sale_record_free (first.sale);
  g_error_free (second.error);
}

/* The same cart twice is one sale. */
static void
test_same_cart_twice (Fixture *shop, gconstpointer data)
{
  gint64 sales;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) cart = quay_till_make_cart (shop->till);
  g_autoptr (QuayLine) line = quay_till_make_line (shop->till, NOODLES, QUAY_UNITS (2), &error);
  g_assert_no_error (error);
  g_assert_true (quay_cart_add (cart, line, NULL, &error));
  g_autoptr (QuaySaleRecord) one = quay_till_sell_cart (shop->till, cart, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) two = quay_till_sell_cart (shop->till, cart, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (one->number, ==, two->number);
  g_assert_cmpstr (one->code, ==, two->code);
  quay_till_today (shop->till, &sales, NULL);
  g_assert_cmpint (sales, ==, 1);
}

static void
test_buyer (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, TEA);
  g_assert_false (quay_till_cart_set_buyer (shop->till, "Công ty Hoa Mai", "12345", &wrong));
  g_assert_error (wrong, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (quay_till_cart_set_buyer (shop->till, "Công ty Hoa Mai", "4600123456", &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_autoptr (QuaySaleRecord) again = quay_till_sale (shop->till, sale->number);
  g_assert_cmpstr (again->buyer_name, ==, "Công ty Hoa Mai");
  g_assert_cmpstr (again->buyer_tax, ==, "4600123456");
}

/* --- the cart --- */

static void
test_cart (Fixture *shop, gconstpointer data)
{
  guint index;
  g_autoptr (GError) error = NULL;
  guint64 before = count_events (shop);
  quay_test_shop_scan (shop, NOODLES);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (5), &error));
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), &error));
  g_assert_cmpint (totals (shop).total.dong, ==, 195000);
  g_assert_true (quay_till_cart_add_open (shop->till, "Túi giấy", QUAY_DONG (2000), QUAY_UNITS (2),
                                          "A_PROC", &index, &error));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (quay_till_cart_set_note (shop->till, 1, "biếu", &error));
  g_assert_cmpint (totals (shop).total.dong, ==, 199000);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (0), &error));
  g_assert_cmpuint (totals (shop).n_lines, ==, 1);
  g_assert_no_error (error);
  g_assert_true (quay_till_cart_clear (shop->till, "khách đổi ý", &error));
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->till)));
  g_assert_true (quay_till_flush (shop->till, &error));
  /* what was taken off, three times, is in the journal */
  g_assert_cmpuint (count_events (shop), ==, before + 3);
}

/* What was taken off goes with the sale that follows at once: sale, shift, removal. */
static void
test_removal_with_sale (Fixture *shop, gconstpointer data)
{
  guint64 before = count_events (shop);
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_remove (shop->till, 0, NULL, NULL));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 60000);
  g_assert_cmpuint (count_events (shop), ==, before + 3);
}

static void
test_cart_refuses (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) gone = NULL;
  g_autoptr (GError) half = NULL;
  g_autoptr (GError) class = NULL;
  quay_test_shop_scan (shop, NOODLES);
  g_assert_false (quay_till_cart_set_qty (shop->till, 7, QUAY_UNITS (1), &gone));
  g_assert_error (gone, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_assert_false (quay_till_cart_set_qty (shop->till, 0, QUAY_MILLI (1500), &half));
  g_assert_error (half, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_false (quay_till_cart_add_open (shop->till, "Túi", QUAY_DONG (1), QUAY_UNITS (1),
                                           "A_WHAT", NULL, &class));
  g_assert_error (class, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpint (totals (shop).total.dong, ==, 65000);
}

/* A cart that fills up still fits into one event. */
static void
test_cart_full (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  do
    {
      g_autofree char *name = g_strdup_printf ("Hàng lẻ không có trong danh mục số %u", n);
      if (!quay_till_cart_add_open (shop->till, name, QUAY_DONG (123456), QUAY_UNITS (7), "A_PROC",
                                    NULL, &error))
        break;
    }
  while (n++ < 1000);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_cmpuint (n, >, 100);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, (gint64)n * 7 * 123456);
}

/* --- holding --- */

static void
test_hold (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, NOODLES);
  g_assert_true (quay_till_hold (shop->till, "cô áo đỏ", &error));
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->till)));
  quay_test_shop_scan (shop, TEA);
  g_autoptr (GPtrArray) held = quay_till_held (shop->till);
  g_assert_cmpuint (held->len, ==, 1);
  const QuayHeld *first = held->pdata[0];
  g_assert_cmpstr (first->label, ==, "cô áo đỏ");
  g_assert_cmpint (first->total.dong, ==, 65000);
  /* bringing it back puts the other aside */
  g_assert_true (quay_till_recall (shop->till, &first->id, &error));
  g_assert_cmpint (totals (shop).total.dong, ==, 65000);
  g_autoptr (GPtrArray) other = quay_till_held (shop->till);
  g_assert_cmpuint (other->len, ==, 1);
  g_assert_cmpint (((QuayHeld *)other->pdata[0])->total.dong, ==, 60000);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 65000);
  quay_test_shop_reopen (shop);
  g_assert_false (quay_till_take_restored (shop->till));
  g_autoptr (GPtrArray) left = quay_till_held (shop->till);
  g_assert_cmpuint (left->len, ==, 1);
}

static void
test_hold_refuses (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) gone = NULL;
  QuayId nobody = quay_test_id (1, 1);
  g_assert_false (quay_till_hold (shop->till, NULL, &empty));
  g_assert_error (empty, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_false (quay_till_recall (shop->till, &nobody, &gone));
  g_assert_error (gone, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* --- crashes --- */

/* Another process opens the shop, does something and dies without a word. */
static void
die_after (Fixture *shop, void (*work) (Fixture *shop))
{
  int status;
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  pid_t pid = fork ();
  if (pid == 0)
    {
      shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, NULL);
      work (shop);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_autoptr (GError) error = NULL;
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
}

static void
leave_cart (Fixture *shop)
{
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, SPIRIT);
  quay_till_cart_confirm_age (shop->till);
  quay_till_flush (shop->till, NULL);
}

static void
leave_sale (Fixture *shop)
{
  leave_cart (shop);
  quay_sale_record_free (quay_test_shop_pay (shop));
}

static void
test_crash_with_cart (Fixture *shop, gconstpointer data)
{
  die_after (shop, leave_cart);
  g_assert_true (quay_till_take_restored (shop->till));
  g_assert_false (quay_till_take_restored (shop->till));
  g_assert_cmpint (totals (shop).total.dong, ==, 160000);
  g_assert_false (quay_cart_needs_age (quay_till_cart (shop->till)));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpstr (sale->number, ==, "QT1A-000001");
  quay_test_shop_reopen (shop);
  g_assert_false (quay_till_take_restored (shop->till));
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->till)));
}

static void
test_crash_after_sale (Fixture *shop, gconstpointer data)
{
  gint64 sales;
  die_after (shop, leave_sale);
  g_assert_false (quay_till_take_restored (shop->till));
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->till)));
  quay_till_today (shop->till, &sales, NULL);
  g_assert_cmpint (sales, ==, 1);
  g_autoptr (QuaySaleRecord) sale = quay_till_last_unprinted (shop->till);
  g_assert_nonnull (sale);
  g_assert_cmpstr (sale->number, ==, "QT1A-000001");
  quay_till_settle_print (shop->till, &sale->id);
  quay_test_shop_reopen (shop);
  g_assert_null (quay_till_last_unprinted (shop->till));
}

/* The disk is full: the sale is refused, the cart stays, and once there is room it is sold, once.
 */
static void
sell_on_full_disk (Fixture *shop)
{
  gint64 sales;
  struct rlimit room;
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, NOODLES);
  g_assert_true (quay_till_flush (shop->till, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &room), ==, 0);
  struct rlimit none = { 512, room.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  QuaySaleRecord *refused = quay_till_pay (shop->till, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  g_assert_null (refused);
  g_assert_true (quay_error_is_storage (error));
  g_assert_cmpint (totals (shop).total.dong, ==, 65000);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpstr (sale->number, ==, "QT1A-000001");
  quay_till_today (shop->till, &sales, NULL);
  g_assert_cmpint (sales, ==, 1);
  quay_till_close (shop->till);
}

static void
test_full_disk (Fixture *shop, gconstpointer data)
{
  gint64 sales;
  die_after (shop, sell_on_full_disk);
  quay_till_today (shop->till, &sales, NULL);
  g_assert_cmpint (sales, ==, 1);
  g_assert_false (quay_till_take_restored (shop->till));
  g_assert_cmpuint (count_events (shop), >, 0);
}

static void
flag_cb (QuayTill *till, const char *number, gboolean ok, const char *why, gpointer data)
{
  *(gboolean *)data = TRUE;
  g_assert_true (ok);
  g_assert_cmpstr (number, ==, "QT1A-000001");
}

static void
test_printed (Fixture *shop, gconstpointer data)
{
  gboolean printed = FALSE;
  g_signal_connect (shop->till, "printed", G_CALLBACK (flag_cb), &printed);
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  quay_test_wait (&printed);
  g_autofree char *name = g_strdup_printf ("%s-%s.png", sale->number, sale->code);
  g_autofree char *path = g_build_filename (shop->dir, "receipts", name, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  quay_test_shop_reopen (shop);
  g_assert_null (quay_till_last_unprinted (shop->till));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/till/sell", test_sell, NULL);
  ADD ("/till/numbers-follow", test_numbers_follow, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pay_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/till/pay/", pay_cases[i].name, NULL);
      ADD (path, test_pay, &pay_cases[i]);
    }
  ADD ("/till/pay/refused", test_pay_refused, NULL);
  ADD ("/till/pay/async", test_pay_async, NULL);
  ADD ("/till/pay/same-cart-twice", test_same_cart_twice, NULL);
  ADD ("/till/pay/buyer", test_buyer, NULL);
  ADD ("/till/cart/changes", test_cart, NULL);
  ADD ("/till/cart/removal-with-sale", test_removal_with_sale, NULL);
  ADD ("/till/cart/refuses", test_cart_refuses, NULL);
  ADD ("/till/cart/full", test_cart_full, NULL);
  ADD ("/till/hold/recall", test_hold, NULL);
  ADD ("/till/hold/refuses", test_hold_refuses, NULL);
  ADD ("/till/crash/cart", test_crash_with_cart, NULL);
  ADD ("/till/crash/sale", test_crash_after_sale, NULL);
  ADD ("/till/crash/full-disk", test_full_disk, NULL);
  ADD ("/till/printed", test_printed, NULL);
  return g_test_run ();
}
