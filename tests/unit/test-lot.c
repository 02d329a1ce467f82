/* Which lots give, and what the producer gets. */
#include "quay-error.h"
#include "quay-lot.h"

#include <string.h>

static QuayLot *
add_lot (GPtrArray *lots, guint8 n, gint64 units, QuayDay expires, const char *code)
{
  QuayLot *lot = g_new0 (QuayLot, 1);
  memset (lot->id.b, n, sizeof lot->id.b);
  lot->qty = QUAY_UNITS (units);
  lot->expires = expires;
  lot->code = g_strdup (code);
  g_ptr_array_add (lots, lot);
  return lot;
}

static GPtrArray *
new_lots (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)quay_lot_free);
}

/* The parts as "lot:units …", then what no lot gave; or why it was refused. */
static char *
take (GPtrArray *lots, gint64 units, const char *code, gboolean override)
{
  QuayQty rest;
  QuayTake ask = { QUAY_UNITS (units), 20261201, code, override };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  if (!quay_lots_take (lots, &ask, parts, &rest, &error))
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
      g_assert_cmpuint (parts->len, ==, 0);
      return g_strdup (error->message);
    }
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      g_string_append_printf (text, "%d:%d ", part->lot.b[0], (int)(part->qty.milli / 1000));
    }
  g_string_append_printf (text, "rest:%d", (int)(rest.milli / 1000));
  return g_string_free (text, FALSE);
}

static void
assert_take (GPtrArray *lots, gint64 units, const char *code, gboolean override,
             const char *expected)
{
  g_autofree char *got = take (lots, units, code, override);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) lots = new_lots ();
  add_lot (lots, 4, 1, 0, NULL); /* nobody knows when it expires: last */
  add_lot (lots, 3, 2, 20270301, NULL);
  QuayLot *late = add_lot (lots, 2, 2, 20270101, NULL);
  add_lot (lots, 1, 2, 20270101, NULL);
  add_lot (lots, 5, -3, 20261215, NULL); /* below nothing: gives nothing */
  late->received = 20261101;
  assert_take (lots, 1, NULL, FALSE, "1:1 rest:0");
  assert_take (lots, 4, NULL, FALSE, "1:2 2:2 rest:0");
  assert_take (lots, 7, NULL, FALSE, "1:2 2:2 3:2 4:1 rest:0");
  assert_take (lots, 9, NULL, FALSE, "1:2 2:2 3:2 4:1 rest:2");
  late->received = 0;
  assert_take (lots, 3, NULL, FALSE, "1:2 2:1 rest:0"); /* the same day: by id */
}

static void
test_named (void)
{
  g_autoptr (GPtrArray) lots = new_lots ();
  add_lot (lots, 1, 2, 20270101, "A");
  QuayLot *named = add_lot (lots, 2, 2, 20280101, "B");
  assert_take (lots, 3, "B", FALSE, "2:2 1:1 rest:0");
  assert_take (lots, 1, "C", FALSE, "1:1 rest:0");
  named->expires = 20261130; /* it is in the customer's hand: no other will do */
  assert_take (lots, 1, "B", FALSE, "the lot is expired");
  assert_take (lots, 1, "B", TRUE, "2:1 rest:0");
  named->blocked = g_strdup ("recall");
  assert_take (lots, 1, "B", FALSE, "the lot is held back");
}

static void
test_barred (void)
{
  g_autoptr (GPtrArray) lots = new_lots ();
  QuayLot *old = add_lot (lots, 1, 5, 20261130, NULL);
  add_lot (lots, 2, 2, 20270101, NULL);
  assert_take (lots, 2, NULL, FALSE, "2:2 rest:0");
  assert_take (lots, 3, NULL, FALSE, "the lot is expired");
  assert_take (lots, 3, NULL, TRUE, "1:3 rest:0");
  old->expires = 20261201; /* the last day is one on which it may be sold */
  assert_take (lots, 3, NULL, FALSE, "1:3 rest:0");
  old->blocked = g_strdup ("recall");
  assert_take (lots, 3, NULL, FALSE, "the lot is held back");
  old->qty = QUAY_MILLI (0); /* nothing of it there: nothing in the way */
  assert_take (lots, 3, NULL, FALSE, "2:2 rest:1");
}

static void
test_cost (void)
{
  static const struct
  {
    QuayTerms terms;
    gint64 milli, amount, net, shelf, cost;
  } cases[] = {
    { { QUAY_TERMS_NONE, { 9 }, 0, 0, 0 }, 2000, 100, 90, 60, 0 },
    { { QUAY_TERMS_OWN, { 10000 }, 0, 0, 0 }, 2500, 90000, 83333, 36000, 25000 },
    { { QUAY_TERMS_TRANSFER, { 20000 }, 0, 0, 0 }, 3000, 0, 0, 35000, 60000 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 1500, QUAY_BASE_PAID, 0 }, 1000, 60000, 55556, 70000, 51000 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 1500, QUAY_BASE_PAID, 1 }, 1000, 60000, 55556, 70000, 47223 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 2000, QUAY_BASE_SHELF, 0 },
      2000,
      90000,
      83333,
      50000,
      80000 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 2000, QUAY_BASE_SHELF, 1 },
      2000,
      90000,
      81000,
      50000,
      72000 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 0, QUAY_BASE_PAID, 0 }, 1000, 33333, 33333, 0, 33333 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 10000, QUAY_BASE_PAID, 0 }, 1000, 33333, 33333, 0, 0 },
    /* half a đồng goes away from zero, also for what comes back */
    { { QUAY_TERMS_COMMISSION, { 0 }, 5000, QUAY_BASE_PAID, 0 }, 1000, 5, 5, 5, 3 },
    { { QUAY_TERMS_COMMISSION, { 0 }, 5000, QUAY_BASE_PAID, 0 }, 1000, -5, -5, 5, -3 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QuayMoney cost;
      g_assert_true (quay_terms_cost (&cases[i].terms, QUAY_MILLI (cases[i].milli),
                                      QUAY_DONG (cases[i].amount), QUAY_DONG (cases[i].net),
                                      QUAY_DONG (cases[i].shelf), &cost));
      g_assert_cmpint (cost.dong, ==, cases[i].cost);
    }
}

static void
test_overflow (void)
{
  QuayMoney cost, share;
  QuayTerms own = { .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (G_MAXINT64 / 2) };
  QuayTerms shelf = { .kind = QUAY_TERMS_COMMISSION, .base = QUAY_BASE_SHELF };
  QuayMoney none = QUAY_DONG (0);
  g_assert_false (quay_terms_cost (&own, QUAY_UNITS (1000), none, none, none, &cost));
  g_assert_false (
      quay_terms_cost (&shelf, QUAY_UNITS (1000), none, none, QUAY_DONG (G_MAXINT64 / 2), &cost));
  g_assert_false (quay_share (QUAY_DONG (G_MAXINT64), QUAY_MILLI (0), QUAY_MILLI (G_MAXINT64),
                              QUAY_MILLI (1), &share));
}

/* Whatever is cut into pieces adds up. */
static void
test_shares (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  for (guint round = 0; round < 2000; round++)
    {
      gint64 sum = 0, before = 0;
      gint64 amount = g_rand_int_range (chance, -2000000, 2000000);
      gint64 whole = g_rand_int_range (chance, 1, 100000);
      while (before < whole)
        {
          QuayMoney share;
          gint64 qty = g_rand_int_range (chance, 1, 40000);
          qty = MIN (qty, whole - before);
          g_assert_true (quay_share (QUAY_DONG (amount), QUAY_MILLI (before), QUAY_MILLI (qty),
                                     QUAY_MILLI (whole), &share));
          sum += share.dong;
          before += qty;
        }
      g_assert_cmpint (sum, ==, amount);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lot/order", test_order);
  g_test_add_func ("/lot/named", test_named);
  g_test_add_func ("/lot/barred", test_barred);
  g_test_add_func ("/lot/cost", test_cost);
  g_test_add_func ("/lot/overflow", test_overflow);
  g_test_add_func ("/lot/shares", test_shares);
  return g_test_run ();
}
