/* Lots: what lies of a product at a place, what a document's line took, a lot's figures. */
#include "quay-reader-lots.h"

#include "quay-reader-private.h"

#include <string.h>

/* A lot's row: two of the same id can only come from a strange program; all tills then take the one
 * of the lower event. It is picked here: to have it sorted out costs the file more than the rest.
 */
#define LOT_COLUMNS                                                                                \
  " l.event, l.product, l.producer, l.party, l.terms, l.price, l.commission, l.base, l.net, "      \
  "l.made,"                                                                                        \
  " l.expires, l.day, l.code, l.trace,"                                                            \
  " (SELECT f.value FROM fact f WHERE f.kind = 'lot' AND f.entity = l.lot"                         \
  "  AND f.field = 'blocked'),"                                                                    \
  " (SELECT v.number FROM voucher v WHERE v.no = l.no >> 10 << 10) "

static const char sql_lots[] =
    "SELECT b.lot, b.qty," LOT_COLUMNS "FROM stock_balance b LEFT JOIN lot l ON l.lot = b.lot"
    " WHERE b.loc = :loc AND b.product = :product AND b.qty <> 0";
static const char sql_lot[] = "SELECT l.lot, 0," LOT_COLUMNS "FROM lot l WHERE l.lot = :lot";
enum
{
  LOT_ID,
  LOT_QTY,
  LOT_EVENT,
  LOT_PRODUCT,
  LOT_PRODUCER,
  LOT_PARTY,
  LOT_TERMS,
  LOT_PRICE,
  LOT_COMMISSION,
  LOT_BASE,
  LOT_NET,
  LOT_MADE,
  LOT_EXPIRES,
  LOT_DAY,
  LOT_CODE,
  LOT_TRACE,
  LOT_BLOCKED,
  LOT_RECEIPT,
};

/* Whatever moved stock in the name of a line of a document, and what was assigned since; spoilt
 * goods of a sale came back already, whichever lot they are of. */
static const char sql_parts[] =
    "WITH doc (pos, sold) AS (SELECT b.pos, EXISTS (SELECT 1 FROM sale s WHERE s.no = b.pos << 10)"
    "  FROM booked b WHERE b.event = :doc),"
    " given AS (SELECT a.* FROM doc, assign a WHERE a.doc = :doc AND a.line = :line"
    "  AND (a.kind = 0 OR NOT doc.sold))"
    "SELECT product, lot, loc, sum(qty), sum(amount), sum(cost) FROM ("
    " SELECT m.product, m.lot, m.loc, -m.qty AS qty, m.amount, m.cost FROM doc, stock_move m"
    "  WHERE m.no > doc.pos << 10 AND m.no < (doc.pos + 1) << 10 AND m.doc_line = :line"
    " UNION ALL SELECT a.product, a.from_lot, m.loc, -a.qty, -a.amount, -a.cost_from FROM given a"
    "  JOIN stock_move m ON m.no = a.no + 1"
    " UNION ALL SELECT a.product, a.to_lot, m.loc, a.qty, a.amount, a.cost FROM given a"
    "  JOIN stock_move m ON m.no = a.no + 1)"
    " GROUP BY product, lot, loc HAVING sum(qty) <> 0 OR sum(cost) <> 0 ORDER BY product, lot, loc";
enum
{
  PART_PRODUCT,
  PART_LOT,
  PART_LOC,
  PART_QTY,
  PART_AMOUNT,
  PART_COST,
};
/* What refunds of a line brought back, by the lot that it went to. */
static const char sql_returned[] =
    "SELECT m.product, m.lot, m.loc, sum(m.qty), sum(-m.amount), sum(-m.cost) FROM refund_line r"
    " JOIN stock_move m ON m.no > r.no >> 10 << 10 AND m.no < ((r.no >> 10) + 1) << 10"
    "  AND m.doc_line = r.line AND m.qty > 0"
    " WHERE r.sale = :doc AND r.sale_line = :line GROUP BY m.product, m.lot, m.loc";
static const char sql_recipe[] =
    "SELECT substr(field, 6), value FROM fact WHERE kind = 'product' AND entity = :product"
    " AND field >= 'part:' AND field < 'part;' AND value > 0 ORDER BY field";
static const char sql_place[] = "SELECT product, lot, qty FROM stock_balance WHERE loc = :loc"
                                " AND qty <> 0 ORDER BY product, lot";
static const char sql_of_code[] =
    "SELECT l.lot, 0," LOT_COLUMNS "FROM lot l WHERE l.product = :product AND l.code = :code";
static const char sql_sums[] = "SELECT what, n FROM lot_sum WHERE lot = :lot";

/* --- one lot --- */

static QuayLot *
read_lot (QuayStmt *stmt)
{
  QuayLot *lot = g_new0 (QuayLot, 1);
  lot->id = quay_column_id (stmt, LOT_ID);
  lot->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_QTY));
  lot->product = quay_column_id (stmt, LOT_PRODUCT);
  lot->producer = quay_column_id (stmt, LOT_PRODUCER);
  lot->party = quay_column_id (stmt, LOT_PARTY);
  lot->terms.kind = sqlite3_column_int64 (stmt, LOT_TERMS);
  lot->terms.price = QUAY_DONG (sqlite3_column_int64 (stmt, LOT_PRICE));
  lot->terms.commission_bp = sqlite3_column_int64 (stmt, LOT_COMMISSION);
  lot->terms.base = sqlite3_column_int64 (stmt, LOT_BASE);
  lot->terms.net_of_vat = sqlite3_column_int64 (stmt, LOT_NET);
  lot->made = sqlite3_column_int (stmt, LOT_MADE);
  lot->expires = sqlite3_column_int (stmt, LOT_EXPIRES);
  lot->received = sqlite3_column_int (stmt, LOT_DAY);
  lot->code = quay_column_dup (stmt, LOT_CODE);
  lot->trace = quay_column_dup (stmt, LOT_TRACE);
  lot->blocked = quay_column_dup (stmt, LOT_BLOCKED);
  lot->receipt = quay_column_dup (stmt, LOT_RECEIPT);
  return lot;
}

static int
compare_lots (gconstpointer a, gconstpointer b)
{
  return quay_lot_compare (*(const QuayLot *const *)a, *(const QuayLot *const *)b);
}

/* Adds the lot of a row; of two rows that follow each other with the same id the lower event's. */
static void
add_lot (GPtrArray *lots, QuayStmt *stmt, QuayId *event)
{
  QuayId id = quay_column_id (stmt, LOT_ID);
  QuayId of = quay_column_id (stmt, LOT_EVENT);
  const QuayLot *last = lots->len > 0 ? lots->pdata[lots->len - 1] : NULL;
  if (last != NULL && quay_id_equal (&last->id, &id))
    {
      if (memcmp (of.b, event->b, sizeof of.b) >= 0)
        return;
      g_ptr_array_remove_index (lots, lots->len - 1);
    }
  g_ptr_array_add (lots, read_lot (stmt));
  *event = of;
}

GPtrArray *
quay_reader_lots (QuayReader *reader, const QuayId *loc, const QuayId *product)
{
  QuayId event = QUAY_ID_NIL;
  GPtrArray *lots = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_lot_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lots);
  if (stmt == NULL)
    return lots;
  quay_bind_id (stmt, ":loc", loc);
  quay_bind_id (stmt, ":product", product);
  while (quay_reader_next (reader, stmt))
    add_lot (lots, stmt, &event);
  g_ptr_array_sort (lots, compare_lots);
  return lots;
}

/* Of the rows of @stmt that of the lowest event; (transfer full), NULL without any. */
static QuayLot *
read_first (QuayReader *reader, QuayStmt *stmt)
{
  QuayId event = QUAY_ID_NIL;
  g_autoptr (QuayLot) first = NULL;
  while (quay_reader_next (reader, stmt))
    {
      QuayId of = quay_column_id (stmt, LOT_EVENT);
      if (first != NULL && memcmp (of.b, event.b, sizeof of.b) >= 0)
        continue;
      g_clear_pointer (&first, quay_lot_free);
      first = read_lot (stmt);
      event = of;
    }
  return g_steal_pointer (&first);
}

QuayLot *
quay_reader_lot (QuayReader *reader, const QuayId *id)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lot);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":lot", id);
  return read_first (reader, stmt);
}

QuayLot *
quay_reader_lot_of_code (QuayReader *reader, const QuayId *product, const char *code)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_of_code);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":product", product);
  quay_bind_text (stmt, ":code", code);
  return read_first (reader, stmt);
}

void
quay_reader_lot_sums (QuayReader *reader, const QuayId *lot, QuayLotSums *sums)
{
  static const struct
  {
    const char *what;
    gsize offset;
  } members[] = {
    { "in", G_STRUCT_OFFSET (QuayLotSums, in) },
    { "sold", G_STRUCT_OFFSET (QuayLotSums, sold) },
    { "back", G_STRUCT_OFFSET (QuayLotSums, back) },
    { "loss", G_STRUCT_OFFSET (QuayLotSums, loss) },
    { "waste", G_STRUCT_OFFSET (QuayLotSums, waste) },
    { "amount", G_STRUCT_OFFSET (QuayLotSums, amount) },
    { "cost", G_STRUCT_OFFSET (QuayLotSums, cost) },
  };
  memset (sums, 0, sizeof *sums);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_sums);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":lot", lot);
  while (quay_reader_next (reader, stmt))
    for (guint i = 0; i < G_N_ELEMENTS (members); i++)
      if (g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), members[i].what) == 0)
        G_STRUCT_MEMBER (gint64, sums, members[i].offset) = sqlite3_column_int64 (stmt, 1);
}

/* --- lines and recipes --- */

static GPtrArray *
read_parts (QuayReader *reader, QuayStmt *stmt)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  while (quay_reader_next (reader, stmt))
    {
      QuayPart *part = g_new0 (QuayPart, 1);
      part->product = quay_column_id (stmt, PART_PRODUCT);
      part->lot = quay_column_id (stmt, PART_LOT);
      part->loc = quay_column_id (stmt, PART_LOC);
      part->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, PART_QTY));
      part->amount = QUAY_DONG (sqlite3_column_int64 (stmt, PART_AMOUNT));
      part->cost = QUAY_DONG (sqlite3_column_int64 (stmt, PART_COST));
      g_ptr_array_add (parts, part);
    }
  return parts;
}

GPtrArray *
quay_reader_parts (QuayReader *reader, const QuayId *doc, gint64 line)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_parts);
  if (stmt == NULL)
    return g_ptr_array_new ();
  quay_bind_id (stmt, ":doc", doc);
  quay_bind_int (stmt, ":line", line);
  return read_parts (reader, stmt);
}

GPtrArray *
quay_reader_returned (QuayReader *reader, const QuayId *sale, gint64 line)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_returned);
  if (stmt == NULL)
    return g_ptr_array_new ();
  quay_bind_id (stmt, ":doc", sale);
  quay_bind_int (stmt, ":line", line);
  return read_parts (reader, stmt);
}

GPtrArray *
quay_reader_recipe (QuayReader *reader, const QuayId *product)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_recipe);
  if (stmt == NULL)
    return parts;
  quay_bind_id (stmt, ":product", product);
  while (quay_reader_next (reader, stmt))
    {
      QuayPart part = { .qty = QUAY_MILLI (sqlite3_column_int64 (stmt, 1)) };
      if (quay_id_from_text ((const char *)sqlite3_column_text (stmt, 0), &part.product))
        g_ptr_array_add (parts, g_memdup2 (&part, sizeof part));
    }
  return parts;
}

GPtrArray *
quay_reader_place (QuayReader *reader, const QuayId *loc)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_place);
  if (stmt == NULL)
    return parts;
  quay_bind_id (stmt, ":loc", loc);
  while (quay_reader_next (reader, stmt))
    {
      QuayPart *part = g_new0 (QuayPart, 1);
      part->product = quay_column_id (stmt, 0);
      part->lot = quay_column_id (stmt, 1);
      part->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, 2));
      part->loc = *loc;
      g_ptr_array_add (parts, part);
    }
  return parts;
}
