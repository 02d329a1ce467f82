/* The thread that runs the engine: store actions by quay_sync_step(), requests by the transport.
 * What others tell it is kept under the mutex and handed to the engine by the thread itself. */
#include "quay-sync.h"

#include "quay-sync-transport.h"
#include "quay-training.h"

#include <sodium.h>
#include <string.h>

#define NAP_MOST 60000 /* ms: a computer that slept looks at the clock again */

struct _QuaySync
{
  /* fixed */
  QuayStore *store;
  QuaySyncKeys *keys;
  QuayEnv env;
  char till[QUAY_ID_TEXT_LEN + 1];
  QuaySyncChanged changed;
  gpointer changed_data;
  GThread *thread;
  GNetworkMonitor *monitor;
  gulong monitor_id;

  /* the thread's; the transport may be cancelled by any */
  QuaySyncEngine *engine;
  QuaySyncTransport *transport;

  /* under the mutex */
  GMutex mutex;
  GCond wake;
  gboolean quit;
  gboolean paused;
  gboolean appended;
  gboolean link_up;
  gboolean asked;
  gboolean seen;
  gboolean rotate;
  QuaySyncState state;
  GPtrArray *held; /* replaced, never changed */
  guint idle;
};

static guint64
random_cb (gpointer data)
{
  const QuayEnv *env = data;
  guint64 bits;
  env->random (env->data, (guint8 *)&bits, sizeof bits);
  return bits;
}

static gint64
mono (const QuayEnv *env)
{
  return env->mono_ms (env->data);
}

static void
rotate (QuaySyncEngine *engine, gint64 now)
{
  guint8 seed[32];
  randombytes_buf (seed, sizeof seed);
  quay_sync_engine_rotate (engine, seed, now);
  sodium_memzero (seed, sizeof seed);
}

/* --- one action --- */

typedef struct
{
  QuaySyncEngine *engine;
  QuayStore *store;
} Ahead;

static void
ahead_cb (gpointer data)
{
  const Ahead *ahead = data;
  quay_sync_step_ahead (ahead->engine, ahead->store);
}

/* A lost clock must not cut the till off: the certificate is judged once more by the server's own
 * time. One that has run out is no good then, either. */
static gboolean
judge_by_server_time (QuaySyncTransport *transport, const QuaySyncKeys *keys)
{
  gint64 seconds;
  if (!quay_sync_server_time (transport, keys, &seconds))
    return FALSE;
  quay_sync_transport_set_time (transport, seconds);
  return TRUE;
}

/* Sends, and tells the engine what came of it. FALSE if it was cancelled: the engine still wants
 * the same. */
static gboolean
send_action (QuaySyncEngine *engine, QuayStore *store, QuaySyncTransport *transport,
             const char *till, const QuaySyncAction *action, const QuayEnv *env)
{
  g_auto (QuaySyncReply) reply = { 0 };
  Ahead ahead = { engine, store };
  quay_sync_transport_set_idle (transport, ahead_cb, &ahead);
  QuaySyncOutcome outcome = quay_sync_transport_send (transport, till, action, &reply);
  if (outcome == QUAY_SYNC_LOST && reply.lost == QUAY_SYNC_LOST_CLOCK &&
      judge_by_server_time (transport, quay_sync_engine_keys (engine)))
    {
      quay_sync_reply_clear (&reply);
      outcome = quay_sync_transport_send (transport, till, action, &reply);
    }
  quay_sync_transport_set_time (transport, 0);
  quay_sync_transport_set_idle (transport, NULL, NULL);
  if (outcome == QUAY_SYNC_CANCELLED)
    return FALSE;
  if (outcome == QUAY_SYNC_ANSWERED)
    quay_sync_engine_answer (engine, &reply.answer, mono (env), env->wall_ms (env->data));
  else
    quay_sync_engine_failed (engine, reply.lost, reply.why, mono (env));
  return TRUE;
}

/* --- the thread --- */

static gboolean
tell_cb (gpointer data)
{
  QuaySync *sync = data;
  g_mutex_lock (&sync->mutex);
  sync->idle = 0;
  g_mutex_unlock (&sync->mutex);
  sync->changed (sync->changed_data);
  return G_SOURCE_REMOVE;
}

/* Under the mutex: what the engine has to say, if it is new. */
static void
publish (QuaySync *sync)
{
  QuaySyncState state = *quay_sync_engine_state (sync->engine);
  state.paused = sync->paused;
  if (memcmp (&state, &sync->state, sizeof state) == 0)
    return;
  if (state.held_told != sync->state.held_told)
    {
      g_ptr_array_unref (sync->held);
      sync->held = quay_sync_engine_held (sync->engine);
    }
  sync->state = state;
  if (sync->idle == 0 && sync->changed != NULL && !sync->quit)
    sync->idle = g_idle_add (tell_cb, sync);
}

/* Under the mutex. */
static void
hand_over (QuaySync *sync)
{
  gint64 now = mono (&sync->env);
  if (sync->appended)
    quay_sync_engine_appended (sync->engine, now);
  if (sync->link_up)
    quay_sync_engine_link_up (sync->engine, now);
  if (sync->asked)
    quay_sync_engine_ask (sync->engine, now);
  if (sync->seen)
    quay_sync_engine_seen (sync->engine);
  if (sync->rotate || quay_sync_engine_key_is_old (sync->engine))
    rotate (sync->engine, now);
  sync->appended = sync->link_up = sync->asked = sync->seen = sync->rotate = FALSE;
}

static gboolean
anything (const QuaySync *sync)
{
  return sync->quit || sync->appended || sync->link_up || sync->asked || sync->seen || sync->rotate;
}

/* Under the mutex: sleeps until @until or until something happens. */
static void
nap (QuaySync *sync, gint64 until)
{
  gint64 wait = CLAMP (until - mono (&sync->env), 0, NAP_MOST);
  gint64 end = g_get_monotonic_time () + wait * 1000;
  gboolean paused = sync->paused;
  while (!anything (sync) && sync->paused == paused &&
         g_cond_wait_until (&sync->wake, &sync->mutex, end))
    ;
}

static void
act (QuaySync *sync, const QuaySyncAction *action)
{
  if (action->what == QUAY_SYNC_SEND)
    send_action (sync->engine, sync->store, sync->transport, sync->till, action, &sync->env);
  else
    quay_sync_step (sync->engine, sync->store, action, mono (&sync->env));
}

static gpointer
sync_thread (gpointer data)
{
  QuaySync *sync = data;
  g_mutex_lock (&sync->mutex);
  while (!sync->quit)
    {
      hand_over (sync);
      const QuaySyncAction *action = quay_sync_engine_next (sync->engine, mono (&sync->env));
      publish (sync);
      if (sync->paused)
        nap (sync, G_MAXINT64);
      else if (action->what == QUAY_SYNC_WAIT)
        nap (sync, action->until);
      else
        {
          g_mutex_unlock (&sync->mutex);
          act (sync, action);
          g_mutex_lock (&sync->mutex);
        }
    }
  g_mutex_unlock (&sync->mutex);
  return NULL;
}

/* --- from outside --- */

static void
raise_flag (QuaySync *sync, gboolean *flag)
{
  g_mutex_lock (&sync->mutex);
  *flag = TRUE;
  g_cond_signal (&sync->wake);
  g_mutex_unlock (&sync->mutex);
}

static void
appended_cb (gpointer data)
{
  QuaySync *sync = data;
  raise_flag (sync, &sync->appended);
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, gpointer data)
{
  if (available)
    quay_sync_link_up (data);
}

QuaySync *
quay_sync_start (QuayStore *store, QuaySyncKeys *keys, const QuayEnv *env, QuaySyncChanged changed,
                 gpointer data)
{
  g_return_val_if_fail (store != NULL && keys != NULL && keys->enrolled, NULL);
  g_assert (!quay_store_is_training (store)); /* what is practised is nobody's */
  QuaySync *sync = g_new0 (QuaySync, 1);
  sync->store = store;
  sync->keys = keys;
  sync->env = *env;
  sync->changed = changed;
  sync->changed_data = data;
  quay_id_to_text (&keys->till, sync->till);
  g_mutex_init (&sync->mutex);
  g_cond_init (&sync->wake);
  sync->engine = quay_sync_engine_new (keys, random_cb, &sync->env);
  sync->transport = quay_sync_transport_new (keys->url, keys->ca);
  sync->state = *quay_sync_engine_state (sync->engine);
  sync->held = quay_sync_engine_held (sync->engine);
  quay_store_set_appended (store, appended_cb, sync);
  sync->monitor = g_network_monitor_get_default ();
  sync->monitor_id =
      g_signal_connect (sync->monitor, "network-changed", G_CALLBACK (network_changed_cb), sync);
  sync->thread = g_thread_new ("sync", sync_thread, sync);
  return sync;
}

void
quay_sync_stop (QuaySync *sync)
{
  if (sync == NULL)
    return;
  g_signal_handler_disconnect (sync->monitor, sync->monitor_id);
  raise_flag (sync, &sync->quit);
  quay_sync_transport_cancel (sync->transport);
  g_thread_join (sync->thread);
  quay_store_set_appended (sync->store, NULL, NULL);
  g_clear_handle_id (&sync->idle, g_source_remove);
  quay_sync_engine_free (sync->engine);
  quay_sync_transport_free (sync->transport);
  g_ptr_array_unref (sync->held);
  quay_sync_keys_free (sync->keys);
  g_cond_clear (&sync->wake);
  g_mutex_clear (&sync->mutex);
  g_free (sync);
}

void
quay_sync_get (QuaySync *sync, QuaySyncState *state)
{
  g_mutex_lock (&sync->mutex);
  *state = sync->state;
  g_mutex_unlock (&sync->mutex);
}

GPtrArray *
quay_sync_held (QuaySync *sync)
{
  g_mutex_lock (&sync->mutex);
  GPtrArray *held = g_ptr_array_ref (sync->held);
  g_mutex_unlock (&sync->mutex);
  return held;
}

void
quay_sync_ask (QuaySync *sync)
{
  raise_flag (sync, &sync->asked);
}

void
quay_sync_link_up (QuaySync *sync)
{
  raise_flag (sync, &sync->link_up);
}

void
quay_sync_seen (QuaySync *sync)
{
  raise_flag (sync, &sync->seen);
}

void
quay_sync_rotate (QuaySync *sync)
{
  raise_flag (sync, &sync->rotate);
}

void
quay_sync_pause (QuaySync *sync, gboolean pause)
{
  g_mutex_lock (&sync->mutex);
  sync->paused = pause;
  if (pause)
    quay_sync_transport_cancel (sync->transport);
  else
    quay_sync_transport_resume (sync->transport);
  g_cond_signal (&sync->wake);
  g_mutex_unlock (&sync->mutex);
}

/* --- in the caller's thread --- */

static gboolean
fail_once (const QuaySyncState *state, GError **error)
{
  static const char *const words[] = {
    [QUAY_SYNC_OFF] = "this till is not enrolled",
    [QUAY_SYNC_WORKING] = "not finished",
    [QUAY_SYNC_OFFLINE] = "the server was not reached",
    [QUAY_SYNC_NOT_OURS] = "something else than the server answers",
    [QUAY_SYNC_TLS] = "the server's certificate is not to be trusted",
    [QUAY_SYNC_BUSY] = "the server asks to wait",
    [QUAY_SYNC_UNKNOWN_TILL] = "the server does not know this till: enrol again",
    [QUAY_SYNC_REVOKED] = "the office has locked this till out: enrol again",
    [QUAY_SYNC_TOO_OLD] = "this program is too old for the server",
    [QUAY_SYNC_TROUBLE] = "not everything could be exchanged",
    [QUAY_SYNC_CLOCK] = "the certificate does not fit this computer's clock, which may be wrong",
  };
  const char *word = words[state->what] != NULL ? words[state->what] : "not finished";
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_IO, "%s%s%s", word, state->why[0] != '\0' ? ": " : "",
               state->why);
  return FALSE;
}

gboolean
quay_sync_once (QuayStore *store, QuaySyncKeys *keys, const QuayEnv *env, gboolean new_key,
                QuaySyncState *state, GError **error)
{
  const QuaySyncAction *action;
  char till[QUAY_ID_TEXT_LEN + 1];
  memset (state, 0, sizeof *state);
  if (!quay_store_need_real (store, error))
    return FALSE;
  if (!keys->enrolled)
    return fail_once (state, error);
  QuayEnv copy = *env;
  g_autoptr (QuaySyncEngine) engine = quay_sync_engine_new (keys, random_cb, &copy);
  g_autoptr (QuaySyncTransport) transport = quay_sync_transport_new (keys->url, keys->ca);
  quay_id_to_text (&keys->till, till);
  if (new_key)
    rotate (engine, mono (env));
  while ((action = quay_sync_engine_next (engine, mono (env)))->what != QUAY_SYNC_WAIT)
    {
      if (action->what == QUAY_SYNC_SEND)
        send_action (engine, store, transport, till, action, env);
      else
        quay_sync_step (engine, store, action, mono (env));
      if (quay_sync_engine_key_is_old (engine))
        rotate (engine, mono (env));
    }
  *state = *quay_sync_engine_state (engine);
  return state->what == QUAY_SYNC_IDLE || fail_once (state, error);
}
