/* Paying the producers: what settlements say, whatever comes late; accounts and pay-outs; every
 * figure is the sum over lots, and the file stays sound. */
#include "quay-test-exchange.h"
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-consign.h"
#include "quay-reader-lots.h"
#include "quay-till-goods.h"
#include "quay-till-partner.h"
#include "quay-till-private.h"
#include "quay-till-settle.h"

#define TEA "2900000000049" /* 60.000 đ, 8 % VAT */
#define WEIGHED "OCOP028"   /* 60.000 đ a kg */

typedef struct
{
  QuayTestShop shop;
  QuayId producer;
} Fixture;

static QuayId
add_producer (QuayTill *till, const char *name)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  edit->name = g_strdup (name);
  edit->terms = g_strdup ("commission");
  edit->commission = g_strdup ("15");
  g_assert_true (quay_till_save_partner (till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  return id;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (&f->shop, TRUE);
  f->producer = add_producer (f->shop.till, "Tổ hợp tác Bản Mới");
}

static void
assert_sound (QuayTill *till)
{
  QuayVerdict verdict;
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_store_verify (till->store, TRUE, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  assert_sound (f->shop.till);
  quay_test_shop_clear (&f->shop);
}

/* --- scenes --- */

static QuayId
product_of (Fixture *f, const char *sku)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (f->shop.till, sku);
  g_assert_nonnull (item);
  return item->product;
}

static QuayId
post_goods (Fixture *f, QuayGoodsKind kind, const char *reason, QuayVoucherLine *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayId id = quay_till_new_id (f->shop.till);
  QuayId lot = line->lot;
  g_ptr_array_add (voucher->lines, line);
  voucher->reason = g_strdup (reason);
  g_autofree char *number =
      quay_till_post_goods (f->shop.till, &id, kind, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  return lot;
}

static QuayId
receive (Fixture *f, const char *sku, QuayQty qty, QuayTerms terms)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = product_of (f, sku);
  line->name = g_strdup (sku);
  line->lot = quay_till_new_id (f->shop.till);
  line->producer = f->producer;
  line->qty = qty;
  line->terms = terms;
  return post_goods (f, QUAY_GOODS_RECEIVED, "consigned", line);
}

static QuayId
receive_tea (Fixture *f, gint64 units)
{
  QuayTerms terms = { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  return receive (f, "OCOP004", QUAY_UNITS (units), terms);
}

static void
issue_tea (Fixture *f, gint64 units, const char *reason, gboolean bearer)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = product_of (f, "OCOP004");
  line->name = g_strdup ("Trà nụ vối");
  line->qty = QUAY_UNITS (units);
  line->bearer = bearer;
  post_goods (f, QUAY_GOODS_ISSUED, reason, line);
}

static QuaySaleRecord *
sell_tea (Fixture *f, gint64 units)
{
  quay_test_shop_scan (&f->shop, TEA);
  g_assert_true (quay_till_cart_set_qty (f->shop.till, 0, QUAY_UNITS (units), NULL));
  return quay_test_shop_pay (&f->shop);
}

static void
give_back (Fixture *f, const QuaySaleRecord *sale, gint64 units)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->shop.till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (units), .restock = TRUE };
  g_autofree char *number =
      quay_till_refund (f->shop.till, &id, sale->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Settles and returns what was posted. */
static QuaySettledRecord *
settle (Fixture *f, gint64 tax)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->shop.till);
  QuaySettleAsk ask = { .from = 20261101, .to = 20261130, .tax = QUAY_DONG (tax) };
  g_autofree char *number = quay_till_settle (f->shop.till, &id, &f->producer, &ask, &error);
  g_assert_no_error (error);
  QuaySettledRecord *record = quay_till_settlement (f->shop.till, &id);
  g_assert_nonnull (record);
  g_assert_cmpstr (record->settled->number, ==, number);
  g_autofree char *again = quay_till_settle (f->shop.till, &id, &f->producer, &ask, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, number);
  return record;
}

static void
assert_lot (const QuaySettledLot *lot, gint64 opening, gint64 in, gint64 sold, gint64 closing,
            gint64 amount, gint64 cost)
{
  g_assert_cmpint (lot->opening.milli, ==, opening * 1000);
  g_assert_cmpint (lot->in.milli, ==, in * 1000);
  g_assert_cmpint (lot->sold.milli, ==, sold * 1000);
  g_assert_cmpint (quay_settled_lot_closing (lot).milli, ==, closing * 1000);
  g_assert_cmpint (lot->amount.dong, ==, amount);
  g_assert_cmpint (lot->cost.dong, ==, cost);
}

static void
assert_owed (Fixture *f, gint64 owed)
{
  g_assert_cmpint (quay_till_owed (f->shop.till, &f->producer).dong, ==, owed);
  g_autoptr (GPtrArray) entries = quay_till_entries (f->shop.till, &f->producer);
  gint64 sum = 0;
  for (guint i = 0; i < entries->len; i++)
    sum += ((const QuayEntryRecord *)entries->pdata[i])->amount.dong;
  g_assert_cmpint (sum, ==, owed);
  if (entries->len > 0)
    g_assert_cmpint (((const QuayEntryRecord *)entries->pdata[0])->balance.dong, ==, owed);
}

static char *
book (Fixture *f, const char *kind, gint64 amount, gint64 money, const char *why, GError **error)
{
  QuayId id = quay_till_new_id (f->shop.till);
  QuayEntry entry = { .producer = f->producer,
                      .kind = (char *)kind,
                      .amount = QUAY_DONG (amount),
                      .tender = QUAY_TENDER_CASH,
                      .money = money,
                      .why = (char *)why };
  return quay_till_post_entry (f->shop.till, &id, &entry, error);
}

/* --- settlements --- */

/* A sale after the settlement, and a refund of one that was in it, fall into the next. */
static void
test_late (Fixture *f, gconstpointer data)
{
  QuayId lot = receive_tea (f, 10);
  g_autoptr (QuaySaleRecord) early = sell_tea (f, 3);
  g_autoptr (QuaySettledRecord) first = settle (f, 0);
  g_assert_cmpuint (first->settled->lots->len, ==, 1);
  assert_lot (first->settled->lots->pdata[0], 0, 10, 3, 7, 180000, 153000);
  assert_owed (f, 153000);
  g_autoptr (QuaySaleRecord) late = sell_tea (f, 2);
  give_back (f, early, 1);
  g_autoptr (QuaySettledRecord) second = settle (f, 1000);
  assert_lot (second->settled->lots->pdata[0], 7, 0, 1, 6, 60000, 51000);
  g_assert_cmpint (second->before.dong, ==, 153000);
  assert_owed (f, 153000 + 51000 - 1000);
  QuayLotSums sums;
  quay_reader_lot_sums (f->shop.till->reader, &lot, &sums);
  g_assert_cmpint (sums.cost, ==, first->settled->cost.dong + second->settled->cost.dong);
  g_assert_cmpint (sums.amount, ==, first->settled->amount.dong + second->settled->amount.dong);
}

/* More came back than was sold since: the producer owes, and it is carried forward. */
static void
test_negative (Fixture *f, gconstpointer data)
{
  receive_tea (f, 10);
  g_autoptr (QuaySaleRecord) sale = sell_tea (f, 3);
  g_autoptr (QuaySettledRecord) first = settle (f, 0);
  g_autofree char *paid = book (f, "payout", -153000, 1, NULL, NULL);
  g_assert_true (g_str_has_prefix (paid, "QT1A-PC26-"));
  assert_owed (f, 0);
  give_back (f, sale, 2);
  g_autoptr (QuaySettledRecord) second = settle (f, 0);
  assert_lot (second->settled->lots->pdata[0], 7, 0, -2, 9, -120000, -102000);
  assert_owed (f, -102000);
  g_autoptr (QuaySaleRecord) more = sell_tea (f, 4);
  g_autoptr (QuaySettledRecord) third = settle (f, 0);
  assert_owed (f, 102000);
}

/* Goods spoilt on the shelf: the shop owes its producer for the first, not for the second. */
static void
test_loss (Fixture *f, gconstpointer data)
{
  receive_tea (f, 10);
  issue_tea (f, 2, "damaged", FALSE);
  issue_tea (f, 1, "damaged", TRUE);
  issue_tea (f, 4, "returned", FALSE);
  g_autoptr (QuaySettledRecord) record = settle (f, 0);
  const QuaySettledLot *lot = record->settled->lots->pdata[0];
  assert_lot (lot, 0, 10, 0, 3, 0, 102000);
  g_assert_cmpint (lot->loss.milli, ==, 2000);
  g_assert_cmpint (lot->waste.milli, ==, 1000);
  g_assert_cmpint (lot->back.milli, ==, 4000);
  assert_owed (f, 102000);
}

/* Ways of agreeing, each worked out by hand for three at 60.000 đ with 8 % VAT. */
static void
test_terms (Fixture *f, gconstpointer data)
{
  static const struct
  {
    QuayTerms terms;
    gint64 paid; /* a unit */
    gint64 cost;
  } cases[] = {
    { { .kind = QUAY_TERMS_TRANSFER, .price = { 45000 } }, 60000, 135000 },
    { { .kind = QUAY_TERMS_TRANSFER, .price = { 45000 } }, 50000, 135000 },
    /* 85 % of 150.000 and of 180.000 */
    { { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 }, 50000, 127500 },
    { { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500, .base = QUAY_BASE_SHELF },
      50000,
      153000 },
    /* 180.000 without VAT are 166.667; 85 % of it 141.666,95 */
    { { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500, .net_of_vat = 1 }, 60000, 141667 },
    { { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 10000 }, 60000, 0 },
    { { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 0 }, 60000, 180000 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      receive (f, "OCOP004", QUAY_UNITS (3), cases[i].terms);
      g_autoptr (QuayScanned) scanned = quay_till_scan (f->shop.till, TEA);
      scanned->line->price = QUAY_DONG (cases[i].paid);
      scanned->line->qty = QUAY_UNITS (3);
      g_assert_true (quay_till_cart_add (f->shop.till, scanned->line, NULL, &error));
      g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&f->shop);
      g_assert_cmpint (sale->total.dong, ==, cases[i].paid * 3);
      g_autoptr (QuaySettledRecord) record = settle (f, 0);
      g_assert_cmpint (record->settled->amount.dong, ==, cases[i].paid * 3);
      g_assert_cmpint (record->settled->cost.dong, ==, cases[i].cost);
    }
}

/* The share is rounded once a line, half away from zero; what comes back is rounded as it went. */
static void
test_rounding (Fixture *f, gconstpointer data)
{
  static const struct
  {
    gint64 grams;
    gint64 amount;
    gint64 share; /* of 87,5 % */
  } weights[] = {
    { 485, 29100, 25463 },                        /* 25.462,5 */
    { 250, 15000, 13125 }, { 333, 19980, 17483 }, /* 17.482,5 */
    { 1, 60, 53 },                                /* 52,5 */
    { 7, 420, 368 },                              /* 367,5 */
  };
  gint64 amount = 0, share = 0;
  QuayTerms terms = { .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1250 };
  receive (f, WEIGHED, QUAY_UNITS (10), terms);
  QuayId product = product_of (f, WEIGHED);
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      g_autoptr (GError) error = NULL;
      quay_till_cart_add_item (f->shop.till, &product, QUAY_MILLI (weights[i].grams), NULL, &error);
      g_assert_no_error (error);
      g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&f->shop);
      g_assert_cmpint (sale->total.dong, ==, weights[i].amount);
      amount += weights[i].amount;
      share += weights[i].share;
    }
  g_autoptr (QuaySettledRecord) record = settle (f, 0);
  g_assert_cmpint (record->settled->amount.dong, ==, amount);
  g_assert_cmpint (record->settled->cost.dong, ==, share);
}

static void
assert_refused (Fixture *f, const QuaySettleAsk *ask, int code)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->shop.till);
  g_assert_null (quay_till_settle (f->shop.till, &id, &f->producer, ask, &error));
  g_assert_error (error, QUAY_ERROR, code);
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  QuaySettleAsk ask = { .from = 20261101, .to = 20261130 };
  assert_refused (f, &ask, QUAY_ERROR_REFUSED); /* nothing there */
  receive_tea (f, 2);
  g_autoptr (QuaySettledRecord) seen = quay_till_unsettled (f->shop.till, &f->producer, NULL);
  g_autoptr (QuaySaleRecord) sale = sell_tea (f, 1);
  ask.seen = seen->settled;
  assert_refused (f, &ask, QUAY_ERROR_REFUSED); /* one was sold meanwhile */
  ask.seen = NULL;
  ask.tax = QUAY_DONG (51001);
  assert_refused (f, &ask, QUAY_ERROR_INVALID);
  ask.tax = QUAY_DONG (-1);
  assert_refused (f, &ask, QUAY_ERROR_INVALID);
  ask.tax = QUAY_DONG (0);
  ask.from = 20261201;
  assert_refused (f, &ask, QUAY_ERROR_INVALID);
  ask.from = 20261101;
  /* the sample shop has tea of no lot: all of it, and two more */
  g_autoptr (QuayItem) item = quay_till_item_by_sku (f->shop.till, "OCOP004");
  g_autoptr (QuaySaleRecord) beyond = sell_tea (f, item->stock.milli / 1000 + 2);
  assert_refused (f, &ask, QUAY_ERROR_REFUSED);
  g_autoptr (GPtrArray) doubt = quay_till_in_doubt (f->shop.till, &f->producer);
  g_assert_cmpuint (doubt->len, ==, 1);
  g_assert_cmpstr (doubt->pdata[0], ==, item->name);
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->shop.till);
  ask.why = "đã kiểm lại với cơ sở";
  g_autofree char *number = quay_till_settle (f->shop.till, &id, &f->producer, &ask, &error);
  g_assert_no_error (error);
}

/* 200 lots: three events of one document, one line of the account. */
static void
test_long (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayId id = quay_till_new_id (f->shop.till);
  for (guint i = 0; i < 200; i++)
    {
      QuayVoucherLine *line = quay_voucher_line_new ();
      line->product = product_of (f, "OCOP004");
      line->name = g_strdup ("Trà nụ vối");
      line->lot = quay_till_new_id (f->shop.till);
      line->producer = f->producer;
      line->qty = QUAY_UNITS (1);
      line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
      g_ptr_array_add (voucher->lines, line);
    }
  g_autofree char *number =
      quay_till_post_goods (f->shop.till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) sale = sell_tea (f, 190);
  g_autoptr (QuaySettledRecord) record = settle (f, 500);
  g_assert_cmpuint (record->settled->lots->len, ==, 200);
  g_assert_cmpint (record->settled->cost.dong, ==, 190 * 51000);
  g_assert_cmpint (record->settled->tax.dong, ==, 500);
  assert_owed (f, 190 * 51000 - 500);
  g_autoptr (GPtrArray) entries = quay_till_entries (f->shop.till, &f->producer);
  g_assert_cmpuint (entries->len, ==, 1);
  g_autoptr (GPtrArray) list = quay_till_settlements (f->shop.till, NULL, 10);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((QuaySettledRecord *)list->pdata[0])->settled->cost.dong, ==, 190 * 51000);
}

/* --- accounts --- */

static void
test_account (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayMoney before, after;
  receive_tea (f, 10);
  g_autoptr (QuaySaleRecord) sale = sell_tea (f, 4);
  g_assert_true (quay_till_shift (f->shop.till, NULL, &before));
  g_autofree char *advance = book (f, "advance", -50000, 1, "ứng trước", &error);
  g_assert_no_error (error);
  g_autofree char *charge = book (f, "charge", -4000, 0, "tem nhãn", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (charge, "QT1A-BT26-"));
  g_autoptr (QuaySettledRecord) record = settle (f, 0);
  assert_owed (f, 4 * 51000 - 54000);
  g_assert_null (book (f, "payout", -150001, 1, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  QuayId id = quay_till_new_id (f->shop.till);
  QuayEntry payout = { .producer = f->producer,
                       .kind = (char *)"payout",
                       .amount = QUAY_DONG (-150000),
                       .tender = QUAY_TENDER_CASH,
                       .money = 1,
                       .doc = record->id };
  g_autofree char *paid = quay_till_post_entry (f->shop.till, &id, &payout, &error);
  g_assert_no_error (error);
  assert_owed (f, 0);
  g_autoptr (GPtrArray) entries = quay_till_entries (f->shop.till, &f->producer);
  g_assert_cmpstr (((QuayEntryRecord *)entries->pdata[0])->doc_number, ==, record->settled->number);
  g_autoptr (QuaySettledRecord) after_paid = quay_till_settlement (f->shop.till, &record->id);
  g_assert_cmpint (after_paid->paid.dong, ==, 150000);
  g_assert_cmpint (after_paid->before.dong, ==, -54000);
  g_assert_true (quay_till_shift (f->shop.till, NULL, &after));
  g_assert_cmpint (after.dong, ==, before.dong - 200000);
  static const struct
  {
    const char *kind;
    gint64 amount, money;
  } wrong[] = { { "payout", 1, 1 },       { "advance", -1, 0 }, { "charge", -1, 1 },
                { "charge", -1, 0 },      { "gift", -1, 0 },    { "correction", 0, 0 },
                { "correction", -10, 0 }, { "goods", -10, 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (book (f, wrong[i].kind, wrong[i].amount, wrong[i].money, NULL, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      g_clear_error (&error);
    }
}

/* The producer takes goods and pays by what is owed: the drawer is as if nothing was sold. */
static void
test_goods (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayMoney before, after;
  receive_tea (f, 10);
  g_autoptr (QuaySaleRecord) first = sell_tea (f, 4);
  g_assert_true (quay_till_shift (f->shop.till, NULL, &before));
  quay_test_shop_scan (&f->shop, "2900000000018");
  g_autoptr (QuaySaleRecord) noodles = quay_test_shop_pay (&f->shop);
  QuayId id = quay_till_new_id (f->shop.till);
  g_autofree char *number =
      quay_till_take_off_sale (f->shop.till, &id, &f->producer, noodles->number, &error);
  g_assert_no_error (error);
  g_autofree char *again =
      quay_till_take_off_sale (f->shop.till, &id, &f->producer, noodles->number, &error);
  g_assert_cmpstr (again, ==, number);
  g_assert_true (quay_till_shift (f->shop.till, NULL, &after));
  g_assert_cmpint (after.dong, ==, before.dong);
  assert_owed (f, -65000);
  QuayId other = quay_till_new_id (f->shop.till);
  g_assert_null (
      quay_till_take_off_sale (f->shop.till, &other, &f->producer, noodles->number, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_autoptr (QuaySettledRecord) record = settle (f, 0);
  g_assert_cmpint (record->before.dong, ==, -65000);
  assert_owed (f, 4 * 51000 - 65000);
  g_autoptr (GPtrArray) entries = quay_till_entries (f->shop.till, &f->producer);
  g_assert_cmpstr (((QuayEntryRecord *)entries->pdata[1])->doc_number, ==, noodles->number);
}

/* --- two tills --- */

/* Both settle the same without knowing of each other; whoever settles next takes one of them
 * back. */
static void
test_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .shop = "Quế Thanh", .till_code = "QT2", .language = "vi", .width_mm = 80 };
  QuayTestShop other = { 0 };
  quay_test_env_init (&other.env, 2);
  other.dir = quay_test_dir ();
  quay_till_make_shop (other.dir, &setup, &other.env.env, &error);
  g_assert_no_error (error);
  other.till = quay_till_open_with (other.dir, NULL, &other.env.env, &error);
  g_assert_no_error (error);
  receive_tea (f, 10);
  g_autoptr (QuaySaleRecord) sale = sell_tea (f, 3);
  quay_test_pull_all (other.till->store, f->shop.till->store, 100);
  g_autoptr (QuaySettledRecord) mine = settle (f, 0);
  QuayId id = quay_till_new_id (other.till);
  QuaySettleAsk ask = { .from = 20261101, .to = 20261130 };
  g_autofree char *number = quay_till_settle (other.till, &id, &f->producer, &ask, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (number, "QT2A-QT26-"));
  quay_test_pull_all (f->shop.till->store, other.till->store, 100);
  assert_owed (f, 2 * 153000);
  g_autoptr (QuaySettledRecord) right = settle (f, 0);
  assert_lot (right->settled->lots->pdata[0], 14, -10, -3, 7, -180000, -153000);
  assert_owed (f, 153000);
  assert_sound (other.till);
  quay_test_shop_clear (&other);
}

/* What lies there is worth its shelf price. */
static void
test_list (Fixture *f, gconstpointer data)
{
  receive_tea (f, 10);
  g_autoptr (QuaySaleRecord) sale = sell_tea (f, 3);
  g_autoptr (QuaySettledRecord) record = settle (f, 0);
  g_autoptr (GPtrArray) all = quay_till_partners (f->shop.till);
  gboolean found = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const QuayPartner *partner = all->pdata[i];
      if (!quay_id_equal (&partner->id, &f->producer))
        continue;
      found = TRUE;
      g_assert_cmpint (partner->owed.dong, ==, 153000);
      g_assert_cmpint (partner->on_shelf.dong, ==, 420000);
      g_assert_cmpint (partner->settled, ==, record->day);
    }
  g_assert_true (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/settle/late", test_late);
  ADD ("/settle/negative", test_negative);
  ADD ("/settle/loss", test_loss);
  ADD ("/settle/terms", test_terms);
  ADD ("/settle/rounding", test_rounding);
  ADD ("/settle/refusals", test_refusals);
  ADD ("/settle/long", test_long);
  ADD ("/settle/account", test_account);
  ADD ("/settle/goods", test_goods);
  ADD ("/settle/twice", test_twice);
  ADD ("/settle/list", test_list);
  return g_test_run ();
}
