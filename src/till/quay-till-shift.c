/* The drawer: opening and closing shifts, cash in and out, the drawer opened without a sale, a
 * manager's word. Thread: main. */
#include "quay-till-shift.h"

#include "quay-till-people.h"
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-shift.h"

#include <string.h>

#define NOTE_MAX 200 /* of a note for the next shift */

static gboolean
invalid (GError **error, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, why);
  return FALSE;
}

gboolean
quay_till_shift (QuayTill *till, char **number, QuayMoney *expected)
{
  QuayId shift;
  gboolean open = quay_reader_open_shift (till->reader, &shift, number, expected);
  if (open && expected != NULL && !quay_till_may (till, QUAY_ACT_EXPECTED, 0))
    *expected = QUAY_DONG (0);
  return open;
}

/* Commits one event that belongs to a shift, after opening one if there is none. */
static QuayResult *
commit_in_shift (QuayTill *till, QuayEvent *event, GError **error)
{
  g_autoptr (QuayEvent) given = event;
  if (!quay_till_find_shift (till, error))
    return NULL;
  given->shift = till->shift;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, g_steal_pointer (&given));
  quay_till_need_shift (till, txn, event);
  QuayResult *done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_learn_shift (till, done);
  return done;
}

static char *
text_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* --- opening --- */

static char *
open_shift (QuayTill *till, QuayMoney opening, char *notes, GError **error)
{
  g_autofree char *counted = notes;
  if (!quay_till_find_shift (till, error) || !quay_till_require (till, QUAY_ACT_SHIFT, 0, error))
    return NULL;
  if (!quay_id_is_nil (&till->shift))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "a shift is open");
      return NULL;
    }
  if (opening.dong < 0 || !quay_money_in_range (opening))
    {
      invalid (error, "float out of range");
      return NULL;
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_SHIFT_OPENED, FALSE);
  QuayShiftOpened *body = event->body;
  body->opening = opening;
  body->notes = text_or_null (counted);
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return NULL;
  const QuayEvent *opened = done->events->pdata[0];
  quay_till_learn_shift (till, done);
  quay_till_emit_sales (till);
  return g_strdup (((const QuayShiftOpened *)opened->body)->number);
}

char *
quay_till_open_shift (QuayTill *till, QuayMoney opening, GError **error)
{
  return open_shift (till, opening, NULL, error);
}

char *
quay_till_open_shift_by_notes (QuayTill *till, const gint64 *counts, GError **error)
{
  QuayMoney sum;
  if (!quay_notes_sum (counts, &sum))
    {
      invalid (error, "a count of notes is out of range");
      return NULL;
    }
  return open_shift (till, sum, quay_notes_to_text (counts), error);
}

char *
quay_till_shift_note (QuayTill *till, char **who)
{
  return quay_reader_hand_over (till->reader, who);
}

/* --- closing --- */

/* The open shift that is meant; NULL with why not. */
static QuayShift *
need_open (QuayTill *till, const QuayId *which, GError **error)
{
  QuayId id = *which;
  gboolean any = !quay_id_is_nil (which) || quay_reader_open_shift (till->reader, &id, NULL, NULL);
  g_autoptr (QuayShift) shift = any ? quay_reader_shift_head (till->reader, &id) : NULL;
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (shift != NULL && shift->closed == 0)
    return g_steal_pointer (&shift);
  if (shift == NULL || quay_id_equal (&till->shift, &shift->id))
    till->shift = QUAY_ID_NIL; /* a try whose answer was lost has closed it */
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND,
                       shift != NULL ? "the shift was closed" : "no shift is open");
  return NULL;
}

static gboolean
count_is_sound (QuayMoney counted, const char *notes, GError **error)
{
  gint64 counts[QUAY_N_NOTES];
  QuayMoney sum;
  if (counted.dong < 0 || !quay_money_in_range (counted))
    return invalid (error, "counted cash out of range");
  if (notes != NULL && *notes != '\0' &&
      (!quay_notes_from_text (notes, counts) || !quay_notes_sum (counts, &sum) ||
       sum.dong != counted.dong))
    return invalid (error, "the notes are not what was counted");
  return TRUE;
}

static gboolean
note_count (QuayTill *till, const QuayShift *open, QuayMoney counted, const char *notes,
            GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_NOTED, FALSE);
  QuayAudit *body = event->body;
  body->act = g_strdup ("shift.counted");
  body->subject = open->id;
  body->ref = g_strdup (open->number);
  body->name = text_or_null (notes);
  body->amount = counted;
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

static gboolean
may_close (QuayTill *till, const QuayShift *shift, GError **error)
{
  gboolean own = shift->current && strcmp (shift->who, till->user) == 0;
  return own || quay_till_require (till, QUAY_ACT_SHIFT_OTHER, 0, error);
}

/* A count tells what should be there, so it takes the right to close; a word that was given for it
 * is kept for the close. */
static gboolean
may_count (QuayTill *till, const QuayShift *shift, GError **error)
{
  gboolean may = may_close (till, shift, error);
  quay_till_use_leaves (till, FALSE);
  return may;
}

QuayShift *
quay_till_confirm_count (QuayTill *till, const QuayId *shift, QuayMoney counted, const char *notes,
                         GError **error)
{
  if (!count_is_sound (counted, notes, error))
    return NULL;
  g_autoptr (QuayShift) open = need_open (till, shift, error);
  if (open == NULL || !may_count (till, open, error))
    return NULL;
  if (!quay_till_may (till, QUAY_ACT_EXPECTED, 0) &&
      !note_count (till, open, counted, notes, error))
    return NULL;
  g_autoptr (QuayShift) whole = quay_reader_shift (till->reader, &open->id);
  if (whole != NULL && !quay_till_is_enrolled (till))
    quay_shift_forget_unsent (whole);
  return quay_till_check_reads (till, error) ? g_steal_pointer (&whole) : NULL;
}

static gboolean
end_is_sound (const QuayShiftCount *count, GError **error)
{
  if (!count_is_sound (count->counted, count->notes, error) ||
      !quay_till_check_text (count->why, QUAY_WHY_MAX, error) ||
      !quay_till_check_text (count->note, NOTE_MAX, error) ||
      !quay_till_check_text (count->by, QUAY_WHY_MAX, error))
    return FALSE;
  return count->by == NULL || count_is_sound (count->verified, NULL, error);
}

static QuayEvent *
build_close (QuayTill *till, const QuayShift *shift, const QuayShiftCount *count)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_SHIFT_CLOSED, FALSE);
  QuayShiftClosed *body = event->body;
  body->shift = shift->id;
  body->counted = count->counted;
  body->expected = shift->drawer;
  body->why = text_or_null (count->why);
  body->notes = text_or_null (count->notes);
  body->by = text_or_null (count->by);
  body->verified = body->by != NULL ? count->verified : QUAY_DONG (0);
  body->note = text_or_null (count->note);
  return event;
}

static gboolean
close_shift (QuayTill *till, const QuayShiftCount *count, gboolean needs_why, QuayMoney *difference,
             GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !end_is_sound (count, error))
    return FALSE;
  g_autoptr (QuayShift) shift = need_open (till, &count->shift, error);
  if (shift == NULL || !may_close (till, shift, error))
    return FALSE;
  gint64 off = count->counted.dong - shift->drawer.dong;
  if (needs_why && off != 0 && !quay_till_check_reason (count->why, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, build_close (till, shift, count));
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  if (quay_id_equal (&till->shift, &shift->id))
    till->shift = QUAY_ID_NIL;
  if (difference != NULL)
    *difference = QUAY_DONG (off);
  quay_till_emit_sales (till);
  return TRUE;
}

gboolean
quay_till_end_shift (QuayTill *till, const QuayShiftCount *count, QuayMoney *difference,
                     GError **error)
{
  return close_shift (till, count, TRUE, difference, error);
}

gboolean
quay_till_close_shift (QuayTill *till, QuayMoney counted, const char *why, QuayMoney *difference,
                       GError **error)
{
  QuayShiftCount count = { .counted = counted, .why = why };
  return close_shift (till, &count, FALSE, difference, error);
}

/* --- cash in and out --- */

static gboolean
ask_is_sound (const QuayCashAsk *ask, GError **error)
{
  if (!quay_till_check_reason (ask->why, error) ||
      !quay_till_check_text (ask->party, QUAY_WHY_MAX, error))
    return FALSE;
  if (ask->amount.dong == 0 || !quay_money_in_range (ask->amount))
    return invalid (error, "amount out of range");
  if (!quay_cash_kind_is_known (ask->kind))
    return invalid (error, "no such kind of movement");
  if (ask->kind != NULL && ask->amount.dong > 0)
    return invalid (error, "takings are brought away, not put in");
  return TRUE;
}

char *
quay_till_book_cash (QuayTill *till, const QuayId *id, const QuayCashAsk *ask, GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !ask_is_sound (ask, error) ||
      !quay_till_require (till, QUAY_ACT_CASH, ABS (ask->amount.dong), error))
    return NULL;
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_CASH_MOVED, FALSE);
  QuayCashMoved *body = event->body;
  event->id = *id;
  body->amount = ask->amount;
  body->why = g_strdup (ask->why);
  body->kind = g_strdup (ask->kind);
  body->party = text_or_null (ask->party);
  body->by = g_strdup (quay_till_approver (till, QUAY_ACT_CASH));
  g_autoptr (QuayResult) done = commit_in_shift (till, event, error);
  if (done == NULL)
    return NULL;
  quay_till_emit_sales (till);
  const QuayEvent *booked = done->events->pdata[0];
  const QuayCashMoved *moved = booked->body;
  if (booked->kind == QUAY_EVENT_CASH_MOVED && moved->amount.dong == ask->amount.dong)
    return g_strdup (moved->number);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS,
                       "something else was recorded by an earlier try");
  return NULL;
}

char *
quay_till_move_cash (QuayTill *till, const QuayId *id, QuayMoney amount, const char *why,
                     GError **error)
{
  QuayCashAsk ask = { .amount = amount, .why = why };
  return quay_till_book_cash (till, id, &ask, error);
}

/* --- what is no money --- */

static gboolean
commit_audit (QuayTill *till, QuayEventKind kind, const char *what, const char *why, GError **error)
{
  if (!quay_till_check_reason (why, error) || !quay_till_check_text (what, QUAY_WHY_MAX, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, kind, FALSE);
  QuayAudit *body = event->body;
  body->name = g_strdup (what);
  body->why = g_strdup (why);
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

gboolean
quay_till_open_drawer (QuayTill *till, const char *why, GError **error)
{
  return commit_audit (till, QUAY_EVENT_DRAWER_OPENED, NULL, why, error);
}

gboolean
quay_till_override (QuayTill *till, const char *what, const char *why, GError **error)
{
  return commit_audit (till, QUAY_EVENT_OVERRIDE, what, why, error);
}
