/* The window: bar, rail, pages, notices; and what becomes of a scan, whichever page is shown. */
#pragma once

#include "quay-till.h"
#include "quay-trace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_WINDOW (quay_window_get_type ())
G_DECLARE_FINAL_TYPE (QuayWindow, quay_window, QUAY, WINDOW, GtkApplicationWindow)

/** @trace must outlive the window. */
GtkWidget *quay_window_new (GtkApplication *application, QuayTill *till, QuayTrace *trace);

/** Shows a page: "sell", "sales", "catalog", "report", "settings"; anything else is ignored. */
void quay_window_go_to (QuayWindow *window, const char *page);

G_END_DECLS
