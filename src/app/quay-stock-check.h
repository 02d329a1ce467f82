/* The card with products of which more was sold than was entered. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** How many are listed at most. */
#define QUAY_STOCK_CHECK_MAX 200

/** Lists them over the window of @anywhere: count the shelf, type the number, Enter. */
void quay_stock_check_open (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
