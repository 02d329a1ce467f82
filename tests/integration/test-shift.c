/* Shifts: a day against a table worked out by hand, closing blindly, cash rounded, transfers that
 * nobody has seen, a lost till's shift. */
#include "quay-test-till.h"

#include "quay-body-people.h"
#include "quay-error.h"
#include "quay-event.h"
#include "quay-till-orders.h"
#include "quay-till-people.h"
#include "quay-till-private.h"
#include "quay-till-shift.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

static QuaySaleRecord *
sell (Fixture *shop, const char *code, GPtrArray *payments)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, code);
  QuaySaleRecord *sale = quay_till_pay (shop->till, payments, &error);
  g_assert_no_error (error);
  if (payments != NULL)
    g_ptr_array_unref (payments);
  return sale;
}

static void
book (Fixture *shop, gint64 amount, const char *why, const char *kind, const char *party)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  QuayCashAsk ask = { QUAY_DONG (amount), why, kind, party };
  g_autofree char *number = quay_till_book_cash (shop->till, &id, &ask, &error);
  g_assert_no_error (error);
  g_assert_nonnull (number);
}

static QuayShift *
report_of (Fixture *shop, const char *number)
{
  g_autoptr (GError) error = NULL;
  QuayShift *shift = quay_till_shift_report (shop->till, number, &error);
  g_assert_no_error (error);
  return shift;
}

static gint64
tender_of (const QuayShift *shift, const char *key)
{
  for (guint i = 0; i < shift->figures->tenders->len; i++)
    {
      const QuayReportRow *row = shift->figures->tenders->pdata[i];
      if (strcmp (row->key, key) == 0)
        return row->amount.dong;
    }
  return 0;
}

/* A receipt whose tender was taken down wrongly: cash instead of a card. */
static void
put_right (Fixture *shop, const QuaySaleRecord *sale)
{
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (shop->till, QUAY_EVENT_PAYMENT_FIXED, FALSE);
  QuayPaymentFixed *body = event->body;
  body->sale = sale->id;
  body->of = g_strdup (sale->number);
  body->why = g_strdup ("bấm nhầm");
  body->from = g_ptr_array_new ();
  body->to = g_ptr_array_new ();
  for (guint i = 0; i < 2; i++)
    {
      QuayPayment *payment = g_new0 (QuayPayment, 1);
      payment->tender = i == 0 ? QUAY_TENDER_CASH : QUAY_TENDER_CARD;
      payment->amount = payment->given = sale->total;
      g_ptr_array_add (i == 0 ? body->from : body->to, payment);
    }
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (shop->till, txn, &error);
  g_assert_no_error (error);
}

/* --- the table --- */

static void
assert_lines (const QuayShift *shift, const gint64 *lines)
{
  gint64 sum = 0;
  for (QuayCashLine line = 0; line < QUAY_N_CASH_LINES; line++)
    {
      g_test_message ("%s", quay_cash_line_name (line));
      g_assert_cmpint (shift->lines[line].dong, ==, lines[line]);
      sum += lines[line];
    }
  g_assert_cmpint (shift->drawer.dong, ==, sum);
  g_assert_cmpint (quay_shift_sum (shift).dong, ==, sum);
}

static void
take_deposit (Fixture *shop)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, TEA);
  QuayOrderAsk ask = { .name = "Bà Mai",
                       .due = 20261231,
                       .lines = quay_till_cart (shop->till)->lines,
                       .deposit = QUAY_DONG (20000),
                       .tender = QUAY_TENDER_CASH };
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = quay_till_place_order (shop->till, &id, &ask, &error);
  g_assert_no_error (error);
  g_assert_nonnull (number);
  quay_till_cart_clear (shop->till, NULL, NULL);
}

/*
 * float 2 × 500.000, 5 × 20.000                                   1.100.000
 * sold: 65.000 cash · 60.000 (40.000 transfer + 20.000 cash) ·
 *       65.000 card · 60.000 cash, put right to card · 65.000 cash
 *       cash: 65.000 + 20.000 + 60.000 + 65.000                     210.000
 * given back: the first sale                                        −65.000
 * put right                                                         −60.000
 * deposit of an order                                                20.000
 * in 50.000, out 30.000, bank 500.000, safe 200.000                −680.000
 * should be there                                                   525.000
 * counted: 1 × 500.000, 1 × 20.000, 1 × 2.000                       522.000
 * missing                                                             3.000
 */
static void
work_a_day (Fixture *shop, char **first_number)
{
  g_autoptr (GError) error = NULL;
  gint64 counts[QUAY_N_NOTES] = { 2, 0, 0, 0, 5 };
  g_assert_cmpint (quay_note_values[4], ==, 20000);
  g_autofree char *opened = quay_till_open_shift_by_notes (shop->till, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, "QT1A-Z26-0001");
  g_autoptr (QuaySaleRecord) first = sell (shop, NOODLES, NULL);
  GPtrArray *mixed = quay_test_payment (NULL, QUAY_TENDER_TRANSFER, 40000);
  g_autoptr (QuaySaleRecord) second =
      sell (shop, TEA, quay_test_payment (mixed, QUAY_TENDER_CASH, 50000));
  g_autoptr (QuaySaleRecord) third =
      sell (shop, NOODLES, quay_test_payment (NULL, QUAY_TENDER_CARD, 65000));
  g_autoptr (QuaySaleRecord) fourth = sell (shop, TEA, NULL);
  g_autoptr (QuaySaleRecord) fifth = sell (shop, NOODLES, NULL);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *refund =
      quay_till_refund (shop->till, &id, first->number, NULL, 0, "đổi ý", NULL, &error);
  g_assert_no_error (error);
  put_right (shop, fourth);
  take_deposit (shop);
  book (shop, 50000, "đổi tiền lẻ", NULL, NULL);
  book (shop, -30000, "mua túi", NULL, "chợ");
  book (shop, -500000, "nộp cuối ngày", "bank", NULL);
  book (shop, -200000, "cất bớt", "safe", NULL);
  g_assert_true (quay_till_open_drawer (shop->till, "đổi tiền lẻ", &error));
  *first_number = g_strdup (second->number);
}

static const gint64 day_lines[QUAY_N_CASH_LINES] = { 1100000, 210000, -65000, -60000,  0,      0,
                                                     20000,   50000,  -30000, -500000, -200000 };

static void
test_table (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mixed = NULL;
  QuayMoney difference;
  work_a_day (shop, &mixed);
  g_autoptr (QuayShift) x = report_of (shop, NULL);
  assert_lines (x, day_lines);
  g_assert_cmpint (x->figures->sales, ==, 5);
  g_assert_cmpint (x->figures->total.dong, ==, 315000);
  g_assert_cmpint (x->figures->refunds, ==, 1);
  g_assert_cmpint (x->figures->refunded.dong, ==, 65000);
  g_assert_cmpint (tender_of (x, "cash"), ==, 85000);
  g_assert_cmpint (tender_of (x, "card"), ==, 125000);
  g_assert_cmpint (tender_of (x, "transfer"), ==, 40000);
  g_assert_cmpint (x->n_opened, ==, 1);
  g_assert_cmpuint (x->unseen->len, ==, 1);
  g_assert_cmpstr (((QuayUnseen *)x->unseen->pdata[0])->number, ==, mixed);
  QuayShiftCount count = { .counted = QUAY_DONG (522000),
                           .notes = "500000:1 20000:1 2000:1",
                           .note = "còn ít tiền lẻ",
                           .by = "quan-ly",
                           .verified = QUAY_DONG (522000) };
  g_assert_false (quay_till_end_shift (shop->till, &count, &difference, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID); /* no reason */
  g_clear_error (&error);
  count.why = "thối nhầm";
  g_assert_true (quay_till_end_shift (shop->till, &count, &difference, &error));
  g_assert_no_error (error);
  g_assert_cmpint (difference.dong, ==, -3000);
  g_assert_false (quay_till_shift (shop->till, NULL, NULL));
  g_autoptr (QuayShift) z = report_of (shop, "qt1a-z26-0001");
  assert_lines (z, day_lines);
  g_assert_cmpint (z->counted.dong, ==, 522000);
  g_assert_cmpint (z->expected.dong, ==, 525000);
  g_assert_cmpint (z->verified.dong, ==, 522000);
  g_assert_cmpstr (z->approver, ==, "quan-ly");
  g_assert_cmpstr (z->why, ==, "thối nhầm");
  g_assert_cmpstr (z->notes, ==, "500000:1 20000:1 2000:1");
  g_autofree char *who = NULL;
  g_autofree char *note = quay_till_shift_note (shop->till, &who);
  g_assert_cmpstr (note, ==, "còn ít tiền lẻ");
  g_assert_cmpstr (who, ==, z->closer);
  quay_test_shop_assert_sound (shop);
}

/* --- paper --- */

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("'%s' is not in:\n%s", part, text);
}

static void
keep_for_eyes (Fixture *shop, const QuayShift *shift)
{
  const char *folder = g_getenv ("QUAY_SHOTS_DIR");
  if (folder == NULL)
    return;
  for (int mm = 58; mm <= 80; mm += 22)
    {
      g_autofree char *name =
          g_strdup_printf ("%s/%s-%d.png", folder, shift->closed != 0 ? "z" : "x", mm);
      g_autoptr (GBytes) png = quay_till_render_shift (shop->till, shift, "png", mm, NULL);
      gsize n;
      const char *bytes = g_bytes_get_data (png, &n);
      g_file_set_contents (name, bytes, (gssize)n, NULL);
    }
}

static void
test_papers (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mixed = NULL;
  work_a_day (shop, &mixed);
  g_autoptr (QuayShift) x = report_of (shop, NULL);
  g_autoptr (GBytes) open = quay_till_render_shift (shop->till, x, "text", 58, &error);
  g_assert_no_error (error);
  assert_has (g_bytes_get_data (open, NULL), "BÁO CÁO X");
  keep_for_eyes (shop, x);
  g_assert_null (quay_till_print_cash_count (shop->till, &x->id, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  QuayShiftCount count = { .counted = QUAY_DONG (522000),
                           .notes = "500000:1 20000:1 2000:1",
                           .why = "thối nhầm",
                           .note = "còn ít tiền lẻ",
                           .by = "quan-ly",
                           .verified = QUAY_DONG (522000) };
  g_assert_true (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_autoptr (QuayShift) z = report_of (shop, x->number);
  keep_for_eyes (shop, z);
  g_autoptr (GBytes) paper = quay_till_render_shift (shop->till, z, "text", 80, &error);
  const char *text = g_bytes_get_data (paper, NULL);
  static const char *const parts[] = {
    "BÁO CÁO Z",     "QT1A-Z26-0001",  "Thẻ",          "125.000",      "Tiền đầu ca",
    "1.100.000",     "Hoàn tiền",      "Sửa cách trả", "Tiền đặt cọc", "mua túi",
    "Nộp ngân hàng", "Cất két",        "Phải có",      "525.000",      "522.000",
    "20.000 × 1",    "THIẾU",          "3.000",        "thối nhầm",    "Kiểm lại: quan-ly",
    "CHƯA THẤY",     "còn ít tiền lẻ",
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_has (text, parts[i]);
  g_autofree char *path = quay_till_print_cash_count (shop->till, &z->id, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *pdf = NULL;
  g_assert_true (g_file_get_contents (path, &pdf, NULL, &error));
  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  const char *folder = g_getenv ("QUAY_SHOTS_DIR");
  g_autofree char *kept = folder != NULL ? g_build_filename (folder, "08a.pdf", NULL) : NULL;
  if (kept != NULL)
    g_free (quay_till_print_cash_count (shop->till, &z->id, kept, NULL));
}

/* --- rounded cash --- */

static void
test_rounding (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayMoney expected;
  QuayMoney total;
  g_assert_true (quay_till_set_setting (shop->till, "shop.cash_rounding", "500", &error));
  g_assert_no_error (error);
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, NOODLES);
  scanned->line->price = QUAY_DONG (20300);
  quay_till_cart_add (shop->till, scanned->line, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), NULL));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop); /* 60.900 → 61.000 */
  g_assert_cmpint (sale->total.dong, ==, 60900);
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, 61000);
  QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *part =
      quay_till_refund (shop->till, &id, sale->number, &one, 1, "hỏng", &total, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total.dong, ==, 20300);
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, 40500); /* 20.500 went out */
  id = quay_till_new_id (shop->till);
  g_autofree char *rest =
      quay_till_refund (shop->till, &id, sale->number, NULL, 0, "hỏng", &total, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total.dong, ==, 40600);
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, 0); /* all that was paid came back */
  g_autoptr (QuayShift) shift = report_of (shop, NULL);
  g_assert_cmpint (shift->rounding.dong, ==, 0);
  g_autoptr (QuaySaleRecord) again = quay_till_sale (shop->till, sale->number);
  g_autoptr (GBytes) paper =
      quay_till_render_receipt (shop->till, again, "text", 80, FALSE, &error);
  assert_has (g_bytes_get_data (paper, NULL), "Làm tròn tiền mặt");
  assert_has (g_bytes_get_data (paper, NULL), "+100");
  quay_test_shop_assert_sound (shop);
}

/* --- transfers --- */

static void
test_transfers (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) waits =
      sell (shop, NOODLES, quay_test_payment (NULL, QUAY_TENDER_TRANSFER, 65000));
  GPtrArray *seen = quay_test_payment (NULL, QUAY_TENDER_TRANSFER, 60000);
  ((QuayPayment *)seen->pdata[0])->seen = quay_till_now_ms (shop->till);
  g_autoptr (QuaySaleRecord) arrived = sell (shop, TEA, seen);
  g_autoptr (QuaySaleRecord) cash = sell (shop, TEA, NULL);
  g_autoptr (QuaySaleRecord) read = quay_till_sale (shop->till, arrived->number);
  g_assert_cmpint (((QuayPayment *)read->payments->pdata[0])->seen, ==,
                   ((QuayPayment *)arrived->payments->pdata[0])->seen);
  g_autoptr (GPtrArray) list = quay_till_unseen (shop->till);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((QuayUnseen *)list->pdata[0])->number, ==, waits->number);
  g_assert_cmpint (quay_till_unseen_of (shop->till, &waits->id).dong, ==, 65000);
  g_assert_cmpint (quay_till_unseen_of (shop->till, &arrived->id).dong, ==, 0);
  g_assert_true (quay_till_transfer_seen (shop->till, waits->number, &error));
  g_assert_no_error (error);
  g_assert_false (quay_till_transfer_seen (shop->till, waits->number, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (quay_till_transfer_seen (shop->till, cash->number, &error));
  g_clear_error (&error);
  g_assert_false (quay_till_transfer_seen (shop->till, "QT1A-999999", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_autoptr (GPtrArray) none = quay_till_unseen (shop->till);
  g_assert_cmpuint (none->len, ==, 0);
  /* only transfers are seen to arrive */
  g_clear_error (&error);
  quay_test_shop_scan (shop, TEA);
  g_autoptr (GPtrArray) wrong = quay_test_payment (NULL, QUAY_TENDER_CASH, 60000);
  ((QuayPayment *)wrong->pdata[0])->seen = 1;
  g_assert_null (quay_till_pay (shop->till, wrong, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  quay_test_shop_assert_sound (shop);
}

/* --- bad input --- */

static void
test_refusals (Fixture *shop, gconstpointer data)
{
  gint64 counts[QUAY_N_NOTES] = { -1 };
  const QuayShiftCount bad[] = {
    { .counted = QUAY_DONG (-1) },
    { .counted = QUAY_DONG (500000), .notes = "500000:2", .why = "x" },
    { .counted = QUAY_DONG (500000), .notes = "300000:1", .why = "x" },
    { .counted = QUAY_DONG (0), .by = "quan-ly", .verified = QUAY_DONG (-5) },
    { .counted = QUAY_DONG (7000), .why = "" },
  };
  const QuayCashAsk asks[] = {
    { QUAY_DONG (0), "x", NULL, NULL },        { QUAY_DONG (1000), "", NULL, NULL },
    { QUAY_DONG (1000), "x", "bank", NULL },   { QUAY_DONG (-1000), "x", "pocket", NULL },
    { QUAY_DONG (-1000), "x\ny", NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_assert_null (quay_till_open_shift_by_notes (shop->till, counts, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (quay_till_shift_report (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  counts[0] = 0;
  g_autofree char *opened = quay_till_open_shift_by_notes (shop->till, counts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (quay_till_end_shift (shop->till, &bad[i], NULL, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      g_clear_error (&error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      QuayId id = quay_till_new_id (shop->till);
      g_assert_null (quay_till_book_cash (shop->till, &id, &asks[i], &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      g_clear_error (&error);
    }
  /* a shift without sales closes; only once */
  QuayShiftCount none = { .note = NULL };
  g_assert_true (quay_till_end_shift (shop->till, &none, NULL, &error));
  g_assert_false (quay_till_end_shift (shop->till, &none, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* Numbers go on without a gap, whoever opens. */
static void
test_numbers (Fixture *shop, gconstpointer data)
{
  gint64 counts[QUAY_N_NOTES] = { 0 };
  QuayShiftCount count = { .why = "mẫu" };
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *wanted = g_strdup_printf ("QT1A-Z26-%04u", i + 1);
      g_autofree char *number = NULL;
      if (i % 2 == 0)
        g_free (quay_till_open_shift_by_notes (shop->till, counts, NULL));
      else
        {
          g_autoptr (QuaySaleRecord) sale = sell (shop, NOODLES, NULL);
          g_autoptr (QuayShift) x = report_of (shop, NULL);
          g_assert_cmpint (x->figures->sales, ==, 1); /* the one that opened it */
        }
      g_assert_true (quay_till_shift (shop->till, &number, NULL));
      g_assert_cmpstr (number, ==, wanted);
      g_assert_true (quay_till_end_shift (shop->till, &count, NULL, NULL));
    }
  g_autoptr (GPtrArray) all = quay_till_shifts (shop->till, FALSE, 100);
  g_assert_cmpuint (all->len, ==, 5);
  g_assert_cmpstr (((QuayShift *)all->pdata[0])->number, ==, "QT1A-Z26-0005");
}

/* A shift that another computer left open: its event is written as if it had come from there. */
static void
test_lost_till (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = sell (shop, NOODLES, NULL);
  g_autofree char *left = NULL;
  g_assert_true (quay_till_shift (shop->till, &left, NULL));
  /* a second life of the disk opens another one: the first is not current any more */
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, quay_till_event (shop->till, QUAY_EVENT_SHIFT_OPENED, FALSE));
  g_autoptr (QuayResult) done = quay_till_commit (shop->till, txn, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) open = quay_till_shifts (shop->till, TRUE, 10);
  g_assert_cmpuint (open->len, ==, 1);
  const QuayShift *lost = open->pdata[0];
  g_assert_cmpstr (lost->number, ==, left);
  g_assert_cmpint (lost->drawer.dong, ==, 65000);
  QuayShiftCount count = { .shift = lost->id, .counted = QUAY_DONG (60000), .why = "máy mất" };
  QuayMoney difference;
  g_assert_true (quay_till_end_shift (shop->till, &count, &difference, &error));
  g_assert_no_error (error);
  g_assert_cmpint (difference.dong, ==, -5000);
  g_autoptr (GPtrArray) none = quay_till_shifts (shop->till, TRUE, 10);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (quay_till_shift (shop->till, NULL, NULL)); /* the own one goes on */
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/shift/table", test_table },         { "/shift/papers", test_papers },
    { "/shift/rounding", test_rounding },   { "/shift/transfers", test_transfers },
    { "/shift/refusals", test_refusals },   { "/shift/numbers", test_numbers },
    { "/shift/lost-till", test_lost_till },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
