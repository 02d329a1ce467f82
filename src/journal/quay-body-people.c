/* Which member of which body of the people family is which key; as in quay-body.c. */
#include "quay-body-people.h"

#include "quay-body-private.h"

static const QuayField list_prices_fields[] = {
  TEXT_REQ (QuayListPrices, list, "list", 40),
  LIST (QuayListPrices, prices, "prices", &quay_shape_price),
  TEXT (QuayListPrices, why, "why", 300),
  END,
};
const QuayShape quay_shape_list_prices = { sizeof (QuayListPrices), list_prices_fields };

static const QuayField payment_fixed_fields[] = {
  TEXT_REQ (QuayPaymentFixed, number, "number", 40),
  ID_REQ (QuayPaymentFixed, sale, "sale"),
  TEXT (QuayPaymentFixed, of, "of", 40),
  LIST (QuayPaymentFixed, from, "from", &quay_shape_payment),
  LIST (QuayPaymentFixed, to, "to", &quay_shape_payment),
  TEXT (QuayPaymentFixed, why, "why", 300),
  ID (QuayPaymentFixed, customer, "customer"),
  TEXT (QuayPaymentFixed, by, "by", 40),
  END,
};
const QuayShape quay_shape_payment_fixed = { sizeof (QuayPaymentFixed), payment_fixed_fields };

static const QuayField customer_entry_fields[] = {
  TEXT_REQ (QuayCustomerEntry, number, "number", 40),
  ID_REQ (QuayCustomerEntry, customer, "customer"),
  TEXT_REQ (QuayCustomerEntry, kind, "kind", 20),
  INT_IN (QuayCustomerEntry, amount, "amount", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  { "tender", QUAY_FIELD_TENDER, G_STRUCT_OFFSET (QuayCustomerEntry, tender), TRUE, 0, 0, NULL },
  INT_OPT (QuayCustomerEntry, money, "money", 0, 1),
  TEXT (QuayCustomerEntry, ref, "ref", 100),
  ID (QuayCustomerEntry, doc, "doc"),
  INT_OPT (QuayCustomerEntry, points, "points", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  TEXT (QuayCustomerEntry, why, "why", 300),
  TEXT (QuayCustomerEntry, by, "by", 40),
  END,
};
const QuayShape quay_shape_customer_entry = { sizeof (QuayCustomerEntry), customer_entry_fields };
