/* The page with what somebody should look at: goods that left the shelf while no lot had them. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_ATTENTION_PAGE (quay_attention_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayAttentionPage, quay_attention_page, QUAY, ATTENTION_PAGE, GtkBox)

/** It reads the list whenever it is shown, and as stock changes. */
GtkWidget *quay_attention_page_new (QuayTill *till);

G_END_DECLS
