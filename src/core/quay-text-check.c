/* What text may come in: one line from a user, or a whole file. Refuses, never repairs.
 * Pure; any thread.
 */
#include "quay-text.h"

#include "quay-error.h"
#include "quay-letters.h"

#include <string.h>

/* Fewer than this many Western signs in words can be a trade mark or a French name. */
#define WESTERN_SIGNS_ENOUGH 3

static gboolean
is_forbidden (gunichar ch)
{
  if (ch < 0x20 || (ch >= 0x7F && ch < 0xA0))
    return TRUE;
  if (ch == 0x2028 || ch == 0x2029 || ch == 0xFEFF)
    return TRUE;
  if (ch == 0x200E || ch == 0x200F || ch == 0x061C)
    return TRUE;
  return (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069);
}

gboolean
quay_text_check (const char *text, gssize len, guint max_chars, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  const char *end = text + (len < 0 ? strlen (text) : (gsize)len);
  guint n = 0;
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar ch = *p == '\0' ? 0 : g_utf8_get_char_validated (p, end - p);
      if (ch == (gunichar)-1 || ch == (gunichar)-2)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "not UTF-8 at byte %" G_GSSIZE_FORMAT,
                       (gssize)(p - text));
          return FALSE;
        }
      if (is_forbidden (ch))
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "control character U+%04X", ch);
          return FALSE;
        }
      if (++n > max_chars)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "longer than %u characters",
                       max_chars);
          return FALSE;
        }
    }
  return TRUE;
}

static guint
line_of (const char *data, const char *at)
{
  guint line = 1;
  for (const char *p = data; p < at; p++)
    line += *p == '\n';
  return line;
}

/* The code points U+00A8 to U+00FE that no Vietnamese word has, and that TCVN3, VNI, Windows-1258
 * and doubly encoded UTF-8 put between letters. */
static gboolean
is_western_sign (gunichar ch)
{
  static const gunichar signs[] = {
    0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00B5, 0x00B6, 0x00B8, 0x00B9, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00CB, 0x00CE, 0x00CF, 0x00D0, 0x00D1,
    0x00D6, 0x00D7, 0x00D8, 0x00DB, 0x00DC, 0x00DE, 0x00DF, 0x00E4, 0x00E5, 0x00E6, 0x00E7, 0x00EB,
    0x00EE, 0x00EF, 0x00F0, 0x00F1, 0x00F6, 0x00F7, 0x00F8, 0x00FB, 0x00FC, 0x00FE,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i] == ch)
      return TRUE;
  return FALSE;
}

static gboolean
is_vietnamese_only (gunichar ch)
{
  QuayLetter letter;
  if (ch >= 0x0300 && ch <= 0x0323)
    return TRUE; /* a mark: the file is decomposed */
  return ch >= 0x0100 && quay_letter_lookup (ch, &letter);
}

/* The place of the first Western sign straight after a letter, if there are several and no letter
 * that proves the text to be real Vietnamese. */
static const char *
find_misread (const char *data, const char *end)
{
  const char *first = NULL;
  guint n = 0;
  gunichar before = 0;
  for (const char *p = data; p < end; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);
      if (is_vietnamese_only (ch))
        return NULL;
      if (ch >= 0x80 && is_western_sign (ch) && g_unichar_isalpha (before))
        {
          n++;
          first = first != NULL ? first : p;
        }
      before = ch;
    }
  return n >= WESTERN_SIGNS_ENOUGH ? first : NULL;
}

gboolean
quay_text_check_import (const char *data, gsize len, GError **error)
{
  g_return_val_if_fail (data != NULL || len == 0, FALSE);
  const char *end = data;
  if (len == 0)
    return TRUE;
  if (len >= 2 && (memcmp (data, "\xFF\xFE", 2) == 0 || memcmp (data, "\xFE\xFF", 2) == 0))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "line 1: UTF-16, save it as UTF-8");
      return FALSE;
    }
  if (!g_utf8_validate_len (data, len, &end))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                   "line %u: not UTF-8 (TCVN3, VNI or Windows text?), save it as UTF-8",
                   line_of (data, end));
      return FALSE;
    }
  const char *misread = find_misread (data, data + len);
  if (misread != NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                   "line %u: old Vietnamese letters (TCVN3, VNI or Windows) kept as Western signs",
                   line_of (data, misread));
      return FALSE;
    }
  return TRUE;
}
