/* Keys, seals, digests and the signatures of requests and answers. Ed25519 and SHA-256 are
 * libsodium's; the signed text is that of RFC 9421, with one list of components for requests and
 * one for answers, and no parameter but the key's id and the algorithm. */
#include "quay-wire.h"

#include "quay-rule.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (QUAY_KEY_LEN == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (QUAY_SIG_LEN == crypto_sign_BYTES);
G_STATIC_ASSERT (sizeof (((QuayKey *)NULL)->secret) == crypto_sign_SECRETKEYBYTES);

#define KEY_ID_MAX 32
#define SEAL_TAG "quay1-head"
#define SEAL_LEN (sizeof SEAL_TAG - 1 + 16 + 16 + 8 + QUAY_HASH_LEN)
#define SIG_TEXT_LEN 88 /* base64 of 64 bytes */
#define REQUEST_LIST "(\"@method\" \"@path\" \"till\" \"content-digest\")"
#define ANSWER_LIST "(\"@status\" \"content-digest\" \"content-digest\";req)"
#define INPUT_LABEL "s="
#define INPUT_KEY ";keyid=\""
#define INPUT_END "\";alg=\"ed25519\""

void
quay_key_from_seed (QuayKey *key, const guint8 seed[32])
{
  crypto_sign_seed_keypair (key->public, key->secret, seed);
}

void
quay_key_clear (QuayKey *key)
{
  sodium_memzero (key, sizeof *key);
}

/* --- text --- */

char *
quay_base64 (const guint8 *bytes, gsize len)
{
  gsize size = sodium_base64_ENCODED_LEN (len, sodium_base64_VARIANT_ORIGINAL);
  char *text = g_malloc (size);
  return sodium_bin2base64 (text, size, bytes, len, sodium_base64_VARIANT_ORIGINAL);
}

/* libsodium 1.0.18 takes some bytes above 127 for letters of base64. */
gboolean
quay_base64_to (const char *text, guint8 *bytes, gsize len)
{
  gsize got = 0;
  gsize size = strlen (text);
  return size == sodium_base64_ENCODED_LEN (len, sodium_base64_VARIANT_ORIGINAL) - 1 &&
         g_str_is_ascii (text) &&
         sodium_base642bin (bytes, len, text, size, NULL, &got, NULL,
                            sodium_base64_VARIANT_ORIGINAL) == 0 &&
         got == len;
}

gboolean
quay_hash_from_text (const char *text, QuayHash *hash)
{
  gsize got = 0;
  *hash = QUAY_HASH_ZERO;
  if (strlen (text) == 2 * QUAY_HASH_LEN &&
      strspn (text, "0123456789abcdef") == 2 * QUAY_HASH_LEN &&
      sodium_hex2bin (hash->b, sizeof hash->b, text, 2 * QUAY_HASH_LEN, NULL, &got, NULL) == 0)
    return TRUE;
  *hash = QUAY_HASH_ZERO;
  return FALSE;
}

/* --- seals --- */

static void
write_seal (guint8 out[SEAL_LEN], const QuayId *till, const QuayId *chain, guint64 seq,
            const QuayHash *hash)
{
  guint64 be = GUINT64_TO_BE (seq);
  guint8 *p = mempcpy (out, SEAL_TAG, sizeof SEAL_TAG - 1);
  p = mempcpy (p, till->b, sizeof till->b);
  p = mempcpy (p, chain->b, sizeof chain->b);
  p = mempcpy (p, &be, sizeof be);
  memcpy (p, hash->b, sizeof hash->b);
}

void
quay_seal_make (QuaySig *seal, const QuayKey *key, const QuayId *till, const QuayId *chain,
                guint64 seq, const QuayHash *hash)
{
  guint8 text[SEAL_LEN];
  write_seal (text, till, chain, seq, hash);
  crypto_sign_detached (seal->b, NULL, text, sizeof text, key->secret);
}

gboolean
quay_seal_check (const QuaySig *seal, const guint8 public[QUAY_KEY_LEN], const QuayId *till,
                 const QuayId *chain, guint64 seq, const QuayHash *hash)
{
  guint8 text[SEAL_LEN];
  write_seal (text, till, chain, seq, hash);
  return crypto_sign_verify_detached (seal->b, text, sizeof text, public) == 0;
}

/* --- signatures --- */

void
quay_signed_clear (QuaySigned *s)
{
  g_clear_pointer (&s->digest, g_free);
  g_clear_pointer (&s->input, g_free);
  g_clear_pointer (&s->sig, g_free);
}

char *
quay_wire_digest (const void *body, gsize len)
{
  QuayHash hash = quay_sha256 (body, len);
  g_autofree char *text = quay_base64 (hash.b, sizeof hash.b);
  return g_strconcat ("sha-256=:", text, ":", NULL);
}

/* Nothing that could begin another line of the signed text. */
static gboolean
is_plain (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

static gboolean
key_id_is_sound (const char *id, gsize len)
{
  if (len == 0 || len > KEY_ID_MAX)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (id[i]) && id[i] != '-' && id[i] != '_')
      return FALSE;
  return TRUE;
}

/* The key's id in a Signature-Input of the components @list; NULL if it is anything else. */
static char *
find_key_id (const char *input, const char *list)
{
  g_autofree char *start = g_strconcat (INPUT_LABEL, list, INPUT_KEY, NULL);
  if (input == NULL || !g_str_has_prefix (input, start))
    return NULL;
  const char *id = input + strlen (start);
  gsize len = strcspn (id, "\"");
  if (!key_id_is_sound (id, len) || strcmp (id + len, INPUT_END) != 0)
    return NULL;
  return g_strndup (id, len);
}

char *
quay_wire_key_id (const char *signature_input)
{
  char *id = find_key_id (signature_input, REQUEST_LIST);
  return id != NULL ? id : find_key_id (signature_input, ANSWER_LIST);
}

/* The signed texts: @params is the Signature-Input without its label. */
static char *
request_text (const char *method, const char *path, const char *till, const char *digest,
              const char *params)
{
  return g_strconcat ("\"@method\": ", method, "\n\"@path\": ", path, "\n\"till\": ", till,
                      "\n\"content-digest\": ", digest, "\n\"@signature-params\": ", params, NULL);
}

static char *
answer_text (guint status, const char *digest, const char *request_digest, const char *params)
{
  return g_strdup_printf ("\"@status\": %u\n\"content-digest\": %s\n\"content-digest\";req: %s\n"
                          "\"@signature-params\": %s",
                          status, digest, QUAY_RULE ("answer-bound") ? request_digest : "", params);
}

/* Fills the digest and the input; the signature follows by sign_text(). */
static void
begin_signed (QuaySigned *out, const char *list, const char *key_id, const void *body, gsize len)
{
  g_assert (key_id_is_sound (key_id, strlen (key_id)));
  out->digest = quay_wire_digest (body, len);
  out->input = g_strconcat (INPUT_LABEL, list, INPUT_KEY, key_id, INPUT_END, NULL);
}

static void
sign_text (QuaySigned *out, const QuayKey *key, const char *text)
{
  QuaySig sig;
  crypto_sign_detached (sig.b, NULL, (const guint8 *)text, strlen (text), key->secret);
  g_autofree char *base64 = quay_base64 (sig.b, sizeof sig.b);
  out->sig = g_strconcat (INPUT_LABEL ":", base64, ":", NULL);
}

/* Whether the digest is that of the body, and the input of the one form that is signed. */
static gboolean
check_form (const QuaySigned *s, const char *list, const void *body, gsize len)
{
  g_autofree char *digest = quay_wire_digest (body, len);
  g_autofree char *id = find_key_id (s->input, list);
  return id != NULL && s->sig != NULL && g_strcmp0 (s->digest, digest) == 0;
}

static gboolean
check_text (const QuaySigned *s, const guint8 public[QUAY_KEY_LEN], const char *text)
{
  QuaySig sig;
  gsize len = strlen (s->sig);
  if (len != strlen (INPUT_LABEL "::") + SIG_TEXT_LEN || s->sig[len - 1] != ':' ||
      !g_str_has_prefix (s->sig, INPUT_LABEL ":"))
    return FALSE;
  g_autofree char *base64 = g_strndup (s->sig + strlen (INPUT_LABEL ":"), SIG_TEXT_LEN);
  return quay_base64_to (base64, sig.b, sizeof sig.b) &&
         crypto_sign_verify_detached (sig.b, (const guint8 *)text, strlen (text), public) == 0;
}

void
quay_wire_sign_request (QuaySigned *out, const QuayKey *key, const char *key_id, const char *method,
                        const char *path, const char *till, const void *body, gsize len)
{
  g_assert (is_plain (method) && is_plain (path) && is_plain (till));
  begin_signed (out, REQUEST_LIST, key_id, body, len);
  g_autofree char *text =
      request_text (method, path, till, out->digest, out->input + strlen (INPUT_LABEL));
  sign_text (out, key, text);
}

gboolean
quay_wire_check_request (const QuaySigned *s, const guint8 public[QUAY_KEY_LEN], const char *method,
                         const char *path, const char *till, const void *body, gsize len)
{
  if (!is_plain (method) || !is_plain (path) || !is_plain (till) ||
      !check_form (s, REQUEST_LIST, body, len))
    return FALSE;
  g_autofree char *text =
      request_text (method, path, till, s->digest, s->input + strlen (INPUT_LABEL));
  return check_text (s, public, text);
}

void
quay_wire_sign_answer (QuaySigned *out, const QuayKey *key, const char *key_id, guint status,
                       const char *request_digest, const void *body, gsize len)
{
  g_assert (is_plain (request_digest));
  begin_signed (out, ANSWER_LIST, key_id, body, len);
  g_autofree char *text =
      answer_text (status, out->digest, request_digest, out->input + strlen (INPUT_LABEL));
  sign_text (out, key, text);
}

gboolean
quay_wire_check_answer (const QuaySigned *s, const guint8 public[QUAY_KEY_LEN], guint status,
                        const char *request_digest, const void *body, gsize len)
{
  if (!is_plain (request_digest) || !check_form (s, ANSWER_LIST, body, len))
    return FALSE;
  g_autofree char *text =
      answer_text (status, s->digest, request_digest, s->input + strlen (INPUT_LABEL));
  return check_text (s, public, text);
}
