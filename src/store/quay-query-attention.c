/* Balances that can't be, and the lines of documents behind them. */
#include "quay-reader-attention.h"

#include "quay-reader-private.h"

/* --- SQL --- */

/* Moves of the refund whose line is r. */
#define OF_REFUND                                                                                  \
  "m.no > r.no >> 10 << 10 AND m.no < ((r.no >> 10) + 1) << 10 AND m.doc_line = r.line"

#define BALANCE_COLUMNS                                                                            \
  "SELECT b.loc, b.product, b.lot, b.qty, coalesce(i.name, ''), coalesce(i.sku, ''),"              \
  " coalesce(i.unit, ''), coalesce(i.weighed, 0),"                                                 \
  " (SELECT l.code FROM lot l WHERE l.lot = b.lot ORDER BY l.event LIMIT 1),"                      \
  " (SELECT f.value FROM fact f WHERE f.kind = 'location' AND f.entity = b.loc"                    \
  "  AND f.field = 'name') "
#define BALANCE_ITEM " b LEFT JOIN item i ON i.product = b.product "
enum
{
  BALANCE_LOC,
  BALANCE_PRODUCT,
  BALANCE_LOT,
  BALANCE_QTY,
  BALANCE_NAME,
  BALANCE_SKU,
  BALANCE_UNIT,
  BALANCE_WEIGHED,
  BALANCE_CODE,
  BALANCE_PLACE,
};
static const char sql_short[] = BALANCE_COLUMNS
    "FROM stock_balance" BALANCE_ITEM "WHERE b.qty < 0 ORDER BY i.sort, b.product, b.loc, b.lot";
static const char sql_n_short[] = "SELECT count(*) FROM stock_balance WHERE qty < 0";

/* Lines that may have been given to lots beyond what they took: two gave at once, or goods came
 * back while somebody gave; or what was given was taken back twice. */
static const char sql_beyond[] =
    "SELECT a.doc, a.line, a.product, a.from_lot, m.loc FROM assign a"
    " JOIN stock_move m ON m.no = a.no + 1"
    " WHERE EXISTS (SELECT 1 FROM assign o WHERE o.doc = a.doc AND o.line = a.line AND o.no <> "
    "a.no)"
    "  OR EXISTS (SELECT 1 FROM refund_line r WHERE r.sale = a.doc AND r.sale_line = a.line)"
    " UNION SELECT a.doc, a.line, a.product, a.from_lot, m.loc FROM assign a"
    " JOIN refund_line r ON r.sale = a.doc AND r.sale_line = a.line"
    " JOIN stock_move m ON " OF_REFUND " AND m.product = a.product"
    "  AND (m.lot = a.from_lot OR (m.lot = a.to_lot AND a.qty < 0))"
    " UNION SELECT a.doc, a.line, a.product, a.to_lot, m.loc FROM assign a"
    " JOIN stock_move m ON m.no = a.no + 1 WHERE a.qty < 0";
enum
{
  BEYOND_DOC,
  BEYOND_LINE,
  BEYOND_PRODUCT,
  BEYOND_LOT,
  BEYOND_LOC,
};

static const char sql_walk[] =
    "SELECT m.event, m.doc_line, m.kind, m.no >> 10 << 10 FROM stock_move m"
    " WHERE m.product = :product AND m.loc = :loc AND m.lot = :lot AND m.qty < 0"
    " AND m.kind <> 'refund' ORDER BY m.no DESC";
static const char sql_assigned[] = "SELECT doc, line FROM assign WHERE no = :no";

/* --- lines behind a balance --- */

/* The line of a document that a move belongs to: its own, or that whose goods it gave. */
static gboolean
line_of_move (QuayReader *reader, QuayStmt *walk, QuayLineKey *key)
{
  key->doc = quay_column_id (walk, 0);
  key->line = sqlite3_column_int64 (walk, 1);
  if (g_strcmp0 ((const char *)sqlite3_column_text (walk, 2), "stock.assign") != 0)
    return TRUE;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_assigned);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":no", sqlite3_column_int64 (walk, 3));
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  key->doc = quay_column_id (stmt, 0);
  key->line = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

static guint
hash_key (gconstpointer data)
{
  const QuayLineKey *key = data;
  return quay_id_hash (&key->doc) * 31 + (guint)key->line;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const QuayLineKey *x = a, *y = b;
  return x->line == y->line && quay_id_equal (&x->doc, &y->doc);
}

/* Lines that took from the lot, newest first, until they make up for @need; those that only moved
 * goods are kept for the end. */
static void
walk_short (QuayReader *reader, const QuayAttention *of, GPtrArray *lines)
{
  gint64 found = 0;
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);
  g_autoptr (QuayStmt) walk = quay_reader_stmt (reader, sql_walk);
  QuayLineKey key = { .reader = reader, .product = of->product, .lot = of->lot, .loc = of->loc };
  if (walk == NULL)
    return;
  quay_bind_id (walk, ":product", &of->product);
  quay_bind_id (walk, ":loc", &of->loc);
  quay_bind_id (walk, ":lot", &of->lot);
  while (found < -of->qty.milli && quay_reader_next (reader, walk))
    {
      g_autoptr (GPtrArray) open = g_ptr_array_new ();
      if (!line_of_move (reader, walk, &key) || g_hash_table_contains (seen, &key))
        continue;
      g_hash_table_add (seen, g_memdup2 (&key, sizeof key));
      quay_reader_open_line (&key, open);
      for (guint i = 0; i < open->len; i++)
        {
          QuayOpenLine *line = open->pdata[i];
          if (line->qty.milli <= 0)
            {
              quay_open_line_free (line);
              continue;
            }
          found += line->moved ? 0 : line->qty.milli;
          g_ptr_array_add (line->moved ? moved : lines, line);
        }
    }
  for (guint i = 0; i < moved->len; i++)
    g_ptr_array_add (lines, moved->pdata[i]);
}

static gboolean
is_beyond (QuayReader *reader, QuayOpenLine *line)
{
  return line->qty.milli < 0 && !line->moved && quay_reader_limit_beyond (reader, line);
}

/* Calls for each line that was given beyond what it took. */
static GPtrArray *
read_beyond (QuayReader *reader)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_open_line_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_beyond);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayLineKey key = { .reader = reader,
                          .doc = quay_column_id (stmt, BEYOND_DOC),
                          .line = sqlite3_column_int64 (stmt, BEYOND_LINE),
                          .product = quay_column_id (stmt, BEYOND_PRODUCT),
                          .lot = quay_column_id (stmt, BEYOND_LOT),
                          .loc = quay_column_id (stmt, BEYOND_LOC) };
      guint before = lines->len;
      quay_reader_open_line (&key, lines);
      for (guint i = lines->len; i > before; i--)
        if (!is_beyond (reader, lines->pdata[i - 1]))
          g_ptr_array_remove_index (lines, i - 1);
    }
  return lines;
}

static gboolean
is_behind (const QuayOpenLine *line, const QuayAttention *of)
{
  return quay_id_equal (&line->loc, &of->loc) && quay_id_equal (&line->product, &of->product) &&
         quay_id_equal (&line->lot, &of->lot);
}

GPtrArray *
quay_reader_open_lines (QuayReader *reader, const QuayAttention *of)
{
  if (of->qty.milli < 0)
    {
      GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_open_line_free);
      walk_short (reader, of, lines);
      return lines;
    }
  GPtrArray *lines = read_beyond (reader);
  for (guint i = lines->len; i > 0; i--)
    if (!is_behind (lines->pdata[i - 1], of))
      g_ptr_array_remove_index (lines, i - 1);
  return lines;
}

/* --- balances --- */

static QuayAttention *
read_balance (QuayStmt *stmt)
{
  QuayAttention *balance = g_new0 (QuayAttention, 1);
  balance->loc = quay_column_id (stmt, BALANCE_LOC);
  balance->product = quay_column_id (stmt, BALANCE_PRODUCT);
  balance->lot = quay_column_id (stmt, BALANCE_LOT);
  balance->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, BALANCE_QTY));
  balance->name = quay_column_dup (stmt, BALANCE_NAME);
  balance->sku = quay_column_dup (stmt, BALANCE_SKU);
  balance->unit = quay_column_dup (stmt, BALANCE_UNIT);
  balance->weighed = sqlite3_column_int (stmt, BALANCE_WEIGHED) != 0;
  balance->code = quay_column_dup (stmt, BALANCE_CODE);
  balance->place = quay_column_dup (stmt, BALANCE_PLACE);
  return balance;
}

static const char sql_named[] = BALANCE_COLUMNS
    "FROM (SELECT :loc AS loc, :product AS product, :lot AS lot, :qty AS qty)" BALANCE_ITEM;

static void
add_beyond (QuayReader *reader, const QuayOpenLine *line, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      QuayAttention *there = list->pdata[i];
      if (there->qty.milli > 0 && is_behind (line, there))
        {
          there->qty.milli -= line->qty.milli;
          return;
        }
    }
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_named);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":loc", &line->loc);
  quay_bind_id (stmt, ":product", &line->product);
  quay_bind_id (stmt, ":lot", &line->lot);
  quay_bind_int (stmt, ":qty", -line->qty.milli);
  if (quay_reader_next (reader, stmt))
    g_ptr_array_add (list, read_balance (stmt));
}

GPtrArray *
quay_reader_attention (QuayReader *reader)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_attention_free);
  g_autoptr (GPtrArray) beyond = read_beyond (reader);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_short);
  for (guint i = 0; i < beyond->len; i++)
    add_beyond (reader, beyond->pdata[i], list);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    g_ptr_array_add (list, read_balance (stmt));
  return list;
}

guint
quay_reader_n_short (QuayReader *reader)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_n_short);
  return stmt != NULL && quay_reader_next (reader, stmt) ? (guint)sqlite3_column_int (stmt, 0) : 0;
}
