/* Copies of the file: how they are made, checked and kept. */
#pragma once

#include "quay-verify.h"

G_BEGIN_DECLS

/** Asked between steps of a copy: FALSE stops it. */
typedef gboolean (*QuayPace) (gpointer data);

/**
 * quay_backup_make:
 * @source: a connection; a reading one inside a snapshot if someone else may write
 * @path: new file
 * @depth: how the copy is checked before it gets its name
 *
 * Returns: FALSE with an error, or without one where @pace stopped it or the verdict is bad; there
 *   is no file then.
 */
gboolean quay_backup_make (QuayDb *source, const char *path, QuayDepth depth, QuayPace pace,
                           gpointer data, QuayVerdict *verdict, GError **error);

/** The copy before the schema is changed: DIR/backups/quay-before-… */
gboolean quay_backup_before_migration (QuayDb *db, const char *dir, int version, const QuayEnv *env,
                                       GError **error);

/**
 * quay_backup_keep:
 * @stamps: (element-type gint64): when copies were made, ms, newest first
 *
 * Which to keep: all of the last 24 hours, one a day for 30 days, one a month for a year.
 *
 * Returns: (transfer full): GArray of gboolean, in the same order
 */
GArray *quay_backup_keep (GArray *stamps, gint64 now);

G_END_DECLS
