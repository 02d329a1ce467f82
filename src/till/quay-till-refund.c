/* Giving back lines of a sale: never more than was sold and not yet given back; the parts of a line
 * add up to what was paid for it. Thread: main. */
#include "quay-till-account-private.h"

#include "quay-error.h"
#include "quay-tender.h"
#include "quay-till-people.h"
#include "quay-till-refunds.h"
#include "quay-till-shift.h"

#include <string.h>

static void
refund_line_free (gpointer data)
{
  QuayRefundLine *line = data;
  g_clear_pointer (&line->parts, g_ptr_array_unref);
  g_free (line);
}

static gboolean
refuse (GError **error, const char *why, gint64 line)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "line %" G_GINT64_FORMAT ": %s", line, why);
  return FALSE;
}

/* What was given back of a line, before this refund and in it. */
static gboolean
given_back (const QuayRefundPlan *refund, gint64 line, QuayQty *qty, QuayMoney *amount,
            GError **error)
{
  quay_reader_refunded (refund->till->reader, &refund->sale->id, line, qty, amount);
  for (guint i = 0; i < refund->lines->len; i++)
    {
      const QuayRefundLine *other = refund->lines->pdata[i];
      if (other->line != line)
        continue;
      qty->milli += other->qty.milli;
      amount->dong += other->amount.dong;
    }
  return quay_till_check_reads (refund->till, error);
}

static gboolean
add_line (QuayRefundPlan *refund, const QuayRefundAsk *ask, GError **error)
{
  QuayQty refunded;
  QuayMoney already;
  QuayMoney amount;
  QuayMoney net;
  gint64 net_already;
  if (ask->line < 1 || ask->line > refund->sale->lines->len)
    return refuse (error, "is not on the sale", ask->line);
  const QuayLine *line = refund->sale->lines->pdata[ask->line - 1];
  if (ask->qty.milli <= 0 || (line->kind == QUAY_LINE_PIECE && ask->qty.milli % 1000 != 0))
    return refuse (error, "quantity can't be given back", ask->line);
  if (!given_back (refund, ask->line, &refunded, &already, error))
    return FALSE;
  if (!quay_refund_amount (line->amount, line->qty, refunded, ask->qty, already, &amount))
    return refuse (error, "more than was sold and not yet given back", ask->line);
  /* the same rule for the part without VAT, whose past shares follow from the quantity */
  if (!quay_muldiv (line->net.dong, refunded.milli, line->qty.milli, &net_already) ||
      !quay_refund_amount (line->net, line->qty, refunded, ask->qty, QUAY_DONG (net_already),
                           &net) ||
      !quay_money_add (refund->total, amount, &refund->total))
    return refuse (error, "amount out of range", ask->line);
  QuayRefundLine *out = g_new0 (QuayRefundLine, 1);
  out->line = ask->line;
  out->product = line->product;
  out->qty = ask->qty;
  out->amount = amount;
  out->net = net;
  out->restock = ask->restock;
  g_ptr_array_add (refund->lines, out);
  return quay_till_find_returned (refund->till, refund->sale, out, refunded, refund->lines, error);
}

/* All that is left of every line. */
static gboolean
add_rest (QuayRefundPlan *refund, GError **error)
{
  for (guint i = 0; i < refund->sale->lines->len; i++)
    {
      QuayQty refunded;
      QuayMoney already;
      const QuayLine *line = refund->sale->lines->pdata[i];
      QuayRefundAsk ask = { .line = i + 1, .restock = TRUE };
      if (!given_back (refund, ask.line, &refunded, &already, error))
        return FALSE;
      ask.qty = QUAY_MILLI (line->qty.milli - refunded.milli);
      if (ask.qty.milli > 0 && !add_line (refund, &ask, error))
        return FALSE;
    }
  if (refund->lines->len == 0)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "all of '%s' was given back",
                 refund->sale->number);
  return refund->lines->len > 0;
}

void
quay_refund_plan_free (QuayRefundPlan *refund)
{
  quay_sale_record_free (refund->sale);
  g_ptr_array_unref (refund->lines);
  g_free (refund);
}

QuayRefundPlan *
quay_refund_plan (QuayTill *till, const char *number, const QuayRefundAsk *asks, guint n,
                  GError **error)
{
  g_autoptr (QuayRefundPlan) refund = g_new0 (QuayRefundPlan, 1);
  refund->till = till;
  refund->lines = g_ptr_array_new_with_free_func (refund_line_free);
  refund->sale = quay_till_sale (till, number);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (refund->sale == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no sale '%s'", number);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    if (!add_line (refund, &asks[i], error))
      return NULL;
  if (n == 0 && !add_rest (refund, error))
    return NULL;
  return g_steal_pointer (&refund);
}

QuayMoney
quay_till_paid_by (QuayTill *till, const QuaySaleRecord *sale, gint64 tender)
{
  return quay_reader_left_of (till->reader, &sale->id, quay_tender_name (tender));
}

static void
add_payment (GPtrArray *payments, gint64 tender, QuayMoney amount)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->amount = amount;
  payment->given = amount;
  g_ptr_array_add (payments, payment);
}

/* What is left is cash, unless another tender was asked for: rounded as cash is, and in the end
 * exactly what was paid. */
static void
add_rest_by (const QuayRefundPlan *refund, GPtrArray *payments, QuayMoney rest, gint64 by,
             QuayMoney exchange)
{
  QuayTill *till = refund->till;
  const QuaySaleRecord *sale = refund->sale;
  QuayMoney cash = rest;
  if (by < 0)
    {
      QuayMoney left =
          QUAY_DONG (quay_till_paid_by (till, sale, QUAY_TENDER_CASH).dong +
                     quay_till_paid_by (till, sale, QUAY_TENDER_DEPOSIT).dong +
                     quay_till_paid_by (till, sale, QUAY_TENDER_EXCHANGE).dong - exchange.dong);
      gboolean last = sale->refunded.dong + refund->total.dong == sale->total.dong;
      cash = quay_tender_round_back (rest, quay_till_cash_step (till), left,
                                     quay_till_paid_by (till, sale, QUAY_TENDER_ROUNDING), last);
    }
  if (cash.dong != rest.dong)
    add_payment (payments, QUAY_TENDER_ROUNDING, QUAY_DONG (rest.dong - cash.dong));
  if (cash.dong > 0 || payments->len == 0)
    add_payment (payments, MAX (by, QUAY_TENDER_CASH), cash);
}

/* Money goes back the way it came: who paid by transfer or card gets no cash for it, which is how
 * drawers are emptied, and who owes it owes it no more. What a deposit or an exchange paid comes
 * back in cash. With the last goods the cash's rounding goes, too. */
static GPtrArray *
hand_back (const QuayRefundPlan *refund, QuayMoney exchange, gint64 by)
{
  static const gint64 order[] = { QUAY_TENDER_DEBT, QUAY_TENDER_POINTS, QUAY_TENDER_TRANSFER,
                                  QUAY_TENDER_CARD };
  GPtrArray *payments = g_ptr_array_new ();
  QuayMoney rest = QUAY_DONG (refund->total.dong - exchange.dong);
  if (exchange.dong > 0)
    add_payment (payments, QUAY_TENDER_EXCHANGE, exchange);
  for (guint i = 0; by < 0 && i < G_N_ELEMENTS (order); i++)
    {
      QuayMoney left = quay_till_paid_by (refund->till, refund->sale, order[i]);
      QuayMoney part = QUAY_DONG (CLAMP (left.dong, 0, rest.dong));
      if (part.dong > 0)
        add_payment (payments, order[i], part);
      rest.dong -= part.dong;
    }
  if (rest.dong > 0 || payments->len == 0)
    add_rest_by (refund, payments, rest, by, exchange);
  return payments;
}

QuayEvent *
quay_refund_event (const QuayRefundPlan *refund, const QuayId *id, gint64 by, QuayMoney exchange,
                   const char *why)
{
  QuayEvent *event = quay_till_event (refund->till, QUAY_EVENT_REFUND, TRUE);
  QuayRefund *body = event->body;
  event->id = *id;
  body->sale = refund->sale->id;
  body->of = g_strdup (refund->sale->number);
  body->lines = g_ptr_array_new ();
  for (guint i = 0; i < refund->lines->len; i++)
    {
      QuayRefundLine *line = g_memdup2 (refund->lines->pdata[i], sizeof (QuayRefundLine));
      line->parts = quay_parts_copy (line->parts);
      g_ptr_array_add (body->lines, line);
    }
  body->payments = hand_back (refund, exchange, by);
  body->points = quay_till_refund_points (refund, body->payments);
  body->total = refund->total;
  body->why = g_strdup (why);
  body->customer = refund->sale->customer;
  body->by = g_strdup (quay_till_approver (refund->till, QUAY_ACT_REFUND));
  return event;
}

gboolean
quay_refund_is_allowed (const QuayRefundPlan *refund, gint64 by, GError **error)
{
  QuayTill *till = refund->till;
  return (by < 0 || quay_till_require (till, QUAY_ACT_REFUND_FREE, 0, error)) &&
         (refund->sale->here || quay_refund_is_fresh (till) ||
          quay_till_require (till, QUAY_ACT_REFUND_FREE, 0, error)) &&
         quay_till_require (till, QUAY_ACT_REFUND, refund->total.dong, error);
}

/* An earlier try that was done after all. */
static char *
take_done (QuayTill *till, const QuayId *id, const char *of, QuayMoney *total, GError **error)
{
  QuayId sale;
  QuayMoney amount;
  g_autofree char *number = NULL;
  if (!quay_reader_refund (till->reader, id, &number, &sale, &amount) ||
      !quay_till_check_reads (till, error))
    return NULL;
  g_autoptr (QuaySaleRecord) asked = quay_till_sale (till, of);
  if (asked == NULL || !quay_id_equal (&sale, &asked->id))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "'%s' was booked under this id", number);
      return NULL;
    }
  till->today.day = 0;
  quay_till_items_moved (till);
  quay_till_emit_sales (till);
  quay_till_give_slip (till, id);
  if (total != NULL)
    *total = amount;
  return g_steal_pointer (&number);
}

static char *
commit_refund (const QuayRefundPlan *refund, const QuayId *id, gint64 by, const char *why,
               GError **error)
{
  QuayTill *till = refund->till;
  if (!quay_refund_is_allowed (refund, by, error))
    return NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_refund_event (refund, id, by, QUAY_DONG (0), why);
  quay_txn_add (txn, event);
  quay_till_need_shift (till, txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL ? quay_refund_take (till, done, refund->total, error) : NULL;
}

char *
quay_refund_take (QuayTill *till, const QuayResult *done, QuayMoney total, GError **error)
{
  const QuayEvent *booked = done->events->pdata[0];
  if (booked->kind != QUAY_EVENT_REFUND)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  quay_till_learn_shift (till, done);
  quay_till_count_today (till, (QuayDay)booked->day, 0, QUAY_DONG (-total.dong));
  quay_till_items_moved (till);
  quay_till_emit_sales (till);
  quay_till_give_slip (till, &booked->id);
  return g_strdup (((const QuayRefund *)booked->body)->number);
}

static char *
give_back (QuayTill *till, const QuayId *id, const char *number, gint64 tender,
           const QuayRefundAsk *asks, guint n, const char *why, QuayMoney *total, GError **error)
{
  GError *failed = NULL;
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_text (why, 70, error) ||
      !quay_till_find_shift (till, error))
    return NULL;
  char *before = take_done (till, id, number, total, &failed);
  if (before != NULL)
    return before;
  if (failed != NULL || !quay_till_check_reads (till, &failed))
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  g_autoptr (QuayRefundPlan) refund = quay_refund_plan (till, number, asks, n, error);
  char *made = refund != NULL ? commit_refund (refund, id, tender, why, error) : NULL;
  if (made != NULL && total != NULL)
    *total = refund->total;
  return made;
}

gboolean
quay_till_refund_total (QuayTill *till, const char *number, const QuayRefundAsk *asks, guint n,
                        QuayMoney *total, GError **error)
{
  g_autoptr (QuayRefundPlan) refund = quay_refund_plan (till, number, asks, n, error);
  if (refund != NULL)
    *total = refund->total;
  return refund != NULL;
}

GArray *
quay_till_refundable (QuayTill *till, const QuaySaleRecord *sale)
{
  GArray *left = g_array_new (FALSE, TRUE, sizeof (QuayQty));
  for (guint i = 0; i < sale->lines->len; i++)
    {
      QuayQty qty;
      QuayMoney amount;
      quay_reader_refunded (till->reader, &sale->id, i + 1, &qty, &amount);
      qty.milli = MAX (((const QuayLine *)sale->lines->pdata[i])->qty.milli - qty.milli, 0);
      g_array_append_val (left, qty);
    }
  return left;
}

char *
quay_till_refund (QuayTill *till, const QuayId *id, const char *number, const QuayRefundAsk *asks,
                  guint n, const char *why, QuayMoney *total, GError **error)
{
  return give_back (till, id, number, -1, asks, n, why, total, error);
}

char *
quay_till_refund_by (QuayTill *till, const QuayId *id, const char *number, gint64 tender,
                     const QuayRefundAsk *asks, guint n, const char *why, QuayMoney *total,
                     GError **error)
{
  if (why != NULL && *why != '\0' && tender >= 0 && tender <= QUAY_TENDER_TRANSFER)
    return give_back (till, id, number, tender, asks, n, why, total, error);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                       "another tender than was taken needs a reason");
  return NULL;
}
