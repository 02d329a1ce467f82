/* Corrections of what was paid: another tender than was recorded, goods that come back without a
 * receipt, what was given back beyond what was sold. Thread: main. */
#include "quay-refund-private.h"

#include "quay-body-people.h"
#include "quay-error.h"
#include "quay-tax.h"
#include "quay-till-people.h"
#include "quay-till-refunds.h"

static gboolean
refuse (GError **error, QuayError code, const char *why)
{
  g_set_error_literal (error, QUAY_ERROR, code, why);
  return FALSE;
}

/* --- a tender put right --- */

static gboolean
can_be_fixed (gint64 tender, const QuaySaleRecord *sale)
{
  return tender == QUAY_TENDER_CASH || tender == QUAY_TENDER_CARD ||
         tender == QUAY_TENDER_TRANSFER ||
         (tender == QUAY_TENDER_DEBT && !quay_id_is_nil (&sale->customer));
}

static gboolean
fix_is_sound (QuayTill *till, const QuaySaleRecord *sale, gint64 from, gint64 to, QuayMoney amount,
              GError **error)
{
  if (from == to || !can_be_fixed (from, sale) || !can_be_fixed (to, sale))
    return refuse (error, QUAY_ERROR_INVALID, "no such change of tender");
  if (amount.dong <= 0 || !quay_money_in_range (amount))
    return refuse (error, QUAY_ERROR_INVALID, "amount out of range");
  QuayMoney left = quay_till_paid_by (till, sale, from);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  return amount.dong <= left.dong ||
         refuse (error, QUAY_ERROR_REFUSED, "more than was paid by that tender");
}

static GPtrArray *
one_payment (gint64 tender, QuayMoney amount, const char *ref)
{
  GPtrArray *list = g_ptr_array_new ();
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->amount = payment->given = amount;
  payment->ref = ref != NULL && *ref != '\0' ? g_strdup (ref) : NULL;
  g_ptr_array_add (list, payment);
  return list;
}

char *
quay_till_fix_payment (QuayTill *till, const QuayId *id, const char *number, gint64 from, gint64 to,
                       QuayMoney amount, const char *ref, const char *why, GError **error)
{
  if (!quay_till_check_reason (why, error) || !quay_till_check_text (ref, 60, error))
    return NULL;
  g_autofree char *done = quay_reader_payment_fix (till->reader, id);
  if (done != NULL)
    return g_steal_pointer (&done);
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (till, number);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (sale == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no sale '%s'", number);
      return NULL;
    }
  if (!fix_is_sound (till, sale, from, to, amount, error) ||
      !quay_till_require (till, QUAY_ACT_FIX_PAYMENT, 0, error))
    return NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_PAYMENT_FIXED, FALSE);
  QuayPaymentFixed *body = event->body;
  event->id = *id;
  event->shift = sale->shift;
  body->sale = sale->id;
  body->of = g_strdup (sale->number);
  body->from = one_payment (from, amount, NULL);
  body->to = one_payment (to, amount, ref);
  body->why = g_strdup (why);
  body->customer = sale->customer;
  body->by = g_strdup (quay_till_approver (till, QUAY_ACT_FIX_PAYMENT));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) result = quay_till_commit (till, txn, error);
  if (result == NULL)
    return NULL;
  const QuayEvent *booked = result->events->pdata[0];
  if (booked->kind != QUAY_EVENT_PAYMENT_FIXED)
    {
      refuse (error, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  quay_till_emit_sales (till);
  return g_strdup (((const QuayPaymentFixed *)booked->body)->number);
}

/* --- without a receipt --- */

static QuayRefundLine *
free_line (QuayTill *till, const QuayFreeReturn *back, GError **error)
{
  g_autoptr (QuayLine) line = g_new0 (QuayLine, 1);
  g_autoptr (QuayItem) item = quay_till_item (till, &back->product);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (item == NULL)
    {
      refuse (error, QUAY_ERROR_NOT_FOUND, "no such product");
      return NULL;
    }
  if (back->qty.milli <= 0 || back->qty.milli > QUAY_LINE_MAX_QTY || back->amount.dong < 0 ||
      !quay_money_in_range (back->amount))
    {
      refuse (error, QUAY_ERROR_INVALID, "quantity or amount out of range");
      return NULL;
    }
  line->amount = back->amount;
  line->rate_bp = -1;
  line->vat_class = g_strdup (item->vat_class);
  if (!quay_reader_vat_rate (till->reader, item->vat_class, quay_till_day (till), &line->rate_bp))
    line->rate_bp = -1;
  g_ptr_array_add (lines, line);
  if (!quay_till_check_reads (till, error) || !quay_tax_apply (lines, NULL, error))
    return NULL;
  QuayRefundLine *out = g_new0 (QuayRefundLine, 1);
  out->product = back->product;
  out->qty = back->qty;
  out->amount = back->amount;
  out->net = line->net;
  out->restock = back->restock;
  out->sku = g_strdup (item->sku);
  out->name = g_strdup (item->name);
  out->unit = g_strdup (item->unit);
  out->vat_class = g_strdup (item->vat_class);
  out->rate_bp = line->rate_bp;
  return out;
}

static gboolean
fill_free (QuayTill *till, QuayRefund *body, const QuayFreeReturn *lines, guint n, GError **error)
{
  body->lines = g_ptr_array_new ();
  body->payments = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    {
      QuayRefundLine *line = free_line (till, &lines[i], error);
      if (line == NULL)
        return FALSE;
      g_ptr_array_add (body->lines, line);
      if (!quay_money_add (body->total, line->amount, &body->total))
        return refuse (error, QUAY_ERROR_OVERFLOW, "amount out of range");
    }
  return n > 0 || refuse (error, QUAY_ERROR_INVALID, "nothing comes back");
}

char *
quay_till_refund_free (QuayTill *till, const QuayId *id, const char *of,
                       const QuayFreeReturn *lines, guint n, gint64 tender, const char *why,
                       GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_reason (why, error) ||
      !quay_till_check_text (of, 40, error) || !quay_till_find_shift (till, error))
    return NULL;
  if (tender < 0 || tender > QUAY_TENDER_TRANSFER)
    {
      refuse (error, QUAY_ERROR_INVALID, "no such tender");
      return NULL;
    }
  g_autoptr (QuayEvent) event = quay_till_event (till, QUAY_EVENT_REFUND, TRUE);
  QuayRefund *body = event->body;
  event->id = *id;
  if (!fill_free (till, body, lines, n, error) ||
      !quay_till_require (till, QUAY_ACT_REFUND_FREE, 0, error) ||
      !quay_till_require (till, QUAY_ACT_REFUND, body->total.dong, error))
    return NULL;
  g_ptr_array_unref (body->payments);
  body->payments = one_payment (tender, body->total, NULL);
  body->of = of != NULL && *of != '\0' ? g_strdup (of) : NULL;
  body->why = g_strdup (why);
  body->by = g_strdup (quay_till_approver (till, QUAY_ACT_REFUND_FREE));
  QuayMoney total = body->total;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *added = g_steal_pointer (&event);
  quay_txn_add (txn, added);
  quay_till_need_shift (till, txn, added);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL ? quay_refund_take (till, done, total, error) : NULL;
}

/* --- too much --- */

GPtrArray *
quay_till_excess (QuayTill *till)
{
  return quay_reader_excess (till->reader);
}
