/* The page Consignment (Ký gửi): the producers, and what they are paid. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @till: kept. */
GtkWidget *quay_consign_section_new (QuayTill *till);

G_END_DECLS
