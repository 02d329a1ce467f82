/* Lots at the counter: which of them give a sale, and what was given that no lot had. */
#pragma once

#include "quay-lot.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** What lies of a product at the counter's place: (element-type QuayLot) (transfer full), first
 * expired first; unallocated goods have a nil id. */
GPtrArray *quay_till_lots (QuayTill *till, const QuayId *product);

/** What a basket is made of, for one: (element-type QuayPart), empty for other products. (transfer
 * full) */
GPtrArray *quay_till_recipe (QuayTill *till, const QuayId *product);

/**
 * quay_till_cart_barred:
 *
 * Lines of the open cart that only expired goods, or such as are held back, could give: the sale is
 * refused until quay_till_cart_allow_barred().
 *
 * Returns: (transfer full): GArray of guint, the lines' indexes; empty if nothing is in the way.
 */
GArray *quay_till_cart_barred (QuayTill *till);

/** The lot because of which a line of the open cart is barred: expired, or held back; (transfer
 * full), NULL if there is none. */
QuayLot *quay_till_cart_barred_by (QuayTill *till, guint index);

/**
 * quay_till_cart_allow_barred:
 * @why: one line, 1 … 70 characters
 *
 * Lets the open cart be sold all the same; who and why goes into the journal with the sale.
 * QUAY_ERROR_INVALID without a reason.
 */
gboolean quay_till_cart_allow_barred (QuayTill *till, const char *why, GError **error);

G_END_DECLS
