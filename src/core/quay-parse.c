/* Reads typed amounts and quantities (the parsers of quay-format.h). Nothing is ever guessed: what
 * two people could read differently is an error.
 * Pure; any thread.
 */
#include "quay-format.h"

#include "quay-error.h"

#include <string.h>

/* A piece of the caller's text, narrowed from both ends as its parts are read. */
typedef struct
{
  const char *p;
  const char *end;
} Span;

/* Bytes of the blank that @s begins with: space, tab, NBSP, and the thin ones U+2009 and U+202F. */
static gsize
blank_at_start (Span s)
{
  gsize left = (gsize)(s.end - s.p);
  if (left >= 1 && (*s.p == ' ' || *s.p == '\t'))
    return 1;
  if (left >= 2 && memcmp (s.p, "\xC2\xA0", 2) == 0)
    return 2;
  if (left >= 3 && (memcmp (s.p, "\xE2\x80\x89", 3) == 0 || memcmp (s.p, "\xE2\x80\xAF", 3) == 0))
    return 3;
  return 0;
}

static gsize
blank_at_end (Span s)
{
  for (gsize n = 1; n <= 3 && n <= (gsize)(s.end - s.p); n++)
    if (blank_at_start ((Span){ s.end - n, s.end }) == n)
      return n;
  return 0;
}

static Span
trim (Span s)
{
  gsize n;
  while ((n = blank_at_start (s)) > 0)
    s.p += n;
  while ((n = blank_at_end (s)) > 0)
    s.end -= n;
  return s;
}

/* Takes @word, written in small letters, off the end in any case. */
static gboolean
strip_ending (Span *s, const char *word)
{
  gsize len = strlen (word);
  if ((gsize)(s->end - s->p) < len)
    return FALSE;
  const char *at = s->end - len;
  for (gsize i = 0; i < len; i++)
    {
      gboolean capital_dd = i > 0 && (guint8)word[i - 1] == 0xC4 && (guint8)word[i] == 0x91 &&
                            (guint8)at[i] == 0x90; /* Đ is C4 90, đ is C4 91 */
      if (g_ascii_tolower (at[i]) != word[i] && !capital_dd)
        return FALSE;
    }
  s->end = at;
  return TRUE;
}

static void
strip_currency (Span *s)
{
  static const char *const words[] = { "vnđ", "vnd", "đồng", "đ", "₫", "d" };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strip_ending (s, words[i]))
      {
        *s = trim (*s);
        return;
      }
}

static gsize
count_digits (Span s)
{
  const char *p = s.p;
  while (p < s.end && g_ascii_isdigit (*p))
    p++;
  return (gsize)(p - s.p);
}

/* Bytes of the group separator that @s begins with: a dot, a comma or a blank. */
static gsize
separator_at_start (Span s)
{
  if (s.p < s.end && (*s.p == '.' || *s.p == ','))
    return 1;
  return blank_at_start (s);
}

/* @value = @value × 10 + digit, kept at one past the range once it leaves it. */
static void
push_digits (gint64 *value, const char *digits, gsize n)
{
  for (gsize i = 0; i < n; i++)
    *value = MIN (*value * 10 + (digits[i] - '0'), QUAY_MONEY_MAX + 1);
}

/* Reads all of @s as 1234567 or 1.234.567. */
static gboolean
read_grouped (Span s, gint64 *out)
{
  gint64 value = 0;
  gsize n = count_digits (s);
  if (n == 0)
    return FALSE;
  push_digits (&value, s.p, n);
  if (s.p + n < s.end && (n > 3 || *s.p == '0'))
    return FALSE;
  s.p += n;
  const char *separator = s.p;
  gsize len = separator_at_start (s);
  while (s.p < s.end)
    {
      if (len == 0 || separator_at_start (s) != len || memcmp (s.p, separator, len) != 0)
        return FALSE;
      s.p += len;
      if (count_digits (s) != 3)
        return FALSE;
      push_digits (&value, s.p, 3);
      s.p += 3;
    }
  *out = value;
  return TRUE;
}

/* The place of "tr" in any case, or NULL. */
static const char *
find_million (Span s)
{
  for (const char *p = s.p; p + 1 < s.end; p++)
    if (g_ascii_tolower (p[0]) == 't' && g_ascii_tolower (p[1]) == 'r')
      return p;
  return NULL;
}

/* Reads 35k, 1tr, 1tr25 or a plain number. @scale of the number, @tail what follows "tr". */
static gboolean
read_amount (Span s, gint64 *value, gint64 *scale, gint64 *tail)
{
  const char *million = find_million (s);
  *scale = 1;
  *tail = 0;
  if (million != NULL)
    {
      Span after = { million + 2, s.end };
      gsize n = count_digits (after);
      if (n > 3 || after.p + n != after.end)
        return FALSE;
      push_digits (tail, after.p, n);
      for (gsize i = n; i < 6; i++)
        *tail *= 10;
      *scale = 1000000;
      s = trim ((Span){ s.p, million });
    }
  else if (strip_ending (&s, "k"))
    {
      *scale = 1000;
      s = trim (s);
    }
  return read_grouped (s, value);
}

gboolean
quay_parse_money (const char *text, QuayMoney *out, GError **error)
{
  g_return_val_if_fail (text != NULL && out != NULL, FALSE);
  gint64 value;
  gint64 scale;
  gint64 tail;
  Span s = trim ((Span){ text, text + strlen (text) });
  strip_currency (&s);
  if (!read_amount (s, &value, &scale, &tail))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "not an amount in đồng");
      return FALSE;
    }
  gint64 dong;
  if (__builtin_mul_overflow (value, scale, &dong) || __builtin_add_overflow (dong, tail, &dong) ||
      !quay_money_in_range (QUAY_DONG (dong)))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "amount beyond the range");
      return FALSE;
    }
  out->dong = dong;
  return TRUE;
}

gboolean
quay_parse_qty (const char *text, QuayQty *out, GError **error)
{
  g_return_val_if_fail (text != NULL && out != NULL, FALSE);
  gint64 milli = 0;
  Span s = trim ((Span){ text, text + strlen (text) });
  gsize whole = count_digits (s);
  gsize decimals = 0;
  gboolean valid = whole > 0;
  push_digits (&milli, s.p, whole);
  s.p += whole;
  if (s.p < s.end && (*s.p == ',' || *s.p == '.'))
    {
      s.p++;
      decimals = count_digits (s);
      push_digits (&milli, s.p, decimals);
      s.p += decimals;
      valid = valid && decimals >= 1 && decimals <= 3;
    }
  if (!valid || s.p != s.end)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "not a quantity");
      return FALSE;
    }
  push_digits (&milli, "000", 3 - decimals);
  if (!quay_qty_in_range (QUAY_MILLI (milli)))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "quantity beyond the range");
      return FALSE;
    }
  out->milli = milli;
  return TRUE;
}
