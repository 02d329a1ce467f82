/* What the shop and its producers owe each other, and what customers ordered. Values, shared by
 * pages, events and forms. Text members are owned. */
#pragma once

#include "quay-lot.h"

G_BEGIN_DECLS

/** A lot in a settlement: what happened since the earlier ones. @opening + @in − @sold − @back −
 * @loss − @waste is what is left. */
typedef struct
{
  QuayId lot;
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  QuayQty opening;
  QuayQty in;
  QuayQty sold;
  QuayQty back;
  QuayQty loss;
  QuayQty waste;
  QuayMoney amount;
  QuayMoney cost;
} QuaySettledLot;

/**
 * consign.settled (01-BH): per lot everything known − everything that earlier settlements stored.
 * @from, @to: days of the heading; no figure depends on them
 * @amount: Σ sold for; @cost: Σ owed; the commission is the difference
 * @tax: withheld from the producer, taken off what is owed
 */
typedef struct
{
  char *number;
  QuayId document;
  QuayId producer;
  char *name;
  gint64 from;
  gint64 to;
  GPtrArray *lots; /* QuaySettledLot */
  QuayMoney amount;
  QuayMoney cost;
  QuayMoney tax;
  char *note;
} QuaySettled;

/**
 * producer.entry: the account of a producer or supplier.
 * @kind: "payout", "advance", "goods" (what the producer bought or took), "charge", "correction",
 *   "opening"
 * @amount: above 0: the shop owes more; below 0: less
 * @tender: how money moved; @money 0: none did
 * @doc: the settlement, receipt or sale that it belongs to
 */
typedef struct
{
  char *number;
  QuayId producer;
  char *name;
  char *kind;
  QuayMoney amount;
  gint64 tender;
  gint64 money;
  QuayId doc;
  char *ref;
  char *why;
} QuayEntry;

/** order.placed: @buyer is sealed (base64), its key is kept outside the journal. The deposit's
 * money is a cash.moved event of its own where it is cash. */
typedef struct
{
  char *number;
  char *buyer;
  gint64 due;
  GPtrArray *lines; /* QuayLine */
  QuayMoney total;
  QuayMoney deposit;
  gint64 tender;
  char *ref;
  char *note;
} QuayOrder;

/** order.ended: @how: "handed" (@sale), "cancelled". @back: of the deposit, given back. */
typedef struct
{
  QuayId order;
  char *how;
  QuayId sale;
  QuayMoney back;
  gint64 tender;
  char *why;
} QuayOrderEnded;

/** An empty settlement, entry, order, with lists; (transfer full). */
QuaySettled *quay_settled_new (void);
void quay_settled_free (QuaySettled *settled);
QuayEntry *quay_entry_new (void);
void quay_entry_free (QuayEntry *entry);
QuayOrder *quay_order_new (void);
void quay_order_free (QuayOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySettled, quay_settled_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayEntry, quay_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayOrder, quay_order_free)

G_END_DECLS
