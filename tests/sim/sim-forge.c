/* Whoever has a till's key may send what no till would. The server must take none of it: that its
 * chains are only what tills wrote is checked after every request. */
#include "sim.h"

#include <string.h>

/* Four records of the till's own, in a chain that they do not belong to. */
static QuayEnvelope *
make_envelope (SimTill *till, guint kind)
{
  SimWorld *world = till->world;
  g_autoptr (GArray) chains = quay_store_chains (till->store, NULL);
  if (chains == NULL || chains->len == 0)
    return NULL;
  const QuayChainState *chain =
      &g_array_index (chains, QuayChainState, sim_draw (world, chains->len));
  QuayEnvelope *run =
      quay_store_read_run (till->store, &chain->id, MIN (2, chain->seq + 1), 4, 1 << 16, NULL);
  if (run == NULL || run->records->len == 0)
    {
      g_clear_pointer (&run, quay_envelope_free);
      return NULL;
    }
  if (kind == 0) /* a chain without a birth */
    {
      run->chain = quay_id_new (&till->env);
      run->prev = QUAY_HASH_ZERO;
      run->from = 1;
    }
  else if (kind == 1) /* one after another, twice */
    run->from += run->records->len;
  else /* another till's name on it */
    run->till = quay_id_new (&till->env);
  return run;
}

static void
seal (SimTill *till, QuayEnvelope *run)
{
  QuayHash hash = run->prev;
  for (guint i = 0; i < run->records->len; i++)
    {
      gsize len;
      const void *bytes = g_bytes_get_data (run->records->pdata[i], &len);
      hash = quay_chain_hash (&run->till, &run->chain, (guint64)run->from + i, bytes, len, &hash);
    }
  run->head = hash;
  quay_seal_make (&run->seal, &till->keys->key, &run->till, &run->chain,
                  (guint64)run->from + run->records->len - 1, &run->head);
}

void
sim_forge (SimTill *till)
{
  SimWorld *world = till->world;
  guint kind = (guint)sim_draw (world, 3);
  char id[QUAY_ID_TEXT_LEN + 1];
  gsize len;
  g_autoptr (QuayEnvelope) run = make_envelope (till, kind);
  if (run == NULL)
    return;
  seal (till, run);
  quay_id_to_text (&till->keys->till, id);
  SimRequest *request = g_new0 (SimRequest, 1);
  request->path = g_strdup ("/v1/push");
  request->till = g_strdup (id);
  request->body = quay_envelope_encode (run);
  const void *bytes = g_bytes_get_data (request->body, &len);
  quay_wire_sign_request (&request->headers, &till->keys->key, till->keys->key_id, "POST",
                          request->path, id, bytes, len);
  sim_log (world, "forged: %u", kind);
  sim_answer_free (sim_server_handle (world, request));
  sim_request_free (request);
}
