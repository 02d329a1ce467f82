/* What was given back, and its slips. Main thread. */
#pragma once

#include "quay-till-refunds.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens the card over the window, at the refund @number (NULL: the latest). */
void quay_refund_list_open (GtkWidget *anywhere, QuayTill *till, const char *number);

G_END_DECLS
