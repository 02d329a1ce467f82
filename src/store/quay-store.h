/* The till's file: one writing connection on its own thread. Requests go in by a queue of two lanes
 * (the counter first) and are answered once they are durable.
 *
 * Threads: any thread may submit; quay_store_open and _close belong to one owner. */
#pragma once

#include "quay-cart.h"
#include "quay-chain.h"
#include "quay-event.h"
#include "quay-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _QuayStore QuayStore;

/** The file's name in the shop's folder; beside it quay.lock, quay.sock, backups/, pictures/. */
#define QUAY_STORE_FILE "quay.db"

/**
 * QuayTxn: one verb's work, done whole or not at all: events in order, then drafts and local marks.
 */
typedef struct _QuayTxn QuayTxn;

/** An empty one; (transfer full). */
QuayTxn *quay_txn_new (void);
void quay_txn_free (QuayTxn *txn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayTxn, quay_txn_free)

/**
 * Appends an event. The caller sets kind, who, shift, loc, body and, where the event must happen at
 * most once, its id (a cart's sale); the store sets the rest at commit: id if nil, lam, day, ts,
 * mono, boot, sv, doubt and the document's number.
 * @event: (transfer full)
 */
void quay_txn_add (QuayTxn *txn, QuayEvent *event);

/** (element-type QuayEvent): its events so far; borrowed. */
const GPtrArray *quay_txn_events (QuayTxn *txn);

/** Saves an open cart (@held: put aside, with a @label that may be NULL). */
void quay_txn_save_draft (QuayTxn *txn, const QuayCart *cart, gboolean held, const char *label);
void quay_txn_drop_draft (QuayTxn *txn, const QuayId *cart);
/** Puts a draft aside as it is, whatever its text; one that can't be read is kept so. */
void quay_txn_put_draft_aside (QuayTxn *txn, const QuayId *cart);

/** Keeps the key that opens an event's sealed personal fields (outside the journal). */
void quay_txn_keep_key (QuayTxn *txn, const QuayId *event, const guint8 key[32]);

/** Notes what is known about a receipt on paper; @copies is added. */
void quay_txn_mark_print (QuayTxn *txn, const QuayId *sale, QuayPrintState state, gint64 copies);

/** Remembers something small of this till only; NULL forgets it. */
void quay_txn_set_local (QuayTxn *txn, const char *key, const char *value);

/** Called on the main context while a long transaction runs: @done of @total events booked. */
typedef void (*QuayProgress) (guint done, guint total, gpointer data);
void quay_txn_set_progress (QuayTxn *txn, QuayProgress progress, gpointer data);

/**
 * QuayResult: what a transaction did.
 * @events: (element-type QuayEvent): as committed, with their numbers
 * @hashes: QuayHash of each, same order; the receipt's code comes from it
 * @first_seq: seq of the first
 * @known: the first event's id was committed before; @events then holds the stored one and nothing
 *   was written
 */
typedef struct
{
  GPtrArray *events;
  GArray *hashes;
  guint64 first_seq;
  gboolean known;
} QuayResult;

void quay_result_free (QuayResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayResult, quay_result_free)

/** Which queue a request waits in. */
typedef enum
{
  QUAY_LANE_COUNTER,
  QUAY_LANE_BACKGROUND,
} QuayLane;

/**
 * quay_store_create:
 * @dir: the shop's folder, made if missing (0700)
 * @code: till code, 1–6 capital letters and digits (QT1)
 *
 * Makes a new file: till id, chain A, its birth record. Everything else comes by events.
 *
 * Returns: FALSE with QUAY_ERROR_EXISTS if there is one, QUAY_ERROR_DAMAGED if there was one and
 * its file is gone (a new one would use its numbers again), or a storage error.
 */
gboolean quay_store_create (const char *dir, const char *code, const QuayEnv *env, GError **error);

/** The same for a till that a server knows already: its @till id, and the @letter (1–4 capital
 * letters) of its next chain, so that no number of an earlier life is given again. */
gboolean quay_store_create_as (const char *dir, const char *code, const char *letter,
                               const QuayId *till, const QuayEnv *env, GError **error);

/**
 * quay_store_open:
 * @env: copied; its functions must work from any thread
 *
 * Takes the lock file, migrates after a verified backup, verifies the chain's tail, starts the
 * thread.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NOT_FOUND, _BUSY (another program has it),
 *   _NEWER, _DAMAGED, _READ_ONLY, _FULL or _IO. Nothing is changed or deleted on failure.
 */
QuayStore *quay_store_open (const char *dir, const QuayEnv *env, GError **error);

/** Drains the queue, checkpoints, joins the thread, releases the lock. */
void quay_store_close (QuayStore *store);

/** The names of this till and of its chain; (transfer none), any thread. They change when a new
 * chain begins (quay_store_new_chain()): ask each time. A text that was given stays valid for ever.
 */
const char *quay_store_till_code (QuayStore *store);
const char *quay_store_chain_letter (QuayStore *store);
QuayId quay_store_till_id (QuayStore *store);

/** TRUE if the file lacked records that this till had written before (it was put back from a copy
 * by hand, or the disk lost them): the store then began a new chain, whose letter follows. */
gboolean quay_store_was_rolled_back (QuayStore *store);

/** Today's business day: what the next event would get if no shift says otherwise. A clock that
 * went back, or to 1970, does not change it. Any thread. */
QuayDay quay_store_day (QuayStore *store);

/** FALSE if the disk is so full that nothing new should be begun; what must be done still can be,
 * on room that was kept for it. A system call of a microsecond. Any thread. */
gboolean quay_store_has_room (QuayStore *store);

/** True if the computer's clock can't be right; what is booked now is marked so. Any thread. */
gboolean quay_store_clock_is_wrong (QuayStore *store);

/** Minutes after midnight at which the business day begins; used for @day of new events. */
void quay_store_set_cutoff (QuayStore *store, int minutes);

/** Changes when products, their codes or prices do (not their stock), whoever wrote them. Any
 * thread. */
guint quay_store_items_serial (QuayStore *store);

/** Changes when any event is booked, whoever wrote it: what was read of the tables before holds
 * as long as it does not. Drafts and the like are no events. Any thread. */
guint quay_store_booked_serial (QuayStore *store);

/**
 * quay_store_commit:
 * @txn: (transfer full)
 *
 * Waits for the answer; the caller's own thread does the work while nobody else's waits.
 *
 * Returns: (transfer full): NULL with a storage error (nothing happened, or the outcome was looked
 *   up after a failed sync: present means it happened and a result is returned), or
 *   QUAY_ERROR_INVALID for an event that can't be booked.
 */
QuayResult *quay_store_commit (QuayStore *store, QuayTxn *txn, QuayLane lane, GError **error);

/** The same without waiting; @callback runs in the caller's thread-default main context. */
void quay_store_commit_async (QuayStore *store, QuayTxn *txn, QuayLane lane,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data);
QuayResult *quay_store_commit_finish (QuayStore *store, GAsyncResult *result, GError **error);

/** What a check of the whole file found. */
typedef struct
{
  guint64 events;
  char head[2 * QUAY_HASH_LEN + 1];
  gboolean ok;
  char *why;          /* first thing that was wrong; NULL if ok */
  GPtrArray *numbers; /* QuayNumbers; NULL after a quick check, or if they can't be read */
} QuayVerdict;

void quay_verdict_clear (QuayVerdict *verdict);

/**
 * quay_store_verify:
 * @rebuild: also replay the journal into a fresh file and compare every projected table
 *
 * Integrity check, hash chain of every chain, booked and held marks, totals; and which numbers of
 * documents are missing, which is told and no fault. Works in the caller's
 * thread on a snapshot and may take long; selling goes on.
 * Returns: FALSE with an error only if it could not be done; a bad file is a verdict.
 */
gboolean quay_store_verify (QuayStore *store, gboolean rebuild, QuayVerdict *verdict,
                            GError **error);

/**
 * quay_store_backup:
 * @path: new file; must not exist
 *
 * A copy by SQLite's backup API, then opened and verified before it gets its name. In the caller's
 * thread, as quay_store_verify(). A file that fails the check is a verdict and no backup.
 *
 * Returns: FALSE with QUAY_ERROR_EXISTS, _NOT_FOUND (no such folder) or a storage error.
 */
gboolean quay_store_backup (QuayStore *store, const char *path, QuayVerdict *verdict,
                            GError **error);

/** When the last automatic backup of this run was made, ms; 0 if none. @why: (out) (transfer full)
 * (optional): what the last try failed of, NULL if it did not. */
gint64 quay_store_last_backup (QuayStore *store, char **why);

/**
 * quay_store_restore:
 * @path: a backup
 *
 * Verifies the backup, moves a present file aside (never deletes it), puts the copy in its place
 * and begins a new chain under it, whose letter follows. The shop's folder must not be open.
 */
gboolean quay_store_restore (const char *dir, const char *path, const QuayEnv *env,
                             QuayVerdict *verdict, GError **error);

/**
 * quay_store_export_events:
 * @keys: (nullable) (element-type GBytes): the server's public keys
 *
 * Writes the journal of all chains from @since on as lines of JSON
 * {"chain","till","code","letter","seq","hash","record"}; first, last and count go out. Behind a
 * chain's records comes the server's last seal of it, if it is by one of @keys:
 * {"chain","till","seq","hash","seal","key"}. In the caller's thread, of one moment.
 */
gboolean quay_store_export_events (QuayStore *store, const char *path, guint64 since,
                                   GPtrArray *keys, guint64 *n, guint64 *first, guint64 *last,
                                   GError **error);

/** Reads such a file but for its seals: checks chains and hashes, appends what is missing of any
 * chain, also of the own one if this disk has lost its tail, and books it; known records change
 * nothing. In batches, behind the counter. QUAY_ERROR_INVALID for a line, a gap, a hash or a fork
 * that does not fit; what came before it stays. */
gboolean quay_store_import_events (QuayStore *store, const char *path, guint64 *n, guint64 *first,
                                   guint64 *last, GError **error);

G_END_DECLS
