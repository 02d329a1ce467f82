/* Cards of counts: starting one, choosing among observations. Main thread. */
#pragma once

#include "quay-till-count.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A count was started. */
typedef void (*QuayCountStarted) (const QuayId *count, gpointer data);

/** Asks for name, place and what is counted; @place (nullable): chosen first. */
void quay_count_ask_start (GtkWidget *anywhere, QuayTill *till, const QuayId *place,
                           QuayCountStarted started, gpointer data);

/** Something was chosen. */
typedef void (*QuayCountPicked) (gpointer data);

/** Shows the observations of a line: of an open count one may be chosen, or the line left out, and,
 * unless @hide (who counts does not see the books), who bears what is missing. */
void quay_count_show_line (GtkWidget *anywhere, QuayTill *till, const QuayCount *count,
                           const QuayCountLine *line, gboolean hide, QuayCountPicked picked,
                           gpointer data);

G_END_DECLS
