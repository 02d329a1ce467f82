/* A product's card and the way of a lot. Movements have no index by product or lot, since each
 * would cost every sale a page; they are looked through, on a thread. */
#include "quay-reader-shelf.h"

#include "quay-reader-lots.h"
#include "quay-reader-private.h"

#include <string.h>

static const char sql_lots[] = "SELECT DISTINCT lot FROM lot WHERE product = :product";
static const char sql_receipt[] =
    "SELECT DISTINCT l.lot FROM voucher f JOIN voucher v ON v.document = f.document"
    " JOIN lot l ON l.no > v.no AND l.no < v.no + 1024"
    " WHERE f.number = upper(:number) AND f.kind = 'goods.received'";
static const char sql_item[] = "SELECT sku, name, unit FROM item WHERE product = :product";
static const char sql_left[] = "SELECT loc, product, lot, qty FROM stock_balance WHERE qty <> 0";
static const char sql_place[] =
    "SELECT value FROM fact WHERE kind = 'location' AND entity = :loc AND field = 'name'";
static const char sql_basket[] = "SELECT 1 FROM lot WHERE lot = :loc";
/* A move of what no lot gave lies at its line's place and has no amount: the rest of the line's. */
static const char sql_moves[] =
    "SELECT m.no >> 10 << 10, m.ts, m.kind, m.lot, m.loc, m.qty,"
    " CASE WHEN m.amount <> 0 OR m.lot <> zeroblob (16) THEN m.amount ELSE coalesce ("
    "  (SELECT l.amount FROM sale_line l WHERE l.no = m.no AND m.kind = 'sale'),"
    "  (SELECT -l.amount FROM refund_line l WHERE l.no = m.no AND m.kind = 'refund'), 0)"
    "  - coalesce ((SELECT sum (o.amount) FROM stock_move o WHERE o.no > m.no >> 10 << 10"
    "   AND o.no < ((m.no >> 10) + 1) << 10 AND o.doc_line = m.doc_line), 0) END"
    " FROM stock_move m WHERE m.product = :product AND m.ts <= :to ORDER BY m.ts, m.no";
enum
{
  MOVE_DOC,
  MOVE_TS,
  MOVE_KIND,
  MOVE_LOT,
  MOVE_LOC,
  MOVE_QTY,
  MOVE_AMOUNT,
};
static const char sql_sale[] = "SELECT number, who, shift, NULL FROM sale WHERE no = :no";
static const char sql_refund[] = "SELECT number, who, shift, NULL FROM refund WHERE no = :no";
static const char sql_voucher[] =
    "SELECT coalesce(v.number, (SELECT f.number FROM booked b"
    " JOIN voucher f ON f.no = b.pos << 10 WHERE b.event = v.document)), v.who, NULL, v.reason"
    " FROM voucher v WHERE v.no = :no";
static const char sql_assign[] = "SELECT NULL, who, NULL, why FROM assign WHERE no = :no";
enum
{
  DOC_NUMBER,
  DOC_WHO,
  DOC_SHIFT,
  DOC_REASON,
};
/* Sales of a lot, what came back, and what was assigned to it or taken off it afterwards. */
static const char sql_lot_sales[] =
    "SELECT CASE m.kind WHEN 'sale' THEN m.no >> 10 << 10"
    "  WHEN 'refund' THEN (SELECT b.pos << 10 FROM refund r JOIN booked b ON b.event = r.sale"
    "   WHERE r.no = m.no >> 10 << 10)"
    "  ELSE (SELECT b.pos << 10 FROM assign a JOIN booked b ON b.event = a.doc"
    "   WHERE a.no = m.no >> 10 << 10) END,"
    " m.kind = 'refund', m.qty, m.amount FROM stock_move m"
    " WHERE m.lot = :lot AND (m.kind IN ('sale', 'stock.assign')"
    "  OR m.kind = 'refund' AND m.qty > 0)"; /* not what is thrown away after it came back */
static const char sql_sale_head[] =
    "SELECT id, number, day, ts, buyer IS NOT NULL FROM sale WHERE no = :no";

/* --- lots --- */

static char *
place_name (QuayReader *reader, const QuayId *loc)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_place);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":loc", loc);
  return quay_reader_next (reader, stmt) ? quay_column_dup (stmt, 0) : NULL;
}

static gboolean
is_basket (QuayReader *reader, const QuayId *loc)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_basket);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":loc", loc);
  return quay_reader_next (reader, stmt);
}

static void
name_product (QuayReader *reader, QuayCardLot *lot)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_item);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":product", &lot->lot->product);
  if (!quay_reader_next (reader, stmt))
    return;
  lot->sku = quay_column_dup (stmt, 0);
  lot->name = quay_column_dup (stmt, 1);
  lot->unit = quay_column_dup (stmt, 2);
}

static void
add_lot (QuayReader *reader, const QuayId *id, GPtrArray *lots)
{
  QuayLotSums sums;
  QuayLot *known = quay_reader_lot (reader, id);
  if (known == NULL)
    return;
  QuayCardLot *lot = g_new0 (QuayCardLot, 1);
  lot->lot = known;
  lot->places = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_card_place_free);
  quay_reader_lot_sums (reader, id, &sums);
  lot->in = QUAY_MILLI (sums.in);
  lot->sold = QUAY_MILLI (sums.sold);
  name_product (reader, lot);
  g_ptr_array_add (lots, lot);
}

static void
add_left (QuayReader *reader, QuayCardLot *lot, const QuayId *loc, gint64 milli)
{
  QuayCardPlace *place = g_new0 (QuayCardPlace, 1);
  place->place = place_name (reader, loc);
  place->inside = place->place == NULL && is_basket (reader, loc);
  place->qty = QUAY_MILLI (milli);
  lot->lot->qty.milli += milli;
  g_ptr_array_add (lot->places, place);
}

/* Unallocated goods are a lot without an id. */
static QuayCardLot *
loose_lot (QuayReader *reader, const QuayId *product, GPtrArray *lots)
{
  QuayCardLot *lot = lots->len > 0 ? lots->pdata[lots->len - 1] : NULL;
  if (lot != NULL && quay_id_is_nil (&lot->lot->id))
    return lot;
  lot = g_new0 (QuayCardLot, 1);
  lot->lot = g_new0 (QuayLot, 1);
  lot->lot->product = *product;
  lot->places = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_card_place_free);
  name_product (reader, lot);
  g_ptr_array_add (lots, lot);
  return lot;
}

/* What is left of @lots at each place; @product: also what is left of it without a lot. */
static void
fill_places (QuayReader *reader, GPtrArray *lots, const QuayId *product)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  for (guint i = 0; i < lots->len; i++)
    g_hash_table_insert (by_id, &((QuayCardLot *)lots->pdata[i])->lot->id, lots->pdata[i]);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_left);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayId loc = quay_column_id (stmt, 0);
      QuayId of = quay_column_id (stmt, 1);
      QuayId id = quay_column_id (stmt, 2);
      QuayCardLot *lot = g_hash_table_lookup (by_id, &id);
      if (lot == NULL && product != NULL && quay_id_equal (&of, product) && quay_id_is_nil (&id))
        lot = loose_lot (reader, product, lots);
      if (lot != NULL && quay_id_equal (&lot->lot->product, &of))
        add_left (reader, lot, &loc, sqlite3_column_int64 (stmt, 3));
    }
}

static int
compare_lots (gconstpointer a, gconstpointer b)
{
  const QuayLot *x = (*(const QuayCardLot *const *)a)->lot;
  const QuayLot *y = (*(const QuayCardLot *const *)b)->lot;
  if ((x->qty.milli == 0) != (y->qty.milli == 0))
    return x->qty.milli == 0 ? 1 : -1;
  return x->qty.milli == 0 ? -quay_lot_compare (x, y) : quay_lot_compare (x, y);
}

static void
read_lots (QuayReader *reader, QuayStmt *stmt, const QuayId *product, GPtrArray *lots)
{
  while (quay_reader_next (reader, stmt))
    {
      QuayId id = quay_column_id (stmt, 0);
      add_lot (reader, &id, lots);
    }
  fill_places (reader, lots, product);
  g_ptr_array_sort (lots, compare_lots);
}

/* --- movements --- */

static const char *
document_sql (const char *kind)
{
  return strcmp (kind, "sale") == 0           ? sql_sale
         : strcmp (kind, "refund") == 0       ? sql_refund
         : strcmp (kind, "stock.assign") == 0 ? sql_assign
         : g_str_has_prefix (kind, "goods.")  ? sql_voucher
                                              : NULL;
}

static void
read_document (QuayReader *reader, QuayCardMove *move, gint64 no)
{
  const char *sql = document_sql (move->kind);
  g_autoptr (QuayStmt) stmt = sql != NULL ? quay_reader_stmt (reader, sql) : NULL;
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":no", no);
  if (!quay_reader_next (reader, stmt))
    return;
  move->number = quay_column_dup (stmt, DOC_NUMBER);
  move->who = quay_column_dup (stmt, DOC_WHO);
  move->shift = quay_column_id (stmt, DOC_SHIFT);
  move->reason = quay_column_dup (stmt, DOC_REASON);
}

/* Names that many movements share. */
typedef struct
{
  QuayReader *reader;
  GHashTable *places;  /* id → name or NULL */
  GHashTable *baskets; /* id → whether it is a lot of baskets */
  GHashTable *lots;    /* id → code or NULL */
} Names;

static gboolean
is_inside (Names *names, const QuayId *loc)
{
  gpointer kept;
  if (g_hash_table_lookup_extended (names->baskets, loc, NULL, &kept))
    return GPOINTER_TO_INT (kept);
  gboolean inside = is_basket (names->reader, loc);
  g_hash_table_insert (names->baskets, g_memdup2 (loc, sizeof *loc), GINT_TO_POINTER (inside));
  if (!inside)
    g_hash_table_insert (names->places, g_memdup2 (loc, sizeof *loc),
                         place_name (names->reader, loc));
  return inside;
}

static const char *
code_of (Names *names, const QuayId *id)
{
  gpointer kept;
  if (g_hash_table_lookup_extended (names->lots, id, NULL, &kept))
    return kept;
  g_autoptr (QuayLot) lot = quay_reader_lot (names->reader, id);
  char *code = lot != NULL ? g_strdup (lot->code) : NULL;
  g_hash_table_insert (names->lots, g_memdup2 (id, sizeof *id), code);
  return code;
}

static QuayCardMove *
read_move (Names *names, QuayStmt *stmt, const QuayId *loc)
{
  QuayCardMove *move = g_new0 (QuayCardMove, 1);
  QuayId lot = quay_column_id (stmt, MOVE_LOT);
  move->ts = sqlite3_column_int64 (stmt, MOVE_TS);
  move->kind = quay_reader_need_text (names->reader, stmt, MOVE_KIND);
  move->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, MOVE_QTY));
  move->amount = QUAY_DONG (sqlite3_column_int64 (stmt, MOVE_AMOUNT));
  move->has_lot = !quay_id_is_nil (&lot);
  move->code = move->has_lot ? g_strdup (code_of (names, &lot)) : NULL;
  move->place = g_strdup (g_hash_table_lookup (names->places, loc));
  read_document (names->reader, move, sqlite3_column_int64 (stmt, MOVE_DOC));
  return move;
}

static void
read_moves (Names *names, QuayCard *card)
{
  QuayQty balance = QUAY_MILLI (0);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (names->reader, sql_moves);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":product", &card->product);
  quay_bind_int (stmt, ":to", card->to_ms);
  while (quay_reader_next (names->reader, stmt))
    {
      QuayId loc = quay_column_id (stmt, MOVE_LOC);
      if (is_inside (names, &loc))
        continue;
      balance.milli += sqlite3_column_int64 (stmt, MOVE_QTY);
      if (sqlite3_column_int64 (stmt, MOVE_TS) < card->from_ms)
        {
          card->before = balance;
          continue;
        }
      QuayCardMove *move = read_move (names, stmt, &loc);
      move->balance = balance;
      g_ptr_array_add (card->moves, move);
    }
}

QuayCard *
quay_reader_card (QuayReader *reader, const QuayId *product, gint64 from_ms, gint64 to_ms)
{
  GError *failed = NULL;
  g_auto (QuayScope) scope = { NULL };
  QuayCard *card = quay_card_new (product, from_ms, to_ms);
  Names names = { reader, g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free),
                  g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, NULL),
                  g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free) };
  quay_scope_begin (&scope, reader->db, FALSE, &failed); /* all figures of one moment */
  quay_reader_note (reader, failed);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lots);
  if (stmt != NULL)
    {
      quay_bind_id (stmt, ":product", product);
      read_lots (reader, stmt, product, card->lots);
    }
  read_moves (&names, card);
  g_hash_table_unref (names.places);
  g_hash_table_unref (names.baskets);
  g_hash_table_unref (names.lots);
  return card;
}

GPtrArray *
quay_reader_receipt_lots (QuayReader *reader, const char *number)
{
  GPtrArray *lots = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_card_lot_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_receipt);
  if (stmt == NULL)
    return lots;
  quay_bind_text (stmt, ":number", number);
  read_lots (reader, stmt, NULL, lots);
  return lots;
}

/* --- recall --- */

static QuayLotSale *
find_sale (QuayReader *reader, GHashTable *sales, gint64 no)
{
  QuayLotSale *sale = g_hash_table_lookup (sales, &no);
  if (sale != NULL)
    return sale;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_sale_head);
  if (stmt == NULL)
    return NULL;
  quay_bind_int (stmt, ":no", no);
  if (!quay_reader_next (reader, stmt))
    return NULL; /* something else was assigned: a loss */
  sale = g_new0 (QuayLotSale, 1);
  sale->sale = quay_column_id (stmt, 0);
  sale->number = quay_reader_need_text (reader, stmt, 1);
  sale->day = sqlite3_column_int (stmt, 2);
  sale->ts = sqlite3_column_int64 (stmt, 3);
  sale->has_buyer = sqlite3_column_int (stmt, 4) != 0;
  g_hash_table_insert (sales, g_memdup2 (&no, sizeof no), sale);
  return sale;
}

static int
compare_sales (gconstpointer a, gconstpointer b)
{
  const QuayLotSale *x = *(const QuayLotSale *const *)a;
  const QuayLotSale *y = *(const QuayLotSale *const *)b;
  if (x->ts != y->ts)
    return x->ts < y->ts ? -1 : 1;
  return strcmp (x->number, y->number);
}

GPtrArray *
quay_reader_lot_sales (QuayReader *reader, const QuayId *lot)
{
  GHashTableIter iter;
  gpointer value;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_lot_sale_free);
  g_autoptr (GHashTable) sales = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lot_sales);
  if (stmt == NULL)
    return list;
  quay_bind_id (stmt, ":lot", lot);
  while (quay_reader_next (reader, stmt))
    {
      QuayLotSale *sale = find_sale (reader, sales, sqlite3_column_int64 (stmt, 0));
      if (sale == NULL)
        continue;
      gint64 milli = sqlite3_column_int64 (stmt, 2);
      sale->qty.milli -= milli;
      sale->back.milli += sqlite3_column_int (stmt, 1) != 0 ? milli : 0;
      sale->amount.dong += sqlite3_column_int64 (stmt, 3);
    }
  g_hash_table_iter_init (&iter, sales);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare_sales);
  return list;
}
