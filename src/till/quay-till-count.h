/* Counting stock (kiểm kê) while selling goes on. */
#pragma once

#include "quay-count.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** Counts, open ones first, then the latest: (element-type QuayCount) (transfer full). Of those
 * closed within the last 45 days it is looked up how many lines came out wrong since. */
GPtrArray *quay_till_counts (QuayTill *till);
/** A count by its id; NULL if unknown. Its late lines are not looked up. */
QuayCount *quay_till_count (QuayTill *till, const QuayId *id);

/**
 * quay_till_count_start:
 * @ask: its id of quay_till_new_id(), name (1 … 60 characters), scope, blind, loc (nil: the
 *   counter's place)
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for a name that can't be, QUAY_ERROR_NOT_FOUND for an
 *   unknown place or category, or a storage error. Starting it twice changes nothing.
 */
gboolean quay_till_count_start (QuayTill *till, const QuayCount *ask, GError **error);

/** What somebody saw: of a product (@whole) or of one lot of it (nil: of what has no lot).
 * @seen: when, ms; 0: now. */
typedef struct
{
  QuayId product;
  QuayId lot;
  gboolean whole;
  QuayQty qty;
  gint64 seen;
} QuayCountSaw;

/**
 * quay_till_count_saw:
 * @id: of quay_till_new_id(), the same for each try
 *
 * Adds observations to an open count. A second one of the same goods stands beside the first, it
 * is never added to it.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for a quantity that can't be, _NOT_FOUND for an unknown
 *   count, product or lot, _REFUSED for a closed count, or a storage error.
 */
gboolean quay_till_count_saw (QuayTill *till, const QuayId *id, const QuayId *count,
                              const QuayCountSaw *saw, guint n, GError **error);

/** Chooses an observation for a line of an open count; its seen 0 leaves the line out. */
gboolean quay_till_count_pick (QuayTill *till, const QuayId *count, const QuayCountPick *pick,
                               GError **error);

/** Chooses who bears what is missing of a line of an open count: @producer: whoever consigned it,
 * else the shop; goods that the shop bought stay its own loss. @pick: which line. */
gboolean quay_till_count_bear (QuayTill *till, const QuayId *count, const QuayCountPick *pick,
                               gboolean producer, GError **error);

/**
 * quay_till_count_lines:
 * @sound: (out) (optional): FALSE if a product was chosen both whole and by lots
 *
 * The lines of a count with their differences: (element-type QuayCountLine) (transfer full), by
 * the products' names. Of an open count also what the books have there and nobody saw.
 */
GPtrArray *quay_till_count_lines (QuayTill *till, const QuayId *count, gboolean *sound);

/** Labels of other tills that sell from the place of a count and have not been heard of since it
 * was made: (element-type utf8) (transfer full). Until they are, its figures are provisional. */
GPtrArray *quay_till_count_behind (QuayTill *till, const QuayId *count);

/**
 * quay_till_count_approve:
 * @id: of quay_till_new_id(), the same for each try
 * @number: (out) (nullable) (transfer full): of the document; NULL if nothing differs
 *
 * Writes the differences of an open count as one document, and closes it. A shortage of a product
 * that was counted whole is taken from its lots, first expired first; a surplus is unallocated.
 *
 * Returns: FALSE with QUAY_ERROR_REFUSED (closed already; a product was chosen both whole and by
 *   lots), _NOT_FOUND, _OVERFLOW, _FULL or a storage error. After an error the count is open, and
 *   approving it again writes only what is missing.
 */
gboolean quay_till_count_approve (QuayTill *till, const QuayId *id, const QuayId *count,
                                  char **number, GError **error);

/**
 * quay_till_count_correct:
 *
 * Writes what moves that came later have made wrong in a closed count (pending of its lines), as a
 * further document. Same arguments and errors; QUAY_ERROR_REFUSED while it is open.
 */
gboolean quay_till_count_correct (QuayTill *till, const QuayId *id, const QuayId *count,
                                  char **number, GError **error);

/** The number of the document of a closed count; (transfer full), NULL if nothing differed.
 * @provisional: (out): whether it was written before every till had reported. */
char *quay_till_count_number (QuayTill *till, const QuayId *count, gboolean *provisional);

G_END_DECLS
