/* The register of requests about personal data, over the window. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens the list; it reads again on the till's signal. */
void quay_request_list_open (GtkWidget *anywhere, QuayTill *till);

/** A button for it that shows how many wait, red if some are late; it reads when it is shown and on
 * the till's signal. */
GtkWidget *quay_request_button_new (QuayTill *till);

G_END_DECLS
