/* Customers: what they owe and for how long. A tab of the page Receipts. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CUSTOMERS_PAGE (quay_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayCustomersPage, quay_customers_page, QUAY, CUSTOMERS_PAGE, GtkBox)

/** The page; it reads the customers when it is shown. */
GtkWidget *quay_customers_page_new (QuayTill *till);

G_END_DECLS
