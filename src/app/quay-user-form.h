/* A card with one user: name, role, birth day, PIN, whether they work here. Main thread. */
#pragma once

#include "quay-till-people.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens it; @user NULL: a new one. */
void quay_user_form_open (GtkWidget *anywhere, QuayTill *till, const QuayUser *user);

G_END_DECLS
