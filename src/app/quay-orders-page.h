/* Orders with a deposit: the list by due day, one order, handing over, cancelling, the slip. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_ORDERS_PAGE (quay_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayOrdersPage, quay_orders_page, QUAY, ORDERS_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_orders_page_new (QuayTill *till);

G_END_DECLS
