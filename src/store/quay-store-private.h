/* The inside of the store, for its files, its tests and benches. */
#pragma once

#include "quay-book.h"
#include "quay-lock.h"
#include "quay-store-sync.h"
#include "quay-store.h"

G_BEGIN_DECLS

/**
 * QuayStoreFlags:
 * @QUAY_STORE_QUIET: no work of its own accord when idle (checkpoint, note of the head, ranks,
 *   backups), so that tests and benches count only what they ask for
 * @QUAY_STORE_STAMPED: an event that brings a ts keeps it, without doubt, and has that moment's
 * day: for the generator of shops, whose sales lie in the past
 * @QUAY_STORE_SMALL_LOG: the log is full after a few sales, so that tests see what happens then
 */
typedef enum
{
  QUAY_STORE_DEFAULT = 0,
  QUAY_STORE_QUIET = 1 << 0,
  QUAY_STORE_NO_BACKUPS = 1 << 1,
  QUAY_STORE_STAMPED = 1 << 2,
  QUAY_STORE_SMALL_LOG = 1 << 3,
} QuayStoreFlags;

/** quay_store_open() with a VFS by name (NULL for the system's) and flags. */
QuayStore *quay_store_open_full (const char *dir, const QuayEnv *env, const char *vfs,
                                 QuayStoreFlags flags, GError **error);

/** Called in its turn as a commit passes "begin", "written", "committed": for tests that
 * end the program there. */
typedef void (*QuayPoint) (const char *name, gpointer data);
void quay_store_set_point (QuayStore *store, QuayPoint point, gpointer data);

#define QUAY_STORE_IDLE_US (2 * G_USEC_PER_SEC)

/** Does the idle work now, on the store's thread. */
gboolean quay_store_idle_now (QuayStore *store, GError **error);

/* --- between the store's files --- */

typedef gboolean (*QuayStoreFunc) (QuayStore *store, gpointer data, GError **error);

/** Runs @func in its turn and waits for it: on the store's thread, or, for the counter while nobody
 * has the turn or waits for it, right here. Not from within a turn. */
gboolean quay_store_call (QuayStore *store, QuayLane lane, QuayStoreFunc func, gpointer data,
                          GError **error);

/** The same without waiting, on the store's thread: @func gets @task (transfer full) as its data,
 * which is then returned as a boolean. */
void quay_store_post (QuayStore *store, QuayLane lane, QuayStoreFunc func, GTask *task);

struct _QuayStore
{
  /* fixed */
  char *dir;
  char *path;
  char *vfs;
  QuayStoreFlags flags;
  QuayEnv env;
  QuayId till;
  gboolean rolled_back;
  gboolean training; /* a copy to practise on */
  gboolean view;     /* a copy to look at */
  QuayLock *lock;
  GThread *thread;

  /* whoever has the turn */
  QuayBook *book;     /* NULL while latched */
  gboolean dirty;     /* something is in the log that is not in the file */
  int brought_in;     /* frames of the log that are in the file as well */
  gboolean unsettled; /* a sync failed: what the log holds may not be on the disk */
  QuayPoint point;
  gpointer point_data;
  GThread *copier;       /* the automatic backup under way; then only it touches the next line */
  gint64 copy_again;     /* not tried before this, monotonic: after a failure */
  gboolean may_give_way; /* the transaction under way stops if the counter asks for something */
  gboolean gave_way;     /* and did: nothing of it was written, it is to be begun anew */
  gboolean one_of_many;  /* the request under way takes records, and more may follow */
  gint64 counter_at;     /* when the counter's last request was done; 0: none yet */

  /* under the mutex */
  GMutex mutex;
  GCond wake;
  GQueue lanes[2]; /* requests */
  gboolean closing;
  gboolean busy;      /* somebody has the turn … */
  GThread *owner;     /* … this thread */
  gboolean full;      /* the log is to be brought in before anything else … */
  QuayLane filled_by; /* … but before the counter only if that has filled it */
  gint64 next_idle;   /* monotonic */
  gboolean copied;    /* the copier is done */
  QuayLog head;       /* of the own chain, as last answered */
  gint64 server_ts;
  guint items_serial;
  guint booked_serial;
  gint64 backup_ts;
  char *backup_why;

  int cutoff;         /* atomic */
  const char *code;   /* atomic; interned, so that whoever has one may keep it */
  const char *letter; /* the same */

  GMutex aside_lock;
  QuayDb *aside; /* under it: reads for sync; NULL: to be opened */

  GMutex appended_lock;
  QuayAppended appended; /* under it */
  gpointer appended_data;
};

/** The open file, reopened if it was latched; NULL with the error that every request gets. */
QuayBook *quay_store_book (QuayStore *store, GError **error);

/** Closes the handle after a failure; each later request tries to reopen, once. */
void quay_store_latch (QuayStore *store);
/** The same if @failed is a failure of the disk, after which nothing is known of the handle. */
void quay_store_latch_if_of_disk (QuayStore *store, const GError *failed);

/** Whether a file is marked in `local` as a copy of the kind that @key says. */
gboolean quay_training_has_mark (QuayDb *db, const char *key, gboolean *marked, GError **error);
gboolean quay_training_mark (QuayDb *db, const char *key, const char *value, GError **error);
/** Copies a file that a till may be writing, as of now; @path must not exist. */
gboolean quay_training_copy (const char *from, const char *vfs, const char *path, GError **error);
/** Whether a file is marked as one to look at. */
gboolean quay_view_is_marked (QuayDb *db, gboolean *marked, GError **error);
/** FALSE with QUAY_ERROR_REFUSED. */
gboolean quay_view_refuse (GError **error);
/** Whether a file is marked as one for training. */
gboolean quay_training_is_marked (QuayDb *db, gboolean *marked, GError **error);
/** FALSE with QUAY_ERROR_REFUSED. */
gboolean quay_training_refuse (GError **error);

/** The monotonic clock, ms. */
gint64 quay_store_mono (QuayStore *store);

/** TRUE if the counter asked for something in the last seconds; in a turn. */
gboolean quay_store_counter_is_busy (QuayStore *store);

/** Whether a background transaction, begun at @since of that clock, should commit: the counter
 * waits, or it would soon have to wait too long. On the store's thread. */
gboolean quay_store_must_end (QuayStore *store, gint64 since);

/** Tells who waits for own records that there are some. */
void quay_store_tell_appended (QuayStore *store);

/** Books what older programs held, if this program has not tried yet. Before the thread starts. */
void quay_store_retry_at_opening (QuayStore *store);

/** Reads for sync: a connection beside the store's thread and a snapshot, for one thread at a time.
 */
typedef struct
{
  QuayStore *store;
  QuayDb *db;
  QuayScope scope;
} QuayAside;

/** Waits until it is free; (transfer full), NULL on error. Not in a turn. */
QuayAside *quay_store_aside (QuayStore *store, GError **error);
void quay_aside_free (QuayAside *aside);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayAside, quay_aside_free)

/** Books one transaction; in a turn. */
QuayResult *quay_store_run_txn (QuayStore *store, QuayTxn *txn, GError **error);

/** The store's thread; @store is its only argument. */
gpointer quay_store_run_thread (gpointer store);

/** Tells others of the chain's head as it is now; in a turn. */
void quay_store_publish (QuayStore *store);

/** Brings the log into the file; in a turn. */
void quay_store_checkpoint (QuayStore *store);
/** TRUE if that should be done before anything else, after a request of @lane; in a turn. */
gboolean quay_store_log_is_full (QuayStore *store, QuayLane lane);
/** What waits for a quiet moment; in a turn of the store's thread. */
void quay_store_do_idle_work (QuayStore *store);

/** TRUE if a request of the counter waits. */
gboolean quay_store_counter_waits (QuayStore *store);

/** Ranks of items by what was sold lately, once a day; in a turn. */
gboolean quay_store_refresh_ranks (QuayStore *store, GError **error);

/** Starts an automatic backup if one is due; in a turn. */
void quay_store_backup_when_due (QuayStore *store);
/** Waits for the automatic backup to end; on closing. */
void quay_store_backup_join (QuayStore *store);

struct _QuayTxn
{
  GPtrArray *events; /* QuayEvent */
  GPtrArray *marks;  /* local writes */
  QuayProgress progress;
  gpointer progress_data;
};

/** The drafts, keys, marks and locals of a transaction, in order. */
gboolean quay_txn_write_marks (QuayTxn *txn, QuayDb *db, gint64 now, GError **error);

/** The lock, and an interrupted restore or moving aside brought to its end. */
QuayLock *quay_store_take_dir (const char *dir, GError **error);

/** FALSE with QUAY_ERROR_DAMAGED if the file is gone from a folder that has the note of its head: a
 * new shop there would use the numbers of the old one again. The lock is held. */
gboolean quay_store_check_not_lost (const char *dir, GError **error);

/** Renames the file and its side files to quay-WORD-DATE.db…; the lock is held. */
gboolean quay_store_put_aside (const char *dir, const char *word, const QuayEnv *env, char **moved,
                               GError **error);

G_END_DECLS
