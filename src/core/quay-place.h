/* Places where goods lie, and fairs at which some of them stand. Values and their rules; pure. Text
 * members are owned. */
#pragma once

#include "quay-day.h"
#include "quay-id.h"
#include "quay-money.h"

G_BEGIN_DECLS

#define QUAY_PLACE_FLOOR "floor"
#define QUAY_PLACE_STORE "store"
#define QUAY_PLACE_STALL "stall"

/**
 * QuayPlace: the shop floor, a storeroom, a stall at a fair.
 * @kind: one of QUAY_PLACE_…
 * @products: how many lie there (or below nothing); @value: of them, at today's shelf prices
 * @selling: this computer sells from there
 */
typedef struct
{
  QuayId id;
  char *name;
  char *kind;
  gint64 products;
  QuayMoney value;
  gboolean selling;
} QuayPlace;

void quay_place_free (QuayPlace *place);

/** What lies of a lot at a place; @lot nil: unallocated. @value: at today's shelf price. */
typedef struct
{
  QuayId product;
  QuayId lot;
  char *sku;
  char *name;
  char *unit;
  gboolean weighed;
  char *code; /* of the lot, as the producer gave it */
  QuayDay expires;
  QuayQty qty;
  QuayMoney value;
} QuayPlaceRow;

void quay_place_row_free (QuayPlaceRow *row);

/** Where a fair stands in time. */
typedef enum
{
  QUAY_FAIR_PLANNED,
  QUAY_FAIR_RUNNING,
  QUAY_FAIR_TO_RETURN, /* over, and not closed: the goods are to come back and be counted */
  QUAY_FAIR_CLOSED,
} QuayFairState;

/**
 * QuayFair:
 * @commune: code of the commune where it is; @where: stall, hall or street in it
 * @from, @to: its days
 * @notice, @notice_day: number and day of the notice to that commune's People's Committee; NULL
 *   and 0: none was given
 * @due: the last day on which the notice is in time, quay_fair_notice_due(); worked out
 * @cost: of the stall, by contract; @remark: the contract's number and what else was agreed
 * @back: for how many days customers may bring goods back
 * @loc: the place of its stall
 * @closed: the day on which it was closed, 0 while it is not
 */
typedef struct
{
  QuayId id;
  char *name;
  char *organiser;
  char *commune;
  char *where;
  QuayDay from;
  QuayDay to;
  char *notice;
  QuayDay notice_day;
  QuayDay due;
  QuayMoney cost;
  char *remark;
  gint64 back;
  QuayId loc;
  QuayDay closed;
} QuayFair;

/** Days for which goods sold off the premises are taken back: Decree 55/2024/ND-CP. */
#define QUAY_FAIR_BACK_DAYS 30

/** A fair whose goods are taken back for QUAY_FAIR_BACK_DAYS; (transfer full). */
QuayFair *quay_fair_new (void);
void quay_fair_free (QuayFair *fair);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayFair, quay_fair_free)

/** Where the fair stands on @today. */
QuayFairState quay_fair_state (const QuayFair *fair, QuayDay today);

/** The last day on which the notice for a fair that begins on @first is in time: three working days
 * before. Working days are Monday to Friday but for @holidays. */
QuayDay quay_fair_notice_due (QuayDay first, const QuayDay *holidays, guint n_holidays);

/** TRUE unless a notice was given in time: by the fair's due day. */
gboolean quay_fair_lacks_notice (const QuayFair *fair);

/** The last day on which customers may bring goods back. */
QuayDay quay_fair_back_until (const QuayFair *fair);

/** A line of a fair's report: what went to its stall, was sold there, came back. Differences: what
 * counts at the stall found, below 0 missing. */
typedef struct
{
  QuayId product;
  QuayId producer;
  char *sku;
  char *name;
  char *unit;
  char *producer_name;
  QuayQty out;
  QuayQty sold;
  QuayQty refunded;
  QuayQty back;
  QuayQty difference;
  QuayQty left;       /* lies there now */
  QuayMoney amount;   /* of what was sold */
  QuayMoney returned; /* given back to customers */
  QuayMoney lost;     /* what the differences cost the shop */
} QuayFairRow;

void quay_fair_row_free (QuayFairRow *row);

G_END_DECLS
