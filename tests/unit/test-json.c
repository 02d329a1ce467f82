/* JSON out: the bytes are frozen, and are those that jansson writes. */
#include "quay-json.h"

#include <jansson.h>

static const struct
{
  const char *name;
  const char *text;
  const char *json;
} texts[] = {
  { "plain", "OCOP001", "\"OCOP001\"" },
  { "empty", "", "\"\"" },
  { "vietnamese", "Miến dong Đường", "\"Miến dong Đường\"" },
  { "beyond the first plane", "a😀b", "\"a😀b\"" },
  { "quotes", "8\" \\ '/", "\"8\\\" \\\\ '/\"" },
  { "lines", "a\nb\r\tc", "\"a\\nb\\r\\tc\"" },
  { "other controls", "\b\f\x01\x1f\x7f", "\"\\b\\f\\u0001\\u001F\x7f\"" },
  { "only escapes", "\"\"", "\"\\\"\\\"\"" },
};

static void
test_text (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GString) out = g_string_new (NULL);
  json_t *value = json_string (texts[i].text);
  char *same = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
  quay_json_text (out, texts[i].text);
  g_assert_cmpstr (out->str, ==, texts[i].json);
  g_assert_cmpstr (out->str, ==, same);
  free (same);
  json_decref (value);
}

static const struct
{
  gint64 number;
  const char *json;
} numbers[] = {
  { 0, "0" },
  { 7, "7" },
  { -1, "-1" },
  { 1000000000000000, "1000000000000000" },
  { G_MAXINT64, "9223372036854775807" },
  { G_MININT64, "-9223372036854775808" },
};

static void
test_int (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      quay_json_int (out, numbers[i].number);
      g_assert_cmpstr (out->str, ==, numbers[i].json);
    }
}

static void
test_commas (void)
{
  g_autoptr (GString) out = g_string_new ("{");
  quay_json_key (out, "a");
  g_string_append_c (out, '[');
  for (int i = 0; i < 3; i++)
    {
      quay_json_next (out);
      quay_json_int (out, i);
    }
  g_string_append_c (out, ']');
  quay_json_key (out, "b");
  quay_json_text (out, "{");
  quay_json_key (out, "c");
  quay_json_int (out, 1);
  g_string_append_c (out, '}');
  g_assert_cmpstr (out->str, ==, "{\"a\":[0,1,2],\"b\":\"{\",\"c\":1}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/json/text/%s", texts[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_text);
    }
  g_test_add_func ("/json/int", test_int);
  g_test_add_func ("/json/commas", test_commas);
  return g_test_run ();
}
