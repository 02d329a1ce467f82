/* What the catalogue's table shows of a product in each column. Main thread. */
#pragma once

#include "quay-till-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Adds the columns to a table of QuayItemObject; @till must outlive the table. */
void quay_catalog_columns_add (GtkWidget *table, QuayTill *till);

/** The name of a category in the user's language; borrowed. */
const char *quay_catalog_category_name (const QuayCategory *category);

/**
 * quay_catalog_certificate:
 * @class: (out): class of the badge: "good", "warn" or "bad"
 *
 * The state of a product's OCOP title on @today: stars, soon over (90 days), over; "" without one.
 *
 * Returns: (transfer full)
 */
char *quay_catalog_certificate (const QuayItem *item, QuayDay today, const char **class);

G_END_DECLS
