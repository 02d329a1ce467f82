/* The power-cut simulator: the real store sells on a recording VFS; then for moments all along the
 * record the disk is rebuilt as a power cut could leave it, opened by the real store and checked:
 * no reported sale lost, none half there, no gap in the numbers, the chain whole.
 * QUAY_CUT_SALES and QUAY_CUT_SEEDS make it longer. */
#include "cut-vfs.h"

#include "quay-reader.h"
#include "quay-store-private.h"
#include "quay-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define N_PRODUCTS 400
#define FULL_CHECK_EVERY 16

typedef struct
{
  char *dir;
  guint base;
  GArray *acked; /* guint: the moment at which each sale was reported done */
  guint end;
} Recording;

/* What the states of one mode came to. */
typedef struct
{
  guint states;
  guint corrupt;
  guint broken; /* totals, gaps, chain */
  guint lost;   /* states that lack a reported sale */
} Tally;

static Recording recording;

static guint
asked (const char *name, guint fallback)
{
  const char *text = g_getenv (name);
  gint64 n;
  return text != NULL && g_ascii_string_to_signed (text, 10, 1, 1000000, &n, NULL) ? (guint)n
                                                                                   : fallback;
}

/* Sells @n more; each commit's end is a moment that must never be lost. */
static void
sell (QuayTestEnv *env, GRand *chance, guint n, QuayStoreFlags flags)
{
  g_autoptr (GError) error = NULL;
  QuayStore *store = quay_store_open_full (recording.dir, &env->env, CUT_VFS_NAME,
                                           QUAY_STORE_QUIET | flags, &error);
  g_assert_no_error (error);
  if (recording.base == 0)
    recording.base = cut_vfs_now ();
  for (guint i = 0; i < n; i++)
    {
      QuayTxn *txn = quay_txn_new ();
      quay_txn_add (txn, quay_test_sale (chance, N_PRODUCTS, NULL));
      g_autoptr (QuayResult) result = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
      g_assert_no_error (error);
      guint now = cut_vfs_now ();
      g_array_append_val (recording.acked, now);
    }
  quay_store_close (store);
}

static void
record_sales (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) chance = g_rand_new_with_seed (42);
  QuayTestEnv env;
  guint n = asked ("QUAY_CUT_SALES", 60);
  quay_test_env_init (&env, 7);
  recording.dir = quay_test_dir ();
  recording.acked = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *path = g_build_filename (recording.dir, QUAY_STORE_FILE, NULL);
  g_assert_true (quay_store_create (recording.dir, "QT1", &env.env, &error));
  g_assert_no_error (error);
  cut_vfs_register ();
  cut_vfs_start (path);
  sell (&env, chance, n / 2, 0); /* its close checkpoints: the cut may fall into that … */
  /* … and into the log's second life over the blocks of its first, full again and again */
  sell (&env, chance, n - n / 2, QUAY_STORE_SMALL_LOG);
  recording.end = cut_vfs_now ();
  g_test_message ("%u sales, %u operations, %u syncs", n, recording.end - recording.base,
                  cut_vfs_syncs (recording.base, recording.end));
}

static gint64
ask_number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt;
  gint64 n = -1;
  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

/* The sales of a file by plain SQL, apart from the store's own checks; −1 if they don't agree. */
static gint64
count_whole_sales (const char *path)
{
  sqlite3 *db;
  gint64 sales = -1;
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      gint64 total = ask_number (db, "SELECT coalesce (sum (total), 0) FROM sale");
      sales = ask_number (db, "SELECT count (*) FROM sale");
      if (total != ask_number (db, "SELECT coalesce (sum (amount), 0) FROM sale_line") ||
          total != ask_number (db, "SELECT coalesce (sum (amount), 0) FROM payment") ||
          sales != ask_number (db, "SELECT coalesce (sum (n), 0) FROM running "
                                   "WHERE what = 'number'") ||
          sales != ask_number (db, "SELECT count (DISTINCT number) FROM sale") ||
          sales + 1 != ask_number (db, "SELECT count (*) FROM journal") ||
          0 != ask_number (db, "SELECT coalesce (sum (qty), 0) FROM "
                               "(SELECT qty FROM stock_balance UNION ALL "
                               "SELECT -qty FROM stock_move)"))
        sales = -1;
    }
  sqlite3_close (db);
  return sales;
}

/* Opens a rebuilt disk with the real store; −1 corrupt, −2 broken, else the sales that it has. */
static gint64
examine (const char *dir, const char *path, gboolean fully)
{
  g_autoptr (GError) error = NULL;
  QuayTestEnv env;
  QuayVerdict verdict = { 0 };
  quay_test_env_init (&env, 8);
  QuayStore *store = quay_store_open_full (dir, &env.env, NULL, QUAY_STORE_QUIET, &error);
  if (store == NULL)
    return -1;
  gboolean sound = !fully || (quay_store_verify (store, FALSE, &verdict, &error) && verdict.ok);
  if (!sound)
    g_test_message ("verify: %s", verdict.why != NULL ? verdict.why : error->message);
  quay_verdict_clear (&verdict);
  quay_store_close (store);
  gint64 sales = count_whole_sales (path);
  return sound && sales >= 0 ? sales : -2;
}

static Tally
try_cuts (CutMode mode, guint seeds, guint stride)
{
  Tally tally = { 0 };
  g_autofree char *dir = quay_test_dir ();
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  guint acked = 0;
  guint told = 0;
  for (guint moment = recording.base; moment < recording.end; moment += stride)
    {
      while (acked < recording.acked->len &&
             g_array_index (recording.acked, guint, acked) <= moment)
        acked++;
      for (guint seed = 0; seed < seeds; seed++, tally.states++)
        {
          g_autoptr (GRand) chance = g_rand_new_with_seed (moment * 1000 + seed);
          quay_test_remove (
              dir); /* each state is a disk of its own, with no note of another's head */
          g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
          cut_vfs_build (path, recording.base, moment, mode, chance);
          gint64 sales = examine (dir, path, tally.states % FULL_CHECK_EVERY == 0);
          tally.corrupt += sales == -1;
          tally.broken += sales == -2;
          tally.lost += sales >= 0 && (guint)sales < acked;
          if (sales < (gint64)acked && mode != CUT_NO_SYNCS && ++told <= 10)
            g_test_message ("moment %u seed %u: %" G_GINT64_FORMAT " of %u reported sales", moment,
                            seed, sales, acked);
        }
    }
  quay_test_remove (dir);
  g_test_message ("%u states: %u corrupt, %u broken, %u lost a sale", tally.states, tally.corrupt,
                  tally.broken, tally.lost);
  return tally;
}

static void
expect_nothing_lost (CutMode mode)
{
  Tally tally = try_cuts (mode, asked ("QUAY_CUT_SEEDS", 1), 1);
  g_assert_cmpuint (tally.states, >, recording.acked->len);
  g_assert_cmpuint (tally.corrupt, ==, 0);
  g_assert_cmpuint (tally.broken, ==, 0);
  g_assert_cmpuint (tally.lost, ==, 0);
}

static void
test_old_or_new (void)
{
  expect_nothing_lost (CUT_CLEAN);
}

static void
test_torn_sectors (void)
{
  expect_nothing_lost (CUT_TORN);
}

/* The simulator itself must be able to find a loss: on a disk that ignores syncs it has to. */
static void
test_finds_losses (void)
{
  Tally tally = try_cuts (CUT_NO_SYNCS, 1, 5);
  g_assert_cmpuint (tally.corrupt + tally.broken + tally.lost, >, tally.states / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  record_sales ();
  g_test_add_func ("/powercut/sectors-old-or-new", test_old_or_new);
  g_test_add_func ("/powercut/sectors-torn", test_torn_sectors);
  g_test_add_func ("/powercut/finds-losses", test_finds_losses);
  int failed = g_test_run ();
  quay_test_remove (recording.dir);
  return failed;
}
