/* Statements for either database: the topics' files (chains, office, reading) have one SQL text
 * each, with ?1, ?2 … for parameters; a driver runs it. Shared by the files quay-server-db-… alone.
 */
#pragma once

#include "quay-server-db.h"

G_BEGIN_DECLS

typedef struct QuaySql QuaySql;
typedef struct QuaySqlStmt QuaySqlStmt;

/** What a database does with a statement. Parameters count from 1, columns from 0; what is bound
 * lives until the reset, what is got until the next row. */
typedef struct
{
  QuaySqlStmt *(*prepare) (QuaySql *sql, const char *text, GError **error);
  void (*finalize) (QuaySqlStmt *stmt);
  void (*reset) (QuaySqlStmt *stmt);
  void (*bind) (QuaySqlStmt *stmt, int n, const QuayValue *value);
  gboolean (*next) (QuaySqlStmt *stmt, GError **error);
  void (*get) (QuaySqlStmt *stmt, int column, QuayValue *value);
  guint (*n_columns) (QuaySqlStmt *stmt);
  gboolean locks_rows; /* several connections write: a row must be locked by asking */
} QuaySqlDriver;

/** A connection: the base of a driver's own struct. @sites: QuayId → number, as far as asked for.
 */
struct QuaySql
{
  QuayServerDb base;
  const QuaySqlDriver *driver;
  GHashTable *statements; /* SQL literal, by address → QuaySqlStmt */
  GHashTable *sites;
};

/** The base of a driver's own struct. */
struct QuaySqlStmt
{
  QuaySql *sql;
  gboolean many; /* rows come one by one, whatever their number; nothing else runs meanwhile */
};

#define SQL(db) ((QuaySql *)(db))

/** Sets up and takes down the base. */
void quay_sql_init (QuaySql *sql, const QuaySqlDriver *driver, const QuayServerDbOps *ops);
void quay_sql_clear (QuaySql *sql);
/** Forgets what a transaction that was rolled back may have made. */
void quay_sql_forget (QuaySql *sql);

/** The statement of the literal @text, kept by its address; NULL only with an error set. Leaving
 * the scope resets it. */
QuaySqlStmt *quay_sql_stmt (QuaySql *sql, const char *text, GError **error);
void quay_sql_reset (QuaySqlStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySqlStmt, quay_sql_reset)

/** Binds parameter @n, from 1; texts and bytes are borrowed until the reset. */
void quay_sql_int (QuaySqlStmt *stmt, int n, gint64 number);
void quay_sql_id (QuaySqlStmt *stmt, int n, const QuayId *id);
void quay_sql_text (QuaySqlStmt *stmt, int n, const char *text);
void quay_sql_blob (QuaySqlStmt *stmt, int n, const void *bytes, gsize len);

/** TRUE for a row; FALSE at the end, or with @error set. */
gboolean quay_sql_next (QuaySqlStmt *stmt, GError **error);
/** Runs a statement that gives no rows. */
gboolean quay_sql_done (QuaySqlStmt *stmt, GError **error);

/** A column of the present row, from 0; borrowed until the next row. */
void quay_sql_get (QuaySqlStmt *stmt, int column, QuayValue *value);
/** 0 for NULL. */
gint64 quay_sql_get_int (QuaySqlStmt *stmt, int column);
/** A column into memory of exactly @len bytes; zeros if it has another length. */
void quay_sql_take (QuaySqlStmt *stmt, int column, void *out, gsize len);
void quay_sql_take_text (QuaySqlStmt *stmt, int column, char *out, gsize size);
char *quay_sql_dup (QuaySqlStmt *stmt, int column);
GBytes *quay_sql_bytes (QuaySqlStmt *stmt, int column);

/** The number of a site; nil is 0. FALSE with QUAY_ERROR_NOT_FOUND. */
gboolean quay_sql_site (QuaySql *sql, const QuayId *id, gint64 *no, GError **error);

/** Hands on what a loop over quay_sql_next() left; TRUE if nothing. */
static inline gboolean
quay_sql_settle (GError *failed, GError **error)
{
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/** Each sets the operations of its topic that all databases share. */
void quay_sql_ops_chain (QuayServerDbOps *ops);
void quay_sql_ops_read (QuayServerDbOps *ops);
void quay_sql_ops_office (QuayServerDbOps *ops);
void quay_sql_ops_person (QuayServerDbOps *ops);

G_END_DECLS
