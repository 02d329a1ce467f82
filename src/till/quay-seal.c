/* Sealing a buyer by libsodium's secretbox. */
#include "quay-seal.h"

#include "quay-error.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#define NONCE crypto_secretbox_NONCEBYTES
#define MAC crypto_secretbox_MACBYTES

G_STATIC_ASSERT (QUAY_SEAL_KEY_LEN == crypto_secretbox_KEYBYTES);

/* Up to two texts under @names, whose order is that of the sealed JSON. */
static char *
seal (const QuayEnv *env, const char *const names[2], const char *const texts[2],
      guint8 key[QUAY_SEAL_KEY_LEN])
{
  if (texts[0] == NULL && texts[1] == NULL)
    return NULL;
  json_t *object = json_object ();
  for (guint i = 0; i < 2; i++)
    if (texts[i] != NULL)
      json_object_set_new (object, names[i], json_string (texts[i]));
  char *text = json_dumps (object, JSON_COMPACT);
  json_decref (object);
  gsize len = strlen (text);
  g_autofree guint8 *box = g_malloc (NONCE + MAC + len);
  env->random (env->data, key, QUAY_SEAL_KEY_LEN);
  env->random (env->data, box, NONCE);
  crypto_secretbox_easy (box + NONCE, (const guint8 *)text, len, box, key);
  free (text);
  return g_base64_encode (box, NONCE + MAC + len);
}

static gboolean
open_sealed (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN], const char *const names[2],
             char **const texts[2], GError **error)
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
  for (guint i = 0; i < 2; i++)
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
  return open_sealed (sealed, key, buyer_names, texts, error);
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
  return open_sealed (sealed, key, customer_names, texts, error);
}
