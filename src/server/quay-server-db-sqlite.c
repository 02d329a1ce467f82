/* SQLite as the server's database: opening, errors, statements, transactions, checkpoints. One
 * writing connection in the world (the server's lock file sees to that), readers aside never
 * checkpoint: SQLite 3.40 can lose pages if two do. */
#include "quay-server-db-sqlite.h"

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
static const char sql_site[] = "SELECT no FROM site WHERE id = ?1";

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

QuayLiteStmt *
quay_lite_stmt (QuayLite *lite, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (lite->statements, sql);
  if (stmt != NULL)
    {
      g_assert (!sqlite3_stmt_busy (stmt));
      return stmt;
    }
  if (sqlite3_prepare_v3 (lite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
      SQLITE_OK)
    {
      quay_lite_fail (lite, "can't prepare", error);
      return NULL;
    }
  g_hash_table_insert (lite->statements, (gpointer)sql, stmt);
  return stmt;
}

void
quay_lite_stmt_free (QuayLiteStmt *stmt)
{
  if (stmt == NULL)
    return;
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

void
quay_lite_id (QuayLiteStmt *stmt, int n, const QuayId *id)
{
  sqlite3_bind_blob (stmt, n, id->b, sizeof id->b, SQLITE_STATIC);
}

void
quay_lite_text (QuayLiteStmt *stmt, int n, const char *text)
{
  sqlite3_bind_text (stmt, n, text, -1, SQLITE_STATIC);
}

void
quay_lite_blob (QuayLiteStmt *stmt, int n, const void *bytes, gsize len)
{
  sqlite3_bind_blob64 (stmt, n, bytes, len, SQLITE_STATIC);
}

gboolean
quay_lite_next (QuayLite *lite, QuayLiteStmt *stmt, GError **error)
{
  int result = sqlite3_step (stmt);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    quay_lite_fail (lite, "can't read", error);
  return FALSE;
}

gboolean
quay_lite_done (QuayLite *lite, QuayLiteStmt *stmt, GError **error)
{
  if (sqlite3_step (stmt) == SQLITE_DONE)
    return TRUE;
  return quay_lite_fail (lite, "can't write", error);
}

void
quay_lite_take (QuayLiteStmt *stmt, int column, void *out, gsize len)
{
  const void *blob = sqlite3_column_blob (stmt, column);
  if (blob != NULL && (gsize)sqlite3_column_bytes (stmt, column) == len)
    memcpy (out, blob, len);
  else
    memset (out, 0, len);
}

void
quay_lite_take_text (QuayLiteStmt *stmt, int column, char *out, gsize size)
{
  const char *text = (const char *)sqlite3_column_text (stmt, column);
  g_strlcpy (out, text != NULL ? text : "", size);
}

char *
quay_lite_dup (QuayLiteStmt *stmt, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (stmt, column));
}

gboolean
quay_lite_site (QuayLite *lite, const QuayId *id, gint64 *no, GError **error)
{
  GError *failed = NULL;
  gpointer known;
  if (g_hash_table_lookup_extended (lite->sites, id, NULL, &known))
    {
      *no = GPOINTER_TO_SIZE (known);
      return TRUE;
    }
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (lite, sql_site, error);
  if (stmt == NULL)
    return FALSE;
  quay_lite_id (stmt, 1, id);
  if (!quay_lite_next (lite, stmt, &failed))
    {
      if (failed == NULL)
        g_set_error_literal (&failed, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such site");
      return quay_lite_settle (failed, error);
    }
  *no = sqlite3_column_int64 (stmt, 0);
  g_hash_table_insert (lite->sites, g_memdup2 (id, sizeof *id), GSIZE_TO_POINTER (*no));
  return TRUE;
}

/* --- transactions --- */

static gboolean
run (QuayLite *lite, const char *sql, GError **error)
{
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (lite, sql, error);
  return stmt != NULL && quay_lite_done (lite, stmt, error);
}

static gboolean
begin (QuayServerDb *db, gboolean write, GError **error)
{
  return run (LITE (db), write ? sql_write : sql_read, error);
}

static void
rollback (QuayServerDb *db)
{
  g_hash_table_remove_all (LITE (db)->sites); /* one may have been new */
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
  g_clear_pointer (&lite->statements, g_hash_table_unref);
  g_clear_pointer (&lite->sites, g_hash_table_unref);
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
      quay_lite_ops_chain (&ops);
      quay_lite_ops_rows (&ops);
      quay_lite_ops_read (&ops);
      quay_lite_ops_office (&ops);
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
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (lite, sql, error);
  if (stmt == NULL)
    return FALSE;
  *out = 0;
  if (quay_lite_next (lite, stmt, &failed))
    *out = sqlite3_column_int64 (stmt, 0);
  return quay_lite_settle (failed, error);
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
      GError *failed = NULL;
      g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (lite, *settings, error);
      if (stmt == NULL)
        return FALSE;
      while (quay_lite_next (lite, stmt, &failed))
        ; /* some answer with their new value */
      if (!quay_lite_settle (failed, error))
        return FALSE;
    }
  return TRUE;
}

static void
finalize_cb (gpointer data)
{
  sqlite3_finalize (data);
}

static QuayServerDb *
open_lite (const char *path, const char *vfs, gboolean aside, gboolean scratch, GError **error)
{
  QuayLite *lite = g_new0 (QuayLite, 1);
  g_autoptr (QuayServerDb) db = &lite->base;
  lite->base.ops = get_ops ();
  lite->path = g_strdup (path);
  lite->aside = aside;
  lite->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_cb);
  lite->sites = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
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
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no database that is known", url);
  return NULL;
}

QuayServerDb *
quay_server_db_scratch (const char *path, GError **error)
{
  g_unlink (path);
  return open_lite (path, NULL, FALSE, TRUE, error);
}
