/* Reads of counts, places and fairs. As all reads: answers count after quay_reader_settle(). */
#pragma once

#include "quay-count.h"
#include "quay-goods.h"
#include "quay-place.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/** What was seen in a count: (element-type QuayCountLine) (transfer full), by the products' names,
 * one for each product or lot, with its observations, oldest first. Nothing else of them is set but
 * what names the goods, and the price of @day. */
GPtrArray *quay_reader_count_seen (QuayReader *reader, const QuayId *count, QuayDay day);

/** What lies at a place of products of a category (NULL: of all): the same lines without
 * observations, one a product, whole; @book is what lies there now. */
GPtrArray *quay_reader_count_expected (QuayReader *reader, const QuayId *loc, const char *scope,
                                       QuayDay day);

/** How many goods were seen in a count. */
gint64 quay_reader_count_n_seen (QuayReader *reader, const QuayId *count);

/** A movement at the place of a count. @ts: when the goods moved; what was assigned to another lot
 * later moved when the document did. @own: the count's own documents wrote it. */
typedef struct
{
  QuayId product;
  QuayId lot;
  QuayQty qty;
  gint64 ts;
  gboolean own;
} QuayCountMove;

/** What moved at @loc after @since, and whatever documents of the count wrote:
 * GArray of QuayCountMove; (transfer full). Reads all moves once. */
GArray *quay_reader_count_moves (QuayReader *reader, const QuayId *count, const QuayId *loc,
                                 gint64 since);

/** What documents of a count have written: a line of one. @seen: of the observation. */
typedef struct
{
  QuayId product;
  QuayId lot;
  gint64 seen;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney cost;
} QuayCountPosted;
GArray *quay_reader_count_posted (QuayReader *reader, const QuayId *count);

/** The number of the first document of a count; (transfer full), NULL if there is none.
 * @provisional: whether it was marked so; @ts: when it was made. */
char *quay_reader_count_number (QuayReader *reader, const QuayId *count, gboolean *provisional,
                                gint64 *ts);

/** Labels ("QT2B") of the other tills that have moved goods at @loc since @from and whose last
 * record known here is not later than @seen: (element-type utf8) (transfer full). */
GPtrArray *quay_reader_behind (QuayReader *reader, const QuayId *loc, gint64 from, gint64 seen);

/** Whether an event of that id was booked as a document of goods, and its number. */
gboolean quay_reader_voucher_number (QuayReader *reader, const QuayId *id, char **number);

/** Places with how much lies in each: (element-type QuayPlace), by kind and name. */
GPtrArray *quay_reader_places (QuayReader *reader, QuayDay day);

/** What lies at a place by lots: (element-type QuayPlaceRow), by the products' names. */
GPtrArray *quay_reader_place_rows (QuayReader *reader, const QuayId *loc, QuayDay day);

/** A move of goods by its number: with its lines, whose lots' code and expiry are set; @from: where
 * it took them; (transfer full), NULL if there is none. */
QuayVoucher *quay_reader_moved (QuayReader *reader, const char *number, QuayId *from, QuayDay *day);

/** A fair by products: (element-type QuayFairRow), by producer and name. */
GPtrArray *quay_reader_fair_rows (QuayReader *reader, const QuayId *loc);

G_END_DECLS
