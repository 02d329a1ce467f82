/* The bodies of events: one struct a family, filled by the till, written and read by description.
 * All members are owned by the event. */
#pragma once

#include "quay-codec.h"
#include "quay-sale.h"

G_BEGIN_DECLS

/** chain.birth: seq 1 of every chain. @parent is nil for a first chain; else @first and @count say
 * which records of it were carried over. */
typedef struct
{
  QuayId till;
  char *code;
  char *letter;
  QuayId parent;
  gint64 first;
  gint64 count;
  char *version;
} QuayBirth;

/** setting, param, category, commune, producer, certificate, location, product: named facts of one
 * entity, which has an @id or a @code of its own. */
typedef struct
{
  QuayId id;
  char *code;
  GPtrArray *facts; /* QuayFact */
} QuayFacts;

/** code.bound: @code means @product from now on; nil unbinds it. */
typedef struct
{
  char *code;
  QuayId product;
} QuayCode;

/** One price of a product from the business day @day on; below 0: no price from that day. */
typedef struct
{
  QuayId product;
  gint64 day;
  QuayMoney price;
} QuayPrice;

/** price.set: one or many prices. */
typedef struct
{
  GPtrArray *prices; /* QuayPrice */
  char *why;
} QuayPrices;

typedef struct
{
  QuayId product;
  QuayId lot; /* nil: unallocated */
  QuayQty qty;
} QuayStockLine;

/** stock.opening: what was on the shelf when the product was entered. */
typedef struct
{
  QuayId document;
  GPtrArray *lines; /* QuayStockLine */
} QuayStockOpening;

/** document.posted: closes a long document. @count events carry it; @hash is the hex SHA-256 of
 * their ids in order. */
typedef struct
{
  QuayId document;
  char *kind;
  char *name;
  gint64 count;
  char *hash;
} QuayPosted;

/** sale: @buyer is sealed (base64), its key is kept outside the journal. @customer: whose debt and
 * points it moves, nil for none; @list: the price list, NULL for the shelf prices; @points: what
 * the customer gains by it, less what was paid with. */
typedef struct
{
  char *number;
  GPtrArray *lines;    /* QuayLine */
  GPtrArray *payments; /* QuayPayment */
  QuayMoney total;
  QuayMoney vat;
  gint64 age;
  char *buyer;
  char *note;
  QuayId customer;
  char *list;
  gint64 points;
} QuaySale;

/** @sku … @rate_bp: only where no sale is named, which would know them. */
typedef struct
{
  gint64 line; /* of the sale, from 1; 0 where no sale is named */
  QuayId product;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney net;
  gint64 restock;   /* 1: back on the shelf */
  GPtrArray *parts; /* QuayPart: the lots that it came from; cost: what is not owed any more */
  char *sku;
  char *name;
  char *unit;
  char *vat_class;
  gint64 rate_bp;
} QuayRefundLine;

/** refund: payments hold what was handed back, as positive amounts. @exchange: the sale that takes
 * them in the same step; @by: who answers for it, if not the cashier; @points: as of a sale. */
typedef struct
{
  char *number;
  QuayId sale;         /* nil: without a receipt */
  char *of;            /* the sale's number, or what is said of it */
  GPtrArray *lines;    /* QuayRefundLine */
  GPtrArray *payments; /* QuayPayment */
  QuayMoney total;
  char *why;
  QuayId customer;
  QuayId exchange;
  gint64 points;
  char *by;
} QuayRefund;

/** cart.removed, receipt.reprinted, drawer.opened, override, noted: something that is not a sale
 * but must be seen. @subject is the sale or cart, @ref its number, @act what was done (a permission
 * for an override, quay-permission.h), @by the second person, who allowed it. */
typedef struct
{
  QuayId subject;
  char *ref;
  char *name;
  QuayQty qty;
  QuayMoney amount;
  char *why;
  char *act;
  char *by;
} QuayAudit;

/** cash.moved: into the drawer (above 0) or out of it. @kind: NULL, or "bank", "safe": where
 * takings are brought, or "deposit": of an order; @party: who handed over or took it; @doc: what it
 * belongs to. */
typedef struct
{
  char *number;
  QuayMoney amount;
  char *why;
  char *kind;
  char *party;
  QuayId doc;
  char *by;
} QuayCashMoved;

/** @notes: how many of which ("500000:2 200000:1", quay-notes.h), NULL if they were not counted. */
typedef struct
{
  char *number;
  QuayMoney opening; /* the float */
  char *notes;
} QuayShiftOpened;

/** @verified: counted by @by, the second person; 0 if @by is NULL; @note: for who comes next. */
typedef struct
{
  QuayId shift;
  QuayMoney counted;
  QuayMoney expected;
  char *why;
  char *notes;
  QuayMoney verified;
  char *by;
  char *note;
} QuayShiftClosed;

extern const QuayShape quay_shape_line;
extern const QuayShape quay_shape_payment;
extern const QuayShape quay_shape_birth;
extern const QuayShape quay_shape_facts;
extern const QuayShape quay_shape_code;
extern const QuayShape quay_shape_price;
extern const QuayShape quay_shape_prices;
extern const QuayShape quay_shape_stock_opening;
extern const QuayShape quay_shape_posted;
extern const QuayShape quay_shape_sale;
extern const QuayShape quay_shape_refund;
extern const QuayShape quay_shape_audit;
extern const QuayShape quay_shape_cash_moved;
extern const QuayShape quay_shape_shift_opened;
extern const QuayShape quay_shape_shift_closed;

G_END_DECLS
