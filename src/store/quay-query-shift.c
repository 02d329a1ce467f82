/* Shifts: what was counted, and where their cash came from. */
#include "quay-reader-shift.h"

#include "quay-log.h"
#include "quay-reader-private.h"

#include <string.h>

/* Of several closings (a lost till's that came back) the earliest counts, the same on every till.
 */
#define SELECT_SHIFT                                                                               \
  "SELECT s.id, s.number, s.day, s.ts, s.who, s.\"float\", s.notes, s.no, c.here,"                 \
  " x.ts, x.who, x.counted, x.expected, x.why, x.notes, x.verified, x.approver, x.note"            \
  " FROM shift s JOIN chain c ON c.no = s.no >> 50 LEFT JOIN shift_close x ON x.no ="              \
  " (SELECT y.no FROM shift_close y WHERE y.shift = s.id ORDER BY y.ts, y.id LIMIT 1) "
enum
{
  SHIFT_ID,
  SHIFT_NUMBER,
  SHIFT_DAY,
  SHIFT_TS,
  SHIFT_WHO,
  SHIFT_FLOAT,
  SHIFT_NOTES,
  SHIFT_NO,
  SHIFT_HERE,
  CLOSE_TS,
  CLOSE_WHO,
  CLOSE_COUNTED,
  CLOSE_EXPECTED,
  CLOSE_WHY,
  CLOSE_NOTES,
  CLOSE_VERIFIED,
  CLOSE_APPROVER,
  CLOSE_NOTE,
};
static const char sql_by_id[] =
    SELECT_SHIFT "WHERE s.no = (SELECT pos << 10 FROM booked WHERE event = :id)";
static const char sql_find[] =
    "SELECT id FROM shift WHERE number = :number COLLATE NOCASE ORDER BY day DESC LIMIT 1";
static const char sql_list[] = SELECT_SHIFT "ORDER BY s.day DESC, s.ts DESC LIMIT :limit";
static const char sql_open[] =
    SELECT_SHIFT "WHERE x.no IS NULL ORDER BY s.day DESC, s.ts DESC LIMIT :limit";
static const char sql_hand_over[] =
    "SELECT x.note, x.who FROM shift_close x JOIN chain c ON c.no = x.no >> 50 WHERE c.here"
    " ORDER BY x.no DESC LIMIT 1";

/* A shift's documents are looked for from :from on: what this computer writes comes after the shift
 * began, but for what began it. */
#define SLACK 1024 /* records */
#define OF_SHIFT "shift = :shift AND no >= :from"

/* what: 0 sales, 1 refunds, 2 tenders put right */
static const char sql_paid[] =
    "SELECT d.what, p.tender, count(*), sum(p.amount) FROM ("
    " SELECT 0 AS what, no FROM sale WHERE " OF_SHIFT " UNION ALL"
    " SELECT 1, no FROM refund WHERE " OF_SHIFT " UNION ALL"
    " SELECT 2, no FROM payment_fix WHERE " OF_SHIFT
    ") d CROSS JOIN payment p ON " QUAY_SQL_OF ("p", "d") "GROUP BY 1, 2 ORDER BY 2, 1";
enum
{
  PAID_WHAT,
  PAID_TENDER,
  PAID_COUNT,
  PAID_AMOUNT,
};
static const char sql_head[] =
    "SELECT (SELECT count(*) FROM sale WHERE " OF_SHIFT "),"
    " (SELECT coalesce(sum(total), 0) FROM sale WHERE " OF_SHIFT "),"
    " (SELECT coalesce(sum(vat), 0) FROM sale WHERE " OF_SHIFT "),"
    " (SELECT count(*) FROM refund WHERE " OF_SHIFT "),"
    " (SELECT coalesce(sum(total), 0) FROM refund WHERE " OF_SHIFT "),"
    " (SELECT coalesce(sum(o.amount), 0) FROM sale s CROSS JOIN line_off o ON " QUAY_SQL_OF (
        "o", "s") "WHERE s.shift = :shift AND s.no >= :from),"
                  " (SELECT count(*) FROM audit WHERE " OF_SHIFT " AND kind = 'drawer.opened'),"
                  " (SELECT count(*) FROM audit WHERE no >= :from AND subject = :shift"
                  " AND act = 'shift.counted')";
enum
{
  HEAD_SALES,
  HEAD_TOTAL,
  HEAD_VAT,
  HEAD_REFUNDS,
  HEAD_REFUNDED,
  HEAD_OFFS,
  HEAD_OPENED,
  HEAD_COUNTS,
};
static const char sql_rates[] =
    "SELECT rate, sum(n), sum(amount), sum(vat) FROM ("
    " SELECT l.rate AS rate, 1 AS n, l.amount AS amount, l.amount - l.net AS vat"
    " FROM sale s CROSS JOIN sale_line l ON " QUAY_SQL_OF (
        "l", "s") "WHERE s.shift = :shift AND s.no >= :from UNION ALL"
                  " SELECT coalesce(l.rate, r.rate), 0, -r.amount, r.net - r.amount"
                  " FROM refund f CROSS JOIN refund_line r ON " QUAY_SQL_OF (
                      "r", "f") "LEFT JOIN booked b ON b.event = r.sale"
                                " LEFT JOIN sale_line l ON l.no = (b.pos << 10) + r.sale_line"
                                " WHERE f.shift = :shift AND f.no >= :from)"
                                " GROUP BY rate ORDER BY rate";
static const char sql_moves[] =
    "SELECT m.number, m.ts, m.who, m.amount, m.why, m.kind, m.party, m.approver,"
    " EXISTS (SELECT 1 FROM entry e WHERE e.no BETWEEN m.no >> 10 << 10 AND m.no | 1023)"
    " FROM cash_move m WHERE m." OF_SHIFT " ORDER BY m.ts, m.no";
enum
{
  MOVE_NUMBER,
  MOVE_TS,
  MOVE_WHO,
  MOVE_AMOUNT,
  MOVE_WHY,
  MOVE_KIND,
  MOVE_PARTY,
  MOVE_APPROVER,
  MOVE_ACCOUNT,
};

/* A sale's transfers, as they stand after tenders were put right, unless somebody said that he saw
 * them. The audit rows of acts are few beside the sales. */
#define UNSEEN_DUE                                                                                 \
  "coalesce((SELECT sum(p.amount) FROM payment p WHERE " QUAY_SQL_OF (                             \
      "p", "s") "AND p.tender = 'transfer' AND p.seen = 0), 0)"                                    \
                " + coalesce((SELECT sum(p.amount) FROM payment_fix f CROSS JOIN payment p"        \
                " ON " QUAY_SQL_OF (                                                               \
                    "p", "f") "WHERE f.sale = s.id AND p.tender = 'transfer' AND p.seen = 0), 0)"
#define UNSEEN_REFERENCE                                                                           \
  "(SELECT max(p.ref) FROM payment p WHERE " QUAY_SQL_OF ("p", "s") "AND p.tender = 'transfer')"
#define UNSEEN(which)                                                                              \
  "WITH seen (subject) AS MATERIALIZED (SELECT subject FROM audit WHERE act = 'transfer.seen'),"   \
  " due (id, number, ts, due, ref) AS (SELECT s.id, s.number, s.ts, " UNSEEN_DUE                   \
  ", " UNSEEN_REFERENCE " FROM sale s WHERE " which                                                \
  " AND NOT EXISTS (SELECT 1 FROM seen WHERE subject = s.id))"                                     \
  "SELECT id, number, ts, due, ref FROM due WHERE due > 0 ORDER BY ts DESC"
static const char sql_unseen_of_shift[] = UNSEEN ("s.shift = :shift AND s.no >= :from");
static const char sql_unseen_since[] = UNSEEN ("s.day >= :since");
static const char sql_unseen_of_sale[] =
    UNSEEN ("s.no = (SELECT pos << 10 FROM booked WHERE event = :sale)");
enum
{
  UNSEEN_SALE,
  UNSEEN_NUMBER,
  UNSEEN_TS,
  UNSEEN_AMOUNT,
  UNSEEN_REF,
};

/* --- the shift itself --- */

static QuayMoney
money (QuayStmt *stmt, int column)
{
  return QUAY_DONG (sqlite3_column_int64 (stmt, column));
}

static QuayShift *
read_shift (QuayReader *reader, QuayStmt *stmt, gint64 *from)
{
  QuayShift *shift = g_new0 (QuayShift, 1);
  gint64 no = sqlite3_column_int64 (stmt, SHIFT_NO);
  shift->id = quay_reader_need_id (reader, stmt, SHIFT_ID);
  shift->number = quay_reader_need_text (reader, stmt, SHIFT_NUMBER);
  shift->day = sqlite3_column_int (stmt, SHIFT_DAY);
  shift->opened = sqlite3_column_int64 (stmt, SHIFT_TS);
  shift->who = quay_reader_need_text (reader, stmt, SHIFT_WHO);
  shift->opening = money (stmt, SHIFT_FLOAT);
  shift->opening_notes = quay_column_dup (stmt, SHIFT_NOTES);
  shift->here = sqlite3_column_int (stmt, SHIFT_HERE) != 0;
  shift->closed = sqlite3_column_int64 (stmt, CLOSE_TS);
  shift->closer = quay_column_dup (stmt, CLOSE_WHO);
  shift->counted = money (stmt, CLOSE_COUNTED);
  shift->expected = money (stmt, CLOSE_EXPECTED);
  shift->why = quay_column_dup (stmt, CLOSE_WHY);
  shift->notes = quay_column_dup (stmt, CLOSE_NOTES);
  shift->verified = money (stmt, CLOSE_VERIFIED);
  shift->approver = quay_column_dup (stmt, CLOSE_APPROVER);
  shift->note = quay_column_dup (stmt, CLOSE_NOTE);
  if (from != NULL)
    *from = shift->here ? no - (SLACK << 10) : 0;
  return shift;
}

/* The drawer is asked for here, too, so that a list needs no figures. */
static void
read_state (QuayReader *reader, QuayShift *shift)
{
  QuayId current;
  shift->drawer = QUAY_DONG (quay_reader_running (reader, "drawer", &shift->id));
  shift->current = shift->closed == 0 && quay_reader_open_shift (reader, &current, NULL, NULL) &&
                   quay_id_equal (&current, &shift->id);
}

/* --- its figures --- */

static QuayStmt *
begin (QuayReader *reader, const char *sql, const QuayShift *shift, gint64 from)
{
  QuayStmt *stmt = quay_reader_stmt (reader, sql);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":shift", &shift->id);
  quay_bind_int (stmt, ":from", from);
  return stmt;
}

static void
read_head (QuayReader *reader, QuayShift *shift, gint64 from)
{
  QuayReport *figures = shift->figures;
  g_autoptr (QuayStmt) stmt = begin (reader, sql_head, shift, from);
  if (stmt == NULL || !quay_reader_next (reader, stmt))
    return;
  figures->sales = sqlite3_column_int64 (stmt, HEAD_SALES);
  figures->total = money (stmt, HEAD_TOTAL);
  figures->vat = money (stmt, HEAD_VAT);
  figures->refunds = sqlite3_column_int64 (stmt, HEAD_REFUNDS);
  figures->refunded = money (stmt, HEAD_REFUNDED);
  shift->offs = money (stmt, HEAD_OFFS);
  shift->n_opened = sqlite3_column_int64 (stmt, HEAD_OPENED);
  shift->n_counts = sqlite3_column_int64 (stmt, HEAD_COUNTS);
}

/* Adds to the row of a tender, which is the last one or new. */
static void
add_tender (GPtrArray *rows, const char *tender, gint64 count, QuayMoney amount)
{
  QuayReportRow *row = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  if (row == NULL || g_strcmp0 (row->key, tender) != 0)
    {
      row = g_new0 (QuayReportRow, 1);
      row->key = g_strdup (tender);
      row->name = g_strdup (tender);
      g_ptr_array_add (rows, row);
    }
  row->count += count;
  row->amount.dong += amount.dong;
}

static void
read_paid (QuayReader *reader, QuayShift *shift, gint64 from)
{
  static const QuayCashLine lines[] = { QUAY_CASH_SALES, QUAY_CASH_REFUNDS, QUAY_CASH_FIXED };
  QuayReport *figures = shift->figures;
  figures->tenders = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
  g_autoptr (QuayStmt) stmt = begin (reader, sql_paid, shift, from);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      int what = sqlite3_column_int (stmt, PAID_WHAT);
      const char *tender = (const char *)sqlite3_column_text (stmt, PAID_TENDER);
      QuayMoney amount = money (stmt, PAID_AMOUNT);
      gint64 which = quay_tender_from_name (tender);
      add_tender (figures->tenders, tender, what == 0 ? sqlite3_column_int64 (stmt, PAID_COUNT) : 0,
                  amount);
      if (which == QUAY_TENDER_CASH)
        shift->lines[lines[what]].dong += amount.dong;
      else if (which == QUAY_TENDER_ROUNDING)
        shift->rounding.dong += amount.dong;
    }
}

static void
read_rates (QuayReader *reader, QuayShift *shift, gint64 from)
{
  shift->figures->rates = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
  g_autoptr (QuayStmt) stmt = begin (reader, sql_rates, shift, from);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayReportRow *row = g_new0 (QuayReportRow, 1);
      row->key = quay_column_dup (stmt, 0);
      row->name = g_strdup (row->key);
      row->count = sqlite3_column_int64 (stmt, 1);
      row->amount = money (stmt, 2);
      row->vat = money (stmt, 3);
      g_ptr_array_add (shift->figures->rates, row);
    }
}

static void
read_moves (QuayReader *reader, QuayShift *shift, gint64 from)
{
  shift->moves = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_cash_record_free);
  g_autoptr (QuayStmt) stmt = begin (reader, sql_moves, shift, from);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayCashRecord *move = g_new0 (QuayCashRecord, 1);
      move->number = quay_column_dup (stmt, MOVE_NUMBER);
      move->ts = sqlite3_column_int64 (stmt, MOVE_TS);
      move->who = quay_column_dup (stmt, MOVE_WHO);
      move->amount = money (stmt, MOVE_AMOUNT);
      move->why = quay_column_dup (stmt, MOVE_WHY);
      move->party = quay_column_dup (stmt, MOVE_PARTY);
      move->approver = quay_column_dup (stmt, MOVE_APPROVER);
      move->line = quay_cash_line_of ((const char *)sqlite3_column_text (stmt, MOVE_KIND),
                                      sqlite3_column_int (stmt, MOVE_ACCOUNT) != 0, move->amount);
      shift->lines[move->line].dong += move->amount.dong;
      g_ptr_array_add (shift->moves, move);
    }
}

static GPtrArray *
read_unseen (QuayReader *reader, QuayStmt *stmt)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_unseen_free);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayUnseen *unseen = g_new0 (QuayUnseen, 1);
      unseen->sale = quay_reader_need_id (reader, stmt, UNSEEN_SALE);
      unseen->number = quay_reader_need_text (reader, stmt, UNSEEN_NUMBER);
      unseen->ts = sqlite3_column_int64 (stmt, UNSEEN_TS);
      unseen->amount = money (stmt, UNSEEN_AMOUNT);
      unseen->ref = quay_column_dup (stmt, UNSEEN_REF);
      g_ptr_array_add (list, unseen);
    }
  return list;
}

static void
read_figures (QuayReader *reader, QuayShift *shift, gint64 from)
{
  shift->figures = g_new0 (QuayReport, 1);
  shift->figures->from = shift->figures->to = shift->day;
  shift->lines[QUAY_CASH_FLOAT] = shift->opening;
  read_head (reader, shift, from);
  read_paid (reader, shift, from);
  read_rates (reader, shift, from);
  read_moves (reader, shift, from);
  g_autoptr (QuayStmt) stmt = begin (reader, sql_unseen_of_shift, shift, from);
  shift->unseen = read_unseen (reader, stmt);
  quay_reader_fill_unsent (reader, shift, from);
}

QuayShift *
quay_reader_shift (QuayReader *reader, const QuayId *id)
{
  gint64 from;
  GError *failed = NULL;
  g_auto (QuayScope) scope = { NULL };
  quay_scope_begin (&scope, reader->db, FALSE, &failed); /* all figures of one moment */
  quay_reader_note (reader, failed);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_by_id);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":id", id);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  QuayShift *shift = read_shift (reader, stmt, &from);
  read_state (reader, shift);
  read_figures (reader, shift, from);
  return shift;
}

QuayShift *
quay_reader_shift_head (QuayReader *reader, const QuayId *id)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_by_id);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":id", id);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  QuayShift *shift = read_shift (reader, stmt, NULL);
  read_state (reader, shift);
  return shift;
}

/* --- lists --- */

gboolean
quay_reader_find_shift (QuayReader *reader, const char *number, QuayId *id)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_find);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":number", number);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *id = quay_reader_need_id (reader, stmt, 0);
  return TRUE;
}

GPtrArray *
quay_reader_shifts (QuayReader *reader, gboolean open, guint limit)
{
  GPtrArray *shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_shift_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, open ? sql_open : sql_list);
  if (stmt == NULL)
    return shifts;
  quay_bind_int (stmt, ":limit", limit);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (shifts, read_shift (reader, stmt, NULL));
  for (guint i = 0; i < shifts->len; i++)
    read_state (reader, shifts->pdata[i]);
  return shifts;
}

char *
quay_reader_hand_over (QuayReader *reader, char **who)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_hand_over);
  if (stmt == NULL || !quay_reader_next (reader, stmt))
    return NULL;
  char *note = quay_column_dup (stmt, 0);
  if (note != NULL && who != NULL)
    *who = quay_column_dup (stmt, 1);
  return note;
}

GPtrArray *
quay_reader_unseen (QuayReader *reader, QuayDay since)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_unseen_since);
  if (stmt != NULL)
    quay_bind_int (stmt, ":since", since);
  return read_unseen (reader, stmt);
}

QuayMoney
quay_reader_unseen_of (QuayReader *reader, const QuayId *sale)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_unseen_of_sale);
  if (stmt == NULL)
    return QUAY_DONG (0);
  quay_bind_id (stmt, ":sale", sale);
  return quay_reader_next (reader, stmt) ? money (stmt, UNSEEN_AMOUNT) : QUAY_DONG (0);
}
