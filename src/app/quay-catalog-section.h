/* The page Products: the catalogue, price lists, promotions. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @till: kept. */
GtkWidget *quay_catalog_section_new (QuayTill *till);

G_END_DECLS
