/* The law of the drawer: whatever happens in shifts, in any order, a drawer holds its float and the
 * sum of its cash, each movement is in one line, and the shifts together are the sales less the
 * refunds. A model beside the till adds up what was done, from the answers of the verbs alone. */
#include "quay-test-till.h"

#include "quay-body-people.h"
#include "quay-event.h"
#include "quay-till-private.h"
#include "quay-till-shift.h"

#include <string.h>

#define STEPS 200

static const char *const codes[] = { "2900000000018", "2900000000025", "2900000000032",
                                     "2900000000049" };

/* What was done, as known from outside. */
typedef struct
{
  QuayTestShop shop;
  gint64 lines[QUAY_N_CASH_LINES]; /* of the shift */
  gint64 sold;                     /* of the shift */
  gint64 back;
  gint64 all_sold;
  gint64 all_back;
  GPtrArray *sales; /* numbers of all shifts */
} World;

static gint64
cash_of (const GPtrArray *payments)
{
  gint64 sum = 0;
  for (guint i = 0; i < payments->len; i++)
    {
      const QuayPayment *payment = payments->pdata[i];
      if (payment->tender == QUAY_TENDER_CASH)
        sum += payment->given.dong - payment->change.dong;
    }
  return sum;
}

/* --- steps --- */

static GPtrArray *
random_payments (QuayTill *till, gint64 total)
{
  gint64 step = quay_till_cash_step (till);
  gint64 other = g_test_rand_bit () ? g_test_rand_int_range (1, (int)total + 1) : 0;
  GPtrArray *payments = NULL;
  if (other > 0)
    payments = quay_test_payment (
        NULL, g_test_rand_bit () ? QUAY_TENDER_CARD : QUAY_TENDER_TRANSFER, other);
  if (other < total)
    payments = quay_test_payment (payments, QUAY_TENDER_CASH,
                                  total - other + g_test_rand_int_range (0, 3) * 5000 +
                                      (step > 0 ? step : 0));
  return payments;
}

/* A price with odd đồng, so that there is something to round. */
static void
fill_cart (World *world)
{
  QuayTill *till = world->shop.till;
  guint n = g_test_rand_int_range (1, 4);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayScanned) scanned =
          quay_till_scan (till, codes[g_test_rand_int_range (0, G_N_ELEMENTS (codes))]);
      g_assert_nonnull (scanned->line);
      scanned->line->price.dong -= g_test_rand_int_range (0, 900);
      quay_till_cart_add (till, scanned->line, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
sell (World *world)
{
  g_autoptr (GError) error = NULL;
  fill_cart (world);
  QuayCartTotals totals = quay_cart_totals (quay_till_cart (world->shop.till));
  g_autoptr (GPtrArray) payments = g_test_rand_int_range (0, 4) > 0
                                       ? random_payments (world->shop.till, totals.total.dong)
                                       : NULL;
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (world->shop.till, payments, &error);
  g_assert_no_error (error);
  world->lines[QUAY_CASH_SALES] += cash_of (sale->payments);
  world->sold += sale->total.dong;
  g_ptr_array_add (world->sales, g_strdup (sale->number));
}

static gint64
drawer_of (QuayTill *till)
{
  QuayMoney expected = QUAY_DONG (0);
  quay_till_shift (till, NULL, &expected);
  return expected.dong;
}

/* Any sale, of any shift; refused where all of the line came back before. */
static void
give_back (World *world)
{
  QuayTill *till = world->shop.till;
  QuayMoney total;
  if (world->sales->len == 0)
    return;
  const char *number = world->sales->pdata[g_test_rand_int_range (0, (int)world->sales->len)];
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = g_test_rand_bit () };
  QuayId id = quay_till_new_id (till);
  gint64 before = drawer_of (till);
  g_autofree char *made =
      quay_till_refund (till, &id, number, &ask, g_test_rand_bit () ? 1 : 0, "đổi ý", &total, NULL);
  if (made == NULL)
    return;
  world->lines[QUAY_CASH_REFUNDS] += drawer_of (till) - before;
  world->back += total.dong;
  g_assert_cmpint (ABS (drawer_of (till) - before), <=, total.dong + 1000);
}

static void
move (World *world)
{
  static const struct
  {
    const char *kind;
    int sign;
    QuayCashLine line;
  } kinds[] = {
    { NULL, 1, QUAY_CASH_PUT_IN },
    { NULL, -1, QUAY_CASH_TAKEN },
    { "bank", -1, QUAY_CASH_BANK },
    { "safe", -1, QUAY_CASH_SAFE },
  };
  guint which = g_test_rand_int_range (0, G_N_ELEMENTS (kinds));
  gint64 amount = kinds[which].sign * g_test_rand_int_range (1, 100) * 1000;
  g_autoptr (GError) error = NULL;
  QuayCashAsk ask = { QUAY_DONG (amount), "lý do", kinds[which].kind, NULL };
  QuayId id = quay_till_new_id (world->shop.till);
  /* a further try under the same id changes nothing */
  for (guint i = 0; i < 1 + (guint)g_test_rand_bit (); i++)
    {
      g_autofree char *number = quay_till_book_cash (world->shop.till, &id, &ask, &error);
      g_assert_no_error (error);
    }
  world->lines[kinds[which].line] += amount;
}

static QuayPayment *
payment_of (gint64 tender, gint64 amount)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->amount = payment->given = QUAY_DONG (amount);
  return payment;
}

/* Cash taken down that was a card, or the other way round. */
static void
put_right (World *world)
{
  if (world->sales->len == 0)
    return;
  const char *number = world->sales->pdata[g_test_rand_int_range (0, (int)world->sales->len)];
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (world->shop.till, number);
  const QuayPayment *was = sale->payments->pdata[0];
  if (was->tender == QUAY_TENDER_ROUNDING || was->amount.dong == 0 || sale->payments->len > 1)
    return;
  gint64 is = was->tender == QUAY_TENDER_CASH ? QUAY_TENDER_CARD : QUAY_TENDER_CASH;
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (world->shop.till, QUAY_EVENT_PAYMENT_FIXED, FALSE);
  QuayPaymentFixed *body = event->body;
  body->sale = sale->id;
  body->of = g_strdup (sale->number);
  body->why = g_strdup ("bấm nhầm");
  body->from = g_ptr_array_new ();
  body->to = g_ptr_array_new ();
  g_ptr_array_add (body->from, payment_of (was->tender, was->amount.dong));
  g_ptr_array_add (body->to, payment_of (is, was->amount.dong));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (world->shop.till, txn, &error);
  g_assert_no_error (error);
  world->lines[QUAY_CASH_FIXED] += is == QUAY_TENDER_CASH ? was->amount.dong : -was->amount.dong;
}

/* A customer pays a part of a debt in cash. */
static void
pay_debt (World *world)
{
  g_autoptr (GError) error = NULL;
  gint64 amount = g_test_rand_int_range (1, 200) * 1000;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (world->shop.till, QUAY_EVENT_CUSTOMER_ENTRY, FALSE);
  QuayCustomerEntry *body = event->body;
  body->customer = quay_till_new_id (world->shop.till);
  body->kind = g_strdup ("payment");
  body->amount = QUAY_DONG (-amount);
  body->money = TRUE;
  body->tender = QUAY_TENDER_CASH;
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (world->shop.till, txn, &error);
  g_assert_no_error (error);
  world->lines[QUAY_CASH_DEBTS] += amount;
}

/* --- what must be true --- */

static void
check (World *world, const QuayShift *shift)
{
  gint64 sum = 0;
  gint64 paid = 0;
  for (QuayCashLine line = 0; line < QUAY_N_CASH_LINES; line++)
    {
      g_assert_cmpint (shift->lines[line].dong, ==, world->lines[line]);
      sum += world->lines[line];
    }
  g_assert_cmpint (shift->drawer.dong, ==, sum);
  g_assert_cmpint (quay_shift_sum (shift).dong, ==, sum);
  g_assert_cmpint (shift->figures->total.dong, ==, world->sold);
  g_assert_cmpint (shift->figures->refunded.dong, ==, world->back);
  for (guint i = 0; i < shift->figures->tenders->len; i++)
    paid += ((QuayReportRow *)shift->figures->tenders->pdata[i])->amount.dong;
  g_assert_cmpint (paid, ==, world->sold - world->back);
}

static void
close_shift (World *world, guint n)
{
  g_autoptr (GError) error = NULL;
  QuayMoney difference;
  g_autoptr (QuayShift) x = quay_till_shift_report (world->shop.till, NULL, &error);
  g_assert_no_error (error);
  check (world, x);
  gint64 off = g_test_rand_int_range (-5, 6) * 1000;
  QuayShiftCount count = { .counted = QUAY_DONG (MAX (x->drawer.dong + off, 0)), .why = "lệch" };
  g_assert_true (quay_till_end_shift (world->shop.till, &count, &difference, &error));
  g_assert_no_error (error);
  g_assert_cmpint (difference.dong, ==, count.counted.dong - x->drawer.dong);
  g_autoptr (QuayShift) z = quay_till_shift_report (world->shop.till, x->number, &error);
  g_assert_no_error (error);
  check (world, z);
  g_assert_cmpint (z->expected.dong, ==, x->drawer.dong);
  g_autofree char *number = g_strdup_printf ("QT1A-Z26-%04u", n + 1);
  g_assert_cmpstr (z->number, ==, number);
  world->all_sold += world->sold;
  world->all_back += world->back;
  world->sold = world->back = 0;
  memset (world->lines, 0, sizeof world->lines);
}

static void
work_a_shift (World *world)
{
  static void (*const steps[]) (World *) = { sell,      sell, sell,      sell,    give_back,
                                             give_back, move, put_right, pay_debt };
  gint64 counts[QUAY_N_NOTES];
  QuayMoney opening;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < QUAY_N_NOTES; i++)
    counts[i] = g_test_rand_int_range (0, 20);
  g_assert_true (quay_notes_sum (counts, &opening));
  g_autofree char *number = quay_till_open_shift_by_notes (world->shop.till, counts, &error);
  g_assert_no_error (error);
  world->lines[QUAY_CASH_FLOAT] = opening.dong;
  for (guint i = 0; i < STEPS; i++)
    {
      if (g_test_rand_int_range (0, 40) == 0)
        quay_test_shop_reopen (&world->shop);
      steps[g_test_rand_int_range (0, G_N_ELEMENTS (steps))](world);
      QuayMoney expected;
      gint64 sum = 0;
      for (guint k = 0; k < QUAY_N_CASH_LINES; k++)
        sum += world->lines[k];
      g_assert_true (quay_till_shift (world->shop.till, NULL, &expected));
      g_assert_cmpint (expected.dong, ==, sum);
    }
}

static void
run_shifts (guint n, const char *step)
{
  World world = { .sales = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GError) error = NULL;
  quay_test_shop_init (&world.shop, TRUE);
  g_assert_true (quay_till_set_setting (world.shop.till, "shop.cash_rounding", step, &error));
  for (guint i = 0; i < n; i++)
    {
      work_a_shift (&world);
      close_shift (&world, i);
    }
  g_autoptr (QuayReport) days =
      quay_till_report (world.shop.till, "day", 20200101, 20991231, &error);
  g_assert_no_error (error);
  g_assert_cmpint (days->total.dong, ==, world.all_sold);
  g_assert_cmpint (days->refunded.dong, ==, world.all_back);
  quay_test_shop_assert_sound (&world.shop);
  quay_test_shop_clear (&world.shop);
  g_ptr_array_unref (world.sales);
}

static void
test_exact (void)
{
  run_shifts (1, "0");
}

static void
test_rounded (void)
{
  run_shifts (2, "500");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shifts/exact", test_exact);
  g_test_add_func ("/shifts/rounded", test_rounded);
  return g_test_run ();
}
