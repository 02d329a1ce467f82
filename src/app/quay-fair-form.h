/* Cards for a place and for a fair. Main thread. */
#pragma once

#include "quay-till-places.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Something was saved. */
typedef void (*QuayFairSaved) (const QuayId *id, gpointer data);

/** Asks for a fair; @fair (nullable): one to be changed. */
void quay_fair_form_open (GtkWidget *anywhere, QuayTill *till, const QuayFair *fair,
                          QuayFairSaved saved, gpointer data);

/** Asks for a place's name and kind; @place (nullable): one to be renamed. */
void quay_place_form_open (GtkWidget *anywhere, QuayTill *till, const QuayPlace *place,
                           QuayFairSaved saved, gpointer data);

G_END_DECLS
