/* The form of a customer, with what was agreed to. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @id: of the customer that was saved. */
typedef void (*QuayCustomerSaved) (const QuayId *id, gpointer data);

/** Opens it; @id NULL: a new customer, called @name (nullable). */
void quay_customer_form_open (GtkWidget *anywhere, QuayTill *till, const QuayId *id,
                              const char *name, QuayCustomerSaved saved, gpointer data);

G_END_DECLS
