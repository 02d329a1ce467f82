/* The server's time, for a computer whose own clock may be lost. */
#include "quay-sync-transport.h"

#include "quay-message.h"

#include <sodium.h>
#include <string.h>

#define NONCE_BYTES 24

static char *
make_nonce (void)
{
  guint8 bytes[NONCE_BYTES];
  char hex[2 * NONCE_BYTES + 1];
  randombytes_buf (bytes, sizeof bytes);
  return g_strdup (sodium_bin2hex (hex, sizeof hex, bytes, sizeof bytes));
}

static gboolean
is_servers (const QuaySyncAnswer *answer, const QuaySyncKeys *keys, const char *nonce)
{
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  g_autofree char *digest = quay_wire_digest (nonce, strlen (nonce));
  g_autofree char *id =
      answer->headers.input != NULL ? quay_wire_key_id (answer->headers.input) : NULL;
  const guint8 *public = id != NULL ? quay_sync_keys_server (keys, id) : NULL;
  return public != NULL && answer->status == 200 &&
         quay_wire_check_answer (&answer->headers, public, answer->status, digest, bytes, len);
}

static gboolean
read_time (const QuaySyncAnswer *answer, const char *nonce, gint64 *seconds)
{
  gsize len;
  QuayMsgTime message = { 0 };
  const void *bytes = g_bytes_get_data (answer->body, &len);
  g_autoptr (GBytes) plain = answer->packed
                                 ? quay_wire_unpack (bytes, len, QUAY_WIRE_DOWN_PLAIN, NULL)
                                 : g_bytes_ref (answer->body);
  if (plain == NULL)
    return FALSE;
  bytes = g_bytes_get_data (plain, &len);
  gboolean ok = quay_message_decode (&quay_msg_time, bytes, len, &message, NULL) &&
                g_strcmp0 (message.nonce, nonce) == 0 && message.time >= QUAY_BUILD_MS;
  *seconds = message.time / 1000;
  quay_shape_clear (&quay_msg_time, &message);
  return ok;
}

gboolean
quay_sync_server_time (QuaySyncTransport *transport, const QuaySyncKeys *keys, gint64 *seconds)
{
  g_auto (QuaySyncReply) reply = { 0 };
  g_autofree char *nonce = make_nonce ();
  g_autofree char *path = g_strconcat ("/v1/time?nonce=", nonce, NULL);
  QuaySigned none = { 0 };
  QuaySyncAction action = { .what = QUAY_SYNC_SEND, .path = path, .headers = &none };
  quay_sync_transport_set_time (transport, QUAY_SYNC_ANY_TIME);
  QuaySyncOutcome outcome = quay_sync_transport_send (transport, "", &action, &reply);
  quay_sync_transport_set_time (transport, 0);
  return outcome == QUAY_SYNC_ANSWERED && is_servers (&reply.answer, keys, nonce) &&
         read_time (&reply.answer, nonce, seconds);
}
