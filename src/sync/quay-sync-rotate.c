/* A new key for the till: on the disk before the server hears of it, proven by the old one, in use
 * from the request after the server's answer is on the disk too. */
#include "quay-sync-private.h"

#include <sodium.h>
#include <string.h>

#define PROOF "quay1-key"
#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define AGE_MOST (365 * DAY)

void
quay_sync_engine_rotate (QuaySyncEngine *engine, const guint8 seed[32], gint64 now)
{
  if (!engine->keys->enrolled)
    return;
  if (!engine->keys->has_next)
    quay_key_from_seed (&engine->keys->next, seed);
  engine->keys->has_next = TRUE;
  quay_sync_engine_ask (engine, now);
}

gboolean
quay_sync_engine_key_is_old (QuaySyncEngine *engine)
{
  const QuaySyncKeys *keys = engine->keys;
  gint64 age = engine->server_time - keys->since;
  return keys->enrolled && !keys->has_next && engine->server_time > 0 &&
         (age > AGE_MOST || age < -DAY); /* made while the server's clock was wrong */
}

void
quay_sync_rotate_begin (QuaySyncEngine *engine)
{
  quay_sync_action (engine, QUAY_SYNC_KEYS, STEP_NEXT_KEPT);
}

void
quay_sync_rotate_send (QuaySyncEngine *engine)
{
  const QuaySyncKeys *keys = engine->keys;
  guint8 text[sizeof PROOF - 1 + QUAY_KEY_LEN];
  QuaySig proof;
  memcpy (text, PROOF, sizeof PROOF - 1);
  memcpy (text + sizeof PROOF - 1, keys->next.public, QUAY_KEY_LEN);
  crypto_sign_detached (proof.b, NULL, text, sizeof text, keys->key.secret);
  g_autofree char *key = quay_base64 (keys->next.public, QUAY_KEY_LEN);
  g_autofree char *proof_text = quay_base64 (proof.b, sizeof proof.b);
  QuayMsgRotate message = { key, proof_text };
  g_autoptr (GBytes) plain = quay_message_encode (&quay_msg_rotate, &message);
  quay_sync_post (engine, STEP_ROTATE, "keys", plain);
}

void
quay_sync_on_rotated (QuaySyncEngine *engine, const QuayMsgKey *message)
{
  QuaySyncKeys *keys = engine->keys;
  g_free (keys->key_id);
  keys->key_id = g_strdup (message->id);
  quay_key_clear (&keys->key);
  keys->key = keys->next;
  keys->since = engine->server_time;
  quay_key_clear (&keys->next);
  keys->has_next = FALSE;
  quay_sync_action (engine, QUAY_SYNC_KEYS, STEP_ROTATED);
}

void
quay_sync_rotate_drop (QuaySyncEngine *engine, const char *why)
{
  quay_key_clear (&engine->keys->next);
  engine->keys->has_next = FALSE;
  engine->keys->since = engine->server_time; /* not again tomorrow */
  g_free (engine->trouble);
  engine->trouble = g_strdup (why);
  quay_sync_action (engine, QUAY_SYNC_KEYS, STEP_ROTATED);
}
