/* PostgreSQL as the server's database: shared by its files. */
#pragma once

#include "quay-server-sql.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/** @failed: the connection is not to be used again. @staged: tables that have their staging table.
 */
typedef struct
{
  QuaySql base;
  PGconn *conn;
  guint n_prepared;
  gboolean aside;
  gboolean staged[QUAY_N_TABLES];
} QuayPg;

#define PG(db) ((QuayPg *)(db))

/** Opens a connection, brings the schema up to date under a lock; @aside: reads only. NULL with
 * QUAY_ERROR_NEWER, _IO (not reached) or _INVALID. */
QuayServerDb *quay_pg_open (const char *url, gboolean aside, GError **error);

/** Sets @error from @result (cleared) or the connection. What another connection's work caused
 * (a row made twice, a deadlock) is QUAY_ERROR_BUSY: the same may succeed when it is tried again.
 * Returns: FALSE. */
gboolean quay_pg_fail (QuayPg *pg, PGresult *result, const char *what, GError **error);

/** Runs commands without parameters and rows. */
gboolean quay_pg_run (QuayPg *pg, const char *text, GError **error);

/* Bulk rows: COPY in the binary form. */

typedef struct
{
  QuayPg *pg;
  GByteArray *bytes;
} QuayPgCopy;

/** Begins @text ("COPY t (…) FROM STDIN (FORMAT binary)"). */
gboolean quay_pg_copy_begin (QuayPgCopy *copy, QuayPg *pg, const char *text, GError **error);
void quay_pg_copy_row (QuayPgCopy *copy, guint n_columns);
void quay_pg_copy_int (QuayPgCopy *copy, gint64 number);
void quay_pg_copy_bytes (QuayPgCopy *copy, const void *bytes, gsize len);
void quay_pg_copy_value (QuayPgCopy *copy, const QuayValue *value);
/** A value of any type, into a column of type jsonb. */
void quay_pg_copy_any (QuayPgCopy *copy, const QuayValue *value);
/** Sends what is left; @ok FALSE: gives up. */
gboolean quay_pg_copy_end (QuayPgCopy *copy, GError **error);

/** Sets the operations that write in bulk. */
void quay_pg_ops_rows (QuayServerDbOps *ops);

/** Brings the schema up to date. */
gboolean quay_pg_migrate (QuayPg *pg, GError **error);

G_END_DECLS
