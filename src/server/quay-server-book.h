/* A run of journal records becomes rows, in bulk, by the same rules as at the till. Inside the
 * caller's transaction. Layer above: quay-ingest, quay-server-verify. */
#pragma once

#include "quay-server-db.h"

G_BEGIN_DECLS

/** A record whose event is known from elsewhere, with other bytes. */
typedef struct
{
  gint64 seq;
  QuayId event;
} QuayServerClash;

/**
 * QuayServerBooking:
 * @first: seq of the first record that is booked
 * @lam: (inout): Lamport counter of the chain's last record that counts; 0 before the first
 * @as_in: (nullable): another database of the same journal, whose choice is followed where several
 *   records bring one event
 * @again: the records were judged before, by another version of this program: those held then may
 *   be booked now
 * @booked, @held: (out): how many
 * @clashes: (out) (nullable): QuayServerClash
 */
typedef struct
{
  QuayServerDb *db;
  const QuayId *site;
  gint64 no;
  gint64 first;
  gint64 lam;
  QuayServerDb *as_in;
  gboolean again;
  guint64 booked;
  guint64 held;
  GArray *clashes;
} QuayServerBooking;

/**
 * quay_server_book:
 * @records: (element-type GBytes): those before index @skip are passed over
 *
 * Each event's rows are written once a site, by its id. What can't be decoded or breaks a rule is
 * held, by a reason that depends on the bytes and this program's version alone.
 *
 * Returns: FALSE with a storage error.
 */
gboolean quay_server_book (QuayServerBooking *booking, GPtrArray *records, guint skip,
                           GError **error);

G_END_DECLS
