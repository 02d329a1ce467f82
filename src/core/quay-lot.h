/* Lots: which goods, whose, on what terms; which lots give a line; what the producer gets for it.
 * Pure; any thread. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"

G_BEGIN_DECLS

/**
 * QuayTermsKind: how the shop has the goods. The numbers are stored.
 * @QUAY_TERMS_NONE: not known (unallocated goods, baskets made of other lots)
 * @QUAY_TERMS_OWN: bought outright (mua đứt) at a price
 * @QUAY_TERMS_COMMISSION: consigned (ký gửi), the shop keeps a percentage (hoa hồng)
 * @QUAY_TERMS_TRANSFER: consigned, the producer gets an agreed price a unit (giá giao); Law on
 *   Commerce 36/2005/QH11 art. 171
 */
typedef enum
{
  QUAY_TERMS_NONE,
  QUAY_TERMS_OWN,
  QUAY_TERMS_COMMISSION,
  QUAY_TERMS_TRANSFER,
} QuayTermsKind;

/** What a commission is taken of. The numbers are stored. */
typedef enum
{
  QUAY_BASE_PAID,  /* what the customer paid: the producer shares discounts */
  QUAY_BASE_SHELF, /* the shelf price: the shop bears discounts */
} QuayTermsBase;

/**
 * QuayTerms: the terms of a lot; they never change.
 * @price: of one unit: what it cost, or the agreed transfer price; 0 with a commission
 * @commission_bp: what the shop keeps, hundredths of a percent, 0 … 10000
 * @net_of_vat: 1: the commission is taken of the amount without VAT
 */
typedef struct
{
  gint64 kind;
  QuayMoney price;
  gint64 commission_bp;
  gint64 base;
  gint64 net_of_vat;
} QuayTerms;

/**
 * QuayLot: a lot as it lies at one place. Text members are owned.
 * @producer: nil if unknown; @party: who delivered it, nil if unknown
 * @made, @expires, @received: days, 0 unknown
 * @code: the producer's lot number, @trace: the text of its trace code, both as given
 * @blocked: why it may not be sold (a recall), NULL if it may
 * @qty: what is left there
 * @receipt: number of the document that brought it, NULL if none
 */
typedef struct
{
  QuayId id;
  QuayId product;
  QuayId producer;
  QuayId party;
  QuayTerms terms;
  QuayDay made;
  QuayDay expires;
  QuayDay received;
  char *code;
  char *trace;
  char *blocked;
  char *receipt;
  QuayQty qty;
} QuayLot;

void quay_lot_free (QuayLot *lot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayLot, quay_lot_free)

/** True for goods that are the producer's until they are sold. */
gboolean quay_terms_are_consigned (const QuayTerms *terms);

/** Order in which lots are sold: first expired first out (FEFO), unknown dates last; then first
 * received; then by id, so that all tills agree. */
int quay_lot_compare (const QuayLot *a, const QuayLot *b);

/** True for a lot that may not be sold on @day: held back, or expired before it. */
gboolean quay_lot_is_barred (const QuayLot *lot, QuayDay day);

/**
 * QuayTake: what is asked of the lots of a product.
 * @qty: above 0
 * @day: what expires before it is expired
 * @code: a lot's number as scanned: that lot gives first; NULL
 * @override: expired and blocked lots may give, too: somebody answers for it
 */
typedef struct
{
  QuayQty qty;
  QuayDay day;
  const char *code;
  gboolean override;
} QuayTake;

/**
 * quay_lots_take:
 * @lots: (element-type QuayLot): those of one product at one place, in any order; only those with
 *   something left give
 * @parts: (inout): QuayPart a lot are appended, with lot and quantity; what no lot gives is left to
 *   the caller: it is unallocated
 * @rest: (out): that
 *
 * Returns: FALSE with QUAY_ERROR_REFUSED if what is not expired does not suffice and expired or
 *   blocked goods lie there, or if the lot that @code names is expired or blocked; @parts is then
 *   as it was.
 */
gboolean quay_lots_take (GPtrArray *lots, const QuayTake *take, GPtrArray *parts, QuayQty *rest,
                         GError **error);

/**
 * quay_terms_cost:
 * @amount: what the customer paid for @qty, VAT in; @net: without; @shelf: the shelf price of a
 *   unit, VAT in
 *
 * What @qty costs the shop: the price of own goods; the producer's share of consigned ones, which
 * is rounded here, once for each part of a line, half away from zero.
 *
 * Returns: FALSE if it is out of range.
 */
gboolean quay_terms_cost (const QuayTerms *terms, QuayQty qty, QuayMoney amount, QuayMoney net,
                          QuayMoney shelf, QuayMoney *cost) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_share:
 * @before: quantity of the parts that were served, @qty of this one, @whole of all
 *
 * This part's share of @amount: the shares of all parts add up to it. round (amount × (before +
 * qty) ÷ whole) − round (amount × before ÷ whole).
 */
gboolean quay_share (QuayMoney amount, QuayQty before, QuayQty qty, QuayQty whole,
                     QuayMoney *share) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
