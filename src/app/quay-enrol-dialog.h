/* The card that enrols this till with the province's server. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows it over the window that @anywhere is in. */
void quay_enrol_dialog_show (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
