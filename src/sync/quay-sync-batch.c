/* Sizes of batches and lengths of waits. Full jitter because 20,000 tills lose the same server at
 * the same moment: whoever waits the same time as all others comes back in the same crowd. */
#include "quay-sync-batch.h"

void
quay_sync_batch_init (QuaySyncBatch *batch, guint most)
{
  batch->most = most;
  batch->n = MIN (QUAY_SYNC_BATCH_FIRST, most);
}

void
quay_sync_batch_took (QuaySyncBatch *batch, guint n, gint64 took)
{
  if (n >= batch->n && took < QUAY_SYNC_BATCH_QUICK)
    batch->n = MIN (batch->n * 2, batch->most);
}

void
quay_sync_batch_halve (QuaySyncBatch *batch, guint n)
{
  batch->n = MAX (1, MIN (batch->n, n) / 2);
}

gint64
quay_sync_uniform (gint64 most, QuaySyncChance random, gpointer data)
{
  g_return_val_if_fail (most >= 0, 0);
  return (gint64)(random (data) % ((guint64)most + 1));
}

gint64
quay_sync_backoff (guint failures, QuaySyncChance random, gpointer data)
{
  gint64 most = QUAY_SYNC_BACKOFF_FIRST;
  for (guint i = 0; i < failures && most < QUAY_SYNC_BACKOFF_MOST; i++)
    most *= 2;
  return quay_sync_uniform (MIN (most, QUAY_SYNC_BACKOFF_MOST), random, data);
}

gint64
quay_sync_retry_after (gint64 seconds, QuaySyncChance random, gpointer data)
{
  gint64 wait = CLAMP (seconds, 0, QUAY_SYNC_RETRY_MOST) * 1000;
  return wait + quay_sync_uniform (MAX (wait / 4, QUAY_SYNC_BACKOFF_FIRST), random, data);
}
