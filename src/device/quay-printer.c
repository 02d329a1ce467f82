/* The printer's thread takes jobs in order and answers each through its GTask.
 * Threads: the caller's and "printer"; @state alone is shared, the rest is set before it starts. */
#include "quay-printer.h"

#include "quay-error.h"
#include "quay-receipt-render.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _QuayPrinter
{
  QuayPrinterKind kind;
  char *path;
  QuayPaper paper;
  GAsyncQueue *jobs; /* GTask, whose data is the receipt; the printer itself ends the thread */
  GThread *thread;
  gint state; /* atomic */
};

static QuayPrintState
print_to_folder (QuayPrinter *printer, const QuayReceipt *receipt, GError **error)
{
  if (g_mkdir_with_parents (printer->path, 0700) != 0)
    {
      int saved = errno;
      g_set_error (error, QUAY_ERROR,
                   saved == EACCES || saved == EROFS || saved == EPERM ? QUAY_ERROR_READ_ONLY
                                                                       : QUAY_ERROR_IO,
                   "cannot make the folder '%s': %s", printer->path, g_strerror (saved));
      return QUAY_PRINT_FAILED;
    }
  g_autofree char *name = g_strconcat (quay_receipt_get_name (receipt), ".png", NULL);
  g_autofree char *path = g_build_filename (printer->path, name, NULL);
  return quay_receipt_save (receipt, printer->paper, QUAY_RECEIPT_PNG, path, error)
             ? QUAY_PRINT_SENT
             : QUAY_PRINT_FAILED;
}

static QuayPrintState
print_receipt (QuayPrinter *printer, const QuayReceipt *receipt, GError **error)
{
  if (printer->kind == QUAY_PRINTER_FOLDER)
    return print_to_folder (printer, receipt, error);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no printer is set up");
  return QUAY_PRINT_FAILED;
}

/* The task's data becomes the state, since an error leaves no room for a value. */
static void
run_job (QuayPrinter *printer, GTask *task)
{
  g_autoptr (GError) error = NULL;
  QuayPrintState state = QUAY_PRINT_FAILED;
  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      state = print_receipt (printer, g_task_get_task_data (task), &error);
      if (printer->kind != QUAY_PRINTER_NONE)
        g_atomic_int_set (&printer->state,
                          error == NULL ? QUAY_PRINTER_READY : QUAY_PRINTER_FAILING);
    }
  g_task_set_task_data (task, GINT_TO_POINTER (state), NULL);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static gpointer
printer_thread (gpointer data)
{
  QuayPrinter *printer = data;
  for (;;)
    {
      gpointer job = g_async_queue_pop (printer->jobs);
      if (job == printer)
        return NULL;
      g_autoptr (GTask) task = job;
      run_job (printer, task);
    }
}

QuayPrinter *
quay_printer_new (QuayPrinterKind kind, const char *path, QuayPaper paper)
{
  g_return_val_if_fail (kind == QUAY_PRINTER_NONE || path != NULL, NULL);
  g_return_val_if_fail (quay_paper_is_valid (paper), NULL);

  QuayPrinter *printer = g_new0 (QuayPrinter, 1);
  printer->kind = kind;
  printer->path = g_strdup (path);
  printer->paper = paper;
  printer->state = kind == QUAY_PRINTER_NONE ? QUAY_PRINTER_ABSENT : QUAY_PRINTER_READY;
  printer->jobs = g_async_queue_new ();
  printer->thread = g_thread_new ("printer", printer_thread, printer);
  return printer;
}

void
quay_printer_free (QuayPrinter *printer)
{
  if (printer == NULL)
    return;
  g_async_queue_push (printer->jobs, printer);
  g_thread_join (printer->thread);
  g_async_queue_unref (printer->jobs);
  g_free (printer->path);
  g_free (printer);
}

QuayPrinterState
quay_printer_get_state (QuayPrinter *printer)
{
  return g_atomic_int_get (&printer->state);
}

void
quay_printer_print_async (QuayPrinter *printer, QuayReceipt *receipt, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (printer != NULL && receipt != NULL);

  GTask *task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, quay_printer_print_async);
  g_task_set_check_cancellable (task, FALSE); /* what was printed stays printed */
  g_task_set_task_data (task, receipt, (GDestroyNotify)quay_receipt_free);
  g_async_queue_push (printer->jobs, task);
}

QuayPrintState
quay_printer_print_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, quay_printer_print_async),
                        QUAY_PRINT_NONE);

  QuayPrintState state = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  g_task_propagate_boolean (G_TASK (result), error);
  return state;
}
