/* Paying: what covers the total, what change is due. Pure; any thread. */
#pragma once

#include "quay-sale.h"

G_BEGIN_DECLS

/**
 * quay_tender_settle:
 * @total: to be paid, 0 or more
 * @payments: (element-type QuayPayment): @tender and @given set; @amount and @change are written
 * @change: (out): to hand back
 *
 * Lets the payments cover the total: card and transfer at their full amount, together no more than
 * the total; cash takes the rest and gives change.
 *
 * Returns: FALSE with QUAY_ERROR_REFUSED if they don't cover it, if a payment without cash would
 * need change, or if an amount is not above 0 (a total of 0 takes one payment of 0).
 */
gboolean quay_tender_settle (QuayMoney total, GPtrArray *payments, QuayMoney *change,
                             GError **error);

/** True if an amount given looks like a slip of the hand (above 20 × the total and above
 * 1.000.000 đ): ask again. */
gboolean quay_tender_is_doubtful (QuayMoney total, QuayMoney given);

G_END_DECLS
