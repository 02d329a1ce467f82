/* The booking of events. Rows come from the struct, the record from the same struct: the codec
 * checks on the way out that reading it back gives the same. */
#include "quay-book.h"

#include "quay-rule.h"

#include <string.h>

#define DOUBT_BACK_MS (2 * 60 * 1000)
#define DOUBT_AHEAD_MS (G_GINT64_CONSTANT (400) * 24 * 3600 * 1000)

/* The newest number that the own chain gave: what came from elsewhere may bear any number. */
#define LAST_NUMBER(table)                                                                         \
  "SELECT number FROM " table " WHERE no >= :from AND no < :to"                                    \
  " AND substr(number, 1, length(:prefix)) = :prefix ORDER BY no DESC LIMIT 1"
static const char sql_last_sale[] = LAST_NUMBER ("sale");
static const char sql_last_refund[] = LAST_NUMBER ("refund");
static const char sql_last_cash[] = LAST_NUMBER ("cash_move");
static const char sql_last_shift[] = LAST_NUMBER ("shift");
static const char sql_last_voucher[] = LAST_NUMBER ("voucher");
static const char sql_last_settlement[] = LAST_NUMBER ("settlement");
static const char sql_last_entry[] = LAST_NUMBER ("entry");
static const char sql_last_order[] = LAST_NUMBER ("customer_order");
static const char sql_last_fix[] = LAST_NUMBER ("payment_fix");
static const char sql_last_customer[] = LAST_NUMBER ("customer_move");
static const char sql_shift_day[] =
    "SELECT s.day FROM booked b JOIN shift s ON s.no = b.pos << 10 WHERE b.event = :shift";
static const char sql_hold[] = "INSERT INTO held (pos, reason) VALUES (:pos, :reason) "
                               "ON CONFLICT (pos) DO UPDATE SET reason = excluded.reason";
static const char sql_release[] = "DELETE FROM held WHERE pos = :pos";
static const char sql_server_time[] = "SELECT value FROM local WHERE key = 'server.time'";

/* --- open --- */

QuayBook *
quay_book_open_bare (const char *path, const char *vfs, const QuayEnv *env, GError **error)
{
  g_autoptr (QuayBook) book = g_new0 (QuayBook, 1);
  book->env = *env;
  book->db = quay_db_open (path, QUAY_DB_WRITE, vfs, error);
  if (book->db == NULL)
    return NULL;
  book->apply = quay_apply_new (book->db, error);
  return book->apply != NULL ? g_steal_pointer (&book) : NULL;
}

/* Only clocks are judged by it: a file in which it can't be read still sells. */
static void
load_server_time (QuayBook *book)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (book->db, sql_server_time, NULL);
  if (stmt != NULL && quay_db_next (book->db, stmt, NULL))
    book->server_ts = sqlite3_column_int64 (stmt, 0);
}

QuayBook *
quay_book_open (const char *path, const char *vfs, const QuayEnv *env, GError **error)
{
  g_autoptr (QuayBook) book = quay_book_open_bare (path, vfs, env, error);
  if (book == NULL || !quay_log_load (&book->log, book->db, error))
    return NULL;
  load_server_time (book);
  return g_steal_pointer (&book);
}

void
quay_book_free (QuayBook *book)
{
  if (book == NULL)
    return;
  g_clear_pointer (&book->apply, quay_apply_free);
  g_clear_pointer (&book->db, quay_db_free);
  g_free (book);
}

gboolean
quay_book_begin (QuayBook *book, QuayScope *scope, GError **error)
{
  quay_apply_reset (book->apply);
  book->draft = book->log;
  return quay_scope_begin (scope, book->db, TRUE, error);
}

gboolean
quay_book_commit (QuayBook *book, QuayScope *scope, GError **error)
{
  if (!quay_apply_items (book->apply, error) || !quay_scope_commit (scope, error))
    return FALSE;
  book->log = book->draft;
  return TRUE;
}

/* --- own events --- */

/* Wall time is only an annotation, but one that looks wrong is marked, and then the business day
 * comes from the open shift or the last record (sync.md 5.8). */
gboolean
quay_book_clock_is_wrong (const QuayLog *log, gint64 server_ts, gint64 now)
{
  return now < log->last_ts - DOUBT_BACK_MS || now < QUAY_BUILD_MS ||
         (server_ts > 0 && now > server_ts + DOUBT_AHEAD_MS);
}

QuayDay
quay_book_day (const QuayLog *log, gint64 server_ts, gint64 now, int cutoff)
{
  if (log->last_day != 0 && quay_book_clock_is_wrong (log, server_ts, now))
    return log->last_day;
  return quay_day_at (MAX (now, 0), cutoff);
}

static gboolean
doubtful_day (QuayBook *book, const QuayEvent *event, gint64 *day, GError **error)
{
  GError *failed = NULL;
  *day = book->draft.last_day;
  if (quay_id_is_nil (&event->shift))
    return TRUE;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (book->db, sql_shift_day, error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":shift", &event->shift);
  if (quay_db_next (book->db, stmt, &failed))
    *day = sqlite3_column_int64 (stmt, 0);
  return quay_db_settle (failed, error);
}

static gboolean
stamp (QuayBook *book, QuayEvent *event, gint64 lam, GError **error)
{
  const QuayEnv *env = &book->env;
  gboolean stamped = book->stamped && event->ts > 0;
  gint64 now = stamped ? event->ts : env->wall_ms (env->data);
  if (quay_id_is_nil (&event->id))
    event->id = quay_id_new (env);
  if (event->who == NULL)
    event->who = g_strdup ("");
  event->lam = lam;
  event->ts = MAX (now, 0);
  event->mono = MAX (env->mono_ms (env->data), 0);
  event->boot = env->boot;
  event->sv = book->server_ts;
  event->doubt = !stamped && quay_book_clock_is_wrong (&book->draft, book->server_ts, now);
  event->day = quay_day_at (event->ts, book->cutoff);
  if (event->doubt && book->draft.last_day != 0)
    return doubtful_day (book, event, &event->day, error);
  return TRUE;
}

static const char *
last_number_sql (const QuayEvent *event)
{
  switch (event->kind)
    {
    case QUAY_EVENT_SALE:
      return sql_last_sale;
    case QUAY_EVENT_REFUND:
      return sql_last_refund;
    case QUAY_EVENT_CASH_MOVED:
      return sql_last_cash;
    case QUAY_EVENT_SHIFT_OPENED:
      return sql_last_shift;
    case QUAY_EVENT_RECEIVED:
    case QUAY_EVENT_ISSUED:
    case QUAY_EVENT_MOVED:
    case QUAY_EVENT_COUNTED:
    case QUAY_EVENT_BUNDLED:
      return sql_last_voucher;
    case QUAY_EVENT_SETTLED:
      return sql_last_settlement;
    case QUAY_EVENT_ENTRY:
      return quay_event_moves_cash (event) ? sql_last_cash : sql_last_entry;
    case QUAY_EVENT_ORDER:
      return sql_last_order;
    case QUAY_EVENT_PAYMENT_FIXED:
      return sql_last_fix;
    case QUAY_EVENT_CUSTOMER_ENTRY:
      return quay_event_moves_cash (event) ? sql_last_cash : sql_last_customer;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
give_number (QuayBook *book, QuayEvent *event, GError **error)
{
  char **slot;
  gint64 last = 0;
  GError *failed = NULL;
  if (!quay_event_number (event, &slot))
    return TRUE;
  const QuayChain *chain = &book->draft.chain;
  g_autofree char *prefix = quay_event_number_prefix (event, chain->code, chain->letter);
  g_autoptr (QuayStmt) stmt = quay_db_stmt (book->db, last_number_sql (event), error);
  if (stmt == NULL)
    return FALSE;
  quay_bind_text (stmt, ":prefix", prefix);
  quay_bind_int (stmt, ":from", QUAY_ROW_NO (QUAY_POS (chain->no, 0), 0));
  quay_bind_int (stmt, ":to", QUAY_ROW_NO (QUAY_POS (chain->no + 1, 0), 0));
  if (quay_db_next (book->db, stmt, &failed) &&
      !g_ascii_string_to_signed ((const char *)sqlite3_column_text (stmt, 0) + strlen (prefix), 10,
                                 1, G_MAXINT32, &last, NULL))
    g_set_error (&failed, QUAY_ERROR, QUAY_ERROR_DAMAGED, "the last number after '%s' is none",
                 prefix);
  if (!quay_db_settle (failed, error))
    return FALSE;
  g_free (*slot);
  *slot = quay_event_number_format (event, prefix, last + 1);
  return TRUE;
}

static gboolean
add (QuayBook *book, QuayEvent *event, gint64 lam, QuayHash *hash, GError **error)
{
  if (!stamp (book, event, lam, error) || !give_number (book, event, error))
    return FALSE;
  g_autoptr (GBytes) bytes = quay_event_encode (event, error);
  if (bytes == NULL)
    return FALSE;
  gint64 pos = QUAY_POS (book->draft.chain.no, book->draft.seq + 1);
  switch (quay_apply_event (book->apply, event, pos, error))
    {
    case QUAY_APPLY_BOOKED:
      break;
    case QUAY_APPLY_KNOWN:
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "the event's id was used before");
      return FALSE;
    case QUAY_APPLY_REFUSED:
    case QUAY_APPLY_FAILED:
    default:
      return FALSE;
    }
  if (!quay_log_append (&book->draft, book->db, bytes, error))
    return FALSE;
  book->draft.own_lam = event->lam;
  book->draft.lam = MAX (book->draft.lam, event->lam);
  book->draft.last_ts = event->ts;
  book->draft.last_day = (QuayDay)event->day;
  *hash = book->draft.hash;
  return TRUE;
}

gboolean
quay_book_add (QuayBook *book, QuayEvent *event, QuayHash *hash, GError **error)
{
  /* above all that was seen, but no leap, whatever others' chains say */
  gint64 seen = QUAY_RULE ("lamport") ? book->draft.lam : book->draft.own_lam;
  return add (book, event, MIN (seen + 1, book->draft.own_lam + QUAY_EVENT_LAM_STEP), hash, error);
}

gboolean
quay_book_climb (QuayBook *book, gint64 lam, guint most, GError **error)
{
  QuayHash hash;
  gboolean ok = TRUE;
  for (; ok && most > 0 && lam > book->draft.own_lam + QUAY_EVENT_LAM_STEP; most--)
    {
      g_autoptr (QuayEvent) event = quay_event_new (QUAY_EVENT_SETTING);
      QuayFacts *body = event->body;
      body->code = g_strdup (QUAY_BOOK_STEP);
      body->facts = g_ptr_array_new ();
      ok = add (book, event, book->draft.own_lam + QUAY_EVENT_LAM_STEP, &hash, error);
    }
  return ok;
}

/* --- records from elsewhere, and replay --- */

static QuayBooked
hold (QuayDb *db, gint64 pos, const char *reason, GError **error)
{
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_hold, error);
  if (stmt == NULL)
    return QUAY_BOOK_FAILED;
  quay_bind_int (stmt, ":pos", pos);
  quay_bind_text (stmt, ":reason", reason);
  return !QUAY_RULE ("hold-till") || quay_db_done (db, stmt, error) ? QUAY_BOOK_HELD
                                                                    : QUAY_BOOK_FAILED;
}

/* Whether another record than the one at @pos booked @event in @as_in. */
static gboolean
is_booked_elsewhere (QuayDb *as_in, const QuayEvent *event, gint64 pos)
{
  gint64 booked;
  return as_in != NULL && quay_apply_find (as_in, &event->id, &booked, NULL) && booked != pos;
}

/* @why: the reason of HELD, the failure of FAILED. */
static QuayBooked
try_record (QuayApply *apply, QuayDb *as_in, gint64 pos, const guint8 *bytes, gsize len,
            gint64 *chain_lam, GError **why)
{
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, why);
  if (event == NULL)
    return QUAY_BOOK_HELD;
  if (!quay_event_count_lam (event, chain_lam) ||
      (QUAY_POS_CHAIN (pos) > 2 && !QUAY_RULE ("hold-alone")))
    {
      g_set_error_literal (why, QUAY_ERROR, QUAY_ERROR_INVALID, "its Lamport counter leaps");
      return QUAY_BOOK_HELD;
    }
  if (is_booked_elsewhere (as_in, event, pos))
    return QUAY_BOOK_KNOWN;
  switch (quay_apply_event (apply, event, pos, why))
    {
    case QUAY_APPLY_BOOKED:
      return QUAY_BOOK_BOOKED;
    case QUAY_APPLY_KNOWN:
      return QUAY_BOOK_KNOWN;
    case QUAY_APPLY_REFUSED:
      return QUAY_BOOK_HELD;
    case QUAY_APPLY_FAILED:
    default:
      return QUAY_BOOK_FAILED;
    }
}

QuayBooked
quay_book_record (QuayDb *db, QuayApply *apply, QuayDb *as_in, gint64 pos, const guint8 *bytes,
                  gsize len, gint64 *chain_lam, GError **error)
{
  g_autoptr (GError) why = NULL;
  QuayBooked done = try_record (apply, as_in, pos, bytes, len, chain_lam, &why);
  if (done == QUAY_BOOK_HELD)
    return hold (db, pos, why->message, error);
  if (done == QUAY_BOOK_FAILED)
    g_propagate_error (error, g_steal_pointer (&why));
  return done;
}

QuayBooked
quay_book_retry (QuayDb *db, QuayApply *apply, gint64 pos, const guint8 *bytes, gsize len,
                 gint64 *chain_lam, GError **error)
{
  QuayBooked done = quay_book_record (db, apply, NULL, pos, bytes, len, chain_lam, error);
  if (done != QUAY_BOOK_BOOKED && done != QUAY_BOOK_KNOWN)
    return done;
  g_autoptr (QuayStmt) stmt = quay_db_stmt (db, sql_release, error);
  if (stmt == NULL)
    return QUAY_BOOK_FAILED;
  quay_bind_int (stmt, ":pos", pos);
  return quay_db_done (db, stmt, error) ? done : QUAY_BOOK_FAILED;
}

gboolean
quay_book_append (QuayBook *book, QuayTail *tail, const guint8 *bytes, gsize len, GError **error)
{
  const QuayChain *chain = &tail->chain;
  gint64 pos = QUAY_POS (chain->no, tail->seq + 1);
  g_assert (chain->no != 0 && chain->superseded == 0 && tail->seq + 1 >= chain->first);
  QuayHash hash =
      quay_chain_hash (&chain->till, &chain->id, tail->seq + 1, bytes, len, &tail->hash);
  if (!quay_log_insert (book->db, pos, &hash, bytes, len, error) ||
      quay_book_record (book->db, book->apply, NULL, pos, bytes, len, &tail->lam, error) ==
          QUAY_BOOK_FAILED)
    return FALSE;
  tail->seq++;
  tail->hash = hash;
  book->draft.lam = MAX (book->draft.lam, tail->lam);
  if (chain->no == book->draft.chain.no)
    {
      book->draft.seq = tail->seq;
      book->draft.hash = hash;
      book->draft.own_lam = tail->lam;
    }
  return TRUE;
}

QuayTail
quay_book_own_tail (QuayBook *book)
{
  const QuayLog *log = &book->draft;
  return (QuayTail){ .chain = log->chain, .seq = log->seq, .hash = log->hash, .lam = log->own_lam };
}
