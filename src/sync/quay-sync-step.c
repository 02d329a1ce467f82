/* Where the engine meets the store: each wish is one call, each result one answer. */
#include "quay-sync-engine.h"

static void
read_chains (QuaySyncEngine *engine, QuayStore *store, GError **error)
{
  g_autoptr (GArray) chains = quay_store_chains (store, error);
  if (chains != NULL)
    quay_sync_engine_chains (engine, chains);
}

static void
read_run (QuaySyncEngine *engine, QuayStore *store, const QuaySyncAction *action, GError **error)
{
  g_autoptr (QuayEnvelope) envelope = quay_store_read_run (store, &action->chain, action->seq,
                                                           action->max, action->max_bytes, error);
  if (envelope != NULL)
    quay_sync_engine_run (engine, envelope);
}

static void
read_hash (QuaySyncEngine *engine, QuayStore *store, const QuaySyncAction *action, GError **error)
{
  QuayHash hash = QUAY_HASH_ZERO;
  GError *failed = NULL;
  gboolean there = quay_store_hash_at (store, &action->chain, action->seq, &hash, &failed);
  if (failed != NULL)
    g_propagate_error (error, failed);
  else
    quay_sync_engine_hash (engine, there, &hash);
}

static gboolean
write_to_store (QuayStore *store, const QuaySyncAction *action, QuaySyncKeys *keys, guint64 *n,
                GError **error)
{
  switch (action->what)
    {
    case QUAY_SYNC_ACKED:
      return quay_store_set_acked (store, &action->chain, action->seq, action->seal,
                                   action->server_time, error);
    case QUAY_SYNC_TAKE:
      return quay_store_take_run (store, action->envelope, n, error);
    case QUAY_SYNC_NEW_CHAIN:
      return quay_store_move_chain (store, &action->chain, action->letter, action->seq, error);
    case QUAY_SYNC_KEYS:
      return quay_sync_keys_save (keys, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

void
quay_sync_step_ahead (QuaySyncEngine *engine, QuayStore *store)
{
  QuaySyncAction want;
  if (!quay_sync_engine_ahead (engine, &want))
    return;
  g_autoptr (QuayEnvelope) envelope =
      quay_store_read_run (store, &want.chain, want.seq, want.max, want.max_bytes, NULL);
  if (envelope != NULL)
    quay_sync_engine_pack_ahead (engine, envelope);
}

void
quay_sync_step (QuaySyncEngine *engine, QuayStore *store, const QuaySyncAction *action, gint64 now)
{
  g_autoptr (GError) error = NULL;
  guint64 n = 0;
  switch (action->what)
    {
    case QUAY_SYNC_CHAINS:
      read_chains (engine, store, &error);
      break;
    case QUAY_SYNC_READ:
      read_run (engine, store, action, &error);
      break;
    case QUAY_SYNC_HASH:
      read_hash (engine, store, action, &error);
      break;
    case QUAY_SYNC_PERSONS:
      if (quay_store_persons (store, action->persons, &error))
        quay_sync_engine_persons (engine);
      break;
    case QUAY_SYNC_WAIT:
    case QUAY_SYNC_SEND:
      g_return_if_reached ();
    default:
      if (write_to_store (store, action, quay_sync_engine_keys (engine), &n, &error))
        quay_sync_engine_done (engine, n);
    }
  if (error != NULL)
    quay_sync_engine_stopped (engine, error, now);
}
