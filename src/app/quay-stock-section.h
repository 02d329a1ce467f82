/* The page Stock (Kho): what is there, and what moves it. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @till: kept. */
GtkWidget *quay_stock_section_new (QuayTill *till);

G_END_DECLS
