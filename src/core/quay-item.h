/* A product as the counter sees it at one moment. A value; text members are owned. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"

G_BEGIN_DECLS

/**
 * QuayItem:
 * @no: small number of the product in this file, for lists; not an identity
 * @has_price: FALSE: no price is valid on the day asked for; it can't be sold until it has one
 * @rate_bp: VAT on the day asked for; QUAY_RATE_NOT_TAXED where outside VAT
 * @stars: OCOP stars if the certificate is valid on the day asked for, else 0
 * @titled: stars of the certificate whether valid or not, @stars_until its last day, 0 unknown
 * @stock: on hand at the shop floor, all lots
 * @kept: of a product in a list to sell from, how much open orders wait for
 * @makes: of a basket in such a list, how many can be made of what lies there; else 0
 * @codes: (element-type utf8): bound codes, sorted; may be NULL where not asked for
 */
typedef struct
{
  gint64 no;
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  gboolean weighed;
  gboolean has_price;
  QuayMoney price;
  char *vat_class;
  gint64 rate_bp;
  char *category;
  QuayId producer;
  char *producer_name;
  gint64 stars;
  gint64 titled;
  QuayDay stars_from;
  QuayDay stars_until;
  gint64 abv;
  QuayQty minimum;
  QuayQty stock;
  QuayQty kept;
  gint64 makes;
  char *picture;
  gboolean active;
  GPtrArray *codes;
} QuayItem;

QuayItem *quay_item_copy (const QuayItem *item);
void quay_item_free (QuayItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayItem, quay_item_free)

/**
 * A cart line for @qty of @item at its price; (transfer full).
 * NULL with QUAY_ERROR_REFUSED if the item has no price today or is no longer sold.
 */
QuayLine *quay_item_to_line (const QuayItem *item, QuayQty qty, GError **error);

/** A product category and how it is shown. */
typedef struct
{
  char *code;
  char *name_vi;
  char *name_en;
  char *icon;
  char *band;
  gint64 sort;
} QuayCategory;

void quay_category_free (QuayCategory *category);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCategory, quay_category_free)

G_END_DECLS
