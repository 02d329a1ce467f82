/* Any bytes as text: nothing crashes, folding ends in ASCII and is done after one pass, the normal
 * form is normal, keys keep their levels apart, and an amount that was read reads back.
 */
#include "quay-format.h"
#include "quay-text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_fold (const char *text)
{
  g_autofree char *folded = quay_text_fold (text);
  g_assert_true (g_str_is_ascii (folded));
  g_autofree char *again = quay_text_fold (folded);
  g_assert_cmpstr (again, ==, folded);
  g_autofree char *key = quay_text_search_key (text);
  g_autofree char *key_again = quay_text_search_key (key);
  g_assert_cmpstr (key_again, ==, key);
  g_autofree char *key_of_folded = quay_text_search_key (folded);
  g_assert_cmpstr (key_of_folded, ==, key);
  g_assert_null (strstr (key, "  "));
}

static void
check_nfc (const char *text)
{
  g_autofree char *nfc = quay_text_nfc (text);
  g_assert_cmpint (nfc != NULL, ==, g_utf8_validate (text, -1, NULL));
  if (nfc == NULL)
    return;
  g_autofree char *again = quay_text_nfc (nfc);
  g_assert_cmpstr (again, ==, nfc);
  g_autofree char *by_glib = g_utf8_normalize (nfc, -1, G_NORMALIZE_NFC);
  g_assert_cmpstr (by_glib, ==, nfc);
  g_autofree char *nfd = g_utf8_normalize (nfc, -1, G_NORMALIZE_NFD);
  g_assert_cmpint (quay_text_compare (nfd, text), ==, 0);
  g_autofree char *folded = quay_text_fold (nfc);
  g_autofree char *nfd_folded = quay_text_fold (nfd);
  g_assert_cmpstr (nfd_folded, ==, folded);
}

static void
check_sort_key (const char *text)
{
  gsize len;
  guint levels = 1;
  g_autoptr (GBytes) key = quay_text_sort_key (text);
  const guint8 *bytes = g_bytes_get_data (key, &len);
  for (gsize i = 0; i < len; i++)
    {
      g_assert_cmpuint (bytes[i], !=, 0);
      levels += bytes[i] == 1;
    }
  g_assert_cmpuint (levels, ==, 3);
}

static void
check_numbers (const char *text)
{
  QuayMoney m;
  QuayQty q;
  if (quay_parse_money (text, &m, NULL))
    {
      QuayMoney back;
      g_autofree char *shown = quay_format_money (m, QUAY_MONEY_SIGN);
      g_assert_true (m.dong >= 0 && quay_money_in_range (m));
      g_assert_true (quay_parse_money (shown, &back, NULL));
      g_assert_cmpint (back.dong, ==, m.dong);
    }
  if (quay_parse_qty (text, &q, NULL))
    {
      QuayQty back;
      g_autofree char *shown = quay_format_qty (q, NULL);
      g_assert_true (q.milli >= 0 && quay_qty_in_range (q));
      g_assert_true (quay_parse_qty (shown, &back, NULL));
      g_assert_cmpint (back.milli, ==, q.milli);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  if (quay_text_check ((const char *)data, (gssize)size, 64, NULL))
    g_assert_true (g_utf8_validate_len ((const char *)data, size, NULL));
  if (quay_text_check_import ((const char *)data, size, NULL))
    g_assert_true (g_utf8_validate_len ((const char *)data, size, NULL));
  check_fold (text);
  check_nfc (text);
  check_sort_key (text);
  check_numbers (text);
  return 0;
}
