/* Laws of the cart over random sequences: totals are the sums of the lines, the VAT of the lines is
 * the VAT of the document, and all of a sale given back, in whatever parts, leaves nothing. */
#include "quay-cart.h"
#include "quay-error.h"
#include "quay-tax.h"
#include "quay-tender.h"

#define ROUNDS 300
#define STEPS 60

static const gint64 rates[] = { -1, 0, 500, 800, 1000 };

static gint64
pick (gint64 n)
{
  return g_test_rand_int_range (0, (gint32)n);
}

/* Mostly prices as on a shelf, at times the odd ones. */
static gint64
random_price (void)
{
  switch (pick (6))
    {
    case 0:
      return pick (10);
    case 1:
      return pick (G_MAXINT32);
    case 2:
      return QUAY_MONEY_MAX - pick (1000);
    default:
      return (1 + pick (500)) * 1000;
    }
}

static QuayLine
random_line (void)
{
  QuayLine line = { .name = (char *)"Hàng", .kind = pick (3), .rate_bp = rates[pick (5)] };
  line.product.b[15] = (guint8)pick (6);
  line.price = QUAY_DONG (random_price ());
  line.qty = line.kind == QUAY_LINE_PIECE ? QUAY_UNITS (pick (5)) : QUAY_MILLI (pick (3000));
  if (line.kind == QUAY_LINE_PRICED)
    line.amount = QUAY_DONG (pick (500000));
  return line;
}

static gboolean
random_step (QuayCart *cart)
{
  guint index = (guint)pick (cart->lines->len + 2);
  QuayLine line = random_line ();
  switch (pick (6))
    {
    case 0:
      return quay_cart_set_qty (cart, index, QUAY_UNITS (pick (9)), NULL);
    case 1:
      return quay_cart_set_weight (cart, index, QUAY_MILLI (pick (2000)), QUAY_MILLI (pick (300)),
                                   NULL);
    case 2:
      {
        g_autoptr (QuayLine) removed = quay_cart_remove (cart, index);
        return removed != NULL;
      }
    case 3:
      if (index < cart->lines->len)
        quay_cart_set_note (cart, index, pick (2) ? "ghi chú" : NULL);
      return TRUE;
    default:
      return quay_cart_add (cart, &line, NULL, NULL);
    }
}

/* The laws themselves. */
static void
check_totals (QuayCart *cart)
{
  gint64 total = 0;
  gint64 net = 0;
  gint64 rows_vat = 0;
  g_autoptr (GArray) rows = NULL;
  QuayCartTotals totals = quay_cart_totals (cart);
  g_assert_true (quay_tax_apply (cart->lines, &rows, NULL));
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      g_assert_cmpint (line->qty.milli, >, 0);
      g_assert_true (line->kind != QUAY_LINE_PIECE || line->qty.milli % 1000 == 0);
      g_assert_cmpint (line->net.dong, >=, 0);
      g_assert_cmpint (line->net.dong, <=, line->amount.dong);
      total += line->amount.dong;
      net += line->net.dong;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayTaxRow *row = &g_array_index (rows, QuayTaxRow, i);
      g_assert_cmpint (row->net.dong + row->vat.dong, ==, row->gross.dong);
      rows_vat += row->vat.dong;
    }
  g_assert_cmpint (totals.total.dong, ==, total);
  g_assert_cmpint (totals.vat.dong, ==, total - net);
  g_assert_cmpint (rows_vat, ==, total - net);
  g_assert_cmpuint (totals.n_lines, ==, cart->lines->len);
}

static void
test_interleavings (void)
{
  const QuayId id = { { 7 } };
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (QuayCart) cart = quay_cart_new (&id, 0);
      for (guint step = 0; step < STEPS; step++)
        {
          QuayCartTotals before = quay_cart_totals (cart);
          guint lines = cart->lines->len;
          if (!random_step (cart)) /* refused: as it was */
            {
              g_assert_cmpuint (cart->lines->len, ==, lines);
              g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, before.total.dong);
            }
          check_totals (cart);
        }
    }
}

/* Gives a line back in random parts, by the rule of the refund verb. */
static void
check_refund (const QuayLine *line, QuayMoney paid)
{
  QuayQty refunded = QUAY_MILLI (0);
  QuayMoney back = QUAY_DONG (0);
  while (refunded.milli < line->qty.milli)
    {
      QuayMoney part;
      gint64 left = line->qty.milli - refunded.milli;
      QuayQty q = QUAY_MILLI (pick (3) == 0 ? left : 1 + pick (MIN (left, G_MAXINT32 - 1)));
      g_assert_true (quay_refund_amount (paid, line->qty, refunded, q, back, &part));
      g_assert_cmpint (part.dong, >=, 0);
      back.dong += part.dong;
      refunded.milli += q.milli;
    }
  g_assert_cmpint (back.dong, ==, paid.dong);
  g_assert_false (quay_refund_amount (paid, line->qty, refunded, QUAY_MILLI (1), back, &back));
}

static void
test_full_refund (void)
{
  const QuayId id = { { 7 } };
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (QuayCart) cart = quay_cart_new (&id, 0);
      for (guint step = 0; step < 12; step++)
        {
          QuayLine line = random_line ();
          if (!quay_cart_add (cart, &line, NULL, NULL))
            g_assert_cmpuint (cart->lines->len, <=, step);
        }
      g_assert_true (quay_tax_apply (cart->lines, NULL, NULL));
      for (guint i = 0; i < cart->lines->len; i++)
        {
          const QuayLine *line = cart->lines->pdata[i];
          check_refund (line, line->amount);
          check_refund (line, line->net);
        }
    }
}

/* A return mirrors its sale at every rate. */
static void
test_mirror (void)
{
  for (guint round = 0; round < ROUNDS * 10; round++)
    {
      QuayTaxRow sold;
      QuayTaxRow back;
      gint64 gross = random_price ();
      gint64 rate = rates[pick (5)];
      g_assert_true (quay_tax_split (QUAY_DONG (gross), rate, &sold));
      g_assert_true (quay_tax_split (QUAY_DONG (-gross), rate, &back));
      g_assert_cmpint (sold.net.dong + back.net.dong, ==, 0);
      g_assert_cmpint (sold.vat.dong + back.vat.dong, ==, 0);
    }
}

/* Whatever is handed over, what is kept is the total and the rest is change. */
static void
test_payments (void)
{
  for (guint round = 0; round < ROUNDS * 10; round++)
    {
      QuayMoney change;
      gint64 total = pick (1000000);
      gint64 kept = 0;
      gint64 given = 0;
      g_autoptr (GPtrArray) payments =
          g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
      guint n = 1 + (guint)pick (3);
      for (guint i = 0; i < n; i++)
        {
          QuayPayment *payment = g_new0 (QuayPayment, 1);
          payment->tender = pick (QUAY_N_TENDERS);
          payment->given = QUAY_DONG (pick (4) == 0 ? total : pick (1000000));
          g_ptr_array_add (payments, payment);
        }
      if (!quay_tender_settle (QUAY_DONG (total), payments, &change, NULL))
        continue;
      for (guint i = 0; i < n; i++)
        {
          const QuayPayment *payment = payments->pdata[i];
          g_assert_true (payment->tender == QUAY_TENDER_CASH || payment->change.dong == 0);
          g_assert_cmpint (payment->amount.dong + payment->change.dong, ==, payment->given.dong);
          kept += payment->amount.dong;
          given += payment->given.dong;
        }
      g_assert_cmpint (kept, ==, total);
      g_assert_cmpint (change.dong, ==, given - total);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/cart/interleavings", test_interleavings);
  g_test_add_func ("/property/cart/full-refund", test_full_refund);
  g_test_add_func ("/property/cart/mirror", test_mirror);
  g_test_add_func ("/property/cart/payments", test_payments);
  return g_test_run ();
}
