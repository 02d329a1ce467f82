/* How much at once, and how long to wait after a failure. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_SYNC_BATCH_FIRST 50
#define QUAY_SYNC_BATCH_QUICK 10000             /* ms: a batch that took less is doubled */
#define QUAY_SYNC_BACKOFF_FIRST 5000            /* ms */
#define QUAY_SYNC_BACKOFF_MOST (15 * 60 * 1000) /* ms */
#define QUAY_SYNC_RETRY_MOST (60 * 60)          /* s: a server that asks for more gets this */
#define QUAY_SYNC_LINK_UP_WITHIN (60 * 1000)    /* ms */

/** The number of records of a request. */
typedef struct
{
  guint n;
  guint most;
} QuaySyncBatch;

/** Starts at QUAY_SYNC_BATCH_FIRST, never above @most. */
void quay_sync_batch_init (QuaySyncBatch *batch, guint most);
/** A request with @n records took @took ms: twice as many next time if it was a full and quick one.
 */
void quay_sync_batch_took (QuaySyncBatch *batch, guint n, gint64 took);
/** It was too much: half of @n, which were in it, but 1 at least. */
void quay_sync_batch_halve (QuaySyncBatch *batch, guint n);

/** A source of uniform 64 bits. */
typedef guint64 (*QuaySyncChance) (gpointer data);

/** Uniform in 0 … @most, ms. */
gint64 quay_sync_uniform (gint64 most, QuaySyncChance random, gpointer data);

/**
 * quay_sync_backoff:
 * @failures: in a row before this one
 *
 * Full jitter: uniform in 0 … min (15 min, 5 s × 2^@failures), ms.
 */
gint64 quay_sync_backoff (guint failures, QuaySyncChance random, gpointer data);

/**
 * quay_sync_retry_after:
 * @seconds: what the server asked for, 0 if it did not say
 *
 * That long, at most an hour, and up to a quarter more (5 s at least), so that all do not come back
 * at once; ms.
 */
gint64 quay_sync_retry_after (gint64 seconds, QuaySyncChance random, gpointer data);

G_END_DECLS
