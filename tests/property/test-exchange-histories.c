/* The law of exchange: whatever tills of one shop do, whatever happens to their disks and to the
 * server's, and in whatever order runs come: when all is exchanged, the tables of all are equal, no
 * event that anybody had is lost, none is counted twice, and every file replays. */
#include "quay-store-private.h"
#include "quay-test-exchange.h"
#include "quay-test.h"
#include "random-events.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define HISTORIES 8
#define STEPS 160
#define TILLS 4 /* the last one is a copy of another's disk */

/* @settled: it has exchanged since its disk, or the server's, last went back: before that, what it
 * alone has may be all there is of something. */
typedef struct
{
  char *dir;
  QuayTestEnv env;
  QuayStore *store;
  QuayEvent *sale;
  GBytes *image;
  gboolean settled;
} Node;

typedef struct
{
  GRand *chance;
  Node tills[TILLS];
  Node server;
} World;

/* --- nodes --- */

static void
open_node (Node *node)
{
  g_autoptr (GError) error = NULL;
  node->store = quay_store_open_full (node->dir, &node->env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
}

static void
make_node (Node *node, const char *code, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  *node = (Node){ .dir = quay_test_dir (), .settled = TRUE };
  quay_test_env_init (&node->env, seed);
  g_assert_true (quay_store_create (node->dir, code, &node->env.env, &error));
  g_assert_no_error (error);
  open_node (node);
}

static void
clear_node (Node *node)
{
  quay_store_close (node->store);
  quay_test_remove (node->dir);
  quay_event_free (node->sale);
  g_clear_pointer (&node->image, g_bytes_unref);
  g_free (node->dir);
}

static void
take_image (Node *node)
{
  char *bytes;
  gsize len;
  g_autofree char *path = g_build_filename (node->dir, QUAY_STORE_FILE, NULL);
  quay_store_close (node->store);
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_clear_pointer (&node->image, g_bytes_unref);
  node->image = g_bytes_new_take (bytes, len);
  open_node (node);
}

/* @noticed: the note of the head is still there, and tells. */
static void
put_image (Node *node, GBytes *image, gboolean noticed)
{
  gsize len;
  const char *bytes = g_bytes_get_data (image, &len);
  g_autofree char *path = g_build_filename (node->dir, QUAY_STORE_FILE, NULL);
  g_autofree char *head = g_build_filename (node->dir, "quay.head", NULL);
  quay_store_close (node->store);
  if (!noticed)
    g_unlink (head);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)len, NULL));
  open_node (node);
  node->settled = FALSE;
}

/* --- steps --- */

static void
do_verb (Node *node, GRand *chance)
{
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  for (int n = g_rand_int_range (chance, 1, 4); n > 0; n--)
    {
      QuayEventKind kind = (guint)g_rand_int_range (chance, 1, QUAY_N_EVENT_KINDS);
      quay_txn_add (txn, random_event (chance, kind, node->sale));
    }
  g_autoptr (QuayResult) result = quay_store_commit (node->store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  QuayEvent *last = result->events->pdata[result->events->len - 1];
  if (last->kind != QUAY_EVENT_SALE)
    return;
  quay_event_free (node->sale);
  node->sale = g_ptr_array_steal_index (result->events, result->events->len - 1);
}

static void
exchange (World *world, Node *node)
{
  quay_test_sync (node->store, world->server.store, (guint)g_rand_int_range (world->chance, 1, 60));
  node->settled = TRUE;
}

static void
server_goes_back (World *world)
{
  for (guint i = 0; i < TILLS; i++)
    if (!world->tills[i].settled)
      return;
  if (world->server.image == NULL)
    return;
  put_image (&world->server, world->server.image, FALSE);
  for (guint i = 0; i < TILLS; i++)
    world->tills[i].settled = FALSE;
}

static void
do_step (World *world)
{
  GRand *chance = world->chance;
  Node *node = &world->tills[g_rand_int_range (chance, 0, TILLS)];
  int what = g_rand_int_range (chance, 0, 100);
  if (what < 48)
    do_verb (node, chance);
  else if (what < 66)
    exchange (world, node);
  else if (what < 72)
    take_image (node);
  else if (what < 83 && node->image != NULL && node->settled)
    put_image (node, node->image, g_rand_int_range (chance, 0, 4) == 0);
  else if (what < 86 && world->tills[0].image != NULL && world->tills[TILLS - 1].settled)
    put_image (&world->tills[TILLS - 1], world->tills[0].image, FALSE);
  else if (what < 89)
    take_image (&world->server);
  else if (what < 92)
    server_goes_back (world);
  else if (what < 94)
    quay_store_new_chain (node->store, NULL, NULL, 0, NULL);
  else
    quay_test_pull_all (node->store, world->server.store, 7);
}

/* --- what must be true --- */

/* How much happened: chains begun, and versions of chains that stand no more. */
static void
tell (World *world)
{
  guint superseded = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) states = quay_store_chains (world->server.store, &error);
  for (guint i = 0; i < TILLS; i++)
    {
      g_autofree char *path = g_build_filename (world->tills[i].dir, QUAY_STORE_FILE, NULL);
      g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_READ, NULL, &error);
      gint64 n;
      g_assert_true (quay_db_get_int (
          db, "SELECT count(*) FROM chain WHERE superseded_from IS NOT NULL", &n, &error));
      superseded += (guint)n;
    }
  g_test_message ("%u chains, %u superseded branches", states->len, superseded);
}

/* Adds the ids of all events that the node has booked. */
static void
collect (Node *node, GHashTable *events)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  g_autofree char *path = g_build_filename (node->dir, QUAY_STORE_FILE, NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT event FROM booked", -1, &stmt, NULL), ==,
                   SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_hash_table_add (events, g_memdup2 (sqlite3_column_blob (stmt, 0), sizeof (QuayId)));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

static void
assert_replays (Node *node)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  quay_store_verify (node->store, TRUE, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
}

static void
settle (World *world)
{
  for (guint round = 0; round < 4; round++)
    for (guint i = 0; i < TILLS; i++)
      exchange (world, &world->tills[(i + round) % TILLS]);
  for (guint i = 0; i < TILLS; i++)
    exchange (world, &world->tills[i]);
}

static void
check (World *world)
{
  g_autoptr (GHashTable) had =
      g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
  g_autoptr (GHashTable) has =
      g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL);
  for (guint i = 0; i < TILLS; i++)
    collect (&world->tills[i], had);
  collect (&world->server, had);
  settle (world);
  collect (&world->server, has);
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, had);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (has, id));
  for (guint i = 0; i < TILLS; i++)
    {
      quay_test_assert_equal (world->tills[i].store, world->server.store);
      assert_replays (&world->tills[i]);
    }
  assert_replays (&world->server);
  tell (world);
}

static void
test_histories (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  for (guint history = 0; history < HISTORIES; history++)
    {
      World world = { .chance = chance };
      make_node (&world.server, "TINH", 1000 + history);
      for (guint i = 0; i < TILLS; i++)
        {
          g_autofree char *code = g_strdup_printf ("QT%u", i + 1);
          make_node (&world.tills[i], code, 100 * history + i);
        }
      take_image (&world.tills[0]);
      put_image (&world.tills[TILLS - 1], world.tills[0].image, FALSE);
      for (guint i = 0; i < STEPS; i++)
        do_step (&world);
      check (&world);
      for (guint i = 0; i < TILLS; i++)
        clear_node (&world.tills[i]);
      clear_node (&world.server);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/histories", test_histories);
  return g_test_run ();
}
