/* Orders with a deposit: placed, handed over, cancelled; what they keep back of the stock. */
#pragma once

#include "quay-order.h"
#include "quay-till.h"

G_BEGIN_DECLS

/**
 * quay_till_place_order:
 * @id: the order's id, made before the first try (quay_till_new_id()): placing it again gives the
 *   first answer
 *
 * Places an order. A deposit in cash goes into the drawer in the same transaction, under a number
 * of its own; one by transfer or card only names its reference. Name and telephone are sealed.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_INVALID (see quay_order_check()),
 *   QUAY_ERROR_FULL and the store's errors.
 */
char *quay_till_place_order (QuayTill *till, const QuayId *id, const QuayOrderAsk *ask,
                             GError **error);

/** A line of an order for @qty at @price, which need not be today's; (transfer full), NULL with
 * QUAY_ERROR_NOT_FOUND, _INVALID or _OVERFLOW. */
QuayLine *quay_till_order_line (QuayTill *till, const QuayId *product, QuayQty qty, QuayMoney price,
                                GError **error);

/** All open orders and those that ended on @since or later, without lines; customers opened where
 * their key is here. (element-type QuayOrderRecord) (transfer full), in the order of
 * quay_order_compare(). @text: NULL, or which are meant (quay_order_matches()). */
GPtrArray *quay_till_orders (QuayTill *till, QuayDay since, const char *text);

/** One with its lines; (transfer full), NULL if there is none. */
QuayOrderRecord *quay_till_order (QuayTill *till, const QuayId *id);
QuayOrderRecord *quay_till_order_by_number (QuayTill *till, const char *number);

/**
 * quay_till_hand_over:
 *
 * Puts the order's lines at their agreed prices into a new open cart, which knows its order: paying
 * it (quay_till_pay()) takes the deposit by itself, asks for the rest alone, and ends the order in
 * the same transaction, once. Where the cart is worth less than the deposit, what is left of it is
 * given back in cash. The cart that was open is put aside; one of this order that lies aside is
 * brought back as it is.
 *
 * Returns: FALSE with QUAY_ERROR_REFUSED (it has ended, a sale is being saved), _NOT_FOUND or a
 *   storage error.
 */
gboolean quay_till_hand_over (QuayTill *till, const QuayId *order, GError **error);

/**
 * quay_till_cancel_order:
 * @id: of the ending, made before the first try
 * @back: of the deposit, given back: 0 … the deposit; cash comes out of the drawer
 * @why: must be said
 *
 * Returns: FALSE with QUAY_ERROR_REFUSED (it has ended), _INVALID, _NOT_FOUND or a storage error.
 */
gboolean quay_till_cancel_order (QuayTill *till, const QuayId *id, const QuayId *order,
                                 QuayMoney back, gint64 tender, const char *why, GError **error);

/** How much of a product open orders wait for; what can still be sold is the stock less this. */
QuayQty quay_till_reserved (QuayTill *till, const QuayId *product);
/** The same of all products: QuayId → QuayQty; (transfer full). */
GHashTable *quay_till_all_reserved (QuayTill *till);

/** Lines of the open cart that take what orders of others wait for; (transfer full) GArray of
 * guint. Selling them is not forbidden. */
GArray *quay_till_cart_over_reserved (QuayTill *till);

/** The order's slip (PHIẾU ĐẶT HÀNG) as the bytes of a file. @format: "text", "png" or "pdf";
 * @width_mm: 58 or 80. */
GBytes *quay_till_render_order (QuayTill *till, const QuayOrderRecord *order, const char *format,
                                int width_mm, GError **error);
/** Sends it to the printer of receipts; FALSE with QUAY_ERROR_NOT_FOUND if there is none. How it
 * went is told by "printed". */
gboolean quay_till_print_order (QuayTill *till, const QuayOrderRecord *order, GError **error);

G_END_DECLS
