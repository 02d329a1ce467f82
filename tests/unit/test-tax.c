/* VAT contained in prices: the domain's table (tax rules 3.4), groups by rate, spread over lines.
 */
#include "quay-error.h"
#include "quay-tax.h"

typedef struct
{
  gint64 gross;
  gint64 rate_bp;
  gint64 net;
  gint64 vat;
} SplitCase;

static const SplitCase split_cases[] = {
  { 108000, 800, 100000, 8000 },
  { 125000, 800, 115741, 9259 },
  { 250000, 1000, 227273, 22727 },
  { 1, 800, 1, 0 },
  { -35000, 800, -32407, -2593 },
  { 35000, 800, 32407, 2593 },
  { 100000, 0, 100000, 0 },
  { 100000, QUAY_RATE_NOT_TAXED, 100000, 0 },
  { 105000, 500, 100000, 5000 },
  { 0, 800, 0, 0 },
  { QUAY_MONEY_MAX, QUAY_RATE_MAX, 500000000000000, 499999999999999 },
};

static void
test_split (gconstpointer data)
{
  const SplitCase *c = data;
  QuayTaxRow row;
  g_assert_true (quay_tax_split (QUAY_DONG (c->gross), c->rate_bp, &row));
  g_assert_cmpint (row.net.dong, ==, c->net);
  g_assert_cmpint (row.vat.dong, ==, c->vat);
  g_assert_cmpint (row.gross.dong, ==, c->gross);
}

static void
test_split_refuses (void)
{
  QuayTaxRow row;
  g_assert_false (quay_tax_split (QUAY_DONG (1), -2, &row));
  g_assert_false (quay_tax_split (QUAY_DONG (1), QUAY_RATE_MAX + 1, &row));
}

static GPtrArray *
lines_of (const gint64 (*amounts)[2], guint n)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      QuayLine *line = g_new0 (QuayLine, 1);
      line->amount = QUAY_DONG (amounts[i][0]);
      line->rate_bp = amounts[i][1];
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static gint64
net_of (GPtrArray *lines, guint i)
{
  return ((QuayLine *)lines->pdata[i])->net.dong;
}

/* Three thirds of a net that does not divide: the largest remainder, then the first line, gets the
 * đồng that is left. */
static void
test_spread (void)
{
  static const gint64 amounts[][2] = { { 36, 800 }, { 36, 800 }, { 36, 800 } };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) lines = lines_of (amounts, 3);
  g_assert_true (quay_tax_apply (lines, &rows, NULL));
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (g_array_index (rows, QuayTaxRow, 0).net.dong, ==, 100);
  g_assert_cmpint (net_of (lines, 0), ==, 34);
  g_assert_cmpint (net_of (lines, 1), ==, 33);
  g_assert_cmpint (net_of (lines, 2), ==, 33);
}

static void
test_groups (void)
{
  static const gint64 amounts[][2] = {
    { 125000, 800 }, { 95000, 1000 }, { 40000, -1 }, { 1, 800 }, { 60000, 500 }
  };
  static const gint64 rates[] = { -1, 500, 800, 1000 };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) lines = lines_of (amounts, 5);
  g_assert_true (quay_tax_apply (lines, &rows, NULL));
  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (g_array_index (rows, QuayTaxRow, i).rate_bp, ==, rates[i]);
  /* one rounding for a rate: 125.001 at 8 % */
  g_assert_cmpint (g_array_index (rows, QuayTaxRow, 2).net.dong, ==, 115742);
  g_assert_cmpint (net_of (lines, 0) + net_of (lines, 3), ==, 115742);
  g_assert_cmpint (net_of (lines, 2), ==, 40000);
}

static void
test_nothing (void)
{
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_assert_true (quay_tax_apply (lines, &rows, NULL));
  g_assert_cmpuint (rows->len, ==, 0);
}

static void
test_refuses (void)
{
  static const gint64 large[][2] = { { QUAY_MONEY_MAX, 800 }, { 1, 800 } };
  static const gint64 rate[][2] = { { 1, 10001 } };
  g_autoptr (GError) overflow = NULL;
  g_autoptr (GError) invalid = NULL;
  g_autoptr (GPtrArray) first = lines_of (large, 2);
  g_autoptr (GPtrArray) second = lines_of (rate, 1);
  g_assert_false (quay_tax_apply (first, NULL, &overflow));
  g_assert_error (overflow, QUAY_ERROR, QUAY_ERROR_OVERFLOW);
  g_assert_false (quay_tax_apply (second, NULL, &invalid));
  g_assert_error (invalid, QUAY_ERROR, QUAY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (split_cases); i++)
    {
      const SplitCase *c = &split_cases[i];
      g_autofree char *path = g_strdup_printf (
          "/tax/split/%" G_GINT64_FORMAT "-at-%" G_GINT64_FORMAT, c->gross, c->rate_bp);
      g_test_add_data_func (path, c, test_split);
    }
  g_test_add_func ("/tax/split/refuses", test_split_refuses);
  g_test_add_func ("/tax/spread", test_spread);
  g_test_add_func ("/tax/groups", test_groups);
  g_test_add_func ("/tax/nothing", test_nothing);
  g_test_add_func ("/tax/refuses", test_refuses);
  return g_test_run ();
}
