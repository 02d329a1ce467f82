/* Text that changes often, in a place that does not: a new text of the same height is drawn anew
 * and nothing else, where a GtkLabel has the whole window measured again, and shapes its text a
 * dozen times for it. It looks like a label to the style sheets and to assistive technology. Main
 * thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_CAPTION (quay_caption_get_type ())
G_DECLARE_FINAL_TYPE (QuayCaption, quay_caption, QUAY, CAPTION, GtkWidget)

/**
 * quay_caption_new:
 * @classes: (nullable): CSS classes separated by spaces; "num" gives figures of one width
 * @min_chars: room for so many characters is the least it takes
 * @max_chars: room for so many is what it asks for, whatever its text; 0: as much as its text needs
 * @lines: at most so many, then an ellipsis; 0: one line that is never cut
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *quay_caption_new (const char *classes, int min_chars, int max_chars, int lines);

/** Where a shorter line stands: 0 at the start (as made), 0.5 in the middle, 1 at the end. */
void quay_caption_set_align (QuayCaption *caption, float align);

/** @string is copied; NULL for empty. Costs nothing if it is what is shown. */
void quay_caption_set (QuayCaption *caption, const char *string);

/** What is shown; owned by @caption, until the next quay_caption_set(). */
const char *quay_caption_get (QuayCaption *caption);

G_END_DECLS
