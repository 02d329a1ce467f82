/* Popularity of items: how many lines of recent sales name them. Once a day, in a quiet moment, and
 * bounded: it looks at no more than the newest sales of ninety days. */
#include "quay-store-private.h"

#define RANK_DAYS (-90)
#define LOCAL_KEY "ranked"

static const char sql_done[] = "SELECT 1 FROM local WHERE key = '" LOCAL_KEY "' AND value = :day";
static const char sql_note[] = "INSERT INTO local (key, value) VALUES ('" LOCAL_KEY "', :day) "
                               "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
static const char sql_rank[] =
    "WITH recent AS (SELECT no FROM sale WHERE day >= :from ORDER BY day DESC, number DESC"
    " LIMIT 20000),"
    "sold (product, n) AS (SELECT l.product, count(*) FROM recent r JOIN sale_line l"
    " ON " QUAY_SQL_OF (
        "l", "r") "GROUP BY l.product),"
                  "fresh (no, rank) AS (SELECT i.no, coalesce(s.n, 0) FROM item i LEFT JOIN sold s"
                  " ON s.product = i.product)"
                  "UPDATE item SET rank = f.rank FROM fresh f WHERE f.no = item.no AND f.rank <> "
                  "item.rank";

static gboolean
is_done (QuayDb *db, QuayDay day, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_done, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":day", day);
  return quay_db_next (db, stmt, error);
}

static gboolean
run_with_day (QuayDb *db, const char *sql, const char *name, QuayDay day, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, name, day);
  return quay_db_done (db, stmt, error);
}

gboolean
quay_store_refresh_ranks (QuayStore *store, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  GError *failed = NULL;
  QuayDb *db = store->book->db;
  QuayDay day = quay_day_at (store->env.wall_ms (store->env.data), 0);
  if (is_done (db, day, &failed))
    return TRUE;
  if (!quay_db_settle (failed, error) || !quay_scope_begin (&scope, db, TRUE, error) ||
      !run_with_day (db, sql_rank, ":from", quay_day_add (day, RANK_DAYS), error) ||
      !run_with_day (db, sql_note, ":day", day, error))
    return FALSE;
  store->dirty = TRUE;
  return quay_scope_commit (&scope, error);
}
