/* Who may ask the server: one-time codes, names and letters given at enrolment, keys and their
 * change, revoking, limits, and the versions of the protocol. */
#include "server-fixture.h"

#include <sodium.h>
#include <string.h>

typedef struct
{
  Office office;
  Peer a;
  Peer b;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
  peer_init (&f->a, &f->office, 1, "QT1");
  peer_init (&f->b, &f->office, 2, "QT1");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  office_assert_sound (&f->office);
  peer_clear (&f->a);
  peer_clear (&f->b);
  office_tear_down (&f->office, NULL);
}

static char *
make_code (Fixture *f, const QuayId *replaces)
{
  gint64 until;
  g_autoptr (GError) error = NULL;
  char *code = quay_server_make_code (f->office.server, &f->office.site, replaces, &until, &error);
  g_assert_no_error (error);
  return code;
}

/* Enrols with @secret as @key_id: "200 CODE LETTER", or the status and type of the problem. */
static char *
enrol (Fixture *f, Peer *peer, const char *secret, const char *code, const char *letter)
{
  gsize len;
  char till[QUAY_ID_TEXT_LEN + 1];
  g_auto (QuayServerAnswer) answer = { 0 };
  g_autofree char *key = quay_base64 (peer->key.public, QUAY_KEY_LEN);
  QuayMsgEnrol ask = { .secret = (char *)secret,
                       .till = peer->id,
                       .key = key,
                       .code = (char *)code,
                       .letter = (char *)letter };
  g_autoptr (GBytes) body = quay_message_encode (&quay_msg_enrol, &ask);
  QuayServerRequest request = {
    .method = "POST", .path = "/v1/enrol", .till = till, .peer = "192.0.2.7"
  };
  quay_id_to_text (&peer->id, till);
  request.body = g_bytes_get_data (body, &len);
  request.len = len;
  quay_wire_sign_request (&request.headers, &peer->key, "new", "POST", "/v1/enrol", till,
                          request.body, len);
  quay_server_handle (f->office.server, &request, &answer);
  quay_signed_clear (&request.headers);
  const void *bytes = g_bytes_get_data (answer.body, &len);
  if (answer.status == 200)
    {
      QuayMsgEnrolled reply;
      g_assert_true (quay_message_decode (&quay_msg_enrolled, bytes, len, &reply, NULL));
      g_assert_true (quay_id_equal (&reply.site, &f->office.site));
      g_assert_cmpstr (reply.shop, ==, "Quế Thanh");
      const QuayMsgKey *server = reply.keys->pdata[0];
      g_strlcpy (peer->key_id, reply.key, sizeof peer->key_id);
      g_assert_true (quay_base64_to (server->key, peer->server_key.public, QUAY_KEY_LEN));
      char *said = g_strdup_printf ("200 %s %s", reply.code, reply.letter);
      quay_shape_clear (&quay_msg_enrolled, &reply);
      return said;
    }
  QuayMsgProblem problem;
  g_assert_true (quay_message_decode (&quay_msg_problem, bytes, len, &problem, NULL));
  char *said = g_strdup_printf ("%u %s", answer.status, problem.type);
  quay_shape_clear (&quay_msg_problem, &problem);
  return said;
}

#define ENROL(f, peer, secret, code, letter, said)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *got = enrol (f, peer, secret, code, letter);                                  \
    g_assert_cmpstr (got, ==, said);                                                               \
  }                                                                                                \
  G_STMT_END

#define CALL(peer, path, body, said)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *got = peer_call (peer, path, body);                                           \
    g_assert_cmpstr (got, ==, said);                                                               \
  }                                                                                                \
  G_STMT_END

/* --- one-time codes --- */

static void
test_code (Fixture *f, gconstpointer data)
{
  g_autofree char *code = make_code (f, NULL);
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_assert_cmpuint (strlen (code), ==, 11);
  g_assert_null (strpbrk (code, "ILOU"));
  typed[5] = ' '; /* as a person may type it */
  ENROL (f, &f->a, typed, "QT1", "A", "200 QT1 A");
  ENROL (f, &f->a, code, "QT1", "A", "200 QT1 A"); /* the answer was lost */
  ENROL (f, &f->b, code, "QT1", "A", "403 code-used");
  CALL (&f->a, "/v1/chains", "{}", "200");
  /* the code itself is nowhere in the file */
  g_autofree char *path = g_build_filename (f->office.dir, "province.db", NULL);
  g_autofree char *bytes = NULL;
  gsize len;
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_null (memmem (bytes, len, code, 5));
}

static void
test_code_wrong (Fixture *f, gconstpointer data)
{
  g_autofree char *code = make_code (f, NULL);
  for (guint i = 0; i < 5; i++)
    ENROL (f, &f->a, "AAAAA-AAAAA", "QT1", "A", "403 bad-code");
  ENROL (f, &f->a, code, "QT1", "A", "429 too-many");
  f->office.env.wall_ms += 61 * 1000;
  ENROL (f, &f->a, code, "QT1", "A", "200 QT1 A");
}

static void
test_code_late (Fixture *f, gconstpointer data)
{
  g_autofree char *code = make_code (f, NULL);
  f->office.env.wall_ms += G_GINT64_CONSTANT (24) * 3600 * 1000 + 1000;
  ENROL (f, &f->a, code, "QT1", "A", "403 bad-code");
}

/* --- names --- */

static void
test_names (Fixture *f, gconstpointer data)
{
  Peer more[4];
  g_autofree char *one = make_code (f, NULL);
  g_autofree char *two = make_code (f, NULL);
  ENROL (f, &f->a, one, "QT1", "C", "200 QT1 C"); /* kept, with its letter */
  ENROL (f, &f->b, two, "QT1", "A", "200 QT2 A"); /* taken */
  static const struct
  {
    const char *code;
    const char *said;
  } wishes[] = {
    { "", "200 QT3 A" }, { "ZZ", "200 ZZ B" }, { "qt?", "200 QT4 A" }, { "TOOLONG", "200 QT5 A" }
  };
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autofree char *code = make_code (f, NULL);
      peer_init (&more[i], &f->office, 10 + i, "QT1");
      ENROL (f, &more[i], code, wishes[i].code, "B", wishes[i].said);
      peer_clear (&more[i]);
    }
  /* again, with another key: the same name, and the old key is over */
  g_autofree char *again = make_code (f, NULL);
  Peer before = f->b;
  guint8 seed[32] = { 77 };
  quay_key_from_seed (&f->b.key, seed);
  ENROL (f, &f->b, again, "QT1", "A", "200 QT2 A");
  CALL (&f->b, "/v1/chains", "{}", "200");
  CALL (&before, "/v1/chains", "{}", "403 revoked");
}

static void
test_replace (Fixture *f, gconstpointer data)
{
  g_autofree char *one = make_code (f, NULL);
  ENROL (f, &f->a, one, "QT1", "A", "200 QT1 A");
  chain_add_sales (&f->a.chain, &f->a, 3);
  peer_push_all (&f->a, &f->a.chain, 50);
  g_autofree char *two = make_code (f, &f->a.id);
  ENROL (f, &f->b, two, "QT1", "A", "200 QT1 B");
  ENROL (f, &f->b, two, "QT1", "A", "200 QT1 B"); /* asked again: no letter is lost */
  CALL (&f->a, "/v1/chains", "{}", "403 revoked");
  PeerChain next;
  chain_init (&next, &f->b, "QT1", "B");
  g_assert_cmpint (peer_push (&f->b, &next, 1, 1), ==, 1);
  chain_clear (&next);
  /* replaced once more: the letters go on */
  Peer c;
  g_autofree char *three = make_code (f, &f->b.id);
  peer_init (&c, &f->office, 3, "X");
  ENROL (f, &c, three, "", "", "200 QT1 C");
  g_assert_cmpint (office_ask (&f->office, "SELECT count (*) FROM till WHERE state = 0"), ==, 1);
  peer_clear (&c);
}

static void
test_other_site (Fixture *f, gconstpointer data)
{
  gint64 until;
  QuayId elsewhere;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = make_code (f, NULL);
  ENROL (f, &f->a, one, "QT1", "A", "200 QT1 A");
  quay_server_add_site (f->office.server, "Nà Phặc", "01936", &elsewhere, &error);
  g_assert_no_error (error);
  g_autofree char *two = quay_server_make_code (f->office.server, &elsewhere, NULL, &until, &error);
  g_assert_no_error (error);
  ENROL (f, &f->a, two, "QT1", "A", "403 other-site");
}

/* --- keys --- */

static char *
rotate (Peer *peer, const QuayKey *next, const QuayKey *proven_by)
{
  static const char what[] = "quay1-key";
  guint8 text[sizeof what - 1 + QUAY_KEY_LEN];
  QuaySig proof;
  memcpy (text, what, sizeof what - 1);
  memcpy (text + sizeof what - 1, next->public, QUAY_KEY_LEN);
  crypto_sign_detached (proof.b, NULL, text, sizeof text, proven_by->secret);
  QuayMsgRotate message = { 0 };
  g_autofree char *key = quay_base64 (next->public, QUAY_KEY_LEN);
  g_autofree char *sig = quay_base64 (proof.b, sizeof proof.b);
  message.key = key;
  message.proof = sig;
  g_autoptr (GBytes) body = quay_message_encode (&quay_msg_rotate, &message);
  g_autofree char *plain = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return peer_call (peer, "/v1/keys", plain);
}

static void
test_rotate (Fixture *f, gconstpointer data)
{
  QuayKey next;
  guint8 seed[32] = { 9 };
  quay_key_from_seed (&next, seed);
  peer_enrol (&f->a);
  g_autofree char *bad = rotate (&f->a, &next, &next);
  g_assert_cmpstr (bad, ==, "400 bad-request");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *good = rotate (&f->a, &next, &f->a.key);
      g_assert_cmpstr (good, ==, "200");
    }
  CALL (&f->a, "/v1/chains", "{}", "200"); /* the old one is still good */
  Peer renewed = f->a;
  renewed.key = next;
  g_strlcpy (renewed.key_id, "k2", sizeof renewed.key_id);
  CALL (&renewed, "/v1/chains", "{}", "200");
  CALL (&f->a, "/v1/chains", "{}", "403 revoked"); /* and now it is over */
  g_assert_cmpint (peer_push (&renewed, &renewed.chain, 1, 1), ==, 1);
}

static void
test_revoke (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  peer_enrol (&f->a);
  g_assert_cmpint (peer_push (&f->a, &f->a.chain, 1, 1), ==, 1);
  g_assert_true (quay_server_revoke (f->office.server, &f->a.id, &error));
  chain_add_sales (&f->a.chain, &f->a, 2);
  g_assert_cmpint (peer_push (&f->a, &f->a.chain, 2, 1), ==, -403);
  /* enrolled again it goes on with its chain */
  peer_enrol (&f->a);
  g_assert_cmpstr (f->a.chain.code, ==, "QT1");
  peer_push_all (&f->a, &f->a.chain, 50);
}

/* --- signatures, limits, versions --- */

static void
test_strangers (Fixture *f, gconstpointer data)
{
  peer_enrol (&f->a);
  Peer stranger = f->a;
  stranger.id.b[3] ^= 1;
  CALL (&stranger, "/v1/chains", "{}", "401 unknown-till");
  Peer wrong_key = f->a;
  guint8 seed[32] = { 5 };
  quay_key_from_seed (&wrong_key.key, seed);
  CALL (&wrong_key, "/v1/chains", "{}", "401 bad-signature");
  Peer wrong_id = f->a;
  g_strlcpy (wrong_id.key_id, "k9", sizeof wrong_id.key_id);
  CALL (&wrong_id, "/v1/chains", "{}", "401 unknown-till");
}

static void
test_versions (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *said;
  } calls[] = {
    { "/v2/push", "404 no-such-version" },
    { "/v10/chains", "404 no-such-version" },
    { "/v3", "404 no-such-version" },
    { "/v1/nothing", "404 not-found" },
    { "/", "404 not-found" },
    { "/v/push", "404 not-found" },
    { "/v1x/push", "404 not-found" },
    { "//v2/push", "404 not-found" },
  };
  peer_enrol (&f->a);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    CALL (&f->a, calls[i].path, "{}", calls[i].said);
}

static void
test_rate (Fixture *f, gconstpointer data)
{
  guint refused = 0;
  office_close (&f->office);
  f->office.rate = 10;
  f->office.env.step_ms = 0;
  office_open (&f->office);
  peer_enrol (&f->a);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *said = peer_call (&f->a, "/v1/chains", "{}");
      refused += strcmp (said, "429 too-many") == 0;
    }
  g_assert_cmpuint (refused, ==, 20);
  f->office.env.wall_ms += 500;
  for (guint i = 0; i < 5; i++)
    CALL (&f->a, "/v1/chains", "{}", "200");
  CALL (&f->a, "/v1/chains", "{}", "429 too-many");
}

/* --- the key file --- */

static void
test_key_file (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->office.dir, "province.db.key", NULL);
  g_autofree char *kept = NULL;
  gsize len;
  QuayServerOptions options = { .db = f->office.url, .env = &f->office.env.env };
  /* a second program is kept out */
  g_assert_null (quay_server_open (&options, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &kept, &len, NULL));
  office_close (&f->office);
  /* a lost key file stops the start, unless a new one is asked for */
  g_assert_cmpint (remove (path), ==, 0);
  g_assert_null (quay_server_open (&options, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  options.new_key = TRUE;
  QuayServer *server = quay_server_open (&options, &error);
  g_assert_no_error (error);
  g_autofree char *node = g_strdup (quay_server_node (server));
  quay_server_close (server);
  g_assert_nonnull (strstr (kept, node));
  /* one of another server is refused */
  g_assert_true (g_file_set_contents_full (
      path,
      "{\"node\":\"65000000-0000-7000-8000-000000000001\",\"keys\":[{\"id\":\"s1\",\"seed\":"
      "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}]}",
      -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  options.new_key = FALSE;
  g_assert_null (quay_server_open (&options, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents_full (path, kept, (gssize)len, G_FILE_SET_CONTENTS_CONSISTENT,
                                           0600, NULL));
  office_open (&f->office);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/enrol/code/right", test_code);
  ADD ("/enrol/code/wrong", test_code_wrong);
  ADD ("/enrol/code/late", test_code_late);
  ADD ("/enrol/names", test_names);
  ADD ("/enrol/replace", test_replace);
  ADD ("/enrol/other-site", test_other_site);
  ADD ("/enrol/keys/rotate", test_rotate);
  ADD ("/enrol/keys/revoke", test_revoke);
  ADD ("/enrol/strangers", test_strangers);
  ADD ("/enrol/versions", test_versions);
  ADD ("/enrol/rate", test_rate);
  ADD ("/enrol/key-file", test_key_file);
  return g_test_run ();
}
