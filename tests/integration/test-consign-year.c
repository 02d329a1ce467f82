/* A shop over a year, or a month of it: lots of many producers are received, sold, given back,
 * spoilt, found and settled. Afterwards the settlements and what is open are the sums over lots,
 * and the stock of every lot at any past moment is the sum of its moves, to the đồng and the gram.
 *
 * QUAY_CONSIGN_MONTHS: how many months, 1 unless it is set; QUAY_CONSIGN_SALES: sales a month. */
#include "quay-test-till.h"

#include "quay-reader-consign.h"
#include "quay-reader-lots.h"
#include "quay-till-goods.h"
#include "quay-till-partner.h"
#include "quay-till-private.h"
#include "quay-till-settle.h"

#include "quay-db.h"

#include <stdlib.h>
#include <string.h>

#define PRODUCERS 40
#define PRODUCTS 200
#define MOMENTS 50
#define DAYS 30
#define DAY_MS G_GINT64_CONSTANT (86400000)

typedef struct
{
  QuayTestShop shop;
  GRand *chance;
  QuayId producers[PRODUCERS];
  QuayId products[PRODUCTS];
  QuayTerms terms[PRODUCTS];
  GPtrArray *lots;  /* QuayId, in the order of receipt */
  GPtrArray *sales; /* numbers of late sales, for refunds */
  guint settled;
  gint64 from_ms;
} Year;

static guint
number_of (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);
  return text != NULL ? (guint)strtoul (text, NULL, 10) : otherwise;
}

/* --- the shop --- */

static QuayTerms
pick_terms (Year *year, gint64 price)
{
  switch (g_rand_int_range (year->chance, 0, 5))
    {
    case 0:
      return (QuayTerms){ .kind = QUAY_TERMS_TRANSFER, .price = QUAY_DONG (price * 8 / 10) };
    case 1:
      return (QuayTerms){ .kind = QUAY_TERMS_COMMISSION,
                          .commission_bp = 1333,
                          .base = QUAY_BASE_SHELF };
    case 2:
      return (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1250, .net_of_vat = 1 };
    case 3:
      return (QuayTerms){ .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (price * 7 / 10) };
    default:
      return (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
    }
}

static void
add_producer (Year *year, guint i)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  edit->name = g_strdup_printf ("Cơ sở %02u", i + 1);
  g_assert_true (quay_till_save_partner (year->shop.till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  year->producers[i] = id;
}

static void
add_product (Year *year, guint i)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  gint64 price = 10000 + 500 * g_rand_int_range (year->chance, 1, 600) + i % 7;
  edit->sku = g_strdup_printf ("N%03u", i + 1);
  edit->name = g_strdup_printf ("Hàng %03u", i + 1);
  edit->sold_by = g_strdup (i % 5 == 0 ? "weight" : "piece");
  edit->price = g_strdup_printf ("%d", (int)price);
  edit->vat_class = g_strdup ("A_PROC");
  g_assert_true (quay_till_save_item (year->shop.till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  year->products[i] = id;
  year->terms[i] = pick_terms (year, price);
}

static void
year_init (Year *year)
{
  quay_test_shop_init (&year->shop, FALSE);
  g_assert_true (quay_till_set_setting (year->shop.till, "till.printer", "none", NULL));
  year->chance = g_rand_new_with_seed (20261);
  year->lots = g_ptr_array_new_with_free_func (g_free);
  year->sales = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < PRODUCERS; i++)
    add_producer (year, i);
  for (guint i = 0; i < PRODUCTS; i++)
    add_product (year, i);
  year->from_ms = year->shop.env.wall_ms;
}

static void
year_clear (Year *year)
{
  g_ptr_array_unref (year->lots);
  g_ptr_array_unref (year->sales);
  g_rand_free (year->chance);
  quay_test_shop_clear (&year->shop);
}

/* --- what happens --- */

static void
post (Year *year, QuayGoodsKind kind, QuayVoucher *voucher, const char *reason)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (year->shop.till);
  voucher->reason = g_strdup (reason);
  g_autofree char *number =
      quay_till_post_goods (year->shop.till, &id, kind, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
}

static QuayVoucherLine *
add_line (QuayVoucher *voucher, const QuayId *product, QuayQty qty)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = *product;
  line->name = g_strdup ("Hàng");
  line->qty = qty;
  g_ptr_array_add (voucher->lines, line);
  return line;
}

/* One of a producer's five products comes in. */
static void
receive (Year *year, guint product, gint64 units)
{
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = add_line (voucher, &year->products[product], QUAY_UNITS (units));
  line->lot = quay_till_new_id (year->shop.till);
  line->producer = year->producers[product % PRODUCERS];
  line->terms = year->terms[product];
  g_ptr_array_add (year->lots, g_memdup2 (&line->lot, sizeof line->lot));
  post (year, QUAY_GOODS_RECEIVED, voucher, "consigned");
}

static guint
pick (Year *year, guint n)
{
  return (guint)g_rand_int_range (year->chance, 0, (gint32)n);
}

static QuayQty
pick_qty (Year *year, guint product)
{
  return product % 5 == 0 ? QUAY_MILLI (50 + 7 * (gint64)pick (year, 300))
                          : QUAY_UNITS (1 + pick (year, 3));
}

static void
sell (Year *year)
{
  g_autoptr (GError) error = NULL;
  guint n = 1 + pick (year, 4);
  for (guint i = 0; i < n; i++)
    {
      guint product = pick (year, PRODUCTS);
      quay_till_cart_add_item (year->shop.till, &year->products[product], pick_qty (year, product),
                               NULL, &error);
      g_assert_no_error (error);
    }
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&year->shop);
  if (pick (year, 40) == 0)
    g_ptr_array_add (year->sales, g_strdup (sale->number));
}

/* A whole sale comes back, some of them spoilt, often after it was settled. */
static void
give_back (Year *year)
{
  g_autoptr (GError) error = NULL;
  if (year->sales->len == 0)
    return;
  g_autofree char *number =
      g_ptr_array_steal_index_fast (year->sales, pick (year, year->sales->len));
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (year->shop.till, number);
  QuayId id = quay_till_new_id (year->shop.till);
  QuayRefundAsk ask = { .line = 1,
                        .qty = ((QuayLine *)sale->lines->pdata[0])->qty,
                        .restock = pick (year, 3) > 0 };
  g_autofree char *refund =
      quay_till_refund (year->shop.till, &id, number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Something spoilt, or goes back to its producer. */
static void
issue (Year *year)
{
  static const char *const reasons[] = { "damaged", "expired", "returned" };
  guint product = pick (year, PRODUCTS);
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = add_line (voucher, &year->products[product], pick_qty (year, product));
  line->bearer = pick (year, 2);
  post (year, QUAY_GOODS_ISSUED, voucher, reasons[pick (year, G_N_ELEMENTS (reasons))]);
}

/* A count finds more or less of a lot than the books have. */
static void
count (Year *year)
{
  const QuayId *id = year->lots->pdata[pick (year, year->lots->len)];
  g_autoptr (QuayLot) lot = quay_reader_lot (year->shop.till->reader, id);
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayQty found = QUAY_UNITS (1 + pick (year, 2));
  QuayVoucherLine *line = add_line (voucher, &lot->product, found);
  line->lot = *id;
  line->bearer = pick (year, 2);
  voucher->subject = quay_till_new_id (year->shop.till);
  if (!line->bearer)
    g_assert_true (quay_till_cost_of_loss (year->shop.till, lot, found, &line->cost));
  if (pick (year, 3) > 0)
    line->qty.milli = -line->qty.milli;
  else
    line->cost.dong = -line->cost.dong;
  post (year, QUAY_GOODS_COUNTED, voucher, NULL);
}

static void
settle (Year *year, guint producer)
{
  g_autoptr (GError) error = NULL;
  QuayDay day = quay_till_day (year->shop.till);
  QuayId id = quay_till_new_id (year->shop.till);
  QuaySettleAsk ask = { .from = day, .to = day, .why = "đã xem" };
  g_autofree char *number =
      quay_till_settle (year->shop.till, &id, &year->producers[producer], &ask, &error);
  g_assert_no_error (error);
  year->settled++;
}

static void
live_a_day (Year *year, guint day, guint n_sales)
{
  for (guint i = 0; i < PRODUCTS; i++)
    if (i % 10 == day % 10)
      receive (year, i, 20 + pick (year, 60));
  for (guint i = 0; i < n_sales; i++)
    sell (year);
  for (guint i = 0; i < 3; i++)
    {
      give_back (year);
      issue (year);
      count (year);
    }
  for (guint i = 0; i < PRODUCERS && day >= 10; i++)
    if (i % DAYS == day % DAYS || (i >= DAYS && i % 10 == day % DAYS))
      settle (year, i);
  quay_test_env_move (&year->shop.env, DAY_MS);
}

/* --- what must be true --- */

/* Adds what settlements said of a lot. */
static void
add_settled (GHashTable *sums, GPtrArray *lots)
{
  for (guint i = 0; i < lots->len; i++)
    {
      const QuaySettledLot *lot = lots->pdata[i];
      QuayLotSums *sum = g_hash_table_lookup (sums, &lot->lot);
      if (sum == NULL)
        {
          sum = g_new0 (QuayLotSums, 1);
          g_hash_table_insert (sums, g_memdup2 (&lot->lot, sizeof lot->lot), sum);
        }
      sum->in += lot->in.milli;
      sum->sold += lot->sold.milli;
      sum->back += lot->back.milli;
      sum->loss += lot->loss.milli;
      sum->waste += lot->waste.milli;
      sum->amount += lot->amount.dong;
      sum->cost += lot->cost.dong;
    }
}

/* Σ settlements + what is open = Σ over lots; what is owed = Σ of the settlements. */
static guint
check_settlements (Year *year)
{
  QuayReader *reader = year->shop.till->reader;
  guint checked = 0;
  g_autoptr (GHashTable) sums =
      g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  for (guint i = 0; i < PRODUCERS; i++)
    {
      gint64 owed = 0;
      g_autoptr (GPtrArray) open = quay_reader_unsettled (reader, &year->producers[i]);
      g_autoptr (GPtrArray) list = quay_reader_settlements (reader, &year->producers[i], 1000);
      add_settled (sums, open);
      for (guint k = 0; k < list->len; k++)
        {
          const QuaySettledRecord *head = list->pdata[k];
          g_autoptr (QuaySettledRecord) record = quay_reader_settlement (reader, &head->id);
          add_settled (sums, record->settled->lots);
          owed += record->settled->cost.dong;
        }
      g_assert_cmpint (quay_reader_owed (reader, &year->producers[i]).dong, ==, owed);
    }
  for (guint i = 0; i < year->lots->len; i++)
    {
      QuayLotSums real;
      g_autoptr (QuayLot) lot = quay_reader_lot (reader, year->lots->pdata[i]);
      const QuayLotSums *told = g_hash_table_lookup (sums, year->lots->pdata[i]);
      quay_reader_lot_sums (reader, year->lots->pdata[i], &real);
      g_assert_cmpint (told != NULL, ==, quay_terms_are_consigned (&lot->terms));
      if (told == NULL)
        continue;
      g_assert_cmpmem (told, sizeof *told, &real, sizeof real);
      checked++;
    }
  return checked;
}

typedef struct
{
  QuayId loc;
  QuayId product;
  QuayId lot;
} Place;

static guint
hash_place (gconstpointer data)
{
  const Place *place = data;
  return quay_id_hash (&place->loc) ^ quay_id_hash (&place->product) * 31 ^
         quay_id_hash (&place->lot) * 961;
}

static gboolean
equal_places (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Place)) == 0;
}

static gint64 *
figure_of (GHashTable *table, const Place *place)
{
  gint64 *figure = g_hash_table_lookup (table, place);
  if (figure == NULL)
    {
      figure = g_new0 (gint64, 1);
      g_hash_table_insert (table, g_memdup2 (place, sizeof *place), figure);
    }
  return figure;
}

/* The moves of the whole file up to a moment, added by hand. */
static GHashTable *
add_moves (sqlite3 *db, gint64 at)
{
  sqlite3_stmt *stmt = NULL;
  GHashTable *stock = g_hash_table_new_full (hash_place, equal_places, g_free, g_free);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT loc, product, lot, qty, ts FROM stock_move", -1, &stmt, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      Place place = { quay_column_id (stmt, 0), quay_column_id (stmt, 1),
                      quay_column_id (stmt, 2) };
      if (sqlite3_column_int64 (stmt, 4) <= at)
        *figure_of (stock, &place) += sqlite3_column_int64 (stmt, 3);
    }
  sqlite3_finalize (stmt);
  return stock;
}

static guint
check_moment (Year *year, sqlite3 *db, gint64 at)
{
  QuayDay day = quay_till_day (year->shop.till);
  g_autoptr (GHashTable) moved = add_moves (db, at);
  g_autoptr (GPtrArray) rows = quay_reader_stock (year->shop.till->reader, NULL, at, TRUE, day);
  g_assert_cmpuint (rows->len, ==, g_hash_table_size (moved));
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayStockRow *row = rows->pdata[i];
      Place place = { row->loc, row->product, row->lot };
      const gint64 *figure = g_hash_table_lookup (moved, &place);
      g_assert_nonnull (figure);
      g_assert_cmpint (*figure, ==, row->qty.milli);
    }
  return rows->len;
}

/* What is left of a lot is what its figures say, and what lies at its places. */
static void
check_left (Year *year)
{
  QuayReader *reader = year->shop.till->reader;
  g_autoptr (GHashTable) left =
      g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  g_autoptr (GPtrArray) rows =
      quay_reader_stock (reader, NULL, 0, TRUE, quay_till_day (year->shop.till));
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayStockRow *row = rows->pdata[i];
      gint64 *sum = g_hash_table_lookup (left, &row->lot);
      if (sum == NULL)
        g_hash_table_insert (left, g_memdup2 (&row->lot, sizeof row->lot),
                             sum = g_new0 (gint64, 1));
      *sum += row->qty.milli;
    }
  for (guint i = 0; i < year->lots->len; i++)
    {
      QuayLotSums sums;
      const gint64 *sum = g_hash_table_lookup (left, year->lots->pdata[i]);
      quay_reader_lot_sums (reader, year->lots->pdata[i], &sums);
      g_assert_cmpint (sums.in - sums.sold - sums.back - sums.loss - sums.waste, ==,
                       sum != NULL ? *sum : 0);
    }
}

static void
test_year (void)
{
  Year year = { 0 };
  sqlite3 *db = NULL;
  QuayVerdict verdict;
  g_autoptr (GError) error = NULL;
  guint months = number_of ("QUAY_CONSIGN_MONTHS", 1);
  guint a_month = number_of ("QUAY_CONSIGN_SALES", 5000);
  year_init (&year);
  for (guint day = 0; day < months * DAYS; day++)
    live_a_day (&year, day, a_month / DAYS);
  guint checked = check_settlements (&year);
  check_left (&year);
  g_autofree char *path = g_build_filename (year.shop.dir, "quay.db", NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  gint64 span = year.shop.env.wall_ms - year.from_ms;
  guint rows = 0;
  for (guint i = 0; i < MOMENTS; i++)
    rows += check_moment (&year, db, year.from_ms + span / 65536 * pick (&year, 65536));
  sqlite3_close (db);
  g_assert_true (quay_reader_settle (year.shop.till->reader, &error));
  g_assert_true (quay_store_verify (year.shop.till->store, TRUE, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
  g_test_message ("%u months: %u lots, %u of them settled in %u settlements; %u figures of stock",
                  months, year.lots->len, checked, year.settled, rows);
  year_clear (&year);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/consign/year", test_year);
  return g_test_run ();
}
