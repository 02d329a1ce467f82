/* What stands on a receipt: texts compared with tests/data/receipts line by line, and what must
 * hold whatever a sale contains. QUAY_UPDATE_GOLDEN=1 writes the texts anew.
 */
#include "quay-format.h"
#include "quay-receipt.h"
#include "receipt-samples.h"

#include <string.h>

static const QuayPaper papers[] = { QUAY_PAPER_58, QUAY_PAPER_80 };

/* Names that a careful entry form refuses, but an import, an old file or another till may hold. */
static const char *const hostile[] = {
  "",
  " ",
  "Một\ndòng\tmới\r\nvà\x01\x1B[2Jlệnh",
  "không phải UTF-8 \xff\xfe\xc3",
  "Thuốc \xe2\x80\xae"
  "000.1\xe2\x80\xac đảo chiều",
  "שלום עולם 123 مرحبا بالعالم",
  "產品名稱非常長的一個東方文字商品名稱用來測試換行",
  "e\xcc\x82\xcc\x81\xcc\x80\xcc\x83\xcc\x89\xcc\xa3 nhiều dấu",
  "👨‍👩‍👧‍👦👍🏽🇻🇳",
  "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD",
  "\xe2\x80\xa8\xe2\x80\xa9<b>&amp;%s%n</b>",
};

static guint
count_cells (const char *line, gsize bytes)
{
  guint cells = 0;
  for (const char *p = line; p < line + bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_assert_false (g_unichar_iscntrl (c));
      cells += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return cells;
}

static void
assert_fits (const char *text, guint columns)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "\n"));
  for (const char *end; (end = strchr (text, '\n')) != NULL; text = end + 1)
    {
      g_assert_cmpuint (count_cells (text, end - text), <=, columns);
      g_assert_true (end == text || end[-1] != ' ');
    }
}

static char *
golden_path (const char *name, QuayPaper paper)
{
  g_autofree char *file = g_strdup_printf ("%s-%d.txt", name, paper);
  return g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "receipts", file, NULL);
}

static void
assert_golden (const char *name, QuayPaper paper, const QuayReceipt *receipt)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = golden_path (name, paper);
  g_autofree char *text = quay_receipt_to_text (receipt, quay_paper_columns (paper));
  assert_fits (text, quay_paper_columns (paper));
  if (g_getenv ("QUAY_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_autofree char *expected = NULL;
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_golden (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (QuaySaleRecord) sale = make_sample (sample);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, sample->copy);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    assert_golden (sample->name, papers[i], receipt);
}

static void
test_every_width (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (QuaySaleRecord) sale = make_sample (&samples[i]);
      g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, 1);
      for (guint columns = 16; columns <= 100; columns++)
        {
          g_autofree char *text = quay_receipt_to_text (receipt, columns);
          assert_fits (text, columns);
        }
    }
}

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      char *text = (char *)hostile[i];
      const QuayShop shop = { text, text, text, text, text };
      g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
      QuayLine *line = sale->lines->pdata[0];
      g_free (line->name);
      g_free (line->unit);
      line->name = g_strdup (text);
      line->unit = g_strdup (text);
      line->note = g_strdup (text);
      sale->buyer_name = g_strdup (text);
      sale->note = g_strdup (text);
      g_autoptr (QuayReceipt) receipt = quay_receipt_new (&shop, sale, 0);
      for (guint columns = 16; columns <= 48; columns++)
        {
          g_autofree char *out = quay_receipt_to_text (receipt, columns);
          assert_fits (out, columns);
          g_assert_null (strstr (out, "\xe2\x80\xae"));
        }
    }
}

/* The longest a row may be, and the marks of a letter on its line. */
static void
test_long_name (void)
{
  g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
  QuayLine *line = sale->lines->pdata[0];
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint i = 0; i < 10000; i++)
    g_string_append (name, "q\xcc\xa3");
  g_free (line->name);
  line->name = g_strdup (name->str);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, 0);
  g_autofree char *text = quay_receipt_to_text (receipt, 32);
  assert_fits (text, 32);
  g_assert_nonnull (strstr (text, "…\n"));
  g_assert_null (strstr (text, "\n\xcc\xa3"));
  for (guint i = 0; i < quay_receipt_get_n_rows (receipt); i++)
    g_assert_cmpint (g_utf8_strlen (quay_receipt_get_row (receipt, i)->left, -1), <=,
                     QUAY_ROW_MAX_CHARS);
}

static void
test_no_invoice (void)
{
  static const char *const never[] = { "HOÁ ĐƠN", "HÓA ĐƠN", "Hoá đơn", "Hóa đơn",
                                       "hóa đơn", "Ký hiệu", "Mã CQT",  "Bán cho người tiêu dùng" };
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (QuaySaleRecord) sale = make_sample (&samples[i]);
      g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, 0);
      g_autofree char *text = quay_receipt_to_text (receipt, 60);
      g_assert_nonnull (strstr (text, "PHIẾU BÁN HÀNG"));
      g_assert_nonnull (strstr (text, "không thay thế hoá" QUAY_NBSP "đơn" QUAY_NBSP "GTGT."));
      for (guint k = 0; k < G_N_ELEMENTS (never); k++)
        g_assert_null (strstr (text, never[k]));
    }
}

static gboolean
is_banner (const QuayReceipt *receipt, guint index)
{
  return (quay_receipt_get_row (receipt, index)->style & QUAY_ROW_BANNER) != 0;
}

static void
test_reprint (void)
{
  for (guint copy = 0; copy < 3; copy++)
    {
      g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
      g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, copy);
      guint n = quay_receipt_get_n_rows (receipt);
      g_assert_cmpint (is_banner (receipt, 0), ==, copy > 0);
      g_assert_cmpint (is_banner (receipt, n - 1), ==, copy > 0);
      g_autofree char *expected = g_strdup_printf ("BẢN IN LẠI – LẦN %u", copy);
      if (copy > 0)
        g_assert_cmpstr (quay_receipt_get_row (receipt, n - 1)->left, ==, expected);
    }
}

/* A shop that has set up nothing, a sale out of a list, which has no lines. */
static void
test_bare (void)
{
  const QuayShop shop = { NULL };
  QuaySaleRecord sale = { .number = (char *)"QT1A-000001", .code = "0000ZZ" };
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (&shop, &sale, 0);
  g_autofree char *text = quay_receipt_to_text (receipt, 32);
  assert_fits (text, 32);
  g_assert_nonnull (strstr (text, "PHIẾU BÁN HÀNG"));
  g_assert_nonnull (strstr (text, "Không đồng"));
  g_assert_null (strstr (text, "Thu ngân"));
  g_assert_null (strstr (text, "(null)"));
}

/* The largest sums there are stay whole on the narrowest paper. */
static void
test_largest (void)
{
  g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
  sale->total = QUAY_DONG (QUAY_MONEY_MAX);
  QuayLine *line = sale->lines->pdata[0];
  line->amount = line->price = QUAY_DONG (QUAY_MONEY_MAX);
  line->qty = QUAY_MILLI (QUAY_QTY_MAX);
  QuayTaxRow *tax = &g_array_index (sale->taxes, QuayTaxRow, 0);
  tax->net = tax->vat = QUAY_DONG (QUAY_MONEY_MAX);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, 0);
  for (guint columns = 24; columns <= 48; columns++)
    {
      g_autofree char *text = quay_receipt_to_text (receipt, columns);
      assert_fits (text, columns);
      guint whole = 0;
      for (const char *p = text; (p = strstr (p, "999.999.999.999.999")) != NULL; p++)
        whole++;
      g_assert_cmpuint (whole, ==, 5);
    }
}

static void
test_name (void)
{
  static const struct
  {
    const char *number;
    guint copy;
    const char *name;
  } rows[] = {
    { "QT1A-000042", 0, "QT1A-000042-7K2M9P" },
    { "QT1A-000042", 2, "QT1A-000042-7K2M9P-in-lai-2" },
    { "../../etc/x y\n", 0, "______etc_x_y_-7K2M9P" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
      g_free (sale->number);
      sale->number = g_strdup (rows[i].number);
      g_autoptr (QuayReceipt) receipt = quay_receipt_new (&sample_shop, sale, rows[i].copy);
      g_assert_cmpstr (quay_receipt_get_name (receipt), ==, rows[i].name);
    }
}

static void
test_code_text (void)
{
  g_autofree char *text = quay_receipt_code_text ("QT1A-000042", "7K2M9P");
  g_assert_cmpstr (text, ==, "QUAY:QT1A-000042:7K2M9P");
  g_autofree char *number = NULL;
  g_autofree char *code = NULL;
  g_assert_true (quay_receipt_code_parse (text, &number, &code));
  g_assert_cmpstr (number, ==, "QT1A-000042");
  g_assert_cmpstr (code, ==, "7K2M9P");

  static const char *const bad[] = {
    "",
    "QUAY",
    "QUAY:",
    "QUAY::",
    "QUAY:QT1A-000042",
    "QUAY:QT1A-000042:",
    "QUAY::7K2M9P",
    "quay:QT1A-000042:7K2M9P",
    "QUAY:QT1A-000042:7K2M9P:1",
    "QUAY:QT1A 000042:7K2M9P",
    "QUAY:QT1A-000042:7K2M9P\n",
    "8934563138165",
    "https://quay.vn/QT1A-000042",
    "QUAY:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA:7K2M9P",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      char *a = NULL, *b = NULL;
      g_assert_false (quay_receipt_code_parse (bad[i], &a, &b));
      g_assert_null (a);
      g_assert_null (b);
    }
}

static void
add_row (GPtrArray *rows, const char *key, const char *name, gint64 count, gint64 milli,
         gint64 amount, gint64 vat)
{
  QuayReportRow *row = g_new0 (QuayReportRow, 1);
  *row = (QuayReportRow){ g_strdup (key),     g_strdup (name),    count,
                          QUAY_MILLI (milli), QUAY_DONG (amount), QUAY_DONG (vat) };
  g_ptr_array_add (rows, row);
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
}

static void
test_report (void)
{
  g_autoptr (QuayReport) report = g_new0 (QuayReport, 1);
  report->from = report->to = 20261123;
  report->sales = 42;
  report->refunds = 1;
  report->total = QUAY_DONG (7250000);
  report->vat = QUAY_DONG (500000);
  report->refunded = QUAY_DONG (65000);
  report->tenders = new_rows ();
  add_row (report->tenders, "cash", NULL, 30, 0, 5000000, 0);
  add_row (report->tenders, "transfer", NULL, 10, 0, 2250000, 0);
  add_row (report->tenders, "voucher", "Phiếu quà tặng", 2, 0, 0, 0);
  report->rates = new_rows ();
  add_row (report->rates, "-1", NULL, 3, 0, 500000, 0);
  add_row (report->rates, "800", NULL, 39, 0, 6750000, 500000);
  report->rows = new_rows ();
  add_row (report->rows, "p1", "Miến dong Tài Hoan, gói 500 g", 20, 25000, 1625000, 120370);
  add_row (report->rows, "20261122", "22/11/2026", 7, 0, 900000, 66667);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new_report (&sample_shop, report);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    assert_golden ("report", papers[i], receipt);
  g_assert_cmpstr (quay_receipt_get_name (receipt), ==, "bao-cao-20261123");

  report->from = 20261101;
  g_autoptr (QuayReceipt) month = quay_receipt_new_report (&sample_shop, report);
  g_autofree char *text = quay_receipt_to_text (month, 48);
  g_assert_nonnull (strstr (text, "Từ 01/11/2026 đến 23/11/2026"));
}

static void
add_back (QuayRefundRecord *refund, gint64 n, const char *name, const char *unit, gint64 milli,
          gint64 amount, gint64 net, gint64 rate_bp)
{
  QuayBackLine *line = g_new0 (QuayBackLine, 1);
  *line = (QuayBackLine){ n,
                          g_strdup (name),
                          g_strdup (unit),
                          QUAY_MILLI (milli),
                          QUAY_DONG (amount),
                          QUAY_DONG (net),
                          rate_bp,
                          n != 2 };
  QuayTaxRow tax = { rate_bp, line->amount, line->net, QUAY_DONG (amount - net) };
  g_ptr_array_add (refund->lines, line);
  g_array_append_val (refund->taxes, tax);
  refund->total.dong += amount;
}

static void
add_handed (QuayRefundRecord *refund, QuayTender tender, gint64 amount)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->amount = payment->given = QUAY_DONG (amount);
  g_ptr_array_add (refund->payments, payment);
}

static QuayRefundRecord *
make_refund (const char *of)
{
  QuayRefundRecord *refund = g_new0 (QuayRefundRecord, 1);
  refund->number = g_strdup ("QT1A-TH26-0003");
  g_strlcpy (refund->code, "4F7TRW", sizeof refund->code);
  refund->ts = G_GINT64_CONSTANT (1795490645000); /* 2026-11-24 10:24:05 in Vietnam */
  refund->who = g_strdup ("Quầy 1");
  refund->of = g_strdup (of);
  refund->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_back_line_free);
  refund->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  refund->taxes = g_array_new (FALSE, TRUE, sizeof (QuayTaxRow));
  return refund;
}

/* Of a sale that several tenders paid, allowed by a second person. */
static void
test_refund (void)
{
  g_autoptr (QuayRefundRecord) refund = make_refund ("QT1A-000042");
  refund->sale.b[0] = 1;
  refund->of_ts = G_GINT64_CONSTANT (1795404245000);
  refund->why = g_strdup ("khách đổi ý, túi thịt bị hở mép");
  refund->approver = g_strdup ("Chị Hoa");
  refund->customer_name = g_strdup ("Chị Lan · 09xx xxx 678");
  refund->owed = QUAY_DONG (35000);
  add_back (refund, 1, "Nấm sò tươi", "kg", 485, 29100, 27714, 500);
  add_back (refund, 2,
            "Thịt lợn gác bếp Dung Dinh (hun khói bằng củi nghiến trên gác bếp người Tày), túi "
            "500 g",
            "túi", 1000, 230000, 212963, 800);
  add_handed (refund, QUAY_TENDER_DEBT, 100000);
  add_handed (refund, QUAY_TENDER_TRANSFER, 130000);
  add_handed (refund, QUAY_TENDER_ROUNDING, 100);
  add_handed (refund, QUAY_TENDER_CASH, 29000);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new_refund (&sample_shop, refund, 0);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    assert_golden ("refund", papers[i], receipt);
  g_assert_cmpstr (quay_receipt_get_name (receipt), ==, "QT1A-TH26-0003-4F7TRW");
}

/* Without a receipt; in exchange; of a sale whose lines nobody here knows; as a copy. */
static void
test_refund_unknown (void)
{
  g_autoptr (QuayRefundRecord) refund = make_refund ("");
  refund->exchange = g_strdup ("QT1A-000043");
  add_back (refund, 3, NULL, NULL, 2000, 130000, 120370, 800);
  add_handed (refund, QUAY_TENDER_EXCHANGE, 130000);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new_refund (&sample_shop, refund, 1);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    assert_golden ("refund-unknown", papers[i], receipt);
  g_assert_cmpstr (quay_receipt_get_name (receipt), ==, "QT1A-TH26-0003-4F7TRW-in-lai-1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strdup_printf ("/receipt/golden/%s", samples[i].name);
      g_test_add_data_func (path, &samples[i], test_golden);
    }
  g_test_add_func ("/receipt/refund", test_refund);
  g_test_add_func ("/receipt/refund-unknown", test_refund_unknown);
  g_test_add_func ("/receipt/every-width", test_every_width);
  g_test_add_func ("/receipt/hostile", test_hostile);
  g_test_add_func ("/receipt/long-name", test_long_name);
  g_test_add_func ("/receipt/no-invoice", test_no_invoice);
  g_test_add_func ("/receipt/reprint", test_reprint);
  g_test_add_func ("/receipt/bare", test_bare);
  g_test_add_func ("/receipt/largest", test_largest);
  g_test_add_func ("/receipt/name", test_name);
  g_test_add_func ("/receipt/code-text", test_code_text);
  g_test_add_func ("/receipt/report", test_report);
  return g_test_run ();
}
