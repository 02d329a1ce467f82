/* The schema's numbered steps, carried inside the program. */
#pragma once

#include "quay-db.h"

G_BEGIN_DECLS

/** The number of the newest step this program has. */
int quay_migrate_newest (void);

/** The file's version; QUAY_ERROR_NEWER if this program is older than it. */
gboolean quay_migrate_check (QuayDb *db, int *version, GError **error);

/**
 * quay_migrate_run:
 *
 * Runs the missing steps, each in one transaction with its version number. A failure leaves the
 * file at the step before. The caller has made a backup.
 */
gboolean quay_migrate_run (QuayDb *db, GError **error);

G_END_DECLS
