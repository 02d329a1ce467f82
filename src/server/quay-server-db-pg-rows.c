/* Writing in bulk: the journal, marks and rows go in by COPY in the binary form; rows of running
 * figures and of facts by way of a temporary table, in the order of their keys so that two
 * connections never wait for each other. */
#include "quay-server-db-pg.h"

#include <jansson.h>
#include <string.h>

#define CHUNK (64 * 1024)

/* --- COPY --- */

static void
add_int16 (QuayPgCopy *copy, gint16 number)
{
  guint16 wire = GUINT16_TO_BE ((guint16)number);
  g_byte_array_append (copy->bytes, (const guint8 *)&wire, sizeof wire);
}

static void
add_int32 (QuayPgCopy *copy, gint32 number)
{
  guint32 wire = GUINT32_TO_BE ((guint32)number);
  g_byte_array_append (copy->bytes, (const guint8 *)&wire, sizeof wire);
}

gboolean
quay_pg_copy_begin (QuayPgCopy *copy, QuayPg *pg, const char *text, GError **error)
{
  static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* and no flags, no extension */
  PGresult *result = PQexec (pg->conn, text);
  if (PQresultStatus (result) != PGRES_COPY_IN)
    return quay_pg_fail (pg, result, "can't begin to copy", error);
  PQclear (result);
  copy->pg = pg;
  copy->bytes = g_byte_array_sized_new (CHUNK + 4096);
  g_byte_array_append (copy->bytes, (const guint8 *)head, 19);
  return TRUE;
}

void
quay_pg_copy_row (QuayPgCopy *copy, guint n)
{
  if (copy->bytes->len > CHUNK)
    {
      PQputCopyData (copy->pg->conn, (const char *)copy->bytes->data, (int)copy->bytes->len);
      g_byte_array_set_size (copy->bytes, 0);
    }
  add_int16 (copy, (gint16)n);
}

void
quay_pg_copy_int (QuayPgCopy *copy, gint64 number)
{
  guint64 wire = GUINT64_TO_BE ((guint64)number);
  add_int32 (copy, sizeof wire);
  g_byte_array_append (copy->bytes, (const guint8 *)&wire, sizeof wire);
}

void
quay_pg_copy_bytes (QuayPgCopy *copy, const void *bytes, gsize len)
{
  add_int32 (copy, (gint32)len);
  g_byte_array_append (copy->bytes, bytes, (guint)len);
}

void
quay_pg_copy_value (QuayPgCopy *copy, const QuayValue *value)
{
  if (value->type == QUAY_VALUE_INT)
    quay_pg_copy_int (copy, value->u.number);
  else if (value->type == QUAY_VALUE_TEXT)
    quay_pg_copy_bytes (copy, value->u.text, value->len);
  else if (value->type == QUAY_VALUE_BLOB)
    quay_pg_copy_bytes (copy, value->u.blob, value->len);
  else
    add_int32 (copy, -1);
}

void
quay_pg_copy_any (QuayPgCopy *copy, const QuayValue *value)
{
  if (value->type == QUAY_VALUE_NULL)
    {
      add_int32 (copy, -1);
      return;
    }
  json_t *json = value->type == QUAY_VALUE_INT ? json_integer (value->u.number)
                                               : json_stringn (value->u.text, value->len);
  char *text = json_dumps (json, JSON_ENCODE_ANY);
  gsize len = strlen (text);
  add_int32 (copy, (gint32)len + 1);
  g_byte_array_append (copy->bytes, (const guint8 *)"\1", 1); /* the form's version */
  g_byte_array_append (copy->bytes, (const guint8 *)text, (guint)len);
  free (text);
  json_decref (json);
}

gboolean
quay_pg_copy_end (QuayPgCopy *copy, GError **error)
{
  PGconn *conn = copy->pg->conn;
  add_int16 (copy, -1);
  PQputCopyData (conn, (const char *)copy->bytes->data, (int)copy->bytes->len);
  g_byte_array_unref (copy->bytes);
  PQputCopyEnd (conn, NULL);
  PGresult *result = PQgetResult (conn);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    {
      quay_pg_fail (copy->pg, result, "can't copy", error);
      while ((result = PQgetResult (conn)) != NULL)
        PQclear (result);
      return FALSE;
    }
  PQclear (result);
  result = PQgetResult (conn);
  g_assert (result == NULL);
  return TRUE;
}

/* --- the journal and its marks --- */

static gboolean
append (QuayServerDb *db, gint64 no, gint64 first, GPtrArray *records, GArray *hashes, guint skip,
        GError **error)
{
  QuayPgCopy copy;
  if (!quay_pg_copy_begin (&copy, PG (db),
                           "COPY journal (pos, hash, bytes) FROM STDIN (FORMAT binary)", error))
    return FALSE;
  for (guint i = skip; i < records->len; i++)
    {
      gsize len;
      const void *bytes = g_bytes_get_data (records->pdata[i], &len);
      quay_pg_copy_row (&copy, 3);
      quay_pg_copy_int (&copy, QUAY_SERVER_POS (no, first + (i - skip)));
      quay_pg_copy_bytes (&copy, &g_array_index (hashes, QuayHash, i), sizeof (QuayHash));
      quay_pg_copy_bytes (&copy, bytes, len);
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
  if (!quay_sql_site (SQL (db), site, &no, error) ||
      !quay_pg_copy_begin (&copy, PG (db),
                           "COPY booked (site, event, pos) FROM STDIN (FORMAT binary)", error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      quay_pg_copy_row (&copy, 3);
      quay_pg_copy_int (&copy, no);
      quay_pg_copy_bytes (&copy, &g_array_index (ids, QuayId, i), sizeof (QuayId));
      quay_pg_copy_int (&copy, g_array_index (pos, gint64, i));
    }
  return quay_pg_copy_end (&copy, error);
}

static const char sql_booked_find[] =
    "SELECT i.n, b.pos FROM unnest (CAST (?2 AS bytea[])) WITH ORDINALITY i (event, n) "
    "JOIN booked b ON b.site = ?1 AND b.event = i.event";

/* The ids as the text of an array. */
static char *
array_of_ids (GArray *ids)
{
  GString *text = g_string_new ("{");
  for (guint i = 0; i < ids->len; i++)
    {
      const QuayId *id = &g_array_index (ids, QuayId, i);
      g_string_append (text, i == 0 ? "\"\\\\x" : ",\"\\\\x");
      for (guint j = 0; j < sizeof id->b; j++)
        g_string_append_printf (text, "%02x", id->b[j]);
      g_string_append_c (text, '"');
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static gboolean
booked_find (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos, GError **error)
{
  gint64 no;
  GError *failed = NULL;
  g_autofree char *array = array_of_ids (ids);
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_booked_find, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), site, &no, error))
    return FALSE;
  g_array_set_size (pos, 0);
  g_array_set_size (pos, ids->len);
  if (ids->len > 0)
    memset (pos->data, 0, ids->len * sizeof (gint64));
  quay_sql_int (stmt, 1, no);
  quay_sql_text (stmt, 2, array);
  while (quay_sql_next (stmt, &failed))
    g_array_index (pos, gint64, quay_sql_get_int (stmt, 0) - 1) = quay_sql_get_int (stmt, 1);
  return quay_sql_settle (failed, error);
}

/* --- rows --- */

static void
append_names (GString *sql, const QuayTable *table, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, ", \"%s\"", table->columns[i]);
}

static char *
all_columns (const QuayTable *table)
{
  static const char *const more[] = {
    [QUAY_ROW_ONCE] = ", no", [QUAY_ROW_LATEST] = ", lam, event", [QUAY_ROW_ADD] = ""
  };
  GString *names = g_string_new ("site");
  append_names (names, table, table->n_columns);
  g_string_append (names, more[table->mode]);
  return g_string_free (names, FALSE);
}

/* From the temporary table into the real one. */
static char *
make_merge (const QuayTable *table)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *names = all_columns (table);
  const char *figure = table->columns[table->n_columns - 1];
  g_string_append_printf (sql,
                          "INSERT INTO \"%s\" AS t (%s) SELECT %s FROM \"stage_%s\" ORDER BY site",
                          table->name, names, names, table->name);
  append_names (sql, table, table->n_keys);
  g_string_append (sql, " ON CONFLICT (site");
  append_names (sql, table, table->n_keys);
  g_string_append (sql, ") DO UPDATE SET ");
  if (table->mode == QUAY_ROW_ADD)
    g_string_append_printf (sql,
                            "\"%s\" = greatest (%" G_GINT64_FORMAT ", least (%" G_GINT64_FORMAT
                            ", t.\"%s\" + excluded.\"%s\"))",
                            figure, -QUAY_SERVER_FIGURE_MAX, QUAY_SERVER_FIGURE_MAX, figure,
                            figure);
  else
    {
      for (guint i = table->n_keys; i < table->n_columns; i++)
        g_string_append_printf (sql, "\"%s\" = excluded.\"%s\", ", table->columns[i],
                                table->columns[i]);
      g_string_append (sql, "lam = excluded.lam, event = excluded.event "
                            "WHERE (excluded.lam, excluded.event) > (t.lam, t.event)");
    }
  g_string_append_printf (sql, "; TRUNCATE \"stage_%s\"", table->name);
  return g_string_free (sql, FALSE);
}

static gboolean
need_stage (QuayPg *pg, QuayTableId id, GError **error)
{
  const char *name = quay_table (id)->name;
  g_autofree char *sql = g_strdup_printf (
      "CREATE TEMP TABLE IF NOT EXISTS \"stage_%s\" (LIKE \"%s\") ON COMMIT DELETE ROWS", name,
      name);
  return quay_pg_run (pg, sql, error);
}

static gboolean
is_any (const QuayTable *table, guint column)
{
  return table == quay_table (QUAY_TABLE_FACT) && g_str_equal (table->columns[column], "value");
}

static void
copy_row (QuayPgCopy *copy, const QuayTable *table, gint64 site, const QuayServerRow *row)
{
  static const guint n_more[] = { [QUAY_ROW_ONCE] = 1, [QUAY_ROW_LATEST] = 2, [QUAY_ROW_ADD] = 0 };
  quay_pg_copy_row (copy, 1 + row->row->n + n_more[table->mode]);
  quay_pg_copy_int (copy, site);
  for (guint i = 0; i < row->row->n; i++)
    if (is_any (table, i))
      quay_pg_copy_any (copy, &row->row->values[i]);
    else
      quay_pg_copy_value (copy, &row->row->values[i]);
  if (table->mode == QUAY_ROW_ONCE)
    quay_pg_copy_int (copy, row->no);
  if (table->mode == QUAY_ROW_LATEST)
    {
      quay_pg_copy_int (copy, row->lam);
      quay_pg_copy_bytes (copy, row->event->b, sizeof row->event->b);
    }
}

static gboolean
rows (QuayServerDb *db, const QuayId *site, QuayTableId id, GArray *list, GError **error)
{
  gint64 no;
  QuayPgCopy copy;
  const QuayTable *table = quay_table (id);
  gboolean merge = table->mode != QUAY_ROW_ONCE;
  g_autofree char *names = all_columns (table);
  g_autofree char *sql = g_strdup_printf ("COPY \"%s%s\" (%s) FROM STDIN (FORMAT binary)",
                                          merge ? "stage_" : "", table->name, names);
  if (list->len == 0)
    return TRUE;
  if (!quay_sql_site (SQL (db), site, &no, error) || (merge && !need_stage (PG (db), id, error)) ||
      !quay_pg_copy_begin (&copy, PG (db), sql, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    copy_row (&copy, table, no, &g_array_index (list, QuayServerRow, i));
  if (!quay_pg_copy_end (&copy, error))
    return FALSE;
  g_autofree char *merging = merge ? make_merge (table) : NULL;
  return !merge || quay_pg_run (PG (db), merging, error);
}

void
quay_pg_ops_rows (QuayServerDbOps *ops)
{
  ops->append = append;
  ops->booked_find = booked_find;
  ops->booked_add = booked_add;
  ops->rows = rows;
}
