/* The journal's own side: branches of chains, the chain that this till appends to with its head in
 * memory, and the check of its tail. Used with one connection; a QuayLog is changed only after a
 * commit (see quay-book). */
#pragma once

#include "quay-chain.h"
#include "quay-day.h"
#include "quay-db.h"
#include "quay-event.h"
#include "quay-wire.h"

G_BEGIN_DECLS

/** A record's place in the file: the chain's small number and the seq. */
#define QUAY_POS(no, seq) (((gint64)(no) << 40) | (gint64)(seq))
#define QUAY_POS_CHAIN(pos) ((int)((pos) >> 40))
#define QUAY_POS_SEQ(pos) ((guint64)((pos) & ((G_GINT64_CONSTANT (1) << 40) - 1)))

/** Where a row of a once-table lies: with its document's others, appended as events come. */
#define QUAY_ROW_NO(pos, line) ((pos) << 10 | (line))
#define QUAY_ROW_LINES 1023 /* at most; see QUAY_CODEC_MAX_LIST */
/** SQL: the rows of table @child that belong to the document row of @doc. */
#define QUAY_SQL_OF(child, doc) child ".no > " doc ".no AND " child ".no < " doc ".no + 1024 "

/**
 * QuayChain:
 * @mine: the chain that this program appends to
 * @here: its records were written into this file, not taken from elsewhere
 * @first: seq of the branch's first record
 * @follows: place of the record before that; 0 at a chain's beginning
 * @superseded: seq from which on its records do not stand any more; 0: all stand
 * @lam: greatest Lamport counter that counts (quay_event_count_lam()) up to its last record, −1 if
 *   nobody has counted; of the chain that is appended to: as of some record
 * @acked: highest seq of the chain that the server has
 *
 * A branch of a chain as the file has it: a chain that came in several versions has several, with
 * the same id. The first is the chain itself.
 */
typedef struct
{
  int no;
  QuayId id;
  QuayId till;
  char code[16];
  char letter[8];
  gboolean mine;
  gboolean here;
  guint64 first;
  gint64 follows;
  guint64 superseded;
  gint64 lam;
  guint64 acked;
} QuayChain;

/**
 * QuayLog:
 * @seq, @hash: the own chain's head; 0 and zeros before the birth record
 * @lam: greatest Lamport counter seen in any chain
 * @own_lam: the same of the own chain
 * @last_ts, @last_day: of the own chain's last record
 */
typedef struct
{
  QuayChain chain;
  guint64 seq;
  QuayHash hash;
  gint64 lam;
  gint64 own_lam;
  gint64 last_ts;
  QuayDay last_day;
} QuayLog;

/** Fills @log from the file and checks the chain's last records: links, decoding, booked marks.
 * FALSE with QUAY_ERROR_DAMAGED if they don't hold. */
gboolean quay_log_load (QuayLog *log, QuayDb *db, GError **error);

/** Appends a record to the chain of @log and moves the head. */
gboolean quay_log_append (QuayLog *log, QuayDb *db, GBytes *bytes, GError **error);

/** Writes one journal row as it is. */
gboolean quay_log_insert (QuayDb *db, gint64 pos, const QuayHash *hash, const void *bytes,
                          gsize len, GError **error);

/* --- branches --- */

/** The file's branches: GArray of QuayChain by number; NULL on error. */
GArray *quay_log_chains (QuayDb *db, GError **error);

/** Adds a branch; its number is written to @chain. An own one takes the place of the present one.
 */
gboolean quay_log_add_chain (QuayDb *db, QuayChain *chain, GError **error);

/** The branch with this number, the first of this id; NULL. Borrowed from @chains. */
const QuayChain *quay_log_by_no (GArray *chains, int no);
const QuayChain *quay_log_by_id (GArray *chains, const QuayId *id);

/** The branch whose record stands at @seq of the chain, or would stand if it came; NULL if there is
 * none. Borrowed from @chains. */
const QuayChain *quay_log_branch_at (GArray *chains, const QuayId *id, guint64 seq);

/** Last record of a chain that stands; 0 and zeros for none. */
gboolean quay_log_end (QuayDb *db, GArray *chains, const QuayId *id, guint64 *seq, QuayHash *hash,
                       GError **error);

/** The hash of a chain's record that stands at @seq (0: zeros); FALSE without an error if there is
 * none. */
gboolean quay_log_standing_hash (QuayDb *db, GArray *chains, const QuayId *id, guint64 seq,
                                 QuayHash *hash, GError **error);

/** No record of the chain from @seq on stands any more; nor is it acknowledged. */
gboolean quay_log_supersede (QuayDb *db, const QuayId *id, guint64 seq, GError **error);

/** Notes how far Lamport counters have come in a branch. */
gboolean quay_log_note_lam (QuayDb *db, int no, gint64 lam, GError **error);

/** The server has the chain up to @seq, and @seal says so; NULL: it says nothing any more. */
gboolean quay_log_note_acked (QuayDb *db, const QuayId *id, guint64 seq, const QuaySig *seal,
                              GError **error);

/** Greatest Lamport counter that counts up to the record at @pos, over the branches that it
 * follows. Reads them all from the chain's beginning. */
gboolean quay_log_count_lam (QuayDb *db, GArray *chains, gint64 pos, gint64 *lam, GError **error);

/** A letter for a new chain of till @code that no chain here has: @wish if it is free, else (and
 * for NULL) the one after the last; (transfer full). */
char *quay_log_free_letter (GArray *chains, const char *code, const char *wish);

/* --- records --- */

/** Last seq and hash of a branch, whether it stands or not; 0 and zeros for an empty one. */
gboolean quay_log_head (QuayDb *db, int no, guint64 *seq, QuayHash *hash, GError **error);

/** The hash stored at a place; FALSE without an error if there is no record. */
gboolean quay_log_hash_at (QuayDb *db, gint64 pos, QuayHash *hash, GError **error);

/** The event stored at a place and its hash; NULL with an error. */
QuayEvent *quay_log_read (QuayDb *db, gint64 pos, QuayHash *hash, GError **error);

/** A column's hash; zeros unless it is a blob of 32 bytes. */
QuayHash quay_column_hash (QuayStmt *stmt, int column);

G_END_DECLS
