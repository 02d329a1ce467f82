/* Orders with a deposit: what is asked for, whether it can be, how one stands. Values; any thread.
 * Text members are owned by their struct. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"

G_BEGIN_DECLS

/** Where an order stands on a day. */
typedef enum
{
  QUAY_ORDER_OPEN,
  QUAY_ORDER_TODAY, /* due today */
  QUAY_ORDER_LATE,
  QUAY_ORDER_HANDED,
  QUAY_ORDER_CANCELLED,
} QuayOrderState;

/**
 * QuayOrderRecord: an order as it was placed and ended.
 * @due: day of the hand-over, 0 if none was named
 * @tender: how the deposit was paid
 * @sealed: the customer as in the journal; @name, @phone: opened, NULL where this file lacks the
 *   key
 * @lines: (element-type QuayLine): NULL in lists; without VAT
 * @first: name of the first line
 * @n_ends: how often it was ended; above 1: by two tills that knew nothing of each other
 * @end: the event that ended it first, nil while it is open; @handed, @sale, @sale_no, @back, @why:
 *   as that event says
 */
typedef struct
{
  QuayId id;
  char *number;
  QuayDay day;
  gint64 ts;
  char *who;
  QuayDay due;
  QuayMoney total;
  QuayMoney deposit;
  gint64 tender;
  char *sealed;
  char *name;
  char *phone;
  char *note;
  GPtrArray *lines;
  gint64 n_lines;
  char *first;
  gint64 n_ends;
  QuayId end;
  QuayDay ended;
  gboolean handed;
  QuayId sale;
  char *sale_no;
  QuayMoney back;
  char *why;
} QuayOrderRecord;

void quay_order_record_free (QuayOrderRecord *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayOrderRecord, quay_order_record_free)

/** How the order stands on @today. */
QuayOrderState quay_order_state (const QuayOrderRecord *order, QuayDay today);

/** Open ones first, by the day on which they are due (none: last); then the ended, newest first. */
int quay_order_compare (const QuayOrderRecord *a, const QuayOrderRecord *b);

/** A telephone number of which only the last three digits are to be read ("•••• 678"); NULL for
 * NULL. (transfer full) */
char *quay_order_mask_phone (const char *phone);

/** Whether the order is meant by @text: part of its number, words of the name in any spelling of
 * accents, or at least three last digits of the telephone. */
gboolean quay_order_matches (const QuayOrderRecord *order, const char *text);

/**
 * QuayOrderAsk: an order to be placed. Borrowed texts.
 * @lines: (element-type QuayLine): products with quantity and agreed price; priced
 * @deposit: 0 … the total; @tender: how it is paid; @ref: of a transfer or a card slip
 */
typedef struct
{
  const char *name;
  const char *phone;
  QuayDay due;
  GPtrArray *lines;
  QuayMoney deposit;
  gint64 tender;
  const char *ref;
  const char *note;
} QuayOrderAsk;

/** What is wrong with it, by field. */
typedef enum
{
  QUAY_ORDER_SOUND,
  QUAY_ORDER_NO_NAME,
  QUAY_ORDER_BAD_NAME,
  QUAY_ORDER_BAD_PHONE,
  QUAY_ORDER_PAST_DUE,
  QUAY_ORDER_NO_LINES,
  QUAY_ORDER_BAD_LINE,
  QUAY_ORDER_BAD_DEPOSIT,
  QUAY_ORDER_BAD_REF,
  QUAY_ORDER_BAD_NOTE,
} QuayOrderFault;

/** Checks @ask as of @today; @total: (out): what its lines come to. */
QuayOrderFault quay_order_check (const QuayOrderAsk *ask, QuayDay today, QuayMoney *total);

G_END_DECLS
