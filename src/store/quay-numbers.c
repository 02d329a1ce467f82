/* Numbers of documents: which counters there are, and which numbers of each are missing or were
 * given twice. A gap is no fault of the file by itself: it is told, so that somebody can explain
 * it. */
#include "quay-numbers.h"

#define TOLD 20 /* ranges that are named; of more there is a sign */

/* What stands before the last "-" names the counter. */
#define NUMBERED                                                                                   \
  "WITH named (number) AS (" QUAY_SQL_NUMBERS "),"                                                 \
  "split (prefix, number) AS (SELECT rtrim(number, replace(number, '-', '')), number FROM named)," \
  "numbered (prefix, n) AS (SELECT prefix,"                                                        \
  " CAST(substr(number, length(prefix) + 1) AS INTEGER) FROM split WHERE prefix <> '') "

static const char sql_counters[] =
    NUMBERED "SELECT prefix, min(n), max(n), count(*), count(DISTINCT n) FROM numbered"
             " GROUP BY prefix ORDER BY prefix";
enum
{
  COUNTER_PREFIX,
  COUNTER_FIRST,
  COUNTER_LAST,
  COUNTER_COUNT,
  COUNTER_DISTINCT,
};
static const char sql_missing[] =
    NUMBERED "SELECT was + 1, n - 1 FROM (SELECT n, lag(n, 1, 0) OVER (ORDER BY n) AS was FROM"
             " (SELECT DISTINCT n FROM numbered WHERE prefix = :prefix)) WHERE n > was + 1";
static const char sql_twice[] = NUMBERED "SELECT n, n FROM numbered WHERE prefix = :prefix"
                                         " GROUP BY n HAVING count(*) > 1 ORDER BY n";

/* "5, 9–12", NULL if there is none. */
static char *
tell_ranges (QuayDb *db, const char *sql, const char *prefix, GError **failed)
{
  guint n = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql, failed);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":prefix", prefix);
  while (n < TOLD && quay_db_next (db, stmt, failed))
    {
      gint64 from = sqlite3_column_int64 (stmt, 0);
      gint64 to = sqlite3_column_int64 (stmt, 1);
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, n++ > 0 ? ", " : "", from);
      if (to > from)
        g_string_append_printf (text, "–%" G_GINT64_FORMAT, to);
    }
  if (n == TOLD)
    g_string_append (text, " …");
  return n > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
find_faults (QuayDb *db, QuayNumbers *numbers, gint64 distinct, GError **error)
{
  GError *failed = NULL;
  if (numbers->first != 1 || numbers->last != distinct)
    numbers->missing = tell_ranges (db, sql_missing, numbers->prefix, &failed);
  if (failed == NULL && distinct != numbers->count)
    numbers->twice = tell_ranges (db, sql_twice, numbers->prefix, &failed);
  return quay_db_settle (failed, error);
}

GPtrArray *
quay_numbers_read (QuayDb *db, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_numbers_free);
  g_autoptr (GArray) distinct = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_counters, error);
  if (stmt == NULL)
    return NULL;
  while (quay_db_next (db, stmt, &failed))
    {
      gint64 different = sqlite3_column_int64 (stmt, COUNTER_DISTINCT);
      QuayNumbers *numbers = g_new0 (QuayNumbers, 1);
      numbers->prefix = quay_column_dup (stmt, COUNTER_PREFIX);
      numbers->first = sqlite3_column_int64 (stmt, COUNTER_FIRST);
      numbers->last = sqlite3_column_int64 (stmt, COUNTER_LAST);
      numbers->count = sqlite3_column_int64 (stmt, COUNTER_COUNT);
      g_ptr_array_add (list, numbers);
      g_array_append_val (distinct, different);
    }
  if (!quay_db_settle (failed, error))
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (!find_faults (db, list->pdata[i], g_array_index (distinct, gint64, i), error))
      return NULL;
  return g_steal_pointer (&list);
}
