/* Checks of a whole file: structure, chains, marks, sums; and the replay. Reads only. */
#pragma once

#include "quay-db.h"
#include "quay-store.h"

G_BEGIN_DECLS

/**
 * QuayDepth:
 * @QUAY_VERIFY_QUICK: SQLite's quick check and the own chain's tail: for automatic copies
 * @QUAY_VERIFY_FULL: every page, record, mark and sum
 */
typedef enum
{
  QUAY_VERIFY_QUICK,
  QUAY_VERIFY_FULL,
} QuayDepth;

/**
 * quay_verify_db:
 * @db: inside a snapshot if someone else may write
 * @verdict: (out): what was found; clear it
 *
 * Returns: FALSE with an error if the check could not be done. Damage is a verdict.
 */
gboolean quay_verify_db (QuayDb *db, QuayDepth depth, QuayVerdict *verdict, GError **error);

/** Notes the first thing that is wrong; returns FALSE. */
gboolean quay_verdict_refuse (QuayVerdict *verdict, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * quay_rebuild_compare:
 * @scratch: path of a file to make, beside the till's; removed at the end
 *
 * Replays the journal of @db into a fresh file and compares each projected table, row by row.
 */
gboolean quay_rebuild_compare (QuayDb *db, const char *scratch, QuayVerdict *verdict,
                               GError **error);

G_END_DECLS
