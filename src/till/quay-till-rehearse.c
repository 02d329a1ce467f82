/* Restoring, tried out: the copy is put up in a folder of its own, checked as when it is restored,
 * and read. Nothing of the shop is touched. Thread: main to ask and to be answered. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-files.h"
#include "quay-till-rehearse.h"

#define FOLDER "rehearsal"
#define EVER 99999999

void
quay_rehearsal_clear (QuayRehearsal *rehearsal)
{
  quay_check_clear (&rehearsal->check);
  g_clear_pointer (&rehearsal->shop, g_free);
  g_clear_pointer (&rehearsal->last_number, g_free);
  *rehearsal = (QuayRehearsal){ 0 };
}

static void
read_shop (QuayReader *reader, QuayRehearsal *rehearsal)
{
  QuayReport *report = quay_reader_report (reader, QUAY_REPORT_PLAIN, 0, EVER);
  g_autoptr (GPtrArray) last = quay_reader_sales (reader, 0, EVER, NULL, NULL, NULL, 1);
  rehearsal->sales = report->sales;
  rehearsal->total = report->total;
  rehearsal->products = quay_reader_n_items (reader, NULL, TRUE);
  rehearsal->shop = quay_reader_setting (reader, "shop.name");
  quay_report_free (report);
  if (last->len == 0)
    return;
  const QuaySaleRecord *sale = last->pdata[0];
  rehearsal->last_number = g_strdup (sale->number);
  rehearsal->last_ts = sale->ts;
}

static gboolean
open_and_read (const char *dir, QuayRehearsal *rehearsal, GError **error)
{
  QuayStore *store = quay_store_open (dir, quay_till_system_env (), error);
  QuayReader *reader = store != NULL ? quay_reader_new (store, error) : NULL;
  if (reader != NULL)
    read_shop (reader, rehearsal);
  gboolean ok = reader != NULL && quay_reader_settle (reader, error);
  g_clear_pointer (&reader, quay_reader_free);
  quay_store_close (store);
  return ok;
}

gboolean
quay_till_rehearse (const char *dir, const char *path, QuayRehearsal *rehearsal, GError **error)
{
  *rehearsal = (QuayRehearsal){ 0 };
  g_autofree char *folder = g_build_filename (dir, FOLDER, NULL);
  quay_files_remove_tree (folder);
  gboolean ok = quay_till_restore (folder, path, &rehearsal->check, error) &&
                open_and_read (folder, rehearsal, error);
  quay_files_remove_tree (folder);
  if (!ok)
    quay_rehearsal_clear (rehearsal);
  return ok;
}

/* --- beside the counter --- */

typedef struct
{
  char *path;
  QuayRehearsal found;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_free (job->path);
  quay_rehearsal_clear (&job->found);
  g_free (job);
}

static void
rehearse_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  QuayTill *till = source;
  Job *job = data;
  GError *error = NULL;
  gboolean ok = quay_till_rehearse (till->dir, job->path, &job->found, &error);
  quay_till_count_check (till, -1);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
quay_till_rehearse_async (QuayTill *till, const char *path, GAsyncReadyCallback callback,
                          gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  if (!quay_till_need_real (till, &error) ||
      !quay_till_require (till, QUAY_ACT_SETTINGS, 0, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  Job *job = g_new0 (Job, 1);
  job->path = g_strdup (path);
  g_task_set_task_data (task, job, job_free);
  quay_till_count_check (till, 1);
  g_task_run_in_thread (task, rehearse_thread);
}

gboolean
quay_till_rehearse_finish (QuayTill *till, GAsyncResult *result, QuayRehearsal *rehearsal,
                           GError **error)
{
  *rehearsal = (QuayRehearsal){ 0 };
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  Job *job = g_task_get_task_data (G_TASK (result));
  *rehearsal = job->found;
  job->found = (QuayRehearsal){ 0 };
  return TRUE;
}
