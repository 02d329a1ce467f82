/* All products with what is on hand of them. Items, lots and balances are each read once, in the
 * order in which they lie, and joined here: a look into an index for each lot takes thrice as long.
 */
#include "quay-reader-orders.h"
#include "quay-reader-shelf.h"

#include "quay-error.h"
#include "quay-reader-private.h"
#include "quay-text.h"

#include <string.h>

static const char sql_items[] =
    "SELECT i.no, i.product, i.sku, i.name, i.unit, i.weighed, i.category, i.producer_name,"
    " i.stars_until, i.minimum, i.active, i.fold, i.vat_class,"
    " (SELECT p.price FROM price p WHERE p.product = i.product AND p.day <= :day"
    "  ORDER BY p.day DESC LIMIT 1)"
    " FROM item i ORDER BY i.sort, i.no LIMIT :limit";
enum
{
  ITEM_NO,
  ITEM_PRODUCT,
  ITEM_SKU,
  ITEM_NAME,
  ITEM_UNIT,
  ITEM_WEIGHED,
  ITEM_CATEGORY,
  ITEM_PRODUCER,
  ITEM_STARS_UNTIL,
  ITEM_MINIMUM,
  ITEM_ACTIVE,
  ITEM_FOLD,
  ITEM_VAT,
  ITEM_PRICE,
};
static const char sql_lots[] = "SELECT no, lot, product, terms, price, commission, base, net,"
                               " expires, day, code FROM lot ORDER BY no";
static const char sql_lots_of[] = "SELECT no, lot, product, terms, price, commission, base, net,"
                                  " expires, day, code FROM lot WHERE product = :product"
                                  " ORDER BY no";
enum
{
  LOT_NO,
  LOT_ID,
  LOT_PRODUCT,
  LOT_TERMS,
  LOT_PRICE,
  LOT_COMMISSION,
  LOT_BASE,
  LOT_NET,
  LOT_EXPIRES,
  LOT_DAY,
  LOT_CODE,
};
/* Further events of a long document have its first one's number. */
static const char sql_receipt[] =
    "SELECT coalesce(v.number, (SELECT f.number FROM booked b"
    " JOIN voucher f ON f.no = b.pos << 10 WHERE b.event = v.document))"
    " FROM voucher v WHERE v.no = :no";
static const char sql_blocked[] =
    "SELECT entity FROM fact WHERE kind = 'lot' AND field = 'blocked' AND value IS NOT NULL";
static const char sql_recipes[] =
    "SELECT entity, substr(field, 6), value FROM fact WHERE kind = 'product'"
    " AND field >= 'part:' AND field < 'part;' AND value > 0";
static const char sql_balances[] =
    "SELECT loc, product, lot, qty FROM stock_balance WHERE qty <> 0";
static const char sql_balances_of[] =
    "SELECT loc, product, lot, qty FROM stock_balance WHERE loc = :loc AND product = :product"
    " AND qty <> 0";
static const char sql_moves[] = "SELECT loc, product, lot, qty FROM stock_move WHERE ts <= :at";
static const char sql_places[] =
    "SELECT DISTINCT entity FROM fact WHERE kind = 'location' AND length(entity) = 16";
/* What went by sales and did not come back. */
static const char sql_sold[] =
    "SELECT product, sum(qty) FROM ("
    " SELECT m.product, -m.qty AS qty FROM sale s JOIN stock_move m"
    "  ON m.no > s.no AND m.no < s.no + 1024 WHERE s.day > :from AND s.day <= :to"
    " UNION ALL SELECT m.product, -m.qty FROM refund r JOIN stock_move m"
    "  ON m.no > r.no AND m.no < r.no + 1024 AND m.qty > 0 WHERE r.day > :from AND r.day <= :to)"
    " GROUP BY product";

/* A lot, and what is left of it at the places that are asked for. */
typedef struct
{
  QuayId id;
  QuayShelfRow *row; /* borrowed; NULL: of no product that is known */
  QuayTerms terms;
  QuayDay expires;
  char *code;
  gboolean blocked;
  gint64 milli;
} Known;

/* What lies in ready baskets. */
typedef struct
{
  Known *basket;
  QuayShelfRow *row;
  Known *lot;
  gint64 milli;
} Inside;

typedef struct
{
  QuayReader *reader;
  const QuayShelfAsk *ask;
  QuayShelf *shelf;
  GHashTable *rows;  /* product → QuayShelfRow, borrowed */
  GHashTable *lots;  /* id → Known */
  GHashTable *last;  /* row → Known that came last */
  GHashTable *rates; /* VAT class → rate */
  GHashTable *loose; /* row → gint64: without a lot */
  GArray *inside;    /* Inside */
  gint64 receipt_no; /* whose number is @receipt */
  char *receipt;
  gboolean in_range;
} Build;

static void
free_known (gpointer data)
{
  g_free (((Known *)data)->code);
  g_free (data);
}

/* --- products --- */

static gint64
rate_of (Build *build, const char *vat_class)
{
  gpointer kept;
  gint64 rate = QUAY_RATE_NOT_TAXED;
  if (vat_class == NULL)
    return rate;
  if (g_hash_table_lookup_extended (build->rates, vat_class, NULL, &kept))
    return GPOINTER_TO_INT (kept);
  quay_reader_vat_rate (build->reader, vat_class, build->ask->day, &rate);
  g_hash_table_insert (build->rates, g_strdup (vat_class), GINT_TO_POINTER ((int)rate));
  return rate;
}

static void
read_item (Build *build, QuayStmt *stmt)
{
  QuayReader *reader = build->reader;
  QuayShelfRow *row = quay_shelf_row_new ();
  const char *fold = (const char *)sqlite3_column_text (stmt, ITEM_FOLD);
  row->no = sqlite3_column_int64 (stmt, ITEM_NO);
  row->product = quay_reader_need_id (reader, stmt, ITEM_PRODUCT);
  row->sku = quay_reader_need_text (reader, stmt, ITEM_SKU);
  row->name = quay_reader_need_text (reader, stmt, ITEM_NAME);
  row->unit = quay_reader_need_text (reader, stmt, ITEM_UNIT);
  row->weighed = sqlite3_column_int (stmt, ITEM_WEIGHED) != 0;
  row->category = quay_column_dup (stmt, ITEM_CATEGORY);
  row->producer = quay_column_dup (stmt, ITEM_PRODUCER);
  row->stars_until = sqlite3_column_int (stmt, ITEM_STARS_UNTIL);
  row->minimum = QUAY_MILLI (sqlite3_column_int64 (stmt, ITEM_MINIMUM));
  row->active = sqlite3_column_int (stmt, ITEM_ACTIVE) != 0;
  row->price = QUAY_DONG (sqlite3_column_int64 (stmt, ITEM_PRICE));
  g_string_append (row->fold, fold != NULL ? fold : "");
  row->rate_bp = rate_of (build, (const char *)sqlite3_column_text (stmt, ITEM_VAT));
  g_ptr_array_add (build->shelf->rows, row);
  g_hash_table_insert (build->rows, &row->product, row);
}

static void
read_items (Build *build, guint first)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_items);
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":day", build->ask->day);
  quay_bind_int (stmt, ":limit", first > 0 ? (gint64)first : -1);
  while (quay_reader_next (build->reader, stmt))
    read_item (build, stmt);
}

/* --- lots --- */

/* Lots of one receipt follow each other. */
static const char *
receipt_of (Build *build, gint64 lot_no)
{
  gint64 no = lot_no >> 10 << 10;
  if (build->receipt_no == no)
    return build->receipt;
  g_clear_pointer (&build->receipt, g_free);
  build->receipt_no = no;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_receipt);
  if (stmt == NULL)
    return NULL;
  quay_bind_int (stmt, ":no", no);
  if (quay_reader_next (build->reader, stmt) && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    {
      g_autofree char *number = quay_column_dup (stmt, 0);
      build->receipt = quay_text_search_key (number);
    }
  return build->receipt;
}

/* The codes of a product's lots and its receipts are found as its name is; each once in a row. */
static void
add_words (Build *build, QuayShelfRow *row, const char *code, gint64 no)
{
  const char *receipt = receipt_of (build, no);
  if (code != NULL)
    {
      g_autofree char *key = quay_text_search_key (code);
      quay_shelf_row_add_key (row, key);
    }
  if (receipt != NULL)
    quay_shelf_row_add_key (row, receipt);
}

static void
read_lot (Build *build, QuayStmt *stmt)
{
  QuayId id = quay_column_id (stmt, LOT_ID);
  QuayId product = quay_column_id (stmt, LOT_PRODUCT);
  if (g_hash_table_contains (build->lots, &id))
    return;
  Known *lot = g_new0 (Known, 1);
  lot->id = id;
  lot->row = g_hash_table_lookup (build->rows, &product);
  lot->terms.kind = sqlite3_column_int64 (stmt, LOT_TERMS);
  lot->terms.price = QUAY_DONG (sqlite3_column_int64 (stmt, LOT_PRICE));
  lot->terms.commission_bp = sqlite3_column_int64 (stmt, LOT_COMMISSION);
  lot->terms.base = sqlite3_column_int64 (stmt, LOT_BASE);
  lot->terms.net_of_vat = sqlite3_column_int64 (stmt, LOT_NET);
  lot->expires = sqlite3_column_int (stmt, LOT_EXPIRES);
  lot->code = quay_column_dup (stmt, LOT_CODE);
  g_hash_table_insert (build->lots, &lot->id, lot);
  if (lot->row == NULL)
    return;
  add_words (build, lot->row, lot->code, sqlite3_column_int64 (stmt, LOT_NO));
  if (sqlite3_column_int (stmt, LOT_DAY) <= build->ask->day && lot->terms.kind != QUAY_TERMS_NONE)
    g_hash_table_insert (build->last, lot->row, lot);
}

static void
read_lots (Build *build, const QuayId *product)
{
  g_autoptr (QuayStmt) stmt =
      quay_reader_stmt (build->reader, product != NULL ? sql_lots_of : sql_lots);
  if (stmt == NULL)
    return;
  if (product != NULL)
    quay_bind_id (stmt, ":product", product);
  while (quay_reader_next (build->reader, stmt))
    read_lot (build, stmt);
}

static void
read_blocked (Build *build)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_blocked);
  while (stmt != NULL && quay_reader_next (build->reader, stmt))
    {
      QuayId id = quay_column_id (stmt, 0);
      Known *lot = g_hash_table_lookup (build->lots, &id);
      if (lot != NULL)
        lot->blocked = TRUE;
    }
}

/* --- balances --- */

typedef struct
{
  QuayId loc;
  QuayId product;
  QuayId lot;
  gint64 milli;
} Balance;

static guint
hash_balance (gconstpointer key)
{
  const Balance *balance = key;
  return (quay_id_hash (&balance->loc) * 31 + quay_id_hash (&balance->product)) * 31 +
         quay_id_hash (&balance->lot);
}

static gboolean
equal_balances (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, G_STRUCT_OFFSET (Balance, milli)) == 0;
}

static Balance
read_balance (QuayStmt *stmt)
{
  return (Balance){ quay_column_id (stmt, 0), quay_column_id (stmt, 1), quay_column_id (stmt, 2),
                    sqlite3_column_int64 (stmt, 3) };
}

/* Grouped here and not by the file, which would sort all moves by three ids first. */
static void
visit_past (QuayReader *reader, gint64 at_ms, QuayBalanceVisitor visit, gpointer data)
{
  GHashTableIter iter;
  gpointer key;
  g_autoptr (GHashTable) sums = g_hash_table_new_full (hash_balance, equal_balances, NULL, g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_moves);
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":at", at_ms);
  while (quay_reader_next (reader, stmt))
    {
      Balance move = read_balance (stmt);
      Balance *sum = g_hash_table_lookup (sums, &move);
      if (sum != NULL)
        sum->milli += move.milli;
      else
        {
          sum = g_memdup2 (&move, sizeof move);
          g_hash_table_insert (sums, sum, sum);
        }
    }
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Balance *sum = key;
      if (sum->milli != 0)
        visit (&sum->loc, &sum->product, &sum->lot, sum->milli, data);
    }
}

void
quay_reader_visit_balances (QuayReader *reader, gint64 at_ms, QuayBalanceVisitor visit,
                            gpointer data)
{
  if (at_ms != 0)
    {
      visit_past (reader, at_ms, visit, data);
      return;
    }
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_balances);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      Balance balance = read_balance (stmt);
      visit (&balance.loc, &balance.product, &balance.lot, balance.milli, data);
    }
}

static void
add_loose (Build *build, QuayShelfRow *row, gint64 milli)
{
  gint64 *sum = g_hash_table_lookup (build->loose, row);
  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (build->loose, row, sum);
    }
  *sum += milli;
}

/* A place that is a basket's lot holds what lies in those baskets. */
static void
take_balance (const QuayId *loc, const QuayId *product, const QuayId *id, gint64 milli,
              gpointer data)
{
  Build *build = data;
  const QuayId *wanted = &build->ask->loc;
  gboolean everywhere = quay_id_is_nil (wanted);
  QuayShelfRow *row = g_hash_table_lookup (build->rows, product);
  Known *lot = quay_id_is_nil (id) ? NULL : g_hash_table_lookup (build->lots, id);
  if (row == NULL || (!everywhere && !quay_id_equal (loc, wanted)))
    return;
  Known *basket = everywhere ? g_hash_table_lookup (build->lots, loc) : NULL;
  if (basket != NULL)
    {
      Inside inside = { basket, row, lot, milli };
      g_array_append_val (build->inside, inside);
    }
  else if (lot != NULL && lot->row == row)
    lot->milli += milli;
  else
    add_loose (build, row, milli);
}

static void
read_balances_of (Build *build, const QuayId *loc, const QuayId *product)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_balances_of);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":loc", loc);
  quay_bind_id (stmt, ":product", product);
  while (quay_reader_next (build->reader, stmt))
    {
      Balance balance = read_balance (stmt);
      take_balance (&balance.loc, &balance.product, &balance.lot, balance.milli, build);
    }
}

/* --- baskets and sales --- */

/* As many whole baskets as the scarcest part gives. */
static void
take_part (Build *build, const QuayId *basket, const QuayId *part, gint64 need)
{
  QuayShelfRow *row = g_hash_table_lookup (build->rows, basket);
  const QuayShelfRow *of = g_hash_table_lookup (build->rows, part);
  if (row == NULL || need <= 0)
    return;
  gint64 gives = of != NULL ? MAX (of->stock.milli, 0) / need * 1000 : 0;
  row->makes.milli = row->parts++ == 0 ? gives : MIN (row->makes.milli, gives);
}

static void
read_recipes (Build *build)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_recipes);
  while (stmt != NULL && quay_reader_next (build->reader, stmt))
    {
      QuayId part;
      QuayId basket = quay_column_id (stmt, 0);
      if (quay_id_from_text ((const char *)sqlite3_column_text (stmt, 1), &part))
        take_part (build, &basket, &part, sqlite3_column_int64 (stmt, 2));
    }
}

static void
read_sold (Build *build)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_sold);
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":from", quay_day_add (build->ask->day, -QUAY_SHELF_RATE_DAYS));
  quay_bind_int (stmt, ":to", build->ask->day);
  while (quay_reader_next (build->reader, stmt))
    {
      QuayId product = quay_column_id (stmt, 0);
      QuayShelfRow *row = g_hash_table_lookup (build->rows, &product);
      if (row != NULL)
        row->sold = QUAY_MILLI (MAX (sqlite3_column_int64 (stmt, 1), 0));
    }
}

/* What orders wait for is known of now alone, and of no place. */
static void
read_kept (Build *build)
{
  GHashTableIter iter;
  gpointer product, kept;
  if (build->ask->at_ms != 0 || !quay_id_is_nil (&build->ask->loc))
    return;
  g_autoptr (GHashTable) all = quay_reader_reserved (build->reader, NULL);
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &product, &kept))
    {
      QuayShelfRow *row = g_hash_table_lookup (build->rows, product);
      if (row != NULL)
        row->kept = *(const QuayQty *)kept;
    }
}

/* --- all of it --- */

static gboolean
add_lot (Build *build, Known *lot)
{
  QuayShelfLot shown = { lot->terms, lot->expires, lot->code, lot->blocked };
  return lot->milli == 0 || lot->row == NULL ||
         quay_shelf_row_add (lot->row, &shown, QUAY_MILLI (lot->milli), build->ask->day);
}

static void
add_lots (Build *build)
{
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, build->lots);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    build->in_range &= add_lot (build, value);
  g_hash_table_iter_init (&iter, build->loose);
  while (g_hash_table_iter_next (&iter, &key, &value))
    build->in_range &=
        quay_shelf_row_add (key, NULL, QUAY_MILLI (*(gint64 *)value), build->ask->day);
  for (guint i = 0; i < build->inside->len; i++)
    {
      const Inside *inside = &g_array_index (build->inside, Inside, i);
      if (inside->basket->row == NULL || inside->lot == NULL)
        continue;
      QuayShelfLot shown = { inside->lot->terms, inside->lot->expires, inside->lot->code,
                             inside->lot->blocked };
      build->in_range &= quay_shelf_row_add_inside (inside->basket->row, inside->row, &shown,
                                                    QUAY_MILLI (inside->milli));
    }
}

static void
finish_rows (Build *build)
{
  for (guint i = 0; i < build->shelf->rows->len; i++)
    {
      QuayShelfRow *row = build->shelf->rows->pdata[i];
      const Known *last = g_hash_table_lookup (build->last, row);
      build->in_range &=
          quay_shelf_row_finish (row, last != NULL ? &last->terms : NULL, build->ask);
    }
}

static void
read_all (Build *build)
{
  read_items (build, 0);
  read_lots (build, NULL);
  read_blocked (build);
  quay_reader_visit_balances (build->reader, build->ask->at_ms, take_balance, build);
  add_lots (build);
  read_recipes (build);
  read_sold (build);
  read_kept (build);
  finish_rows (build);
  build->in_range &= quay_shelf_finish (build->shelf);
}

/* Some products by themselves, at every place there is. */
static void
read_first (Build *build, guint first)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (QuayId));
  read_items (build, first);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (build->reader, sql_places);
  while (stmt != NULL && quay_reader_next (build->reader, stmt))
    {
      QuayId place = quay_column_id (stmt, 0);
      g_array_append_val (places, place);
    }
  for (guint i = 0; i < build->shelf->rows->len; i++)
    {
      const QuayShelfRow *row = build->shelf->rows->pdata[i];
      read_lots (build, &row->product);
      for (guint k = 0; k < places->len; k++)
        read_balances_of (build, &g_array_index (places, QuayId, k), &row->product);
    }
  read_blocked (build);
  add_lots (build);
  finish_rows (build);
  quay_shelf_index (build->shelf);
}

static void
build_init (Build *build, QuayReader *reader, const QuayShelfAsk *ask)
{
  *build = (Build){ .reader = reader, .ask = ask, .receipt_no = -1, .in_range = TRUE };
  build->shelf = quay_shelf_new (ask);
  build->rows = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  build->lots = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, NULL, free_known);
  build->last = g_hash_table_new (NULL, NULL);
  build->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  build->loose = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  build->inside = g_array_new (FALSE, FALSE, sizeof (Inside));
}

static void
build_clear (Build *build)
{
  g_hash_table_unref (build->rows);
  g_hash_table_unref (build->last);
  g_hash_table_unref (build->rates);
  g_hash_table_unref (build->loose);
  g_hash_table_unref (build->lots);
  g_array_unref (build->inside);
  g_free (build->receipt);
  g_clear_pointer (&build->shelf, quay_shelf_free);
}

QuayShelf *
quay_reader_shelf (QuayReader *reader, const QuayShelfAsk *ask, guint first, GError **error)
{
  Build build;
  GError *failed = NULL;
  g_auto (QuayScope) scope = { NULL };
  build_init (&build, reader, ask);
  quay_scope_begin (&scope, reader->db, FALSE, &failed); /* all figures of one moment */
  quay_reader_note (reader, failed);
  if (first > 0)
    read_first (&build, first);
  else
    read_all (&build);
  QuayShelf *shelf = build.in_range ? g_steal_pointer (&build.shelf) : NULL;
  if (shelf == NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "a figure is out of range");
  build_clear (&build);
  return shelf;
}
