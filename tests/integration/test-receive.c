/* Goods that come in and go out on paper: received, bought at the door, issued, taken back; what is
 * owed and paid, what is refused, what a crash leaves, what the printed form says. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-till-documents.h"
#include "quay-till-goods.h"
#include "quay-till-private.h"
#include "quay-till-supply.h"

#include <sqlite3.h>
#include <string.h>

#define TEA "2900000000049"     /* 60.000 đ */
#define NOODLES "2900000000018" /* 65.000 đ */

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

static QuayVoucherLine *
add_line (Fixture *shop, QuayVoucher *voucher, const char *code, gint64 units)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, code);
  QuayVoucherLine *line = quay_voucher_line_new ();
  g_assert_nonnull (scanned->item);
  line->product = scanned->item->product;
  line->name = g_strdup (scanned->item->name);
  line->sku = g_strdup (scanned->item->sku);
  line->unit = g_strdup (scanned->item->unit);
  line->qty = QUAY_UNITS (units);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (40000) };
  g_ptr_array_add (voucher->lines, line);
  return line;
}

static QuayVoucher *
start (Fixture *shop, const char *reason)
{
  g_autoptr (GError) error = NULL;
  QuayVoucher *voucher = quay_voucher_new ();
  voucher->reason = g_strdup (reason);
  voucher->name = g_strdup ("HTX Nà Muồng");
  g_assert_true (quay_till_need_supplier (shop->till, voucher->name, &voucher->party, &error));
  g_assert_no_error (error);
  return voucher;
}

static gint64
owed (Fixture *shop, const QuayId *producer)
{
  char key[QUAY_ID_TEXT_LEN + 1];
  sqlite3 *file = NULL;
  sqlite3_stmt *stmt = NULL;
  g_autofree char *path = g_build_filename (shop->dir, "quay.db", NULL);
  quay_id_to_text (producer, key);
  g_assert_cmpint (sqlite3_open_v2 (path, &file, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (file,
                                       "SELECT n FROM running WHERE what = 'owed' AND key = ?", -1,
                                       &stmt, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  gint64 n = sqlite3_step (stmt) == SQLITE_ROW ? sqlite3_column_int64 (stmt, 0) : 0;
  sqlite3_finalize (stmt);
  sqlite3_close (file);
  return n;
}

static gint64
left (Fixture *shop, const QuayId *lot)
{
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, lot, &sums);
  return sums.in - sums.sold - sums.back - sums.loss - sums.waste;
}

/* Own goods: owed less what is paid; posted twice it is there once. */
static void
test_own (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = start (shop, "own");
  QuayId id = quay_till_new_id (shop->till);
  add_line (shop, voucher, TEA, 10);
  add_line (shop, voucher, NOODLES, 5);
  g_autofree char *number =
      quay_till_receive (shop->till, &id, voucher, QUAY_DONG (100000), &error);
  g_assert_no_error (error);
  g_autofree char *again = quay_till_receive (shop->till, &id, voucher, QUAY_DONG (100000), &error);
  g_assert_cmpstr (again, ==, number);
  g_assert_cmpint (owed (shop, &voucher->party), ==, 500000);
  QuayMoney expected;
  g_autofree char *shift = NULL;
  quay_till_shift (shop->till, &shift, &expected);
  g_assert_cmpint (expected.dong, ==, -100000);
  QuayTerms terms;
  const QuayVoucherLine *line = voucher->lines->pdata[0];
  quay_till_usual_terms (shop->till, &voucher->party, &line->product, &terms);
  g_assert_cmpint (terms.price.dong, ==, 40000);
}

/* Bought at the door: 12,5 kg less 4 % are 12 kg. */
static void
test_door (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = start (shop, "door");
  QuayId id = quay_till_new_id (shop->till);
  QuayVoucherLine *line = add_line (shop, voucher, TEA, 1);
  line->other = QUAY_MILLI (12500);
  line->deduct = 400;
  g_assert_true (quay_till_net_weight (line->other, line->deduct, &line->qty));
  g_assert_cmpint (line->qty.milli, ==, 12000);
  g_assert_false (quay_till_net_weight (line->other, 10001, &line->qty));
  g_autofree char *number =
      quay_till_receive (shop->till, &id, voucher, QUAY_DONG (480000), &error);
  g_assert_no_error (error);
  g_assert_cmpint (owed (shop, &voucher->party), ==, 0);
  g_autoptr (QuayDocument) document = quay_till_document (shop->till, &id);
  g_assert_cmpint (document->voucher->total.dong, ==, 480000);
  line = document->voucher->lines->pdata[0];
  g_assert_cmpint (line->deduct, ==, 400);
  g_assert_cmpint (line->other.milli, ==, 12500);
}

typedef enum
{
  BAD_PARTY,
  BAD_REASON,
  BAD_QTY,
  BAD_HUGE_QTY,
  BAD_HUGE_PRICE,
  BAD_DATES,
  BAD_DAY,
  BAD_TERMS,
  BAD_TRANSFER,
  BAD_PAID,
  BAD_PAID_CONSIGNED,
  BAD_TEXT,
  BAD_EMPTY,
  N_BAD,
} Bad;

static void
spoil (QuayVoucher *voucher, QuayVoucherLine *line, Bad bad, QuayMoney *paid)
{
  switch (bad)
    {
    case BAD_PARTY:
      voucher->party = QUAY_ID_NIL;
      break;
    case BAD_REASON:
      g_free (voucher->reason);
      voucher->reason = g_strdup ("borrowed");
      break;
    case BAD_QTY:
      line->qty = QUAY_MILLI (0);
      break;
    case BAD_HUGE_QTY:
      line->qty = QUAY_MILLI (G_MAXINT64 / 2);
      break;
    case BAD_HUGE_PRICE:
      line->terms.price = QUAY_DONG (QUAY_MONEY_MAX + 1);
      break;
    case BAD_DATES:
      line->made = 20270601;
      line->expires = 20270531;
      break;
    case BAD_DAY:
      line->expires = -5;
      break;
    case BAD_TERMS:
      line->terms.kind = QUAY_TERMS_COMMISSION;
      break;
    case BAD_TRANSFER:
      g_free (voucher->reason);
      voucher->reason = g_strdup ("consigned");
      line->terms = (QuayTerms){ .kind = QUAY_TERMS_TRANSFER };
      break;
    case BAD_PAID:
      *paid = QUAY_DONG (400001);
      break;
    case BAD_PAID_CONSIGNED:
      g_free (voucher->reason);
      voucher->reason = g_strdup ("consigned");
      line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
      *paid = QUAY_DONG (1);
      break;
    case BAD_TEXT:
      g_free (line->name);
      line->name = g_strdup ("a\x01");
      break;
    case BAD_EMPTY:
    default:
      g_ptr_array_set_size (voucher->lines, 0);
    }
}

/* What can't be is refused, and nothing of it is done. */
static void
test_malformed (Fixture *shop, gconstpointer data)
{
  QuayDocumentFilter all = { .kind = -1, .to = QUAY_DAY_MAX, .limit = 10 };
  for (int bad = 0; bad < N_BAD; bad++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayVoucher) voucher = start (shop, "own");
      QuayId id = quay_till_new_id (shop->till);
      QuayMoney paid = QUAY_DONG (0);
      QuayId party = voucher->party;
      spoil (voucher, add_line (shop, voucher, TEA, 10), bad, &paid);
      g_test_message ("case %d", bad);
      g_autofree char *number = quay_till_receive (shop->till, &id, voucher, paid, &error);
      g_assert_null (number);
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, QUAY_ERROR);
      g_assert_true (error->code == QUAY_ERROR_INVALID || error->code == QUAY_ERROR_OVERFLOW);
      g_autoptr (GPtrArray) documents = quay_till_documents (shop->till, &all);
      g_assert_cmpuint (documents->len, ==, 0);
      g_assert_cmpint (owed (shop, &party), ==, 0);
    }
}

static char *
take_back (Fixture *shop, const QuayId *of, GError **error)
{
  QuayId id = quay_till_new_id (shop->till);
  return quay_till_reverse_document (shop->till, &id, of, "nhập nhầm", error);
}

/* Taken back once, not twice; what was sold meanwhile stands in the way, by its name. */
static void
test_reverse (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) first = start (shop, "own");
  g_autoptr (QuayVoucher) second = start (shop, "own");
  QuayId a = quay_till_new_id (shop->till), b = quay_till_new_id (shop->till);
  QuayVoucherLine *line = add_line (shop, first, TEA, 2);
  line->expires = 20270601;
  line->code = g_strdup ("L1");
  add_line (shop, second, TEA, 3);
  g_free (quay_till_receive (shop->till, &a, first, QUAY_DONG (0), &error));
  g_free (quay_till_receive (shop->till, &b, second, QUAY_DONG (0), &error));
  g_assert_no_error (error);
  g_assert_cmpint (owed (shop, &first->party), ==, 200000);
  quay_test_shop_scan (shop, TEA);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);

  g_assert_null (take_back (shop, &a, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "L1"));
  g_clear_error (&error);
  g_autofree char *number = take_back (shop, &b, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (number, "QT1A-PNK"));
  g_assert_cmpint (owed (shop, &first->party), ==, 80000);
  const QuayVoucherLine *back = second->lines->pdata[0];
  g_assert_cmpint (left (shop, &back->lot), ==, 0);
  g_assert_null (take_back (shop, &b, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_clear_error (&error);
  g_autoptr (QuayDocument) opposite = quay_till_document_by_number (shop->till, number);
  g_assert_null (take_back (shop, &opposite->id, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_assert_true (quay_id_equal (&opposite->voucher->reverses, &b));
}

/* Issued: the producer's loss costs nothing, the shop's is owed; taken back, it is as before. */
static void
test_issue (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) in = start (shop, "consigned");
  QuayId id = quay_till_new_id (shop->till);
  QuayVoucherLine *line = add_line (shop, in, TEA, 10);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  g_free (quay_till_receive (shop->till, &id, in, QUAY_DONG (0), &error));
  g_assert_no_error (error);
  QuayId lot = line->lot, doc = { 0 };
  for (int bearer = 0; bearer < 2; bearer++)
    {
      g_autoptr (QuayVoucher) out = start (shop, "damaged");
      doc = quay_till_new_id (shop->till);
      add_line (shop, out, TEA, 2)->bearer = bearer;
      out->note = g_strdup ("rơi vỡ");
      g_free (quay_till_issue (shop->till, &doc, out, &error));
      g_assert_no_error (error);
    }
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, &lot, &sums);
  g_assert_cmpint (sums.loss, ==, 2000);
  g_assert_cmpint (sums.waste, ==, 2000);
  g_assert_cmpint (sums.cost, ==, 102000); /* 2 × 60.000 less 15 % */
  g_free (take_back (shop, &doc, &error));
  g_assert_no_error (error);
  g_assert_cmpint (left (shop, &lot), ==, 8000);
  g_autoptr (QuayVoucher) odd = start (shop, "stolen");
  add_line (shop, odd, TEA, 1);
  g_assert_null (quay_till_issue (shop->till, &doc, odd, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

/* Own goods that go back to their supplier are owed no more. */
static void
test_return (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) in = start (shop, "own");
  g_autoptr (QuayVoucher) out = start (shop, "returned");
  QuayId id = quay_till_new_id (shop->till), back = quay_till_new_id (shop->till);
  add_line (shop, in, TEA, 10);
  add_line (shop, out, TEA, 4);
  g_free (quay_till_receive (shop->till, &id, in, QUAY_DONG (0), &error));
  g_free (quay_till_issue (shop->till, &back, out, &error));
  g_assert_no_error (error);
  g_assert_cmpint (owed (shop, &in->party), ==, 240000);
}

static void
test_draft (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = start (shop, "own");
  add_line (shop, voucher, TEA, 7)->code = g_strdup ("L7");
  quay_till_save_goods_draft (shop->till, "receive", voucher, "[line]\nfound=3x\n");
  g_assert_true (quay_till_flush (shop->till, &error));
  quay_test_shop_reopen (shop);
  g_autoptr (QuayVoucher) kept = quay_till_goods_draft (shop->till, "receive");
  g_autofree char *line = quay_till_goods_draft_line (shop->till, "receive");
  g_assert_nonnull (kept);
  g_assert_cmpstr (line, ==, "[line]\nfound=3x\n");
  g_assert_cmpstr (kept->name, ==, "HTX Nà Muồng");
  g_assert_cmpuint (kept->lines->len, ==, 1);
  g_assert_cmpstr (((QuayVoucherLine *)kept->lines->pdata[0])->code, ==, "L7");
  quay_till_save_goods_draft (shop->till, "receive", NULL, NULL);
  g_assert_true (quay_till_flush (shop->till, &error));
  quay_test_shop_reopen (shop);
  g_assert_null (quay_till_goods_draft (shop->till, "receive"));
  g_assert_null (quay_till_goods_draft_line (shop->till, "receive"));
}

/* What the paper says is what the file has, also of a document that takes several events. */
static void
test_form (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = start (shop, "own");
  QuayId id = quay_till_new_id (shop->till);
  voucher->ref = g_strdup ("HĐ 77");
  voucher->ref_day = 20261130;
  for (guint i = 0; i < 100; i++)
    add_line (shop, voucher, i % 2 == 0 ? TEA : NOODLES, 1)->code = g_strdup_printf ("LO%03u", i);
  g_autofree char *number = quay_till_receive (shop->till, &id, voucher, QUAY_DONG (0), &error);
  g_assert_no_error (error);
  g_autofree char *path = quay_till_print_document (shop->till, &id, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *text = NULL;
  g_autoptr (GSubprocess) reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                     "pdftotext", "-layout", path, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  static const char *const parts[] = {
    "Mẫu số 01-VT",   "PHIẾU NHẬP KHO", "HTX Nà Muồng", "HĐ 77",   "ngày 30 tháng 11", "4.000.000",
    "Bốn triệu đồng", "LO000",          "LO099",        "Thủ kho", "Thông tư số"
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (text, parts[i]) == NULL)
      g_error ("'%s' is not in:\n%s", parts[i], text);
  g_assert_nonnull (strstr (text, number));
  QuayDocumentFilter filter = { .kind = -1, .to = QUAY_DAY_MAX, .text = "nà muồng", .limit = 10 };
  g_autoptr (GPtrArray) found = quay_till_documents (shop->till, &filter);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (((QuayDocument *)found->pdata[0])->voucher->total.dong, ==, 4000000);
  filter.kind = QUAY_GOODS_ISSUED;
  g_autoptr (GPtrArray) none = quay_till_documents (shop->till, &filter);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/receive/own", test_own);
  ADD ("/receive/door", test_door);
  ADD ("/receive/malformed", test_malformed);
  ADD ("/receive/reverse", test_reverse);
  ADD ("/receive/issue", test_issue);
  ADD ("/receive/return", test_return);
  ADD ("/receive/draft", test_draft);
  ADD ("/receive/form", test_form);
  return g_test_run ();
}
