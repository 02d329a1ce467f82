/* One producer: who it is, what is agreed and owed, its account, and the buttons. Main thread. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PARTNER_VIEW (quay_partner_view_get_type ())
G_DECLARE_FINAL_TYPE (QuayPartnerView, quay_partner_view, QUAY, PARTNER_VIEW, GtkBox)

/** @changed is called after something was booked or saved. */
GtkWidget *quay_partner_view_new (QuayTill *till, void (*changed) (gpointer data), gpointer data);

/** Shows a producer; NULL: none. */
void quay_partner_view_show (QuayPartnerView *view, const QuayId *id);

G_END_DECLS
