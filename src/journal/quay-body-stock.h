/* The bodies of the stock family: documents of goods, counts, assignments, settlements, accounts of
 * producers, orders. All members are owned by the event. */
#pragma once

#include "quay-codec.h"
#include "quay-lot.h"

G_BEGIN_DECLS

/**
 * QuayVoucherLine: a line of a document of goods.
 * @name, @sku, @unit: as they were
 * @lot: which lot moves; of goods received: the new lot; nil: unallocated
 * @qty: received, counted: signed, added to the stock (counted: found − book); issued and moved:
 *   above 0, taken; bundled: signed, at the document's place
 * @other: the other quantity of the form: on paper (01-VT), asked for (02-VT), book (05-VT); gross
 *   weight (06-VT)
 * @price: of a unit; @amount: of the line; both as on the form
 * @cost: what an issue or a difference costs the shop: purchase price, or the producer's share that
 *   the shop owes for consigned goods which it lost
 * @bearer: 1: the producer bears the loss (consigned goods only)
 * @seen: of a count: when the goods were looked at, ms
 * @terms_kind …: of a received lot, its terms (QuayTerms); 0 for one that is taken back
 * @deduct: taken off for moisture, dirt or grade, hundredths of a percent (06-VT)
 */
typedef struct
{
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  QuayId lot;
  QuayQty qty;
  QuayQty other;
  QuayMoney price;
  QuayMoney amount;
  QuayMoney cost;
  gint64 bearer;
  gint64 seen;
  QuayTerms terms;
  QuayId producer;
  gint64 made;
  gint64 expires;
  char *code;
  char *trace;
  gint64 deduct;
  char *note;
} QuayVoucherLine;

/**
 * QuayVoucher: goods.received (01-VT, 06-VT), goods.issued (02-VT), goods.moved, goods.counted
 * (05-VT), goods.bundled.
 * @number: PNK, PXK, PCK, KK, DG; empty in the further events of a long document
 * @document: nil, or the first event of a document that takes several
 * @party: producer or supplier, nil if none; @name: who brought or took the goods
 * @reason: received: "own", "consigned", "door", "found"; issued: "damaged", "expired", "sample",
 *   "own-use", "given", "returned"; counted: "provisional" or NULL
 * @to: moved: the place where the goods go; bundled: the basket's lot, at which its parts lie
 * @subject: counted: the count; moved: the fair; bundled: the basket's product
 * @ref, @ref_day: the paper that came with the goods
 * @reverses: the document that this one takes back
 * @total: Σ amount; @owed: of that, what the shop now owes @party (below 0: taken back)
 */
typedef struct
{
  char *number;
  QuayId document;
  QuayId party;
  char *name;
  char *reason;
  QuayId to;
  QuayId subject;
  char *ref;
  gint64 ref_day;
  QuayId reverses;
  GPtrArray *lines; /* QuayVoucherLine */
  QuayMoney total;
  QuayMoney owed;
  char *note;
} QuayVoucher;

/** What was seen on a shelf. @lot nil: all lots of the product together. */
typedef struct
{
  QuayId product;
  QuayId lot;
  gint64 whole; /* 1: all lots of the product, whatever @lot */
  QuayQty qty;
  gint64 seen; /* ms */
} QuaySeenLine;

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

/** What a quantity that goes to another lot was. The numbers are stored. */
typedef enum
{
  QUAY_ASSIGN_SOLD,
  QUAY_ASSIGN_LOST,  /* the shop bears it */
  QUAY_ASSIGN_WASTE, /* the producer bears it */
  QUAY_ASSIGN_BACK,  /* returned to the producer */
} QuayAssignKind;

/**
 * stock.assign: what line @line of @doc took from lot @from, came from lot @to. nil: unallocated.
 * @qty: above 0, or below for goods that came back; @amount, @cost: of that quantity, at the terms
 * of @to; @cost_from: what @from does not cost any more.
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
} QuayAssign;

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

extern const QuayShape quay_shape_voucher;
extern const QuayShape quay_shape_count_seen;
extern const QuayShape quay_shape_assign;
extern const QuayShape quay_shape_settled;
extern const QuayShape quay_shape_entry;
extern const QuayShape quay_shape_order;
extern const QuayShape quay_shape_order_ended;

G_END_DECLS
