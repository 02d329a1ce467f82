/* Receipts of a shift that the server does not have yet. */
#include "quay-reader-shift.h"

#include "quay-reader-private.h"

/* What this computer wrote and nobody acknowledged, by the rows behind the mark of each chain: of
 * what was sent nothing is looked at. Records that do not stand any more were moved behind the
 * birth of the chain that is appended to, which says how many: they are with the server when those
 * are. The plus keeps SQLite from making an index by shift, for which it would read everything. */
#define MOVED_AND_WAITING                                                                          \
  "(SELECT m.acked <= b.count FROM chain m JOIN birth b ON b.no = (m.no << 50) + 1024"             \
  " WHERE m.mine = 1)"
#define WAITING(table, amount)                                                                     \
  "SELECT d.number AS number, d.ts AS ts, " amount " AS amount, d.no AS no"                        \
  " FROM chain c CROSS JOIN " table " d"                                                           \
  " ON d.no >= max(:from, (c.no << 50) + ((c.acked + 1) << 10)) AND d.no < (c.no + 1) << 50"       \
  " WHERE c.here AND +d.shift = :shift AND (c.superseded_from IS NULL"                             \
  " OR ((d.no >> 10) & 1099511627775) < c.superseded_from OR " MOVED_AND_WAITING ")"
#define OF_SHIFT "(" WAITING ("sale", "d.total") " UNION ALL " WAITING ("refund", "-d.total") ")"

static const char sql_sum[] = "SELECT count(*), coalesce(min(ts), 0) FROM " OF_SHIFT;
static const char sql_list[] =
    "SELECT number, ts, amount FROM " OF_SHIFT " ORDER BY ts, no LIMIT :limit";

static QuayStmt *
begin (QuayReader *reader, const char *sql, const QuayShift *shift, gint64 from)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":shift", &shift->id);
  quay_bind_int (stmt, ":from", from);
  return stmt;
}

void
quay_reader_fill_unsent (QuayReader *reader, QuayShift *shift, gint64 from)
{
  g_autoptr (QuayStmt) sum = begin (reader, sql_sum, shift, from);
  g_autoptr (QuayStmt) stmt = begin (reader, sql_list, shift, from);
  shift->unsent = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_unsent_free);
  if (sum == NULL || stmt == NULL || !quay_reader_next (reader, sum))
    return;
  shift->n_unsent = sqlite3_column_int64 (sum, 0);
  shift->unsent_since = sqlite3_column_int64 (sum, 1);
  quay_bind_int (stmt, ":limit", QUAY_UNSENT_MAX);
  while (quay_reader_next (reader, stmt))
    {
      QuayUnsent *unsent = g_new0 (QuayUnsent, 1);
      unsent->number = quay_reader_need_text (reader, stmt, 0);
      unsent->ts = sqlite3_column_int64 (stmt, 1);
      unsent->amount = QUAY_DONG (sqlite3_column_int64 (stmt, 2));
      g_ptr_array_add (shift->unsent, unsent);
    }
}
