/* Kinds and acts of the audit in words. */
#include "quay-audit-words.h"

#include "quay-people-words.h"
#include "quay-sale-view.h"
#include "quay-ui.h"

#include <string.h>

static const struct
{
  const char *words;
  const char *class;
} KINDS[QUAY_N_AUDIT_KINDS] = {
  [QUAY_AUDIT_EXCESS] = { N_ ("More given back than sold"), "bad" },
  [QUAY_AUDIT_UNENTITLED] = { N_ ("Written without a right"), "bad" },
  [QUAY_AUDIT_OVERRIDE] = { N_ ("Allowed on the spot"), "warn" },
  [QUAY_AUDIT_DISCOUNT] = { N_ ("Discount by hand"), "warn" },
  [QUAY_AUDIT_REMOVED] = { N_ ("Taken off the cart"), "warn" },
  [QUAY_AUDIT_DRAWER] = { N_ ("Drawer opened"), "warn" },
  [QUAY_AUDIT_REPRINT] = { N_ ("Receipt printed again"), "plain" },
  [QUAY_AUDIT_REFUND] = { N_ ("Refund"), "warn" },
  [QUAY_AUDIT_FIXED] = { N_ ("Payment put right"), "warn" },
  [QUAY_AUDIT_CASH] = { N_ ("Cash in or out"), "plain" },
  [QUAY_AUDIT_SHIFT] = { N_ ("Shift"), "plain" },
  [QUAY_AUDIT_DEBT] = { N_ ("Customer's account"), "plain" },
  [QUAY_AUDIT_LOGIN] = { N_ ("Signed in or out"), "plain" },
  [QUAY_AUDIT_LOGIN_FAILED] = { N_ ("Wrong PIN"), "warn" },
  [QUAY_AUDIT_PEOPLE] = { N_ ("Users and rights"), "warn" },
  [QUAY_AUDIT_SETTING] = { N_ ("Setting changed"), "plain" },
  [QUAY_AUDIT_PRICE] = { N_ ("Price changed"), "plain" },
  [QUAY_AUDIT_CLOCK] = { N_ ("Clock"), "warn" },
  [QUAY_AUDIT_OTHER] = { N_ ("Something else"), "plain" },
};

static const struct
{
  const char *act;
  const char *words;
} ACTS[] = {
  { "login", N_ ("Signed in") },
  { "logout", N_ ("Signed out") },
  { "pin.reset", N_ ("PIN reset by quayctl") },
  { "opened", N_ ("Opened, with the float") },
  { "closed", N_ ("Closed, counted less expected") },
  { "shift.counted", N_ ("Counted") },
  { "transfer.seen", N_ ("Transfer seen to arrive") },
  { "bank", N_ ("To the bank") },
  { "safe", N_ ("To the safe") },
  { "debt", N_ ("Of a debt") },
  { "producer", N_ ("Account of a producer") },
  { "paid", N_ ("Paid off") },
  { "opening", N_ ("Opening balance") },
  { "adjusted", N_ ("Adjusted") },
  { "points", N_ ("Points") },
};

/* What was set, by the words that its page has for it. */
static const struct
{
  const char *field;
  const char *words;
} FIELDS[] = {
  { "shop.name", N_ ("Name of the shop") },
  { "shop.address", N_ ("Address") },
  { "shop.phone", N_ ("Phone") },
  { "shop.tax_code", N_ ("Tax code") },
  { "shop.thanks", N_ ("Last line of a receipt") },
  { "shop.tax_method", N_ ("How VAT is paid") },
  { "shop.cash_rounding", N_ ("Cash is rounded to") },
  { "shop.cutoff", N_ ("The business day begins at") },
  { "shop.points", N_ ("A customer gets a point for each") },
  { "shop.point_worth", N_ ("A point pays") },
  { "shop.account", N_ ("Account for transfers") },
  { "shop.lock_minutes", N_ ("Lock by itself after") },
  { "shop.alcohol_licence", N_ ("Alcohol licence of this place") },
  { "shop.alcohol_until", N_ ("Valid until") },
  { "name", N_ ("Name") },
  { "role", N_ ("Role") },
  { "born", N_ ("Born on") },
  { "pin", N_ ("PIN") },
  { "active", N_ ("Works here") },
};

const char *
quay_audit_kind_words (QuayAuditKind kind)
{
  return _ (KINDS[kind].words);
}

const char *
quay_audit_kind_class (QuayAuditKind kind)
{
  return KINDS[kind].class;
}

/* "cash>transfer" */
static char *
tenders_words (const char *act)
{
  g_auto (GStrv) names = g_strsplit (act, ">", 2);
  if (g_strv_length (names) != 2)
    return g_strdup (act);
  g_autofree char *from = quay_sale_view_tenders (names[0]);
  g_autofree char *to = quay_sale_view_tenders (names[1]);
  return g_strdup_printf ("%s → %s", from, to);
}

static char *
act_words (const QuayAuditEntry *entry)
{
  QuayAct act;
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++)
    if (g_strcmp0 (ACTS[i].act, entry->act) == 0)
      return g_strdup (_ (ACTS[i].words));
  if (entry->kind == QUAY_AUDIT_FIXED && entry->act != NULL)
    return tenders_words (entry->act);
  if (entry->kind == QUAY_AUDIT_CLOCK || entry->kind == QUAY_AUDIT_LOGIN_FAILED)
    return NULL;
  return quay_act_from_name (entry->act, &act) ? g_strdup (quay_act_words (act))
                                               : g_strdup (entry->act);
}

static void
add (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* What somebody tried and may not do: it is named by the right that it takes. */
static char *
denied_words (const QuayAuditEntry *entry)
{
  QuayAct act;
  const char *what = quay_act_from_name (entry->name, &act) ? quay_act_words (act) : entry->name;
  return g_strdup_printf (_ ("Refused: %s"), what != NULL ? what : "?");
}

static void
add_fact (GString *text, const char *field, const char *value)
{
  QuayAct act;
  const char *words = field;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (strcmp (FIELDS[i].field, field) == 0)
      words = _ (FIELDS[i].words);
  if (words == field && quay_act_from_name (field, &act))
    words = quay_act_words (act);
  if (g_str_equal (field, "role"))
    value = quay_role_words (value);
  else if (g_str_equal (field, "active"))
    value = *value == '1' ? _ ("yes") : _ ("no");
  g_string_append (text, words);
  if (*value != '\0')
    g_string_append_printf (text, ": %s", value);
}

/* "role = cashier, active = 1", of which a value may have commas of its own. */
static char *
facts_words (const char *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (facts, ", ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strstr (parts[i], " = ");
      if (i > 0)
        g_string_append (text, ", ");
      if (value != NULL)
        *value = '\0';
      add_fact (text, parts[i], value != NULL ? value + strlen (" = ") : "");
    }
  return g_strdup (text->str);
}

/* What was set is what happened; facts have no reason. */
static gboolean
are_facts (const QuayAuditEntry *entry)
{
  return entry->kind == QUAY_AUDIT_SETTING ||
         (entry->kind == QUAY_AUDIT_PEOPLE && g_strcmp0 (entry->event, "noted") != 0) ||
         g_strcmp0 (entry->event, "pricelist") == 0 || g_strcmp0 (entry->event, "promotion") == 0;
}

char *
quay_audit_what_words (const QuayAuditEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean denied = g_strcmp0 (entry->act, "denied") == 0;
  g_autofree char *act = denied ? denied_words (entry) : act_words (entry);
  gboolean products = entry->kind == QUAY_AUDIT_PRICE && entry->name == NULL;
  add (text, act);
  add (text, entry->ref);
  if (entry->kind == QUAY_AUDIT_CLOCK && g_strcmp0 (entry->name, "went back") == 0)
    add (text, _ ("The computer's clock went back"));
  else if (!denied && (entry->kind != QUAY_AUDIT_SETTING || g_strcmp0 (entry->name, "shop") != 0))
    add (text, entry->name);
  if (are_facts (entry) && entry->why != NULL)
    {
      g_autofree char *facts = facts_words (entry->why);
      add (text, facts);
    }
  if (products && entry->qty.milli > 0)
    {
      guint n = (guint)(entry->qty.milli / 1000);
      g_autofree char *many = g_strdup_printf (ngettext ("%u product", "%u products", n), n);
      add (text, many);
    }
  else if (entry->qty.milli != 0)
    {
      g_autofree char *qty = quay_format_qty (entry->qty, NULL);
      g_autofree char *times = g_strconcat ("× ", qty, NULL);
      add (text, times);
    }
  if (entry->kind == QUAY_AUDIT_UNENTITLED)
    add (text, entry->event);
  return g_strdup (text->str);
}

char *
quay_audit_why_words (const QuayAuditEntry *entry)
{
  if (entry->kind == QUAY_AUDIT_EXCESS)
    return g_strdup_printf (_ ("refunds %s"), entry->why);
  if (entry->kind == QUAY_AUDIT_LOGIN && g_strcmp0 (entry->why, "idle") == 0)
    return g_strdup (_ ("nobody did anything"));
  if (are_facts (entry))
    return g_strdup ("");
  return g_strdup (entry->why != NULL ? entry->why : "");
}
