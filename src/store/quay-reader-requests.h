/* Reads about requests of people about their data, and about what a customer's data still serve. As
 * all reads: answers count after quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-reader.h"
#include "quay-request.h"

G_BEGIN_DECLS

/** All requests, in no order, without title and deadlines: (element-type QuayRequest) (transfer
 * full). One of which only a part is here yet is left out. */
GPtrArray *quay_reader_requests (QuayReader *reader);
/** One of them; (transfer full), NULL if unknown. */
QuayRequest *quay_reader_request (QuayReader *reader, const QuayId *id);

/** What was sold to a customer: the last day, and whether an invoice was asked for at a sale. */
typedef struct
{
  QuayId customer;
  QuayDay last;
  gboolean invoice;
} QuayCustomerSales;

/** Of all who ever bought something under their name; reads all sales. (element-type
 * QuayCustomerSales) (transfer full). */
GArray *quay_reader_customer_sales (QuayReader *reader);

G_END_DECLS
