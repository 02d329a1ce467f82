/* Records on their way into the server: what each push does to the chain and to the tables, asked
 * of the real handlers over a real file. */
#include "server-fixture.h"

#include <string.h>

#define SALES 12

typedef struct
{
  Office office;
  Peer a;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
  peer_init (&f->a, &f->office, 1, "QT1");
  peer_enrol (&f->a);
  chain_add_sales (&f->a.chain, &f->a, SALES);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->office.server != NULL)
    office_assert_sound (&f->office);
  peer_clear (&f->a);
  office_tear_down (&f->office, NULL);
}

#define COUNT(f, table) office_ask (&(f)->office, "SELECT count (*) FROM " table)

/* --- runs --- */

/* Each is a series of pushes (from, n) of one sound chain, and what is acknowledged after each. */
static const struct
{
  const char *name;
  struct
  {
    gint64 from;
    guint n;
    gint64 hwm;
  } steps[5];
} runs[] = {
  { "whole", { { 1, 13, 13 } } },
  { "in-pieces", { { 1, 1, 1 }, { 2, 5, 6 }, { 7, 7, 13 } } },
  { "repeat", { { 1, 5, 5 }, { 1, 5, 5 }, { 1, 5, 5 } } },
  { "overlap", { { 1, 5, 5 }, { 3, 6, 8 }, { 1, 13, 13 } } },
  { "inside", { { 1, 13, 13 }, { 4, 3, 13 } } },
  { "gap", { { 1, 3, 3 }, { 5, 2, 3 }, { 4, 2, 5 } } },
  { "gap-at-the-start", { { 2, 3, 0 }, { 1, 4, 4 } } },
  { "late-duplicate", { { 1, 4, 4 }, { 5, 4, 8 }, { 1, 4, 8 }, { 5, 4, 8 } } },
  { "heartbeat", { { 1, 0, 0 }, { 1, 4, 4 }, { 5, 0, 4 }, { 14, 0, 4 }, { 3, 0, 4 } } },
};

static void
test_runs (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gint64 last = 0;
  for (guint s = 0; s < G_N_ELEMENTS (runs[i].steps); s++)
    {
      if (runs[i].steps[s].from == 0)
        break;
      last = peer_push (&f->a, &f->a.chain, runs[i].steps[s].from, runs[i].steps[s].n);
      g_assert_cmpint (last, ==, runs[i].steps[s].hwm);
    }
  g_assert_cmpint (COUNT (f, "journal"), ==, last);
  g_assert_cmpint (COUNT (f, "booked"), ==, last);
  g_assert_cmpint (COUNT (f, "sale"), ==, last - 1);
  g_assert_cmpint (COUNT (f, "chain"), ==, 1);
}

/* --- forks --- */

/* Two lives of one disk part after @at − 1 records: nothing of the second is stored, and it is told
 * where, and which letter to go on with. */
static void
test_fork (Fixture *f, gconstpointer data)
{
  for (guint at = 2; at <= SALES + 1; at++)
    {
      PeerChain other;
      QuayMsgAck ack;
      QuayMsgProblem problem;
      chain_copy (&other, &f->a.chain, at - 1);
      chain_add_sales (&other, &f->a, SALES + 3);
      peer_push_all (&f->a, &f->a.chain, 5);
      for (guint from = 1; from <= at; from++)
        {
          g_autoptr (QuayEnvelope) envelope =
              peer_envelope (&f->a, &other, from, other.records->len - from + 1);
          g_assert_cmpuint (peer_push_envelope (&f->a, envelope, &ack, &problem), ==, 409);
          g_assert_cmpstr (problem.type, ==, "fork");
          g_assert_cmpint (problem.at, ==, at);
          g_assert_cmpuint (strlen (problem.letter), ==, 1);
          g_assert_cmpint (problem.letter[0], ==, 'B' + (char)at - 2);
          quay_shape_clear (&quay_msg_problem, &problem);
        }
      g_assert_cmpint (COUNT (f, "alarm"), ==, at - 1);
      chain_clear (&other);
    }
  g_assert_cmpint (COUNT (f, "journal"), ==, SALES + 1);
}

/* A push that begins after the fork can't say where it was: the till is asked to begin again. */
static void
test_fork_before (Fixture *f, gconstpointer data)
{
  PeerChain other;
  QuayMsgAck ack;
  QuayMsgProblem problem;
  chain_copy (&other, &f->a.chain, 4);
  chain_add_sales (&other, &f->a, 6);
  peer_push_all (&f->a, &f->a.chain, 50);
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (QuayEnvelope) envelope = peer_envelope (&f->a, &other, 7, n);
      g_assert_cmpuint (peer_push_envelope (&f->a, envelope, &ack, &problem), ==, 409);
      g_assert_cmpstr (problem.type, ==, "fork");
      g_assert_cmpint (problem.at, ==, 0);
      quay_shape_clear (&quay_msg_problem, &problem);
    }
  g_assert_cmpint (COUNT (f, "alarm"), ==, 0);
  chain_clear (&other);
}

static void
take_record (PeerChain *chain, Peer *peer, const PeerChain *from, guint i)
{
  gsize len;
  const char *bytes = g_bytes_get_data (from->records->pdata[i], &len);
  g_autofree char *text = g_strndup (bytes, len);
  chain_add (chain, peer, text);
}

/* After a fork the till moves its records into a new chain: same bytes, booked once. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  PeerChain next;
  peer_push_all (&f->a, &f->a.chain, 50);
  chain_init (&next, &f->a, "QT1", "B");
  for (guint i = 5; i < f->a.chain.records->len; i++)
    take_record (&next, &f->a, &f->a.chain, i);
  chain_add_sales (&next, &f->a, 2);
  peer_push_all (&f->a, &next, 4);
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES + 2);
  g_assert_cmpint (COUNT (f, "journal"), ==, SALES + 1 + next.records->len);
  g_assert_cmpint (COUNT (f, "alarm"), ==, 0);
  chain_clear (&next);
}

/* --- what is refused --- */

typedef void (*Spoil) (Fixture *f, QuayEnvelope *envelope);

static void
reseal (Fixture *f, QuayEnvelope *e)
{
  quay_seal_make (&e->seal, &f->a.key, &e->till, &e->chain,
                  (guint64)(e->from - 1) + e->records->len, &e->head);
}

static void
spoil_head (Fixture *f, QuayEnvelope *e)
{
  e->head.b[3] ^= 1;
  reseal (f, e);
}

static void
spoil_record (Fixture *f, QuayEnvelope *e)
{
  g_bytes_unref (e->records->pdata[2]);
  e->records->pdata[2] = g_bytes_new_static ("{}", 2);
}

static void
spoil_seal (Fixture *f, QuayEnvelope *e)
{
  e->seal.b[0] ^= 1;
}

static void
spoil_till (Fixture *f, QuayEnvelope *e)
{
  e->till.b[15] ^= 1;
  reseal (f, e);
}

static void
spoil_birth (Fixture *f, QuayEnvelope *e)
{
  QuayHash hash;
  g_ptr_array_remove_index (e->records, 0);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  quay_envelope_check (e, hashes);
  hash = g_array_index (hashes, QuayHash, hashes->len - 1);
  e->head = hash;
  reseal (f, e);
}

static void
spoil_prev (Fixture *f, QuayEnvelope *e)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  e->prev.b[0] = 1;
  quay_envelope_check (e, hashes);
  e->head = g_array_index (hashes, QuayHash, hashes->len - 1);
  reseal (f, e);
}

static const struct
{
  const char *name;
  Spoil spoil;
  guint status;
  const char *type;
} refusals[] = {
  { "head", spoil_head, 400, "bad-request" },   { "record", spoil_record, 400, "bad-request" },
  { "seal", spoil_seal, 400, "bad-request" },   { "till", spoil_till, 403, "not-yours" },
  { "birth", spoil_birth, 400, "bad-request" }, { "prev", spoil_prev, 400, "bad-request" },
};

static void
test_refusals (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  QuayMsgAck ack;
  QuayMsgProblem problem;
  g_autoptr (QuayEnvelope) envelope = peer_envelope (&f->a, &f->a.chain, 1, 6);
  refusals[i].spoil (f, envelope);
  g_assert_cmpuint (peer_push_envelope (&f->a, envelope, &ack, &problem), ==, refusals[i].status);
  g_assert_cmpstr (problem.type, ==, refusals[i].type);
  quay_shape_clear (&quay_msg_problem, &problem);
  g_assert_cmpint (COUNT (f, "journal"), ==, 0);
  g_assert_cmpint (COUNT (f, "chain"), ==, 0);
}

/* The birth must name the till that pushes it, and nobody goes on in another's chain. */
static void
test_foreign (Fixture *f, gconstpointer data)
{
  Peer b;
  PeerChain stolen;
  peer_init (&b, &f->office, 2, "QT2");
  peer_enrol (&b);
  chain_copy (&stolen, &b.chain, 0);
  take_record (&stolen, &b, &f->a.chain, 0);
  g_assert_cmpint (peer_push (&b, &stolen, 1, 1), ==, -400);
  chain_clear (&stolen);
  peer_push_all (&f->a, &f->a.chain, 50);
  chain_copy (&stolen, &f->a.chain, 0);
  take_record (&stolen, &b, &b.chain, 0);
  g_assert_cmpint (peer_push (&b, &stolen, 1, 1), ==, -403);
  g_assert_cmpint (peer_push (&b, &stolen, 1, 0), ==, -403);
  chain_clear (&stolen);
  peer_clear (&b);
}

/* --- one event in two chains --- */

static void
test_same_id (Fixture *f, gconstpointer data)
{
  Peer b;
  peer_init (&b, &f->office, 2, "QT2");
  peer_enrol (&b);
  QuayEvent *one = quay_test_sale (f->office.chance, 9, NULL);
  one->id = quay_test_id ('e', 1);
  chain_add_event (&f->a.chain, &f->a, one);
  QuayEvent *two = quay_test_sale (f->office.chance, 9, NULL);
  two->id = quay_test_id ('e', 1);
  chain_add_event (&b.chain, &b, two);
  peer_push_all (&f->a, &f->a.chain, 50);
  peer_push_all (&b, &b.chain, 50);
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES + 1);
  g_assert_cmpint (COUNT (f, "journal"), ==, SALES + 2 + 2);
  g_assert_cmpint (COUNT (f, "alarm WHERE kind = 'same-id'"), ==, 1);
  g_assert_cmpint (COUNT (f, "held"), ==, 0);
  peer_clear (&b);
}

/* The same inside one run: the first counts. */
static void
test_same_id_in_run (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      QuayEvent *sale = quay_test_sale (f->office.chance, 9, NULL);
      sale->id = quay_test_id ('e', 1);
      chain_add_event (&f->a.chain, &f->a, sale);
    }
  peer_push_all (&f->a, &f->a.chain, 50);
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES + 1);
  g_assert_cmpint (COUNT (f, "alarm WHERE kind = 'same-id'"), ==, 2);
}

/* --- held --- */

static const char *const bad_records[] = {
  "not JSON at all",
  "{}",
  "[1,2,3]",
  "{\"t\":\"teleport\",\"v\":1,\"lam\":3,\"id\":\"65000000-0000-7000-8000-000000000001\"}",
  "{\"t\":\"sale\",\"v\":2,\"lam\":3,\"id\":\"65000000-0000-7000-8000-000000000002\"}",
  "{\"t\":\"sale\",\"v\":1}",
  "{\"t\":\"setting\",\"v\":1,\"lam\":5,\"id\":\"65000000-0000-7000-8000-000000000003\",\"day\":"
  "20261123,"
  "\"ts\":1,\"who\":\"x\",\"code\":\"c\",\"set\":{\"\\u0001\\u0002\\u001f\":1.5}}",
  "{\"t\":\"setting\",\"v\":1,\"lam\":9223372036854775807,\"id\":\"65000000-0000-7000-8000-"
  "000000000004\","
  "\"day\":20261123,\"ts\":1,\"who\":\"x\",\"code\":\"c\",\"set\":{}}",
  "{\"t\":\"setting\",\"v\":1,\"lam\":99999999999,\"id\":\"65000000-0000-7000-8000-000000000005\","
  "\"day\":20261123,\"ts\":1,\"who\":\"x\",\"code\":\"c\",\"set\":{}}",
  "\xff\xfe\x01 bytes",
};

static void
test_held (Fixture *f, gconstpointer data)
{
  QuayMsgAck ack;
  QuayMsgProblem problem;
  guint bad = G_N_ELEMENTS (bad_records);
  for (guint i = 0; i < bad; i++)
    {
      chain_add (&f->a.chain, &f->a, bad_records[i]);
      chain_add_sales (&f->a.chain, &f->a, 1);
    }
  g_autoptr (QuayEnvelope) envelope =
      peer_envelope (&f->a, &f->a.chain, 1, f->a.chain.records->len);
  for (guint again = 0; again < 2; again++)
    {
      g_assert_cmpuint (peer_push_envelope (&f->a, envelope, &ack, &problem), ==, 200);
      g_assert_cmpint (ack.hwm, ==, f->a.chain.records->len);
      g_assert_cmpuint (ack.notes->len, ==, bad);
      for (guint i = 0; i < bad; i++)
        {
          const QuayMsgNote *note = ack.notes->pdata[i];
          g_assert_cmpint (note->seq, ==, SALES + 2 + 2 * i);
          g_assert_cmpuint (strlen (note->why), >, 5);
        }
      quay_shape_clear (&quay_msg_ack, &ack);
    }
  g_assert_cmpint (COUNT (f, "held"), ==, bad);
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES + bad);
  /* nothing can be booked by this version, and trying changes nothing */
  guint64 booked;
  guint64 left;
  g_autoptr (GError) error = NULL;
  quay_server_retry (f->office.server, &booked, &left, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (booked, ==, 0);
  g_assert_cmpuint (left, ==, bad);
}

/* A total that is not the sum of its lines: nothing of it is booked. */
static void
test_held_rule (Fixture *f, gconstpointer data)
{
  QuayEvent *sale = quay_test_sale (f->office.chance, 9, NULL);
  ((QuaySale *)sale->body)->total.dong += 1000;
  chain_add_event (&f->a.chain, &f->a, sale);
  chain_add_sales (&f->a.chain, &f->a, 1);
  peer_push_all (&f->a, &f->a.chain, 50);
  g_assert_cmpint (COUNT (f, "held"), ==, 1);
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES + 1);
}

/* Figures that no shop has don't stop the records after them. */
static void
test_figures (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      for (guint j = 0; j < 2000; j++)
        {
          QuayEvent *event = quay_event_new (QUAY_EVENT_CASH_MOVED);
          QuayCashMoved *moved = event->body;
          moved->number = g_strdup ("QT1A-PT26-0001");
          moved->amount = QUAY_DONG (QUAY_MONEY_MAX);
          event->shift = quay_test_id ('s', 1);
          chain_add_event (&f->a.chain, &f->a, event);
        }
      peer_push_all (&f->a, &f->a.chain, 500);
    }
  g_assert_cmpint (office_ask (&f->office, "SELECT n FROM running WHERE what = 'drawer'"), >, 0);
}

/* --- poison --- */

static void
test_poison (Fixture *f, gconstpointer data)
{
  const char *bytes = "\x01\xff no event";
  gint64 seq = f->a.chain.records->len + 1;
  char hash[2 * QUAY_HASH_LEN + 1];
  char prev[2 * QUAY_HASH_LEN + 1];
  peer_push_all (&f->a, &f->a.chain, 50);
  chain_add (&f->a.chain, &f->a, bytes);
  quay_hash_to_text (&g_array_index (f->a.chain.hashes, QuayHash, seq - 2), prev);
  quay_hash_to_text (&g_array_index (f->a.chain.hashes, QuayHash, seq - 1), hash);
  g_autofree char *base64 = quay_base64 ((const guint8 *)bytes, strlen (bytes));
  QuayMsgPoison message = {
    .chain = f->a.chain.id, .seq = seq, .prev = prev, .hash = hash, .bytes = base64
  };
  g_autoptr (GBytes) body = quay_message_encode (&quay_msg_poison, &message);
  for (guint i = 0; i < 2; i++)
    {
      g_auto (QuayServerAnswer) answer = { 0 };
      peer_ask (&f->a, "/v1/poison", body, &answer);
      g_assert_cmpuint (answer.status, ==, 200);
    }
  g_assert_cmpint (COUNT (f, "held"), ==, 1);
  /* it has no seal; the heartbeat brings one */
  g_assert_cmpint (COUNT (f, "chain WHERE seal = zeroblob (64)"), ==, 1);
  g_assert_cmpint (peer_push (&f->a, &f->a.chain, seq + 1, 0), ==, seq);
  g_assert_cmpint (COUNT (f, "chain WHERE seal = zeroblob (64)"), ==, 0);
  chain_add_sales (&f->a.chain, &f->a, 1);
  g_assert_cmpint (peer_push (&f->a, &f->a.chain, seq + 1, 1), ==, seq + 1);
}

/* --- pull --- */

static void
test_pull (Fixture *f, gconstpointer data)
{
  Peer b;
  guint status;
  gint64 from = 1;
  peer_push_all (&f->a, &f->a.chain, 50);
  peer_init (&b, &f->office, 2, "QT2");
  peer_enrol (&b);
  while (from <= (gint64)f->a.chain.records->len)
    {
      g_autoptr (QuayEnvelope) envelope = peer_pull (&b, &f->a.chain.id, from, 5, &status);
      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpint (envelope->hwm, ==, f->a.chain.records->len);
      g_assert_cmpint (envelope->from, ==, from);
      for (guint i = 0; i < envelope->records->len; i++)
        g_assert_true (
            g_bytes_equal (envelope->records->pdata[i], f->a.chain.records->pdata[from - 1 + i]));
      from += envelope->records->len;
    }
  g_autoptr (QuayEnvelope) end = peer_pull (&b, &f->a.chain.id, from, 5, &status);
  g_assert_cmpuint (end->records->len, ==, 0);
  g_autoptr (QuayEnvelope) beyond = peer_pull (&b, &f->a.chain.id, from + 1000, 5, &status);
  g_assert_cmpuint (beyond->records->len, ==, 0);
  g_assert_cmpint (beyond->from, ==, from);
  QuayId none = quay_test_id ('c', 99);
  g_assert_null (peer_pull (&b, &none, 1, 5, &status));
  g_assert_cmpuint (status, ==, 404);
  peer_clear (&b);
}

/* Large records, that don't pack: an answer is never above its bound, and it goes on. */
static void
test_pull_bounds (Fixture *f, gconstpointer data)
{
  guint status;
  gint64 from = 1;
  g_autofree char *text = g_malloc (40001);
  for (guint i = 0; i < 60; i++)
    {
      for (guint j = 0; j < 40000; j++)
        text[j] = (char)('0' + g_rand_int_range (f->office.chance, 0, 74));
      text[40000] = '\0';
      chain_add (&f->a.chain, &f->a, text);
      peer_push (&f->a, &f->a.chain, f->a.chain.records->len, 1);
    }
  peer_push_all (&f->a, &f->a.chain, 1);
  while (from <= (gint64)f->a.chain.records->len)
    {
      g_autoptr (QuayEnvelope) envelope = peer_pull (&f->a, &f->a.chain.id, from, 0, &status);
      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpuint (envelope->records->len, >, 0);
      from += envelope->records->len;
    }
}

/* --- sites --- */

static void
test_confined (Fixture *f, gconstpointer data)
{
  Peer b;
  guint status;
  g_autoptr (GError) error = NULL;
  peer_init (&b, &f->office, 2, "QT1");
  quay_server_add_site (f->office.server, "Nà Phặc", "01936", &b.site, &error);
  g_assert_no_error (error);
  peer_enrol (&b);
  chain_add_sales (&b.chain, &b, 3);
  peer_push_all (&f->a, &f->a.chain, 50);
  peer_push_all (&b, &b.chain, 50);
  g_assert_null (peer_pull (&b, &f->a.chain.id, 1, 5, &status));
  g_assert_cmpuint (status, ==, 404);
  g_auto (QuayServerAnswer) answer = { 0 };
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  peer_ask (&b, "/v1/chains", body, &answer);
  g_autofree char *said =
      g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
  char id[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&f->a.chain.id, id);
  g_assert_null (strstr (said, id));
  quay_id_to_text (&b.chain.id, id);
  g_assert_nonnull (strstr (said, id));
  peer_clear (&b);
}

static char *
ask_cur (Peer *peer)
{
  QuayMsgAck ack;
  QuayMsgProblem problem;
  g_autoptr (QuayEnvelope) envelope =
      peer_envelope (peer, &peer->chain, peer->chain.records->len + 1, 0);
  g_assert_cmpuint (peer_push_envelope (peer, envelope, &ack, &problem), ==, 200);
  char *cur = g_strdup (ack.cur);
  quay_shape_clear (&quay_msg_ack, &ack);
  return cur;
}

/* cur changes when another till's chain grows, and not by what the till itself sends. */
static void
test_cur (Fixture *f, gconstpointer data)
{
  Peer b;
  peer_init (&b, &f->office, 2, "QT2");
  peer_enrol (&b);
  peer_push_all (&f->a, &f->a.chain, 50);
  peer_push_all (&b, &b.chain, 50);
  g_autofree char *first = ask_cur (&f->a);
  chain_add_sales (&f->a.chain, &f->a, 1);
  peer_push_all (&f->a, &f->a.chain, 50);
  g_autofree char *after_own = ask_cur (&f->a);
  g_assert_cmpstr (first, ==, after_own);
  chain_add_sales (&b.chain, &b, 1);
  peer_push_all (&b, &b.chain, 50);
  g_autofree char *after_other = ask_cur (&f->a);
  g_assert_cmpstr (first, !=, after_other);
  peer_clear (&b);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *path = g_strconcat ("/ingest/run/", runs[i].name, NULL);
      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_runs, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/ingest/refuse/", refusals[i].name, NULL);
      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_refusals, tear_down);
    }
  ADD ("/ingest/fork/at", test_fork);
  ADD ("/ingest/fork/before", test_fork_before);
  ADD ("/ingest/fork/moved", test_moved);
  ADD ("/ingest/foreign", test_foreign);
  ADD ("/ingest/same-id", test_same_id);
  ADD ("/ingest/same-id-in-run", test_same_id_in_run);
  ADD ("/ingest/held/undecodable", test_held);
  ADD ("/ingest/held/rule", test_held_rule);
  ADD ("/ingest/figures", test_figures);
  ADD ("/ingest/poison", test_poison);
  ADD ("/ingest/pull/all", test_pull);
  ADD ("/ingest/pull/bounds", test_pull_bounds);
  ADD ("/ingest/confined", test_confined);
  ADD ("/ingest/cur", test_cur);
  return g_test_run ();
}
