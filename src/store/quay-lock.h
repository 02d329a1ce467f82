/* The lock that keeps a shop's file to one program at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QuayLock QuayLock;

/**
 * quay_lock_take:
 * @dir: the shop's folder
 *
 * Locks DIR/quay.lock until quay_lock_free() or the end of the program, however it ends.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_BUSY if another holder lives (also in this
 *   program), _NOT_FOUND without a folder, or a storage error.
 */
QuayLock *quay_lock_take (const char *dir, GError **error);
/** Whether somebody has it, in this program or another; takes nothing and changes nothing. */
gboolean quay_lock_is_held (const char *dir);
void quay_lock_free (QuayLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayLock, quay_lock_free)

G_END_DECLS
