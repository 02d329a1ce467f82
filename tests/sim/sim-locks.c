/* One thread at a time: the store's works while the simulator waits for it. */
#include "sim-locks.h"

struct SimLocks
{
  char *path;
  guint handles;
  guint shared;   /* handles at SQLITE_LOCK_SHARED or above */
  SimHold *owner; /* at SQLITE_LOCK_RESERVED or above */
  guint mapped;
  GPtrArray *regions; /* of the log's index */
  guint readers[SQLITE_SHM_NLOCK];
  SimHold *writers[SQLITE_SHM_NLOCK];
};

static GHashTable *all; /* path → SimLocks */

void
sim_hold_open (SimHold *hold, const char *path)
{
  if (all == NULL)
    all = g_hash_table_new (g_str_hash, g_str_equal);
  SimLocks *locks = g_hash_table_lookup (all, path);
  if (locks == NULL)
    {
      locks = g_new0 (SimLocks, 1);
      locks->path = g_strdup (path);
      locks->regions = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (all, locks->path, locks);
    }
  locks->handles++;
  *hold = (SimHold){ .of = locks };
}

void
sim_hold_close (SimHold *hold)
{
  SimLocks *locks = hold->of;
  sim_hold_unmap (hold);
  sim_hold_unlock (hold, SQLITE_LOCK_NONE);
  hold->of = NULL;
  if (--locks->handles > 0)
    return;
  g_hash_table_remove (all, locks->path);
  g_ptr_array_unref (locks->regions);
  g_free (locks->path);
  g_free (locks);
}

/* --- the file --- */

static int
lock_shared (SimHold *hold)
{
  SimLocks *locks = hold->of;
  if (locks->owner != NULL && locks->owner->level >= SQLITE_LOCK_PENDING)
    return SQLITE_BUSY;
  locks->shared++;
  hold->level = SQLITE_LOCK_SHARED;
  return SQLITE_OK;
}

int
sim_hold_lock (SimHold *hold, int level)
{
  SimLocks *locks = hold->of;
  if (hold->level >= level)
    return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED)
    return lock_shared (hold);
  if (locks->owner != NULL && locks->owner != hold)
    return SQLITE_BUSY;
  locks->owner = hold;
  if (level < SQLITE_LOCK_EXCLUSIVE || locks->shared == 1)
    {
      hold->level = level;
      return SQLITE_OK;
    }
  hold->level = SQLITE_LOCK_PENDING; /* nobody else comes in */
  return SQLITE_BUSY;
}

int
sim_hold_unlock (SimHold *hold, int level)
{
  SimLocks *locks = hold->of;
  if (hold->level <= level)
    return SQLITE_OK;
  if (locks->owner == hold)
    locks->owner = NULL;
  if (level == SQLITE_LOCK_NONE)
    locks->shared--;
  hold->level = level;
  return SQLITE_OK;
}

int
sim_hold_reserved (const SimHold *hold, int *out)
{
  *out = hold->of->owner != NULL;
  return SQLITE_OK;
}

/* --- the log's index --- */

int
sim_hold_map (SimHold *hold, int region, int size, gboolean extend, void volatile **out)
{
  SimLocks *locks = hold->of;
  locks->mapped += !hold->mapped;
  hold->mapped = TRUE;
  while (extend && (int)locks->regions->len <= region)
    g_ptr_array_add (locks->regions, g_malloc0 ((gsize)size));
  *out = region < (int)locks->regions->len ? locks->regions->pdata[region] : NULL;
  return SQLITE_OK;
}

static gboolean
is_free (const SimHold *hold, int slot, gboolean exclusive)
{
  const SimLocks *locks = hold->of;
  guint own = (hold->shared >> slot) & 1;
  return (locks->writers[slot] == NULL || locks->writers[slot] == hold) &&
         (!exclusive || locks->readers[slot] == own);
}

static void
take_slot (SimHold *hold, int slot, gboolean exclusive)
{
  SimLocks *locks = hold->of;
  guint bit = 1U << slot;
  if (exclusive)
    {
      locks->writers[slot] = hold;
      hold->exclusive |= bit;
    }
  else if (!(hold->shared & bit))
    {
      locks->readers[slot]++;
      hold->shared |= bit;
    }
}

static void
give_slot (SimHold *hold, int slot)
{
  SimLocks *locks = hold->of;
  guint bit = 1U << slot;
  if (hold->exclusive & bit)
    locks->writers[slot] = NULL;
  if (hold->shared & bit)
    locks->readers[slot]--;
  hold->exclusive &= ~bit;
  hold->shared &= ~bit;
}

int
sim_hold_slots (SimHold *hold, int first, int n, int flags)
{
  gboolean exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int slot = first; (flags & SQLITE_SHM_LOCK) && slot < first + n; slot++)
    if (!is_free (hold, slot, exclusive))
      return SQLITE_BUSY;
  for (int slot = first; slot < first + n; slot++)
    if (flags & SQLITE_SHM_LOCK)
      take_slot (hold, slot, exclusive);
    else
      give_slot (hold, slot);
  return SQLITE_OK;
}

int
sim_hold_unmap (SimHold *hold)
{
  if (!hold->mapped)
    return SQLITE_OK;
  for (int slot = 0; slot < SQLITE_SHM_NLOCK; slot++)
    give_slot (hold, slot);
  hold->mapped = FALSE;
  if (--hold->of->mapped == 0)
    g_ptr_array_set_size (hold->of->regions, 0);
  return SQLITE_OK;
}
