/* Orders with a deposit: lists, one with its lines, what they keep back. */
#include "quay-reader-orders.h"

#include "quay-log.h"
#include "quay-reader-private.h"

/* The end that counts is the earliest that anybody wrote, the same on every till. */
#define SELECT_ORDER                                                                               \
  "SELECT o.id, o.number, o.day, o.ts, o.who, o.due, o.total, o.deposit, o.tender, o.buyer,"       \
  " o.note,"                                                                                       \
  " (SELECT count(*) FROM customer_order_line l WHERE " QUAY_SQL_OF (                              \
      "l", "o") "),"                                                                               \
                " (SELECT l.name FROM customer_order_line l WHERE " QUAY_SQL_OF (                  \
                    "l",                                                                           \
                    "o") " LIMIT 1),"                                                              \
                         " (SELECT count(*) FROM customer_order_end e WHERE e.order_id = o.id),"   \
                         " e.id, e.day, e.how, e.sale, e.back, e.why,"                             \
                         " (SELECT s.number FROM sale s WHERE s.no = (SELECT pos << 10 FROM "      \
                         "booked WHERE event = e.sale))"                                           \
                         " FROM customer_order o LEFT JOIN customer_order_end e ON e.no ="         \
                         " (SELECT x.no FROM customer_order_end x WHERE x.order_id = o.id ORDER "  \
                         "BY x.ts, x.id LIMIT 1) "
#define OPEN "NOT EXISTS (SELECT 1 FROM customer_order_end e WHERE e.order_id = o.id)"
enum
{
  ORDER_ID,
  ORDER_NUMBER,
  ORDER_DAY,
  ORDER_TS,
  ORDER_WHO,
  ORDER_DUE,
  ORDER_TOTAL,
  ORDER_DEPOSIT,
  ORDER_TENDER,
  ORDER_BUYER,
  ORDER_NOTE,
  ORDER_N_LINES,
  ORDER_FIRST,
  ORDER_N_ENDS,
  ORDER_END,
  ORDER_ENDED,
  ORDER_HOW,
  ORDER_SALE,
  ORDER_BACK,
  ORDER_WHY,
  ORDER_SALE_NO,
};

static const char sql_list[] = SELECT_ORDER "WHERE e.id IS NULL OR e.day >= :since";
static const char sql_by_id[] =
    SELECT_ORDER "WHERE o.no = (SELECT pos << 10 FROM booked WHERE event = :id)";
static const char sql_by_number[] =
    SELECT_ORDER "WHERE o.number = :number COLLATE NOCASE ORDER BY o.day DESC LIMIT 1";
static const char sql_lines[] =
    "SELECT product, sku, name, unit, qty, price, amount, note FROM customer_order_line"
    " WHERE no > (SELECT pos << 10 FROM booked WHERE event = :id)"
    " AND no < (SELECT (pos + 1) << 10 FROM booked WHERE event = :id) ORDER BY no";
enum
{
  LINE_PRODUCT,
  LINE_SKU,
  LINE_NAME,
  LINE_UNIT,
  LINE_QTY,
  LINE_PRICE,
  LINE_AMOUNT,
  LINE_NOTE,
};
static const char sql_reserved[] =
    "SELECT l.product, sum(l.qty) FROM customer_order o JOIN customer_order_line l"
    " ON " QUAY_SQL_OF ("l", "o") "WHERE " OPEN " AND o.id <> :but GROUP BY l.product";
static const char sql_repriced[] =
    "SELECT i.product FROM item i WHERE i.active AND EXISTS (SELECT 1 FROM price p"
    " WHERE p.product = i.product AND p.day BETWEEN :since AND :today) ORDER BY i.sku";

static QuayOrderRecord *
read_order (QuayReader *reader, QuayStmt *stmt)
{
  QuayOrderRecord *order = g_new0 (QuayOrderRecord, 1);
  order->id = quay_reader_need_id (reader, stmt, ORDER_ID);
  order->number = quay_reader_need_text (reader, stmt, ORDER_NUMBER);
  order->day = sqlite3_column_int (stmt, ORDER_DAY);
  order->ts = sqlite3_column_int64 (stmt, ORDER_TS);
  order->who = quay_column_dup (stmt, ORDER_WHO);
  order->due = sqlite3_column_int (stmt, ORDER_DUE);
  order->total = QUAY_DONG (sqlite3_column_int64 (stmt, ORDER_TOTAL));
  order->deposit = QUAY_DONG (sqlite3_column_int64 (stmt, ORDER_DEPOSIT));
  g_autofree char *tender = quay_column_dup (stmt, ORDER_TENDER);
  order->tender = tender != NULL ? quay_tender_from_name (tender) : QUAY_TENDER_CASH;
  order->sealed = quay_column_dup (stmt, ORDER_BUYER);
  order->note = quay_column_dup (stmt, ORDER_NOTE);
  order->n_lines = sqlite3_column_int64 (stmt, ORDER_N_LINES);
  order->first = quay_column_dup (stmt, ORDER_FIRST);
  order->n_ends = sqlite3_column_int64 (stmt, ORDER_N_ENDS);
  if (order->n_ends == 0)
    return order;
  g_autofree char *how = quay_reader_need_text (reader, stmt, ORDER_HOW);
  order->end = quay_reader_need_id (reader, stmt, ORDER_END);
  order->ended = sqlite3_column_int (stmt, ORDER_ENDED);
  order->handed = g_str_equal (how, "handed");
  order->sale = quay_column_id (stmt, ORDER_SALE);
  order->back = QUAY_DONG (sqlite3_column_int64 (stmt, ORDER_BACK));
  order->why = quay_column_dup (stmt, ORDER_WHY);
  order->sale_no = quay_column_dup (stmt, ORDER_SALE_NO);
  return order;
}

static int
compare_orders (gconstpointer a, gconstpointer b)
{
  return quay_order_compare (*(const QuayOrderRecord *const *)a,
                             *(const QuayOrderRecord *const *)b);
}

GPtrArray *
quay_reader_orders (QuayReader *reader, QuayDay since)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_order_record_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_list);
  if (stmt == NULL)
    return orders;
  quay_bind_int (stmt, ":since", since);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (orders, read_order (reader, stmt));
  g_ptr_array_sort (orders, compare_orders);
  return orders;
}

static QuayLine *
read_line (QuayReader *reader, QuayStmt *stmt)
{
  QuayLine *line = g_new0 (QuayLine, 1);
  line->product = quay_column_id (stmt, LINE_PRODUCT);
  line->sku = quay_column_dup (stmt, LINE_SKU);
  line->name = quay_reader_need_text (reader, stmt, LINE_NAME);
  line->unit = quay_column_dup (stmt, LINE_UNIT);
  line->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, LINE_QTY));
  line->price = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_PRICE));
  line->amount = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_AMOUNT));
  line->note = quay_column_dup (stmt, LINE_NOTE);
  return line;
}

static void
read_lines (QuayReader *reader, QuayOrderRecord *order)
{
  order->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lines);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":id", &order->id);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (order->lines, read_line (reader, stmt));
}

/* The one order of a statement whose parameters are bound. */
static QuayOrderRecord *
take_one (QuayReader *reader, QuayStmt *bound)
{
  g_autoptr (QuayStmt) stmt = bound;
  QuayOrderRecord *order = quay_reader_next (reader, stmt) ? read_order (reader, stmt) : NULL;
  if (order != NULL)
    read_lines (reader, order);
  return order;
}

QuayOrderRecord *
quay_reader_order (QuayReader *reader, const QuayId *id)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql_by_id);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":id", id);
  return take_one (reader, stmt);
}

QuayOrderRecord *
quay_reader_order_by_number (QuayReader *reader, const char *number)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql_by_number);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":number", number);
  return take_one (reader, stmt);
}

GHashTable *
quay_reader_reserved (QuayReader *reader, const QuayId *but)
{
  GHashTable *all = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_reserved);
  if (stmt == NULL)
    return all;
  quay_bind_id (stmt, ":but", but != NULL ? but : &QUAY_ID_NIL);
  while (quay_reader_next (reader, stmt))
    {
      QuayId product = quay_column_id (stmt, 0);
      QuayQty qty = QUAY_MILLI (sqlite3_column_int64 (stmt, 1));
      g_hash_table_insert (all, g_memdup2 (&product, sizeof product), g_memdup2 (&qty, sizeof qty));
    }
  return all;
}

GPtrArray *
quay_reader_repriced (QuayReader *reader, QuayDay since, QuayDay today)
{
  GPtrArray *products = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_repriced);
  if (stmt == NULL)
    return products;
  quay_bind_int (stmt, ":since", since);
  quay_bind_int (stmt, ":today", today);
  while (quay_reader_next (reader, stmt))
    {
      QuayId product = quay_column_id (stmt, 0);
      g_ptr_array_add (products, g_memdup2 (&product, sizeof product));
    }
  return products;
}
