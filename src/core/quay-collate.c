/* Dictionary order of Vietnamese text: the sort key of quay-text.h. A key is three levels, letters,
 * tones and cases, with 0x01 between them; every weight is above 0x01.
 * Pure; any thread.
 */
#include "quay-text.h"

#include "quay-letters.h"

#include <string.h>

#define LEVEL_END 0x01
#define WEIGHT_SPACE 0x02
#define WEIGHT_PUNCT 0x03   /* to 0x22: the 32 ASCII signs in code order */
#define WEIGHT_SIGN 0x28    /* then the code point: ₫, –, “ … */
#define WEIGHT_DIGIT 0x30   /* to 0x39 */
#define WEIGHT_LETTER 0x40  /* plus the rank: to 0x61 */
#define WEIGHT_FOREIGN 0xF0 /* then the code point: letters of other scripts */
#define WEIGHT_TONE 0x02
#define WEIGHT_LOWER 0x02
#define WEIGHT_UPPER 0x03

/* Three stretches of one buffer, filled side by side. A byte of UTF-8 yields at most two bytes of
 * the first and one of each of the others. */
typedef struct
{
  guint8 *letters;
  guint8 *tones;
  guint8 *cases;
  gsize n_letters;
  gsize n; /* of tones and of cases */
} Levels;

static void
append_element (Levels *levels, guint primary, guint tone, gboolean upper)
{
  levels->letters[levels->n_letters++] = (guint8)primary;
  levels->tones[levels->n] = (guint8)(WEIGHT_TONE + tone);
  levels->cases[levels->n++] = upper ? WEIGHT_UPPER : WEIGHT_LOWER;
}

static void
append_code_point (Levels *levels, gunichar ch)
{
  gunichar lower = g_unichar_tolower (ch);
  gboolean alpha = g_unichar_isalpha (ch);
  append_element (levels, alpha ? WEIGHT_FOREIGN : WEIGHT_SIGN, QUAY_TONE_NGANG, lower != ch);
  for (int shift = 14; shift >= 0; shift -= 7)
    levels->letters[levels->n_letters++] = (guint8)(0x80 | (lower >> shift & 0x7F));
}

static void
append_ascii (Levels *levels, guint8 c)
{
  guint primary = WEIGHT_SPACE;
  if (g_ascii_isdigit (c))
    primary = WEIGHT_DIGIT + c - '0';
  else if (c >= '!' && c <= '/')
    primary = WEIGHT_PUNCT + c - '!';
  else if (c >= ':' && c <= '@')
    primary = WEIGHT_PUNCT + 15 + c - ':';
  else if (c >= '[' && c <= '`')
    primary = WEIGHT_PUNCT + 22 + c - '[';
  else if (c >= '{' && c <= '~')
    primary = WEIGHT_PUNCT + 28 + c - '{';
  append_element (levels, primary, QUAY_TONE_NGANG, FALSE);
}

/* A mark that composed with nothing weighs on the element before it. */
static void
raise_tone (Levels *levels, QuayTone tone)
{
  guint8 *last = &levels->tones[levels->n - 1];
  *last = MAX (*last, (guint8)(WEIGHT_TONE + tone));
}

static void
append_char (Levels *levels, gunichar ch)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  QuayLetter letter;
  if (quay_letter_lookup (ch, &letter))
    {
      append_element (levels, WEIGHT_LETTER + letter.rank, letter.tone, letter.upper);
      return;
    }
  if (ch < 0x80 || ch == 0x00A0)
    {
      append_ascii (levels, ch < 0x80 ? (guint8)ch : ' ');
      return;
    }
  if (g_unichar_ismark (ch) && levels->n > 0)
    {
      raise_tone (levels, quay_letter_tone_of_mark (ch));
      return;
    }
  gsize n = g_unichar_fully_decompose (ch, FALSE, parts, G_N_ELEMENTS (parts));
  if (n < 2 || !quay_letter_lookup (parts[0], &letter))
    {
      append_code_point (levels, ch);
      return;
    }
  append_element (levels, WEIGHT_LETTER + letter.rank, QUAY_TONE_NGANG, letter.upper);
  for (gsize i = 1; i < n; i++)
    raise_tone (levels, quay_letter_tone_of_mark (parts[i]));
}

/* Puts a level's end and the next level behind the @len bytes of @key; returns the new length.
 * Trailing weights of the plain case say nothing, since the end is below every weight. */
static gsize
close_level (guint8 *key, gsize len, const guint8 *next, gsize n, guint8 plain)
{
  while (n > 0 && next[n - 1] == plain)
    n--;
  key[len++] = LEVEL_END;
  memmove (key + len, next, n);
  return len + n;
}

GBytes *
quay_text_sort_key (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_autofree char *nfc = quay_text_nfc (text);
  if (nfc == NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);
      nfc = quay_text_nfc (valid);
    }
  gsize room = strlen (nfc) + 1; /* one more for the level's end */
  guint8 *key = g_malloc (4 * room);
  Levels levels = { .letters = key, .tones = key + 2 * room, .cases = key + 3 * room };
  for (const char *p = nfc; *p != '\0'; p = g_utf8_next_char (p))
    append_char (&levels, g_utf8_get_char (p));
  gsize len = levels.n_letters;
  len = close_level (key, len, levels.tones, levels.n, WEIGHT_TONE + QUAY_TONE_NGANG);
  len = close_level (key, len, levels.cases, levels.n, WEIGHT_LOWER);
  return g_bytes_new_take (g_realloc (key, len), len);
}

int
quay_text_compare (const char *a, const char *b)
{
  g_autoptr (GBytes) ka = quay_text_sort_key (a);
  g_autoptr (GBytes) kb = quay_text_sort_key (b);
  return g_bytes_compare (ka, kb);
}
