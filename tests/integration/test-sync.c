/* Sync as the till uses it: real stores, the real server over loopback, the real thread. */
#include "quay-sync.h"

#include "quay-server-http.h"
#include "raw-server.h"
#include "server-fixture.h"
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  Office office;
  QuayServerHttp *http;
  char *address;
  Shop a;
  Shop b;
} Fixture;

/* @pem: certificate and key, or NULL for plain HTTP. */
static void
start_with (Fixture *f, const char *pem)
{
  g_autoptr (GError) error = NULL;
  const QuayServerHttpOptions options = { .listen = "127.0.0.1:0", .cert = pem, .key = pem };
  f->http = quay_server_http_start (f->office.server, &options, &error);
  g_assert_no_error (error);
  f->address =
      g_strconcat (pem != NULL ? "https://" : "http://", quay_server_http_address (f->http), NULL);
}

static void
start_server (Fixture *f)
{
  start_with (f, NULL);
}

static void
stop_server (Fixture *f)
{
  g_clear_pointer (&f->http, quay_server_http_stop);
  g_clear_pointer (&f->address, g_free);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
  start_server (f);
  shop_make (&f->a, "QT1", 11);
  shop_make (&f->b, "QT1", 12);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  shop_assert_sound (&f->a, TRUE);
  shop_assert_sound (&f->b, TRUE);
  shop_tear_down (&f->a, NULL);
  shop_tear_down (&f->b, NULL);
  stop_server (f);
  office_assert_sound (&f->office);
  office_tear_down (&f->office, NULL);
}

static char *
make_code (Fixture *f, const QuayId *replaces)
{
  g_autoptr (GError) error = NULL;
  gint64 until;
  char *code = quay_server_make_code (f->office.server, &f->office.site, replaces, &until, &error);
  g_assert_no_error (error);
  return code;
}

static void
enrol (Fixture *f, Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayEnrolled enrolled;
  QuayId till = quay_store_till_id (shop->store);
  g_autofree char *secret = make_code (f, NULL);
  quay_sync_enrol (shop->dir, f->address, NULL, &till, quay_store_till_code (shop->store),
                   quay_store_chain_letter (shop->store), secret, &enrolled, &error);
  g_assert_no_error (error);
  if (!enrolled.present_chain)
    g_assert_true (quay_store_new_chain (shop->store, enrolled.code, enrolled.letter, 0, &error));
  quay_enrolled_clear (&enrolled);
}

static gboolean
try_once (Shop *shop, QuaySyncState *state, GError **error)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, error);
  return keys != NULL && quay_sync_once (shop->store, keys, &shop->env.env, state, error);
}

static QuaySyncState
once (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  try_once (shop, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (state.waiting, ==, 0);
  g_assert_cmpuint (state.to_receive, ==, 0);
  return state;
}

static void
assert_equal (Shop *a, Shop *b)
{
  QuayHash one;
  QuayHash two;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  g_assert_true (quay_store_digest (a->store, &one, &left, NULL));
  g_assert_true (quay_store_digest (b->store, &two, &right, NULL));
  g_assert_cmpstr (left, ==, right);
}

/* The server is to be found where it is by now. */
static void
tell_address (Fixture *f, Shop *shop, const char *ca)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, NULL);
  g_free (keys->url);
  g_free (keys->ca);
  keys->url = g_strdup (f->address);
  keys->ca = g_strdup (ca);
  g_assert_true (quay_sync_keys_save (keys, NULL));
}

/* --- exchange --- */

static void
test_two_tills (Fixture *f, gconstpointer data)
{
  shop_fill (&f->a, 300);
  enrol (f, &f->a);
  enrol (f, &f->b);
  g_assert_cmpstr (quay_store_till_code (f->a.store), ==, "QT1");
  g_assert_cmpstr (quay_store_till_code (f->b.store), !=, "QT1"); /* taken: another was given */
  QuaySyncState state = once (&f->a);
  g_assert_cmpuint (state.sent, >, 300);
  g_assert_cmpuint (state.held, ==, 0);
  shop_sell (&f->b, 20);
  state = once (&f->b);
  g_assert_cmpuint (state.received, >, 300);
  g_assert_cmpuint (state.sent, >=, 22);
  shop_sell (&f->a, 7);
  once (&f->a);
  once (&f->b);
  assert_equal (&f->a, &f->b);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==, 327);
  state = once (&f->a); /* nothing left */
  g_assert_cmpuint (state.sent + state.received, ==, 0);
}

/* A long backlog goes in batches that grow. */
static void
test_backlog (Fixture *f, gconstpointer data)
{
  enrol (f, &f->a);
  shop_fill (&f->a, 50);
  for (guint i = 0; i < 30; i++)
    shop_sell (&f->a, 100);
  QuaySyncState state = once (&f->a);
  g_assert_cmpuint (state.sent, >, 3000);
  enrol (f, &f->b);
  state = once (&f->b);
  g_assert_cmpuint (state.received, >, 3000);
  once (&f->a); /* the other's births */
  assert_equal (&f->a, &f->b);
}

static void
test_server_comes_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  enrol (f, &f->a);
  shop_fill (&f->a, 20);
  stop_server (f);
  g_assert_false (try_once (&f->a, &state, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_IO);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_OFFLINE);
  g_assert_cmpuint (state.waiting, >, 20);
  start_server (f);
  tell_address (f, &f->a, NULL);
  once (&f->a);
}

/* --- TLS --- */

/* The server again, with a certificate of an authority of the test's; returns its file. */
static char *
start_tls (Fixture *f, long from, long to)
{
  g_autofree char *pem = NULL;
  stop_server (f);
  raw_make_ca (f->office.dir, "ca");
  g_autofree char *cert = raw_make_cert (f->office.dir, "server", "ca", "127.0.0.1", from, to);
  g_assert_true (g_file_get_contents (cert, &pem, NULL, NULL));
  start_with (f, pem);
  return g_build_filename (f->office.dir, "ca.pem", NULL);
}

static void
test_tls (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  enrol (f, &f->a);
  shop_fill (&f->a, 20);
  g_autofree char *ca = start_tls (f, -3600, 3600);
  tell_address (f, &f->a, NULL); /* an authority that this till does not know */
  g_assert_false (try_once (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_TLS);
  tell_address (f, &f->a, ca);
  g_assert_cmpuint (once (&f->a).sent, >, 20);
}

#define MS_2026_01_01 G_GINT64_CONSTANT (1767225600000)
#define MS_DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)

/* It is February; this computer's clock has been lost, and its libraries think of another time. */
static void
test_dead_clock (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  gint64 now = g_get_real_time () / 1000;
  g_assert_cmpint (now, >, MS_2026_01_01 + 90 * MS_DAY);
  enrol (f, &f->a);
  f->office.env.wall_ms = MS_2026_01_01 + 30 * MS_DAY;
  g_autofree char *ca = start_tls (f, (long)((MS_2026_01_01 - MS_DAY - now) / 1000),
                                   (long)((MS_2026_01_01 + 60 * MS_DAY - now) / 1000));
  tell_address (f, &f->a, ca);
  g_assert_false (try_once (&f->a, &state, &error)); /* nothing is wrong with the clock: expired */
  g_assert_cmpint (state.what, ==, QUAY_SYNC_CLOCK);
  f->a.env.wall_ms = 1000;
  shop_fill (&f->a, 5);
  g_assert_true (quay_store_clock_is_wrong (f->a.store));
  g_assert_cmpuint (once (&f->a).sent, >, 5);
  once (&f->a);
}

/* --- lives of a disk --- */

static char *
copy_file (const char *from, const char *to_dir, const char *name)
{
  char *to = g_build_filename (to_dir, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_assert_true (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
  return to;
}

/* The folder of a closed shop as another computer has it. */
static void
clone_shop (Shop *clone, Shop *shop, guint seed)
{
  static const char *const names[] = { QUAY_STORE_FILE, "quay.keys", "quay.head" };
  memset (clone, 0, sizeof *clone);
  clone->dir = quay_test_dir ();
  clone->path = g_build_filename (clone->dir, QUAY_STORE_FILE, NULL);
  clone->chance = g_rand_new_with_seed (seed);
  quay_test_env_init (&clone->env, seed);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (shop->dir, names[i], NULL);
      if (g_file_test (from, G_FILE_TEST_EXISTS))
        g_free (copy_file (from, clone->dir, names[i]));
    }
}

static void
test_clone (Fixture *f, gconstpointer data)
{
  Shop twin;
  enrol (f, &f->a);
  enrol (f, &f->b);
  shop_fill (&f->a, 60);
  once (&f->a);
  shop_sell (&f->a, 5);
  shop_close (&f->a);
  clone_shop (&twin, &f->a, 77);
  shop_open (&f->a);
  shop_open (&twin);
  shop_sell (&f->a, 10);
  shop_sell (&twin, 12);
  g_assert_cmpint (once (&f->a).alarm, ==, QUAY_SYNC_ALARM_NONE);
  QuaySyncState state = once (&twin);
  g_assert_cmpint (state.alarm, ==, QUAY_SYNC_ALARM_FORK);
  g_assert_cmpstr (state.alarm_letter, ==, quay_store_chain_letter (twin.store));
  g_assert_cmpstr (quay_store_chain_letter (twin.store), !=, "A");
  shop_sell (&twin, 3);
  once (&f->b);
  once (&twin);
  once (&f->b);
  once (&f->a);
  assert_equal (&f->a, &twin);
  assert_equal (&f->a, &f->b);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==, 60 + 5 + 10 + 12 + 3);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM alarm"), >=, 1);
  shop_assert_sound (&twin, TRUE);
  shop_tear_down (&twin, NULL);
}

/* The file of this morning is put back, without the note of its head: only the server can tell. */
static void
test_went_back (Fixture *f, gconstpointer data)
{
  Shop old;
  enrol (f, &f->a);
  shop_fill (&f->a, 30);
  once (&f->a);
  shop_close (&f->a);
  clone_shop (&old, &f->a, 78);
  shop_open (&f->a);
  shop_sell (&f->a, 40);
  once (&f->a);
  shop_open (&old);
  QuaySyncState state = once (&old);
  g_assert_cmpint (state.alarm, ==, QUAY_SYNC_ALARM_WENT_BACK);
  g_assert_cmpstr (quay_store_chain_letter (old.store), ==, "B");
  g_assert_cmpuint (state.received, ==, 40);
  shop_sell (&old, 2);
  enrol (f, &f->b);
  once (&f->b);
  once (&old);
  once (&f->b);
  assert_equal (&f->b, &old);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==, 72);
  shop_assert_sound (&old, TRUE);
  shop_tear_down (&old, NULL);
}

/* A lost till's place is taken by a new one, which has all its sales and uses no number again. */
static void
test_lost_till (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayEnrolled enrolled;
  Shop fresh = { 0 };
  QuayId lost = quay_store_till_id (f->a.store);
  enrol (f, &f->a);
  shop_fill (&f->a, 30);
  once (&f->a);
  fresh.dir = quay_test_dir ();
  fresh.path = g_build_filename (fresh.dir, QUAY_STORE_FILE, NULL);
  fresh.chance = g_rand_new_with_seed (79);
  quay_test_env_init (&fresh.env, 79);
  g_autofree char *secret = make_code (f, &lost);
  g_assert_true (quay_sync_enrol (fresh.dir, f->address, NULL, &QUAY_ID_NIL, NULL, NULL, secret,
                                  &enrolled, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (enrolled.code, ==, "QT1");
  g_assert_cmpstr (enrolled.letter, ==, "B");
  g_assert_false (enrolled.present_chain);
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (fresh.dir, &error);
  g_assert_no_error (error);
  g_assert_true (quay_store_create_as (fresh.dir, enrolled.code, enrolled.letter, &keys->till,
                                       &fresh.env.env, &error));
  quay_enrolled_clear (&enrolled);
  shop_open (&fresh);
  once (&fresh);
  shop_sell (&fresh, 4);
  once (&fresh);
  g_assert_cmpint (shop_ask (&fresh, "SELECT count (*) FROM sale"), ==, 34);
  g_assert_cmpint (shop_ask (&fresh, "SELECT count (DISTINCT number) FROM sale"), ==, 34);
  QuaySyncState state; /* the lost one comes back, and may not send */
  g_assert_false (try_once (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_REVOKED);
  shop_assert_sound (&fresh, TRUE);
  shop_tear_down (&fresh, NULL);
}

/* --- who is who --- */

static void
test_enrol (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayEnrolled enrolled;
  QuayId till = quay_store_till_id (f->a.store);
  g_assert_false (quay_sync_enrol (f->a.dir, f->address, NULL, &till, "QT1", "A", "wrong-code",
                                   &enrolled, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_sync_enrol (f->a.dir, "http://server.example", NULL, &till, "QT1", "A", "x",
                                   &enrolled, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_sync_enrol (f->a.dir, "http://127.0.0.1:1", NULL, &till, "QT1", "A", "x",
                                   &enrolled, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_IO);
  g_clear_error (&error);
  /* the tries before left a key, which is used; its answer may be lost and asked for again */
  g_autofree char *secret = make_code (f, NULL);
  g_autoptr (QuaySyncKeys) before = quay_sync_keys_load (f->a.dir, NULL);
  g_assert_false (before->enrolled);
  g_assert_true (before->has_next);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (quay_sync_enrol (f->a.dir, f->address, NULL, &till, "QT1", "A", secret,
                                      &enrolled, &error));
      g_assert_true (enrolled.present_chain);
      g_assert_cmpstr (enrolled.shop, ==, "Quế Thanh");
      quay_enrolled_clear (&enrolled);
      g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (f->a.dir, NULL);
      g_assert_true (keys->enrolled);
      g_assert_false (keys->has_next);
      g_assert_cmpmem (&keys->key, sizeof keys->key, &before->next, sizeof before->next);
      if (i == 0)
        g_assert_true (quay_sync_keys_save (before, NULL)); /* as if the answer had not come */
    }
  once (&f->a);
}

/* Locked out and let in again: the same till and chains go on, with a new key. */
static void
test_revoked (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  QuayId till = quay_store_till_id (f->a.store);
  enrol (f, &f->a);
  shop_fill (&f->a, 10);
  once (&f->a);
  g_assert_true (quay_server_revoke (f->office.server, &till, &error));
  shop_sell (&f->a, 5);
  g_assert_false (try_once (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_REVOKED);
  g_assert_cmpuint (state.waiting, ==, 5);
  enrol (f, &f->a);
  g_assert_cmpuint (once (&f->a).sent, ==, 5);
  g_assert_cmpstr (quay_store_chain_letter (f->a.store), ==, "A");
}

/* The keys of one till in the folder of another. */
static void
test_other_keys (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  enrol (f, &f->a);
  g_autofree char *keys = g_build_filename (f->a.dir, "quay.keys", NULL);
  g_free (copy_file (keys, f->b.dir, "quay.keys"));
  g_assert_false (try_once (&f->b, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_UNKNOWN_TILL);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM journal"), ==, 0);
}

/* --- the thread --- */

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
test_thread (Fixture *f, gconstpointer data)
{
  guint changes = 0;
  QuaySyncState state;
  enrol (f, &f->a);
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
start_hanging (Fixture *f, RawServer *server)
{
  QuaySyncKeys *keys = quay_sync_keys_load (f->a.dir, NULL);
  g_free (keys->url);
  keys->url = g_strdup_printf ("http://127.0.0.1:%u", server->port);
  QuaySync *sync = quay_sync_start (f->a.store, keys, &real_env, NULL, NULL);
  raw_server_wait (server, 1);
  return sync;
}

static void
test_stop (Fixture *f, gconstpointer data)
{
  static const RawScript hang = { .hang = TRUE };
  enrol (f, &f->a);
  g_autoptr (RawServer) server = raw_server_new (&hang, NULL);
  QuaySync *sync = start_hanging (f, server);
  gint64 began = g_get_monotonic_time ();
  quay_sync_stop (sync);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
}

/* Pausing ends the request; going on sends the same again. */
static void
test_pause (Fixture *f, gconstpointer data)
{
  static const RawScript hang = { .hang = TRUE };
  QuaySyncState state;
  enrol (f, &f->a);
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
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sync/exchange/two-tills", test_two_tills);
  add ("/sync/exchange/backlog", test_backlog);
  add ("/sync/exchange/server-comes-back", test_server_comes_back);
  add ("/sync/tls/authority", test_tls);
  add ("/sync/tls/dead-clock", test_dead_clock);
  add ("/sync/life/clone", test_clone);
  add ("/sync/life/went-back", test_went_back);
  add ("/sync/life/lost-till", test_lost_till);
  add ("/sync/who/enrol", test_enrol);
  add ("/sync/who/revoked", test_revoked);
  add ("/sync/who/other-keys", test_other_keys);
  add ("/sync/thread/sends", test_thread);
  add ("/sync/thread/stop", test_stop);
  add ("/sync/thread/pause", test_pause);
  return g_test_run ();
}
