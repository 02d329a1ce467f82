/* Discounts of lines and carts, and in which order all that is taken off is taken. Pure; any
 * thread. */
#pragma once

#include "quay-cart.h"
#include "quay-promotion.h"

G_BEGIN_DECLS

/*
 * What a line costs, in this order:
 *  1. its gross: quantity × price, where the price is that of the shelf, of the cart's list, or one
 *     that was given by hand;
 *  2. the one promotion that is best for the customer, of the gross;
 *  3. its discount by hand, in percent of what 2 left or in đồng, at most all of it;
 *  4. its share of the cart's discount, in percent of the sum of what 3 left or in đồng, at most
 *     all of it, spread over the lines in proportion by the largest remainder.
 * Nothing is ever taken off goods that the law keeps discounts from; they have no share in 4. VAT
 * is worked out of what is left in the end.
 */

/** TRUE for a line of which nothing may be taken off: it has @spirit_abv or more alcohol (tenths of
 * a percent; 0: there is no such rule). */
gboolean quay_discount_is_barred (const QuayLine *line, gint64 spirit_abv);

/** An order of lines by what they are, so that their place in the cart decides nothing. 0 for lines
 * that are alike. */
int quay_discount_compare (const QuayLine *a, const QuayLine *b);

/**
 * quay_discount_spread:
 * @amount: from 0; at most the sum of @weights
 * @weights: @n numbers from 0
 * @shares: (out): of @amount, in proportion, none above its weight; they add up to it
 *
 * Whole đồng that are left over go to the largest remainders, of equal ones to the first.
 */
void quay_discount_spread (gint64 amount, const gint64 *weights, guint n, gint64 *shares);

/** The discount by hand of a line; NULL for none. Borrowed. */
const QuayOff *quay_discount_by_hand (const QuayLine *line);

/** @line without what was computed; a discount by hand stays and is worked out again of the whole
 * gross. FALSE as quay_line_price(). */
gboolean quay_discount_reprice (QuayLine *line, GError **error);

/**
 * quay_discount_set_line:
 * @bp: hundredths of a percent, 0–10000; @amount: đồng, from 0; at most one of them above 0; both
 *   0: none
 * @why: its reason, printed under the line; copied
 *
 * Gives a line a discount by hand instead of the one that it had. Computed ones go until
 * quay_discount_apply().
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, nothing changed: out of range, or more than the line.
 */
gboolean quay_discount_set_line (QuayLine *line, gint64 bp, QuayMoney amount, const char *why,
                                 GError **error);

/**
 * quay_discount_apply:
 * @cart: with its discount in @off_bp or @off
 * @promotions: (element-type QuayPromotion) (nullable)
 * @goods: QuayPromoGoods, one a line
 *
 * Works out again what is taken off each line, in the order that is written above.
 *
 * Returns: FALSE with an error as quay_line_price(), the cart unchanged.
 */
gboolean quay_discount_apply (QuayCart *cart, GPtrArray *promotions, const QuayPromoMoment *moment,
                              GArray *goods, GError **error);

/** What is taken off all lines of a cart. */
QuayMoney quay_discount_total (GPtrArray *lines);

/** @off in whole hundredths of a percent of @gross: what a limit is compared with. */
gint64 quay_discount_percent (QuayMoney off, QuayMoney gross);

G_END_DECLS
