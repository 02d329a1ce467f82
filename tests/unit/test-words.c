/* Amounts in words: the published examples, the ways of speaking, and the longest numbers. */
#include "quay-words.h"

#include <string.h>

static void
test_numbers (void)
{
  static const struct
  {
    gint64 n;
    const char *words;
  } rows[] = {
    { 0, "không" },
    { 4, "bốn" },
    { 10, "mười" },
    { 14, "mười bốn" },
    { 20, "hai mươi" },
    { 24, "hai mươi tư" },
    { 31, "ba mươi mốt" },
    { 55, "năm mươi lăm" },
    { 71, "bảy mươi mốt" },
    { 100, "một trăm" },
    { 104, "một trăm linh bốn" },
    { 110, "một trăm mười" },
    { 115, "một trăm mười lăm" },
    { 124, "một trăm hai mươi tư" },
    { 205, "hai trăm linh năm" },
    { 254, "hai trăm năm mươi tư" },
    { 999, "chín trăm chín mươi chín" },
    { 1001, "một nghìn không trăm linh một" },
    { 1010, "một nghìn không trăm mười" },
    { 1021, "một nghìn không trăm hai mươi mốt" },
    { 1234, "một nghìn hai trăm ba mươi tư" },
    { 10005, "mười nghìn không trăm linh năm" },
    { 21000, "hai mươi mốt nghìn" },
    { 25000, "hai mươi lăm nghìn" },
    { 101000, "một trăm linh một nghìn" },
    { 125000, "một trăm hai mươi lăm nghìn" },
    { 1000001, "một triệu không trăm linh một" },
    { 1001000, "một triệu không trăm linh một nghìn" },
    { 1005000, "một triệu không trăm linh năm nghìn" },
    { 1024000, "một triệu không trăm hai mươi tư nghìn" },
    { 3005000, "ba triệu không trăm linh năm nghìn" },
    { 21000000, "hai mươi mốt triệu" },
    { 105005005, "một trăm linh năm triệu không trăm linh năm nghìn không trăm linh năm" },
    { 1000000001, "một tỷ không trăm linh một" },
    { 1000101017, "một tỷ một trăm linh một nghìn không trăm mười bảy" },
    { 1001000000, "một tỷ không trăm linh một triệu" },
    { 1234567890,
      "một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi" },
    { G_GINT64_CONSTANT (2500000000), "hai tỷ năm trăm triệu" },
    { G_GINT64_CONSTANT (1001000000000), "một nghìn không trăm linh một tỷ" },
    { G_GINT64_CONSTANT (5000000000000000), "năm triệu tỷ" },
    { -1005000, "âm một triệu không trăm linh năm nghìn" },
    { 5, "năm" },
    { 15, "mười lăm" },
    { 11, "mười một" },
    { 21, "hai mươi mốt" },
    { 44, "bốn mươi tư" },
    { 105, "một trăm linh năm" },
    { 1000, "một nghìn" },
    { 1000000, "một triệu" },
    { 1000000000, "một tỷ" },
    { G_GINT64_CONSTANT (1000000000000), "một nghìn tỷ" },
    { G_GINT64_CONSTANT (1000000000000000000), "một tỷ tỷ" },
    { G_GINT64_CONSTANT (1000000000000000001), "một tỷ tỷ không trăm linh một" },
    { G_GINT64_CONSTANT (1000000001000000000), "một tỷ không trăm linh một tỷ" },
    { G_GINT64_CONSTANT (2000000000005000), "hai triệu tỷ không trăm linh năm nghìn" },
    { -1, "âm một" },
    { G_MININT64,
      "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ "
      "tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = quay_words (rows[i].n, NULL);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_options (void)
{
  static const QuayWordsOptions le = { .le = TRUE };
  static const QuayWordsOptions bon = { .bon = TRUE };
  static const QuayWordsOptions ngan = { .ngan = TRUE };
  static const QuayWordsOptions south = { .le = TRUE, .bon = TRUE, .ngan = TRUE };
  static const QuayWordsOptions chan = { .chan = TRUE };
  static const struct
  {
    gint64 n;
    const QuayWordsOptions *options;
    const char *words;
  } rows[] = {
    { 105, &le, "một trăm lẻ năm" },
    { 24, &bon, "hai mươi bốn" },
    { 14, &bon, "mười bốn" },
    { 1000, &ngan, "một ngàn" },
    { 1000005, &le, "một triệu không trăm lẻ năm" },
    { 1005024, &south, "một triệu không trăm lẻ năm ngàn không trăm hai mươi bốn" },
    { 24, &le, "hai mươi tư" },
    { 1000, &chan, "một nghìn" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = quay_words (rows[i].n, rows[i].options);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_sentences (void)
{
  static const QuayWordsOptions chan = { .chan = TRUE };
  static const struct
  {
    gint64 dong;
    const QuayWordsOptions *options;
    const char *sentence;
  } rows[] = {
    { 1500000, NULL, "Một triệu năm trăm nghìn đồng" },
    { 35000, NULL, "Ba mươi lăm nghìn đồng" },
    { 0, NULL, "Không đồng" },
    { -1005000, NULL, "Âm một triệu không trăm linh năm nghìn đồng" },
    { 35000, &chan, "Ba mươi lăm nghìn đồng chẵn" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sentence = quay_words_money (QUAY_DONG (rows[i].dong), rows[i].options);
      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }
}

/* The invoice field takes 255 characters; no amount may need more. */
static void
test_length (void)
{
  static const QuayWordsOptions chan = { .chan = TRUE };
  static const gint64 long_ones[] = { G_GINT64_CONSTANT (777777777777777777),
                                      G_GINT64_CONSTANT (-777777777777777777), QUAY_MONEY_MAX,
                                      -QUAY_MONEY_MAX, G_MININT64 };
  for (guint i = 0; i < G_N_ELEMENTS (long_ones); i++)
    {
      g_autofree char *sentence = quay_words_money (QUAY_DONG (long_ones[i]), &chan);
      g_assert_cmpint (g_utf8_strlen (sentence, -1), <=, 255);
      g_autofree char *nfc = g_utf8_normalize (sentence, -1, G_NORMALIZE_NFC);
      g_assert_cmpstr (nfc, ==, sentence);
      g_assert_null (strstr (sentence, "  "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/numbers", test_numbers);
  g_test_add_func ("/words/options", test_options);
  g_test_add_func ("/words/sentences", test_sentences);
  g_test_add_func ("/words/length", test_length);
  return g_test_run ();
}
