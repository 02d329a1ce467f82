/* Shared by the files of the SQLite database: the handle, statements by literal, and the topics'
 * operations that quay-server-db-sqlite.c puts into one table. */
#pragma once

#include "quay-server-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/** @sites: QuayId → number, as far as they were asked for. @frames: in the write-ahead log. */
typedef struct
{
  QuayServerDb base;
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* SQL literal, by address → sqlite3_stmt */
  sqlite3_stmt *rows[QUAY_N_TABLES];
  GHashTable *sites;
  gboolean aside;
  int frames;
} QuayLite;

#define LITE(db) ((QuayLite *)(db))

/** Sets @error from the handle's last failure. Returns FALSE. */
gboolean quay_lite_fail (QuayLite *lite, const char *what, GError **error);

/** A statement in use; leaving the scope resets it. */
typedef struct sqlite3_stmt QuayLiteStmt;
void quay_lite_stmt_free (QuayLiteStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayLiteStmt, quay_lite_stmt_free)

/** The statement of the literal @sql, by its address; NULL only with an error set. */
QuayLiteStmt *quay_lite_stmt (QuayLite *lite, const char *sql, GError **error);

/* Parameters are ?1, ?2 … in order. Borrowed until the statement leaves its scope. */
void quay_lite_id (QuayLiteStmt *stmt, int n, const QuayId *id);
void quay_lite_text (QuayLiteStmt *stmt, int n, const char *text);
void quay_lite_blob (QuayLiteStmt *stmt, int n, const void *bytes, gsize len);

/** TRUE for a row; FALSE at the end, or with @error set. */
gboolean quay_lite_next (QuayLite *lite, QuayLiteStmt *stmt, GError **error);
/** Runs a statement that gives no rows. */
gboolean quay_lite_done (QuayLite *lite, QuayLiteStmt *stmt, GError **error);

/** A column into memory of exactly @len bytes; zeros if it has another length. */
void quay_lite_take (QuayLiteStmt *stmt, int column, void *out, gsize len);
void quay_lite_take_text (QuayLiteStmt *stmt, int column, char *out, gsize size);
char *quay_lite_dup (QuayLiteStmt *stmt, int column);

/** The number of a site; nil is 0. FALSE with QUAY_ERROR_NOT_FOUND. */
gboolean quay_lite_site (QuayLite *lite, const QuayId *id, gint64 *no, GError **error);

/** Hands on what a loop over quay_lite_next() left; TRUE if nothing. */
static inline gboolean
quay_lite_settle (GError *failed, GError **error)
{
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/** Each sets the operations of its topic. */
void quay_lite_ops_chain (QuayServerDbOps *ops);
void quay_lite_ops_rows (QuayServerDbOps *ops);
void quay_lite_ops_read (QuayServerDbOps *ops);
void quay_lite_ops_office (QuayServerDbOps *ops);

/** Brings the schema up to date; the newest version known. */
gboolean quay_lite_migrate (QuayLite *lite, GError **error);

/** Makes the statements that write rows. */
gboolean quay_lite_prepare_rows (QuayLite *lite, GError **error);

G_END_DECLS
