/* Booking: rows by prepared statements made from the tables' descriptions, as the till does it; the
 * marks of booked events. */
#include "quay-server-db-sqlite.h"

#include <string.h>

static const char sql_booked_find[] = "SELECT pos FROM booked WHERE site = ?1 AND event = ?2";
static const char sql_booked_add[] = "INSERT INTO booked (site, event, pos) VALUES (?1, ?2, ?3)";

/* --- the statements --- */

static void
append_names (GString *sql, const QuayTable *table, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, ", \"%s\"", table->columns[i]);
}

static void
append_conflict (GString *sql, const QuayTable *table)
{
  const char *figure = table->columns[table->n_columns - 1];
  g_string_append (sql, " ON CONFLICT (site");
  append_names (sql, table, table->n_keys);
  g_string_append (sql, ") DO UPDATE SET ");
  if (table->mode == QUAY_ROW_ADD)
    {
      g_string_append_printf (sql,
                              "\"%s\" = max (%" G_GINT64_FORMAT ", min (%" G_GINT64_FORMAT
                              ", \"%s\" + excluded.\"%s\"))",
                              figure, -QUAY_SERVER_FIGURE_MAX, QUAY_SERVER_FIGURE_MAX, figure,
                              figure);
      return;
    }
  for (guint i = table->n_keys; i < table->n_columns; i++)
    g_string_append_printf (sql, "\"%s\" = excluded.\"%s\", ", table->columns[i],
                            table->columns[i]);
  g_string_append_printf (sql,
                          "lam = excluded.lam, event = excluded.event "
                          "WHERE (excluded.lam, excluded.event) > (\"%s\".lam, \"%s\".event)",
                          table->name, table->name);
}

static char *
make_sql (const QuayTable *table)
{
  static const char *const more[] = {
    [QUAY_ROW_ONCE] = ", no", [QUAY_ROW_LATEST] = ", lam, event", [QUAY_ROW_ADD] = ""
  };
  static const guint n_more[] = { [QUAY_ROW_ONCE] = 1, [QUAY_ROW_LATEST] = 2, [QUAY_ROW_ADD] = 0 };
  GString *sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO \"%s\" (site", table->name);
  append_names (sql, table, table->n_columns);
  g_string_append_printf (sql, "%s) VALUES (?1", more[table->mode]);
  for (guint i = 0; i < table->n_columns + n_more[table->mode]; i++)
    g_string_append_printf (sql, ", ?%u", i + 2);
  g_string_append_c (sql, ')');
  if (table->mode != QUAY_ROW_ONCE)
    append_conflict (sql, table);
  return g_string_free (sql, FALSE);
}

gboolean
quay_lite_prepare_rows (QuayLite *lite, GError **error)
{
  for (guint i = 0; i < QUAY_N_TABLES && !lite->aside; i++)
    {
      g_autofree char *sql = make_sql (quay_table (i));
      if (sqlite3_prepare_v3 (lite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &lite->rows[i],
                              NULL) != SQLITE_OK)
        return quay_lite_fail (lite, quay_table (i)->name, error);
    }
  return TRUE;
}

/* --- rows --- */

static gboolean
rows (QuayServerDb *db, const QuayId *site, QuayTableId id, GArray *list, GError **error)
{
  gint64 no;
  QuayLite *lite = LITE (db);
  const QuayTable *table = quay_table (id);
  sqlite3_stmt *stmt = lite->rows[id];
  if (!quay_sql_site (&lite->base, site, &no, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, no);
  for (guint i = 0; i < list->len; i++)
    {
      const QuayServerRow *row = &g_array_index (list, QuayServerRow, i);
      int n = 2;
      for (guint j = 0; j < row->row->n; j++)
        quay_lite_bind (stmt, n++, &row->row->values[j]);
      if (table->mode == QUAY_ROW_ONCE)
        sqlite3_bind_int64 (stmt, n, row->no);
      if (table->mode == QUAY_ROW_LATEST)
        {
          sqlite3_bind_int64 (stmt, n, row->lam);
          sqlite3_bind_blob (stmt, n + 1, row->event->b, sizeof row->event->b, SQLITE_STATIC);
        }
      gboolean ok = sqlite3_step (stmt) == SQLITE_DONE;
      if (!ok)
        quay_lite_fail (lite, table->name, error);
      sqlite3_reset (stmt);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* --- marks --- */

static gboolean
booked_find (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos, GError **error)
{
  gint64 no;
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_booked_find, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), site, &no, error))
    return FALSE;
  g_array_set_size (pos, 0);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 at = 0;
      quay_sql_int (stmt, 1, no);
      quay_sql_id (stmt, 2, &g_array_index (ids, QuayId, i));
      if (quay_sql_next (stmt, &failed))
        at = quay_sql_get_int (stmt, 0);
      if (!quay_sql_settle (failed, error))
        return FALSE;
      quay_sql_reset (stmt);
      g_array_append_val (pos, at);
    }
  return TRUE;
}

static gboolean
booked_add (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos, GError **error)
{
  gint64 no;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_booked_add, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), site, &no, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      quay_sql_int (stmt, 1, no);
      quay_sql_id (stmt, 2, &g_array_index (ids, QuayId, i));
      quay_sql_int (stmt, 3, g_array_index (pos, gint64, i));
      if (!quay_sql_done (stmt, error))
        return FALSE;
      quay_sql_reset (stmt);
    }
  return TRUE;
}

void
quay_lite_ops_rows (QuayServerDbOps *ops)
{
  ops->booked_find = booked_find;
  ops->booked_add = booked_add;
  ops->rows = rows;
}
