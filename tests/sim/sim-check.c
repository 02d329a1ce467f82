/* What must hold at every step (sync.md section 4): a till believes only what the server has, the
 * server has only what a till wrote, and keeps what it has promised. */
#include "sim.h"

#include "quay-server-private.h"

#include <string.h>

static void
add_hash (GHashTable *set, const QuayHash *hash)
{
  g_hash_table_add (set, g_memdup2 (hash, sizeof *hash));
}

static SimNoted *
note_of (GHashTable *table, const QuayId *chain)
{
  SimNoted *noted = g_hash_table_lookup (table, chain);
  if (noted == NULL)
    {
      noted = g_new0 (SimNoted, 1);
      g_hash_table_insert (table, g_memdup2 (chain, sizeof *chain), noted);
    }
  return noted;
}

/* --- tills --- */

/* Every record of an own chain is something that a till wrote. */
static gboolean
note_records (SimTill *till, const QuayChainState *chain, SimNoted *noted, GError **error)
{
  QuayHash hash = QUAY_HASH_ZERO;
  guint64 from = noted->seq;
  if (!quay_store_hash_at (till->store, &chain->id, from, &hash, error) ||
      !quay_hash_equal (&hash, &noted->head))
    from = 0;
  for (guint64 seq = from + 1; seq <= chain->seq && *error == NULL; seq++)
    {
      if (!quay_store_hash_at (till->store, &chain->id, seq, &hash, error))
        return FALSE;
      add_hash (till->world->written, &hash);
    }
  return *error == NULL;
}

static void
check_chain (SimTill *till, const QuayChainState *chain, GError **error)
{
  QuayHash hash;
  char head[QUAY_CODE_LEN + 1];
  SimWorld *world = till->world;
  SimNoted *noted = note_of (till->noted, &chain->id);
  if (chain->acked > chain->seq)
    sim_fail (world,
              "till %u: %s%s is acknowledged to %" G_GUINT64_FORMAT
              ", but ends at %" G_GUINT64_FORMAT,
              till->no, chain->code, chain->letter, chain->acked, chain->seq);
  gboolean grew = chain->seq != noted->seq || !quay_hash_equal (&chain->head, &noted->head);
  if (!grew && chain->acked == noted->acked)
    return;
  if (grew && !note_records (till, chain, noted, error))
    return;
  quay_hash_to_code (&chain->head, head);
  sim_log (world, "till %u has %s%s%s %" G_GUINT64_FORMAT " %s, acked %" G_GUINT64_FORMAT, till->no,
           chain->code, chain->letter, chain->mine ? "*" : "", chain->seq, head, chain->acked);
  *noted = (SimNoted){ chain->seq, chain->head, chain->acked, 0 };
  if (chain->acked > 0 &&
      quay_store_hash_at (till->store, &chain->id, chain->acked, &hash, error) &&
      !g_hash_table_contains (world->had, &hash))
    sim_fail (world,
              "till %u: the server never had record %" G_GUINT64_FORMAT
              " of %s%s, which is marked sent",
              till->no, chain->acked, chain->code, chain->letter);
}

void
sim_check_till (SimTill *till)
{
  GError *error = NULL;
  g_autoptr (GArray) chains = quay_store_chains (till->store, &error);
  for (guint i = 0; chains != NULL && i < chains->len && error == NULL; i++)
    if (g_array_index (chains, QuayChainState, i).own)
      check_chain (till, &g_array_index (chains, QuayChainState, i), &error);
  if (error != NULL && !till->disk->dead)
    sim_fail (till->world, "till %u can't be read: %s", till->no, error->message);
  g_clear_error (&error);
}

/* --- the server --- */

/* Links are proved by the hashes: the head is what a till wrote, so all before it is. */
static gboolean
note_server_records (SimWorld *world, QuayServerDb *db, const QuayServerChain *chain,
                     const SimNoted *noted, GError **error)
{
  guint64 from = (guint64)chain->hwm > noted->seq ? noted->seq : 0;
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_autoptr (GPtrArray) records =
      db->ops->read (db, chain->no, (gint64)from + 1, G_MAXINT, G_MAXSSIZE, hashes, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < hashes->len; i++)
    add_hash (world->had, &g_array_index (hashes, QuayHash, i));
  if (from + hashes->len != (guint64)chain->hwm ||
      !quay_hash_equal (&g_array_index (hashes, QuayHash, hashes->len - 1), &chain->head))
    sim_fail (world, "the server's journal of %s%s does not end where the chain does", chain->code,
              chain->letter);
  return TRUE;
}

static void
check_server_chain (SimWorld *world, QuayServerDb *db, const QuayServerChain *chain,
                    gboolean answered, GError **error)
{
  char head[QUAY_CODE_LEN + 1];
  SimNoted *noted = note_of (world->server.noted, &chain->id);
  guint64 hwm = (guint64)chain->hwm;
  if (hwm != noted->seq || !quay_hash_equal (&chain->head, &noted->head))
    {
      if (hwm <= noted->seq)
        sim_fail (world, "the server's %s%s went from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
                  chain->code, chain->letter, noted->seq, hwm);
      if (!note_server_records (world, db, chain, noted, error))
        return;
      quay_hash_to_code (&chain->head, head);
      sim_log (world, "server has %s%s %" G_GUINT64_FORMAT " %s", chain->code, chain->letter, hwm,
               head);
      if (!quay_id_is_nil (&chain->site) && !g_hash_table_contains (world->written, &chain->head))
        sim_fail (world, "the server's %s%s is not what any till wrote", chain->code,
                  chain->letter);
      noted->seq = hwm;
      noted->head = chain->head;
    }
  if (answered)
    noted->durable = hwm;
}

void
sim_check_server (SimWorld *world, gboolean answered)
{
  GError *error = NULL;
  QuayServerUse use;
  if (!quay_server_take (&use, world->server.server, &error))
    {
      if (!world->server.disk->full && !world->server.disk->dead)
        sim_fail (world, "the server can't be read: %s", error->message);
      g_clear_error (&error);
      return;
    }
  g_autoptr (GArray) chains = use.db->ops->chains_seen (use.db, NULL, &error);
  for (guint i = 0; chains != NULL && i < chains->len && error == NULL; i++)
    if (g_array_index (chains, QuayServerChain, i).hwm > 0)
      check_server_chain (world, use.db, &g_array_index (chains, QuayServerChain, i), answered,
                          &error);
  quay_server_give (&use, NULL);
  if (error != NULL)
    sim_fail (world, "the server can't be read: %s", error->message);
  g_clear_error (&error);
}

static void
check_kept (SimWorld *world, QuayServerDb *db, const QuayId *id, SimNoted *noted, GError **error)
{
  QuayServerChain chain = { 0 };
  if (!db->ops->chain_find (db, id, FALSE, &chain, error))
    chain.hwm = 0;
  if ((guint64)chain.hwm < noted->durable)
    sim_fail (world,
              "the server had promised %" G_GUINT64_FORMAT
              " records of a chain and has %" G_GINT64_FORMAT,
              noted->durable, chain.hwm);
  noted->seq = 0; /* all of it is looked at anew: what was committed as it died was not seen */
  noted->head = QUAY_HASH_ZERO;
}

void
sim_check_server_kept (SimWorld *world)
{
  GError *error = NULL;
  QuayServerUse use;
  GHashTableIter iter;
  gpointer id;
  gpointer noted;
  if (!quay_server_take (&use, world->server.server, &error))
    {
      g_clear_error (&error);
      return;
    }
  g_hash_table_iter_init (&iter, world->server.noted);
  while (error == NULL && g_hash_table_iter_next (&iter, &id, &noted))
    check_kept (world, use.db, id, noted, &error);
  quay_server_give (&use, NULL);
  g_clear_error (&error);
  if (world->written != NULL)
    sim_check_server (world, TRUE);
}

void
sim_check_server_restored (SimWorld *world)
{
  g_hash_table_remove_all (world->server.noted);
}
