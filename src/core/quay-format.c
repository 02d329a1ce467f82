/* Writes amounts and quantities; reading them is in quay-parse.c.
 * Pure; any thread.
 */
#include "quay-format.h"

#define LARGEST_NOTE G_GINT64_CONSTANT (500000)
#define MINUS "\xE2\x88\x92" /* U+2212 */

static guint64
magnitude (gint64 n)
{
  return n < 0 ? 0 - (guint64)n : (guint64)n;
}

static void
append_grouped (GString *out, guint64 n)
{
  if (n >= 1000)
    {
      append_grouped (out, n / 1000);
      g_string_append_printf (out, ".%03u", (guint)(n % 1000));
    }
  else
    g_string_append_printf (out, "%u", (guint)n);
}

char *
quay_format_money (QuayMoney amount, QuayMoneyStyle style)
{
  GString *out = g_string_sized_new (32);
  if (amount.dong < 0)
    g_string_append (out, style == QUAY_MONEY_ASCII ? "-" : MINUS);
  append_grouped (out, magnitude (amount.dong));
  switch (style)
    {
    case QUAY_MONEY_SIGN:
      g_string_append (out, QUAY_NBSP "₫");
      break;
    case QUAY_MONEY_LETTER:
      g_string_append (out, QUAY_NBSP "đ");
      break;
    case QUAY_MONEY_ASCII:
      g_string_append_c (out, 'd');
      break;
    case QUAY_MONEY_BARE:
      break;
    }
  return g_string_free (out, FALSE);
}

/* @n in units of 10^-@digits, without trailing zeros. */
static void
append_decimal (GString *out, gint64 n, int digits)
{
  guint64 scale = 1;
  for (int i = 0; i < digits; i++)
    scale *= 10;
  guint64 m = magnitude (n);
  guint64 rest = m % scale;
  if (n < 0)
    g_string_append (out, MINUS);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, m / scale);
  if (rest == 0)
    return;
  while (rest % 10 == 0)
    {
      rest /= 10;
      digits--;
    }
  g_string_append_printf (out, ",%0*" G_GINT64_MODIFIER "u", digits, rest);
}

char *
quay_format_qty (QuayQty qty, const char *unit)
{
  GString *out = g_string_sized_new (32);
  append_decimal (out, qty.milli, 3);
  if (unit != NULL && *unit != '\0')
    {
      g_string_append (out, QUAY_NBSP);
      g_string_append (out, unit);
    }
  return g_string_free (out, FALSE);
}

char *
quay_format_percent (gint64 basis_points)
{
  GString *out = g_string_sized_new (16);
  append_decimal (out, basis_points, 2);
  g_string_append_c (out, '%');
  return g_string_free (out, FALSE);
}

/* The smallest of the notes that make @amount, a multiple of 10.000, in the fewest. */
static gint64
find_smallest_note (gint64 amount)
{
  static const gint64 notes[] = { LARGEST_NOTE, 200000, 100000, 50000, 20000, 10000 };
  gint64 smallest = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    if (amount >= notes[i])
      {
        smallest = notes[i];
        amount %= notes[i];
      }
  return smallest;
}

/* Whether a customer who owes @total would pay with @amount, the next multiple of @step. */
static gboolean
is_likely (gint64 total, gint64 step, gint64 amount)
{
  const gint64 too_many_notes = 30;
  if (step >= LARGEST_NOTE)
    return step <= 2 * LARGEST_NOTE || step <= total;
  return total / step < too_many_notes && amount - total < find_smallest_note (amount);
}

guint
quay_cash_suggestions (QuayMoney total, QuayMoney out[QUAY_CASH_SUGGESTIONS])
{
  if (total.dong <= 0 || !quay_money_in_range (total))
    return 0;
  guint n = 0;
  out[n++] = total;
  gboolean five = TRUE;
  for (gint64 step = 10000; n < QUAY_CASH_SUGGESTIONS && step <= QUAY_MONEY_MAX;
       step *= five ? 5 : 2, five = !five)
    {
      QuayMoney next = QUAY_DONG ((total.dong / step + 1) * step);
      if (quay_money_in_range (next) && next.dong > out[n - 1].dong &&
          is_likely (total.dong, step, next.dong))
        out[n++] = next;
    }
  return n;
}
