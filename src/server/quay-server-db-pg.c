/* PostgreSQL as the server's database: connection, errors, statements, transactions. Several
 * connections write; a chain's row is the lock that keeps its records in order. */
#include "quay-server-db-pg.h"

#include <jansson.h>
#include <string.h>

#define MAX_PARAMS 16

/** @at: the row that get() reads; -1 before the first. @made: texts that get() made for it. */
typedef struct
{
  QuaySqlStmt base;
  char name[16];
  PGresult *result;
  int at;
  int n_params;
  gboolean running;
  GStringChunk *made;
  char numbers[MAX_PARAMS][24];
  const char *values[MAX_PARAMS];
  int lengths[MAX_PARAMS];
  int formats[MAX_PARAMS];
} QuayPgStmt;

#define STMT(base) ((QuayPgStmt *)(base))
#define CONN(base) (((QuayPg *)(base)->sql)->conn)

/* --- errors --- */

static QuayError
code_of_state (QuayPg *pg, const char *state)
{
  if (PQstatus (pg->conn) != CONNECTION_OK || state == NULL)
    return QUAY_ERROR_IO;
  if (g_str_has_prefix (state, "40") || g_str_equal (state, "23505") ||
      g_str_equal (state, "55P03"))
    return QUAY_ERROR_BUSY;
  if (g_str_equal (state, "53100"))
    return QUAY_ERROR_FULL;
  if (g_str_equal (state, "25006"))
    return QUAY_ERROR_READ_ONLY;
  if (g_str_has_prefix (state, "XX"))
    return QUAY_ERROR_DAMAGED;
  if (g_str_has_prefix (state, "22") || g_str_has_prefix (state, "23"))
    return QUAY_ERROR_INVALID;
  return QUAY_ERROR_IO;
}

gboolean
quay_pg_fail (QuayPg *pg, PGresult *result, const char *what, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *words = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  g_autofree char *own = g_strchomp (g_strdup (PQerrorMessage (pg->conn)));
  g_set_error (error, QUAY_ERROR, (gint)code_of_state (pg, state), "%s: %s (%s)", what,
               words != NULL ? words : own, state != NULL ? state : "no connection");
  PQclear (result);
  return FALSE;
}

gboolean
quay_pg_settle (QuayPg *pg, GError **error)
{
  if (!pg->copying)
    return TRUE;
  pg->copying = FALSE;
  PGresult *result = PQgetResult (pg->conn);
  gboolean good = PQresultStatus (result) == PGRES_COMMAND_OK ||
                  quay_pg_fail (pg, g_steal_pointer (&result), "can't copy", error);
  do
    PQclear (result);
  while ((result = PQgetResult (pg->conn)) != NULL);
  return good;
}

gboolean
quay_pg_run (QuayPg *pg, const char *text, GError **error)
{
  if (!quay_pg_settle (pg, error))
    return FALSE;
  PGresult *result = PQexec (pg->conn, text);
  ExecStatusType status = PQresultStatus (result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    return quay_pg_fail (pg, result, "can't run a command", error);
  PQclear (result);
  return TRUE;
}

/* --- statements --- */

/* ?1 becomes $1; no text of ours has a question mark of its own. */
static char *
with_dollars (const char *text, int *n_params)
{
  char *sql = g_strdup (text);
  *n_params = 0;
  for (char *at = sql; *at != '\0'; at++)
    if (*at == '?')
      {
        *at = '$';
        *n_params = MAX (*n_params, (int)g_ascii_strtoll (at + 1, NULL, 10));
      }
  g_assert (*n_params <= MAX_PARAMS);
  return sql;
}

static QuaySqlStmt *
prepare (QuaySql *sql, const char *text, GError **error)
{
  int n_params;
  QuayPg *pg = (QuayPg *)sql;
  g_autofree char *dollars = with_dollars (text, &n_params);
  if (!quay_pg_settle (pg, error))
    return NULL;
  QuayPgStmt *stmt = g_new0 (QuayPgStmt, 1);
  stmt->base.sql = sql;
  stmt->n_params = n_params;
  stmt->at = -1;
  g_snprintf (stmt->name, sizeof stmt->name, "q%u", pg->n_prepared++);
  PGresult *result = PQprepare (pg->conn, stmt->name, dollars, 0, NULL);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    {
      g_free (stmt);
      quay_pg_fail (pg, result, "can't prepare", error);
      return NULL;
    }
  PQclear (result);
  stmt->made = g_string_chunk_new (256);
  return &stmt->base;
}

/* Rows that nobody read are taken off the connection. */
static void
drain (QuayPgStmt *stmt)
{
  g_clear_pointer (&stmt->result, PQclear);
  while (stmt->running)
    {
      PGresult *rest = PQgetResult (CONN (&stmt->base));
      stmt->running = rest != NULL;
      PQclear (rest);
    }
}

static void
reset (QuaySqlStmt *base)
{
  QuayPgStmt *stmt = STMT (base);
  drain (stmt);
  stmt->at = -1;
  memset (stmt->values, 0, sizeof stmt->values);
  g_string_chunk_clear (stmt->made);
}

static void
finalize (QuaySqlStmt *base)
{
  QuayPgStmt *stmt = STMT (base);
  drain (stmt);
  if (base->many) /* not one that is kept for the connection's life */
    {
      g_autofree char *text = g_strdup_printf ("DEALLOCATE %s", stmt->name);
      PQclear (PQexec (CONN (base), text));
    }
  g_string_chunk_free (stmt->made);
  g_free (stmt);
}

static void
bind (QuaySqlStmt *base, int n, const QuayValue *value)
{
  QuayPgStmt *stmt = STMT (base);
  int i = n - 1;
  g_assert (i >= 0 && i < MAX_PARAMS);
  stmt->formats[i] = value->type == QUAY_VALUE_BLOB;
  stmt->lengths[i] = (int)value->len;
  switch (value->type)
    {
    case QUAY_VALUE_NULL:
      stmt->values[i] = NULL;
      break;
    case QUAY_VALUE_INT:
      g_snprintf (stmt->numbers[i], sizeof stmt->numbers[i], "%" G_GINT64_FORMAT, value->u.number);
      stmt->values[i] = stmt->numbers[i];
      break;
    case QUAY_VALUE_TEXT:
      stmt->values[i] = value->u.text; /* ends with NUL: the texts of statements do */
      break;
    case QUAY_VALUE_BLOB:
      stmt->values[i] = (const char *)value->u.blob;
      break;
    }
}

static gboolean
start (QuayPgStmt *stmt, GError **error)
{
  PGconn *conn = CONN (&stmt->base);
  if (!quay_pg_settle ((QuayPg *)stmt->base.sql, error))
    return FALSE;
  if (!PQsendQueryPrepared (conn, stmt->name, stmt->n_params, stmt->values, stmt->lengths,
                            stmt->formats, 1))
    return quay_pg_fail ((QuayPg *)stmt->base.sql, NULL, "can't ask", error);
  stmt->running = TRUE;
  if (stmt->base.many)
    PQsetSingleRowMode (conn);
  return TRUE;
}

/* The next result that has a row; FALSE at the end or with @error set. */
static gboolean
fetch (QuayPgStmt *stmt, GError **error)
{
  while (stmt->running)
    {
      PGresult *result = PQgetResult (CONN (&stmt->base));
      stmt->running = result != NULL;
      if (result == NULL)
        break;
      ExecStatusType status = PQresultStatus (result);
      if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE && status != PGRES_COMMAND_OK)
        {
          drain (stmt);
          return quay_pg_fail ((QuayPg *)stmt->base.sql, result, "can't run a statement", error);
        }
      if (PQntuples (result) > 0)
        {
          stmt->result = result;
          stmt->at = 0;
          if (!stmt->base.many)
            {
              PGresult *end = PQgetResult (CONN (&stmt->base));
              g_assert (end == NULL);
              stmt->running = FALSE;
            }
          return TRUE;
        }
      PQclear (result);
    }
  stmt->at = -1;
  return FALSE;
}

static gboolean
next (QuaySqlStmt *base, GError **error)
{
  QuayPgStmt *stmt = STMT (base);
  g_string_chunk_clear (stmt->made);
  if (stmt->at < 0 && !start (stmt, error))
    return FALSE;
  if (stmt->result != NULL && stmt->at + 1 < PQntuples (stmt->result))
    {
      stmt->at++;
      return TRUE;
    }
  gboolean over = stmt->result != NULL && !stmt->running;
  g_clear_pointer (&stmt->result, PQclear);
  if (over)
    {
      stmt->at = -1;
      return FALSE;
    }
  return fetch (stmt, error);
}

static gint64
read_int (const char *bytes, int len)
{
  gint64 number = (signed char)bytes[0];
  for (int i = 1; i < len; i++)
    number = (gint64)((guint64)number << 8 | (guint8)bytes[i]);
  return number;
}

/* A value of any type: a version byte, then JSON. */
static void
read_any (QuayPgStmt *stmt, const char *bytes, int len, QuayValue *value)
{
  json_t *json = len > 1 ? json_loadb (bytes + 1, (gsize)len - 1, JSON_DECODE_ANY, NULL) : NULL;
  if (json_is_string (json))
    {
      value->type = QUAY_VALUE_TEXT;
      value->len = (guint)json_string_length (json);
      value->u.text =
          g_string_chunk_insert_len (stmt->made, json_string_value (json), (gssize)value->len);
    }
  else if (json_is_integer (json))
    {
      value->type = QUAY_VALUE_INT;
      value->u.number = json_integer_value (json);
    }
  json_decref (json);
}

static void
get (QuaySqlStmt *base, int column, QuayValue *value)
{
  QuayPgStmt *stmt = STMT (base);
  if (PQgetisnull (stmt->result, stmt->at, column))
    return;
  const char *bytes = PQgetvalue (stmt->result, stmt->at, column);
  int len = PQgetlength (stmt->result, stmt->at, column);
  switch (PQftype (stmt->result, column))
    {
    case QUAY_PG_INT2:
    case QUAY_PG_INT4:
    case QUAY_PG_INT8:
      value->type = QUAY_VALUE_INT;
      value->u.number = read_int (bytes, len);
      break;
    case QUAY_PG_BYTEA:
      value->type = QUAY_VALUE_BLOB;
      value->len = (guint)len;
      value->u.blob = (const guint8 *)bytes;
      break;
    case QUAY_PG_JSONB:
      read_any (stmt, bytes, len, value);
      break;
    default:
      value->type = QUAY_VALUE_TEXT;
      value->len = (guint)len;
      value->u.text = bytes;
    }
}

static guint
n_columns (QuaySqlStmt *base)
{
  return (guint)PQnfields (STMT (base)->result);
}

static const QuaySqlDriver driver = { prepare, finalize, reset, bind, next, get, n_columns, TRUE };

/* --- transactions --- */

static gboolean
begin (QuayServerDb *db, gboolean write, GError **error)
{
  return quay_pg_run (PG (db), write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                      error);
}

static void
rollback (QuayServerDb *db)
{
  quay_sql_forget (SQL (db)); /* a site may have been new */
  quay_pg_settle (PG (db), NULL);
  if (PQtransactionStatus (PG (db)->conn) != PQTRANS_IDLE)
    quay_pg_run (PG (db), "ROLLBACK", NULL);
}

static gboolean
commit (QuayServerDb *db, GError **error)
{
  if (!quay_pg_settle (PG (db), error))
    return FALSE;
  PGresult *result = PQexec (PG (db)->conn, "COMMIT");
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    return quay_pg_fail (PG (db), result, "can't commit", error);
  /* a transaction in which something failed answers COMMIT by rolling back */
  gboolean done = g_str_equal (PQcmdStatus (result), "COMMIT");
  PQclear (result);
  if (!done)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_IO, "the transaction was rolled back");
  return done;
}

static gboolean
rest (QuayServerDb *db, gboolean idle, GError **error)
{
  return TRUE; /* PostgreSQL sees to itself */
}

/* --- open and close --- */

static void
close_db (QuayServerDb *db)
{
  quay_sql_clear (SQL (db));
  PQfinish (PG (db)->conn);
  g_free (db);
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
      quay_pg_ops_rows (&ops);
      g_once_init_leave (&once, 1);
    }
  return &ops;
}

QuayServerDb *
quay_pg_open (const char *url, gboolean aside, GError **error)
{
  QuayPg *pg = g_new0 (QuayPg, 1);
  g_autoptr (QuayServerDb) db = &pg->base.base;
  quay_sql_init (&pg->base, &driver, get_ops ());
  pg->aside = aside;
  pg->conn = PQconnectdb (url);
  if (PQstatus (pg->conn) != CONNECTION_OK)
    {
      quay_pg_fail (pg, NULL, "can't reach PostgreSQL", error);
      return NULL;
    }
  /* an acknowledged record is on the disk, whatever the server's own settings say */
  if (!quay_pg_run (pg,
                    "SET client_min_messages = warning; SET synchronous_commit = on; "
                    "SET standard_conforming_strings = on; SET lock_timeout = '10s'",
                    error) ||
      (!aside && !quay_pg_migrate (pg, error)))
    return NULL;
  return g_steal_pointer (&db);
}
