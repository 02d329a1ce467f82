/* Documents of goods as verbs: what a page or a command has filled in becomes one transaction. */
#pragma once

#include "quay-goods.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** The place that the counter sells from. */
QuayId quay_till_place (QuayTill *till);

/**
 * quay_till_post_goods:
 * @id: the document's id, made before the first try (quay_till_new_id()); posting it again gives
 *   the first answer
 * @loc: where the goods are; nil: the counter's place
 * @voucher: filled in; its total is worked out. Lines of issues and moves without a lot are split
 *   over the lots that are there, first expired first, and get their cost
 * @entries: (nullable) (element-type QuayEntry): what is paid or booked with it, in the same
 *   transaction; their @doc becomes the document
 *
 * Posts a document of goods. Long ones take several events of one transaction.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_INVALID (no lines, a quantity or a
 * text that can't be, expires before it is made), QUAY_ERROR_OVERFLOW, QUAY_ERROR_FULL and the
 * store's errors. Nothing is half done.
 */
char *quay_till_post_goods (QuayTill *till, const QuayId *id, QuayGoodsKind kind, const QuayId *loc,
                            QuayVoucher *voucher, GPtrArray *entries, GError **error);

G_END_DECLS
