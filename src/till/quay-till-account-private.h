/* Customers' accounts, for the files that sell and give back. */
#pragma once

#include "quay-customer.h"
#include "quay-receipt.h"
#include "quay-refund-private.h"

G_BEGIN_DECLS

/* --- quay-till-debts.c --- */

/** Whether the settled @payments may be made on the account of @cart's customer. @points: (out):
 * what the sale adds to the customer's points. FALSE with QUAY_ERROR_REFUSED, _NOT_FOUND or
 * _DENIED. */
gboolean quay_till_check_account (QuayTill *till, const QuayCart *cart, GPtrArray *payments,
                                  gint64 *points, GError **error);

/* --- quay-till-points.c --- */

/** The part of it about points; notes in each payment how many it took. */
gboolean quay_till_count_points (QuayTill *till, const QuayCart *cart, const QuayCustomer *customer,
                                 GPtrArray *payments, gint64 *points, GError **error);

/** What a refund that hands @payments back adds to the customer's points: those spent come back,
 * those earned go, each by its share. */
gint64 quay_till_refund_points (const QuayRefundPlan *refund, GPtrArray *payments);

/** What the receipt of @sale says about its customer's account. */
void quay_till_fill_account (QuayTill *till, QuaySaleRecord *sale);

/* --- quay-till-print.c --- */

/** Sends a slip (transfer full) that is no sale's to the printer; @name: what is told of it. */
void quay_till_print_slip (QuayTill *till, QuayReceipt *receipt, const char *name);

G_END_DECLS
