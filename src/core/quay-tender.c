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

gboolean
quay_tender_settle (QuayMoney total, GPtrArray *payments, QuayMoney *change, GError **error)
{
  QuayMoney left = total;
  QuayMoney back = QUAY_DONG (0);
  if (total.dong < 0 || payments->len == 0)
    return refuse (error, "nothing was paid");
  if (!take_payments (payments, FALSE, &left, &back, error) ||
      !take_payments (payments, TRUE, &left, &back, error))
    return FALSE;
  if (left.dong > 0)
    return refuse (error, "payments don't cover the total");
  *change = back;
  return TRUE;
}

gboolean
quay_tender_is_doubtful (QuayMoney total, QuayMoney given)
{
  return given.dong > DOUBT_ABOVE && given.dong / DOUBT_FACTOR > total.dong;
}
