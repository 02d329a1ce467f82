/* Keys of persons as sync sees them: those that the server has not been told of, others by id, and
 * those that come in, never for a customer who was erased. Written on the store's thread, behind
 * the counter; read beside it. */
#include "quay-message.h"
#include "quay-store-private.h"
#include "quay-store-sync.h"

#include <sodium.h>
#include <string.h>

#define MARK_KEY "persons.mark"

static const char sql_untell[] = "UPDATE person_key SET told = 0 WHERE told <> 0";
static const char sql_tell[] = "UPDATE person_key SET told = 1 WHERE event = :id";
/* one that is here already is told of again, and stays as it is */
static const char sql_take[] =
    "INSERT INTO person_key (event, key, told) SELECT :id, :key, 0 WHERE NOT EXISTS"
    " (SELECT 1 FROM fact WHERE kind = 'customer' AND entity = :id AND field = 'erased'"
    " AND value <> 0) ON CONFLICT (event) DO UPDATE SET told = 0";
static const char sql_set_mark[] = "INSERT INTO local (key, value) VALUES ('" MARK_KEY "', :value)"
                                   " ON CONFLICT (key) DO UPDATE SET value = excluded.value";

static const char sql_mark[] = "SELECT value FROM local WHERE key = '" MARK_KEY "'";
static const char sql_count[] = "SELECT count(*) FROM person_key";
static const char sql_untold[] =
    "SELECT event FROM person_key WHERE told = 0 ORDER BY event LIMIT :max";
static const char sql_key[] = "SELECT key FROM person_key WHERE event = :id";

/* --- values --- */

/* With room for all that one turn has, so that none is left behind where an array has grown. */
static GArray *
new_keys (void)
{
  return g_array_sized_new (FALSE, FALSE, sizeof (QuayPersonKey), QUAY_MSG_BOXES);
}

void
quay_persons_init (QuayPersons *persons)
{
  memset (persons, 0, sizeof *persons);
  persons->told = g_array_new (FALSE, FALSE, sizeof (QuayId));
  persons->want = g_array_new (FALSE, FALSE, sizeof (QuayId));
  persons->untold = g_array_new (FALSE, FALSE, sizeof (QuayId));
  persons->refused = g_array_new (FALSE, FALSE, sizeof (QuayId));
  persons->take = new_keys ();
  persons->keys = new_keys ();
}

/* Empties an array of keys for good. */
static void
wipe (GArray *keys)
{
  if (keys->len > 0)
    sodium_memzero (keys->data, keys->len * sizeof (QuayPersonKey));
  g_array_set_size (keys, 0);
}

void
quay_persons_forget (QuayPersons *persons)
{
  persons->all = FALSE;
  g_array_set_size (persons->told, 0);
  g_array_set_size (persons->want, 0);
  wipe (persons->take);
  g_clear_pointer (&persons->new_mark, g_free);
}

static void
forget_found (QuayPersons *persons)
{
  g_array_set_size (persons->untold, 0);
  g_array_set_size (persons->refused, 0);
  wipe (persons->keys);
  persons->n = 0;
  persons->more = FALSE;
  g_clear_pointer (&persons->mark, g_free);
}

void
quay_persons_clear (QuayPersons *persons)
{
  if (persons->told == NULL)
    return;
  quay_persons_forget (persons);
  forget_found (persons);
  g_array_unref (persons->told);
  g_array_unref (persons->want);
  g_array_unref (persons->untold);
  g_array_unref (persons->refused);
  g_array_unref (persons->take);
  g_array_unref (persons->keys);
  memset (persons, 0, sizeof *persons);
}

/* --- writing --- */

static gboolean
tell (QuayDb *db, const QuayId *id, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_tell, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  return quay_db_done (db, stmt, error);
}

static gboolean
take (QuayPersons *persons, QuayDb *db, const QuayPersonKey *key, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_take, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", &key->id);
  quay_bind_blob (stmt, ":key", key->key, sizeof key->key);
  if (!quay_db_done (db, stmt, error))
    return FALSE;
  if (sqlite3_changes (db->handle) == 0)
    g_array_append_val (persons->refused, key->id);
  return TRUE;
}

static gboolean
untell (QuayDb *db, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_untell, error);
  return stmt != NULL && quay_db_done (db, stmt, error);
}

static gboolean
set_mark (QuayDb *db, const char *mark, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_set_mark, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":value", mark);
  return quay_db_done (db, stmt, error);
}

static gboolean
write_all (QuayPersons *persons, QuayDb *db, GError **error)
{
  g_array_set_size (persons->refused, 0); /* of a try that gave way */
  if (persons->all && !untell (db, error))
    return FALSE;
  for (guint i = 0; i < persons->told->len; i++)
    if (!tell (db, &g_array_index (persons->told, QuayId, i), error))
      return FALSE;
  for (guint i = 0; i < persons->take->len; i++)
    if (!take (persons, db, &g_array_index (persons->take, QuayPersonKey, i), error))
      return FALSE;
  return persons->new_mark == NULL || set_mark (db, persons->new_mark, error);
}

static gboolean
write_cb (QuayStore *store, gpointer data, GError **error)
{
  GError *failed = NULL;
  g_auto (QuayScope) scope = { NULL };
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL)
    return FALSE;
  if (!quay_book_begin (book, &scope, &failed) || !write_all (data, book->db, &failed) ||
      !quay_book_commit (book, &scope, &failed))
    {
      quay_scope_clear (&scope);
      quay_store_latch_if_of_disk (store, failed);
      g_propagate_error (error, failed);
      return FALSE;
    }
  store->dirty = TRUE;
  return TRUE;
}

/* --- reading --- */

static gboolean
read_mark (QuayPersons *persons, QuayDb *db, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_mark, error);
  if (stmt == NULL)
    return FALSE;
  if (quay_db_next (db, stmt, &failed))
    persons->mark = quay_column_dup (stmt, 0);
  return quay_db_settle (failed, error);
}

static gboolean
read_untold (QuayPersons *persons, QuayDb *db, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_untold, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":max", (gint64)persons->max + 1);
  while (quay_db_next (db, stmt, &failed))
    {
      QuayId id = quay_column_id (stmt, 0);
      persons->more = persons->untold->len == persons->max;
      if (!persons->more)
        g_array_append_val (persons->untold, id);
    }
  return quay_db_settle (failed, error);
}

static gboolean
read_key (QuayPersons *persons, QuayDb *db, const QuayId *id, GError **error)
{
  GError *failed = NULL;
  QuayPersonKey found = { .id = *id };
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_key, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  if (quay_db_next (db, stmt, &failed) && sqlite3_column_bytes (stmt, 0) == sizeof found.key)
    {
      memcpy (found.key, sqlite3_column_blob (stmt, 0), sizeof found.key);
      g_array_append_val (persons->keys, found);
      sodium_memzero (found.key, sizeof found.key);
    }
  return quay_db_settle (failed, error);
}

static gboolean
read_all (QuayPersons *persons, QuayDb *db, GError **error)
{
  gint64 n;
  if (!read_mark (persons, db, error) || !read_untold (persons, db, error) ||
      !quay_db_get_int (db, sql_count, &n, error))
    return FALSE;
  persons->n = (guint64)n;
  for (guint i = 0; i < persons->want->len; i++)
    if (!read_key (persons, db, &g_array_index (persons->want, QuayId, i), error))
      return FALSE;
  return TRUE;
}

gboolean
quay_store_persons (QuayStore *store, QuayPersons *persons, GError **error)
{
  forget_found (persons);
  gboolean writes =
      persons->all || persons->told->len > 0 || persons->take->len > 0 || persons->new_mark != NULL;
  if (writes && !quay_store_call (store, QUAY_LANE_BACKGROUND, write_cb, persons, error))
    return FALSE;
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  if (aside == NULL || !read_all (persons, aside->db, error))
    return FALSE;
  quay_persons_forget (persons);
  return TRUE;
}
