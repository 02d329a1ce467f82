/* Customers who agreed to messages alone and have not bought for long. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Opens the list, from which a manager has them erased. */
void quay_idle_card_open (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
