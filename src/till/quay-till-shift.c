/* The drawer: shifts in their simplest form, cash in and out, the drawer opened without a sale, a
 * manager's word. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"

#define WHY_MAX 70 /* characters: an event keeps 300 bytes */

gboolean
quay_till_shift (QuayTill *till, char **number, QuayMoney *expected)
{
  QuayId shift;
  return quay_reader_open_shift (till->reader, &shift, number, expected);
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

static gboolean
must_say_why (const char *why, GError **error)
{
  if (why != NULL && *why != '\0')
    return quay_till_check_text (why, WHY_MAX, error);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no reason was given");
  return FALSE;
}

char *
quay_till_open_shift (QuayTill *till, QuayMoney opening, GError **error)
{
  if (!quay_till_find_shift (till, error))
    return NULL;
  if (!quay_id_is_nil (&till->shift))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "a shift is open");
      return NULL;
    }
  if (opening.dong < 0 || !quay_money_in_range (opening))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "float out of range");
      return NULL;
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_SHIFT_OPENED, FALSE);
  ((QuayShiftOpened *)event->body)->opening = opening;
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return NULL;
  const QuayEvent *opened = done->events->pdata[0];
  quay_till_learn_shift (till, done);
  quay_till_emit_sales (till);
  return g_strdup (((const QuayShiftOpened *)opened->body)->number);
}

gboolean
quay_till_close_shift (QuayTill *till, QuayMoney counted, const char *why, QuayMoney *difference,
                       GError **error)
{
  QuayId shift;
  QuayMoney expected;
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_text (why, WHY_MAX, error))
    return FALSE;
  gboolean open = quay_reader_open_shift (till->reader, &shift, NULL, &expected);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (!open)
    {
      till->shift = QUAY_ID_NIL; /* a try whose answer was lost has closed it */
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no shift is open");
      return FALSE;
    }
  if (counted.dong < 0 || !quay_money_in_range (counted))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "counted cash out of range");
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_SHIFT_CLOSED, FALSE);
  QuayShiftClosed *body = event->body;
  body->shift = shift;
  body->counted = counted;
  body->expected = expected;
  body->why = g_strdup (why);
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  till->shift = QUAY_ID_NIL;
  if (difference != NULL)
    *difference = QUAY_DONG (counted.dong - expected.dong);
  quay_till_emit_sales (till);
  return TRUE;
}

char *
quay_till_move_cash (QuayTill *till, const QuayId *id, QuayMoney amount, const char *why,
                     GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !must_say_why (why, error))
    return NULL;
  if (amount.dong == 0 || !quay_money_in_range (amount))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "amount out of range");
      return NULL;
    }
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_CASH_MOVED, FALSE);
  QuayCashMoved *body = event->body;
  event->id = *id;
  body->amount = amount;
  body->why = g_strdup (why);
  g_autoptr (QuayResult) done = commit_in_shift (till, event, error);
  if (done == NULL)
    return NULL;
  quay_till_emit_sales (till);
  const QuayEvent *booked = done->events->pdata[0];
  const QuayCashMoved *moved = booked->body;
  if (booked->kind == QUAY_EVENT_CASH_MOVED && moved->amount.dong == amount.dong)
    return g_strdup (moved->number);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS,
                       "something else was recorded by an earlier try");
  return NULL;
}

static gboolean
commit_audit (QuayTill *till, QuayEventKind kind, const char *what, const char *why, GError **error)
{
  if (!must_say_why (why, error) || !quay_till_check_text (what, WHY_MAX, error))
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
