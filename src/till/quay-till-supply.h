/* Goods that come in and go out otherwise than by a sale: who brings them, on what terms, drafts of
 * documents, and the verbs for receiving, buying at the door and issuing. */
#pragma once

#include "quay-goods.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** The producer of that name (any case); FALSE if there is none. */
gboolean quay_till_find_supplier (QuayTill *till, const char *name, QuayId *id);

/** The same, made if there is none: an event of its own. QUAY_ERROR_INVALID for a name that can't
 * be, and the store's errors. */
gboolean quay_till_need_supplier (QuayTill *till, const char *name, QuayId *id, GError **error);

/** The terms on which a producer delivers: as a product was received last, else as was agreed with
 * the producer, else bought outright at no price. */
void quay_till_usual_terms (QuayTill *till, const QuayId *supplier, const QuayId *product,
                            QuayTerms *terms);

/** Pieces in a carton of a product, 0 unknown. */
QuayQty quay_till_pack_of (QuayTill *till, const QuayId *product);

/**
 * quay_till_receive:
 * @id: the document's id, made before the first try
 * @voucher: with its party; reason "own", "door" or "consigned"; lines with product, quantities,
 *   terms, dates and codes. Lots get ids, amounts are worked out
 * @paid: at once from the drawer, at most the total; 0: nothing
 *
 * Posts goods received: own ones are owed to the supplier, less what is paid.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_INVALID (no supplier, unknown reason,
 *   own goods without a price, paid too much or for consigned goods), and the errors of
 *   quay_till_post_goods().
 */
char *quay_till_receive (QuayTill *till, const QuayId *id, QuayVoucher *voucher, QuayMoney paid,
                         GError **error);

/**
 * quay_till_issue:
 * @voucher: reason "damaged", "expired", "sample", "own-use", "given" or "returned" (with its
 *   party); @note says why; lines with product, quantity, a lot or none, and who bears it
 *
 * Posts goods issued from the counter's place.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_INVALID (unknown or missing reason, no
 *   producer to return to), and the errors of quay_till_post_goods().
 */
char *quay_till_issue (QuayTill *till, const QuayId *id, QuayVoucher *voucher, GError **error);

/** What is bought at the door: @gross less @deduct_bp hundredths of a percent, rounded to the
 * gram. FALSE out of range. */
gboolean quay_till_net_weight (QuayQty gross, gint64 deduct_bp, QuayQty *net);

/**
 * quay_till_save_goods_draft:
 * @name: which draft: "receive", "issue"
 * @voucher: (nullable): NULL forgets it
 * @line: (nullable): what stands in the fields of the line that is open, in the page's own words
 *
 * Keeps a document that is being filled in, so that a power cut does not lose it. It is no fact
 * yet: no other till sees it. Queued; a failure is told by storage-error.
 */
void quay_till_save_goods_draft (QuayTill *till, const char *name, const QuayVoucher *voucher,
                                 const char *line);

/** The draft of that name; (transfer full), NULL if there is none, or none that can be read. */
QuayVoucher *quay_till_goods_draft (QuayTill *till, const char *name);
/** The open line of it as it was given; (transfer full), NULL if there is none. */
char *quay_till_goods_draft_line (QuayTill *till, const char *name);

G_END_DECLS
