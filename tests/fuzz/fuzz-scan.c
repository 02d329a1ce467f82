/* Any bytes as a scanned code, as label layouts and as key presses: nothing crashes, a product's
 * code is always a right one, GS1 data reads back the same, and no character typed is lost.
 */
#include "quay-barcode.h"
#include "quay-scan-keys.h"

#include <string.h>

#define TODAY 20261123

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_day (QuayDay day)
{
  g_assert_true (day == 0 || quay_day_is_valid (day));
}

static void
check_scan (const char *text, gsize len)
{
  QuayScanRules rules = quay_scan_rules_default ();
  g_auto (QuayScan) scan = { 0 };
  quay_scan_parse (text, len, &rules, TODAY, &scan);
  g_assert_nonnull (quay_scan_kind_name (scan.kind));
  g_assert_nonnull (quay_code_fault_name (scan.fault));
  g_assert_true (g_utf8_validate (scan.text, -1, NULL));
  g_assert_true (memmem (text, len, scan.text, strlen (scan.text)) != NULL);
  if (scan.code[0] != '\0')
    {
      g_assert_true (quay_gtin_is_valid (scan.code, strlen (scan.code)));
      g_assert_true (scan.kind >= QUAY_SCAN_PRODUCT && scan.kind <= QUAY_SCAN_GS1);
    }
  if (scan.alt[0] != '\0')
    g_assert_true (quay_gtin_is_valid (scan.alt, strlen (scan.alt)));
  g_assert_true (scan.weight.milli >= 0 && quay_qty_in_range (scan.weight));
  g_assert_true (scan.price.dong >= 0 && quay_money_in_range (scan.price));
  check_day (scan.produced);
  check_day (scan.packed);
  check_day (scan.best_before);
  check_day (scan.sell_by);
  check_day (scan.expires);
}

static void
check_gs1 (const char *text, gsize len)
{
  for (int form = 0; form < 3; form++)
    {
      QuayGs1 gs1;
      QuayGs1 again;
      QuayCodeFault fault = form == 0   ? quay_gs1_parse_elements (text, len, &gs1)
                            : form == 1 ? quay_gs1_parse_brackets (text, len, &gs1)
                                        : quay_gs1_parse_link (text, len, TRUE, &gs1);
      if (fault != QUAY_CODE_OK)
        continue;
      g_autofree char *first = quay_gs1_to_text (&gs1, QUAY_GS1_FNC1);
      g_assert_cmpint (quay_gs1_parse_elements (first, strlen (first), &again), ==, QUAY_CODE_OK);
      g_autofree char *second = quay_gs1_to_text (&again, QUAY_GS1_FNC1);
      g_assert_cmpstr (second, ==, first);
    }
}

static void
check_rules (const char *text)
{
  QuayScanRules rules = quay_scan_rules_default ();
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));
  if (quay_scan_rules_set_labels (&rules, line, NULL))
    {
      QuayScanRules again = { 0 };
      g_autofree char *first = quay_scan_rules_dup_labels (&rules);
      g_assert_true (quay_scan_rules_set_labels (&again, first, NULL));
      g_assert_cmpuint (again.n_labels, ==, rules.n_labels);
      g_autofree char *second = quay_scan_rules_dup_labels (&again);
      g_assert_cmpstr (second, ==, first);
    }
  if (quay_scan_rules_set_hosts (&rules, line, NULL))
    (void)quay_scan_rules_is_trace_host (&rules, line, strlen (line));
}

/* Takes the result into what the focus widget and the scans got, in order. */
static void
take (const QuayScanKeysResult *result, GString *all)
{
  if (result->action == QUAY_SCAN_KEYS_SCAN)
    g_string_truncate (all, all->len - result->leaked);
  if (result->text != NULL)
    g_string_append (all, result->text);
}

/* Two bytes a key: what it is, and how long after the one before. */
static void
check_keys (const guint8 *data, gsize size)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  g_autoptr (GString) given = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  guint let_through = size > 0 ? data[0] % 4 : 0;
  settings.suffix = size > 1 ? (QuayScanSuffix)(data[1] % 3) : QUAY_SCAN_SUFFIX_ENTER;
  g_autoptr (QuayScanKeys) keys = quay_scan_keys_new (&settings);
  guint32 now = G_MAXUINT32 - 500;
  for (gsize i = 2; i + 1 < size; i += 2)
    {
      now += data[i + 1];
      QuayScanKey key = data[i] < 4 ? (QuayScanKey)data[i] : QUAY_SCAN_KEY_CHAR;
      gunichar ch = 'a' + data[i] % 26;
      QuayScanKeysResult result = quay_scan_keys_press (keys, key, ch, now, let_through);
      take (&result, all);
      if (key != QUAY_SCAN_KEY_CHAR)
        continue;
      g_string_append_c (given, (char)ch);
      if (result.pass)
        g_string_append_c (all, (char)ch);
    }
  QuayScanKeysResult end = quay_scan_keys_tick (keys);
  take (&end, all);
  g_assert_cmpstr (all->str, ==, given->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  check_scan ((const char *)data, size);
  check_gs1 ((const char *)data, size);
  check_rules (text != NULL ? text : "");
  check_keys (data, size);
  return 0;
}
