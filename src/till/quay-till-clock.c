/* The clock: whether it can be right, who is told, and what is written down of it. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-sync.h"

#define LOCAL_NOTED "clock.noted" /* the business day on which it was noted last */
#define FAR_MS (5 * 60 * 1000)

/* How far the clock is ahead of the server's, as of the last answer; behind: below 0. */
static gint64
ahead_of_server (QuayTill *till)
{
  QuaySyncState sync;
  if (till->link.sync == NULL)
    return till->link.once != NULL ? till->link.once->ahead : 0;
  quay_sync_get (till->link.sync, &sync);
  return sync.ahead;
}

gboolean
quay_till_clock_is_wrong (QuayTill *till)
{
  return till->store != NULL &&
         (quay_store_clock_is_wrong (till->store) || ABS (ahead_of_server (till)) > FAR_MS);
}

/* Once a day at most. */
void
quay_till_note_clock (QuayTill *till)
{
  gint64 ahead = ahead_of_server (till);
  QuayDay day = quay_till_day (till);
  if (till->watched.noted == day)
    return;
  g_autofree char *last = quay_reader_local (till->reader, LOCAL_NOTED);
  g_autofree char *today = g_strdup_printf ("%d", day);
  if (g_strcmp0 (last, today) == 0 || !quay_till_check_reads (till, NULL))
    return;
  till->watched.noted = day;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_NOTED, FALSE);
  QuayAudit *body = event->body;
  body->act = g_strdup ("clock");
  body->name = ABS (ahead) > FAR_MS
                   ? g_strdup_printf ("%+" G_GINT64_FORMAT " s to the server", ahead / 1000)
                   : g_strdup ("went back");
  quay_txn_add (txn, event);
  quay_txn_set_local (txn, LOCAL_NOTED, today);
  quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
}
