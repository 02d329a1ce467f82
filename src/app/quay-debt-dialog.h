/* Writing into a customer's account. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @number: of what was recorded. */
typedef void (*QuayDebtDone) (const char *number, gpointer data);

/** @kind: "paid", "opening" or "adjusted" (quay-till-debts.h). */
void quay_debt_dialog_open (GtkWidget *anywhere, QuayTill *till, const QuayId *customer,
                            const char *kind, QuayDebtDone done, gpointer data);

G_END_DECLS
