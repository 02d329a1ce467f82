/* Stock now, from the balances, or at a past moment, from the moves. */
#include "quay-reader-private.h"

#define SELECT_STOCK                                                                               \
  "SELECT b.product, b.lot, b.loc, coalesce(i.sku, ''), coalesce(i.name, ''),"                     \
  " coalesce(i.unit, ''),"                                                                         \
  " (SELECT f.value FROM fact f WHERE f.kind = 'location' AND f.entity = b.loc"                    \
  "  AND f.field = 'name'),"                                                                       \
  " b.qty,"                                                                                        \
  " (SELECT p.price FROM price p WHERE p.product = b.product AND p.day <= :day"                    \
  "  ORDER BY p.day DESC LIMIT 1) "
#define ORDER_STOCK                                                                                \
  " b LEFT JOIN item i ON i.product = b.product WHERE (:sku IS NULL OR i.sku = :sku)"              \
  " ORDER BY i.sort, i.sku, b.loc, b.lot"
/* Known before the moves are grouped: those of other products need no sorting. */
#define OF_SKU " AND (:sku IS NULL OR product IN (SELECT k.product FROM item k WHERE k.sku = :sku))"
enum
{
  STOCK_PRODUCT,
  STOCK_LOT,
  STOCK_LOC,
  STOCK_SKU,
  STOCK_NAME,
  STOCK_UNIT,
  STOCK_LOC_NAME,
  STOCK_QTY,
  STOCK_PRICE,
};

/* [at a past moment][by lot] */
static const char *const sql_stock[2][2] = {
  { SELECT_STOCK "FROM (SELECT loc, product, x'' AS lot, sum(qty) AS qty FROM stock_balance"
                 " GROUP BY loc, product)" ORDER_STOCK,
    SELECT_STOCK "FROM stock_balance" ORDER_STOCK },
  { SELECT_STOCK "FROM (SELECT loc, product, x'' AS lot, sum(qty) AS qty FROM stock_move"
                 " WHERE ts <= :at" OF_SKU " GROUP BY loc, product)" ORDER_STOCK,
    SELECT_STOCK "FROM (SELECT loc, product, lot, sum(qty) AS qty FROM stock_move"
                 " WHERE ts <= :at" OF_SKU " GROUP BY loc, product, lot)" ORDER_STOCK },
};

void
quay_stock_row_free (QuayStockRow *row)
{
  if (row == NULL)
    return;
  g_free (row->sku);
  g_free (row->name);
  g_free (row->unit);
  g_free (row->loc_name);
  g_free (row);
}

static QuayStockRow *
read_row (QuayStmt *stmt)
{
  QuayStockRow *row = g_new0 (QuayStockRow, 1);
  row->product = quay_column_id (stmt, STOCK_PRODUCT);
  row->lot = quay_column_id (stmt, STOCK_LOT);
  row->loc = quay_column_id (stmt, STOCK_LOC);
  row->sku = quay_column_dup (stmt, STOCK_SKU);
  row->name = quay_column_dup (stmt, STOCK_NAME);
  row->unit = quay_column_dup (stmt, STOCK_UNIT);
  row->loc_name = quay_column_dup (stmt, STOCK_LOC_NAME);
  row->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, STOCK_QTY));
  QuayMoney price = QUAY_DONG (sqlite3_column_int64 (stmt, STOCK_PRICE));
  if (!quay_money_times_qty (price, row->qty, &row->value))
    row->value = QUAY_DONG (0);
  return row;
}

GPtrArray *
quay_reader_stock (QuayReader *reader, const char *sku, gint64 at_ms, gboolean lots, QuayDay day)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_stock_row_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_stock[at_ms != 0][lots ? 1 : 0]);
  if (stmt == NULL)
    return rows;
  quay_bind_int (stmt, ":day", day);
  if (sku != NULL)
    quay_bind_text (stmt, ":sku", sku);
  if (at_ms != 0)
    quay_bind_int (stmt, ":at", at_ms);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (rows, read_row (stmt));
  return rows;
}
