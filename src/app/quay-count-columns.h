/* Columns of a count's lines: what was found, what the books say, what differs. Main thread. */
#pragma once

#include "quay-count.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @hide: a blind count: the books are not shown; @closed: pending differences are to be corrected.
 */
typedef struct
{
  gboolean hide;
  gboolean closed;
} QuayCountLook;

/** Adds them to a table over QuayCountLine; @look must outlive it, and is read when a row is shown.
 */
void quay_count_add_columns (GtkWidget *table, const QuayCountLook *look);

/** Written and pending difference of a line together; 0 for one that does not count. */
QuayQty quay_count_difference (const QuayCountLine *line);

G_END_DECLS
