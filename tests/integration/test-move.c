/* Goods that go to a storeroom or to a fair and come back, and what a fair's report says of them.
 */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-till-count.h"
#include "quay-till-documents.h"
#include "quay-till-forms-count.h"
#include "quay-till-goods.h"
#include "quay-till-places.h"
#include "quay-till-private.h"

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

static QuayId
tea (Fixture *shop)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, TEA);
  g_assert_nonnull (scanned->item);
  return scanned->item->product;
}

static QuayId
receive (Fixture *shop, gint64 units, QuayDay expires)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  line->product = tea (shop);
  line->name = g_strdup ("Trà nụ vối");
  line->lot = quay_till_new_id (shop->till);
  line->qty = QUAY_UNITS (units);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (40000) };
  line->expires = expires;
  g_ptr_array_add (voucher->lines, line);
  QuayId lot = line->lot;
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  return lot;
}

static gint64
units_at (Fixture *shop, const QuayId *place, const QuayId *lot)
{
  gint64 units = 0;
  g_autoptr (GPtrArray) rows = quay_till_place_rows (shop->till, place);
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayPlaceRow *row = rows->pdata[i];
      if (quay_id_equal (&row->lot, lot))
        units += row->qty.milli / 1000;
    }
  return units;
}

static char *
move_for (Fixture *shop, const QuayId *fair, const QuayId *from, const QuayId *to, gint64 units,
          const QuayId *lot, GError **error)
{
  QuayId id = quay_till_new_id (shop->till);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayMoveAsk ask = { .from = *from, .to = *to, .lines = lines, .fair = *fair, .name = "Lan" };
  line->product = tea (shop);
  line->qty = QUAY_UNITS (units);
  if (lot != NULL)
    line->lot = *lot;
  g_ptr_array_add (lines, line);
  return quay_till_move_goods (shop->till, &id, &ask, error);
}

static char *
move (Fixture *shop, const QuayId *from, const QuayId *to, gint64 units, const QuayId *lot,
      GError **error)
{
  return move_for (shop, &QUAY_ID_NIL, from, to, units, lot, error);
}

/* The letters of a PDF, as another program reads them. */
static char *
read_pdf (const char *path)
{
  char *out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                      "pdftotext", "-layout", path, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  return out;
}

static void
assert_pdf_has (const char *path, const char *const *parts)
{
  g_autofree char *text = read_pdf (path);
  for (; *parts != NULL; parts++)
    if (strstr (text, *parts) == NULL)
      g_error ("'%s' is not in:\n%s", *parts, text);
}

static void
test_storeroom (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId floor = quay_till_place (shop->till);
  QuayId store = quay_till_new_id (shop->till);
  QuayId old = receive (shop, 4, 20270601);
  QuayId young = receive (shop, 5, 20280601);
  g_assert_true (quay_till_save_place (shop->till, &store, " Kho sau ", QUAY_PLACE_STORE, &error));
  QuayId other = quay_till_new_id (shop->till);
  g_assert_false (quay_till_save_place (shop->till, &other, "Kho sau", QUAY_PLACE_STORE, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (quay_till_save_place (shop->till, &other, "", QUAY_PLACE_STORE, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  /* first expired first, then the lot that is named */
  g_autofree char *first = move (shop, &floor, &store, 6, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first, "QT1A-PCK"));
  g_assert_cmpint (units_at (shop, &store, &old), ==, 4);
  g_assert_cmpint (units_at (shop, &store, &young), ==, 2);
  g_assert_cmpint (units_at (shop, &floor, &young), ==, 3);
  g_autofree char *second = move (shop, &store, &floor, 1, &young, &error);
  g_assert_no_error (error);
  g_assert_cmpint (units_at (shop, &floor, &young), ==, 4);
  g_assert_null (move (shop, &store, &store, 1, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (move (shop, &store, &floor, 0, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (move (shop, &store, &other, 1, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  /* moving costs nothing and loses nothing */
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, &young, &sums);
  g_assert_cmpint (sums.in, ==, 5000);
  g_assert_cmpint (sums.loss + sums.cost + sums.sold, ==, 0);
}

static QuayFair *
make_fair (Fixture *shop)
{
  const char *field;
  g_autoptr (GError) error = NULL;
  QuayFair *fair = quay_fair_new ();
  fair->id = quay_till_new_id (shop->till);
  fair->from = 20261124;
  fair->to = 20261120;
  g_assert_false (quay_till_save_fair (shop->till, fair, &field, &error));
  g_assert_cmpstr (field, ==, "name");
  g_clear_error (&error);
  fair->name = g_strdup ("Hội chợ OCOP");
  g_assert_false (quay_till_save_fair (shop->till, fair, &field, &error));
  g_assert_cmpstr (field, ==, "to");
  g_clear_error (&error);
  fair->to = 20261126;
  fair->commune = g_strdup ("99999");
  g_assert_false (quay_till_save_fair (shop->till, fair, &field, &error));
  g_assert_cmpstr (field, ==, "commune");
  g_clear_error (&error);
  g_free (fair->commune);
  fair->commune = NULL;
  g_assert_true (quay_till_save_fair (shop->till, fair, &field, &error));
  g_assert_no_error (error);
  g_assert_false (quay_id_is_nil (&fair->loc));
  return fair;
}

/* Ten go, three are sold and one of them comes back, one is missing, seven return. */
static void
test_fair (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayFair) fair = make_fair (shop);
  QuayId floor = quay_till_place (shop->till);
  QuayId lot = receive (shop, 12, 20270601);
  g_autofree char *out = move_for (shop, &fair->id, &floor, &fair->loc, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (quay_till_close_fair (shop->till, &fair->id, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  /* the till goes there, and comes up there after a start */
  g_assert_true (quay_till_sell_from (shop->till, &fair->loc, &error));
  quay_test_shop_reopen (shop);
  QuayId place = quay_till_place (shop->till);
  g_assert_true (quay_id_equal (&place, &fair->loc));
  g_autofree char *away = quay_till_away (shop->till);
  g_assert_cmpstr (away, ==, "Hội chợ OCOP");
  quay_test_shop_scan (shop, TEA);
  g_assert_false (quay_till_sell_from (shop->till, &QUAY_ID_NIL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (3), NULL));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  QuayId refund = quay_till_new_id (shop->till);
  g_autofree char *refunded =
      quay_till_refund (shop->till, &refund, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (units_at (shop, &fair->loc, &lot), ==, 8);
  /* counted at the stall, then back to the shop */
  char *number = NULL;
  QuayCount count = { .id = quay_till_new_id (shop->till), .name = (char *)"Kiểm kê gian hàng" };
  QuayCountSaw saw = { .product = tea (shop), .whole = TRUE, .qty = QUAY_UNITS (7) };
  QuayId seen = quay_till_new_id (shop->till);
  QuayId approval = quay_till_new_id (shop->till);
  g_assert_true (quay_till_count_start (shop->till, &count, &error));
  g_assert_true (quay_till_count_saw (shop->till, &seen, &count.id, &saw, 1, &error));
  g_assert_true (quay_till_count_approve (shop->till, &approval, &count.id, &number, &error));
  g_free (number);
  g_assert_true (quay_till_sell_from (shop->till, &QUAY_ID_NIL, &error));
  g_autofree char *back = move (shop, &fair->loc, &floor, 7, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_close_fair (shop->till, &fair->id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (units_at (shop, &floor, &lot), ==, 9);
  g_autoptr (GPtrArray) rows = quay_till_fair_rows (shop->till, &fair->id);
  g_assert_cmpuint (rows->len, ==, 1);
  const QuayFairRow *row = rows->pdata[0];
  g_assert_cmpint (row->out.milli, ==, 10000);
  g_assert_cmpint (row->sold.milli, ==, 3000);
  g_assert_cmpint (row->refunded.milli, ==, 1000);
  g_assert_cmpint (row->back.milli, ==, 7000);
  g_assert_cmpint (row->difference.milli, ==, -1000);
  g_assert_cmpint (row->left.milli, ==, 0);
  g_assert_cmpint (row->amount.dong, ==, 180000);
  g_assert_cmpint (row->returned.dong, ==, 60000);
  g_assert_cmpint (row->lost.dong, ==, 40000);
  g_autofree char *path = g_build_filename (shop->dir, "fair.csv", NULL);
  g_autofree char *text = NULL;
  g_assert_true (quay_till_export_fair (shop->till, &fair->id, path, "vi", &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, ",10,3,1,7,\"-1\",0,180000,60000,40000\r\n"));
  g_autofree char *pdf = g_build_filename (shop->dir, "paper.pdf", NULL);
  const char *const list[] = {
    "BẢNG KÊ HÀNG HÓA CHUYỂN NỘI BỘ", out, "Hội chợ OCOP", "Lan", "01/06/2027", "600.000", NULL
  };
  const char *const report[] = {
    "BÁO CÁO BÁN HÀNG TẠI HỘI CHỢ", "từ ngày 24/11/2026", "180.000", "60.000", "40.000", NULL
  };
  g_assert_true (quay_till_packing_list (shop->till, out, pdf, &error));
  assert_pdf_has (pdf, list);
  g_assert_true (quay_till_print_fair (shop->till, &fair->id, pdf, &error));
  assert_pdf_has (pdf, report);
  g_assert_false (quay_till_packing_list (shop->till, "QT1A-PCK26-9999", pdf, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (GPtrArray) fairs = quay_till_fairs (shop->till);
  g_assert_cmpint (quay_fair_state (fairs->pdata[0], 20261130), ==, QUAY_FAIR_CLOSED);
}

/* The last day for the notice leaves Tết out; what the stall costs is kept. */
static void
test_notice (Fixture *shop, gconstpointer data)
{
  const char *field;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayFair) fair = quay_fair_new ();
  fair->id = quay_till_new_id (shop->till);
  fair->name = g_strdup ("Chợ xuân");
  fair->from = 20270212;
  fair->to = 20270214;
  fair->remark = g_strdup ("HĐ 12");
  fair->cost = QUAY_DONG (-1);
  g_assert_false (quay_till_save_fair (shop->till, fair, &field, &error));
  g_assert_cmpstr (field, ==, "cost");
  g_clear_error (&error);
  fair->cost = QUAY_DONG (3500000);
  g_assert_true (quay_till_save_fair (shop->till, fair, &field, &error));
  g_autoptr (QuayFair) kept = quay_till_fair (shop->till, &fair->id);
  g_assert_cmpint (kept->due, ==, 20270201);
  g_assert_cmpint (kept->cost.dong, ==, 3500000);
  g_assert_cmpstr (kept->remark, ==, "HĐ 12");
}

/* What was moved by mistake goes back once, and only if all of it is still there. */
static void
test_taken_back (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId floor = quay_till_place (shop->till);
  QuayId store = quay_till_new_id (shop->till);
  QuayId lot = receive (shop, 6, 20270601);
  QuayId back = quay_till_new_id (shop->till);
  QuayId late = quay_till_new_id (shop->till);
  g_assert_true (quay_till_save_place (shop->till, &store, "Kho sau", QUAY_PLACE_STORE, &error));
  g_autofree char *number = move (shop, &floor, &store, 6, &lot, &error);
  g_assert_no_error (error);
  QuayDocumentFilter filter = { .kind = QUAY_GOODS_MOVED, .to = QUAY_DAY_MAX, .limit = 1 };
  g_autoptr (GPtrArray) found = quay_till_documents (shop->till, &filter);
  QuayId moved = ((QuayDocument *)found->pdata[0])->id;
  g_autofree char *on = move (shop, &store, &floor, 1, &lot, &error);
  g_assert_no_error (error);
  g_assert_null (quay_till_reverse_document (shop->till, &back, &moved, "ghi nhầm", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED); /* one of them has gone on */
  g_clear_error (&error);
  g_assert_cmpint (units_at (shop, &store, &lot), ==, 5);
  g_autofree char *again = move (shop, &floor, &store, 1, &lot, &error);
  g_assert_no_error (error);
  g_autofree char *first =
      quay_till_reverse_document (shop->till, &back, &moved, "ghi nhầm", &error);
  g_assert_no_error (error);
  g_autofree char *retried =
      quay_till_reverse_document (shop->till, &back, &moved, "ghi nhầm", &error);
  g_assert_cmpstr (retried, ==, first); /* the answer was lost */
  g_assert_cmpint (units_at (shop, &store, &lot), ==, 0);
  g_assert_cmpint (units_at (shop, &floor, &lot), ==, 6);
  g_assert_null (quay_till_reverse_document (shop->till, &late, &moved, "ghi nhầm", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/move/storeroom", test_storeroom);
  ADD ("/move/taken-back", test_taken_back);
  ADD ("/move/notice", test_notice);
  ADD ("/move/fair", test_fair);
  return g_test_run ();
}
