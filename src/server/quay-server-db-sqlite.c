/* SQLite as the server's database: opening, errors, statements, transactions, checkpoints. One
 * writing connection in the world (the server's lock file sees to that), readers aside never
 * checkpoint: SQLite 3.40 can lose pages if two do. */
#include "quay-server-db-sqlite.h"

#include "quay-server-db-pg.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define APPLICATION_ID 0x51554156 /* 'QUAV' */
#define BUSY_MS 5000
#define MANY_FRAMES 4000 /* 16 MB of log */

static const char sql_write[] = "BEGIN IMMEDIATE";
static const char sql_read[] = "BEGIN";
static const char sql_commit[] = "COMMIT";
static const char sql_rollback[] = "ROLLBACK";

/* psow=0 is in the URI; what each setting guards against is in src/store/README.md. */
static const char *const settings_all[] = { "PRAGMA cell_size_check = ON",
                                            "PRAGMA trusted_schema = OFF",
                                            "PRAGMA cache_size = -32000", NULL };
static const char *const settings_own[] = { "PRAGMA journal_mode = WAL",
                                            "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
                                            NULL };
static const char *const settings_aside[] = { "PRAGMA query_only = ON",
                                              "PRAGMA wal_autocheckpoint = 0", NULL };
static const char *const settings_scratch[] = { "PRAGMA journal_mode = OFF",
                                                "PRAGMA synchronous = OFF",
                                                "PRAGMA locking_mode = EXCLUSIVE", NULL };

/* --- errors --- */

static QuayError
code_of_system (int number)
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
      return QUAY_ERROR_IO;
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
    default:
      return code_of_system (system);
    }
}

gboolean
quay_lite_fail (QuayLite *lite, const char *what, GError **error)
{
  int result = sqlite3_extended_errcode (lite->handle);
  int system = sqlite3_system_errno (lite->handle);
  if (system == 0)
    sqlite3_file_control (lite->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &system);
  g_set_error (error, QUAY_ERROR, (gint)code_of (result, system), "%s: %s (%d/%d) in '%s'", what,
               sqlite3_errmsg (lite->handle), result, system, lite->path);
  return FALSE;
}

/* --- statements --- */

static QuaySqlStmt *
prepare (QuaySql *sql, const char *text, GError **error)
{
  QuayLite *lite = (QuayLite *)sql;
  QuayLiteStmt *stmt = g_new0 (QuayLiteStmt, 1);
  stmt->base.sql = sql;
  if (sqlite3_prepare_v3 (lite->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt->stmt, NULL) ==
      SQLITE_OK)
    return &stmt->base;
  quay_lite_fail (lite, "can't prepare", error);
  g_free (stmt);
  return NULL;
}

static void
finalize (QuaySqlStmt *base)
{
  sqlite3_finalize (((QuayLiteStmt *)base)->stmt);
  g_free (base);
}

static void
reset (QuaySqlStmt *base)
{
  sqlite3_reset (((QuayLiteStmt *)base)->stmt);
  sqlite3_clear_bindings (((QuayLiteStmt *)base)->stmt);
}

void
quay_lite_bind (sqlite3_stmt *stmt, int n, const QuayValue *value)
{
  switch (value->type)
    {
    case QUAY_VALUE_NULL:
      sqlite3_bind_null (stmt, n);
      break;
    case QUAY_VALUE_INT:
      sqlite3_bind_int64 (stmt, n, value->u.number);
      break;
    case QUAY_VALUE_TEXT:
      sqlite3_bind_text (stmt, n, value->u.text, (int)value->len, SQLITE_STATIC);
      break;
    case QUAY_VALUE_BLOB:
      sqlite3_bind_blob (stmt, n, value->u.blob, (int)value->len, SQLITE_STATIC);
      break;
    }
}

static void
bind (QuaySqlStmt *base, int n, const QuayValue *value)
{
  quay_lite_bind (((QuayLiteStmt *)base)->stmt, n, value);
}

static gboolean
next (QuaySqlStmt *base, GError **error)
{
  int result = sqlite3_step (((QuayLiteStmt *)base)->stmt);
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    quay_lite_fail ((QuayLite *)base->sql, "can't run a statement", error);
  return result == SQLITE_ROW;
}

static void
get (QuaySqlStmt *base, int column, QuayValue *value)
{
  sqlite3_stmt *stmt = ((QuayLiteStmt *)base)->stmt;
  switch (sqlite3_column_type (stmt, column))
    {
    case SQLITE_INTEGER:
      value->type = QUAY_VALUE_INT;
      value->u.number = sqlite3_column_int64 (stmt, column);
      break;
    case SQLITE_TEXT:
      value->type = QUAY_VALUE_TEXT;
      value->u.text = (const char *)sqlite3_column_text (stmt, column);
      value->len = (guint)sqlite3_column_bytes (stmt, column);
      break;
    case SQLITE_BLOB:
      value->type = QUAY_VALUE_BLOB;
      value->u.blob = sqlite3_column_blob (stmt, column);
      value->len = (guint)sqlite3_column_bytes (stmt, column);
      break;
    default:
      value->type = QUAY_VALUE_NULL;
    }
}

static guint
n_columns (QuaySqlStmt *base)
{
  return (guint)sqlite3_column_count (((QuayLiteStmt *)base)->stmt);
}

static const QuaySqlDriver driver = { prepare, finalize, reset, bind, next, get, n_columns, FALSE };

/* --- transactions --- */

static gboolean
run (QuayLite *lite, const char *sql, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (&lite->base, sql, error);
  return stmt != NULL && quay_sql_done (stmt, error);
}

static gboolean
begin (QuayServerDb *db, gboolean write, GError **error)
{
  return run (LITE (db), write ? sql_write : sql_read, error);
}

static void
rollback (QuayServerDb *db)
{
  quay_sql_forget (SQL (db)); /* a site may have been new */
  if (!sqlite3_get_autocommit (LITE (db)->handle))
    run (LITE (db), sql_rollback, NULL);
}

static gboolean
checkpoint (QuayLite *lite, GError **error)
{
  lite->frames = 0;
  if (sqlite3_wal_checkpoint_v2 (lite->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) ==
      SQLITE_OK)
    return TRUE;
  return quay_lite_fail (lite, "can't checkpoint", error);
}

static gboolean
commit (QuayServerDb *db, GError **error)
{
  if (!run (LITE (db), sql_commit, error))
    {
      rollback (db);
      return FALSE;
    }
  return TRUE;
}

static gboolean
rest (QuayServerDb *db, gboolean idle, GError **error)
{
  QuayLite *lite = LITE (db);
  if (lite->frames > MANY_FRAMES || (idle && lite->frames > 0))
    return checkpoint (lite, error);
  return TRUE;
}

/* --- open and close --- */

static int
count_frames_cb (void *data, sqlite3 *handle, const char *schema, int frames)
{
  ((QuayLite *)data)->frames = frames;
  return SQLITE_OK;
}

static void
close_db (QuayServerDb *db)
{
  QuayLite *lite = LITE (db);
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    sqlite3_finalize (lite->rows[i]);
  quay_sql_clear (&lite->base);
  if (sqlite3_close (lite->handle) != SQLITE_OK)
    g_error ("a statement of '%s' was still in use", lite->path);
  g_free (lite->path);
  g_free (lite);
}

static const QuayServerDbOps *
get_ops (void)
{
  static QuayServerDbOps ops;
  static gsize once;
  if (g_once_init_enter (&once))
    {
      ops.begin = begin;
      ops.commit = commit;
      ops.rollback = rollback;
      ops.rest = rest;
      ops.close = close_db;
      quay_sql_ops_chain (&ops);
      quay_sql_ops_read (&ops);
      quay_sql_ops_office (&ops);
      quay_sql_ops_person (&ops);
      quay_lite_ops_rows (&ops);
      g_once_init_leave (&once, 1);
    }
  return &ops;
}

static gboolean
open_handle (QuayLite *lite, const char *vfs, gboolean create, GError **error)
{
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  flags |= lite->aside ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (create)
    flags |= SQLITE_OPEN_CREATE;
  g_autofree char *absolute = g_canonicalize_filename (lite->path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *full = uri != NULL ? g_strconcat (uri, "?psow=0", NULL) : NULL;
  if (full == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "path '%s' can't be named", lite->path);
      return FALSE;
    }
  if (sqlite3_open_v2 (full, &lite->handle, flags, vfs) != SQLITE_OK)
    return quay_lite_fail (lite, "can't open", error);
  sqlite3_extended_result_codes (lite->handle, 1);
  sqlite3_busy_timeout (lite->handle, BUSY_MS);
  sqlite3_db_config (lite->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (lite->aside)
    sqlite3_db_config (lite->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  else
    sqlite3_wal_hook (lite->handle, count_frames_cb, lite); /* in place of automatic checkpoints */
  return TRUE;
}

static gboolean
ask_int (QuayLite *lite, const char *sql, gint64 *out, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (&lite->base, sql, error);
  if (stmt == NULL)
    return FALSE;
  *out = quay_sql_next (stmt, &failed) ? quay_sql_get_int (stmt, 0) : 0;
  return quay_sql_settle (failed, error);
}

/* A file of ours, or an empty one. Also the first real read. */
static gboolean
check_owner (QuayLite *lite, GError **error)
{
  gint64 id;
  gint64 pages;
  if (!ask_int (lite, "PRAGMA application_id", &id, error) ||
      !ask_int (lite, "PRAGMA page_count", &pages, error))
    return FALSE;
  if (id == APPLICATION_ID || (id == 0 && pages == 0 && !lite->aside))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "'%s' is not a server's file", lite->path);
  return FALSE;
}

static gboolean
apply_settings (QuayLite *lite, const char *const *settings, GError **error)
{
  for (; *settings != NULL; settings++)
    {
      g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (&lite->base, *settings, error);
      if (stmt == NULL || !quay_sql_done (stmt, error))
        return FALSE;
    }
  return TRUE;
}

static QuayServerDb *
open_lite (const char *path, const char *vfs, gboolean aside, gboolean scratch, GError **error)
{
  QuayLite *lite = g_new0 (QuayLite, 1);
  g_autoptr (QuayServerDb) db = &lite->base.base;
  quay_sql_init (&lite->base, &driver, get_ops ());
  lite->path = g_strdup (path);
  lite->aside = aside;
  if (!open_handle (lite, vfs, !aside, error) || !check_owner (lite, error) ||
      !apply_settings (lite, settings_all, error) ||
      !apply_settings (lite, scratch ? settings_scratch : (aside ? settings_aside : settings_own),
                       error) ||
      (!aside && !quay_lite_migrate (lite, error)) || !quay_lite_prepare_rows (lite, error))
    return NULL;
  return g_steal_pointer (&db);
}

QuayServerDb *
quay_server_db_open (const char *url, const char *vfs, gboolean aside, GError **error)
{
  const char *file = quay_server_db_file (url);
  if (file != NULL && *file != '\0')
    return open_lite (file, vfs, aside, FALSE, error);
  if (g_str_has_prefix (url, "postgresql:"))
    return quay_pg_open (url, aside, error);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no database that is known", url);
  return NULL;
}

QuayServerDb *
quay_server_db_scratch (const char *path, GError **error)
{
  g_unlink (path);
  return open_lite (path, NULL, FALSE, TRUE, error);
}
