/* The open cart: lines, operations on them, totals. A value without I/O; main thread or test. */
#pragma once

#include "quay-sale.h"

G_BEGIN_DECLS

#define QUAY_CART_MAX_LINES 500
#define QUAY_LINE_MAX_QTY (G_GINT64_CONSTANT (99999) * 1000) /* a scanned code is no quantity */

/** The answer to "is the customer 18 or older?" */
typedef enum
{
  QUAY_AGE_NOT_ASKED,
  QUAY_AGE_CONFIRMED,
} QuayAge;

/** A line of an earlier sale that comes back in exchange for this one. */
typedef struct
{
  gint64 line; /* of that sale, from 1 */
  QuayQty qty;
  gint64 restock; /* 0: it is spoilt */
} QuayReturn;

/**
 * QuayCart:
 * @id: the event id that its sale will have, given when the cart is opened, so that committing it
 *   twice sells once
 * @opened_ms: wall time of the opening
 * @lines: (element-type QuayLine): owned
 * @buyer_name, @buyer_tax: for an invoice, may be NULL
 * @order: the order that it hands over, nil for none; @deposit: what was paid with it; @order_no:
 *   its number
 * @exchange: the sale of which goods come back for it, nil for none; @exchange_no: its number;
 *   @returns: (element-type QuayReturn) (nullable): these goods; @credit: what was paid for them
 * @customer: whose debt, points and prices count, nil for nobody known
 * @list: code of the price list, NULL for the shelf prices
 * @off_bp, @off: a discount of the whole cart, in hundredths of a percent or đồng, at most one of
 *   them above 0; its lines carry their shares; @off_why: its reason
 * @pay_code: code in the purpose of a transfer, fixed when it was first shown; NULL before
 */
typedef struct
{
  QuayId id;
  gint64 opened_ms;
  GPtrArray *lines;
  gint64 age;
  char *buyer_name;
  char *buyer_tax;
  char *note;
  QuayId order;
  QuayMoney deposit;
  char *order_no;
  QuayId exchange;
  char *exchange_no;
  GPtrArray *returns;
  QuayMoney credit;
  QuayId customer;
  char *list;
  gint64 off_bp;
  QuayMoney off;
  char *off_why;
  char *pay_code;
} QuayCart;

/** Sums of a cart; all zero for an empty one. */
typedef struct
{
  QuayMoney total;
  QuayMoney vat;
  guint n_lines;
  gint64 pieces; /* whole pieces, a weighed line counts as one */
} QuayCartTotals;

/** An empty cart; (transfer full). */
QuayCart *quay_cart_new (const QuayId *id, gint64 opened_ms);
QuayCart *quay_cart_copy (const QuayCart *cart);
void quay_cart_free (QuayCart *cart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCart, quay_cart_free)

gboolean quay_cart_is_empty (const QuayCart *cart);

/**
 * quay_cart_add:
 * @line: copied; its amount is computed
 * @index: (out) (optional): where it is now
 *
 * Adds a line. Pieces of the same product at the same price, lot and trace code join the line that
 * is there; weighed, priced and noted lines, and those with a discount or a price by hand, stay
 * apart. What promotions and the cart's discount take off, of this and of any changed line, is to
 * be worked out again by quay_discount_apply().
 *
 * Returns: FALSE with QUAY_ERROR_OVERFLOW or QUAY_ERROR_INVALID; the cart is then unchanged.
 */
gboolean quay_cart_add (QuayCart *cart, const QuayLine *line, guint *index, GError **error);

/** Sets a line's quantity (0 < qty ≤ QUAY_LINE_MAX_QTY); a priced label's quantity can't change.
 * Pieces need a whole quantity. */
gboolean quay_cart_set_qty (QuayCart *cart, guint index, QuayQty qty, GError **error);

/** Sets gross weight and tare of a weighed line; net must stay above 0. */
gboolean quay_cart_set_weight (QuayCart *cart, guint index, QuayQty gross, QuayQty tare,
                               GError **error);

/** Gives a line another price of its unit; QUAY_ERROR_REFUSED where the price is a printed one. */
gboolean quay_cart_set_price (QuayCart *cart, guint index, QuayMoney price, GError **error);

/** Sets or, with NULL or "", clears a line's note. */
void quay_cart_set_note (QuayCart *cart, guint index, const char *note);

/** Takes a line out; (transfer full), NULL if there is no such line. */
QuayLine *quay_cart_remove (QuayCart *cart, guint index);

/** What of its order's deposit pays for the cart: no more than its total; 0 without an order. */
QuayMoney quay_cart_deposit (const QuayCart *cart);

/** What of the goods that come back pays for the cart: no more than is left to pay after the
 * deposit. */
QuayMoney quay_cart_credit (const QuayCart *cart);

/** Totals of the cart; amounts never overflow, since adding refuses first. */
QuayCartTotals quay_cart_totals (const QuayCart *cart);

/** True if a line holds alcohol and the age was not confirmed (Law 44/2019/QH14 art. 5.3). */
gboolean quay_cart_needs_age (const QuayCart *cart);

G_END_DECLS
