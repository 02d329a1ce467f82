/* The printer's queue and thread on real folders: order, failures, that nothing is printed twice.
 */
#include "quay-error.h"
#include "quay-printer.h"
#include "receipt-samples.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  QuayPrinter *printer;
  char *dir;
  char *spool;
  guint answers;
} Fixture;

typedef struct
{
  Fixture *fixture;
  guint order; /* which answer it was, from 1 */
  QuayPrintState state;
  GError *error;
} Job;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  f->dir = g_dir_make_tmp ("quay-printer-XXXXXX", &error);
  g_assert_no_error (error);
  f->spool = g_build_filename (f->dir, "shop", "receipts", NULL);
  f->printer = quay_printer_new (GPOINTER_TO_INT (data), f->spool, QUAY_PAPER_58);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_printer_free (f->printer);
  remove_tree (f->dir);
  g_free (f->spool);
  g_free (f->dir);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  job->state = quay_printer_print_finish (result, &job->error);
  job->order = ++job->fixture->answers;
}

static void
print_copy (Fixture *f, Job *job, guint copy, GCancellable *cancellable)
{
  *job = (Job){ .fixture = f };
  g_autoptr (QuaySaleRecord) sale = make_sample (&samples[0]);
  quay_printer_print_async (f->printer, quay_receipt_new (&sample_shop, sale, copy), cancellable,
                            printed_cb, job);
}

static void
wait_for (Job *job)
{
  while (job->order == 0)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_printed (Fixture *f, guint copy)
{
  g_autofree char *name = copy == 0 ? g_strdup ("QT1A-000042-7K2M9P.png")
                                    : g_strdup_printf ("QT1A-000042-7K2M9P-in-lai-%u.png", copy);
  g_autofree char *path = g_build_filename (f->spool, name, NULL);
  g_autofree char *bytes = NULL;
  gsize n;
  return g_file_get_contents (path, &bytes, &n, NULL) && n > 1000 &&
         memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
}

static void
test_none (Fixture *f, gconstpointer data)
{
  Job job;
  g_assert_cmpint (quay_printer_get_state (f->printer), ==, QUAY_PRINTER_ABSENT);
  print_copy (f, &job, 0, NULL);
  wait_for (&job);
  g_assert_cmpint (job.state, ==, QUAY_PRINT_FAILED);
  g_assert_error (job.error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&job.error);
  g_assert_cmpint (quay_printer_get_state (f->printer), ==, QUAY_PRINTER_ABSENT);
  g_assert_false (is_printed (f, 0));
}

static void
test_folder (Fixture *f, gconstpointer data)
{
  Job jobs[5];
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    print_copy (f, &jobs[i], i, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      wait_for (&jobs[i]);
      g_assert_no_error (jobs[i].error);
      g_assert_cmpint (jobs[i].state, ==, QUAY_PRINT_SENT);
      g_assert_cmpuint (jobs[i].order, ==, i + 1);
      g_assert_true (is_printed (f, i));
    }
  g_assert_cmpint (quay_printer_get_state (f->printer), ==, QUAY_PRINTER_READY);
  GStatBuf info;
  g_assert_cmpint (g_stat (f->spool, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

/* A file stands where the folder should be. Once it is away the next receipt prints, and the one
 * that failed stays failed. */
static void
test_failure (Fixture *f, gconstpointer data)
{
  g_autofree char *shop = g_build_filename (f->dir, "shop", NULL);
  g_assert_true (g_file_set_contents (shop, "x", 1, NULL));
  Job job;
  print_copy (f, &job, 0, NULL);
  wait_for (&job);
  g_assert_cmpint (job.state, ==, QUAY_PRINT_FAILED);
  g_assert_error (job.error, QUAY_ERROR, QUAY_ERROR_IO);
  g_clear_error (&job.error);
  g_assert_cmpint (quay_printer_get_state (f->printer), ==, QUAY_PRINTER_FAILING);

  g_assert_cmpint (g_unlink (shop), ==, 0);
  print_copy (f, &job, 1, NULL);
  wait_for (&job);
  g_assert_cmpint (job.state, ==, QUAY_PRINT_SENT);
  g_assert_cmpint (quay_printer_get_state (f->printer), ==, QUAY_PRINTER_READY);
  g_assert_true (is_printed (f, 1));
  g_assert_false (is_printed (f, 0));
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  Job job;
  print_copy (f, &job, 0, cancellable);
  wait_for (&job);
  g_assert_cmpint (job.state, ==, QUAY_PRINT_FAILED);
  g_assert_error (job.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&job.error);
  g_assert_false (is_printed (f, 0));
  g_assert_cmpint (quay_printer_get_state (f->printer), ==, QUAY_PRINTER_READY);
}

/* Quitting prints what was promised; the answers come afterwards. */
static void
test_quit (Fixture *f, gconstpointer data)
{
  Job jobs[4];
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    print_copy (f, &jobs[i], i, NULL);
  g_clear_pointer (&f->printer, quay_printer_free);
  g_assert_cmpuint (f->answers, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_assert_true (is_printed (f, i));
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      wait_for (&jobs[i]);
      g_assert_cmpint (jobs[i].state, ==, QUAY_PRINT_SENT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gconstpointer none = GINT_TO_POINTER (QUAY_PRINTER_NONE);
  gconstpointer folder = GINT_TO_POINTER (QUAY_PRINTER_FOLDER);
  g_test_add ("/printer/none", Fixture, none, set_up, test_none, tear_down);
  g_test_add ("/printer/folder", Fixture, folder, set_up, test_folder, tear_down);
  g_test_add ("/printer/failure", Fixture, folder, set_up, test_failure, tear_down);
  g_test_add ("/printer/cancelled", Fixture, folder, set_up, test_cancelled, tear_down);
  g_test_add ("/printer/quit", Fixture, folder, set_up, test_quit, tear_down);
  return g_test_run ();
}
