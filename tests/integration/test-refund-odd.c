/* Odd refunds: sales of weights, several rates, promotions and discounts, paid by everything at
 * once with rounded cash, come back in pieces, and in the end leave what there was before. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-discount.h"
#include "quay-till-prices.h"
#include "quay-till-promotions.h"
#include "quay-till-refunds.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */
#define SALES 12

typedef struct
{
  QuayTestShop shop;
  QuayId customer;
} Fixture;

static void
set (Fixture *f, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_set_setting (f->shop.till, key, value, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  quay_test_shop_init (&f->shop, TRUE);
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->name = g_strdup ("Chị Lan");
  edit->limit = g_strdup ("900tr");
  edit->consents[QUAY_CONSENT_LOYALTY] = 1;
  edit->how = "signed";
  f->customer = QUAY_ID_NIL;
  g_assert_true (quay_till_save_customer (f->shop.till, &f->customer, edit, &refusals, &error));
  set (f, "shop.points", "10000");
  set (f, "shop.point_worth", "500");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_assert_sound (&f->shop);
  quay_test_shop_clear (&f->shop);
}

/* Tea: of three the cheapest is free. */
static QuayId
promote_tea (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = quay_promotion_new ();
  p->id = quay_till_new_id (f->shop.till);
  p->name = g_strdup ("Mua 2 tặng 1");
  p->kind = QUAY_PROMO_GET;
  p->buy = 2;
  p->get = 1;
  p->scope = QUAY_PROMO_CATEGORY;
  p->category = g_strdup ("tea");
  quay_till_save_promotion (f->shop.till, p, &error);
  g_assert_no_error (error);
  return p->id;
}

/* What must be as it was when all has come back. */
typedef struct
{
  gint64 debt;
  gint64 points;
  gint64 cash;
  gint64 noodles;
  gint64 tea;
} State;

static State
state_of (Fixture *f)
{
  QuayMoney cash = QUAY_DONG (0);
  g_autoptr (QuayCustomer) customer = quay_till_customer (f->shop.till, &f->customer);
  g_autoptr (QuayItem) noodles = quay_till_item_by_sku (f->shop.till, "OCOP001");
  g_autoptr (QuayItem) tea = quay_till_item_by_sku (f->shop.till, "OCOP004");
  quay_till_shift (f->shop.till, NULL, &cash);
  return (State){ customer->debt.dong, customer->points, cash.dong, noodles->stock.milli,
                  tea->stock.milli };
}

static void
assert_same (State a, State b)
{
  g_assert_cmpint (a.debt, ==, b.debt);
  g_assert_cmpint (a.points, ==, b.points);
  g_assert_cmpint (a.cash, ==, b.cash);
  g_assert_cmpint (a.noodles, ==, b.noodles);
  g_assert_cmpint (a.tea, ==, b.tea);
}

/* Goods by weight at a price that divides by nothing. */
static void
add_weighed (Fixture *f)
{
  static const gint64 rates[] = { 500, 800, 1000, QUAY_RATE_NOT_TAXED };
  g_autoptr (GError) error = NULL;
  QuayLine line = { .kind = QUAY_LINE_WEIGHED,
                    .name = (char *)"Nấm",
                    .unit = (char *)"kg",
                    .price = QUAY_DONG (g_test_rand_int_range (7, 99999)),
                    .qty = QUAY_MILLI (g_test_rand_int_range (5, 3000)),
                    .vat_class = (char *)"A_CRAFT",
                    .rate_bp = rates[g_test_rand_int_range (0, 4)] };
  g_assert_true (quay_till_cart_add (f->shop.till, &line, NULL, &error));
  g_assert_no_error (error);
}

static void
fill_cart (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gint64 n[] = { g_test_rand_int_range (0, 5), g_test_rand_int_range (0, 3) };
  const char *const codes[] = { TEA, NOODLES };
  for (guint i = 0; i < 2; i++)
    for (gint64 k = 0; k < n[i]; k++)
      quay_test_shop_scan (&f->shop, codes[i]);
  for (gint64 k = g_test_rand_int_range (1, 4); k > 0; k--)
    add_weighed (f);
  if (g_test_rand_bit ())
    g_assert_true (quay_till_cart_discount (f->shop.till, g_test_rand_int_range (1, 3000),
                                            QUAY_DONG (0), "khách quen", &error));
  g_assert_true (quay_till_cart_set_customer (f->shop.till, &f->customer, &error));
  g_assert_no_error (error);
}

/* Some of it by each tender; what is left in cash, rounded or to the đồng. */
static QuaySaleRecord *
pay_somehow (Fixture *f)
{
  static const QuayTender tenders[] = { QUAY_TENDER_DEBT, QUAY_TENDER_CARD, QUAY_TENDER_TRANSFER };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  gint64 left = quay_cart_totals (quay_till_cart (f->shop.till)).total.dong;
  gint64 points = quay_till_points_usable (f->shop.till).dong;
  if (points > 0 && g_test_rand_bit ())
    {
      payments = quay_test_payment (payments, QUAY_TENDER_POINTS, points);
      left -= points;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    if (left > 1 && g_test_rand_int_range (0, 3) == 0)
      {
        gint64 part = g_test_rand_bit () ? left : g_test_rand_int_range (1, (gint32)left);
        payments = quay_test_payment (payments, tenders[i], part);
        left -= part;
      }
  if (left > 0 || payments == NULL)
    payments = quay_test_payment (payments, QUAY_TENDER_CASH,
                                  left < 500 || g_test_rand_bit () ? left : left + 600000);
  QuaySaleRecord *sale = quay_till_pay (f->shop.till, payments, &error);
  g_assert_no_error (error);
  return sale;
}

static void
assert_tenders (Fixture *f, const QuaySaleRecord *sale, gboolean nothing)
{
  for (gint64 tender = 0; tender < QUAY_N_TENDERS; tender++)
    {
      gint64 left = quay_till_paid_by (f->shop.till, sale, tender).dong;
      if (nothing)
        g_assert_cmpint (left, ==, 0);
      else if (tender != QUAY_TENDER_ROUNDING)
        g_assert_cmpint (left, >=, 0);
    }
}

/* A line, a part of it; or all that is left. FALSE if nothing is. */
static gboolean
give_some_back (Fixture *f, const QuaySaleRecord *sale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) left = quay_till_refundable (f->shop.till, sale);
  QuayId id = quay_till_new_id (f->shop.till);
  guint i = (guint)g_test_rand_int_range (0, (gint32)left->len);
  for (guint k = 0; k < left->len && g_array_index (left, QuayQty, i).milli == 0; k++)
    i = (i + 1) % left->len;
  gint64 most = g_array_index (left, QuayQty, i).milli;
  gboolean whole = ((QuayLine *)sale->lines->pdata[i])->kind == QUAY_LINE_PIECE;
  QuayRefundAsk ask = { .line = i + 1, .restock = TRUE };
  ask.qty.milli = whole ? 1000 : most > 1 ? g_test_rand_int_range (1, (gint32)most + 1) : most;
  guint n = g_test_rand_int_range (0, 8) == 0 ? 0 : 1;
  g_autofree char *number = most > 0 || n == 0 ? quay_till_refund (f->shop.till, &id, sale->number,
                                                                   &ask, n, "đổi ý", NULL, &error)
                                               : NULL;
  if (most == 0)
    {
      g_assert_null (number);
      return FALSE;
    }
  g_assert_no_error (error);
  return TRUE;
}

static void
test_pieces (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = { "0", "500", "1000" };
  promote_tea (f);
  quay_test_shop_scan (&f->shop, TEA); /* the shift is open, and there are points */
  for (guint i = 0; i < 60; i++)
    quay_test_shop_scan (&f->shop, NOODLES);
  g_assert_true (quay_till_cart_set_customer (f->shop.till, &f->customer, NULL));
  quay_sale_record_free (quay_test_shop_pay (&f->shop));
  for (guint i = 0; i < SALES; i++)
    {
      State before = state_of (f);
      set (f, "shop.cash_rounding", steps[g_test_rand_int_range (0, 3)]);
      fill_cart (f);
      g_autoptr (QuaySaleRecord) sale = pay_somehow (f);
      while (give_some_back (f, sale))
        assert_tenders (f, sale, FALSE);
      g_autoptr (QuaySaleRecord) after = quay_till_sale (f->shop.till, sale->number);
      g_assert_cmpint (after->refunded.dong, ==, sale->total.dong);
      assert_tenders (f, sale, TRUE);
      assert_same (before, state_of (f));
    }
}

/* What it costs by now, and what a promotion would take off now, changes nothing. */
static void
test_price_since (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayMoney total;
  QuayId promotion = promote_tea (f);
  for (guint i = 0; i < 3; i++)
    quay_test_shop_scan (&f->shop, TEA);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&f->shop);
  g_assert_cmpint (sale->total.dong, ==, 120000);
  g_autoptr (QuayItem) tea = quay_till_item_by_sku (f->shop.till, "OCOP004");
  QuayPriceAsk ask = { tea->product, QUAY_DONG (90000) };
  g_assert_true (quay_till_set_prices (f->shop.till, NULL, &ask, 1, quay_till_day (f->shop.till),
                                       NULL, &error));
  g_assert_true (quay_till_switch_promotion (f->shop.till, &promotion, FALSE, &error));
  for (gint64 i = 0; i < 3; i++)
    {
      QuayId id = quay_till_new_id (f->shop.till);
      QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
      g_autofree char *number =
          quay_till_refund (f->shop.till, &id, sale->number, &one, 1, NULL, &total, &error);
      g_assert_no_error (error);
      g_assert_cmpint (total.dong, ==, 40000);
    }
}

/* Cash was rounded down by 300; in exchange all but 100 of the goods' worth is taken: nothing can
 * be handed back of less than was given, and the books agree. */
static void
test_exchange_rounded (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 price = GPOINTER_TO_INT (data);
  set (f, "shop.cash_rounding", "1000");
  QuayLine mushrooms = { .kind = QUAY_LINE_WEIGHED,
                         .name = (char *)"Nấm",
                         .price = QUAY_DONG (65300),
                         .qty = QUAY_UNITS (1),
                         .vat_class = (char *)"A_CRAFT",
                         .rate_bp = 500 };
  g_assert_true (quay_till_cart_add (f->shop.till, &mushrooms, NULL, &error));
  g_autoptr (GPtrArray) cash_paid = quay_test_payment (NULL, QUAY_TENDER_CASH, 65000);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (f->shop.till, cash_paid, &error);
  g_assert_no_error (error);
  QuayRefundAsk all = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  mushrooms.price = QUAY_DONG (price);
  g_assert_true (quay_till_cart_add (f->shop.till, &mushrooms, NULL, &error));
  g_assert_true (quay_till_exchange (f->shop.till, sale->number, &all, 1, &error));
  g_autoptr (QuaySaleRecord) taken = quay_till_pay (f->shop.till, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (taken->total.dong, ==, price);
  QuayMoney cash;
  g_assert_true (quay_till_shift (f->shop.till, NULL, &cash));
  g_assert_cmpint (cash.dong, <=, 65000);
  g_assert_cmpint (cash.dong, >=, price - 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add ("/refund-odd/" path, Fixture, data, set_up, test, tear_down)
  ADD ("pieces", NULL, test_pieces);
  ADD ("price-since", NULL, test_price_since);
  ADD ("exchange-rounded/a-little", GINT_TO_POINTER (65200), test_exchange_rounded);
  ADD ("exchange-rounded/all", GINT_TO_POINTER (65300), test_exchange_rounded);
  ADD ("exchange-rounded/much", GINT_TO_POINTER (30100), test_exchange_rounded);
  return g_test_run ();
}
