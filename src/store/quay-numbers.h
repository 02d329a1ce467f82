/* Numbers of documents: what of each counter is there. Reads only. */
#pragma once

#include "quay-db.h"
#include "quay-record.h"

G_BEGIN_DECLS

/**
 * quay_numbers_read:
 *
 * Every counter of the file's documents, by its prefix: sales, refunds, cash moves, shifts. Reads
 * all their numbers: a second or two for a million. Any thread with a connection of its own.
 *
 * Returns: (transfer full) (element-type QuayNumbers): NULL with an error of the file.
 */
GPtrArray *quay_numbers_read (QuayDb *db, GError **error);

G_END_DECLS
