/* The next batch, put together and packed while the server works on this one. It is a memory of
 * packed bodies, no more: what is sent is decided when its turn comes, and only then is it seen
 * whether the packed body is there already. */
#include "quay-sync-private.h"

gboolean
quay_sync_engine_ahead (QuaySyncEngine *engine, QuaySyncAction *want)
{
  const QuaySyncPush *push = &engine->push;
  if (engine->step != STEP_PUSH || engine->no_pack || push->n == 0 || push->poison ||
      push->at >= engine->chains->len)
    return FALSE;
  const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, push->at);
  QuaySyncBatch batch = engine->up;
  quay_sync_batch_took (&batch, push->n, 0);
  *want = (QuaySyncAction){ .what = QUAY_SYNC_READ,
                            .chain = chain->id,
                            .seq = push->sent_to + 1,
                            .max = batch.n,
                            .max_bytes = quay_sync_push_room (engine) };
  return chain->seq > push->sent_to;
}

void
quay_sync_engine_pack_ahead (QuaySyncEngine *engine, QuayEnvelope *envelope)
{
  quay_sync_ahead_clear (engine);
  if (envelope->records->len == 0)
    return;
  engine->ahead_plain = quay_sync_push_encode (engine, envelope);
  engine->ahead_packed = quay_wire_pack (engine->ahead_plain);
}

GBytes *
quay_sync_pack (QuaySyncEngine *engine, GBytes *plain)
{
  gboolean there = engine->ahead_plain != NULL && g_bytes_equal (engine->ahead_plain, plain);
  GBytes *packed = there ? g_bytes_ref (engine->ahead_packed) : quay_wire_pack (plain);
  quay_sync_ahead_clear (engine);
  return packed;
}

void
quay_sync_ahead_clear (QuaySyncEngine *engine)
{
  g_clear_pointer (&engine->ahead_plain, g_bytes_unref);
  g_clear_pointer (&engine->ahead_packed, g_bytes_unref);
}
