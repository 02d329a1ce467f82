/* Settlements with the producers of consigned goods. No figure goes by a date: each settlement is
 * everything known of a lot less what earlier ones stored, so that late sales and refunds of any
 * till fall into the next. Thread: main. */
#include "quay-till-settle.h"

#include "quay-till-private.h"

#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-reader-consign.h"

/* Lots of one event: each takes up to 700 bytes. */
#define LOTS_PER_EVENT 80
#define NOTE_MAX 160
#define WHY_MAX 70

static gboolean
refuse (GError **error, int code, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, code, why);
  return FALSE;
}

/* --- what there is to settle --- */

static QuayDay
first_day (QuayTill *till, const QuayId *producer)
{
  g_autoptr (GPtrArray) last = quay_reader_settlements (till->reader, producer, 1);
  if (last->len == 0)
    return quay_reader_first_lot_day (till->reader, producer);
  gint64 to = ((const QuaySettledRecord *)last->pdata[0])->settled->to;
  return to != 0 ? quay_day_add ((QuayDay)to, 1) : 0;
}

QuaySettledRecord *
quay_till_unsettled (QuayTill *till, const QuayId *producer, GError **error)
{
  g_autoptr (QuaySettledRecord) record = quay_settled_record_new ();
  g_autoptr (QuayPartner) partner = quay_reader_partner (till->reader, producer);
  QuaySettled *settled = record->settled;
  QuayDay today = quay_till_day (till);
  g_ptr_array_unref (settled->lots);
  settled->lots = quay_reader_unsettled (till->reader, producer);
  settled->producer = *producer;
  QuayDay from = first_day (till, producer);
  settled->from = from != 0 && from <= today ? from : today;
  settled->to = today;
  record->day = today;
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (partner == NULL)
    {
      refuse (error, QUAY_ERROR_NOT_FOUND, "no such producer");
      return NULL;
    }
  settled->name = g_strdup (partner->name);
  record->before = partner->owed;
  if (!quay_settled_sum (settled))
    {
      refuse (error, QUAY_ERROR_OVERFLOW, "sums out of range");
      return NULL;
    }
  return g_steal_pointer (&record);
}

GPtrArray *
quay_till_in_doubt (QuayTill *till, const QuayId *producer)
{
  return quay_reader_in_doubt (till->reader, producer);
}

/* --- whether it may be posted --- */

static gboolean
is_sound (QuayTill *till, const QuaySettleAsk *ask, const QuaySettled *now, GError **error)
{
  gint64 most = MAX (now->cost.dong, 0);
  if (!quay_till_check_text (ask->note, NOTE_MAX, error) ||
      !quay_till_check_text (ask->why, WHY_MAX, error))
    return FALSE;
  if (!quay_day_is_valid (ask->from) || !quay_day_is_valid (ask->to) || ask->from > ask->to)
    return refuse (error, QUAY_ERROR_INVALID, "the days are no period");
  if (ask->tax.dong < 0 || ask->tax.dong > most)
    return refuse (error, QUAY_ERROR_INVALID, "tax out of range");
  return TRUE;
}

static gboolean
has_moved (const QuaySettled *settled)
{
  for (guint i = 0; i < settled->lots->len; i++)
    if (quay_settled_lot_moved (settled->lots->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
may_settle (QuayTill *till, const QuaySettleAsk *ask, const QuaySettled *now, GError **error)
{
  g_autoptr (GPtrArray) doubt = quay_reader_in_doubt (till->reader, &now->producer);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (!has_moved (now))
    return refuse (error, QUAY_ERROR_REFUSED, "nothing happened since the last settlement");
  if (ask->seen != NULL && !quay_settled_equal (ask->seen, now))
    return refuse (error, QUAY_ERROR_REFUSED, "the figures are no more those that were shown");
  if (doubt->len > 0 && (ask->why == NULL || *ask->why == '\0'))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "more of '%s' was sold than lots had",
                   (const char *)doubt->pdata[0]);
      return FALSE;
    }
  return TRUE;
}

/* --- events --- */

static QuaySettledLot *
copy_lot (const QuaySettledLot *from)
{
  QuaySettledLot *lot = g_memdup2 (from, sizeof *from);
  lot->sku = g_strdup (from->sku);
  lot->name = g_strdup (from->name);
  lot->unit = g_strdup (from->unit);
  return lot;
}

/* The first event has the document's id, its number and the tax. */
static QuayEvent *
make_event (QuayTill *till, const QuayId *id, const QuaySettleAsk *ask, const QuaySettled *now,
            guint first)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_SETTLED, FALSE);
  QuaySettled *body = event->body;
  guint n = MIN (now->lots->len - first, LOTS_PER_EVENT);
  if (first == 0)
    event->id = *id;
  if (now->lots->len > LOTS_PER_EVENT)
    body->document = *id;
  body->producer = now->producer;
  body->name = g_strdup (now->name);
  body->from = ask->from;
  body->to = ask->to;
  if (first == 0)
    body->tax = ask->tax;
  body->note = first == 0 && ask->note != NULL && *ask->note != '\0' ? g_strdup (ask->note) : NULL;
  body->lots = g_ptr_array_new ();
  for (guint i = first; i < first + n; i++)
    {
      QuaySettledLot *lot = copy_lot (now->lots->pdata[i]);
      body->amount.dong += lot->amount.dong;
      body->cost.dong += lot->cost.dong;
      g_ptr_array_add (body->lots, lot);
    }
  return event;
}

static QuayTxn *
build (QuayTill *till, const QuayId *id, const QuaySettleAsk *ask, const QuaySettled *now)
{
  QuayTxn *txn = quay_txn_new ();
  for (guint i = 0; i < now->lots->len; i += LOTS_PER_EVENT)
    quay_txn_add (txn, make_event (till, id, ask, now, i));
  if (ask->why != NULL && *ask->why != '\0')
    {
      QuayEvent *event = quay_till_event (till, QUAY_EVENT_OVERRIDE, FALSE);
      QuayAudit *body = event->body;
      body->subject = *id;
      body->ref = g_strdup ("consign.in-doubt");
      body->name = g_strdup (now->name);
      body->why = g_strdup (ask->why);
      quay_txn_add (txn, event);
    }
  return txn;
}

/* An earlier try may have posted it though its answer was an error. */
static char *
find_earlier (QuayTill *till, const QuayId *id)
{
  g_autoptr (QuaySettledRecord) earlier = quay_reader_settlement (till->reader, id);
  return earlier != NULL ? g_strdup (earlier->settled->number) : NULL;
}

char *
quay_till_settle (QuayTill *till, const QuayId *id, const QuayId *producer,
                  const QuaySettleAsk *ask, GError **error)
{
  char *number = find_earlier (till, id);
  if (number != NULL)
    return number;
  g_autoptr (QuaySettledRecord) now = quay_till_unsettled (till, producer, error);
  if (now == NULL || !is_sound (till, ask, now->settled, error) ||
      !may_settle (till, ask, now->settled, error) || !quay_till_need_room (till, error))
    return NULL;
  g_autoptr (QuayResult) done = quay_till_commit (till, build (till, id, ask, now->settled), error);
  if (done == NULL)
    return NULL;
  const QuayEvent *first = done->events->pdata[0];
  if (first->kind != QUAY_EVENT_SETTLED)
    {
      refuse (error, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  return g_strdup (((const QuaySettled *)first->body)->number);
}

/* --- reading back --- */

GPtrArray *
quay_till_settlements (QuayTill *till, const QuayId *producer, guint limit)
{
  return quay_reader_settlements (till->reader, producer, limit);
}

QuaySettledRecord *
quay_till_settlement (QuayTill *till, const QuayId *id)
{
  return quay_reader_settlement (till->reader, id);
}
