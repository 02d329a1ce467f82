/* New own chains: a till's first, and the one after a fork, a restored file or another till code.
 * What was written last under the old chain may be moved into it. */
#include "quay-head.h"
#include "quay-rule.h"
#include "quay-store-private.h"
#include "quay-store-sync.h"

#include <string.h>

static const char sql_range[] = "SELECT pos, bytes FROM journal WHERE pos BETWEEN :first AND :last "
                                "ORDER BY pos";

gboolean
quay_book_begin_chain (QuayBook *book, const QuayChain *chain, const QuayChain *parent,
                       guint64 first, guint64 count, GError **error)
{
  QuayLog *log = &book->draft;
  QuayHash hash;
  if (log->chain.no != 0 && !quay_log_note_lam (book->db, log->chain.no, log->own_lam, error))
    return FALSE;
  log->chain = (QuayChain){ .id = chain->id, .till = chain->till, .first = 1 };
  g_strlcpy (log->chain.code, chain->code, sizeof log->chain.code);
  g_strlcpy (log->chain.letter, chain->letter, sizeof log->chain.letter);
  log->chain.mine = log->chain.here = TRUE;
  log->seq = 0;
  log->own_lam = 0;
  log->hash = QUAY_HASH_ZERO;
  if (!quay_log_add_chain (book->db, &log->chain, error))
    return FALSE;
  g_autoptr (QuayEvent) event = quay_event_new (QUAY_EVENT_BIRTH);
  QuayBirth *birth = event->body;
  birth->till = chain->till;
  birth->code = g_strdup (chain->code);
  birth->letter = g_strdup (chain->letter);
  birth->version = g_strdup (QUAY_VERSION);
  if (parent != NULL)
    {
      birth->parent = parent->id;
      birth->first = (gint64)first;
      birth->count = (gint64)count;
    }
  return quay_book_add (book, event, &hash, error);
}

/* What is booked, but would leap behind the records that are there, others would hold: the chain
 * climbs to it first. */
static gboolean
climb_to (QuayBook *book, QuayTail *tail, const guint8 *bytes, gsize len, GError **error)
{
  gint64 pos;
  GError *failed = NULL;
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  if (event == NULL || event->lam <= tail->lam + QUAY_EVENT_LAM_STEP ||
      !quay_apply_find (book->db, &event->id, &pos, &failed))
    return quay_db_settle (failed, error);
  if (QUAY_RULE ("climb") && !quay_book_climb (book, event->lam, G_MAXUINT, error))
    return FALSE;
  *tail = quay_book_own_tail (book);
  return TRUE;
}

gboolean
quay_book_move (QuayBook *book, const QuayChain *branch, guint64 from, guint64 to, GError **error)
{
  QuayTail tail = quay_book_own_tail (book);
  guint64 seq = from;
  GError *failed = NULL;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (book->db, sql_range, error);
  if (stmt == NULL)
    return FALSE;
  g_assert (branch->no != tail.chain.no);
  quay_bind_int (stmt, ":first", QUAY_POS (branch->no, from));
  quay_bind_int (stmt, ":last", QUAY_POS (branch->no, to));
  for (; quay_db_next (book->db, stmt, &failed); seq++)
    {
      g_assert (QUAY_POS_SEQ (sqlite3_column_int64 (stmt, 0)) == seq);
      const guint8 *bytes = sqlite3_column_blob (stmt, 1);
      gsize len = (gsize)sqlite3_column_bytes (stmt, 1) - !QUAY_RULE ("same-bytes");
      if (!climb_to (book, &tail, bytes, len, error) ||
          !quay_book_append (book, &tail, bytes, len, error))
        return FALSE;
    }
  g_assert (failed != NULL || seq == to + 1);
  return quay_db_settle (failed, error) &&
         quay_log_note_lam (book->db, tail.chain.no, tail.lam, error);
}

/* The records of the chain that stand from @from on, to the own chain. @chains: as before they were
 * superseded. */
static gboolean
move_standing (QuayBook *book, GArray *chains, const QuayId *id, guint64 from, guint64 last,
               GError **error)
{
  while (from <= last)
    {
      const QuayChain *branch = quay_log_branch_at (chains, id, from);
      g_assert (branch != NULL);
      guint64 to = branch->superseded > 0 ? MIN (last, branch->superseded - 1) : last;
      if (!quay_book_move (book, branch, from, to, error))
        return FALSE;
      from = to + 1;
    }
  return TRUE;
}

static gboolean
begin_and_move (QuayBook *book, const QuayNewChain *wish, GArray *chains, const QuayChain *chain,
                GError **error)
{
  guint64 last;
  QuayHash head;
  const QuayId *id = wish->parent != NULL ? wish->parent : &book->log.chain.id;
  const QuayChain *parent = quay_log_by_id (chains, id);
  if (parent == NULL || !quay_id_equal (&parent->till, &book->log.chain.till))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no chain of this till");
      return FALSE;
    }
  if (!quay_log_end (book->db, chains, id, &last, &head, error))
    return FALSE;
  guint64 first = wish->from > 0 ? MIN (wish->from, last + 1) : last + 1;
  if (first <= last && !quay_log_supersede (book->db, id, first, error))
    return FALSE;
  return quay_book_begin_chain (book, chain, parent, first, last + 1 - first, error) &&
         (!QUAY_RULE ("move") || move_standing (book, chains, id, first, last, error));
}

gboolean
quay_book_follow (QuayBook *book, const QuayNewChain *wish, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  QuayChain chain = book->log.chain;
  g_autoptr (GArray) chains = quay_log_chains (book->db, error);
  if (chains == NULL)
    return FALSE;
  if (wish->code != NULL)
    g_strlcpy (chain.code, wish->code, sizeof chain.code);
  g_autofree char *letter = quay_log_free_letter (chains, chain.code, wish->letter);
  g_strlcpy (chain.letter, letter, sizeof chain.letter);
  chain.id = quay_id_new (&book->env);
  return quay_book_begin (book, &scope, error) &&
         begin_and_move (book, wish, chains, &chain, error) &&
         quay_book_commit (book, &scope, error);
}

/* --- for the store's users --- */

static gboolean
new_chain_cb (QuayStore *store, gpointer data, GError **error)
{
  GError *failed = NULL;
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL)
    return FALSE;
  if (quay_book_follow (book, data, &failed))
    {
      store->dirty = TRUE;
      /* The note only helps: it tells when a file from before this moment is put back. */
      quay_head_write (store->dir, &book->log, NULL);
      return TRUE;
    }
  quay_store_latch_if_of_disk (store, failed);
  g_propagate_error (error, failed);
  return FALSE;
}

static gboolean
begin_as_wished (QuayStore *store, QuayNewChain *wish, GError **error)
{
  if ((wish->code == NULL || quay_till_code_is_sound (wish->code)) &&
      (wish->letter == NULL || quay_letter_is_sound (wish->letter)))
    return quay_store_call (store, QUAY_LANE_BACKGROUND, new_chain_cb, wish, error);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s%s' can't name a chain",
               wish->code != NULL ? wish->code : "", wish->letter != NULL ? wish->letter : "");
  return FALSE;
}

gboolean
quay_store_new_chain (QuayStore *store, const char *code, const char *letter, guint64 from,
                      GError **error)
{
  QuayNewChain wish = { code, letter, NULL, from };
  return begin_as_wished (store, &wish, error);
}

gboolean
quay_store_move_chain (QuayStore *store, const QuayId *chain, const char *letter, guint64 from,
                       GError **error)
{
  QuayNewChain wish = { NULL, letter, chain, from };
  return begin_as_wished (store, &wish, error);
}
