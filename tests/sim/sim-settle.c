/* The end of a history: no more faults, everything is exchanged, and then all must be equal. */
#include "sim.h"

#include <string.h>

#define ROUNDS_MOST 40
#define ACTS_MOST 5000
#define WAITS_MOST 12

/* --- quiet --- */

/* One till exchanges until it has nothing to do; FALSE if it does not come to that now. */
static gboolean
take_turn (SimTill *till)
{
  SimWorld *world = till->world;
  guint waits = 0;
  if (till->fresh)
    {
      if (!sim_till_enrol (till, quay_id_is_nil (&till->replaces) ? NULL : &till->replaces))
        return FALSE;
      till->fresh = FALSE;
    }
  if (till->store == NULL && !sim_till_start (till))
    return FALSE;
  quay_sync_engine_ask (till->engine, world->now);
  for (guint acts = 0; acts < ACTS_MOST && world->failure == NULL; acts++)
    {
      if (sim_till_act (till))
        continue;
      QuaySyncWhat what = quay_sync_engine_state (till->engine)->what;
      if (what == QUAY_SYNC_IDLE && !till->appended)
        return TRUE;
      if (++waits > WAITS_MOST)
        {
          sim_log (world, "till %u waits: %s", till->no,
                   quay_sync_engine_state (till->engine)->why);
          return FALSE;
        }
      if (what == QUAY_SYNC_REVOKED || what == QUAY_SYNC_UNKNOWN_TILL || what == QUAY_SYNC_OFF)
        sim_till_enrol (till, NULL);
      world->now += 1000;
      quay_sync_engine_ask (till->engine, world->now);
    }
  sim_fail (world, "till %u exchanges without end", till->no);
  return FALSE;
}

/* Every chain's end and every person's key, everywhere. */
static char *
sum_heads (SimWorld *world)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < world->tills->len; i++)
    {
      SimTill *till = world->tills->pdata[i];
      g_autoptr (GArray) chains =
          till->store != NULL ? quay_store_chains (till->store, NULL) : NULL;
      if (till->store != NULL)
        sim_person_sum (till, sum);
      for (guint j = 0; chains != NULL && j < chains->len; j++)
        {
          const QuayChainState *chain = &g_array_index (chains, QuayChainState, j);
          g_checksum_update (sum, chain->id.b, sizeof chain->id.b);
          g_checksum_update (sum, chain->head.b, sizeof chain->head.b);
          g_checksum_update (sum, (const guchar *)&chain->acked, sizeof chain->acked);
        }
    }
  return g_strdup (g_checksum_get_string (sum));
}

static void
calm_down (SimWorld *world)
{
  world->calm = TRUE;
  world->server.disk->full = FALSE;
  world->server.disk->cut_at = 0;
  world->server.clock.skew = 0;
  for (guint i = 0; i < world->tills->len; i++)
    {
      SimTill *till = world->tills->pdata[i];
      till->disk->full = FALSE;
      till->disk->cut_at = 0;
    }
  sim_log (world, "the faults are over");
  if (world->server.server == NULL)
    sim_server_start (world);
  while (world->late->len > 0 && world->failure == NULL)
    sim_carry_late (world);
}

static gboolean
exchange_all (SimWorld *world)
{
  g_autofree char *before = sum_heads (world);
  for (guint round = 0; round < ROUNDS_MOST && world->failure == NULL; round++)
    {
      gboolean idle = TRUE;
      for (guint i = 0; i < world->tills->len && world->failure == NULL; i++)
        {
          SimTill *till = world->tills->pdata[i];
          if (!till->gone)
            idle = take_turn (till) && idle;
        }
      g_autofree char *now = sum_heads (world);
      if (idle && strcmp (now, before) == 0)
        return TRUE;
      g_free (before);
      before = g_steal_pointer (&now);
    }
  sim_fail (world, "no rest after %u rounds", ROUNDS_MOST);
  return FALSE;
}

void
sim_settle (SimWorld *world, gboolean deep)
{
  calm_down (world);
  if (world->failure == NULL && sim_chance (world, 500) && exchange_all (world))
    sim_check_tills_equal (world); /* also before anything new is sold */
  for (guint i = 0; i < world->tills->len && world->failure == NULL; i++)
    {
      SimTill *till = world->tills->pdata[i];
      if (!till->gone && sim_till_lives (till))
        sim_till_sell (till, 1); /* each goes on after what it went through */
    }
  if (world->failure == NULL && exchange_all (world))
    sim_check_end (world, deep);
}
