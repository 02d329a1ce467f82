/* Normal form, folding and search keys of Vietnamese text. The sort key is in quay-collate.c and
 * the checks of foreign text in quay-text-check.c.
 * Pure; any thread.
 */
#include "quay-text.h"

#include "quay-letters.h"

#include <string.h>

/* Every code point below U+0300, the Vietnamese block and the punctuation in use is its own NFC.
 * So nearly all text is told to be normal by a look at its lead bytes. */
static gboolean
is_surely_nfc (const char *text)
{
  for (const guint8 *p = (const guint8 *)text; *p != 0; p++)
    {
      if (*p < 0xCC)
        continue; /* also the later bytes of a sequence */
      if (p[0] == 0xE1 && (p[1] == 0xBA || p[1] == 0xBB) && !(p[1] == 0xBB && p[2] >= 0xBA) &&
          !(p[1] == 0xBA && p[2] < 0xA0))
        continue; /* U+1EA0 to U+1EF9 */
      if (p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA6)
        continue; /* dashes, quotes, bullet, ellipsis */
      if (p[0] == 0xE2 && p[1] == 0x82 && p[2] == 0xAB)
        continue; /* ₫ */
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_high_tone (gunichar ch)
{
  return ch == 0x0300 || ch == 0x0301 || ch == 0x0303 || ch == 0x0309;
}

static gboolean
takes_shape (gunichar base, gunichar mark)
{
  gunichar lower = base | 0x20;
  if (base >= 0x80)
    return FALSE;
  return lower == 'a' || (mark == 0x0302 && (lower == 'e' || lower == 'o'));
}

/* Moves a circumflex or breve before the tone that was typed ahead of it. Both have combining
 * class 230, so canonical ordering keeps them as typed. */
static void
move_shapes_before_tones (gunichar *nfd, glong n)
{
  for (glong i = 1; i < n; i++)
    {
      if (nfd[i] != 0x0302 && nfd[i] != 0x0306)
        continue;
      glong to = i;
      while (to > 0 && is_high_tone (nfd[to - 1]))
        to--;
      glong base = to;
      while (base > 0 && nfd[base - 1] == 0x0323)
        base--;
      if (to == i || base == 0 || !takes_shape (nfd[base - 1], nfd[i]))
        continue;
      gunichar shape = nfd[i];
      memmove (nfd + to + 1, nfd + to, (gsize)(i - to) * sizeof *nfd);
      nfd[to] = shape;
    }
}

char *
quay_text_nfc (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  if (is_surely_nfc (text))
    return g_strdup (text);
  g_autofree char *nfc = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  if (nfc == NULL || (strstr (nfc, "\xCC\x82") == NULL && strstr (nfc, "\xCC\x86") == NULL))
    return g_steal_pointer (&nfc);
  g_autofree char *nfd = g_utf8_normalize (nfc, -1, G_NORMALIZE_NFD);
  glong n = 0;
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (nfd, -1, &n);
  move_shapes_before_tones (chars, n);
  g_autofree char *moved = g_ucs4_to_utf8 (chars, n, NULL, NULL, NULL);
  return g_utf8_normalize (moved, -1, G_NORMALIZE_NFC);
}

/* The ASCII of one code point that has no canonical decomposition; 0 for a mark to be dropped. */
static char
fold_char (gunichar ch)
{
  QuayLetter letter;
  if (ch < 0x80)
    return (char)ch;
  if (quay_letter_lookup (ch, &letter))
    return letter.ascii;
  switch (ch)
    {
    case 0x0300: /* huyền */
    case 0x0301: /* sắc */
    case 0x0302: /* circumflex */
    case 0x0303: /* ngã */
    case 0x0306: /* breve */
    case 0x0309: /* hỏi */
    case 0x031B: /* horn */
    case 0x0323: /* nặng */
      return '\0';
    case 0x20AB: /* ₫ */
      return 'd';
    case 0x00A0: /* NBSP */
      return ' ';
    case 0x2013:
    case 0x2014:
      return '-';
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
      return '\'';
    case 0x00AB:
    case 0x00BB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
      return '"';
    default:
      return '?';
    }
}

/* Folds code points one by one: the order of marks, which normalisation would settle, can't matter
 * where marks either vanish or all turn into the same '?'. */
static void
append_folded (GString *out, gunichar ch)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  QuayLetter letter;
  gsize n = 1;
  parts[0] = ch;
  if (!quay_letter_lookup (ch, &letter))
    n = g_unichar_fully_decompose (ch, FALSE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n; i++)
    {
      char c = fold_char (parts[i]);
      if (c != '\0')
        g_string_append_c (out, c);
    }
}

static GString *
fold_to_string (const char *text)
{
  gsize len = strlen (text);
  GString *out = g_string_sized_new (len + 1);
  const char *p = text;
  const char *end = text + len;
  while (p < end)
    {
      const char *run = p;
      while (p < end && (guint8)*p < 0x80)
        p++;
      g_string_append_len (out, run, p - run);
      if (p == end)
        break;
      gunichar ch = g_utf8_get_char_validated (p, end - p);
      if (ch == (gunichar)-1 || ch == (gunichar)-2)
        {
          g_string_append_c (out, '?');
          p++;
          continue;
        }
      append_folded (out, ch);
      p = g_utf8_next_char (p);
    }
  return out;
}

char *
quay_text_fold (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  return g_string_free (fold_to_string (text), FALSE);
}

char *
quay_text_search_key (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  char *key = g_string_free (fold_to_string (text), FALSE);
  char *to = key;
  for (const char *p = key; *p != '\0'; p++)
    {
      if (!g_ascii_isspace (*p))
        *to++ = g_ascii_tolower (*p);
      else if (to > key && to[-1] != ' ')
        *to++ = ' ';
    }
  if (to > key && to[-1] == ' ')
    to--;
  *to = '\0';
  return key;
}
