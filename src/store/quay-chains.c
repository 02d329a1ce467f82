/* What sync asks of the store: chains and how far they are acknowledged, runs of records out, the
 * hash at a place. Read beside the store's thread, on a connection of their own. */
#include "quay-store-private.h"
#include "quay-store-sync.h"

#include <string.h>

#define SERVER_TIME_STEP_MS (10 * 60 * 1000)

static const char sql_run[] = "SELECT hash, bytes FROM journal WHERE pos BETWEEN :first AND :last "
                              "ORDER BY pos";
enum
{
  RUN_HASH,
  RUN_BYTES,
};
static const char sql_server_time[] =
    "INSERT INTO local (key, value) VALUES ('server.time', :ts)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE abs(value - :ts) >= :step";

/* --- the reading connection --- */

QuayAside *
quay_store_aside (QuayStore *store, GError **error)
{
  QuayAside *aside = g_new0 (QuayAside, 1);
  g_mutex_lock (&store->aside_lock);
  aside->store = store;
  if (store->aside == NULL)
    store->aside = quay_db_open (store->path, QUAY_DB_READ, store->vfs, error);
  aside->db = store->aside;
  if (aside->db != NULL && quay_scope_begin (&aside->scope, aside->db, FALSE, error))
    return aside;
  g_clear_pointer (&store->aside, quay_db_free); /* the next one who asks tries anew */
  quay_aside_free (aside);
  return NULL;
}

void
quay_aside_free (QuayAside *aside)
{
  if (aside == NULL)
    return;
  quay_scope_clear (&aside->scope);
  g_mutex_unlock (&aside->store->aside_lock);
  g_free (aside);
}

/* --- chains --- */

static gboolean
fill_state (QuayStore *store, QuayDb *db, GArray *chains, const QuayChain *chain,
            QuayChainState *state, GError **error)
{
  *state = (QuayChainState){ .id = chain->id, .till = chain->till };
  g_strlcpy (state->code, chain->code, sizeof state->code);
  g_strlcpy (state->letter, chain->letter, sizeof state->letter);
  state->own = quay_id_equal (&chain->till, &store->till);
  state->acked = state->own ? chain->acked : 0;
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *branch = &g_array_index (chains, QuayChain, i);
      state->mine |= branch->mine && quay_id_equal (&branch->id, &chain->id);
    }
  return quay_log_end (db, chains, &chain->id, &state->seq, &state->head, error);
}

GArray *
quay_store_chains (QuayStore *store, GError **error)
{
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  g_autoptr (GArray) chains = aside != NULL ? quay_log_chains (aside->db, error) : NULL;
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (QuayChainState));
  if (chains == NULL)
    return NULL;
  for (guint i = 0; i < chains->len; i++)
    {
      QuayChainState state;
      const QuayChain *chain = &g_array_index (chains, QuayChain, i);
      if (quay_log_by_id (chains, &chain->id) != chain)
        continue;
      if (!fill_state (store, aside->db, chains, chain, &state, error))
        return NULL;
      g_array_append_val (states, state);
    }
  return g_steal_pointer (&states);
}

gboolean
quay_store_hash_at (QuayStore *store, const QuayId *chain, guint64 seq, QuayHash *hash,
                    GError **error)
{
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  g_autoptr (GArray) chains = aside != NULL ? quay_log_chains (aside->db, error) : NULL;
  return chains != NULL && quay_log_by_id (chains, chain) != NULL &&
         quay_log_standing_hash (aside->db, chains, chain, seq, hash, error);
}

/* --- a run --- */

/* Adds the records of a branch from the run's next seq on; *more tells whether there is room. */
static gboolean
add_records (QuayEnvelope *run, QuayDb *db, const QuayChain *branch, guint max, gsize *room,
             gboolean *more, GError **error)
{
  GError *failed = NULL;
  guint64 seq = (guint64)run->from + run->records->len;
  gint64 last = branch->superseded > 0 ? QUAY_POS (branch->no, branch->superseded) - 1
                                       : QUAY_POS (branch->no + 1, 0) - 1;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_run, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":first", QUAY_POS (branch->no, seq));
  quay_bind_int (stmt, ":last", last);
  while (*more && quay_db_next (db, stmt, &failed))
    {
      gsize len = (gsize)sqlite3_column_bytes (stmt, RUN_BYTES);
      *more = run->records->len == 0 || len <= *room;
      if (!*more)
        break;
      *room -= MIN (len, *room);
      run->head = quay_column_hash (stmt, RUN_HASH);
      g_ptr_array_add (run->records, g_bytes_new (sqlite3_column_blob (stmt, RUN_BYTES), len));
      *more = run->records->len < max;
    }
  return quay_db_settle (failed, error);
}

static gboolean
fill_run (QuayEnvelope *run, QuayDb *db, GArray *chains, guint max, gsize max_bytes, GError **error)
{
  gboolean more = max > 0;
  for (;;)
    {
      guint before = run->records->len;
      const QuayChain *branch =
          quay_log_branch_at (chains, &run->chain, (guint64)run->from + before);
      if (branch == NULL || !more)
        return TRUE;
      if (!add_records (run, db, branch, max, &max_bytes, &more, error))
        return FALSE;
      if (run->records->len == before)
        return TRUE;
    }
}

static gboolean
set_error_here (GError **error, int code, const char *what)
{
  g_set_error_literal (error, QUAY_ERROR, code, what);
  return FALSE;
}

static gboolean
begin_run (QuayEnvelope *run, QuayDb *db, const QuayChain *chain, GArray *chains, GError **error)
{
  GError *failed = NULL;
  run->chain = chain->id;
  run->till = chain->till;
  run->code = g_strdup (chain->code);
  run->letter = g_strdup (chain->letter);
  if (run->from >= 1 && run->from < QUAY_POS (1, 0) &&
      quay_log_standing_hash (db, chains, &run->chain, (guint64)run->from - 1, &run->prev, &failed))
    {
      run->head = run->prev;
      return TRUE;
    }
  return quay_db_settle (failed, error) &&
         set_error_here (error, QUAY_ERROR_INVALID, "the chain does not go so far");
}

QuayEnvelope *
quay_store_read_run (QuayStore *store, const QuayId *chain, guint64 from, guint max,
                     gsize max_bytes, GError **error)
{
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  g_autoptr (GArray) chains = aside != NULL ? quay_log_chains (aside->db, error) : NULL;
  g_autoptr (QuayEnvelope) run = quay_envelope_new ();
  if (chains == NULL)
    return NULL;
  const QuayChain *known = quay_log_by_id (chains, chain);
  run->from = (gint64)from;
  if (known == NULL)
    {
      set_error_here (error, QUAY_ERROR_NOT_FOUND, "no chain of that id is here");
      return NULL;
    }
  if (!begin_run (run, aside->db, known, chains, error) ||
      !fill_run (run, aside->db, chains, max, max_bytes, error))
    return NULL;
  return g_steal_pointer (&run);
}

/* --- acknowledged --- */

typedef struct
{
  const QuayId *chain;
  guint64 seq;
  const QuaySig *seal;
  gint64 server_time;
} Acked;

static gboolean
write_acked (QuayBook *book, const Acked *acked, GError **error)
{
  if (!quay_log_note_acked (book->db, acked->chain, acked->seq, acked->seal, error))
    return FALSE;
  g_autoptr (QuayStmt) time = quay_db_stmt (book->db, sql_server_time, error);
  if (time == NULL)
    return FALSE;
  quay_bind_int (time, ":ts", acked->server_time);
  quay_bind_int (time, ":step", SERVER_TIME_STEP_MS);
  return acked->server_time <= 0 || quay_db_done (book->db, time, error);
}

static gboolean
check_acked (QuayStore *store, QuayBook *book, const Acked *acked, GError **error)
{
  guint64 seq;
  QuayHash head;
  g_autoptr (GArray) chains = quay_log_chains (book->db, error);
  if (chains == NULL || !quay_log_end (book->db, chains, acked->chain, &seq, &head, error))
    return FALSE;
  const QuayChain *chain = quay_log_by_id (chains, acked->chain);
  if (chain == NULL || !quay_id_equal (&chain->till, &store->till))
    return set_error_here (error, QUAY_ERROR_INVALID, "no chain of this till");
  return acked->seq <= seq ||
         set_error_here (error, QUAY_ERROR_INVALID, "the chain does not go so far");
}

static gboolean
set_acked_cb (QuayStore *store, gpointer data, GError **error)
{
  const Acked *acked = data;
  GError *failed = NULL;
  g_auto (QuayScope) scope = { NULL };
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL)
    return FALSE;
  if (!check_acked (store, book, acked, &failed) || !quay_book_begin (book, &scope, &failed) ||
      !write_acked (book, acked, &failed) || !quay_book_commit (book, &scope, &failed))
    {
      quay_scope_clear (&scope);
      quay_store_latch_if_of_disk (store, failed);
      g_propagate_error (error, failed);
      return FALSE;
    }
  if (acked->server_time > 0)
    book->server_ts = acked->server_time;
  store->dirty = TRUE;
  return TRUE;
}

gboolean
quay_store_set_acked (QuayStore *store, const QuayId *chain, guint64 seq, const QuaySig *seal,
                      gint64 server_time, GError **error)
{
  Acked acked = { chain, seq, seal, server_time };
  return quay_store_call (store, QUAY_LANE_BACKGROUND, set_acked_cb, &acked, error);
}

/* --- who waits for records --- */

void
quay_store_set_appended (QuayStore *store, QuayAppended func, gpointer data)
{
  g_mutex_lock (&store->appended_lock);
  store->appended = func;
  store->appended_data = data;
  g_mutex_unlock (&store->appended_lock);
}

void
quay_store_tell_appended (QuayStore *store)
{
  g_mutex_lock (&store->appended_lock);
  if (store->appended != NULL)
    store->appended (store->appended_data);
  g_mutex_unlock (&store->appended_lock);
}
