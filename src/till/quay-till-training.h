/* Training: the same shop to practise on, in a folder of its own inside the shop's. What is
 * practised is never printed, sent, exported or copied, and goes when the training ends. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/**
 * quay_till_make_training:
 *
 * Copies the shop as it is now into a folder for training, in place of what was practised before.
 * Opened as a shop, by whatever program, it is a training shop in which who works now works, with
 * their own rights: no PIN is asked there, so that nobody learns one.
 *
 * Returns: (transfer full): that folder; NULL with QUAY_ERROR_DENIED (nobody works),
 *   QUAY_ERROR_REFUSED (this is training) or a storage error.
 */
char *quay_till_make_training (QuayTill *till, GError **error);

/** The folder for training of the shop in @dir; (transfer full). */
char *quay_till_training_dir (const char *dir);

/** Removes what was practised in the shop of @dir; the training shop must not be open. TRUE if
 * there is nothing any more. */
gboolean quay_till_drop_training (const char *dir);

/** TRUE if this is a training shop. */
gboolean quay_till_is_training (QuayTill *till);

G_END_DECLS
