/* Lots at the counter: what stops a sale, what was sold before its receipt was written, baskets;
 * the file stays sound. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-till-assign.h"
#include "quay-till-bundle.h"
#include "quay-till-goods.h"
#include "quay-till-lots.h"
#include "quay-till-private.h"

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
save_product (Fixture *shop, const char *sku, const char *price)
{
  QuayId product = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  edit->sku = g_strdup (sku);
  edit->name = g_strdup_printf ("Hàng %s", sku);
  edit->unit = g_strdup ("gói");
  edit->sold_by = g_strdup ("piece");
  edit->vat_class = g_strdup ("A_PROC");
  edit->category = g_strdup ("tea");
  edit->price = g_strdup (price);
  quay_till_save_item (shop->till, &product, edit, &refusals, &error);
  g_assert_no_error (error);
  g_assert_null (refusals);
  return product;
}

static QuayId
receive_on (Fixture *shop, const QuayId *product, QuayTerms terms, gint64 units, QuayDay expires,
            const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  QuayId lot = quay_till_new_id (shop->till);
  line->product = *product;
  line->name = g_strdup ("hàng");
  line->lot = lot;
  line->qty = QUAY_UNITS (units);
  line->terms = terms;
  line->expires = expires;
  line->code = g_strdup (code);
  g_ptr_array_add (voucher->lines, line);
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  return lot;
}

/* A lot of 15 % commission. */
static QuayId
receive (Fixture *shop, const QuayId *product, gint64 units, QuayDay expires, const char *code)
{
  QuayTerms terms = { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  return receive_on (shop, product, terms, units, expires, code);
}

static QuaySaleRecord *
sell (Fixture *shop, const QuayId *product, gint64 units)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_cart_add_item (shop->till, product, QUAY_UNITS (units), NULL, &error));
  return quay_test_shop_pay (shop);
}

static void
assert_lot (Fixture *shop, const QuayId *lot, gint64 sold, gint64 amount, gint64 cost)
{
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, lot, &sums);
  g_assert_cmpint (sums.sold, ==, sold * 1000);
  g_assert_cmpint (sums.amount, ==, amount);
  g_assert_cmpint (sums.cost, ==, cost);
}

static gint64
stock_of (Fixture *shop, const QuayId *product)
{
  g_autoptr (QuayItem) item = quay_till_item (shop->till, product);
  return item->stock.milli / 1000;
}

/* --- what stops a sale --- */

static void
block (Fixture *shop, const QuayId *lot)
{
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (shop->till, QUAY_EVENT_LOT, FALSE);
  QuayFacts *body = event->body;
  body->id = *lot;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (body->facts, quay_fact_new_text ("blocked", "thu hồi"));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (shop->till, txn, &error);
  g_assert_no_error (error);
}

static gboolean
is_barred (Fixture *shop)
{
  g_autoptr (GArray) barred = quay_till_cart_barred (shop->till);
  return barred->len > 0;
}

/* The last day is one on which it may be sold: by the lot and by a label of the same day. */
static void
test_last_day (Fixture *shop, gconstpointer data)
{
  QuayDay today = quay_till_day (shop->till);
  QuayId product = save_product (shop, "HAN", "50000");
  g_assert_true (quay_till_bind_code (shop->till, "08934567890120", &product, NULL));
  receive (shop, &product, 5, today, "L1");
  for (int days = -1; days <= 0; days++)
    {
      QuayDay day = quay_day_add (today, days);
      g_autofree char *label = g_strdup_printf ("]C1"
                                                "0108934567890120"
                                                "17%06d"
                                                "10L1",
                                                day % 1000000);
      g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, label);
      g_assert_nonnull (scanned->item);
      g_assert_true ((scanned->line != NULL) == (days == 0));
      if (scanned->line == NULL)
        continue;
      g_assert_cmpstr (scanned->line->lot, ==, "L1");
      g_assert_true (quay_till_cart_add (shop->till, scanned->line, NULL, NULL));
    }
  g_assert_false (is_barred (shop));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  QuayId other = save_product (shop, "HAN2", "50000");
  receive (shop, &other, 5, quay_day_add (today, -1), "L2");
  g_assert_true (quay_till_cart_add_item (shop->till, &other, QUAY_UNITS (1), NULL, NULL));
  g_assert_true (is_barred (shop));
  g_autoptr (QuayLot) lot = quay_till_cart_barred_by (shop->till, 0);
  g_assert_cmpstr (lot->code, ==, "L2");
  g_assert_cmpint (lot->expires, ==, quay_day_add (today, -1));
}

/* The label of a lot that is known to be past its date goes into the cart, where it stops the sale
 * until somebody answers for it; the label of a lot that nobody knows is refused at once. */
static void
test_expired_label (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayDay day = quay_day_add (quay_till_day (shop->till), -3);
  QuayId product = save_product (shop, "HAN", "50000");
  g_assert_true (quay_till_bind_code (shop->till, "08934567890120", &product, NULL));
  QuayId old = receive (shop, &product, 5, day, "L1");
  receive (shop, &product, 5, 20290101, "L2");
  g_autofree char *known = g_strdup_printf ("]C1010893456789012017%06d10L1", day % 1000000);
  g_autofree char *unknown = g_strdup_printf ("]C1010893456789012017%06d10L9", day % 1000000);
  g_autoptr (QuayScanned) refused = quay_till_scan (shop->till, unknown);
  g_assert_null (refused->line);
  g_assert_error (refused->refusal, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, known);
  g_assert_nonnull (scanned->line);
  g_assert_true (quay_till_cart_add (shop->till, scanned->line, NULL, NULL));
  g_assert_true (is_barred (shop));
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (quay_till_cart_allow_barred (shop->till, "khách biết và đồng ý", &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_nonnull (sale);
  assert_lot (shop, &old, 1, 50000, 42500);
}

/* A scanned lot is its own line and gives first; held back, it stops the sale even if nothing of it
 * is left on paper. */
static void
test_named (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId product = save_product (shop, "TEN", "50000");
  QuayId early = receive (shop, &product, 5, 20270101, "L1");
  QuayId late = receive (shop, &product, 1, 20280101, "L2");
  g_autoptr (QuayItem) item = quay_till_item (shop->till, &product);
  g_autoptr (QuayLine) line = quay_item_to_line (item, QUAY_UNITS (1), NULL);
  g_assert_true (quay_till_cart_add (shop->till, line, NULL, NULL));
  line->lot = g_strdup ("L2");
  g_assert_true (quay_till_cart_add (shop->till, line, NULL, NULL));
  g_assert_cmpuint (quay_till_cart (shop->till)->lines->len, ==, 2);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  assert_lot (shop, &early, 1, 50000, 42500);
  assert_lot (shop, &late, 1, 50000, 42500);
  block (shop, &late);
  g_assert_true (quay_till_cart_add (shop->till, line, NULL, NULL));
  g_assert_true (is_barred (shop));
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_autoptr (QuayLot) lot = quay_till_cart_barred_by (shop->till, 0);
  g_assert_cmpstr (lot->blocked, ==, "thu hồi");
}

/* What was read of lots for the cart serves the payment, but for what was booked in between; asking
 * takes nothing from a lot. */
static void
test_kept (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId product = save_product (shop, "GIU", "50000");
  QuayId late = receive (shop, &product, 5, 20280101, "L1");
  g_assert_true (quay_till_cart_add_item (shop->till, &product, QUAY_UNITS (2), NULL, NULL));
  g_assert_false (is_barred (shop));
  QuayId early = receive (shop, &product, 1, 20270101, "L2");
  g_autoptr (QuaySaleRecord) first = quay_test_shop_pay (shop);
  assert_lot (shop, &early, 1, 50000, 42500);
  assert_lot (shop, &late, 1, 50000, 42500);
  g_assert_true (quay_till_cart_add_item (shop->till, &product, QUAY_UNITS (3), NULL, NULL));
  for (int i = 0; i < 3; i++)
    g_assert_false (is_barred (shop));
  g_autoptr (QuaySaleRecord) second = quay_test_shop_pay (shop);
  assert_lot (shop, &late, 4, 200000, 170000);
  g_assert_true (quay_till_cart_add_item (shop->till, &product, QUAY_UNITS (1), NULL, NULL));
  g_assert_false (is_barred (shop));
  block (shop, &late);
  g_assert_true (is_barred (shop));
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* --- sold before the receipt --- */

static void
test_waiting (Fixture *shop, gconstpointer data)
{
  QuayQty done;
  g_autoptr (GError) error = NULL;
  QuayId product = save_product (shop, "CHO", "60000");
  g_autoptr (QuaySaleRecord) first = sell (shop, &product, 2);
  g_autoptr (QuaySaleRecord) second = sell (shop, &product, 3);
  g_autoptr (GPtrArray) list = quay_till_attention (shop->till);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpuint (quay_till_n_attention (shop->till), ==, 1);
  g_autoptr (GPtrArray) lines = quay_till_open_lines (shop->till, list->pdata[0]);
  g_assert_cmpuint (lines->len, ==, 2);
  const QuayOpenLine *newest = lines->pdata[0];
  g_assert_cmpstr (newest->number, ==, second->number);
  g_assert_cmpint (newest->qty.milli, ==, 3000);
  g_assert_cmpint (newest->amount.dong, ==, 180000);
  /* a lot that is too small takes the newest; the same id again does nothing */
  QuayId lot = receive (shop, &product, 4, 20270101, "L1");
  QuayId id = quay_till_new_id (shop->till);
  g_assert_false (quay_till_assign (shop->till, &id, newest, &lot, QUAY_UNITS (4), NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_assign (shop->till, &id, newest, &lot, QUAY_UNITS (1), NULL, &error));
  g_assert_true (quay_till_assign (shop->till, &id, newest, &lot, QUAY_UNITS (1), NULL, &error));
  assert_lot (shop, &lot, 1, 60000, 51000);
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &lot, &done, &error));
  g_assert_no_error (error);
  g_assert_cmpint (done.milli, ==, 3000);
  assert_lot (shop, &lot, 4, 240000, 204000);
  QuayId rest = receive (shop, &product, 4, 20270101, "L2");
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &rest, &done, &error));
  assert_lot (shop, &rest, 1, 60000, 51000);
  g_assert_cmpuint (quay_till_n_attention (shop->till), ==, 0);
  g_assert_cmpint (stock_of (shop, &product), ==, 3);
}

/* --- who bears what was spoilt --- */

static void
assert_spoilt (Fixture *shop, const QuayId *lot, gint64 loss, gint64 waste, gint64 cost)
{
  QuayLotSums sums;
  quay_reader_lot_sums (shop->till->reader, lot, &sums);
  g_assert_cmpint (sums.loss, ==, loss * 1000);
  g_assert_cmpint (sums.waste, ==, waste * 1000);
  g_assert_cmpint (sums.cost, ==, cost);
}

static void
spoil (Fixture *shop, const QuayId *product, gint64 units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  voucher->reason = g_strdup ("damaged");
  line->product = *product;
  line->name = g_strdup ("hàng");
  line->qty = QUAY_UNITS (units);
  line->bearer = 1;
  g_ptr_array_add (voucher->lines, line);
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_ISSUED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
}

/* The one line that @from gave to. */
static GPtrArray *
line_of (Fixture *shop, const QuayId *product, const QuayId *from)
{
  QuayAttention of = {
    .loc = quay_till_place (shop->till), .product = *product, .lot = *from, .qty = QUAY_UNITS (-9)
  };
  GPtrArray *lines = quay_till_open_lines (shop->till, &of);
  g_assert_cmpuint (lines->len, ==, 1);
  return lines;
}

static void
assign (Fixture *shop, GPtrArray *lines, const QuayId *to, gint64 units)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  quay_till_assign (shop->till, &id, lines->pdata[0], to, QUAY_UNITS (units), NULL, &error);
  g_assert_no_error (error);
}

/* What @from gave to a document is given by @to. */
static void
reassign (Fixture *shop, const QuayId *product, const QuayId *from, const QuayId *to, gint64 units)
{
  g_autoptr (GPtrArray) lines = line_of (shop, product, from);
  assign (shop, lines, to, units);
}

static void
give_back (Fixture *shop, const QuaySaleRecord *sale, gint64 units, gboolean restock)
{
  g_autoptr (GError) error = NULL;
  QuayRefundAsk ask = { 1, QUAY_UNITS (units), restock };
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number =
      quay_till_refund (shop->till, &id, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The producer bears the loss of his own goods alone: what the shop has bought costs what it cost,
 * also if the paper says otherwise and was there before the lot was known. */
static void
test_bearer (Fixture *shop, gconstpointer data)
{
  QuayQty done;
  g_autoptr (GError) error = NULL;
  QuayTerms own = { .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (10000) };
  QuayId product = save_product (shop, "HU", "20000");
  spoil (shop, &product, 2);
  QuayId bought = receive_on (shop, &product, own, 5, 20270101, "L1");
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &bought, &done, &error));
  g_assert_cmpint (done.milli, ==, 2000);
  assert_spoilt (shop, &bought, 2, 0, 20000);
  QuayId consigned = receive (shop, &product, 5, 20270201, "L2");
  reassign (shop, &product, &bought, &consigned, 2);
  assert_spoilt (shop, &bought, 0, 0, 0);
  assert_spoilt (shop, &consigned, 0, 2, 0);
  reassign (shop, &product, &consigned, &bought, 2);
  assert_spoilt (shop, &bought, 2, 0, 20000);
  assert_spoilt (shop, &consigned, 0, 0, 0);
  spoil (shop, &product, 4);
  assert_spoilt (shop, &bought, 5, 0, 50000);
  assert_spoilt (shop, &consigned, 0, 1, 0);
  g_assert_cmpuint (quay_till_n_attention (shop->till), ==, 0);
}

/* --- given twice, given back elsewhere --- */

/* What came back to another place than it was sold at was not given beyond what was taken. */
static void
test_back_elsewhere (Fixture *shop, gconstpointer data)
{
  QuayQty done;
  QuayId floor = shop->till->floor;
  QuayId product = save_product (shop, "XA", "60000");
  g_autoptr (QuaySaleRecord) sale = sell (shop, &product, 2);
  QuayId first = receive (shop, &product, 5, 20270101, "L1");
  QuayId second = receive (shop, &product, 5, 20270201, "L2");
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &first, &done, NULL));
  reassign (shop, &product, &first, &second, 1);
  shop->till->floor = quay_till_new_id (shop->till);
  give_back (shop, sale, 2, TRUE);
  shop->till->floor = floor;
  assert_lot (shop, &first, 0, 0, 0);
  assert_lot (shop, &second, 0, 0, 0);
  g_autoptr (GPtrArray) list = quay_till_attention (shop->till);
  g_assert_cmpuint (list->len, ==, 0);
}

/* One till books spoilt goods back to a lot while another gives them to a second lot: the first one
 * keeps them, and what they cost. */
static void
test_spoilt_and_given (Fixture *shop, gconstpointer data)
{
  QuayQty done;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  QuayId product = save_product (shop, "HAI", "60000");
  g_autoptr (QuaySaleRecord) sale = sell (shop, &product, 1);
  QuayId first = receive (shop, &product, 5, 20270101, "L1");
  QuayId second = receive (shop, &product, 5, 20270201, "L2");
  g_assert_true (quay_till_assign_waiting (shop->till, &product, &first, &done, &error));
  g_autoptr (GPtrArray) seen_before = line_of (shop, &product, &first);
  give_back (shop, sale, 1, FALSE);
  assign (shop, seen_before, &second, 1);
  g_autoptr (GPtrArray) list = quay_till_attention (shop->till);
  g_assert_cmpuint (list->len, ==, 1);
  quay_till_clear_balance (shop->till, &id, list->pdata[0], NULL, &done, &error);
  g_assert_no_error (error);
  assert_spoilt (shop, &first, 1, 0, 51000);
  assert_lot (shop, &first, 0, 0, 51000);
  assert_lot (shop, &second, 0, 0, 0);
  g_autoptr (GPtrArray) cleared = quay_till_attention (shop->till);
  g_assert_cmpuint (cleared->len, ==, 0);
}

/* --- baskets --- */

typedef struct
{
  QuayId basket, a, b, lot_a, lot_b;
} Basket;

/* Of two A at 60.000 and one B at 40.000, for 150.000. */
static Basket
make_basket (Fixture *shop)
{
  g_autoptr (GError) error = NULL;
  Basket out = { .basket = save_product (shop, "GIO", "150000"),
                 .a = save_product (shop, "GA", "60000"),
                 .b = save_product (shop, "GB", "40000") };
  QuayPart parts[] = { { .product = out.a, .qty = QUAY_UNITS (2) },
                       { .product = out.b, .qty = QUAY_UNITS (1) } };
  g_autoptr (GPtrArray) recipe = g_ptr_array_new ();
  g_ptr_array_add (recipe, &parts[0]);
  g_ptr_array_add (recipe, &parts[1]);
  out.lot_a = receive (shop, &out.a, 9, 20270601, "A1");
  out.lot_b = receive (shop, &out.b, 9, 20270501, "B1");
  quay_till_set_recipe (shop->till, &out.basket, recipe, &error);
  g_assert_no_error (error);
  return out;
}

static void
test_baskets (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Basket of = make_basket (shop);
  g_autoptr (QuayBasket) now = quay_till_basket (shop->till, &of.basket);
  g_assert_cmpint (now->enough, ==, 4);
  g_assert_cmpint (now->whole.dong, ==, 160000);
  g_assert_cmpint (now->cost.dong, ==, 136000);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = quay_till_bundle (shop->till, &id, &of.basket, 3, &error);
  g_assert_no_error (error);
  g_autofree char *again = quay_till_bundle (shop->till, &id, &of.basket, 3, &error);
  g_assert_cmpstr (again, ==, number);
  g_assert_cmpint (stock_of (shop, &of.basket), ==, 3);
  g_assert_cmpint (stock_of (shop, &of.a), ==, 3);
  g_autoptr (GPtrArray) lots = quay_till_lots (shop->till, &of.basket);
  g_assert_cmpint (((QuayLot *)lots->pdata[0])->expires, ==, 20270501); /* its first part's */
  QuayId apart = quay_till_new_id (shop->till);
  g_assert_null (quay_till_unbundle (shop->till, &apart, &of.basket, &id, 4, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_autofree char *taken = quay_till_unbundle (shop->till, &apart, &of.basket, &id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stock_of (shop, &of.basket), ==, 2);
  g_assert_cmpint (stock_of (shop, &of.a), ==, 5);
  g_assert_cmpint (quay_till_baskets_enough (shop->till, &of.basket), ==, 2);
  g_autoptr (QuayItem) item = quay_till_item (shop->till, &of.basket);
  g_autoptr (GPtrArray) found = quay_till_search (shop->till, item->sku, 1);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (((QuayItem *)found->pdata[0])->makes, ==, 2);
}

/* Three of which two stand ready: what each part is paid is its share by shelf prices, and all of
 * it comes back. */
static void
test_sell_baskets (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Basket of = make_basket (shop);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = quay_till_bundle (shop->till, &id, &of.basket, 2, &error);
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) sale = sell (shop, &of.basket, 3);
  assert_lot (shop, &of.lot_a, 6, 337500, 286875); /* ¾ of 450.000, of which 85 % */
  assert_lot (shop, &of.lot_b, 3, 112500, 95625);
  g_assert_cmpint (stock_of (shop, &of.basket), ==, 0);
  g_assert_cmpint (stock_of (shop, &of.a), ==, 3);
  QuayId back = quay_till_new_id (shop->till), all = quay_till_new_id (shop->till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  g_autofree char *one =
      quay_till_refund (shop->till, &back, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stock_of (shop, &of.basket), ==, 1); /* a whole one */
  g_assert_cmpint (stock_of (shop, &of.a), ==, 3);
  assert_lot (shop, &of.lot_a, 4, 225000, 191250);
  g_autofree char *refund =
      quay_till_refund (shop->till, &all, sale->number, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_lot (shop, &of.lot_a, 0, 0, 0);
  assert_lot (shop, &of.lot_b, 0, 0, 0);
  g_assert_cmpint (stock_of (shop, &of.basket), ==, 2);
  g_assert_cmpint (stock_of (shop, &of.a), ==, 5);
}

/* Two lines of one sale open the same lot's baskets: each takes what is in them, no more. */
static void
test_two_lines (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Basket of = make_basket (shop);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = quay_till_bundle (shop->till, &id, &of.basket, 4, &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_cart_add_item (shop->till, &of.basket, QUAY_UNITS (2), NULL, NULL));
  g_assert_true (quay_till_cart_set_note (shop->till, 0, "quà", NULL));
  g_assert_true (quay_till_cart_add_item (shop->till, &of.basket, QUAY_UNITS (1), NULL, NULL));
  g_assert_cmpuint (quay_till_cart (shop->till)->lines->len, ==, 2);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_autoptr (GPtrArray) inside = quay_reader_place (shop->till->reader, &id);
  g_assert_cmpuint (inside->len, ==, 2);
  for (guint i = 0; i < inside->len; i++)
    {
      const QuayPart *part = inside->pdata[i];
      gboolean a = quay_id_equal (&part->product, &of.a);
      g_assert_cmpint (part->qty.milli, ==, a ? 2000 : 1000);
    }
}

static void
test_recipe (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Basket of = make_basket (shop);
  QuayPart inner = { .product = of.basket, .qty = QUAY_UNITS (1) };
  QuayPart half = { .product = of.a, .qty = QUAY_MILLI (500) };
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_ptr_array_add (parts, &inner);
  g_assert_false (quay_till_set_recipe (shop->till, &of.b, parts, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  parts->pdata[0] = &half; /* sold by the piece */
  g_assert_false (quay_till_set_recipe (shop->till, &of.basket, parts, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_ptr_array_set_size (parts, 0);
  g_assert_true (quay_till_set_recipe (shop->till, &of.basket, parts, NULL));
  g_assert_null (quay_till_basket (shop->till, &of.basket));
  g_assert_cmpint (quay_till_baskets_enough (shop->till, &of.basket), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/lots/last-day", test_last_day);
  ADD ("/lots/expired-label", test_expired_label);
  ADD ("/lots/named", test_named);
  ADD ("/lots/kept", test_kept);
  ADD ("/lots/waiting", test_waiting);
  ADD ("/lots/bearer", test_bearer);
  ADD ("/lots/back-elsewhere", test_back_elsewhere);
  ADD ("/lots/spoilt-and-given", test_spoilt_and_given);
  ADD ("/lots/baskets", test_baskets);
  ADD ("/lots/sell-baskets", test_sell_baskets);
  ADD ("/lots/two-lines", test_two_lines);
  ADD ("/lots/recipe", test_recipe);
  return g_test_run ();
}
