/* Lines become runs of one chain, runs go the way of a push. */
#include "quay-server-carry.h"

#include "quay-ingest.h"
#include "quay-server-private.h"

#include <jansson.h>
#include <string.h>

#define RUN QUAY_WIRE_RECORDS_UP
#define RUN_BYTES QUAY_WIRE_UP_PLAIN

/* The run at hand. @prev is the hash before it where the file itself has it, else it is asked. */
typedef struct
{
  QuayServer *server;
  GPtrArray *done; /* QuayServerCarried */
  QuayServerCarried *chain;
  QuayEnvelope *envelope; /* NULL between runs */
  GArray *hashes;         /* as the lines claim */
  gsize bytes;
  QuayHash last; /* of the line before, in the same chain */
  gint64 seq;
} Carry;

typedef struct
{
  QuayId chain;
  QuayId till;
  const char *code;
  const char *letter;
  gint64 seq;
  QuayHash hash;
  json_t *record;
} Line;

void
quay_server_carried_free (QuayServerCarried *carried)
{
  g_free (carried->why);
  g_free (carried);
}

static const char *
member (json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static gboolean
read_line (json_t *object, Line *line)
{
  const char *hash = member (object, "hash");
  line->code = member (object, "code");
  line->letter = member (object, "letter");
  line->seq = json_integer_value (json_object_get (object, "seq"));
  line->record = json_object_get (object, "record");
  gsize len = json_string_length (line->record);
  return quay_id_from_text (member (object, "chain"), &line->chain) &&
         quay_id_from_text (member (object, "till"), &line->till) &&
         quay_till_code_is_sound (line->code) && quay_letter_is_sound (line->letter) &&
         hash != NULL && quay_hash_from_text (hash, &line->hash) && line->seq >= 1 &&
         line->seq <= QUAY_SERVER_SEQ_MAX && json_is_string (line->record) && len > 0 &&
         len <= QUAY_EVENT_MAX_BYTES &&
         memchr (json_string_value (line->record), '\n', len) == NULL;
}

/* --- one run --- */

static void
stop_chain (Carry *carry, const char *why)
{
  if (carry->chain->why == NULL)
    carry->chain->why = g_strdup (why);
}

/* The hash before the run: the file's own line, or the record that is here. */
static gboolean
find_prev (Carry *carry, QuayServerDb *db, gboolean *found, GError **error)
{
  GError *failed = NULL;
  QuayServerChain chain;
  QuayEnvelope *envelope = carry->envelope;
  *found = envelope->from == 1 || !quay_hash_equal (&envelope->prev, &QUAY_HASH_ZERO);
  if (!*found && db->ops->chain_find (db, &envelope->chain, FALSE, &chain, &failed))
    *found = db->ops->hash_at (db, chain.no, envelope->from - 1, &envelope->prev, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

static void
tell (Carry *carry, const QuayIngest *done)
{
  gint64 last = carry->envelope->from + carry->envelope->records->len - 1;
  carry->chain->fresh += done->fresh;
  if (done->result == QUAY_INGEST_FORK)
    stop_chain (carry, "the chain is not as the server has it");
  else if (done->result == QUAY_INGEST_REFUSED)
    stop_chain (carry, done->why);
  else if (done->chain.hwm < last)
    stop_chain (carry, "records before these are missing here");
}

static gboolean
take_run (Carry *carry, QuayServerDb *db, GError **error)
{
  g_auto (QuayIngest) done = { 0 };
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  QuayEnvelope *envelope = carry->envelope;
  QuayServerTill till;
  GError *failed = NULL;
  gboolean found;
  if (quay_id_equal (&envelope->till, &carry->server->identity.node))
    return TRUE; /* the province's own chain, which the till had from here */
  if (!db->ops->till_find (db, &envelope->till, &till, &failed))
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      else
        stop_chain (carry, "its till is not enrolled");
      return failed == NULL;
    }
  if (!find_prev (carry, db, &found, error))
    return FALSE;
  envelope->head = carry->last;
  if (!found)
    stop_chain (carry, "records before these are missing here");
  else if (!quay_envelope_check (envelope, hashes) ||
           memcmp (hashes->data, carry->hashes->data, hashes->len * sizeof (QuayHash)) != 0)
    stop_chain (carry, "a record does not match its hash");
  else if (!quay_ingest (db, &till.id, &till.site, envelope, hashes, FALSE,
                         quay_server_now (carry->server), &done, error))
    return FALSE;
  else
    tell (carry, &done);
  return TRUE;
}

static gboolean
flush (Carry *carry, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  if (carry->envelope == NULL)
    return TRUE;
  if (carry->chain->why == NULL)
    {
      if (!quay_server_take (&use, carry->server, error))
        return FALSE;
      take_run (carry, use.db, &failed);
      quay_server_give (&use, failed);
    }
  g_clear_pointer (&carry->envelope, quay_envelope_free);
  g_array_set_size (carry->hashes, 0);
  carry->bytes = 0;
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

/* --- all lines --- */

static void
enter_chain (Carry *carry, const Line *line)
{
  carry->chain = NULL;
  for (guint i = 0; i < carry->done->len && carry->chain == NULL; i++)
    if (quay_id_equal (&((QuayServerCarried *)carry->done->pdata[i])->chain, &line->chain))
      carry->chain = carry->done->pdata[i];
  if (carry->chain != NULL)
    return;
  carry->chain = g_new0 (QuayServerCarried, 1);
  carry->chain->chain = line->chain;
  carry->chain->till = line->till;
  carry->chain->first = line->seq;
  g_strlcpy (carry->chain->code, line->code, sizeof carry->chain->code);
  g_strlcpy (carry->chain->letter, line->letter, sizeof carry->chain->letter);
  g_ptr_array_add (carry->done, carry->chain);
}

static void
begin_run (Carry *carry, const Line *line, gboolean goes_on)
{
  carry->envelope = quay_envelope_new ();
  carry->envelope->till = line->till;
  carry->envelope->chain = line->chain;
  carry->envelope->code = g_strdup (line->code);
  carry->envelope->letter = g_strdup (line->letter);
  carry->envelope->from = line->seq;
  if (goes_on)
    carry->envelope->prev = carry->last;
}

static gboolean
take_line (Carry *carry, const Line *line, GError **error)
{
  gsize len = json_string_length (line->record);
  gboolean same = carry->chain != NULL && quay_id_equal (&carry->chain->chain, &line->chain) &&
                  quay_id_equal (&carry->chain->till, &line->till);
  gboolean goes_on = same && line->seq == carry->seq + 1;
  if ((!goes_on || carry->hashes->len == RUN || carry->bytes + len > RUN_BYTES) &&
      !flush (carry, error))
    return FALSE;
  if (!same)
    enter_chain (carry, line);
  if (carry->envelope == NULL)
    begin_run (carry, line, goes_on);
  g_ptr_array_add (carry->envelope->records, g_bytes_new (json_string_value (line->record), len));
  g_array_append_val (carry->hashes, line->hash);
  carry->bytes += len;
  carry->last = line->hash;
  carry->seq = line->seq;
  carry->chain->last = MAX (carry->chain->last, line->seq);
  return TRUE;
}

static gboolean
take_text (Carry *carry, const char *text, gsize len, guint number, GError **error)
{
  json_error_t why;
  Line line;
  json_t *object = json_loadb (text, len, JSON_REJECT_DUPLICATES, &why);
  gboolean is_seal = json_object_get (object, "seal") != NULL &&
                     json_object_get (object, "record") == NULL; /* for others to check */
  gboolean ok = is_seal || read_line (object, &line);
  if (!ok)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "line %u is not a record", number);
  ok = ok && (is_seal || take_line (carry, &line, error));
  json_decref (object);
  return ok;
}

GPtrArray *
quay_server_carry_in (QuayServer *server, const char *data, gsize len, GError **error)
{
  Carry carry = { .server = server };
  gboolean ok = TRUE;
  carry.done = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_carried_free);
  carry.hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  for (guint number = 1; ok && len > 0; number++)
    {
      const char *end = memchr (data, '\n', len);
      gsize size = end != NULL ? (gsize)(end - data) : len;
      ok = take_text (&carry, data, size, number, error);
      size += end != NULL;
      data += size;
      len -= size;
    }
  ok = ok && flush (&carry, error);
  g_clear_pointer (&carry.envelope, quay_envelope_free);
  g_array_unref (carry.hashes);
  if (!ok)
    g_clear_pointer (&carry.done, g_ptr_array_unref);
  return carry.done;
}
