/* The engine against every row of the table "Answers" in src/sync/README.md, its waits and its
 * batches. Chains that part are in test-sync-chains.c. */
#include "quay-sync-batch.h"
#include "sync-fixture.h"

#include <string.h>

/* ms from now until the engine wants to go on; it must be waiting. */
static gint64
wait_of (SyncFixture *f)
{
  f->now--; /* so that a wait of nothing shows */
  const QuaySyncAction *action = sync_fixture_run (f);
  f->now++;
  g_assert_cmpint (action->what, ==, QUAY_SYNC_WAIT);
  return action->until == G_MAXINT64 ? -1 : action->until - f->now;
}

static guint
pushed_n (SyncFixture *f)
{
  sync_fixture_assert_sends (f, "/v1/push");
  g_autoptr (QuayEnvelope) run = sync_fixture_pushed (f);
  g_assert_nonnull (run);
  return run->records->len;
}

/* --- what is sent --- */

static void
test_request (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (3);
  const SyncChain *chain = f->chains->pdata[0];
  const QuaySyncAction *action = sync_fixture_run (f);
  char till[QUAY_ID_TEXT_LEN + 1];
  gsize len;
  const void *bytes = g_bytes_get_data (action->body, &len);
  quay_id_to_text (&f->keys.till, till);
  g_assert_cmpstr (action->path, ==, "/v1/push");
  g_assert_cmpstr (action->type, ==, "application/x-ndjson");
  g_assert_true (quay_wire_check_request (action->headers, f->keys.key.public, "POST", "/v1/push",
                                          till, bytes, len));
  g_autofree char *key_id = quay_wire_key_id (action->headers->input);
  g_assert_cmpstr (key_id, ==, "k1");
  g_autoptr (QuayEnvelope) run = sync_fixture_pushed (f);
  g_assert_cmpint (run->from, ==, 1);
  g_assert_cmpuint (run->records->len, ==, 3);
  g_assert_true (quay_envelope_check (run, NULL));
  g_assert_true (quay_seal_check (&run->seal, f->keys.key.public, &chain->state.till,
                                  &chain->state.id, 3, &chain->state.head));
  /* the same until it is answered */
  g_assert_true (quay_sync_engine_next (f->engine, f->now + 60000) == action);
  g_assert_true (action->what == QUAY_SYNC_SEND);
}

/* All is sent, the list is fetched once, and quiet rounds only greet. */
static void
test_whole_round (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (120);
  g_ptr_array_add (f->theirs, sync_chain_new (9, 9, "A", "province", 3));
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 0);
  g_assert_cmpuint (sync_fixture_serve (f, 10), ==, 4); /* 50, 70, the list, a page */
  sync_fixture_assert_log (f, "acked A 50\nacked A 120\ntake QT9A 1+3\n");
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_IDLE);
  g_assert_cmpuint (sync_fixture_state (f)->sent, ==, 120);
  g_assert_cmpuint (sync_fixture_state (f)->received, ==, 3);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 0);
  g_assert_cmpint (sync_fixture_state (f)->last_ack, ==, f->wall);
  g_assert_cmpint (wait_of (f), ==, 60000);
  f->now += 60000;
  g_assert_cmpuint (pushed_n (f), ==, 0);
  g_assert_cmpuint (sync_fixture_serve (f, 10), ==, 1); /* cur is known: no list */
  f->now += 60000;
  f->cur = "2";
  g_assert_cmpuint (sync_fixture_serve (f, 10), ==, 2);
}

/* One sale is one request. */
static void
test_append (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  sync_fixture_serve (f, 10);
  f->now += 20000;
  sync_chain_add (f->chains->pdata[0], "sale", 1);
  quay_sync_engine_appended (f->engine, f->now);
  quay_sync_engine_appended (f->engine, f->now + 500);
  g_assert_cmpint (wait_of (f), ==, 2000);
  f->now += 2000;
  g_assert_cmpuint (pushed_n (f), ==, 1);
  g_string_truncate (f->log, 0);
  f->cur = "2"; /* there is news, but it waits for the next whole round */
  g_assert_cmpuint (sync_fixture_serve (f, 10), ==, 1);
  sync_fixture_assert_log (f, "acked A 2\n");
  /* another one while a request is under way is sent in a round of its own */
  sync_chain_add (f->chains->pdata[0], "sale", 1);
  quay_sync_engine_appended (f->engine, f->now);
  f->now += 2000;
  g_assert_cmpuint (pushed_n (f), ==, 1);
  sync_chain_add (f->chains->pdata[0], "sale", 1);
  quay_sync_engine_appended (f->engine, f->now);
  g_assert_cmpuint (sync_fixture_serve (f, 10), ==, 1);
  g_assert_cmpint (wait_of (f), ==, 2000);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 1);
}

static void
test_rhythm (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  quay_sync_engine_set_rhythm (f->engine, 300, 5000);
  sync_fixture_serve (f, 10);
  g_assert_cmpint (wait_of (f), ==, 5000);
  quay_sync_engine_appended (f->engine, f->now);
  g_assert_cmpint (wait_of (f), ==, 300);
}

/* --- not our server --- */

static const struct
{
  const char *name;
  SyncHow how;
  int signer; /* 0 nobody, 1 the server, 2 a stranger */
  QuaySyncWhat what;
  gint64 least;
  gint64 most;
} foreign[] = {
  { "html", { .status = 200, .type = "text/html" }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "redirect", { .status = 302 }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "moved", { .status = 308 }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "not-signed", { .status = 200 }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "not-signed-401", { .status = 401 }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "not-signed-403", { .status = 403 }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "not-signed-409", { .status = 409 }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "login-511", { .status = 511, .type = "text/html" }, 0, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "stranger", { .status = 200 }, 2, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "unknown-key", { .status = 200, .key_id = "s9" }, 1, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "other-request", { .status = 200, .other_request = TRUE }, 1, QUAY_SYNC_NOT_OURS, 0, 5000 },
  { "proxy-502", { .status = 502 }, 0, QUAY_SYNC_BUSY, 0, 5000 },
  { "proxy-503", { .status = 503, .retry_after = 120 }, 0, QUAY_SYNC_BUSY, 120000, 150000 },
  { "proxy-for-ever",
    { .status = 503, .retry_after = 99999999 },
    0,
    QUAY_SYNC_BUSY,
    900000,
    1125000 },
};

static void
test_foreign (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  for (guint top = 0; top < 2; top++)
    {
      g_autoptr (SyncFixture) f = sync_fixture_new (60);
      const SyncChain *chain = f->chains->pdata[0];
      const QuayKey *signers[] = { NULL, &f->server, &f->stranger };
      SyncHow how = foreign[row].how;
      how.signer = signers[foreign[row].signer];
      f->chance = top ? (guint64)(foreign[row].most - foreign[row].least) : 0;
      pushed_n (f);
      g_autoptr (GBytes) ack =
          sync_ack (chain, 50, &g_array_index (chain->hashes, QuayHash, 50), &f->server, f->cur);
      sync_fixture_answer (f, &how, ack);
      g_assert_cmpint (wait_of (f), ==, top ? foreign[row].most : foreign[row].least);
      g_assert_cmpint (sync_fixture_state (f)->what, ==, foreign[row].what);
      g_assert_cmpuint (sync_fixture_state (f)->sent, ==, 0);
      g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 60);
      sync_fixture_assert_log (f, "");
      f->now += foreign[row].most;
      g_assert_cmpuint (pushed_n (f), ==, 50); /* the same again */
    }
}

/* --- problems --- */

static const struct
{
  const char *name;
  guint status;
  const char *type;
  gint64 wait;
  QuaySyncWhat what;
  gint64 least; /* −1: until asked */
  gint64 most;
} problems[] = {
  { "revoked", 403, "revoked", 0, QUAY_SYNC_REVOKED, -1, -1 },
  { "forbidden", 403, "other-site", 0, QUAY_SYNC_TROUBLE, 0, 5000 },
  { "too-old", 426, "too-old", 0, QUAY_SYNC_TOO_OLD, 0, 5000 },
  { "no-version", 404, "no-such-version", 0, QUAY_SYNC_TOO_OLD, 0, 5000 },
  { "not-found", 404, "not-found", 0, QUAY_SYNC_TROUBLE, 0, 5000 },
  { "busy", 429, "busy", 60, QUAY_SYNC_BUSY, 60000, 75000 },
  { "busy-a-little", 429, "busy", 1, QUAY_SYNC_BUSY, 1000, 6000 },
  { "full", 503, "full", 600, QUAY_SYNC_BUSY, 600000, 750000 },
  { "for-ever", 503, "full", 99999999, QUAY_SYNC_BUSY, 3600000, 4500000 },
  { "full-not-said", 503, "full", 0, QUAY_SYNC_BUSY, 0, 5000 },
  { "internal", 500, "internal", 0, QUAY_SYNC_TROUBLE, 0, 5000 },
  { "unheard-of", 499, "unheard-of", 0, QUAY_SYNC_TROUBLE, 0, 5000 },
};

static void
test_problem (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  for (guint top = 0; top < 2; top++)
    {
      g_autoptr (SyncFixture) f = sync_fixture_new (60);
      f->chance = top ? (guint64)(problems[row].most - problems[row].least) : 0;
      pushed_n (f);
      sync_fixture_problem (f, problems[row].status,
                            (QuayMsgProblem){ .type = (char *)problems[row].type,
                                              .title = (char *)"in words",
                                              .wait = problems[row].wait });
      g_assert_cmpint (sync_fixture_state (f)->what, ==, problems[row].what);
      g_assert_cmpstr (sync_fixture_state (f)->why, ==, "in words");
      g_assert_cmpint (wait_of (f), ==, top ? problems[row].most : problems[row].least);
      g_assert_cmpint (sync_fixture_state (f)->retry_at, ==,
                       problems[row].least < 0 ? 0 : f->now + wait_of (f));
      sync_fixture_assert_log (f, "");
      quay_sync_engine_ask (f->engine, f->now); /* somebody asks: at once */
      g_assert_cmpuint (pushed_n (f), ==, 50);
    }
}

/* Who is asked to wait waits, though the network comes and goes and sales go on. */
static void
test_told_to_wait (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  pushed_n (f);
  sync_fixture_problem (f, 503, (QuayMsgProblem){ .type = (char *)"full", .wait = 600 });
  gint64 until = f->now + wait_of (f);
  quay_sync_engine_link_up (f->engine, f->now);
  sync_chain_add (f->chains->pdata[0], "sale", 1);
  quay_sync_engine_appended (f->engine, f->now);
  f->now += 2001;
  g_assert_cmpint (f->now + wait_of (f), ==, until);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 2); /* it is counted, though */
}

static void
test_unauthorised (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  QuayMsgProblem problem = { .type = (char *)"unknown-till" };
  pushed_n (f);
  sync_fixture_problem (f, 401, problem);
  g_assert_cmpuint (pushed_n (f), ==, 1); /* once more, at once */
  sync_fixture_problem (f, 401, problem);
  g_assert_cmpint (wait_of (f), ==, -1);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_UNKNOWN_TILL);
  quay_sync_engine_link_up (f->engine, f->now);
  sync_chain_add (f->chains->pdata[0], "sale", 1);
  quay_sync_engine_appended (f->engine, f->now);
  f->now += 2001;
  g_assert_cmpint (wait_of (f), ==, -1);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 2);
  /* an answer in between begins the count anew */
  quay_sync_engine_ask (f->engine, f->now);
  pushed_n (f);
  sync_fixture_problem (f, 401, problem);
  pushed_n (f);
  sync_fixture_ack (f, 2);
  sync_fixture_assert_sends (f, "/v1/chains");
  sync_fixture_problem (f, 401, problem);
  sync_fixture_assert_sends (f, "/v1/chains");
}

static void
test_no_packing (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (60);
  QuayMsgProblem problem = { .type = (char *)"no-such-coding" };
  g_assert_true (sync_fixture_run (f)->packed);
  sync_fixture_problem (f, 415, problem);
  const QuaySyncAction *action = sync_fixture_run (f);
  g_assert_cmpint (action->what, ==, QUAY_SYNC_SEND);
  g_assert_false (action->packed);
  g_assert_cmpuint (pushed_n (f), ==, 50);
  sync_fixture_ack (f, 50);
  g_assert_false (sync_fixture_run (f)->packed);
  sync_fixture_problem (f, 415, problem); /* nothing more can be done about it */
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TROUBLE);
}

/* The next version's till, before a server of this one. */
static void
test_versions (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  quay_sync_engine_set_version (f->engine, 3);
  sync_fixture_assert_sends (f, "/v3/push");
  sync_fixture_problem (f, 404,
                        (QuayMsgProblem){ .type = (char *)"no-such-version", .version = 1 });
  sync_fixture_assert_sends (f, "/v1/push");
  sync_fixture_ack (f, 1);
  sync_fixture_assert_sends (f, "/v1/chains");
  sync_fixture_problem (f, 404,
                        (QuayMsgProblem){ .type = (char *)"no-such-version", .version = 4 });
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TOO_OLD);
}

/* What is pushed is still taken, while the rest needs a newer program. */
static void
test_too_old_to_pull (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  pushed_n (f);
  sync_fixture_ack (f, 1);
  sync_fixture_assert_sends (f, "/v1/chains");
  sync_fixture_problem (f, 426, (QuayMsgProblem){ .type = (char *)"too-old" });
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TOO_OLD);
  g_assert_cmpint (wait_of (f), ==, 60000);
}

/* --- batches --- */

static void
test_batch_grows (void)
{
  static const guint sizes[] = { 50, 100, 200, 400, 500, 500 };
  g_autoptr (SyncFixture) f = sync_fixture_new (3000);
  guint64 sent = 0;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_cmpuint (pushed_n (f), ==, sizes[i]);
      sent += sizes[i];
      sync_fixture_ack (f, sent);
    }
}

/* What is packed ahead never changes what is sent, also if the next batch is another one. */
static void
test_packed_ahead (void)
{
  static const guint64 acks[] = { 50, 150, 250, 650 };
  g_autoptr (SyncFixture) ahead = sync_fixture_new (1000);
  g_autoptr (SyncFixture) plain = sync_fixture_new (1000);
  for (guint i = 0; i < G_N_ELEMENTS (acks); i++)
    {
      GBytes *body = sync_fixture_run (plain)->body;
      g_assert_true (g_bytes_equal (sync_fixture_run (ahead)->body, body));
      g_assert_true (sync_fixture_ahead (ahead));
      sync_fixture_ack (ahead, acks[i]);
      sync_fixture_ack (plain, acks[i]);
    }
  g_assert_true (g_bytes_equal (sync_fixture_run (ahead)->body, sync_fixture_run (plain)->body));
  g_assert_false (sync_fixture_ahead (ahead)); /* this batch is the last */
}

static void
test_batch_slow (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (300);
  const SyncChain *chain = f->chains->pdata[0];
  pushed_n (f);
  g_autoptr (GBytes) ack =
      sync_ack (chain, 50, &g_array_index (chain->hashes, QuayHash, 50), &f->server, "1");
  sync_fixture_answer (f, &(SyncHow){ .status = 200, .signer = &f->server, .took = 10000 }, ack);
  g_assert_cmpuint (pushed_n (f), ==, 50);
}

static void
test_batch_halves (void)
{
  static const guint sizes[] = { 50, 25, 12, 6, 3, 1, 1 };
  for (QuaySyncLost lost = QUAY_SYNC_LOST_UNREACHED; lost <= QUAY_SYNC_LOST_CLOCK; lost++)
    {
      gboolean halves = lost == QUAY_SYNC_LOST_TIMEOUT || lost == QUAY_SYNC_LOST_CUT;
      g_autoptr (SyncFixture) f = sync_fixture_new (300);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          g_assert_cmpuint (pushed_n (f), ==, halves ? sizes[i] : 50);
          quay_sync_engine_failed (f->engine, lost, "lost", f->now);
          g_assert_cmpint (wait_of (f), ==, 0);
        }
      sync_fixture_assert_log (f, "");
    }
}

/* Record 20 of 60 can't go with the others: it is found, sent alone, and the rest follows. */
static void
test_poison (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (60);
  const SyncChain *chain = f->chains->pdata[0];
  QuayMsgProblem bad = { .type = (char *)"bad-request" };
  guint refused = 0;
  guint64 hwm = 0;
  for (guint i = 0; i < 100 && strcmp (sync_fixture_run (f)->path, "/v1/poison") != 0; i++)
    {
      g_autoptr (QuayEnvelope) run = sync_fixture_pushed (f);
      guint64 last = (guint64)run->from + run->records->len - 1;
      g_assert_cmpint (run->from, ==, hwm + 1);
      if (last >= 20)
        {
          refused += run->records->len == 1;
          sync_fixture_problem (f, refused % 2 ? 413 : 400, bad);
        }
      else
        {
          sync_fixture_ack (f, last);
          hwm = last;
        }
    }
  g_assert_cmpuint (hwm, ==, 19);
  g_assert_cmpuint (refused, ==, 3);
  QuayMsgPoison poison;
  g_autoptr (GBytes) body = sync_fixture_sent (f);
  gsize len;
  const void *bytes = g_bytes_get_data (body, &len);
  g_assert_true (quay_message_decode (&quay_msg_poison, bytes, len, &poison, NULL));
  g_autofree char *text = quay_base64 (g_bytes_get_data (chain->records->pdata[19], NULL),
                                       g_bytes_get_size (chain->records->pdata[19]));
  g_assert_cmpint (poison.seq, ==, 20);
  g_assert_cmpstr (poison.bytes, ==, text);
  quay_shape_clear (&quay_msg_poison, &poison);
  sync_fixture_ack (f, 20);
  sync_fixture_assert_sends (f, "/v1/push");
  g_assert_cmpuint (sync_fixture_serve (f, 20), >, 1);
  g_assert_cmpuint (sync_fixture_state (f)->waiting, ==, 0);
}

/* A server that refuses even that is left alone for a while. */
static void
test_poison_refused (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  for (guint i = 0; i < 4; i++)
    {
      sync_fixture_assert_sends (f, i < 3 ? "/v1/push" : "/v1/poison");
      sync_fixture_problem (f, 400, (QuayMsgProblem){ .type = (char *)"bad-request" });
    }
  g_assert_cmpint (wait_of (f), ==, 0);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TROUBLE);
}

/* --- waits --- */

static void
test_backoff (void)
{
  static const gint64 most[] = { 5000,   10000,  20000,  40000,  80000,
                                 160000, 320000, 640000, 900000, 900000 };
  g_autoptr (SyncFixture) f = sync_fixture_new (60);
  for (guint i = 0; i < G_N_ELEMENTS (most); i++)
    {
      f->chance = (guint64)most[i];
      pushed_n (f);
      quay_sync_engine_failed (f->engine, QUAY_SYNC_LOST_UNREACHED, "no route", f->now);
      g_assert_cmpint (wait_of (f), ==, most[i]);
      g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_OFFLINE);
      f->now += most[i];
    }
  pushed_n (f); /* an acknowledgement begins the row anew */
  sync_fixture_ack (f, 50);
  f->chance = 5000;
  pushed_n (f);
  quay_sync_engine_failed (f->engine, QUAY_SYNC_LOST_UNREACHED, "no route", f->now);
  g_assert_cmpint (wait_of (f), ==, 5000);
}

/* Full jitter: anything from nothing on, and evenly. */
static guint64
even_cb (gpointer data)
{
  guint64 *n = data;
  return (*n)++;
}

static void
test_jitter (void)
{
  guint64 n = 0;
  guint low = 0;
  for (guint i = 0; i < 5001; i++)
    {
      gint64 wait = quay_sync_backoff (0, even_cb, &n);
      g_assert_cmpint (wait, >=, 0);
      g_assert_cmpint (wait, <=, 5000);
      low += wait < 2500;
    }
  g_assert_cmpuint (low, ==, 2500);
  for (guint failures = 0; failures < 200; failures++)
    g_assert_cmpint (quay_sync_backoff (failures, even_cb, &n), <=, QUAY_SYNC_BACKOFF_MOST);
}

static void
test_link_up (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  f->chance = 5000;
  for (guint i = 0; i < 8; i++)
    {
      pushed_n (f);
      f->chance = (guint64)G_MAXINT64;
      quay_sync_engine_failed (f->engine, QUAY_SYNC_LOST_UNREACHED, "no route", f->now);
      f->now += wait_of (f);
    }
  f->chance = 640000;
  pushed_n (f);
  quay_sync_engine_failed (f->engine, QUAY_SYNC_LOST_UNREACHED, "no route", f->now);
  gint64 wait = wait_of (f);
  g_assert_cmpint (wait, >, 60000);
  f->chance = 60000; /* the most of a minute */
  quay_sync_engine_link_up (f->engine, f->now);
  g_assert_cmpint (wait_of (f), ==, 60000);
  f->chance = 0;
  quay_sync_engine_link_up (f->engine, f->now);
  g_assert_cmpint (wait_of (f), ==, 0);
}

static void
test_store_fails (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  g_autoptr (GError) error = g_error_new_literal (QUAY_ERROR, QUAY_ERROR_IO, "disk");
  g_assert_cmpint (quay_sync_engine_next (f->engine, f->now)->what, ==, QUAY_SYNC_CHAINS);
  f->chance = 5000;
  quay_sync_engine_stopped (f->engine, error, f->now);
  g_assert_cmpint (wait_of (f), ==, 5000);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_TROUBLE);
  g_assert_cmpstr (sync_fixture_state (f)->why, ==, "disk");
}

/* Not enrolled, or with the keys of another till: nothing is sent. */
static void
test_not_enrolled (void)
{
  g_autoptr (SyncFixture) f = sync_fixture_new (1);
  f->keys.till.b[3] = 7;
  g_assert_cmpint (wait_of (f), ==, -1);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_UNKNOWN_TILL);
  quay_sync_engine_free (f->engine);
  f->keys.enrolled = FALSE;
  f->engine = quay_sync_engine_new (&f->keys, even_cb, &f->chance);
  g_assert_cmpint (wait_of (f), ==, -1);
  quay_sync_engine_ask (f->engine, f->now);
  g_assert_cmpint (wait_of (f), ==, -1);
  g_assert_cmpint (sync_fixture_state (f)->what, ==, QUAY_SYNC_OFF);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-engine/request", test_request);
  g_test_add_func ("/sync-engine/round/whole", test_whole_round);
  g_test_add_func ("/sync-engine/round/append", test_append);
  g_test_add_func ("/sync-engine/round/rhythm", test_rhythm);
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-engine/foreign/", foreign[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_foreign);
    }
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      g_autofree char *path = g_strconcat ("/sync-engine/problem/", problems[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_problem);
    }
  g_test_add_func ("/sync-engine/problem/told-to-wait", test_told_to_wait);
  g_test_add_func ("/sync-engine/problem/unauthorised", test_unauthorised);
  g_test_add_func ("/sync-engine/problem/no-packing", test_no_packing);
  g_test_add_func ("/sync-engine/problem/versions", test_versions);
  g_test_add_func ("/sync-engine/problem/too-old-to-pull", test_too_old_to_pull);
  g_test_add_func ("/sync-engine/batch/grows", test_batch_grows);
  g_test_add_func ("/sync-engine/batch/packed-ahead", test_packed_ahead);
  g_test_add_func ("/sync-engine/batch/slow", test_batch_slow);
  g_test_add_func ("/sync-engine/batch/halves", test_batch_halves);
  g_test_add_func ("/sync-engine/batch/poison", test_poison);
  g_test_add_func ("/sync-engine/batch/poison-refused", test_poison_refused);
  g_test_add_func ("/sync-engine/wait/backoff", test_backoff);
  g_test_add_func ("/sync-engine/wait/jitter", test_jitter);
  g_test_add_func ("/sync-engine/wait/link-up", test_link_up);
  g_test_add_func ("/sync-engine/wait/store-fails", test_store_fails);
  g_test_add_func ("/sync-engine/wait/not-enrolled", test_not_enrolled);
  return g_test_run ();
}
