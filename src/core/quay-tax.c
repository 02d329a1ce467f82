/* VAT per rate and its spread over lines. */
#include "quay-tax.h"

#include "quay-error.h"

typedef struct
{
  QuayLine *line;
  gint64 rest;
  guint order;
} Share;

gboolean
quay_tax_split (QuayMoney gross, gint64 rate_bp, QuayTaxRow *out)
{
  gint64 net;
  if (rate_bp < QUAY_RATE_NOT_TAXED || rate_bp > QUAY_RATE_MAX)
    return FALSE;
  if (!quay_muldiv (gross.dong, 10000, 10000 + MAX (rate_bp, 0), &net))
    return FALSE;
  *out = (QuayTaxRow){ rate_bp, gross, QUAY_DONG (net), QUAY_DONG (gross.dong - net) };
  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const QuayTaxRow *)a)->rate_bp;
  gint64 y = ((const QuayTaxRow *)b)->rate_bp;
  return (x > y) - (x < y);
}

static QuayTaxRow *
row_of_rate (GArray *rows, gint64 rate_bp)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, QuayTaxRow, i).rate_bp == rate_bp)
      return &g_array_index (rows, QuayTaxRow, i);
  QuayTaxRow row = { .rate_bp = rate_bp };
  g_array_append_val (rows, row);
  return &g_array_index (rows, QuayTaxRow, rows->len - 1);
}

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  const Share *x = a;
  const Share *y = b;
  if (x->rest != y->rest)
    return x->rest > y->rest ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

/* Floors every line's share, then gives the missing đồng to the largest remainders. */
static void
spread_net (GPtrArray *lines, const QuayTaxRow *row)
{
  g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (Share));
  gint64 left = row->net.dong;
  gint64 d = 10000 + MAX (row->rate_bp, 0);
  for (guint i = 0; i < lines->len; i++)
    {
      QuayLine *line = lines->pdata[i];
      if (line->rate_bp != row->rate_bp)
        continue;
      __int128 n = (__int128)line->amount.dong * 10000;
      gint64 q = (gint64)(n / d);
      gint64 rest = (gint64)(n % d);
      if (rest < 0)
        {
          q--;
          rest += d;
        }
      line->net = QUAY_DONG (q);
      left -= q;
      Share share = { line, rest, i };
      g_array_append_val (shares, share);
    }
  g_array_sort (shares, compare_shares);
  for (guint i = 0; i < shares->len && left > 0; i++, left--)
    g_array_index (shares, Share, i).line->net.dong++;
  g_assert (left == 0);
}

gboolean
quay_tax_apply (GPtrArray *lines, GArray **rows_out, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QuayTaxRow));
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayLine *line = lines->pdata[i];
      QuayTaxRow *row = row_of_rate (rows, line->rate_bp);
      if (!quay_money_add (row->gross, line->amount, &row->gross))
        {
          g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "total out of range");
          return FALSE;
        }
    }
  for (guint i = 0; i < rows->len; i++)
    {
      QuayTaxRow *row = &g_array_index (rows, QuayTaxRow, i);
      if (!quay_tax_split (row->gross, row->rate_bp, row))
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                       "VAT rate %" G_GINT64_FORMAT " out of range", row->rate_bp);
          return FALSE;
        }
    }
  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    spread_net (lines, &g_array_index (rows, QuayTaxRow, i));
  if (rows_out != NULL)
    *rows_out = g_steal_pointer (&rows);
  return TRUE;
}
