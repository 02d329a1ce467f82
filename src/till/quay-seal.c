/* Sealing a buyer by libsodium's secretbox. */
#include "quay-seal.h"

#include "quay-error.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#define NONCE crypto_secretbox_NONCEBYTES
#define MAC crypto_secretbox_MACBYTES

G_STATIC_ASSERT (QUAY_SEAL_KEY_LEN == crypto_secretbox_KEYBYTES);

char *
quay_seal_buyer (const QuayEnv *env, const char *name, const char *tax_code,
                 guint8 key[QUAY_SEAL_KEY_LEN])
{
  if (name == NULL && tax_code == NULL)
    return NULL;
  json_t *object = json_object ();
  if (name != NULL)
    json_object_set_new (object, "name", json_string (name));
  if (tax_code != NULL)
    json_object_set_new (object, "tax", json_string (tax_code));
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

gboolean
quay_seal_open_buyer (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN], char **name,
                      char **tax_code, GError **error)
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
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "sealed buyer can't be opened");
      return FALSE;
    }
  *name = g_strdup (json_string_value (json_object_get (object, "name")));
  *tax_code = g_strdup (json_string_value (json_object_get (object, "tax")));
  json_decref (object);
  return TRUE;
}
