/* Sealing a buyer by libsodium's secretbox. */
#include "quay-seal.h"

#include "quay-error.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#define NONCE crypto_secretbox_NONCEBYTES
#define MAC crypto_secretbox_MACBYTES

G_STATIC_ASSERT (QUAY_SEAL_KEY_LEN == crypto_secretbox_KEYBYTES);

/* @n texts under @names, whose order is that of the sealed JSON; those that are NULL are left out.
 */
static char *
seal_by (const QuayEnv *env, const char *const *names, const char *const *texts, guint n,
         const guint8 key[QUAY_SEAL_KEY_LEN])
{
  json_t *object = json_object ();
  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      json_object_set_new (object, names[i], json_string (texts[i]));
  char *text = json_dumps (object, JSON_COMPACT);
  json_decref (object);
  gsize len = strlen (text);
  g_autofree guint8 *box = g_malloc (NONCE + MAC + len);
  env->random (env->data, box, NONCE);
  crypto_secretbox_easy (box + NONCE, (const guint8 *)text, len, box, key);
  free (text);
  return g_base64_encode (box, NONCE + MAC + len);
}

static char *
seal (const QuayEnv *env, const char *const names[2], const char *const texts[2],
      guint8 key[QUAY_SEAL_KEY_LEN])
{
  if (texts[0] == NULL && texts[1] == NULL)
    return NULL;
  env->random (env->data, key, QUAY_SEAL_KEY_LEN);
  return seal_by (env, names, texts, 2, key);
}

static gboolean
open_sealed (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN], const char *const *names,
             char **const *texts, guint n, GError **error)
{
  gsize len;
  json_error_t why;
  g_autofree guint8 *box = g_base64_decode (sealed, &len);
  g_autofree guint8 *text = g_malloc0 (len + 1);
  json_t *object = NULL;
  if (len >= NONCE + MAC &&
      crypto_secretbox_open_easy (text, box + NONCE, len - NONCE, box, key) == 0)
    object = json_loadb ((const char *)text, len - NONCE - MAC, JSON_REJECT_DUPLICATES, &why);
  if (!json_is_object (object))
    {
      json_decref (object);
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "sealed person can't be opened");
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    *texts[i] = g_strdup (json_string_value (json_object_get (object, names[i])));
  json_decref (object);
  return TRUE;
}

static const char *const buyer_names[2] = { "name", "tax" };
static const char *const customer_names[2] = { "name", "phone" };

char *
quay_seal_buyer (const QuayEnv *env, const char *name, const char *tax_code,
                 guint8 key[QUAY_SEAL_KEY_LEN])
{
  const char *const texts[2] = { name, tax_code };
  return seal (env, buyer_names, texts, key);
}

gboolean
quay_seal_open_buyer (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN], char **name,
                      char **tax_code, GError **error)
{
  char **const texts[2] = { name, tax_code };
  return open_sealed (sealed, key, buyer_names, texts, 2, error);
}

char *
quay_seal_customer (const QuayEnv *env, const char *name, const char *phone,
                    guint8 key[QUAY_SEAL_KEY_LEN])
{
  const char *const texts[2] = { name, phone };
  return seal (env, customer_names, texts, key);
}

gboolean
quay_seal_open_customer (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN], char **name,
                         char **phone, GError **error)
{
  char **const texts[2] = { name, phone };
  return open_sealed (sealed, key, customer_names, texts, 2, error);
}

static const char *const person_names[4] = { "name", "phone", "address", "note" };

char *
quay_seal_person (const QuayEnv *env, const char *const texts[4],
                  const guint8 key[QUAY_SEAL_KEY_LEN])
{
  return seal_by (env, person_names, texts, 4, key);
}

gboolean
quay_seal_open_person (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN],
                       char **const texts[4], GError **error)
{
  return open_sealed (sealed, key, person_names, texts, 4, error);
}
