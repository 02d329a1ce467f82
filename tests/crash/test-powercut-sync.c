/* Power cuts while records from elsewhere are taken and chains are begun: at moments all along the
 * record the disk is rebuilt as a cut could leave it. The file opens, is sound and replays, lacks
 * nothing that was done, and takes the rest. */
#include "cut-vfs.h"

#include "quay-store-private.h"
#include "quay-test-exchange.h"
#include "quay-test.h"

#include <glib/gstdio.h>

#define PRODUCTS 60
#define RECORDS 90
#define REBUILD_EVERY 12
#define ROOM (1 << 20)

/* What was done by a moment: so many records are in the journal for good. */
typedef struct
{
  guint moment;
  gint64 records;
} Done;

typedef struct
{
  char *dir;
  QuayTestEnv env;
  GRand *chance;
  guint base;
  guint end;
  GArray *done;          /* Done */
  QuayEnvelope *runs[3]; /* of another till: the chain, two other versions of its end */
  QuayEnvelope *own;     /* another life of the own chain */
} Recording;

static Recording recording;

/* --- what is taken --- */

static QuayStore *
make_store (const char *dir, QuayTestEnv *env, const char *code, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  quay_test_env_init (env, seed);
  g_assert_true (quay_store_create (dir, code, &env->env, &error));
  g_assert_no_error (error);
  QuayStore *store = quay_store_open_full (dir, &env->env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  return store;
}

static void
sell (QuayStore *store, GRand *chance, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      QuayTxn *txn = quay_txn_new ();
      quay_txn_add (txn, quay_test_sale (chance, PRODUCTS, NULL));
      g_autoptr (QuayResult) result = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
      g_assert_no_error (error);
    }
}

static QuayEnvelope *
read_own (QuayStore *store, guint64 from)
{
  g_autoptr (GError) error = NULL;
  QuayChainState mine = quay_test_mine (store);
  QuayEnvelope *run = quay_store_read_run (store, &mine.id, from, 1000, ROOM, &error);
  g_assert_no_error (error);
  return run;
}

/* Lives of one disk: all but the first go on from a copy taken after @before sales. */
static void
make_lives (const char *code, guint before, guint after, QuayEnvelope **runs, guint n,
            GBytes **image)
{
  QuayTestEnv env;
  gsize len;
  char *bytes;
  g_autofree char *dir = quay_test_dir ();
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  g_autofree char *head = g_build_filename (dir, "quay.head", NULL);
  QuayStore *store = make_store (dir, &env, code, 5 + before);
  sell (store, recording.chance, before);
  quay_store_close (store);
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  *image = g_bytes_new_take (bytes, len);
  for (guint i = 0; i < n; i++)
    {
      g_unlink (head);
      g_assert_true (g_file_set_contents (path, bytes, (gssize)len, NULL));
      store = quay_store_open_full (dir, &env.env, NULL, QUAY_STORE_QUIET, NULL);
      sell (store, recording.chance, after);
      runs[i] = read_own (store, i == 0 ? 1 : before + 2);
      quay_store_close (store);
    }
  quay_test_remove (dir);
}

/* --- the record --- */

static gint64
count_records (const char *path)
{
  gint64 n;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_READ, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_db_get_int (db, "SELECT count(*) FROM journal", &n, &error));
  return n;
}

static void
note_done (const char *path)
{
  Done done = { cut_vfs_now (), count_records (path) };
  g_array_append_val (recording.done, done);
}

static void
do_all (QuayStore *store, const char *path)
{
  g_autoptr (GError) error = NULL;
  note_done (path);
  for (guint i = 0; i < G_N_ELEMENTS (recording.runs); i++)
    {
      g_assert_true (quay_store_take_run (store, recording.runs[i], NULL, &error));
      note_done (path);
      sell (store, recording.chance, 1);
      note_done (path);
    }
  guint64 last = quay_test_mine (store).seq;
  QuayId chain = quay_test_mine (store).id;
  g_assert_true (quay_store_set_acked (store, &chain, last, NULL, 1795402805123, &error));
  g_assert_true (quay_store_new_chain (store, NULL, NULL, last - 20, &error));
  note_done (path);
  sell (store, recording.chance, 1);
  note_done (path);
  g_assert_true (quay_store_take_run (store, recording.own, NULL, &error)); /* moves what it has */
  g_assert_no_error (error);
  note_done (path);
}

static void
record (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GBytes) image = NULL;
  QuayEnvelope *lives[2];
  recording.chance = g_rand_new_with_seed (4);
  recording.done = g_array_new (FALSE, FALSE, sizeof (Done));
  recording.dir = quay_test_dir ();
  g_autofree char *path = g_build_filename (recording.dir, QUAY_STORE_FILE, NULL);
  make_lives ("QT2", RECORDS / 3, RECORDS, recording.runs, G_N_ELEMENTS (recording.runs), &other);
  make_lives ("QT1", 10, 30, lives, G_N_ELEMENTS (lives), &image);
  recording.own = lives[1];
  quay_envelope_free (lives[0]);
  quay_test_env_init (&recording.env, 9);
  gsize len;
  const char *bytes = g_bytes_get_data (image, &len);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)len, NULL));
  cut_vfs_register ();
  cut_vfs_start (path);
  QuayStore *store = quay_store_open_full (recording.dir, &recording.env.env, CUT_VFS_NAME,
                                           QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  recording.base = cut_vfs_now ();
  sell (store, recording.chance, 40);
  do_all (store, path);
  quay_store_close (store);
  recording.end = cut_vfs_now ();
  g_test_message ("%u operations, %u syncs", recording.end - recording.base,
                  cut_vfs_syncs (recording.base, recording.end));
}

/* --- the cuts --- */

/* The same again on what the cut has left: what is there is known, the rest is taken. */
static void
go_on (QuayStore *store)
{
  g_autoptr (GError) error = NULL;
  const QuayEnvelope *last = recording.runs[G_N_ELEMENTS (recording.runs) - 1];
  QuayChainState state;
  if (!quay_test_chain (store, &last->chain, &state) || state.seq < (guint64)last->from - 1)
    g_assert_true (quay_store_take_run (store, recording.runs[0], NULL, &error));
  quay_store_take_run (store, last, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_test_chain (store, &last->chain, &state));
  g_assert_true (quay_hash_equal (&state.head, &last->head));
  sell (store, recording.chance, 1);
}

static void
assert_sound (QuayStore *store, gboolean rebuild)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  quay_store_verify (store, rebuild, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
}

static void
examine (const char *dir, const char *path, guint moment, gboolean rebuild)
{
  g_autoptr (GError) error = NULL;
  QuayTestEnv env;
  gint64 least = 0;
  quay_test_env_init (&env, 10 + moment);
  QuayStore *store = quay_store_open_full (dir, &env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < recording.done->len; i++)
    if (g_array_index (recording.done, Done, i).moment <= moment)
      least = g_array_index (recording.done, Done, i).records;
  g_assert_cmpint (count_records (path), >=, least);
  assert_sound (store, rebuild);
  if (rebuild)
    {
      go_on (store);
      assert_sound (store, TRUE);
    }
  quay_store_close (store);
}

static void
try_cuts (gconstpointer data)
{
  CutMode mode = (CutMode)GPOINTER_TO_INT (data);
  g_autofree char *dir = quay_test_dir ();
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  guint states = 0;
  for (guint moment = recording.base; moment < recording.end; moment++, states++)
    {
      g_autoptr (GRand) chance = g_rand_new_with_seed (moment);
      quay_test_remove (dir); /* each state is a disk of its own */
      g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
      cut_vfs_build (path, recording.base, moment, mode, chance);
      examine (dir, path, moment, states % REBUILD_EVERY == 0);
    }
  quay_test_remove (dir);
  g_test_message ("%u states", states);
  g_assert_cmpuint (states, >, recording.done->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  record ();
  g_test_add_data_func ("/powercut-sync/sectors-old-or-new", GINT_TO_POINTER (CUT_CLEAN), try_cuts);
  g_test_add_data_func ("/powercut-sync/sectors-torn", GINT_TO_POINTER (CUT_TORN), try_cuts);
  int failed = g_test_run ();
  quay_test_remove (recording.dir);
  for (guint i = 0; i < G_N_ELEMENTS (recording.runs); i++)
    quay_envelope_free (recording.runs[i]);
  quay_envelope_free (recording.own);
  g_array_unref (recording.done);
  g_rand_free (recording.chance);
  g_free (recording.dir);
  return failed;
}
