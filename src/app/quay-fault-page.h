/* What is shown instead of the till when the shop can't be opened: what happened and what to do. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_FAULT_PAGE (quay_fault_page_get_type ())
G_DECLARE_FINAL_TYPE (QuayFaultPage, quay_fault_page, QUAY, FAULT_PAGE, GtkWidget)

/*
 * Signals:
 *   again ()   the user wants to try once more
 */

/** @error: why the shop in folder @dir could not be opened; both are copied. */
GtkWidget *quay_fault_page_new (const char *dir, const GError *error);

G_END_DECLS
