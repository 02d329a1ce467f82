/* Checked integer arithmetic: the one rounding, and every edge of the ranges. */
#include "quay-money.h"

#define LIMIT QUAY_MONEY_MAX
#define UNTOUCHED G_GINT64_CONSTANT (-77)

static void
test_muldiv (void)
{
  static const struct
  {
    gint64 a, b, c;
    gboolean fits;
    gint64 out;
  } rows[] = {
    { 1, 1, 2, TRUE, 1 }, /* halves away from zero, both ways */
    { -1, 1, 2, TRUE, -1 },
    { 1, -1, 2, TRUE, -1 },
    { 1, 1, -2, TRUE, -1 },
    { -1, -1, 2, TRUE, 1 },
    { -1, -1, -2, TRUE, -1 },
    { 3, 1, 2, TRUE, 2 },
    { -3, 1, 2, TRUE, -2 },
    { 5, 1, 2, TRUE, 3 },
    { 1, 1, 3, TRUE, 0 },
    { 2, 1, 3, TRUE, 1 },
    { -1, 1, 3, TRUE, 0 },
    { -2, 1, 3, TRUE, -1 },
    { 499, 1, 1000, TRUE, 0 },
    { 500, 1, 1000, TRUE, 1 },
    { -499, 1, 1000, TRUE, 0 },
    { -500, 1, 1000, TRUE, -1 },
    { 0, 5, 7, TRUE, 0 },
    { 7, 0, -7, TRUE, 0 },
    { 1, 1, 0, FALSE, 0 },
    { G_MAXINT64, 1, 1, TRUE, G_MAXINT64 },
    { G_MININT64, 1, 1, TRUE, G_MININT64 },
    { G_MININT64, -1, 1, FALSE, 0 },
    { G_MININT64, 1, -1, FALSE, 0 },
    { G_MAXINT64, 2, 1, FALSE, 0 },
    { G_MAXINT64, G_MAXINT64, G_MAXINT64, TRUE, G_MAXINT64 },
    { G_MININT64, G_MININT64, G_MININT64, TRUE, G_MININT64 },
    { G_MAXINT64, 3, 2, FALSE, 0 },
    { G_MAXINT64, 1, 2, TRUE, G_GINT64_CONSTANT (4611686018427387904) },
    { 1, 1, G_MININT64, TRUE, 0 },
    { G_MININT64, 1, 2, TRUE, G_GINT64_CONSTANT (-4611686018427387904) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 out = UNTOUCHED;
      g_test_message ("row %u", i);
      g_assert_cmpint (quay_muldiv (rows[i].a, rows[i].b, rows[i].c, &out), ==, rows[i].fits);
      g_assert_cmpint (out, ==, rows[i].fits ? rows[i].out : UNTOUCHED);
    }
}

/* A return mirrors its sale: muldiv (−a) = −muldiv (a). */
static void
test_muldiv_mirror (void)
{
  for (int i = 0; i < 5000; i++)
    {
      gint64 a = g_test_rand_int_range (0, G_MAXINT32);
      gint64 b = g_test_rand_int_range (0, 100000);
      gint64 c = g_test_rand_int_range (1, 3000);
      gint64 sale;
      gint64 back;
      g_assert_true (quay_muldiv (a, b, c, &sale));
      g_assert_true (quay_muldiv (a, -b, c, &back));
      g_assert_cmpint (back, ==, -sale);
      g_assert_cmpint (ABS (2 * (sale * c - a * b)), <=, c);
    }
}

static void
test_add_sub (void)
{
  static const struct
  {
    gint64 a, b;
    gboolean sum_fits, diff_fits;
  } rows[] = {
    { 1, 2, TRUE, TRUE },
    { LIMIT, 0, TRUE, TRUE },
    { LIMIT, 1, FALSE, TRUE },
    { -LIMIT, 1, TRUE, FALSE },
    { LIMIT, LIMIT, FALSE, TRUE },
    { LIMIT, -LIMIT, TRUE, FALSE },
    { -LIMIT, -LIMIT, FALSE, TRUE },
    { G_MAXINT64, 1, FALSE, FALSE },
    { G_MAXINT64, G_MAXINT64, FALSE, TRUE },
    { G_MININT64, G_MAXINT64, TRUE, FALSE },
    { G_MININT64, 1, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayMoney a = QUAY_DONG (rows[i].a);
      QuayMoney b = QUAY_DONG (rows[i].b);
      QuayMoney sum = QUAY_DONG (UNTOUCHED);
      QuayMoney diff = QUAY_DONG (UNTOUCHED);
      g_test_message ("row %u", i);
      g_assert_cmpint (quay_money_add (a, b, &sum), ==, rows[i].sum_fits);
      g_assert_cmpint (quay_money_sub (a, b, &diff), ==, rows[i].diff_fits);
      g_assert_cmpint (sum.dong, ==, rows[i].sum_fits ? rows[i].a + rows[i].b : UNTOUCHED);
      g_assert_cmpint (diff.dong, ==, rows[i].diff_fits ? rows[i].a - rows[i].b : UNTOUCHED);
    }
}

static void
test_times_qty (void)
{
  static const struct
  {
    gint64 price, milli;
    gboolean fits;
    gint64 out;
  } rows[] = {
    { 65000, 2000, TRUE, 130000 },
    { 65000, 485, TRUE, 31525 },
    { 65001, 500, TRUE, 32501 }, /* 32.500,5 */
    { 65001, -500, TRUE, -32501 },
    { -65001, 500, TRUE, -32501 },
    { 1, 499, TRUE, 0 },
    { 0, QUAY_QTY_MAX, TRUE, 0 },
    { LIMIT, 1000, TRUE, LIMIT },
    { -LIMIT, 1000, TRUE, -LIMIT },
    { LIMIT, 1001, FALSE, 0 },
    { LIMIT, QUAY_QTY_MAX, FALSE, 0 },
    { G_MININT64, G_MININT64, FALSE, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayMoney out = QUAY_DONG (UNTOUCHED);
      gboolean fits =
          quay_money_times_qty (QUAY_DONG (rows[i].price), QUAY_MILLI (rows[i].milli), &out);
      g_test_message ("row %u", i);
      g_assert_cmpint (fits, ==, rows[i].fits);
      g_assert_cmpint (out.dong, ==, fits ? rows[i].out : UNTOUCHED);
    }
}

static void
test_qty_add (void)
{
  static const struct
  {
    gint64 a, b;
    gboolean fits;
  } rows[] = {
    { 250, 750, TRUE },         { 250, -750, TRUE },          { QUAY_QTY_MAX, 0, TRUE },
    { QUAY_QTY_MAX, 1, FALSE }, { -QUAY_QTY_MAX, -1, FALSE }, { G_MAXINT64, 1, FALSE },
    { G_MININT64, -1, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayQty out = QUAY_MILLI (UNTOUCHED);
      gboolean fits = quay_qty_add (QUAY_MILLI (rows[i].a), QUAY_MILLI (rows[i].b), &out);
      g_assert_cmpint (fits, ==, rows[i].fits);
      g_assert_cmpint (out.milli, ==, fits ? rows[i].a + rows[i].b : UNTOUCHED);
    }
  g_assert_cmpint (QUAY_UNITS (3).milli, ==, 3000);
}

static void
test_ranges (void)
{
  g_assert_true (quay_money_in_range (QUAY_DONG (LIMIT)));
  g_assert_true (quay_money_in_range (QUAY_DONG (-LIMIT)));
  g_assert_false (quay_money_in_range (QUAY_DONG (LIMIT + 1)));
  g_assert_false (quay_money_in_range (QUAY_DONG (-LIMIT - 1)));
  g_assert_false (quay_money_in_range (QUAY_DONG (G_MININT64)));
  g_assert_true (quay_qty_in_range (QUAY_MILLI (QUAY_QTY_MAX)));
  g_assert_true (quay_qty_in_range (QUAY_MILLI (-QUAY_QTY_MAX)));
  g_assert_false (quay_qty_in_range (QUAY_MILLI (QUAY_QTY_MAX + 1)));
  g_assert_false (quay_qty_in_range (QUAY_MILLI (-QUAY_QTY_MAX - 1)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/muldiv/rows", test_muldiv);
  g_test_add_func ("/money/muldiv/mirror", test_muldiv_mirror);
  g_test_add_func ("/money/add-sub", test_add_sub);
  g_test_add_func ("/money/times-qty/half-up", test_times_qty);
  g_test_add_func ("/money/qty-add", test_qty_add);
  g_test_add_func ("/money/ranges", test_ranges);
  return g_test_run ();
}
