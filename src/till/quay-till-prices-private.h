/* Shared by what prices a cart: promotions, lists, discounts, law. Private to this folder. */
#pragma once

#include "quay-promotion.h"
#include "quay-till-prices.h"
#include "quay-till-private.h"

G_BEGIN_DECLS

/* --- quay-till-law.c --- */

/** From so much alcohol on (tenths of a percent) nothing may be taken off; 0: there is no such law.
 */
gint64 quay_till_spirit_abv (QuayTill *till);
/** FALSE with QUAY_ERROR_LAW: "@what|which law|its number", for the page to word. */
gboolean quay_till_refuse_by_law (QuayTill *till, const char *what, const char *code,
                                  GError **error);
/** FALSE with QUAY_ERROR_LAW if @line must not be sold here and now. */
gboolean quay_till_line_is_lawful (QuayTill *till, const QuayLine *line, GError **error);

/* --- quay-till-promotions.c --- */

/** All promotions, kept until products change or something comes in; borrowed. */
GPtrArray *quay_till_peek_promotions (QuayTill *till);
/** Something about promotions changed. */
void quay_till_forget_promotions (QuayTill *till);
/** Now, as promotions see it. */
QuayPromoMoment quay_till_promo_moment (QuayTill *till);

/* --- quay-till-prices.c --- */

/** The list of a cart, (transfer full); NULL: it has none. To be read once for all its lines. */
QuayPriceList *quay_till_cart_list (QuayTill *till, const QuayCart *cart);
/** The price of a line that nobody priced by hand: of @list, its cart's, if enough of the product
 * is there, else of the shelf. FALSE: the catalogue says nothing of it. */
gboolean quay_till_find_price (QuayTill *till, const QuayCart *cart, const QuayPriceList *list,
                               const QuayLine *line, QuayMoney *price);
/** Adds to @txn what sets prices, a few hundred an event. */
void quay_till_add_price_asks (QuayTill *till, QuayTxn *txn, const char *code,
                               const QuayPriceAsk *asks, guint n, QuayDay day, const char *why);
/** The list of the place that is sold from, if it may be used today; (transfer full), else NULL. */
char *quay_till_place_list (QuayTill *till);
/** An empty cart on the counter gets it. */
void quay_till_take_place_list (QuayTill *till);

/* --- quay-till-price.c --- */

/** Each line of @cart gets the price that the catalogue asks today. FALSE where one is out of
 * range, with the lines before it changed: of a copy. */
gboolean quay_till_take_prices (QuayTill *till, QuayCart *cart, GError **error);

/* --- quay-till-discount.c --- */

/** Works out again what lines of @cart cost: prices of its list, promotions, discounts. FALSE with
 * the cart as it was. */
gboolean quay_till_reprice (QuayTill *till, QuayCart *cart, GError **error);
/** Groups and producers of the lines of @cart: QuayPromoGoods, one a line, (transfer full), whose
 * texts live as long as @items, an array that frees items. */
GArray *quay_till_promo_goods (QuayTill *till, const QuayCart *cart, GPtrArray *items);
/** Whether who works may sell @cart at these prices, and the law lets it. */
gboolean quay_till_check_discounts (QuayTill *till, const QuayCart *cart, GError **error);

G_END_DECLS
