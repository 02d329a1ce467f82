/* Settings: the shop, this till, the scanner, labels of the shop's scale, copies, about. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SETTINGS_PAGE (quay_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (QuaySettingsPage, quay_settings_page, QUAY, SETTINGS_PAGE, GtkBox)

/** @till: kept. */
GtkWidget *quay_settings_page_new (QuayTill *till);

G_END_DECLS
