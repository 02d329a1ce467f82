/* Shared by the two halves of the import: the file and its plan, and the preview and writing. */
#pragma once

#include "quay-csv.h"
#include "quay-item-columns.h"
#include "quay-item-edit.h"
#include "quay-till-private.h"

G_BEGIN_DECLS

#define QUAY_IMPORT_MAX_BYTES (64 * 1024 * 1024)
#define QUAY_IMPORT_MAX_COLUMNS 64

/** What one place of a row is: a column, or NULL for one that means nothing here. */
typedef struct
{
  const QuayItemColumn *columns[QUAY_IMPORT_MAX_COLUMNS];
  guint n;
} QuayImportHeader;

/**
 * QuayImport: counted by references, since writing goes on when the preview is closed.
 * @folder: of the file, for pictures beside it; NULL for bytes
 * @plans: (element-type QuayItemPlan): rows that change something
 * @shown: (element-type GPtrArray): lists of an earlier plan that a preview may still show
 * @serial: of the catalogue that @plans were made for
 */
struct _QuayImport
{
  QuayTill *till;
  QuayEditor *editor;
  GBytes *bytes;
  char *name;
  char *folder;
  GPtrArray *plans;
  GPtrArray *refused;
  GPtrArray *unknown;
  GPtrArray *changes;
  GPtrArray *shown;
  guint rows;
  guint same;
  guint serial;
  gboolean writing;
  QuayImportProgress progress;
  gpointer progress_data;
};

/** Makes the empty lists; what they held stays in @shown. */
void quay_import_renew_lists (QuayImport *import);

/** Reads the bytes and works out every row anew. FALSE if the file as a whole can't be read. */
gboolean quay_import_plan (QuayImport *import, GError **error);

G_END_DECLS
