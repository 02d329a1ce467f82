/* Opening a catalogue file and working out its rows, at once or on a thread beside the counter.
 * Thread: main, and one for each file that is being read. */
#include "quay-editor-private.h"
#include "quay-import-private.h"

#include "quay-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define TICK_MS 100 /* between two words about how far it is */

/* --- the file --- */

static QuayImport *
import_new (QuayTill *till, const char *name, const char *folder)
{
  QuayImport *import = g_rc_box_new0 (QuayImport);
  import->till = g_object_ref (till);
  import->name = g_strdup (name != NULL ? name : "");
  import->folder = g_strdup (folder);
  import->shown = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  return import;
}

static gboolean
take_bytes (QuayImport *import, GBytes *bytes, GError **error)
{
  if (g_bytes_get_size (bytes) > QUAY_IMPORT_MAX_BYTES)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "file is above %d MB",
                   QUAY_IMPORT_MAX_BYTES / (1024 * 1024));
      return FALSE;
    }
  import->bytes = g_bytes_ref (bytes);
  return TRUE;
}

/* A regular file of a size that we read; anything else would hang or fill the memory. */
static gboolean
check_file (const char *path, GError **error)
{
  GStatBuf info;
  if (g_stat (path, &info) != 0)
    g_set_error (error, QUAY_ERROR, errno == ENOENT ? QUAY_ERROR_NOT_FOUND : QUAY_ERROR_INVALID,
                 "can't open '%s': %s", path, g_strerror (errno));
  else if (!S_ISREG (info.st_mode))
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is not a file", path);
  else if (info.st_size > QUAY_IMPORT_MAX_BYTES)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is above %d MB", path,
                 QUAY_IMPORT_MAX_BYTES / (1024 * 1024));
  else
    return TRUE;
  return FALSE;
}

static gboolean
load_file (QuayImport *import, const char *path, GError **error)
{
  g_autoptr (GError) unread = NULL;
  char *data;
  gsize len;
  if (!check_file (path, error))
    return FALSE;
  if (!g_file_get_contents (path, &data, &len, &unread))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "can't read '%s': %s", path,
                   unread->message);
      return FALSE;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, len);
  return take_bytes (import, bytes, error);
}

static QuayImport *
import_of_path (QuayTill *till, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  return import_new (till, name, folder);
}

/* --- at once --- */

QuayImport *
quay_import_read_bytes (QuayTill *till, GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (QUAY_IS_TILL (till) && bytes != NULL, NULL);
  g_autoptr (QuayImport) import = import_new (till, name, NULL);
  if (!take_bytes (import, bytes, error) || !quay_import_plan (import, error))
    return NULL;
  return g_steal_pointer (&import);
}

QuayImport *
quay_import_read (QuayTill *till, const char *path, GError **error)
{
  g_return_val_if_fail (QUAY_IS_TILL (till) && path != NULL, NULL);
  g_autoptr (QuayImport) import = import_of_path (till, path);
  if (!load_file (import, path, error) || !quay_import_plan (import, error))
    return NULL;
  return g_steal_pointer (&import);
}

/* --- beside the counter --- */

/* The thread has @import for itself until its answer. */
typedef struct
{
  QuayImport *import; /* borrowed, or owned if it was made by the job */
  char *path;         /* to be read first; NULL: the bytes are there */
  gint done;          /* atomic: rows */
  gint total;
  QuayImportProgress progress;
  gpointer progress_data;
  guint ticks;
} PlanJob;

static void
free_job (gpointer data)
{
  PlanJob *job = data;
  g_free (job->path);
  g_free (job);
}

static gboolean
tick_cb (gpointer data)
{
  PlanJob *job = data;
  gint total = g_atomic_int_get (&job->total);
  job->progress ((guint)MIN (g_atomic_int_get (&job->done), total), (guint)total,
                 job->progress_data);
  return G_SOURCE_CONTINUE;
}

static gint
count_lines (GBytes *bytes)
{
  gsize len;
  gint n = 0;
  const char *at = g_bytes_get_data (bytes, &len);
  for (const char *end = at + len; at != NULL && at < end; n++)
    {
      at = memchr (at, '\n', (gsize)(end - at));
      if (at == NULL)
        break;
      at++;
    }
  return n;
}

static gboolean
plan_beside (PlanJob *job, GCancellable *cancellable, GError **error)
{
  QuayImport *import = job->import;
  if (import->bytes == NULL && !load_file (import, job->path, error))
    return FALSE;
  g_atomic_int_set (&job->total, count_lines (import->bytes));
  g_autoptr (QuayReader) reader = quay_reader_new (import->till->store, error);
  if (reader == NULL)
    return FALSE;
  gboolean planned = quay_import_run_plan (import, reader, cancellable, &job->done, error);
  import->editor->reader = NULL;
  quay_reader_settle (reader, NULL); /* told, or of no account any more */
  return planned;
}

static void
plan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanJob *job = data;
  GError *error = NULL;
  gboolean planned = plan_beside (job, cancellable, &error);
  quay_till_count_check (job->import->till, -1);
  if (planned)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_plan (QuayImport *import, const char *path, GCancellable *cancellable,
            QuayImportProgress progress, gpointer progress_data, GAsyncReadyCallback callback,
            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  PlanJob *job = g_new0 (PlanJob, 1);
  job->import = import;
  job->path = g_strdup (path);
  job->progress = progress;
  job->progress_data = progress_data;
  g_task_set_task_data (task, job, free_job);
  if (progress != NULL)
    job->ticks = g_timeout_add (TICK_MS, tick_cb, job);
  quay_import_begin_plan (import);
  quay_till_count_check (import->till, 1);
  g_task_run_in_thread (task, plan_thread);
}

void
quay_import_plan_async (QuayImport *import, QuayImportProgress progress, gpointer progress_data,
                        GAsyncReadyCallback callback, gpointer data)
{
  start_plan (import, NULL, NULL, progress, progress_data, callback, data);
}

gboolean
quay_import_plan_finish (GAsyncResult *result, GError **error)
{
  PlanJob *job = g_task_get_task_data (G_TASK (result));
  g_clear_handle_id (&job->ticks, g_source_remove);
  gboolean planned = g_task_propagate_boolean (G_TASK (result), error);
  if (!planned)
    quay_import_spoil (job->import);
  return planned;
}

void
quay_import_read_async (QuayTill *till, const char *path, GCancellable *cancellable,
                        QuayImportProgress progress, gpointer progress_data,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (QUAY_IS_TILL (till) && path != NULL);
  start_plan (import_of_path (till, path), path, cancellable, progress, progress_data, callback,
              data);
}

QuayImport *
quay_import_read_finish (GAsyncResult *result, GError **error)
{
  PlanJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (QuayImport) import = g_steal_pointer (&job->import);
  g_clear_handle_id (&job->ticks, g_source_remove);
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&import) : NULL;
}
