/* Producers: what each is owed and has in the shop, its account, and what can be done. Main thread.
 */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_PARTNER_PAGE (quay_partner_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayPartnerPage, quay_partner_page, QUAY, PARTNER_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_partner_page_new (QuayTill *till);

G_END_DECLS
