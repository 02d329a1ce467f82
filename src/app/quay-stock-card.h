/* A product's card (thẻ quầy hàng): its lots, every movement with its document. Main thread. */
#pragma once

#include "quay-till-stock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens it over the window; keeps a reference on @row. */
void quay_stock_card_open (GtkWidget *anywhere, QuayTill *till, QuayShelfRow *row);

/** Opens the lots that the receipt of goods of this number brought, and from there their sales. */
void quay_stock_receipt_open (GtkWidget *anywhere, QuayTill *till, const char *number);

/** Opens the sales of a lot: whom a recall reaches. @lot is only read. */
void quay_stock_recall_open (GtkWidget *anywhere, QuayTill *till, const QuayCardLot *lot);

/** Holds a lot back, after asking why, or releases one that is. @lot is only read. */
void quay_stock_hold_open (GtkWidget *below, QuayTill *till, const QuayCardLot *lot);

G_END_DECLS
