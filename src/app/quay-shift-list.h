/* A card with the shifts of all tills, newest first, and the report of the chosen one as it is
 * printed: X while it is open, Z afterwards. */
#pragma once

#include "quay-shift-open.h"

G_BEGIN_DECLS

/** Opens the card over the window of @anywhere. @done: a shift was closed; @data must be there
 * until the card is closed. */
void quay_shift_list_open (GtkWidget *anywhere, QuayTill *till, QuayShiftDone done, gpointer data);

G_END_DECLS
