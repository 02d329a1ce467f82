/* The card of the licence to sell alcohol at the place that is sold from. Main thread. */
#pragma once

#include "quay-till-law.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks for number and last day; what is entered counts from then on. */
void quay_licence_card_open (GtkWidget *anywhere, QuayTill *till);

/** What is to be said about the licence now: that none is entered, that it runs out; NULL for
 * nothing. (transfer full) */
char *quay_licence_warning (QuayTill *till);

G_END_DECLS
