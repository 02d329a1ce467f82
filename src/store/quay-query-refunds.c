/* Second thoughts: what was given back, tenders put right, and what was given back beyond what was
 * sold. */
#include "quay-reader-refunds.h"

#include "quay-log.h"
#include "quay-reader-private.h"

#define SELECT_REFUND                                                                              \
  "SELECT f.id, f.number, f.day, f.ts, f.who, f.sale, f.of, f.total, f.why, f.approver,"           \
  " f.customer, j.hash, p.state, p.copies,"                                                        \
  " (SELECT s.ts FROM sale s WHERE s.no = (SELECT pos << 10 FROM booked WHERE event = f.sale)),"   \
  " (SELECT s.number FROM sale s WHERE s.no ="                                                     \
  " (SELECT pos << 10 FROM booked WHERE event = f.exchange))"                                      \
  " FROM refund f JOIN journal j ON j.pos = f.no >> 10 LEFT JOIN print_job p ON p.sale = f.id "
#define OF_ID(alias)                                                                               \
  alias ".no > (SELECT pos << 10 FROM booked WHERE event = :id) AND " alias                        \
        ".no < (SELECT (pos + 1) << 10 FROM booked WHERE event = :id) ORDER BY " alias ".no"
enum
{
  REFUND_ID,
  REFUND_NUMBER,
  REFUND_DAY,
  REFUND_TS,
  REFUND_WHO,
  REFUND_SALE,
  REFUND_OF,
  REFUND_TOTAL,
  REFUND_WHY,
  REFUND_APPROVER,
  REFUND_CUSTOMER,
  REFUND_HASH,
  REFUND_PRINT,
  REFUND_COPIES,
  REFUND_OF_TS,
  REFUND_EXCHANGE,
};
static const char sql_refund[] =
    SELECT_REFUND "WHERE f.no = (SELECT pos << 10 FROM booked WHERE event = :id)";
/* As a sale's: the index is by day. */
static const char sql_number[] =
    "WITH RECURSIVE days (day) AS (SELECT max(day) FROM refund UNION ALL"
    " SELECT (SELECT max(f.day) FROM refund f WHERE f.day < days.day) FROM days"
    " WHERE days.day IS NOT NULL)"
    "SELECT f.id FROM days CROSS JOIN refund f ON f.day = days.day AND f.number = :number"
    " ORDER BY f.no DESC LIMIT 1";
static const char sql_refunds[] =
    SELECT_REFUND "WHERE f.day BETWEEN :from AND :to ORDER BY f.day DESC, f.no DESC LIMIT :limit";
/* What a line is called is known by its sale, or by itself. */
static const char sql_lines[] =
    "SELECT r.sale_line, coalesce(l.name, r.name), coalesce(l.unit, r.unit), r.qty, r.amount,"
    " r.net, coalesce(l.rate, r.rate, -1), r.restock"
    " FROM refund_line r LEFT JOIN booked b ON b.event = r.sale"
    " LEFT JOIN sale_line l ON l.no = (b.pos << 10) + r.sale_line WHERE " OF_ID ("r");
enum
{
  LINE_LINE,
  LINE_NAME,
  LINE_UNIT,
  LINE_QTY,
  LINE_AMOUNT,
  LINE_NET,
  LINE_RATE,
  LINE_RESTOCK,
};
static const char sql_payments[] =
    "SELECT p.tender, -p.amount, p.ref FROM payment p WHERE " OF_ID ("p");

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

/* --- given back --- */

static QuayRefundRecord *
read_refund (QuayReader *reader, QuayStmt *stmt)
{
  QuayRefundRecord *record = g_new0 (QuayRefundRecord, 1);
  const char *state = (const char *)sqlite3_column_text (stmt, REFUND_PRINT);
  record->id = quay_reader_need_id (reader, stmt, REFUND_ID);
  record->number = quay_reader_need_text (reader, stmt, REFUND_NUMBER);
  record->day = sqlite3_column_int (stmt, REFUND_DAY);
  record->ts = sqlite3_column_int64 (stmt, REFUND_TS);
  record->who = quay_reader_need_text (reader, stmt, REFUND_WHO);
  record->sale = quay_reader_need_id (reader, stmt, REFUND_SALE);
  record->of = quay_column_dup (stmt, REFUND_OF);
  record->total = QUAY_DONG (sqlite3_column_int64 (stmt, REFUND_TOTAL));
  record->why = quay_column_dup (stmt, REFUND_WHY);
  record->approver = quay_column_dup (stmt, REFUND_APPROVER);
  record->customer = quay_column_id (stmt, REFUND_CUSTOMER);
  record->printed = g_strcmp0 (state, "sent") == 0     ? QUAY_PRINT_SENT
                    : g_strcmp0 (state, "failed") == 0 ? QUAY_PRINT_FAILED
                                                       : QUAY_PRINT_NONE;
  record->copies = sqlite3_column_int64 (stmt, REFUND_COPIES);
  record->of_ts = sqlite3_column_int64 (stmt, REFUND_OF_TS);
  record->exchange = quay_column_dup (stmt, REFUND_EXCHANGE);
  const void *hash = sqlite3_column_blob (stmt, REFUND_HASH);
  if (hash != NULL && sqlite3_column_bytes (stmt, REFUND_HASH) == QUAY_HASH_LEN)
    quay_hash_to_code (hash, record->code);
  return record;
}

static QuayStmt *
begin_of (QuayReader *reader, const char *sql, const QuayId *id)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql);
  if (stmt != NULL)
    quay_bind_id (stmt, ":id", id);
  return stmt;
}

static void
add_tax (GArray *taxes, const QuayBackLine *line)
{
  guint i = 0;
  while (i < taxes->len && g_array_index (taxes, QuayTaxRow, i).rate_bp < line->rate_bp)
    i++;
  if (i == taxes->len || g_array_index (taxes, QuayTaxRow, i).rate_bp != line->rate_bp)
    {
      QuayTaxRow none = { .rate_bp = line->rate_bp };
      g_array_insert_val (taxes, i, none);
    }
  QuayTaxRow *row = &g_array_index (taxes, QuayTaxRow, i);
  row->gross.dong += line->amount.dong;
  row->net.dong += line->net.dong;
  row->vat.dong = row->gross.dong - row->net.dong;
}

static void
fill_back_lines (QuayReader *reader, QuayRefundRecord *record)
{
  record->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_back_line_free);
  record->taxes = g_array_new (FALSE, TRUE, sizeof (QuayTaxRow));
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_lines, &record->id);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayBackLine *line = g_new0 (QuayBackLine, 1);
      line->line = sqlite3_column_int64 (stmt, LINE_LINE);
      line->name = quay_column_dup (stmt, LINE_NAME);
      line->unit = quay_column_dup (stmt, LINE_UNIT);
      line->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, LINE_QTY));
      line->amount = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_AMOUNT));
      line->net = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_NET));
      line->rate_bp = sqlite3_column_int64 (stmt, LINE_RATE);
      line->restock = sqlite3_column_int (stmt, LINE_RESTOCK) != 0;
      add_tax (record->taxes, line);
      g_ptr_array_add (record->lines, line);
    }
}

static void
fill_handed_back (QuayReader *reader, QuayRefundRecord *record)
{
  record->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_payments, &record->id);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayPayment *payment = g_new0 (QuayPayment, 1);
      payment->tender = quay_tender_from_name ((const char *)sqlite3_column_text (stmt, 0));
      payment->amount = payment->given = QUAY_DONG (sqlite3_column_int64 (stmt, 1));
      payment->ref = quay_column_dup (stmt, 2);
      g_ptr_array_add (record->payments, payment);
    }
}

QuayRefundRecord *
quay_reader_refund_by_id (QuayReader *reader, const QuayId *id)
{
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_refund, id);
  if (stmt == NULL || !quay_reader_next (reader, stmt))
    return NULL;
  QuayRefundRecord *record = read_refund (reader, stmt);
  fill_back_lines (reader, record);
  fill_handed_back (reader, record);
  return record;
}

QuayRefundRecord *
quay_reader_refund_record (QuayReader *reader, const char *number)
{
  g_autofree char *whole = g_strstrip (g_ascii_strup (number, -1));
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_number);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":number", whole);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  QuayId id = quay_reader_need_id (reader, stmt, 0);
  return quay_reader_refund_by_id (reader, &id);
}

GPtrArray *
quay_reader_refunds (QuayReader *reader, QuayDay from, QuayDay to, guint limit)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refund_record_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_refunds);
  if (stmt == NULL)
    return list;
  quay_bind_int (stmt, ":from", from);
  quay_bind_int (stmt, ":to", to);
  quay_bind_int (stmt, ":limit", limit);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (list, read_refund (reader, stmt));
  return list;
}

/* --- second thoughts --- */

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
