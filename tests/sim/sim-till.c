/* A till's computer: on, off, crashed; its folder, its copies; its engine. */
#include "sim.h"

#include "quay-server-office.h"
#include "quay-sync.h"
#include "quay-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define PACE_MS 3 /* of a clock that makes long transactions end early */

GHashTable *
sim_new_ids (void)
{
  return g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
}

GHashTable *
sim_copy_ids (GHashTable *ids)
{
  GHashTable *copy = sim_new_ids ();
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_memdup2 (id, sizeof (QuayId)));
  return copy;
}

/* --- made and gone --- */

SimTill *
sim_till_new (SimWorld *world, const char *from, guint site)
{
  SimTill *till = g_new0 (SimTill, 1);
  till->world = world;
  till->no = world->tills->len;
  till->site = site;
  till->dir = sim_new_dir (world, "till");
  if (from != NULL)
    sim_copy_dir (from, till->dir);
  till->disk = sim_disk_new (till->dir);
  till->clock.world = world;
  till->alive = sim_new_ids ();
  till->maybe = sim_new_ids ();
  till->noted = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  sim_env_init (&till->env, &till->clock);
  till->id = quay_id_new (&till->env);
  g_ptr_array_add (world->tills, till);
  return till;
}

void
sim_till_drop_flight (SimTill *till)
{
  till->flight = SIM_NOT_SENT;
  g_clear_pointer (&till->request, sim_request_free);
  g_clear_pointer (&till->answer, sim_answer_free);
}

static void
close_all (SimTill *till)
{
  sim_till_drop_flight (till);
  g_clear_pointer (&till->engine, quay_sync_engine_free);
  g_clear_pointer (&till->keys, quay_sync_keys_free);
  g_clear_pointer (&till->store, quay_store_close);
}

void
sim_till_free (SimTill *till)
{
  close_all (till);
  sim_disk_free (till->disk);
  g_clear_pointer (&till->image, sim_image_free);
  g_hash_table_unref (till->alive);
  g_hash_table_unref (till->maybe);
  g_hash_table_unref (till->noted);
  g_free (till->secret);
  g_free (till->dir);
  g_free (till);
}

SimImage *
sim_image_new (SimTill *till)
{
  SimImage *image = g_new0 (SimImage, 1);
  image->dir = sim_new_dir (till->world, "image");
  image->alive = sim_copy_ids (till->alive);
  sim_copy_dir (till->dir, image->dir);
  return image;
}

void
sim_image_free (SimImage *image)
{
  g_hash_table_unref (image->alive);
  g_free (image->dir);
  g_free (image);
}

/* --- on and off --- */

/* The store's thread waits for no one here. */
static void
appended_cb (gpointer data)
{
  ((SimTill *)data)->appended = TRUE;
}

static guint64
random_cb (gpointer data)
{
  guint64 bits;
  SimTill *till = data;
  till->env.random (till->env.data, (guint8 *)&bits, sizeof bits);
  return bits;
}

void
sim_till_make_engine (SimTill *till)
{
  g_autoptr (GError) error = NULL;
  sim_till_drop_flight (till);
  g_clear_pointer (&till->engine, quay_sync_engine_free);
  g_clear_pointer (&till->keys, quay_sync_keys_free);
  till->keys = quay_sync_keys_load (till->dir, &error);
  if (till->keys == NULL)
    sim_fail (till->world, "till %u: keys: %s", till->no, error->message);
  else
    till->engine = quay_sync_engine_new (till->keys, random_cb, till);
}

/* What failed in an unknown way has happened, or has not. */
static void
settle_maybe (SimTill *till)
{
  GHashTableIter iter;
  gpointer id;
  gint64 pos;
  g_autoptr (GError) error = NULL;
  if (g_hash_table_size (till->maybe) == 0)
    return;
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, &error);
  g_hash_table_iter_init (&iter, till->maybe);
  while (aside != NULL && g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (quay_apply_find (aside->db, id, &pos, &error))
        g_hash_table_add (till->alive, g_memdup2 (id, sizeof (QuayId)));
      g_hash_table_iter_remove (&iter);
    }
  if (error != NULL && !till->disk->dead)
    sim_fail (till->world, "till %u can't be read: %s", till->no, error->message);
}

gboolean
sim_till_start (SimTill *till)
{
  SimWorld *world = till->world;
  g_autoptr (GError) error = NULL;
  till->clock.pace = sim_chance (world, 300) ? PACE_MS : 0;
  till->store = quay_store_open_full (till->dir, &till->env, SIM_VFS_NAME,
                                      QUAY_STORE_QUIET | QUAY_STORE_NO_BACKUPS, &error);
  sim_log (world, "till %u starts: %s%s", till->no,
           till->store != NULL ? quay_store_chain_letter (till->store) : error->message,
           till->store != NULL && quay_store_was_rolled_back (till->store) ? ", went back" : "");
  if (till->store == NULL && !till->disk->dead && !till->disk->full)
    sim_fail (world, "till %u does not start: %s", till->no, error->message);
  if (till->store == NULL)
    {
      if (till->disk->dead)
        sim_disk_restart (till->disk, TRUE, sim_draw_cb, world);
      return FALSE;
    }
  settle_maybe (till);
  till->appended = FALSE;
  quay_store_set_appended (till->store, appended_cb, till);
  sim_till_make_engine (till);
  sim_check_till (till);
  return TRUE;
}

void
sim_till_stop (SimTill *till)
{
  if (till->store == NULL)
    return;
  close_all (till);
  gboolean dead = till->disk->dead;
  sim_log (till->world, "till %u stops%s", till->no, dead ? ", cut short" : "");
  sim_disk_restart (till->disk, dead, sim_draw_cb, till->world);
}

void
sim_till_crash (SimTill *till, gboolean power)
{
  SimWorld *world = till->world;
  if (till->store == NULL)
    return;
  power = power || till->disk->dead;
  till->disk->dead = TRUE;
  if (till->request != NULL && sim_chance (world, 500))
    g_ptr_array_add (world->late, g_steal_pointer (&till->request));
  close_all (till);
  sim_disk_restart (till->disk, power, sim_draw_cb, world);
  sim_log (world, "till %u crashes%s", till->no, power ? ", power cut" : "");
}

gboolean
sim_till_lives (SimTill *till)
{
  if (till->store != NULL && till->disk->dead)
    sim_till_crash (till, TRUE);
  return till->store != NULL;
}

/* --- the engine --- */

static void
take_off (SimTill *till, const QuaySyncAction *action)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  SimRequest *request = g_new0 (SimRequest, 1);
  quay_id_to_text (&till->keys->till, id);
  request->path = g_strdup (action->path);
  request->till = g_strdup (id);
  request->body = g_bytes_ref (action->body);
  request->packed = action->packed;
  request->headers =
      (QuaySigned){ g_strdup (action->headers->digest), g_strdup (action->headers->input),
                    g_strdup (action->headers->sig) };
  till->request = request;
  till->flight = SIM_ON_ITS_WAY;
}

/* An answer that is not the server's to this request changes nothing: the engine waits. */
static void
check_unmoved (SimTill *till)
{
  const QuaySyncAction *next = quay_sync_engine_next (till->engine, till->world->now - 1);
  QuaySyncWhat what = quay_sync_engine_state (till->engine)->what;
  if ((next->what != QUAY_SYNC_WAIT && next->what != QUAY_SYNC_CHAINS) ||
      (what != QUAY_SYNC_NOT_OURS && what != QUAY_SYNC_BUSY))
    sim_fail (till->world, "till %u believes an answer that is not the server's to its request",
              till->no);
}

static void
land (SimTill *till)
{
  SimWorld *world = till->world;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  SimAnswer *answer = g_steal_pointer (&till->answer);
  SimFlight flight = till->flight;
  gboolean ours = answer != NULL && answer->ours &&
                  g_strcmp0 (answer->digest, till->request->headers.digest) == 0;
  sim_till_drop_flight (till);
  if (flight == SIM_LOST)
    {
      quay_sync_engine_failed (till->engine, till->lost, "lost", world->now);
      return;
    }
  QuaySyncAnswer reply = { answer->status,
                           answer->type,
                           answer->packed,
                           answer->body != NULL ? answer->body : empty,
                           answer->headers,
                           answer->wait,
                           (gint64)sim_draw (world, 15000) };
  quay_sync_engine_answer (till->engine, &reply, world->now, till->env.wall_ms (till->env.data));
  if (!ours)
    check_unmoved (till);
  sim_answer_free (answer);
}

static const char *
name_of (QuaySyncDo what)
{
  static const char *const names[] = { "wait", "send", "chains",    "read", "hash",
                                       "ack",  "take", "new chain", "keys", "persons" };
  return names[what];
}

static void
store_step (SimTill *till, const QuaySyncAction *action)
{
  SimWorld *world = till->world;
  QuaySyncDo what = action->what;
  if (what >= QUAY_SYNC_ACKED)
    sim_log (world, "till %u: %s %" G_GUINT64_FORMAT, till->no, name_of (what), action->seq);
  if (what == QUAY_SYNC_KEYS && till->disk->dead)
    return;
  quay_sync_step (till->engine, till->store, action, world->now);
  if (what >= QUAY_SYNC_ACKED && !till->disk->dead)
    sim_check_till (till);
}

gboolean
sim_till_act (SimTill *till)
{
  SimWorld *world = till->world;
  if (!sim_till_lives (till) || till->engine == NULL)
    return FALSE;
  switch (till->flight)
    {
    case SIM_ON_ITS_WAY:
      sim_carry (till);
      return TRUE;
    case SIM_ANSWERED:
    case SIM_LOST:
      land (till);
      return TRUE;
    default:
      break;
    }
  if (till->appended)
    quay_sync_engine_appended (till->engine, world->now);
  till->appended = FALSE;
  const QuaySyncAction *action = quay_sync_engine_next (till->engine, world->now);
  if (action->what == QUAY_SYNC_WAIT)
    return FALSE;
  if (action->what == QUAY_SYNC_SEND)
    take_off (till, action);
  else
    store_step (till, action);
  return sim_till_lives (till);
}

/* --- enrolment --- */

/* The people at the till ask the office for a code, and use it until it is used up. */
static gboolean
get_secret (SimTill *till, const QuayId *replaces)
{
  SimWorld *world = till->world;
  gint64 until;
  g_autoptr (GError) error = NULL;
  if (world->server.server == NULL || till->secret != NULL)
    return till->secret != NULL;
  till->secret = quay_server_make_code (world->server.server, &world->sites[till->site], replaces,
                                        &until, &error);
  if (till->secret == NULL && !world->server.disk->dead && !world->server.disk->full)
    sim_fail (world, "no code for till %u: %s", till->no, error->message);
  return till->secret != NULL;
}

static gboolean
create (SimTill *till, const QuayEnrolled *enrolled, GError **error)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (till->dir, error);
  return keys != NULL && quay_store_create_as (till->dir, enrolled->code, enrolled->letter,
                                               &keys->till, &till->env, error);
}

gboolean
sim_till_enrol (SimTill *till, const QuayId *replaces)
{
  SimWorld *world = till->world;
  QuayEnrolled enrolled = { 0 };
  g_autoptr (GError) error = NULL;
  QuayId id = till->store != NULL ? quay_store_till_id (till->store) : till->id;
  const char *code = till->store != NULL ? quay_store_till_code (till->store) : NULL;
  const char *letter = till->store != NULL ? quay_store_chain_letter (till->store) : NULL;
  if (!get_secret (till, replaces))
    return FALSE;
  gboolean ok = quay_sync_enrol (till->dir, SIM_URL, NULL, &id, code, letter, till->secret,
                                 &enrolled, &error);
  sim_log (world, "till %u enrols: %s %s %s", till->no, ok ? "done" : error->message,
           ok ? enrolled.code : "", ok ? enrolled.letter : "");
  if (ok && till->store == NULL)
    ok = create (till, &enrolled, &error);
  else if (ok && !enrolled.present_chain)
    ok = quay_store_new_chain (till->store, enrolled.code, enrolled.letter, 0, &error);
  if (ok || g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
    g_clear_pointer (&till->secret, g_free); /* a code that is refused is thrown away */
  quay_enrolled_clear (&enrolled);
  if (ok && till->store != NULL && !till->disk->dead)
    {
      sim_check_till (till);
      sim_till_make_engine (till);
    }
  return ok;
}
