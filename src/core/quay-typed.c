/* Reading quantities in cartons, and days without separators. Pure. */
#include "quay-typed.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-text.h"

#include <string.h>

static const char *const carton_words[] = { "thung", "kien", "hop", "loc", "bao", "ket", "carton" };

static gboolean
refuse (GError **error, QuayError code, const char *why, const char *text)
{
  g_set_error (error, QUAY_ERROR, code, "%s: '%s'", why, text);
  return FALSE;
}

static gboolean
is_carton (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (carton_words); i++)
    if (g_str_equal (word, carton_words[i]))
      return TRUE;
  return FALSE;
}

/* Takes the digits, points and commas at @p; FALSE if there are none. */
static gboolean
take_number (const char **p, QuayQty *out, GError **error)
{
  gsize n = strspn (*p, "0123456789.,");
  g_autofree char *number = g_strndup (*p, n);
  if (n == 0 || !quay_parse_qty (number, out, error))
    {
      if (n == 0)
        refuse (error, QUAY_ERROR_INVALID, "no number", *p);
      return FALSE;
    }
  *p += n;
  *p += strspn (*p, " ");
  return TRUE;
}

static gboolean
times (QuayQty *qty, QuayQty by, GError **error)
{
  if (quay_muldiv (qty->milli, by.milli, 1000, &qty->milli) && quay_qty_in_range (*qty))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "quantity out of range");
  return FALSE;
}

/* "x24", "× 24" and "*24" behind a number. */
static gboolean
take_times (const char **p, QuayQty *qty, GError **error)
{
  QuayQty by;
  if (**p != 'x' && **p != '*')
    return TRUE;
  (*p)++;
  *p += strspn (*p, " ");
  return take_number (p, &by, error) && times (qty, by, error);
}

/* A word behind the number: the unit, or cartons, and pieces behind those. */
static gboolean
take_word (const char *p, const char *unit, QuayQty pack, QuayQty *qty, GError **error)
{
  QuayQty rest;
  if (*p == '\0' || (*unit != '\0' && g_str_equal (p, unit)))
    return TRUE;
  gsize n = strcspn (p, " 0123456789");
  g_autofree char *word = g_strndup (p, n);
  if (!is_carton (word))
    return refuse (error, QUAY_ERROR_INVALID, "unknown unit", p);
  if (pack.milli <= 0)
    return refuse (error, QUAY_ERROR_NOT_FOUND, "how many are in one is not known", word);
  if (!times (qty, pack, error))
    return FALSE;
  p += n;
  p += strspn (p, " ");
  if (*p == '\0')
    return TRUE;
  if (!take_number (&p, &rest, error))
    return FALSE;
  if (*p != '\0' && !g_str_equal (p, unit))
    return refuse (error, QUAY_ERROR_INVALID, "unknown unit", p);
  qty->milli += rest.milli;
  return TRUE;
}

gboolean
quay_typed_qty (const char *text, const char *unit, QuayQty pack, QuayQty *out, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "×", -1);
  g_autofree char *plain = g_strjoinv ("x", parts);
  g_autofree char *key = quay_text_search_key (plain);
  g_autofree char *unit_key = quay_text_search_key (unit != NULL ? unit : "");
  const char *p = key;
  QuayQty qty;
  if (!take_number (&p, &qty, error) || !take_times (&p, &qty, error) ||
      !take_word (p, unit_key, pack, &qty, error))
    return FALSE;
  if (!quay_qty_in_range (qty))
    return refuse (error, QUAY_ERROR_OVERFLOW, "quantity out of range", text);
  *out = qty;
  return TRUE;
}

static gboolean
make_day (guint64 day, guint64 month, guint64 year, QuayDay *out)
{
  if (year < 100)
    year += 2000;
  if (day > 31 || month > 12 || year > 9999)
    return FALSE;
  *out = (QuayDay)(year * 10000 + month * 100 + day);
  return quay_day_is_valid (*out);
}

gboolean
quay_typed_day (const char *text, QuayDay *out)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gsize len = strlen (trimmed);
  guint64 parts[3];
  *out = 0;
  if (len == 0 || quay_day_from_text (trimmed, out))
    return TRUE;
  if (strspn (trimmed, "0123456789") == len)
    {
      guint64 n = g_ascii_strtoull (trimmed, NULL, 10);
      guint64 century = len == 6 ? 100 : 10000;
      return (len == 6 || len == 8) &&
             make_day (n / century / 100, n / century % 100, n % century, out);
    }
  g_strdelimit (trimmed, ".-", '/');
  g_auto (GStrv) words = g_strsplit (trimmed, "/", -1);
  if (g_strv_length (words) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (words[i], 10, 0, 9999, &parts[i], NULL))
      return FALSE;
  return make_day (parts[0], parts[1], parts[2], out);
}

gboolean
quay_typed_clock (const char *text, int *minute)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strdown (text, -1));
  g_auto (GStrv) parts = g_strsplit_set (trimmed, ":hg", 2);
  guint64 hours = 0;
  guint64 minutes = 0;
  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 0, 23, &hours, NULL))
    return FALSE;
  gboolean whole = parts[1][0] == '\0' && strchr (trimmed, ':') == NULL;
  if (!whole &&
      (strlen (parts[1]) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minutes, NULL)))
    return FALSE;
  *minute = (int)(hours * 60 + minutes);
  return TRUE;
}

/* "500 g" is how much is in one piece, not how many pieces are in a carton. */
static gboolean
is_measure (const char *behind)
{
  static const char *const measures[] = { "g",  "gr", "gam", "kg",  "mg",
                                          "ml", "cl", "l",   "lit", "lít" };
  behind += strspn (behind, " ");
  gsize n = 0;
  while (behind[n] != '\0' && (g_ascii_isalpha (behind[n]) || (guchar)behind[n] >= 0x80))
    n++;
  g_autofree char *word = g_ascii_strdown (behind, (gssize)n);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    if (g_str_equal (word, measures[i]))
      return TRUE;
  return FALSE;
}

QuayQty
quay_typed_pack (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0';)
    {
      char *end;
      if (!g_ascii_isdigit (*p))
        {
          p++;
          continue;
        }
      guint64 n = g_ascii_strtoull (p, &end, 10);
      if (n > 1 && n <= 100000 && *end != ',' && *end != '.' && !is_measure (end))
        return QUAY_UNITS ((gint64)n);
      p = end;
    }
  return QUAY_MILLI (0);
}
