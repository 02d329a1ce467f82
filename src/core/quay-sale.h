/* What a sale is made of: lines and payments, shared by the open cart, the event and the receipt.
 * Plain values; any thread. Text members are owned by their struct. */
#pragma once

#include "quay-id.h"
#include "quay-money.h"

G_BEGIN_DECLS

/**
 * QuayLineKind:
 * @QUAY_LINE_PIECE: sold by the piece; quantity × price
 * @QUAY_LINE_WEIGHED: sold by weight; (gross − tare) × price
 * @QUAY_LINE_PRICED: a label with a printed price: the amount is that price, the weight is derived
 */
typedef enum
{
  QUAY_LINE_PIECE,
  QUAY_LINE_WEIGHED,
  QUAY_LINE_PRICED,
} QuayLineKind;

/** How money came in. The order is frozen: it is stored. */
typedef enum
{
  QUAY_TENDER_CASH,
  QUAY_TENDER_CARD,
  QUAY_TENDER_TRANSFER,
  QUAY_TENDER_DEPOSIT,  /* paid before, with an order */
  QUAY_TENDER_DEBT,     /* owed by a customer (ghi nợ) */
  QUAY_TENDER_EXCHANGE, /* goods that came back in the same step */
  QUAY_TENDER_ROUNDING, /* what cash is rounded by: below 0 where it is rounded up */
  QUAY_TENDER_POINTS,   /* a customer's points */
} QuayTender;
#define QUAY_N_TENDERS 8

/** Why a line costs less than quantity × price. The order is frozen: it is stored. */
typedef enum
{
  QUAY_OFF_LINE,      /* a discount of this line, by hand */
  QUAY_OFF_CART,      /* its share of a discount of the whole cart */
  QUAY_OFF_PROMOTION, /* a promotion of the shop */
  QUAY_OFF_EXPIRY,    /* marked down, since it expires soon */
} QuayOffKind;
#define QUAY_N_OFFS 4

/**
 * QuayOff: a reason why a line costs less.
 * @amount: taken off, đồng, above 0
 * @promo: the promotion, nil for none
 * @name: as printed under the line; owned
 * @bp: of a discount by hand in percent, hundredths of it; 0 where it was given in đồng
 */
typedef struct
{
  gint64 kind;
  QuayMoney amount;
  QuayId promo;
  char *name;
  gint64 bp;
} QuayOff;

/**
 * QuayPart: what one lot gave to a line. A plain value without texts.
 * @product: nil: the line's own; a component where the line is a bundle
 * @lot: nil: unallocated
 * @loc: nil: the document's place; where a component of an assembled bundle was kept
 * @qty: above 0
 * @amount: of what the line costs, this part's share, đồng
 * @cost: what the goods cost the shop: the producer's share where they are consigned
 */
typedef struct
{
  QuayId product;
  QuayId lot;
  QuayId loc;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney cost;
} QuayPart;

/**
 * QuayLine:
 * @product: nil for an item with no catalogue entry
 * @qty: net quantity, above 0
 * @tare: weight of the container, taken off before @qty; 0 where not weighed
 * @price: price of one unit (of a kilogram), VAT included
 * @amount: to pay for the line, VAT included, đồng; what @offs take off is off
 * @net: @amount without VAT; set by quay_tax_apply()
 * @rate_bp: VAT rate in hundredths of a percent (800 = 8 %); −1 where the goods are not taxed (KCT)
 * @code: the code as scanned, @lot and @trace what it carried
 * @abv: alcohol, tenths of a percent by volume; 0 where there is none
 * @parts: (element-type QuayPart): the lots that gave it, chosen when it is sold; NULL: none did
 * @offs: (element-type QuayOff): discounts and promotions; NULL for none
 * @was: the price of a unit that @price, given by hand, took the place of; 0 where nobody did
 */
typedef struct
{
  QuayId product;
  gint64 kind;
  char *sku;
  char *name;
  char *unit;
  QuayQty qty;
  QuayQty tare;
  QuayMoney price;
  QuayMoney amount;
  QuayMoney net;
  char *vat_class;
  gint64 rate_bp;
  char *code;
  char *lot;
  char *trace;
  char *note;
  gint64 abv;
  GPtrArray *parts;
  GPtrArray *offs;
  QuayMoney was;
} QuayLine;

/**
 * QuayPayment:
 * @amount: what it pays of the total; below 0 only for QUAY_TENDER_ROUNDING
 * @given: what the customer handed over; equals @amount except for cash
 * @change: handed back; only for cash; @given = @amount + @change
 * @ref: the bank's or the card slip's reference, or the code in the purpose of a transfer; may be
 *   NULL
 * @seen: when somebody at the counter saw the transfer arrive, ms; 0: not yet
 */
typedef struct
{
  gint64 tender;
  QuayMoney amount;
  QuayMoney given;
  QuayMoney change;
  char *ref;
  gint64 seen;
} QuayPayment;

/** A copy of @line; (transfer full), free with quay_line_free(). */
QuayLine *quay_line_copy (const QuayLine *line);
void quay_line_free (QuayLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayLine, quay_line_free)

/**
 * quay_line_price:
 *
 * Sets @amount from the kind, quantity, price and what is taken off. A QUAY_LINE_PRICED line keeps
 * its amount and gets its quantity instead: amount before discounts ÷ price to the nearest gram, at
 * least 1.
 *
 * Returns: FALSE with @error QUAY_ERROR_OVERFLOW, or QUAY_ERROR_INVALID for a quantity or price
 * below the allowed range, or more taken off than it costs; the line is then unchanged.
 */
gboolean quay_line_price (QuayLine *line, GError **error);

/** What is taken off a line in all; 0 without discounts. */
QuayMoney quay_line_off (const QuayLine *line);

/** What it would cost without discounts. */
QuayMoney quay_line_gross (const QuayLine *line);

/**
 * quay_line_set_offs:
 * @offs: (element-type QuayOff) (transfer full) (nullable): from now on
 *
 * Gives the line other discounts, and the amount that follows from its gross.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, nothing changed, if an amount is not above 0 or they are
 * more than the line's gross.
 */
gboolean quay_line_set_offs (QuayLine *line, GPtrArray *offs, GError **error);

/** A discount; (transfer full). @promo: nullable; @name is copied. */
QuayOff *quay_off_new (QuayOffKind kind, QuayMoney amount, const QuayId *promo, const char *name);
void quay_off_free (QuayOff *off);

QuayPayment *quay_payment_copy (const QuayPayment *payment);
void quay_payment_free (QuayPayment *payment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayPayment, quay_payment_free)

/** A copy of a list of QuayPart, whose elements the copy frees; NULL for NULL. (transfer full) */
GPtrArray *quay_parts_copy (GPtrArray *parts);

/** The stored name of a tender ("cash", "card", "transfer", "deposit", "debt", "exchange",
 * "rounding", "points"); NULL out of range. */
const char *quay_tender_name (gint64 tender);

/** The tender of that name, or −1. */
gint64 quay_tender_from_name (const char *name);

/**
 * quay_refund_amount:
 *
 * What @q of a line gives back: round(paid × (refunded + q) ÷ sold) − already, so that the parts of
 * a line always add up to what was paid for it.
 *
 * Returns: FALSE if refunded + q exceeds sold, or a figure is out of range.
 */
gboolean quay_refund_amount (QuayMoney paid, QuayQty sold, QuayQty refunded, QuayQty q,
                             QuayMoney already, QuayMoney *out) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
