/* Words about customers. Any thread. */
#include "quay-customer-words.h"

#include "quay-ui.h"

#include <string.h>

char *
quay_customer_figures (const QuayCustomer *customer)
{
  g_autofree char *size =
      quay_format_money (QUAY_DONG (ABS (customer->debt.dong)), QUAY_MONEY_SIGN);
  g_autofree char *debt = customer->debt.dong > 0   ? g_strdup_printf (_ ("owes %s"), size)
                          : customer->debt.dong < 0 ? g_strdup_printf (_ ("paid ahead %s"), size)
                                                    : NULL;
  g_autofree char *points =
      customer->points != 0 ? g_strdup_printf (_ ("points: %d"), (int)customer->points) : NULL;
  if (debt != NULL && points != NULL)
    return g_strdup_printf ("%s · %s", debt, points);
  return debt != NULL ? g_steal_pointer (&debt) : g_steal_pointer (&points);
}

char *
quay_customer_meta (const QuayCustomer *customer)
{
  g_autofree char *phone = quay_phone_mask (customer->phone);
  g_autofree char *figures = quay_customer_figures (customer);
  if (phone != NULL && figures != NULL)
    return g_strdup_printf ("%s · %s", phone, figures);
  return phone != NULL ? g_steal_pointer (&phone) : g_steal_pointer (&figures);
}

const char *
quay_customer_kind_text (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } texts[] = {
    { "sale", N_ ("Sale") },
    { "refund", N_ ("Return") },
    { "fixed", N_ ("Tender put right") },
    { "paid", N_ ("Payment") },
    { "opening", N_ ("Owed before") },
    { "adjusted", N_ ("Adjusted") },
    { "points", N_ ("Points") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].kind, kind) == 0)
      return _ (texts[i].text);
  return kind;
}
