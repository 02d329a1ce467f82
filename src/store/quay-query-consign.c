/* Settlements with producers: what one would say now, what they said. */
#include "quay-reader-consign.h"

#include "quay-log.h"
#include "quay-reader-private.h"

/* Consigned lots of a producer. A lot is in the file once, unless a strange program made it twice;
 * then all tills take the one of the lower event. */
#define THEIR_LOTS                                                                                 \
  " (l.producer = :producer OR (l.producer = zeroblob (16) AND l.party = :producer))"              \
  " AND l.terms IN (2, 3)"                                                                         \
  " AND l.no = (SELECT x.no FROM lot x WHERE x.lot = l.lot ORDER BY x.event LIMIT 1) "
#define SINCE(what)                                                                                \
  " sum (CASE s.what WHEN '" what "' THEN s.n WHEN 's." what "' THEN -s.n ELSE 0 END)"

#define FIGURES                                                                                    \
  SINCE ("in")                                                                                     \
  "," SINCE ("sold") "," SINCE ("back") "," SINCE ("loss") "," SINCE ("waste") "," SINCE (         \
      "amount") "," SINCE ("cost")

static const char sql_unsettled[] = /* the first figure is what the settlements before left */
    "SELECT l.lot, l.product, i.sku, coalesce (i.name, '?'), i.unit,"
    " sum (CASE WHEN s.what = 's.in' THEN s.n"
    "  WHEN s.what IN ('s.sold', 's.back', 's.loss', 's.waste') THEN -s.n ELSE 0 END)," FIGURES
    " FROM lot l JOIN lot_sum s ON s.lot = l.lot LEFT JOIN item i ON i.product = l.product"
    " WHERE" THEIR_LOTS "GROUP BY l.no ORDER BY i.sort, l.product, l.day, l.lot";
static const char sql_settled_lots[] =
    "SELECT x.lot, x.product, x.sku, x.name, x.unit, x.opening, x.received, x.sold, x.back, x.loss,"
    " x.waste, x.amount, x.cost FROM settlement s CROSS JOIN settled_lot x ON " QUAY_SQL_OF (
        "x", "s") "WHERE s.document = :id ORDER BY s.document <> s.id, s.no, x.no";
enum
{
  LOT_LOT,
  LOT_PRODUCT,
  LOT_SKU,
  LOT_NAME,
  LOT_UNIT,
  LOT_OPENING,
  LOT_IN,
  LOT_SOLD,
  LOT_BACK,
  LOT_LOSS,
  LOT_WASTE,
  LOT_AMOUNT,
  LOT_COST,
};

/* Every place with stock, one step of the balances' key each. */
static const char sql_in_doubt[] =
    "WITH RECURSIVE place (loc) AS (SELECT min (loc) FROM stock_balance UNION ALL"
    " SELECT (SELECT min (b.loc) FROM stock_balance b WHERE b.loc > place.loc) FROM place"
    " WHERE place.loc IS NOT NULL),"
    " theirs (product) AS (SELECT DISTINCT l.product FROM lot l WHERE" THEIR_LOTS ")"
    "SELECT DISTINCT coalesce (i.name, '?') FROM theirs t CROSS JOIN place p"
    " CROSS JOIN stock_balance b ON b.loc = p.loc AND b.product = t.product AND b.qty < 0"
    " LEFT JOIN item i ON i.product = t.product ORDER BY i.sort";
static const char sql_first_day[] = "SELECT min (l.day) FROM lot l WHERE" THEIR_LOTS;

#define SETTLEMENTS                                                                                \
  "SELECT s.document, max (s.number), s.day, min (s.ts), s.who, s.producer, s.name, s.from_day,"   \
  " s.to_day, sum (s.amount), sum (s.cost), sum (s.tax), max (s.note) FROM settlement s "
static const char sql_of_one[] =
    SETTLEMENTS "WHERE s.producer = :producer GROUP BY s.document"
                " ORDER BY s.day DESC, min (s.ts) DESC, s.document LIMIT :limit";
static const char sql_of_all[] =
    SETTLEMENTS "GROUP BY s.document ORDER BY s.day DESC, min (s.ts) DESC, s.document LIMIT :limit";
static const char sql_settlement[] = SETTLEMENTS "WHERE s.document = :id GROUP BY s.document";
enum
{
  SETTLED_ID,
  SETTLED_NUMBER,
  SETTLED_DAY,
  SETTLED_TS,
  SETTLED_WHO,
  SETTLED_PRODUCER,
  SETTLED_NAME,
  SETTLED_FROM,
  SETTLED_TO,
  SETTLED_AMOUNT,
  SETTLED_COST,
  SETTLED_TAX,
  SETTLED_NOTE,
};

/* What was owed before a document, and what was paid out for it. */
static const char sql_around[] =
    "SELECT coalesce (sum (CASE WHEN e.ts < :ts THEN e.amount END), 0),"
    " coalesce (sum (CASE WHEN e.kind = 'payout' AND e.doc = :id THEN -e.amount END), 0)"
    " FROM entry e WHERE e.producer = :producer";

/* --- lots --- */

static QuaySettledLot *
read_lot (QuayStmt *stmt)
{
  QuaySettledLot *lot = g_new0 (QuaySettledLot, 1);
  lot->lot = quay_column_id (stmt, LOT_LOT);
  lot->product = quay_column_id (stmt, LOT_PRODUCT);
  lot->sku = quay_column_dup (stmt, LOT_SKU);
  lot->name = quay_column_dup (stmt, LOT_NAME);
  lot->unit = quay_column_dup (stmt, LOT_UNIT);
  lot->opening = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_OPENING));
  lot->in = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_IN));
  lot->sold = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_SOLD));
  lot->back = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_BACK));
  lot->loss = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_LOSS));
  lot->waste = QUAY_MILLI (sqlite3_column_int64 (stmt, LOT_WASTE));
  lot->amount = QUAY_DONG (sqlite3_column_int64 (stmt, LOT_AMOUNT));
  lot->cost = QUAY_DONG (sqlite3_column_int64 (stmt, LOT_COST));
  return lot;
}

/* Takes over the list of an empty settlement: it frees its lots. */
static GPtrArray *
new_lots (void)
{
  QuaySettled *settled = quay_settled_new ();
  GPtrArray *lots = g_steal_pointer (&settled->lots);
  quay_settled_free (settled);
  return lots;
}

GPtrArray *
quay_reader_unsettled (QuayReader *reader, const QuayId *producer)
{
  GPtrArray *lots = new_lots ();
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_unsettled);
  if (stmt == NULL)
    return lots;
  quay_bind_id (stmt, ":producer", producer);
  while (quay_reader_next (reader, stmt))
    {
      QuaySettledLot *lot = read_lot (stmt);
      g_ptr_array_add (lots, lot);
      if (lot->opening.milli == 0 && !quay_settled_lot_moved (lot))
        g_ptr_array_remove_index (lots, lots->len - 1);
    }
  return lots;
}

GPtrArray *
quay_reader_in_doubt (QuayReader *reader, const QuayId *producer)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_in_doubt);
  if (stmt == NULL)
    return names;
  quay_bind_id (stmt, ":producer", producer);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (names, quay_column_dup (stmt, 0));
  return names;
}

QuayDay
quay_reader_first_lot_day (QuayReader *reader, const QuayId *producer)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_first_day);
  if (stmt == NULL)
    return 0;
  quay_bind_id (stmt, ":producer", producer);
  return quay_reader_next (reader, stmt) ? sqlite3_column_int (stmt, 0) : 0;
}

/* --- settlements --- */

static QuaySettledRecord *
read_settlement (QuayStmt *stmt)
{
  QuaySettledRecord *record = quay_settled_record_new ();
  QuaySettled *settled = record->settled;
  record->id = quay_column_id (stmt, SETTLED_ID);
  record->day = sqlite3_column_int (stmt, SETTLED_DAY);
  record->ts = sqlite3_column_int64 (stmt, SETTLED_TS);
  record->who = quay_column_dup (stmt, SETTLED_WHO);
  settled->number = quay_column_dup (stmt, SETTLED_NUMBER);
  settled->producer = quay_column_id (stmt, SETTLED_PRODUCER);
  settled->name = quay_column_dup (stmt, SETTLED_NAME);
  settled->from = sqlite3_column_int64 (stmt, SETTLED_FROM);
  settled->to = sqlite3_column_int64 (stmt, SETTLED_TO);
  settled->amount = QUAY_DONG (sqlite3_column_int64 (stmt, SETTLED_AMOUNT));
  settled->cost = QUAY_DONG (sqlite3_column_int64 (stmt, SETTLED_COST));
  settled->tax = QUAY_DONG (sqlite3_column_int64 (stmt, SETTLED_TAX));
  settled->note = quay_column_dup (stmt, SETTLED_NOTE);
  return record;
}

GPtrArray *
quay_reader_settlements (QuayReader *reader, const QuayId *producer, guint limit)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_settled_record_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, producer != NULL ? sql_of_one : sql_of_all);
  if (stmt == NULL)
    return records;
  if (producer != NULL)
    quay_bind_id (stmt, ":producer", producer);
  quay_bind_int (stmt, ":limit", limit);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (records, read_settlement (stmt));
  return records;
}

static void
read_settled_lots (QuayReader *reader, QuaySettledRecord *record)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_settled_lots);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":id", &record->id);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (record->settled->lots, read_lot (stmt));
}

static void
read_around (QuayReader *reader, QuaySettledRecord *record)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_around);
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":ts", record->ts);
  quay_bind_id (stmt, ":id", &record->id);
  quay_bind_id (stmt, ":producer", &record->settled->producer);
  if (!quay_reader_next (reader, stmt))
    return;
  record->before = QUAY_DONG (sqlite3_column_int64 (stmt, 0));
  record->paid = QUAY_DONG (sqlite3_column_int64 (stmt, 1));
}

QuaySettledRecord *
quay_reader_settlement (QuayReader *reader, const QuayId *id)
{
  QuaySettledRecord *record = NULL;
  {
    g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_settlement);
    if (stmt == NULL)
      return NULL;
    quay_bind_id (stmt, ":id", id);
    if (quay_reader_next (reader, stmt))
      record = read_settlement (stmt);
  }
  if (record == NULL)
    return NULL;
  read_settled_lots (reader, record);
  read_around (reader, record);
  return record;
}
