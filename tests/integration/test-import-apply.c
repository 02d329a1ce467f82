/* Import of a catalogue on a real shop: what is taken, the same file twice, one transaction whole
 * or not at all. */
#include "quay-test-till.h"

#include "quay-csv.h"
#include "quay-error.h"
#include "quay-store-private.h"
#include "quay-till-catalog.h"
#include "quay-till-files.h"
#include "quay-till-private.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MANY 30000

static void
set_up (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_init (shop, FALSE);
}

static void
tear_down (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

static QuayImport *
read_text (QuayTestShop *shop, const char *text, gssize len, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, len < 0 ? strlen (text) : (gsize)len);
  return quay_import_read_bytes (shop->till, bytes, "thử.csv", error);
}

static QuayImport *
read_sound (QuayTestShop *shop, const char *text)
{
  g_autoptr (GError) error = NULL;
  QuayImport *import = read_text (shop, text, -1, &error);
  g_assert_no_error (error);
  return import;
}

static char *
fixture (const char *name)
{
  return g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "import", name, NULL);
}

static void
apply (QuayImport *import)
{
  g_autoptr (GError) error = NULL;
  quay_import_apply (import, &error);
  g_assert_no_error (error);
}

static guint64
count_events (QuayTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  quay_till_verify (shop->till, FALSE, &check, &error);
  g_assert_no_error (error);
  g_assert_true (check.ok);
  guint64 events = check.events;
  quay_check_clear (&check);
  return events;
}

#define assert_sums(import, n_added, n_changed, n_same, n_refused)                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    QuayImportSums got = quay_import_sums (import);                                                \
    g_assert_cmpuint (got.added, ==, n_added);                                                     \
    g_assert_cmpuint (got.changed, ==, n_changed);                                                 \
    g_assert_cmpuint (got.same, ==, n_same);                                                       \
    g_assert_cmpuint (got.refused->len, ==, n_refused);                                            \
  }                                                                                                \
  G_STMT_END

/* --- what is taken, and how --- */

static void
test_formula_is_text (QuayTestShop *shop, gconstpointer data)
{
  static const char *const names[] = { "=1+1", "+84 912", "-5", "@SUM(A1)", "=HYPERLINK(\"x\")" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) text = g_string_new ("sku,name,price,vat_class\n");
      const char *fields[] = { "F1", names[i], "1000", "A_PROC" };
      quay_csv_append_row (text, ',', fields, 4);
      g_autoptr (QuayImport) import = read_sound (shop, text->str);
      apply (import);
      g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "F1");
      g_assert_cmpstr (item->name, ==, names[i]);
    }
}

static void
test_vietnamese_headers (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture ("vietnamese.csv");
  g_autoptr (QuayImport) import = quay_import_read (shop->till, path, &error);
  g_assert_no_error (error);
  assert_sums (import, 3, 0, 0, 0);
  QuayImportSums sums = quay_import_sums (import);
  g_assert_cmpuint (sums.unknown->len, ==, 1);
  g_assert_cmpstr (sums.unknown->pdata[0], ==, "Ghi chú của tôi");
  apply (import);
  g_autoptr (QuayItem) noodles = quay_till_item_by_sku (shop->till, "V001");
  g_assert_cmpint (noodles->price.dong, ==, 58000);
  g_assert_cmpint (noodles->stock.milli, ==, 20000);
  g_assert_true (noodles->active);
  g_autoptr (QuayItem) mushrooms = quay_till_item_by_sku (shop->till, "V002");
  g_assert_true (mushrooms->weighed);
  g_assert_cmpint (mushrooms->stock.milli, ==, 7250);
  g_autoptr (QuayItem) spirit = quay_till_item_by_sku (shop->till, "V003");
  g_assert_false (spirit->active);
  g_assert_cmpint (spirit->price.dong, ==, 95000);
}

static void
test_same_twice (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture ("good.csv");
  g_autoptr (QuayImport) first = quay_import_read (shop->till, path, &error);
  g_assert_no_error (error);
  assert_sums (first, 4, 0, 0, 0);
  apply (first);
  guint64 events = count_events (shop);
  apply (first); /* the button pressed twice */
  g_assert_cmpuint (count_events (shop), ==, events);
  g_autoptr (QuayImport) second = quay_import_read (shop->till, path, &error);
  g_assert_no_error (error);
  assert_sums (second, 0, 0, 4, 0);
  apply (second);
  g_assert_cmpuint (count_events (shop), ==, events);
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "T001");
  g_assert_cmpint (item->stock.milli, ==, 120000);
}

static void
test_changes_are_told (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (QuayImport) first = read_sound (
      shop, "sku,name,price,vat_class,stock\nC1,Miến,58000,A_PROC,5\nC2,Trà,1000,A_TEA,5\n");
  apply (first);
  g_autoptr (QuayImport) second =
      read_sound (shop, "stock,price,sku,name\n999,60000,C1,Miến dong\n999,1000,C2,Trà\n");
  assert_sums (second, 0, 1, 1, 0);
  const QuayImportChange *change = quay_import_changes (second)->pdata[0];
  g_assert_cmpuint (change->row, ==, 2);
  g_assert_cmpstr (change->sku, ==, "C1");
  g_assert_false (change->added);
  g_assert_cmpstr (change->what_vi, ==, "tên hàng Miến → Miến dong; giá bán 58.000 → 60.000");
  g_assert_cmpstr (change->what, ==, "name Miến → Miến dong; price 58.000 → 60.000");
  apply (second);
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "C1");
  g_assert_cmpint (item->price.dong, ==, 60000);
  g_assert_cmpint (item->stock.milli, ==, 5000); /* opening stock is for new products */
}

/* Read, then something else changed the catalogue: the rows are worked out anew. */
static void
test_stale_plan (QuayTestShop *shop, gconstpointer data)
{
  const char *text = "sku,name,price,vat_class\nS1,Một,1000,A_PROC\nS2,Hai,2000,A_PROC\n";
  g_autoptr (QuayImport) slow = read_sound (shop, text);
  GPtrArray *shown = quay_import_changes (slow);
  g_autoptr (QuayImport) quick = read_sound (shop, text);
  apply (quick);
  apply (slow);
  assert_sums (slow, 0, 0, 2, 0);
  g_assert_cmpuint (shown->len, ==, 2); /* what a preview shows stays valid */
  g_assert_cmpstr (((QuayImportChange *)shown->pdata[0])->sku, ==, "S1");
  g_autoptr (GPtrArray) found = quay_till_search (shop->till, "S1", 10);
  g_assert_cmpuint (found->len, ==, 1);
}

/* The export of a catalogue is the same catalogue. */
static void
test_export_is_the_same (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *good = fixture ("good.csv");
  g_autofree char *out = g_build_filename (shop->dir, "out.csv", NULL);
  g_autofree char *sheet = g_build_filename (shop->dir, "out.xlsx", NULL);
  guint rows;
  g_autoptr (QuayImport) first = quay_import_read (shop->till, good, &error);
  apply (first);
  quay_till_export_catalog (shop->till, out, &rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows, ==, 4);
  g_autoptr (QuayImport) again = quay_import_read (shop->till, out, &error);
  g_assert_no_error (error);
  assert_sums (again, 0, 0, 4, 0);
  g_assert_cmpuint (quay_import_sums (again).unknown->len, ==, 0);
  g_assert_true (quay_till_export_catalog (shop->till, sheet, &rows, NULL));
  g_assert_cmpuint (rows, ==, 4);
  g_assert_false (quay_till_export_catalog (shop->till, "/nowhere/x.xlsx", &rows, NULL));
  g_assert_false (quay_till_export_catalog (shop->till, "/nowhere/x.csv", &rows, NULL));
  g_assert_false (quay_till_export_catalog (shop->till, "x.ods", &rows, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

/* --- one transaction --- */

static GBytes *
make_large (guint n)
{
  GString *text = g_string_new (
      "sku,name,barcodes,unit,sold_by,price,vat_class,category,producer,commune,stock\n");
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *digits = g_strdup_printf ("893%09u", i);
      guint sum = 0;
      for (guint k = 0; k < 12; k++)
        sum += (guint)(digits[k] - '0') * (k % 2 == 0 ? 1 : 3);
      g_string_append_printf (text,
                              "L%05u,Hàng thử số %u,%s%u,gói,piece,%u,A_PROC,noodle,"
                              "HTX Thử %u,02155,%u\n",
                              i, i, digits, (10 - sum % 10) % 10, 1000 + i % 100 * 500, i % 300,
                              i % 90);
    }
  return g_string_free_to_bytes (text);
}

typedef struct
{
  guint told;
  guint last;
  gboolean done;
} Progress;

static void
progress_cb (guint done, guint total, gpointer data)
{
  Progress *progress = data;
  g_assert_cmpuint (done, >=, progress->last);
  g_assert_cmpuint (done, <=, total);
  progress->last = done;
  progress->told++;
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Progress *progress = data;
  progress->done = TRUE;
  g_assert_true (quay_import_apply_finish (NULL, result, NULL));
}

/* The last record closes the document: how many events, and the hash of their ids. */
static void
check_posted (QuayTestShop *shop)
{
  guint64 n;
  guint64 first;
  guint64 last;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (shop->dir, "events.jsonl", NULL);
  g_autofree char *text = NULL;
  quay_till_export_events (shop->till, path, 1, &n, &first, &last, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  const char *posted = strstr (text, "document.posted");
  g_assert_nonnull (posted);
  g_assert_null (strstr (posted + 1, "document.posted"));
  g_assert_null (strchr (strchr (posted, '\n') + 1, '\n')); /* it is the last */
}

static void
test_large (QuayTestShop *shop, gconstpointer data)
{
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_large (MANY);
  gint64 start = g_get_monotonic_time ();
  QuayImport *import = quay_import_read_bytes (shop->till, bytes, "lớn.csv", &error);
  g_assert_no_error (error);
  assert_sums (import, MANY, 0, 0, 0);
  gint64 planned = g_get_monotonic_time ();
  quay_import_apply_async (import, progress_cb, &progress, applied_cb, &progress);
  while (!progress.done)
    g_main_context_iteration (NULL, TRUE);
  gint64 written = g_get_monotonic_time ();
  g_assert_cmpuint (progress.told, >, 5);
  g_assert_cmpuint (quay_reader_n_items (shop->till->reader, NULL, TRUE), ==, MANY);
  check_posted (shop);
  quay_import_free (import);
  gint64 again = g_get_monotonic_time ();
  g_autoptr (QuayImport) second = quay_import_read_bytes (shop->till, bytes, "lớn.csv", &error);
  assert_sums (second, 0, 0, MANY, 0);
  g_test_message ("%d rows: planned in %d ms, written in %d ms, found the same in %d ms", MANY,
                  (int)((planned - start) / 1000), (int)((written - planned) / 1000),
                  (int)((g_get_monotonic_time () - again) / 1000));
}

#define SALES 4

typedef struct
{
  QuayTill *till;
  guint sales;
  gint64 longest; /* µs that a sale took */
  gboolean done;
} Counter;

/* A customer pays while the catalogue is being written. */
static void
sell_cb (guint done, guint total, gpointer data)
{
  Counter *counter = data;
  g_autoptr (GError) error = NULL;
  if (counter->sales == SALES || done < total / 2)
    return;
  g_autoptr (QuayCart) cart = quay_till_make_cart (counter->till);
  QuayLine line = { .kind = QUAY_LINE_PIECE,
                    .name = (char *)"Rau",
                    .price = QUAY_DONG (1000),
                    .qty = QUAY_UNITS (1),
                    .vat_class = (char *)"A_PROC",
                    .rate_bp = 800 };
  g_assert_true (quay_cart_add (cart, &line, NULL, &error));
  gint64 start = g_get_monotonic_time ();
  g_autoptr (QuaySaleRecord) sale = quay_till_sell_cart (counter->till, cart, NULL, &error);
  g_assert_no_error (error);
  counter->longest = MAX (counter->longest, g_get_monotonic_time () - start);
  g_assert_cmpuint (quay_reader_n_items (counter->till->reader, NULL, TRUE), ==, 0);
  counter->sales++;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (quay_import_apply_finish (NULL, result, NULL));
  ((Counter *)data)->done = TRUE;
}

/* It is one transaction all the same: at each sale nothing of it is there yet, in the end all is.
 */
static void
test_sell_while_writing (QuayTestShop *shop, gconstpointer data)
{
  Counter counter = { .till = shop->till };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_large (MANY);
  g_autoptr (QuayImport) import = quay_import_read_bytes (shop->till, bytes, "lớn.csv", &error);
  g_assert_no_error (error);
  gint64 start = g_get_monotonic_time ();
  quay_import_apply_async (import, sell_cb, &counter, counted_cb, &counter);
  while (!counter.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (counter.sales, ==, SALES);
  g_assert_cmpuint (quay_reader_n_items (shop->till->reader, NULL, TRUE), ==, MANY);
  check_posted (shop);
  g_test_message ("%d sales while %d rows were written in %d ms: the slowest took %d ms", SALES,
                  MANY, (int)((g_get_monotonic_time () - start) / 1000),
                  (int)(counter.longest / 1000));
}

typedef struct
{
  QuayImport *import;
  GError *error;
  guint turns; /* of the main loop meanwhile */
  guint told;
  gboolean done;
} Read;

static void
read_progress_cb (guint done, guint total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  ((Read *)data)->told++;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Read *read = data;
  read->import = quay_import_read_finish (result, &read->error);
  read->done = TRUE;
}

static gboolean
turn_cb (gpointer data)
{
  ((Read *)data)->turns++;
  return G_SOURCE_CONTINUE;
}

static char *
write_large (QuayTestShop *shop, guint n)
{
  g_autoptr (GBytes) bytes = make_large (n);
  char *path = g_build_filename (shop->dir, "lớn.csv", NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  return path;
}

/* The rows are worked out on a thread: the main loop turns, sales are made, and what changed
 * meanwhile is worked out anew before anything is written. */
static void
test_read_beside (QuayTestShop *shop, gconstpointer data)
{
  Read read = { 0 };
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_large (shop, MANY);
  gint64 start = g_get_monotonic_time ();
  quay_import_read_async (shop->till, path, NULL, read_progress_cb, &read, read_cb, &read);
  gint64 longest = g_get_monotonic_time () - start;
  guint source = g_timeout_add (1, turn_cb, &read);
  g_autoptr (QuayImport) quick =
      read_sound (shop, "sku,name,price,vat_class\nL00007,Hàng trước,1000,A_PROC\n");
  apply (quick);
  while (!read.done)
    {
      gint64 turn = g_get_monotonic_time ();
      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, g_get_monotonic_time () - turn);
    }
  g_source_remove (source);
  g_assert_no_error (read.error);
  g_assert_cmpuint (read.turns, >, 10);
  g_test_message ("%d rows read beside %u turns of the main loop, the longest of %d ms", MANY,
                  read.turns, (int)(longest / 1000));
  quay_import_apply_async (read.import, progress_cb, &progress, applied_cb, &progress);
  while (!progress.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (quay_reader_n_items (shop->till->reader, NULL, TRUE), ==, MANY);
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "L00007");
  g_assert_cmpstr (item->name, ==, "Hàng thử số 7");
  quay_import_free (read.import);
}

static void
test_read_cancelled (QuayTestShop *shop, gconstpointer data)
{
  Read read = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = write_large (shop, 2000);
  quay_import_read_async (shop->till, path, cancellable, NULL, NULL, read_cb, &read);
  g_cancellable_cancel (cancellable);
  quay_test_wait (&read.done);
  g_assert_null (read.import);
  g_assert_error (read.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&read.error);
  read.done = FALSE;
  quay_import_read_async (shop->till, "/nowhere.csv", NULL, NULL, NULL, read_cb, &read);
  quay_test_wait (&read.done);
  g_assert_error (read.error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&read.error);
}

/* Closing waits for the thread; the answer still comes. */
static void
test_read_while_closing (QuayTestShop *shop, gconstpointer data)
{
  Read read = { 0 };
  g_autofree char *path = write_large (shop, 5000);
  quay_import_read_async (shop->till, path, NULL, NULL, NULL, read_cb, &read);
  quay_till_close (shop->till);
  quay_test_wait (&read.done);
  g_assert_no_error (read.error);
  g_assert_cmpuint (quay_import_sums (read.import).added, ==, 5000);
  quay_import_free (read.import);
}

/* Freed while it is being written: it is written, and nobody is called. */
static void
test_freed_while_writing (QuayTestShop *shop, gconstpointer data)
{
  Progress progress = { 0 };
  g_autoptr (GBytes) bytes = make_large (2000);
  QuayImport *import = quay_import_read_bytes (shop->till, bytes, "lớn.csv", NULL);
  quay_import_apply_async (import, progress_cb, &progress, applied_cb, &progress);
  quay_import_free (import);
  while (!progress.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (progress.told, ==, 0);
  g_assert_cmpuint (quay_reader_n_items (shop->till->reader, NULL, TRUE), ==, 2000);
}

/* In the child: says that all rows are written and not yet committed, and waits for its end. */
static void
stop_here_cb (const char *name, gpointer data)
{
  if (strcmp (name, "written") != 0)
    return;
  puts ("written");
  fflush (stdout);
  for (;;)
    pause ();
}

static int
run_child (const char *dir)
{
  QuayTestEnv env;
  quay_test_env_init (&env, 8);
  g_autoptr (QuayTill) till = quay_till_open_with (dir, NULL, &env.env, NULL);
  g_autoptr (GBytes) bytes = make_large (MANY);
  g_autoptr (QuayImport) import = quay_import_read_bytes (till, bytes, "lớn.csv", NULL);
  quay_store_set_point (till->store, stop_here_cb, NULL);
  quay_import_apply (import, NULL);
  return 1;
}

static void
test_killed (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char word[8] = "";
  int out;
  int status;
  GPid pid;
  char *argv[] = { "/proc/self/exe", "--import-into", shop->dir, NULL };
  guint64 events = count_events (shop);
  quay_till_close (shop->till);
  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  for (gsize n = 0; n < 7;)
    {
      gssize got = read (out, word + n, 7 - n);
      g_assert_cmpint (got, >, 0);
      n += (gsize)got;
    }
  g_assert_cmpstr (word, ==, "written");
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  close (out);
  quay_test_shop_reopen (shop);
  g_assert_cmpuint (count_events (shop), ==, events);
  g_assert_cmpuint (quay_reader_n_items (shop->till->reader, NULL, TRUE), ==, 0);
}

#define ADD(path, func) g_test_add (path, QuayTestShop, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--import-into") == 0)
    return run_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  ADD ("/import/formula-is-text", test_formula_is_text);
  ADD ("/import/vietnamese-headers", test_vietnamese_headers);
  ADD ("/import/same-twice", test_same_twice);
  ADD ("/import/changes-are-told", test_changes_are_told);
  ADD ("/import/stale-plan", test_stale_plan);
  ADD ("/import/export-is-the-same", test_export_is_the_same);
  ADD ("/import/read/beside", test_read_beside);
  ADD ("/import/read/cancelled", test_read_cancelled);
  ADD ("/import/read/while-closing", test_read_while_closing);
  ADD ("/import/transaction/large", test_large);
  ADD ("/import/transaction/sell-meanwhile", test_sell_while_writing);
  ADD ("/import/transaction/freed-while-writing", test_freed_while_writing);
  ADD ("/import/transaction/killed", test_killed);
  return g_test_run ();
}
