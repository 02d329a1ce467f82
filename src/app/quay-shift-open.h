/* The card that opens a shift: the note of the one before, and the float counted by notes. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called when something was recorded. */
typedef void (*QuayShiftDone) (gpointer data);

/** Opens the card over the window of @anywhere. @data must be there until it is closed. */
void quay_shift_open_card (GtkWidget *anywhere, QuayTill *till, QuayShiftDone done, gpointer data);

G_END_DECLS
