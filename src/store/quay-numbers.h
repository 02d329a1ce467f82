/* Numbers of documents: what of each counter is there. Reads only. */
#pragma once

#include "quay-db.h"
#include "quay-record.h"

G_BEGIN_DECLS

/** All numbers of documents, as a column: an entry counts where it is not the document or the cash
 * movement that made it that has the number. */
#define QUAY_SQL_NUMBERS                                                                           \
  "SELECT number FROM sale UNION ALL SELECT number FROM refund UNION ALL"                          \
  " SELECT number FROM cash_move UNION ALL SELECT number FROM shift UNION ALL"                     \
  " SELECT number FROM voucher WHERE number IS NOT NULL UNION ALL"                                 \
  " SELECT number FROM settlement WHERE number IS NOT NULL UNION ALL"                              \
  " SELECT number FROM customer_order UNION ALL SELECT number FROM entry e WHERE"                  \
  " number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cash_move WHERE no = e.no)"                   \
  " AND NOT EXISTS (SELECT 1 FROM voucher WHERE no = e.no)"                                        \
  " AND NOT EXISTS (SELECT 1 FROM settlement WHERE no = e.no)"                                     \
  " UNION ALL SELECT number FROM payment_fix UNION ALL SELECT number FROM customer_move m WHERE"   \
  " kind NOT IN ('sale', 'refund', 'fixed')"                                                       \
  " AND NOT EXISTS (SELECT 1 FROM cash_move WHERE no = m.no)"

/**
 * quay_numbers_read:
 *
 * Every counter of the file's documents, by its prefix: sales, refunds, cash moves, shifts. Reads
 * all their numbers: a second or two for a million. Any thread with a connection of its own.
 *
 * Returns: (transfer full) (element-type QuayNumbers): NULL with an error of the file.
 */
GPtrArray *quay_numbers_read (QuayDb *db, GError **error);

G_END_DECLS
