/* Any bytes as the headers that sign, one a line: digest, input, signature, path. Nothing is taken
 * that the key did not sign, and a key id that is found is a sound one. */
#include "quay-wire.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define TILL "10111213-1415-1617-1819-1a1b1c1d1e1f"
#define BODY "{\"v\":1}\n"

static void
check_key_id (const char *input)
{
  g_autofree char *id = quay_wire_key_id (input);
  if (id == NULL)
    return;
  gsize len = strlen (id);
  g_assert_true (len >= 1 && len <= 32);
  g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
                    ==, len);
  g_assert_nonnull (strstr (input, id));
}

/* Only what this key signs for this path and id is good. */
static void
check_headers (const QuaySigned *s, const char *path)
{
  const guint8 seed[32] = { 1, 2, 3 };
  QuayKey key;
  quay_key_from_seed (&key, seed);
  gsize len = strlen (BODY);
  gboolean request = quay_wire_check_request (s, key.public, "POST", path, TILL, BODY, len);
  gboolean answer = quay_wire_check_answer (s, key.public, 200, path, BODY, len);
  g_assert_false (request && answer);
  if (!request && !answer)
    return;
  g_autofree char *id = quay_wire_key_id (s->input);
  QuaySigned again = { 0 };
  if (request)
    quay_wire_sign_request (&again, &key, id, "POST", path, TILL, BODY, len);
  else
    quay_wire_sign_answer (&again, &key, id, 200, path, BODY, len);
  g_assert_cmpstr (again.digest, ==, s->digest);
  g_assert_cmpstr (again.input, ==, s->input);
  g_assert_cmpstr (again.sig, ==, s->sig);
  quay_signed_clear (&again);
}

static void
check_texts (const char *text)
{
  QuayHash hash;
  QuaySig sig;
  if (quay_hash_from_text (text, &hash))
    {
      char back[2 * QUAY_HASH_LEN + 1];
      quay_hash_to_text (&hash, back);
      g_assert_cmpstr (back, ==, text);
    }
  if (quay_base64_to (text, sig.b, sizeof sig.b))
    {
      g_autofree char *back = quay_base64 (sig.b, sizeof sig.b);
      g_assert_cmpstr (back, ==, text);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 5);
  guint n = g_strv_length (lines);
  const QuaySigned s = { n > 0 ? lines[0] : NULL, n > 1 ? lines[1] : NULL,
                         n > 2 ? lines[2] : NULL };
  for (guint i = 0; i < n; i++)
    {
      check_key_id (lines[i]);
      check_texts (lines[i]);
    }
  check_headers (&s, n > 3 ? lines[3] : NULL);
  return 0;
}
