/* The engine as it fetches the chains of others, the list of chains, and keys. */
#include "sync-fixture.h"

#include <sodium.h>
#include <string.h>

static const struct
{
  const char *name;
  guint common;
  guint mine;
  guint server;
  guint requests;
} pulls[] = {
  { "new-chain", 0, 0, 120, 6 },
  { "more", 100, 100, 120, 5 },
  { "same", 100, 100, 100, 4 },
  { "fewer", 100, 100, 60, 4 },
  { "other-tail", 100, 120, 130, 7 },
  { "other-tail-shorter", 100, 130, 120, 7 },
  { "other-tail-same-length", 100, 120, 120, 7 },
  { "other-long-ago", 3, 5000, 4000, 40 },
  { "other-birth", 0, 10, 20, 7 },
};

static void
test_pull (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  SyncChain *theirs = sync_chain_new (5, 5, "C", "sale", pulls[row].common);
  SyncChain *mine = sync_chain_copy (theirs, pulls[row].common);
  guint64 top = MIN (pulls[row].mine, pulls[row].server);
  gboolean apart = pulls[row].common < top;
  sync_chain_add (theirs, "sale", MAX (pulls[row].server, pulls[row].common) - pulls[row].common);
  if (pulls[row].server < pulls[row].common)
    {
      SyncChain *shorter = sync_chain_copy (theirs, pulls[row].server);
      sync_chain_free (theirs);
      theirs = shorter;
    }
  sync_chain_add (mine, "other", pulls[row].mine - pulls[row].common);
  g_ptr_array_add (f->theirs, theirs);
  if (pulls[row].mine > 0)
    g_ptr_array_add (f->chains, mine);
  else
    sync_chain_free (mine);
  sync_fixture_serve (f, pulls[row].requests);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpuint (sync_fixture_state (f)->to_receive, ==, 0);
  if (apart || pulls[row].server >= pulls[row].mine)
    g_assert_true (sync_chain_same (sync_fixture_here (f, 1), theirs));
  else
    g_assert_cmpuint (sync_fixture_here (f, 1)->state.seq, ==, pulls[row].mine);
}

/* The province's chain comes before those of the shop. */
static void
test_province_first (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  g_ptr_array_add (f->theirs, sync_chain_new (5, 5, "A", "sale", 3));
  SyncChain *province = sync_chain_new (9, 9, "A", "law", 2);
  f->keys.node = province->state.till;
  g_ptr_array_add (f->theirs, province);
  sync_fixture_serve (f, 5);
  sync_fixture_assert_log (f, "acked A 1\ntake QT9A 1+2\ntake QT5A 1+3\n");
}

typedef enum
{
  PAGE_OTHER_CHAIN,
  PAGE_OTHER_TILL,
  PAGE_OTHER_FROM,
  PAGE_BAD_HASH,
  PAGE_BAD_SEAL,
  PAGE_EMPTY,
  PAGE_BAD_PREV,
  PAGE_NOT_ONE,
} PageFault;

static const char *const page_faults[] = {
  "other-chain", "other-till", "other-from", "bad-hash", "bad-seal", "empty", "bad-prev", "not-one",
};

static GBytes *
make_page (SyncFixture *f, const SyncChain *chain, PageFault fault)
{
  QuayHash prev = QUAY_HASH_ZERO;
  g_autoptr (QuayEnvelope) page = quay_envelope_new ();
  page->till = chain->state.till;
  page->chain = chain->state.id;
  page->code = g_strdup ("QT5");
  page->letter = g_strdup ("C");
  page->from = 1 + (fault == PAGE_OTHER_FROM);
  page->hwm = 3;
  page->till.b[9] ^= fault == PAGE_OTHER_TILL;
  page->chain.b[9] ^= fault == PAGE_OTHER_CHAIN;
  prev.b[0] = fault == PAGE_BAD_PREV;
  page->prev = page->head = prev;
  for (guint i = 0; i < 3 && fault != PAGE_EMPTY; i++)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (chain->records->pdata[i], &len);
      g_ptr_array_add (page->records, g_bytes_ref (chain->records->pdata[i]));
      page->head = quay_chain_hash (&page->till, &page->chain, (guint64)page->from + i, bytes, len,
                                    &page->head);
    }
  page->head.b[5] ^= fault == PAGE_BAD_HASH;
  quay_seal_make (&page->seal, fault == PAGE_BAD_SEAL ? &f->stranger : &f->server, &page->till,
                  &page->chain, (guint64)page->from + page->records->len - 1, &page->head);
  if (fault == PAGE_NOT_ONE)
    return g_bytes_new_static ("{}", 2);
  return quay_envelope_encode (page);
}

/* A page that is not what was asked for is not taken, and the next chain is, all the same. */
static void
test_bad_page (gconstpointer data)
{
  PageFault fault = GPOINTER_TO_UINT (data);
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  SyncChain *bad = sync_chain_new (5, 5, "C", "sale", 3);
  g_ptr_array_add (f->theirs, bad);
  g_ptr_array_add (f->theirs, sync_chain_new (6, 6, "D", "sale", 2));
  g_ptr_array_add (f->theirs, sync_chain_copy (sync_fixture_here (f, 0), 1));
  sync_fixture_assert_sends (f, "/v1/push");
  sync_fixture_ack (f, 1);
  sync_fixture_assert_sends (f, "/v1/chains");
  g_autoptr (GBytes) list = sync_list (f);
  sync_fixture_good (f, list);
  sync_fixture_assert_sends (f, "/v1/pull");
  g_autoptr (GBytes) page = make_page (f, bad, fault);
  sync_fixture_good (f, page);
  sync_fixture_assert_sends (f, "/v1/pull");
  sync_fixture_serve (f, 1);
  sync_fixture_assert_log (f, "acked A 1\ntake QT6D 1+2\n");
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TROUBLE);
  /* it is asked for again, though the server has nothing new */
  f->now += 60000;
  sync_fixture_serve (f, 3);
  g_assert_nonnull (strstr (f->log->str, "take QT5C 1+3\n"));
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_IDLE);
}

/* Fails unless the engine knows that record to be held for that reason. */
static void
assert_held (SyncFixture *f, guint64 seq, const char *why)
{
  g_autoptr (GPtrArray) list = quay_sync_engine_held (f->engine);
  for (guint i = 0; i < list->len; i++)
    {
      const QuaySyncHeld *held = list->pdata[i];
      g_assert_true (quay_id_equal (&held->chain, &sync_fixture_here (f, 0)->state.id));
      if (held->seq == seq)
        {
          g_assert_cmpstr (held->why, ==, why);
          return;
        }
    }
  g_error ("record %" G_GUINT64_FORMAT " is not held", seq);
}

/* Keys and held records come with the list. */
static void
test_keys_and_held (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (3);
  g_autofree char *old = quay_base64 (f->server.public, QUAY_KEY_LEN);
  g_autofree char *fresh = quay_base64 (f->stranger.public, QUAY_KEY_LEN);
  QuayMsgKey keys[] = { { (char *)"s1", old }, { (char *)"s2", fresh } };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GPtrArray) held = g_ptr_array_new ();
  QuayMsgNote notes[] = { { sync_fixture_here (f, 0)->state.id, 2, (char *)"sum" },
                          { QUAY_ID_NIL, 2, (char *)"of another till" } };
  QuayMsgChains message = { .keys = list, .held = held, .cur = (char *)"1" };
  g_ptr_array_add (held, &notes[0]);
  g_ptr_array_add (held, &notes[1]);
  sync_fixture_assert_sends (f, "/v1/push");
  sync_fixture_ack (f, 3);
  sync_fixture_assert_sends (f, "/v1/chains");
  g_ptr_array_add (list, &keys[1]); /* a set without the key that signs it is no set */
  g_autoptr (GBytes) wrong = quay_message_encode (&quay_msg_chains, &message);
  sync_fixture_good (f, wrong);
  sync_fixture_run (f);
  g_assert_cmpuint (f->keys.n_server_keys, ==, 1);
  g_assert_cmpuint (sync_fixture_state (f)->held, ==, 1);
  assert_held (f, 2, "sum");
  quay_sync_engine_ask (f->engine, f->now);
  f->cur = "2";
  sync_fixture_assert_sends (f, "/v1/push");
  sync_fixture_ack (f, 3);
  sync_fixture_assert_sends (f, "/v1/chains");
  g_ptr_array_add (list, &keys[0]);
  g_ptr_array_set_size (held, 0); /* booked by now */
  g_autoptr (GBytes) right = quay_message_encode (&quay_msg_chains, &message);
  sync_fixture_good (f, right);
  sync_fixture_run (f);
  sync_fixture_assert_log (f, "acked A 3\nkeys\n");
  g_assert_cmpuint (f->keys.n_server_keys, ==, 2);
  g_assert_cmpuint (sync_fixture_state (f)->held, ==, 0);
  g_assert_nonnull (quay_sync_keys_server (&f->keys, "s2"));
}

/* Reasons come with acknowledgements, once for a record; of a great many only the first are kept.
 */
static void
test_held_reasons (void)
{
  const guint many = QUAY_SYNC_HELD_KEPT + 50;
  g_autoptr (SyncFixture) f = sync_fixture_new (many);
  SyncChain *chain = sync_fixture_here (f, 0);
  sync_fixture_assert_sends (f, "/v1/push");
  const QuayHash *head = &g_array_index (chain->hashes, QuayHash, 50);
  g_autoptr (GBytes) plain = sync_ack (chain, 50, head, &f->server, "1");
  gsize len;
  const char *bytes = g_bytes_get_data (plain, &len);
  QuayMsgAck ack = { 0 };
  g_assert_true (quay_message_decode (&quay_msg_ack, bytes, len, &ack, NULL));
  QuayMsgNote notes[QUAY_SYNC_HELD_KEPT + 50];
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  for (guint i = 0; i < many; i++)
    {
      notes[i] = (QuayMsgNote){ QUAY_ID_NIL, i + 1, (char *)(i == 1 ? "sum" : "other") };
      g_ptr_array_add (told, &notes[i]);
    }
  g_ptr_array_add (told, &notes[1]); /* told twice */
  GPtrArray *none = g_steal_pointer (&ack.notes);
  ack.notes = told;
  g_autoptr (GBytes) noted = quay_message_encode (&quay_msg_ack, &ack);
  ack.notes = none;
  quay_shape_clear (&quay_msg_ack, &ack);
  guint64 before = sync_fixture_state (f)->held_told;
  sync_fixture_good (f, noted);
  sync_fixture_run (f);
  g_assert_cmpuint (sync_fixture_state (f)->held, ==, many);
  g_assert_cmpuint (sync_fixture_state (f)->held_told, >, before);
  assert_held (f, 2, "sum");
  assert_held (f, 1, "other");
  g_autoptr (GPtrArray) kept = quay_sync_engine_held (f->engine);
  g_assert_cmpuint (kept->len, ==, QUAY_SYNC_HELD_KEPT);
}

/* A new key: kept, proven, answered, kept again, and only then used. */
static void
test_rotate (gconstpointer data)
{
  gboolean refused = GPOINTER_TO_INT (data);
  static const guint8 seed[32] = "the till's next";
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  QuayKey next;
  guint8 text[9 + QUAY_KEY_LEN] = "quay1-key";
  quay_key_from_seed (&next, seed);
  memcpy (text + 9, next.public, QUAY_KEY_LEN);
  sync_fixture_serve (f, 3);
  g_string_truncate (f->log, 0);
  quay_sync_engine_rotate (f->engine, seed, f->now);
  for (guint i = 0; i < 2; i++) /* the first answer is lost */
    {
      sync_fixture_assert_sends (f, "/v1/push");
      sync_fixture_ack (f, 1);
      sync_fixture_assert_sends (f, "/v1/keys");
      sync_fixture_assert_log (f, "keys\n");
      if (i == 0)
        quay_sync_engine_failed (f->engine, QUAY_SYNC_LOST_CUT, "cut", f->now);
    }
  QuayMsgRotate message;
  QuaySig proof;
  gsize len;
  g_autoptr (GBytes) body = sync_fixture_sent (f);
  const void *bytes = g_bytes_get_data (body, &len);
  g_assert_true (quay_message_decode (&quay_msg_rotate, bytes, len, &message, NULL));
  g_assert_true (quay_base64_to (message.proof, proof.b, sizeof proof.b));
  g_assert_cmpint (crypto_sign_verify_detached (proof.b, text, sizeof text, f->keys.key.public), ==,
                   0);
  quay_shape_clear (&quay_msg_rotate, &message);
  g_autoptr (GBytes) reply = g_bytes_new_static ("{\"key\":\"k2\"}", 12);
  if (refused)
    sync_fixture_problem (f, 400, (QuayMsgProblem){ .type = (char *)"bad-request" });
  else
    sync_fixture_good (f, reply);
  sync_fixture_run (f);
  sync_fixture_assert_log (f, "keys\n");
  g_assert_cmpstr (f->keys.key_id, ==, refused ? "k1" : "k2");
  g_assert_cmpint (memcmp (f->keys.key.public, next.public, QUAY_KEY_LEN) == 0, ==, !refused);
  g_assert_false (f->keys.has_next);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, refused ? QUAY_SYNC_TROUBLE : QUAY_SYNC_IDLE);
}

/* Own sales do not wait for the end of a long fetch. */
static void
test_turn (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  g_ptr_array_add (f->theirs, sync_chain_new (5, 5, "C", "sale", 500));
  sync_fixture_assert_sends (f, "/v1/push");
  sync_fixture_ack (f, 1);
  sync_fixture_assert_sends (f, "/v1/chains");
  sync_chain_add (sync_fixture_here (f, 0), "sale", 1);
  quay_sync_engine_appended (f->engine, f->now);
  f->now += 30000;
  g_ptr_array_add (f->theirs, sync_chain_copy (sync_fixture_here (f, 0), 1));
  sync_fixture_serve (f, 12);
  g_assert_true (g_str_has_prefix (f->log->str, "acked A 1\ntake QT5C 1+50\nacked A 2\n"));
  g_assert_true (sync_chain_same (sync_fixture_here (f, 1), f->theirs->pdata[0]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pulls); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-pull/", pulls[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pull);
    }
  g_test_add_func ("/sync-pull/province-first", test_province_first);
  for (guint i = 0; i < G_N_ELEMENTS (page_faults); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-pull/bad-page/", page_faults[i], NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad_page);
    }
  g_test_add_func ("/sync-pull/keys-and-held", test_keys_and_held);
  g_test_add_func ("/sync-pull/held-reasons", test_held_reasons);
  g_test_add_data_func ("/sync-pull/keys/rotate", GINT_TO_POINTER (FALSE), test_rotate);
  g_test_add_data_func ("/sync-pull/keys/rotate-refused", GINT_TO_POINTER (TRUE), test_rotate);
  g_test_add_func ("/sync-pull/turn", test_turn);
  return g_test_run ();
}
