/* Times of the start and of each scan, for the benches: a line a happening, in a file that the
 * environment variable QUAY_TRACE or the option --trace names.
 *
 *   ready US                        the sell page is painted and scans are taken
 *   scan EVENT_MS SEEN_US DONE_US   the scan's last key by the X server's clock; when the window
 * saw it; when the frame that shows its effect was painted
 *
 * US are microseconds of the monotonic clock. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _QuayTrace QuayTrace;

/** (transfer full); @path NULL gives a trace that writes nothing. */
QuayTrace *quay_trace_new (const char *path);
void quay_trace_free (QuayTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayTrace, quay_trace_free)

/** Writes "ready" after the next frame of @widget, once. */
void quay_trace_ready (QuayTrace *trace, GtkWidget *widget);

/** Writes "scan" after the next frame of @widget. */
void quay_trace_scan (QuayTrace *trace, GtkWidget *widget, guint32 event_ms, gint64 seen_us);

G_END_DECLS
