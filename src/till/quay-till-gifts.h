/* Gifts that the open cart has earned and that are not in it yet. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/**
 * QuayGift: text members are owned.
 * @name: of the product, @promotion: of what gives it
 * @missing: pieces that may still be added, at least one
 * @on_hand: so many of them are there beside what the cart has, from 0 to @missing
 * @bp: what is taken off each, hundredths of a percent; 10000: it is free
 */
typedef struct
{
  QuayId product;
  char *name;
  char *promotion;
  gint64 missing;
  gint64 on_hand;
  gint64 bp;
} QuayGift;
void quay_gift_free (QuayGift *gift);

/**
 * quay_till_cart_gifts:
 *
 * What the customer may still have by the promotions of this moment: of each product once, by the
 * promotion that gives most of it. Goods that the law keeps promotions from, that have no price or
 * are sold no more are not in it.
 *
 * Returns: (element-type QuayGift) (transfer full): by name; empty also where it can't be read,
 *   which is told as every failed read.
 */
GPtrArray *quay_till_cart_gifts (QuayTill *till);

/** Adds to the open cart what of them is on hand. FALSE with QUAY_ERROR_NOT_FOUND if nothing is, or
 * as quay_till_cart_add_item(), with those before it added. */
gboolean quay_till_cart_take_gifts (QuayTill *till, GError **error);

G_END_DECLS
