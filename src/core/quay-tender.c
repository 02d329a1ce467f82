/* Settling a total from several payments. */
#include "quay-tender.h"

#include "quay-error.h"

#define DOUBT_FACTOR 20
#define DOUBT_ABOVE 1000000

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, why);
  return FALSE;
}

const gint64 quay_tender_steps[] = { 0, 500, 1000, -1 };

/* Takes what the payments of one kind cover of @left. */
static gboolean
take_payments (GPtrArray *payments, gboolean cash, QuayMoney *left, QuayMoney *change,
               GError **error)
{
  for (guint i = 0; i < payments->len; i++)
    {
      QuayPayment *p = payments->pdata[i];
      if ((p->tender == QUAY_TENDER_CASH) != cash)
        continue;
      if (p->tender == QUAY_TENDER_ROUNDING)
        return refuse (error, "nobody pays by rounding");
      if (quay_tender_name (p->tender) == NULL || !quay_money_in_range (p->given) ||
          p->given.dong < 0)
        return refuse (error, "payment out of range");
      if (!cash && p->given.dong > left->dong)
        return refuse (error, "payment without cash exceeds the total");
      p->amount = QUAY_DONG (MIN (p->given.dong, left->dong));
      p->change = QUAY_DONG (p->given.dong - p->amount.dong);
      left->dong -= p->amount.dong;
      change->dong += p->change.dong;
      if (p->amount.dong == 0 && (payments->len > 1 || p->given.dong > 0))
        return refuse (error, "payment pays nothing");
    }
  return TRUE;
}

/* What cash gives, and where the first of it stands; FALSE if there is none or it is out of range.
 */
static gboolean
sum_cash (GPtrArray *payments, QuayMoney *sum, guint *first)
{
  *sum = QUAY_DONG (0);
  *first = payments->len;
  for (guint i = 0; i < payments->len; i++)
    {
      const QuayPayment *p = payments->pdata[i];
      if (p->tender != QUAY_TENDER_CASH)
        continue;
      if (p->given.dong < 0 || !quay_money_in_range (p->given) ||
          !quay_money_add (*sum, p->given, sum))
        return FALSE;
      *first = MIN (*first, i);
    }
  return *first < payments->len;
}

/* Puts what cash is rounded by before the cash. Where nothing is left of it, no cash is given and
 * none is noted. */
static void
round_cash (GPtrArray *payments, gint64 step, QuayMoney *left)
{
  QuayMoney given;
  guint first;
  if (step <= 0 || left->dong <= 0 || !sum_cash (payments, &given, &first) ||
      given.dong == left->dong)
    return;
  QuayMoney rounded = quay_tender_round (*left, step);
  if (rounded.dong == left->dong)
    return;
  QuayPayment *rounding = g_new0 (QuayPayment, 1);
  rounding->tender = QUAY_TENDER_ROUNDING;
  rounding->amount = rounding->given = QUAY_DONG (left->dong - rounded.dong);
  g_ptr_array_insert (payments, (int)first, rounding);
  *left = rounded;
  for (guint i = payments->len; rounded.dong == 0 && given.dong == 0 && i > 0; i--)
    if (((const QuayPayment *)payments->pdata[i - 1])->tender == QUAY_TENDER_CASH)
      g_ptr_array_remove_index (payments, i - 1);
}

gboolean
quay_tender_settle_rounded (QuayMoney total, gint64 step, GPtrArray *payments, QuayMoney *change,
                            GError **error)
{
  QuayMoney left = total;
  QuayMoney back = QUAY_DONG (0);
  if (total.dong < 0 || payments->len == 0)
    return refuse (error, "nothing was paid");
  if (!take_payments (payments, FALSE, &left, &back, error))
    return FALSE;
  round_cash (payments, step, &left);
  if (!take_payments (payments, TRUE, &left, &back, error))
    return FALSE;
  if (left.dong > 0)
    return refuse (error, "payments don't cover the total");
  *change = back;
  return TRUE;
}

gboolean
quay_tender_settle (QuayMoney total, GPtrArray *payments, QuayMoney *change, GError **error)
{
  return quay_tender_settle_rounded (total, 0, payments, change, error);
}

QuayMoney
quay_tender_round (QuayMoney amount, gint64 step)
{
  if (step <= 0 || amount.dong <= 0)
    return amount;
  gint64 over = amount.dong % step;
  return QUAY_DONG (amount.dong - over + (over * 2 >= step ? step : 0));
}

QuayMoney
quay_tender_round_back (QuayMoney amount, gint64 step, QuayMoney left, QuayMoney rounding,
                        gboolean last)
{
  if (last) /* what an exchange took of it may leave less than was rounded off */
    return QUAY_DONG (MAX (amount.dong - rounding.dong, 0));
  QuayMoney rounded = quay_tender_round (amount, step);
  return step > 0 && rounded.dong > left.dong ? QUAY_DONG (MAX (left.dong, 0)) : rounded;
}

gboolean
quay_tender_is_doubtful (QuayMoney total, QuayMoney given)
{
  return given.dong > DOUBT_ABOVE && given.dong / DOUBT_FACTOR > total.dong;
}
