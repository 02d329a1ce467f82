/* SQLite behind four modes of opening. The WAL hook stands where SQLite's automatic checkpoint
 * would: it only counts, so that no sale ever waits for a checkpoint. */
#include "quay-db.h"

#include "quay-wal-vfs.h"

#include <errno.h>
#include <string.h>

#define BUSY_MS 5000

static const char sql_begin[] = "BEGIN IMMEDIATE";
static const char sql_snapshot[] = "BEGIN";
static const char sql_commit[] = "COMMIT";
static const char sql_rollback[] = "ROLLBACK";

/* Each line is one setting; what it guards against is in README.md. */
static const char settings_all[] = "PRAGMA cell_size_check = ON;"
                                   "PRAGMA trusted_schema = OFF;"
                                   "PRAGMA cache_size = -8000;";
static const char settings_write[] = "PRAGMA journal_mode = WAL;"
                                     "PRAGMA synchronous = FULL;"
                                     "PRAGMA foreign_keys = ON;"
                                     "PRAGMA secure_delete = FAST;";
static const char settings_read[] = "PRAGMA query_only = ON;"
                                    "PRAGMA wal_autocheckpoint = 0;";
static const char settings_scratch[] = "PRAGMA journal_mode = MEMORY;"
                                       "PRAGMA synchronous = OFF;"
                                       "PRAGMA foreign_keys = ON;";

/* --- errors --- */

/* Disk trouble: the system's own word is finer than SQLite's. */
static QuayError
code_of_system (int number, QuayError otherwise)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return QUAY_ERROR_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
      return QUAY_ERROR_READ_ONLY;
    default:
      return otherwise;
    }
}

static QuayError
code_of (int result, int system)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return QUAY_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return QUAY_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return QUAY_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return QUAY_ERROR_DAMAGED;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      return QUAY_ERROR_INVALID;
    case SQLITE_CANTOPEN:
      return system == ENOENT ? QUAY_ERROR_NOT_FOUND : code_of_system (system, QUAY_ERROR_IO);
    default:
      return code_of_system (system, QUAY_ERROR_IO);
    }
}

/* What the system said. SQLite often forgets it on the way up; the files remember. */
static int
find_errno (sqlite3 *handle)
{
  sqlite3_file *log = NULL;
  int number = sqlite3_system_errno (handle);
  if (number == 0)
    sqlite3_file_control (handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
  if (number == 0)
    sqlite3_file_control (handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != NULL && log->pMethods != NULL)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

gboolean
quay_db_fail (QuayDb *db, const char *what, GError **error)
{
  int result = sqlite3_extended_errcode (db->handle);
  int system = find_errno (db->handle);
  g_set_error (error, QUAY_ERROR, (gint)code_of (result, system), "%s: %s (%d/%d) in '%s'", what,
               sqlite3_errmsg (db->handle), result, system, db->path);
  return FALSE;
}

/* --- open and close --- */

static int
count_frames_cb (void *data, sqlite3 *handle, const char *schema, int frames)
{
  ((QuayDb *)data)->wal_frames = frames;
  return SQLITE_OK;
}

static char *
make_uri (const char *path, const char *query)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  return uri != NULL ? g_strconcat (uri, "?", query, NULL) : NULL;
}

static gboolean
open_handle (QuayDb *db, QuayDbMode mode, const char *vfs, GError **error)
{
  static const char *const queries[] = {
    [QUAY_DB_WRITE] = "psow=0",
    [QUAY_DB_READ] = "psow=0",
    [QUAY_DB_COPY] = "immutable=1",
    [QUAY_DB_SCRATCH] = "psow=0",
  };
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  if (mode == QUAY_DB_WRITE)
    flags |= SQLITE_OPEN_READWRITE;
  else if (mode == QUAY_DB_SCRATCH)
    flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  else
    flags |= SQLITE_OPEN_READONLY;
  g_autofree char *uri = make_uri (db->path, queries[mode]);
  if (uri == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "path '%s' can't be named", db->path);
      return FALSE;
    }
  const char *layer = mode == QUAY_DB_WRITE ? quay_wal_vfs_over (vfs) : vfs;
  if (sqlite3_open_v2 (uri, &db->handle, flags, layer) != SQLITE_OK)
    return db->handle != NULL ? quay_db_fail (db, "can't open", error) : FALSE;
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, BUSY_MS);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_wal_hook (db->handle, count_frames_cb, db);
  if (mode == QUAY_DB_WRITE && sqlite3_db_readonly (db->handle, "main") == 1)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_READ_ONLY, "'%s' can't be written", db->path);
      return FALSE;
    }
  return TRUE;
}

/* A file of ours, or an empty one where one may be made. Also the first real read. */
static gboolean
check_owner (QuayDb *db, QuayDbMode mode, GError **error)
{
  gint64 id;
  gint64 version;
  gint64 pages;
  if (!quay_db_get_int (db, "PRAGMA application_id", &id, error) ||
      !quay_db_get_int (db, "PRAGMA user_version", &version, error) ||
      !quay_db_get_int (db, "PRAGMA page_count", &pages, error))
    return FALSE;
  if (id == QUAY_DB_APPLICATION_ID)
    return TRUE;
  if (id == 0 && version == 0 && pages == 0 && (mode == QUAY_DB_WRITE || mode == QUAY_DB_SCRATCH))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "'%s' is not a till's file", db->path);
  return FALSE;
}

static gboolean
apply_settings (QuayDb *db, QuayDbMode mode, GError **error)
{
  static const char *const own[] = {
    [QUAY_DB_WRITE] = settings_write,
    [QUAY_DB_READ] = settings_read,
    [QUAY_DB_COPY] = settings_read,
    [QUAY_DB_SCRATCH] = settings_scratch,
  };
  return quay_db_run (db, settings_all, error) && quay_db_run (db, own[mode], error);
}

static void
finalize_cb (gpointer data)
{
  sqlite3_finalize (data);
}

static gpointer
set_up_cb (gpointer data)
{
  /* refused, without harm, in a program that has used SQLite before */
  return GINT_TO_POINTER (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0));
}

void
quay_db_set_up (void)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, set_up_cb, NULL);
}

QuayDb *
quay_db_open (const char *path, QuayDbMode mode, const char *vfs, GError **error)
{
  g_autoptr (QuayDb) db = g_new0 (QuayDb, 1);
  quay_db_set_up ();
  db->path = g_strdup (path);
  db->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_cb);
  if (!open_handle (db, mode, vfs, error) || !check_owner (db, mode, error) ||
      !apply_settings (db, mode, error))
    return NULL;
  return g_steal_pointer (&db);
}

void
quay_db_free (QuayDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->statements, g_hash_table_unref);
  if (sqlite3_close (db->handle) != SQLITE_OK)
    g_error ("a statement of '%s' was still in use", db->path);
  g_free (db->path);
  g_free (db);
}

gboolean
quay_db_close_emptied (QuayDb *db, GError **error)
{
  gboolean ok = quay_db_checkpoint (db, SQLITE_CHECKPOINT_TRUNCATE, error);
  quay_db_free (db);
  return ok;
}

gboolean
quay_db_close_clean (QuayDb *db, GError **error)
{
  gboolean ok = quay_db_checkpoint (db, SQLITE_CHECKPOINT_TRUNCATE, error);
  if (ok)
    sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  quay_db_free (db);
  return ok;
}

gboolean
quay_db_run (QuayDb *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return quay_db_fail (db, "can't run", error);
  return TRUE;
}

gboolean
quay_db_get_int (QuayDb *db, const char *sql, gint64 *out, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL) == SQLITE_OK &&
                sqlite3_step (stmt) == SQLITE_ROW;
  if (ok)
    *out = sqlite3_column_int64 (stmt, 0);
  else
    quay_db_fail (db, "can't read", error);
  sqlite3_finalize (stmt);
  return ok;
}

gboolean
quay_db_checkpoint (QuayDb *db, int mode, GError **error)
{
  if (sqlite3_wal_checkpoint_v2 (db->handle, NULL, mode, NULL, NULL) != SQLITE_OK)
    return quay_db_fail (db, "can't checkpoint", error);
  return TRUE;
}

/* --- statements --- */

QuayStmt *
quay_db_stmt (QuayDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (db->statements, sql);
  if (stmt != NULL)
    {
      g_assert (!sqlite3_stmt_busy (stmt));
      return stmt;
    }
  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      quay_db_fail (db, "can't prepare", error);
      return NULL;
    }
  g_hash_table_insert (db->statements, (gpointer)sql, stmt);
  return stmt;
}

void
quay_stmt_free (QuayStmt *stmt)
{
  if (stmt == NULL)
    return;
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

static int
find_parameter (QuayStmt *stmt, const char *name)
{
  int index = sqlite3_bind_parameter_index (stmt, name);
  g_assert (index > 0);
  return index;
}

void
quay_bind_int (QuayStmt *stmt, const char *name, gint64 value)
{
  sqlite3_bind_int64 (stmt, find_parameter (stmt, name), value);
}

void
quay_bind_text (QuayStmt *stmt, const char *name, const char *text)
{
  sqlite3_bind_text (stmt, find_parameter (stmt, name), text, -1, SQLITE_STATIC);
}

void
quay_bind_id (QuayStmt *stmt, const char *name, const QuayId *id)
{
  quay_bind_blob (stmt, name, id->b, sizeof id->b);
}

void
quay_bind_blob (QuayStmt *stmt, const char *name, const void *blob, gsize len)
{
  sqlite3_bind_blob64 (stmt, find_parameter (stmt, name), blob, len, SQLITE_STATIC);
}

gboolean
quay_db_next (QuayDb *db, QuayStmt *stmt, GError **error)
{
  int result = sqlite3_step (stmt);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    quay_db_fail (db, "can't step", error);
  return FALSE;
}

gboolean
quay_db_done (QuayDb *db, QuayStmt *stmt, GError **error)
{
  if (sqlite3_step (stmt) == SQLITE_DONE)
    return TRUE;
  return quay_db_fail (db, "can't write", error);
}

char *
quay_column_dup (QuayStmt *stmt, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (stmt, column));
}

QuayId
quay_column_id (QuayStmt *stmt, int column)
{
  QuayId id = QUAY_ID_NIL;
  const void *blob = sqlite3_column_blob (stmt, column);
  if (blob != NULL && sqlite3_column_bytes (stmt, column) == (int)sizeof id.b)
    memcpy (id.b, blob, sizeof id.b);
  return id;
}

/* --- transactions --- */

static gboolean
run_cached (QuayDb *db, const char *sql, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, error);
  return stmt != NULL && quay_db_done (db, stmt, error);
}

gboolean
quay_scope_begin (QuayScope *scope, QuayDb *db, gboolean immediate, GError **error)
{
  scope->db = NULL;
  if (!run_cached (db, immediate ? sql_begin : sql_snapshot, error))
    return FALSE;
  scope->db = db;
  return TRUE;
}

gboolean
quay_scope_commit (QuayScope *scope, GError **error)
{
  QuayDb *db = g_steal_pointer (&scope->db);
  if (run_cached (db, sql_commit, error))
    return TRUE;
  if (!sqlite3_get_autocommit (db->handle))
    run_cached (db, sql_rollback, NULL);
  return FALSE;
}

void
quay_scope_clear (QuayScope *scope)
{
  QuayDb *db = g_steal_pointer (&scope->db);
  if (db != NULL && !sqlite3_get_autocommit (db->handle))
    run_cached (db, sql_rollback, NULL);
}
