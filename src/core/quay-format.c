/* Writes amounts and quantities; reading them is in quay-parse.c.
 * Pure; any thread.
 */
#include "quay-format.h"

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

guint
quay_cash_suggestions (QuayMoney total, QuayMoney out[QUAY_CASH_SUGGESTIONS])
{
  const gint64 largest_note = 500000;
  const gint64 notes_too_many = 30;
  if (total.dong <= 0 || !quay_money_in_range (total))
    return 0;
  guint n = 0;
  out[n++] = total;
  gboolean five = TRUE;
  for (gint64 step = 10000; n < QUAY_CASH_SUGGESTIONS && step <= QUAY_MONEY_MAX;
       step *= five ? 5 : 2, five = !five)
    {
      if (step < largest_note && total.dong / step >= notes_too_many)
        continue;
      QuayMoney next = QUAY_DONG ((total.dong / step + 1) * step);
      if (quay_money_in_range (next) && next.dong > out[n - 1].dong)
        out[n++] = next;
    }
  return n;
}
