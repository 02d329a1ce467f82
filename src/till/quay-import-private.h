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

/** Works out every row of the bytes anew. FALSE if the file as a whole can't be read. */
gboolean quay_import_plan (QuayImport *import, GError **error);
/** The same in two steps, of which the second may be on another thread that has @reader; nobody
 * else looks at @import meanwhile. @done: (nullable): counts rows, atomic. */
void quay_import_begin_plan (QuayImport *import);
gboolean quay_import_run_plan (QuayImport *import, QuayReader *reader, GCancellable *cancellable,
                               gint *done, GError **error);

/** The plan is not whole: it is worked out anew before it is written. */
void quay_import_spoil (QuayImport *import);

/** The same on a thread of its own, with a reader of its own; @progress: (nullable). Closing the
 * till waits for it. */
void quay_import_plan_async (QuayImport *import, QuayImportProgress progress,
                             gpointer progress_data, GAsyncReadyCallback callback, gpointer data);
gboolean quay_import_plan_finish (GAsyncResult *result, GError **error);

G_END_DECLS
