/* One fair: how it stands, what to do next, what came of it. */
#pragma once

#include "quay-till-places.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_FAIR_VIEW (quay_fair_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayFairView, quay_fair_view, QUAY, FAIR_VIEW, GtkBox)

/*
 * Signals:
 *   done ()            back to the list
 *   move (gboolean back)   goods are to be taken there, or brought back
 */

/** @till: kept. */
GtkWidget *quay_fair_view_new (QuayTill *till);

/** Shows a fair; FALSE if it is unknown. */
gboolean quay_fair_view_show (QuayFairView *view, const QuayId *fair);

/** The fair shown; borrowed, NULL for none. */
const QuayFair *quay_fair_view_get (QuayFairView *view);

/** How a fair stands, in words, and the class of a badge for it; (transfer full). */
char *quay_fair_view_state (const QuayFair *fair, QuayDay today, const char **class);

G_END_DECLS
