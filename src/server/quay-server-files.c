/* The key file is small JSON: {"node": UUID, "keys": [{"id", "seed": base64}]}, written whole. */
#include "quay-server-files.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX 65536

gboolean
quay_server_file_fail (const char *what, const char *path, GError **error)
{
  int number = errno;
  QuayError code = QUAY_ERROR_IO;
  if (number == ENOENT)
    code = QUAY_ERROR_NOT_FOUND;
  else if (number == EACCES || number == EPERM || number == EROFS)
    code = QUAY_ERROR_READ_ONLY;
  else if (number == ENOSPC || number == EDQUOT)
    code = QUAY_ERROR_FULL;
  g_set_error (error, QUAY_ERROR, (gint)code, "%s '%s': %s", what, path, g_strerror (number));
  return FALSE;
}

/* --- identity --- */

static void
finish (QuayServerIdentity *identity)
{
  static const char what[] = "quay1-codes";
  const QuayKey *oldest = &identity->keys[identity->n - 1];
  quay_id_to_text (&identity->node, identity->node_text);
  crypto_generichash (identity->pepper, sizeof identity->pepper, (const guint8 *)what,
                      sizeof what - 1, oldest->secret, crypto_sign_SEEDBYTES);
}

static gboolean
add_key (QuayServerIdentity *identity, const char *id, const guint8 seed[32])
{
  if (identity->n == QUAY_SERVER_KEYS_MAX || strlen (id) > 32 || *id == '\0')
    return FALSE;
  quay_key_from_seed (&identity->keys[identity->n], seed);
  g_strlcpy (identity->ids[identity->n++], id, sizeof identity->ids[0]);
  return TRUE;
}

static gboolean
parse (QuayServerIdentity *identity, const char *text, gsize len)
{
  json_error_t why;
  json_t *object = json_loadb (text, len, JSON_REJECT_DUPLICATES, &why);
  json_t *keys = json_object_get (object, "keys");
  gboolean ok =
      quay_id_from_text (json_string_value (json_object_get (object, "node")), &identity->node);
  for (gsize i = 0; ok && i < json_array_size (keys); i++)
    {
      guint8 seed[32];
      const char *id = json_string_value (json_object_get (json_array_get (keys, i), "id"));
      const char *seed_text =
          json_string_value (json_object_get (json_array_get (keys, i), "seed"));
      ok = id != NULL && seed_text != NULL && quay_base64_to (seed_text, seed, sizeof seed) &&
           add_key (identity, id, seed);
      sodium_memzero (seed, sizeof seed);
    }
  json_decref (object);
  return ok && identity->n > 0;
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) why = NULL;
  if (g_file_set_contents_full (
          path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &why))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR,
                       g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                           ? QUAY_ERROR_FULL
                           : QUAY_ERROR_READ_ONLY,
                       why->message);
  return FALSE;
}

static gboolean
make_identity (QuayServerIdentity *identity, const char *path, const char *node, const QuayEnv *env,
               GError **error)
{
  guint8 seed[32];
  if (node == NULL)
    identity->node = quay_id_new (env);
  else if (!quay_id_from_text (node, &identity->node))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "node '%s' is no id", node);
      return FALSE;
    }
  env->random (env->data, seed, sizeof seed);
  /* the id tells keys of one node apart, also after a loss */
  g_autofree char *id =
      g_strdup_printf ("s%02x%02x%02x", seed[0] ^ seed[29], seed[1] ^ seed[30], seed[2] ^ seed[31]);
  add_key (identity, id, seed);
  finish (identity);
  g_autofree char *seed_text = quay_base64 (seed, sizeof seed);
  g_autofree char *text =
      g_strdup_printf ("{\"node\":\"%s\",\"keys\":[{\"id\":\"%s\",\"seed\":\"%s\"}]}\n",
                       identity->node_text, id, seed_text);
  gboolean ok = write_file (path, text, error);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (seed_text, strlen (seed_text));
  sodium_memzero (text, strlen (text));
  return ok;
}

static gboolean
read_file (QuayServerIdentity *identity, const char *path, int fd, GError **error)
{
  struct stat about;
  g_autofree char *text = g_malloc (FILE_MAX);
  gssize got = fstat (fd, &about) == 0 ? read (fd, text, FILE_MAX) : -1;
  if (got < 0)
    return quay_server_file_fail ("can't read", path, error);
  if ((about.st_mode & 077) != 0)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                   "'%s' can be read by others: its mode must be 0600", path);
      return FALSE;
    }
  gboolean ok = parse (identity, text, (gsize)got);
  sodium_memzero (text, FILE_MAX);
  if (!ok)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no key file", path);
  return ok;
}

gboolean
quay_server_identity_load (QuayServerIdentity *identity, const char *path, const char *node,
                           gboolean make, const QuayEnv *env, GError **error)
{
  memset (identity, 0, sizeof *identity);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT && make)
    return make_identity (identity, path, node, env, error);
  if (fd < 0)
    return quay_server_file_fail ("can't open the key file", path, error);
  gboolean ok = read_file (identity, path, fd, error);
  close (fd);
  if (!ok)
    return FALSE;
  finish (identity);
  if (node == NULL || strcmp (node, identity->node_text) == 0)
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "'%s' is of another server than the database",
               path);
  return FALSE;
}

void
quay_server_identity_clear (QuayServerIdentity *identity)
{
  sodium_memzero (identity, sizeof *identity);
}

/* --- lock --- */

struct _QuayServerLock
{
  int fd;
};

QuayServerLock *
quay_server_lock_take (const char *path, GError **error)
{
  struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      quay_server_file_fail ("can't open", path, error);
      return NULL;
    }
  if (fcntl (fd, F_OFD_SETLK, &range) != 0)
    {
      if (errno == EAGAIN || errno == EACCES)
        g_set_error (error, QUAY_ERROR, QUAY_ERROR_BUSY, "'%s' is held by another program", path);
      else
        quay_server_file_fail ("can't lock", path, error);
      close (fd);
      return NULL;
    }
  QuayServerLock *lock = g_new0 (QuayServerLock, 1);
  lock->fd = fd;
  return lock;
}

void
quay_server_lock_free (QuayServerLock *lock)
{
  if (lock == NULL)
    return;
  close (lock->fd);
  g_free (lock);
}
