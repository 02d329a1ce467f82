/* Booking: rows by prepared statements made from the tables' descriptions, as the till does it; the
 * marks of booked events; held records. */
#include "quay-server-db-sqlite.h"

#include <string.h>

static const char sql_booked_find[] = "SELECT pos FROM booked WHERE site = ?1 AND event = ?2";
static const char sql_booked_add[] = "INSERT INTO booked (site, event, pos) VALUES (?1, ?2, ?3)";
static const char sql_hold[] = "INSERT INTO held (pos, reason) VALUES (?1, ?2) "
                               "ON CONFLICT (pos) DO UPDATE SET reason = excluded.reason";
static const char sql_release[] = "DELETE FROM held WHERE pos = ?1";

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

static void
bind_value (sqlite3_stmt *stmt, int n, const QuayValue *value)
{
  switch (value->type)
    {
    case QUAY_VALUE_NULL:
      sqlite3_bind_null (stmt, n);
      break;
    case QUAY_VALUE_INT:
      sqlite3_bind_int64 (stmt, n, value->u.number);
      break;
    case QUAY_VALUE_TEXT:
      sqlite3_bind_text (stmt, n, value->u.text, (int)value->len, SQLITE_STATIC);
      break;
    case QUAY_VALUE_BLOB:
      sqlite3_bind_blob (stmt, n, value->u.blob, (int)value->len, SQLITE_STATIC);
      break;
    }
}

static gboolean
rows (QuayServerDb *db, const QuayId *site, QuayTableId id, GArray *list, GError **error)
{
  gint64 no;
  QuayLite *lite = LITE (db);
  const QuayTable *table = quay_table (id);
  sqlite3_stmt *stmt = lite->rows[id];
  if (!quay_lite_site (lite, site, &no, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, no);
  for (guint i = 0; i < list->len; i++)
    {
      const QuayServerRow *row = &g_array_index (list, QuayServerRow, i);
      int n = 2;
      for (guint j = 0; j < row->row->n; j++)
        bind_value (stmt, n++, &row->row->values[j]);
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
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (LITE (db), sql_booked_find, error);
  if (stmt == NULL || !quay_lite_site (LITE (db), site, &no, error))
    return FALSE;
  g_array_set_size (pos, 0);
  sqlite3_bind_int64 (stmt, 1, no);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 at = 0;
      quay_lite_id (stmt, 2, &g_array_index (ids, QuayId, i));
      if (quay_lite_next (LITE (db), stmt, &failed))
        at = sqlite3_column_int64 (stmt, 0);
      if (!quay_lite_settle (failed, error))
        return FALSE;
      sqlite3_reset (stmt);
      g_array_append_val (pos, at);
    }
  return TRUE;
}

static gboolean
booked_add (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos, GError **error)
{
  gint64 no;
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (LITE (db), sql_booked_add, error);
  if (stmt == NULL || !quay_lite_site (LITE (db), site, &no, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, no);
  for (guint i = 0; i < ids->len; i++)
    {
      quay_lite_id (stmt, 2, &g_array_index (ids, QuayId, i));
      sqlite3_bind_int64 (stmt, 3, g_array_index (pos, gint64, i));
      if (!quay_lite_done (LITE (db), stmt, error))
        return FALSE;
      sqlite3_reset (stmt);
    }
  return TRUE;
}

static gboolean
hold (QuayServerDb *db, gint64 no, gint64 seq, const char *why, GError **error)
{
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (LITE (db), sql_hold, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, QUAY_SERVER_POS (no, seq));
  quay_lite_text (stmt, 2, why);
  return quay_lite_done (LITE (db), stmt, error);
}

static gboolean
release (QuayServerDb *db, gint64 no, gint64 seq, GError **error)
{
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (LITE (db), sql_release, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, QUAY_SERVER_POS (no, seq));
  return quay_lite_done (LITE (db), stmt, error);
}

void
quay_lite_ops_rows (QuayServerDbOps *ops)
{
  ops->booked_find = booked_find;
  ops->booked_add = booked_add;
  ops->rows = rows;
  ops->hold = hold;
  ops->release = release;
}
