/* One transaction from QuayTxn to QuayResult, and what happens when the disk fails in it. */
#include "quay-store-private.h"

#include "quay-ballast.h"

#define PROGRESS_STEP 100
#define STEPS_MOST 100 /* records of climbing before a transaction's own */
#define PACE_OPS 20000 /* of SQLite's machine, a few milliseconds */

void
quay_result_free (QuayResult *result)
{
  if (result == NULL)
    return;
  g_clear_pointer (&result->events, g_ptr_array_unref);
  g_clear_pointer (&result->hashes, g_array_unref);
  g_free (result);
}

static QuayResult *
make_result (void)
{
  QuayResult *result = g_new0 (QuayResult, 1);
  result->events = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_event_free);
  result->hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  return result;
}

/* --- progress: the newest figure, in the main context, as long as the transaction runs --- */

typedef struct
{
  gint refs;
  gint done;
  gint pending;
  gint dead;
  guint total;
  QuayProgress func;
  gpointer data;
} Progress;

static void
unref_progress (gpointer data)
{
  Progress *progress = data;
  if (g_atomic_int_dec_and_test (&progress->refs))
    g_free (progress);
}

static gboolean
tell_progress_cb (gpointer data)
{
  Progress *progress = data;
  g_atomic_int_set (&progress->pending, 0);
  if (!g_atomic_int_get (&progress->dead))
    progress->func ((guint)g_atomic_int_get (&progress->done), progress->total, progress->data);
  return G_SOURCE_REMOVE;
}

static Progress *
start_progress (const QuayTxn *txn)
{
  if (txn->progress == NULL)
    return NULL;
  Progress *progress = g_new0 (Progress, 1);
  progress->refs = 1;
  progress->total = txn->events->len;
  progress->func = txn->progress;
  progress->data = txn->progress_data;
  return progress;
}

static void
step_progress (Progress *progress, guint done)
{
  if (progress == NULL || done % PROGRESS_STEP != 0)
    return;
  g_atomic_int_set (&progress->done, (gint)done);
  if (!g_atomic_int_compare_and_exchange (&progress->pending, 0, 1))
    return;
  g_atomic_int_inc (&progress->refs);
  /* Not g_main_context_invoke: it calls in this thread while nobody runs the main context. */
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_progress_cb, progress, unref_progress);
}

static void
stop_progress (Progress *progress)
{
  if (progress == NULL)
    return;
  g_atomic_int_set (&progress->dead, 1);
  unref_progress (progress);
}

/* --- giving way: a long transaction of the background and a request of the counter --- */

/* Asked for once: what follows is the way back, which must not be stopped. */
static int
give_way_cb (void *data)
{
  QuayStore *store = data;
  if (store->gave_way || !quay_store_counter_waits (store))
    return 0;
  store->gave_way = TRUE;
  return 1;
}

static void
watch_counter (QuayStore *store, QuayBook *book)
{
  if (store->may_give_way)
    sqlite3_progress_handler (book->db->handle, PACE_OPS, give_way_cb, store);
}

/* From here on it goes through: a commit is never stopped half way. */
static void
stop_watching (QuayStore *store, QuayBook *book)
{
  if (store->may_give_way)
    sqlite3_progress_handler (book->db->handle, 0, NULL, NULL);
}

/* --- the transaction --- */

static void
pass_point (QuayStore *store, const char *name)
{
  if (store->point != NULL)
    store->point (name, store->point_data);
}

/* The @n records from @pos on, as they are stored. */
static QuayResult *
read_result (QuayBook *book, gint64 pos, guint n, GError **error)
{
  g_autoptr (QuayResult) result = make_result ();
  for (guint i = 0; i < n; i++)
    {
      QuayHash hash;
      QuayEvent *stored = quay_log_read (book->db, pos + i, &hash, error);
      if (stored == NULL)
        return NULL;
      g_ptr_array_add (result->events, stored);
      g_array_append_val (result->hashes, hash);
    }
  result->first_seq = QUAY_POS_SEQ (pos);
  return g_steal_pointer (&result);
}

/* Where the transaction's first event was booked before; FALSE without an error if nowhere. */
static gboolean
find_known (QuayBook *book, const QuayTxn *txn, gint64 *pos, GError **error)
{
  if (txn->events->len == 0)
    return FALSE;
  const QuayEvent *first = txn->events->pdata[0];
  return !quay_id_is_nil (&first->id) && quay_apply_find (book->db, &first->id, pos, error);
}

static gboolean
add_events (QuayBook *book, QuayTxn *txn, QuayResult *result, GError **error)
{
  Progress *progress = start_progress (txn);
  /* so that what is set here wins over all that was seen, as far as that comes in reason */
  gboolean ok =
      txn->events->len == 0 || quay_book_climb (book, book->draft.lam + 1, STEPS_MOST, error);
  result->first_seq = book->draft.seq + 1;
  for (guint i = 0; ok && i < txn->events->len; i++)
    {
      QuayHash hash;
      ok = quay_book_add (book, txn->events->pdata[i], &hash, error);
      g_array_append_val (result->hashes, hash);
      step_progress (progress, i + 1);
    }
  stop_progress (progress);
  return ok;
}

static QuayResult *
try_txn (QuayStore *store, QuayBook *book, QuayTxn *txn, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  GError *failed = NULL;
  gint64 pos;
  book->cutoff = g_atomic_int_get (&store->cutoff);
  book->stamped = (store->flags & QUAY_STORE_STAMPED) != 0;
  if (!quay_book_begin (book, &scope, error))
    return NULL;
  if (find_known (book, txn, &pos, &failed))
    {
      QuayResult *known = read_result (book, pos, 1, error);
      if (known != NULL)
        known->known = TRUE;
      return known;
    }
  if (!quay_db_settle (failed, error))
    return NULL;
  pass_point (store, "begin");
  g_autoptr (QuayResult) result = make_result ();
  watch_counter (store, book);
  gboolean done = add_events (book, txn, result, error) &&
                  quay_txn_write_marks (txn, book->db, book->env.wall_ms (book->env.data), error) &&
                  quay_apply_items (book->apply, error);
  stop_watching (store, book);
  if (!done)
    return NULL;
  pass_point (store, "written");
  if (!quay_book_commit (book, &scope, error))
    return NULL;
  pass_point (store, "committed");
  GPtrArray *events = result->events;
  result->events = g_steal_pointer (&txn->events);
  txn->events = events;
  return g_steal_pointer (&result);
}

/* --- after a failure of the disk --- */

/* Nothing is retried on the handle that failed. The file is opened anew, which empties the log into
 * it, and asked whether the transaction is there: only so is a commit that was found known to be on
 * the disk, and one that was not found sure never to come back. */
static QuayResult *
look_up (QuayStore *store, QuayTxn *txn, GError *why, GError **error)
{
  g_autoptr (GError) again = NULL;
  g_autoptr (QuayResult) there = NULL;
  gint64 pos;
  quay_store_latch_if_of_disk (store, why);
  QuayBook *book = quay_store_book (store, &again);
  if (book != NULL && find_known (book, txn, &pos, &again))
    there = read_result (book, pos, txn->events->len, &again);
  if (there != NULL && quay_db_checkpoint (book->db, SQLITE_CHECKPOINT_TRUNCATE, &again))
    {
      g_error_free (why);
      return g_steal_pointer (&there);
    }
  quay_store_latch_if_of_disk (store, again);
  g_propagate_error (error, why);
  return NULL;
}

static QuayResult *
run_once (QuayStore *store, QuayTxn *txn, GError **error)
{
  GError *failed = NULL;
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL)
    return NULL;
  QuayResult *result = try_txn (store, book, txn, &failed);
  if (result != NULL)
    {
      store->dirty |= !result->known;
      return result;
    }
  if (!store->gave_way && quay_error_is_storage (failed) &&
      !g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_BUSY))
    return look_up (store, txn, failed, error);
  g_propagate_error (error, failed);
  return NULL;
}

/* Once more, if room could be made for it: what the disk may hold of the first try was looked up,
 * and is by its id again. */
QuayResult *
quay_store_run_txn (QuayStore *store, QuayTxn *txn, GError **error)
{
  GError *failed = NULL;
  QuayResult *result = run_once (store, txn, &failed);
  if (result != NULL || store->gave_way)
    {
      g_clear_error (&failed);
      return result;
    }
  gboolean full = g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_FULL) ||
                  (quay_error_is_storage (failed) && !quay_ballast_has_room (store->dir));
  if (!full || !quay_ballast_release (store->dir))
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  g_error_free (failed);
  return run_once (store, txn, error);
}
