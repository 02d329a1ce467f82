/* Words of shifts, and rows that several cards show. */
#pragma once

#include "quay-shift.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What a line of cash is called, in the user's language. */
const char *quay_shift_line_text (QuayCashLine line);

/** "Too much: 3.000 ₫", "Missing: …", "The drawer is right."; (transfer full). */
char *quay_shift_difference_text (QuayMoney difference);

/** Adds the lines of cash to a box, those that are 0 left out but for float and sales, and what
 * should be in the drawer. */
void quay_shift_add_lines (GtkWidget *box, const QuayShift *shift);

/** Adds a text at the start and an amount at the end of one line; the figure, to be changed. */
GtkWidget *quay_shift_add_pair (GtkWidget *box, const char *text, QuayMoney amount,
                                const char *classes);

G_END_DECLS
