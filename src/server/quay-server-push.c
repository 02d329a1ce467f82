/* push and poison: records in, an acknowledgement out. */
#include "quay-server-call.h"

#include "quay-ingest.h"

#include <string.h>

static QuayMsgNote *
note_of (const QuayServerHeld *held)
{
  QuayMsgNote *note = g_new0 (QuayMsgNote, 1);
  note->seq = held->seq;
  note->why = g_strdup (held->why);
  return note;
}

static gboolean
acknowledge (QuayServerCall *call, const QuayIngest *done, GError **error)
{
  QuayMsgAck ack = { 0 };
  char head[2 * QUAY_HASH_LEN + 1];
  const QuayServerChain *chain = &done->chain;
  g_autofree char *cur = quay_server_cur (call, error);
  if (cur == NULL)
    return FALSE;
  QuaySig seal =
      quay_server_seal (call->server, &chain->till, &chain->id, chain->hwm, &chain->head);
  quay_hash_to_text (&chain->head, head);
  ack.till = chain->till;
  ack.chain = chain->id;
  ack.hwm = chain->hwm;
  ack.head = g_strdup (head);
  ack.seal = quay_base64 (seal.b, sizeof seal.b);
  ack.time = quay_server_now (call->server);
  ack.node = g_strdup (quay_server_node (call->server));
  ack.cur = g_steal_pointer (&cur);
  ack.notes = g_ptr_array_new ();
  for (guint i = 0; done->held != NULL && i < done->held->len; i++)
    g_ptr_array_add (ack.notes, note_of (done->held->pdata[i]));
  quay_server_say (call, &quay_msg_ack, &ack);
  quay_shape_clear (&quay_msg_ack, &ack);
  return TRUE;
}

static gboolean
tell_fork (QuayServerCall *call, const QuayIngest *done)
{
  QuayMsgProblem problem = { .type = (char *)"fork",
                             .title = (char *)"the chain is not as the server has it",
                             .status = 409,
                             .at = done->at,
                             .letter = (char *)done->letter };
  return quay_server_problem_full (call, &problem);
}

/* One line for what people should know; a push that is as usual leaves none. */
static void
log_push (QuayServerCall *call, const QuayIngest *done)
{
  char till[QUAY_ID_TEXT_LEN + 1];
  const QuayServerChain *chain = &done->chain;
  quay_id_to_text (&chain->till, till);
  if (done->alarm)
    g_message ("alarm: till %s, chain %s%s: see 'quayd alarms'", till, chain->code, chain->letter);
  if (done->fresh > 0 && done->held != NULL && done->held->len > 0)
    g_message ("held: %u records of till %s, chain %s%s: see 'quayd held list'", done->held->len,
               till, chain->code, chain->letter);
}

static gboolean
take (QuayServerCall *call, const QuayEnvelope *envelope, GArray *hashes, gboolean sealed,
      GError **error)
{
  g_auto (QuayIngest) done = { 0 };
  if (!quay_ingest (call->db, &call->till.id, &call->till.site, envelope, hashes, sealed,
                    quay_server_now (call->server), &done, error))
    return FALSE;
  log_push (call, &done);
  switch (done.result)
    {
    case QUAY_INGEST_TAKEN:
      return acknowledge (call, &done, error);
    case QUAY_INGEST_FORK:
      return tell_fork (call, &done);
    case QUAY_INGEST_REFUSED:
    default:
      return quay_server_problem (call, strcmp (done.type, "bad-request") == 0 ? 400 : 403,
                                  done.type, done.why);
    }
}

gboolean
quay_server_push (QuayServerCall *call, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (call->body, QUAY_WIRE_RECORDS_UP, NULL);
  if (envelope == NULL)
    return quay_server_problem (call, 400, "bad-request", "the envelope can't be read");
  if (!quay_id_equal (&envelope->till, &call->till.id))
    return quay_server_problem (call, 403, "not-yours", "this chain is another till's");
  if (!quay_envelope_check (envelope, hashes))
    return quay_server_problem (call, 400, "bad-request", "the records are not what head says");
  guint64 last = (guint64)(envelope->from - 1) + envelope->records->len;
  if (!quay_seal_check (&envelope->seal, call->key.public, &envelope->till, &envelope->chain, last,
                        &envelope->head))
    return quay_server_problem (call, 400, "bad-request", "the seal is not good");
  return take (call, envelope, hashes, TRUE, error);
}

/* One record as the envelope that could not carry it. */
static QuayEnvelope *
wrap (QuayServerCall *call, const QuayMsgPoison *message)
{
  gsize len = 0;
  g_autofree guint8 *bytes = g_base64_decode (message->bytes, &len);
  g_autofree char *again = quay_base64 (bytes, len);
  g_autoptr (QuayEnvelope) envelope = quay_envelope_new ();
  envelope->till = call->till.id;
  envelope->chain = message->chain;
  envelope->from = message->seq;
  if (len == 0 || len > QUAY_EVENT_MAX_BYTES || memchr (bytes, '\n', len) != NULL ||
      strcmp (again, message->bytes) != 0 ||
      !quay_hash_from_text (message->prev, &envelope->prev) ||
      !quay_hash_from_text (message->hash, &envelope->head))
    return NULL;
  g_ptr_array_add (envelope->records, g_bytes_new (bytes, len));
  return g_steal_pointer (&envelope);
}

gboolean
quay_server_poison (QuayServerCall *call, GError **error)
{
  QuayMsgPoison message;
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_autoptr (QuayEnvelope) envelope = NULL;
  if (quay_server_read (call, &quay_msg_poison, &message))
    {
      envelope = wrap (call, &message);
      if (envelope == NULL || !quay_envelope_check (envelope, hashes))
        {
          g_clear_pointer (&envelope, quay_envelope_free);
          quay_server_problem (call, 400, "bad-request", "the record is not what hash says");
        }
    }
  quay_shape_clear (&quay_msg_poison, &message);
  return envelope == NULL || take (call, envelope, hashes, FALSE, error);
}
