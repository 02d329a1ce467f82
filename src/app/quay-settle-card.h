/* The card of a settlement: before it is posted, what it would say; afterwards the document, to
 * print and to pay out. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @changed: (nullable): something was posted or paid. */
typedef void (*QuaySettleChanged) (gpointer data);

/** What there is to settle with a producer. */
void quay_settle_card_open (GtkWidget *anywhere, QuayTill *till, const QuayId *producer,
                            QuaySettleChanged changed, gpointer data);
/** A settlement that was posted. */
void quay_settle_card_show (GtkWidget *anywhere, QuayTill *till, const QuayId *settlement,
                            QuaySettleChanged changed, gpointer data);

G_END_DECLS
