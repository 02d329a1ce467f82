/* Goods that go from one place to another, line by line. */
#pragma once

#include "quay-till-places.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_MOVE_VIEW (quay_move_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayMoveView, quay_move_view, QUAY, MOVE_VIEW, GtkBox)

/*
 * Signals:
 *   done ()   posted, or given up
 */

/** @till: kept. */
GtkWidget *quay_move_view_new (QuayTill *till);

/**
 * quay_move_view_start:
 * @from, @to: chosen first; nil for none
 * @fair: for which the goods go or come back; nil
 * @all: begins with all that lies at @from
 */
void quay_move_view_start (QuayMoveView *view, const QuayId *from, const QuayId *to,
                           const QuayId *fair, gboolean all);

/** A scanned code. */
void quay_move_view_scan (QuayMoveView *view, const char *text);

G_END_DECLS
