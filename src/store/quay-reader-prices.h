/* Reads of promotions, price lists and their prices. As all reads: answers count after
 * quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-price-list.h"
#include "quay-promotion.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/** All promotions, also those that are over or switched off, by their first day and name:
 * (element-type QuayPromotion) (transfer full). */
GPtrArray *quay_reader_promotions (QuayReader *reader);

/** All price lists by name: (element-type QuayPriceList) (transfer full). */
GPtrArray *quay_reader_price_lists (QuayReader *reader);

/** The price of a product in a list: of the latest day up to @day; FALSE if there is none. */
gboolean quay_reader_list_price (QuayReader *reader, const char *list, const QuayId *product,
                                 QuayDay day, QuayMoney *price);

/** The same with what is to come after @day. */
QuayListPrice quay_reader_list_price_at (QuayReader *reader, const char *list,
                                         const QuayId *product, QuayDay day);

/** The shelf price of a product that is to come after @day, in the members of that name. */
QuayListPrice quay_reader_shelf_price_at (QuayReader *reader, const QuayId *product, QuayDay day);

G_END_DECLS
