/* What lots cost at the counter: a sale of fifty lines whose products have three lots each, every
 * line from one of them and every line across two, beside the same sale in a shop without lots; and
 * the question which lines must not be sold, which is asked at each scan: of lines that were not
 * asked for since the last sale, and once more, when what was read is kept.
 *
 * usage: bench-lots SALES REPEATS PLAIN_DIR ONE_DIR TWO_DIR        shops with products: give copies
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
#define SMALL_LINES 3 /* as most sales are, and as those of bench-commit */
#define SMALL_SALES 40
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

/* A line of two units goes across @lots lots: those that expire first have just what it takes. */
static void
bring_lots (QuayTill *till, GPtrArray *items, guint lots)
{
  for (guint i = 0; i < lots; i++)
    receive (till, items, 2 / lots, 20990101 + 100 * i);
}

/* What stays: with those of bring_lots() there are three of each product. */
static void
stock_up (QuayTill *till, GPtrArray *items, guint lots)
{
  for (guint i = lots; lots > 0 && i < 3; i++)
    receive (till, items, 100, 20990301 + 100 * i);
}

static void
sell (QuayTill *till, GPtrArray *items, guint lots, BenchSamples *pay, BenchSamples *asks[2])
{
  g_autoptr (GError) error = NULL;
  bring_lots (till, items, lots);
  fill_cart (till, items);
  for (guint i = 0; i < 2; i++)
    {
      bench_samples_begin (asks[i]);
      g_autoptr (GArray) barred = quay_till_cart_barred (till);
      bench_samples_end (asks[i]);
    }
  bench_samples_begin (pay);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, NULL, &error);
  bench_samples_end (pay);
  bench_die_if (error);
}

/* What the disk does for a small sale, by the payment alone. */
static void
count_pages (QuayTill *till, GPtrArray *items, guint lots, const char *name, guint repeat)
{
  gint64 bytes = 0;
  for (guint i = 0; i < SMALL_SALES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) few = g_ptr_array_new ();
      for (guint k = 0; k < SMALL_LINES; k++)
        g_ptr_array_add (few, items->pdata[(i * 7 + k * 17) % items->len]);
      bring_lots (till, few, lots);
      fill_cart (till, few);
      CountVfs before = count_vfs_now ();
      g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, NULL, &error);
      bench_die_if (error);
      bytes += count_vfs_between (before, count_vfs_now ()).wal_bytes;
    }
  bench_say (repeat, name, "wal_pages", (double)bytes / FRAME / SMALL_SALES);
}

static void
run_shop (guint repeat, const char *name, const char *dir, guint n, guint lots)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenchSamples) pay = bench_samples_new (n);
  g_autoptr (BenchSamples) first = bench_samples_new (n);
  g_autoptr (BenchSamples) again = bench_samples_new (n);
  BenchSamples *asks[] = { first, again };
  g_autofree char *asked = g_strconcat (name, "-asked", NULL);
  g_autofree char *asked_again = g_strconcat (name, "-asked-again", NULL);
  g_autoptr (QuayTill) till = quay_till_open (dir, NULL, &error);
  bench_die_if (error);
  g_autoptr (GPtrArray) items = find_items (till);
  stock_up (till, items, lots);
  for (guint i = 0; i < n; i++)
    sell (till, items, lots, pay, asks);
  bench_say_samples (repeat, name, pay);
  bench_say_samples (repeat, asked, first);
  bench_say_samples (repeat, asked_again, again);
  count_pages (till, items, lots, name, repeat);
  quay_till_close (till);
}

int
main (int argc, char **argv)
{
  g_set_prgname ("bench-lots");
  if (argc != 6)
    return 2;
  guint sales = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  guint repeats = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  count_vfs_register ();
  for (guint repeat = 0; repeat < repeats; repeat++)
    {
      run_shop (repeat, "plain", argv[3], sales, 0);
      run_shop (repeat, "one-lot", argv[4], sales, 1);
      run_shop (repeat, "lots", argv[5], sales, 2);
    }
  return 0;
}
