/* Rows of the cash family: shifts, cash movements, and the audit facts about them. */
#include "quay-event-private.h"

gboolean
quay_rows_of_audit (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayAudit *body = event->body;
  if (event->kind == QUAY_EVENT_NOTED && body->act == NULL)
    return quay_event_refuse (event, "says not what was done", error);
  quay_rows_begin (rows, QUAY_TABLE_AUDIT);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, quay_event_kind_name (event->kind));
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->shift);
  quay_rows_add_id (rows, &body->subject);
  quay_rows_add_text (rows, body->ref);
  quay_rows_add_text (rows, body->name);
  quay_rows_add_int (rows, body->qty.milli);
  quay_rows_add_int (rows, body->amount.dong);
  quay_rows_add_text (rows, body->why);
  quay_rows_add_text (rows, body->act);
  quay_rows_add_text (rows, body->by);
  return TRUE;
}

void
quay_rows_of_cash (QuayRows *rows, const QuayEvent *event, const QuayCash *cash)
{
  quay_rows_begin (rows, QUAY_TABLE_CASH_MOVE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, cash->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_id (rows, &event->shift);
  quay_rows_add_int (rows, cash->amount.dong);
  quay_rows_add_text (rows, cash->why);
  quay_rows_add_text (rows, cash->kind);
  quay_rows_add_text (rows, cash->party);
  quay_rows_add_known_id (rows, cash->doc);
  quay_rows_add_text (rows, cash->by);
  quay_rows_of_drawer (rows, event, cash->amount);
}

gboolean
quay_rows_of_cash_moved (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayCashMoved *body = event->body;
  if (body->amount.dong == 0)
    return quay_event_refuse (event, "moves nothing", error);
  QuayCash cash = { body->number, body->amount, body->why, body->kind,
                    body->party,  &body->doc,   body->by };
  quay_rows_of_cash (rows, event, &cash);
  quay_rows_of_number (rows, body->number);
  return TRUE;
}

gboolean
quay_rows_of_shift_opened (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayShiftOpened *body = event->body;
  quay_rows_begin (rows, QUAY_TABLE_SHIFT);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_text (rows, body->number);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_int (rows, body->opening.dong);
  quay_rows_add_text (rows, body->notes);
  quay_rows_of_drawer (rows, event, body->opening);
  quay_rows_of_number (rows, body->number);
  return TRUE;
}

gboolean
quay_rows_of_shift_closed (const QuayEvent *event, QuayRows *rows, GError **error)
{
  const QuayShiftClosed *body = event->body;
  quay_rows_begin (rows, QUAY_TABLE_SHIFT_CLOSE);
  quay_rows_add_id (rows, &event->id);
  quay_rows_add_id (rows, &body->shift);
  quay_rows_add_stamp (rows, event);
  quay_rows_add_int (rows, body->counted.dong);
  quay_rows_add_int (rows, body->expected.dong);
  quay_rows_add_text (rows, body->why);
  quay_rows_add_text (rows, body->notes);
  quay_rows_add_int (rows, body->verified.dong);
  quay_rows_add_text (rows, body->by);
  quay_rows_add_text (rows, body->note);
  return TRUE;
}
