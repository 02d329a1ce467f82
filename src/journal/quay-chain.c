/* SHA-256 over the exact bytes of a record, by nettle, which uses the processor's own instructions
 * where it has them. */
#include "quay-chain.h"

#include <nettle/sha2.h>
#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (QUAY_HASH_LEN == SHA256_DIGEST_SIZE);

static void
put_be (guint8 *out, guint64 n, int bytes)
{
  for (int i = 0; i < bytes; i++)
    out[i] = (guint8)(n >> (8 * (bytes - 1 - i)));
}

QuayHash
quay_chain_hash (const QuayId *till, const QuayId *chain, guint64 seq, const guint8 *bytes,
                 gsize len, const QuayHash *prev)
{
  QuayHash hash;
  guint8 numbers[12];
  struct sha256_ctx state;
  put_be (numbers, seq, 8);
  put_be (numbers + 8, len, 4);
  sha256_init (&state);
  sha256_update (&state, 5, (const guint8 *)"quay1");
  sha256_update (&state, sizeof till->b, till->b);
  sha256_update (&state, sizeof chain->b, chain->b);
  sha256_update (&state, sizeof numbers, numbers);
  sha256_update (&state, len, bytes);
  sha256_update (&state, sizeof prev->b, prev->b);
  sha256_digest (&state, sizeof hash.b, hash.b);
  return hash;
}

QuayHash
quay_sha256 (const void *bytes, gsize len)
{
  QuayHash hash;
  struct sha256_ctx state;
  sha256_init (&state);
  sha256_update (&state, len, bytes);
  sha256_digest (&state, sizeof hash.b, hash.b);
  return hash;
}

gboolean
quay_hash_equal (const QuayHash *a, const QuayHash *b)
{
  return memcmp (a->b, b->b, sizeof a->b) == 0;
}

void
quay_hash_to_text (const QuayHash *hash, char text[2 * QUAY_HASH_LEN + 1])
{
  sodium_bin2hex (text, 2 * QUAY_HASH_LEN + 1, hash->b, sizeof hash->b);
}

void
quay_hash_to_code (const QuayHash *hash, char code[QUAY_CODE_LEN + 1])
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint32 bits =
      (guint32)hash->b[0] << 24 | (guint32)hash->b[1] << 16 | (guint32)hash->b[2] << 8 | hash->b[3];
  for (int i = 0; i < QUAY_CODE_LEN; i++)
    code[i] = digits[(bits >> (27 - 5 * i)) & 31];
  code[QUAY_CODE_LEN] = '\0';
}

char *
quay_sha256_hex (const guint8 *bytes, gsize len)
{
  char text[2 * QUAY_HASH_LEN + 1];
  QuayHash hash = quay_sha256 (bytes, len);
  quay_hash_to_text (&hash, text);
  return g_strdup (text);
}

char *
quay_letter_next (const char *letter)
{
  GString *next = g_string_new (letter);
  for (gsize i = next->len; i > 0; i--)
    {
      if (next->str[i - 1] < 'Z')
        {
          next->str[i - 1]++;
          return g_string_free (next, FALSE);
        }
      next->str[i - 1] = 'A';
    }
  return g_string_free (g_string_prepend_c (next, 'A'), FALSE);
}

gboolean
quay_letter_is_sound (const char *letter)
{
  gsize len = letter != NULL ? strlen (letter) : 0;
  return len >= 1 && len <= 4 && strspn (letter, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == len;
}

gboolean
quay_till_code_is_sound (const char *code)
{
  gsize len = code != NULL ? strlen (code) : 0;
  return len >= 1 && len <= 6 && strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == len;
}
