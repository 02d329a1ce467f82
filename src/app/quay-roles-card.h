/* What each role may do, as a table that a manager changes. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens it; what is fixed is shown as text. */
void quay_roles_card_open (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
