/* Vietnamese numerals by groups of three digits, in blocks of tỷ (10^9).
 * Pure; any thread.
 */
#include "quay-words.h"

#define BLOCK G_GUINT64_CONSTANT (1000000000)

static const char *const digit_words[10] = { "không", "một", "hai", "ba",  "bốn",
                                             "năm",   "sáu", "bảy", "tám", "chín" };

static void
append_word (GString *out, const char *word)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, word);
}

static const char *
choose_unit_word (guint tens, guint units, const QuayWordsOptions *options)
{
  if (units == 1 && tens >= 2)
    return "mốt";
  if (units == 4 && tens >= 2 && !options->bon)
    return "tư";
  if (units == 5 && tens >= 1)
    return "lăm";
  return digit_words[units];
}

/* A group of 1 to 999. A full one, spoken after a higher group, names its hundreds even if 0. */
static void
append_group (GString *out, guint n, gboolean full, const QuayWordsOptions *options)
{
  guint hundreds = n / 100;
  guint tens = n / 10 % 10;
  guint units = n % 10;
  gboolean hundreds_spoken = hundreds > 0 || full;
  if (hundreds_spoken)
    {
      append_word (out, digit_words[hundreds]);
      append_word (out, "trăm");
    }
  if (tens == 0 && units > 0 && hundreds_spoken)
    append_word (out, options->le ? "lẻ" : "linh");
  else if (tens == 1)
    append_word (out, "mười");
  else if (tens >= 2)
    {
      append_word (out, digit_words[tens]);
      append_word (out, "mươi");
    }
  if (units > 0)
    append_word (out, choose_unit_word (tens, units, options));
}

/* A number above 0. The depth is three at most: 2^64 is below 10^27. */
static void
append_number (GString *out, guint64 n, gboolean full, const QuayWordsOptions *options)
{
  static const guint scales[3] = { 1000000, 1000, 1 };
  const char *const names[3] = { "triệu", options->ngan ? "ngàn" : "nghìn", NULL };
  if (n >= BLOCK)
    {
      append_number (out, n / BLOCK, full, options);
      append_word (out, "tỷ");
      full = TRUE;
      n %= BLOCK;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      guint group = (guint)(n / scales[i] % 1000);
      if (group == 0)
        continue;
      append_group (out, group, full, options);
      if (names[i] != NULL)
        append_word (out, names[i]);
      full = TRUE;
    }
}

char *
quay_words (gint64 n, const QuayWordsOptions *options)
{
  static const QuayWordsOptions north;
  GString *out = g_string_sized_new (128);
  if (n < 0)
    append_word (out, "âm");
  if (n == 0)
    append_word (out, digit_words[0]);
  else
    append_number (out, n < 0 ? 0 - (guint64)n : (guint64)n, FALSE,
                   options != NULL ? options : &north);
  return g_string_free (out, FALSE);
}

char *
quay_words_money (QuayMoney amount, const QuayWordsOptions *options)
{
  g_autofree char *words = quay_words (amount.dong, options);
  GString *out = g_string_sized_new (160);
  g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (words)));
  g_string_append (out, g_utf8_next_char (words));
  append_word (out, "đồng");
  if (options != NULL && options->chan)
    append_word (out, "chẵn");
  return g_string_free (out, FALSE);
}
