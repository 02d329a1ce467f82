/* What is open of a line of a document. A line is looked at by place, product and lot: what it
 * took, less what came back, less what was given to other lots since. */
#include "quay-reader-attention.h"

#include "quay-reader-private.h"

/* --- SQL --- */

#define NIL "zeroblob(16)"
/* Moves of the document in d. */
#define MOVES "m.no > d.pos << 10 AND m.no < (d.pos + 1) << 10"
/* Moves of the refund whose line is r. */
#define OF_REFUND                                                                                  \
  "m.no > r.no >> 10 << 10 AND m.no < ((r.no >> 10) + 1) << 10 AND m.doc_line = r.line"

static const char sql_sale[] =
    "SELECT s.number, s.ts, s.day, s.who, s.loc, l.amount, l.net, l.price FROM booked b"
    " JOIN sale s ON s.no = b.pos << 10 JOIN sale_line l ON l.no = (b.pos << 10) + :line"
    " WHERE b.event = :doc";
enum
{
  DOC_NUMBER,
  DOC_TS,
  DOC_DAY,
  DOC_WHO,
  DOC_LOC,
  SALE_AMOUNT,
  SALE_NET,
  SALE_PRICE,
};
static const char sql_voucher[] =
    "SELECT (SELECT h.number FROM booked x JOIN voucher h ON h.no = x.pos << 10"
    "  WHERE x.event = v.document), v.ts, v.day, v.who, v.loc, v.to_loc, v.kind, v.reason, "
    "l.bearer,"
    " (SELECT t.terms FROM lot t WHERE t.lot = :lot ORDER BY t.event LIMIT 1), v.party"
    " FROM booked b JOIN voucher v ON v.no = b.pos << 10"
    " JOIN voucher_line l ON l.no = (b.pos << 10) + :line WHERE b.event = :doc";
enum
{
  VOUCHER_TO = DOC_LOC + 1,
  VOUCHER_KIND,
  VOUCHER_REASON,
  VOUCHER_BEARER,
  VOUCHER_TERMS, /* of the lot that is looked at, NULL if of none */
  VOUCHER_PARTY,
};

static const char sql_taken[] =
    "WITH d (pos) AS (SELECT pos FROM booked WHERE event = :doc)"
    "SELECT coalesce(sum(-m.qty), 0), coalesce(sum(m.amount), 0), coalesce(sum(m.cost), 0)"
    " FROM d, stock_move m WHERE " MOVES " AND m.doc_line = :line AND m.product = :product"
    " AND m.lot = :lot AND m.loc = :loc";
/* What parts of a line were paid for; whether it is made of other products; and of one product what
 * was paid and how much it was. */
static const char sql_whole[] =
    "WITH d (pos) AS (SELECT pos FROM booked WHERE event = :doc)"
    "SELECT coalesce(sum(m.amount), 0), coalesce(max(m.product <> :product), 0),"
    " coalesce(sum(CASE WHEN m.product = :product THEN -m.qty END), 0),"
    " coalesce(sum(CASE WHEN m.product = :product THEN m.amount END), 0), 0"
    " FROM d, stock_move m WHERE " MOVES " AND m.doc_line = :line";
/* Spoilt goods that came to another place than they were sold from count where they were sold:
 * there they went out again at once. */
static const char sql_back[] =
    "SELECT r.restock, sum(m.qty), sum(-m.amount), sum(-m.cost) FROM refund_line r"
    " JOIN stock_move m ON " OF_REFUND " AND m.qty > 0 AND m.product = :product AND m.lot = :lot"
    " AND CASE WHEN r.restock = 0 AND NOT EXISTS (SELECT 1 FROM booked b JOIN stock_move x"
    "   ON x.no > b.pos << 10 AND x.no < (b.pos + 1) << 10 WHERE b.event = :doc AND x.loc = m.loc)"
    "  THEN :floor ELSE m.loc END = :loc"
    " WHERE r.sale = :doc AND r.sale_line = :line GROUP BY r.restock";
/* The same for what no lot had given of a plain line: its move, if any, has the line's number. */
static const char sql_back_rest[] =
    "SELECT r.restock,"
    " sum(r.qty - coalesce((SELECT sum(m.qty) FROM stock_move m"
    "  WHERE " OF_REFUND " AND m.qty > 0 AND m.lot <> " NIL "), 0)),"
    " sum(r.amount - coalesce((SELECT sum(-m.amount) FROM stock_move m"
    "  WHERE " OF_REFUND " AND m.qty > 0 AND m.lot <> " NIL "), 0)), 0"
    " FROM refund_line r WHERE r.sale = :doc AND r.sale_line = :line"
    " AND CASE r.restock WHEN 0 THEN :loc = :floor ELSE EXISTS (SELECT 1 FROM stock_move m"
    "  WHERE m.no = (r.no >> 10 << 10) + r.line AND m.loc = :loc) END GROUP BY r.restock";
/* What others gave to a lot as sold. */
static const char sql_got[] =
    "SELECT coalesce(sum(a.qty), 0), coalesce(sum(a.amount), 0), coalesce(sum(a.cost), 0)"
    " FROM assign a WHERE a.doc = :doc AND a.line = :line AND a.product = :product"
    " AND a.to_lot = :lot AND a.qty > 0 AND a.kind = 0"
    " AND (SELECT m.loc FROM stock_move m WHERE m.no = a.no + 1) = :loc";
static const char sql_given[] =
    "SELECT g.kind, sum(g.qty), sum(g.amount), sum(g.cost) FROM ("
    " SELECT no, kind, qty, amount, cost_from AS cost FROM assign"
    "  WHERE doc = :doc AND line = :line AND product = :product AND from_lot = :lot"
    " UNION ALL SELECT no, kind, -qty, -amount, -cost FROM assign"
    "  WHERE doc = :doc AND line = :line AND product = :product AND to_lot = :lot) g"
    " WHERE (SELECT m.loc FROM stock_move m WHERE m.no = g.no + 1) = :loc GROUP BY g.kind";
enum
{
  FIGURE_KIND, /* not of sql_taken */
  FIGURE_QTY,
  FIGURE_AMOUNT,
  FIGURE_COST,
};

/* The lots and places that a line, its refunds and what was given of it touch. */
static const char sql_line_lots[] =
    "WITH d (pos) AS (SELECT pos FROM booked WHERE event = :doc),"
    " a AS (SELECT a.from_lot, a.to_lot, m.loc FROM assign a JOIN stock_move m ON m.no = a.no + 1"
    "  WHERE a.doc = :doc AND a.line = :line AND a.product = :product)"
    "SELECT m.lot, m.loc FROM d, stock_move m WHERE " MOVES " AND m.doc_line = :line"
    "  AND m.product = :product"
    " UNION SELECT a.from_lot, a.loc FROM a UNION SELECT a.to_lot, a.loc FROM a"
    " UNION SELECT m.lot, m.loc FROM refund_line r JOIN stock_move m ON " OF_REFUND
    "  AND m.product = :product WHERE r.sale = :doc AND r.sale_line = :line ORDER BY 1, 2";

/* --- one line --- */

typedef struct
{
  gint64 qty;
  gint64 amount;
  gint64 cost;
} Figures;

static QuayStmt *
prepare (const QuayLineKey *key, const char *sql)
{
  QuayStmt *stmt = quay_reader_stmt (key->reader, sql);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":doc", &key->doc);
  quay_bind_int (stmt, ":line", key->line);
  return stmt;
}

static QuayStmt *
prepare_at (const QuayLineKey *key, const char *sql)
{
  QuayStmt *stmt = prepare (key, sql);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":product", &key->product);
  quay_bind_id (stmt, ":lot", &key->lot);
  quay_bind_id (stmt, ":loc", &key->loc);
  return stmt;
}

static void
add_figures (QuayStmt *stmt, int first, Figures *to)
{
  to->qty += sqlite3_column_int64 (stmt, first);
  to->amount += sqlite3_column_int64 (stmt, first + 1);
  to->cost += sqlite3_column_int64 (stmt, first + 2);
}

/* By the number in the first column. */
static void
read_by_kind (const QuayLineKey *key, QuayStmt *stmt, Figures *by, guint n)
{
  while (stmt != NULL && quay_reader_next (key->reader, stmt))
    {
      gint64 kind = sqlite3_column_int64 (stmt, FIGURE_KIND);
      if (kind >= 0 && kind < (gint64)n)
        add_figures (stmt, FIGURE_QTY, &by[kind]);
    }
}

static Figures
read_taken (const QuayLineKey *key)
{
  Figures taken = { 0 };
  g_autoptr (QuayStmt) stmt = prepare_at (key, sql_taken);
  if (stmt != NULL && quay_reader_next (key->reader, stmt))
    add_figures (stmt, 0, &taken);
  return taken;
}

static void
read_given (const QuayLineKey *key, Figures given[QUAY_ASSIGN_BACK + 1])
{
  g_autoptr (QuayStmt) stmt = prepare_at (key, sql_given);
  read_by_kind (key, stmt, given, QUAY_ASSIGN_BACK + 1);
}

/* Of a product in a sale's line: @rest: what was paid for what no lot gave; what all of it was, for
 * the worth of a unit. FALSE for a part of a basket, where all parts have amounts of their own. */
static gboolean
read_whole (const QuayLineKey *key, gint64 line_amount, gint64 *rest, Figures *whole)
{
  g_autoptr (QuayStmt) stmt = prepare (key, sql_whole);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":product", &key->product);
  if (!quay_reader_next (key->reader, stmt))
    return FALSE;
  add_figures (stmt, 2, whole);
  if (sqlite3_column_int (stmt, 1) != 0)
    return FALSE;
  *rest = line_amount - sqlite3_column_int64 (stmt, 0);
  whole->amount = line_amount;
  return TRUE;
}

static void
add_line (GPtrArray *lines, const QuayOpenLine *head, QuayAssignKind kind, const Figures *left,
          gint64 worth)
{
  if (left->qty == 0)
    return;
  QuayOpenLine *line = g_memdup2 (head, sizeof *head);
  line->kind = kind;
  line->qty = QUAY_MILLI (left->qty);
  line->amount = QUAY_DONG (left->amount);
  line->cost = QUAY_DONG (left->cost);
  line->worth = QUAY_DONG (worth);
  line->number = g_strdup (head->number);
  line->who = g_strdup (head->who);
  g_ptr_array_add (lines, line);
}

/* What came back spoilt still costs what it cost: its share of all that the lot ever gave to the
 * line, whatever was taken from it since. */
static gint64
cost_of_spoilt (const QuayLineKey *key, const Figures *taken, gint64 milli)
{
  gint64 cost = 0;
  Figures whole = *taken;
  g_autoptr (QuayStmt) stmt = milli != 0 ? prepare_at (key, sql_got) : NULL;
  if (stmt == NULL || !quay_reader_next (key->reader, stmt))
    return 0;
  add_figures (stmt, 0, &whole);
  return whole.qty > 0 && quay_muldiv (whole.cost, milli, whole.qty, &cost) ? cost : 0;
}

/* Sold and kept by the customer, or given back spoilt: then it stays lost. */
static void
split_sale (const QuayLineKey *key, const QuayOpenLine *head, const QuayId *floor, GPtrArray *lines)
{
  Figures taken = read_taken (key);
  Figures back[2] = { 0 }; /* spoilt, restocked */
  Figures given[QUAY_ASSIGN_BACK + 1] = { 0 };
  Figures all = { 0 };
  gint64 rest_amount = 0;
  gboolean rest =
      read_whole (key, head->line_amount.dong, &rest_amount, &all) && quay_id_is_nil (&key->lot);
  if (rest && quay_id_equal (&key->loc, floor))
    taken.amount = rest_amount;
  g_autoptr (QuayStmt) stmt = rest ? prepare (key, sql_back_rest) : prepare_at (key, sql_back);
  if (stmt != NULL)
    quay_bind_id (stmt, ":floor", floor);
  if (stmt != NULL && rest)
    quay_bind_id (stmt, ":loc", &key->loc);
  read_by_kind (key, stmt, back, G_N_ELEMENTS (back));
  read_given (key, given);
  Figures *sold = &given[QUAY_ASSIGN_SOLD], *lost = &given[QUAY_ASSIGN_LOST];
  gint64 lost_cost = cost_of_spoilt (key, &taken, back[0].qty);
  Figures kept = { taken.qty - back[0].qty - back[1].qty - sold->qty,
                   taken.amount - back[0].amount - back[1].amount - sold->amount,
                   taken.cost - lost_cost - back[1].cost - sold->cost };
  Figures spoilt = { back[0].qty - lost->qty, -lost->amount, lost_cost - lost->cost };
  gint64 worth = 0;
  if (all.qty > 0 && !quay_muldiv (all.amount, spoilt.qty, all.qty, &worth))
    worth = 0;
  add_line (lines, head, QUAY_ASSIGN_SOLD, &kept, kept.amount);
  add_line (lines, head, QUAY_ASSIGN_LOST, &spoilt, worth);
}

static gboolean
open_sale (const QuayLineKey *key, GPtrArray *lines)
{
  g_autoptr (QuayStmt) stmt = prepare (key, sql_sale);
  if (stmt == NULL || !quay_reader_next (key->reader, stmt))
    return FALSE;
  g_autofree char *number = quay_column_dup (stmt, DOC_NUMBER);
  g_autofree char *who = quay_column_dup (stmt, DOC_WHO);
  QuayId floor = quay_column_id (stmt, DOC_LOC);
  QuayOpenLine head = {
    .doc = key->doc,
    .line = key->line,
    .of_sale = TRUE,
    .loc = key->loc,
    .product = key->product,
    .lot = key->lot,
    .number = number,
    .who = who,
    .ts = sqlite3_column_int64 (stmt, DOC_TS),
    .day = sqlite3_column_int (stmt, DOC_DAY),
    .line_amount = QUAY_DONG (sqlite3_column_int64 (stmt, SALE_AMOUNT)),
    .line_net = QUAY_DONG (sqlite3_column_int64 (stmt, SALE_NET)),
    .price = QUAY_DONG (sqlite3_column_int64 (stmt, SALE_PRICE)),
  };
  split_sale (key, &head, &floor, lines);
  return TRUE;
}

/* Of the goods of the lot that is looked at, which may have none. */
static QuayAssignKind
fate_of (QuayOpenLine *head, QuayStmt *voucher)
{
  QuayTerms terms = { .kind = sqlite3_column_int64 (voucher, VOUCHER_TERMS) };
  const char *reason = (const char *)sqlite3_column_text (voucher, VOUCHER_REASON);
  if (head->moved)
    return QUAY_ASSIGN_SOLD;
  if (g_strcmp0 (reason, "returned") == 0)
    return QUAY_ASSIGN_BACK;
  head->kind = QUAY_ASSIGN_LOST;
  return quay_open_line_fate (head, quay_id_is_nil (&head->lot) ? NULL : &terms);
}

/* Goods that went elsewhere, or away without being sold. */
static void
open_voucher (const QuayLineKey *key, GPtrArray *lines)
{
  g_autoptr (QuayStmt) stmt = prepare (key, sql_voucher);
  if (stmt != NULL)
    quay_bind_id (stmt, ":lot", &key->lot);
  if (stmt == NULL || !quay_reader_next (key->reader, stmt))
    return;
  g_autofree char *number = quay_column_dup (stmt, DOC_NUMBER);
  g_autofree char *who = quay_column_dup (stmt, DOC_WHO);
  const char *kind = (const char *)sqlite3_column_text (stmt, VOUCHER_KIND);
  gboolean moved = g_strcmp0 (kind, "goods.moved") == 0 || g_strcmp0 (kind, "goods.bundled") == 0;
  QuayId from = quay_column_id (stmt, DOC_LOC), to = quay_column_id (stmt, VOUCHER_TO);
  QuayOpenLine head = {
    .doc = key->doc,
    .line = key->line,
    .moved = moved,
    .bearer = sqlite3_column_int (stmt, VOUCHER_BEARER) != 0,
    .other = quay_id_equal (&key->loc, &from) ? to : from,
    .loc = key->loc,
    .product = key->product,
    .lot = key->lot,
    .number = number,
    .who = who,
    .ts = sqlite3_column_int64 (stmt, DOC_TS),
    .day = sqlite3_column_int (stmt, DOC_DAY),
  };
  QuayAssignKind fate = fate_of (&head, stmt);
  if (fate == QUAY_ASSIGN_BACK)
    head.party = quay_column_id (stmt, VOUCHER_PARTY);
  Figures taken = read_taken (key);
  Figures left = { .qty = taken.qty };
  Figures given[QUAY_ASSIGN_BACK + 1] = { 0 };
  read_given (key, given);
  /* goods of no lot were given as whatever they became of the lot that got them */
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    left.qty -= given[i].qty;
  if (fate == QUAY_ASSIGN_LOST)
    left.cost = taken.cost - given[fate].cost;
  add_line (lines, &head, fate, &left, 0);
}

void
quay_reader_open_line (const QuayLineKey *key, GPtrArray *lines)
{
  if (!open_sale (key, lines))
    open_voucher (key, lines);
}

/* --- its lots --- */

/* Adds a place's part (stolen) to what is open of the same lot and fate. */
static void
merge_line (GPtrArray *lines, QuayOpenLine *line)
{
  for (guint i = 0; i < lines->len; i++)
    {
      QuayOpenLine *there = lines->pdata[i];
      if (there->kind != line->kind || !quay_id_equal (&there->lot, &line->lot))
        continue;
      there->qty.milli += line->qty.milli;
      there->amount.dong += line->amount.dong;
      there->cost.dong += line->cost.dong;
      there->worth.dong += line->worth.dong;
      quay_open_line_free (line);
      return;
    }
  g_ptr_array_add (lines, line);
}

/* What is open of the line of @open, by lot and fate, all places together. */
static GPtrArray *
read_lots (QuayReader *reader, const QuayOpenLine *open)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_open_line_free);
  QuayLineKey key = {
    .reader = reader, .doc = open->doc, .line = open->line, .product = open->product
  };
  g_autoptr (QuayStmt) stmt = prepare (&key, sql_line_lots);
  if (stmt == NULL)
    return lines;
  quay_bind_id (stmt, ":product", &open->product);
  while (quay_reader_next (reader, stmt))
    {
      g_autoptr (GPtrArray) here = g_ptr_array_new ();
      key.lot = quay_column_id (stmt, 0);
      key.loc = quay_column_id (stmt, 1);
      quay_reader_open_line (&key, here);
      for (guint i = 0; i < here->len; i++)
        merge_line (lines, here->pdata[i]);
    }
  return lines;
}

GPtrArray *
quay_reader_line_lots (QuayReader *reader, const QuayOpenLine *open)
{
  GPtrArray *lines = read_lots (reader, open);
  for (guint i = lines->len; i > 0; i--)
    {
      const QuayOpenLine *line = lines->pdata[i - 1];
      if (quay_id_is_nil (&line->lot) || quay_id_equal (&line->lot, &open->lot) ||
          (open->of_sale && line->kind != open->kind))
        g_ptr_array_remove_index (lines, i - 1);
    }
  return lines;
}

gboolean
quay_reader_limit_beyond (QuayReader *reader, QuayOpenLine *open)
{
  QuayMoney *parts[] = { &open->amount, &open->cost, &open->worth };
  gint64 beyond = 0;
  g_autoptr (GPtrArray) lots = read_lots (reader, open);
  for (guint i = 0; i < lots->len; i++)
    {
      const QuayOpenLine *lot = lots->pdata[i];
      if (lot->kind == open->kind && quay_id_equal (&lot->lot, &open->lot))
        beyond = -lot->qty.milli;
    }
  if (beyond <= 0)
    return FALSE;
  if (beyond >= -open->qty.milli)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!quay_share (*parts[i], QUAY_MILLI (0), QUAY_MILLI (beyond), QUAY_MILLI (-open->qty.milli),
                     parts[i]))
      return FALSE;
  open->qty = QUAY_MILLI (-beyond);
  return TRUE;
}
