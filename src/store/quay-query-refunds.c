/* Second thoughts: tenders put right, and what was given back beyond what was sold. */
#include "quay-reader-private.h"

static const char sql_fix[] = "SELECT number FROM payment_fix"
                              " WHERE no = (SELECT pos << 10 FROM booked WHERE event = :id)";

/* A line of a sale of which more came back than was sold; and lines of refunds whose sale, though
 * it is named, is not here. */
static const char sql_excess[] =
    "WITH back (sale, line, qty, amount, last) AS ("
    " SELECT sale, sale_line, sum(qty), sum(amount), max(no) FROM refund_line"
    " WHERE sale <> zeroblob(16) GROUP BY sale, sale_line),"
    "sold (sale, line, qty, amount, last, sold_qty, paid, number, name) AS ("
    " SELECT k.*, coalesce(l.qty, 0), coalesce(l.amount, 0), s.number, l.name FROM back k"
    " LEFT JOIN booked b ON b.event = k.sale"
    " LEFT JOIN sale s ON s.no = b.pos << 10"
    " LEFT JOIN sale_line l ON l.no = (b.pos << 10) + k.line)"
    "SELECT x.sale, coalesce(x.number, (SELECT f.of FROM refund f WHERE f.sale = x.sale LIMIT 1)),"
    " coalesce(x.name, ''), max(x.qty - x.sold_qty, 0), max(x.amount - x.paid, 0),"
    " (SELECT group_concat(number, ', ') FROM (SELECT DISTINCT f.number FROM refund_line r"
    "  JOIN refund f ON f.no = r.no >> 10 << 10 WHERE r.sale = x.sale AND r.sale_line = x.line"
    "  ORDER BY f.no))"
    " FROM sold x WHERE x.qty > x.sold_qty OR x.amount > x.paid ORDER BY x.last DESC";
enum
{
  EXCESS_SALE,
  EXCESS_NUMBER,
  EXCESS_NAME,
  EXCESS_QTY,
  EXCESS_AMOUNT,
  EXCESS_REFUNDS,
};

char *
quay_reader_payment_fix (QuayReader *reader, const QuayId *id)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_fix);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":id", id);
  return quay_reader_next (reader, stmt) ? quay_column_dup (stmt, 0) : NULL;
}

GPtrArray *
quay_reader_excess (QuayReader *reader)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_excess_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_excess);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayExcess *excess = g_new0 (QuayExcess, 1);
      excess->sale = quay_column_id (stmt, EXCESS_SALE);
      excess->number = quay_column_dup (stmt, EXCESS_NUMBER);
      excess->name = quay_column_dup (stmt, EXCESS_NAME);
      excess->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, EXCESS_QTY));
      excess->amount = QUAY_DONG (sqlite3_column_int64 (stmt, EXCESS_AMOUNT));
      excess->refunds = quay_column_dup (stmt, EXCESS_REFUNDS);
      g_ptr_array_add (list, excess);
    }
  return list;
}
