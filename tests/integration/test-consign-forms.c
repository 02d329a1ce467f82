/* Forms for the producers as another program reads them: 01-BH with goods lost and given back, the
 * cash voucher of a pay-out, the account to compare. */
#include "quay-test-till.h"

#include "quay-goods.h"
#include "quay-till-goods.h"
#include "quay-till-partner.h"
#include "quay-till-settle.h"

#include <string.h>

typedef struct
{
  QuayTestShop shop;
  QuayId producer;
  QuayId settlement;
  QuayId payout;
} Fixture;

static void
post_tea (Fixture *f, QuayGoodsKind kind, const char *reason, gint64 units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayItem) item = quay_till_item_by_sku (f->shop.till, "OCOP004");
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (f->shop.till);
  line->product = item->product;
  line->name = g_strdup (item->name);
  line->qty = QUAY_UNITS (units);
  if (kind == QUAY_GOODS_RECEIVED)
    {
      line->lot = quay_till_new_id (f->shop.till);
      line->producer = f->producer;
      line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
    }
  g_ptr_array_add (voucher->lines, line);
  voucher->reason = g_strdup (reason);
  g_autofree char *number =
      quay_till_post_goods (f->shop.till, &id, kind, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
}

/* 24 received, 5 sold at 60.000, 2 spoilt at the shop's cost, 4 given back; 100.000 paid out. */
static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  quay_test_shop_init (&f->shop, TRUE);
  edit->name = g_strdup ("Tổ hợp tác Bản Mới");
  edit->commune = g_strdup ("02155");
  edit->contract = g_strdup ("09/HĐKG");
  g_assert_true (quay_till_save_partner (f->shop.till, &f->producer, edit, &refusals, &error));
  post_tea (f, QUAY_GOODS_RECEIVED, "consigned", 24);
  quay_test_shop_scan (&f->shop, "2900000000049");
  g_assert_true (quay_till_cart_set_qty (f->shop.till, 0, QUAY_UNITS (5), NULL));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&f->shop);
  post_tea (f, QUAY_GOODS_ISSUED, "damaged", 2);
  post_tea (f, QUAY_GOODS_ISSUED, "returned", 4);
  f->settlement = quay_till_new_id (f->shop.till);
  f->payout = quay_till_new_id (f->shop.till);
  QuaySettleAsk ask = { .from = 20261101, .to = 20261130, .tax = QUAY_DONG (7000) };
  g_autofree char *number =
      quay_till_settle (f->shop.till, &f->settlement, &f->producer, &ask, &error);
  g_assert_no_error (error);
  QuayEntry entry = { .producer = f->producer,
                      .kind = (char *)"payout",
                      .amount = QUAY_DONG (-100000),
                      .tender = QUAY_TENDER_CASH,
                      .money = 1,
                      .doc = f->settlement };
  g_autofree char *paid = quay_till_post_entry (f->shop.till, &f->payout, &entry, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_clear (&f->shop);
}

/* The letters of a form, each run of blanks one blank. */
static char *
words_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *command[] = { "pdftotext", "-layout", path, "-", NULL };
  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL,
                &error);
  g_assert_no_error (error);
  g_autoptr (GRegex) blanks = g_regex_new ("\\s+", 0, 0, NULL);
  return g_regex_replace_literal (blanks, text, -1, 0, " ", 0, NULL);
}

static void
assert_says (const char *path, const char *const *words)
{
  g_autofree char *text = words_of (path);
  for (; *words != NULL; words++)
    if (strstr (text, *words) == NULL)
      g_error ("'%s' is not in: %s", *words, text);
}

static void
test_01bh (Fixture *f, gconstpointer data)
{
  static const char *const words[] = {
    "Mẫu số 01-BH",
    "BẢNG THANH TOÁN HÀNG ĐẠI LÝ, KÝ GỬI",
    "Số: QT1A-QT26-0001",
    "09/HĐKG",
    "từ ngày 01/11/2026 đến ngày 30/11/2026",
    "0 24 24 5 60.000 300.000 13",
    "trả lại bên giao hàng, số lượng: 4",
    "bên nhận bán chịu, số lượng: 2",
    /* 300.000 − 5 × 51.000 − 2 × 51.000 */
    "(đã trừ tiền hàng hỏng, thiếu): −57.000 đ",
    "(nếu có): 7.000 đ",
    "(IV = 6 − II − III): 350.000 đ",
    "đã thanh toán: 100.000 đ",
    "nợ lại: 250.000 đ",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = quay_till_print_settlement (f->shop.till, &f->settlement, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (path, "QT1A-QT26-0001.pdf"));
  assert_says (path, words);
}

static void
test_02tt (Fixture *f, gconstpointer data)
{
  static const char *const words[] = {
    "Mẫu số 02-TT",
    "PHIẾU CHI",
    "Số: QT1A-PC26-0001",
    "người nhận tiền: Tổ hợp tác Bản Mới",
    "Xã Na Rì",
    "theo QT1A-QT26-0001",
    "100.000 đ",
    "Một trăm nghìn đồng",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = quay_till_print_payout (f->shop.till, &f->payout, NULL, &error);
  g_assert_no_error (error);
  assert_says (path, words);
  g_assert_null (quay_till_print_payout (f->shop.till, &f->settlement, NULL, &error));
  g_assert_nonnull (error);
}

/* Money that a producer brings: the receipt for it. */
static void
test_01tt (Fixture *f, gconstpointer data)
{
  static const char *const words[] = {
    "Mẫu số 01-TT",
    "PHIẾU THU",
    "Số: QT1A-PT26-0001",
    "người nộp tiền: Tổ hợp tác Bản Mới",
    "Lý do nộp: trả lại tiền chi thừa",
    "30.000 đ",
    "Ba mươi nghìn đồng",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->shop.till);
  QuayEntry entry = { .producer = f->producer,
                      .kind = (char *)"correction",
                      .amount = QUAY_DONG (30000),
                      .tender = QUAY_TENDER_CASH,
                      .money = 1,
                      .why = (char *)"trả lại tiền chi thừa" };
  g_autofree char *number = quay_till_post_entry (f->shop.till, &id, &entry, &error);
  g_assert_no_error (error);
  g_autofree char *path = quay_till_print_payout (f->shop.till, &id, NULL, &error);
  g_assert_no_error (error);
  assert_says (path, words);
}

static void
test_account (Fixture *f, gconstpointer data)
{
  static const char *const words[] = { "Tổ hợp tác Bản Mới",
                                       "QT1A-QT26-0001",
                                       "350.000",
                                       "QT1A-PC26-0001",
                                       "100.000",
                                       "250.000 đ",
                                       NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = quay_till_print_account (f->shop.till, &f->producer, NULL, &error);
  g_assert_no_error (error);
  assert_says (path, words);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/consign-forms/01-bh", test_01bh);
  ADD ("/consign-forms/02-tt", test_02tt);
  ADD ("/consign-forms/01-tt", test_01tt);
  ADD ("/consign-forms/account", test_account);
  return g_test_run ();
}
