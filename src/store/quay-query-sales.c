/* Past sales, whole or as a list, and the open carts. */
#include "quay-reader-private.h"

#include "quay-draft.h"
#include "quay-log.h"
#include "quay-text.h"
#include "quay-typed.h"

#include <string.h>

#define NUMBER_DIGITS 6
#define CLOCK_SPAN 15
#define VIETNAM_AHEAD (7 * 60) /* one offset since 1975 */

#define SELECT_SALE                                                                                \
  "SELECT s.id, s.number, s.day, s.ts, s.who, s.total, s.vat, s.lines, s.note,"                    \
  " (SELECT coalesce(sum(f.amount), 0) FROM refund_line f WHERE f.sale = s.id),"                   \
  " (SELECT group_concat(t.tender, '+') FROM (SELECT q.tender FROM payment q"                      \
  "  WHERE " QUAY_SQL_OF ("q",                                                                     \
                          "s") "GROUP BY q.tender ORDER BY min(q.no)) t),"                         \
                               " j.hash, j.pos, p.state, p.copies, s.shift, s.customer,"           \
                               " s.list, (SELECT count(*) FROM payment_fix x WHERE x.sale ="       \
                               " s.id), (SELECT c.here FROM chain c WHERE c.no = j.pos >> 40) "
#define FROM_SALE                                                                                  \
  "FROM sale s JOIN journal j ON j.pos = s.no >> 10 LEFT JOIN print_job p ON p.sale = s.id "
/* Lines and payments of the document :id. */
#define OF_ID                                                                                      \
  "no > (SELECT pos << 10 FROM booked WHERE event = :id)"                                          \
  " AND no < (SELECT (pos + 1) << 10 FROM booked WHERE event = :id) ORDER BY no"
enum
{
  SALE_ID,
  SALE_NUMBER,
  SALE_DAY,
  SALE_TS,
  SALE_WHO,
  SALE_TOTAL,
  SALE_VAT,
  SALE_LINES,
  SALE_NOTE,
  SALE_REFUNDED,
  SALE_TENDERS,
  SALE_HASH,
  SALE_POS,
  SALE_PRINT,
  SALE_COPIES,
  SALE_SHIFT,
  SALE_CUSTOMER,
  SALE_LIST,
  SALE_FIXED,
  SALE_HERE,
};

static const char sql_by_id[] =
    SELECT_SALE FROM_SALE "WHERE s.no = (SELECT pos << 10 FROM booked WHERE event = :id)";
/* The index is (day, number), so a number is looked for in each day that had sales, newest first.
 */
static const char sql_by_number[] =
    "WITH RECURSIVE days (day) AS (SELECT max(day) FROM sale UNION ALL"
    " SELECT (SELECT max(s.day) FROM sale s WHERE s.day < days.day) FROM days"
    " WHERE days.day IS NOT NULL)"
    "SELECT s.id FROM days CROSS JOIN sale s ON s.day = days.day AND s.number = :number LIMIT 1";
static const char sql_list[] = SELECT_SALE FROM_SALE
    "WHERE s.day BETWEEN :from AND :to AND (s.day, s.number) < (:before_day, :before_number)"
    " ORDER BY s.day DESC, s.number DESC LIMIT :limit";
static const char sql_search[] = SELECT_SALE FROM_SALE
    "WHERE s.day BETWEEN :from AND :to AND (s.day, s.number) < (:before_day, :before_number)"
    " AND (instr(s.number, :part) > 0 OR EXISTS (SELECT 1 FROM sale_line l WHERE " QUAY_SQL_OF (
        "l", "s") "  AND matches(l.name || ' ' || coalesce(l.sku, ''), :words))"
                  " OR (s.ts / 60000 + :ahead) % 1440 <= :span OR s.customer = :customer)"
                  " ORDER BY s.day DESC, s.number DESC LIMIT :limit";
static const char sql_last[] =
    "SELECT id FROM sale WHERE no >= :chain << 50 AND no < (:chain + 1) << 50"
    " ORDER BY no DESC LIMIT 1";
static const char sql_lines[] =
    "SELECT product, kind, sku, name, unit, qty, tare, price, amount, net, vat_class, rate, code,"
    " lot_text, trace, note, abv FROM sale_line WHERE " OF_ID;
enum
{
  LINE_PRODUCT,
  LINE_KIND,
  LINE_SKU,
  LINE_NAME,
  LINE_UNIT,
  LINE_QTY,
  LINE_TARE,
  LINE_PRICE,
  LINE_AMOUNT,
  LINE_NET,
  LINE_VAT_CLASS,
  LINE_RATE,
  LINE_CODE,
  LINE_LOT,
  LINE_TRACE,
  LINE_NOTE,
  LINE_ABV,
};
static const char sql_offs[] = "SELECT line, kind, amount, promo, name FROM line_off WHERE " OF_ID;
enum
{
  OFF_LINE,
  OFF_KIND,
  OFF_AMOUNT,
  OFF_PROMO,
  OFF_NAME,
};
static const char sql_payments[] =
    "SELECT tender, amount, given, change, ref, seen FROM payment WHERE " OF_ID;
enum
{
  PAYMENT_TENDER,
  PAYMENT_AMOUNT,
  PAYMENT_GIVEN,
  PAYMENT_CHANGE,
  PAYMENT_REF,
  PAYMENT_SEEN,
};
static const char sql_taxes[] =
    "SELECT rate, sum(amount), sum(net) FROM (SELECT rate, amount, net FROM sale_line WHERE " OF_ID
    ") GROUP BY rate ORDER BY rate";
static const char sql_buyer[] =
    "SELECT buyer FROM sale WHERE no = (SELECT pos << 10 FROM booked WHERE event = :id)";
static const char sql_key[] = "SELECT key FROM person_key WHERE event = :event";
static const char sql_drafts[] =
    "SELECT id, held, ts, label, body FROM draft d"
    " WHERE NOT EXISTS (SELECT 1 FROM booked WHERE event = d.id) ORDER BY ts, no";
enum
{
  DRAFT_ID,
  DRAFT_HELD,
  DRAFT_TS,
  DRAFT_LABEL,
  DRAFT_BODY,
};
static const char sql_refund[] = "SELECT number, sale, total FROM refund"
                                 " WHERE no = (SELECT pos << 10 FROM booked WHERE event = :id)";
/* What was paid for it, put right since, and handed back: all are payments of documents. */
static const char sql_left_of[] =
    "SELECT coalesce(sum(p.amount), 0) FROM (SELECT pos << 10 AS no FROM booked WHERE event = :sale"
    " UNION SELECT no FROM payment_fix WHERE sale = :sale"
    " UNION SELECT no >> 10 << 10 FROM refund_line WHERE sale = :sale) d CROSS JOIN payment p "
    "ON " QUAY_SQL_OF ("p", "d") "WHERE p.tender = :tender";
static const char sql_refunded[] =
    "SELECT coalesce(sum(qty), 0), coalesce(sum(amount), 0) FROM refund_line"
    " WHERE sale = :sale AND sale_line = :line";

/* --- one row --- */

static QuayPrintState
read_print (QuayStmt *stmt)
{
  const char *state = (const char *)sqlite3_column_text (stmt, SALE_PRINT);
  if (g_strcmp0 (state, "sent") == 0)
    return QUAY_PRINT_SENT;
  return g_strcmp0 (state, "failed") == 0 ? QUAY_PRINT_FAILED : QUAY_PRINT_NONE;
}

static QuaySaleRecord *
read_sale (QuayReader *reader, QuayStmt *stmt)
{
  QuaySaleRecord *record = g_new0 (QuaySaleRecord, 1);
  record->id = quay_reader_need_id (reader, stmt, SALE_ID);
  record->number = quay_reader_need_text (reader, stmt, SALE_NUMBER);
  record->day = sqlite3_column_int (stmt, SALE_DAY);
  record->ts = sqlite3_column_int64 (stmt, SALE_TS);
  record->who = quay_reader_need_text (reader, stmt, SALE_WHO);
  record->total = QUAY_DONG (sqlite3_column_int64 (stmt, SALE_TOTAL));
  record->vat = QUAY_DONG (sqlite3_column_int64 (stmt, SALE_VAT));
  record->n_lines = sqlite3_column_int64 (stmt, SALE_LINES);
  record->note = quay_column_dup (stmt, SALE_NOTE);
  record->refunded = QUAY_DONG (sqlite3_column_int64 (stmt, SALE_REFUNDED));
  record->tenders = quay_column_dup (stmt, SALE_TENDERS);
  record->printed = read_print (stmt);
  record->copies = sqlite3_column_int64 (stmt, SALE_COPIES);
  record->shift = quay_reader_need_id (reader, stmt, SALE_SHIFT);
  record->customer = quay_column_id (stmt, SALE_CUSTOMER);
  record->list = quay_column_dup (stmt, SALE_LIST);
  record->fixed = sqlite3_column_int64 (stmt, SALE_FIXED);
  record->here = sqlite3_column_int (stmt, SALE_HERE) != 0;
  const void *hash = sqlite3_column_blob (stmt, SALE_HASH);
  if (hash == NULL || sqlite3_column_bytes (stmt, SALE_HASH) != QUAY_HASH_LEN)
    return record;
  record->seq = (gint64)QUAY_POS_SEQ (sqlite3_column_int64 (stmt, SALE_POS));
  quay_hash_to_code (hash, record->code);
  quay_hash_to_text (hash, record->hash);
  return record;
}

static QuayLine *
read_line (QuayReader *reader, QuayStmt *stmt)
{
  QuayLine *line = g_new0 (QuayLine, 1);
  line->product = quay_column_id (stmt, LINE_PRODUCT);
  line->kind = sqlite3_column_int64 (stmt, LINE_KIND);
  line->sku = quay_column_dup (stmt, LINE_SKU);
  line->name = quay_reader_need_text (reader, stmt, LINE_NAME);
  line->unit = quay_column_dup (stmt, LINE_UNIT);
  line->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, LINE_QTY));
  line->tare = QUAY_MILLI (sqlite3_column_int64 (stmt, LINE_TARE));
  line->price = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_PRICE));
  line->amount = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_AMOUNT));
  line->net = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_NET));
  line->vat_class = quay_column_dup (stmt, LINE_VAT_CLASS);
  line->rate_bp = sqlite3_column_int64 (stmt, LINE_RATE);
  line->code = quay_column_dup (stmt, LINE_CODE);
  line->lot = quay_column_dup (stmt, LINE_LOT);
  line->trace = quay_column_dup (stmt, LINE_TRACE);
  line->note = quay_column_dup (stmt, LINE_NOTE);
  line->abv = sqlite3_column_int64 (stmt, LINE_ABV);
  return line;
}

static QuayPayment *
read_payment (QuayStmt *stmt)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender =
      quay_tender_from_name ((const char *)sqlite3_column_text (stmt, PAYMENT_TENDER));
  payment->amount = QUAY_DONG (sqlite3_column_int64 (stmt, PAYMENT_AMOUNT));
  payment->given = QUAY_DONG (sqlite3_column_int64 (stmt, PAYMENT_GIVEN));
  payment->change = QUAY_DONG (sqlite3_column_int64 (stmt, PAYMENT_CHANGE));
  payment->ref = quay_column_dup (stmt, PAYMENT_REF);
  payment->seen = sqlite3_column_int64 (stmt, PAYMENT_SEEN);
  return payment;
}

/* --- a whole sale --- */

static QuayStmt *
begin_of (QuayReader *reader, const char *sql, const QuayId *id)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql);
  if (stmt != NULL)
    quay_bind_id (stmt, ":id", id);
  return stmt;
}

static void
fill_lines (QuayReader *reader, QuaySaleRecord *record)
{
  record->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_lines, &record->id);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    g_ptr_array_add (record->lines, read_line (reader, stmt));
}

static void
fill_offs (QuayReader *reader, QuaySaleRecord *record)
{
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_offs, &record->id);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      gint64 n = sqlite3_column_int64 (stmt, OFF_LINE);
      QuayId promo = quay_column_id (stmt, OFF_PROMO);
      g_autofree char *name = quay_column_dup (stmt, OFF_NAME);
      if (n < 1 || n > record->lines->len)
        {
          quay_reader_note_damage (reader, "a discount belongs to no line");
          return;
        }
      QuayLine *line = record->lines->pdata[n - 1];
      if (line->offs == NULL)
        line->offs = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_off_free);
      g_ptr_array_add (line->offs,
                       quay_off_new ((QuayOffKind)sqlite3_column_int64 (stmt, OFF_KIND),
                                     QUAY_DONG (sqlite3_column_int64 (stmt, OFF_AMOUNT)), &promo,
                                     name));
    }
}

static void
fill_payments (QuayReader *reader, QuaySaleRecord *record)
{
  record->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_payments, &record->id);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    g_ptr_array_add (record->payments, read_payment (stmt));
}

static void
fill_taxes (QuayReader *reader, QuaySaleRecord *record)
{
  record->taxes = g_array_new (FALSE, TRUE, sizeof (QuayTaxRow));
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_taxes, &record->id);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayTaxRow row = { .rate_bp = sqlite3_column_int64 (stmt, 0),
                         .gross = QUAY_DONG (sqlite3_column_int64 (stmt, 1)),
                         .net = QUAY_DONG (sqlite3_column_int64 (stmt, 2)) };
      row.vat = QUAY_DONG (row.gross.dong - row.net.dong);
      g_array_append_val (record->taxes, row);
    }
}

static QuaySaleRecord *
find_sale (QuayReader *reader, const QuayId *id)
{
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_by_id, id);
  return stmt != NULL && quay_reader_next (reader, stmt) ? read_sale (reader, stmt) : NULL;
}

QuaySaleRecord *
quay_reader_sale_by_id (QuayReader *reader, const QuayId *id)
{
  QuaySaleRecord *record = find_sale (reader, id);
  if (record == NULL)
    return NULL;
  fill_lines (reader, record);
  fill_offs (reader, record);
  fill_payments (reader, record);
  fill_taxes (reader, record);
  if (record->lines->len != (guint64)record->n_lines)
    quay_reader_note_damage (reader, "a sale lacks lines");
  return record;
}

/* "qt1a-42" → "QT1A-000042": as it is stored. */
static char *
complete_number (const char *number)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strup (number, -1));
  const char *dash = strrchr (trimmed, '-');
  if (dash == NULL || strlen (dash + 1) >= NUMBER_DIGITS)
    return g_steal_pointer (&trimmed);
  g_autofree char *zeros = g_strnfill (NUMBER_DIGITS - strlen (dash + 1), '0');
  return g_strdup_printf ("%.*s-%s%s", (int)(dash - trimmed), trimmed, zeros, dash + 1);
}

static gboolean
find_number (QuayReader *reader, const char *number, QuayId *id)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_by_number);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":number", number);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *id = quay_reader_need_id (reader, stmt, 0);
  return TRUE;
}

QuaySaleRecord *
quay_reader_sale (QuayReader *reader, const char *number)
{
  QuayId id;
  g_autofree char *whole = complete_number (number);
  return find_number (reader, whole, &id) ? quay_reader_sale_by_id (reader, &id) : NULL;
}

static gboolean
find_last_of_chain (QuayReader *reader, int no, QuayId *id)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_last);
  if (stmt == NULL)
    return FALSE;
  quay_bind_int (stmt, ":chain", no);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *id = quay_reader_need_id (reader, stmt, 0);
  return TRUE;
}

QuaySaleRecord *
quay_reader_last_sale (QuayReader *reader)
{
  QuayId id;
  GError *failed = NULL;
  g_autoptr (GArray) chains = quay_log_chains (reader->db, &failed);
  quay_reader_note (reader, failed);
  for (guint i = chains != NULL ? chains->len : 0; i > 0; i--)
    {
      const QuayChain *chain = &g_array_index (chains, QuayChain, i - 1);
      if (chain->here && find_last_of_chain (reader, chain->no, &id))
        return quay_reader_sale_by_id (reader, &id);
    }
  return NULL;
}

/* --- lists --- */

/* Text that is a time of day finds what was sold CLOCK_SPAN minutes around it. */
static void
bind_clock (QuayStmt *stmt, const char *text)
{
  int minute;
  if (quay_typed_clock (text, &minute))
    {
      quay_bind_int (stmt, ":ahead", VIETNAM_AHEAD - minute + CLOCK_SPAN + 1440);
      quay_bind_int (stmt, ":span", 2 * CLOCK_SPAN);
    }
}

GPtrArray *
quay_reader_sales (QuayReader *reader, QuayDay from, QuayDay to, const char *text,
                   const QuayId *customer, const QuaySaleRecord *before, guint limit)
{
  GPtrArray *sales = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_sale_record_free);
  g_autofree char *words = quay_text_search_key (text != NULL ? text : "");
  g_autofree char *part = g_ascii_strup (words, -1);
  gboolean search = *words != '\0';
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, search ? sql_search : sql_list);
  if (stmt == NULL)
    return sales;
  quay_bind_int (stmt, ":from", from);
  quay_bind_int (stmt, ":to", before != NULL ? MIN (to, before->day) : to);
  quay_bind_int (stmt, ":before_day", before != NULL ? before->day : G_MAXINT32);
  quay_bind_text (stmt, ":before_number", before != NULL ? before->number : "");
  quay_bind_int (stmt, ":limit", limit);
  if (search)
    {
      quay_bind_text (stmt, ":part", part);
      quay_bind_text (stmt, ":words", words);
      bind_clock (stmt, text);
    }
  if (search && customer != NULL)
    quay_bind_id (stmt, ":customer", customer);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (sales, read_sale (reader, stmt));
  return sales;
}

/* --- what belongs to a sale --- */

char *
quay_reader_sealed_buyer (QuayReader *reader, const QuayId *sale)
{
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_buyer, sale);
  return stmt != NULL && quay_reader_next (reader, stmt) ? quay_column_dup (stmt, 0) : NULL;
}

gboolean
quay_reader_person_key (QuayReader *reader, const QuayId *event, guint8 key[32])
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_key);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":event", event);
  if (!quay_reader_next (reader, stmt) || sqlite3_column_bytes (stmt, 0) != 32)
    return FALSE;
  memcpy (key, sqlite3_column_blob (stmt, 0), 32);
  return TRUE;
}

gboolean
quay_reader_refund (QuayReader *reader, const QuayId *id, char **number, QuayId *sale,
                    QuayMoney *total)
{
  g_autoptr (QuayStmt) stmt = begin_of (reader, sql_refund, id);
  if (stmt == NULL || !quay_reader_next (reader, stmt))
    return FALSE;
  *number = quay_reader_need_text (reader, stmt, 0);
  *sale = quay_reader_need_id (reader, stmt, 1);
  *total = QUAY_DONG (sqlite3_column_int64 (stmt, 2));
  return TRUE;
}

QuayMoney
quay_reader_left_of (QuayReader *reader, const QuayId *sale, const char *tender)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_left_of);
  if (stmt == NULL)
    return QUAY_DONG (0);
  quay_bind_id (stmt, ":sale", sale);
  quay_bind_text (stmt, ":tender", tender);
  return QUAY_DONG (quay_reader_next (reader, stmt) ? sqlite3_column_int64 (stmt, 0) : 0);
}

void
quay_reader_refunded (QuayReader *reader, const QuayId *sale, gint64 line, QuayQty *qty,
                      QuayMoney *amount)
{
  *qty = QUAY_MILLI (0);
  *amount = QUAY_DONG (0);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_refunded);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":sale", sale);
  quay_bind_int (stmt, ":line", line);
  if (!quay_reader_next (reader, stmt))
    return;
  *qty = QUAY_MILLI (sqlite3_column_int64 (stmt, 0));
  *amount = QUAY_DONG (sqlite3_column_int64 (stmt, 1));
}

/* --- drafts --- */

void
quay_draft_free (QuayDraft *draft)
{
  if (draft == NULL)
    return;
  quay_cart_free (draft->cart);
  g_free (draft->why);
  g_free (draft->label);
  g_free (draft);
}

/* A text that can't be read is a draft all the same: it is in the file, and is told of. */
static QuayDraft *
read_draft (QuayStmt *stmt)
{
  g_autoptr (GError) failed = NULL;
  QuayDraft *draft = g_new0 (QuayDraft, 1);
  g_autofree char *body = quay_column_dup (stmt, DRAFT_BODY);
  draft->id = quay_column_id (stmt, DRAFT_ID);
  draft->cart = quay_draft_decode (body != NULL ? body : "", &failed);
  if (draft->cart == NULL)
    draft->why = g_strdup (failed->message);
  draft->held = sqlite3_column_int (stmt, DRAFT_HELD) != 0;
  draft->ts = sqlite3_column_int64 (stmt, DRAFT_TS);
  draft->label = quay_column_dup (stmt, DRAFT_LABEL);
  return draft;
}

GPtrArray *
quay_reader_drafts (QuayReader *reader)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_draft_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_drafts);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    g_ptr_array_add (drafts, read_draft (stmt));
  return drafts;
}
