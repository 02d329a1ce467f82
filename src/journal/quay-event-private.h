/* Shared by the event files: row functions of the families. */
#pragma once

#include "quay-event.h"

G_BEGIN_DECLS

typedef gboolean (*QuayRowsFunc) (const QuayEvent *event, QuayRows *rows, GError **error);

gboolean quay_rows_of_birth (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_facts (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_code (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_price (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_stock_opening (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_posted (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_sale (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_refund (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_audit (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_cash_moved (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_shift_opened (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_shift_closed (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_received (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_issued (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_moved (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_counted (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_bundled (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_seen (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_assigned (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_settled (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_entry (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_order (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_order_ended (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_list_prices (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_payment_fixed (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_customer_entry (const QuayEvent *event, QuayRows *rows, GError **error);

/** Says why an event breaks a rule that its own bytes show; returns FALSE. */
gboolean quay_event_refuse (const QuayEvent *event, const char *why, GError **error);

/** day, ts, who: the columns that every document has. */
void quay_rows_add_stamp (QuayRows *rows, const QuayEvent *event);

/**
 * QuayMove: a movement of stock.
 * @no: 1, 2, 3 … within the event, at most QUAY_MAX_MOVES
 * @line: the document's line that it belongs to
 * @amount: sold for, below 0 where it came back; @cost: of these goods
 */
typedef struct
{
  gint64 no;
  gint64 line;
  const QuayId *loc;
  const QuayId *product;
  const QuayId *lot;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney cost;
} QuayMove;

/** A row's place has room for so many lines of an event. */
#define QUAY_MAX_MOVES 1000

/** A movement of stock and its balance. */
void quay_rows_of_move (QuayRows *rows, const QuayEvent *event, const QuayMove *move);

/** Adds to a figure of a lot ("in", "sold", "amount", "cost", "back", "loss", "waste", and the same
 * after "s." where settlements stored it); nothing for 0 or unallocated goods. */
void quay_rows_of_lot (QuayRows *rows, const QuayId *lot, const char *what, gint64 n);

/** The account of a producer: what the shop owes more; nothing for 0. */
void quay_rows_of_account (QuayRows *rows, const QuayEvent *event, const QuayId *producer,
                           const char *kind, QuayMoney amount, const QuayId *doc,
                           const char *number, const char *why);

/**
 * QuayCash: a movement of cash outside sales.
 * @kind, @party, @by, @doc: as of QuayCashMoved; may be NULL
 */
typedef struct
{
  const char *number;
  QuayMoney amount;
  const char *why;
  const char *kind;
  const char *party;
  const QuayId *doc;
  const char *by;
} QuayCash;

/** A movement of cash: the drawer's figure, and a row in the list of what moved it. */
void quay_rows_of_cash (QuayRows *rows, const QuayEvent *event, const QuayCash *cash);

/**
 * QuayPaid: the payments of a document.
 * @sign: −1 where money goes back; @first: the first row's number in the event
 * @cash, @debt: (out): what went into the drawer, and what a customer owes more
 */
typedef struct
{
  GPtrArray *payments; /* QuayPayment */
  int sign;
  gint64 first;
  QuayMoney cash;
  QuayMoney debt;
} QuayPaid;

/** Rows of payments. */
void quay_rows_of_payments (QuayRows *rows, const QuayEvent *event, QuayPaid *paid);

/** Their sum; FALSE if one makes no sense or it is out of range. */
gboolean quay_payments_sum (GPtrArray *payments, QuayMoney *sum);

/**
 * QuayCustomerMove: what an event moves in a customer's account.
 * @amount: above 0: the customer owes more
 */
typedef struct
{
  const QuayId *customer;
  const char *number;
  const char *kind;
  QuayMoney amount;
  gint64 points;
  const char *tender;
  const QuayId *doc;
  const char *why;
} QuayCustomerMove;

/** The row and the running figures of it; nothing if nothing moves. FALSE: a debt of nobody. */
gboolean quay_rows_of_customer (QuayRows *rows, const QuayEvent *event,
                                const QuayCustomerMove *move);

/** Adds to the drawer of the event's shift; nothing for 0. */
void quay_rows_of_drawer (QuayRows *rows, const QuayEvent *event, QuayMoney amount);

/** Counts a document's number, so that the next one is greater. */
void quay_rows_of_number (QuayRows *rows, const char *number);

G_END_DECLS
