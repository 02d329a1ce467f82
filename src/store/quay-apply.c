/* The three modes of row as SQL: insert; insert or take over if later; insert or add. */
#include "quay-apply-private.h"

#include "quay-log.h"
#include "quay-rule.h"

#include <string.h>

static const char sql_find[] = "SELECT pos FROM booked WHERE event = :event";
static const char sql_book[] = "INSERT INTO booked (event, pos) VALUES (:event, :pos) "
                               "ON CONFLICT (event) DO NOTHING";

/* --- statements --- */

static void
append_columns (GString *sql, const QuayTable *table)
{
  g_string_append_printf (sql, "INSERT INTO \"%s\" (", table->name);
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", table->columns[i]);
  static const char *const more[] = {
    [QUAY_ROW_ONCE] = ", no",
    [QUAY_ROW_LATEST] = ", lam, event",
    [QUAY_ROW_ADD] = "",
  };
  static const guint n_more[] = { [QUAY_ROW_ONCE] = 1, [QUAY_ROW_LATEST] = 2, [QUAY_ROW_ADD] = 0 };
  g_string_append_printf (sql, "%s) VALUES (", more[table->mode]);
  guint n = table->n_columns + n_more[table->mode];
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s?%u", i > 0 ? ", " : "", i + 1);
  g_string_append_c (sql, ')');
}

static void
append_conflict (GString *sql, const QuayTable *table)
{
  g_string_append (sql, " ON CONFLICT (");
  for (guint i = 0; i < table->n_keys; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", table->columns[i]);
  g_string_append (sql, ") DO UPDATE SET ");
}

static char *
make_sql (const QuayTable *table)
{
  GString *sql = g_string_new (NULL);
  append_columns (sql, table);
  if (table->mode != QUAY_ROW_ONCE)
    append_conflict (sql, table);
  if (table->mode == QUAY_ROW_LATEST)
    {
      for (guint i = table->n_keys; i < table->n_columns; i++)
        g_string_append_printf (sql, "\"%s\" = excluded.\"%s\", ", table->columns[i],
                                table->columns[i]);
      g_string_append_printf (sql,
                              "lam = excluded.lam, event = excluded.event "
                              "WHERE (excluded.lam, excluded.event) > (\"%s\".lam, \"%s\".event)",
                              table->name, table->name);
    }
  if (table->mode == QUAY_ROW_ADD)
    {
      const char *figure = table->columns[table->n_columns - 1];
      g_string_append_printf (sql, "\"%s\" = \"%s\" + excluded.\"%s\"", figure, figure, figure);
    }
  return g_string_free (sql, FALSE);
}

QuayApply *
quay_apply_new (QuayDb *db, GError **error)
{
  g_autoptr (QuayApply) apply = g_new0 (QuayApply, 1);
  apply->db = db;
  apply->products = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
  apply->producers = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
  quay_rows_init (&apply->rows);
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    {
      g_autofree char *sql = make_sql (quay_table (i));
      if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &apply->statements[i],
                              NULL) != SQLITE_OK)
        {
          quay_db_fail (db, quay_table (i)->name, error);
          return NULL;
        }
    }
  return g_steal_pointer (&apply);
}

void
quay_apply_free (QuayApply *apply)
{
  if (apply == NULL)
    return;
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    sqlite3_finalize (apply->statements[i]);
  quay_rows_clear (&apply->rows);
  g_hash_table_unref (apply->products);
  g_hash_table_unref (apply->producers);
  g_free (apply);
}

void
quay_apply_reset (QuayApply *apply)
{
  g_hash_table_remove_all (apply->products);
  g_hash_table_remove_all (apply->producers);
}

guint
quay_apply_pending (QuayApply *apply)
{
  return g_hash_table_size (apply->products) + g_hash_table_size (apply->producers);
}

/* --- rows --- */

static void
bind_value (sqlite3_stmt *stmt, int column, const QuayValue *value)
{
  switch (value->type)
    {
    case QUAY_VALUE_NULL:
      sqlite3_bind_null (stmt, column);
      break;
    case QUAY_VALUE_INT:
      sqlite3_bind_int64 (stmt, column, value->u.number);
      break;
    case QUAY_VALUE_TEXT:
      sqlite3_bind_text (stmt, column, value->u.text, (int)value->len, SQLITE_STATIC);
      break;
    case QUAY_VALUE_BLOB:
      sqlite3_bind_blob (stmt, column, value->u.blob, (int)value->len, SQLITE_STATIC);
      break;
    }
}

static gboolean
write_row (QuayApply *apply, const QuayEvent *event, gint64 pos, const QuayRow *row, GError **error)
{
  const QuayTable *table = quay_table (row->table);
  sqlite3_stmt *stmt = apply->statements[row->table];
  for (guint i = 0; i < row->n; i++)
    bind_value (stmt, (int)i + 1, &row->values[i]);
  if (table->mode == QUAY_ROW_ONCE)
    {
      gint64 line = table->n_keys > 1 ? row->values[1].u.number : 0;
      g_assert (line >= 0 && line <= QUAY_ROW_LINES);
      sqlite3_bind_int64 (stmt, (int)row->n + 1, QUAY_ROW_NO (pos, line));
    }
  if (table->mode == QUAY_ROW_LATEST)
    {
      sqlite3_bind_int64 (stmt, (int)row->n + 1, event->lam);
      sqlite3_bind_blob (stmt, (int)row->n + 2, event->id.b, sizeof event->id.b, SQLITE_STATIC);
    }
  gboolean ok = sqlite3_step (stmt) == SQLITE_DONE;
  if (!ok)
    quay_db_fail (apply->db, table->name, error);
  sqlite3_reset (stmt);
  return ok;
}

gboolean
quay_apply_find (QuayDb *db, const QuayId *event, gint64 *pos, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_find, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":event", event);
  if (!quay_db_next (db, stmt, error))
    return FALSE;
  *pos = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* Marks the event as booked; *fresh tells whether it was not before. */
static gboolean
book (QuayApply *apply, const QuayEvent *event, gint64 pos, gboolean *fresh, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (apply->db, sql_book, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":event", &event->id);
  quay_bind_int (stmt, ":pos", pos);
  if (!quay_db_done (apply->db, stmt, error))
    return FALSE;
  *fresh = sqlite3_changes (apply->db->handle) > 0 || !QUAY_RULE ("once-till");
  return TRUE;
}

QuayApplied
quay_apply_event (QuayApply *apply, const QuayEvent *event, gint64 pos, GError **error)
{
  gboolean fresh;
  quay_rows_reset (&apply->rows);
  if (!quay_event_rows (event, &apply->rows, error))
    return QUAY_APPLY_REFUSED;
  if (!book (apply, event, pos, &fresh, error))
    return QUAY_APPLY_FAILED;
  if (!fresh)
    return QUAY_APPLY_KNOWN;
  for (guint i = 0; i < apply->rows.rows->len; i++)
    {
      const QuayRow *row = &g_array_index (apply->rows.rows, QuayRow, i);
      if (!quay_apply_note_row (apply, row, error) || !write_row (apply, event, pos, row, error))
        return QUAY_APPLY_FAILED;
    }
  apply->booked++;
  return QUAY_APPLY_BOOKED;
}
