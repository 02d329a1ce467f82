/* The engine where the server's chain is not this till's: acknowledgements that lie, forks, and a
 * disk that went back. What is fetched is in test-sync-pull.c. */
#include "sync-fixture.h"

#include <string.h>

static QuayHash
hash_of (const SyncChain *chain, guint64 seq)
{
  return g_array_index (chain->hashes, QuayHash, seq);
}

/* --- acknowledgements that lie --- */

typedef enum
{
  LIE_HEAD,
  LIE_OTHER_CHAIN,
  LIE_OTHER_TILL,
  LIE_SEAL_STRANGER,
  LIE_SEAL_SEQ,
  LIE_LESS,
  LIE_HEAD_OF_LESS,
  LIE_UNSIGNED,
  LIE_STRANGER,
  LIE_NOT_JSON,
  LIE_EMPTY,
} Lie;

static const struct
{
  const char *name;
  Lie lie;
  QuaySyncWhat what;
} lies[] = {
  { "head", LIE_HEAD, QUAY_SYNC_TROUBLE },
  { "other-chain", LIE_OTHER_CHAIN, QUAY_SYNC_TROUBLE },
  { "other-till", LIE_OTHER_TILL, QUAY_SYNC_TROUBLE },
  { "seal-of-stranger", LIE_SEAL_STRANGER, QUAY_SYNC_TROUBLE },
  { "seal-of-other-seq", LIE_SEAL_SEQ, QUAY_SYNC_TROUBLE },
  { "less-than-sent", LIE_LESS, QUAY_SYNC_TROUBLE },
  { "head-of-less", LIE_HEAD_OF_LESS, QUAY_SYNC_TROUBLE },
  { "not-signed", LIE_UNSIGNED, QUAY_SYNC_NOT_OURS },
  { "stranger", LIE_STRANGER, QUAY_SYNC_NOT_OURS },
  { "not-json", LIE_NOT_JSON, QUAY_SYNC_TROUBLE },
  { "empty", LIE_EMPTY, QUAY_SYNC_TROUBLE },
};

static GBytes *
make_lie (SyncFixture *f, Lie lie)
{
  SyncChain bent = *sync_fixture_here (f, 0);
  QuayHash head = hash_of (&bent, 50);
  if (lie == LIE_HEAD)
    head.b[31] ^= 1;
  if (lie == LIE_OTHER_CHAIN)
    bent.state.id.b[9] = 1;
  if (lie == LIE_OTHER_TILL)
    bent.state.till.b[9] = 1;
  if (lie == LIE_HEAD_OF_LESS)
    head = hash_of (&bent, 49);
  if (lie == LIE_NOT_JSON)
    return g_bytes_new_static ("<html>", 6);
  if (lie == LIE_EMPTY)
    return g_bytes_new_static ("{}", 2);
  if (lie == LIE_LESS)
    {
      QuayHash zero = QUAY_HASH_ZERO;
      return sync_ack (&bent, 0, &zero, &f->server, "1");
    }
  if (lie == LIE_SEAL_SEQ)
    {
      QuayHash other = hash_of (&bent, 49);
      g_autoptr (GBytes) right = sync_ack (&bent, 50, &head, &f->server, "1");
      g_autoptr (GBytes) wrong = sync_ack (&bent, 49, &other, &f->server, "1");
      QuayMsgAck a;
      QuayMsgAck b;
      gsize len;
      const void *bytes = g_bytes_get_data (right, &len);
      g_assert_true (quay_message_decode (&quay_msg_ack, bytes, len, &a, NULL));
      bytes = g_bytes_get_data (wrong, &len);
      g_assert_true (quay_message_decode (&quay_msg_ack, bytes, len, &b, NULL));
      char *seal = a.seal;
      a.seal = b.seal;
      b.seal = seal;
      GBytes *mixed = quay_message_encode (&quay_msg_ack, &a);
      quay_shape_clear (&quay_msg_ack, &a);
      quay_shape_clear (&quay_msg_ack, &b);
      return mixed;
    }
  return sync_ack (&bent, 50, &head, lie == LIE_SEAL_STRANGER ? &f->stranger : &f->server, "1");
}

/* Nothing is marked, and the same records go again after a while. */
static void
test_lie (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  Lie lie = lies[row].lie;
  g_autoptr (SyncFixture) f = sync_fixture_new (60);
  for (guint i = 0; i < 5; i++)
    {
      sync_fixture_assert_sends (f, "/v1/push");
      g_autoptr (QuayEnvelope) run = sync_fixture_pushed (f);
      g_assert_cmpint (run->from, ==, 1);
      g_assert_cmpuint (run->records->len, ==, 50);
      g_autoptr (GBytes) ack = make_lie (f, lie);
      SyncHow how = { .status = 200, .signer = &f->server };
      how.signer = lie == LIE_UNSIGNED ? NULL : lie == LIE_STRANGER ? &f->stranger : &f->server;
      f->chance = 1;
      sync_fixture_answer (f, &how, ack);
      g_assert_cmpint (sync_fixture_run (f)->what, ==, QUAY_SYNC_WAIT);
      g_assert_cmpint (sync_fixture_state (f)->what, ==, lies[row].what);
      sync_fixture_assert_log (f, "");
      f->now += 1;
    }
}

/* --- up and down --- */

/* The server was restored from last night's backup: what it lost is sent again. */
static void
test_server_went_back (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (300);
  sync_fixture_serve (f, 20);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 0);
  g_string_truncate (f->log, 0);
  SyncChain *old = sync_chain_copy (sync_fixture_here (f, 0), 120);
  g_ptr_array_set_size (f->theirs, 0);
  g_ptr_array_add (f->theirs, old);
  f->now += 60000;
  sync_fixture_serve (f, 20);
  sync_fixture_assert_log (f, "acked A 120\nacked A 300\n");
  g_assert_cmpuint (old->state.seq, ==, 300);
  g_assert_cmpint (sync_fixture_state (f)->alarm, ==, QUAY_SYNC_ALARM_NONE);
}

/* The same when it lost the chain altogether. */
static void
test_server_lost_all (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (80);
  sync_fixture_serve (f, 20);
  g_string_truncate (f->log, 0);
  g_ptr_array_set_size (f->theirs, 0);
  f->now += 60000;
  sync_fixture_serve (f, 20);
  sync_fixture_assert_log (f, "acked A 0\nacked A 80\n");
}

/* A server that is always behind what it has just been sent is given up after a few. */
static void
test_never_forward (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (300);
  guint n = 0;
  sync_fixture_here (f, 0)->state.acked = 200;
  f->chance = 1;
  while (sync_fixture_run (f)->what == QUAY_SYNC_SEND)
    {
      g_autoptr (QuayEnvelope) run = sync_fixture_pushed (f);
      g_assert_cmpuint (++n, <, 10);
      sync_fixture_ack (f, (guint64)MAX (run->from - 20, 0));
    }
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TROUBLE);
}

/* --- forks --- */

static const struct
{
  const char *name;
  guint common;   /* records that both have */
  guint mine;     /* in all here */
  guint server;   /* in all there */
  guint acked;    /* of them, as this till believes */
  guint requests; /* at most, until all is exchanged */
  const char *begins;
} forks[] = {
  { "in-the-batch", 100, 110, 105, 100, 10, "begin F from A 101\n" },
  { "first-unsent", 100, 101, 101, 100, 10, "begin F from A 101\n" },
  { "acked-differs", 100, 200, 190, 150, 16, "begin F from A 101\n" },
  { "server-longer", 100, 150, 900, 100, 16, "begin F from A 101\n" },
  { "all-acked", 100, 150, 150, 150, 16, "begin F from A 101\n" },
  { "long-ago", 7, 20000, 15000, 20000, 90, "begin F from A 8\n" },
  { "long-ago-server-longer", 7, 15000, 20000, 15000, 90, "begin F from A 8\n" },
  { "birth", 0, 20, 30, 10, 16, "begin F from A 1\n" },
  { "birth-unsent", 0, 20, 30, 0, 16, "begin F from A 1\n" },
};

/* Two lives of one chain: both are whole on both sides afterwards, and nobody asked too much. */
static void
test_fork (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (SyncFixture) f = sync_fixture_new (forks[row].common);
  SyncChain *mine = sync_fixture_here (f, 0);
  SyncChain *theirs = sync_chain_copy (mine, forks[row].common);
  g_ptr_array_add (f->theirs, theirs);
  sync_chain_add (mine, "mine", forks[row].mine - forks[row].common);
  sync_chain_add (theirs, "theirs", forks[row].server - forks[row].common);
  mine->state.acked = forks[row].acked;
  guint moved = forks[row].mine - forks[row].common;
  sync_fixture_serve (f, forks[row].requests);
  g_assert_nonnull (strstr (f->log->str, forks[row].begins));
  g_assert_cmpint (sync_fixture_state (f)->alarm, ==, QUAY_SYNC_ALARM_FORK);
  g_assert_cmpstr (sync_fixture_state (f)->alarm_letter, ==, "F");
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpuint (f->chains->len, ==, 2);
  g_assert_cmpuint (sync_fixture_here (f, 1)->state.seq, ==, moved + 1);
  g_assert_cmpuint (sync_fixture_here (f, 1)->state.acked, ==, moved + 1);
  g_assert_true (sync_chain_same (sync_fixture_here (f, 0), theirs));
  g_assert_true (sync_chain_same (sync_fixture_here (f, 1), f->theirs->pdata[1]));
  quay_sync_engine_seen (f->engine);
  g_assert_cmpint (sync_fixture_state (f)->alarm, ==, QUAY_SYNC_ALARM_NONE);
  f->now += 60000; /* and then all is quiet */
  g_string_truncate (f->log, 0);
  sync_fixture_serve (f, 4);
  g_assert_null (strstr (f->log->str, "begin"));
}

/* An old chain of this till forks when another is in use already: what was sold on it goes on too.
 */
static void
test_fork_of_old_chain (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (100);
  SyncChain *theirs = sync_chain_copy (sync_fixture_here (f, 0), 90);
  sync_chain_add (theirs, "theirs", 30);
  g_ptr_array_add (f->theirs, theirs);
  SyncChain *fresh = sync_chain_new (2, 1, "B", "fresh", 5);
  sync_fixture_here (f, 0)->state.mine = FALSE;
  sync_fixture_here (f, 0)->state.acked = 90;
  fresh->state.mine = TRUE;
  g_ptr_array_add (f->chains, fresh);
  sync_fixture_serve (f, 20);
  g_assert_cmpint (sync_fixture_state (f)->alarm, ==, QUAY_SYNC_ALARM_FORK);
  g_assert_true (sync_chain_same (sync_fixture_here (f, 0), theirs));
  g_assert_cmpuint (f->chains->len, ==, 2);
  g_assert_cmpuint (sync_fixture_here (f, 1)->state.seq, ==, 15);
  g_assert_cmpuint (sync_fixture_here (f, 1)->state.acked, ==, 15);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 0);
}

/* A server that says "fork" to everything gets two new chains, not one a second. */
static void
test_fork_for_ever (gconstpointer data)
{
  gint64 at = GPOINTER_TO_INT (data);
  g_autoptr (SyncFixture) f = sync_fixture_new (60);
  sync_fixture_here (f, 0)->state.acked = 30;
  f->chance = 1;
  for (guint round = 0; round < 20; round++)
    {
      for (guint i = 0; sync_fixture_run (f)->what == QUAY_SYNC_SEND; i++)
        {
          g_assert_cmpuint (i, <, 60);
          QuayMsgProblem fork = { .type = (char *)"fork", .at = at };
          sync_fixture_problem (f, 409, fork);
        }
      f->now += 900000;
    }
  g_assert_cmpuint (f->chains->len, <=, 3);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TROUBLE);
}

/* --- this disk went back --- */

static const struct
{
  const char *name;
  guint mine;
  guint acked;
  guint server;
  const char *letter; /* of another chain of this till on the server */
  const char *begins;
} backs[] = {
  { "all-was-sent", 100, 100, 130, NULL, "begin B from A 101\n" },
  { "some-unsent", 100, 80, 130, NULL, "begin B from A 101\n" },
  { "nothing-acked", 100, 0, 2000, NULL, "begin B from A 101\n" },
  { "letter-taken", 100, 100, 130, "D", "begin E from A 101\n" },
  { "letters-taken", 100, 100, 130, "Z", "begin AA from A 101\n" },
};

static void
test_went_back (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (SyncFixture) f = sync_fixture_new (backs[row].server);
  SyncChain *theirs = sync_chain_copy (sync_fixture_here (f, 0), backs[row].server);
  SyncChain *mine = sync_chain_copy (theirs, backs[row].mine);
  mine->state.mine = TRUE;
  mine->state.acked = backs[row].acked;
  g_ptr_array_set_size (f->chains, 0);
  g_ptr_array_add (f->chains, mine);
  g_ptr_array_add (f->theirs, theirs);
  if (backs[row].letter != NULL)
    g_ptr_array_add (f->theirs, sync_chain_new (7, 1, backs[row].letter, "other", 3));
  sync_fixture_serve (f, 16);
  g_assert_nonnull (strstr (f->log->str, backs[row].begins));
  g_assert_cmpint (sync_fixture_state (f)->alarm, ==, QUAY_SYNC_ALARM_WENT_BACK);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_IDLE);
  g_assert_true (sync_chain_same (sync_fixture_here (f, 0), theirs));
  g_assert_cmpuint (sync_fixture_here (f, 1)->state.acked, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-chains/lie/", lies[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_lie);
    }
  g_test_add_func ("/sync-chains/server/went-back", test_server_went_back);
  g_test_add_func ("/sync-chains/server/lost-all", test_server_lost_all);
  g_test_add_func ("/sync-chains/server/never-forward", test_never_forward);
  for (guint i = 0; i < G_N_ELEMENTS (forks); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-chains/fork/", forks[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fork);
    }
  g_test_add_func ("/sync-chains/fork/old-chain", test_fork_of_old_chain);
  g_test_add_data_func ("/sync-chains/fork/for-ever-at-0", GINT_TO_POINTER (0), test_fork_for_ever);
  g_test_add_data_func ("/sync-chains/fork/for-ever-at-31", GINT_TO_POINTER (31),
                        test_fork_for_ever);
  for (guint i = 0; i < G_N_ELEMENTS (backs); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-chains/went-back/", backs[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_went_back);
    }
  return g_test_run ();
}
