/* After the sale: refunds, reprints, cash, shifts, reports, settings, saving products. */
#include "quay-test-till.h"

#include "quay-error.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */

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

/* Three noodles and one tea: 255.000 đ. */
static QuaySaleRecord *
sell (Fixture *shop)
{
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), NULL));
  return quay_test_shop_pay (shop);
}

static gint64
stock_of (Fixture *shop, const char *sku)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, sku);
  return item->stock.milli;
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
move_cash (Fixture *shop, QuayMoney amount, const char *why, GError **error)
{
  QuayId id = quay_till_new_id (shop->till);
  return quay_till_move_cash (shop->till, &id, amount, why, error);
}

/* --- refunds --- */

static void
test_refund (Fixture *shop, gconstpointer data)
{
  QuayMoney total;
  gint64 sales;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) more = NULL;
  gint64 before = stock_of (shop, "OCOP001");
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  g_autofree char *first = give_back (shop, sale->number, &one, 1, "hỏng bao bì", &total, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "QT1A-TH26-0001");
  g_assert_cmpint (total.dong, ==, 65000);
  g_assert_cmpint (stock_of (shop, "OCOP001"), ==, before - 2000);
  /* all that is left, then nothing is */
  g_autofree char *rest = give_back (shop, sale->number, NULL, 0, NULL, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rest, ==, "QT1A-TH26-0002");
  g_assert_cmpint (total.dong, ==, 190000);
  g_assert_null (give_back (shop, sale->number, NULL, 0, NULL, NULL, &more));
  g_assert_error (more, QUAY_ERROR, QUAY_ERROR_REFUSED);
  quay_till_today (shop->till, &sales, &total);
  g_assert_cmpint (sales, ==, 1);
  g_assert_cmpint (total.dong, ==, 0);
  g_autoptr (QuaySaleRecord) after = quay_till_sale (shop->till, sale->number);
  g_assert_cmpint (after->refunded.dong, ==, 255000);
}

/* Piece by piece a line gives back what was paid, to the đồng. */
static void
test_refund_by_pieces (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayMoney sum = QUAY_DONG (0);
  g_autoptr (QuayCart) cart = quay_till_make_cart (shop->till);
  g_autoptr (QuayLine) line = quay_till_make_line (shop->till, "OCOP028", QUAY_MILLI (777), &error);
  g_assert_true (quay_cart_add (cart, line, NULL, &error));
  g_autoptr (QuaySaleRecord) sale = quay_till_sell_cart (shop->till, cart, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sale->total.dong, ==, 46620);
  for (guint i = 0; i < 7; i++)
    {
      QuayMoney total;
      QuayRefundAsk ask = { .line = 1, .qty = QUAY_MILLI (111), .restock = TRUE };
      g_autofree char *number = give_back (shop, sale->number, &ask, 1, NULL, &total, &error);
      g_assert_no_error (error);
      sum.dong += total.dong;
    }
  g_assert_cmpint (sum.dong, ==, sale->total.dong);
}

typedef struct
{
  const char *name;
  QuayRefundAsk asks[2];
  guint n;
} RefuseCase;

static const RefuseCase refuse_cases[] = {
  { "too-much", { { 1, { 4000 }, TRUE } }, 1 },
  { "too-much-in-two", { { 1, { 2000 }, TRUE }, { 1, { 2000 }, TRUE } }, 2 },
  { "no-such-line", { { 3, { 1000 }, TRUE } }, 1 },
  { "line-zero", { { 0, { 1000 }, TRUE } }, 1 },
  { "nothing", { { 1, { 0 }, TRUE } }, 1 },
  { "negative", { { 1, { -1000 }, TRUE } }, 1 },
  { "half-a-piece", { { 1, { 500 }, TRUE } }, 1 },
};

static void
test_refund_refuses (Fixture *shop, gconstpointer data)
{
  const RefuseCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_assert_null (give_back (shop, sale->number, c->asks, c->n, NULL, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_null (give_back (shop, "QT1A-999999", NULL, 0, NULL, NULL, &none));
  g_assert_error (none, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_autoptr (QuaySaleRecord) after = quay_till_sale (shop->till, sale->number);
  g_assert_cmpint (after->refunded.dong, ==, 0);
}

/* --- reprints --- */

static void
test_reprint (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_assert_true (quay_till_reprint (shop->till, sale->number, &error));
  g_assert_true (quay_till_reprint (shop->till, sale->number, &error));
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) after = quay_till_sale (shop->till, sale->number);
  g_assert_cmpint (after->copies, ==, 2);
  g_autoptr (GBytes) text = quay_till_render_receipt (shop->till, after, "text", 80, TRUE, &error);
  g_assert_no_error (error);
  g_autofree char *copy = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_assert_nonnull (strstr (copy, "IN LẠI"));
  g_assert_nonnull (strstr (copy, sale->number));
  g_assert_false (quay_till_reprint (shop->till, "QT1A-77", &none));
  g_assert_error (none, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* A receipt given away as a file is a copy, too: each is marked, counted and recorded. */
static void
test_copy_as_file (Fixture *shop, gconstpointer data)
{
  static const char *const formats[] = { "text", "png", "pdf" };
  guint64 before;
  guint64 after;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_autofree char *path = g_build_filename (shop->dir, "events", NULL);
  g_autofree char *events = NULL;
  g_assert_true (quay_till_export_events (shop->till, path, 1, NULL, NULL, &before, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) bytes =
          quay_till_copy_receipt (shop->till, sale->number, formats[i], 58, &error);
      g_assert_no_error (error);
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_true (i > 0 || strstr (text, "IN LẠI") != NULL);
      g_autoptr (QuaySaleRecord) now = quay_till_sale (shop->till, sale->number);
      g_assert_cmpint (now->copies, ==, i + 1);
    }
  g_assert_null (quay_till_copy_receipt (shop->till, sale->number, "gif", 58, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (quay_till_copy_receipt (shop->till, "QT1A-77", "png", 58, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_assert_true (quay_till_export_events (shop->till, path, before + 1, NULL, NULL, &after, NULL));
  g_assert_cmpuint (after, ==, before + G_N_ELEMENTS (formats));
  g_assert_true (g_file_get_contents (path, &events, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (events, "receipt.reprinted", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, G_N_ELEMENTS (formats) + 1);
}

static void
test_find_by_receipt_code (Fixture *shop, gconstpointer data)
{
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_autofree char *code = g_strdup_printf ("QUAY:%s:%s", sale->number, sale->code);
  g_autoptr (QuaySaleRecord) found = quay_till_sale (shop->till, code);
  g_assert_nonnull (found);
  g_assert_true (quay_id_equal (&found->id, &sale->id));
  g_autoptr (GPtrArray) by_name =
      quay_till_sales (shop->till, 20261123, 20261123, "mien dong", NULL, 10);
  g_assert_cmpuint (by_name->len, ==, 1);
  g_autoptr (GPtrArray) none = quay_till_sales (shop->till, 20261101, 20261122, NULL, NULL, 10);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- the drawer --- */

static void
test_shift (Fixture *shop, gconstpointer data)
{
  QuayMoney expected;
  QuayMoney difference;
  g_autofree char *number = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_assert_false (quay_till_close_shift (shop->till, QUAY_DONG (0), NULL, NULL, &none));
  g_assert_error (none, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_autofree char *opened = quay_till_open_shift (shop->till, QUAY_DONG (500000), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, "QT1A-Z26-0001");
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_autofree char *out = move_cash (shop, QUAY_DONG (-100000), "mua túi", &error);
  g_autofree char *in = move_cash (shop, QUAY_DONG (20000), "đổi tiền", &error);
  g_assert_cmpstr (out, ==, "QT1A-PC26-0001");
  g_assert_cmpstr (in, ==, "QT1A-PT26-0001");
  QuayRefundAsk ask = { .line = 2, .qty = QUAY_UNITS (1) };
  g_autofree char *refund = give_back (shop, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_nonnull (refund);
  g_assert_true (quay_till_shift (shop->till, &number, &expected));
  g_assert_cmpstr (number, ==, opened);
  g_assert_cmpint (expected.dong, ==, 500000 + 255000 - 100000 + 20000 - 60000);
  g_assert_true (
      quay_till_close_shift (shop->till, QUAY_DONG (614000), "thiếu", &difference, &error));
  g_assert_cmpint (difference.dong, ==, -1000);
  g_assert_false (quay_till_shift (shop->till, NULL, NULL));
}

/* A shop that never opens a shift by hand can sell; the first sale opens one. */
static void
test_shift_by_itself (Fixture *shop, gconstpointer data)
{
  QuayMoney expected;
  g_autofree char *number = NULL;
  g_autofree char *same = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_assert_true (quay_till_shift (shop->till, &number, &expected));
  g_assert_cmpint (expected.dong, ==, 255000);
  quay_test_shop_reopen (shop);
  g_autoptr (QuaySaleRecord) second = sell (shop);
  g_assert_true (quay_till_shift (shop->till, &same, &expected));
  g_assert_cmpstr (same, ==, number);
  g_assert_cmpint (expected.dong, ==, 510000);
  g_assert_null (quay_till_open_shift (shop->till, QUAY_DONG (0), &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_true (quay_till_close_shift (shop->till, QUAY_DONG (510000), NULL, NULL, NULL));
  g_autoptr (QuaySaleRecord) third = sell (shop);
  g_autofree char *next = NULL;
  g_assert_true (quay_till_shift (shop->till, &next, &expected));
  g_assert_cmpstr (next, !=, number);
  g_assert_cmpint (expected.dong, ==, 255000);
}

static void
test_audit (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) silent = NULL;
  g_autoptr (GError) nothing = NULL;
  g_assert_true (quay_till_open_drawer (shop->till, "đổi tiền lẻ", NULL));
  g_assert_true (quay_till_override (shop->till, "expired", "khách biết và đồng ý", NULL));
  g_assert_false (quay_till_open_drawer (shop->till, "", &silent));
  g_assert_error (silent, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_null (move_cash (shop, QUAY_DONG (0), "x", &nothing));
  g_assert_error (nothing, QUAY_ERROR, QUAY_ERROR_INVALID);
}

/* --- figures --- */

static void
test_report (Fixture *shop, gconstpointer data)
{
  static const char *const kinds[] = { "day", "month", "product", "producer", "vat" };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (QuayReport) report =
          quay_till_report (shop->till, kinds[i], 20261101, 20261130, &error);
      g_assert_no_error (error);
      g_assert_cmpint (report->sales, ==, 1);
      g_assert_cmpint (report->total.dong, ==, 255000);
    }
  g_assert_null (quay_till_report (shop->till, "moon", 20261101, 20261130, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_autoptr (GPtrArray) stock = quay_till_stock (shop->till, "OCOP001", 0, FALSE);
  g_assert_cmpuint (stock->len, ==, 1);
  g_assert_cmpint (((QuayStockFigure *)stock->pdata[0])->qty.milli, ==, 121000);
}

/* --- settings --- */

static void
test_settings (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) range = NULL;
  g_autoptr (QuayShop) head = quay_till_shop (shop->till);
  g_assert_cmpstr (head->name, ==, "Quế Thanh");
  g_assert_cmpstr (head->thanks, ==, "Cảm ơn quý khách!");
  g_assert_cmpint (quay_till_get_setting_int (shop->till, "till.scan_gap", 1), ==, 50);
  g_assert_cmpint (quay_till_get_setting_int (shop->till, "till.nothing", 7), ==, 7);
  g_assert_true (quay_till_set_setting (shop->till, "till.scan_gap", "80", &error));
  g_assert_true (quay_till_set_setting (shop->till, "shop.thanks", "Hẹn gặp lại", &error));
  g_assert_true (quay_till_set_setting (shop->till, "shop.cutoff", "540", &error));
  g_assert_false (quay_till_set_setting (shop->till, "moon.phase", "full", &unknown));
  g_assert_error (unknown, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_false (quay_till_set_setting (shop->till, "shop.cutoff", "720", &range));
  g_assert_error (range, QUAY_ERROR, QUAY_ERROR_INVALID);
  quay_test_shop_reopen (shop);
  g_assert_cmpint (quay_till_get_setting_int (shop->till, "till.scan_gap", 1), ==, 80);
  g_autofree char *thanks = quay_till_get_setting (shop->till, "shop.thanks");
  g_assert_cmpstr (thanks, ==, "Hẹn gặp lại");
  /* on the day after, eight in the morning is still yesterday's business */
  shop->env.wall_ms += G_GINT64_CONSTANT (24) * 3600 * 1000;
  g_assert_cmpint (quay_till_day (shop->till), ==, 20261123);
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_assert_cmpint (sale->day, ==, 20261123);
  g_assert_true (quay_till_set_setting (shop->till, "shop.thanks", NULL, &error));
  g_autofree char *back = quay_till_get_setting (shop->till, "shop.thanks");
  g_assert_cmpstr (back, ==, "Cảm ơn quý khách!");
}

/* --- the shop's file --- */

typedef struct
{
  QuayCheck check;
  gboolean answered;
  gboolean done;
} Answer;

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;
  answer->done = quay_till_check_finish (QUAY_TILL (source), result, &answer->check, &error);
  answer->answered = TRUE;
  g_assert_no_error (error);
}

/* The file is checked and copied on other threads while the counter sells on; closing waits. */
static void
test_check_beside (Fixture *shop, gconstpointer data)
{
  Answer check = { 0 };
  Answer copy = { 0 };
  g_autofree char *path = g_build_filename (shop->dir, "copy.db", NULL);
  quay_till_verify_async (shop->till, TRUE, checked_cb, &check);
  quay_till_backup_async (shop->till, path, checked_cb, &copy);
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  quay_till_close (shop->till);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  while (!check.answered || !copy.answered)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (check.done && check.check.ok);
  g_assert_true (copy.done && copy.check.ok);
  quay_check_clear (&check.check);
  quay_check_clear (&copy.check);
}

/* The newest copy is no copy: the one before it comes back, in a chain of its own. */
static void
test_restore_newest (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  g_autofree char *folder = g_build_filename (shop->dir, "backups", NULL);
  g_autofree char *good = g_build_filename (folder, "quay-20200101-0000.db", NULL);
  g_autofree char *bad = g_build_filename (folder, "quay-29991231-2359.db", NULL);
  g_autofree char *file = g_build_filename (shop->dir, "quay.db", NULL);
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (quay_till_backup (shop->till, good, &check, &error));
  g_assert_no_error (error);
  quay_check_clear (&check);
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  g_assert_true (g_file_set_contents (bad, "no copy", -1, NULL));
  g_assert_true (g_file_set_contents (file, "no shop either", -1, NULL));
  g_assert_true (quay_till_restore_newest (shop->dir, &check, &error));
  g_assert_no_error (error);
  quay_check_clear (&check);
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
  g_autofree char *label = quay_till_label (shop->till);
  g_autoptr (QuaySaleRecord) again = quay_till_sale (shop->till, sale->number);
  g_assert_true (g_str_has_suffix (label, "B"));
  g_assert_nonnull (again);
}

static void
test_files (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) there = NULL;
  QuayCheck check = { 0 };
  QuaySetup setup = { .shop = "Khác", .till_code = "QT2", .language = "vi", .width_mm = 58 };
  g_autoptr (QuaySaleRecord) sale = sell (shop);
  g_assert_true (quay_till_verify (shop->till, TRUE, &check, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (check.why, ==, NULL);
  g_assert_true (check.ok);
  guint64 events = check.events;
  quay_check_clear (&check);
  g_autofree char *copy = g_build_filename (shop->dir, "copy.db", NULL);
  g_assert_true (quay_till_backup (shop->till, copy, &check, &error));
  g_assert_cmpuint (check.events, ==, events);
  quay_check_clear (&check);
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  g_assert_false (quay_till_make_shop (shop->dir, &setup, &shop->env.env, &there));
  g_assert_error (there, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_assert_true (quay_till_restore (shop->dir, copy, &check, &error));
  g_assert_no_error (error);
  quay_check_clear (&check);
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
  g_autofree char *label = quay_till_label (shop->till);
  g_assert_cmpstr (label, ==, "QT1B");
  g_autoptr (QuaySaleRecord) old = quay_till_sale (shop->till, "QT1A-1");
  g_assert_nonnull (old);
  g_autoptr (QuaySaleRecord) next = sell (shop);
  g_assert_cmpstr (next->number, ==, "QT1B-000001");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/after/refund/until-nothing", test_refund, NULL);
  ADD ("/after/refund/by-pieces", test_refund_by_pieces, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refuse_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/after/refund/refuses/", refuse_cases[i].name, NULL);
      ADD (path, test_refund_refuses, &refuse_cases[i]);
    }
  ADD ("/after/reprint", test_reprint, NULL);
  ADD ("/after/reprint/as-file", test_copy_as_file, NULL);
  ADD ("/after/find", test_find_by_receipt_code, NULL);
  ADD ("/after/shift/cash", test_shift, NULL);
  ADD ("/after/shift/by-itself", test_shift_by_itself, NULL);
  ADD ("/after/audit", test_audit, NULL);
  ADD ("/after/report", test_report, NULL);
  ADD ("/after/settings", test_settings, NULL);
  ADD ("/after/files", test_files, NULL);
  ADD ("/after/check-beside", test_check_beside, NULL);
  ADD ("/after/restore-newest", test_restore_newest, NULL);
  return g_test_run ();
}
