/* What taking others' records costs the counter: sales at an even pace, alone, and while a backlog
 * of another till is taken beside them, by turns, so that a slow moment of the disk hits both; and
 * how fast the backlog is taken with nobody at the counter.
 *
 * usage: bench-pull EVENTS REPEATS DIR          DIR is empty or missing; it is filled
 *
 * The sales are those of the tests: up to four lines of 400 products. */
#include "bench.h"

#include "quay-store-private.h"
#include "quay-store-sync.h"
#include "quay-test.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define PRODUCTS 400
#define PACE_NS (5 * 1000 * 1000)
#define BATCH 200
#define RUN 500
#define SLICE 60 /* sales */
#define ROOM (4 * 1024 * 1024)

typedef struct
{
  char *dir;
  QuayTestEnv env;
  GRand *chance;
  QuayStore *store;
} Shop;

static void
open_shop (Shop *shop, const char *under, const char *code, guint seed)
{
  g_autoptr (GError) error = NULL;
  shop->dir = g_build_filename (under, code, NULL);
  shop->chance = g_rand_new_with_seed (seed);
  quay_test_env_init (&shop->env, seed);
  quay_store_create (shop->dir, code, &shop->env.env, &error);
  bench_die_if (error);
  shop->store =
      quay_store_open_full (shop->dir, &shop->env.env, NULL, QUAY_STORE_NO_BACKUPS, &error);
  bench_die_if (error);
}

static void
close_shop (Shop *shop)
{
  quay_store_close (shop->store);
  quay_test_remove (shop->dir);
  g_rand_free (shop->chance);
  g_free (shop->dir);
}

static void
fill (Shop *shop, guint events)
{
  for (guint done = 0; done < events;)
    {
      g_autoptr (GError) error = NULL;
      QuayTxn *txn = quay_txn_new ();
      for (guint i = 0; i < BATCH && done < events; i++, done++)
        quay_txn_add (txn, quay_test_sale (shop->chance, PRODUCTS, NULL));
      g_autoptr (QuayResult) result =
          quay_store_commit (shop->store, txn, QUAY_LANE_BACKGROUND, &error);
      bench_die_if (error);
    }
}

/* --- taking --- */

typedef struct
{
  Shop *from;
  QuayStore *to;
  gint64 ns;
  guint64 taken;
  GMutex lock;
  GCond changed;
  gboolean go;      /* may run */
  gboolean running; /* does */
  gboolean done;
} Pull;

static void
pull_init (Pull *pull, Shop *from, QuayStore *to)
{
  *pull = (Pull){ .from = from, .to = to, .go = TRUE };
  g_mutex_init (&pull->lock);
  g_cond_init (&pull->changed);
}

static void
pull_clear (Pull *pull)
{
  g_mutex_clear (&pull->lock);
  g_cond_clear (&pull->changed);
}

/* Between two runs: waits while it is not its turn. */
static void
pull_turn (Pull *pull, gboolean done)
{
  g_mutex_lock (&pull->lock);
  pull->done = done;
  pull->running = FALSE;
  g_cond_broadcast (&pull->changed);
  while (!pull->go && !done)
    g_cond_wait (&pull->changed, &pull->lock);
  pull->running = !done;
  g_mutex_unlock (&pull->lock);
}

/* Lets it run or waits until it does not; FALSE when it is done. */
static gboolean
pull_let (Pull *pull, gboolean go)
{
  g_mutex_lock (&pull->lock);
  pull->go = go;
  g_cond_broadcast (&pull->changed);
  while (!go && pull->running)
    g_cond_wait (&pull->changed, &pull->lock);
  gboolean more = !pull->done;
  g_mutex_unlock (&pull->lock);
  return more;
}

static gpointer
pull_all (gpointer data)
{
  Pull *pull = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) chains = quay_store_chains (pull->from->store, &error);
  bench_die_if (error);
  const QuayChainState *chain = &g_array_index (chains, QuayChainState, 0);
  for (guint64 seq = 1; seq <= chain->seq;)
    {
      guint64 n;
      pull_turn (pull, FALSE);
      gint64 begun = bench_now_ns ();
      g_autoptr (QuayEnvelope) run =
          quay_store_read_run (pull->from->store, &chain->id, seq, RUN, ROOM, &error);
      bench_die_if (error);
      quay_store_take_run (pull->to, run, &n, &error);
      bench_die_if (error);
      pull->taken += n;
      seq += run->records->len;
      pull->ns += bench_now_ns () - begun;
    }
  pull_turn (pull, TRUE);
  return NULL;
}

/* --- selling --- */

static void
sell (Shop *shop, guint n, BenchSamples *samples)
{
  gint64 next = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      QuayTxn *txn = quay_txn_new ();
      quay_txn_add (txn, quay_test_sale (shop->chance, PRODUCTS, NULL));
      next += PACE_NS;
      g_usleep ((gulong)MAX (0, (next - bench_now_ns ()) / 1000));
      bench_samples_begin (samples);
      g_autoptr (QuayResult) result =
          quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error);
      bench_samples_end (samples);
      bench_die_if (error);
    }
}

static void
say_pull (guint repeat, const char *name, Pull *pull)
{
  bench_say (repeat, name, "taken_per_s", (double)pull->taken * 1e9 / (double)pull->ns);
  pull_clear (pull);
}

static void
run_repeat (Shop *from, const char *dir, guint repeat)
{
  Shop shop;
  Shop quiet;
  Pull pull;
  Pull idle;
  open_shop (&shop, dir, "QT2", 100 + repeat);
  open_shop (&quiet, dir, "QT3", 200 + repeat);
  g_autoptr (BenchSamples) alone = bench_samples_new (1000);
  g_autoptr (BenchSamples) beside = bench_samples_new (1000);
  sell (&shop, SLICE, alone); /* to warm up */
  g_array_set_size (alone->ns, 0);
  pull_init (&pull, from, shop.store);
  GThread *thread = g_thread_new ("pull", pull_all, &pull);
  while (pull_let (&pull, TRUE))
    {
      sell (&shop, SLICE, beside);
      pull_let (&pull, FALSE);
      sell (&shop, SLICE, alone);
    }
  g_thread_join (thread);
  bench_say_samples (repeat, "alone", alone);
  bench_say_samples (repeat, "beside", beside);
  say_pull (repeat, "beside", &pull);
  pull_init (&idle, from, quiet.store);
  pull_all (&idle);
  say_pull (repeat, "idle", &idle);
  close_shop (&shop);
  close_shop (&quiet);
}

int
main (int argc, char **argv)
{
  Shop from;
  if (argc != 4)
    {
      g_printerr ("usage: bench-pull EVENTS REPEATS DIR\n");
      return 2;
    }
  guint events = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  guint repeats = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  g_mkdir_with_parents (argv[3], 0700);
  open_shop (&from, argv[3], "QT1", 1);
  fill (&from, events);
  for (guint i = 0; i < repeats; i++)
    run_repeat (&from, argv[3], i);
  close_shop (&from);
  return 0;
}
