/* First run in a shop that the office knows: the till joins it, or takes a lost till's place. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_SETUP_JOIN (quay_setup_join_get_type ())
G_DECLARE_FINAL_TYPE (QuaySetupJoin, quay_setup_join, QUAY, SETUP_JOIN, GtkBox)

/*
 * Signals:
 *   made ()   the till's file is there; the shop's journals come once it is open
 *   left ()   the user wants to make a shop of one's own after all
 */

/** @dir: the folder in which the till's file is made. */
GtkWidget *quay_setup_join_new (const char *dir);

G_END_DECLS
