/* Price lists: wholesale, members, a fair. Their prices by day, the list of the open cart. */
#pragma once

#include "quay-price-list.h"
#include "quay-till-catalog.h"

G_BEGIN_DECLS

/** All lists by name: (element-type QuayPriceList) (transfer full). */
GPtrArray *quay_till_price_lists (QuayTill *till);

/** Those that may be used today at the place that is sold from. */
GPtrArray *quay_till_usable_lists (QuayTill *till);

/** Saves a list under its code. FALSE with QUAY_ERROR_INVALID, whose message is the member that is
 * wrong (quay_price_list_check()), _EXISTS for the name of another one, _DENIED or a storage error.
 */
gboolean quay_till_save_price_list (QuayTill *till, const QuayPriceList *list, GError **error);

/** The list that a place's carts have from the start (a fair's); NULL: none. */
gboolean quay_till_set_place_list (QuayTill *till, const QuayId *place, const char *code,
                                   GError **error);

/** The code of the list that a place has so, whether or not it may be used today; (transfer full),
 * NULL for none. */
char *quay_till_list_of_place (QuayTill *till, const QuayId *place);

/** The price of a product in a list today; FALSE if it has none there: the shelf's counts. */
gboolean quay_till_list_price (QuayTill *till, const char *code, const QuayId *product,
                               QuayMoney *price);

/** One price to be set; −1 takes it out of the list. */
typedef struct
{
  QuayId product;
  QuayMoney price;
} QuayPriceAsk;

/**
 * quay_till_set_prices:
 * @code: list; NULL: the shelf prices
 * @asks: @n of them
 * @day: from when on, not before today
 * @why: (nullable)
 *
 * Sets prices in one step, all of them or none. The cart keeps what its lines have until somebody
 * takes the new ones, as with shelf prices. Old labels of the shelf are then in
 * quay_till_repriced().
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, _NOT_FOUND (list), _DENIED or a storage error.
 */
gboolean quay_till_set_prices (QuayTill *till, const char *code, const QuayPriceAsk *asks, guint n,
                               QuayDay day, const char *why, GError **error);

/**
 * quay_till_price_table:
 * @lists: (element-type QuayPriceList)
 * @words: (nullable): only products with all of these words
 *
 * Products with their prices today and what is to come: (element-type QuayPriceRow) (transfer
 * full), by name, those behind the first @skip, at most @limit. The first element of @prices is the
 * shelf's, the others are those of @lists.
 */
GPtrArray *quay_till_price_table (QuayTill *till, GPtrArray *lists, const char *words, guint skip,
                                  guint limit);

/** Writes all products with their prices of today into a .csv or .xlsx file: code, name, unit,
 * shelf price, one column a list, which is headed by its code. */
gboolean quay_till_export_prices (QuayTill *till, const char *path, guint *rows, GError **error);

/**
 * quay_till_import_prices:
 * @day: from when on
 * @changed: (out): how many prices were set
 * @refusals: (out) (transfer full) (element-type QuayRefusal): what is wrong with the file, by row
 *   and column; NULL if nothing is
 *
 * Reads such a file (CSV): columns "sku", "price" and the codes of lists; an empty cell changes
 * nothing, "-" takes a price out of its list. All of it or nothing.
 */
gboolean quay_till_import_prices (QuayTill *till, const char *path, QuayDay day, guint *changed,
                                  GPtrArray **refusals, GError **error);

/** Gives the open cart the prices of a list, NULL: of the shelf; lines with a price by hand keep
 * it. QUAY_ERROR_REFUSED for a list that may not be used here today. */
gboolean quay_till_cart_set_list (QuayTill *till, const char *code, GError **error);

G_END_DECLS
