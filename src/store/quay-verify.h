/* Checks of a whole file: structure, chains, marks, sums; and the replay. Reads only. */
#pragma once

#include "quay-db.h"
#include "quay-row.h"
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
 * @db: inside a snapshot if someone else may write; a file of an older version is checked for
 *   sound pages alone: what it holds can be checked once it is migrated
 * @verdict: (out): what was found; clear it
 *
 * Returns: FALSE with an error if the check could not be done. Damage is a verdict.
 */
gboolean quay_verify_db (QuayDb *db, QuayDepth depth, QuayVerdict *verdict, GError **error);

/** SQL: an item's columns that depend on the journal alone. */
extern const char quay_sql_items[];

/** SQL: a projected table's columns, in the order of its key, or @by_place of where the rows of a
 * once-table lie (which has an index); (transfer full). */
char *quay_projected_query (const QuayTable *table, gboolean by_place);

/**
 * quay_verify_branches:
 * @chains: of quay_log_chains()
 *
 * Checks what stands: of each chain one record at each seq without a gap, each after the one before
 * it; one chain that is appended to; nothing acknowledged that is not there.
 */
gboolean quay_verify_branches (QuayDb *db, GArray *chains, QuayVerdict *verdict, GError **error);

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
