/* Counts of stock as values: what was seen on the shelves, which observation counts, what the books
 * say. Pure. Text members are owned. */
#pragma once

#include "quay-day.h"
#include "quay-id.h"
#include "quay-money.h"

G_BEGIN_DECLS

/**
 * QuayCount: a count (kiểm kê).
 * @scope: code of the category that is counted; NULL: everything
 * @blind: who counts does not see the books
 * @loc: the place, @loc_name: its name
 * @opened, @closed: days; @closed 0 while it goes on
 * @seen: how many goods were seen; @late: of a closed one, how many lines moves that came later
 *   have made wrong; -1: not looked at
 */
typedef struct
{
  QuayId id;
  char *name;
  char *scope;
  gboolean blind;
  QuayId loc;
  char *loc_name;
  QuayDay opened;
  QuayDay closed;
  gint64 seen;
  gint64 late;
} QuayCount;

void quay_count_free (QuayCount *count);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCount, quay_count_free)

/** What somebody saw; @seen: when, ms. */
typedef struct
{
  QuayQty qty;
  gint64 seen;
  char *who;
} QuayObservation;

void quay_observation_free (QuayObservation *observation);

/**
 * QuayCountLine: one product, or one lot of it, in a count.
 * @whole: all lots of the product together; else @lot, nil for unallocated goods
 * @lot_code, @expires: of the lot
 * @observations: (element-type QuayObservation): oldest first; empty for goods in the books that
 *   nobody saw
 * @picked: which of them is taken; -1: none
 * @counts: whether the line counts: FALSE if nobody saw it, if it was left out, or if the product
 *   was counted both whole and by lots and the other way counts
 * @clash: the product was counted both ways
 * @found: what was seen; @book: what the books say of that moment, by all that is known now,
 *   without what this count itself wrote; of goods that nobody saw, of now
 * @bearer: what is missing of consigned goods is the producer's loss, by somebody's choice; else
 * the shop's. @consigned: what is to be written touches consigned goods
 * @posted: what documents of this count have written; @pending: found − book − posted
 * @amount, @cost: of @posted and @pending together, at the shelf price; what it costs the shop
 *   (above 0: a loss): the purchase price, or what it owes for consigned goods
 */
typedef struct
{
  QuayId product;
  QuayId lot;
  gboolean whole;
  char *sku;
  char *name;
  char *unit;
  gboolean weighed;
  char *lot_code;
  QuayDay expires;
  QuayMoney price;
  GPtrArray *observations;
  int picked;
  gboolean counts;
  gboolean clash;
  gboolean bearer;
  gboolean consigned;
  QuayQty found;
  QuayQty book;
  QuayQty posted;
  QuayQty pending;
  QuayMoney amount;
  QuayMoney cost;
} QuayCountLine;

/** A line without observations; (transfer full). */
QuayCountLine *quay_count_line_new (void);
void quay_count_line_free (QuayCountLine *line);

/** When the observation that is taken was made; 0 if none is. */
gint64 quay_count_line_seen (const QuayCountLine *line);

/**
 * QuayCountPick: which observation of a product or a lot somebody chose.
 * @lot: nil and @whole for the whole product
 * @seen: of the observation; 0: the line is left out
 */
typedef struct
{
  QuayId product;
  QuayId lot;
  gboolean whole;
  gint64 seen;
} QuayCountPick;

/**
 * quay_count_choose:
 * @lines: (element-type QuayCountLine): sets picked, counts, clash and found of each
 * @picks: (element-type QuayCountPick): what people chose
 *
 * The latest observation of a line is taken unless another was chosen. Of a product that was
 * counted whole and by lots, one way counts: the chosen one, else the one with the latest
 * observation.
 *
 * Returns: FALSE if both ways of a product were chosen: then both count, which can't be.
 */
gboolean quay_count_choose (GPtrArray *lines, GPtrArray *picks);

G_END_DECLS
