/* Writing in bulk: the journal, marks and rows that are inserted once go in by COPY in the binary
 * form. Nobody waits for a COPY that was sent: the next one is put together meanwhile. */
#include "quay-server-db-pg.h"

#include "quay-json.h"

#include <string.h>

#define CHUNK (256 * 1024)

/* --- values --- */

static void
add_int16 (GByteArray *out, gint16 number)
{
  guint16 wire = GUINT16_TO_BE ((guint16)number);
  g_byte_array_append (out, (const guint8 *)&wire, sizeof wire);
}

static void
add_int32 (GByteArray *out, gint32 number)
{
  guint32 wire = GUINT32_TO_BE ((guint32)number);
  g_byte_array_append (out, (const guint8 *)&wire, sizeof wire);
}

void
quay_pg_add_int (GByteArray *out, gint64 number)
{
  guint32 wire[3] = { GUINT32_TO_BE (8), GUINT32_TO_BE ((guint32)((guint64)number >> 32)),
                      GUINT32_TO_BE ((guint32)number) };
  g_byte_array_append (out, (const guint8 *)wire, sizeof wire);
}

void
quay_pg_add_bytes (GByteArray *out, const void *bytes, gsize len)
{
  add_int32 (out, (gint32)len);
  g_byte_array_append (out, bytes, (guint)len);
}

void
quay_pg_add_value (GByteArray *out, const QuayValue *value)
{
  if (value->type == QUAY_VALUE_INT)
    quay_pg_add_int (out, value->u.number);
  else if (value->type == QUAY_VALUE_TEXT)
    quay_pg_add_bytes (out, value->u.text, value->len);
  else if (value->type == QUAY_VALUE_BLOB)
    quay_pg_add_bytes (out, value->u.blob, value->len);
  else
    add_int32 (out, -1);
}

void
quay_pg_add_any (GByteArray *out, const QuayValue *value)
{
  if (value->type == QUAY_VALUE_NULL)
    {
      add_int32 (out, -1);
      return;
    }
  g_autoptr (GString) text = g_string_new ("\1"); /* the form's version */
  if (value->type == QUAY_VALUE_INT)
    quay_json_int (text, value->u.number);
  else
    quay_json_text (text, value->u.text);
  quay_pg_add_bytes (out, text->str, text->len);
}

void
quay_pg_add_array (GByteArray *out, guint32 oid, guint n)
{
  add_int32 (out, n > 0 ? 1 : 0); /* dimensions */
  add_int32 (out, 1);             /* it may have NULLs */
  add_int32 (out, (gint32)oid);
  if (n == 0)
    return;
  add_int32 (out, (gint32)n);
  add_int32 (out, 1); /* the first one's index */
}

/* --- COPY --- */

void
quay_pg_copy_begin (QuayPgCopy *copy, QuayPg *pg, const char *text)
{
  static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* and no flags, no extension */
  memset (copy, 0, sizeof *copy);
  copy->pg = pg;
  copy->text = text;
  copy->bytes = g_byte_array_sized_new (CHUNK + 4096);
  g_byte_array_append (copy->bytes, (const guint8 *)head, 19);
}

static void
open_copy (QuayPgCopy *copy)
{
  copy->open = TRUE;
  if (!quay_pg_settle (copy->pg, &copy->failed))
    return;
  PGresult *result = PQexec (copy->pg->conn, copy->text);
  if (PQresultStatus (result) == PGRES_COPY_IN)
    PQclear (result);
  else
    quay_pg_fail (copy->pg, result, "can't begin to copy", &copy->failed);
}

static void
send_bytes (QuayPgCopy *copy)
{
  if (!copy->open)
    open_copy (copy);
  if (copy->failed == NULL)
    PQputCopyData (copy->pg->conn, (const char *)copy->bytes->data, (int)copy->bytes->len);
  g_byte_array_set_size (copy->bytes, 0);
}

void
quay_pg_copy_row (QuayPgCopy *copy, guint n)
{
  if (copy->bytes->len > CHUNK)
    send_bytes (copy);
  add_int16 (copy->bytes, (gint16)n);
}

gboolean
quay_pg_copy_end (QuayPgCopy *copy, GError **error)
{
  add_int16 (copy->bytes, -1);
  send_bytes (copy);
  g_byte_array_unref (copy->bytes);
  if (copy->failed != NULL)
    {
      g_propagate_error (error, copy->failed);
      return FALSE;
    }
  PQputCopyEnd (copy->pg->conn, NULL);
  copy->pg->copying = TRUE;
  return TRUE;
}

/* --- the journal and its marks --- */

static gboolean
append (QuayServerDb *db, gint64 no, gint64 first, GPtrArray *records, GArray *hashes, guint skip,
        GError **error)
{
  QuayPgCopy copy;
  quay_pg_copy_begin (&copy, PG (db), "COPY journal (pos, hash, bytes) FROM STDIN (FORMAT binary)");
  for (guint i = skip; i < records->len; i++)
    {
      gsize len;
      const void *bytes = g_bytes_get_data (records->pdata[i], &len);
      quay_pg_copy_row (&copy, 3);
      quay_pg_add_int (copy.bytes, QUAY_SERVER_POS (no, first + (i - skip)));
      quay_pg_add_bytes (copy.bytes, &g_array_index (hashes, QuayHash, i), sizeof (QuayHash));
      quay_pg_add_bytes (copy.bytes, bytes, len);
    }
  return quay_pg_copy_end (&copy, error);
}

static gboolean
booked_add (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos, GError **error)
{
  gint64 no;
  QuayPgCopy copy;
  if (ids->len == 0)
    return TRUE;
  if (!quay_sql_site (SQL (db), site, &no, error))
    return FALSE;
  quay_pg_copy_begin (&copy, PG (db), "COPY booked (site, event, pos) FROM STDIN (FORMAT binary)");
  for (guint i = 0; i < ids->len; i++)
    {
      quay_pg_copy_row (&copy, 3);
      quay_pg_add_int (copy.bytes, no);
      quay_pg_add_bytes (copy.bytes, &g_array_index (ids, QuayId, i), sizeof (QuayId));
      quay_pg_add_int (copy.bytes, g_array_index (pos, gint64, i));
    }
  return quay_pg_copy_end (&copy, error);
}

static const char sql_booked_find[] =
    "SELECT i.n, b.pos FROM unnest (CAST (?2 AS bytea[])) WITH ORDINALITY i (event, n) "
    "JOIN booked b ON b.site = ?1 AND b.event = i.event";

static gboolean
booked_find (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos, GError **error)
{
  gint64 no;
  GError *failed = NULL;
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_booked_find, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), site, &no, error))
    return FALSE;
  g_array_set_size (pos, 0);
  g_array_set_size (pos, ids->len);
  if (ids->len > 0)
    memset (pos->data, 0, ids->len * sizeof (gint64));
  quay_pg_add_array (array, QUAY_PG_BYTEA, ids->len);
  for (guint i = 0; i < ids->len; i++)
    quay_pg_add_bytes (array, &g_array_index (ids, QuayId, i), sizeof (QuayId));
  quay_sql_int (stmt, 1, no);
  quay_sql_blob (stmt, 2, array->data, array->len);
  while (quay_sql_next (stmt, &failed))
    g_array_index (pos, gint64, quay_sql_get_int (stmt, 0) - 1) = quay_sql_get_int (stmt, 1);
  return quay_sql_settle (failed, error);
}

/* --- rows that are inserted once --- */

gboolean
quay_pg_is_any (const QuayTable *table, guint column)
{
  return table == quay_table (QUAY_TABLE_FACT) && g_str_equal (table->columns[column], "value");
}

static char *
make_copy (const QuayTable *table)
{
  GString *sql = g_string_new (NULL);
  g_string_append_printf (sql, "COPY \"%s\" (site", table->name);
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, ", \"%s\"", table->columns[i]);
  g_string_append (sql, ", no) FROM STDIN (FORMAT binary)");
  return g_string_free (sql, FALSE);
}

static gboolean
rows (QuayServerDb *db, const QuayId *site, QuayTableId id, GArray *list, GError **error)
{
  gint64 no;
  QuayPgCopy copy;
  const QuayTable *table = quay_table (id);
  if (list->len == 0)
    return TRUE;
  if (!quay_sql_site (SQL (db), site, &no, error))
    return FALSE;
  if (table->mode != QUAY_ROW_ONCE)
    return quay_pg_merge (PG (db), no, table, list, error);
  g_autofree char *sql = make_copy (table);
  quay_pg_copy_begin (&copy, PG (db), sql);
  for (guint i = 0; i < list->len; i++)
    {
      const QuayServerRow *row = &g_array_index (list, QuayServerRow, i);
      quay_pg_copy_row (&copy, row->row->n + 2);
      quay_pg_add_int (copy.bytes, no);
      for (guint j = 0; j < row->row->n; j++)
        quay_pg_add_value (copy.bytes, &row->row->values[j]);
      quay_pg_add_int (copy.bytes, row->no);
    }
  return quay_pg_copy_end (&copy, error);
}

void
quay_pg_ops_rows (QuayServerDbOps *ops)
{
  ops->append = append;
  ops->booked_find = booked_find;
  ops->booked_add = booked_add;
  ops->rows = rows;
}
