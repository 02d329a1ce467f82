/* What hands type when goods come in: quantities in cartons, days without separators. Pure. */
#pragma once

#include "quay-day.h"
#include "quay-money.h"

G_BEGIN_DECLS

/**
 * quay_typed_qty:
 * @text: "24", "2,5", "2x24", "2 thùng", "2 thùng 3", "5 gói"
 * @unit: (nullable): the product's unit, which may stand behind a number
 * @pack: pieces in a carton, 0 unknown
 *
 * A quantity of the product's own unit. Cartons are thùng, kiện, hộp, lốc, bao, két or carton, if
 * that is not the unit itself.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (no number, an unknown unit), _NOT_FOUND (cartons of
 *   unknown size), _OVERFLOW.
 */
gboolean quay_typed_qty (const char *text, const char *unit, QuayQty pack, QuayQty *out,
                         GError **error);

/**
 * quay_typed_day:
 * @text: ddmmyy, ddmmyyyy, d/m/yy, d/m/yyyy, with / . or -, or yyyy-mm-dd; empty: none
 *
 * Returns: FALSE for what is no day; @out is 0 for an empty text.
 */
gboolean quay_typed_day (const char *text, QuayDay *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_typed_clock:
 * @text: "6:17", "06:17", "6h17", "6g17", "17h"
 *
 * Returns: FALSE for what is no time of day; @minute is 0–1439.
 */
gboolean quay_typed_clock (const char *text, int *minute) G_GNUC_WARN_UNUSED_RESULT;

/** Pieces in a carton, from the text that a product has ("24", "thùng 24 gói", "24 × 500 g"): its
 * first whole number above 1 that is no weight or volume, else 0. */
QuayQty quay_typed_pack (const char *text);

G_END_DECLS
