/* Journal rows, and the own chain as it is found at a start. Every read of a record goes with its
 * hash. */
#include "quay-log.h"

#include "quay-apply.h"

#include <string.h>

#define TAIL 50 /* records checked at each start; the whole chain is quay-verify's */

static const char sql_insert[] =
    "INSERT INTO journal (pos, hash, bytes) VALUES (:pos, :hash, :bytes)";
static const char sql_head[] = "SELECT pos, hash FROM journal WHERE pos BETWEEN :first AND :last "
                               "ORDER BY pos DESC LIMIT 1";
static const char sql_hash_at[] = "SELECT hash FROM journal WHERE pos = :pos";
static const char sql_read[] = "SELECT hash, bytes FROM journal WHERE pos = :pos";
static const char sql_tail[] = "SELECT pos, hash, bytes FROM journal "
                               "WHERE pos BETWEEN :first AND :last ORDER BY pos";
enum
{
  TAIL_POS,
  TAIL_HASH,
  TAIL_BYTES,
};
static const char sql_held[] = "SELECT 1 FROM held WHERE pos = :pos";

/* --- records --- */

QuayHash
quay_column_hash (QuayStmt *stmt, int column)
{
  QuayHash hash = QUAY_HASH_ZERO;
  const void *blob = sqlite3_column_blob (stmt, column);
  if (blob != NULL && sqlite3_column_bytes (stmt, column) == QUAY_HASH_LEN)
    memcpy (hash.b, blob, QUAY_HASH_LEN);
  return hash;
}

gboolean
quay_log_insert (QuayDb *db, gint64 pos, const QuayHash *hash, const void *bytes, gsize len,
                 GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_insert, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":pos", pos);
  quay_bind_blob (stmt, ":hash", hash->b, QUAY_HASH_LEN);
  quay_bind_blob (stmt, ":bytes", bytes, len);
  return quay_db_done (db, stmt, error);
}

gboolean
quay_log_append (QuayLog *log, QuayDb *db, GBytes *bytes, GError **error)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  guint64 seq = log->seq + 1;
  QuayHash hash = quay_chain_hash (&log->chain.till, &log->chain.id, seq, data, len, &log->hash);
  if (!quay_log_insert (db, QUAY_POS (log->chain.no, seq), &hash, data, len, error))
    return FALSE;
  log->seq = seq;
  log->hash = hash;
  return TRUE;
}

gboolean
quay_log_head (QuayDb *db, int no, guint64 *seq, QuayHash *hash, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_head, error);
  GError *failed = NULL;
  *seq = 0;
  *hash = QUAY_HASH_ZERO;
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":first", QUAY_POS (no, 0));
  quay_bind_int (stmt, ":last", QUAY_POS (no + 1, 0) - 1);
  if (quay_db_next (db, stmt, &failed))
    {
      *seq = QUAY_POS_SEQ (sqlite3_column_int64 (stmt, 0));
      *hash = quay_column_hash (stmt, 1);
    }
  return quay_db_settle (failed, error);
}

gboolean
quay_log_hash_at (QuayDb *db, gint64 pos, QuayHash *hash, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_hash_at, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":pos", pos);
  if (!quay_db_next (db, stmt, error))
    return FALSE;
  *hash = quay_column_hash (stmt, 0);
  return TRUE;
}

QuayEvent *
quay_log_read (QuayDb *db, gint64 pos, QuayHash *hash, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_read, error);
  GError *failed = NULL;
  if (stmt == NULL)
    return NULL;
  quay_bind_int (stmt, ":pos", pos);
  if (!quay_db_next (db, stmt, &failed))
    {
      if (failed == NULL)
        g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED,
                     "the journal lacks record %" G_GINT64_FORMAT, pos);
      else
        g_propagate_error (error, failed);
      return NULL;
    }
  *hash = quay_column_hash (stmt, 0);
  return quay_event_decode (sqlite3_column_blob (stmt, 1), (gsize)sqlite3_column_bytes (stmt, 1),
                            error);
}

/* --- loading --- */

static gboolean
damaged (const QuayLog *log, guint64 seq, const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "chain %s, record %" G_GUINT64_FORMAT ": %s",
               log->chain.letter, seq, why);
  return FALSE;
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

/* One record of the tail: link, decoding, mark. */
static gboolean
check_record (QuayLog *log, QuayDb *db, QuayStmt *stmt, guint64 seq, GError **error)
{
  gint64 pos = sqlite3_column_int64 (stmt, TAIL_POS);
  const guint8 *bytes = sqlite3_column_blob (stmt, TAIL_BYTES);
  gsize len = (gsize)sqlite3_column_bytes (stmt, TAIL_BYTES);
  QuayHash stored = quay_column_hash (stmt, TAIL_HASH);
  gint64 booked;
  GError *failed = NULL;
  if (QUAY_POS_SEQ (pos) != seq)
    return damaged (log, seq, "is missing", error);
  QuayHash hash = quay_chain_hash (&log->chain.till, &log->chain.id, seq, bytes, len, &log->hash);
  if (!quay_hash_equal (&hash, &stored))
    return damaged (log, seq, "does not match its hash", error);
  log->seq = seq;
  log->hash = hash;
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  gboolean held = is_held (db, pos, &failed);
  if (!quay_db_settle (failed, error))
    return FALSE;
  if (event == NULL || held)
    return held || damaged (log, seq, "can't be read", error);
  log->own_lam = MAX (log->own_lam, event->lam);
  log->last_ts = event->ts;
  log->last_day = (QuayDay)event->day;
  gboolean found = quay_apply_find (db, &event->id, &booked, &failed);
  return quay_db_settle (failed, error) && (found || damaged (log, seq, "is not booked", error));
}

static gboolean
load_tail (QuayLog *log, QuayDb *db, guint64 last, GError **error)
{
  guint64 first = last > TAIL ? last - TAIL + 1 : 1;
  GError *failed = NULL;
  log->seq = first - 1;
  log->hash = QUAY_HASH_ZERO;
  if (first > 1 && !quay_log_hash_at (db, QUAY_POS (log->chain.no, first - 1), &log->hash, &failed))
    return quay_db_settle (failed, error) && damaged (log, first - 1, "is missing", error);
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_tail, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":first", QUAY_POS (log->chain.no, first));
  quay_bind_int (stmt, ":last", QUAY_POS (log->chain.no, last));
  for (guint64 seq = first; quay_db_next (db, stmt, &failed); seq++)
    if (!check_record (log, db, stmt, seq, error))
      return FALSE;
  return quay_db_settle (failed, error) &&
         (log->seq == last || damaged (log, log->seq + 1, "is missing", error));
}

/* Of a chain that nobody has counted: its last readable record tells, since counters rise. */
static gboolean
guess_lam (QuayDb *db, int no, gint64 *lam, GError **error)
{
  guint64 seq;
  QuayHash hash;
  *lam = 0;
  if (!quay_log_head (db, no, &seq, &hash, error))
    return FALSE;
  for (guint tries = 0; seq > 0 && tries < TAIL; seq--, tries++)
    {
      g_autoptr (QuayEvent) event = quay_log_read (db, QUAY_POS (no, seq), &hash, NULL);
      if (event == NULL || is_held (db, QUAY_POS (no, seq), NULL))
        continue;
      *lam = event->lam;
      break;
    }
  return TRUE;
}

static gboolean
load_lamport (QuayLog *log, QuayDb *db, GArray *chains, GError **error)
{
  log->own_lam = MAX (log->own_lam, log->chain.lam);
  log->lam = log->own_lam;
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *chain = &g_array_index (chains, QuayChain, i);
      gint64 lam = chain->lam;
      if (lam < 0 && !guess_lam (db, chain->no, &lam, error))
        return FALSE;
      log->lam = MAX (log->lam, lam);
    }
  return TRUE;
}

gboolean
quay_log_load (QuayLog *log, QuayDb *db, GError **error)
{
  guint64 last;
  QuayHash hash;
  memset (log, 0, sizeof *log);
  g_autoptr (GArray) chains = quay_log_chains (db, error);
  if (chains == NULL)
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    if (g_array_index (chains, QuayChain, i).mine)
      log->chain = g_array_index (chains, QuayChain, i);
  if (log->chain.no == 0)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "'%s' has no chain of its own", db->path);
      return FALSE;
    }
  if (log->chain.first != 1 || log->chain.superseded != 0)
    return damaged (log, log->chain.first, "is not where its chain begins", error);
  return quay_log_head (db, log->chain.no, &last, &hash, error) &&
         (last > 0 || damaged (log, 1, "is missing", error)) && load_tail (log, db, last, error) &&
         load_lamport (log, db, chains, error);
}
