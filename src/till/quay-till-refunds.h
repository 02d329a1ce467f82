/* Second thoughts: what a refund comes to, exchange in one step, goods that come back without a
 * receipt, tenders put right, what was given back beyond what was sold. The plain refund is in
 * quay-till-sales.h. */
#pragma once

#include "quay-till-sales.h"

G_BEGIN_DECLS

/** What of each line of a sale has not come back yet: QuayQty, in the order of its lines; (transfer
 * full). */
GArray *quay_till_refundable (QuayTill *till, const QuaySaleRecord *sale);

/**
 * quay_till_refund_total:
 *
 * What giving back these lines comes to (all that is left if @n is 0), by the rule of
 * quay_refund_amount().
 *
 * Returns: FALSE with the errors of quay_till_refund().
 */
gboolean quay_till_refund_total (QuayTill *till, const char *number, const QuayRefundAsk *asks,
                                 guint n, QuayMoney *total, GError **error);

/**
 * quay_till_exchange:
 * @asks: what comes back, at least one line
 *
 * The open cart takes these goods of the sale @number in exchange: what was paid for them pays for
 * it, and what is left of that is handed back. Both are booked in one transaction when the cart is
 * paid, which checks the goods again. @n 0 ends an exchange that was begun.
 *
 * Returns: FALSE with the errors of quay_till_refund().
 */
gboolean quay_till_exchange (QuayTill *till, const char *number, const QuayRefundAsk *asks, guint n,
                             GError **error);

/**
 * QuayFreeReturn: goods that come back without a sale that is known here.
 * @of: number of the receipt as far as it is known, NULL for none
 * @amount: handed back for them, VAT included
 */
typedef struct
{
  QuayId product;
  QuayQty qty;
  QuayMoney amount;
  gboolean restock;
} QuayFreeReturn;

/**
 * quay_till_refund_free:
 * @tender: of all of it
 * @why: must be given
 *
 * Takes the right QUAY_ACT_REFUND_FREE. Goods go back to no lot, from where stock.assign finds
 * them.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_INVALID, _NOT_FOUND (a product),
 *   _DENIED, _EXISTS or a storage error.
 */
char *quay_till_refund_free (QuayTill *till, const QuayId *id, const char *of,
                             const QuayFreeReturn *lines, guint n, gint64 tender, const char *why,
                             GError **error);

/**
 * quay_till_fix_payment:
 * @from, @to: tenders: cash, card, transfer, or debt where the sale has a customer
 * @amount: above 0, no more than the sale brought by @from and still has
 * @ref: of the new tender, may be NULL; @why: must be given
 *
 * A paid sale was not paid as it was recorded. The sale stays as it is; the correction belongs to
 * the sale's shift, whose drawer it puts right also after it was closed, since no cash moves today.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_NOT_FOUND, _INVALID, _REFUSED (more
 *   than is left of that tender), _DENIED, _EXISTS or a storage error.
 */
char *quay_till_fix_payment (QuayTill *till, const QuayId *id, const char *number, gint64 from,
                             gint64 to, QuayMoney amount, const char *ref, const char *why,
                             GError **error);

/** What was given back, whole, by its number or what is printed in its slip's QR; NULL if unknown.
 * (transfer full) */
QuayRefundRecord *quay_till_refund_record (QuayTill *till, const char *number);

/** Of these business days, newest first, without lines. (element-type QuayRefundRecord) (transfer
 * full) */
GPtrArray *quay_till_refunds (QuayTill *till, QuayDay from, QuayDay to, guint limit);

/** Its slip for the screen, as quay_till_render_receipt(). quay_till_reprint() and
 * quay_till_copy_receipt() take a refund's number, too. */
GBytes *quay_till_render_refund (QuayTill *till, const QuayRefundRecord *refund, const char *format,
                                 int width_mm, gboolean copy, GError **error);

/** What a sale was paid with by @tender, as put right, and has not handed back. */
QuayMoney quay_till_paid_by (QuayTill *till, const QuaySaleRecord *sale, gint64 tender);

/** (element-type QuayExcess), the latest refund first; refunds without a receipt are none. */
GPtrArray *quay_till_excess (QuayTill *till);

G_END_DECLS
