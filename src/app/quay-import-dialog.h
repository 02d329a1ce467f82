/* Import of products from a CSV file: what would change, what is refused and why, then the change
 * itself with its progress. Nothing is written before the user has seen and confirmed it. */
#pragma once

#include "quay-till-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_IMPORT_DIALOG (quay_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QuayImportDialog, quay_import_dialog, QUAY, IMPORT_DIALOG, GtkBox)

/** Reads the file and shows what it would do, as a card over the window of @anywhere. */
void quay_import_dialog_open (GtkWidget *anywhere, QuayTill *till, const char *path);

G_END_DECLS
