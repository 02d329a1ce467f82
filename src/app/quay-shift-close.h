/* The card that closes a shift, in three steps: the notes are counted without knowing what should
 * be there, then the result is told, then what the next one has to know. */
#pragma once

#include "quay-shift-open.h"

G_BEGIN_DECLS

/** Opens the card over the window of @anywhere. @shift: NULL: the open one; else another's, by its
 * id, and @name what it is called. @data must be there until the card is closed. */
void quay_shift_close_card (GtkWidget *anywhere, QuayTill *till, const QuayId *shift,
                            const char *name, QuayShiftDone done, gpointer data);

G_END_DECLS
