/* Enrolment: a key pair is made here and its public half goes up with the office's one-time code.
 * The key is on the disk before it is sent, so that a try whose answer was lost is repeated with
 * the same one, and the key in use stays until the new one is accepted. */
#include "quay-sync-transport.h"
#include "quay-sync.h"

#include "quay-files.h"
#include "quay-message.h"

#include <sodium.h>
#include <string.h>

#define PATH "/v1/enrol"

void
quay_enrolled_clear (QuayEnrolled *enrolled)
{
  g_free (enrolled->shop);
  g_free (enrolled->code);
  g_free (enrolled->letter);
  memset (enrolled, 0, sizeof *enrolled);
}

/* --- the key --- */

static gint64
wall_ms (gpointer data)
{
  return g_get_real_time () / 1000;
}

static gint64
mono_ms (gpointer data)
{
  return g_get_monotonic_time () / 1000;
}

static void
fill_random (gpointer data, guint8 *bytes, gsize n)
{
  randombytes_buf (bytes, n);
}

/* The keys as they are sent: with a till id and a fresh key, on the disk. */
static QuaySyncKeys *
prepare (const char *dir, const char *url, const char *ca, const QuayId *till, GError **error)
{
  const QuayEnv env = { wall_ms, mono_ms, fill_random, NULL, QUAY_ID_NIL };
  if (!quay_files_make_dir (dir, error))
    return NULL;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (dir, error);
  if (keys == NULL)
    return NULL;
  if (!quay_id_is_nil (till) && !quay_id_equal (till, &keys->till))
    {
      keys->enrolled = FALSE; /* what is here was another till's */
      keys->has_next = FALSE;
      keys->till = *till;
    }
  else if (quay_id_is_nil (&keys->till))
    keys->till = quay_id_new (&env);
  if (quay_id_is_nil (till) && keys->enrolled && !keys->has_next)
    {
      keys->next = keys->key; /* enrolled, and then the power went before there was a shop's file */
      keys->has_next = TRUE;
    }
  if (!keys->has_next)
    {
      guint8 seed[32];
      randombytes_buf (seed, sizeof seed);
      quay_key_from_seed (&keys->next, seed);
      sodium_memzero (seed, sizeof seed);
      keys->has_next = TRUE;
    }
  if (!keys->enrolled)
    {
      g_free (keys->url);
      g_free (keys->ca);
      keys->url = g_strdup (url);
      keys->ca = g_strdup (ca);
    }
  return quay_sync_keys_save (keys, error) ? g_steal_pointer (&keys) : NULL;
}

/* --- the answer --- */

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "enrolment refused: %s", why);
  return FALSE;
}

/* The keys that the answer brings, one of which must have signed it. The office's one-time code
 * went over TLS to this server alone, which is why they are believed. */
static gboolean
take_server_keys (QuaySyncKeys *keys, const QuayMsgEnrolled *msg)
{
  guint n = 0;
  memset (keys->server_keys, 0, sizeof keys->server_keys);
  for (guint i = 0; i < msg->keys->len && n < QUAY_SYNC_SERVER_KEYS; i++)
    {
      const QuayMsgKey *key = g_ptr_array_index (msg->keys, i);
      if (!quay_base64_to (key->key, keys->server_keys[n].public, QUAY_KEY_LEN))
        continue;
      g_strlcpy (keys->server_keys[n].id, key->id, sizeof keys->server_keys[n].id);
      n++;
    }
  keys->n_server_keys = n;
  return n > 0;
}

static gboolean
is_signed (const QuaySyncKeys *keys, const QuaySyncAnswer *answer, const char *request_digest)
{
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  g_autofree char *id =
      answer->headers.input != NULL ? quay_wire_key_id (answer->headers.input) : NULL;
  const guint8 *public = id != NULL ? quay_sync_keys_server (keys, id) : NULL;
  return public != NULL && quay_wire_check_answer (&answer->headers, public, answer->status,
                                                   request_digest, bytes, len);
}

static gboolean
take_enrolled (QuaySyncKeys *keys, const QuayMsgEnrolled *msg, const QuaySyncAnswer *answer,
               const char *request_digest, GError **error)
{
  QuayId node = QUAY_ID_NIL;
  if (!quay_id_equal (&msg->till, &keys->till) || !take_server_keys (keys, msg) ||
      !is_signed (keys, answer, request_digest))
    return refuse ("the answer is not this server's", error);
  if (!quay_id_from_text (msg->node, &node))
    node = QUAY_ID_NIL;
  keys->site = msg->site;
  keys->node = node;
  g_free (keys->shop);
  keys->shop = g_strdup (msg->shop);
  g_free (keys->key_id);
  keys->key_id = g_strdup (msg->key);
  quay_key_clear (&keys->key);
  keys->key = keys->next;
  keys->since = msg->time;
  quay_key_clear (&keys->next);
  keys->has_next = FALSE;
  keys->enrolled = TRUE;
  return quay_sync_keys_save (keys, error);
}

/* Anybody may say no: a refusal changes nothing here. */
static gboolean
take_problem (const QuaySyncAnswer *answer, GBytes *plain, GError **error)
{
  QuayMsgProblem problem = { 0 };
  gsize len;
  const void *bytes = g_bytes_get_data (plain, &len);
  if (quay_message_decode (&quay_msg_problem, bytes, len, &problem, NULL))
    refuse (*problem.title != '\0' ? problem.title : problem.type, error);
  else
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_IO,
                 "something else than the server answers (%u): does the network want a login?",
                 answer->status);
  quay_shape_clear (&quay_msg_problem, &problem);
  return FALSE;
}

static gboolean
take_answer (QuaySyncKeys *keys, const QuaySyncAnswer *answer, const char *request_digest,
             const char *code, const char *letter, QuayEnrolled *enrolled, GError **error)
{
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  g_autoptr (GBytes) plain = answer->packed
                                 ? quay_wire_unpack (bytes, len, QUAY_WIRE_DOWN_PLAIN, error)
                                 : g_bytes_ref (answer->body);
  if (plain == NULL)
    return FALSE;
  if (answer->status != 200)
    return take_problem (answer, plain, error);
  QuayMsgEnrolled msg = { 0 };
  bytes = g_bytes_get_data (plain, &len);
  gboolean ok = quay_message_decode (&quay_msg_enrolled, bytes, len, &msg, NULL)
                    ? take_enrolled (keys, &msg, answer, request_digest, error)
                    : take_problem (answer, plain, error);
  if (ok)
    {
      enrolled->shop = g_strdup (msg.shop);
      enrolled->code = g_strdup (msg.code);
      enrolled->letter = g_strdup (msg.letter);
      enrolled->present_chain =
          g_strcmp0 (msg.code, code) == 0 && g_strcmp0 (msg.letter, letter) == 0;
    }
  quay_shape_clear (&quay_msg_enrolled, &msg);
  return ok;
}

/* --- the request --- */

/* Whom to believe about the time is not known before enrolment: people set the clock. */
static void
not_reached (const QuaySyncReply *reply, GError **error)
{
  g_autofree char *clock = quay_time_to_iso (wall_ms (NULL));
  if (reply->lost == QUAY_SYNC_LOST_CLOCK)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                 "this computer's clock says %s, which does not fit the server's certificate: set "
                 "the date and time, then enrol",
                 clock);
  else
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_IO, "the server was not reached: %s", reply->why);
}

static GBytes *
make_body (const QuaySyncKeys *keys, const char *code, const char *letter, const char *secret)
{
  g_autofree char *key = quay_base64 (keys->next.public, QUAY_KEY_LEN);
  QuayMsgEnrol msg = { (char *)secret, keys->till,     key,
                       (char *)code,   (char *)letter, (char *)QUAY_VERSION };
  if (!quay_shape_check (&quay_msg_enrol, &msg, NULL))
    return NULL;
  return quay_message_encode (&quay_msg_enrol, &msg);
}

static gboolean
ask (QuaySyncKeys *keys, GBytes *body, const char *code, const char *letter, QuayEnrolled *enrolled,
     GError **error)
{
  g_autoptr (QuaySyncTransport) transport = quay_sync_transport_new (keys->url, keys->ca);
  g_auto (QuaySyncReply) reply = { 0 };
  QuaySigned headers = { 0 };
  char till[QUAY_ID_TEXT_LEN + 1];
  gsize len;
  const void *bytes = g_bytes_get_data (body, &len);
  quay_id_to_text (&keys->till, till);
  quay_wire_sign_request (&headers, &keys->next, "new", "POST", PATH, till, bytes, len);
  QuaySyncAction action = { .what = QUAY_SYNC_SEND,
                            .path = PATH,
                            .type = "application/json",
                            .body = body,
                            .headers = &headers };
  gboolean ok = FALSE;
  if (quay_sync_transport_send (transport, till, &action, &reply) == QUAY_SYNC_ANSWERED)
    ok = take_answer (keys, &reply.answer, headers.digest, code, letter, enrolled, error);
  else
    not_reached (&reply, error);
  quay_signed_clear (&headers);
  return ok;
}

gboolean
quay_sync_enrol (const char *dir, const char *url, const char *ca, const QuayId *till,
                 const char *code, const char *letter, const char *secret, QuayEnrolled *enrolled,
                 GError **error)
{
  memset (enrolled, 0, sizeof *enrolled);
  g_autofree char *clean = quay_sync_url_clean (url, error);
  if (clean == NULL)
    return FALSE;
  g_autoptr (QuaySyncKeys) keys = prepare (dir, clean, ca, till, error);
  if (keys == NULL)
    return FALSE;
  g_autoptr (GBytes) body = make_body (keys, code, letter, secret);
  if (body == NULL)
    return refuse ("the code is not one", error);
  g_free (keys->url);
  g_free (keys->ca);
  keys->url = g_steal_pointer (&clean);
  keys->ca = g_strdup (ca);
  return ask (keys, body, code, letter, enrolled, error);
}
