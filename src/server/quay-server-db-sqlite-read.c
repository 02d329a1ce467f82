/* Reading what was booked: held records, facts, whole tables for a comparison. */
#include "quay-server-db-sqlite.h"

#include <string.h>

#define HELD                                                                                       \
  "FROM held h JOIN chain c ON c.no = h.pos >> 32 JOIN site s ON s.no = c.site "                   \
  "WHERE h.pos BETWEEN ?1 AND ?2 AND (?3 < 0 OR c.site = ?3) "
static const char sql_held[] =
    "SELECT h.pos, c.id, s.id, c.code, c.letter, h.reason " HELD "ORDER BY h.pos LIMIT ?4";
static const char sql_held_count[] = "SELECT count (*) " HELD;
enum
{
  HELD_POS,
  HELD_CHAIN,
  HELD_SITE,
  HELD_CODE,
  HELD_LETTER,
  HELD_REASON,
};

static const char sql_facts[] =
    "SELECT entity, field, value FROM fact WHERE site = ?1 AND kind = ?2 ORDER BY entity, field";
static const char sql_scan_booked[] =
    "SELECT s.id, b.event, b.pos FROM booked b JOIN site s ON s.no = b.site";
static const char sql_scan_held[] = "SELECT NULL, pos, reason FROM held";

/* --- held --- */

static gboolean
bind_held (QuayLite *lite, QuayLiteStmt *stmt, const QuayId *site, gint64 no, gint64 from,
           gint64 to, GError **error)
{
  gint64 at = -1;
  if (site != NULL && !quay_lite_site (lite, site, &at, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, no != 0 ? QUAY_SERVER_POS (no, from) : 0);
  sqlite3_bind_int64 (stmt, 2, no != 0 ? QUAY_SERVER_POS (no, to) : G_MAXINT64);
  sqlite3_bind_int64 (stmt, 3, at);
  return TRUE;
}

static QuayServerHeld *
take_held (QuayLiteStmt *stmt)
{
  QuayServerHeld *held = g_new0 (QuayServerHeld, 1);
  gint64 pos = sqlite3_column_int64 (stmt, HELD_POS);
  held->no = QUAY_SERVER_POS_NO (pos);
  held->seq = QUAY_SERVER_POS_SEQ (pos);
  quay_lite_take (stmt, HELD_CHAIN, &held->chain, sizeof held->chain);
  quay_lite_take (stmt, HELD_SITE, &held->site, sizeof held->site);
  quay_lite_take_text (stmt, HELD_CODE, held->code, sizeof held->code);
  quay_lite_take_text (stmt, HELD_LETTER, held->letter, sizeof held->letter);
  held->why = quay_lite_dup (stmt, HELD_REASON);
  return held;
}

static gboolean
count_held (QuayLite *lite, const QuayId *site, gint64 no, gint64 from, gint64 to, guint64 *total,
            GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (lite, sql_held_count, error);
  if (stmt == NULL || !bind_held (lite, stmt, site, no, from, to, error))
    return FALSE;
  if (quay_lite_next (lite, stmt, &failed))
    *total = (guint64)sqlite3_column_int64 (stmt, 0);
  return quay_lite_settle (failed, error);
}

static GPtrArray *
held (QuayServerDb *db, const QuayId *site, gint64 no, gint64 from, gint64 to, guint max,
      guint64 *total, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_held_free);
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (LITE (db), sql_held, error);
  if (stmt == NULL || !bind_held (LITE (db), stmt, site, no, from, to, error) ||
      (total != NULL && !count_held (LITE (db), site, no, from, to, total, error)))
    return NULL;
  sqlite3_bind_int64 (stmt, 4, max);
  while (quay_lite_next (LITE (db), stmt, &failed))
    g_ptr_array_add (list, take_held (stmt));
  return quay_lite_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- facts --- */

static QuayServerFact *
take_fact (QuayLiteStmt *stmt)
{
  QuayServerFact *fact = g_new0 (QuayServerFact, 1);
  fact->entity = g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize)sqlite3_column_bytes (stmt, 0));
  fact->field = quay_lite_dup (stmt, 1);
  fact->cleared = sqlite3_column_type (stmt, 2) == SQLITE_NULL;
  if (sqlite3_column_type (stmt, 2) == SQLITE_TEXT)
    fact->text = quay_lite_dup (stmt, 2);
  else
    fact->number = sqlite3_column_int64 (stmt, 2);
  return fact;
}

static GPtrArray *
facts (QuayServerDb *db, const QuayId *site, const char *kind, GError **error)
{
  gint64 no;
  GError *failed = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_fact_free);
  g_autoptr (QuayLiteStmt) stmt = quay_lite_stmt (LITE (db), sql_facts, error);
  if (stmt == NULL || !quay_lite_site (LITE (db), site, &no, error))
    return NULL;
  sqlite3_bind_int64 (stmt, 1, no);
  quay_lite_text (stmt, 2, kind);
  while (quay_lite_next (LITE (db), stmt, &failed))
    g_ptr_array_add (list, take_fact (stmt));
  return quay_lite_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- whole tables --- */

static char *
scan_sql (guint id)
{
  if (id == QUAY_SERVER_SCAN_BOOKED)
    return g_strdup (sql_scan_booked);
  if (id == QUAY_SERVER_SCAN_HELD)
    return g_strdup (sql_scan_held);
  const QuayTable *table = quay_table (id);
  GString *sql = g_string_new ("SELECT s.id");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, ", t.\"%s\"", table->columns[i]);
  if (table->mode == QUAY_ROW_ONCE)
    g_string_append (sql, ", t.no");
  if (table->mode == QUAY_ROW_LATEST)
    g_string_append (sql, ", t.lam, t.event");
  g_string_append_printf (sql, " FROM \"%s\" t JOIN site s ON s.no = t.site", table->name);
  return g_string_free (sql, FALSE);
}

static void
take_value (sqlite3_stmt *stmt, int column, QuayValue *value)
{
  memset (value, 0, sizeof *value);
  switch (sqlite3_column_type (stmt, column))
    {
    case SQLITE_INTEGER:
      value->type = QUAY_VALUE_INT;
      value->u.number = sqlite3_column_int64 (stmt, column);
      break;
    case SQLITE_TEXT:
      value->type = QUAY_VALUE_TEXT;
      value->u.text = (const char *)sqlite3_column_text (stmt, column);
      value->len = (guint)sqlite3_column_bytes (stmt, column);
      break;
    case SQLITE_BLOB:
      value->type = QUAY_VALUE_BLOB;
      value->u.blob = sqlite3_column_blob (stmt, column);
      value->len = (guint)sqlite3_column_bytes (stmt, column);
      break;
    default:
      value->type = QUAY_VALUE_NULL;
    }
}

static gboolean
scan_rows (QuayLite *lite, sqlite3_stmt *stmt, QuayServerScan func, gpointer data, GError **error)
{
  QuayValue values[QUAY_ROW_MAX_COLUMNS + 2];
  guint n = (guint)sqlite3_column_count (stmt) - 1;
  int result;
  while ((result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      QuayId site;
      quay_lite_take (stmt, 0, &site, sizeof site);
      for (guint i = 0; i < n; i++)
        take_value (stmt, (int)i + 1, &values[i]);
      if (!func (&site, values, n, data))
        return TRUE;
    }
  return result == SQLITE_DONE || quay_lite_fail (lite, "can't read", error);
}

static gboolean
scan (QuayServerDb *db, guint table, QuayServerScan func, gpointer data, GError **error)
{
  QuayLite *lite = LITE (db);
  sqlite3_stmt *stmt = NULL;
  g_autofree char *sql = scan_sql (table);
  if (sqlite3_prepare_v2 (lite->handle, sql, -1, &stmt, NULL) != SQLITE_OK)
    return quay_lite_fail (lite, "can't read a table", error);
  gboolean ok = scan_rows (lite, stmt, func, data, error);
  sqlite3_finalize (stmt);
  return ok;
}

void
quay_lite_ops_read (QuayServerDbOps *ops)
{
  ops->held = held;
  ops->facts = facts;
  ops->scan = scan;
}
