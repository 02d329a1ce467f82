/* Opening and closing, the pool of handles. A handle on which a commit failed is closed and a new
 * one opened: only the file as it is then says what happened. */
#include "quay-server-private.h"

#include <sodium.h>
#include <string.h>
#include <sys/random.h>

#define VALUE_NODE "node"
#define VALUE_VERSION "version"
#define IDLE_MS 2000

/* --- real time and chance --- */

static gint64
wall_ms (gpointer data)
{
  return g_get_real_time () / 1000;
}

static gint64
mono_ms (gpointer data)
{
  return g_get_monotonic_time () / 1000;
}

static void
fill_random (gpointer data, guint8 *bytes, gsize n)
{
  randombytes_buf (bytes, n);
}

static const QuayEnv system_env = { wall_ms, mono_ms, fill_random, NULL, { { 0 } } };

/* --- handles --- */

static QuayServerDb *
open_handle (QuayServer *server, GError **error)
{
  GError *failed = NULL;
  QuayServerChain chain;
  char id[QUAY_ID_TEXT_LEN + 1];
  g_autoptr (QuayServerDb) db = quay_server_db_open (server->url, server->vfs, FALSE, error);
  if (db == NULL)
    return NULL;
  if (db->ops->chain_tails (db, &chain, &failed))
    return g_steal_pointer (&db);
  if (failed == NULL)
    {
      quay_id_to_text (&chain.id, id);
      g_set_error (&failed, QUAY_ERROR, QUAY_ERROR_DAMAGED,
                   "the head of chain %s%s (%s) is not the end of its journal", chain.code,
                   chain.letter, id);
    }
  g_propagate_error (error, failed);
  return NULL;
}

gboolean
quay_server_take (QuayServerUse *use, QuayServer *server, GError **error)
{
  use->server = server;
  use->db = NULL;
  g_mutex_lock (&server->pool_lock);
  while (server->idle->len == 0 && server->n_open == server->max_open)
    g_cond_wait (&server->pool_given, &server->pool_lock);
  if (server->idle->len > 0)
    use->db = g_ptr_array_steal_index_fast (server->idle, server->idle->len - 1);
  else
    server->n_open++;
  server->last_use = server->env.mono_ms (server->env.data);
  g_mutex_unlock (&server->pool_lock);
  if (use->db == NULL)
    use->db = open_handle (server, error);
  if (use->db == NULL)
    quay_server_give (use, NULL);
  return use->db != NULL;
}

void
quay_server_give (QuayServerUse *use, const GError *failed)
{
  QuayServer *server = g_steal_pointer (&use->server);
  QuayServerDb *db = g_steal_pointer (&use->db);
  g_autoptr (GError) error = NULL;
  if (db != NULL && quay_error_is_storage (failed))
    g_clear_pointer (&db, quay_server_db_free);
  if (db != NULL && !db->ops->rest (db, FALSE, &error))
    {
      g_message ("%s", error->message);
      g_clear_pointer (&db, quay_server_db_free);
    }
  g_mutex_lock (&server->pool_lock);
  if (db != NULL)
    g_ptr_array_add (server->idle, db);
  else
    server->n_open--;
  g_cond_signal (&server->pool_given);
  g_mutex_unlock (&server->pool_lock);
}

void
quay_server_use_clear (QuayServerUse *use)
{
  if (use->server != NULL)
    quay_server_give (use, NULL);
}

void
quay_server_rest (QuayServer *server)
{
  QuayServerDb *db = NULL;
  g_mutex_lock (&server->pool_lock);
  gboolean idle = server->env.mono_ms (server->env.data) - server->last_use >= IDLE_MS;
  if (idle && server->idle->len > 0)
    db = g_ptr_array_steal_index_fast (server->idle, server->idle->len - 1);
  g_mutex_unlock (&server->pool_lock);
  if (db == NULL)
    return;
  QuayServerUse use = { server, db };
  g_autoptr (GError) error = NULL;
  if (!db->ops->rest (db, TRUE, &error))
    g_message ("%s", error->message);
  quay_server_give (&use, error);
}

/* --- opening --- */

static gboolean
load_identity (QuayServer *server, const QuayServerOptions *options, QuayServerDb *db,
               GError **error)
{
  GError *failed = NULL;
  g_autofree char *node = NULL;
  const char *file = quay_server_db_file (server->url);
  g_autofree char *path = NULL;
  if (options->key != NULL || file != NULL)
    path = options->key != NULL ? g_strdup (options->key) : g_strconcat (file, ".key", NULL);
  if (path == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no key file is named");
      return FALSE;
    }
  db->ops->value_find (db, VALUE_NODE, &node, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  return quay_server_identity_load (&server->identity, path, node, node == NULL || options->new_key,
                                    &server->env, error) &&
         (node != NULL || db->ops->value_set (db, VALUE_NODE, server->identity.node_text, error));
}

/* What another version of this program could not book, this one may. */
static gboolean
note_version (QuayServerDb *db, GError **error)
{
  GError *failed = NULL;
  guint64 booked = 0;
  guint64 left = 0;
  g_autofree char *version = NULL;
  if (!db->ops->value_find (db, VALUE_VERSION, &version, &failed) && failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  if (g_strcmp0 (version, QUAY_VERSION) == 0)
    return TRUE;
  if (version != NULL && !quay_server_retry_held (db, &booked, &left, error))
    return FALSE;
  if (booked > 0)
    g_message ("%" G_GUINT64_FORMAT " held records are booked now", booked);
  return db->ops->value_set (db, VALUE_VERSION, QUAY_VERSION, error);
}

static gboolean
open_all (QuayServer *server, const QuayServerOptions *options, GError **error)
{
  const char *file = quay_server_db_file (server->url);
  if (file != NULL)
    {
      g_autofree char *lock = g_strconcat (file, ".lock", NULL);
      server->lock = quay_server_lock_take (lock, error);
      if (server->lock == NULL)
        return FALSE;
    }
  QuayServerUse use;
  g_autoptr (GError) failed = NULL;
  if (!quay_server_take (&use, server, error))
    return FALSE;
  gboolean ok = load_identity (server, options, use.db, &failed) && note_version (use.db, &failed);
  quay_server_give (&use, failed);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&failed));
  return ok;
}

QuayServer *
quay_server_open (const QuayServerOptions *options, GError **error)
{
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  g_autoptr (QuayServer) server = g_new0 (QuayServer, 1);
  server->url = g_strdup (options->db);
  server->vfs = g_strdup (options->vfs);
  server->env = options->env != NULL ? *options->env : system_env;
  server->rate = options->rate;
  server->burst = options->burst;
  server->idle = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_db_free);
  server->max_open = quay_server_db_handles (server->url);
  server->buckets = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  server->tries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return open_all (server, options, error) ? g_steal_pointer (&server) : NULL;
}

void
quay_server_close (QuayServer *server)
{
  if (server == NULL)
    return;
  g_ptr_array_unref (server->idle);
  g_hash_table_unref (server->buckets);
  g_hash_table_unref (server->tries);
  quay_server_lock_free (server->lock);
  quay_server_identity_clear (&server->identity);
  g_free (server->url);
  g_free (server->vfs);
  g_free (server);
}

gint64
quay_server_now (QuayServer *server)
{
  return MAX (server->env.wall_ms (server->env.data), 0);
}

const char *
quay_server_node (QuayServer *server)
{
  return server->identity.node_text;
}
