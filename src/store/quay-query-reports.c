/* Figures of business days. What was given back is taken off on the day of the refund, from the
 * product, rate and tender that it was for. */
#include "quay-reader-private.h"

#include "quay-log.h"

#include <string.h>

static const char sql_head[] =
    "SELECT (SELECT count(*) FROM sale WHERE day BETWEEN :from AND :to),"
    " (SELECT coalesce(sum(total), 0) FROM sale WHERE day BETWEEN :from AND :to),"
    " (SELECT coalesce(sum(vat), 0) FROM sale WHERE day BETWEEN :from AND :to),"
    " (SELECT count(*) FROM refund WHERE day BETWEEN :from AND :to),"
    " (SELECT coalesce(sum(total), 0) FROM refund WHERE day BETWEEN :from AND :to)";
enum
{
  HEAD_SALES,
  HEAD_TOTAL,
  HEAD_VAT,
  HEAD_REFUNDS,
  HEAD_REFUNDED,
};
static const char sql_tenders[] =
    "SELECT p.tender, p.tender, count(*), 0, sum(p.amount), 0 FROM ("
    " SELECT no FROM sale WHERE day BETWEEN :from AND :to UNION ALL"
    " SELECT no FROM refund WHERE day BETWEEN :from AND :to UNION ALL"
    " SELECT no FROM payment_fix WHERE day BETWEEN :from AND :to) d"
    " CROSS JOIN payment p ON " QUAY_SQL_OF ("p", "d") "GROUP BY p.tender ORDER BY p.tender";

/* Every line sold and given back in the days; n counts the sold ones. */
#define MOVED                                                                                      \
  "WITH moved (day, product, sku, name, rate, n, qty, amount, vat) AS ("                           \
  " SELECT s.day, l.product, l.sku, l.name, l.rate, 1, l.qty, l.amount, l.amount - l.net"          \
  " FROM sale s CROSS JOIN sale_line l ON " QUAY_SQL_OF (                                          \
      "l",                                                                                         \
      "s") "WHERE s.day BETWEEN :from AND :to UNION ALL"                                           \
           " SELECT f.day, coalesce(l.product, r.product, zeroblob(16)), coalesce(l.sku, r.sku),"  \
           " coalesce(l.name, r.name), coalesce(l.rate, r.rate), 0, -r.qty, -r.amount, r.net - "   \
           "r.amount"                                                                              \
           " FROM refund f CROSS JOIN refund_line r ON " QUAY_SQL_OF (                             \
               "r", "f") "LEFT JOIN booked b ON b.event = r.sale"                                  \
                         " LEFT JOIN sale_line l ON l.no = (b.pos << 10) + r.sale_line"            \
                         " WHERE f.day BETWEEN :from AND :to) "
#define FIGURES " sum(n), sum(qty), sum(amount), sum(vat) "

static const char sql_rates[] =
    MOVED "SELECT rate, rate," FIGURES "FROM moved GROUP BY rate ORDER BY rate";
static const char sql_by_product[] =
    MOVED "SELECT coalesce(i.sku, m.sku, ''), coalesce(i.name, m.name, ''),"
          " sum(m.n), sum(m.qty), sum(m.amount), sum(m.vat) FROM moved m"
          " LEFT JOIN item i ON i.product = m.product"
          " GROUP BY coalesce(i.no, m.sku, m.name) ORDER BY 5 DESC, 2";
static const char sql_by_producer[] =
    MOVED "SELECT coalesce(hex(i.producer), ''), coalesce(i.producer_name, ''),"
          " sum(m.n), sum(m.qty), sum(m.amount), sum(m.vat) FROM moved m"
          " LEFT JOIN item i ON i.product = m.product GROUP BY i.producer ORDER BY 5 DESC, 2";
static const char sql_by_day[] =
    "WITH documents (day, n, total, vat) AS ("
    " SELECT day, 1, total, vat FROM sale WHERE day BETWEEN :from AND :to UNION ALL"
    " SELECT f.day, 0, -r.amount, r.net - r.amount FROM refund f"
    " CROSS JOIN refund_line r ON " QUAY_SQL_OF (
        "r", "f") "WHERE f.day BETWEEN :from AND :to)"
                  "SELECT day, day, sum(n), 0, sum(total), sum(vat) FROM documents GROUP BY day "
                  "ORDER BY day";
enum
{
  ROW_KEY,
  ROW_NAME,
  ROW_COUNT,
  ROW_QTY,
  ROW_AMOUNT,
  ROW_VAT,
};

/* The open shift that this till opened last: not one that a copy of its disk opened elsewhere. */
static const char sql_open_shift[] =
    "SELECT s.id, s.number FROM shift s JOIN chain c ON c.no = s.no >> 50 WHERE c.here"
    " AND NOT EXISTS (SELECT 1 FROM shift_close x WHERE x.shift = s.id)"
    " ORDER BY s.no DESC LIMIT 1";

static GPtrArray *
read_rows (QuayReader *reader, const char *sql, QuayDay from, QuayDay to)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql);
  if (stmt == NULL)
    return rows;
  quay_bind_int (stmt, ":from", from);
  quay_bind_int (stmt, ":to", to);
  while (quay_reader_next (reader, stmt))
    {
      QuayReportRow *row = g_new0 (QuayReportRow, 1);
      row->key = quay_column_dup (stmt, ROW_KEY);
      row->name = quay_column_dup (stmt, ROW_NAME);
      row->count = sqlite3_column_int64 (stmt, ROW_COUNT);
      row->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, ROW_QTY));
      row->amount = QUAY_DONG (sqlite3_column_int64 (stmt, ROW_AMOUNT));
      row->vat = QUAY_DONG (sqlite3_column_int64 (stmt, ROW_VAT));
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static void
read_head (QuayReader *reader, QuayReport *report)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_head);
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":from", report->from);
  quay_bind_int (stmt, ":to", report->to);
  if (!quay_reader_next (reader, stmt))
    return;
  report->sales = sqlite3_column_int64 (stmt, HEAD_SALES);
  report->total = QUAY_DONG (sqlite3_column_int64 (stmt, HEAD_TOTAL));
  report->vat = QUAY_DONG (sqlite3_column_int64 (stmt, HEAD_VAT));
  report->refunds = sqlite3_column_int64 (stmt, HEAD_REFUNDS);
  report->refunded = QUAY_DONG (sqlite3_column_int64 (stmt, HEAD_REFUNDED));
}

QuayReport *
quay_reader_report (QuayReader *reader, QuayReportKind kind, QuayDay from, QuayDay to)
{
  static const char *const sql[] = {
    [QUAY_REPORT_PLAIN] = NULL,
    [QUAY_REPORT_BY_PRODUCT] = sql_by_product,
    [QUAY_REPORT_BY_PRODUCER] = sql_by_producer,
    [QUAY_REPORT_BY_DAY] = sql_by_day,
  };
  g_auto (QuayScope) scope = { NULL };
  GError *failed = NULL;
  QuayReport *report = g_new0 (QuayReport, 1);
  report->from = from;
  report->to = to;
  quay_scope_begin (&scope, reader->db, FALSE, &failed); /* all figures of one moment */
  quay_reader_note (reader, failed);
  read_head (reader, report);
  report->tenders = read_rows (reader, sql_tenders, from, to);
  report->rates = read_rows (reader, sql_rates, from, to);
  if ((guint)kind < G_N_ELEMENTS (sql) && sql[kind] != NULL)
    report->rows = read_rows (reader, sql[kind], from, to);
  return report;
}

void
quay_reader_day_total (QuayReader *reader, QuayDay day, gint64 *sales, QuayMoney *total)
{
  QuayReport report = { .from = day, .to = day };
  read_head (reader, &report);
  *sales = report.sales;
  *total = QUAY_DONG (report.total.dong - report.refunded.dong);
}

gboolean
quay_reader_open_shift (QuayReader *reader, QuayId *shift, char **number, QuayMoney *expected)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_open_shift);
  if (stmt == NULL)
    return FALSE;
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *shift = quay_reader_need_id (reader, stmt, 0);
  if (number != NULL)
    *number = quay_reader_need_text (reader, stmt, 1);
  if (expected != NULL)
    *expected = QUAY_DONG (quay_reader_running (reader, "drawer", shift));
  return TRUE;
}
