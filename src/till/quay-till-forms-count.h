/* Papers of counts, moves and fairs, as PDF. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/**
 * quay_till_print_count:
 *
 * The minutes of a count (Biên bản kiểm kê, 05-VT) as it stands by now.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, QUAY_ERROR_IO, _FULL or _READ_ONLY.
 */
gboolean quay_till_print_count (QuayTill *till, const QuayId *count, const char *path,
                                GError **error);

/** The packing list of a move, by its number; errors as above. */
gboolean quay_till_packing_list (QuayTill *till, const char *number, const char *path,
                                 GError **error);

/** The report of a fair by producers and products; errors as above. */
gboolean quay_till_print_fair (QuayTill *till, const QuayId *fair, const char *path,
                               GError **error);

G_END_DECLS
