/* Sync as the till uses it: real stores, the real server over loopback.
 * The thread is in test-sync-thread.c. */
#include "raw-server.h"
#include "sync-shops.h"

#include <string.h>

/* --- exchange --- */

static void
test_two_tills (SyncShops *f, gconstpointer data)
{
  shop_fill (&f->a, 300);
  sync_shops_enrol (f, &f->a);
  sync_shops_enrol (f, &f->b);
  g_assert_cmpstr (quay_store_till_code (f->a.store), ==, "QT1");
  g_assert_cmpstr (quay_store_till_code (f->b.store), !=, "QT1"); /* taken: another was given */
  QuaySyncState state = sync_shops_once (&f->a);
  g_assert_cmpuint (state.sent, >, 300);
  g_assert_cmpuint (state.held, ==, 0);
  shop_sell (&f->b, 20);
  state = sync_shops_once (&f->b);
  g_assert_cmpuint (state.received, >, 300);
  g_assert_cmpuint (state.sent, >=, 22);
  shop_sell (&f->a, 7);
  sync_shops_once (&f->a);
  sync_shops_once (&f->b);
  sync_shops_assert_equal (&f->a, &f->b);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==, 327);
  state = sync_shops_once (&f->a); /* nothing left */
  g_assert_cmpuint (state.sent + state.received, ==, 0);
}

/* A long backlog goes in batches that grow. */
static void
test_backlog (SyncShops *f, gconstpointer data)
{
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 50);
  for (guint i = 0; i < 30; i++)
    shop_sell (&f->a, 100);
  QuaySyncState state = sync_shops_once (&f->a);
  g_assert_cmpuint (state.sent, >, 3000);
  sync_shops_enrol (f, &f->b);
  state = sync_shops_once (&f->b);
  g_assert_cmpuint (state.received, >, 3000);
  sync_shops_once (&f->a); /* the other's births */
  sync_shops_assert_equal (&f->a, &f->b);
}

static void
test_server_comes_back (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 20);
  sync_shops_stop (f);
  g_assert_false (sync_shops_try (&f->a, &state, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_IO);
  g_assert_cmpint (state.what, ==, QUAY_SYNC_OFFLINE);
  g_assert_cmpuint (state.waiting, >, 20);
  sync_shops_start (f, NULL);
  sync_shops_tell (f, &f->a, NULL);
  sync_shops_once (&f->a);
}

/* --- TLS --- */

/* The server again, with a certificate of an authority of the test's; returns its file. */
static char *
start_tls (SyncShops *f, long from, long to)
{
  g_autofree char *pem = NULL;
  sync_shops_stop (f);
  raw_make_ca (f->office.dir, "ca");
  g_autofree char *cert = raw_make_cert (f->office.dir, "server", "ca", "127.0.0.1", from, to);
  g_assert_true (g_file_get_contents (cert, &pem, NULL, NULL));
  sync_shops_start (f, pem);
  return g_build_filename (f->office.dir, "ca.pem", NULL);
}

static void
test_tls (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 20);
  g_autofree char *ca = start_tls (f, -3600, 3600);
  sync_shops_tell (f, &f->a, NULL); /* an authority that this till does not know */
  g_assert_false (sync_shops_try (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_TLS);
  sync_shops_tell (f, &f->a, ca);
  g_assert_cmpuint (sync_shops_once (&f->a).sent, >, 20);
}

#define MS_2026_01_01 G_GINT64_CONSTANT (1767225600000)
#define MS_DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)

/* As the libraries see it, this computer's clock is lost: the certificate is of another year. The
 * server tells what time it is, and by that the certificate is judged. */
static const struct
{
  const char *name;
  gint64 from; /* of the certificate, days after the first of 2026 */
  gint64 to;
  gint64 server; /* its clock */
  gboolean good;
} clocks[] = {
  { "ahead", -1, 60, 30, TRUE },         /* this computer's clock is */
  { "behind", 3000, 3060, 3030, TRUE },  /* and here */
  { "expired", -1, 60, 90, FALSE },      /* by the server's clock, too */
  { "server-lost", -20, -5, -10, FALSE } /* the server's clock is lost itself */
};

static char *
start_tls_in (SyncShops *f, guint row)
{
  gint64 now = g_get_real_time () / 1000;
  f->office.env.wall_ms = MS_2026_01_01 + clocks[row].server * MS_DAY;
  return start_tls (f, (long)((MS_2026_01_01 + clocks[row].from * MS_DAY - now) / 1000),
                    (long)((MS_2026_01_01 + clocks[row].to * MS_DAY - now) / 1000));
}

static void
test_dead_clock (SyncShops *f, gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  g_assert_cmpint (g_get_real_time () / 1000, >, MS_2026_01_01 + 90 * MS_DAY);
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 5);
  g_autofree char *ca = start_tls_in (f, row);
  sync_shops_tell (f, &f->a, ca);
  if (clocks[row].good)
    {
      g_assert_cmpuint (sync_shops_once (&f->a).sent, >, 5);
      shop_sell (&f->a, 3);
      g_assert_cmpuint (sync_shops_once (&f->a).sent, ==, 3);
      return;
    }
  g_assert_false (sync_shops_try (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_CLOCK);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM journal"), ==, 0);
}

/* Who is at an old certificate's place and can't sign gets one question, and no record. */
static void
test_dead_clock_stranger (SyncShops *f, gconstpointer data)
{
  static const RawScript script = {
    .bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n"
             "{\"time\":1800000000000}    "
  };
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 5);
  raw_make_ca (f->office.dir, "ca");
  g_autofree char *ca = g_build_filename (f->office.dir, "ca.pem", NULL);
  g_autofree char *cert = raw_make_cert (f->office.dir, "old", "ca", "127.0.0.1", -7200, -3600);
  g_autoptr (RawServer) server = raw_server_new (&script, cert);
  g_free (f->address);
  f->address = g_strdup_printf ("https://127.0.0.1:%u", server->port);
  sync_shops_tell (f, &f->a, ca);
  g_assert_false (sync_shops_try (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_CLOCK);
  g_mutex_lock (&server->mutex);
  g_assert_cmpuint (server->requests, ==, 1);
  g_assert_nonnull (strstr (server->last, "GET /v1/time?nonce="));
  g_mutex_unlock (&server->mutex);
}

/* Before enrolment nobody is known who could tell the time: people are told what to do. */
static void
test_enrol_dead_clock (SyncShops *f, gconstpointer data)
{
  QuayEnrolled enrolled;
  g_autoptr (GError) error = NULL;
  g_autofree char *ca = start_tls_in (f, 0);
  g_autofree char *secret = sync_shops_code (f, NULL);
  QuayId till = quay_store_till_id (f->a.store);
  g_assert_false (
      quay_sync_enrol (f->a.dir, f->address, ca, &till, "QT1", "A", secret, &enrolled, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "set the date and time"));
  sync_shops_stop (f);
  sync_shops_start (f, NULL);
  g_clear_error (&error);
  g_assert_true (quay_sync_enrol (f->a.dir, f->address, NULL, &till, "QT1", "A", secret, &enrolled,
                                  &error)); /* the code is still good */
  quay_enrolled_clear (&enrolled);
}

/* --- keys --- */

static void
assert_key (Shop *shop, const char *id)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, NULL);
  g_assert_cmpstr (keys->key_id, ==, id);
  g_assert_false (keys->has_next);
}

/* By command, and by itself a year later; a clock of the server that was wrong heals. */
static void
test_new_key (SyncShops *f, gconstpointer data)
{
  QuaySyncState state;
  g_autoptr (GError) error = NULL;
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 5);
  sync_shops_once (&f->a);
  assert_key (&f->a, "k1");
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (f->a.dir, &error);
  quay_sync_once (f->a.store, keys, &f->a.env.env, TRUE, &state, &error);
  g_assert_no_error (error);
  assert_key (&f->a, "k2");
  f->office.env.wall_ms += 364 * MS_DAY;
  sync_shops_once (&f->a);
  assert_key (&f->a, "k2");
  f->office.env.wall_ms += 2 * MS_DAY;
  sync_shops_once (&f->a);
  assert_key (&f->a, "k3");
  f->office.env.wall_ms -= 100 * MS_DAY;
  sync_shops_once (&f->a);
  assert_key (&f->a, "k4");
  sync_shops_once (&f->a);
  assert_key (&f->a, "k4");
}

/* --- lives of a disk --- */

static void
test_clone (SyncShops *f, gconstpointer data)
{
  Shop twin;
  sync_shops_enrol (f, &f->a);
  sync_shops_enrol (f, &f->b);
  shop_fill (&f->a, 60);
  sync_shops_once (&f->a);
  shop_sell (&f->a, 5);
  shop_close (&f->a);
  sync_shops_clone (&twin, &f->a, 77);
  shop_open (&f->a);
  shop_open (&twin);
  shop_sell (&f->a, 10);
  shop_sell (&twin, 12);
  g_assert_cmpint (sync_shops_once (&f->a).alarm, ==, QUAY_SYNC_ALARM_NONE);
  QuaySyncState state = sync_shops_once (&twin);
  g_assert_cmpint (state.alarm, ==, QUAY_SYNC_ALARM_FORK);
  g_assert_cmpstr (state.alarm_letter, ==, quay_store_chain_letter (twin.store));
  g_assert_cmpstr (quay_store_chain_letter (twin.store), !=, "A");
  shop_sell (&twin, 3);
  sync_shops_once (&f->b);
  sync_shops_once (&twin);
  sync_shops_once (&f->b);
  sync_shops_once (&f->a);
  sync_shops_assert_equal (&f->a, &twin);
  sync_shops_assert_equal (&f->a, &f->b);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==, 60 + 5 + 10 + 12 + 3);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM alarm"), >=, 1);
  shop_assert_sound (&twin, TRUE);
  shop_tear_down (&twin, NULL);
}

/* The file of this morning is put back, without the note of its head: only the server can tell. */
static void
test_went_back (SyncShops *f, gconstpointer data)
{
  Shop old;
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 30);
  sync_shops_once (&f->a);
  shop_close (&f->a);
  sync_shops_clone (&old, &f->a, 78);
  shop_open (&f->a);
  shop_sell (&f->a, 40);
  sync_shops_once (&f->a);
  shop_open (&old);
  QuaySyncState state = sync_shops_once (&old);
  g_assert_cmpint (state.alarm, ==, QUAY_SYNC_ALARM_WENT_BACK);
  g_assert_cmpstr (quay_store_chain_letter (old.store), ==, "B");
  g_assert_cmpuint (state.received, ==, 40);
  shop_sell (&old, 2);
  sync_shops_enrol (f, &f->b);
  sync_shops_once (&f->b);
  sync_shops_once (&old);
  sync_shops_once (&f->b);
  sync_shops_assert_equal (&f->b, &old);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM sale"), ==, 72);
  shop_assert_sound (&old, TRUE);
  shop_tear_down (&old, NULL);
}

/* A lost till's place is taken by a new one, which has all its sales and uses no number again. */
static void
test_lost_till (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayEnrolled enrolled;
  Shop fresh = { 0 };
  QuayId lost = quay_store_till_id (f->a.store);
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 30);
  sync_shops_once (&f->a);
  fresh.dir = quay_test_dir ();
  fresh.path = g_build_filename (fresh.dir, QUAY_STORE_FILE, NULL);
  fresh.chance = g_rand_new_with_seed (79);
  quay_test_env_init (&fresh.env, 79);
  g_autofree char *secret = sync_shops_code (f, &lost);
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
  sync_shops_once (&fresh);
  shop_sell (&fresh, 4);
  sync_shops_once (&fresh);
  g_assert_cmpint (shop_ask (&fresh, "SELECT count (*) FROM sale"), ==, 34);
  g_assert_cmpint (shop_ask (&fresh, "SELECT count (DISTINCT number) FROM sale"), ==, 34);
  QuaySyncState state; /* the lost one comes back, and may not send */
  g_assert_false (sync_shops_try (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_REVOKED);
  shop_assert_sound (&fresh, TRUE);
  shop_tear_down (&fresh, NULL);
}

/* --- who is who --- */

static void
test_enrol (SyncShops *f, gconstpointer data)
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
  g_autofree char *secret = sync_shops_code (f, NULL);
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
  sync_shops_once (&f->a);
}

/* Locked out and let in again: the same till and chains go on, with a new key. */
static void
test_revoked (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  QuayId till = quay_store_till_id (f->a.store);
  sync_shops_enrol (f, &f->a);
  shop_fill (&f->a, 10);
  sync_shops_once (&f->a);
  g_assert_true (quay_server_revoke (f->office.server, &till, &error));
  shop_sell (&f->a, 5);
  g_assert_false (sync_shops_try (&f->a, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_REVOKED);
  g_assert_cmpuint (state.waiting, ==, 5);
  sync_shops_enrol (f, &f->a);
  g_assert_cmpuint (sync_shops_once (&f->a).sent, ==, 5);
  g_assert_cmpstr (quay_store_chain_letter (f->a.store), ==, "A");
}

/* The keys of one till in the folder of another. */
static void
test_other_keys (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  sync_shops_enrol (f, &f->a);
  g_autofree char *keys = g_build_filename (f->a.dir, "quay.keys", NULL);
  g_free (sync_shops_copy (keys, f->b.dir, "quay.keys"));
  g_assert_false (sync_shops_try (&f->b, &state, &error));
  g_assert_cmpint (state.what, ==, QUAY_SYNC_UNKNOWN_TILL);
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM journal"), ==, 0);
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
  add ("/sync/exchange/two-tills", test_two_tills);
  add ("/sync/exchange/backlog", test_backlog);
  add ("/sync/exchange/server-comes-back", test_server_comes_back);
  add ("/sync/tls/authority", test_tls);
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/clock/", clocks[i].name, NULL);
      g_test_add (path, SyncShops, GUINT_TO_POINTER (i), sync_shops_set_up, test_dead_clock,
                  sync_shops_tear_down);
    }
  add ("/sync/clock/stranger", test_dead_clock_stranger);
  add ("/sync/clock/enrol", test_enrol_dead_clock);
  add ("/sync/keys/new", test_new_key);
  add ("/sync/life/clone", test_clone);
  add ("/sync/life/went-back", test_went_back);
  add ("/sync/life/lost-till", test_lost_till);
  add ("/sync/who/enrol", test_enrol);
  add ("/sync/who/revoked", test_revoked);
  add ("/sync/who/other-keys", test_other_keys);
  return g_test_run ();
}
