/* The store from open to close: its handle on the file, the work that waits for a quiet moment,
 * commits. The book (the writing connection) is touched by whoever has the turn (quay-queue.c). */
#include "quay-store-private.h"

#include "quay-backup.h"
#include "quay-ballast.h"
#include "quay-files.h"
#include "quay-head.h"
#include "quay-migrate.h"
#include "quay-wal-vfs.h"

#include <glib/gstdio.h>

#define NEVER_US (G_GINT64_CONSTANT (3650) * 24 * 3600 * G_USEC_PER_SEC)
#define SMALL_FRAMES 60
#define LOG_FRAMES(mb) ((mb)*256) /* a page and its head each */
#define BUSY_MS 10000             /* after a request of the counter */

/* --- the handle --- */

void
quay_store_latch (QuayStore *store)
{
  g_clear_pointer (&store->book, quay_book_free);
}

void
quay_store_latch_if_of_disk (QuayStore *store, const GError *failed)
{
  if (!quay_error_is_storage (failed) || g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_BUSY))
    return;
  /* a sync that fails for want of room says so, too */
  store->unsettled |= g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_IO) ||
                      g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_FULL);
  quay_store_latch (store);
}

/* Whether the file that was opened anew holds the last record that was answered: it may be another
 * file by now, or have lost its end. Then only a new start may go on, in a new chain. */
static gboolean
check_head (QuayStore *store, GError **error)
{
  QuayHash hash;
  GError *failed = NULL;
  const QuayLog *head = &store->head; /* written by whoever has the turn */
  gint64 pos = QUAY_POS (head->chain.no, head->seq);
  if (quay_log_hash_at (store->book->db, pos, &hash, &failed) &&
      quay_hash_equal (&hash, &head->hash))
    return TRUE;
  if (quay_db_settle (failed, error))
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "'%s' has lost what was written",
                 store->path);
  return FALSE;
}

/* After a failed sync the system takes what it holds of the log for written: a later commit would
 * rest on frames that a power cut takes away. So the log is emptied before anything is added. */
static gboolean
settle_log (QuayStore *store, GError **error)
{
  if (store->unsettled && !quay_db_checkpoint (store->book->db, SQLITE_CHECKPOINT_TRUNCATE, error))
    return FALSE;
  store->unsettled = FALSE;
  return TRUE;
}

QuayBook *
quay_store_book (QuayStore *store, GError **error)
{
  g_assert (store->owner == g_thread_self ());
  if (store->book != NULL)
    return store->book;
  store->book = quay_book_open (store->path, store->vfs, &store->env, error);
  store->dirty = TRUE;
  g_mutex_lock (&store->mutex);
  store->booked_serial++; /* of what failed some may be there */
  g_mutex_unlock (&store->mutex);
  if (store->book != NULL && (!check_head (store, error) || !settle_log (store, error)))
    quay_store_latch (store);
  return store->book;
}

/* --- quiet moments --- */

void
quay_store_checkpoint (QuayStore *store)
{
  g_autoptr (GError) failed = NULL;
  if (!store->dirty || store->book == NULL)
    return;
  gboolean wipe = quay_apply_has_forgotten (store->book->apply);
  if (wipe)
    quay_wal_vfs_wipe (store->book->db->handle);
  gboolean ok = quay_db_checkpoint (
      store->book->db, wipe ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &failed);
  if (!ok && !g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_BUSY))
    {
      quay_store_latch_if_of_disk (store, failed);
      return;
    }
  if (wipe && !ok)
    return; /* somebody reads; in the next quiet moment */
  if (wipe)
    quay_apply_settle_forgotten (store->book->apply);
  store->dirty = FALSE;
  store->brought_in = store->book->db->wal_frames;
}

/* The more sales a log holds, the fewer pages are written for each when it is brought in; but the
 * counter waits for the longer. After work of the background, which may go on for long, it is
 * brought in earlier; little by little while records without end are taken beside people who sell.
 */
gboolean
quay_store_log_is_full (QuayStore *store, QuayLane lane)
{
  static const int frames_max[] = {
    [QUAY_LANE_COUNTER] = LOG_FRAMES (64), [QUAY_LANE_BACKGROUND] = LOG_FRAMES (16)
  };
  gboolean little = store->one_of_many && quay_store_counter_is_busy (store);
  store->one_of_many = FALSE;
  if (store->book == NULL || !store->dirty)
    return FALSE;
  int frames = store->book->db->wal_frames;
  if (frames < store->brought_in)
    store->brought_in = 0; /* begun anew; else a reader of long ago keeps it from that */
  int most = little ? LOG_FRAMES (1) / 4 : frames_max[lane];
  return frames - store->brought_in > (store->flags & QUAY_STORE_SMALL_LOG ? SMALL_FRAMES : most);
}

gint64
quay_store_mono (QuayStore *store)
{
  return store->env.mono_ms (store->env.data);
}

gboolean
quay_store_counter_is_busy (QuayStore *store)
{
  return store->counter_at > 0 && quay_store_mono (store) - store->counter_at < BUSY_MS;
}

void
quay_store_do_idle_work (QuayStore *store)
{
  g_autoptr (GError) failed = NULL;
  gboolean was_dirty = store->dirty;
  if (!(store->flags & QUAY_STORE_QUIET))
    quay_ballast_tend (store->dir);
  quay_store_checkpoint (store);
  if (store->book == NULL)
    return;
  if (was_dirty && !quay_head_write (store->dir, &store->book->log, &failed))
    g_clear_error (&failed); /* the note only helps; the next one may succeed */
  if (!quay_store_refresh_ranks (store, &failed))
    {
      quay_store_latch_if_of_disk (store, failed);
      g_clear_error (&failed); /* an order of the list, tried again next time */
      return;
    }
  if (!(store->flags & QUAY_STORE_NO_BACKUPS) && !store->training && !store->view)
    quay_store_backup_when_due (store);
}

static gboolean
idle_now_cb (QuayStore *store, gpointer data, GError **error)
{
  if (quay_store_book (store, error) == NULL)
    return FALSE;
  store->dirty = TRUE;
  quay_store_do_idle_work (store);
  return TRUE;
}

gboolean
quay_store_idle_now (QuayStore *store, GError **error)
{
  return quay_store_call (store, QUAY_LANE_BACKGROUND, idle_now_cb, NULL, error);
}

/* What other threads may ask for. */
void
quay_store_publish (QuayStore *store)
{
  if (store->book == NULL)
    return;
  const QuayLog *log = &store->book->log;
  g_mutex_lock (&store->mutex);
  gboolean grew =
      store->head.seq != log->seq || !quay_id_equal (&store->head.chain.id, &log->chain.id);
  store->head = *log;
  store->server_ts = store->book->server_ts;
  store->items_serial += quay_apply_take_written (store->book->apply);
  store->booked_serial += quay_apply_take_booked (store->book->apply);
  g_mutex_unlock (&store->mutex);
  g_atomic_pointer_set (&store->code, g_intern_string (log->chain.code));
  g_atomic_pointer_set (&store->letter, g_intern_string (log->chain.letter));
  if (grew)
    quay_store_tell_appended (store);
}

/* --- commits --- */

typedef struct
{
  QuayTxn *txn;
  QuayResult *result;
} Commit;

static void
commit_free (gpointer data)
{
  Commit *commit = data;
  quay_txn_free (commit->txn);
  quay_result_free (commit->result);
  g_free (commit);
}

static gboolean
commit_cb (QuayStore *store, gpointer data, GError **error)
{
  Commit *commit = data;
  if (store->view)
    return quay_view_refuse (error);
  commit->result = quay_store_run_txn (store, commit->txn, error);
  return commit->result != NULL;
}

QuayResult *
quay_store_commit (QuayStore *store, QuayTxn *txn, QuayLane lane, GError **error)
{
  Commit commit = { .txn = txn };
  quay_store_call (store, lane, commit_cb, &commit, error);
  quay_txn_free (txn);
  return commit.result;
}

static gboolean
commit_async_cb (QuayStore *store, gpointer data, GError **error)
{
  GTask *task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return commit_cb (store, g_task_get_task_data (task), error);
}

void
quay_store_commit_async (QuayStore *store, QuayTxn *txn, QuayLane lane, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  Commit *commit = g_new0 (Commit, 1);
  commit->txn = txn;
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, quay_store_commit_async);
  g_task_set_check_cancellable (task, FALSE); /* what was booked is never reported as cancelled */
  g_task_set_task_data (task, commit, commit_free);
  quay_store_post (store, lane, commit_async_cb, task);
}

QuayResult *
quay_store_commit_finish (QuayStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  Commit *commit = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_steal_pointer (&commit->result);
}

/* --- open and close --- */

static void
free_store (QuayStore *store)
{
  g_clear_pointer (&store->book, quay_book_free);
  g_clear_pointer (&store->lock, quay_lock_free);
  g_clear_pointer (&store->aside, quay_db_free);
  g_mutex_clear (&store->mutex);
  g_mutex_clear (&store->aside_lock);
  g_mutex_clear (&store->appended_lock);
  g_cond_clear (&store->wake);
  g_free (store->backup_why);
  g_free (store->dir);
  g_free (store->path);
  g_free (store->vfs);
  g_free (store);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayStore, free_store)

/* An empty file is not taken for a new one: something has emptied it. */
static gboolean
check_file (QuayStore *store, GError **error)
{
  GStatBuf about;
  if (g_stat (store->path, &about) != 0)
    return quay_files_fail ("can't find", store->path, error);
  if (about.st_size > 0)
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "'%s' is empty", store->path);
  return FALSE;
}

/* An existing file is brought to this program's version, after a verified copy. */
static gboolean
migrate (QuayStore *store, GError **error)
{
  int version;
  g_autoptr (QuayDb) db = quay_db_open (store->path, QUAY_DB_WRITE, store->vfs, error);
  if (db == NULL || !quay_migrate_check (db, &version, error))
    return FALSE;
  if (version == quay_migrate_newest ())
    return TRUE;
  return quay_backup_before_migration (db, store->dir, version, &store->env, error) &&
         quay_migrate_run (db, error);
}

/* Where a mark can't be read the shop is opened as a real one: what would send it lies beside the
 * mark and can't be read either, and whoever reads from there next is told. */
static void
find_marks (QuayStore *store)
{
  g_autoptr (GError) unread = NULL;
  if (!quay_training_is_marked (store->book->db, &store->training, &unread))
    store->training = FALSE;
  g_clear_error (&unread);
  if (!quay_view_is_marked (store->book->db, &store->view, &unread))
    store->view = FALSE;
}

static gboolean
open_book (QuayStore *store, GError **error)
{
  gboolean behind;
  const QuayNewChain wish = { NULL };
  if (!check_file (store, error) || !migrate (store, error))
    return FALSE;
  store->book = quay_book_open (store->path, store->vfs, &store->env, error);
  if (store->book == NULL || !quay_head_check (store->dir, store->book->db, &behind, error))
    return FALSE;
  find_marks (store);
  if (behind && (!quay_book_follow (store->book, &wish, error) ||
                 !quay_head_write (store->dir, &store->book->log, error)))
    return FALSE;
  store->rolled_back = behind;
  store->till = store->book->log.chain.till;
  quay_store_publish (store);
  quay_store_retry_at_opening (store);
  quay_store_publish (store);
  return TRUE;
}

QuayStore *
quay_store_open_full (const char *dir, const QuayEnv *env, const char *vfs, QuayStoreFlags flags,
                      GError **error)
{
  g_autoptr (QuayStore) store = g_new0 (QuayStore, 1);
  g_mutex_init (&store->mutex);
  g_mutex_init (&store->aside_lock);
  g_mutex_init (&store->appended_lock);
  g_cond_init (&store->wake);
  store->dir = g_strdup (dir);
  store->path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  store->vfs = g_strdup (vfs);
  store->flags = flags;
  store->env = *env;
  store->dirty = TRUE;
  store->next_idle =
      g_get_monotonic_time () + (flags & QUAY_STORE_QUIET ? NEVER_US : QUAY_STORE_IDLE_US);
  store->lock = quay_store_take_dir (dir, error);
  if (store->lock != NULL && !quay_ballast_has_room (dir))
    quay_ballast_release (dir); /* opening takes room, too: the log's index */
  if (store->lock == NULL || !quay_store_check_not_lost (dir, error) || !open_book (store, error))
    return NULL;
  store->thread = g_thread_new ("store", quay_store_run_thread, store);
  return g_steal_pointer (&store);
}

QuayStore *
quay_store_open (const char *dir, const QuayEnv *env, GError **error)
{
  return quay_store_open_full (dir, env, NULL, QUAY_STORE_DEFAULT, error);
}

void
quay_store_close (QuayStore *store)
{
  g_autoptr (GError) failed = NULL;
  if (store == NULL)
    return;
  g_mutex_lock (&store->mutex);
  store->closing = TRUE;
  g_cond_signal (&store->wake);
  g_mutex_unlock (&store->mutex);
  g_thread_join (store->thread);
  quay_store_backup_join (store);
  g_clear_pointer (&store->aside, quay_db_free);
  if (store->book != NULL)
    {
      QuayLog log = store->book->log;
      if (quay_apply_has_forgotten (store->book->apply))
        quay_wal_vfs_wipe (store->book->db->handle);
      g_clear_pointer (&store->book->apply, quay_apply_free);
      /* what stays in the log is read from there next time */
      if (quay_db_close_emptied (g_steal_pointer (&store->book->db), &failed))
        quay_head_write (store->dir, &log, NULL);
    }
  free_store (store);
}

/* --- what is known of it --- */

const char *
quay_store_till_code (QuayStore *store)
{
  return g_atomic_pointer_get (&store->code);
}

const char *
quay_store_chain_letter (QuayStore *store)
{
  return g_atomic_pointer_get (&store->letter);
}

QuayId
quay_store_till_id (QuayStore *store)
{
  return store->till;
}

gboolean
quay_store_was_rolled_back (QuayStore *store)
{
  return store->rolled_back;
}

QuayDay
quay_store_day (QuayStore *store)
{
  gint64 now = store->env.wall_ms (store->env.data);
  g_mutex_lock (&store->mutex);
  QuayDay day =
      quay_book_day (&store->head, store->server_ts, now, g_atomic_int_get (&store->cutoff));
  g_mutex_unlock (&store->mutex);
  return day;
}

gboolean
quay_store_has_room (QuayStore *store)
{
  return quay_ballast_has_room (store->dir);
}

gboolean
quay_store_clock_is_wrong (QuayStore *store)
{
  gint64 now = store->env.wall_ms (store->env.data);
  g_mutex_lock (&store->mutex);
  gboolean wrong = quay_book_clock_is_wrong (&store->head, store->server_ts, now);
  g_mutex_unlock (&store->mutex);
  return wrong;
}

guint
quay_store_items_serial (QuayStore *store)
{
  g_mutex_lock (&store->mutex);
  guint serial = store->items_serial;
  g_mutex_unlock (&store->mutex);
  return serial;
}

guint
quay_store_booked_serial (QuayStore *store)
{
  g_mutex_lock (&store->mutex);
  guint serial = store->booked_serial;
  g_mutex_unlock (&store->mutex);
  return serial;
}

void
quay_store_set_cutoff (QuayStore *store, int minutes)
{
  g_return_if_fail (minutes >= 0 && minutes < 720);
  g_atomic_int_set (&store->cutoff, minutes);
}

void
quay_store_set_point (QuayStore *store, QuayPoint point, gpointer data)
{
  store->point_data = data;
  store->point = point;
}
