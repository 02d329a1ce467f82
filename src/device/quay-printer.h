/* The receipt printer: a queue and a thread of its own, so that no page waits for paper. Each job
 * is tried once; whether to print again is for a person to say (a second copy of a receipt is a
 * second receipt). */
#pragma once

#include "quay-receipt.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * QuayPrinterKind:
 * @QUAY_PRINTER_NONE: there is none; every job fails with QUAY_ERROR_NOT_FOUND
 * @QUAY_PRINTER_FOLDER: each receipt becomes a PNG file in a folder
 */
typedef enum
{
  QUAY_PRINTER_NONE,
  QUAY_PRINTER_FOLDER,
} QuayPrinterKind;

/** What is known of the printer: nothing yet or good, missing, or the last job failed. */
typedef enum
{
  QUAY_PRINTER_READY,
  QUAY_PRINTER_ABSENT,
  QUAY_PRINTER_FAILING,
} QuayPrinterState;

typedef struct _QuayPrinter QuayPrinter;

/**
 * quay_printer_new:
 * @path: (nullable): the folder, made if missing; NULL for QUAY_PRINTER_NONE
 *
 * Starts the thread "printer". Nothing is opened before the first job.
 *
 * Returns: (transfer full)
 */
QuayPrinter *quay_printer_new (QuayPrinterKind kind, const char *path,
                               QuayPaper paper) G_GNUC_WARN_UNUSED_RESULT;

/** Prints what is queued, then ends the thread. Callbacks still come afterwards. */
void quay_printer_free (QuayPrinter *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayPrinter, quay_printer_free)

/** Any thread. */
QuayPrinterState quay_printer_get_state (QuayPrinter *printer);

/**
 * quay_printer_print_async:
 * @receipt: (transfer full)
 * @cancellable: (nullable): keeps a job that has not begun from beginning
 * @callback: called in the caller's thread-default main context, in the order of the jobs
 *
 * Queues a receipt and returns at once.
 */
void quay_printer_print_async (QuayPrinter *printer, QuayReceipt *receipt,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data);

/**
 * quay_printer_print_finish:
 *
 * Returns: QUAY_PRINT_SENT if the receipt was handed over whole; otherwise, with @error,
 *   QUAY_PRINT_FAILED if nothing is on paper, QUAY_PRINT_NONE if something may be
 */
QuayPrintState quay_printer_print_finish (GAsyncResult *result, GError **error);

G_END_DECLS
