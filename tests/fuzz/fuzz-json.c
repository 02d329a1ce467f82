/* Any bytes as JSON: quay_json_read() and jansson agree on whether they are an object, and on every
 * value in it. Only a NUL byte is always refused, where jansson loses one behind a number. */
#include "quay-json-read.h"

#include <jansson.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void assert_same (const QuayJsonValue *ours, json_t *theirs);

static void
assert_same_text (const QuayJsonValue *ours, const char *text, gsize len)
{
  g_assert_cmpint (ours->type, ==, QUAY_JSON_TEXT);
  g_assert_cmpmem (ours->u.text, ours->n, text, len);
}

static void
assert_same_list (const QuayJsonValue *ours, json_t *theirs)
{
  const QuayJsonValue *at = ours + 1;
  g_assert_cmpuint (ours->n, ==, json_array_size (theirs));
  for (gsize i = 0; i < ours->n; i++, at += at->size)
    assert_same (at, json_array_get (theirs, i));
  g_assert_cmpint (at - ours, ==, ours->size);
}

static void
assert_same_object (const QuayJsonValue *ours, json_t *theirs)
{
  const char *key;
  json_t *value;
  const QuayJsonValue *at = ours + 1;
  g_assert_cmpuint (ours->n, ==, json_object_size (theirs));
  json_object_foreach (theirs, key, value)
  {
    assert_same_text (at, key, strlen (key));
    g_assert_true (quay_json_member (ours, key) == at + 1);
    assert_same (at + 1, value);
    at += 1 + at[1].size;
  }
  g_assert_cmpint (at - ours, ==, ours->size);
}

static void
assert_same (const QuayJsonValue *ours, json_t *theirs)
{
  static const QuayJsonType types[] = {
    [JSON_OBJECT] = QUAY_JSON_OBJECT, [JSON_ARRAY] = QUAY_JSON_LIST, [JSON_STRING] = QUAY_JSON_TEXT,
    [JSON_INTEGER] = QUAY_JSON_INT,   [JSON_REAL] = QUAY_JSON_REAL,  [JSON_TRUE] = QUAY_JSON_TRUE,
    [JSON_FALSE] = QUAY_JSON_FALSE,   [JSON_NULL] = QUAY_JSON_NULL,
  };
  g_assert_cmpint (ours->type, ==, types[json_typeof (theirs)]);
  if (json_is_object (theirs))
    assert_same_object (ours, theirs);
  else if (json_is_array (theirs))
    assert_same_list (ours, theirs);
  else if (json_is_string (theirs))
    assert_same_text (ours, json_string_value (theirs), json_string_length (theirs));
  else if (json_is_integer (theirs))
    g_assert_cmpint (ours->u.number, ==, json_integer_value (theirs));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (QuayJson) json;
  const QuayJsonValue *ours = quay_json_read (&json, data, size);
  if (size > 0 && memchr (data, '\0', size) != NULL)
    {
      g_assert_null (ours);
      return 0;
    }
  json_t *theirs = json_loadb ((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
  g_assert_cmpint (ours != NULL, ==, json_is_object (theirs));
  if (ours != NULL)
    assert_same (ours, theirs);
  json_decref (theirs);
  return 0;
}
