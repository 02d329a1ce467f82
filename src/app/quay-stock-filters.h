/* The filters over the table of stock: group, place, terms, state, a past moment. Main thread. */
#pragma once

#include "quay-till-stock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_STOCK_FILTERS (quay_stock_filters_get_type ())
G_DECLARE_FINAL_TYPE (QuayStockFilters, quay_stock_filters, QUAY, STOCK_FILTERS, GtkBox)

/*
 * Signals:
 *   changed ()       other rows of what was read
 *   ask-changed ()   another place or moment: something else has to be read
 */

/** The filters as they are at first: everything, everywhere, now. */
GtkWidget *quay_stock_filters_new (QuayTill *till);

/** What to read. */
QuayShelfAsk quay_stock_filters_ask (QuayStockFilters *filters);
/** Which rows of it; @text is left alone, the category is borrowed. */
void quay_stock_filters_get (QuayStockFilters *filters, QuayShelfFilter *filter);
/** Rows of one state (a QuayShelfState bit, 0: all). */
void quay_stock_filters_set_state (QuayStockFilters *filters, guint state);

G_END_DECLS
