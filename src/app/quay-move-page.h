/* The tab of places, goods that move between them, and fairs. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_MOVE_PAGE (quay_move_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayMovePage, quay_move_page, QUAY, MOVE_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_move_page_new (QuayTill *till);

G_END_DECLS
