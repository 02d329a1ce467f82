/* Cards about an order: placing a new one, cancelling one. Main thread. */
#pragma once

#include "quay-till-orders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called when it was recorded; @order: its id. */
typedef void (*QuayOrderDone) (const QuayId *order, gpointer data);

#define QUAY_TYPE_ORDER_DIALOG (quay_order_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QuayOrderDialog, quay_order_dialog, QUAY, ORDER_DIALOG, GtkBox)

/** Asks for all that an order needs, over the window of @anywhere. @data must be there until the
 * card is closed. */
void quay_order_dialog_open (GtkWidget *anywhere, QuayTill *till, QuayOrderDone done,
                             gpointer data);

/** Asks why an open order is cancelled and how much of its deposit goes back. */
void quay_order_cancel_open (GtkWidget *anywhere, QuayTill *till, const QuayOrderRecord *order,
                             QuayOrderDone done, gpointer data);

G_END_DECLS
