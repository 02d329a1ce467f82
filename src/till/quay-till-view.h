/* A shop that is only looked at, by whoever has its folder or a backup of it: the cooperative's
 * board. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/**
 * quay_till_open_view:
 * @path: a shop's folder, whether a till sells there or not, or a backup
 * @dir: folder for this view alone, as quay_store_make_view() wants it
 *
 * Opens a copy of the shop as it is now, of which nothing is ever written: every verb that would is
 * refused with QUAY_ERROR_DENIED and the signal "denied". Nothing is changed where @path is. Nobody
 * signs in, and who looks may see what an auditor may, with figures and what is expected in
 * drawers.
 *
 * Returns: (transfer full): NULL with the errors of quay_store_make_view() or quay_till_open()
 */
QuayTill *quay_till_open_view (const char *path, const char *dir, GError **error);

/** Removes the copy; its till must be closed. TRUE if there is none any more. */
gboolean quay_till_drop_view (const char *dir);

/** TRUE if it is only looked at. */
gboolean quay_till_is_view (QuayTill *till);

/** When the last entry of the shop's own journal was made, ms; what was done later is not seen. 0:
 * there is none. */
gint64 quay_till_view_as_of (QuayTill *till);

G_END_DECLS
