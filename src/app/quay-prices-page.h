/* Price lists: products by lists, changed in place, from a day on; lists, files, labels. Main
 * thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PRICES_PAGE (quay_prices_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayPricesPage, quay_prices_page, QUAY, PRICES_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_prices_page_new (QuayTill *till);

G_END_DECLS
