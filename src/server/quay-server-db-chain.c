/* Chains, their letters, the journal. */
#include "quay-server-sql.h"

#include <string.h>

#define CHAIN                                                                                      \
  "SELECT c.no, c.id, c.till, s.id, c.code, c.letter, c.hwm, c.head, c.lam, c.seal, c.ts "         \
  "FROM chain c JOIN site s ON s.no = c.site "
enum
{
  CHAIN_NO,
  CHAIN_ID,
  CHAIN_TILL,
  CHAIN_SITE,
  CHAIN_CODE,
  CHAIN_LETTER,
  CHAIN_HWM,
  CHAIN_HEAD,
  CHAIN_LAM,
  CHAIN_SEAL,
  CHAIN_TS,
};

static const char sql_find[] = CHAIN "WHERE c.id = ?1";
static const char sql_seen[] = CHAIN "WHERE c.site IN (?1, 0) ORDER BY c.no";
static const char sql_all[] = CHAIN "ORDER BY c.no";
static const char sql_lock[] =
    "SELECT no FROM chain WHERE id = ?1 FOR UPDATE"; /* where rows are locked by asking */
static const char sql_add[] =
    "INSERT INTO chain (id, till, site, code, letter, hwm, head, lam, seal, ts) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING no";
static const char sql_copy[] =
    "INSERT INTO chain (id, till, site, code, letter, hwm, head, lam, seal, ts, no) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
static const char sql_head[] =
    "UPDATE chain SET hwm = ?2, head = ?3, lam = ?4, seal = ?5, ts = ?6 WHERE no = ?1";
static const char sql_lam[] = "SELECT max (lam) FROM chain";
static const char sql_tails[] =
    CHAIN "WHERE c.hwm > 0 AND c.head IS DISTINCT FROM (SELECT hash FROM journal"
          " WHERE pos = (SELECT max (pos) FROM journal"
          "  WHERE pos >= c.no << 32 AND pos < (c.no + 1) << 32) AND pos = (c.no << 32) + c.hwm)"
          " LIMIT 1";
static const char sql_letter_last[] = "SELECT letter FROM letter WHERE site = ?1 AND code = ?2 "
                                      "ORDER BY length (letter) DESC, letter DESC LIMIT 1";
static const char sql_letter_find[] =
    "SELECT letter FROM letter WHERE site = ?1 AND code = ?2 AND key = ?3";
static const char sql_letter_key[] =
    "SELECT key FROM letter WHERE site = ?1 AND code = ?2 AND letter = ?3";
static const char sql_letter_put[] = "INSERT INTO letter (site, code, letter, key) "
                                     "VALUES (?1, ?2, ?3, ?4) "
                                     "ON CONFLICT (site, code, letter) DO UPDATE SET key = ?4";
static const char sql_hash[] = "SELECT hash FROM journal WHERE pos = ?1";
static const char sql_append[] = "INSERT INTO journal (pos, hash, bytes) VALUES (?1, ?2, ?3)";
static const char sql_run[] =
    "SELECT hash, bytes FROM journal WHERE pos >= ?1 AND pos < ?2 ORDER BY pos";

/* --- chains --- */

static void
take_chain (QuaySqlStmt *stmt, QuayServerChain *chain)
{
  chain->no = quay_sql_get_int (stmt, CHAIN_NO);
  quay_sql_take (stmt, CHAIN_ID, &chain->id, sizeof chain->id);
  quay_sql_take (stmt, CHAIN_TILL, &chain->till, sizeof chain->till);
  quay_sql_take (stmt, CHAIN_SITE, &chain->site, sizeof chain->site);
  quay_sql_take_text (stmt, CHAIN_CODE, chain->code, sizeof chain->code);
  quay_sql_take_text (stmt, CHAIN_LETTER, chain->letter, sizeof chain->letter);
  chain->hwm = quay_sql_get_int (stmt, CHAIN_HWM);
  quay_sql_take (stmt, CHAIN_HEAD, &chain->head, sizeof chain->head);
  chain->lam = quay_sql_get_int (stmt, CHAIN_LAM);
  quay_sql_take (stmt, CHAIN_SEAL, &chain->seal, sizeof chain->seal);
  chain->ts = quay_sql_get_int (stmt, CHAIN_TS);
}

static gboolean
lock_chain (QuaySql *sql, const QuayId *id, GError **error)
{
  if (!sql->driver->locks_rows)
    return TRUE;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (sql, sql_lock, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, id);
  return quay_sql_done (stmt, error);
}

static gboolean
chain_find (QuayServerDb *db, const QuayId *id, gboolean lock, QuayServerChain *chain,
            GError **error)
{
  if (lock && !lock_chain (SQL (db), id, error))
    return FALSE;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_find, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, id);
  if (!quay_sql_next (stmt, error))
    return FALSE;
  take_chain (stmt, chain);
  return TRUE;
}

static QuaySqlStmt *
write_chain (QuaySql *sql, const char *text, const QuayServerChain *chain, GError **error)
{
  gint64 site;
  QuaySqlStmt *stmt = quay_sql_stmt (sql, text, error);
  if (stmt == NULL || !quay_sql_site (sql, &chain->site, &site, error))
    return NULL;
  quay_sql_id (stmt, 1, &chain->id);
  quay_sql_id (stmt, 2, &chain->till);
  quay_sql_int (stmt, 3, site);
  quay_sql_text (stmt, 4, chain->code);
  quay_sql_text (stmt, 5, chain->letter);
  quay_sql_int (stmt, 6, chain->hwm);
  quay_sql_blob (stmt, 7, &chain->head, sizeof chain->head);
  quay_sql_int (stmt, 8, chain->lam);
  quay_sql_blob (stmt, 9, &chain->seal, sizeof chain->seal);
  quay_sql_int (stmt, 10, chain->ts);
  return stmt;
}

static gboolean
chain_add (QuayServerDb *db, QuayServerChain *chain, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = write_chain (SQL (db), sql_add, chain, error);
  if (stmt == NULL)
    return FALSE;
  chain->no = quay_sql_next (stmt, &failed) ? quay_sql_get_int (stmt, 0) : 0;
  return quay_sql_settle (failed, error) && quay_sql_done (stmt, error);
}

static gboolean
chain_copy (QuayServerDb *db, const QuayServerChain *chain, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = write_chain (SQL (db), sql_copy, chain, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 11, chain->no);
  return quay_sql_done (stmt, error);
}

static gboolean
chain_head (QuayServerDb *db, const QuayServerChain *chain, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_head, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 1, chain->no);
  quay_sql_int (stmt, 2, chain->hwm);
  quay_sql_blob (stmt, 3, &chain->head, sizeof chain->head);
  quay_sql_int (stmt, 4, chain->lam);
  quay_sql_blob (stmt, 5, &chain->seal, sizeof chain->seal);
  quay_sql_int (stmt, 6, chain->ts);
  return quay_sql_done (stmt, error);
}

static GArray *
chains_seen (QuayServerDb *db, const QuayId *site, GError **error)
{
  gint64 no = 0;
  GError *failed = NULL;
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (QuayServerChain));
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), site != NULL ? sql_seen : sql_all, error);
  if (stmt == NULL || (site != NULL && !quay_sql_site (SQL (db), site, &no, error)))
    return NULL;
  if (site != NULL)
    quay_sql_int (stmt, 1, no);
  while (quay_sql_next (stmt, &failed))
    {
      QuayServerChain chain;
      take_chain (stmt, &chain);
      g_array_append_val (chains, chain);
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&chains) : NULL;
}

static gboolean
chain_lam (QuayServerDb *db, gint64 *lam, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_lam, error);
  if (stmt == NULL)
    return FALSE;
  *lam = quay_sql_next (stmt, &failed) ? quay_sql_get_int (stmt, 0) : 0;
  return quay_sql_settle (failed, error);
}

static gboolean
chain_tails (QuayServerDb *db, QuayServerChain *chain, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_tails, error);
  if (stmt == NULL)
    return FALSE;
  gboolean bad = quay_sql_next (stmt, &failed);
  if (bad)
    take_chain (stmt, chain);
  return quay_sql_settle (failed, error) && !bad;
}

/* --- letters --- */

static QuaySqlStmt *
ask_letter (QuaySql *sql, const char *text, const QuayId *site, const char *code, const char *third,
            GError **error)
{
  gint64 no;
  QuaySqlStmt *stmt = quay_sql_stmt (sql, text, error);
  if (stmt == NULL || !quay_sql_site (sql, site, &no, error))
    return NULL;
  quay_sql_int (stmt, 1, no);
  quay_sql_text (stmt, 2, code);
  if (third != NULL)
    quay_sql_text (stmt, 3, third);
  return stmt;
}

static gboolean
letter_last (QuayServerDb *db, const QuayId *site, const char *code, char last[8], GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = ask_letter (SQL (db), sql_letter_last, site, code, NULL, error);
  if (stmt == NULL || !quay_sql_next (stmt, error))
    return FALSE;
  quay_sql_take_text (stmt, 0, last, 8);
  return TRUE;
}

static gboolean
letter_find (QuayServerDb *db, const QuayId *site, const char *code, const char *key,
             char letter[8], GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = ask_letter (SQL (db), sql_letter_find, site, code, key, error);
  if (stmt == NULL || !quay_sql_next (stmt, error))
    return FALSE;
  quay_sql_take_text (stmt, 0, letter, 8);
  return TRUE;
}

static gboolean
letter_key (QuayServerDb *db, const QuayId *site, const char *code, const char *letter, char **key,
            GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = ask_letter (SQL (db), sql_letter_key, site, code, letter, error);
  if (stmt == NULL || !quay_sql_next (stmt, error))
    return FALSE;
  *key = quay_sql_dup (stmt, 0);
  return TRUE;
}

static gboolean
letter_put (QuayServerDb *db, const QuayId *site, const char *code, const char *letter,
            const char *key, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = ask_letter (SQL (db), sql_letter_put, site, code, letter, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_text (stmt, 4, key);
  return quay_sql_done (stmt, error);
}

/* --- journal --- */

static gboolean
hash_at (QuayServerDb *db, gint64 no, gint64 seq, QuayHash *hash, GError **error)
{
  *hash = QUAY_HASH_ZERO;
  if (seq == 0)
    return TRUE;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_hash, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 1, QUAY_SERVER_POS (no, seq));
  if (!quay_sql_next (stmt, error))
    return FALSE;
  quay_sql_take (stmt, 0, hash, sizeof *hash);
  return TRUE;
}

static gboolean
append (QuayServerDb *db, gint64 no, gint64 first, GPtrArray *records, GArray *hashes, guint skip,
        GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_append, error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = skip; i < records->len; i++)
    {
      gsize len;
      const void *bytes = g_bytes_get_data (records->pdata[i], &len);
      quay_sql_int (stmt, 1, QUAY_SERVER_POS (no, first + (i - skip)));
      quay_sql_blob (stmt, 2, &g_array_index (hashes, QuayHash, i), sizeof (QuayHash));
      quay_sql_blob (stmt, 3, bytes, len);
      if (!quay_sql_done (stmt, error))
        return FALSE;
      quay_sql_reset (stmt);
    }
  return TRUE;
}

static GPtrArray *
read_run (QuayServerDb *db, gint64 no, gint64 from, guint max, gsize max_bytes, GArray *hashes,
          GError **error)
{
  gsize sum = 0;
  GError *failed = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_run, error);
  if (stmt == NULL)
    return NULL;
  quay_sql_int (stmt, 1, QUAY_SERVER_POS (no, from));
  quay_sql_int (stmt, 2, QUAY_SERVER_POS (no + 1, 0));
  while (records->len < max && quay_sql_next (stmt, &failed))
    {
      QuayHash hash;
      g_autoptr (GBytes) record = quay_sql_bytes (stmt, 1);
      sum += g_bytes_get_size (record);
      if (records->len > 0 && sum > max_bytes)
        break;
      quay_sql_take (stmt, 0, &hash, sizeof hash);
      g_array_append_val (hashes, hash);
      g_ptr_array_add (records, g_steal_pointer (&record));
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&records) : NULL;
}

void
quay_sql_ops_chain (QuayServerDbOps *ops)
{
  ops->chain_find = chain_find;
  ops->chain_add = chain_add;
  ops->chain_copy = chain_copy;
  ops->chain_head = chain_head;
  ops->chains_seen = chains_seen;
  ops->chain_lam = chain_lam;
  ops->chain_tails = chain_tails;
  ops->letter_last = letter_last;
  ops->letter_find = letter_find;
  ops->letter_key = letter_key;
  ops->letter_put = letter_put;
  ops->hash_at = hash_at;
  ops->append = append;
  ops->read = read_run;
}
