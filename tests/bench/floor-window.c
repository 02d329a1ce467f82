/* The floor of the latency bench: a bare GTK window of the till's size that takes scans as the till
 * does, keys in the capture phase and Return as the end, and answers each with a constant row. It
 * writes the same trace as the till (quay-trace.h): "ready US", "scan EVENT_MS SEEN_US DONE_US".
 *
 * usage: floor-window TRACE        Escape clears the rows; the window closes with the program */
#include <gtk/gtk.h>

#include <glib-unix.h>
#include <stdio.h>

#define WIDTH 1366
#define HEIGHT 768

typedef struct
{
  FILE *trace;
  GMainLoop *loop;
  GtkWidget *window;
  GtkWidget *rows;
  GtkWidget *scroller;
  gboolean ready; /* written */
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

static void
clear (Floor *floor)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (floor->rows)) != NULL)
    gtk_box_remove (GTK_BOX (floor->rows), row);
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
  gtk_box_append (GTK_BOX (floor->rows), gtk_label_new ("Miến dong 500 g      65.000"));
  return TRUE;
}

static gboolean
close_cb (gpointer data)
{
  g_main_loop_quit (((Floor *)data)->loop);
  return G_SOURCE_REMOVE;
}

static void
build (Floor *floor)
{
  floor->window = gtk_window_new ();
  floor->scroller = gtk_scrolled_window_new ();
  floor->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), floor);
  gtk_widget_add_controller (floor->window, keys);
  g_signal_connect (floor->window, "realize", G_CALLBACK (realize_cb), floor);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (floor->scroller), floor->rows);
  gtk_window_set_child (GTK_WINDOW (floor->window), floor->scroller);
  gtk_window_set_title (GTK_WINDOW (floor->window), "floor");
  gtk_window_set_default_size (GTK_WINDOW (floor->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (floor->window));
}

int
main (int argc, char **argv)
{
  Floor floor = { 0 };
  floor.trace = argc == 2 ? fopen (argv[1], "we") : NULL;
  if (floor.trace == NULL)
    return 2;
  gtk_init ();
  floor.loop = g_main_loop_new (NULL, FALSE);
  build (&floor);
  g_unix_signal_add (SIGTERM, close_cb, &floor);
  g_main_loop_run (floor.loop);
  fclose (floor.trace);
  return 0;
}
