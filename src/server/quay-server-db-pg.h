/* PostgreSQL as the server's database: shared by its files. */
#pragma once

#include "quay-server-sql.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/** @copying: a COPY was sent whole, and nobody has asked yet what came of it. */
typedef struct
{
  QuaySql base;
  PGconn *conn;
  guint n_prepared;
  gboolean aside;
  gboolean copying;
} QuayPg;

#define PG(db) ((QuayPg *)(db))

/** Opens a connection, brings the schema up to date under a lock; @aside: reads only. NULL with
 * QUAY_ERROR_NEWER, _IO (not reached) or _INVALID. */
QuayServerDb *quay_pg_open (const char *url, gboolean aside, GError **error);

/** Sets @error from @result (cleared) or the connection. What another connection's work caused
 * (a row made twice, a deadlock) is QUAY_ERROR_BUSY: the same may succeed when it is tried again.
 * Returns: FALSE. */
gboolean quay_pg_fail (QuayPg *pg, PGresult *result, const char *what, GError **error);

/** Waits for the COPY that is under way, if one is. Whatever else uses the connection does so
 * first, and so has its error. */
gboolean quay_pg_settle (QuayPg *pg, GError **error);

/** Runs commands without parameters and rows. */
gboolean quay_pg_run (QuayPg *pg, const char *text, GError **error);

/* Values in the binary form, as COPY and arrays have them. */

#define QUAY_PG_BYTEA 17
#define QUAY_PG_INT8 20
#define QUAY_PG_INT2 21
#define QUAY_PG_INT4 23
#define QUAY_PG_TEXT 25
#define QUAY_PG_JSONB 3802

/** A value of type bigint. */
void quay_pg_add_int (GByteArray *out, gint64 number);
/** A value of type bytea or text. */
void quay_pg_add_bytes (GByteArray *out, const void *bytes, gsize len);
/** A value of the type that is nearest to its own, or NULL. */
void quay_pg_add_value (GByteArray *out, const QuayValue *value);
/** A value of any type, into a column of type jsonb. */
void quay_pg_add_any (GByteArray *out, const QuayValue *value);
/** Begins an array of @n values of type @oid, which are then added. */
void quay_pg_add_array (GByteArray *out, guint32 oid, guint n);

/* Bulk rows: COPY in the binary form. */

/** Add a row's values to @bytes after quay_pg_copy_row(). */
typedef struct
{
  QuayPg *pg;
  const char *text;
  GByteArray *bytes;
  GError *failed;
  gboolean open;
} QuayPgCopy;

/** @text ("COPY t (…) FROM STDIN (FORMAT binary)") is borrowed to the end. Rows are put together
 * here while the server may still be busy with the COPY before. */
void quay_pg_copy_begin (QuayPgCopy *copy, QuayPg *pg, const char *text);
void quay_pg_copy_row (QuayPgCopy *copy, guint n_columns);
/** Sends what is left and does not wait: what comes of it is told by quay_pg_settle(). */
gboolean quay_pg_copy_end (QuayPgCopy *copy, GError **error);

/** Sets the operations that write in bulk. */
void quay_pg_ops_rows (QuayServerDbOps *ops);

/** Merges rows of a LATEST or ADD table into those that are there, in the order of their keys, so
 * that two connections never wait for each other. @list: QuayServerRow, each key once. */
gboolean quay_pg_merge (QuayPg *pg, gint64 site, const QuayTable *table, GArray *list,
                        GError **error);

/** Whether the column takes a value of any type. */
gboolean quay_pg_is_any (const QuayTable *table, guint column);

/** Brings the schema up to date. */
gboolean quay_pg_migrate (QuayPg *pg, GError **error);

G_END_DECLS
