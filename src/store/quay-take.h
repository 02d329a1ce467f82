/* Runs of records from elsewhere into the journal and the tables: from the server, or carried by
 * hand. Between the store's files. */
#pragma once

#include "quay-store-private.h"
#include "quay-wire.h"

G_BEGIN_DECLS

/**
 * QuayTake:
 * @run: borrowed
 * @hashes: QuayHash of each of its records, computed from its prev; borrowed
 * @by_hand: nobody vouches for it: it supersedes nothing; but it may give the chain that is
 *   appended to the end that this disk has lost
 * @n: (out): records that were new here: the last of those that were taken
 * @at: how many are done
 *
 * The rest is quay_take_run()'s own.
 */
typedef struct
{
  const QuayEnvelope *run;
  GArray *hashes;
  gboolean by_hand;
  guint64 n;
  guint at;
  gint64 counted_pos; /* a place of which the Lamport counter is known … */
  gint64 counted;
  gint64 count_pos; /* … and one of which it must be found first; 0 for none */
} QuayTake;

/** Appends and books what is missing. FALSE with QUAY_ERROR_INVALID or a storage error; what was
 * committed stays. */
gboolean quay_take_run (QuayStore *store, QuayTake *take, GError **error);

G_END_DECLS
