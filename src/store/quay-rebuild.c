/* Replay: the journal into a fresh file, then each projected table of both files walked side by
 * side in the order of its key. */
#include "quay-verify.h"

#include "quay-book.h"
#include "quay-files.h"
#include "quay-migrate.h"

#include <string.h>

static const char sql_records[] = "SELECT pos, bytes FROM journal ORDER BY pos";

/* Tables beside those of quay_table(), compared like them. */
static const struct
{
  const char *name;
  const char *sql;
} more[] = {
  { "item", quay_sql_items },
  { "booked", "SELECT event, pos FROM booked ORDER BY event" },
  { "held", "SELECT pos, reason FROM held ORDER BY pos" },
};

/* --- replay --- */

/* The Lamport counter before a branch's first record. */
static gboolean
enter_branch (QuayDb *from, GArray *chains, int no, gint64 *lam, GError **error)
{
  const QuayChain *branch = quay_log_by_no (chains, no);
  return quay_log_count_lam (from, chains, branch != NULL ? branch->follows : 0, lam, error);
}

static gboolean
replay_records (QuayDb *from, QuayDb *to, QuayApply *apply, GError **error)
{
  gint64 lam = 0;
  int no = 0;
  GError *failed = NULL;
  g_autoptr (GArray) chains = quay_log_chains (from, error);
  g_autoptr (QuayStmt) stmt = chains != NULL ? quay_db_stmt (from, sql_records, error) : NULL;
  if (stmt == NULL)
    return FALSE;
  while (quay_db_next (from, stmt, &failed))
    {
      gint64 pos = sqlite3_column_int64 (stmt, 0);
      if (QUAY_POS_CHAIN (pos) != no &&
          !enter_branch (from, chains, QUAY_POS_CHAIN (pos), &lam, error))
        return FALSE;
      no = QUAY_POS_CHAIN (pos);
      if (quay_book_record (to, apply, from, pos, sqlite3_column_blob (stmt, 1),
                            (gsize)sqlite3_column_bytes (stmt, 1), &lam, error) == QUAY_BOOK_FAILED)
        return FALSE;
    }
  return quay_db_settle (failed, error) && quay_apply_items (apply, error);
}

static gboolean
replay (QuayDb *from, QuayDb *to, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  if (!quay_migrate_run (to, error))
    return FALSE;
  g_autoptr (QuayApply) apply = quay_apply_new (to, error);
  return apply != NULL && quay_scope_begin (&scope, to, TRUE, error) &&
         replay_records (from, to, apply, error) && quay_scope_commit (&scope, error);
}

/* --- compare --- */

static gboolean
columns_equal (sqlite3_stmt *a, sqlite3_stmt *b)
{
  for (int i = 0; i < sqlite3_column_count (a); i++)
    {
      int type = sqlite3_column_type (a, i);
      if (type != sqlite3_column_type (b, i))
        return FALSE;
      if (type == SQLITE_INTEGER && sqlite3_column_int64 (a, i) != sqlite3_column_int64 (b, i))
        return FALSE;
      if (type == SQLITE_INTEGER || type == SQLITE_NULL)
        continue;
      const void *x = sqlite3_column_blob (a, i);
      const void *y = sqlite3_column_blob (b, i);
      int len = sqlite3_column_bytes (a, i);
      if (len != sqlite3_column_bytes (b, i) || (len > 0 && memcmp (x, y, (gsize)len) != 0))
        return FALSE;
    }
  return TRUE;
}

/* Names the row for a person: its first column. */
static char *
name_row (sqlite3_stmt *stmt)
{
  if (sqlite3_column_type (stmt, 0) != SQLITE_BLOB)
    return g_strdup ((const char *)sqlite3_column_text (stmt, 0));
  GString *hex = g_string_new (NULL);
  const guint8 *bytes = sqlite3_column_blob (stmt, 0);
  for (int i = 0; i < sqlite3_column_bytes (stmt, 0); i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

static gboolean
compare_rows (sqlite3_stmt *kept, sqlite3_stmt *made, const char *what, QuayVerdict *verdict)
{
  for (;;)
    {
      int k = sqlite3_step (kept);
      int m = sqlite3_step (made);
      if (k == SQLITE_DONE && m == SQLITE_DONE)
        return TRUE;
      if ((k != SQLITE_ROW && k != SQLITE_DONE) || (m != SQLITE_ROW && m != SQLITE_DONE))
        return quay_verdict_refuse (verdict, "table %s can't be read", what);
      if (k == SQLITE_ROW && m == SQLITE_ROW && columns_equal (kept, made))
        continue;
      g_autofree char *row = name_row (k == SQLITE_ROW ? kept : made);
      return quay_verdict_refuse (verdict, "table %s differs from the journal at %s", what, row);
    }
}

static gboolean
compare_query (QuayDb *kept, QuayDb *made, const char *sql, const char *what, QuayVerdict *verdict,
               GError **error)
{
  sqlite3_stmt *a = NULL;
  sqlite3_stmt *b = NULL;
  gboolean ok = FALSE;
  if (sqlite3_prepare_v2 (kept->handle, sql, -1, &a, NULL) != SQLITE_OK)
    quay_db_fail (kept, what, error);
  else if (sqlite3_prepare_v2 (made->handle, sql, -1, &b, NULL) != SQLITE_OK)
    quay_db_fail (made, what, error);
  else
    ok = compare_rows (a, b, what, verdict);
  sqlite3_finalize (a);
  sqlite3_finalize (b);
  return ok;
}

static gboolean
compare_tables (QuayDb *kept, QuayDb *made, QuayVerdict *verdict, GError **error)
{
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    {
      g_autofree char *sql = quay_projected_query (quay_table (i), TRUE);
      if (!compare_query (kept, made, sql, quay_table (i)->name, verdict, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (!compare_query (kept, made, more[i].sql, more[i].name, verdict, error))
      return FALSE;
  return TRUE;
}

gboolean
quay_rebuild_compare (QuayDb *db, const char *scratch, QuayVerdict *verdict, GError **error)
{
  GError *failed = NULL;
  quay_files_discard (scratch); /* left by a check that was cut short */
  g_autoptr (QuayDb) made = quay_db_open (scratch, QUAY_DB_SCRATCH, NULL, &failed);
  if (made != NULL && replay (db, made, &failed))
    compare_tables (db, made, verdict, &failed);
  g_clear_pointer (&made, quay_db_free);
  quay_files_discard (scratch);
  return quay_db_settle (failed, error);
}
