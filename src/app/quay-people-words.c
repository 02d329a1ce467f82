/* Roles and rights in words. */
#include "quay-people-words.h"

#include "quay-error.h"
#include "quay-till-sign.h"
#include "quay-ui.h"

#include <string.h>

static const struct
{
  const char *role;
  const char *words;
} ROLES[] = {
  { "manager", N_ ("Manager") },
  { "cashier", N_ ("Cashier") },
  { "keeper", N_ ("Stock keeper") },
  { "auditor", N_ ("Auditor") },
};

static const char *const ACTS[QUAY_N_ACTS] = {
  [QUAY_ACT_SELL] = N_ ("Sell"),
  [QUAY_ACT_DISCOUNT] = N_ ("Discount by hand"),
  [QUAY_ACT_PRICE] = N_ ("Another price for a line"),
  [QUAY_ACT_VOID] = N_ ("Throw a whole sale away"),
  [QUAY_ACT_EXPIRED] = N_ ("Sell expired or held goods"),
  [QUAY_ACT_REFUND] = N_ ("Give money back for a known sale"),
  [QUAY_ACT_REFUND_FREE] = N_ ("Give money back without a receipt"),
  [QUAY_ACT_FIX_PAYMENT] = N_ ("Change how a sale was paid"),
  [QUAY_ACT_DEBT] = N_ ("Sell on debt"),
  [QUAY_ACT_DEBT_OVER] = N_ ("Sell on debt beyond the limit"),
  [QUAY_ACT_CUSTOMER] = N_ ("Customers and payments of debts"),
  [QUAY_ACT_ERASE] = N_ ("Erase a customer, write a debt off"),
  [QUAY_ACT_SHIFT] = N_ ("Open and close one's own shift"),
  [QUAY_ACT_SHIFT_OTHER] = N_ ("Close the shift of another"),
  [QUAY_ACT_CASH] = N_ ("Cash into or out of the drawer"),
  [QUAY_ACT_DRAWER] = N_ ("Open the drawer without a sale"),
  [QUAY_ACT_EXPECTED] = N_ ("See the cash expected before the count"),
  [QUAY_ACT_REPORT] = N_ ("See figures"),
  [QUAY_ACT_STOCK] = N_ ("Receive, issue and count goods"),
  [QUAY_ACT_COUNT] = N_ ("Approve a count of stock"),
  [QUAY_ACT_CATALOG] = N_ ("Products, prices, promotions"),
  [QUAY_ACT_SETTLE] = N_ ("Producers' accounts"),
  [QUAY_ACT_AUDIT] = N_ ("See who did what"),
  [QUAY_ACT_USERS] = N_ ("Users and rights"),
  [QUAY_ACT_SETTINGS] = N_ ("Settings"),
};

const char *
quay_role_words (const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (g_strcmp0 (ROLES[i].role, role) == 0)
      return _ (ROLES[i].words);
  return role;
}

const char *
quay_act_words (QuayAct act)
{
  return _ (ACTS[act]);
}

/* 1250 → "12,5 %". */
static char *
show_amount (QuayAct act, gint64 amount)
{
  if (quay_act_limit_kind (act) == QUAY_LIMIT_DONG)
    return quay_format_money (QUAY_DONG (amount), QUAY_MONEY_SIGN);
  g_autofree char *number = quay_format_qty ((QuayQty){ amount * 10 }, NULL);
  return g_strdup_printf ("%s %%", number);
}

char *
quay_limit_words (QuayAct act, gint64 limit)
{
  if (limit <= 0)
    return g_strdup (_ ("no"));
  if (limit == QUAY_NO_LIMIT || !quay_act_has_limit (act))
    return g_strdup (_ ("yes"));
  g_autofree char *amount = show_amount (act, limit);
  return g_strdup_printf (_ ("up to %s"), amount);
}

char *
quay_denied_words (QuayTill *till, QuayAct act, gint64 amount)
{
  const QuayUser *user = quay_till_who_works (till);
  const char *name = user != NULL ? user->name : "";
  gint64 limit = quay_till_limit (till, act);
  if (!quay_act_has_limit (act) || amount <= 0)
    return g_strdup_printf (_ ("%s – %s may not do this alone"), quay_act_words (act), name);
  g_autofree char *asked = show_amount (act, amount);
  if (limit <= 0)
    return g_strdup_printf (_ ("%s, %s – %s may not do this alone"), quay_act_words (act), asked,
                            name);
  g_autofree char *allowed = show_amount (act, limit);
  return g_strdup_printf (_ ("%s, %s – %s may up to %s alone"), quay_act_words (act), asked, name,
                          allowed);
}

char *
quay_pin_fault_words (QuayTill *till, const char *code, const GError *error)
{
  guint wait = quay_till_pin_wait (till, code);
  gboolean wrong = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  if (wait > 0)
    return g_strdup_printf (ngettext ("Wrong PIN. Try again in %u second.",
                                      "Wrong PIN. Try again in %u seconds.", wait),
                            wait);
  if (wrong)
    return g_strdup (_ ("Wrong PIN."));
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    return g_strdup (_ ("This user was taken off."));
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
    return g_strdup (_ ("This user may not allow it either."));
  return quay_ui_error_text (error);
}

char *
quay_initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  GString *initials = g_string_new (NULL);
  guint n = g_strv_length (words);
  if (n > 0)
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[0])));
  if (n > 1)
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[n - 1])));
  return g_string_free (initials, FALSE);
}
