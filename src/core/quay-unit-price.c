/* Sizes of packs out of their names. */
#include "quay-unit-price.h"

#include "quay-format.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *per;
  gint64 milli; /* of one, in thousandths of @per */
} units[] = {
  { "kg", "kg", 1000 }, { "g", "kg", 1 },     { "gr", "kg", 1 },      { "gam", "kg", 1 },
  { "ml", "lít", 1 },   { "l", "lít", 1000 }, { "lít", "lít", 1000 }, { "lit", "lít", 1000 },
};

/* The unit that begins at @text and ends as a word does. */
static int
find_unit (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize len = strlen (units[i].text);
      g_autofree char *head = g_strndup (text, len);
      g_autofree char *small = g_utf8_strdown (head, -1);
      if (strlen (text) >= len && g_str_equal (small, units[i].text) &&
          !g_unichar_isalnum (g_utf8_get_char_validated (text + len, -1)))
        return (int)i;
    }
  return -1;
}

/* Whether "2 x " or "6×" stands before the number. */
static gboolean
is_multiplied (const char *name, const char *number)
{
  const char *p = number;
  while (p > name && p[-1] == ' ')
    p--;
  return (p > name && (p[-1] == 'x' || p[-1] == 'X' || p[-1] == '*') &&
          (p - 1 == name || p[-2] == ' ' || g_ascii_isdigit (p[-2]))) ||
         (p - name >= 2 && memcmp (p - 2, "×", 2) == 0);
}

static gboolean
read_size (const char *name, const char *number, QuayQty *size, const char **unit)
{
  gsize len = strspn (number, "0123456789,.");
  g_autofree char *digits = g_strndup (number, len);
  const char *after = number + len;
  QuayQty qty;
  if (*after == ' ')
    after++;
  else if (g_str_has_prefix (after, "\u00a0"))
    after += strlen ("\u00a0");
  int found = find_unit (after);
  if (found < 0 || is_multiplied (name, number) || !quay_parse_qty (digits, &qty, NULL) ||
      !quay_muldiv (qty.milli, units[found].milli, 1000, &size->milli) || size->milli <= 0)
    return FALSE;
  *unit = units[found].per;
  return TRUE;
}

gboolean
quay_pack_size (const char *name, QuayQty *size, const char **unit)
{
  gboolean found = FALSE;
  for (const char *p = name; name != NULL && *p != '\0'; p++)
    {
      gboolean begins = g_ascii_isdigit (*p) &&
                        (p == name || (!g_ascii_isalnum (p[-1]) && p[-1] != ',' && p[-1] != '.'));
      if (begins && read_size (name, p, size, unit))
        found = TRUE;
    }
  return found;
}

gboolean
quay_unit_price (const char *name, QuayMoney price, QuayMoney *per, const char **unit)
{
  QuayQty size;
  return quay_pack_size (name, &size, unit) &&
         quay_muldiv (price.dong, 1000, size.milli, &per->dong) && quay_money_in_range (*per);
}
