/* Checked integer arithmetic for money and quantity. */
#include "quay-money.h"

gboolean
quay_muldiv (gint64 a, gint64 b, gint64 c, gint64 *out)
{
  if (c == 0)
    return FALSE;
  __int128 n = (__int128)a * b;
  __int128 d = c;
  if (d < 0)
    {
      n = -n;
      d = -d;
    }
  __int128 q = n / d;
  __int128 r = n % d;
  if (r < 0)
    r = -r;
  if (2 * r >= d)
    q += n < 0 ? -1 : 1;
  if (q > G_MAXINT64 || q < G_MININT64)
    return FALSE;
  *out = (gint64)q;
  return TRUE;
}

gboolean
quay_money_in_range (QuayMoney m)
{
  return m.dong <= QUAY_MONEY_MAX && m.dong >= -QUAY_MONEY_MAX;
}

gboolean
quay_qty_in_range (QuayQty q)
{
  return q.milli <= QUAY_QTY_MAX && q.milli >= -QUAY_QTY_MAX;
}

gboolean
quay_money_add (QuayMoney a, QuayMoney b, QuayMoney *out)
{
  gint64 sum;
  if (__builtin_add_overflow (a.dong, b.dong, &sum) || !quay_money_in_range (QUAY_DONG (sum)))
    return FALSE;
  out->dong = sum;
  return TRUE;
}

gboolean
quay_money_sub (QuayMoney a, QuayMoney b, QuayMoney *out)
{
  gint64 diff;
  if (__builtin_sub_overflow (a.dong, b.dong, &diff) || !quay_money_in_range (QUAY_DONG (diff)))
    return FALSE;
  out->dong = diff;
  return TRUE;
}

gboolean
quay_money_times_qty (QuayMoney unit_price, QuayQty qty, QuayMoney *out)
{
  gint64 dong;
  if (!quay_muldiv (unit_price.dong, qty.milli, 1000, &dong) ||
      !quay_money_in_range (QUAY_DONG (dong)))
    return FALSE;
  out->dong = dong;
  return TRUE;
}

gboolean
quay_qty_add (QuayQty a, QuayQty b, QuayQty *out)
{
  gint64 sum;
  if (__builtin_add_overflow (a.milli, b.milli, &sum) || !quay_qty_in_range (QUAY_MILLI (sum)))
    return FALSE;
  out->milli = sum;
  return TRUE;
}
