/* One count: what is seen goes in, what differs comes out. */
#pragma once

#include "quay-till-count.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_COUNT_VIEW (quay_count_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayCountView, quay_count_view, QUAY, COUNT_VIEW, GtkBox)

/*
 * Signals:
 *   done ()   back to the list
 */

/** @till: kept. */
GtkWidget *quay_count_view_new (QuayTill *till);

/** Shows a count; FALSE if it is unknown. */
gboolean quay_count_view_show (QuayCountView *view, const QuayId *count);

/** A scanned code. */
void quay_count_view_scan (QuayCountView *view, const char *text);

/** Hands over what stands in its line; called when the page is left. */
void quay_count_view_flush (QuayCountView *view);

G_END_DECLS
