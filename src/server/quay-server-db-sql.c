/* Statements for either database: kept by their literals, bound and read by plain values. */
#include "quay-server-sql.h"

#include <string.h>

static const char sql_site[] = "SELECT no FROM site WHERE id = ?1";

static void
finalize_cb (gpointer data)
{
  QuaySqlStmt *stmt = data;
  stmt->sql->driver->finalize (stmt);
}

void
quay_sql_init (QuaySql *sql, const QuaySqlDriver *driver, const QuayServerDbOps *ops)
{
  sql->base.ops = ops;
  sql->driver = driver;
  sql->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_cb);
  sql->sites = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
}

void
quay_sql_clear (QuaySql *sql)
{
  g_clear_pointer (&sql->statements, g_hash_table_unref);
  g_clear_pointer (&sql->sites, g_hash_table_unref);
}

void
quay_sql_forget (QuaySql *sql)
{
  g_hash_table_remove_all (sql->sites);
}

QuaySqlStmt *
quay_sql_stmt (QuaySql *sql, const char *text, GError **error)
{
  QuaySqlStmt *stmt = g_hash_table_lookup (sql->statements, text);
  if (stmt != NULL)
    return stmt;
  stmt = sql->driver->prepare (sql, text, error);
  if (stmt != NULL)
    g_hash_table_insert (sql->statements, (gpointer)text, stmt);
  return stmt;
}

void
quay_sql_reset (QuaySqlStmt *stmt)
{
  if (stmt != NULL)
    stmt->sql->driver->reset (stmt);
}

/* --- in --- */

void
quay_sql_int (QuaySqlStmt *stmt, int n, gint64 number)
{
  QuayValue value = { .type = QUAY_VALUE_INT, .u.number = number };
  stmt->sql->driver->bind (stmt, n, &value);
}

void
quay_sql_text (QuaySqlStmt *stmt, int n, const char *text)
{
  QuayValue value = { .type = text != NULL ? QUAY_VALUE_TEXT : QUAY_VALUE_NULL,
                      .len = text != NULL ? (guint)strlen (text) : 0,
                      .u.text = text };
  stmt->sql->driver->bind (stmt, n, &value);
}

void
quay_sql_blob (QuaySqlStmt *stmt, int n, const void *bytes, gsize len)
{
  QuayValue value = { .type = QUAY_VALUE_BLOB, .len = (guint)len, .u.blob = bytes };
  stmt->sql->driver->bind (stmt, n, &value);
}

void
quay_sql_id (QuaySqlStmt *stmt, int n, const QuayId *id)
{
  quay_sql_blob (stmt, n, id->b, sizeof id->b);
}

/* --- out --- */

gboolean
quay_sql_next (QuaySqlStmt *stmt, GError **error)
{
  return stmt->sql->driver->next (stmt, error);
}

gboolean
quay_sql_done (QuaySqlStmt *stmt, GError **error)
{
  GError *failed = NULL;
  while (quay_sql_next (stmt, &failed))
    ; /* a row that nobody asked for */
  return quay_sql_settle (failed, error);
}

void
quay_sql_get (QuaySqlStmt *stmt, int column, QuayValue *value)
{
  memset (value, 0, sizeof *value);
  stmt->sql->driver->get (stmt, column, value);
}

gint64
quay_sql_get_int (QuaySqlStmt *stmt, int column)
{
  QuayValue value;
  quay_sql_get (stmt, column, &value);
  return value.type == QUAY_VALUE_INT ? value.u.number : 0;
}

void
quay_sql_take (QuaySqlStmt *stmt, int column, void *out, gsize len)
{
  QuayValue value;
  quay_sql_get (stmt, column, &value);
  if (value.type == QUAY_VALUE_BLOB && value.len == len)
    memcpy (out, value.u.blob, len);
  else
    memset (out, 0, len);
}

char *
quay_sql_dup (QuaySqlStmt *stmt, int column)
{
  QuayValue value;
  quay_sql_get (stmt, column, &value);
  return value.type == QUAY_VALUE_TEXT ? g_strndup (value.u.text, value.len) : NULL;
}

void
quay_sql_take_text (QuaySqlStmt *stmt, int column, char *out, gsize size)
{
  g_autofree char *text = quay_sql_dup (stmt, column);
  g_strlcpy (out, text != NULL ? text : "", size);
}

GBytes *
quay_sql_bytes (QuaySqlStmt *stmt, int column)
{
  QuayValue value;
  quay_sql_get (stmt, column, &value);
  return g_bytes_new (value.type == QUAY_VALUE_BLOB ? value.u.blob : NULL,
                      value.type == QUAY_VALUE_BLOB ? value.len : 0);
}

gboolean
quay_sql_site (QuaySql *sql, const QuayId *id, gint64 *no, GError **error)
{
  GError *failed = NULL;
  gpointer known;
  if (g_hash_table_lookup_extended (sql->sites, id, NULL, &known))
    {
      *no = GPOINTER_TO_SIZE (known);
      return TRUE;
    }
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (sql, sql_site, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, id);
  if (!quay_sql_next (stmt, &failed))
    {
      if (failed == NULL)
        g_set_error_literal (&failed, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such site");
      return quay_sql_settle (failed, error);
    }
  *no = quay_sql_get_int (stmt, 0);
  g_hash_table_insert (sql->sites, g_memdup2 (id, sizeof *id), GSIZE_TO_POINTER (*no));
  return TRUE;
}
