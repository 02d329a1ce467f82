/* What a settlement costs: a shop of 40 producers with a year of receipts, of which one is settled
 * with again and again, a sale of its goods between. Reading what there is to settle (the card that
 * shows it) is timed beside posting it (read again, checked, committed durably).
 *
 * usage: bench-settle SHOP_DIR LOTS SALES REPEATS          LOTS of each producer; give a copy */
#include "bench.h"

#include "quay-error.h"
#include "quay-goods.h"
#include "quay-till-catalog.h"
#include "quay-till-goods.h"
#include "quay-till-partner.h"
#include "quay-till-sell.h"
#include "quay-till-settle.h"

#include <stdlib.h>

#define PRODUCERS 40
#define PRODUCTS 5 /* of each */
#define LINES 15   /* of a sale */
#define ROUNDS 20

typedef struct
{
  QuayTill *till;
  GPtrArray *items;
  QuayId producers[PRODUCERS];
} Bench;

static void
add_producer (Bench *bench, guint i)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  edit->name = g_strdup_printf ("Cơ sở %02u", i + 1);
  if (!quay_till_save_partner (bench->till, &id, edit, &refusals, &error))
    bench_die_if (error);
  bench->producers[i] = id;
}

/* All lots of a producer by one long receipt. */
static void
receive (Bench *bench, guint producer, guint lots)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayId id = quay_till_new_id (bench->till);
  for (guint i = 0; i < lots; i++)
    {
      const QuayItem *item =
          bench->items->pdata[(producer * PRODUCTS + i % PRODUCTS) % bench->items->len];
      QuayVoucherLine *line = quay_voucher_line_new ();
      line->product = item->product;
      line->name = g_strdup (item->name);
      line->lot = quay_till_new_id (bench->till);
      line->producer = bench->producers[producer];
      line->qty = QUAY_UNITS (40);
      line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
      g_ptr_array_add (voucher->lines, line);
    }
  voucher->reason = g_strdup ("consigned");
  g_autofree char *number =
      quay_till_post_goods (bench->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  bench_die_if (error);
}

static void
sell (Bench *bench, guint at)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < LINES; i++)
    {
      const QuayItem *item = bench->items->pdata[(at + i) % bench->items->len];
      quay_till_cart_add_item (bench->till, &item->product, QUAY_UNITS (1 + i % 3), NULL, &error);
      bench_die_if (error);
    }
  quay_till_cart_confirm_age (bench->till);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (bench->till, NULL, &error);
  bench_die_if (error);
}

static void
measure (Bench *bench, guint repeat)
{
  g_autoptr (BenchSamples) shown = bench_samples_new (ROUNDS);
  g_autoptr (BenchSamples) posted = bench_samples_new (ROUNDS);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      QuayDay day = quay_till_day (bench->till);
      QuayId id = quay_till_new_id (bench->till);
      QuaySettleAsk ask = { .from = day, .to = day, .why = "đo" };
      sell (bench, 0);
      bench_samples_begin (shown);
      g_autoptr (QuaySettledRecord) record =
          quay_till_unsettled (bench->till, &bench->producers[0], &error);
      bench_samples_end (shown);
      bench_die_if (error);
      bench_samples_begin (posted);
      g_autofree char *number =
          quay_till_settle (bench->till, &id, &bench->producers[0], &ask, &error);
      bench_samples_end (posted);
      bench_die_if (error);
    }
  bench_say_samples (repeat, "show", shown);
  bench_say_samples (repeat, "post", posted);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;
  if (argc != 5)
    {
      g_printerr ("usage: bench-settle SHOP_DIR LOTS SALES REPEATS\n");
      return 2;
    }
  bench.till = quay_till_open (argv[1], NULL, &error);
  bench_die_if (error);
  quay_till_set_setting (bench.till, "till.printer", "none", &error);
  bench_die_if (error);
  bench.items = quay_till_best_items (bench.till, NULL, PRODUCERS * PRODUCTS);
  for (guint i = bench.items->len; i > 0; i--)
    if (((QuayItem *)bench.items->pdata[i - 1])->weighed)
      g_ptr_array_remove_index (bench.items, i - 1);
  for (guint i = 0; i < PRODUCERS; i++)
    add_producer (&bench, i);
  for (guint i = 0; i < PRODUCERS; i++)
    receive (&bench, i, (guint)strtoul (argv[2], NULL, 10));
  for (guint i = 0; i < strtoul (argv[3], NULL, 10); i++)
    sell (&bench, i * LINES);
  for (guint repeat = 0; repeat < strtoul (argv[4], NULL, 10); repeat++)
    measure (&bench, repeat);
  g_ptr_array_unref (bench.items);
  quay_till_close (bench.till);
  g_object_unref (bench.till);
  return 0;
}
