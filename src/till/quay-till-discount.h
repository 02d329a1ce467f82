/* What is taken off the open cart by hand, and prices by hand. */
#pragma once

#include "quay-discount.h"
#include "quay-till.h"

G_BEGIN_DECLS

/*
 * Limits are those of QUAY_ACT_DISCOUNT, in hundredths of a percent of what the line, or the whole
 * cart with all that was taken off it by hand, would cost otherwise; another price takes
 * QUAY_ACT_PRICE. They are asked for when the discount is given, and again when the cart is sold
 * unless somebody answered for it. What goes beyond one's own limit, and every price by hand, is
 * written down at once as "noted", with the second person's word.
 */

/**
 * quay_till_cart_discount_line:
 * @bp: hundredths of a percent; @amount: đồng; at most one of them above 0; both 0: takes it away
 * @why: its reason, which is printed; needed unless it is taken away
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (out of range, no reason), _LAW, _DENIED, _NOT_FOUND.
 */
gboolean quay_till_cart_discount_line (QuayTill *till, guint index, gint64 bp, QuayMoney amount,
                                       const char *why, GError **error);

/** The same of the whole cart: it is spread over all lines but those of which the law lets nothing
 * be taken off. QUAY_ERROR_LAW if there are no others. */
gboolean quay_till_cart_discount (QuayTill *till, gint64 bp, QuayMoney amount, const char *why,
                                  GError **error);

/** Another price of a line's unit, with a reason; it stays whatever the catalogue says. The price
 * that it had before takes it back. QUAY_ERROR_REFUSED where the price is printed on the label. */
gboolean quay_till_cart_price_line (QuayTill *till, guint index, QuayMoney price, const char *why,
                                    GError **error);

/** What the catalogue or the cart's list asks for a line today; FALSE for one that was priced by
 * hand or that nobody knows. */
gboolean quay_till_cart_price_now (QuayTill *till, guint index, QuayMoney *price);

/** Works out what the lines of a cart beside the open one cost, as scanning does for that:
 * prices of its list, promotions. */
gboolean quay_till_price_cart (QuayTill *till, QuayCart *cart, GError **error);

G_END_DECLS
