/* Argon2id as libsodium has it. */
#include "quay-pin.h"

#include <sodium.h>
#include <string.h>

#define PASSES 4
#define MEMORY ((gsize)64 << 20)

/* What hashes of ours begin with. One that came from elsewhere with other costs is not worked out:
 * it could take all memory. */
static const char *const prefixes[] = { "$argon2id$v=19$m=65536,t=4,p=1$",
                                        "$argon2id$v=19$m=8,t=1,p=1$" };

static gint cheap; /* atomic */

void
quay_pin_make_cheap (void)
{
  g_atomic_int_set (&cheap, 1);
}

gboolean
quay_pin_is_sound (const char *pin)
{
  gsize len = pin != NULL ? strlen (pin) : 0;
  return len >= QUAY_PIN_MIN && len <= QUAY_PIN_MAX && strspn (pin, "0123456789") == len;
}

char *
quay_pin_hash (const char *pin)
{
  char text[crypto_pwhash_STRBYTES];
  gboolean fast = g_atomic_int_get (&cheap) != 0;
  if (sodium_init () < 0 ||
      crypto_pwhash_str_alg (
          text, pin, strlen (pin), fast ? crypto_pwhash_argon2id_OPSLIMIT_MIN : PASSES,
          fast ? crypto_pwhash_argon2id_MEMLIMIT_MIN : MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return NULL;
  return g_strdup (text);
}

gboolean
quay_pin_matches (const char *hash, const char *pin)
{
  if (hash == NULL || !quay_pin_is_sound (pin) || sodium_init () < 0)
    return FALSE;
  return (g_str_has_prefix (hash, prefixes[0]) || g_str_has_prefix (hash, prefixes[1])) &&
         crypto_pwhash_str_verify (hash, pin, strlen (pin)) == 0;
}

void
quay_pin_wipe (char *pin)
{
  if (pin == NULL)
    return;
  sodium_memzero (pin, strlen (pin));
  g_free (pin);
}
