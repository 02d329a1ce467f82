/* A choice of a price list in a form. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @code: chosen at first, NULL for the shelf prices. Gives NULL where the shop has no list. */
GtkWidget *quay_list_choice_new (QuayTill *till, const char *code);
/** The code that is chosen, borrowed; NULL for the shelf prices. @choice may be NULL. */
const char *quay_list_choice_get (GtkWidget *choice);

G_END_DECLS
