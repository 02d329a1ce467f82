/* The page of stock as a user meets it: from opening it to the first frame with rows and to the one
 * with all figures; from each key to the frame that shows its rows. Beside that, without a window:
 * the reads alone, also at a past moment, and a card. Each figure has its floor in the same run:
 * the bare window's frame, and one look at each row of the tables that a read goes through.
 *
 * usage: bench-stock DIR KEYS REPEATS */
#include "bench.h"

#include "quay-app-resources.h"
#include "quay-look.h"
#include "quay-stock-page.h"
#include "quay-till-stock.h"

#include <gtk/gtk.h>
#include <sqlite3.h>
#include <string.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct
{
  QuayTill *till;
  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *table;
  GtkWidget *search;
  GtkWidget *value; /* the figure that comes last */
  gboolean painted;
} Bench;

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  ((Bench *)data)->painted = TRUE;
}

static GtkWidget *
find (GtkWidget *inside, const char *name)
{
  if (g_strcmp0 (gtk_widget_get_name (inside), name) == 0)
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_rows (Bench *bench)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (bench->table));
  return g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

static gboolean
has_figures (Bench *bench)
{
  return g_strcmp0 (gtk_label_get_text (GTK_LABEL (bench->value)), "…") != 0;
}

static gboolean
always (Bench *bench)
{
  return TRUE;
}

/* Runs the main loop until @there holds and a frame was painted after that. */
static void
wait_frame (Bench *bench, gboolean (*there) (Bench *))
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  while (!there (bench))
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () > until)
        g_error ("nothing came");
    }
  bench->painted = FALSE;
  gtk_widget_queue_draw (bench->window);
  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);
}

static void
rest (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;
  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
open_window (Bench *bench)
{
  bench->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1366, 768);
  gtk_widget_add_css_class (bench->window, "quay");
  gtk_window_set_child (GTK_WINDOW (bench->window), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_window_present (GTK_WINDOW (bench->window));
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "after-paint",
                    G_CALLBACK (after_paint_cb), bench);
  wait_frame (bench, always);
}

/* From opening the page to its first rows, and to its figures. */
static void
open_page (Bench *bench, guint repeat)
{
  g_autoptr (BenchSamples) rows = bench_samples_new (1);
  g_autoptr (BenchSamples) all = bench_samples_new (1);
  g_autoptr (BenchSamples) frame = bench_samples_new (1);
  bench_samples_begin (frame);
  wait_frame (bench, always);
  bench_samples_end (frame);
  bench_samples_begin (rows);
  bench_samples_begin (all);
  bench->page = quay_stock_page_new (bench->till);
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->page);
  bench->table = find (bench->page, "stock-table");
  bench->search = find (bench->page, "stock-search");
  bench->value = find (bench->page, "stock-value");
  wait_frame (bench, has_rows);
  bench_samples_end (rows);
  wait_frame (bench, has_figures);
  bench_samples_end (all);
  bench_say_samples (repeat, "first-rows", rows);
  bench_say_samples (repeat, "all-figures", all);
  bench_say_samples (repeat, "bare-frame", frame);
}

/* Words as they are typed: each key comes when the frame before it has been on the screen for a
 * while, as nobody types at the pace of the screen. What is measured is then the key's own work,
 * and not the rest of a frame that nothing is drawn in. */
static void
type_keys (Bench *bench, guint keys, guint repeat)
{
  static const char *const texts[] = { "mien dong", "l00123", "mat ong rung", "htx tai",
                                       "tra 50 g",  "893",    "khong co gi" };
  g_autoptr (BenchSamples) samples = bench_samples_new (keys);
  g_autoptr (BenchSamples) frames = bench_samples_new (keys);
  guint done = 0;
  rest (400);
  for (guint i = 0; done < keys; i++)
    {
      const char *text = texts[i % G_N_ELEMENTS (texts)];
      for (guint n = 1; n <= strlen (text) && done < keys; n++, done++)
        {
          g_autofree char *typed = g_strndup (text, n);
          rest (40);
          bench_samples_begin (frames);
          wait_frame (bench, always);
          bench_samples_end (frames);
          rest (40);
          bench_samples_begin (samples);
          gtk_editable_set_text (GTK_EDITABLE (bench->search), typed);
          gint64 begun = samples->begun;
          wait_frame (bench, always);
          samples->begun = begun;
          bench_samples_end (samples);
        }
      gtk_editable_set_text (GTK_EDITABLE (bench->search), "");
      rest (250);
    }
  bench_say_samples (repeat, "key-to-frame", samples);
  bench_say_samples (repeat, "frame", frames);
}

/* The work of a key without GTK: which rows, in which order. */
static void
filter_rows (Bench *bench, const QuayShelf *read, guint repeat)
{
  static const char *const texts[] = { "m", "mi", "mien", "l00123", "khong co gi", "htx" };
  QuayShelf *shelf = (QuayShelf *)read;
  g_autoptr (BenchSamples) samples = bench_samples_new (600);
  for (guint i = 0; i < 600; i++)
    {
      QuayShelfFilter filter = { .text = texts[i % G_N_ELEMENTS (texts)], .how = -1 };
      bench_samples_begin (samples);
      g_autoptr (GPtrArray) rows = quay_shelf_select (shelf, &filter, QUAY_SHELF_BY_VALUE, TRUE);
      bench_samples_end (samples);
    }
  bench_say_samples (repeat, "filter", samples);
}

static QuayShelf *
time_read (Bench *bench, gint64 at_ms, const char *what, guint repeat)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenchSamples) samples = bench_samples_new (1);
  QuayShelfAsk ask = quay_till_shelf_ask (bench->till, at_ms, NULL);
  bench_samples_begin (samples);
  QuayShelf *shelf = quay_till_shelf (bench->till, &ask, &error);
  bench_samples_end (samples);
  bench_die_if (error);
  bench_say_samples (repeat, what, samples);
  return shelf;
}

static void
time_card (Bench *bench, const QuayShelf *shelf, guint repeat)
{
  g_autoptr (GError) error = NULL;
  const QuayShelfRow *row = shelf->rows->pdata[0];
  QuayDay today = quay_till_day (bench->till);
  g_autoptr (BenchSamples) samples = bench_samples_new (1);
  bench_samples_begin (samples);
  g_autoptr (QuayCard) card =
      quay_till_card (bench->till, &row->product, quay_day_add (today, -29), today, &error);
  bench_samples_end (samples);
  bench_die_if (error);
  bench_say_samples (repeat, "card", samples);
}

/* One look at each row, by the file alone. */
static void
time_floor (sqlite3 *db, const char *sql, const char *what, guint repeat)
{
  sqlite3_stmt *stmt = NULL;
  g_autoptr (BenchSamples) samples = bench_samples_new (1);
  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  bench_samples_begin (samples);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    ;
  bench_samples_end (samples);
  sqlite3_finalize (stmt);
  bench_say_samples (repeat, what, samples);
}

static void
time_floors (const char *dir, guint repeat)
{
  sqlite3 *db = NULL;
  g_autofree char *path = g_build_filename (dir, "quay.db", NULL);
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("can't open %s", path);
  time_floor (db,
              "SELECT product, name, fold FROM item UNION ALL SELECT lot, code, expires FROM lot"
              " UNION ALL SELECT product, lot, qty FROM stock_balance",
              "read-now-floor", repeat);
  time_floor (db, "SELECT loc, product, lot, qty FROM stock_move", "read-past-floor", repeat);
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  Bench bench = { NULL };
  g_autoptr (GError) error = NULL;
  if (argc != 4)
    return 2;
  guint keys = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  guint repeats = (guint)g_ascii_strtoull (argv[3], NULL, 10);
  gtk_init ();
  g_resources_register (quay_app_get_resource ());
  quay_look_init (gdk_display_get_default ());
  bench.till = quay_till_open (argv[1], NULL, &error);
  bench_die_if (error);
  for (guint i = 0; i < repeats; i++)
    {
      open_window (&bench);
      open_page (&bench, i);
      type_keys (&bench, keys, i);
      gtk_window_destroy (GTK_WINDOW (bench.window));
      g_autoptr (QuayShelf) shelf = time_read (&bench, 0, "read-now", i);
      gint64 day_ms = G_GINT64_CONSTANT (86400000);
      g_autoptr (QuayShelf) past =
          time_read (&bench, quay_till_now_ms (bench.till) - 30 * day_ms, "read-past", i);
      filter_rows (&bench, shelf, i);
      time_card (&bench, shelf, i);
      time_floors (argv[1], i);
    }
  quay_till_close (bench.till);
  g_object_unref (bench.till);
  return 0;
}
