/* One SQLite connection: how it is opened, a cache of prepared statements, transactions that roll
 * back by themselves, and SQLite's codes as ours. Use each from one thread at a time. */
#pragma once

#include "quay-error.h"
#include "quay-id.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define QUAY_DB_APPLICATION_ID 0x51554159 /* 'QUAY' */

/**
 * QuayDbMode:
 * @QUAY_DB_WRITE: the till's one writing connection: WAL, synchronous=FULL, psow=0; checkpoints
 *   only when it is told to, not even on close
 * @QUAY_DB_READ: beside it, read-only; never checkpoints
 * @QUAY_DB_COPY: a file that nobody has open (a finished backup), read-only; leaves no side files
 * @QUAY_DB_SCRATCH: a new file that may be lost at any time
 */
typedef enum
{
  QUAY_DB_WRITE,
  QUAY_DB_READ,
  QUAY_DB_COPY,
  QUAY_DB_SCRATCH,
} QuayDbMode;

/** @wal_frames: in the write-ahead log after the last commit of this connection. */
typedef struct
{
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* SQL literal, by address → sqlite3_stmt */
  int wal_frames;
} QuayDb;

/** Tunes SQLite for the whole program (it counts no memory: a lock and a count each time it takes
 * or gives some). quay_db_open() does so; needed before only where something else uses SQLite
 * first. */
void quay_db_set_up (void);

/**
 * quay_db_open:
 * @vfs: name of a VFS, NULL for the system's
 *
 * QUAY_DB_SCRATCH makes the file, the others need it; QUAY_DB_WRITE also takes an empty one.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_DAMAGED for a file that is none of ours, or a
 *   storage error.
 */
QuayDb *quay_db_open (const char *path, QuayDbMode mode, const char *vfs, GError **error);
void quay_db_free (QuayDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayDb, quay_db_free)

/** Closes like quay_db_free(), but first moves the write-ahead log into the file and removes it. */
gboolean quay_db_close_clean (QuayDb *db, GError **error);

/** The same for the file's own till, which comes again: the log stays, empty, with its blocks. */
gboolean quay_db_close_emptied (QuayDb *db, GError **error);

/** Sets @error from the connection's last failure; @what says what was tried. Returns FALSE. */
gboolean quay_db_fail (QuayDb *db, const char *what, GError **error);

/** Runs statements that give no rows: the schema, a PRAGMA. */
gboolean quay_db_run (QuayDb *db, const char *sql, GError **error);

/** The one integer of @sql's first row, such as a PRAGMA's. */
gboolean quay_db_get_int (QuayDb *db, const char *sql, gint64 *out, GError **error);

/** Moves the log into the file; @mode is one of SQLITE_CHECKPOINT_…. */
gboolean quay_db_checkpoint (QuayDb *db, int mode, GError **error);

/* --- statements --- */

/** A cached statement in use; leaving the scope resets it. */
typedef struct sqlite3_stmt QuayStmt;
void quay_stmt_free (QuayStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayStmt, quay_stmt_free)

/**
 * quay_db_stmt:
 * @sql: a literal: the cache goes by its address
 *
 * Returns: NULL only with an error set.
 */
QuayStmt *quay_db_stmt (QuayDb *db, const char *sql, GError **error);

/** Binds by name, as in ":day"; an unknown name is a programming error. Text and blob are borrowed
 * until the statement leaves its scope. */
void quay_bind_int (QuayStmt *stmt, const char *name, gint64 value);
void quay_bind_text (QuayStmt *stmt, const char *name, const char *text);
void quay_bind_id (QuayStmt *stmt, const char *name, const QuayId *id);
void quay_bind_blob (QuayStmt *stmt, const char *name, const void *blob, gsize len);

/** TRUE for a row. FALSE at the end, or with @error set. */
gboolean quay_db_next (QuayDb *db, QuayStmt *stmt, GError **error);

/** After a loop over quay_db_next(): hands on its error; TRUE if there was none. */
static inline gboolean
quay_db_settle (GError *failed, GError **error)
{
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/** Runs a statement that gives no rows. */
gboolean quay_db_done (QuayDb *db, QuayStmt *stmt, GError **error);

/** A column's text; (transfer full), NULL for NULL. */
char *quay_column_dup (QuayStmt *stmt, int column);
/** A column's id; nil unless it is a blob of 16 bytes. */
QuayId quay_column_id (QuayStmt *stmt, int column);

/* --- transactions --- */

/** A transaction; leaving the scope rolls back unless it was committed. */
typedef struct
{
  QuayDb *db;
} QuayScope;

/** Begins: @immediate to write, else a snapshot to read from. */
gboolean quay_scope_begin (QuayScope *scope, QuayDb *db, gboolean immediate, GError **error);
/** Commits; on failure the outcome is unknown until the file was opened anew. */
gboolean quay_scope_commit (QuayScope *scope, GError **error);
void quay_scope_clear (QuayScope *scope);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayScope, quay_scope_clear)

G_END_DECLS
