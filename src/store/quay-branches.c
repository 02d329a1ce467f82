/* Branches of chains: what stands at a seq, where a chain ends, and what happens when another
 * version of it is to stand. Nothing is ever taken out of the journal. */
#include "quay-log.h"

#include <string.h>

static const char sql_chains[] =
    "SELECT no, id, till, code, letter, mine, here, first, follows, superseded_from, lam, acked"
    " FROM chain ORDER BY no";
enum
{
  CHAIN_NO,
  CHAIN_ID,
  CHAIN_TILL,
  CHAIN_CODE,
  CHAIN_LETTER,
  CHAIN_MINE,
  CHAIN_HERE,
  CHAIN_FIRST,
  CHAIN_FOLLOWS,
  CHAIN_SUPERSEDED,
  CHAIN_LAM,
  CHAIN_ACKED,
};
static const char sql_disown[] = "UPDATE chain SET mine = 0";
static const char sql_add_chain[] =
    "INSERT INTO chain (no, id, till, code, letter, mine, here, first, follows, lam, acked) VALUES "
    "((SELECT coalesce(max(no), 0) + 1 FROM chain), :id, :till, :code, :letter, :mine, :here,"
    " :first, nullif(:follows, 0), nullif(:lam, -1), :acked)";
static const char sql_supersede[] =
    "UPDATE chain SET superseded_from = max(first, min(coalesce(superseded_from, :seq), :seq)),"
    " acked = min(acked, :seq - 1) WHERE id = :id";
static const char sql_note_lam[] = "UPDATE chain SET lam = :lam WHERE no = :no";
static const char sql_acked[] = "UPDATE chain SET acked = :seq, seal = :seal WHERE id = :id"
                                " AND (acked <> :seq OR seal IS NOT :seal)";
static const char sql_range[] = "SELECT bytes FROM journal WHERE pos BETWEEN :first AND :last "
                                "ORDER BY pos";

/* --- the table --- */

GArray *
quay_log_chains (QuayDb *db, GError **error)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, TRUE, sizeof (QuayChain));
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_chains, error);
  GError *failed = NULL;
  if (stmt == NULL)
    return NULL;
  while (quay_db_next (db, stmt, &failed))
    {
      QuayChain chain = { .no = sqlite3_column_int (stmt, CHAIN_NO),
                          .id = quay_column_id (stmt, CHAIN_ID),
                          .till = quay_column_id (stmt, CHAIN_TILL),
                          .mine = sqlite3_column_int (stmt, CHAIN_MINE) != 0,
                          .here = sqlite3_column_int (stmt, CHAIN_HERE) != 0,
                          .first = (guint64)sqlite3_column_int64 (stmt, CHAIN_FIRST),
                          .follows = sqlite3_column_int64 (stmt, CHAIN_FOLLOWS),
                          .superseded = (guint64)sqlite3_column_int64 (stmt, CHAIN_SUPERSEDED),
                          .lam = sqlite3_column_int64 (stmt, CHAIN_LAM),
                          .acked = (guint64)sqlite3_column_int64 (stmt, CHAIN_ACKED) };
      if (sqlite3_column_type (stmt, CHAIN_LAM) == SQLITE_NULL)
        chain.lam = -1;
      g_strlcpy (chain.code, (const char *)sqlite3_column_text (stmt, CHAIN_CODE),
                 sizeof chain.code);
      g_strlcpy (chain.letter, (const char *)sqlite3_column_text (stmt, CHAIN_LETTER),
                 sizeof chain.letter);
      g_array_append_val (chains, chain);
    }
  return quay_db_settle (failed, error) ? g_steal_pointer (&chains) : NULL;
}

static gboolean
disown_chains (QuayDb *db, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_disown, error);
  return stmt != NULL && quay_db_done (db, stmt, error);
}

gboolean
quay_log_add_chain (QuayDb *db, QuayChain *chain, GError **error)
{
  g_assert (chain->first >= 1 && (chain->follows == 0) == (chain->first == 1));
  if (chain->mine && !disown_chains (db, error))
    return FALSE;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_add_chain, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", &chain->id);
  quay_bind_id (stmt, ":till", &chain->till);
  quay_bind_text (stmt, ":code", chain->code);
  quay_bind_text (stmt, ":letter", chain->letter);
  quay_bind_int (stmt, ":mine", chain->mine);
  quay_bind_int (stmt, ":here", chain->here);
  quay_bind_int (stmt, ":first", (gint64)chain->first);
  quay_bind_int (stmt, ":follows", chain->follows);
  quay_bind_int (stmt, ":lam", chain->lam);
  quay_bind_int (stmt, ":acked", (gint64)chain->acked);
  if (!quay_db_done (db, stmt, error))
    return FALSE;
  chain->no = (int)sqlite3_last_insert_rowid (db->handle);
  return TRUE;
}

gboolean
quay_log_supersede (QuayDb *db, const QuayId *id, guint64 seq, GError **error)
{
  g_assert (seq >= 1);
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_supersede, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  quay_bind_int (stmt, ":seq", (gint64)seq);
  return quay_db_done (db, stmt, error);
}

gboolean
quay_log_note_lam (QuayDb *db, int no, gint64 lam, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_note_lam, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":no", no);
  quay_bind_int (stmt, ":lam", lam);
  return quay_db_done (db, stmt, error);
}

gboolean
quay_log_note_acked (QuayDb *db, const QuayId *id, guint64 seq, const QuaySig *seal, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_acked, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  quay_bind_int (stmt, ":seq", (gint64)seq);
  if (seal != NULL)
    quay_bind_blob (stmt, ":seal", seal->b, QUAY_SIG_LEN);
  return quay_db_done (db, stmt, error);
}

/* --- what stands --- */

const QuayChain *
quay_log_by_no (GArray *chains, int no)
{
  for (guint i = 0; i < chains->len; i++)
    if (g_array_index (chains, QuayChain, i).no == no)
      return &g_array_index (chains, QuayChain, i);
  return NULL;
}

const QuayChain *
quay_log_by_id (GArray *chains, const QuayId *id)
{
  for (guint i = 0; i < chains->len; i++)
    if (quay_id_equal (&g_array_index (chains, QuayChain, i).id, id))
      return &g_array_index (chains, QuayChain, i);
  return NULL;
}

const QuayChain *
quay_log_branch_at (GArray *chains, const QuayId *id, guint64 seq)
{
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *branch = &g_array_index (chains, QuayChain, i);
      if (seq >= branch->first && (branch->superseded == 0 || seq < branch->superseded) &&
          quay_id_equal (&branch->id, id))
        return branch;
    }
  return NULL;
}

/* The end is in the branch of which nothing was superseded. Without one it is the last record of
 * which another branch's successors were. */
gboolean
quay_log_end (QuayDb *db, GArray *chains, const QuayId *id, guint64 *seq, QuayHash *hash,
              GError **error)
{
  *seq = 0;
  *hash = QUAY_HASH_ZERO;
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *branch = &g_array_index (chains, QuayChain, i);
      if (!quay_id_equal (&branch->id, id))
        continue;
      if (branch->superseded == 0)
        return quay_log_head (db, branch->no, seq, hash, error);
      if (branch->superseded > branch->first)
        *seq = MAX (*seq, branch->superseded - 1);
    }
  GError *failed = NULL;
  quay_log_standing_hash (db, chains, id, *seq, hash, &failed);
  return quay_db_settle (failed, error);
}

gboolean
quay_log_standing_hash (QuayDb *db, GArray *chains, const QuayId *id, guint64 seq, QuayHash *hash,
                        GError **error)
{
  *hash = QUAY_HASH_ZERO;
  if (seq == 0)
    return TRUE;
  const QuayChain *branch = quay_log_branch_at (chains, id, seq);
  return branch != NULL && quay_log_hash_at (db, QUAY_POS (branch->no, seq), hash, error);
}

/* --- Lamport counters --- */

static gboolean
count_range (QuayDb *db, gint64 first, gint64 last, gint64 *lam, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_range, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":first", first);
  quay_bind_int (stmt, ":last", last);
  while (quay_db_next (db, stmt, &failed))
    {
      g_autoptr (QuayEvent) event = quay_event_decode (sqlite3_column_blob (stmt, 0),
                                                       (gsize)sqlite3_column_bytes (stmt, 0), NULL);
      if (event != NULL)
        quay_event_count_lam (event, lam);
    }
  return quay_db_settle (failed, error);
}

gboolean
quay_log_count_lam (QuayDb *db, GArray *chains, gint64 pos, gint64 *lam, GError **error)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64)); /* newest first */
  *lam = 0;
  /* a branch follows one with a smaller number, so this ends in any file */
  while (pos != 0)
    {
      const QuayChain *branch = quay_log_by_no (chains, QUAY_POS_CHAIN (pos));
      g_array_append_val (ends, pos);
      pos = branch != NULL && QUAY_POS_CHAIN (branch->follows) < branch->no ? branch->follows : 0;
    }
  for (guint i = ends->len; i > 0; i--)
    {
      gint64 last = g_array_index (ends, gint64, i - 1);
      int no = QUAY_POS_CHAIN (last);
      if (!count_range (db, QUAY_POS (no, 0), last, lam, error))
        return FALSE;
    }
  return TRUE;
}

/* --- letters --- */

/* Letters are compared as they are counted: AA comes after Z. */
static gboolean
letter_is_later (const char *a, const char *b)
{
  gsize la = strlen (a);
  gsize lb = strlen (b);
  return la != lb ? la > lb : strcmp (a, b) > 0;
}

char *
quay_log_free_letter (GArray *chains, const char *code, const char *wish)
{
  const char *last = "";
  gboolean taken = wish == NULL;
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *chain = &g_array_index (chains, QuayChain, i);
      if (strcmp (chain->code, code) != 0)
        continue;
      taken = taken || strcmp (chain->letter, wish) == 0;
      if (letter_is_later (chain->letter, last))
        last = chain->letter;
    }
  return taken ? quay_letter_next (last) : g_strdup (wish);
}
