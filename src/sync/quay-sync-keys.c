/* The file of keys: one JSON object, read and written by the codec of the messages, so that its
 * bounds are theirs. Secrets are wiped from memory where this file held them. */
#include "quay-sync-keys.h"

#include "quay-files.h"
#include "quay-message.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "quay.keys"
#define FILE_MAX (64 * 1024)
#define FILE_VERSION 1
#define SEED_LEN 32

typedef struct
{
  gint64 v;
  char *url;
  char *ca;
  gint64 enrolled;
  QuayId till;
  QuayId site;
  QuayId node;
  char *shop;
  char *key_id;
  char *key;         /* base64 of the seed */
  char *next;        /* the same */
  GPtrArray *server; /* QuayMsgKey */
  gint64 since;
} KeysFile;

static const QuayField server_fields[] = {
  { "id", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayMsgKey, id), TRUE, 0, 32, NULL },
  { "key", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayMsgKey, key), TRUE, 0, 44, NULL },
  { NULL },
};
static const QuayShape server_shape = { sizeof (QuayMsgKey), server_fields };

static const QuayField file_fields[] = {
  { "v", QUAY_FIELD_INT, G_STRUCT_OFFSET (KeysFile, v), TRUE, 1, 1000, NULL },
  { "url", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (KeysFile, url), TRUE, 0, 500, NULL },
  { "ca", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (KeysFile, ca), FALSE, 0, 4096, NULL },
  { "enrolled", QUAY_FIELD_INT, G_STRUCT_OFFSET (KeysFile, enrolled), FALSE, 0, 1, NULL },
  { "till", QUAY_FIELD_ID, G_STRUCT_OFFSET (KeysFile, till), FALSE, 0, 0, NULL },
  { "site", QUAY_FIELD_ID, G_STRUCT_OFFSET (KeysFile, site), FALSE, 0, 0, NULL },
  { "node", QUAY_FIELD_ID, G_STRUCT_OFFSET (KeysFile, node), FALSE, 0, 0, NULL },
  { "shop", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (KeysFile, shop), FALSE, 0, 500, NULL },
  { "keyid", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (KeysFile, key_id), FALSE, 0, 32, NULL },
  { "key", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (KeysFile, key), FALSE, 0, 44, NULL },
  { "next", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (KeysFile, next), FALSE, 0, 44, NULL },
  { "server", QUAY_FIELD_LIST, G_STRUCT_OFFSET (KeysFile, server), FALSE, 0, QUAY_SYNC_SERVER_KEYS,
    &server_shape },
  { "since", QUAY_FIELD_INT, G_STRUCT_OFFSET (KeysFile, since), FALSE, 0, G_MAXINT64, NULL },
  { NULL },
};
static const QuayShape file_shape = { sizeof (KeysFile), file_fields };

static void
wipe_text (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
}

static void
keys_file_clear (KeysFile *file)
{
  wipe_text (file->key);
  wipe_text (file->next);
  quay_shape_clear (&file_shape, file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeysFile, keys_file_clear)

void
quay_sync_keys_free (QuaySyncKeys *keys)
{
  if (keys == NULL)
    return;
  quay_key_clear (&keys->key);
  quay_key_clear (&keys->next);
  g_free (keys->path);
  g_free (keys->url);
  g_free (keys->ca);
  g_free (keys->shop);
  g_free (keys->key_id);
  g_free (keys);
}

const guint8 *
quay_sync_keys_server (const QuaySyncKeys *keys, const char *id)
{
  for (guint i = 0; i < keys->n_server_keys; i++)
    if (strcmp (keys->server_keys[i].id, id) == 0)
      return keys->server_keys[i].public;
  return NULL;
}

/* --- reading --- */

/* The content, at most FILE_MAX bytes, NUL after it; @len G_MAXSIZE if there is no file. */
static gboolean
read_file (const char *path, char *bytes, gsize *len, GError **error)
{
  struct stat st;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  *len = G_MAXSIZE;
  if (fd < 0)
    return errno == ENOENT || quay_files_fail ("can't read", path, error);
  gboolean ok = fstat (fd, &st) == 0;
  if (ok && (st.st_mode & 0077) != 0)
    ok = fchmod (fd, 0600) == 0;
  gsize at = 0;
  while (ok && at <= FILE_MAX)
    {
      gssize got = read (fd, bytes + at, FILE_MAX + 1 - at);
      if (got < 0 && errno == EINTR)
        continue;
      ok = got >= 0;
      if (got <= 0)
        break;
      at += (gsize)got;
    }
  if (ok)
    *len = at;
  else
    quay_files_fail ("can't read", path, error);
  close (fd);
  return ok;
}

static gboolean
take_seed (const char *text, QuayKey *key)
{
  guint8 seed[SEED_LEN];
  gboolean ok = quay_base64_to (text, seed, sizeof seed);
  if (ok)
    quay_key_from_seed (key, seed);
  sodium_memzero (seed, sizeof seed);
  return ok;
}

static gboolean
take_server_keys (QuaySyncKeys *keys, GPtrArray *server)
{
  for (guint i = 0; server != NULL && i < server->len && i < QUAY_SYNC_SERVER_KEYS; i++)
    {
      const QuayMsgKey *key = g_ptr_array_index (server, i);
      g_strlcpy (keys->server_keys[i].id, key->id, sizeof keys->server_keys[i].id);
      if (!quay_base64_to (key->key, keys->server_keys[i].public, QUAY_KEY_LEN))
        return FALSE;
      keys->n_server_keys = i + 1;
    }
  return TRUE;
}

/* Nothing where the file has nothing. */
static char *
take_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
take_file (QuaySyncKeys *keys, const KeysFile *file)
{
  keys->url = take_text (file->url);
  keys->ca = take_text (file->ca);
  keys->shop = take_text (file->shop);
  keys->key_id = take_text (file->key_id);
  keys->till = file->till;
  keys->site = file->site;
  keys->node = file->node;
  keys->enrolled = file->enrolled != 0;
  keys->since = file->since;
  keys->has_next = *file->next != '\0';
  if ((keys->enrolled && !take_seed (file->key, &keys->key)) ||
      (keys->has_next && !take_seed (file->next, &keys->next)) ||
      !take_server_keys (keys, file->server))
    return FALSE;
  return !keys->enrolled || (keys->url != NULL && keys->key_id != NULL && keys->n_server_keys > 0 &&
                             !quay_id_is_nil (&keys->till) && !quay_id_is_nil (&keys->site));
}

static gboolean
parse (QuaySyncKeys *keys, const char *bytes, gsize len, GError **error)
{
  g_auto (KeysFile) file = { 0 };
  g_autoptr (GError) why = NULL;
  gboolean whole =
      len > 0 && len <= FILE_MAX && quay_message_decode (&file_shape, bytes, len, &file, &why);
  if (whole && file.v > FILE_VERSION)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NEWER, "'%s' was written by a newer program",
                   keys->path);
      return FALSE;
    }
  if (whole && take_file (keys, &file))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "'%s' is damaged%s%s", keys->path,
               why != NULL ? ": " : "", why != NULL ? why->message : "");
  return FALSE;
}

QuaySyncKeys *
quay_sync_keys_load (const char *dir, GError **error)
{
  g_autoptr (QuaySyncKeys) keys = g_new0 (QuaySyncKeys, 1);
  g_autofree char *bytes = g_malloc (FILE_MAX + 2);
  gsize len;
  keys->path = g_build_filename (dir, FILE_NAME, NULL);
  if (!read_file (keys->path, bytes, &len, error))
    return NULL;
  gboolean ok = len == G_MAXSIZE || parse (keys, bytes, len, error);
  sodium_memzero (bytes, FILE_MAX + 2);
  return ok ? g_steal_pointer (&keys) : NULL;
}

/* --- writing --- */

static char *
seed_text (const QuayKey *key)
{
  return quay_base64 (key->secret, SEED_LEN); /* libsodium's secret begins with the seed */
}

static void
free_server_key (gpointer data)
{
  QuayMsgKey *key = data;
  g_free (key->id);
  g_free (key->key);
  g_free (key);
}

static void
fill_file (KeysFile *file, const QuaySyncKeys *keys)
{
  file->v = FILE_VERSION;
  file->url = g_strdup (keys->url != NULL ? keys->url : "");
  file->ca = g_strdup (keys->ca);
  file->enrolled = keys->enrolled;
  file->till = keys->till;
  file->site = keys->site;
  file->node = keys->node;
  file->shop = g_strdup (keys->shop);
  file->key_id = g_strdup (keys->key_id);
  file->since = keys->since;
  if (keys->enrolled)
    file->key = seed_text (&keys->key);
  if (keys->has_next)
    file->next = seed_text (&keys->next);
  file->server = g_ptr_array_new_with_free_func (free_server_key);
  for (guint i = 0; i < keys->n_server_keys; i++)
    {
      QuayMsgKey *key = g_new0 (QuayMsgKey, 1);
      key->id = g_strdup (keys->server_keys[i].id);
      key->key = quay_base64 (keys->server_keys[i].public, QUAY_KEY_LEN);
      g_ptr_array_add (file->server, key);
    }
}

gboolean
quay_sync_keys_save (const QuaySyncKeys *keys, GError **error)
{
  g_auto (KeysFile) file = { 0 };
  gsize len;
  fill_file (&file, keys);
  if (!quay_shape_check (&file_shape, &file, error))
    return FALSE;
  g_autoptr (GBytes) bytes = quay_message_encode (&file_shape, &file);
  guint8 *text = (guint8 *)g_bytes_get_data (bytes, &len);
  g_autofree char *fresh = g_strconcat (keys->path, ".new", NULL);
  g_autofree char *dir = g_path_get_dirname (keys->path);
  g_unlink (fresh); /* one left by a power cut may have another mode */
  gboolean ok = quay_files_write (keys->path, text, len, error) && quay_files_sync (dir, error);
  sodium_memzero (text, len);
  return ok;
}
