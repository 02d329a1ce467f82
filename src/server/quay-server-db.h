/* The server's database behind one interface: SQLite or PostgreSQL. Only the files quay-server-db-…
 * have SQL. A handle is used by one thread at a time, as it is taken from the server's pool. */
#pragma once

#include "quay-chain.h"
#include "quay-error.h"
#include "quay-event.h"
#include "quay-id.h"
#include "quay-message.h"
#include "quay-wire.h"

G_BEGIN_DECLS

typedef struct QuayServerDb QuayServerDb;

/** A record's place: the chain's number and the seq. Below 2^53, so that 1,023 lines fit after it.
 */
#define QUAY_SERVER_POS(no, seq) (((gint64)(no) << 32) | (gint64)(seq))
#define QUAY_SERVER_POS_NO(pos) ((gint64)((pos) >> 32))
#define QUAY_SERVER_POS_SEQ(pos) ((gint64)((pos)&G_GINT64_CONSTANT (0xffffffff)))
#define QUAY_SERVER_SEQ_MAX G_GINT64_CONSTANT (0xffffffff)
#define QUAY_SERVER_CHAINS_MAX ((1 << 21) - 1)

/** A figure of an ADD table stays within ± this, so that adding two never overflows. */
#define QUAY_SERVER_FIGURE_MAX ((G_GINT64_CONSTANT (1) << 62) - 1)

/** A chain as the server has it. @no: given by chain_add, from 1. @site: nil for the province's
 * own. @lam: Lamport counter of its last record that counts. @seal: the till's, at @hwm; zeros for
 * none. @ts: when it last grew, ms. */
typedef struct
{
  gint64 no;
  QuayId id;
  QuayId till;
  QuayId site;
  char code[16];
  char letter[8];
  gint64 hwm;
  QuayHash head;
  gint64 lam;
  QuaySig seal;
  gint64 ts;
} QuayServerChain;

/** A sales point. @tills: how many are enrolled, read only. */
typedef struct
{
  QuayId id;
  char *name;
  char *commune;
  gint64 ts;
  gint64 tills;
} QuayServerSite;

/** A till. @state: 0 enrolled, 1 revoked. @ts: when it enrolled last, ms. @persons: its site's
 * stamp of keys of persons, read only. */
typedef struct
{
  QuayId id;
  QuayId site;
  char code[16];
  int state;
  gint64 ts;
  gint64 persons;
} QuayServerTill;

/** What a till's key is good for. */
typedef enum
{
  QUAY_SERVER_KEY_GOOD,
  QUAY_SERVER_KEY_NEXT, /* given, not used yet */
  QUAY_SERVER_KEY_OVER, /* revoked or replaced; old seals are still checked with it */
} QuayServerKeyState;

/** A till's public key. */
typedef struct
{
  QuayId till;
  char id[36];
  guint8 public[QUAY_KEY_LEN];
  QuayServerKeyState state;
} QuayServerKey;

/** A one-time code. @hash: keyed hash of it. @replaces: a till, nil for none. @until: ms. After
 * use: the @till that has used it, its @key, and the @code and @letter that it was given. */
typedef struct
{
  guint8 hash[32];
  QuayId site;
  QuayId replaces;
  gint64 until;
  QuayId till;
  guint8 key[QUAY_KEY_LEN];
  char code[16];
  char letter[8];
} QuayServerSecret;

/** What is known of a person's key and a till; numbers in the table. */
enum
{
  QUAY_SERVER_PERSON_WAITS, /* a box is there for it */
  QUAY_SERVER_PERSON_HAS,
  QUAY_SERVER_PERSON_HAD, /* said so before it began to say anew all that it has */
  QUAY_SERVER_PERSON_STATES,
};

/** The key of the person of @event, sealed for @till's key named @key. */
typedef struct
{
  QuayId event;
  QuayId till;
  char key[36];
  guint8 box[QUAY_MSG_BOX_BYTES];
} QuayServerBox;

/** Something that a person at the office must see. @key: the same thing seen again only counts. */
typedef struct
{
  gint64 no;
  char *kind; /* fork, same-id, same-letter */
  char *key;
  QuayId site;
  QuayId till;
  QuayId chain;
  gint64 seq;
  char *what;
  gint64 first; /* ms */
  gint64 last;
  gint64 count;
} QuayServerAlarm;

/** A record that is kept but not booked. */
typedef struct
{
  gint64 no;
  gint64 seq;
  QuayId chain;
  QuayId site;
  char code[16];
  char letter[8];
  char *why;
} QuayServerHeld;

void quay_server_site_free (QuayServerSite *site);
void quay_server_alarm_free (QuayServerAlarm *alarm);
void quay_server_held_free (QuayServerHeld *held);

/** Rows of one table for one site, merged by the caller so that no LATEST or ADD key comes twice.
 */
typedef struct
{
  const QuayRow *row;
  gint64 no;           /* ONCE: where it lies: pos × 1024 + line */
  gint64 lam;          /* LATEST */
  const QuayId *event; /* LATEST */
} QuayServerRow;

/** One fact of the projected table of that name. */
typedef struct
{
  GBytes *entity;
  char *field;
  char *text; /* NULL: @number, unless @cleared */
  gint64 number;
  gboolean cleared;
} QuayServerFact;

void quay_server_fact_free (QuayServerFact *fact);

/** The tables beside the projected ones that a replay must give again. */
enum
{
  QUAY_SERVER_SCAN_BOOKED = QUAY_N_TABLES, /* event, pos */
  QUAY_SERVER_SCAN_HELD,                   /* pos, reason; site nil */
  QUAY_SERVER_N_SCANS,
};

/** Called for each row: the columns of quay_table(), for ONCE then no, for LATEST then lam and
 * event. The values live until it returns; FALSE ends the scan without an error. */
typedef gboolean (*QuayServerScan) (const QuayId *site, const QuayValue *values, guint n,
                                    gpointer data);

/* The operations; each takes the GError last and returns FALSE or NULL on failure. Inside the
 * transaction that begin() starts, if there is one. Arrays are GArray of the struct named;
 * GPtrArray own their elements. A find gives FALSE without an error if there is none. */
typedef struct
{
  gboolean (*begin) (QuayServerDb *db, gboolean write, GError **error);
  /* On failure the handle is not to be used again: whether it happened shows on a new one. */
  gboolean (*commit) (QuayServerDb *db, GError **error);
  void (*rollback) (QuayServerDb *db);
  /* Work for quiet moments: checkpoints. @idle: nothing was written lately. */
  gboolean (*rest) (QuayServerDb *db, gboolean idle, GError **error);
  void (*close) (QuayServerDb *db);

  /* chains; lock holds one to the transaction's end */
  gboolean (*chain_find) (QuayServerDb *db, const QuayId *id, gboolean lock, QuayServerChain *chain,
                          GError **error);
  gboolean (*chain_add) (QuayServerDb *db, QuayServerChain *chain, GError **error);
  /* like chain_add, with the number given: for replays into an empty database */
  gboolean (*chain_copy) (QuayServerDb *db, const QuayServerChain *chain, GError **error);
  /* writes hwm, head, lam, seal, ts */
  gboolean (*chain_head) (QuayServerDb *db, const QuayServerChain *chain, GError **error);
  /* @site's and the province's by number; NULL: all */
  GArray *(*chains_seen) (QuayServerDb *db, const QuayId *site, GError **error);
  /* the greatest Lamport counter of all chains */
  gboolean (*chain_lam) (QuayServerDb *db, gint64 *lam, GError **error);
  /* FALSE without an error if a chain's head is not its journal's end; @chain then says which */
  gboolean (*chain_tails) (QuayServerDb *db, QuayServerChain *chain, GError **error);

  /* letters given to chains of a till code: never twice. @key: what it was given for */
  gboolean (*letter_last) (QuayServerDb *db, const QuayId *site, const char *code, char last[8],
                           GError **error);
  gboolean (*letter_find) (QuayServerDb *db, const QuayId *site, const char *code, const char *key,
                           char letter[8], GError **error);
  gboolean (*letter_key) (QuayServerDb *db, const QuayId *site, const char *code,
                          const char *letter, char **key, GError **error);
  gboolean (*letter_put) (QuayServerDb *db, const QuayId *site, const char *code,
                          const char *letter, const char *key, GError **error);

  /* journal */
  gboolean (*hash_at) (QuayServerDb *db, gint64 no, gint64 seq, QuayHash *hash, GError **error);
  /* appends records (GBytes) and their hashes from index @skip on; that one has seq @first */
  gboolean (*append) (QuayServerDb *db, gint64 no, gint64 first, GPtrArray *records, GArray *hashes,
                      guint skip, GError **error);
  /* GBytes from @from on, at most @max and @max_bytes together, but one if there is one; their
     hashes to @hashes */
  GPtrArray *(*read) (QuayServerDb *db, gint64 no, gint64 from, guint max, gsize max_bytes,
                      GArray *hashes, GError **error);

  /* booking; @pos: gint64 each, 0 for an id that is not booked */
  gboolean (*booked_find) (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos,
                           GError **error);
  gboolean (*booked_add) (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos,
                          GError **error);
  gboolean (*rows) (QuayServerDb *db, const QuayId *site, QuayTableId table, GArray *rows,
                    GError **error); /* QuayServerRow */
  gboolean (*hold) (QuayServerDb *db, gint64 no, gint64 seq, const char *why, GError **error);
  gboolean (*release) (QuayServerDb *db, gint64 no, gint64 seq, GError **error);
  /* of a site, NULL: all; or of chain @no's seqs @from … @to where @no is not 0 */
  GPtrArray *(*held) (QuayServerDb *db, const QuayId *site, gint64 no, gint64 from, gint64 to,
                      guint max, guint64 *total, GError **error);
  GPtrArray *(*facts) (QuayServerDb *db, const QuayId *site, const char *kind, GError **error);
  gboolean (*scan) (QuayServerDb *db, guint table, QuayServerScan func, gpointer data,
                    GError **error);

  /* the office's own tables; put inserts or replaces */
  gboolean (*site_add) (QuayServerDb *db, const QuayServerSite *site, GError **error);
  GPtrArray *(*sites) (QuayServerDb *db, GError **error);
  gboolean (*till_find) (QuayServerDb *db, const QuayId *id, QuayServerTill *till, GError **error);
  gboolean (*till_put) (QuayServerDb *db, const QuayServerTill *till, GError **error);
  GArray *(*tills) (QuayServerDb *db, const QuayId *site, GError **error); /* NULL: all */
  gboolean (*key_find) (QuayServerDb *db, const QuayId *till, const char *id, QuayServerKey *key,
                        GError **error);
  gboolean (*key_put) (QuayServerDb *db, const QuayServerKey *key, GError **error);
  GArray *(*keys) (QuayServerDb *db, const QuayId *till, GError **error); /* by age */
  gboolean (*secret_find) (QuayServerDb *db, const guint8 hash[32], QuayServerSecret *secret,
                           GError **error);
  gboolean (*secret_put) (QuayServerDb *db, const QuayServerSecret *secret, GError **error);
  gboolean (*secret_purge) (QuayServerDb *db, gint64 before, GError **error);
  /* keys of persons; lock gives the site's stamp and holds it to the transaction's end, bump makes
     a new one, @stamp: (out) (optional) */
  gboolean (*persons_lock) (QuayServerDb *db, const QuayId *site, gint64 *stamp, GError **error);
  gboolean (*persons_bump) (QuayServerDb *db, const QuayId *site, gint64 now, gint64 *stamp,
                            GError **error);
  /* the till has it; no box waits for it any more. Nothing of an erased customer, as below */
  gboolean (*person_has) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                          const QuayId *event, GError **error);
  /* unless something is there for that till; @fresh tells */
  gboolean (*person_give) (QuayServerDb *db, const QuayId *site, const QuayServerBox *box,
                           gboolean *fresh, GError **error);
  gboolean (*person_drop) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                           const QuayId *event, GError **error);
  gboolean (*person_recall) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                             GError **error); /* HAS → HAD */
  gboolean (*person_prune) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                            GError **error); /* HAD → nothing */
  /* a till's boxes that are not for its @key; NULL: all of it */
  gboolean (*person_leave) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                            const char *key, GError **error);
  /* all of that person, of every till */
  gboolean (*person_forget) (QuayServerDb *db, const QuayId *site, const QuayId *event,
                             GError **error);
  gboolean (*person_counts) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                             gint64 counts[QUAY_SERVER_PERSON_STATES], GError **error);
  /* QuayServerBox: for the till's @key; what it has and other tills have not, nor a box */
  GArray *(*person_boxes) (QuayServerDb *db, const QuayId *site, const QuayId *till,
                           const char *key, guint max, GError **error);
  GArray *(*person_lacks) (QuayServerDb *db, const QuayId *site, const QuayId *till, guint max,
                           GError **error);
  gboolean (*persons_left) (QuayServerDb *db, gint64 *n, GError **error); /* of erased customers */
  /* @fresh: (out) (optional): it was not there before */
  gboolean (*alarm_raise) (QuayServerDb *db, const QuayServerAlarm *alarm, gboolean *fresh,
                           GError **error);
  GPtrArray *(*alarms) (QuayServerDb *db, guint max, GError **error); /* newest first */
  gboolean (*value_find) (QuayServerDb *db, const char *key, char **value, GError **error);
  gboolean (*value_set) (QuayServerDb *db, const char *key, const char *value, GError **error);
} QuayServerDbOps;

struct QuayServerDb
{
  const QuayServerDbOps *ops;
};

/**
 * quay_server_db_open:
 * @url: sqlite:FILE or postgresql://…
 * @vfs: SQLite's VFS, NULL for the system's
 * @aside: a reader beside the server's own handles; it sees one moment at a time, writes nothing
 *
 * Opens and brings the schema up to date (the first handle, under the server's lock).
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NEWER, _DAMAGED or a storage error.
 */
QuayServerDb *quay_server_db_open (const char *url, const char *vfs, gboolean aside,
                                   GError **error);

/** A database that may be lost at any time, for replays; @path is made anew. */
QuayServerDb *quay_server_db_scratch (const char *path, GError **error);

/** How many handles may be open on @url at once. */
guint quay_server_db_handles (const char *url);

/** The file of a sqlite: URL, NULL for others; borrowed from @url. */
const char *quay_server_db_file (const char *url);

void quay_server_db_free (QuayServerDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayServerDb, quay_server_db_free)

/** A transaction; leaving the scope rolls back unless it was committed. */
typedef struct
{
  QuayServerDb *db;
} QuayServerScope;

/** Begins: @write to change something, else one moment's view to read from. */
gboolean quay_server_scope_begin (QuayServerScope *scope, QuayServerDb *db, gboolean write,
                                  GError **error);
/** Commits; on failure the handle is not to be used again. */
gboolean quay_server_scope_commit (QuayServerScope *scope, GError **error);
void quay_server_scope_clear (QuayServerScope *scope);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayServerScope, quay_server_scope_clear)

G_END_DECLS
