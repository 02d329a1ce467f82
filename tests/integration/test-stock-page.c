/* The figures of the page Stock against tables worked out by hand: values, states, orders to
 * place, past moments, cards, recall, files. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-shelf.h"
#include "quay-till-catalog.h"
#include "quay-till-goods.h"
#include "quay-till-lots.h"
#include "quay-till-private.h"
#include "quay-till-stock.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */
#define DAY_MS G_GINT64_CONSTANT (86400000)

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

/* A lot of tea; its id. @number: (out) (nullable). */
static QuayId
receive (Fixture *shop, gint64 units, QuayTerms terms, QuayDay expires, const char *code,
         char **number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  line->product = tea (shop);
  line->name = g_strdup ("Trà nụ vối");
  line->lot = quay_till_new_id (shop->till);
  line->qty = QUAY_UNITS (units);
  line->terms = terms;
  line->expires = expires;
  line->code = g_strdup (code);
  g_ptr_array_add (voucher->lines, line);
  voucher->reason = g_strdup ("consigned");
  QuayId lot = line->lot;
  g_autofree char *given =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  if (number != NULL)
    *number = g_steal_pointer (&given);
  return lot;
}

static QuaySaleRecord *
sell (Fixture *shop, gint64 units)
{
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (units), NULL));
  return quay_test_shop_pay (shop);
}

static QuayShelf *
read_shelf (Fixture *shop, gint64 at_ms)
{
  g_autoptr (GError) error = NULL;
  QuayShelfAsk ask = quay_till_shelf_ask (shop->till, at_ms, NULL);
  QuayShelf *shelf = quay_till_shelf (shop->till, &ask, &error);
  g_assert_no_error (error);
  g_assert_true (shelf->whole);
  return shelf;
}

static const QuayShelfRow *
row_of (const QuayShelf *shelf, const QuayId *product)
{
  for (guint i = 0; i < shelf->rows->len; i++)
    if (quay_id_equal (&((QuayShelfRow *)shelf->rows->pdata[i])->product, product))
      return shelf->rows->pdata[i];
  g_assert_not_reached ();
}

static QuayQty
stock_of (Fixture *shop, const QuayId *product)
{
  g_autoptr (QuayItem) item = quay_till_item (shop->till, product);
  return item->stock;
}

static const QuayTerms own = { .kind = QUAY_TERMS_OWN, .price = { 40000 } };
static const QuayTerms commission = { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };

/* 10 at 40.000 and 4 of which the producer gets 51.000 each; 3 were sold, of the older lot. What
 * the sample shop began with has no lot: worth what the lot that came last costs. */
static void
test_values (Fixture *shop, gconstpointer data)
{
  QuayId product = tea (shop);
  QuayDay today = quay_till_day (shop->till);
  g_autoptr (QuayShelf) before = read_shelf (shop, 0);
  QuayQty loose = row_of (before, &product)->stock;
  g_assert_cmpint (row_of (before, &product)->loose.milli, ==, loose.milli);
  g_assert_cmpint (row_of (before, &product)->value.dong, ==, 0);
  g_assert_cmpint (row_of (before, &product)->unit_cost.dong, ==, -1);
  g_assert_cmpint (row_of (before, &product)->how, ==, QUAY_SHELF_UNKNOWN);
  receive (shop, 10, own, quay_day_add (today, 40), "L1", NULL);
  receive (shop, 4, commission, quay_day_add (today, 30), "L2", NULL);
  g_autoptr (QuaySaleRecord) sale = sell (shop, 3);
  g_autoptr (QuayShelf) shelf = read_shelf (shop, 0);
  const QuayShelfRow *row = row_of (shelf, &product);
  gint64 loose_value = 51 * loose.milli;
  g_assert_cmpint (row->stock.milli, ==, loose.milli + 11000);
  g_assert_cmpint (row->loose.milli, ==, loose.milli);
  g_assert_cmpint (row->value.dong, ==, 400000 + 51000 + loose_value);
  g_assert_cmpint (row->consigned.dong, ==, 51000 + loose_value);
  g_assert_cmpint (row->how, ==, QUAY_SHELF_MIXED);
  g_assert_cmpstr (row->lot, ==, "L2");
  g_assert_cmpint (row->expires, ==, quay_day_add (today, 30));
  g_assert_cmpuint (row->soon, ==, 1);
  g_assert_cmpint (row->sold.milli, ==, 3000);
  g_assert_cmpint (shelf->sums.value.dong, ==, row->value.dong);
  g_assert_cmpint (shelf->sums.consigned.dong, ==, row->consigned.dong);
  g_assert_cmpuint (shelf->sums.soon, ==, 1);
}

/* The day after a lot's last one it is expired; a lot that ends in 31 days is not near its end. */
static void
test_states (Fixture *shop, gconstpointer data)
{
  QuayId product = tea (shop);
  QuayDay today = quay_till_day (shop->till);
  receive (shop, 1, commission, quay_day_add (today, 31), "L1", NULL);
  g_autoptr (QuayShelf) far = read_shelf (shop, 0);
  g_assert_cmpuint (row_of (far, &product)->state & (QUAY_SHELF_SOON | QUAY_SHELF_EXPIRED), ==, 0);
  receive (shop, 1, commission, today, "L2", NULL);
  g_autoptr (QuayShelf) soon = read_shelf (shop, 0);
  g_assert_cmpuint (row_of (soon, &product)->state & (QUAY_SHELF_SOON | QUAY_SHELF_EXPIRED), ==,
                    QUAY_SHELF_SOON);
  receive (shop, 1, commission, quay_day_add (today, -1), "L3", NULL);
  g_autoptr (QuayShelf) gone = read_shelf (shop, 0);
  g_assert_cmpuint (row_of (gone, &product)->state & QUAY_SHELF_EXPIRED, ==, QUAY_SHELF_EXPIRED);
  g_assert_cmpuint (gone->sums.soon, ==, 1);
}

/* Each moment between events is as the table was then. */
static void
test_past (Fixture *shop, gconstpointer data)
{
  QuayId product = tea (shop);
  gint64 moments[4];
  QuayQty stock[4];
  QuayMoney value[4];
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (QuayShelf) now = read_shelf (shop, 0);
      stock[i] = row_of (now, &product)->stock;
      value[i] = now->sums.value;
      moments[i] = quay_till_now_ms (shop->till);
      shop->env.wall_ms += 3600 * 1000;
      if (i % 2 == 0)
        receive (shop, 7 + i, commission, 0, "L1", NULL);
      else
        quay_sale_record_free (sell (shop, 2));
      shop->env.wall_ms += 3600 * 1000;
    }
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (QuayShelf) then = read_shelf (shop, moments[i]);
      g_assert_cmpint (row_of (then, &product)->stock.milli, ==, stock[i].milli);
      if (i > 0) /* before the first lot nobody knew what the goods cost */
        g_assert_cmpint (then->sums.value.dong, ==, value[i].dong);
    }
}

static void
test_order (void)
{
  /* 28 a month is one a day: 7 until goods come, 14 that they last */
  g_assert_cmpint (
      quay_shelf_order (QUAY_UNITS (12), QUAY_UNITS (5), QUAY_UNITS (28), 7, 14, FALSE).milli, ==,
      0);
  g_assert_cmpint (
      quay_shelf_order (QUAY_UNITS (11), QUAY_UNITS (5), QUAY_UNITS (28), 7, 14, FALSE).milli, ==,
      15000);
  g_assert_cmpint (
      quay_shelf_order (QUAY_UNITS (-2), QUAY_UNITS (0), QUAY_UNITS (3), 7, 14, FALSE).milli, ==,
      5000); /* 2,25 + 2, whole units */
  g_assert_cmpint (
      quay_shelf_order (QUAY_UNITS (-2), QUAY_UNITS (0), QUAY_UNITS (3), 7, 14, TRUE).milli, ==,
      4250);
  g_assert_cmpint (
      quay_shelf_order (QUAY_UNITS (0), QUAY_UNITS (0), QUAY_UNITS (0), 7, 14, FALSE).milli, ==, 0);
}

/* Words in any order, without marks, of name, SKU, code, producer, lot and receipt. */
static void
test_search (Fixture *shop, gconstpointer data)
{
  g_autofree char *number = NULL;
  receive (shop, 5, commission, 0, "Lô-0911", &number);
  g_autoptr (QuayShelf) shelf = read_shelf (shop, 0);
  QuayId product = tea (shop);
  const QuayShelfRow *row = row_of (shelf, &product);
  const char *const texts[] = { "lo-0911", number, row->sku, TEA, row->name, "LÔ-0911 TRÀ" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      QuayShelfFilter filter = { .text = texts[i], .how = -1 };
      g_autoptr (GPtrArray) found = quay_shelf_select (shelf, &filter, QUAY_SHELF_BY_NAME, FALSE);
      g_assert_cmpuint (found->len, ==, 1);
      g_assert_true (found->pdata[0] == row);
    }
  QuayShelfFilter none = { .text = "lo-0911 khong", .how = -1 };
  g_autoptr (GPtrArray) nothing = quay_shelf_select (shelf, &none, QUAY_SHELF_BY_NAME, FALSE);
  g_assert_cmpuint (nothing->len, ==, 0);
  QuayShelfFilter kind = { .how = QUAY_SHELF_CONSIGNED };
  g_autoptr (GPtrArray) consigned = quay_shelf_select (shelf, &kind, QUAY_SHELF_BY_STOCK, TRUE);
  g_assert_cmpuint (consigned->len, ==, 1);
}

/* Opening, receipt, two sales, one of them partly given back: the balance runs through, and the
 * lines of 02-BH say the same. */
static void
test_card (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  QuayId product = tea (shop);
  QuayDay today = quay_till_day (shop->till);
  QuayQty loose = stock_of (shop, &product);
  shop->env.wall_ms += 60 * 1000;
  QuayId lot = receive (shop, 5, commission, quay_day_add (today, 90), "L1", &receipt);
  shop->env.wall_ms += 60 * 1000;
  g_autoptr (QuaySaleRecord) sale = sell (shop, 3);
  shop->env.wall_ms += 60 * 1000;
  QuayId id = quay_till_new_id (shop->till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  g_autofree char *refund =
      quay_till_refund (shop->till, &id, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QuayCard) card = quay_till_card (shop->till, &product, today, today, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (card->moves->len, ==, 4);
  const QuayCardMove *in = card->moves->pdata[1];
  const QuayCardMove *out = card->moves->pdata[2];
  const QuayCardMove *back = card->moves->pdata[3];
  g_assert_cmpstr (in->number, ==, receipt);
  g_assert_cmpstr (out->number, ==, sale->number);
  g_assert_cmpstr (back->number, ==, refund);
  g_assert_cmpint (in->balance.milli, ==, loose.milli + 5000);
  g_assert_cmpint (out->balance.milli, ==, loose.milli + 2000);
  g_assert_cmpint (out->amount.dong, ==, 180000);
  g_assert_cmpint (back->balance.milli, ==, loose.milli + 3000);
  const QuayCardLot *first = card->lots->pdata[0];
  g_assert_true (quay_id_equal (&first->lot->id, &lot));
  g_assert_cmpint (first->lot->qty.milli, ==, 3000);
  g_assert_cmpint (first->in.milli, ==, 5000);
  g_assert_cmpstr (first->lot->receipt, ==, receipt);
  g_autoptr (GPtrArray) days = quay_card_days (card, 0);
  g_assert_cmpuint (days->len, ==, 1);
  const QuayCardDay *day = days->pdata[0];
  g_assert_cmpint (day->opening.milli, ==, 0);
  g_assert_cmpint (day->in.milli, ==, 5000);
  g_assert_cmpint (day->other_in.milli, ==, loose.milli);
  g_assert_cmpint (day->sold.milli, ==, 2000);
  g_assert_cmpint (day->sold_for.dong, ==, 120000);
  g_assert_cmpint (day->out.milli, ==, 0);
}

/* A card from tomorrow on begins with what was left. */
static void
test_card_period (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId product = tea (shop);
  receive (shop, 5, commission, 0, "L1", NULL);
  shop->env.wall_ms += DAY_MS;
  g_autoptr (QuaySaleRecord) sale = sell (shop, 2);
  QuayDay today = quay_till_day (shop->till);
  g_autoptr (QuayCard) card = quay_till_card (shop->till, &product, today, today, &error);
  g_assert_no_error (error);
  QuayQty left = stock_of (shop, &product);
  g_assert_cmpuint (card->moves->len, ==, 1);
  g_assert_cmpint (card->before.milli, ==, left.milli + 2000);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &all, NULL, &error);
  g_assert_no_error (error);
  if (strstr (all, text) == NULL)
    g_error ("'%s' is not in %s:\n%s", text, path, all);
}

/* From a lot to its sales and from a receipt to its lots; the counter refuses what is held back. */
static void
test_recall (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  QuayDay today = quay_till_day (shop->till);
  QuayId lot = receive (shop, 5, commission, quay_day_add (today, 9), "L1", &receipt);
  QuayId other = receive (shop, 5, commission, quay_day_add (today, 99), "L2", NULL);
  g_autoptr (QuaySaleRecord) first = sell (shop, 2);
  shop->env.wall_ms += 60 * 1000;
  g_autoptr (QuaySaleRecord) second = sell (shop, 4); /* 3 of it */
  QuayId id = quay_till_new_id (shop->till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = FALSE };
  g_autofree char *refund =
      quay_till_refund (shop->till, &id, first->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) sales = quay_till_lot_sales (shop->till, &lot, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sales->len, ==, 2);
  const QuayLotSale *a = sales->pdata[0];
  const QuayLotSale *b = sales->pdata[1];
  g_assert_cmpstr (a->number, ==, first->number);
  g_assert_cmpint (a->qty.milli, ==, 1000);
  g_assert_cmpint (a->back.milli, ==, 1000);
  g_assert_cmpint (a->amount.dong, ==, 60000);
  g_assert_false (a->has_buyer);
  g_assert_cmpint (b->qty.milli, ==, 3000);
  g_autoptr (GPtrArray) brought = quay_till_receipt_lots (shop->till, receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (brought->len, ==, 1);
  g_assert_true (quay_id_equal (&((QuayCardLot *)brought->pdata[0])->lot->id, &lot));
  g_autofree char *csv = g_build_filename (quay_till_dir (shop->till), "truy-lo.csv", NULL);
  g_assert_true (quay_till_export_lot_sales (brought->pdata[0], sales, csv, &error));
  g_assert_no_error (error);
  assert_holds (csv, ",L1,2,1,60000,không\r\n");
  assert_holds (csv, ",L1,3,,180000,không\r\n");
  g_unlink (csv);

  g_assert_false (quay_till_hold_lot (shop->till, &other, "", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_hold_lot (shop->till, &other, "thu hồi theo công văn 12", &error));
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (100), NULL));
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  QuayId product = tea (shop);
  g_autoptr (QuayShelf) held = read_shelf (shop, 0);
  g_assert_cmpuint (row_of (held, &product)->state & QUAY_SHELF_BLOCKED, ==, QUAY_SHELF_BLOCKED);
  g_assert_true (quay_till_hold_lot (shop->till, &other, NULL, &error));
  g_autoptr (QuaySaleRecord) sold = quay_test_shop_pay (shop);
  g_assert_nonnull (sold);
}

static void
test_files (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  receive (shop, 4, commission, 20270601, "L1", NULL);
  g_autoptr (QuayShelf) shelf = read_shelf (shop, 0);
  QuayShelfFilter filter = { .text = "l1", .how = -1 };
  g_autoptr (GPtrArray) rows = quay_shelf_select (shelf, &filter, QUAY_SHELF_BY_NAME, FALSE);
  g_autofree char *csv = g_build_filename (quay_till_dir (shop->till), "ton.csv", NULL);
  g_autofree char *xlsx = g_build_filename (quay_till_dir (shop->till), "ton.xlsx", NULL);
  g_autofree char *part = g_strconcat (xlsx, ".part", NULL);
  g_autofree char *nowhere = g_build_filename (quay_till_dir (shop->till), "no", "t.xlsx", NULL);
  guint columns = 1 << QUAY_STOCK_TERMS | 1 << QUAY_STOCK_LOT;
  g_assert_true (quay_till_export_shelf (shelf, rows, columns, csv, &error));
  g_assert_no_error (error);
  assert_holds (csv, "Mã hàng,Sản phẩm,Đơn vị,Hình thức,Lô gần hết hạn,Hạn dùng\r\n");
  assert_holds (csv, ",Ký gửi 15%,L1,2027-06-01\r\n");
  g_assert_true (quay_till_export_shelf (shelf, rows, G_MAXUINT, xlsx, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (quay_till_export_shelf (shelf, rows, columns, nowhere, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (quay_till_export_shelf (shelf, rows, columns, "ton.txt", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_unlink (csv);
  g_unlink (xlsx);
}

/* What a person reads on 02-BH, read back from the file. */
static void
test_form (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId product = tea (shop);
  QuayDay today = quay_till_day (shop->till);
  receive (shop, 5, commission, 0, "L1", NULL);
  g_autoptr (QuaySaleRecord) sale = sell (shop, 3);
  g_autoptr (QuayCard) card = quay_till_card (shop->till, &product, today, today, &error);
  g_assert_no_error (error);
  g_autoptr (QuayShelf) shelf = read_shelf (shop, 0);
  g_autofree char *pdf = g_build_filename (quay_till_dir (shop->till), "the.pdf", NULL);
  g_autofree char *text = g_build_filename (quay_till_dir (shop->till), "the.txt", NULL);
  g_assert_true (quay_till_print_card (shop->till, card, row_of (shelf, &product), pdf, &error));
  g_assert_no_error (error);
  const char *argv[] = { "pdftotext", "-layout", pdf, text, NULL };
  int status;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  assert_holds (text, "THẺ QUẦY HÀNG");
  assert_holds (text, "Mẫu số 02-BH");
  assert_holds (text, "Thông tư số");
  assert_holds (text, row_of (shelf, &product)->name);
  assert_holds (text, "180.000");
  g_unlink (pdf);
  g_unlink (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/stock-page/values", test_values);
  ADD ("/stock-page/states", test_states);
  ADD ("/stock-page/past", test_past);
  g_test_add_func ("/stock-page/order", test_order);
  ADD ("/stock-page/search", test_search);
  ADD ("/stock-page/card", test_card);
  ADD ("/stock-page/card-period", test_card_period);
  ADD ("/stock-page/recall", test_recall);
  ADD ("/stock-page/files", test_files);
  ADD ("/stock-page/form", test_form);
  return g_test_run ();
}
