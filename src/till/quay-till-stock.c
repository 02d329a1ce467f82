/* Reads of stock beside the counter; holding lots back. Threads: main, and one for each read. */
#include "quay-till-stock.h"

#include "quay-till-private.h"

#include "quay-body.h"
#include "quay-codec.h"
#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-reader-shelf.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* --- a read by a reader of its own --- */

typedef struct _Job Job;
struct _Job
{
  QuayShelfAsk ask;
  guint first;
  QuayId id; /* a product, a lot */
  gint64 from_ms;
  gint64 to_ms;
  gpointer (*read) (QuayReader *reader, const Job *job, GError **error);
  GDestroyNotify free;
};

static gpointer
run (QuayTill *till, const Job *job, GError **error)
{
  g_autoptr (QuayReader) reader = quay_reader_new (till->store, error);
  if (reader == NULL)
    return NULL;
  gpointer answer = job->read (reader, job, error);
  if (quay_reader_settle (reader, answer != NULL ? error : NULL) || answer == NULL)
    return answer;
  job->free (answer);
  return NULL;
}

static void
job_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  QuayTill *till = source;
  const Job *job = data;
  GError *error = NULL;
  gpointer answer = run (till, job, &error);
  gboolean large = job->first == 0;
  quay_till_count_check (till, -1);
  if (answer != NULL)
    g_task_return_pointer (task, answer, job->free);
  else
    g_task_return_error (task, error);
#ifdef __GLIBC__
  if (large)
    malloc_trim (0); /* what was joined was memory of this thread */
#endif
}

static void
start (QuayTill *till, const Job *job, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  g_task_set_task_data (task, g_memdup2 (job, sizeof *job), g_free);
  quay_till_count_check (till, 1);
  g_task_run_in_thread (task, job_thread);
}

/* --- all products --- */

QuayShelfAsk
quay_till_shelf_ask (QuayTill *till, gint64 at_ms, const QuayId *loc)
{
  QuayShelfAsk ask = { .at_ms = at_ms };
  ask.day = at_ms != 0 ? quay_day_at (at_ms, till->cutoff) : quay_till_day (till);
  if (loc != NULL)
    ask.loc = *loc;
  ask.lead_days = CLAMP (quay_till_get_setting_int (till, QUAY_SETTING_LEAD_DAYS, 7), 0, 365);
  ask.cover_days = CLAMP (quay_till_get_setting_int (till, QUAY_SETTING_COVER_DAYS, 14), 0, 365);
  return ask;
}

static gpointer
read_shelf (QuayReader *reader, const Job *job, GError **error)
{
  return quay_reader_shelf (reader, &job->ask, job->first, error);
}

static Job
shelf_job (const QuayShelfAsk *ask, guint first)
{
  return (Job){
    .ask = *ask, .first = first, .read = read_shelf, .free = (GDestroyNotify)quay_shelf_free
  };
}

void
quay_till_shelf_async (QuayTill *till, const QuayShelfAsk *ask, guint first,
                       GAsyncReadyCallback callback, gpointer data)
{
  Job job = shelf_job (ask, first);
  start (till, &job, callback, data);
}

QuayShelf *
quay_till_shelf_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

QuayShelf *
quay_till_shelf (QuayTill *till, const QuayShelfAsk *ask, GError **error)
{
  Job job = shelf_job (ask, 0);
  return run (till, &job, error);
}

/* --- a card --- */

static gpointer
read_card (QuayReader *reader, const Job *job, GError **error)
{
  return quay_reader_card (reader, &job->id, job->from_ms, job->to_ms);
}

static Job
card_job (QuayTill *till, const QuayId *product, QuayDay from, QuayDay to)
{
  return (Job){ .id = *product,
                .from_ms = quay_day_start_ms (from, till->cutoff),
                .to_ms = quay_day_start_ms (quay_day_add (to, 1), till->cutoff) - 1,
                .read = read_card,
                .free = (GDestroyNotify)quay_card_free };
}

void
quay_till_card_async (QuayTill *till, const QuayId *product, QuayDay from, QuayDay to,
                      GAsyncReadyCallback callback, gpointer data)
{
  Job job = card_job (till, product, from, to);
  start (till, &job, callback, data);
}

QuayCard *
quay_till_card_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

QuayCard *
quay_till_card (QuayTill *till, const QuayId *product, QuayDay from, QuayDay to, GError **error)
{
  Job job = card_job (till, product, from, to);
  return run (till, &job, error);
}

/* --- recall --- */

static gpointer
read_sales (QuayReader *reader, const Job *job, GError **error)
{
  return quay_reader_lot_sales (reader, &job->id);
}

static Job
sales_job (const QuayId *lot)
{
  return (Job){ .id = *lot, .read = read_sales, .free = (GDestroyNotify)g_ptr_array_unref };
}

void
quay_till_lot_sales_async (QuayTill *till, const QuayId *lot, GAsyncReadyCallback callback,
                           gpointer data)
{
  Job job = sales_job (lot);
  start (till, &job, callback, data);
}

GPtrArray *
quay_till_lot_sales_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
quay_till_lot_sales (QuayTill *till, const QuayId *lot, GError **error)
{
  Job job = sales_job (lot);
  return run (till, &job, error);
}

GPtrArray *
quay_till_receipt_lots (QuayTill *till, const char *number, GError **error)
{
  g_autoptr (GPtrArray) lots = quay_reader_receipt_lots (till->reader, number);
  return quay_till_check_reads (till, error) ? g_steal_pointer (&lots) : NULL;
}

gboolean
quay_till_hold_lot (QuayTill *till, const QuayId *id, const char *why, GError **error)
{
  if (!quay_till_check_text (why, 70, error))
    return FALSE;
  if (why != NULL && *why == '\0')
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "needs a reason");
      return FALSE;
    }
  g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (lot == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such lot");
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_LOT, FALSE);
  QuayFacts *body = event->body;
  body->id = *id;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (body->facts, why != NULL ? quay_fact_new_text ("blocked", why)
                                            : quay_fact_new_cleared ("blocked"));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_items_moved (till);
  return TRUE;
}

/* --- places --- */

void
quay_stock_place_free (QuayStockPlace *place)
{
  g_free (place->name);
  g_free (place);
}

GPtrArray *
quay_till_stock_places (QuayTill *till)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_stock_place_free);
  g_autoptr (GPtrArray) rows = quay_reader_entities (till->reader, "location", "name");
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayReportRow *row = rows->pdata[i];
      QuayStockPlace *place = g_new0 (QuayStockPlace, 1);
      place->name = g_strdup (row->name);
      if (quay_id_from_text (row->key, &place->id))
        g_ptr_array_add (places, place);
      else
        quay_stock_place_free (place);
    }
  return places;
}
