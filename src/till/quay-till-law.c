/* Law by date: alcohol. Thread: main. */
#include "quay-till-law.h"

#include "quay-till-facts.h"
#include "quay-till-prices-private.h"

#include "quay-error.h"
#include "quay-sheet.h"

#include <string.h>

#define KEY_LICENCE "shop.alcohol_licence"
#define KEY_UNTIL "shop.alcohol_until"
#define NUMBER_MAX_CHARS 60

/* --- the rows --- */

static gboolean
row_is_in_force (QuaySheet *sheet, const char *code, QuayDay day)
{
  QuayDay from, to;
  const char *until = quay_sheet_get (sheet, "valid_to");
  if (g_strcmp0 (quay_sheet_get (sheet, "code"), code) != 0 ||
      !quay_day_from_text (quay_sheet_get (sheet, "valid_from"), &from) || from > day)
    return FALSE;
  return until == NULL || *until == '\0' || (quay_day_from_text (until, &to) && day <= to);
}

GArray *
quay_till_holidays (void)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (QuayDay));
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/holidays.csv", NULL);
  while (sheet != NULL && quay_sheet_next (sheet, NULL))
    {
      QuayDay day;
      if (quay_day_from_text (quay_sheet_get (sheet, "day"), &day))
        g_array_append_val (days, day);
    }
  return days;
}

gint64
quay_till_law (QuayTill *till, const char *code, char **source)
{
  return quay_till_law_on (quay_till_day (till), code, source);
}

gint64
quay_till_law_on (QuayDay day, const char *code, char **source)
{
  gint64 value = 0;
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/law.csv", NULL);
  if (source != NULL)
    *source = NULL;
  while (sheet != NULL && quay_sheet_next (sheet, NULL))
    {
      if (!row_is_in_force (sheet, code, day))
        continue;
      value = g_ascii_strtoll (quay_sheet_get (sheet, "value"), NULL, 10);
      if (source == NULL)
        continue;
      g_free (*source);
      *source = g_strdup (quay_sheet_get (sheet, "source"));
    }
  return value;
}

/* The rows are read once a day, not at each scan. */
static void
learn_law (QuayTill *till)
{
  QuayDay today = quay_till_day (till);
  if (till->prices.law_day == today)
    return;
  till->prices.spirit_abv = quay_till_law (till, QUAY_LAW_PROMOTION, NULL);
  till->prices.licence_abv = quay_till_law (till, QUAY_LAW_LICENCE, NULL);
  till->prices.law_day = today;
}

gint64
quay_till_spirit_abv (QuayTill *till)
{
  learn_law (till);
  return till->prices.spirit_abv;
}

gboolean
quay_till_refuse_by_law (QuayTill *till, const char *what, const char *code, GError **error)
{
  g_autofree char *source = NULL;
  gint64 value = quay_till_law (till, code, &source);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_LAW, "%s|%s|%" G_GINT64_FORMAT, what,
               source != NULL ? source : "", value);
  return FALSE;
}

/* --- the licence --- */

/* The shop's own floor has the licence in the shop's settings, a stall in its own facts. */
static gboolean
is_at_home (QuayTill *till)
{
  QuayId floor;
  g_autofree char *text = quay_till_get_setting (till, QUAY_SETTING_FLOOR);
  return text == NULL || !quay_id_from_text (text, &floor) || quay_id_equal (&floor, &till->floor);
}

QuayLicence
quay_till_licence (QuayTill *till, char **number, QuayDay *until)
{
  g_autofree char *own = quay_till_get_setting (till, KEY_LICENCE);
  QuayDay last = (QuayDay)quay_till_get_setting_int (till, KEY_UNTIL, 0);
  gboolean any = own != NULL && *own != '\0';
  if (!is_at_home (till))
    {
      g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "location", &till->floor);
      g_free (own);
      own = quay_facts_dup_text (facts, "licence");
      last = (QuayDay)quay_facts_get_number (facts, "licence_until", 0);
    }
  gboolean here = own != NULL && *own != '\0';
  if (until != NULL)
    *until = here ? last : 0;
  if (number != NULL)
    *number = here ? g_strdup (own) : NULL;
  if (!here)
    return any ? QUAY_LICENCE_ELSEWHERE : QUAY_LICENCE_UNKNOWN;
  return last != 0 && last < quay_till_day (till) ? QUAY_LICENCE_EXPIRED : QUAY_LICENCE_SOUND;
}

gboolean
quay_till_set_licence (QuayTill *till, const char *number, QuayDay until, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (number != NULL ? number : ""));
  g_autofree char *day = until != 0 ? g_strdup_printf ("%d", until) : NULL;
  const char *kept = *text != '\0' ? text : NULL;
  if (!quay_till_check_text (text, NUMBER_MAX_CHARS, error))
    return FALSE;
  if (until != 0 && !quay_day_is_valid (until))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "%d is no day", until);
      return FALSE;
    }
  if (is_at_home (till))
    return quay_till_set_setting (till, KEY_UNTIL, kept != NULL ? day : NULL, error) &&
           quay_till_set_setting (till, KEY_LICENCE, kept, error);
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_LOCATION, &till->floor);
  quay_facts_add_text (facts, "licence", kept);
  quay_facts_add_number (facts, "licence_until", kept != NULL ? until : 0);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_emit_settings (till);
  return done != NULL;
}

static gboolean
line_needs_licence (QuayTill *till, const QuayLine *line)
{
  learn_law (till);
  return till->prices.licence_abv > 0 && line->abv >= till->prices.licence_abv;
}

gboolean
quay_till_cart_needs_licence (QuayTill *till)
{
  for (guint i = 0; i < till->cart->lines->len; i++)
    if (line_needs_licence (till, till->cart->lines->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
quay_till_line_is_lawful (QuayTill *till, const QuayLine *line, GError **error)
{
  if (!line_needs_licence (till, line))
    return TRUE;
  QuayLicence licence = quay_till_licence (till, NULL, NULL);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (licence == QUAY_LICENCE_EXPIRED)
    return quay_till_refuse_by_law (till, "licence.expired", QUAY_LAW_LICENCE, error);
  if (licence == QUAY_LICENCE_ELSEWHERE)
    return quay_till_refuse_by_law (till, "licence.elsewhere", QUAY_LAW_LICENCE, error);
  return TRUE;
}
