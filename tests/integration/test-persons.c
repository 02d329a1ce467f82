/* Keys of customers and buyers between the tills of one shop: real stores, engines and handlers;
 * only the wire is the test's, so that requests can be counted and answers be an older server's.
 * The same over real programs and on both databases is test-persons.py. */
#include "sync-shops.h"

#include <sodium.h>
#include <string.h>

/* One exchange, request by request. */
typedef struct
{
  SyncShops *shops;
  Shop *shop;
  gboolean old_server; /* has no such call */
  guint asked;         /* requests for keys of persons */
  guint listed;        /* lists of chains */
  QuaySyncState state;
} Wire;

static guint64
random_cb (gpointer data)
{
  return 0;
}

static void
carry (Wire *wire, QuaySyncEngine *engine, const char *till, const QuaySyncAction *action,
       gint64 now)
{
  gsize len;
  gboolean persons = strcmp (action->path, "/v1/persons") == 0;
  g_auto (QuayServerAnswer) answer = { 0 };
  QuayServerRequest request = { .method = "POST",
                                .path = persons && wire->old_server ? "/v1/unknown" : action->path,
                                .till = till,
                                .encoding = action->packed ? "zstd" : NULL,
                                .headers = *action->headers,
                                .peer = "test" };
  request.body = g_bytes_get_data (action->body, &len);
  request.len = len;
  wire->asked += persons;
  wire->listed += strcmp (action->path, "/v1/chains") == 0;
  g_assert_cmpuint (wire->asked, <, 1000);
  quay_server_handle (wire->shops->office.server, &request, &answer);
  const QuaySyncAnswer reply = { .status = answer.status,
                                 .type = answer.type,
                                 .packed = answer.packed,
                                 .body = answer.body,
                                 .headers = answer.headers,
                                 .retry_after = answer.wait };
  quay_sync_engine_answer (engine, &reply, now, wire->shop->env.wall_ms);
}

/* A whole round, as `quayctl sync --once` does one. @new_key: the till gets another key in it. */
static Wire
run (SyncShops *f, Shop *shop, gboolean old_server, gboolean new_key)
{
  const QuaySyncAction *action;
  char till[QUAY_ID_TEXT_LEN + 1];
  guint8 seed[32];
  Wire wire = { .shops = f, .shop = shop, .old_server = old_server };
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, NULL);
  g_autoptr (QuaySyncEngine) engine = quay_sync_engine_new (keys, random_cb, NULL);
  const QuayEnv *env = &shop->env.env;
  quay_id_to_text (&keys->till, till);
  randombytes_buf (seed, sizeof seed);
  if (new_key)
    quay_sync_engine_rotate (engine, seed, env->mono_ms (env->data));
  f->office.env.wall_ms += 1000;
  while ((action = quay_sync_engine_next (engine, env->mono_ms (env->data)))->what !=
         QUAY_SYNC_WAIT)
    if (action->what == QUAY_SYNC_SEND)
      carry (&wire, engine, till, action, env->mono_ms (env->data));
    else
      quay_sync_step (engine, shop->store, action, env->mono_ms (env->data));
  wire.state = *quay_sync_engine_state (engine);
  return wire;
}

static Wire
once (SyncShops *f, Shop *shop)
{
  Wire wire = run (f, shop, FALSE, FALSE);
  g_assert_cmpstr (wire.state.why, ==, "");
  g_assert_cmpint (wire.state.what, ==, QUAY_SYNC_IDLE);
  return wire;
}

/* --- persons --- */

static QuayId
person (guint n)
{
  return quay_test_id ('p', n);
}

/* A customer with a key whose bytes are all @byte. */
static void
add_person (Shop *shop, guint n, guint8 byte)
{
  guint8 key[32];
  QuayId id = person (n);
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = shop_facts (QUAY_EVENT_CUSTOMER, &id, NULL, "limit", "#5000", NULL);
  memset (key, byte, sizeof key);
  event->who = g_strdup ("QL");
  quay_txn_add (txn, event);
  quay_txn_keep_key (txn, &id, key);
  g_autoptr (QuayResult) result = quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
}

static void
erase_person (Shop *shop, guint n)
{
  QuayId id = person (n);
  g_autoptr (QuayResult) result = shop_commit (
      shop, shop_facts (QUAY_EVENT_CUSTOMER, &id, NULL, "erased", "#1", "sealed", "", NULL));
}

/* Fails unless the shop has that key, with these bytes; 0: unless it has none. */
static void
assert_key (Shop *shop, guint n, guint8 byte)
{
  guint8 key[32];
  QuayId id = person (n);
  g_autoptr (QuayReader) reader = quay_reader_new (shop->store, NULL);
  gboolean there = quay_reader_person_key (reader, &id, key);
  g_assert_cmpint (there, ==, byte != 0);
  for (guint i = 0; there && i < sizeof key; i++)
    g_assert_cmpuint (key[i], ==, byte);
}

#define KEYS(shop) shop_ask (shop, "SELECT count (*) FROM person_key")
#define ROWS(f) office_ask (&(f)->office, "SELECT count (*) FROM person")
#define BOXES(f) office_ask (&(f)->office, "SELECT count (*) FROM person WHERE box IS NOT NULL")

static void
enrol_both (SyncShops *f)
{
  sync_shops_enrol (f, &f->a);
  sync_shops_enrol (f, &f->b);
}

/* --- what travels --- */

static void
test_two_tills (SyncShops *f, gconstpointer data)
{
  add_person (&f->a, 1, 0x11);
  add_person (&f->b, 2, 0x22);
  enrol_both (f);
  once (f, &f->a);
  g_assert_cmpint (BOXES (f), ==, 1);
  Wire wire = once (f, &f->b);
  g_assert_cmpuint (wire.state.persons, ==, 1);
  g_assert_cmpint (BOXES (f), ==, 1); /* the one for the first till */
  wire = once (f, &f->a);
  g_assert_cmpuint (wire.state.persons, ==, 1);
  g_assert_cmpint (BOXES (f), ==, 0);
  g_assert_cmpint (ROWS (f), ==, 4);
  for (guint i = 0; i < 2; i++)
    {
      Shop *shop = i == 0 ? &f->a : &f->b;
      assert_key (shop, 1, 0x11);
      assert_key (shop, 2, 0x22);
    }
}

/* With nothing to give or to get there is no request more; one new customer takes two each. */
static void
test_cost (SyncShops *f, gconstpointer data)
{
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  for (guint i = 0; i < 3; i++)
    {
      once (f, &f->a);
      once (f, &f->b);
    }
  shop_sell (&f->a, 2);
  g_assert_cmpuint (once (f, &f->a).asked, ==, 0);
  g_assert_cmpuint (once (f, &f->b).asked, ==, 0);
  add_person (&f->a, 2, 0x22);
  g_assert_cmpuint (once (f, &f->a).asked, ==, 2);
  g_assert_cmpuint (once (f, &f->b).asked, ==, 2);
  g_assert_cmpuint (once (f, &f->a).asked, ==, 0);
  g_assert_cmpuint (once (f, &f->b).asked, ==, 0);
}

/* More than one request holds, to a till that came later. */
static void
test_many (SyncShops *f, gconstpointer data)
{
  sync_shops_enrol (f, &f->a);
  for (guint i = 1; i <= 2 * QUAY_MSG_PERSONS + 7; i++)
    add_person (&f->a, i, (guint8)(i % 255 + 1));
  once (f, &f->a);
  sync_shops_enrol (f, &f->b);
  once (f, &f->a);
  Wire wire = once (f, &f->b);
  g_assert_cmpuint (wire.state.persons, ==, 2 * QUAY_MSG_PERSONS + 7);
  g_assert_cmpuint (wire.asked, <, 10);
  for (guint i = 1; i <= 2 * QUAY_MSG_PERSONS + 7; i++)
    assert_key (&f->b, i, (guint8)(i % 255 + 1));
  g_assert_cmpint (BOXES (f), ==, 0);
}

/* Takes keys whose bytes are all @byte for the first @n persons; what the store found. */
static void
take (Shop *shop, guint n, guint8 byte, QuayPersons *persons)
{
  g_autoptr (GError) error = NULL;
  quay_persons_init (persons);
  persons->max = 10;
  for (guint i = 1; i <= n; i++)
    {
      QuayPersonKey key = { .id = person (i) };
      memset (key.key, byte, sizeof key.key);
      g_array_append_val (persons->take, key);
    }
  quay_store_persons (shop->store, persons, &error);
  g_assert_no_error (error);
}

/* What is here is never replaced. */
static void
test_known (SyncShops *f, gconstpointer data)
{
  QuayPersons persons;
  add_person (&f->a, 1, 0x11);
  add_person (&f->b, 1, 0x99);
  enrol_both (f);
  once (f, &f->a);
  once (f, &f->b);
  once (f, &f->a);
  assert_key (&f->a, 1, 0x11);
  assert_key (&f->b, 1, 0x99);
  take (&f->b, 1, 0x11, &persons);
  assert_key (&f->b, 1, 0x99);
  g_assert_cmpuint (persons.untold->len, ==, 1); /* the server is told that it is here */
  quay_persons_clear (&persons);
}

/* A server that has no such call: all else is exchanged, and it is asked once. */
static void
test_old_server (SyncShops *f, gconstpointer data)
{
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  Wire wire = run (f, &f->a, TRUE, FALSE);
  g_assert_cmpint (wire.state.what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpuint (wire.asked, ==, 1);
  g_assert_cmpuint (wire.state.waiting, ==, 0);
  once (f, &f->b);
  g_assert_cmpint (KEYS (&f->b), ==, 0);
  once (f, &f->a); /* and then it has it */
  once (f, &f->b);
  assert_key (&f->b, 1, 0x11);
}

/* --- tills that change --- */

static void
test_new_key (SyncShops *f, gconstpointer data)
{
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  once (f, &f->b);
  once (f, &f->a);
  g_assert_cmpint (BOXES (f), ==, 1);
  Wire wire = run (f, &f->b, FALSE, TRUE); /* the box was for the key before */
  g_assert_cmpint (wire.state.what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpint (KEYS (&f->b), ==, 0);
  once (f, &f->a);
  once (f, &f->b);
  assert_key (&f->b, 1, 0x11);
}

static void
test_revoked (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId till = quay_store_till_id (f->b.store);
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  once (f, &f->a);
  g_assert_cmpint (BOXES (f), ==, 1);
  g_assert_true (quay_server_revoke (f->office.server, &till, &error));
  g_assert_cmpint (BOXES (f), ==, 0);
  g_assert_cmpint (run (f, &f->b, FALSE, FALSE).state.what, ==, QUAY_SYNC_REVOKED);
  add_person (&f->a, 2, 0x22);
  once (f, &f->a);
  g_assert_cmpint (BOXES (f), ==, 0);
  sync_shops_enrol (f, &f->b); /* again */
  once (f, &f->a);
  once (f, &f->b);
  assert_key (&f->b, 1, 0x11);
  assert_key (&f->b, 2, 0x22);
}

/* A till whose file is an older one says that less is there than the server knows of. */
static void
test_restored (SyncShops *f, gconstpointer data)
{
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  once (f, &f->a);
  once (f, &f->b);
  shop_close (&f->b);
  g_autofree char *old = sync_shops_copy (f->b.path, f->office.dir, "old.db");
  shop_open (&f->b);
  add_person (&f->a, 2, 0x22);
  once (f, &f->a);
  once (f, &f->b);
  assert_key (&f->b, 2, 0x22);
  shop_close (&f->b);
  g_free (sync_shops_copy (old, f->b.dir, QUAY_STORE_FILE));
  shop_open (&f->b);
  assert_key (&f->b, 2, 0);
  for (guint i = 0; i < 2; i++)
    {
      once (f, &f->b);
      once (f, &f->a);
    }
  assert_key (&f->b, 1, 0x11);
  assert_key (&f->b, 2, 0x22);
}

/* --- a till of the test's own, who says what no till of ours would --- */

static char *
id_text (const QuayId *id)
{
  char *text = g_malloc (QUAY_ID_TEXT_LEN + 1);
  quay_id_to_text (id, text);
  return text;
}

/* A key sealed for the shop, as a sound till does it. */
static char *
seal_for (Shop *shop, guint n, guint8 byte)
{
  QuayPersonKey key = { .id = person (n) };
  guint8 box[QUAY_MSG_BOX_BYTES];
  guint8 public[crypto_box_PUBLICKEYBYTES];
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, NULL);
  memset (key.key, byte, sizeof key.key);
  g_assert_cmpint (crypto_sign_ed25519_pk_to_curve25519 (public, keys->key.public), ==, 0);
  g_assert_cmpint (crypto_box_seal (box, (guint8 *)&key, sizeof key, public), ==, 0);
  return quay_base64 (box, sizeof box);
}

/* @named: what the message says whose key it is. */
static void
give (Peer *peer, Shop *shop, guint named, const char *box)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, NULL);
  QuayId id = person (named);
  g_autofree char *own = id_text (&peer->id);
  g_autofree char *till = id_text (&keys->till);
  g_autofree char *event = id_text (&id);
  g_autofree char *text = g_strdup_printf (
      "{\"till\":\"%s\",\"boxes\":[{\"id\":\"%s\",\"till\":\"%s\",\"key\":\"%s\",\"box\":\"%s\"}]}",
      own, event, till, keys->key_id, box);
  g_autofree char *said = peer_call (peer, "/v1/persons", text);
  g_assert_cmpstr (said, ==, "200");
}

/* What tells a till, with the acknowledgement of a heartbeat, that there is something new. */
static char *
cur_of (Peer *peer)
{
  QuayMsgAck ack;
  QuayMsgProblem problem;
  g_autoptr (QuayEnvelope) envelope = peer_envelope (peer, &peer->chain, 1, 0);
  g_assert_cmpuint (peer_push_envelope (peer, envelope, &ack, &problem), ==, 200);
  char *cur = g_strdup (ack.cur);
  quay_shape_clear (&quay_msg_ack, &ack);
  quay_shape_clear (&quay_msg_problem, &problem);
  return cur;
}

static void
test_told (SyncShops *f, gconstpointer data)
{
  Peer peer;
  peer_init (&peer, &f->office, 6, "QT6");
  peer_enrol (&peer);
  enrol_both (f);
  peer_push_all (&peer, &peer.chain, 10);
  g_autofree char *before = cur_of (&peer);
  g_autofree char *again = cur_of (&peer);
  g_autofree char *box = seal_for (&f->b, 1, 0x11);
  give (&peer, &f->b, 1, box);
  g_autofree char *after = cur_of (&peer);
  give (&peer, &f->b, 1, box); /* nothing new */
  g_autofree char *same = cur_of (&peer);
  g_assert_cmpstr (before, ==, again);
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpstr (after, ==, same);
  once (f, &f->b);
  assert_key (&f->b, 1, 0x11);
  peer_clear (&peer);
}

/* A box that can't be opened, or has another's key in it, is left; another till may give it. */
static void
test_bad_boxes (SyncShops *f, gconstpointer data)
{
  Peer peer;
  guint8 noise[QUAY_MSG_BOX_BYTES];
  peer_init (&peer, &f->office, 3, "QT3");
  peer_enrol (&peer);
  enrol_both (f);
  once (f, &f->b);
  memset (noise, 7, sizeof noise);
  g_autofree char *spoiled = quay_base64 (noise, sizeof noise);
  g_autofree char *other = seal_for (&f->b, 5, 0x55);
  give (&peer, &f->b, 1, spoiled);
  give (&peer, &f->b, 2, other);
  give (&peer, &f->b, 3, "AAAA");
  g_assert_cmpint (BOXES (f), ==, 2);
  Wire wire = once (f, &f->b);
  g_assert_cmpuint (wire.state.persons, ==, 0);
  g_assert_cmpint (KEYS (&f->b), ==, 0);
  g_assert_cmpint (ROWS (f), ==, 0);
  add_person (&f->a, 1, 0x11);
  once (f, &f->a);
  once (f, &f->b);
  assert_key (&f->b, 1, 0x11);
  peer_clear (&peer);
}

/* Nothing goes from shop to shop, whoever asks. */
static void
test_other_shop (SyncShops *f, gconstpointer data)
{
  Peer peer;
  g_autoptr (GError) error = NULL;
  peer_init (&peer, &f->office, 4, "QT1");
  quay_server_add_site (f->office.server, "Côn Minh", "02155", &peer.site, &error);
  g_assert_no_error (error);
  peer_enrol (&peer);
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  once (f, &f->a);
  g_autofree char *box = seal_for (&f->b, 2, 0x22);
  give (&peer, &f->b, 2, box);
  g_assert_cmpint (BOXES (f), ==, 1); /* the shop's own */
  QuayId id = person (1);
  g_autofree char *event = id_text (&id);
  g_autofree char *own = id_text (&peer.id);
  g_autofree char *has =
      g_strdup_printf ("{\"till\":\"%s\",\"n\":1,\"has\":[{\"id\":\"%s\"}]}", own, event);
  g_autofree char *said = peer_call (&peer, "/v1/persons", has);
  g_assert_cmpstr (said, ==, "200");
  g_autofree char *as_other = g_strdup_printf ("{\"till\":\"%s\"}", event);
  g_autofree char *refused = peer_call (&peer, "/v1/persons", as_other);
  g_assert_cmpstr (refused, ==, "400 bad-request");
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM person p JOIN till t"
                                           " ON t.id = p.till WHERE t.site <> p.site"),
                   ==, 0);
  g_assert_cmpint (BOXES (f), ==, 1);
  once (f, &f->b);
  assert_key (&f->b, 1, 0x11);
  assert_key (&f->b, 2, 0);
  peer_clear (&peer);
}

/* --- erasing --- */

static void
test_erased (SyncShops *f, gconstpointer data)
{
  Peer peer;
  peer_init (&peer, &f->office, 5, "QT5");
  peer_enrol (&peer);
  add_person (&f->a, 1, 0x11);
  add_person (&f->a, 2, 0x22);
  enrol_both (f);
  once (f, &f->a);
  once (f, &f->b);
  g_autofree char *late = seal_for (&f->b, 1, 0x11);
  erase_person (&f->a, 1);
  assert_key (&f->a, 1, 0);
  once (f, &f->a);
  /* the second one stays: both have it, and a box waits for the third till */
  g_assert_cmpint (ROWS (f), ==, 3);
  give (&peer, &f->b, 1, late);
  g_assert_cmpint (ROWS (f), ==, 3);
  assert_key (&f->b, 1, 0x11); /* it has not heard of it */
  once (f, &f->b);
  assert_key (&f->b, 1, 0);
  assert_key (&f->b, 2, 0x22);
  g_assert_cmpint (ROWS (f), ==, 3);
  g_assert_cmpuint (once (f, &f->a).asked + once (f, &f->b).asked, ==, 0);
  peer_clear (&peer);
}

/* A box that was on its way when the till heard of it is refused here, too. */
static void
test_late_box (SyncShops *f, gconstpointer data)
{
  QuayPersons persons;
  QuayId other = person (2);
  erase_person (&f->a, 1);
  take (&f->a, 2, 0x11, &persons);
  g_assert_cmpuint (persons.refused->len, ==, 1);
  g_assert_cmpuint (persons.untold->len, ==, 1);
  g_assert_cmpuint (persons.n, ==, 1);
  g_assert_true (quay_id_equal (&g_array_index (persons.untold, QuayId, 0), &other));
  quay_persons_clear (&persons);
  assert_key (&f->a, 1, 0);
  assert_key (&f->a, 2, 0x11);
}

/* The check sees what should not be there. */
static void
test_verify (SyncShops *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayServerVerdict verdict;
  add_person (&f->a, 1, 0x11);
  enrol_both (f);
  erase_person (&f->a, 1);
  once (f, &f->a);
  office_assert_sound (&f->office);
  office_tamper (&f->office, "INSERT INTO person (site, till, event, state)"
                             " SELECT t.site, t.id, f.entity, 1 FROM till t, fact f"
                             " WHERE f.kind = 'customer' AND f.field = 'erased' LIMIT 1");
  g_assert_true (quay_server_verify (f->office.server, &verdict, &error));
  g_assert_false (verdict.ok);
  g_assert_nonnull (strstr (verdict.why, "erased"));
  quay_server_verdict_clear (&verdict);
  office_tamper (&f->office, "DELETE FROM person");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add (path, SyncShops, NULL, sync_shops_set_up, test, sync_shops_tear_down)
  ADD ("/persons/two-tills", test_two_tills);
  ADD ("/persons/cost", test_cost);
  ADD ("/persons/many", test_many);
  ADD ("/persons/known", test_known);
  ADD ("/persons/old-server", test_old_server);
  ADD ("/persons/new-key", test_new_key);
  ADD ("/persons/revoked", test_revoked);
  ADD ("/persons/restored", test_restored);
  ADD ("/persons/told", test_told);
  ADD ("/persons/bad-boxes", test_bad_boxes);
  ADD ("/persons/other-shop", test_other_shop);
  ADD ("/persons/erased", test_erased);
  ADD ("/persons/late-box", test_late_box);
  ADD ("/persons/verify", test_verify);
  return g_test_run ();
}
