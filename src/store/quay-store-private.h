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
 */
typedef enum
{
  QUAY_STORE_DEFAULT = 0,
  QUAY_STORE_QUIET = 1 << 0,
  QUAY_STORE_NO_BACKUPS = 1 << 1,
  QUAY_STORE_STAMPED = 1 << 2,
} QuayStoreFlags;

/** quay_store_open() with a VFS by name (NULL for the system's) and flags. */
QuayStore *quay_store_open_full (const char *dir, const QuayEnv *env, const char *vfs,
                                 QuayStoreFlags flags, GError **error);

/** Called on the store's thread as a commit passes "begin", "written", "committed": for tests that
 * end the program there. */
typedef void (*QuayPoint) (const char *name, gpointer data);
void quay_store_set_point (QuayStore *store, QuayPoint point, gpointer data);

/** Does the idle work now, on the store's thread. */
gboolean quay_store_idle_now (QuayStore *store, GError **error);

/* --- between the store's files --- */

typedef gboolean (*QuayStoreFunc) (QuayStore *store, gpointer data, GError **error);

/** Runs @func on the store's thread, in its lane, and waits for it. */
gboolean quay_store_call (QuayStore *store, QuayLane lane, QuayStoreFunc func, gpointer data,
                          GError **error);

typedef struct QuayRequest QuayRequest;

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
  QuayLock *lock;
  GThread *thread;

  /* the store's thread */
  QuayBook *book;     /* NULL while latched */
  gboolean dirty;     /* something is in the log that is not in the file */
  gboolean unsettled; /* a sync failed: what the log holds may not be on the disk */
  gint64 next_idle;
  QuayPoint point;
  gpointer point_data;
  GThread *copier;       /* the automatic backup under way; then only it touches the next line */
  gint64 copy_again;     /* not tried before this, monotonic: after a failure */
  gboolean may_give_way; /* the transaction under way stops if the counter asks for something */
  gboolean gave_way;     /* and did: nothing of it was written, it is to be begun anew */

  /* under the mutex */
  GMutex mutex;
  GCond wake;
  GQueue lanes[2]; /* QuayRequest */
  gboolean closing;
  gboolean busy;
  gboolean copied; /* the copier is done */
  QuayLog head;    /* of the own chain, as last answered */
  gint64 server_ts;
  guint items_serial;
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

/** Whether a background transaction, begun at @since (monotonic µs), should commit: the counter
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

/** Waits until it is free; (transfer full), NULL on error. Not from the store's thread. */
QuayAside *quay_store_aside (QuayStore *store, GError **error);
void quay_aside_free (QuayAside *aside);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayAside, quay_aside_free)

/** Books one transaction; on the store's thread. */
QuayResult *quay_store_run_txn (QuayStore *store, QuayTxn *txn, GError **error);

/** TRUE if a request of the counter waits; on the store's thread. */
gboolean quay_store_counter_waits (QuayStore *store);

/** Ranks of items by what was sold lately, once a day; on the store's thread. */
gboolean quay_store_refresh_ranks (QuayStore *store, GError **error);

/** Starts an automatic backup if one is due; on the store's thread. */
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
