/* The shop's file as a whole: checks, copies, restoring, events by hand. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-sync-keys.h"

#include <string.h>

void
quay_check_clear (QuayCheck *check)
{
  g_clear_pointer (&check->head, g_free);
  g_clear_pointer (&check->why, g_free);
  g_clear_pointer (&check->numbers, g_ptr_array_unref);
  *check = (QuayCheck){ 0 };
}

/* Hands the verdict over; a check that could not be done leaves nothing to free. */
static gboolean
take_verdict (gboolean done, QuayCheck *check, QuayVerdict *verdict)
{
  if (check != NULL && done)
    *check = (QuayCheck){ .events = verdict->events,
                          .head = g_strdup (verdict->head),
                          .ok = verdict->ok,
                          .why = g_strdup (verdict->why),
                          .numbers = g_steal_pointer (&verdict->numbers) };
  quay_verdict_clear (verdict);
  return done;
}

gboolean
quay_till_verify (QuayTill *till, gboolean rebuild, QuayCheck *check, GError **error)
{
  QuayVerdict verdict = { 0 };
  gboolean done = quay_store_verify (till->store, rebuild, &verdict, error);
  return take_verdict (done, check, &verdict);
}

gboolean
quay_till_backup (QuayTill *till, const char *path, QuayCheck *check, GError **error)
{
  QuayVerdict verdict = { 0 };
  gboolean done = quay_store_backup (till->store, path, &verdict, error);
  return take_verdict (done, check, &verdict);
}

/* --- beside the counter --- */

typedef struct
{
  gboolean rebuild;
  char *path; /* of a backup; NULL: a check */
  QuayCheck check;
} CheckJob;

static void
check_job_free (gpointer data)
{
  CheckJob *job = data;
  quay_check_clear (&job->check);
  g_free (job->path);
  g_free (job);
}

void
quay_till_count_check (QuayTill *till, int by)
{
  g_mutex_lock (&till->check_lock);
  till->checks += by;
  g_cond_broadcast (&till->check_done);
  g_mutex_unlock (&till->check_lock);
}

/* The store lets any thread ask; its file stays open until the count is down again. */
static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  QuayTill *till = source;
  CheckJob *job = data;
  GError *error = NULL;
  gboolean done = job->path != NULL ? quay_till_backup (till, job->path, &job->check, &error)
                                    : quay_till_verify (till, job->rebuild, &job->check, &error);
  quay_till_count_check (till, -1);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_check (QuayTill *till, gboolean rebuild, const char *path, GAsyncReadyCallback callback,
             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  CheckJob *job = g_new0 (CheckJob, 1);
  job->rebuild = rebuild;
  job->path = g_strdup (path);
  g_task_set_task_data (task, job, check_job_free);
  quay_till_count_check (till, 1);
  g_task_run_in_thread (task, check_thread);
}

void
quay_till_verify_async (QuayTill *till, gboolean rebuild, GAsyncReadyCallback callback,
                        gpointer data)
{
  start_check (till, rebuild, NULL, callback, data);
}

void
quay_till_backup_async (QuayTill *till, const char *path, GAsyncReadyCallback callback,
                        gpointer data)
{
  start_check (till, FALSE, path, callback, data);
}

gboolean
quay_till_check_finish (QuayTill *till, GAsyncResult *result, QuayCheck *check, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  CheckJob *job = g_task_get_task_data (G_TASK (result));
  *check = job->check;
  job->check = (QuayCheck){ 0 };
  return TRUE;
}

void
quay_till_wait_for_checks (QuayTill *till)
{
  g_mutex_lock (&till->check_lock);
  while (till->checks > 0)
    g_cond_wait (&till->check_done, &till->check_lock);
  g_mutex_unlock (&till->check_lock);
}

gint64
quay_till_last_backup (QuayTill *till, char **why)
{
  return quay_store_last_backup (till->store, why);
}

gboolean
quay_till_restore (const char *dir, const char *path, QuayCheck *check, GError **error)
{
  QuayVerdict verdict = { 0 };
  gboolean done = quay_store_restore (dir, path, quay_till_system_env (), &verdict, error);
  return take_verdict (done, check, &verdict);
}

/* quay-YYYYMMDD-HHMM.db: such names sort as they were made. */
static gboolean
is_backup_name (const char *name)
{
  return strlen (name) == strlen ("quay-20261123-1024.db") && g_str_has_prefix (name, "quay-2") &&
         g_str_has_suffix (name, ".db");
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)b, *(char *const *)a);
}

/* Paths of the automatic backups, newest first. */
static GPtrArray *
list_backups (const char *dir)
{
  const char *name;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_build_filename (dir, "backups", NULL);
  g_autoptr (GDir) list = g_dir_open (folder, 0, NULL);
  while (list != NULL && (name = g_dir_read_name (list)) != NULL)
    if (is_backup_name (name))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_newest_first);
  return paths;
}

char *
quay_till_newest_backup (const char *dir)
{
  g_autoptr (GPtrArray) paths = list_backups (dir);
  return paths->len > 0 ? g_strdup (paths->pdata[0]) : NULL;
}

gboolean
quay_till_restore_newest (const char *dir, QuayCheck *check, GError **error)
{
  g_autoptr (GPtrArray) paths = list_backups (dir);
  g_autoptr (GError) failed = NULL;
  g_set_error_literal (&failed, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "there is no backup");
  for (guint i = 0; i < paths->len; i++)
    {
      g_clear_error (&failed);
      if (quay_till_restore (dir, paths->pdata[i], check, &failed))
        return TRUE;
      if (!g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_DAMAGED))
        break; /* the disk, not the backup: an older one would fare no better */
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
quay_till_export_events (QuayTill *till, const char *path, guint64 since, guint64 *n,
                         guint64 *first, guint64 *last, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (QuaySyncKeys) known = quay_sync_keys_load (till->dir, NULL);
  for (guint i = 0; known != NULL && i < known->n_server_keys; i++)
    g_ptr_array_add (keys, g_bytes_new (known->server_keys[i].public, QUAY_KEY_LEN));
  return quay_store_export_events (till->store, path, since, keys, n, first, last, error);
}

void
quay_till_take_in (QuayTill *till)
{
  guint serial = quay_store_items_serial (till->store);
  till->today.day = 0; /* other tills may have sold today */
  g_hash_table_remove_all (till->settings);
  quay_till_load_settings (till);
  quay_till_take_place (till);
  quay_till_load_people (till);
  if (!quay_reader_open_shift (till->reader, &till->shift, NULL, NULL))
    till->shift = QUAY_ID_NIL; /* another till may have closed it */
  if (serial != till->link.items_serial)
    {
      till->link.items_serial = serial;
      till->catalog_serial++;
      quay_till_start_search (till);
    }
  quay_till_items_moved (till);
  quay_till_emit_settings (till);
  quay_till_emit_user (till);
  quay_till_emit_sales (till);
}

gboolean
quay_till_import_events (QuayTill *till, const char *path, guint64 *n, guint64 *first,
                         guint64 *last, GError **error)
{
  if (!quay_store_import_events (till->store, path, n, first, last, error))
    return FALSE;
  quay_till_take_in (till);
  return TRUE;
}
