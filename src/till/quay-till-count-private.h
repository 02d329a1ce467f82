/* Shared by the files of counts. */
#pragma once

#include "quay-till-count.h"
#include "quay-till-private.h"

#include "quay-goods.h"

G_BEGIN_DECLS

/** Sets book, posted, pending, amount and cost of the lines that count. FALSE if an amount is out
 * of range. */
gboolean quay_till_count_value (QuayTill *till, const QuayCount *count, GPtrArray *lines,
                                GError **error);

/** Appends what is pending of a line to @out (element-type QuayVoucherLine): one line a lot. */
gboolean quay_till_count_split (QuayTill *till, const QuayCount *count, const QuayCountLine *line,
                                GPtrArray *out, GError **error);

G_END_DECLS
