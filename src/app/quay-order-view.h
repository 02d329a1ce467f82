/* One order: customer, goods, deposit, what became of it. Main thread. */
#pragma once

#include "quay-till-orders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** How an order stands, for people, and the class of its badge; both static. */
const char *quay_order_state_text (QuayOrderState state);
const char *quay_order_state_badge (QuayOrderState state);

#define QUAY_TYPE_ORDER_VIEW (quay_order_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayOrderView, quay_order_view, QUAY, ORDER_VIEW, GtkBox)

/** @till: kept. Shows nothing at first. */
GtkWidget *quay_order_view_new (QuayTill *till);

/** Shows an order; NULL: none. */
void quay_order_view_show (QuayOrderView *view, const QuayId *order);
/** The order shown; borrowed, NULL for none. */
const QuayOrderRecord *quay_order_view_get (QuayOrderView *view);
/** Puts it on the counter and opens the pay panel with what is left to pay. */
void quay_order_view_hand_over (QuayOrderView *view);
/** Prints its slip, or, without a printer, asks where to keep it as a file. */
void quay_order_view_print (QuayOrderView *view);

G_END_DECLS
