/* The store as sync sees it: chains and how far each is acknowledged, runs of records out, runs of
 * records in, new chains after a fork. Any thread but the store's; each call waits. */
#pragma once

#include "quay-store.h"
#include "quay-wire.h"

G_BEGIN_DECLS

/**
 * QuayChainState: a chain as this file has it (a chain that was superseded counts without what
 * was).
 * @mine: the chain that this till appends to
 * @own: a chain of this till, also one that it does not append to any more
 * @seq, @head: last record that stands; 0 and zeros for none
 * @acked: highest seq that the server has acknowledged; 0 for others' chains
 */
typedef struct
{
  QuayId id;
  QuayId till;
  char code[16];
  char letter[8];
  gboolean mine;
  gboolean own;
  guint64 seq;
  QuayHash head;
  guint64 acked;
} QuayChainState;

/** All chains by age in this file, one entry a chain: GArray of QuayChainState; (transfer full),
 * NULL on error. */
GArray *quay_store_chains (QuayStore *store, GError **error);

/**
 * quay_store_read_run:
 * @from: 1 … seq + 1
 * @max: records; @max_bytes: of them together, but one record at least
 *
 * The records of a chain that stand, from @from on, as an envelope without seal, hwm and app; prev
 * and head are set. From a snapshot of its own; the counter is not delayed.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NOT_FOUND for an unknown chain, QUAY_ERROR_INVALID
 *   for a @from behind its end.
 */
QuayEnvelope *quay_store_read_run (QuayStore *store, const QuayId *chain, guint64 from, guint max,
                                   gsize max_bytes, GError **error);

/** The hash at a place of the chain as it stands (0: zeros); FALSE without an error if there is no
 * such record. */
gboolean quay_store_hash_at (QuayStore *store, const QuayId *chain, guint64 seq, QuayHash *hash,
                             GError **error);

/** Notes how far the server has an own chain, up or down, and its time (0: not said), against which
 * clocks are judged, also after a new start. @seal may be NULL. Not above the chain's last seq:
 * QUAY_ERROR_INVALID. Said again it writes nothing. */
gboolean quay_store_set_acked (QuayStore *store, const QuayId *chain, guint64 seq,
                               const QuaySig *seal, gint64 server_time, GError **error);

/**
 * quay_store_take_run:
 * @envelope: of a chain that this till does not append to; it may be new, or a former own one
 * @n: (out) (optional): records that were new here
 *
 * Appends and books what is missing, behind the counter, in transactions that end when the counter
 * has something to do, and after 8 ms of work. The hashes are checked first. Records here that
 * differ are superseded from the first that does: they stay in the journal and in the tables, and
 * the ones given stand from then on. Of a former own chain, those that were written here and are
 * now superseded are appended to the present one in the same transaction, so that nobody loses
 * them.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for a gap, a hash, a till that does not fit, or the chain
 *   that is appended to; or a storage error. What was committed stays.
 */
gboolean quay_store_take_run (QuayStore *store, const QuayEnvelope *envelope, guint64 *n,
                              GError **error);

/**
 * quay_store_new_chain:
 * @code: till code of the new chain, NULL for the present one
 * @letter: NULL for the next free one here; one that was used here is not taken again
 * @from: 0, or the first seq of the present chain to move: its records from there on are appended
 *   to the new chain after its birth, same bytes, and superseded in the old one; one above the last
 *   moves nothing (unless something is appended meanwhile, which is then moved)
 *
 * Begins a new own chain in one transaction: after a fork (@from), or when this disk went back, or
 * when the server gave another code.
 */
gboolean quay_store_new_chain (QuayStore *store, const char *code, const char *letter, guint64 from,
                               GError **error);

/**
 * quay_store_move_chain:
 * @chain: any own chain, also one that is not appended to any more
 * @from: its first seq to move
 *
 * The same for the records of that chain: two copies of one disk may both have begun new chains
 * before the server hears that the old one had forked, and what each sold on it must not be lost.
 */
gboolean quay_store_move_chain (QuayStore *store, const QuayId *chain, const char *letter,
                                guint64 from, GError **error);

/** Called in the thread of each commit that appended to the own chain, until replaced by
 * NULL; it must only wake somebody. Whoever sets it must not hold a lock that @func takes: it waits
 * for a call under way. */
typedef void (*QuayAppended) (gpointer data);
void quay_store_set_appended (QuayStore *store, QuayAppended func, gpointer data);

/** Records that this till holds (it can't book them): how many, and the first @max as text lines;
 * (transfer full). */
typedef struct
{
  QuayId chain;
  char *code;
  char *letter;
  guint64 seq;
  char *why;
} QuayHeldRecord;
GPtrArray *quay_store_held (QuayStore *store, guint max, guint64 *total, GError **error);

/** Books what is held and can be booked by now (after an upgrade); runs by itself at opening when
 * the program's version has changed. */
gboolean quay_store_retry_held (QuayStore *store, guint64 *booked, GError **error);

/** A person's key: of a customer, or of the order or invoice whose event @id is. */
typedef struct
{
  QuayId id;
  guint8 key[32];
} QuayPersonKey;

/**
 * QuayPersons: what quay_store_persons() is to do, and what it found. Keys in it are wiped as they
 * go.
 * @all: the server knows of none: it is told of all anew
 * @told: QuayId: it knows of these by now
 * @take: QuayPersonKey: from other tills
 * @want: QuayId: whose keys are asked for
 * @new_mark: (nullable): a note for sync, kept beside the keys
 * @max: of @untold
 *
 * @mark: (nullable): the note as it is
 * @untold: QuayId: of which the server has not been told; @more: there are more
 * @n: keys that are here
 * @keys: QuayPersonKey: of @want, those that are here
 * @refused: QuayId: of @take, customers who were erased
 */
typedef struct
{
  gboolean all;
  GArray *told;
  GArray *take;
  GArray *want;
  char *new_mark;
  guint max;

  char *mark;
  GArray *untold;
  gboolean more;
  guint64 n;
  GArray *keys;
  GArray *refused;
} QuayPersons;

/** Sets up an empty one. */
void quay_persons_init (QuayPersons *persons);
/** Empties what is to be done. */
void quay_persons_forget (QuayPersons *persons);
/** Wipes and frees all; one that was never set up is left as it is. */
void quay_persons_clear (QuayPersons *persons);

/**
 * quay_store_persons:
 *
 * Does what @persons says in one transaction, behind the counter, and then reads. A key that is
 * here is never replaced. What was to be done is emptied unless it failed.
 */
gboolean quay_store_persons (QuayStore *store, QuayPersons *persons, GError **error);

/**
 * quay_store_digest:
 * @tables: (out) (optional) (transfer full): a line for each table, hash and name, to tell which
 *   one differs
 *
 * A hash of every projected table, in the order of its key: equal on tills that have exchanged all.
 * In the caller's thread, of one moment; reads every row.
 */
gboolean quay_store_digest (QuayStore *store, QuayHash *digest, char **tables, GError **error);

G_END_DECLS
