/* Reads about customers: who is known, what they owe, their accounts. As all reads: answers count
 * after quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-customer.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/** All customers, in no order, sealed, with debt, points, ages at @today and the last day:
 * (element-type QuayCustomer) (transfer full). */
GPtrArray *quay_reader_customers (QuayReader *reader, QuayDay today);
/** One of them; (transfer full), NULL if unknown. */
QuayCustomer *quay_reader_customer (QuayReader *reader, const QuayId *id, QuayDay today);

/** The customer's points. */
gint64 quay_reader_points (QuayReader *reader, const QuayId *customer);
/** What was owed after everything up to @ts, for a receipt that is printed again. */
QuayMoney quay_reader_debt_at (QuayReader *reader, const QuayId *customer, gint64 ts);

/** An account, newest first: (element-type QuayCustomerLine) (transfer full). */
GPtrArray *quay_reader_customer_lines (QuayReader *reader, const QuayId *customer);
/** The line of an event; @customer: (out): whose; NULL if there is none. (transfer full) */
QuayCustomerLine *quay_reader_customer_line (QuayReader *reader, const QuayId *event,
                                             QuayId *customer);

G_END_DECLS
