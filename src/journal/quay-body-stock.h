/* The bodies of the stock family: documents of goods, counts, assignments, settlements, accounts of
 * producers, orders. What others than the journal speak of, too, is in core. All members are owned
 * by the event. */
#pragma once

#include "quay-account.h"
#include "quay-codec.h"
#include "quay-goods.h"

G_BEGIN_DECLS

/** How far a chain was known. */
typedef struct
{
  QuayId chain;
  gint64 seq;
} QuayKnown;

/** count.seen: observations of one count by one person; the place is the event's. */
typedef struct
{
  QuayId count;
  GPtrArray *lines; /* QuaySeenLine */
  GPtrArray *known; /* QuayKnown */
} QuayCountSeen;

/**
 * stock.assign: what line @line of @doc took from lot @from, came from lot @to. nil: unallocated.
 * @qty: above 0, or below for goods that came back; @amount, @cost: of that quantity, at the terms
 * of @to; @cost_from: what @from does not cost any more; @owed: what the shop owes @party, to whom
 * the goods went back, more by that (below 0: less); nil and 0 for all else.
 */
typedef struct
{
  QuayId doc;
  gint64 line;
  gint64 kind;
  QuayId product;
  QuayId from;
  QuayId to;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney cost;
  QuayMoney cost_from;
  char *why;
  QuayId party;
  QuayMoney owed;
} QuayAssign;

extern const QuayShape quay_shape_voucher;
extern const QuayShape quay_shape_count_seen;
extern const QuayShape quay_shape_assign;
extern const QuayShape quay_shape_settled;
extern const QuayShape quay_shape_entry;
extern const QuayShape quay_shape_order;
extern const QuayShape quay_shape_order_ended;

G_END_DECLS
