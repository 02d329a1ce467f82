/* What a durable sale costs: the real store committing three-line sales, at different numbers of
 * past sales, beside a bare 4 KiB append + fdatasync in the same folder. The cases of a repeat take
 * turns, a slice of some sales each, so that a slow moment of the disk hits all of them.
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
#define SLICE 70
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
  QuayStore *store;
  GPtrArray *sales; /* QuayTxn, ready to be committed */
  guint next;
} Shop;

/* --- slices --- */

/* What one case of one repeat came to, over all its slices. */
typedef struct
{
  BenchSamples *samples; /* none where sales wait in the queue */
  gint64 ns;
  guint n;
  CountVfs did;
} Tally;

static void
tally_init (Tally *tally, guint expected)
{
  *tally = (Tally){ .samples = bench_samples_new (expected) };
}

static void
tally_say (Tally *tally, guint repeat, const char *name)
{
  bench_say (repeat, name, "per_s", tally->n * 1e9 / (double)tally->ns);
  if (tally->samples->ns->len > 0)
    bench_say_samples (repeat, name, tally->samples);
  bench_samples_free (tally->samples);
}

static void
tally_say_disk (const Tally *tally, guint repeat, const char *name)
{
  const CountVfs *did = &tally->did;
  double n = tally->n;
  bench_say (repeat, name, "wal_pages", (double)did->wal_bytes / FRAME / n);
  bench_say (repeat, name, "syncs", (double)(did->wal_syncs + did->db_syncs) / n);
  bench_say (repeat, name, "written_bytes", (double)(did->wal_bytes + did->db_bytes) / n);
}

/* --- the floor --- */

static void
die_of_errno (const char *what)
{
  g_printerr ("bench-commit: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

typedef struct
{
  char *path;
  int fd;
} Bare;

static void
open_bare (Bench *bench, Bare *bare)
{
  bare->path = g_build_filename (bench->floor_dir, "bare.bin", NULL);
  bare->fd = g_open (bare->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (bare->fd < 0)
    die_of_errno (bare->path);
}

static void
close_bare (Bare *bare)
{
  close (bare->fd);
  g_unlink (bare->path);
  g_free (bare->path);
}

static void
slice_bare (Bare *bare, guint n, Tally *tally)
{
  guint8 block[BLOCK];
  memset (block, 0x51, sizeof block);
  gint64 begun = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    {
      bench_samples_begin (tally->samples);
      if (write (bare->fd, block, sizeof block) != (gssize)sizeof block ||
          fdatasync (bare->fd) != 0)
        die_of_errno (bare->path);
      bench_samples_end (tally->samples);
    }
  tally->ns += bench_now_ns () - begun;
  tally->n += n;
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
commit_queued (QuayStore *store, GPtrArray *sales, guint from, guint n)
{
  Queue queue = { .store = store, .sales = sales, .next = from };
  while (queue.next < from + n || queue.waiting > 0)
    {
      while (queue.waiting < QUEUED && queue.next < from + n)
        {
          quay_store_commit_async (store, sales->pdata[queue.next++], QUAY_LANE_COUNTER, NULL,
                                   answered_cb, &queue);
          queue.waiting++;
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

/* --- a shop --- */

static gboolean
nothing_cb (QuayStore *store, gpointer data, GError **error)
{
  return TRUE;
}

/* The store is done with what it does after its answers: that is part of what sales cost. */
static void
settle (QuayStore *store)
{
  quay_store_call (store, QUAY_LANE_COUNTER, nothing_cb, NULL, NULL);
}

static void
open_shop (Bench *bench, Shop *shop)
{
  g_autoptr (GError) error = NULL;
  shop->store =
      quay_store_open_full (shop->dir, quay_till_system_env (), NULL, QUAY_STORE_QUIET, &error);
  bench_die_if (error);
  shop->sales = make_sales (bench, shop->store, WARM_UP + bench->sales);
  for (shop->next = 0; shop->next < WARM_UP; shop->next++)
    commit (shop->store, shop->sales->pdata[shop->next]);
  settle (shop->store);
}

static void
close_shop (Shop *shop)
{
  g_assert (shop->next == shop->sales->len);
  g_ptr_array_unref (shop->sales);
  quay_store_close (shop->store);
}

static void
slice_shop (Shop *shop, guint n, gboolean queued, Tally *tally)
{
  CountVfs before = count_vfs_now ();
  gint64 begun = bench_now_ns ();
  for (guint i = 0; i < n && !queued; i++)
    {
      bench_samples_begin (tally->samples);
      commit (shop->store, shop->sales->pdata[shop->next + i]);
      bench_samples_end (tally->samples);
    }
  if (queued)
    commit_queued (shop->store, shop->sales, shop->next, n);
  settle (shop->store);
  tally->ns += bench_now_ns () - begun;
  tally->n += n;
  shop->next += n;
  count_vfs_add (&tally->did, count_vfs_between (before, count_vfs_now ()));
}

/* --- a repeat --- */

static void
run_repeat (Bench *bench, guint repeat, Shop *shops, guint n_shops, gboolean queued)
{
  Bare bare;
  g_autofree Tally *tallies = g_new0 (Tally, n_shops + 1);
  open_bare (bench, &bare);
  for (guint i = 0; i <= n_shops; i++)
    tally_init (&tallies[i], bench->sales);
  for (guint i = 0; i < n_shops; i++)
    open_shop (bench, &shops[i]);
  for (guint done = 0; done < bench->sales; done += SLICE)
    for (guint i = 0; i <= n_shops; i++)
      {
        guint n = MIN (SLICE, bench->sales - done);
        guint which = (i + repeat) % (n_shops + 1);
        if (which == n_shops)
          slice_bare (&bare, n, &tallies[which]);
        else
          slice_shop (&shops[which], n, queued, &tallies[which]);
      }
  const char *more = queued ? "-queued" : "";
  for (guint i = 0; i < n_shops; i++)
    {
      g_autofree char *name = g_strconcat (shops[i].name, more, NULL);
      tally_say_disk (&tallies[i], repeat, name);
      tally_say (&tallies[i], repeat, name);
      close_shop (&shops[i]);
    }
  g_autofree char *name = g_strconcat ("bare", more, NULL);
  tally_say (&tallies[n_shops], repeat, name);
  close_bare (&bare);
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
  quay_db_set_up (); /* as the first file opened does where no VFS is registered before */
  count_vfs_register ();
  for (guint repeat = 0; repeat < repeats; repeat++)
    {
      run_repeat (&bench, repeat, shops, n_shops, FALSE);
      run_repeat (&bench, repeat, shops, n_shops, TRUE);
    }
  for (guint i = 0; i < n_shops; i++)
    g_free (shops[i].name);
  g_rand_free (bench.chance);
  return 0;
}
