/* What a durable sale costs: the real store committing three-line sales, at different numbers of
 * past sales, beside a bare 4 KiB append + fdatasync in the same folder. The cases of a repeat run
 * one after the other, each repeat beginning with another, so that a slow minute hits all of them.
 *
 * usage: bench-commit SALES REPEATS FLOOR_DIR NAME=SHOP_DIR…       shops are sold in: give copies
 *
 * Products are drawn evenly from the whole catalogue, the worst case for the stock figures: real
 * sales keep to a few pages. The store does no idle work, so the log is brought into the file by
 * the rule for a full log alone, and each sale pays for its share of that. */
#include "bench.h"
#include "count-vfs.h"

#include "quay-reader.h"
#include "quay-store-private.h"
#include "quay-tax.h"
#include "quay-tender.h"
#include "quay-till.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINES 3
#define WARM_UP 20
#define QUEUED 4
#define BLOCK 4096
#define FRAME (BLOCK + 24) /* a page in the log and its head */

typedef struct
{
  guint sales;
  const char *floor_dir;
  GRand *chance;
  gint64 now_ms;
} Bench;

/* One shop that is sold in. */
typedef struct
{
  char *name;
  char *dir;
} Shop;

/* --- the floor --- */

static void
die_of_errno (const char *what)
{
  g_printerr ("bench-commit: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

static void
run_bare (Bench *bench, guint repeat)
{
  g_autoptr (BenchSamples) samples = bench_samples_new (bench->sales);
  g_autofree char *path = g_build_filename (bench->floor_dir, "bare.bin", NULL);
  guint8 block[BLOCK];
  memset (block, 0x51, sizeof block);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    die_of_errno (path);
  gint64 begun = bench_now_ns ();
  for (guint i = 0; i < bench->sales; i++)
    {
      bench_samples_begin (samples);
      if (write (fd, block, sizeof block) != (gssize)sizeof block || fdatasync (fd) != 0)
        die_of_errno (path);
      bench_samples_end (samples);
    }
  bench_say (repeat, "bare", "per_s", bench->sales * 1e9 / (double)(bench_now_ns () - begun));
  bench_say_samples (repeat, "bare", samples);
  close (fd);
  g_unlink (path);
}

/* --- sales --- */

/* A millisecond or more between two sales, as at any counter: their ids then follow one another. */
static gint64
step_ms (gpointer data)
{
  return ++((Bench *)data)->now_ms;
}

static QuayId
new_id (Bench *bench)
{
  QuayEnv env = *quay_till_system_env ();
  QuayEnv stepping = { step_ms, step_ms, env.random, bench, env.boot };
  return quay_id_new (&stepping);
}

static QuayLine *
draw_line (Bench *bench, QuayReader *reader, const QuayAsOf *at, GArray *nos)
{
  for (;;)
    {
      gint32 n = g_rand_int_range (bench->chance, 0, (gint32)nos->len);
      g_autoptr (QuayItem) item =
          quay_reader_item_by_no (reader, at, g_array_index (nos, gint64, n));
      if (item == NULL || !item->has_price)
        continue;
      QuayQty qty = item->weighed ? QUAY_MILLI (g_rand_int_range (bench->chance, 50, 3000))
                                  : QUAY_UNITS (g_rand_int_range (bench->chance, 1, 5));
      g_autoptr (QuayLine) line = quay_item_to_line (item, qty, NULL);
      if (line != NULL && quay_line_price (line, NULL))
        return g_steal_pointer (&line);
    }
}

/* What the sales of a shop have in common. */
typedef struct
{
  QuayAsOf at;
  QuayId shift;
  GArray *nos;
} Counter;

/* As the till composes it (quay-till-pay.c): the sale, and its open cart forgotten. */
static QuayTxn *
make_sale (Bench *bench, QuayReader *reader, const Counter *counter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) taxes = NULL;
  QuayMoney change;
  QuayEvent *event = quay_event_new (QUAY_EVENT_SALE);
  QuaySale *sale = event->body;
  event->id = new_id (bench);
  event->who = g_strdup ("QL");
  event->loc = counter->at.loc;
  event->shift = counter->shift;
  sale->age = QUAY_AGE_CONFIRMED;
  sale->lines = g_ptr_array_new ();
  for (guint i = 0; i < LINES; i++)
    g_ptr_array_add (sale->lines, draw_line (bench, reader, &counter->at, counter->nos));
  quay_tax_apply (sale->lines, &taxes, &error);
  bench_die_if (error);
  for (guint i = 0; i < taxes->len; i++)
    {
      sale->total.dong += g_array_index (taxes, QuayTaxRow, i).gross.dong;
      sale->vat.dong += g_array_index (taxes, QuayTaxRow, i).vat.dong;
    }
  QuayPayment *cash = g_new0 (QuayPayment, 1);
  cash->given = QUAY_DONG (sale->total.dong + 5000);
  sale->payments = g_ptr_array_new ();
  g_ptr_array_add (sale->payments, cash);
  quay_tender_settle (sale->total, sale->payments, &change, &error);
  bench_die_if (error);
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, event);
  quay_txn_drop_draft (txn, &event->id);
  return txn;
}

static void
commit (QuayStore *store, QuayTxn *txn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayResult) result = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
  bench_die_if (error);
}

/* The open shift, opened if there is none: its cash in the drawer is part of what a sale writes. */
static QuayId
find_shift (QuayStore *store, QuayReader *reader)
{
  QuayId shift;
  if (quay_reader_open_shift (reader, &shift, NULL, NULL))
    return shift;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_event_new (QUAY_EVENT_SHIFT_OPENED);
  event->id = shift = quay_id_new (quay_till_system_env ());
  event->who = g_strdup ("QL");
  quay_txn_add (txn, event);
  commit (store, txn);
  return shift;
}

/* Transactions ready to be committed, so that composing them is not timed. */
static GPtrArray *
make_sales (Bench *bench, QuayStore *store, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayReader) reader = quay_reader_new (store, &error);
  bench_die_if (error);
  g_autoptr (GArray) nos = quay_reader_item_nos (reader, NULL, QUAY_ITEMS_BY_RANK, FALSE);
  g_autofree char *floor = quay_reader_setting (reader, "shop.floor");
  Counter counter = { .shift = find_shift (store, reader), .nos = nos };
  counter.at.day = quay_day_at (quay_till_system_env ()->wall_ms (NULL), 0);
  if (nos->len == 0 || floor == NULL || !quay_id_from_text (floor, &counter.at.loc))
    {
      g_printerr ("bench-commit: the shop has no products or no floor\n");
      exit (1);
    }
  GPtrArray *sales = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sales, make_sale (bench, reader, &counter));
  return sales;
}

/* --- sales that wait in the queue --- */

typedef struct
{
  QuayStore *store;
  GPtrArray *sales;
  guint next;
  guint waiting;
} Queue;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Queue *queue = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayResult) done = quay_store_commit_finish (queue->store, result, &error);
  bench_die_if (error);
  queue->waiting--;
}

/* The store always has the next sale at hand: what it can do, apart from the way of the answers. */
static void
run_queued (Bench *bench, guint repeat, const char *name, QuayStore *store)
{
  g_autofree char *what = g_strconcat (name, "-queued", NULL);
  g_autoptr (GPtrArray) sales = make_sales (bench, store, bench->sales);
  Queue queue = { .store = store, .sales = sales };
  gint64 begun = bench_now_ns ();
  while (queue.next < sales->len || queue.waiting > 0)
    {
      while (queue.waiting < QUEUED && queue.next < sales->len)
        {
          quay_store_commit_async (store, sales->pdata[queue.next++], QUAY_LANE_COUNTER, NULL,
                                   answered_cb, &queue);
          queue.waiting++;
        }
      g_main_context_iteration (NULL, TRUE);
    }
  bench_say (repeat, what, "per_s", bench->sales * 1e9 / (double)(bench_now_ns () - begun));
}

static void
run_shop (Bench *bench, guint repeat, const Shop *shop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenchSamples) samples = bench_samples_new (bench->sales);
  QuayStore *store =
      quay_store_open_full (shop->dir, quay_till_system_env (), NULL, QUAY_STORE_QUIET, &error);
  bench_die_if (error);
  g_autoptr (GPtrArray) sales = make_sales (bench, store, WARM_UP + bench->sales);
  for (guint i = 0; i < WARM_UP; i++)
    commit (store, sales->pdata[i]);
  CountVfs before = count_vfs_now ();
  gint64 begun = bench_now_ns ();
  for (guint i = 0; i < bench->sales; i++)
    {
      bench_samples_begin (samples);
      commit (store, sales->pdata[WARM_UP + i]);
      bench_samples_end (samples);
    }
  gint64 took = bench_now_ns () - begun;
  CountVfs did = count_vfs_between (before, count_vfs_now ());
  double n = bench->sales;
  bench_say (repeat, shop->name, "per_s", n * 1e9 / (double)took);
  bench_say_samples (repeat, shop->name, samples);
  bench_say (repeat, shop->name, "wal_pages", (double)did.wal_bytes / FRAME / n);
  bench_say (repeat, shop->name, "syncs", (double)(did.wal_syncs + did.db_syncs) / n);
  bench_say (repeat, shop->name, "written_bytes", (double)(did.wal_bytes + did.db_bytes) / n);
  run_queued (bench, repeat, shop->name, store);
  quay_store_close (store);
}

int
main (int argc, char **argv)
{
  Bench bench = { .chance = g_rand_new_with_seed (3) };
  bench.now_ms = quay_till_system_env ()->wall_ms (NULL);
  g_set_prgname ("bench-commit");
  if (argc < 5)
    return 2;
  bench.sales = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  bench.floor_dir = argv[3];
  guint repeats = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  guint n_shops = (guint)argc - 4;
  g_autofree Shop *shops = g_new0 (Shop, n_shops);
  for (guint i = 0; i < n_shops; i++)
    {
      char *equals = strchr (argv[4 + i], '=');
      if (equals == NULL)
        return 2;
      shops[i].name = g_strndup (argv[4 + i], (gsize)(equals - argv[4 + i]));
      shops[i].dir = equals + 1;
    }
  count_vfs_register ();
  for (guint repeat = 0; repeat < repeats; repeat++)
    for (guint i = 0; i <= n_shops; i++)
      {
        guint which = (i + repeat) % (n_shops + 1);
        if (which == n_shops)
          run_bare (&bench, repeat);
        else
          run_shop (&bench, repeat, &shops[which]);
      }
  for (guint i = 0; i < n_shops; i++)
    g_free (shops[i].name);
  g_rand_free (bench.chance);
  return 0;
}
