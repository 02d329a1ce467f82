/* Any bytes as a request to the server. The first byte chooses the call, the second how it is sent:
 * whether it is signed by an enrolled till, packed, and, for pushes, whether the lines after it are
 * made into a sound run that goes on where the chain ends, so that they reach the booking. Every
 * request is answered and signed, and the server goes on. */
#include "quay-message.h"
#include "quay-server-handle.h"
#include "quay-server-office.h"
#include "quay-test.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define ANEW 20000 /* requests to one server */

enum
{
  HOW_SIGNED = 1,
  HOW_PACKED = 2,
  HOW_CLAIMS_PACKED = 4,
  HOW_RUN = 8,
  HOW_GET = 16,
};

static const char *const paths[] = { "/v1/push", "/v1/pull",   "/v1/chains",
                                     "/v1/keys", "/v1/poison", "/v1/enrol",
                                     "/v1/time", "/v2/push",   "/v1/persons" };

static QuayTestEnv env;
static QuayServer *server;
static char *dir;
static guint asked;
static QuayKey key;
static QuayId till;
static QuayId chain;
static char till_text[QUAY_ID_TEXT_LEN + 1];
static QuayHash head;
static gint64 hwm;

static void
close_server (void)
{
  g_clear_pointer (&server, quay_server_close);
  quay_test_remove (dir);
  g_clear_pointer (&dir, g_free);
}

static void
ask (const char *method, const char *path, const char *key_id, GBytes *body, const char *encoding,
     QuayServerAnswer *answer)
{
  gsize len;
  QuayServerRequest request = { .method = method,
                                .path = path,
                                .till = till_text,
                                .encoding = encoding,
                                .query = "nonce=x",
                                .peer = "fuzz" };
  request.body = g_bytes_get_data (body, &len);
  request.len = len;
  if (key_id != NULL)
    quay_wire_sign_request (&request.headers, &key, key_id, method, path, till_text, request.body,
                            len);
  quay_server_handle (server, &request, answer);
  g_assert_nonnull (answer->body);
  g_assert_cmpuint (answer->status, >=, 200);
  g_assert_nonnull (answer->headers.sig);
  quay_signed_clear (&request.headers);
}

static void
push_run (GPtrArray *records)
{
  QuayEnvelope *envelope = quay_envelope_new ();
  g_auto (QuayServerAnswer) answer = { 0 };
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  envelope->till = till;
  envelope->chain = chain;
  envelope->from = hwm + 1;
  envelope->prev = head;
  envelope->head = head;
  g_ptr_array_unref (envelope->records);
  envelope->records = g_ptr_array_ref (records);
  quay_envelope_check (envelope, hashes);
  if (hashes->len > 0)
    envelope->head = g_array_index (hashes, QuayHash, hashes->len - 1);
  quay_seal_make (&envelope->seal, &key, &till, &chain, (guint64)hwm + records->len,
                  &envelope->head);
  g_autoptr (GBytes) body = quay_envelope_encode (envelope);
  g_autoptr (GBytes) packed = quay_wire_pack (body);
  if (g_bytes_get_size (packed) <= QUAY_WIRE_UP_PACKED)
    {
      ask ("POST", "/v1/push", "k1", packed, "zstd", &answer);
      g_assert_cmpuint (answer.status, ==, 200); /* whatever is in it, it is kept */
      hwm += records->len;
      head = envelope->head;
    }
  quay_envelope_free (envelope);
}

static void
push_birth (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (QuayEvent) event = quay_event_new (QUAY_EVENT_BIRTH);
  QuayBirth *birth = event->body;
  event->id = quay_test_id ('e', 1);
  event->lam = 1;
  event->day = 20261123;
  event->who = g_strdup ("fuzz");
  birth->till = till;
  birth->code = g_strdup ("QT1");
  birth->letter = g_strdup ("A");
  birth->version = g_strdup ("fuzz");
  g_ptr_array_add (records, quay_event_encode (event, NULL));
  hwm = 0;
  head = QUAY_HASH_ZERO;
  push_run (records);
}

static void
open_server (void)
{
  gint64 until;
  QuayId site;
  guint8 seed[32] = { 1 };
  g_autoptr (GError) error = NULL;
  g_auto (QuayServerAnswer) answer = { 0 };
  dir = quay_test_dir_in_memory ();
  g_autofree char *url = g_strconcat ("sqlite:", dir, "/fuzz.db", NULL);
  quay_test_env_init (&env, 1);
  QuayServerOptions options = { .db = url, .env = &env.env };
  server = quay_server_open (&options, &error);
  g_assert_no_error (error);
  quay_server_add_site (server, "Quế Thanh", "02155", &site, &error);
  g_assert_no_error (error);
  g_autofree char *code = quay_server_make_code (server, &site, NULL, &until, &error);
  till = quay_test_id ('t', 1);
  chain = quay_test_id ('c', 1);
  quay_id_to_text (&till, till_text);
  quay_key_from_seed (&key, seed);
  g_autofree char *public = quay_base64 (key.public, QUAY_KEY_LEN);
  QuayMsgEnrol message = { .secret = code, .till = till, .key = public };
  g_autoptr (GBytes) body = quay_message_encode (&quay_msg_enrol, &message);
  ask ("POST", "/v1/enrol", "new", body, NULL, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  push_birth ();
  asked = 0;
}

/* Records between line feeds, as many as a run may have. */
static GPtrArray *
split_records (const guint8 *data, gsize size)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  while (size > 0 && records->len < QUAY_WIRE_RECORDS_UP)
    {
      const guint8 *end = memchr (data, '\n', size);
      gsize len = end != NULL ? (gsize)(end - data) : size;
      if (len > 0 && len <= QUAY_EVENT_MAX_BYTES)
        g_ptr_array_add (records, g_bytes_new (data, len));
      gsize step = end != NULL ? len + 1 : len;
      data += step;
      size -= step;
    }
  return records;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (QuayServerAnswer) answer = { 0 };
  if (server != NULL && asked++ > ANEW)
    close_server ();
  else if (server == NULL)
    atexit (close_server);
  if (server == NULL)
    open_server ();
  if (size < 2)
    return 0;
  const char *path = paths[data[0] % G_N_ELEMENTS (paths)];
  guint8 how = data[1];
  if ((how & HOW_RUN) != 0)
    {
      g_autoptr (GPtrArray) records = split_records (data + 2, size - 2);
      push_run (records);
      return 0;
    }
  g_autoptr (GBytes) plain = g_bytes_new (data + 2, size - 2);
  g_autoptr (GBytes) packed = quay_wire_pack (plain);
  gboolean pack = (how & HOW_PACKED) != 0;
  ask ((how & HOW_GET) != 0 ? "GET" : "POST", path, (how & HOW_SIGNED) != 0 ? "k1" : NULL,
       pack ? packed : plain, pack || (how & HOW_CLAIMS_PACKED) != 0 ? "zstd" : NULL, &answer);
  return 0;
}
