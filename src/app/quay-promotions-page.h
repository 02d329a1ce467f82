/* Promotions: the list, switching one on or off, what the chosen one makes cheaper. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PROMOTIONS_PAGE (quay_promotions_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayPromotionsPage, quay_promotions_page, QUAY, PROMOTIONS_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_promotions_page_new (QuayTill *till);

G_END_DECLS
