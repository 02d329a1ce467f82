/* Reads of orders with a deposit, and what belongs to them. As all reads: answers count after
 * quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-order.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/** All open orders, and those ended on @since or later, without their lines; customers stay sealed.
 * (element-type QuayOrderRecord) (transfer full), in the order of quay_order_compare(). */
GPtrArray *quay_reader_orders (QuayReader *reader, QuayDay since);

/** An order with its lines; (transfer full), NULL if unknown. */
QuayOrderRecord *quay_reader_order (QuayReader *reader, const QuayId *id);
/** The same by number, in any case. */
QuayOrderRecord *quay_reader_order_by_number (QuayReader *reader, const char *number);

/** How much of each product open orders wait for, in thousandths: QuayId → QuayQty, both owned by
 * the table; (transfer full). The order @but (nullable) is not counted. */
GHashTable *quay_reader_reserved (QuayReader *reader, const QuayId *but);

/** Products whose price changed by a day from @since to @today: (element-type QuayId) (transfer
 * full), by SKU. */
GPtrArray *quay_reader_repriced (QuayReader *reader, QuayDay since, QuayDay today);

G_END_DECLS
