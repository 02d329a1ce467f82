/* Held records, and reading what was booked: facts, whole tables for a comparison. */
#include "quay-server-sql.h"

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

static const char sql_hold[] = "INSERT INTO held (pos, reason) VALUES (?1, ?2) "
                               "ON CONFLICT (pos) DO UPDATE SET reason = excluded.reason";
static const char sql_release[] = "DELETE FROM held WHERE pos = ?1";

static const char sql_facts[] =
    "SELECT entity, field, value FROM fact WHERE site = ?1 AND kind = ?2 ORDER BY entity, field";
static const char sql_scan_booked[] =
    "SELECT s.id, b.event, b.pos FROM booked b JOIN site s ON s.no = b.site";
static const char sql_scan_held[] = "SELECT NULL, pos, reason FROM held";

/* --- held --- */

static gboolean
bind_held (QuaySql *sql, QuaySqlStmt *stmt, const QuayId *site, gint64 no, gint64 from, gint64 to,
           GError **error)
{
  gint64 at = -1;
  if (site != NULL && !quay_sql_site (sql, site, &at, error))
    return FALSE;
  quay_sql_int (stmt, 1, no != 0 ? QUAY_SERVER_POS (no, from) : 0);
  quay_sql_int (stmt, 2, no != 0 ? QUAY_SERVER_POS (no, to) : G_MAXINT64);
  quay_sql_int (stmt, 3, at);
  return TRUE;
}

static QuayServerHeld *
take_held (QuaySqlStmt *stmt)
{
  QuayServerHeld *held = g_new0 (QuayServerHeld, 1);
  gint64 pos = quay_sql_get_int (stmt, HELD_POS);
  held->no = QUAY_SERVER_POS_NO (pos);
  held->seq = QUAY_SERVER_POS_SEQ (pos);
  quay_sql_take (stmt, HELD_CHAIN, &held->chain, sizeof held->chain);
  quay_sql_take (stmt, HELD_SITE, &held->site, sizeof held->site);
  quay_sql_take_text (stmt, HELD_CODE, held->code, sizeof held->code);
  quay_sql_take_text (stmt, HELD_LETTER, held->letter, sizeof held->letter);
  held->why = quay_sql_dup (stmt, HELD_REASON);
  return held;
}

static gboolean
count_held (QuaySql *sql, const QuayId *site, gint64 no, gint64 from, gint64 to, guint64 *total,
            GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (sql, sql_held_count, error);
  if (stmt == NULL || !bind_held (sql, stmt, site, no, from, to, error))
    return FALSE;
  if (quay_sql_next (stmt, &failed))
    *total = (guint64)quay_sql_get_int (stmt, 0);
  return quay_sql_settle (failed, error);
}

static GPtrArray *
held (QuayServerDb *db, const QuayId *site, gint64 no, gint64 from, gint64 to, guint max,
      guint64 *total, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_held_free);
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_held, error);
  if (stmt == NULL || !bind_held (SQL (db), stmt, site, no, from, to, error) ||
      (total != NULL && !count_held (SQL (db), site, no, from, to, total, error)))
    return NULL;
  quay_sql_int (stmt, 4, max);
  while (quay_sql_next (stmt, &failed))
    g_ptr_array_add (list, take_held (stmt));
  return quay_sql_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- facts --- */

static QuayServerFact *
take_fact (QuaySqlStmt *stmt)
{
  QuayServerFact *fact = g_new0 (QuayServerFact, 1);
  QuayValue value;
  quay_sql_get (stmt, 2, &value);
  fact->entity = quay_sql_bytes (stmt, 0);
  fact->field = quay_sql_dup (stmt, 1);
  fact->cleared = value.type == QUAY_VALUE_NULL;
  if (value.type == QUAY_VALUE_TEXT)
    fact->text = g_strndup (value.u.text, value.len);
  else
    fact->number = value.type == QUAY_VALUE_INT ? value.u.number : 0;
  return fact;
}

static GPtrArray *
facts (QuayServerDb *db, const QuayId *site, const char *kind, GError **error)
{
  gint64 no;
  GError *failed = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_fact_free);
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_facts, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), site, &no, error))
    return NULL;
  quay_sql_int (stmt, 1, no);
  quay_sql_text (stmt, 2, kind);
  while (quay_sql_next (stmt, &failed))
    g_ptr_array_add (list, take_fact (stmt));
  return quay_sql_settle (failed, error) ? g_steal_pointer (&list) : NULL;
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

static gboolean
scan_rows (QuaySqlStmt *stmt, QuayServerScan func, gpointer data, GError **error)
{
  QuayValue values[QUAY_ROW_MAX_COLUMNS + 2];
  GError *failed = NULL;
  while (quay_sql_next (stmt, &failed))
    {
      QuayId site;
      guint n = stmt->sql->driver->n_columns (stmt) - 1;
      quay_sql_take (stmt, 0, &site, sizeof site);
      for (guint i = 0; i < n; i++)
        quay_sql_get (stmt, (int)i + 1, &values[i]);
      if (!func (&site, values, n, data))
        return TRUE;
    }
  return quay_sql_settle (failed, error);
}

static gboolean
scan (QuayServerDb *db, guint table, QuayServerScan func, gpointer data, GError **error)
{
  g_autofree char *text = scan_sql (table);
  QuaySqlStmt *stmt = SQL (db)->driver->prepare (SQL (db), text, error);
  if (stmt == NULL)
    return FALSE;
  stmt->many = TRUE;
  gboolean ok = scan_rows (stmt, func, data, error);
  SQL (db)->driver->finalize (stmt);
  return ok;
}

/* --- holding --- */

static gboolean
hold (QuayServerDb *db, gint64 no, gint64 seq, const char *why, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_hold, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 1, QUAY_SERVER_POS (no, seq));
  quay_sql_text (stmt, 2, why);
  return quay_sql_done (stmt, error);
}

static gboolean
release (QuayServerDb *db, gint64 no, gint64 seq, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_release, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 1, QUAY_SERVER_POS (no, seq));
  return quay_sql_done (stmt, error);
}

void
quay_sql_ops_read (QuayServerDbOps *ops)
{
  ops->held = held;
  ops->facts = facts;
  ops->scan = scan;
  ops->hold = hold;
  ops->release = release;
}
