/* The server's database behind one interface: SQLite or PostgreSQL. Only the files quay-server-db-…
 * have SQL. One connection; one thread at a time. */
#pragma once

#include "quay-chain.h"
#include "quay-error.h"
#include "quay-event.h"
#include "quay-id.h"
#include "quay-wire.h"

G_BEGIN_DECLS

typedef struct QuayServerDb QuayServerDb;

/** A chain as the server has it. @site: nil for the province's own. @seal: the till's, at @hwm. */
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
} QuayServerChain;

/** A till. @state: 0 enrolled, 1 revoked. */
typedef struct
{
  QuayId id;
  QuayId site;
  char code[16];
  int state;
} QuayServerTill;

/** Rows of one table for one site, merged by the caller so that no LATEST or ADD key comes twice.
 */
typedef struct
{
  const QuayRow *row;
  gint64 no;           /* ONCE: where it lies: pos × 1024 + line */
  gint64 lam;          /* LATEST */
  const QuayId *event; /* LATEST */
} QuayServerRow;

/* The operations; each takes the GError last and returns FALSE or NULL on failure. Inside the
 * transaction that begin() starts, if there is one. Arrays are GArray of the struct named. */
typedef struct
{
  gboolean (*begin) (QuayServerDb *db, gboolean write, GError **error);
  gboolean (*commit) (QuayServerDb *db, GError **error);
  void (*rollback) (QuayServerDb *db);
  void (*close) (QuayServerDb *db);

  /* chains: FALSE without an error if there is none; lock holds it to the transaction's end */
  gboolean (*chain_find) (QuayServerDb *db, const QuayId *id, gboolean lock, QuayServerChain *chain,
                          GError **error);
  gboolean (*chain_add) (QuayServerDb *db, QuayServerChain *chain, GError **error);
  gboolean (*chain_head) (QuayServerDb *db, const QuayServerChain *chain, GError **error);
  GArray *(*chains_seen) (QuayServerDb *db, const QuayId *site,
                          GError **error); /* and the province's */
  gboolean (*letter_used) (QuayServerDb *db, const QuayId *site, const char *code, char last[8],
                           GError **error);

  /* journal */
  gboolean (*hash_at) (QuayServerDb *db, gint64 no, gint64 seq, QuayHash *hash, GError **error);
  gboolean (*append) (QuayServerDb *db, gint64 no, gint64 first, GPtrArray *records, GArray *hashes,
                      guint skip, GError **error);
  GPtrArray *(*read) (QuayServerDb *db, gint64 no, gint64 from, guint max, gsize max_bytes,
                      GArray *hashes, GError **error); /* GBytes */

  /* booking */
  gboolean (*booked_find) (QuayServerDb *db, const QuayId *site, GArray *ids, guint8 *known,
                           GError **error); /* QuayId; one byte each */
  gboolean (*booked_add) (QuayServerDb *db, const QuayId *site, GArray *ids, GArray *pos,
                          GError **error);
  gboolean (*rows) (QuayServerDb *db, const QuayId *site, QuayTableId table, GArray *rows,
                    GError **error); /* QuayServerRow */
  gboolean (*hold) (QuayServerDb *db, gint64 no, gint64 seq, const char *why, GError **error);
  gboolean (*release) (QuayServerDb *db, gint64 no, gint64 seq, GError **error);
  GPtrArray *(*held) (QuayServerDb *db, const QuayId *site, guint max, guint64 *total,
                      GError **error); /* QuayServerHeld; nil site: all */

  /* sites, tills, keys, one-time codes, alarms, small values: see quay-server-office.h for use */
} QuayServerDbOps;

struct QuayServerDb
{
  const QuayServerDbOps *ops;
};

G_END_DECLS
