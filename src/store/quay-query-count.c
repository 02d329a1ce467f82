/* Counts: what was seen, what the books say of that moment, which tills have not reported yet. */
#include "quay-reader-count.h"

#include "quay-reader-private.h"

#define PRICE_OF(product)                                                                          \
  "(SELECT p.price FROM price p WHERE p.product = " product " AND p.day <= :day"                   \
  " ORDER BY p.day DESC LIMIT 1)"
#define GOODS                                                                                      \
  " coalesce(i.sku, ''), coalesce(i.name, ''), coalesce(i.unit, ''), coalesce(i.weighed, 0),"

static const char sql_seen[] =
    "SELECT s.product, iif(s.whole, zeroblob(16), s.lot), s.whole," GOODS
    " l.code, coalesce(l.expires, 0)," PRICE_OF (
        "s.product") ", s.qty, s.seen, s.who"
                     " FROM count_line s LEFT JOIN item i ON i.product = s.product"
                     " LEFT JOIN lot l ON l.no = (SELECT x.no FROM lot x WHERE x.lot = s.lot ORDER "
                     "BY x.event"
                     "  LIMIT 1) AND NOT s.whole"
                     " WHERE s.count = :count"
                     " ORDER BY i.sort, s.product, s.whole DESC, 2, s.seen, s.event, s.line";
static const char sql_expected[] = "SELECT b.product, zeroblob(16), 1," GOODS " NULL, 0," PRICE_OF (
    "b.product") ", sum(b.qty)"
                 " FROM stock_balance b JOIN item i ON i.product = b.product"
                 " WHERE b.loc = :loc AND (:scope IS NULL OR i.category = :scope)"
                 " GROUP BY b.product HAVING sum(b.qty) <> 0 ORDER BY i.sort";
enum
{
  SEEN_PRODUCT,
  SEEN_LOT,
  SEEN_WHOLE,
  SEEN_SKU,
  SEEN_NAME,
  SEEN_UNIT,
  SEEN_WEIGHED,
  SEEN_CODE,
  SEEN_EXPIRES,
  SEEN_PRICE,
  SEEN_QTY,
  SEEN_MS,
  SEEN_WHO,
};
static const char sql_n_seen[] = "SELECT count(*) FROM (SELECT DISTINCT product,"
                                 " iif(whole, zeroblob(16), lot), whole FROM count_line"
                                 " WHERE count = :count)";

/* An assignment says which lot a document took: its goods moved when the document's did. */
static const char sql_moves[] =
    "WITH own (pos) AS (SELECT v.no FROM voucher v WHERE v.subject = :count"
    "  AND v.kind = 'goods.counted')"
    "SELECT m.product, m.lot, m.qty,"
    " iif(m.kind = 'stock.assign', coalesce((SELECT d.ts FROM assign a"
    "  JOIN booked b ON b.event = a.doc JOIN stock_move d ON d.no > b.pos << 10"
    "  AND d.no < (b.pos + 1) << 10 WHERE a.no = m.no >> 10 << 10 LIMIT 1), m.ts), m.ts),"
    " m.no >> 10 << 10 IN own"
    " FROM stock_move m WHERE m.loc = :loc AND (m.ts > :since OR m.no >> 10 << 10 IN own)";
enum
{
  MOVE_PRODUCT,
  MOVE_LOT,
  MOVE_QTY,
  MOVE_TS,
  MOVE_OWN,
};
static const char sql_posted[] =
    "SELECT l.product, l.lot, l.seen, l.qty, l.amount, l.cost FROM voucher v"
    " JOIN voucher_line l ON l.no > v.no AND l.no < v.no + 1024"
    " WHERE v.subject = :count AND v.kind = 'goods.counted'";
enum
{
  POSTED_PRODUCT,
  POSTED_LOT,
  POSTED_SEEN,
  POSTED_QTY,
  POSTED_AMOUNT,
  POSTED_COST,
};
static const char sql_number[] =
    "SELECT number, reason, ts FROM voucher WHERE subject = :count AND kind = 'goods.counted'"
    " AND number IS NOT NULL ORDER BY ts, number LIMIT 1";
static const char sql_voucher[] =
    "SELECT v.number FROM booked b JOIN voucher v ON v.no = b.pos << 10 WHERE b.event = :id";

/* A till has several chains if it was replaced or its disk went back: the newest record of all of
 * them counts. This till knows all of itself. */
static const char sql_behind[] =
    "WITH here (chain) AS (SELECT DISTINCT no >> 50 FROM stock_move"
    "  WHERE loc = :loc AND ts >= :from)"
    "SELECT c.code || c.letter FROM chain c WHERE c.till IN"
    "  (SELECT x.till FROM chain x JOIN here h ON h.chain = x.no)"
    " AND c.till NOT IN (SELECT till FROM chain WHERE mine = 1)"
    " GROUP BY c.till HAVING max((SELECT json_extract(CAST(j.bytes AS TEXT), '$.ts')"
    "  FROM journal j WHERE j.pos > c.no << 40 AND j.pos < (c.no + 1) << 40"
    "  ORDER BY j.pos DESC LIMIT 1)) <= :seen ORDER BY 1";

/* --- what was seen --- */

static QuayCountLine *
read_line (QuayStmt *stmt)
{
  QuayCountLine *line = quay_count_line_new ();
  line->product = quay_column_id (stmt, SEEN_PRODUCT);
  line->lot = quay_column_id (stmt, SEEN_LOT);
  line->whole = sqlite3_column_int (stmt, SEEN_WHOLE) != 0;
  line->sku = quay_column_dup (stmt, SEEN_SKU);
  line->name = quay_column_dup (stmt, SEEN_NAME);
  line->unit = quay_column_dup (stmt, SEEN_UNIT);
  line->weighed = sqlite3_column_int (stmt, SEEN_WEIGHED) != 0;
  line->lot_code = quay_column_dup (stmt, SEEN_CODE);
  line->expires = sqlite3_column_int (stmt, SEEN_EXPIRES);
  line->price = QUAY_DONG (sqlite3_column_int64 (stmt, SEEN_PRICE));
  return line;
}

static gboolean
is_of (const QuayCountLine *line, QuayStmt *stmt)
{
  QuayId product = quay_column_id (stmt, SEEN_PRODUCT);
  QuayId lot = quay_column_id (stmt, SEEN_LOT);
  return line != NULL && quay_id_equal (&line->product, &product) &&
         quay_id_equal (&line->lot, &lot) &&
         line->whole == (sqlite3_column_int (stmt, SEEN_WHOLE) != 0);
}

GPtrArray *
quay_reader_count_seen (QuayReader *reader, const QuayId *count, QuayDay day)
{
  QuayCountLine *line = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_count_line_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_seen);
  if (stmt == NULL)
    return lines;
  quay_bind_id (stmt, ":count", count);
  quay_bind_int (stmt, ":day", day);
  while (quay_reader_next (reader, stmt))
    {
      QuayObservation *seen = g_new0 (QuayObservation, 1);
      if (!is_of (line, stmt))
        g_ptr_array_add (lines, line = read_line (stmt));
      seen->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, SEEN_QTY));
      seen->seen = sqlite3_column_int64 (stmt, SEEN_MS);
      seen->who = quay_column_dup (stmt, SEEN_WHO);
      g_ptr_array_add (line->observations, seen);
    }
  return lines;
}

GPtrArray *
quay_reader_count_expected (QuayReader *reader, const QuayId *loc, const char *scope, QuayDay day)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_count_line_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_expected);
  if (stmt == NULL)
    return lines;
  quay_bind_id (stmt, ":loc", loc);
  quay_bind_int (stmt, ":day", day);
  if (scope != NULL)
    quay_bind_text (stmt, ":scope", scope);
  while (quay_reader_next (reader, stmt))
    {
      QuayCountLine *line = read_line (stmt);
      line->book = QUAY_MILLI (sqlite3_column_int64 (stmt, SEEN_QTY));
      g_ptr_array_add (lines, line);
    }
  return lines;
}

gint64
quay_reader_count_n_seen (QuayReader *reader, const QuayId *count)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_n_seen);
  if (stmt == NULL)
    return 0;
  quay_bind_id (stmt, ":count", count);
  return quay_reader_next (reader, stmt) ? sqlite3_column_int64 (stmt, 0) : 0;
}

/* --- the books --- */

GArray *
quay_reader_count_moves (QuayReader *reader, const QuayId *count, const QuayId *loc, gint64 since)
{
  GArray *moves = g_array_new (FALSE, FALSE, sizeof (QuayCountMove));
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_moves);
  if (stmt == NULL)
    return moves;
  quay_bind_id (stmt, ":count", count);
  quay_bind_id (stmt, ":loc", loc);
  quay_bind_int (stmt, ":since", since);
  while (quay_reader_next (reader, stmt))
    {
      QuayCountMove move = { .product = quay_column_id (stmt, MOVE_PRODUCT),
                             .lot = quay_column_id (stmt, MOVE_LOT),
                             .qty = QUAY_MILLI (sqlite3_column_int64 (stmt, MOVE_QTY)),
                             .ts = sqlite3_column_int64 (stmt, MOVE_TS),
                             .own = sqlite3_column_int (stmt, MOVE_OWN) != 0 };
      g_array_append_val (moves, move);
    }
  return moves;
}

GArray *
quay_reader_count_posted (QuayReader *reader, const QuayId *count)
{
  GArray *posted = g_array_new (FALSE, FALSE, sizeof (QuayCountPosted));
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_posted);
  if (stmt == NULL)
    return posted;
  quay_bind_id (stmt, ":count", count);
  while (quay_reader_next (reader, stmt))
    {
      QuayCountPosted line = { .product = quay_column_id (stmt, POSTED_PRODUCT),
                               .lot = quay_column_id (stmt, POSTED_LOT),
                               .seen = sqlite3_column_int64 (stmt, POSTED_SEEN),
                               .qty = QUAY_MILLI (sqlite3_column_int64 (stmt, POSTED_QTY)),
                               .amount = QUAY_DONG (sqlite3_column_int64 (stmt, POSTED_AMOUNT)),
                               .cost = QUAY_DONG (sqlite3_column_int64 (stmt, POSTED_COST)) };
      g_array_append_val (posted, line);
    }
  return posted;
}

char *
quay_reader_count_number (QuayReader *reader, const QuayId *count, gboolean *provisional,
                          gint64 *ts)
{
  *provisional = FALSE;
  *ts = 0;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_number);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":count", count);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  *provisional = g_strcmp0 ((const char *)sqlite3_column_text (stmt, 1), "provisional") == 0;
  *ts = sqlite3_column_int64 (stmt, 2);
  return quay_column_dup (stmt, 0);
}

gboolean
quay_reader_voucher_number (QuayReader *reader, const QuayId *id, char **number)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_voucher);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":id", id);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *number = quay_column_dup (stmt, 0);
  return TRUE;
}

GPtrArray *
quay_reader_behind (QuayReader *reader, const QuayId *loc, gint64 from, gint64 seen)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_behind);
  if (stmt == NULL)
    return labels;
  quay_bind_id (stmt, ":loc", loc);
  quay_bind_int (stmt, ":from", from);
  quay_bind_int (stmt, ":seen", seen);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (labels, quay_column_dup (stmt, 0));
  return labels;
}
