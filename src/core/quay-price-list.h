/* Price lists beside the shelf prices: wholesale, members, a fair. Values and their rules; pure.
 * Text members are owned. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"

G_BEGIN_DECLS

#define QUAY_PRICE_LIST_CODE_MAX 40

/**
 * QuayPriceList:
 * @code: what it is known by, a–z, 0–9 and "-"
 * @from, @until: first and last day on which it may be used, 0 open
 * @minimum: so much of a product has to be in the cart for its price to count, 0 any
 * @place: the one place where it may be used, nil: everywhere
 * @active: FALSE: not used any more
 */
typedef struct
{
  char *code;
  char *name;
  QuayDay from;
  QuayDay until;
  QuayQty minimum;
  QuayId place;
  gboolean active;
} QuayPriceList;

/** A product with its prices: on the shelf, and in each list that was asked for. @prices:
 * (element-type QuayListPrice), one a list. */
typedef struct
{
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  gboolean has_price;
  QuayMoney price;
  GArray *prices;
} QuayPriceRow;

/** The price of a list that counts today; @coming: one from a later day on, which is @coming_day, 0
 * for none. */
typedef struct
{
  gboolean has_price;
  QuayMoney price;
  QuayDay coming_day;
  gboolean coming_has_price;
  QuayMoney coming;
} QuayListPrice;

/** An empty one, in use; (transfer full). */
QuayPriceList *quay_price_list_new (void);
void quay_price_list_free (QuayPriceList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayPriceList, quay_price_list_free)
void quay_price_row_free (QuayPriceRow *row);

/** Whether it may be used on a day at a place. */
gboolean quay_price_list_is_on (const QuayPriceList *list, QuayDay day, const QuayId *place);

/** The member that is wrong ("code", "name", "until", "minimum"); NULL if none is. */
const char *quay_price_list_check (const QuayPriceList *list);

/** A code out of a name: "Giá sỉ" → "gia-si"; (transfer full), "" if nothing is left of it. */
char *quay_price_list_code_of (const char *name);

G_END_DECLS
