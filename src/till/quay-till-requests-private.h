/* For the verbs that do what was asked for: they end the request in their own transaction. */
#pragma once

#include "quay-store.h"
#include "quay-till-requests.h"

G_BEGIN_DECLS

/** Adds to @txn that the open requests of @customer of the @n @kinds are done today. Returns how
 * many. A failed read is told by quay_till_check_reads(). */
guint quay_till_answer_requests (QuayTill *till, QuayTxn *txn, const QuayId *customer,
                                 const QuayRequestKind *kinds, guint n);

G_END_DECLS
