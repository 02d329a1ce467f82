/* Reads of what was given back (quay-query-refunds.c). */
#pragma once

#include "quay-reader.h"

G_BEGIN_DECLS

/** Whole, by number (any case), the newest if two lives of a disk gave it twice; NULL if unknown.
 * (transfer full) */
QuayRefundRecord *quay_reader_refund_record (QuayReader *reader, const char *number);
/** The same by its event's id. */
QuayRefundRecord *quay_reader_refund_by_id (QuayReader *reader, const QuayId *id);

/** Of these business days, newest first, without lines. (element-type QuayRefundRecord) (transfer
 * full) */
GPtrArray *quay_reader_refunds (QuayReader *reader, QuayDay from, QuayDay to, guint limit);

G_END_DECLS
