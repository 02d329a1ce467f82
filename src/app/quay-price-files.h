/* Prices into a file and out of one, as the page of prices does it. Main thread. */
#pragma once

#include "quay-till-prices.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Asks for a file and writes all prices into it. @page is told on. */
void quay_price_files_export (GtkWidget *page, QuayTill *till);

/** Asks for a file and takes its prices, which count from @day on; what is wrong with it is told.
 * @done: called if they were taken. */
void quay_price_files_import (GtkWidget *page, QuayTill *till, QuayDay day,
                              void (*done) (gpointer data), gpointer data);

G_END_DECLS
