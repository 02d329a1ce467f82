/* chains and pull: what a till may see, which is its site's and the province's. */
#include "quay-server-call.h"

#include <sodium.h>
#include <string.h>

#define CHAINS_MAX 9999 /* of one answer */
#define HELD_MAX 100
#define CUR_BYTES 12

QuaySig
quay_server_seal (QuayServer *server, const QuayId *till, const QuayId *chain, gint64 seq,
                  const QuayHash *hash)
{
  QuaySig seal;
  quay_seal_make (&seal, &server->identity.keys[0], till, chain, (guint64)seq, hash);
  return seal;
}

GPtrArray *
quay_server_keys (QuayServer *server)
{
  GPtrArray *keys = g_ptr_array_new ();
  for (guint i = 0; i < server->identity.n; i++)
    {
      QuayMsgKey *key = g_new0 (QuayMsgKey, 1);
      key->id = g_strdup (server->identity.ids[i]);
      key->key = quay_base64 (server->identity.keys[i].public, QUAY_KEY_LEN);
      g_ptr_array_add (keys, key);
    }
  return keys;
}

/* A digest of all heads and of the site's stamp of persons: the same after a restore only if all is
 * the same. */
static char *
digest_chains (GArray *chains, const QuayServerTill *till)
{
  guint newest = G_MAXUINT; /* the chain that the till writes: what it sends is no news to it */
  guint8 hash[crypto_hash_sha256_BYTES];
  char text[2 * CUR_BYTES + 1];
  crypto_hash_sha256_state state;
  for (guint i = 0; i < chains->len; i++)
    if (quay_id_equal (&g_array_index (chains, QuayServerChain, i).till, &till->id))
      newest = i;
  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *)&till->persons, sizeof till->persons);
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayServerChain *chain = &g_array_index (chains, QuayServerChain, i);
      if (i == newest)
        continue;
      crypto_hash_sha256_update (&state, chain->id.b, sizeof chain->id.b);
      crypto_hash_sha256_update (&state, chain->head.b, sizeof chain->head.b);
    }
  crypto_hash_sha256_final (&state, hash);
  sodium_bin2hex (text, sizeof text, hash, CUR_BYTES);
  return g_strdup (text);
}

char *
quay_server_cur (QuayServerCall *call, GError **error)
{
  g_autoptr (GArray) chains = call->db->ops->chains_seen (call->db, &call->till.site, error);
  return chains != NULL ? digest_chains (chains, &call->till) : NULL;
}

/* --- chains --- */

static QuayMsgChain *
describe (const QuayServerChain *chain, const QuayId *till)
{
  char head[2 * QUAY_HASH_LEN + 1];
  QuayMsgChain *line = g_new0 (QuayMsgChain, 1);
  quay_hash_to_text (&chain->head, head);
  line->chain = chain->id;
  line->till = chain->till;
  line->code = g_strdup (chain->code);
  line->letter = g_strdup (chain->letter);
  line->hwm = chain->hwm;
  line->head = g_strdup (head);
  line->mine = quay_id_equal (&chain->till, till);
  return line;
}

static GPtrArray *
describe_held (QuayServerCall *call, GError **error)
{
  g_autoptr (GPtrArray) held =
      call->db->ops->held (call->db, &call->till.site, 0, 0, 0, HELD_MAX, NULL, error);
  if (held == NULL)
    return NULL;
  GPtrArray *notes = g_ptr_array_new ();
  for (guint i = 0; i < held->len; i++)
    {
      const QuayServerHeld *one = held->pdata[i];
      QuayMsgNote *note = g_new0 (QuayMsgNote, 1);
      note->chain = one->chain;
      note->seq = one->seq;
      note->why = g_strdup (one->why);
      g_ptr_array_add (notes, note);
    }
  return notes;
}

gboolean
quay_server_chains (QuayServerCall *call, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  QuayMsgChains message = { 0 };
  if (!quay_server_scope_begin (&scope, call->db, FALSE, error))
    return FALSE;
  g_autoptr (GArray) chains = call->db->ops->chains_seen (call->db, &call->till.site, error);
  message.held = chains != NULL ? describe_held (call, error) : NULL;
  if (message.held == NULL)
    return FALSE;
  message.chains = g_ptr_array_new ();
  for (guint i = 0; i < MIN (chains->len, CHAINS_MAX); i++)
    g_ptr_array_add (message.chains,
                     describe (&g_array_index (chains, QuayServerChain, i), &call->till.id));
  message.keys = quay_server_keys (call->server);
  message.cur = digest_chains (chains, &call->till);
  message.time = quay_server_now (call->server);
  message.persons = call->till.persons;
  quay_server_say (call, &quay_msg_chains, &message);
  quay_shape_clear (&quay_msg_chains, &message);
  return TRUE;
}

/* --- pull --- */

static gboolean
may_see (QuayServerCall *call, const QuayServerChain *chain)
{
  return quay_id_is_nil (&chain->site) || quay_id_equal (&chain->site, &call->till.site);
}

static QuayEnvelope *
read_run (QuayServerCall *call, const QuayServerChain *chain, gint64 from, guint n, GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuayEnvelope) envelope = quay_envelope_new ();
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  envelope->till = chain->till;
  envelope->chain = chain->id;
  envelope->code = g_strdup (chain->code);
  envelope->letter = g_strdup (chain->letter);
  envelope->from = MIN (from, chain->hwm + 1);
  envelope->hwm = chain->hwm;
  envelope->app = g_strdup ("quayd " QUAY_VERSION);
  g_ptr_array_unref (envelope->records);
  /* the head line needs room too */
  envelope->records = call->db->ops->read (call->db, chain->no, envelope->from, n,
                                           QUAY_WIRE_DOWN_PLAIN - 8192 - n, hashes, error);
  if (envelope->records == NULL)
    {
      envelope->records = g_ptr_array_new ();
      return NULL;
    }
  if (!call->db->ops->hash_at (call->db, chain->no, envelope->from - 1, &envelope->prev, &failed))
    {
      if (failed == NULL)
        g_set_error_literal (&failed, QUAY_ERROR, QUAY_ERROR_DAMAGED, "a record is missing");
      g_propagate_error (error, failed);
      return NULL;
    }
  envelope->head =
      hashes->len > 0 ? g_array_index (hashes, QuayHash, hashes->len - 1) : envelope->prev;
  gint64 last = envelope->from + envelope->records->len - 1;
  envelope->seal = quay_server_seal (call->server, &chain->till, &chain->id, last, &envelope->head);
  return g_steal_pointer (&envelope);
}

/* FALSE if even packed it is too large. */
static gboolean
give_envelope (QuayServerCall *call, const QuayEnvelope *envelope)
{
  g_autoptr (GBytes) plain = quay_envelope_encode (envelope);
  g_autoptr (GBytes) packed = quay_wire_pack (plain);
  call->answer->status = 200;
  call->answer->type = "application/x-ndjson";
  call->answer->packed = g_bytes_get_size (packed) < g_bytes_get_size (plain);
  call->answer->body = g_bytes_ref (call->answer->packed ? packed : plain);
  if (g_bytes_get_size (call->answer->body) <= QUAY_WIRE_DOWN_PACKED)
    return TRUE;
  g_clear_pointer (&call->answer->body, g_bytes_unref);
  call->answer->packed = FALSE;
  return FALSE;
}

static gboolean
pull (QuayServerCall *call, const QuayMsgPull *message, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  QuayServerChain chain;
  GError *failed = NULL;
  guint n = (guint)CLAMP (message->n, 1, QUAY_WIRE_RECORDS_DOWN);
  if (message->n == 0)
    n = QUAY_WIRE_RECORDS_DOWN;
  if (!quay_server_scope_begin (&scope, call->db, FALSE, error))
    return FALSE;
  if (!call->db->ops->chain_find (call->db, &message->chain, FALSE, &chain, &failed) ||
      !may_see (call, &chain))
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      return failed == NULL && quay_server_problem (call, 404, "no-such-chain", "no such chain");
    }
  for (;; n /= 2)
    {
      g_autoptr (QuayEnvelope) envelope = read_run (call, &chain, message->from, n, error);
      if (envelope == NULL)
        return FALSE;
      if (give_envelope (call, envelope))
        return TRUE;
      g_assert (n > 1); /* one record is far smaller */
    }
}

gboolean
quay_server_pull (QuayServerCall *call, GError **error)
{
  QuayMsgPull message;
  gboolean ok = TRUE;
  if (quay_server_read (call, &quay_msg_pull, &message))
    ok = pull (call, &message, error);
  quay_shape_clear (&quay_msg_pull, &message);
  return ok;
}
