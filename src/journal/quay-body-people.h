/* The bodies of the people family: price lists, tenders put right, customers' accounts. All members
 * are owned by the event. */
#pragma once

#include "quay-body.h"

G_BEGIN_DECLS

/** listprice.set: prices of a list, which is named by its code. */
typedef struct
{
  char *list;
  GPtrArray *prices; /* QuayPrice */
  char *why;
} QuayListPrices;

/** payment.fixed: @sale was paid by @to, not by @from, as had been recorded; both have the same
 * sum.
 * @customer: whose debt it moves, nil for none; @by: who answers for it, if not the cashier. */
typedef struct
{
  char *number;
  QuayId sale;
  char *of;
  GPtrArray *from; /* QuayPayment */
  GPtrArray *to;   /* QuayPayment */
  char *why;
  QuayId customer;
  char *by;
} QuayPaymentFixed;

/**
 * customer.entry: a line of a customer's account.
 * @kind: "paid", "opening", "adjusted", "points"
 * @amount: above 0: the customer owes more
 * @money: 1: money moves by @tender, @amount of it, the other way; by cash it is numbered as a cash
 *   voucher
 * @doc: the sale that it belongs to; @points: what is added to the customer's points
 */
typedef struct
{
  char *number;
  QuayId customer;
  char *kind;
  QuayMoney amount;
  gint64 tender;
  gint64 money;
  char *ref;
  QuayId doc;
  gint64 points;
  char *why;
  char *by;
} QuayCustomerEntry;

extern const QuayShape quay_shape_list_prices;
extern const QuayShape quay_shape_payment_fixed;
extern const QuayShape quay_shape_customer_entry;

G_END_DECLS
