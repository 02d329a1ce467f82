/* An office and its tills, without sockets. */
#include "server-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* --- the office --- */

void
office_open (Office *office)
{
  g_autoptr (GError) error = NULL;
  QuayServerOptions options = {
    .db = office->url, .env = &office->env.env, .rate = office->rate, .burst = office->rate
  };
  office->server = quay_server_open (&options, &error);
  g_assert_no_error (error);
}

void
office_close (Office *office)
{
  g_clear_pointer (&office->server, quay_server_close);
}

void
office_set_up (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  memset (office, 0, sizeof *office);
  office->dir = quay_test_dir ();
  office->url = g_strconcat ("sqlite:", office->dir, "/province.db", NULL);
  quay_test_env_init (&office->env, 7);
  office->chance = g_rand_new_with_seed (7);
  office_open (office);
  quay_server_add_site (office->server, "Quế Thanh", "02155", &office->site, &error);
  g_assert_no_error (error);
}

void
office_tear_down (Office *office, gconstpointer data)
{
  office_close (office);
  quay_test_remove (office->dir);
  g_rand_free (office->chance);
  g_free (office->dir);
  g_free (office->url);
}

static sqlite3 *
open_file (Office *office)
{
  sqlite3 *handle;
  g_assert_cmpint (sqlite3_open (office->url + strlen ("sqlite:"), &handle), ==, SQLITE_OK);
  return handle;
}

gint64
office_ask (Office *office, const char *sql)
{
  sqlite3_stmt *stmt;
  sqlite3 *handle = open_file (office);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return number;
}

void
office_tamper (Office *office, const char *sql)
{
  char *why = NULL;
  sqlite3 *handle = open_file (office);
  sqlite3_exec (handle, sql, NULL, NULL, &why);
  g_assert_cmpstr (why, ==, NULL);
  sqlite3_close (handle);
}

void
office_assert_sound (Office *office)
{
  g_autoptr (GError) error = NULL;
  QuayServerVerdict verdict;
  quay_server_verify (office->server, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  g_assert_true (verdict.ok);
  quay_server_verdict_clear (&verdict);
}

/* --- chains --- */

void
chain_clear (PeerChain *chain)
{
  g_clear_pointer (&chain->records, g_ptr_array_unref);
  g_clear_pointer (&chain->hashes, g_array_unref);
}

static void
empty_chain (PeerChain *chain)
{
  memset (chain, 0, sizeof *chain);
  chain->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  chain->hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
}

static QuayHash
hash_at (const PeerChain *chain, gint64 seq)
{
  return seq == 0 ? QUAY_HASH_ZERO : g_array_index (chain->hashes, QuayHash, seq - 1);
}

void
chain_add (PeerChain *chain, Peer *peer, const char *bytes)
{
  QuayHash prev = hash_at (chain, chain->records->len);
  GBytes *record = g_bytes_new (bytes, strlen (bytes));
  QuayHash hash = quay_chain_hash (&peer->id, &chain->id, chain->records->len + 1,
                                   g_bytes_get_data (record, NULL), strlen (bytes), &prev);
  g_ptr_array_add (chain->records, record);
  g_array_append_val (chain->hashes, hash);
}

GBytes *
chain_add_event (PeerChain *chain, Peer *peer, QuayEvent *event)
{
  g_autoptr (GError) error = NULL;
  const QuayEnv *env = &peer->office->env.env;
  if (quay_id_is_nil (&event->id))
    event->id = quay_id_new (env);
  if (event->who == NULL)
    event->who = g_strdup ("lan");
  if (event->kind == QUAY_EVENT_SALE && ((QuaySale *)event->body)->number == NULL)
    ((QuaySale *)event->body)->number =
        g_strdup_printf ("%s%s-%06u", chain->code, chain->letter, chain->records->len);
  if (event->lam == 0)
    event->lam = chain->lam + 1;
  chain->lam = MAX (chain->lam, event->lam);
  event->day = 20261123;
  event->ts = env->wall_ms (env->data);
  g_autoptr (GBytes) bytes = quay_event_encode (event, &error);
  g_assert_no_error (error);
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  g_autofree char *text = g_strndup (data, len);
  chain_add (chain, peer, text);
  quay_event_free (event);
  return chain->records->pdata[chain->records->len - 1];
}

void
chain_add_sales (PeerChain *chain, Peer *peer, guint n)
{
  for (guint i = 0; i < n; i++)
    chain_add_event (chain, peer, quay_test_sale (peer->office->chance, 20, NULL));
}

void
chain_init (PeerChain *chain, Peer *peer, const char *code, const char *letter)
{
  empty_chain (chain);
  chain->id = quay_id_new (&peer->office->env.env);
  g_strlcpy (chain->code, code, sizeof chain->code);
  g_strlcpy (chain->letter, letter, sizeof chain->letter);
  QuayEvent *event = quay_event_new (QUAY_EVENT_BIRTH);
  QuayBirth *birth = event->body;
  birth->till = peer->id;
  birth->code = g_strdup (code);
  birth->letter = g_strdup (letter);
  birth->version = g_strdup ("test");
  chain_add_event (chain, peer, event);
}

void
chain_copy (PeerChain *chain, const PeerChain *from, guint n)
{
  empty_chain (chain);
  chain->id = from->id;
  chain->lam = from->lam;
  g_strlcpy (chain->code, from->code, sizeof chain->code);
  g_strlcpy (chain->letter, from->letter, sizeof chain->letter);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (chain->records, g_bytes_ref (from->records->pdata[i]));
  g_array_append_vals (chain->hashes, from->hashes->data, n);
}

/* --- tills --- */

void
peer_init (Peer *peer, Office *office, guint n, const char *code)
{
  guint8 seed[32];
  memset (peer, 0, sizeof *peer);
  peer->office = office;
  peer->site = office->site;
  peer->id = quay_test_id ('t', n);
  memset (seed, (int)n, sizeof seed);
  quay_key_from_seed (&peer->key, seed);
  chain_init (&peer->chain, peer, code, "A");
}

void
peer_clear (Peer *peer)
{
  chain_clear (&peer->chain);
  g_free (peer->server_key_id);
}

/* Any key of the server is good: which one it is was learnt at enrolment. */
static void
check_answer (Peer *peer, const char *path, const QuaySigned *request, QuayServerAnswer *answer)
{
  gsize len;
  const void *body = g_bytes_get_data (answer->body, &len);
  if (peer->server_key_id == NULL)
    return;
  g_autofree char *id = quay_wire_key_id (answer->headers.input);
  g_assert_cmpstr (id, ==, peer->server_key_id);
  g_assert_true (quay_wire_check_answer (&answer->headers, peer->server_key.public, answer->status,
                                         request->digest, body, len));
}

static void
ask_by (Peer *peer, const char *key_id, const char *path, GBytes *body, QuayServerAnswer *answer)
{
  gsize len;
  char till[QUAY_ID_TEXT_LEN + 1];
  QuayServerRequest request = { .method = "POST", .path = path, .till = till, .peer = "test" };
  g_autoptr (GBytes) packed = quay_wire_pack (body);
  gboolean shorter = g_bytes_get_size (packed) < g_bytes_get_size (body);
  quay_id_to_text (&peer->id, till);
  request.body = g_bytes_get_data (shorter ? packed : body, &len);
  request.len = len;
  request.encoding = shorter ? "zstd" : NULL;
  quay_wire_sign_request (&request.headers, &peer->key, key_id, "POST", path, till, request.body,
                          len);
  quay_server_handle (peer->office->server, &request, answer);
  check_answer (peer, path, &request.headers, answer);
  quay_signed_clear (&request.headers);
}

void
peer_ask (Peer *peer, const char *path, GBytes *body, QuayServerAnswer *answer)
{
  ask_by (peer, peer->key_id, path, body, answer);
}

static GBytes *
plain_body (QuayServerAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  if (!answer->packed)
    return g_bytes_ref (answer->body);
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  GBytes *plain = quay_wire_unpack (bytes, len, QUAY_WIRE_DOWN_PLAIN, &error);
  g_assert_no_error (error);
  return plain;
}

static void
read_answer (QuayServerAnswer *answer, const QuayShape *shape, gpointer message)
{
  gsize len;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = plain_body (answer);
  const void *bytes = g_bytes_get_data (body, &len);
  quay_message_decode (shape, bytes, len, message, &error);
  g_assert_no_error (error);
}

void
peer_enrol (Peer *peer)
{
  gint64 until;
  g_autoptr (GError) error = NULL;
  g_auto (QuayServerAnswer) answer = { 0 };
  QuayMsgEnrol ask = { .till = peer->id, .code = peer->chain.code, .letter = peer->chain.letter };
  QuayMsgEnrolled reply;
  g_autofree char *secret =
      quay_server_make_code (peer->office->server, &peer->site, NULL, &until, &error);
  g_assert_no_error (error);
  g_autofree char *key = quay_base64 (peer->key.public, QUAY_KEY_LEN);
  ask.secret = secret;
  ask.key = key;
  ask.app = (char *)"test";
  g_autoptr (GBytes) body = quay_message_encode (&quay_msg_enrol, &ask);
  g_clear_pointer (&peer->server_key_id, g_free);
  ask_by (peer, "new", "/v1/enrol", body, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  read_answer (&answer, &quay_msg_enrolled, &reply);
  const QuayMsgKey *server = reply.keys->pdata[0];
  peer->server_key_id = g_strdup (server->id);
  g_assert_true (quay_base64_to (server->key, peer->server_key.public, QUAY_KEY_LEN));
  g_strlcpy (peer->key_id, reply.key, sizeof peer->key_id);
  g_strlcpy (peer->chain.code, reply.code, sizeof peer->chain.code);
  g_strlcpy (peer->chain.letter, reply.letter, sizeof peer->chain.letter);
  quay_shape_clear (&quay_msg_enrolled, &reply);
}

/* --- pushing and pulling --- */

QuayEnvelope *
peer_envelope (Peer *peer, const PeerChain *chain, gint64 from, guint n)
{
  QuayEnvelope *envelope = quay_envelope_new ();
  envelope->till = peer->id;
  envelope->chain = chain->id;
  envelope->code = g_strdup (chain->code);
  envelope->letter = g_strdup (chain->letter);
  envelope->from = from;
  envelope->prev = hash_at (chain, from - 1);
  envelope->head = hash_at (chain, from + n - 1);
  envelope->app = g_strdup ("test");
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (envelope->records, g_bytes_ref (chain->records->pdata[from - 1 + i]));
  quay_seal_make (&envelope->seal, &peer->key, &peer->id, &chain->id, (guint64)(from + n - 1),
                  &envelope->head);
  return envelope;
}

static void
check_ack (Peer *peer, const QuayEnvelope *envelope, const QuayMsgAck *ack)
{
  QuaySig seal;
  QuayHash head;
  g_assert_true (quay_id_equal (&ack->till, &peer->id));
  g_assert_true (quay_id_equal (&ack->chain, &envelope->chain));
  g_assert_true (quay_base64_to (ack->seal, seal.b, sizeof seal.b));
  g_assert_true (quay_hash_from_text (ack->head, &head));
  g_assert_true (quay_seal_check (&seal, peer->server_key.public, &peer->id, &envelope->chain,
                                  (guint64)ack->hwm, &head));
}

guint
peer_push_envelope (Peer *peer, const QuayEnvelope *envelope, QuayMsgAck *ack,
                    QuayMsgProblem *problem)
{
  g_auto (QuayServerAnswer) answer = { 0 };
  g_autoptr (GBytes) body = quay_envelope_encode (envelope);
  memset (ack, 0, sizeof *ack);
  memset (problem, 0, sizeof *problem);
  peer_ask (peer, "/v1/push", body, &answer);
  if (answer.status == 200)
    {
      read_answer (&answer, &quay_msg_ack, ack);
      check_ack (peer, envelope, ack);
    }
  else
    {
      read_answer (&answer, &quay_msg_problem, problem);
      g_assert_cmpint (problem->status, ==, answer.status);
    }
  return answer.status;
}

gint64
peer_push (Peer *peer, const PeerChain *chain, gint64 from, guint n)
{
  QuayMsgAck ack;
  QuayMsgProblem problem;
  g_autoptr (QuayEnvelope) envelope = peer_envelope (peer, chain, from, n);
  guint status = peer_push_envelope (peer, envelope, &ack, &problem);
  gint64 hwm = status == 200 ? ack.hwm : -(gint64)status;
  quay_shape_clear (&quay_msg_ack, &ack);
  quay_shape_clear (&quay_msg_problem, &problem);
  return hwm;
}

void
peer_push_all (Peer *peer, const PeerChain *chain, guint n)
{
  gint64 hwm = peer_push (peer, chain, 1, 0);
  while (hwm >= 0 && hwm < (gint64)chain->records->len)
    {
      gint64 now = peer_push (peer, chain, hwm + 1, MIN (n, chain->records->len - (guint)hwm));
      g_assert_cmpint (now, >, hwm);
      hwm = now;
    }
  g_assert_cmpint (hwm, ==, chain->records->len);
}

QuayEnvelope *
peer_pull (Peer *peer, const QuayId *chain, gint64 from, gint64 n, guint *status)
{
  g_autoptr (GError) error = NULL;
  g_auto (QuayServerAnswer) answer = { 0 };
  QuayMsgPull ask = { .chain = *chain, .from = from, .n = n };
  g_autoptr (GBytes) body = quay_message_encode (&quay_msg_pull, &ask);
  peer_ask (peer, "/v1/pull", body, &answer);
  *status = answer.status;
  if (answer.status != 200)
    return NULL;
  g_autoptr (GBytes) plain = plain_body (&answer);
  QuayEnvelope *envelope = quay_envelope_decode (plain, QUAY_WIRE_RECORDS_DOWN, &error);
  g_assert_no_error (error);
  g_assert_true (quay_envelope_check (envelope, NULL));
  g_assert_true (
      quay_seal_check (&envelope->seal, peer->server_key.public, &envelope->till, &envelope->chain,
                       (guint64)(envelope->from - 1) + envelope->records->len, &envelope->head));
  return envelope;
}

char *
peer_call (Peer *peer, const char *path, const char *text)
{
  g_auto (QuayServerAnswer) answer = { 0 };
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  QuayMsgProblem problem;
  peer_ask (peer, path, body, &answer);
  if (answer.status == 200)
    return g_strdup ("200");
  read_answer (&answer, &quay_msg_problem, &problem);
  char *said = g_strdup_printf ("%u %s", answer.status, problem.type);
  quay_shape_clear (&quay_msg_problem, &problem);
  return said;
}
