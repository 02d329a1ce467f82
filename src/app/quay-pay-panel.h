/* Paying: the amount, how it is paid, what was given, the change; then the change in large until
 * the next scan or key. A card over the window. */
#pragma once

#include "quay-scanner.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PAY_PANEL (quay_pay_panel_get_type ())
G_DECLARE_FINAL_TYPE (QuayPayPanel, quay_pay_panel, QUAY, PAY_PANEL, GtkWidget)

/*
 * Signals:
 *   closed ()            given up or done
 *   buyer ()             the buyer is to be asked for
 *   scanned (char *)     a scan dismissed the view of the change
 */

/** Built once; opened for each sale. */
GtkWidget *quay_pay_panel_new (QuayTill *till, QuayScanner *scanner);

/** Shows it over the window of @anywhere, for the open cart, which must not be empty. */
void quay_pay_panel_open (QuayPayPanel *panel, GtkWidget *anywhere);

/** Closes it, if it shows the change. */
void quay_pay_panel_dismiss (QuayPayPanel *panel);

G_END_DECLS
