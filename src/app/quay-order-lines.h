/* The goods of an order while it is filled in: an entry to search or scan, rows with quantity and
 * price. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_ORDER_LINES (quay_order_lines_get_type ())
G_DECLARE_FINAL_TYPE (QuayOrderLines, quay_order_lines, QUAY, ORDER_LINES, GtkBox)

/*
 * Signals:
 *   changed ()   goods, a quantity or a price are others
 */

/** @till: kept. */
GtkWidget *quay_order_lines_new (QuayTill *till);

/** Adds one piece of a product at today's price, or one more; its quantity gets the keyboard if
 * @ask. */
void quay_order_lines_add (QuayOrderLines *lines, const QuayId *product, gboolean ask);

/** A code was scanned: its product is added, or it is said why not. */
void quay_order_lines_scan (QuayOrderLines *lines, const char *text);

/** What the rows come to as far as they are sound. */
QuayMoney quay_order_lines_total (QuayOrderLines *lines);

/** (element-type QuayLine) (transfer full); NULL if a row is not sound: it is marked and has the
 * keyboard. */
GPtrArray *quay_order_lines_take (QuayOrderLines *lines);

/** Tells a fault under the list; NULL takes it away. */
void quay_order_lines_set_fault (QuayOrderLines *lines, const char *fault);

G_END_DECLS
