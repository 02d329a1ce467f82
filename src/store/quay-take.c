/* Taking a run: compare what is here, let what differs stand no more, append and book the rest. In
 * short transactions, each ended when the counter wants the disk. */
#include "quay-take.h"

#include "quay-rule.h"
#include "quay-store-sync.h"

#include <string.h>

#define WORK_MS 8       /* of a transaction before its commit: a sale may have to wait for it */
#define RECORDS_BUSY 20 /* at most in one, while people sell */
#define ITEMS_MAX 50    /* items to be derived at its end */

/* What the next transaction does, found before it begins. */
typedef struct
{
  QuayTail tail;     /* where the records go; chain.no 0: a branch is to be made */
  guint64 supersede; /* 0, or the seq from which on nothing stands any more */
  GArray *chains;    /* QuayChain: as they are */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->chains, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static guint64
seq_of (const QuayTake *take, guint i)
{
  return (guint64)take->run->from + i;
}

static gboolean
refuse (const QuayTake *take, guint i, const char *why, GError **error)
{
  const QuayEnvelope *run = take->run;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
               "record %" G_GUINT64_FORMAT " of chain %s%s: %s", seq_of (take, i),
               run->code != NULL ? run->code : "", run->letter != NULL ? run->letter : "", why);
  return FALSE;
}

/* --- what is to be done --- */

/* A chain begins with its birth, which names it. One of a later form is kept like any record. */
static gboolean
check_birth (const QuayTake *take, GError **error)
{
  gsize len;
  g_autoptr (GError) why = NULL;
  const QuayEnvelope *run = take->run;
  const guint8 *bytes = g_bytes_get_data (run->records->pdata[0], &len);
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, &why);
  if (event == NULL)
    return g_error_matches (why, QUAY_ERROR, QUAY_ERROR_NEWER) ||
           refuse (take, 0, "is not a birth", error);
  const QuayBirth *birth = event->body;
  if (event->kind != QUAY_EVENT_BIRTH || !quay_id_equal (&birth->till, &run->till) ||
      g_strcmp0 (birth->code, run->code) != 0 || g_strcmp0 (birth->letter, run->letter) != 0)
    return refuse (take, 0, "is not the birth of this chain", error);
  return TRUE;
}

static gboolean
check_name (const QuayTake *take, GError **error)
{
  const QuayEnvelope *run = take->run;
  const QuayChain *chain = NULL;
  gsize code = run->code != NULL ? strlen (run->code) : 0;
  gsize letter = run->letter != NULL ? strlen (run->letter) : 0;
  return (code > 0 && code < sizeof chain->code && letter > 0 && letter < sizeof chain->letter) ||
         refuse (take, 0, "the chain has no name", error);
}

static gboolean
check_chain (const QuayTake *take, GArray *chains, GError **error)
{
  const QuayEnvelope *run = take->run;
  const QuayChain *known = quay_log_by_id (chains, &run->chain);
  if (known != NULL && !quay_id_equal (&known->till, &run->till))
    return refuse (take, 0, "names another till", error);
  if (known == NULL && run->from != 1)
    return refuse (take, 0, "the chain does not begin here", error);
  if (known == NULL)
    return check_name (take, error) && check_birth (take, error);
  for (guint i = 0; i < chains->len && !take->by_hand; i++)
    {
      const QuayChain *chain = &g_array_index (chains, QuayChain, i);
      if (chain->mine && quay_id_equal (&chain->id, &run->chain))
        return refuse (take, 0, "this program appends to the chain itself", error);
    }
  return TRUE;
}

static const QuayHash *
hash_before (const QuayTake *take, guint i)
{
  return i > 0 ? &g_array_index (take->hashes, QuayHash, i - 1) : &take->run->prev;
}

/* Moves take->at over the records that are here. FALSE with an error if what comes before is not
 * what is here. */
static gboolean
skip_known (QuayTake *take, QuayDb *db, GArray *chains, gboolean *differs, GError **error)
{
  QuayHash stored;
  GError *failed = NULL;
  const QuayId *id = &take->run->chain;
  *differs = FALSE;
  if (!quay_log_standing_hash (db, chains, id, seq_of (take, take->at) - 1, &stored, &failed))
    return quay_db_settle (failed, error) &&
           refuse (take, take->at, "the one before it is missing", error);
  if (!quay_hash_equal (&stored, hash_before (take, take->at)))
    return refuse (take, take->at, "does not follow the one that is here", error);
  for (; take->at < take->run->records->len; take->at++)
    {
      if (!quay_log_standing_hash (db, chains, id, seq_of (take, take->at), &stored, &failed))
        return quay_db_settle (failed, error);
      *differs = !quay_hash_equal (&stored, &g_array_index (take->hashes, QuayHash, take->at));
      if (*differs)
        return TRUE;
    }
  return TRUE;
}

/* The Lamport counter up to @pos, or a note that it must be found first. */
static gint64
counted_at (QuayTake *take, gint64 pos)
{
  if (pos == 0)
    return 0;
  if (take->counted_pos == pos)
    return take->counted;
  take->count_pos = pos;
  return -1;
}

/* The branch that the record at @seq begins: the chain itself, or another version of it. */
static void
plan_branch (QuayTake *take, Plan *plan, guint64 seq)
{
  const QuayEnvelope *run = take->run;
  QuayChain *chain = &plan->tail.chain;
  const QuayChain *known = quay_log_by_id (plan->chains, &run->chain);
  const QuayChain *before =
      seq > 1 ? quay_log_branch_at (plan->chains, &run->chain, seq - 1) : NULL;
  g_assert (seq == 1 || before != NULL);
  *chain = (QuayChain){ .id = run->chain, .till = run->till, .first = seq };
  g_strlcpy (chain->code, known != NULL ? known->code : run->code, sizeof chain->code);
  g_strlcpy (chain->letter, known != NULL ? known->letter : run->letter, sizeof chain->letter);
  chain->follows = before != NULL ? QUAY_POS (before->no, seq - 1) : 0;
  chain->acked = known != NULL ? MIN (known->acked, seq - 1) : 0;
  plan->tail.lam = counted_at (take, chain->follows);
}

static gboolean
make_plan (QuayTake *take, QuayBook *book, Plan *plan, GError **error)
{
  gboolean differs;
  const QuayId *id = &take->run->chain;
  plan->chains = quay_log_chains (book->db, error);
  if (plan->chains == NULL || !check_chain (take, plan->chains, error) ||
      !skip_known (take, book->db, plan->chains, &differs, error))
    return FALSE;
  if (take->at == take->run->records->len)
    return TRUE;
  if (differs && take->by_hand)
    return refuse (take, take->at, "is not the one that is here: the chain has forked", error);
  guint64 seq = seq_of (take, take->at);
  if (differs && seq == 1 && !check_birth (take, error))
    return FALSE;
  const QuayChain *open = differs ? NULL : quay_log_branch_at (plan->chains, id, seq);
  plan->supersede = differs ? seq : 0;
  plan->tail.seq = seq - 1;
  plan->tail.hash = *hash_before (take, take->at);
  take->count_pos = 0;
  if (open == NULL)
    {
      plan_branch (take, plan, seq);
      return TRUE;
    }
  plan->tail.chain = *open;
  plan->tail.lam = open->mine      ? book->log.own_lam
                   : open->lam < 0 ? counted_at (take, QUAY_POS (open->no, seq - 1))
                                   : open->lam;
  return TRUE;
}

/* --- one transaction --- */

/* What this till wrote under a chain of which the server has something else, and which does not
 * stand anywhere else, goes on under the present chain. */
static gboolean
save_own_records (QuayBook *book, const Plan *plan, GError **error)
{
  for (guint i = 0; i < plan->chains->len; i++)
    {
      guint64 last;
      QuayHash hash;
      const QuayChain *branch = &g_array_index (plan->chains, QuayChain, i);
      if (!branch->here || !quay_id_equal (&branch->id, &plan->tail.chain.id))
        continue;
      if (!quay_log_head (book->db, branch->no, &last, &hash, error))
        return FALSE;
      guint64 from = MAX (branch->first, plan->supersede);
      guint64 to = branch->superseded > 0 ? MIN (last, branch->superseded - 1) : last;
      if (from <= to && QUAY_RULE ("save-own") && !quay_book_move (book, branch, from, to, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_branch (QuayBook *book, Plan *plan, GError **error)
{
  if (plan->supersede > 0 && QUAY_RULE ("supersede") &&
      (!quay_log_supersede (book->db, &plan->tail.chain.id, plan->supersede, error) ||
       !save_own_records (book, plan, error)))
    return FALSE;
  return plan->tail.chain.no != 0 || quay_log_add_chain (book->db, &plan->tail.chain, error);
}

gboolean
quay_store_must_end (QuayStore *store, gint64 since)
{
  return quay_store_mono (store) - since > WORK_MS || quay_store_counter_waits (store) ||
         quay_apply_pending (store->book->apply) > ITEMS_MAX;
}

/* Appends from record @from on until it is time to let go, one at least; returns how many through
 * @n. */
static gboolean
append_some (QuayStore *store, const QuayTake *take, QuayTail *tail, guint *n, GError **error)
{
  gint64 since = quay_store_mono (store);
  guint len = take->run->records->len - take->at;
  guint most = quay_store_counter_is_busy (store) ? MIN (len, RECORDS_BUSY) : len;
  *n = 0;
  do
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (take->run->records->pdata[take->at + *n], &size);
      if (!quay_book_append (store->book, tail, bytes, size, error))
        return FALSE;
      g_assert (
          quay_hash_equal (&tail->hash, &g_array_index (take->hashes, QuayHash, take->at + *n)));
      ++*n;
    }
  while (*n < most && !quay_store_must_end (store, since));
  return TRUE;
}

/* What the server has said of another till's chain; of the own ones acknowledgements tell. */
static gboolean
note_seal (QuayStore *store, const QuayTake *take, const QuayTail *tail, guint n, GError **error)
{
  const QuayEnvelope *run = take->run;
  if (take->by_hand || take->at + n < run->records->len || quay_id_equal (&run->till, &store->till))
    return TRUE;
  return quay_log_note_acked (store->book->db, &run->chain, tail->seq, &run->seal, error);
}

static gboolean
take_some (QuayStore *store, QuayTake *take, GError **error)
{
  guint n;
  QuayBook *book = store->book;
  g_auto (QuayScope) scope = { NULL };
  g_auto (Plan) plan = { .chains = NULL };
  if (!make_plan (take, book, &plan, error))
    return FALSE;
  if (take->at == take->run->records->len || take->count_pos != 0)
    return TRUE;
  if (!quay_book_begin (book, &scope, error) || !open_branch (book, &plan, error) ||
      !append_some (store, take, &plan.tail, &n, error) ||
      !quay_log_note_lam (book->db, plan.tail.chain.no, plan.tail.lam, error) ||
      !note_seal (store, take, &plan.tail, n, error) || !quay_book_commit (book, &scope, error))
    return FALSE;
  store->dirty = TRUE;
  take->at += n;
  take->n += n;
  return TRUE;
}

static gboolean
take_cb (QuayStore *store, gpointer data, GError **error)
{
  GError *failed = NULL;
  if (quay_store_book (store, error) == NULL)
    return FALSE;
  store->one_of_many = TRUE;
  if (take_some (store, data, &failed))
    return TRUE;
  quay_store_latch_if_of_disk (store, failed);
  g_propagate_error (error, failed);
  return FALSE;
}

/* --- all of it --- */

/* In the caller's thread: it may read a long chain, and the journal before a place never changes.
 */
static gboolean
find_count (QuayStore *store, QuayTake *take, GError **error)
{
  g_autoptr (QuayAside) aside = quay_store_aside (store, error);
  g_autoptr (GArray) chains = aside != NULL ? quay_log_chains (aside->db, error) : NULL;
  if (chains == NULL ||
      !quay_log_count_lam (aside->db, chains, take->count_pos, &take->counted, error))
    return FALSE;
  take->counted_pos = take->count_pos;
  take->count_pos = 0;
  return TRUE;
}

gboolean
quay_take_run (QuayStore *store, QuayTake *take, GError **error)
{
  g_assert (take->hashes->len == take->run->records->len);
  while (take->at < take->run->records->len)
    if (!quay_store_call (store, QUAY_LANE_BACKGROUND, take_cb, take, error) ||
        (take->count_pos != 0 && !find_count (store, take, error)))
      return FALSE;
  return TRUE;
}

/* --- from the server --- */

static gboolean
check_run (const QuayTake *take, GError **error)
{
  const QuayEnvelope *run = take->run;
  if (run->from < 1 || run->from + run->records->len >= QUAY_POS (1, 0))
    return refuse (take, 0, "can't be a record's place", error);
  if (run->from == 1 && !quay_hash_equal (&run->prev, &QUAY_HASH_ZERO))
    return refuse (take, 0, "follows something", error);
  for (guint i = 0; i < run->records->len; i++)
    {
      gsize len;
      const void *bytes = g_bytes_get_data (run->records->pdata[i], &len);
      if (len == 0 || len > QUAY_EVENT_MAX_BYTES || memchr (bytes, '\n', len) != NULL)
        return refuse (take, i, "is not one line of 1 to 65,536 bytes", error);
    }
  return quay_envelope_check (run, take->hashes) ||
         refuse (take, 0, "does not lead to the head that was given", error);
}

gboolean
quay_store_take_run (QuayStore *store, const QuayEnvelope *envelope, guint64 *n, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  QuayTake take = { .run = envelope, .hashes = hashes };
  gboolean ok = check_run (&take, error) && quay_take_run (store, &take, error);
  if (n != NULL)
    *n = take.n;
  return ok;
}
