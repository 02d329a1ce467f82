/* The page about the province's server: what was sent, what waits, what is held and why. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_LINK_PAGE (quay_link_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayLinkPage, quay_link_page, QUAY, LINK_PAGE, GtkBox)

/** A page as src/app/README.md says. */
GtkWidget *quay_link_page_new (QuayTill *till);

G_END_DECLS
