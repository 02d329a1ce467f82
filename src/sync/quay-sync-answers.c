/* What came back, or that nothing did: the table "Answers" of README.md. Whatever is not signed by
 * a key of the server changes nothing but the time of the next try. */
#include "quay-sync-private.h"

#include "quay-rule.h"

#include <string.h>

#define FOREIGN_WAIT_MOST (15 * 60) /* s: what a stranger may ask for */

/* --- not our server's --- */

/* A proxy before the server speaks for itself when the server is away; it can't sign. */
static void
on_foreign (QuaySyncEngine *engine, const QuaySyncAnswer *answer)
{
  gboolean away = answer->status == 429 || (answer->status >= 502 && answer->status <= 504);
  g_autofree char *why =
      g_strdup_printf ("an answer %u (%.60s) that the server did not sign", answer->status,
                       answer->type != NULL ? answer->type : "no type");
  gint64 wait = MIN (answer->retry_after, FOREIGN_WAIT_MOST);
  if (away && wait > 0)
    quay_sync_hold (engine, QUAY_SYNC_BUSY, why,
                    quay_sync_retry_after (wait, engine->random, engine->random_data));
  else
    quay_sync_give_up (engine, away ? QUAY_SYNC_BUSY : QUAY_SYNC_NOT_OURS, why);
}

/* --- problems --- */

static void
on_busy (QuaySyncEngine *engine, const char *why, gint64 seconds)
{
  if (seconds <= 0)
    {
      quay_sync_give_up (engine, QUAY_SYNC_BUSY, why);
      return;
    }
  quay_sync_hold (engine, QUAY_SYNC_BUSY, why,
                  quay_sync_retry_after (seconds, engine->random, engine->random_data));
  engine->told = TRUE;
}

static void
on_version (QuaySyncEngine *engine, const QuayMsgProblem *problem, const char *why)
{
  if (problem->version >= 1 && problem->version < engine->version)
    {
      engine->version = (guint)problem->version;
      quay_sync_post_again (engine);
    }
  else
    quay_sync_give_up (engine, QUAY_SYNC_TOO_OLD, why);
}

static void
on_unpacked_wanted (QuaySyncEngine *engine, const char *why)
{
  if (!engine->action.packed)
    {
      quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, why);
      return;
    }
  engine->no_pack = TRUE;
  if (engine->step == STEP_PUSH)
    quay_sync_push_again_unpacked (engine);
  else
    quay_sync_post_again (engine);
}

static void
on_too_old (QuaySyncEngine *engine, const char *why)
{
  if (engine->step == STEP_PUSH)
    {
      quay_sync_give_up (engine, QUAY_SYNC_TOO_OLD, why);
      return;
    }
  engine->too_old = TRUE; /* what is pushed is still taken */
  quay_sync_finish (engine);
}

static void
on_problem (QuaySyncEngine *engine, const QuaySyncAnswer *answer, const QuayMsgProblem *problem)
{
  const char *why = *problem->title != '\0' ? problem->title : problem->type;
  gboolean pushing = engine->step == STEP_PUSH;
  gboolean first_401 = answer->status == 401 && engine->unauthorised == 0;
  engine->unauthorised = answer->status == 401 ? engine->unauthorised + 1 : 0;
  if ((answer->status == 400 || answer->status == 413) && pushing)
    quay_sync_on_push_refused (engine, why);
  else if (first_401)
    quay_sync_post_again (engine);
  else if (answer->status == 401)
    quay_sync_stop_until_asked (engine, QUAY_SYNC_UNKNOWN_TILL, why);
  else if (answer->status == 403 && g_strcmp0 (problem->type, "revoked") == 0)
    quay_sync_stop_until_asked (engine, QUAY_SYNC_REVOKED, why);
  else if (answer->status == 404 && g_strcmp0 (problem->type, "no-such-version") == 0)
    on_version (engine, problem, why);
  else if (answer->status == 409 && g_strcmp0 (problem->type, "fork") == 0 && pushing)
    quay_sync_on_fork (engine, problem);
  else if (answer->status == 415)
    on_unpacked_wanted (engine, why);
  else if (answer->status == 426)
    on_too_old (engine, why);
  else if (answer->status == 429 || answer->status == 503)
    on_busy (engine, why, answer->retry_after > 0 ? answer->retry_after : problem->wait);
  else if (engine->step == STEP_PULL && answer->status < 500)
    quay_sync_pull_skip (engine, why);
  else if (engine->step == STEP_ROTATE && answer->status < 500)
    quay_sync_rotate_drop (engine, why);
  else if (engine->step == STEP_SHARE && answer->status < 500)
    quay_sync_person_drop (engine, answer->status, why);
  else
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, why);
}

/* --- answers --- */

static void
on_good (QuaySyncEngine *engine, GBytes *plain, const char *key_id, gint64 took)
{
  gsize len;
  const void *bytes = g_bytes_get_data (plain, &len);
  g_autoptr (GError) failed = NULL;
  engine->unauthorised = 0;
  if (engine->step == STEP_PULL)
    quay_sync_on_page (engine, plain, took);
  else if (engine->step == STEP_LIST)
    {
      quay_shape_clear (&quay_msg_chains, &engine->list);
      if (quay_message_decode (&quay_msg_chains, bytes, len, &engine->list, &failed))
        quay_sync_on_list (engine, key_id);
    }
  else if (engine->step == STEP_SHARE)
    {
      QuayMsgShared shared;
      if (quay_message_decode (&quay_msg_shared, bytes, len, &shared, &failed))
        quay_sync_on_shared (engine, &shared);
      quay_shape_clear (&quay_msg_shared, &shared);
    }
  else if (engine->step == STEP_ROTATE)
    {
      QuayMsgKey key;
      if (quay_message_decode (&quay_msg_rotated, bytes, len, &key, &failed))
        quay_sync_on_rotated (engine, &key);
      quay_shape_clear (&quay_msg_rotated, &key);
    }
  else
    {
      QuayMsgAck ack;
      if (quay_message_decode (&quay_msg_ack, bytes, len, &ack, &failed))
        quay_sync_on_ack (engine, &ack, took);
      quay_shape_clear (&quay_msg_ack, &ack);
    }
  if (failed != NULL)
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, failed->message);
}

static void
on_signed (QuaySyncEngine *engine, const QuaySyncAnswer *answer, const char *key_id)
{
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  g_autoptr (GError) failed = NULL;
  g_autoptr (GBytes) plain = answer->packed
                                 ? quay_wire_unpack (bytes, len, QUAY_WIRE_DOWN_PLAIN, &failed)
                                 : g_bytes_ref (answer->body);
  QuayMsgProblem problem = { 0 };
  if (plain == NULL)
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, failed->message);
  else if (answer->status == 200)
    on_good (engine, plain, key_id, answer->took);
  else
    {
      bytes = g_bytes_get_data (plain, &len);
      if (quay_message_decode (&quay_msg_problem, bytes, len, &problem, &failed))
        on_problem (engine, answer, &problem);
      else
        quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, failed->message);
      quay_shape_clear (&quay_msg_problem, &problem);
    }
}

void
quay_sync_engine_answer (QuaySyncEngine *engine, const QuaySyncAnswer *answer, gint64 now,
                         gint64 wall)
{
  g_return_if_fail (engine->action.what == QUAY_SYNC_SEND);
  gsize len;
  const void *bytes = g_bytes_get_data (answer->body, &len);
  engine->now = now;
  engine->wall = wall;
  g_autofree char *key_id =
      answer->headers.input != NULL ? quay_wire_key_id (answer->headers.input) : NULL;
  const guint8 *public = key_id != NULL ? quay_sync_keys_server (engine->keys, key_id) : NULL;
  if (public != NULL && (quay_wire_check_answer (&answer->headers, public, answer->status,
                                                 engine->headers.digest, bytes, len) ||
                         !QUAY_RULE ("answer-signed")))
    on_signed (engine, answer, key_id);
  else
    on_foreign (engine, answer);
}

void
quay_sync_engine_failed (QuaySyncEngine *engine, QuaySyncLost lost, const char *why, gint64 now)
{
  static const QuaySyncWhat what[] = {
    [QUAY_SYNC_LOST_UNREACHED] = QUAY_SYNC_OFFLINE, [QUAY_SYNC_LOST_TIMEOUT] = QUAY_SYNC_OFFLINE,
    [QUAY_SYNC_LOST_TLS] = QUAY_SYNC_TLS,           [QUAY_SYNC_LOST_CUT] = QUAY_SYNC_OFFLINE,
    [QUAY_SYNC_LOST_CLOCK] = QUAY_SYNC_CLOCK,
  };
  g_return_if_fail (engine->action.what == QUAY_SYNC_SEND);
  engine->now = now;
  /* a link that dies every few seconds still carries small ones */
  if (lost == QUAY_SYNC_LOST_TIMEOUT || lost == QUAY_SYNC_LOST_CUT)
    {
      if (engine->step == STEP_PUSH && engine->push.n > 0)
        quay_sync_batch_halve (&engine->up, engine->push.n);
      else if (engine->step == STEP_PULL && !engine->pull.probing)
        quay_sync_batch_halve (&engine->down, engine->pull.n);
    }
  quay_sync_give_up (engine, what[lost], why);
}
