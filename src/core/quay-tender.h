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

/**
 * quay_tender_settle_rounded:
 * @step: to which cash is rounded, đồng; 0: not at all
 *
 * The same where cash that closes the sale is rounded: what it leaves is a payment of its own,
 * QUAY_TENDER_ROUNDING, put before the cash; below 0 where it was rounded up. Who gives exactly
 * what is left to the đồng has paid it, and nothing is rounded.
 */
gboolean quay_tender_settle_rounded (QuayMoney total, gint64 step, GPtrArray *payments,
                                     QuayMoney *change, GError **error);

/** @amount, 0 or more, to the nearest multiple of @step, half up; itself for a step of 0. */
QuayMoney quay_tender_round (QuayMoney amount, gint64 step);

/** The steps that cash may be rounded to, 0 first, −1 at the end. */
extern const gint64 quay_tender_steps[];

/**
 * quay_tender_round_back:
 * @amount: to be handed back in cash as if nothing were rounded
 * @left: cash that the sale brought and that was not handed back yet
 * @rounding: what the sale's cash was rounded by, less what earlier refunds were
 * @last: nothing is left of the sale after this
 *
 * The cash to hand back: rounded as cash is, but never more than is left for it, and in the end
 * exactly what was paid, so that rounding neither gives nor keeps anything; 0 where less is left of
 * @amount than the sale was rounded down by.
 */
QuayMoney quay_tender_round_back (QuayMoney amount, gint64 step, QuayMoney left, QuayMoney rounding,
                                  gboolean last);

/** True if an amount given looks like a slip of the hand (above 20 × the total and above
 * 1.000.000 đ): ask again. */
gboolean quay_tender_is_doubtful (QuayMoney total, QuayMoney given);

G_END_DECLS
