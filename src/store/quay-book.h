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
 * @chain_lam: (inout): Lamport counter of the chain's last record; 0 before the first
 *
 * Books the rows of a journal record that is there already: an imported one, or one that is
 * replayed. What can't be decoded or breaks a rule is held with its reason, which depends on the
 * bytes and on the program's version alone.
 */
QuayBooked quay_book_record (QuayDb *db, QuayApply *apply, QuayDb *as_in, gint64 pos,
                             const guint8 *bytes, gsize len, gint64 *chain_lam, GError **error);

/**
 * quay_book_begin_chain:
 * @parent: the chain that it follows, or NULL for a till's first
 * @first: seq of the parent's first record that is not under the new chain
 *
 * Makes a new own chain with its birth record, in the open transaction.
 */
gboolean quay_book_begin_chain (QuayBook *book, const QuayChain *chain, const QuayChain *parent,
                                guint64 first, GError **error);

/** Begins the chain after the file's own one, with the next free letter, in a transaction of its
 * own: for a file that was restored or has lost its tail. */
gboolean quay_book_follow (QuayBook *book, GError **error);

G_END_DECLS
