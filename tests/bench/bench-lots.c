/* What lots cost at the counter: a sale of fifty lines whose products have three lots each, every
 * line across two of them, beside the same sale in a shop without lots; and the question which
 * lines must not be sold, which is asked at each scan.
 *
 * usage: bench-lots SALES REPEATS PLAIN_DIR LOTS_DIR        shops with products: give copies
 */
#include "bench.h"
#include "count-vfs.h"

#include "quay-goods.h"
#include "quay-till-catalog.h"
#include "quay-till-goods.h"
#include "quay-till-lots.h"
#include "quay-till-sell.h"

#include <stdlib.h>

#define LINES 50
#define FRAME (4096 + 24)

static GPtrArray *
find_items (QuayTill *till)
{
  GPtrArray *items = quay_till_best_items (till, NULL, 1000);
  for (guint i = 0; i < items->len;)
    {
      const QuayItem *item = items->pdata[i];
      if (item->has_price && !item->weighed && i < LINES)
        i++;
      else
        g_ptr_array_remove_index (items, i);
    }
  if (items->len < LINES)
    exit (1);
  return items;
}

/* The two lots that expire first have one unit each, so that a line of two goes across both. */
static void
receive (QuayTill *till, GPtrArray *items, gint64 units, gint64 expires)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayId id = quay_till_new_id (till);
  voucher->reason = g_strdup ("consigned");
  for (guint i = 0; i < items->len; i++)
    {
      const QuayItem *item = items->pdata[i];
      QuayVoucherLine *line = quay_voucher_line_new ();
      line->product = item->product;
      line->name = g_strdup (item->name);
      line->lot = quay_till_new_id (till);
      line->qty = QUAY_UNITS (units);
      line->expires = expires;
      line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
      g_ptr_array_add (voucher->lines, line);
    }
  g_autofree char *number =
      quay_till_post_goods (till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  bench_die_if (error);
}

static void
fill_cart (QuayTill *till, GPtrArray *items)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < items->len; i++)
    {
      const QuayItem *item = items->pdata[i];
      quay_till_cart_add_item (till, &item->product, QUAY_UNITS (2), NULL, &error);
      bench_die_if (error);
    }
  quay_till_cart_confirm_age (till);
  quay_till_flush (till, &error);
  bench_die_if (error);
}

static void
sell (QuayTill *till, GPtrArray *items, gboolean lots, BenchSamples *pay, BenchSamples *ask)
{
  g_autoptr (GError) error = NULL;
  if (lots)
    {
      receive (till, items, 1, 20990101);
      receive (till, items, 1, 20990201);
    }
  fill_cart (till, items);
  bench_samples_begin (ask);
  g_autoptr (GArray) barred = quay_till_cart_barred (till);
  bench_samples_end (ask);
  bench_samples_begin (pay);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, NULL, &error);
  bench_samples_end (pay);
  bench_die_if (error);
}

static void
run_shop (guint repeat, const char *name, const char *dir, guint n, gboolean lots)
{
  CountVfs did = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenchSamples) pay = bench_samples_new (n);
  g_autoptr (BenchSamples) ask = bench_samples_new (n);
  g_autofree char *asked = g_strconcat (name, "-asked", NULL);
  g_autoptr (QuayTill) till = quay_till_open (dir, NULL, &error);
  bench_die_if (error);
  g_autoptr (GPtrArray) items = find_items (till);
  if (lots)
    receive (till, items, 100, 20990301);
  for (guint i = 0; i < n; i++)
    sell (till, items, lots, pay, ask);
  bench_say_samples (repeat, name, pay);
  bench_say_samples (repeat, asked, ask);
  /* one line, as most sales are small: what the disk does */
  g_ptr_array_set_size (items, 1);
  fill_cart (till, items);
  CountVfs before = count_vfs_now ();
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, NULL, &error);
  bench_die_if (error);
  did = count_vfs_between (before, count_vfs_now ());
  bench_say (repeat, name, "wal_pages", (double)did.wal_bytes / FRAME);
  quay_till_close (till);
}

int
main (int argc, char **argv)
{
  g_set_prgname ("bench-lots");
  if (argc != 5)
    return 2;
  guint sales = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  guint repeats = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  count_vfs_register ();
  for (guint repeat = 0; repeat < repeats; repeat++)
    {
      run_shop (repeat, "plain", argv[3], sales, FALSE);
      run_shop (repeat, "lots", argv[4], sales, TRUE);
    }
  return 0;
}
