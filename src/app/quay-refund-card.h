/* Cards about a sale that is done: goods that come back, also in exchange, a tender put right.
 * Main thread. */
#pragma once

#include "quay-till-refunds.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks which lines of @sale come back and whether something is taken in exchange, which leads to
 * the sell page. */
void quay_refund_card_open (GtkWidget *anywhere, QuayTill *till, const QuaySaleRecord *sale);

/** Asks by what @sale was really paid. */
void quay_fix_card_open (GtkWidget *anywhere, QuayTill *till, const QuaySaleRecord *sale);

/** Asks what comes back without a receipt that is known here. */
void quay_free_card_open (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
