/* A whole sale as the counter makes it, through the till's own verbs: three products one after the
 * other into the open cart, which is kept on disk at each change, then paid in cash. What the
 * customer waits for is the answer to the payment; what the disk does counts from the first
 * product.
 *
 * usage: bench-counter SALES REPEATS NAME=SHOP_DIR…                shops are sold in: give copies
 */
#include "bench.h"
#include "count-vfs.h"

#include "quay-till-catalog.h"
#include "quay-till-sell.h"

#include <stdlib.h>
#include <string.h>

#define LINES 3
#define BEST_SOLD 1000
#define PACE_US 5000 /* between two products: the cart is on the disk long before the next one */
#define FRAME (4096 + 24)

static void
rest (gint64 us)
{
  gint64 until = g_get_monotonic_time () + us;
  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
}

static void
add_product (QuayTill *till, GPtrArray *items, GRand *chance)
{
  g_autoptr (GError) error = NULL;
  const QuayItem *item = items->pdata[g_rand_int_range (chance, 0, (gint32)items->len)];
  QuayQty qty = item->weighed ? QUAY_MILLI (g_rand_int_range (chance, 50, 3000))
                              : QUAY_UNITS (g_rand_int_range (chance, 1, 4));
  quay_till_cart_add_item (till, &item->product, qty, NULL, &error);
  bench_die_if (error);
}

static void
sell (QuayTill *till, GPtrArray *items, GRand *chance, BenchSamples *samples)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  for (guint i = 0; i < LINES; i++)
    {
      add_product (till, items, chance);
      rest (PACE_US);
    }
  quay_till_cart_confirm_age (till);
  rest (PACE_US);
  bench_samples_begin (samples);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, payments, &error);
  bench_samples_end (samples);
  bench_die_if (error);
}

static void
run_shop (guint repeat, const char *name, const char *dir, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) chance = g_rand_new_with_seed (repeat + 1);
  g_autoptr (BenchSamples) samples = bench_samples_new (n);
  g_autoptr (QuayTill) till = quay_till_open (dir, NULL, &error);
  bench_die_if (error);
  g_autoptr (GPtrArray) items = quay_till_best_items (till, NULL, BEST_SOLD);
  for (guint i = 0; i < items->len;)
    if (((const QuayItem *)items->pdata[i])->has_price)
      i++;
    else
      g_ptr_array_remove_index_fast (items, i);
  if (items->len == 0)
    exit (1);
  CountVfs before = count_vfs_now ();
  for (guint i = 0; i < n; i++)
    sell (till, items, chance, samples);
  CountVfs did = count_vfs_between (before, count_vfs_now ());
  bench_say_samples (repeat, name, samples);
  bench_say (repeat, name, "wal_pages", (double)did.wal_bytes / FRAME / n);
  bench_say (repeat, name, "syncs", (double)(did.wal_syncs + did.db_syncs) / n);
  bench_say (repeat, name, "written_bytes", (double)(did.wal_bytes + did.db_bytes) / n);
  quay_till_close (till);
}

int
main (int argc, char **argv)
{
  g_set_prgname ("bench-counter");
  if (argc < 4)
    return 2;
  guint sales = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  guint repeats = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  count_vfs_register ();
  for (guint repeat = 0; repeat < repeats; repeat++)
    for (int i = 3; i < argc; i++)
      {
        const char *equals = strchr (argv[i], '=');
        if (equals == NULL)
          return 2;
        g_autofree char *name = g_strndup (argv[i], (gsize)(equals - argv[i]));
        run_shop (repeat, name, equals + 1, sales);
      }
  return 0;
}
