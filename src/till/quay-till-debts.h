/* What customers owe and pay (ghi nợ), and their points. */
#pragma once

#include "quay-customer.h"
#include "quay-till.h"

G_BEGIN_DECLS

/*
 * A sale is put on somebody's account by the tender QUAY_TENDER_DEBT: the cart must know its
 * customer; up to the customer's limit it takes the right QUAY_ACT_DEBT, beyond it
 * QUAY_ACT_DEBT_OVER.
 */

/** What may still be put on a customer's account within the limit; 0 if nothing. */
QuayMoney quay_till_debt_room (QuayTill *till, const QuayId *customer);

/** A customer's account, newest first: (element-type QuayCustomerLine) (transfer full). */
GPtrArray *quay_till_customer_lines (QuayTill *till, const QuayId *customer);

/**
 * QuayDebtEntry: what is to be written into a customer's account.
 * @kind: "paid": money comes in (@amount above 0, no more than is owed), or what was paid ahead
 *   goes out (below 0, no more than that); "opening": owed before the shop used the till, once;
 *   "adjusted": @amount is added to the debt, written off where it is below 0: takes the right
 *   QUAY_ACT_ERASE and a reason
 * @tender: of "paid": cash, which goes into the open shift's drawer, card or transfer
 * @ref, @why: may be NULL
 */
typedef struct
{
  QuayId customer;
  const char *kind;
  QuayMoney amount;
  gint64 tender;
  const char *ref;
  const char *why;
} QuayDebtEntry;

/**
 * quay_till_post_debt:
 * @id: made before the first try; posting it again gives the first answer
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_NOT_FOUND, _INVALID (kind, amount,
 *   text, reason), _REFUSED (more than is owed; a second opening; erased), _DENIED, _EXISTS (@id is
 *   that of something else) or a storage error.
 */
char *quay_till_post_debt (QuayTill *till, const QuayId *id, const QuayDebtEntry *entry,
                           GError **error);

/**
 * quay_till_print_statement:
 * @path: (nullable): the file; NULL: forms/ID.pdf in the shop's folder
 *
 * The whole account with its ages, to compare, on A4.
 *
 * Returns: (transfer full): the file's path; NULL with QUAY_ERROR_NOT_FOUND or the errors of
 *   writing.
 */
char *quay_till_print_statement (QuayTill *till, const QuayId *customer, const char *path,
                                 GError **error);

/** The same on the receipt printer. QUAY_ERROR_NOT_FOUND: no such customer, or no printer. */
gboolean quay_till_print_statement_slip (QuayTill *till, const QuayId *customer, GError **error);

/** What the open cart's customer may pay by points now; 0 without any. */
QuayMoney quay_till_points_usable (QuayTill *till);

G_END_DECLS
