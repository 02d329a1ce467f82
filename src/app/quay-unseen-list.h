/* Transfers that nobody has seen arrive, each with a button that says it did. Main thread. */
#pragma once

#include "quay-till-shift.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_UNSEEN_LIST (quay_unseen_list_get_type ())
G_DECLARE_FINAL_TYPE (QuayUnseenList, quay_unseen_list, QUAY, UNSEEN_LIST, GtkBox)

/** @till: kept. Empty until it is filled. */
GtkWidget *quay_unseen_list_new (QuayTill *till);

/** Shows @unseen (element-type QuayUnseen). */
void quay_unseen_list_show (QuayUnseenList *list, const GPtrArray *unseen);

/** A card with all of the last weeks, over the window of @anywhere. */
void quay_unseen_list_open (GtkWidget *anywhere, QuayTill *till);

G_END_DECLS
