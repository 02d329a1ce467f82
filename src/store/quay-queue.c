/* Requests and turns. The book is touched by whoever has the turn: the store's thread, or a thread
 * of the counter that asks while nobody has it and nobody waits for it. That one serves itself,
 * which spares a sale two switches of threads; all others wait in one of two lanes. */
#include "quay-store-private.h"

#define TICK_US (60 * G_USEC_PER_SEC)
#define GIVE_WAY_MAX 20 /* then a long transaction goes through, whoever waits */

/* One request. @task: answered by it; else @done is set and its owner waits on @answered. */
typedef struct
{
  QuayStoreFunc func;
  gpointer data;
  QuayLane lane;
  guint gave_way; /* how often */
  gboolean ok;
  GError *error;
  GTask *task;
  gboolean done;
  GCond answered;
} Request;

/* --- turns: all under the mutex --- */

static gboolean
is_free (QuayStore *store)
{
  return !store->busy && !store->full && g_queue_is_empty (&store->lanes[QUAY_LANE_COUNTER]) &&
         g_queue_is_empty (&store->lanes[QUAY_LANE_BACKGROUND]);
}

static void
begin_turn (QuayStore *store)
{
  g_assert (!store->busy);
  store->busy = TRUE;
  store->owner = g_thread_self ();
}

static void
end_turn (QuayStore *store)
{
  store->owner = NULL;
  store->busy = FALSE;
}

/* Ends a turn in which a request was served. */
static void
end_service (QuayStore *store, QuayLane lane)
{
  if (lane == QUAY_LANE_COUNTER)
    store->counter_at = quay_store_mono (store);
  store->full = quay_store_log_is_full (store, lane);
  store->filled_by = lane;
  if (!(store->flags & QUAY_STORE_QUIET))
    store->next_idle = g_get_monotonic_time () + QUAY_STORE_IDLE_US;
  end_turn (store);
}

/* A turn of the store's own; the mutex is let go meanwhile. */
static void
work (QuayStore *store, void (*func) (QuayStore *store))
{
  begin_turn (store);
  g_mutex_unlock (&store->mutex);
  func (store);
  g_mutex_lock (&store->mutex);
  store->full = FALSE;
  end_turn (store);
}

/* --- the thread --- */

/* What the background has filled waits for the counter: a sale must not wait for a transaction and
 * for the log. */
static gboolean
must_bring_in (QuayStore *store)
{
  return store->full && (store->filled_by == QUAY_LANE_COUNTER ||
                         g_queue_is_empty (&store->lanes[QUAY_LANE_COUNTER]));
}

static Request *
pop_request (QuayStore *store)
{
  Request *request = g_queue_pop_head (&store->lanes[QUAY_LANE_COUNTER]);
  if (request == NULL)
    request = g_queue_pop_head (&store->lanes[QUAY_LANE_BACKGROUND]);
  return request;
}

/* Under the mutex. Waits for a request and works in quiet moments; NULL when the store closes and
 * all is answered. */
static Request *
next_request (QuayStore *store)
{
  for (;;)
    {
      Request *request;
      if (store->busy)
        g_cond_wait (&store->wake, &store->mutex);
      else if (must_bring_in (store))
        work (store, quay_store_checkpoint);
      else if ((request = pop_request (store)) != NULL || store->closing)
        return request;
      else if (g_get_monotonic_time () >= store->next_idle)
        {
          work (store, quay_store_do_idle_work);
          store->next_idle = g_get_monotonic_time () + TICK_US;
        }
      else
        g_cond_wait_until (&store->wake, &store->mutex, store->next_idle);
    }
}

static void
answer_task (Request *request)
{
  if (request->ok)
    g_task_return_boolean (request->task, TRUE);
  else
    g_task_return_error (request->task, request->error);
  g_object_unref (request->task);
  g_free (request);
}

/* FALSE if it stopped for the counter: a long transaction of the background. */
static gboolean
run_request (QuayStore *store, Request *request)
{
  store->may_give_way = request->lane == QUAY_LANE_BACKGROUND && request->gave_way < GIVE_WAY_MAX;
  request->ok = request->func (store, request->data, &request->error);
  gboolean gave_way = store->gave_way && !request->ok;
  store->may_give_way = store->gave_way = FALSE;
  if (!gave_way)
    return TRUE;
  g_clear_error (&request->error);
  request->gave_way++;
  return FALSE;
}

/* In the turn that was just begun; the mutex is let go meanwhile. What stopped waits as the next of
 * its lane. */
static void
serve (QuayStore *store, Request *request)
{
  GTask *task = request->task; /* a request without one is gone once it is done */
  g_mutex_unlock (&store->mutex);
  gboolean done = run_request (store, request);
  quay_store_publish (store);
  g_mutex_lock (&store->mutex);
  end_service (store, request->lane);
  request->done = done;
  if (!done)
    g_queue_push_head (&store->lanes[request->lane], request);
  else if (task == NULL)
    g_cond_signal (&request->answered);
  else
    {
      g_mutex_unlock (&store->mutex);
      answer_task (request);
      g_mutex_lock (&store->mutex);
    }
}

gpointer
quay_store_run_thread (gpointer data)
{
  QuayStore *store = data;
  Request *request;
  g_mutex_lock (&store->mutex);
  while ((request = next_request (store)) != NULL)
    {
      begin_turn (store);
      serve (store, request);
    }
  g_mutex_unlock (&store->mutex);
  return NULL;
}

/* --- asking --- */

gboolean
quay_store_counter_waits (QuayStore *store)
{
  g_mutex_lock (&store->mutex);
  gboolean waits = !g_queue_is_empty (&store->lanes[QUAY_LANE_COUNTER]);
  g_mutex_unlock (&store->mutex);
  return waits;
}

/* Under the mutex. */
static void
push_request (QuayStore *store, Request *request)
{
  g_queue_push_tail (&store->lanes[request->lane], request);
  g_cond_signal (&store->wake);
}

void
quay_store_post (QuayStore *store, QuayLane lane, QuayStoreFunc func, GTask *task)
{
  Request *request = g_new0 (Request, 1);
  request->func = func;
  request->data = task;
  request->task = task;
  request->lane = lane;
  g_mutex_lock (&store->mutex);
  g_assert (!store->closing);
  push_request (store, request);
  g_mutex_unlock (&store->mutex);
}

/* In the turn that was just begun. */
static gboolean
serve_self (QuayStore *store, QuayStoreFunc func, gpointer data, GError **error)
{
  gboolean ok = func (store, data, error);
  quay_store_publish (store);
  g_mutex_lock (&store->mutex);
  end_service (store, QUAY_LANE_COUNTER);
  gboolean alone = is_free (store) && !store->closing;
  g_mutex_unlock (&store->mutex);
  if (!alone)
    g_cond_signal (&store->wake);
  return ok;
}

gboolean
quay_store_call (QuayStore *store, QuayLane lane, QuayStoreFunc func, gpointer data, GError **error)
{
  Request request = { .func = func, .data = data, .lane = lane };
  g_mutex_lock (&store->mutex);
  g_assert (!store->closing && store->owner != g_thread_self ());
  if (lane == QUAY_LANE_COUNTER && is_free (store))
    {
      begin_turn (store);
      g_mutex_unlock (&store->mutex);
      return serve_self (store, func, data, error);
    }
  g_cond_init (&request.answered);
  push_request (store, &request);
  while (!request.done)
    g_cond_wait (&request.answered, &store->mutex);
  g_mutex_unlock (&store->mutex);
  g_cond_clear (&request.answered);
  if (!request.ok)
    g_propagate_error (error, request.error);
  return request.ok;
}
