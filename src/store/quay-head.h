/* DIR/quay.head: 48 bytes beside the till's file that say how far its chain had come: chain id, seq
 * (big-endian), the first 24 bytes of the hash. It tells when the file was put back. */
#pragma once

#include "quay-log.h"

G_BEGIN_DECLS

/** TRUE if there is a note, whatever it says. */
gboolean quay_head_is_there (const char *dir);

/** Notes the head of @log, synced. */
gboolean quay_head_write (const char *dir, const QuayLog *log, GError **error);

/**
 * quay_head_check:
 * @behind: (out): TRUE if the file lacks what was noted; a missing or torn note proves nothing
 */
gboolean quay_head_check (const char *dir, QuayDb *db, gboolean *behind, GError **error);

G_END_DECLS
