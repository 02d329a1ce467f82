/* The engine's frame: when a round begins and ends, what is waited for, and the state that people
 * see. What a round does is in the other files of quay-sync-private.h. */
#include "quay-sync-private.h"

#include <string.h>

#define AFTER_APPEND 2000
#define BETWEEN 60000

QuaySyncEngine *
quay_sync_engine_new (QuaySyncKeys *keys, QuaySyncRandom random, gpointer data)
{
  g_return_val_if_fail (keys != NULL && random != NULL, NULL);
  QuaySyncEngine *engine = g_new0 (QuaySyncEngine, 1);
  engine->keys = keys;
  engine->random = random;
  engine->random_data = data;
  engine->after_append = AFTER_APPEND;
  engine->between = BETWEEN;
  engine->version = QUAY_SYNC_VERSION;
  engine->asked = TRUE;
  engine->wake = G_MININT64;
  engine->time_noted = G_MININT64;
  engine->held = quay_sync_held_new ();
  engine->chains = g_array_new (FALSE, TRUE, sizeof (QuayChainState));
  quay_sync_person_init (&engine->persons);
  quay_sync_batch_init (&engine->up, QUAY_WIRE_RECORDS_UP);
  quay_sync_batch_init (&engine->down, QUAY_WIRE_RECORDS_DOWN);
  engine->stopped = !keys->enrolled;
  engine->state.what = keys->enrolled ? QUAY_SYNC_WORKING : QUAY_SYNC_OFF;
  return engine;
}

void
quay_sync_engine_free (QuaySyncEngine *engine)
{
  if (engine == NULL)
    return;
  quay_signed_clear (&engine->headers);
  quay_shape_clear (&quay_msg_chains, &engine->list);
  g_clear_pointer (&engine->pull.page, quay_envelope_free);
  g_clear_pointer (&engine->plain, g_bytes_unref);
  g_clear_pointer (&engine->body, g_bytes_unref);
  quay_sync_ahead_clear (engine);
  g_hash_table_unref (engine->held);
  g_array_unref (engine->chains);
  quay_sync_person_clear (&engine->persons);
  g_free (engine->path);
  g_free (engine->cur);
  g_free (engine->seen_cur);
  g_free (engine->trouble);
  g_free (engine);
}

/* --- the action --- */

QuaySyncAction *
quay_sync_action (QuaySyncEngine *engine, QuaySyncDo what, QuaySyncAwait step)
{
  memset (&engine->action, 0, sizeof engine->action);
  engine->action.what = what;
  engine->step = step;
  return &engine->action;
}

void
quay_sync_post_again (QuaySyncEngine *engine)
{
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_SEND, engine->step);
  char till[QUAY_ID_TEXT_LEN + 1];
  gsize len;
  quay_signed_clear (&engine->headers);
  g_clear_pointer (&engine->body, g_bytes_unref);
  g_clear_pointer (&engine->path, g_free);
  if (!engine->no_pack)
    engine->body = quay_sync_pack (engine, engine->plain);
  action->packed =
      engine->body != NULL && g_bytes_get_size (engine->body) < g_bytes_get_size (engine->plain);
  if (!action->packed)
    {
      g_clear_pointer (&engine->body, g_bytes_unref);
      engine->body = g_bytes_ref (engine->plain);
    }
  quay_id_to_text (&engine->keys->till, till);
  engine->path = g_strdup_printf ("/v%u/%s", engine->version, engine->call);
  const void *bytes = g_bytes_get_data (engine->body, &len);
  quay_wire_sign_request (&engine->headers, &engine->keys->key, engine->keys->key_id, "POST",
                          engine->path, till, bytes, len);
  action->path = engine->path;
  action->type = strcmp (engine->call, "push") == 0 ? "application/x-ndjson" : "application/json";
  action->body = engine->body;
  action->headers = &engine->headers;
}

void
quay_sync_post (QuaySyncEngine *engine, QuaySyncAwait step, const char *call, GBytes *plain)
{
  GBytes *old = engine->plain;
  engine->plain = g_bytes_ref (plain);
  g_clear_pointer (&old, g_bytes_unref);
  engine->call = call;
  engine->step = step;
  quay_sync_post_again (engine);
}

/* --- the round's beginning and end --- */

static void
count_waiting (QuaySyncEngine *engine)
{
  engine->state.waiting = 0;
  for (guint i = 0; i < engine->chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, i);
      if (chain->own && chain->seq > chain->acked)
        engine->state.waiting += chain->seq - chain->acked;
    }
}

static void
rest (QuaySyncEngine *engine, gint64 wake)
{
  engine->step = STEP_REST;
  engine->wake = wake;
  engine->holding = engine->told = FALSE;
  engine->state.retry_at = 0;
  engine->begin_from = 0;
  g_clear_pointer (&engine->pull.page, quay_envelope_free);
  if (engine->dirty)
    engine->count_at = engine->now;
}

static void
tell (QuaySyncEngine *engine, QuaySyncWhat what, const char *why)
{
  engine->state.what = what;
  g_strlcpy (engine->state.why, why != NULL ? why : "", sizeof engine->state.why);
}

void
quay_sync_hold (QuaySyncEngine *engine, QuaySyncWhat what, const char *why, gint64 wait)
{
  rest (engine, engine->now + wait);
  engine->holding = TRUE;
  engine->asked = TRUE; /* what was not done in this round is done in the next */
  engine->state.retry_at = engine->wake;
  tell (engine, what, why);
}

void
quay_sync_give_up (QuaySyncEngine *engine, QuaySyncWhat what, const char *why)
{
  gint64 wait = quay_sync_backoff (engine->failures, engine->random, engine->random_data);
  engine->failures++;
  quay_sync_hold (engine, what, why, wait);
}

void
quay_sync_stop_until_asked (QuaySyncEngine *engine, QuaySyncWhat what, const char *why)
{
  quay_sync_hold (engine, what, why, 0);
  engine->stopped = TRUE;
  engine->state.retry_at = 0;
}

void
quay_sync_finish (QuaySyncEngine *engine)
{
  if (engine->whole)
    engine->next_whole = engine->now + engine->between;
  rest (engine, engine->now + (engine->asked   ? 0
                               : engine->dirty ? engine->after_append
                                               : engine->between));
  if (engine->trouble != NULL)
    tell (engine, QUAY_SYNC_TROUBLE, engine->trouble);
  else
    tell (engine, engine->too_old ? QUAY_SYNC_TOO_OLD : QUAY_SYNC_IDLE, NULL);
}

void
quay_sync_break (QuaySyncEngine *engine)
{
  rest (engine, engine->now);
  engine->asked = TRUE;
}

void
quay_sync_begin_round (QuaySyncEngine *engine)
{
  quay_sync_action (engine, QUAY_SYNC_CHAINS, STEP_CHAINS);
}

static void
start (QuaySyncEngine *engine)
{
  engine->whole = engine->asked || engine->now >= engine->next_whole;
  engine->asked = engine->dirty = FALSE;
  engine->want_list = FALSE;
  engine->too_old = FALSE;
  engine->count_at = 0;
  engine->began = engine->now;
  g_clear_pointer (&engine->trouble, g_free);
  quay_sync_begin_round (engine);
}

const QuaySyncAction *
quay_sync_engine_next (QuaySyncEngine *engine, gint64 now)
{
  engine->now = now;
  if (engine->step != STEP_REST)
    return &engine->action;
  if (!engine->stopped && now >= engine->wake)
    start (engine);
  else if (engine->count_at != 0 && now >= engine->count_at)
    quay_sync_action (engine, QUAY_SYNC_CHAINS, STEP_COUNT);
  else
    {
      gint64 until = engine->stopped ? G_MAXINT64 : engine->wake;
      if (engine->count_at != 0)
        until = MIN (until, engine->count_at);
      quay_sync_action (engine, QUAY_SYNC_WAIT, STEP_REST)->until = until;
    }
  return &engine->action;
}

/* --- what the store says --- */

QuayChainState *
quay_sync_chain (QuaySyncEngine *engine, const QuayId *id)
{
  for (guint i = 0; i < engine->chains->len; i++)
    {
      QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, i);
      if (quay_id_equal (&chain->id, id))
        return chain;
    }
  return NULL;
}

static void
name_alarm (QuaySyncEngine *engine)
{
  if (engine->state.alarm == QUAY_SYNC_ALARM_NONE || engine->state.alarm_letter[0] != '\0')
    return;
  for (guint i = 0; i < engine->chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, i);
      if (chain->mine)
        g_strlcpy (engine->state.alarm_letter, chain->letter, sizeof engine->state.alarm_letter);
    }
}

/* The keys of another till, copied with a folder or put back with an older one. */
static gboolean
keys_fit (QuaySyncEngine *engine)
{
  for (guint i = 0; i < engine->chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, i);
      if (chain->mine && !quay_id_equal (&chain->till, &engine->keys->till))
        return FALSE;
    }
  return TRUE;
}

void
quay_sync_engine_chains (QuaySyncEngine *engine, GArray *chains)
{
  g_return_if_fail (engine->step == STEP_CHAINS || engine->step == STEP_COUNT);
  g_array_set_size (engine->chains, 0);
  if (chains->len > 0)
    g_array_append_vals (engine->chains, chains->data, chains->len);
  count_waiting (engine);
  name_alarm (engine);
  if (engine->step == STEP_COUNT)
    {
      engine->count_at = 0;
      engine->step = STEP_REST;
    }
  else if (!keys_fit (engine))
    quay_sync_stop_until_asked (engine, QUAY_SYNC_UNKNOWN_TILL, "the keys are another till's");
  else
    {
      memset (&engine->push, 0, sizeof engine->push);
      quay_sync_push_next (engine);
    }
}

void
quay_sync_engine_run (QuaySyncEngine *engine, QuayEnvelope *envelope)
{
  g_return_if_fail (engine->step == STEP_READ);
  quay_sync_push_run (engine, envelope);
}

void
quay_sync_engine_hash (QuaySyncEngine *engine, gboolean there, const QuayHash *hash)
{
  switch (engine->step)
    {
    case STEP_PROBE_HASH:
      if (there)
        quay_sync_push_empty (engine, hash);
      else
        quay_sync_break (engine); /* the chain has changed under us */
      break;
    case STEP_ACK_HASH:
      quay_sync_on_ack_hash (engine, there, hash);
      break;
    case STEP_COMPARE:
      quay_sync_on_compare (engine, there, hash);
      break;
    case STEP_PULL_HASH:
      quay_sync_on_pull_hash (engine, there, hash);
      break;
    default:
      g_return_if_reached ();
    }
}

void
quay_sync_engine_persons (QuaySyncEngine *engine)
{
  g_return_if_fail (engine->step == STEP_PERSONS);
  quay_sync_on_persons (engine);
}

static void
new_chain_begun (QuaySyncEngine *engine)
{
  engine->begun++;
  engine->begin_from = 0;
  engine->state.alarm = engine->begin_alarm;
  engine->state.alarm_letter[0] = '\0';
  engine->whole = engine->want_list = TRUE;
  quay_sync_begin_round (engine);
}

void
quay_sync_engine_done (QuaySyncEngine *engine, guint64 n)
{
  switch (engine->step)
    {
    case STEP_ACKED:
      engine->time_noted = engine->now;
      quay_sync_on_acked (engine);
      count_waiting (engine);
      break;
    case STEP_LOWERED:
      quay_sync_on_lowered (engine);
      count_waiting (engine);
      break;
    case STEP_KEYS:
      quay_sync_pull_begin (engine);
      break;
    case STEP_NEXT_KEPT:
      quay_sync_rotate_send (engine);
      break;
    case STEP_ROTATED:
      quay_sync_push_next (engine);
      break;
    case STEP_NEW_CHAIN:
      new_chain_begun (engine);
      break;
    case STEP_TAKE:
      quay_sync_on_taken (engine, n);
      break;
    default:
      g_return_if_reached ();
    }
}

void
quay_sync_engine_stopped (QuaySyncEngine *engine, const GError *why, gint64 now)
{
  engine->now = now;
  if (engine->step == STEP_COUNT)
    {
      engine->count_at = 0; /* the next append asks again */
      engine->step = STEP_REST;
    }
  else if (engine->step == STEP_TAKE && !quay_error_is_storage (why))
    quay_sync_pull_skip (engine, why->message);
  else
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, why->message);
}

/* --- things that happen --- */

void
quay_sync_engine_appended (QuaySyncEngine *engine, gint64 now)
{
  gint64 soon = now + engine->after_append;
  if (engine->step != STEP_REST)
    engine->dirty = TRUE;
  else if (engine->stopped || engine->holding)
    engine->count_at = engine->count_at != 0 ? MIN (engine->count_at, soon) : soon;
  else
    engine->wake = MIN (engine->wake, soon);
}

void
quay_sync_engine_link_up (QuaySyncEngine *engine, gint64 now)
{
  if (engine->step != STEP_REST || engine->stopped || engine->told)
    return;
  gint64 wait = quay_sync_uniform (QUAY_SYNC_LINK_UP_WITHIN, engine->random, engine->random_data);
  engine->failures = 0;
  engine->wake = MIN (engine->wake, now + wait);
  if (engine->holding)
    engine->state.retry_at = engine->wake;
}

void
quay_sync_engine_ask (QuaySyncEngine *engine, gint64 now)
{
  if (!engine->keys->enrolled)
    return;
  engine->stopped = FALSE;
  engine->asked = TRUE;
  engine->failures = 0;
  engine->unauthorised = 0;
  if (engine->step == STEP_REST)
    engine->wake = now;
}

void
quay_sync_engine_set_rhythm (QuaySyncEngine *engine, gint64 after_append, gint64 between)
{
  g_return_if_fail (after_append >= 0 && between > 0);
  engine->after_append = after_append;
  engine->between = between;
}

void
quay_sync_engine_set_version (QuaySyncEngine *engine, guint version)
{
  g_return_if_fail (version >= 1);
  engine->version = version;
}

QuaySyncKeys *
quay_sync_engine_keys (QuaySyncEngine *engine)
{
  return engine->keys;
}

const QuaySyncState *
quay_sync_engine_state (QuaySyncEngine *engine)
{
  return &engine->state;
}

void
quay_sync_engine_seen (QuaySyncEngine *engine)
{
  engine->state.alarm = QUAY_SYNC_ALARM_NONE;
  engine->state.alarm_letter[0] = '\0';
}
