/* Normal form, folding, search keys, order and checks of Vietnamese text, from the full table of
 * the alphabet: 134 letters with a mark, in every way they can be spelt.
 */
#include "quay-error.h"
#include "quay-text.h"

#include <string.h>

/* One row a vowel: the plain letter, the mark that makes the vowel (0 if none), and the letters in
 * the order of the tones: ngang huyền hỏi ngã sắc nặng. */
typedef struct
{
  char ascii;
  gunichar shape;
  gunichar lower[6];
  gunichar upper[6];
} VowelRow;

/* clang-format off */
static const VowelRow vowels[] = {
  { 'a', 0x000, { 0x0061, 0x00E0, 0x1EA3, 0x00E3, 0x00E1, 0x1EA1 },
                { 0x0041, 0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0 } },
  { 'a', 0x306, { 0x0103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7 },
                { 0x0102, 0x1EB0, 0x1EB2, 0x1EB4, 0x1EAE, 0x1EB6 } },
  { 'a', 0x302, { 0x00E2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD },
                { 0x00C2, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EAC } },
  { 'e', 0x000, { 0x0065, 0x00E8, 0x1EBB, 0x1EBD, 0x00E9, 0x1EB9 },
                { 0x0045, 0x00C8, 0x1EBA, 0x1EBC, 0x00C9, 0x1EB8 } },
  { 'e', 0x302, { 0x00EA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7 },
                { 0x00CA, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EBE, 0x1EC6 } },
  { 'i', 0x000, { 0x0069, 0x00EC, 0x1EC9, 0x0129, 0x00ED, 0x1ECB },
                { 0x0049, 0x00CC, 0x1EC8, 0x0128, 0x00CD, 0x1ECA } },
  { 'o', 0x000, { 0x006F, 0x00F2, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD },
                { 0x004F, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC } },
  { 'o', 0x302, { 0x00F4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9 },
                { 0x00D4, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED0, 0x1ED8 } },
  { 'o', 0x31B, { 0x01A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3 },
                { 0x01A0, 0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2 } },
  { 'u', 0x000, { 0x0075, 0x00F9, 0x1EE7, 0x0169, 0x00FA, 0x1EE5 },
                { 0x0055, 0x00D9, 0x1EE6, 0x0168, 0x00DA, 0x1EE4 } },
  { 'u', 0x31B, { 0x01B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1 },
                { 0x01AF, 0x1EEA, 0x1EEC, 0x1EEE, 0x1EE8, 0x1EF0 } },
  { 'y', 0x000, { 0x0079, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5 },
                { 0x0059, 0x1EF2, 0x1EF6, 0x1EF8, 0x00DD, 0x1EF4 } },
};
/* clang-format on */

static const gunichar tones[6] = { 0, 0x300, 0x309, 0x303, 0x301, 0x323 };

/* Asserts that up to three code points (zeros left out) are a way to spell @letter. */
static void
assert_spelling (gunichar a, gunichar b, gunichar c, gunichar letter, char ascii)
{
  const gunichar parts[] = { a, b, c };
  char expected[7] = { 0 };
  const char folded_expected[] = { ascii, '\0' };
  g_autoptr (GString) spelling = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != 0)
      g_string_append_unichar (spelling, parts[i]);
  g_unichar_to_utf8 (letter, expected);
  g_autofree char *nfc = quay_text_nfc (spelling->str);
  g_assert_cmpstr (nfc, ==, expected);
  g_autofree char *folded = quay_text_fold (spelling->str);
  g_assert_cmpstr (folded, ==, folded_expected);
  g_assert_cmpint (quay_text_compare (spelling->str, expected), ==, 0);
}

/* Composed, decomposed with the marks either way round, and half composed either way. */
static void
check_letter (const VowelRow *row, guint tone, gboolean upper)
{
  const VowelRow *plain = row;
  while (plain->shape != 0)
    plain--;
  gunichar base = upper ? plain->upper[0] : plain->lower[0];
  gunichar toned_base = upper ? plain->upper[tone] : plain->lower[tone];
  gunichar shaped_base = upper ? row->upper[0] : row->lower[0];
  gunichar letter = upper ? row->upper[tone] : row->lower[tone];
  char ascii = upper ? g_ascii_toupper (row->ascii) : row->ascii;
  assert_spelling (letter, 0, 0, letter, ascii);
  assert_spelling (base, row->shape, tones[tone], letter, ascii);
  assert_spelling (base, tones[tone], row->shape, letter, ascii);
  assert_spelling (shaped_base, tones[tone], 0, letter, ascii);
  assert_spelling (toned_base, row->shape, 0, letter, ascii);
}

static void
test_alphabet (void)
{
  guint accented = 0;
  for (guint v = 0; v < G_N_ELEMENTS (vowels); v++)
    for (guint tone = 0; tone < 6; tone++)
      for (int upper = 0; upper <= 1; upper++)
        {
          check_letter (&vowels[v], tone, upper);
          accented += vowels[v].shape != 0 || tone != 0;
        }
  assert_spelling (0x0111, 0, 0, 0x0111, 'd');
  assert_spelling (0x0110, 0, 0, 0x0110, 'D');
  g_assert_cmpuint (accented + 2, ==, 134);
}

typedef struct
{
  const char *in;
  const char *out;
} Pair;

static void
test_nfc_texts (void)
{
  static const Pair rows[] = {
    { "", "" },
    { "Gao nep 5 kg", "Gao nep 5 kg" },
    { "Tinh bột nghệ – “Bắc Kạn” 65.000 ₫", "Tinh bột nghệ – “Bắc Kạn” 65.000 ₫" },
    { "nghe\u0323\u0302", "nghệ" },
    { "Bê\u0301", "Bế" },
    { "Rươ\u0323u", "Rượu" },
    { "a\u0340 a\u0341", "à á" }, /* the tone marks that Unicode withdrew */
    { "hoà hòa", "hoà hòa" },     /* two spellings, both kept */
    { "a\u0323\u0301\u0302", "\u1EAD\u0301" },
    { "n\u0301\u0302", "\u0144\u0302" }, /* not Vietnamese: Unicode's order stands */
    { "\u0302\u0306", "\u0302\u0306" },
    { "\u212B", "\u00C5" },
    { "日本", "日本" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *nfc = quay_text_nfc (rows[i].in);
      g_assert_cmpstr (nfc, ==, rows[i].out);
      g_autofree char *again = quay_text_nfc (nfc);
      g_assert_cmpstr (again, ==, nfc);
    }
  g_assert_null (quay_text_nfc ("Mi\xD5n dong"));
}

/* What is told to be normal by its lead bytes alone must be so by GLib's tables too. */
static void
test_nfc_each_code_point (void)
{
  for (gunichar ch = 1; ch < 0x30000; ch++)
    {
      char text[7] = { 0 };
      if (ch >= 0xD800 && ch <= 0xDFFF)
        continue;
      g_unichar_to_utf8 (ch, text);
      g_autofree char *nfc = quay_text_nfc (text);
      g_autofree char *expected = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
      g_assert_cmpstr (nfc, ==, expected);
    }
}

static void
test_fold_texts (void)
{
  static const Pair rows[] = {
    { "Điểm bán hàng OCOP Quế Thanh", "Diem ban hang OCOP Que Thanh" },
    { "Ư Ơ Ă Â Đ ư ơ ă â đ", "U O A A D u o a a d" },
    { "Bạch trà Bằng Phúc", "Bach tra Bang Phuc" },
    { "ỷ ỳ ỵ ỹ ý", "y y y y y" },
    { "Rượu men lá", "Ruou men la" },
    { "", "" },
    { "a  b\tc\n", "a  b\tc\n" },
    { "65.000\u00A0₫", "65.000 d" },
    { "500–600 g — “loại một” ‘A’", "500-600 g - \"loai mot\" 'A'" },
    { "«A» „B‟ ‚C‛", "\"A\" \"B\" 'C'" },
    { "thuỷ thủy hoà hòa", "thuy thuy hoa hoa" },
    { "ñ ĩ", "n i" },
    { "ü ç", "u? c?" }, /* other marks are other characters */
    { "日本 … €", "?? ? ?" },
    { "\u0301a", "a" },
    { "Mi\xD5n", "Mi?n" },
    { "\xE1\xBB", "??" },
    { "\xED\xA0\x80", "???" }, /* a surrogate is no character */
    { "\xC0\xAF", "??" },      /* nor is a slash in two bytes */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = quay_text_fold (rows[i].in);
      g_assert_cmpstr (folded, ==, rows[i].out);
      g_autofree char *again = quay_text_fold (folded);
      g_assert_cmpstr (again, ==, folded);
    }
}

static void
test_search_key (void)
{
  static const Pair rows[] = {
    { "Miến dong Tài Hoan", "mien dong tai hoan" },
    { "  ĐƯỜNG\u00A0 \t phên\n", "duong phen" },
    { "", "" },
    { " \u00A0 ", "" },
    { "a", "a" },
    { "Gạo nếp 5 KG", "gao nep 5 kg" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *key = quay_text_search_key (rows[i].in);
      g_assert_cmpstr (key, ==, rows[i].out);
    }
}

static void
assert_ascending (const char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        int order = quay_text_compare (texts[i], texts[j]);
        int expected = (i > j) - (i < j);
        if ((order > 0) - (order < 0) != expected)
          g_error ("“%s” against “%s”: %d", texts[i], texts[j], order);
      }
}

static void
test_sort_words (void)
{
  static const char *const words[] = {
    "an",        "ăn",     "ân",  "Bánh gio", "Bí xanh", "Bún khô",     "Chè",
    "Chuối sấy", "Củ mài", "Dầu", "Đậu",      "Gạo nếp", "Giảo cổ lam", "Lạp sườn",
    "mã số",     "ma túy", "Mắm", "Măng khô", "mận",     "Mật ong",     "mi",
    "mì",        "mỉ",     "mĩ",  "mí",       "mị",      "Miến dong",   "Nấm",
    "Nghệ",      "O",      "Ô",   "Ơ",        "Rau",     "Rượu",        "ta",
    "tà",        "tả",     "tã",  "tá",       "tạ",      "Thịt",        "Tinh bột nghệ",
    "Tra",       "Trà",
  };
  assert_ascending (words, G_N_ELEMENTS (words));
}

static void
test_sort_alphabet (void)
{
  static const char *const letters[] = { "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g",
                                         "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ", "p",
                                         "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z" };
  assert_ascending (letters, G_N_ELEMENTS (letters));
}

static void
test_sort_levels (void)
{
  /* the shorter first; space, sign, digit, letter; tone before case; then letters of others */
  static const char *const texts[] = {
    "",    " ",  "-",  "₫",  "0",  "9",  "a", "A",  "à", "À", "á",  "a b",
    "a-b", "a1", "aa", "Aa", "AA", "ab", "ă", "zz", "ж", "Ж", "日",
  };
  assert_ascending (texts, G_N_ELEMENTS (texts));
}

static void
test_sort_same (void)
{
  static const Pair rows[] = {
    { "Miến dong", "Mie\u0302\u0301n dong" },
    { "a b", "a\u00A0b" },
    { "ñ", "n\u0303" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (quay_text_compare (rows[i].in, rows[i].out), ==, 0);
  /* bytes that are not text still have a place */
  g_assert_cmpint (quay_text_compare ("a\xFF", "a"), >, 0);
  g_assert_cmpint (quay_text_compare ("\u0301", ""), >, 0);
}

static void
test_check_lines (void)
{
  static const struct
  {
    const char *text;
    gssize len;
    guint max;
    gboolean valid;
  } rows[] = {
    { "Miến dong Tài Hoan", -1, 18, TRUE },
    { "Miến dong Tài Hoan", -1, 17, FALSE },
    { "", -1, 0, TRUE },
    { "65.000\u00A0₫", -1, 20, TRUE },
    { "Miến dong", 3, 20, FALSE }, /* cut within ế */
    { "a\tb", -1, 20, FALSE },
    { "a\nb", -1, 20, FALSE },
    { "a\0b", 3, 20, FALSE },
    { "\x1B[2J", -1, 20, FALSE },
    { "a\x7F", -1, 20, FALSE },
    { "a\xC2\x85", -1, 20, FALSE },
    { "a\u2028b", -1, 20, FALSE },
    { "\u202Egnp.exe", -1, 20, FALSE },
    { "a\u2066b", -1, 20, FALSE },
    { "\uFEFFa", -1, 20, FALSE },
    { "Mi\xD5n", -1, 20, FALSE },
    { "\xED\xA0\x80", -1, 20, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean valid = quay_text_check (rows[i].text, rows[i].len, rows[i].max, &error);
      g_assert_cmpint (valid, ==, rows[i].valid);
      if (valid)
        g_assert_no_error (error);
      else
        g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
}

static void
test_check_import (void)
{
  static const struct
  {
    const char *data;
    gsize len;
    const char *fault; /* part of the message, NULL where the file is good */
  } rows[] = {
    { "", 0, NULL },
    { "name;price\nMiến dong;65.000\n", 0, NULL },
    { "\xEF\xBB\xBFname\nTrà\n", 0, NULL },
    { "name\nMie\u0302\u0301n dong Co\u0302\u0301m\n", 0, NULL },
    { "name\nMövenpick crème brûlée\n", 0, NULL }, /* two signs: a Western name */
    { "name\nMövenpick Häagen Käse Miến dong\n", 0, NULL },
    { "name\n25 m² 20°C 3 × 4 ½\n", 0, NULL },
    { "name\nMi\xD5n dong\n", 0, "line 2: not UTF-8" },      /* TCVN3 */
    { "a\nb\nMie\xE2\xECn dong\n", 0, "line 3: not UTF-8" }, /* Windows-1258 */
    { "Mie\xE1n dong, Tra\xF8\n", 0, "line 1: not UTF-8" },  /* VNI */
    { "\xFF\xFEn\0a\0", 6, "UTF-16" },
    { "n\0a\0", 4, "not UTF-8" },
    { "name\nMiÕn dong Tµi Hoan, Hµ Néi, ViÖt Nam\n", 0,
      "line 2: old" }, /* TCVN3 read as Western */
    { "name\nMieán dong, Vieät Nam, nöôùc maém, ñöôøng\n", 0, "line 2: old" }, /* VNI */
    { "name\nMiáº¿n dong, GÃ  Ä‘á»“i, rÆ°á»£u, Æ°á»›p\n", 0, "line 2: old" },  /* UTF-8 twice */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize len = rows[i].len != 0 ? rows[i].len : strlen (rows[i].data);
      gboolean valid = quay_text_check_import (rows[i].data, len, &error);
      g_test_message ("row %u: %s", i, error != NULL ? error->message : "good");
      g_assert_cmpint (valid, ==, rows[i].fault == NULL);
      if (valid)
        continue;
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, rows[i].fault));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/alphabet", test_alphabet);
  g_test_add_func ("/text/nfc/texts", test_nfc_texts);
  g_test_add_func ("/text/nfc/each-code-point", test_nfc_each_code_point);
  g_test_add_func ("/text/fold/texts", test_fold_texts);
  g_test_add_func ("/text/search-key", test_search_key);
  g_test_add_func ("/text/sort/words", test_sort_words);
  g_test_add_func ("/text/sort/alphabet", test_sort_alphabet);
  g_test_add_func ("/text/sort/levels", test_sort_levels);
  g_test_add_func ("/text/sort/same", test_sort_same);
  g_test_add_func ("/text/check/lines", test_check_lines);
  g_test_add_func ("/text/check/import", test_check_import);
  return g_test_run ();
}
