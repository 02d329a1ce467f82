/* Places: what lies in each; what went to a fair, was sold there, came back. */
#include "quay-reader-count.h"

#include "quay-reader-private.h"

#define PRICE_OF(product)                                                                          \
  "(SELECT p.price FROM price p WHERE p.product = " product " AND p.day <= :day"                   \
  " ORDER BY p.day DESC LIMIT 1)"

static const char sql_places[] =
    "SELECT f.entity, f.value, coalesce((SELECT k.value FROM fact k WHERE k.kind = 'location'"
    "  AND k.entity = f.entity AND k.field = 'kind'), 'store') AS what"
    " FROM fact f WHERE f.kind = 'location' AND f.field = 'name' AND f.value IS NOT NULL"
    " ORDER BY what <> 'floor', what <> 'store', f.value, f.entity";
enum
{
  PLACE_ID,
  PLACE_NAME,
  PLACE_KIND,
};
static const char sql_sums[] = "SELECT b.qty," PRICE_OF (
    "b.product") " FROM (SELECT product, sum(qty) AS qty"
                 " FROM stock_balance WHERE loc = :loc GROUP BY product HAVING sum(qty) <> 0) b";
static const char sql_rows[] =
    "SELECT b.product, b.lot, coalesce(i.sku, ''), coalesce(i.name, ''), coalesce(i.unit, ''),"
    " coalesce(i.weighed, 0), l.code, coalesce(l.expires, 0), b.qty," PRICE_OF (
        "b.product") " FROM stock_balance b LEFT JOIN item i ON i.product = b.product"
                     " LEFT JOIN lot l ON l.no = (SELECT x.no FROM lot x WHERE x.lot = b.lot ORDER "
                     "BY x.event"
                     "  LIMIT 1) WHERE b.loc = :loc AND b.qty <> 0"
                     " ORDER BY i.sort, b.product, coalesce(nullif(l.expires, 0), 99999999), b.lot";
enum
{
  ROW_PRODUCT,
  ROW_LOT,
  ROW_SKU,
  ROW_NAME,
  ROW_UNIT,
  ROW_WEIGHED,
  ROW_CODE,
  ROW_EXPIRES,
  ROW_QTY,
  ROW_PRICE,
};

/* A long document has further events, which name the first. */
static const char sql_moved[] =
    "SELECT v.id, v.day, v.loc, v.to_loc, v.subject, v.name, l.product, l.sku, l.name, l.unit,"
    " l.qty, l.price, l.amount, b.code, coalesce(b.expires, 0)"
    " FROM voucher v JOIN voucher d ON d.document = v.document"
    " JOIN voucher_line l ON l.no > d.no AND l.no < d.no + 1024"
    " LEFT JOIN lot b ON b.no = (SELECT x.no FROM lot x WHERE x.lot = l.lot ORDER BY x.event"
    "  LIMIT 1) WHERE v.number = :number AND v.kind = 'goods.moved' ORDER BY d.no, l.no";
enum
{
  MOVED_ID,
  MOVED_DAY,
  MOVED_FROM,
  MOVED_TO,
  MOVED_SUBJECT,
  MOVED_NAME,
  MOVED_PRODUCT,
  MOVED_SKU,
  MOVED_GOODS,
  MOVED_UNIT,
  MOVED_QTY,
  MOVED_PRICE,
  MOVED_AMOUNT,
  MOVED_CODE,
  MOVED_EXPIRES,
};

/* Each branch: product, out, sold, refunded, back, difference, left, amount, returned, lost. What
 * was issued there (samples, damage) is a difference, too. */
static const char sql_fair[] =
    "WITH doc (no, kind, home) AS (SELECT no, kind, loc = :loc FROM voucher"
    "  WHERE (loc = :loc OR to_loc = :loc)"
    "  AND kind IN ('goods.moved', 'goods.counted', 'goods.issued')),"
    " sold (no, id) AS (SELECT no, id FROM sale WHERE loc = :loc),"
    " line (product, gone, sold, refunded, back, diff, left, amount, returned, lost) AS ("
    " SELECT l.product, iif(d.kind = 'goods.moved' AND NOT d.home, l.qty, 0), 0, 0,"
    "  iif(d.kind = 'goods.moved' AND d.home, l.qty, 0),"
    "  CASE d.kind WHEN 'goods.counted' THEN l.qty WHEN 'goods.issued' THEN -l.qty ELSE 0 END,"
    "  0, 0, 0, iif(d.kind = 'goods.moved', 0, l.cost)"
    "  FROM doc d JOIN voucher_line l ON l.no > d.no AND l.no < d.no + 1024"
    " UNION ALL SELECT l.product, 0, l.qty, 0, 0, 0, 0, l.amount, 0, 0 FROM sold s"
    "  JOIN sale_line l ON l.no > s.no AND l.no < s.no + 1024"
    " UNION ALL SELECT l.product, 0, 0, r.qty, 0, 0, 0, 0, r.amount, 0 FROM sold s"
    "  JOIN refund_line r ON r.sale = s.id JOIN sale_line l ON l.no = s.no + r.sale_line"
    " UNION ALL SELECT product, 0, 0, 0, 0, 0, qty, 0, 0, 0 FROM stock_balance WHERE loc = :loc)"
    "SELECT n.product, i.producer, coalesce(i.sku, ''), coalesce(i.name, ''),"
    " coalesce(i.unit, ''), coalesce(i.producer_name, ''), sum(n.gone), sum(n.sold),"
    " sum(n.refunded), sum(n.back), sum(n.diff), sum(n.left), sum(n.amount), sum(n.returned),"
    " sum(n.lost) FROM line n LEFT JOIN item i ON i.product = n.product GROUP BY n.product"
    " HAVING sum(n.gone) <> 0 OR sum(n.sold) <> 0 OR sum(n.back) <> 0 OR sum(n.diff) <> 0"
    "  OR sum(n.left) <> 0 ORDER BY i.producer_name, i.sort";
enum
{
  FAIR_PRODUCT,
  FAIR_PRODUCER,
  FAIR_SKU,
  FAIR_NAME,
  FAIR_UNIT,
  FAIR_PRODUCER_NAME,
  FAIR_OUT,
  FAIR_SOLD,
  FAIR_REFUNDED,
  FAIR_BACK,
  FAIR_DIFFERENCE,
  FAIR_LEFT,
  FAIR_AMOUNT,
  FAIR_RETURNED,
  FAIR_LOST,
};

/* --- places --- */

static void
sum_place (QuayReader *reader, QuayPlace *place, QuayDay day)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_sums);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":loc", &place->id);
  quay_bind_int (stmt, ":day", day);
  while (quay_reader_next (reader, stmt))
    {
      QuayMoney value;
      QuayQty qty = QUAY_MILLI (sqlite3_column_int64 (stmt, 0));
      place->products++;
      if (!quay_money_times_qty (QUAY_DONG (sqlite3_column_int64 (stmt, 1)), qty, &value) ||
          !quay_money_add (place->value, value, &place->value))
        continue;
    }
}

GPtrArray *
quay_reader_places (QuayReader *reader, QuayDay day)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_place_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_places);
  if (stmt == NULL)
    return places;
  while (quay_reader_next (reader, stmt))
    {
      QuayPlace *place = g_new0 (QuayPlace, 1);
      place->id = quay_column_id (stmt, PLACE_ID);
      place->name = quay_reader_need_text (reader, stmt, PLACE_NAME);
      place->kind = quay_reader_need_text (reader, stmt, PLACE_KIND);
      g_ptr_array_add (places, place);
    }
  for (guint i = 0; i < places->len; i++)
    sum_place (reader, places->pdata[i], day);
  return places;
}

static QuayPlaceRow *
read_row (QuayStmt *stmt)
{
  QuayPlaceRow *row = g_new0 (QuayPlaceRow, 1);
  row->product = quay_column_id (stmt, ROW_PRODUCT);
  row->lot = quay_column_id (stmt, ROW_LOT);
  row->sku = quay_column_dup (stmt, ROW_SKU);
  row->name = quay_column_dup (stmt, ROW_NAME);
  row->unit = quay_column_dup (stmt, ROW_UNIT);
  row->weighed = sqlite3_column_int (stmt, ROW_WEIGHED) != 0;
  row->code = quay_column_dup (stmt, ROW_CODE);
  row->expires = sqlite3_column_int (stmt, ROW_EXPIRES);
  row->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, ROW_QTY));
  QuayMoney price = QUAY_DONG (sqlite3_column_int64 (stmt, ROW_PRICE));
  if (!quay_money_times_qty (price, row->qty, &row->value))
    row->value = QUAY_DONG (0);
  return row;
}

GPtrArray *
quay_reader_place_rows (QuayReader *reader, const QuayId *loc, QuayDay day)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_place_row_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_rows);
  if (stmt == NULL)
    return rows;
  quay_bind_id (stmt, ":loc", loc);
  quay_bind_int (stmt, ":day", day);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (rows, read_row (stmt));
  return rows;
}

/* --- moves --- */

static void
add_moved (QuayVoucher *voucher, QuayStmt *stmt)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = quay_column_id (stmt, MOVED_PRODUCT);
  line->sku = quay_column_dup (stmt, MOVED_SKU);
  line->name = quay_column_dup (stmt, MOVED_GOODS);
  line->unit = quay_column_dup (stmt, MOVED_UNIT);
  line->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, MOVED_QTY));
  line->price = QUAY_DONG (sqlite3_column_int64 (stmt, MOVED_PRICE));
  line->amount = QUAY_DONG (sqlite3_column_int64 (stmt, MOVED_AMOUNT));
  line->code = quay_column_dup (stmt, MOVED_CODE);
  line->expires = sqlite3_column_int64 (stmt, MOVED_EXPIRES);
  voucher->total.dong += line->amount.dong;
  g_ptr_array_add (voucher->lines, line);
}

QuayVoucher *
quay_reader_moved (QuayReader *reader, const char *number, QuayId *from, QuayDay *day)
{
  QuayVoucher *voucher = NULL;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_moved);
  if (stmt == NULL)
    return NULL;
  quay_bind_text (stmt, ":number", number);
  while (quay_reader_next (reader, stmt))
    {
      if (voucher == NULL)
        {
          voucher = quay_voucher_new ();
          voucher->number = g_strdup (number);
          voucher->to = quay_column_id (stmt, MOVED_TO);
          voucher->subject = quay_column_id (stmt, MOVED_SUBJECT);
          voucher->name = quay_column_dup (stmt, MOVED_NAME);
          *from = quay_column_id (stmt, MOVED_FROM);
          *day = sqlite3_column_int (stmt, MOVED_DAY);
        }
      add_moved (voucher, stmt);
    }
  return voucher;
}

/* --- fairs --- */

static QuayFairRow *
read_fair_row (QuayStmt *stmt)
{
  QuayFairRow *row = g_new0 (QuayFairRow, 1);
  row->product = quay_column_id (stmt, FAIR_PRODUCT);
  row->producer = quay_column_id (stmt, FAIR_PRODUCER);
  row->sku = quay_column_dup (stmt, FAIR_SKU);
  row->name = quay_column_dup (stmt, FAIR_NAME);
  row->unit = quay_column_dup (stmt, FAIR_UNIT);
  row->producer_name = quay_column_dup (stmt, FAIR_PRODUCER_NAME);
  row->out = QUAY_MILLI (sqlite3_column_int64 (stmt, FAIR_OUT));
  row->sold = QUAY_MILLI (sqlite3_column_int64 (stmt, FAIR_SOLD));
  row->refunded = QUAY_MILLI (sqlite3_column_int64 (stmt, FAIR_REFUNDED));
  row->back = QUAY_MILLI (sqlite3_column_int64 (stmt, FAIR_BACK));
  row->difference = QUAY_MILLI (sqlite3_column_int64 (stmt, FAIR_DIFFERENCE));
  row->left = QUAY_MILLI (sqlite3_column_int64 (stmt, FAIR_LEFT));
  row->amount = QUAY_DONG (sqlite3_column_int64 (stmt, FAIR_AMOUNT));
  row->returned = QUAY_DONG (sqlite3_column_int64 (stmt, FAIR_RETURNED));
  row->lost = QUAY_DONG (sqlite3_column_int64 (stmt, FAIR_LOST));
  return row;
}

GPtrArray *
quay_reader_fair_rows (QuayReader *reader, const QuayId *loc)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fair_row_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_fair);
  if (stmt == NULL)
    return rows;
  quay_bind_id (stmt, ":loc", loc);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (rows, read_fair_row (stmt));
  return rows;
}
