/* Words about customers. (transfer full) */
#pragma once

#include "quay-customer.h"

G_BEGIN_DECLS

/** The masked phone number, debt and points; NULL if there is none of them. */
char *quay_customer_meta (const QuayCustomer *customer);
/** Debt and points; NULL for neither. */
char *quay_customer_figures (const QuayCustomer *customer);
/** What a line of an account is, in the user's language; static. */
const char *quay_customer_kind_text (const char *kind);

G_END_DECLS
