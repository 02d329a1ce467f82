/* First run: the language, the shop and its till, the paper; or the sample shop, or a shop that the
 * office knows. Fills a window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_ASSISTANT (quay_assistant_get_type ())
G_DECLARE_FINAL_TYPE (QuayAssistant, quay_assistant, QUAY, ASSISTANT, GtkBox)

/*
 * Signals:
 *   finished ()   the shop is made; open it
 */

/** @dir: the folder in which the shop is made. */
GtkWidget *quay_setup_new (const char *dir);

G_END_DECLS
