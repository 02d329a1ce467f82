/* The catalogue: all products, their prices, stock and certificates; editing, import, export. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CATALOG_PAGE (quay_catalog_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayCatalogPage, quay_catalog_page, QUAY, CATALOG_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_catalog_page_new (QuayTill *till);

G_END_DECLS
