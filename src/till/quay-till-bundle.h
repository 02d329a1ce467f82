/* Baskets (giỏ quà): products made of others. They are made ahead, with lots of their own in which
 * the parts keep theirs, or when they are sold. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/** A part in a basket's recipe, as lists show it. */
typedef struct
{
  QuayId product;
  char *name;
  char *unit;
  gboolean weighed;
  QuayQty qty;    /* for one basket */
  QuayQty there;  /* on the shelf of the counter's place */
  QuayMoney cost; /* of @qty now, by the lots that would give */
} QuayBasketPart;

void quay_basket_part_free (QuayBasketPart *part);

/** A basket now. @whole: what the parts cost at their shelf prices, @cost: what they cost the shop.
 * @enough: whole baskets that can be made of what lies there; @ready: that stand there. */
typedef struct
{
  GPtrArray *parts; /* QuayBasketPart */
  QuayMoney price;
  QuayMoney whole;
  QuayMoney cost;
  gint64 enough;
  QuayQty ready;
} QuayBasket;

void quay_basket_free (QuayBasket *basket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayBasket, quay_basket_free)

/** What a basket is made of and comes to now; NULL for a product without a recipe. */
QuayBasket *quay_till_basket (QuayTill *till, const QuayId *product);

/** Whole baskets that can be made of what lies at the counter's place; −1 for a product that is no
 * basket. */
gint64 quay_till_baskets_enough (QuayTill *till, const QuayId *product);

/**
 * quay_till_set_recipe:
 * @parts: (element-type QuayPart): product and quantity for one basket; empty: it is no basket
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for a quantity that can't be, or a product twice;
 *   QUAY_ERROR_REFUSED for a basket in a basket; a storage error.
 */
gboolean quay_till_set_recipe (QuayTill *till, const QuayId *product, GPtrArray *parts,
                               GError **error);

/**
 * quay_till_bundle:
 * @id: of quay_till_new_id(), the same for each try
 * @n: baskets, above 0
 *
 * Makes baskets of what lies at the counter's place, first expired first; they expire with the
 * first of their parts. Parts that no lot has are unallocated.
 *
 * Returns: (transfer full): the document's number; NULL with QUAY_ERROR_REFUSED (no recipe; only
 *   expired parts, or such as are held back), _INVALID, _OVERFLOW or a storage error.
 */
char *quay_till_bundle (QuayTill *till, const QuayId *id, const QuayId *product, gint64 n,
                        GError **error);

/** Takes @n baskets of a lot apart: their parts go back to the shelf with the lots that they had.
 * QUAY_ERROR_REFUSED if so many don't stand there. */
char *quay_till_unbundle (QuayTill *till, const QuayId *id, const QuayId *product,
                          const QuayId *lot, gint64 n, GError **error);

G_END_DECLS
