/* The thread of sync: it sends by itself, pauses, and ends at once. */
#include "raw-server.h"
#include "sync-shops.h"

#include <string.h>

static gint64
real_wall (gpointer data)
{
  return g_get_real_time () / 1000;
}

static gint64
real_mono (gpointer data)
{
  return g_get_monotonic_time () / 1000;
}

static void
real_random (gpointer data, guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8)g_random_int ();
}

static const QuayEnv real_env = { real_wall, real_mono, real_random, NULL, { { 0 } } };

static void
changed_cb (gpointer data)
{
  guint *changes = data;
  (*changes)++;
}

/* Runs the main loop until so many records were sent in all and nothing waits. */
static void
wait_sent (QuaySync *sync, guint64 sent)
{
  QuaySyncState state;
  for (;;)
    {
      quay_sync_get (sync, &state);
      if (state.what == QUAY_SYNC_IDLE && state.sent >= sent)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_thread (SyncShops *f, gconstpointer data)
{
  guint changes = 0;
  QuaySyncState state;
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 20);
  QuaySync *sync = quay_sync_start (f->a.store, quay_sync_keys_load (f->a.dir, NULL), &real_env,
                                    changed_cb, &changes);
  wait_sent (sync, 20);
  quay_sync_get (sync, &state);
  guint64 before = state.sent;
  shop_sell (&f->a, 3); /* nobody asks: the store tells */
  wait_sent (sync, before + 3);
  shop_sell (&f->a, 1);
  quay_sync_ask (sync);
  wait_sent (sync, before + 4);
  g_assert_cmpuint (changes, >, 0);
  quay_sync_rotate (sync); /* in the round that sends the next */
  shop_sell (&f->a, 1);
  quay_sync_ask (sync);
  wait_sent (sync, before + 5);
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (f->a.dir, NULL);
  g_assert_cmpstr (keys->key_id, ==, "k2");
  shop_sell (&f->a, 1);
  quay_sync_stop (sync); /* with a change on its way to the main loop, perhaps */
  changes = 0;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (changes, ==, 0);
  shop_sell (&f->a, 1); /* the store has forgotten it */
}

/* A server that takes the request and says nothing. */
static QuaySync *
start_hanging (SyncShops *f, RawServer *server)
{
  QuaySyncKeys *keys = quay_sync_keys_load (f->a.dir, NULL);
  g_free (keys->url);
  keys->url = g_strdup_printf ("http://127.0.0.1:%u", server->port);
  QuaySync *sync = quay_sync_start (f->a.store, keys, &real_env, NULL, NULL);
  raw_server_wait (server, 1);
  return sync;
}

static void
test_stop (SyncShops *f, gconstpointer data)
{
  static const RawScript hang = { .hang = TRUE };
  sync_shops_enrol (f, &f->a);
  g_autoptr (RawServer) server = raw_server_new (&hang, NULL);
  QuaySync *sync = start_hanging (f, server);
  gint64 began = g_get_monotonic_time ();
  quay_sync_stop (sync);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
}

/* Pausing ends the request; going on sends the same again. */
static void
test_pause (SyncShops *f, gconstpointer data)
{
  static const RawScript hang = { .hang = TRUE };
  QuaySyncState state;
  sync_shops_enrol (f, &f->a);
  g_autoptr (RawServer) server = raw_server_new (&hang, NULL);
  QuaySync *sync = start_hanging (f, server);
  quay_sync_pause (sync, TRUE);
  do
    quay_sync_get (sync, &state);
  while (!state.paused);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_WORKING); /* nothing went wrong */
  g_assert_cmpint (state.retry_at, ==, 0);
  quay_sync_pause (sync, FALSE);
  raw_server_wait (server, 2);
  quay_sync_stop (sync);
}

static void
add (const char *path, void (*func) (SyncShops *, gconstpointer))
{
  g_test_add (path, SyncShops, NULL, sync_shops_set_up, func, sync_shops_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sync/thread/sends", test_thread);
  add ("/sync/thread/stop", test_stop);
  add ("/sync/thread/pause", test_pause);
  return g_test_run ();
}
