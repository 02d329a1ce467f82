/* The journal's own side: the chain that this till appends to, its head in memory, and the check of
 * its tail. Used with one connection; a QuayLog is changed only after a commit (see quay-book). */
#pragma once

#include "quay-chain.h"
#include "quay-day.h"
#include "quay-db.h"
#include "quay-event.h"

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

/** A chain as the file names it. */
typedef struct
{
  int no;
  QuayId id;
  QuayId till;
  char code[16];
  char letter[8];
  gboolean mine;
} QuayChain;

/**
 * QuayLog:
 * @seq, @hash: the own chain's head; 0 and zeros before the birth record
 * @lam: greatest Lamport counter seen in any chain
 * @last_ts, @last_day: of the own chain's last record
 */
typedef struct
{
  QuayChain chain;
  guint64 seq;
  QuayHash hash;
  gint64 lam;
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

/** The file's chains: GArray of QuayChain by number; NULL on error. */
GArray *quay_log_chains (QuayDb *db, GError **error);

/** Adds a chain; its number is written to @chain. An own one takes the place of the present one. */
gboolean quay_log_add_chain (QuayDb *db, QuayChain *chain, GError **error);

/** Last seq and hash of a chain; 0 and zeros for an empty one. */
gboolean quay_log_head (QuayDb *db, int no, guint64 *seq, QuayHash *hash, GError **error);

/** The hash stored at a place; FALSE without an error if there is no record. */
gboolean quay_log_hash_at (QuayDb *db, gint64 pos, QuayHash *hash, GError **error);

/** The event stored at a place and its hash; NULL with an error. */
QuayEvent *quay_log_read (QuayDb *db, gint64 pos, QuayHash *hash, GError **error);

/** The letter after @letter: A … Z, AA, AB …; (transfer full). */
char *quay_log_next_letter (const char *letter);

G_END_DECLS
