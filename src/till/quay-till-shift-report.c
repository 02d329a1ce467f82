/* Reports of shifts, X and Z, and transfers that somebody has to see arrive. Thread: main. */
#include "quay-till-people.h"
#include "quay-till-private.h"
#include "quay-till-shift.h"

#include "quay-error.h"
#include "quay-reader-shift.h"
#include "quay-tender.h"

#define UNSEEN_DAYS 31

/* --- reports --- */

/* Before it is closed, what should be in a drawer is for some people only. */
static void
hide_if_blind (QuayTill *till, QuayShift *shift)
{
  if (shift->closed == 0 && !quay_till_may (till, QUAY_ACT_EXPECTED, 0))
    quay_shift_hide (shift);
  if (!quay_till_is_enrolled (till))
    quay_shift_forget_unsent (shift);
}

QuayShift *
quay_till_shift_report (QuayTill *till, const char *number, GError **error)
{
  QuayId id;
  gboolean found = number != NULL ? quay_reader_find_shift (till->reader, number, &id)
                                  : quay_reader_open_shift (till->reader, &id, NULL, NULL);
  g_autoptr (QuayShift) shift = found ? quay_reader_shift (till->reader, &id) : NULL;
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (shift != NULL)
    hide_if_blind (till, shift);
  else if (number != NULL)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no shift '%s'", number);
  else
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no shift is open");
  return g_steal_pointer (&shift);
}

GPtrArray *
quay_till_shifts (QuayTill *till, gboolean open, guint limit)
{
  GPtrArray *shifts = quay_reader_shifts (till->reader, open, limit);
  for (guint i = shifts->len; i > 0; i--)
    {
      QuayShift *shift = shifts->pdata[i - 1];
      if (open && shift->current)
        g_ptr_array_remove_index (shifts, i - 1);
      else
        hide_if_blind (till, shift);
    }
  return shifts;
}

/* --- transfers --- */

GPtrArray *
quay_till_unseen (QuayTill *till)
{
  return quay_reader_unseen (till->reader, quay_day_add (quay_till_day (till), -UNSEEN_DAYS));
}

QuayMoney
quay_till_unseen_of (QuayTill *till, const QuayId *sale)
{
  return quay_reader_unseen_of (till->reader, sale);
}

gboolean
quay_till_transfer_seen (QuayTill *till, const char *number, GError **error)
{
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (till, number);
  QuayMoney due = sale != NULL ? quay_reader_unseen_of (till->reader, &sale->id) : QUAY_DONG (0);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (due.dong <= 0)
    {
      g_set_error (error, QUAY_ERROR, sale != NULL ? QUAY_ERROR_REFUSED : QUAY_ERROR_NOT_FOUND,
                   sale != NULL ? "'%s' expects no transfer" : "no sale '%s'", number);
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_NOTED, FALSE);
  QuayAudit *body = event->body;
  body->act = g_strdup ("transfer.seen");
  body->subject = sale->id;
  body->ref = g_strdup (sale->number);
  body->amount = due;
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_emit_sales (till);
  return TRUE;
}

/* --- the rounding of cash --- */

gint64
quay_till_cash_step (QuayTill *till)
{
  gint64 step = quay_till_get_setting_int (till, QUAY_SETTING_ROUNDING, 0);
  for (guint i = 0; quay_tender_steps[i] >= 0; i++)
    if (quay_tender_steps[i] == step)
      return step;
  return 0;
}
