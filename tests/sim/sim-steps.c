/* What happens next: one thing at a time, drawn. */
#include "sim.h"

#include "quay-server-office.h"
#include "quay-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECOND 1000
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)
#define TILLS_MOST 7
#define CUT_WITHIN 40 /* writes */

static SimTill *
any_till (SimWorld *world)
{
  SimTill *till = world->tills->pdata[sim_draw (world, world->tills->len)];
  return till->gone ? NULL : till;
}

static gboolean
is_on (SimTill *till)
{
  return till != NULL && sim_till_lives (till);
}

/* --- everyday --- */

static void
exchange (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (!is_on (till))
    return;
  for (guint n = (guint)sim_draw (world, 12) + 1; n > 0; n--)
    {
      if (sim_till_act (till))
        continue;
      if (!is_on (till) || till->engine == NULL)
        return;
      gint64 until = quay_sync_engine_next (till->engine, world->now)->until;
      if (sim_chance (world, 400))
        quay_sync_engine_ask (till->engine, world->now);
      else if (sim_chance (world, 500) && until > world->now)
        world->now = MIN (until, world->now + HOUR / 3);
      else
        return;
    }
}

static void
sell (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (is_on (till))
    sim_till_sell (till, (guint)sim_draw (world, 4) / 2 + 1);
}

static void
pass_time (SimWorld *world)
{
  world->now += sim_chance (world, 800) ? (gint64)sim_draw (world, 2 * 60 * SECOND)
                                        : (gint64)sim_draw (world, 6 * HOUR);
  SimTill *till = any_till (world);
  if (is_on (till) && till->engine != NULL)
    quay_sync_engine_link_up (till->engine, world->now);
}

/* Checkpoints. */
static void
do_quiet_work (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (world->server.server != NULL && sim_chance (world, 300))
    quay_server_rest (world->server.server);
  if (world->server.disk->dead && world->server.server != NULL)
    sim_server_crash (world, TRUE);
  if (!is_on (till))
    return;
  quay_store_idle_now (till->store, NULL);
  sim_log (world, "till %u has a quiet moment", till->no);
}

/* People look after what stands still. */
static void
look_after (SimWorld *world)
{
  if (world->server.server == NULL && sim_chance (world, 400))
    sim_server_start (world);
  SimTill *till = any_till (world);
  if (till == NULL)
    return;
  if (till->fresh)
    {
      if (sim_till_enrol (till, quay_id_is_nil (&till->replaces) ? NULL : &till->replaces))
        {
          till->fresh = FALSE;
          sim_till_start (till);
        }
      return;
    }
  if (till->store == NULL)
    {
      sim_till_start (till);
      return;
    }
  if (!is_on (till) || till->engine == NULL)
    return;
  QuaySyncWhat what = quay_sync_engine_state (till->engine)->what;
  if (what == QUAY_SYNC_REVOKED || what == QUAY_SYNC_UNKNOWN_TILL || what == QUAY_SYNC_OFF)
    sim_till_enrol (till, NULL);
}

/* --- trouble --- */

static void
cut_power (SimWorld *world)
{
  gboolean at_server = sim_chance (world, 350);
  SimTill *till = any_till (world);
  SimDisk *disk = at_server ? world->server.disk : is_on (till) ? till->disk : NULL;
  if (disk == NULL)
    return;
  if (sim_chance (world, 700))
    {
      disk->cut_at = disk->writes + 1 + sim_draw (world, CUT_WITHIN);
      sim_log (world, "the power of %s %u will fail", at_server ? "the server" : "till",
               at_server ? 0 : till->no);
    }
  else if (!at_server)
    sim_till_crash (till, sim_chance (world, 500));
  else if (world->server.server != NULL)
    sim_server_crash (world, sim_chance (world, 500));
}

static void
fill_disk (SimWorld *world)
{
  SimTill *till = any_till (world);
  SimDisk *disk = sim_chance (world, 300) ? world->server.disk : till != NULL ? till->disk : NULL;
  if (disk == NULL)
    return;
  disk->full = !disk->full;
  sim_log (world, "%s is %s", disk == world->server.disk ? "the server's disk" : "a till's disk",
           disk->full ? "full" : "not full");
}

static void
turn_clock (SimWorld *world)
{
  static const gint64 jumps[] = { -1 * HOUR, 366 * (gint64)DAY, 5 * 60 * SECOND, 0, 0 };
  SimTill *till = any_till (world);
  SimClock *clock = till != NULL && sim_chance (world, 850) ? &till->clock : &world->server.clock;
  if (sim_chance (world, 150) && clock != &world->server.clock)
    clock->skew = -SIM_START_MS - world->now; /* 1970 */
  else
    clock->skew = jumps[sim_draw (world, G_N_ELEMENTS (jumps))];
  sim_log (world, "a clock is %" G_GINT64_FORMAT " s wrong", clock->skew / SECOND);
}

static void
remove_file (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_unlink (path);
}

static void
copy_server (SimWorld *world)
{
  SimServer *server = &world->server;
  if (server->server == NULL)
    return;
  sim_server_stop (world);
  g_free (server->image);
  server->image = sim_new_dir (world, "night");
  sim_copy_dir (server->dir, server->image);
  sim_server_start (world);
}

static void
restore_server (SimWorld *world)
{
  SimServer *server = &world->server;
  if (server->image == NULL)
    return;
  if (server->server != NULL)
    sim_server_stop (world);
  remove_file (server->dir, "province.db-wal");
  remove_file (server->dir, "province.db-shm");
  sim_copy_dir (server->image, server->dir);
  sim_log (world, "the server goes back to last night");
  sim_check_server_restored (world);
  sim_server_start (world);
}

static void
server_goes_back (SimWorld *world)
{
  if (world->server.image == NULL || sim_chance (world, 400))
    copy_server (world);
  else
    restore_server (world);
}

static void
copy_till (SimTill *till)
{
  sim_till_stop (till);
  g_clear_pointer (&till->image, sim_image_free);
  till->image = sim_image_new (till);
  sim_log (till->world, "till %u is copied", till->no);
  sim_till_start (till);
}

/* Its file as it was, or its whole folder; the note of the head of now, of then, or none. */
static void
restore_till (SimTill *till)
{
  SimWorld *world = till->world;
  gboolean folder = sim_chance (world, 400);
  sim_till_stop (till);
  g_autofree char *head = g_build_filename (till->dir, "quay.head", NULL);
  g_autofree char *keys = g_build_filename (till->dir, "quay.keys", NULL);
  g_autofree char *head_now = NULL;
  g_autofree char *keys_now = NULL;
  gsize head_len = 0;
  gsize keys_len = 0;
  g_file_get_contents (head, &head_now, &head_len, NULL);
  g_file_get_contents (keys, &keys_now, &keys_len, NULL);
  remove_file (till->dir, "quay.db-wal");
  remove_file (till->dir, "quay.db-shm");
  sim_copy_dir (till->image->dir, till->dir);
  if (!folder && keys_now != NULL)
    g_file_set_contents_full (keys, keys_now, (gssize)keys_len, G_FILE_SET_CONTENTS_CONSISTENT,
                              0600, NULL);
  if (!folder && head_now != NULL && sim_chance (world, 500))
    g_file_set_contents_full (head, head_now, (gssize)head_len, G_FILE_SET_CONTENTS_CONSISTENT,
                              0600, NULL);
  else if (!folder)
    g_unlink (head);
  g_hash_table_unref (till->alive);
  till->alive = sim_copy_ids (till->image->alive);
  g_hash_table_remove_all (till->maybe);
  g_hash_table_remove_all (till->noted);
  sim_log (world, "till %u goes back, %s", till->no, folder ? "its folder" : "its file");
  sim_till_start (till);
}

static void
lose_till (SimTill *till)
{
  SimWorld *world = till->world;
  guint on = 0;
  for (guint i = 0; i < world->tills->len; i++)
    on += !((SimTill *)world->tills->pdata[i])->gone;
  if (on < 2 || world->tills->len >= TILLS_MOST || till->keys == NULL)
    return;
  QuayId id = till->keys->till;
  sim_till_stop (till);
  till->gone = TRUE;
  sim_log (world, "till %u is lost", till->no);
  SimTill *fresh = sim_till_new (world, NULL, till->site);
  fresh->fresh = TRUE;
  fresh->replaces = sim_chance (world, 700) ? id : QUAY_ID_NIL;
}

static void
till_goes_back (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (!is_on (till))
    return;
  if (sim_chance (world, 150))
    lose_till (till);
  else if (till->image == NULL || sim_chance (world, 400))
    copy_till (till);
  else
    restore_till (till);
}

/* The folder is copied to a second computer, and both go on. */
static void
clone_till (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (!is_on (till) || world->tills->len >= TILLS_MOST)
    return;
  sim_till_stop (till);
  SimTill *clone = sim_till_new (world, till->dir, till->site);
  g_hash_table_unref (clone->alive);
  clone->alive = sim_copy_ids (till->alive);
  sim_log (world, "till %u is copied to till %u", till->no, clone->no);
  sim_till_start (till);
  sim_till_start (clone);
}

static void
revoke_till (SimWorld *world)
{
  SimTill *till = any_till (world);
  g_autoptr (GError) error = NULL;
  if (!is_on (till) || till->keys == NULL || world->server.server == NULL)
    return;
  quay_server_revoke (world->server.server, &till->keys->till, &error);
  sim_log (world, "till %u is revoked: %s", till->no, error != NULL ? error->message : "done");
  if (world->server.disk->dead)
    sim_server_crash (world, TRUE);
}

static void
append_strange (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (is_on (till))
    sim_till_append_strange (till);
}

static void
forge (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (is_on (till) && till->keys != NULL && till->keys->enrolled)
    sim_forge (till);
}

static void
rush (SimWorld *world)
{
  SimTill *till = any_till (world);
  if (is_on (till))
    sim_till_rush (till);
}

static void
change_key (SimWorld *world)
{
  guint8 seed[32];
  SimTill *till = any_till (world);
  if (!is_on (till) || till->engine == NULL)
    return;
  till->env.random (till->env.data, seed, sizeof seed);
  sim_log (world, "till %u wants a new key", till->no);
  quay_sync_engine_rotate (till->engine, seed, world->now);
}

/* --- the draw --- */

static void
make_trouble (SimWorld *world)
{
  const SimPlan *plan = &world->plan;
  const struct
  {
    gboolean may;
    guint of_1000;
    void (*func) (SimWorld *world);
  } troubles[] = {
    { plan->crashes, 300, cut_power },
    { plan->full, 150, fill_disk },
    { plan->clocks, 120, turn_clock },
    { plan->server_back, 200, server_goes_back },
    { plan->tills_back, 250, till_goes_back },
    { plan->clones, 200, clone_till },
    { plan->revokes, 100, revoke_till },
    { plan->held, 200, append_strange },
    { plan->forgers, 150, forge },
    { plan->rush, 100, rush },
    { plan->keys, 200, change_key },
    { plan->registry, 200, sim_server_import },
  };
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (troubles[i].may && sim_chance (world, troubles[i].of_1000))
      troubles[i].func (world);
}

void
sim_step (SimWorld *world)
{
  guint64 what = sim_draw (world, 1000);
  world->n_steps++;
  if (what < 430)
    exchange (world);
  else if (what < 650)
    sell (world);
  else if (what < 700)
    sim_carry_late (world);
  else if (what < 750)
    pass_time (world);
  else if (what < 780)
    do_quiet_work (world);
  else if (what < 850)
    look_after (world);
  else
    make_trouble (world);
  for (guint i = 0; i < world->tills->len; i++)
    sim_till_lives (world->tills->pdata[i]);
  if (world->server.server != NULL && world->server.disk->dead)
    sim_server_crash (world, TRUE);
}
