/* One customer beside the list: what is owed by age, the account, what can be done. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CUSTOMER_VIEW (quay_customer_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayCustomerView, quay_customer_view, QUAY, CUSTOMER_VIEW, GtkBox)

/** A view of nobody. */
GtkWidget *quay_customer_view_new (QuayTill *till);
/** Shows a customer; NULL: nobody. */
void quay_customer_view_show (QuayCustomerView *view, const QuayId *id);
/** Opens the card in which the shown customer pays. */
void quay_customer_view_pay (QuayCustomerView *view);

G_END_DECLS
