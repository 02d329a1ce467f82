/* Sending the own chains up. Nothing is marked sent but by an acknowledgement whose head is the own
 * hash at that place; whatever else comes back, the records are sent again. */
#include "quay-sync-private.h"

#include "quay-rule.h"

#include <string.h>

#define HEAD_ROOM 4096 /* for the envelope's first line */
#define STUCK_MOST 3
#define TIME_EVERY                                                                                 \
  (10 * 60 * 1000) /* ms between notes of the server's time, if nothing else is                    \
                    */

static QuayChainState *
present (QuaySyncEngine *engine)
{
  return &g_array_index (engine->chains, QuayChainState, engine->push.at);
}

/* --- what is next --- */

static void
working (QuaySyncEngine *engine)
{
  if (engine->state.what == QUAY_SYNC_IDLE)
    engine->state.what = QUAY_SYNC_WORKING;
}

gsize
quay_sync_push_room (QuaySyncEngine *engine)
{
  return (engine->no_pack ? QUAY_WIRE_UP_PACKED : QUAY_WIRE_UP_PLAIN) - HEAD_ROOM -
         QUAY_WIRE_RECORDS_UP;
}

void
quay_sync_push_read (QuaySyncEngine *engine, guint64 from, guint max)
{
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_READ, STEP_READ);
  action->chain = present (engine)->id;
  action->seq = from;
  action->max = max;
  action->max_bytes = quay_sync_push_room (engine);
  working (engine);
}

void
quay_sync_push_probe (QuaySyncEngine *engine, guint64 at)
{
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_HASH, STEP_PROBE_HASH);
  action->chain = present (engine)->id;
  action->seq = at;
  engine->push.from = at + 1;
  engine->push.n = 0;
}

static void
next_chain (QuaySyncEngine *engine)
{
  guint at = engine->push.at + 1;
  memset (&engine->push, 0, sizeof engine->push);
  engine->push.at = at;
}

void
quay_sync_push_skip (QuaySyncEngine *engine)
{
  next_chain (engine);
  quay_sync_push_next (engine);
}

void
quay_sync_push_next (QuaySyncEngine *engine)
{
  for (; engine->push.at < engine->chains->len; next_chain (engine))
    {
      const QuayChainState *chain = present (engine);
      if (!chain->own || (!chain->mine && !QUAY_RULE ("old-chains")))
        continue;
      if (chain->acked < chain->seq)
        {
          quay_sync_push_read (engine, chain->acked + 1, engine->up.n);
          return;
        }
      if (engine->whole && !engine->push.ok && QUAY_RULE ("heartbeat"))
        {
          quay_sync_push_probe (engine, chain->seq);
          return;
        }
    }
  gboolean all_seen =
      engine->cur != NULL && *engine->cur != '\0' && g_strcmp0 (engine->cur, engine->seen_cur) == 0;
  if (engine->keys->has_next)
    quay_sync_rotate_begin (engine);
  else if (engine->want_list || (engine->whole && !all_seen))
    quay_sync_list (engine);
  else
    quay_sync_person_begin (engine);
}

/* --- the request --- */

static void
post_poison (QuaySyncEngine *engine, const QuayEnvelope *envelope)
{
  char prev[2 * QUAY_HASH_LEN + 1];
  char hash[2 * QUAY_HASH_LEN + 1];
  gsize len;
  const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (envelope->records, 0), &len);
  quay_hash_to_text (&envelope->prev, prev);
  quay_hash_to_text (&envelope->head, hash);
  g_autofree char *text = quay_base64 (bytes, len);
  QuayMsgPoison poison = { envelope->chain, envelope->from, prev, hash, text };
  g_autoptr (GBytes) plain = quay_message_encode (&quay_msg_poison, &poison);
  quay_sync_post (engine, STEP_PUSH, "poison", plain);
}

GBytes *
quay_sync_push_encode (QuaySyncEngine *engine, QuayEnvelope *envelope)
{
  guint64 last = (guint64)(envelope->from - 1) + envelope->records->len;
  quay_seal_make (&envelope->seal, &engine->keys->key, &envelope->till, &envelope->chain, last,
                  &envelope->head);
  g_free (envelope->app);
  envelope->app = g_strdup (QUAY_VERSION);
  envelope->hwm = 0;
  return quay_envelope_encode (envelope);
}

static void
post_envelope (QuaySyncEngine *engine, QuayEnvelope *envelope)
{
  g_autoptr (GBytes) plain = quay_sync_push_encode (engine, envelope);
  quay_sync_post (engine, STEP_PUSH, "push", plain);
}

void
quay_sync_push_run (QuaySyncEngine *engine, QuayEnvelope *envelope)
{
  QuaySyncPush *push = &engine->push;
  push->from = (guint64)envelope->from;
  push->n = envelope->records->len;
  push->sent_to = push->from + push->n - 1;
  if (push->n == 0 || push->from == 0)
    {
      quay_sync_break (engine); /* the chain has changed under us: look again */
      return;
    }
  if (push->poison && push->n == 1 && QUAY_RULE ("poison"))
    {
      post_poison (engine, envelope);
      return;
    }
  post_envelope (engine, envelope);
  if (g_bytes_get_size (engine->body) > QUAY_WIRE_UP_PACKED)
    {
      push->poison = push->n == 1;
      quay_sync_push_read (engine, push->from, MAX (1, push->n / 2));
    }
}

void
quay_sync_push_empty (QuaySyncEngine *engine, const QuayHash *hash)
{
  const QuayChainState *chain = present (engine);
  g_autoptr (QuayEnvelope) envelope = quay_envelope_new ();
  envelope->till = chain->till;
  envelope->chain = chain->id;
  envelope->code = g_strdup (chain->code);
  envelope->letter = g_strdup (chain->letter);
  envelope->from = (gint64)engine->push.from;
  envelope->prev = envelope->head = *hash;
  engine->push.sent_to = engine->push.from - 1;
  post_envelope (engine, envelope);
}

void
quay_sync_push_again_unpacked (QuaySyncEngine *engine)
{
  if (engine->push.n > 0)
    quay_sync_push_read (engine, engine->push.from, engine->push.n);
  else
    quay_sync_post_again (engine);
}

void
quay_sync_on_push_refused (QuaySyncEngine *engine, const char *why)
{
  QuaySyncPush *push = &engine->push;
  if (push->n > 1)
    {
      quay_sync_batch_halve (&engine->up, push->n);
      quay_sync_push_read (engine, push->from, engine->up.n);
    }
  else if (push->n == 1 && !push->poison)
    {
      push->poison = ++push->refused >= 3;
      quay_sync_push_read (engine, push->from, 1);
    }
  else
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, why);
}

/* --- the acknowledgement --- */

static gboolean
seal_is_good (QuaySyncEngine *engine, const QuayChainState *chain)
{
  const QuaySyncPush *push = &engine->push;
  for (guint i = 0; i < engine->keys->n_server_keys; i++)
    if (quay_seal_check (&push->seal, engine->keys->server_keys[i].public, &chain->till, &chain->id,
                         push->hwm, &push->head))
      return TRUE;
  return FALSE;
}

static void
take_notes (QuaySyncEngine *engine, const QuayMsgAck *ack)
{
  for (guint i = 0; i < ack->notes->len; i++)
    {
      const QuayMsgNote *note = g_ptr_array_index (ack->notes, i);
      quay_sync_held_add (engine, &ack->chain, (guint64)note->seq, note->why);
    }
}

void
quay_sync_on_ack (QuaySyncEngine *engine, const QuayMsgAck *ack, gint64 took)
{
  QuaySyncPush *push = &engine->push;
  const QuayChainState *chain = present (engine);
  push->hwm = (guint64)ack->hwm;
  push->time = ack->time;
  if (!quay_id_equal (&ack->till, &chain->till) || !quay_id_equal (&ack->chain, &chain->id) ||
      !quay_hash_from_text (ack->head, &push->head) ||
      !quay_base64_to (ack->seal, push->seal.b, QUAY_SIG_LEN) || !seal_is_good (engine, chain))
    {
      quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, "the acknowledgement does not fit the request");
      return;
    }
  g_free (engine->cur);
  engine->cur = g_strdup (ack->cur);
  engine->server_time = ack->time;
  engine->state.ahead = ack->time > 0 ? engine->wall - ack->time : 0;
  take_notes (engine, ack);
  push->took = took;
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_HASH, STEP_ACK_HASH);
  action->chain = chain->id;
  action->seq = push->hwm;
}

/* The server is where this till knows it to be right: note it, and go on from there. */
static void
believe (QuaySyncEngine *engine)
{
  QuaySyncPush *push = &engine->push;
  const QuayChainState *chain = present (engine);
  if (push->hwm >= push->sent_to)
    push->stuck = 0;
  else if (push->hwm + 1 == push->from || ++push->stuck > STUCK_MOST)
    {
      quay_sync_give_up (engine, QUAY_SYNC_TROUBLE,
                         "the server acknowledges less than it was sent");
      return;
    }
  if (!QUAY_RULE ("acked-down"))
    push->hwm = MAX (push->hwm, chain->acked);
  if (push->n > 0)
    quay_sync_batch_took (&engine->up, push->n, push->took);
  push->search.on = push->poison = FALSE;
  push->refused = 0;
  push->ok = TRUE;
  if (push->hwm == chain->acked && engine->time_noted != G_MININT64 &&
      engine->now - engine->time_noted < TIME_EVERY)
    {
      quay_sync_on_acked (engine);
      return;
    }
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_ACKED, STEP_ACKED);
  action->chain = chain->id;
  action->seq = push->hwm;
  action->seal = &push->seal;
  action->server_time = push->time;
}

void
quay_sync_on_ack_hash (QuaySyncEngine *engine, gboolean there, const QuayHash *hash)
{
  QuaySyncPush *push = &engine->push;
  const QuayChainState *chain = present (engine);
  gboolean compared = push->hwm + 1 >= push->from; /* else a gap: the server looked at nothing */
  if (there && (quay_hash_equal (hash, &push->head) || !QUAY_RULE ("ack-head")))
    believe (engine);
  else if (compared && push->hwm <= push->sent_to)
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, "the server's head is not this till's");
  else if (there && compared)
    quay_sync_search (engine, push->sent_to, push->hwm);
  else if (there)
    quay_sync_search (engine, 0, push->hwm);
  else if (push->sent_to >= chain->seq)
    quay_sync_went_back (engine, push->sent_to + 1);
  else
    quay_sync_search (engine, push->sent_to, chain->seq + 1);
}

void
quay_sync_on_acked (QuaySyncEngine *engine)
{
  QuaySyncPush *push = &engine->push;
  QuayChainState *chain = present (engine);
  if (push->hwm > chain->acked)
    {
      engine->state.sent += push->hwm - chain->acked;
      engine->begun = chain->mine ? 0 : engine->begun;
    }
  chain->acked = push->hwm;
  if (chain->seq < chain->acked)
    chain->seq = chain->acked; /* appended and sent since the round began */
  engine->failures = 0;
  engine->state.last_ack = engine->wall;
  engine->state.why[0] = '\0';
  if (engine->state.what != QUAY_SYNC_IDLE)
    engine->state.what = QUAY_SYNC_WORKING;
  quay_sync_push_next (engine);
}
