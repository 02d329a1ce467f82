/* Refunds as planned, before they are booked. Shared by the files that give something back. */
#pragma once

#include "quay-till-private.h"
#include "quay-till-sales.h"

G_BEGIN_DECLS

/** Lines of a sale that are to be given back. */
typedef struct
{
  QuayTill *till;
  QuaySaleRecord *sale;
  GPtrArray *lines; /* QuayRefundLine */
  QuayMoney total;
} QuayRefundPlan;

void quay_refund_plan_free (QuayRefundPlan *refund);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayRefundPlan, quay_refund_plan_free)

/** Checks @asks (all that is left if @n is 0) against the sale @number; NULL with _NOT_FOUND or
 * _REFUSED. */
QuayRefundPlan *quay_refund_plan (QuayTill *till, const char *number, const QuayRefundAsk *asks,
                                  guint n, GError **error);

/** Whether who works may do it; @by: all of it by that tender, −1: as it was paid. */
gboolean quay_refund_is_allowed (const QuayRefundPlan *refund, gint64 by, GError **error);

/** TRUE if this till has heard of the other ones lately, so that it knows what they gave back. */
gboolean quay_refund_is_fresh (QuayTill *till);

/** Its event; @exchange: what of it pays for a sale in the same step. (transfer full) */
QuayEvent *quay_refund_event (const QuayRefundPlan *refund, const QuayId *id, gint64 by,
                              QuayMoney exchange, const char *why);

/** Prints the slip of the refund @id, that was just booked, unless it is known to be on paper. */
void quay_till_give_slip (QuayTill *till, const QuayId *id);

/** Takes over a refund of @total that was committed; its number, (transfer full). */
char *quay_refund_take (QuayTill *till, const QuayResult *done, QuayMoney total, GError **error);

/** What the exchange of @cart comes to now, NULL if it has none; FALSE with _REFUSED, if it is not
 * what the customer was told, _NOT_FOUND or _DENIED. */
gboolean quay_till_plan_exchange (QuayTill *till, const QuayCart *cart, QuayRefundPlan **plan,
                                  GError **error);

/** Adds @plan (nullable) to the sale of @cart in @txn, whose shift is @shift; the refund's id, nil
 * for none. */
QuayId quay_till_add_exchange (QuayTill *till, QuayTxn *txn, const QuayCart *cart,
                               const QuayRefundPlan *plan, const QuayId *shift);

G_END_DECLS
