/* The floors of the latency bench: windows of the till's size that take scans as it does, keys in
 * the capture phase and Return as the end, and answer each with a constant row and nothing else.
 * With a shop's folder it is the till's own window, with that shop's tiles and the till's own row;
 * the open cart stays empty, nothing is looked up, counted or kept. Without one it is a bare GTK
 * window. Both write the same trace as the till (quay-trace.h): "ready US", "scan EVENT_MS SEEN_US
 * DONE_US".
 *
 * usage: floor-window TRACE [DIR]     Escape clears the rows; the window closes with the program */
#include "quay-app-resources.h"
#include "quay-cart-row.h"
#include "quay-language.h"
#include "quay-look.h"
#include "quay-window.h"

#include <glib-unix.h>
#include <stdio.h>

#define WIDTH 1366
#define HEIGHT 768
#define DONG 65000
#define FAR_DOWN 1000000 /* px */
#define ROWS 12          /* made before they are needed, since the till does so too */

typedef struct
{
  FILE *trace;
  GMainLoop *loop;
  GtkWidget *window;
  GtkWidget *list;     /* of rows */
  GtkWidget *scroller; /* around it */
  GtkWidget *empty;    /* what is shown in its place while there is no row; NULL for nothing */
  gboolean same;       /* the till's own window */
  guint n;             /* rows that show */
  gboolean ready;      /* written */
  guint32 event_ms;
  gint64 seen_us; /* 0: no scan waits for its frame */
} Floor;

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Floor *floor = data;
  gint64 now = g_get_monotonic_time ();
  if (!floor->ready)
    fprintf (floor->trace, "ready %" G_GINT64_FORMAT "\n", now);
  floor->ready = TRUE;
  if (floor->seen_us != 0)
    fprintf (floor->trace, "scan %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", floor->event_ms,
             floor->seen_us, now);
  floor->seen_us = 0;
  fflush (floor->trace);
}

static void
realize_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    data);
}

/* Rows */

static GtkWidget *
make_row (Floor *floor)
{
  if (!floor->same)
    return gtk_label_new ("Miến dong 500 g      65.000");
  QuayLine line = { .kind = QUAY_LINE_PIECE,
                    .name = "Miến dong Tài Hoan 500 g",
                    .unit = "gói",
                    .qty = QUAY_UNITS (1),
                    .price = QUAY_DONG (DONG),
                    .amount = QUAY_DONG (DONG) };
  QuayCartRowFacts facts = { .stars = 4, .priced = TRUE, .now = line.price };
  GtkWidget *row = quay_cart_row_new ();
  quay_cart_row_set_line (QUAY_CART_ROW (row), &line, &facts);
  return row;
}

static GtkWidget *
nth_row (Floor *floor, guint n)
{
  GtkWidget *row = gtk_widget_get_first_child (floor->list);
  for (guint i = 0; row != NULL && i < n; i++)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static void
make_rows (Floor *floor)
{
  for (guint i = 0; i < ROWS; i++)
    {
      GtkWidget *row = make_row (floor);
      gtk_widget_set_visible (row, FALSE);
      if (floor->same)
        gtk_list_box_append (GTK_LIST_BOX (floor->list), row);
      else
        gtk_box_append (GTK_BOX (floor->list), row);
    }
}

static void
show (Floor *floor, GtkWidget *part)
{
  if (floor->empty != NULL)
    gtk_stack_set_visible_child (GTK_STACK (gtk_widget_get_parent (part)), part);
}

static void
add_row (Floor *floor)
{
  if (floor->n == ROWS)
    return;
  gtk_widget_set_visible (nth_row (floor, floor->n++), TRUE);
  show (floor, floor->scroller);
  /* As in the till the last row is in sight: the layout takes this for the end. */
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (floor->scroller));
  gtk_adjustment_configure (at, FAR_DOWN, 0, 2 * FAR_DOWN, 1, 1, gtk_adjustment_get_page_size (at));
}

static void
clear (Floor *floor)
{
  while (floor->n > 0)
    gtk_widget_set_visible (nth_row (floor, --floor->n), FALSE);
  show (floor, floor->empty);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, gpointer data)
{
  Floor *floor = data;
  if (key == GDK_KEY_Escape)
    clear (floor);
  if (key != GDK_KEY_Return)
    return TRUE;
  floor->event_ms = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (keys));
  floor->seen_us = g_get_monotonic_time ();
  add_row (floor);
  return TRUE;
}

static gboolean
close_cb (gpointer data)
{
  g_main_loop_quit (((Floor *)data)->loop);
  return G_SOURCE_REMOVE;
}

/* The two windows */

static void
build_bare (Floor *floor)
{
  gtk_init ();
  floor->window = gtk_window_new ();
  floor->scroller = gtk_scrolled_window_new ();
  floor->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (floor->scroller), floor->list);
  gtk_window_set_child (GTK_WINDOW (floor->window), floor->scroller);
  gtk_window_set_title (GTK_WINDOW (floor->window), "floor");
}

static GtkWidget *
find_named (GtkWidget *inside, const char *name)
{
  if (g_str_equal (gtk_widget_get_name (inside), name))
    return inside;
  GtkWidget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, name);
  return found;
}

static gboolean
build_same (Floor *floor, const char *dir)
{
  g_autoptr (GError) error = NULL;
  gtk_disable_setlocale ();
  quay_language_init ();
  quay_language_set (NULL);
  gtk_init ();
  g_resources_register (quay_app_get_resource ());
  quay_look_init (gdk_display_get_default ());
  QuayTill *till = quay_till_open (dir, NULL, &error);
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  if (till == NULL || !g_application_register (G_APPLICATION (application), NULL, &error))
    {
      g_printerr ("floor-window: %s\n", error->message);
      return FALSE;
    }
  floor->same = TRUE;
  floor->window = quay_window_new (application, till, quay_trace_new (NULL));
  floor->list = find_named (floor->window, "cart-lines");
  floor->scroller = gtk_widget_get_ancestor (floor->list, GTK_TYPE_SCROLLED_WINDOW);
  floor->empty =
      gtk_stack_get_child_by_name (GTK_STACK (gtk_widget_get_parent (floor->scroller)), "empty");
  return TRUE;
}

static void
start (Floor *floor)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  make_rows (floor);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), floor);
  /* The last one added sees keys first, and leaves none to the others. */
  gtk_widget_add_controller (floor->window, keys);
  g_signal_connect (floor->window, "realize", G_CALLBACK (realize_cb), floor);
  gtk_window_set_decorated (GTK_WINDOW (floor->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (floor->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (floor->window));
}

int
main (int argc, char **argv)
{
  Floor floor = { 0 };
  floor.trace = argc == 2 || argc == 3 ? fopen (argv[1], "we") : NULL;
  if (floor.trace == NULL)
    return 2;
  if (argc == 2)
    build_bare (&floor);
  else if (!build_same (&floor, argv[2]))
    return 1;
  floor.loop = g_main_loop_new (NULL, FALSE);
  start (&floor);
  g_unix_signal_add (SIGTERM, close_cb, &floor);
  g_main_loop_run (floor.loop);
  fclose (floor.trace);
  return 0;
}
