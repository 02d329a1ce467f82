/* The world's frame: chance, time, the log, folders, and what every history begins with. */
#include "sim.h"

#include "quay-server-office.h"
#include "quay-sync.h"
#include "quay-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define LINES_KEPT 60
#define TEMPLATE_TILLS 5

static char *template_dir;
static QuayId template_sites[SIM_SITES];

/* --- chance --- */

/* Steele, Lea, Flood: SplitMix64. */
static guint64
next (SimWorld *world)
{
  guint64 z = world->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint64
sim_draw (SimWorld *world, guint64 below)
{
  return below > 1 ? next (world) % below : 0;
}

guint64
sim_draw_cb (gpointer world, guint64 below)
{
  return sim_draw (world, below);
}

gboolean
sim_chance (SimWorld *world, guint n)
{
  return sim_draw (world, 1000) < n;
}

static gint64
wall_ms (gpointer data)
{
  const SimClock *clock = data;
  return MAX (SIM_START_MS + clock->world->now + clock->skew, 0);
}

static gint64
mono_ms (gpointer data)
{
  SimClock *clock = data;
  clock->looks += clock->pace;
  return clock->world->now + clock->looks;
}

static void
fill_random (gpointer data, guint8 *bytes, gsize n)
{
  const SimClock *clock = data;
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8)next (clock->world);
}

void
sim_env_init (QuayEnv *env, SimClock *clock)
{
  *env = (QuayEnv){ wall_ms, mono_ms, fill_random, clock, QUAY_ID_NIL };
}

/* --- the log --- */

/* Errors name files; where the histories lie is no part of them. */
static char *
without_folder (SimWorld *world, const char *text)
{
  if (strstr (text, world->dir) == NULL)
    return g_strdup (text);
  g_auto (GStrv) parts = g_strsplit (text, world->dir, -1);
  return g_strjoinv ("", parts);
}

void
sim_log (SimWorld *world, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *said = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *text = without_folder (world, said);
  char *line = g_strdup_printf ("%4u %9.3f s  %s", world->n_steps, (double)world->now / 1000, text);
  g_checksum_update (world->history, (const guchar *)line, -1);
  if (world->verbose)
    g_print ("%s\n", line);
  g_queue_push_tail (&world->lines, line);
  if (world->lines.length > LINES_KEPT)
    g_free (g_queue_pop_head (&world->lines));
}

void
sim_fail (SimWorld *world, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  if (world->failure == NULL)
    world->failure = g_strdup (text);
  sim_log (world, "FAILED: %s", text);
}

/* --- folders --- */

static void
copy_file (const char *from, const char *to)
{
  static char bytes[1 << 20];
  int in = open (from, O_RDONLY | O_CLOEXEC);
  int out = open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gssize n = -1;
  while (in >= 0 && out >= 0 && (n = read (in, bytes, sizeof bytes)) > 0)
    if (write (out, bytes, (gsize)n) != n)
      break;
  if (n != 0)
    g_error ("can't copy %s", from);
  close (in);
  close (out);
}

void
sim_copy_dir (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;
  g_mkdir (to, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      if (!g_str_has_suffix (name, "-shm") && !g_str_has_suffix (name, "lock"))
        copy_file (source, target);
    }
}

char *
sim_new_dir (SimWorld *world, const char *word)
{
  char *dir = g_strdup_printf ("%s/%s%u", world->dir, word, world->n_folders++);
  g_mkdir (dir, 0700);
  return dir;
}

/* --- what every history begins with --- */

static void
make_till (SimWorld *world, guint no)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_strdup_printf ("%s/till%u", template_dir, no);
  g_autofree char *code = g_strdup_printf ("QT%u", no % 3 + 1);
  QuayEnrolled enrolled = { 0 };
  SimClock clock = { world };
  QuayEnv env;
  gint64 until;
  guint site = no / 3;
  sim_env_init (&env, &clock);
  QuayId id = quay_id_new (&env);
  quay_store_create_as (dir, code, "A", &id, &env, &error);
  g_assert_no_error (error);
  g_autofree char *secret =
      quay_server_make_code (world->server.server, &template_sites[site], NULL, &until, &error);
  g_assert_no_error (error);
  quay_sync_enrol (dir, SIM_URL, NULL, &id, code, "A", secret, &enrolled, &error);
  g_assert_no_error (error);
  g_assert_true (enrolled.present_chain);
  quay_enrolled_clear (&enrolled);
}

void
sim_template_make (const char *dir)
{
  static const char *const names[SIM_SITES] = { "Quế Thanh", "Bản Giốc" };
  g_autoptr (GError) error = NULL;
  SimWorld world = { .calm = TRUE, .history = g_checksum_new (G_CHECKSUM_SHA256) };
  template_dir = g_build_filename (dir, "template", NULL);
  g_mkdir (template_dir, 0700);
  world.dir = template_dir;
  world.answers = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_answer_free);
  world.had = g_hash_table_new (NULL, NULL);
  world.server.dir = g_build_filename (template_dir, "server", NULL);
  world.server.url = g_strconcat ("sqlite:", world.server.dir, "/province.db", NULL);
  world.server.clock.world = &world;
  world.server.noted = g_hash_table_new (NULL, NULL);
  world.server.disk = sim_disk_new (world.server.dir);
  g_mkdir (world.server.dir, 0700);
  sim_env_init (&world.server.env, &world.server.clock);
  sim_net_set_world (&world);
  g_assert_true (sim_server_start (&world));
  for (guint i = 0; i < SIM_SITES; i++)
    {
      quay_server_add_site (world.server.server, names[i], "02155", &template_sites[i], &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < TEMPLATE_TILLS; i++)
    make_till (&world, i);
  sim_server_stop (&world);
  sim_net_set_world (NULL);
  sim_disk_free (world.server.disk);
  g_free (world.server.dir);
  g_free (world.server.url);
  g_hash_table_unref (world.server.noted);
  g_hash_table_unref (world.had);
  g_ptr_array_unref (world.answers);
  g_checksum_free (world.history);
  g_queue_clear_full (&world.lines, g_free);
  g_assert_cmpstr (world.failure, ==, NULL);
}

static void
draw_plan (SimWorld *world)
{
  SimPlan *plan = &world->plan;
  static const guint network[] = { 0, 50, 150, 300, 500 };
  plan->network = network[sim_draw (world, G_N_ELEMENTS (network))];
  plan->crashes = sim_chance (world, 600);
  plan->full = sim_chance (world, 250);
  plan->clocks = sim_chance (world, 400);
  plan->server_back = sim_chance (world, 300);
  plan->tills_back = sim_chance (world, 400);
  plan->clones = sim_chance (world, plan->tills_back || plan->server_back ? 600 : 300);
  plan->revokes = sim_chance (world, 300);
  plan->held = sim_chance (world, 300);
  plan->forgers = sim_chance (world, 200);
  plan->rush = sim_chance (world, 100);
  plan->keys = sim_chance (world, 300);
  plan->registry = sim_chance (world, 300);
  plan->steps = (guint)(40 + sim_draw (world, 160));
  sim_log (world,
           "plan: network %u, crashes %d, full %d, clocks %d, server back %d, tills back %d, "
           "clones %d, revokes %d, held %d, forgers %d, rush %d, keys %d, registry %d, %u steps",
           plan->network, plan->crashes, plan->full, plan->clocks, plan->server_back,
           plan->tills_back, plan->clones, plan->revokes, plan->held, plan->forgers, plan->rush,
           plan->keys, plan->registry, plan->steps);
}

static void
add_tills (SimWorld *world)
{
  guint n = (guint)(2 + sim_draw (world, 3));
  guint first = (guint)sim_draw (world, TEMPLATE_TILLS - n + 1);
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *from = g_strdup_printf ("%s/till%u", template_dir, i);
      SimTill *till = sim_till_new (world, from, i / 3);
      sim_till_start (till);
    }
}

SimWorld *
sim_world_new (guint64 seed, const char *dir, gboolean verbose)
{
  g_autofree char *from = g_build_filename (template_dir, "server", NULL);
  SimWorld *world = g_new0 (SimWorld, 1);
  world->seed = seed;
  world->state = seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d);
  world->verbose = verbose;
  world->history = g_checksum_new (G_CHECKSUM_SHA256);
  world->dir = g_strdup_printf ("%s/%" G_GUINT64_FORMAT, dir, seed);
  world->chance = g_rand_new_with_seed ((guint32)next (world));
  world->tills = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_till_free);
  world->late = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_request_free);
  world->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_answer_free);
  world->persons = g_array_new (FALSE, FALSE, sizeof (SimPerson));
  world->written = g_hash_table_new_full (quay_id_hash, (GEqualFunc)quay_hash_equal, g_free, NULL);
  world->had = g_hash_table_new_full (quay_id_hash, (GEqualFunc)quay_hash_equal, g_free, NULL);
  memcpy (world->sites, template_sites, sizeof world->sites);
  g_mkdir (world->dir, 0700);
  SimServer *server = &world->server;
  server->dir = g_build_filename (world->dir, "server", NULL);
  server->url = g_strconcat ("sqlite:", server->dir, "/province.db", NULL);
  server->clock.world = world;
  server->noted = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  sim_copy_dir (from, server->dir);
  server->disk = sim_disk_new (server->dir);
  sim_env_init (&server->env, &server->clock);
  sim_net_set_world (world);
  draw_plan (world);
  sim_server_start (world);
  add_tills (world);
  return world;
}

void
sim_world_free (SimWorld *world)
{
  g_ptr_array_unref (world->tills);
  if (world->server.server != NULL)
    sim_server_stop (world);
  sim_net_set_world (NULL);
  sim_disk_free (world->server.disk);
  g_hash_table_unref (world->server.noted);
  g_free (world->server.dir);
  g_free (world->server.url);
  g_free (world->server.image);
  g_ptr_array_unref (world->late);
  g_ptr_array_unref (world->answers);
  g_array_unref (world->persons);
  g_hash_table_unref (world->written);
  g_hash_table_unref (world->had);
  g_queue_clear_full (&world->lines, g_free);
  g_checksum_free (world->history);
  g_rand_free (world->chance);
  quay_test_remove (world->dir);
  g_free (world->dir);
  g_free (world->failure);
  g_free (world);
}
