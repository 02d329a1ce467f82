/* The card of a price list. Main thread. */
#pragma once

#include "quay-till-prices.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called after it was saved. */
typedef void (*QuayPriceListSaved) (gpointer data);

/** @list: NULL for a new one; only read. */
void quay_price_list_form_open (GtkWidget *anywhere, QuayTill *till, const QuayPriceList *list,
                                QuayPriceListSaved saved, gpointer data);

G_END_DECLS
