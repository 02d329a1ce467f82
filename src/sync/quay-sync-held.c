/* What the server holds of this till's records, and why: told with acknowledgements as it happens,
 * and with each list of chains anew. It is only told to people; sending does not depend on it. */
#include "quay-sync-private.h"

#define HELD_MOST 10000 /* counted; of the first QUAY_SYNC_HELD_KEPT the reason is kept, too */

static guint
hash_held (gconstpointer data)
{
  const QuaySyncHeld *held = data;
  return quay_id_hash (&held->chain) ^ (guint)(held->seq * 2654435761U);
}

static gboolean
same_held (gconstpointer a, gconstpointer b)
{
  const QuaySyncHeld *first = a;
  const QuaySyncHeld *second = b;
  return first->seq == second->seq && quay_id_equal (&first->chain, &second->chain);
}

static void
free_held (gpointer data)
{
  QuaySyncHeld *held = data;
  g_free (held->why);
  g_free (held);
}

static QuaySyncHeld *
make_held (const QuayId *chain, guint64 seq, const char *why)
{
  QuaySyncHeld *held = g_new0 (QuaySyncHeld, 1);
  held->chain = *chain;
  held->seq = seq;
  held->why = g_strdup (why);
  return held;
}

GHashTable *
quay_sync_held_new (void)
{
  return g_hash_table_new_full (hash_held, same_held, free_held, NULL);
}

void
quay_sync_held_add (QuaySyncEngine *engine, const QuayId *chain, guint64 seq, const char *why)
{
  guint n = g_hash_table_size (engine->held);
  QuaySyncHeld key = { *chain, seq, NULL };
  const QuaySyncHeld *there = g_hash_table_lookup (engine->held, &key);
  gboolean keep = there != NULL ? there->why != NULL : n < QUAY_SYNC_HELD_KEPT;
  if (there == NULL && n >= HELD_MOST)
    return;
  g_hash_table_add (engine->held, make_held (chain, seq, keep ? why : NULL));
  engine->state.held = g_hash_table_size (engine->held);
  engine->state.held_told++;
}

void
quay_sync_held_clear (QuaySyncEngine *engine)
{
  engine->state.held_told += g_hash_table_size (engine->held) > 0;
  engine->state.held = 0;
  g_hash_table_remove_all (engine->held);
}

GPtrArray *
quay_sync_engine_held (QuaySyncEngine *engine)
{
  GHashTableIter iter;
  gpointer at;
  GPtrArray *list = g_ptr_array_new_with_free_func (free_held);
  g_hash_table_iter_init (&iter, engine->held);
  while (g_hash_table_iter_next (&iter, &at, NULL))
    {
      const QuaySyncHeld *held = at;
      if (held->why != NULL)
        g_ptr_array_add (list, make_held (&held->chain, held->seq, held->why));
    }
  return list;
}
