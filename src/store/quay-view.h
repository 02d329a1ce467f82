/* Views: a copy of a shop's file that is only looked at. What it is made of is read without SQLite
 * or a lock where nobody has it open, so that nothing there changes, and nothing can be written
 * into the copy either. */
#pragma once

#include "quay-store.h"

G_BEGIN_DECLS

/**
 * quay_store_make_view:
 * @path: a shop's folder, a till selling in it or not, or a file of a shop such as a backup, of
 *   this version or an older one; may be read-only
 * @dir: folder to make, for this view alone; what an ended view left there is removed, and so is
 *   what others left beside it under names that begin as its own does up to the '-', also half made
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, _DAMAGED (no shop's file), _REFUSED (a copy for
 *   training), _BUSY (@dir is being looked at, or the file changes all the time) or a storage
 *   error; there is no folder then.
 */
gboolean quay_store_make_view (const char *path, const char *dir, GError **error);

/** Removes such a folder; one that holds no view, or one that is open, is left alone. TRUE if there
 * is none any more. */
gboolean quay_store_drop_view (const char *dir);

/** TRUE if the open file is a view: every transaction is QUAY_ERROR_REFUSED. Any thread. */
gboolean quay_store_is_view (QuayStore *store);

/** When the last record of the file's own chain was written, ms; 0 for none. Any thread. */
gint64 quay_store_last_ms (QuayStore *store);

G_END_DECLS
