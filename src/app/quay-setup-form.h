/* First run after the language: the shop and its till, then the paper; or the sample shop. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SETUP_FORM (quay_setup_form_get_type ())
G_DECLARE_FINAL_TYPE (QuaySetupForm, quay_setup_form, QUAY, SETUP_FORM, GtkBox)

/*
 * Signals:
 *   made ()   the shop is there
 *   left ()   the user wants to choose the language again
 *   join ()   the office knows the shop: the till is to join it
 */

/** @dir: the folder in which the shop is made. */
GtkWidget *quay_setup_form_new (const char *dir);

G_END_DECLS
