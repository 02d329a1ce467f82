/* The check of a file from the outside in: pages, chains, marks, sums. It stops at the first thing
 * that is wrong, since what comes after would rest on it. */
#include "quay-verify.h"

#include "quay-log.h"
#include "quay-migrate.h"
#include "quay-numbers.h"
#include "quay-store-private.h"

#include <string.h>

static const char sql_records[] = "SELECT pos, hash, bytes FROM journal ORDER BY pos";
enum
{
  RECORD_POS,
  RECORD_HASH,
  RECORD_BYTES,
};
static const char sql_held[] = "SELECT 1 FROM held WHERE pos = :pos";
static const char sql_n_booked[] = "SELECT count(*) FROM booked";
static const char sql_n_held[] = "SELECT count(*) FROM held";
static const char sql_n_records[] = "SELECT count(*) FROM journal";

/* Each gives a row for what is wrong: its name. */
static const struct
{
  const char *what;
  const char *sql;
} sums[] = {
  { "a sale is not the sum of its lines or payments",
    "SELECT number FROM sale s WHERE"
    " total <> (SELECT coalesce(sum(amount), 0) FROM sale_line l WHERE " QUAY_SQL_OF (
        "l",
        "s") ") OR"
             " total <> (SELECT coalesce(sum(amount), 0) FROM payment p WHERE " QUAY_SQL_OF (
                 "p",
                 "s") ") OR"
                      " vat <> (SELECT coalesce(sum(amount - net), 0) FROM sale_line l"
                      "  WHERE " QUAY_SQL_OF (
                          "l",
                          "s") ") OR"
                               " lines <> (SELECT count(*) FROM sale_line l WHERE " QUAY_SQL_OF (
                                   "l", "s") ")" },
  { "a line has no sale", "SELECT hex(sale) FROM sale_line l WHERE NOT EXISTS ("
                          "SELECT 1 FROM sale s WHERE s.no = l.no >> 10 << 10 AND s.id = l.sale)" },
  { "a payment has no document",
    "SELECT hex(doc) FROM payment p WHERE NOT EXISTS ("
    "SELECT 1 FROM sale s WHERE s.no = p.no >> 10 << 10 AND s.id = p.doc) AND NOT EXISTS ("
    "SELECT 1 FROM refund f WHERE f.no = p.no >> 10 << 10 AND f.id = p.doc) AND NOT EXISTS ("
    "SELECT 1 FROM payment_fix x WHERE x.no = p.no >> 10 << 10 AND x.id = p.doc)" },
  { "a tender was put right by another amount",
    "SELECT number FROM payment_fix x WHERE"
    " 0 <> (SELECT coalesce(sum(amount), 0) FROM payment p WHERE " QUAY_SQL_OF ("p", "x") ")" },
  { "a refund is not the sum of its lines",
    "SELECT number FROM refund f WHERE"
    " total <> (SELECT coalesce(sum(amount), 0) FROM refund_line r"
    "  WHERE " QUAY_SQL_OF (
        "r", "f") ") OR"
                  " -total <> (SELECT coalesce(sum(amount), 0) FROM payment p WHERE " QUAY_SQL_OF (
                      "p", "f") ")" },
  { "stock is not the sum of its moves",
    "SELECT hex(product) FROM ("
    "SELECT loc, product, lot, qty FROM stock_balance EXCEPT"
    " SELECT loc, product, lot, sum(qty) FROM stock_move GROUP BY loc, product, lot)" },
  { "moves are missing from the stock",
    "SELECT hex(product) FROM ("
    "SELECT loc, product, lot, sum(qty) FROM stock_move GROUP BY loc, product, lot EXCEPT"
    " SELECT loc, product, lot, qty FROM stock_balance)" },
  { "a lot's figures are not its moves",
    "WITH moved (lot, n) AS (SELECT lot, sum(qty) FROM stock_move WHERE lot <> zeroblob(16)"
    " GROUP BY lot HAVING sum(qty) <> 0),"
    "kept (lot, n) AS (SELECT lot, sum(CASE what WHEN 'in' THEN n ELSE -n END) FROM lot_sum"
    " WHERE what IN ('in', 'sold', 'back', 'loss', 'waste') GROUP BY lot HAVING"
    " sum(CASE what WHEN 'in' THEN n ELSE -n END) <> 0)"
    "SELECT hex(lot) FROM (SELECT * FROM moved EXCEPT SELECT * FROM kept) UNION ALL"
    " SELECT hex(lot) FROM (SELECT * FROM kept EXCEPT SELECT * FROM moved)" },
  { "an account is not the sum of its entries",
    "WITH fold (key, n) AS (SELECT lower(hex(producer)), sum(amount) FROM entry GROUP BY producer),"
    "kept (key, n) AS (SELECT replace(key, '-', ''), n FROM running WHERE what = 'owed')"
    "SELECT key FROM (SELECT * FROM fold EXCEPT SELECT * FROM kept) UNION ALL"
    " SELECT key FROM (SELECT * FROM kept EXCEPT SELECT * FROM fold)" },
  { "what was settled of a lot is not the sum of its settlements",
    "WITH fold (lot, n, m) AS (SELECT lot, sum(cost), sum(sold) FROM settled_lot GROUP BY lot"
    " HAVING sum(cost) <> 0 OR sum(sold) <> 0),"
    "kept (lot, n, m) AS (SELECT lot, sum(iif(what = 's.cost', n, 0)),"
    " sum(iif(what = 's.sold', n, 0)) FROM lot_sum WHERE what IN ('s.cost', 's.sold') GROUP BY lot"
    " HAVING sum(iif(what = 's.cost', n, 0)) <> 0 OR sum(iif(what = 's.sold', n, 0)) <> 0)"
    "SELECT hex(lot) FROM (SELECT * FROM fold EXCEPT SELECT * FROM kept) UNION ALL"
    " SELECT hex(lot) FROM (SELECT * FROM kept EXCEPT SELECT * FROM fold)" },
  { "a customer's account is not the sum of its moves",
    "WITH fold (what, key, n) AS ("
    "SELECT 'debt', lower(hex(customer)), sum(amount) FROM customer_move WHERE amount <> 0"
    " GROUP BY customer UNION ALL"
    " SELECT 'points', lower(hex(customer)), sum(points) FROM customer_move WHERE points <> 0"
    " GROUP BY customer),"
    "kept (what, key, n) AS (SELECT what, replace(key, '-', ''), n FROM running"
    " WHERE what IN ('debt', 'points'))"
    "SELECT key FROM (SELECT * FROM fold EXCEPT SELECT * FROM kept) UNION ALL"
    " SELECT key FROM (SELECT * FROM kept EXCEPT SELECT * FROM fold)" },
  { "a drawer is not the sum of its cash",
    "WITH cash (shift, n) AS ("
    "SELECT id, \"float\" FROM shift UNION ALL"
    " SELECT s.shift, p.amount FROM payment p JOIN sale s ON s.no = p.no >> 10 << 10 WHERE tender "
    "= 'cash'"
    " UNION ALL"
    " SELECT f.shift, p.amount FROM payment p JOIN refund f ON f.no = p.no >> 10 << 10 WHERE "
    "tender = 'cash'"
    " UNION ALL SELECT shift, n FROM (SELECT x.shift, sum(p.amount) AS n FROM payment p"
    " JOIN payment_fix x ON x.no = p.no >> 10 << 10 WHERE tender = 'cash' GROUP BY x.no)"
    " UNION ALL SELECT shift, amount FROM cash_move),"
    "fold (key, n) AS (SELECT lower(hex(shift)), sum(n) FROM cash WHERE n <> 0 GROUP BY shift),"
    "kept (key, n) AS (SELECT replace(key, '-', ''), n FROM running WHERE what = 'drawer')"
    "SELECT key FROM (SELECT * FROM fold EXCEPT SELECT * FROM kept) UNION ALL"
    " SELECT key FROM (SELECT * FROM kept EXCEPT SELECT * FROM fold)" },
  { "a counter is not the number of its documents",
    "WITH named (number) AS (" QUAY_SQL_NUMBERS "),"
    "fold (key, n) AS (SELECT CASE instr(number, '-') WHEN 0 THEN number"
    " ELSE rtrim(number, replace(number, '-', '')) END AS prefix, count(*) FROM named GROUP BY 1),"
    "kept (key, n) AS (SELECT key, n FROM running WHERE what = 'number')"
    "SELECT key FROM (SELECT * FROM fold EXCEPT SELECT * FROM kept) UNION ALL"
    " SELECT key FROM (SELECT * FROM kept EXCEPT SELECT * FROM fold)" },
};

gboolean
quay_verdict_refuse (QuayVerdict *verdict, const char *format, ...)
{
  va_list args;
  verdict->ok = FALSE;
  if (verdict->why != NULL)
    return FALSE;
  va_start (args, format);
  verdict->why = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

void
quay_verdict_clear (QuayVerdict *verdict)
{
  g_clear_pointer (&verdict->why, g_free);
  g_clear_pointer (&verdict->numbers, g_ptr_array_unref);
  memset (verdict, 0, sizeof *verdict);
}

/* --- pages --- */

static gboolean
check_pages (QuayDb *db, QuayDepth depth, QuayVerdict *verdict, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  const char *sql =
      depth == QUAY_VERIFY_FULL ? "PRAGMA integrity_check (1)" : "PRAGMA quick_check (1)";
  if (sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL) != SQLITE_OK ||
      sqlite3_step (stmt) != SQLITE_ROW)
    {
      quay_db_fail (db, "can't check", error);
      sqlite3_finalize (stmt);
      return FALSE;
    }
  const char *word = (const char *)sqlite3_column_text (stmt, 0);
  gboolean ok = strcmp (word, "ok") == 0 || quay_verdict_refuse (verdict, "the file: %s", word);
  sqlite3_finalize (stmt);
  return ok;
}

/* --- chains --- */

typedef struct
{
  QuayDb *db;
  QuayVerdict *verdict;
  GArray *chains;
  const QuayChain *chain; /* of the last record */
  guint64 seq;
  QuayHash hash;
  gint64 lam;
  QuayRows rows;
  gint64 booked; /* records that are the place of their event's booking */
  gint64 held;
} Walk;

static gboolean
refuse_record (Walk *walk, const char *why)
{
  return quay_verdict_refuse (walk->verdict, "chain %s%s, record %" G_GUINT64_FORMAT ": %s",
                              walk->chain->code, walk->chain->letter, walk->seq, why);
}

/* Of a branch whose records are all walked: it may be appended to, and leaps are judged by this. */
static gboolean
check_lam (Walk *walk)
{
  const QuayChain *chain = walk->chain;
  if (chain == NULL || chain->lam < 0 || chain->lam == walk->lam ||
      (chain->mine && chain->lam < walk->lam))
    return TRUE;
  return refuse_record (walk, "is not where the chain's Lamport counter is");
}

/* A branch goes on from the record that it follows, which is in a branch of before. */
static gboolean
enter_branch (Walk *walk, int no, GError **error)
{
  GError *failed = NULL;
  if (walk->chain != NULL && walk->chain->no == no)
    return TRUE;
  if (!check_lam (walk))
    return FALSE;
  walk->chain = quay_log_by_no (walk->chains, no);
  walk->seq = 0;
  walk->hash = QUAY_HASH_ZERO;
  if (walk->chain == NULL)
    return quay_verdict_refuse (walk->verdict, "chain %d is unknown", no);
  gint64 follows = walk->chain->follows;
  if (!quay_log_count_lam (walk->db, walk->chains, follows, &walk->lam, error))
    return FALSE;
  if (follows == 0)
    return TRUE;
  walk->seq = QUAY_POS_SEQ (follows);
  const QuayChain *before = quay_log_by_no (walk->chains, QUAY_POS_CHAIN (follows));
  if (before == NULL || before->no >= no || !quay_id_equal (&before->id, &walk->chain->id) ||
      !quay_log_hash_at (walk->db, follows, &walk->hash, &failed))
    return quay_db_settle (failed, error) &&
           refuse_record (walk, "begins a branch, but is missing");
  return TRUE;
}

static gboolean
check_birth (Walk *walk, const QuayEvent *event)
{
  const QuayBirth *birth = event->body;
  if (event->kind != QUAY_EVENT_BIRTH)
    return refuse_record (walk, "is not a birth");
  if (!quay_id_equal (&birth->till, &walk->chain->till) ||
      strcmp (birth->code, walk->chain->code) != 0 ||
      strcmp (birth->letter, walk->chain->letter) != 0)
    return refuse_record (walk, "names another chain");
  return TRUE;
}

/* A record is booked here, or its event was booked by another record, which must exist. */
static gboolean
check_booked (Walk *walk, gint64 pos, const QuayEvent *event, GError **error)
{
  gint64 booked;
  QuayHash hash;
  GError *failed = NULL;
  if (!quay_apply_find (walk->db, &event->id, &booked, &failed))
    return quay_db_settle (failed, error) && refuse_record (walk, "is not booked");
  if (booked == pos)
    {
      walk->booked++;
      return TRUE;
    }
  g_autoptr (QuayEvent) other = quay_log_read (walk->db, booked, &hash, &failed);
  g_clear_error (&failed);
  if (other == NULL || !quay_id_equal (&other->id, &event->id))
    return refuse_record (walk, "is booked by a record that does not hold it");
  return TRUE;
}

static gboolean
is_held (QuayDb *db, gint64 pos, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_held, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":pos", pos);
  return quay_db_next (db, stmt, error);
}

static gboolean
check_event (Walk *walk, gint64 pos, const guint8 *bytes, gsize len, GError **error)
{
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  GError *failed = NULL;
  if (event != NULL)
    quay_event_count_lam (event, &walk->lam);
  if (is_held (walk->db, pos, &failed))
    {
      walk->held++;
      return TRUE;
    }
  if (!quay_db_settle (failed, error))
    return FALSE;
  if (event == NULL)
    return refuse_record (walk, "can't be read");
  if (walk->seq == 1 && !check_birth (walk, event))
    return FALSE;
  quay_rows_reset (&walk->rows);
  if (!quay_event_rows (event, &walk->rows, NULL))
    return refuse_record (walk, "breaks a rule and is not held");
  return check_booked (walk, pos, event, error);
}

static gboolean
check_record (Walk *walk, QuayStmt *stmt, GError **error)
{
  gint64 pos = sqlite3_column_int64 (stmt, RECORD_POS);
  const guint8 *bytes = sqlite3_column_blob (stmt, RECORD_BYTES);
  gsize len = (gsize)sqlite3_column_bytes (stmt, RECORD_BYTES);
  if (!enter_branch (walk, QUAY_POS_CHAIN (pos), error))
    return FALSE;
  walk->seq++;
  if (QUAY_POS_SEQ (pos) != walk->seq)
    return refuse_record (walk, "is missing");
  walk->hash =
      quay_chain_hash (&walk->chain->till, &walk->chain->id, walk->seq, bytes, len, &walk->hash);
  if (sqlite3_column_bytes (stmt, RECORD_HASH) != QUAY_HASH_LEN ||
      memcmp (sqlite3_column_blob (stmt, RECORD_HASH), walk->hash.b, QUAY_HASH_LEN) != 0)
    return refuse_record (walk, "does not match its hash");
  if (walk->chain->mine)
    quay_hash_to_text (&walk->hash, walk->verdict->head);
  walk->verdict->events++;
  return check_event (walk, pos, bytes, len, error);
}

static gboolean
walk_records (Walk *walk, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (walk->db, sql_records, error);
  if (stmt == NULL)
    return FALSE;
  while (quay_db_next (walk->db, stmt, &failed))
    if (!check_record (walk, stmt, error))
      return FALSE;
  return quay_db_settle (failed, error) && check_lam (walk);
}

static gboolean
check_marks (Walk *walk, GError **error)
{
  gint64 booked;
  gint64 held;
  if (!quay_db_get_int (walk->db, sql_n_booked, &booked, error) ||
      !quay_db_get_int (walk->db, sql_n_held, &held, error))
    return FALSE;
  if (booked != walk->booked || held != walk->held)
    return quay_verdict_refuse (walk->verdict, "an event is marked as booked or held that no "
                                               "record brings");
  return TRUE;
}

static gboolean
check_chains (QuayDb *db, QuayVerdict *verdict, GError **error)
{
  Walk walk = { .db = db, .verdict = verdict };
  g_autoptr (GArray) chains = quay_log_chains (db, error);
  if (chains == NULL)
    return FALSE;
  walk.chains = chains;
  quay_rows_init (&walk.rows);
  gboolean ok = walk_records (&walk, error) && check_marks (&walk, error) &&
                quay_verify_branches (db, chains, verdict, error);
  quay_rows_clear (&walk.rows);
  return ok;
}

static gboolean
check_tail (QuayDb *db, QuayVerdict *verdict, GError **error)
{
  QuayLog log;
  gint64 events;
  if (!quay_log_load (&log, db, error) || !quay_db_get_int (db, sql_n_records, &events, error))
    return FALSE;
  verdict->events = (guint64)events;
  quay_hash_to_text (&log.hash, verdict->head);
  return TRUE;
}

/* --- sums --- */

static gboolean
check_sums (QuayDb *db, QuayVerdict *verdict, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      GError *failed = NULL;
      g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sums[i].sql, error);
      if (stmt == NULL)
        return FALSE;
      if (quay_db_next (db, stmt, &failed))
        return quay_verdict_refuse (verdict, "%s: %s", sums[i].what,
                                    (const char *)sqlite3_column_text (stmt, 0));
      if (!quay_db_settle (failed, error))
        return FALSE;
    }
  return TRUE;
}

/* Each row of a once-table lies where its event was booked. */
static gboolean
check_places (QuayDb *db, QuayVerdict *verdict, GError **error)
{
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    {
      const QuayTable *table = quay_table (i);
      gint64 strays;
      if (table->mode != QUAY_ROW_ONCE)
        continue;
      g_autofree char *sql =
          g_strdup_printf ("SELECT count(*) FROM \"%s\" t LEFT JOIN booked b ON b.event = t.\"%s\""
                           " WHERE b.pos IS NOT t.no >> 10",
                           table->name, table->columns[0]);
      if (!quay_db_get_int (db, sql, &strays, error))
        return FALSE;
      if (strays != 0)
        return quay_verdict_refuse (verdict, "table %s has rows that no event brought",
                                    table->name);
    }
  return TRUE;
}

/* --- together --- */

static gboolean
check_all (QuayDb *db, QuayDepth depth, QuayVerdict *verdict, GError **error)
{
  int version;
  if (!quay_migrate_check (db, &version, error) || !check_pages (db, depth, verdict, error))
    return FALSE;
  if (version < quay_migrate_newest ())
    return TRUE;
  if (depth == QUAY_VERIFY_QUICK)
    return check_tail (db, verdict, error);
  return check_chains (db, verdict, error) && check_places (db, verdict, error) &&
         check_sums (db, verdict, error);
}

gboolean
quay_verify_db (QuayDb *db, QuayDepth depth, QuayVerdict *verdict, GError **error)
{
  int version;
  GError *failed = NULL;
  memset (verdict, 0, sizeof *verdict);
  verdict->ok = TRUE;
  check_all (db, depth, verdict, &failed);
  if (failed == NULL && depth == QUAY_VERIFY_FULL && quay_migrate_check (db, &version, &failed) &&
      version == quay_migrate_newest ())
    verdict->numbers = quay_numbers_read (db, &failed);
  if (!g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_DAMAGED))
    return quay_db_settle (failed, error);
  quay_verdict_refuse (verdict, "%s", failed->message);
  g_error_free (failed);
  return TRUE;
}

gboolean
quay_store_verify (QuayStore *store, gboolean rebuild, QuayVerdict *verdict, GError **error)
{
  memset (verdict, 0, sizeof *verdict);
  g_autoptr (QuayDb) db = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  g_auto (QuayScope) scope = { NULL };
  if (db == NULL || !quay_scope_begin (&scope, db, FALSE, error) ||
      !quay_verify_db (db, QUAY_VERIFY_FULL, verdict, error))
    return FALSE;
  if (!rebuild || !verdict->ok)
    return TRUE;
  g_autofree char *scratch = g_build_filename (store->dir, "quay-rebuild.db", NULL);
  return quay_rebuild_compare (db, scratch, verdict, error);
}
