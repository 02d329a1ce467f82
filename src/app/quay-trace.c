/* Waits for the end of the frame that shows the effect, then writes one line. */
#include "quay-trace.h"

#include <stdio.h>

struct _QuayTrace
{
  FILE *file;
  GdkFrameClock *clock; /* owned, while something waits */
  gulong handler;
  gboolean ready_waits;
  gboolean ready_done;
  GArray *scans; /* Scan */
};

typedef struct
{
  guint32 event_ms;
  gint64 seen_us;
} Scan;

QuayTrace *
quay_trace_new (const char *path)
{
  QuayTrace *trace = g_new0 (QuayTrace, 1);
  trace->file = path != NULL ? fopen (path, "we") : NULL;
  if (path != NULL && trace->file == NULL)
    g_warning ("can't write the trace '%s'", path);
  trace->scans = g_array_new (FALSE, FALSE, sizeof (Scan));
  return trace;
}

static void
stop_waiting (QuayTrace *trace)
{
  if (trace->clock != NULL)
    g_signal_handler_disconnect (trace->clock, trace->handler);
  g_clear_object (&trace->clock);
}

void
quay_trace_free (QuayTrace *trace)
{
  if (trace == NULL)
    return;
  stop_waiting (trace);
  if (trace->file != NULL)
    fclose (trace->file);
  g_array_unref (trace->scans);
  g_free (trace);
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  QuayTrace *trace = data;
  gint64 now = g_get_monotonic_time ();
  if (trace->ready_waits)
    fprintf (trace->file, "ready %" G_GINT64_FORMAT "\n", now);
  trace->ready_done |= trace->ready_waits;
  trace->ready_waits = FALSE;
  for (guint i = 0; i < trace->scans->len; i++)
    {
      const Scan *scan = &g_array_index (trace->scans, Scan, i);
      fprintf (trace->file, "scan %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", scan->event_ms,
               scan->seen_us, now);
    }
  g_array_set_size (trace->scans, 0);
  fflush (trace->file);
  stop_waiting (trace);
}

static void
wait (QuayTrace *trace, GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  if (clock == NULL || trace->clock != NULL)
    return;
  trace->clock = g_object_ref (clock);
  trace->handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), trace);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

void
quay_trace_ready (QuayTrace *trace, GtkWidget *widget)
{
  if (trace->file == NULL || trace->ready_done)
    return;
  trace->ready_waits = TRUE;
  wait (trace, widget);
}

void
quay_trace_scan (QuayTrace *trace, GtkWidget *widget, guint32 event_ms, gint64 seen_us)
{
  Scan scan = { event_ms, seen_us };
  if (trace->file == NULL)
    return;
  g_array_append_val (trace->scans, scan);
  wait (trace, widget);
}
