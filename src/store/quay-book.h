/* Writing events into the file: header, number, bytes, hash, journal row, projected rows, all
 * inside the caller's transaction. The one place where a QuayEvent becomes a fact. */
#pragma once

#include "quay-apply.h"
#include "quay-log.h"

G_BEGIN_DECLS

/**
 * QuayBook:
 * @log: the head as committed
 * @draft: the head within the open transaction
 * @stamped: events that bring a ts keep it
 *
 * The open file as its writer sees it. After quay_book_begin() everything goes to @draft;
 * quay_book_commit() makes it @log.
 */
typedef struct
{
  QuayDb *db;
  QuayApply *apply;
  QuayLog log;
  QuayLog draft;
  QuayEnv env;
  int cutoff;
  gboolean stamped;
  gint64 server_ts;
} QuayBook;

/** Opens a file that exists and is of this version, checks its tail. */
QuayBook *quay_book_open (const char *path, const char *vfs, const QuayEnv *env, GError **error);
void quay_book_free (QuayBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayBook, quay_book_free)

/** Like quay_book_open() for a file that has no chain yet, or is to get a new one. */
QuayBook *quay_book_open_bare (const char *path, const char *vfs, const QuayEnv *env,
                               GError **error);

/** Starts a transaction; quay_book_commit() ends it. */
gboolean quay_book_begin (QuayBook *book, QuayScope *scope, GError **error);
gboolean quay_book_commit (QuayBook *book, QuayScope *scope, GError **error);

/** True if @now can't be right: before the last record, before this program was made, or far from
 * the server's last word. */
gboolean quay_book_clock_is_wrong (const QuayLog *log, gint64 server_ts, gint64 now);

/** The business day at @now: the clock's, or that of the last record if the clock can't be right.
 */
QuayDay quay_book_day (const QuayLog *log, gint64 server_ts, gint64 now, int cutoff);

/**
 * quay_book_add:
 * @event: completed in place: id if nil, lam, day, ts, mono, boot, sv, doubt, number
 * @hash: (out): of its record
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for an event that can't be booked, or a storage error; the
 *   transaction must then be rolled back.
 */
gboolean quay_book_add (QuayBook *book, QuayEvent *event, QuayHash *hash, GError **error);

/** The code of the settings that quay_book_climb() adds. */
#define QUAY_BOOK_STEP "counter"

/**
 * quay_book_climb:
 * @most: at most so many records
 *
 * Adds records that say nothing, each with a Lamport counter by the greatest step above the one
 * before, until @lam would be no leap in the own chain.
 */
gboolean quay_book_climb (QuayBook *book, gint64 lam, guint most, GError **error);

/* --- records that are there already --- */

/** What one record from elsewhere did. */
typedef enum
{
  QUAY_BOOK_BOOKED,
  QUAY_BOOK_KNOWN,
  QUAY_BOOK_HELD,
  QUAY_BOOK_FAILED,
} QuayBooked;

/**
 * quay_book_record:
 * @apply: where the rows go
 * @as_in: (nullable): another file of the same journal, whose choice is followed where several
 *   records bring one event
 * @chain_lam: (inout): see quay_event_count_lam()
 *
 * Books the rows of a journal record that is there already: an imported one, or one that is
 * replayed. What can't be decoded or breaks a rule is held with its reason, which depends on the
 * bytes and on the program's version alone.
 */
QuayBooked quay_book_record (QuayDb *db, QuayApply *apply, QuayDb *as_in, gint64 pos,
                             const guint8 *bytes, gsize len, gint64 *chain_lam, GError **error);

/** Tries to book a record that is held: it is booked and released, or held with the reason of now.
 */
QuayBooked quay_book_retry (QuayDb *db, QuayApply *apply, gint64 pos, const guint8 *bytes,
                            gsize len, gint64 *chain_lam, GError **error);

/** Where a chain is appended to: its branch, the last record's seq and hash, its Lamport counter.
 */
typedef struct
{
  QuayChain chain;
  guint64 seq;
  QuayHash hash;
  gint64 lam;
} QuayTail;

/**
 * quay_book_append:
 * @tail: (inout): of a branch of which nothing was superseded
 *
 * Appends a record's bytes as they are and books them, in the open transaction: the one place for
 * records that were not made here, or are moved. If the branch is the own chain, its head moves.
 * The branch's @lam must be noted before the transaction ends.
 */
gboolean quay_book_append (QuayBook *book, QuayTail *tail, const guint8 *bytes, gsize len,
                           GError **error);

/** The own chain's end in the open transaction. */
QuayTail quay_book_own_tail (QuayBook *book);

/**
 * quay_book_move:
 * @from, @to: seqs of it
 *
 * Appends records of another branch to the own chain: same bytes. For those that are to stand no
 * more where they are, so that nothing is lost to the others.
 */
gboolean quay_book_move (QuayBook *book, const QuayChain *branch, guint64 from, guint64 to,
                         GError **error);

/* --- chains --- */

/**
 * quay_book_begin_chain:
 * @chain: id, till, code and letter count
 * @parent: the chain that it follows, or NULL for a till's first
 * @first: seq of the parent's first record that does not stand there any more
 * @count: how many from there on will come after the birth, same bytes
 *
 * Makes a new own chain with its birth record, in the open transaction.
 */
gboolean quay_book_begin_chain (QuayBook *book, const QuayChain *chain, const QuayChain *parent,
                                guint64 first, guint64 count, GError **error);

/**
 * QuayNewChain:
 * @code: till code, NULL for the present one
 * @letter: NULL, or one that is not free, for the next free one here
 * @parent: an own chain, NULL for the present one
 * @from: 0, or the first seq of it that is to be moved
 */
typedef struct
{
  const char *code;
  const char *letter;
  const QuayId *parent;
  guint64 from;
} QuayNewChain;

/** Begins a new own chain as wished (all zero: after the present one, with the next letter), in a
 * transaction of its own. */
gboolean quay_book_follow (QuayBook *book, const QuayNewChain *wish, GError **error);

G_END_DECLS
