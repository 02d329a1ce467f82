/* From cart to sale: payments settled, VAT worked out, one transaction with the cart's own id, so
 * that the same cart is never sold twice. Thread: main. */
#include "quay-refund-private.h"
#include "quay-till-account-private.h"
#include "quay-till-prices-private.h"

#include "quay-error.h"
#include "quay-seal.h"
#include "quay-tender.h"
#include "quay-till-shift.h"

#include <string.h>

/* A sale on its way. */
typedef struct
{
  QuayCart *cart; /* a copy; its lines carry their net amounts */
  GPtrArray *payments;
  GPtrArray *removals;
  QuayRefundPlan *exchange; /* NULL for none */
  QuayId refund;            /* its event; nil for none */
  QuayCartTotals totals;
  gint64 points; /* what it adds to the customer's */
  gboolean open; /* it is the cart on the counter */
} SaleOp;

static void
sale_op_free (SaleOp *op)
{
  quay_cart_free (op->cart);
  g_clear_pointer (&op->payments, g_ptr_array_unref);
  g_clear_pointer (&op->removals, g_ptr_array_unref);
  g_clear_pointer (&op->exchange, quay_refund_plan_free);
  g_free (op);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaleOp, sale_op_free)

static gpointer
copy_line (gconstpointer line, gpointer data)
{
  return quay_line_copy (line);
}

static gpointer
copy_payment (gconstpointer payment, gpointer data)
{
  return quay_payment_copy (payment);
}

/* Copies for an event, which frees the elements of its lists itself. */
static GPtrArray *
copy_lines (GPtrArray *lines)
{
  return g_ptr_array_copy (lines, copy_line, NULL);
}

static GPtrArray *
copy_payments (GPtrArray *payments)
{
  return g_ptr_array_copy (payments, copy_payment, NULL);
}

/* --- what may be sold --- */

static gboolean
cart_is_payable (QuayTill *till, const QuayCart *cart, GError **error)
{
  const char *why = NULL;
  if (quay_cart_is_empty (cart))
    why = "cart is empty";
  else if (quay_cart_needs_age (cart))
    why = "the customer's age is not confirmed";
  else if (quay_till_too_young_for (till, cart))
    why = "who works is under 18 and may not sell alcohol: an adult has to take over";
  if (why != NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, why);
  return why == NULL;
}

static void
add_payment (GPtrArray *payments, QuayTender tender, QuayMoney given, const char *ref)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->given = given;
  payment->ref = g_strdup (ref);
  g_ptr_array_add (payments, payment);
}

static gboolean
payments_are_sound (GPtrArray *payments, GError **error)
{
  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      const QuayPayment *payment = payments->pdata[i];
      if (!quay_till_check_text (payment->ref, 60, error))
        return FALSE;
      if (payment->seen != 0 && payment->tender != QUAY_TENDER_TRANSFER)
        {
          g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                               "only a transfer is seen to arrive");
          return FALSE;
        }
      if (payment->tender != QUAY_TENDER_DEPOSIT && payment->tender != QUAY_TENDER_EXCHANGE &&
          payment->tender != QUAY_TENDER_ROUNDING)
        continue;
      g_set_error_literal (
          error, QUAY_ERROR, QUAY_ERROR_REFUSED,
          "a deposit comes with its order, an exchange with its goods, what cash is "
          "rounded by from itself");
      return FALSE;
    }
  return TRUE;
}

/* What is paid by transfer is known by the cart's code, before what the cashier typed. */
static void
name_transfers (GPtrArray *payments, const char *code)
{
  for (guint i = 0; code != NULL && i < payments->len; i++)
    {
      QuayPayment *payment = payments->pdata[i];
      g_autofree char *typed = payment->ref;
      if (payment->tender != QUAY_TENDER_TRANSFER || g_strcmp0 (typed, code) == 0)
        payment->ref = g_steal_pointer (&typed);
      else
        payment->ref = g_strconcat (code, typed != NULL ? " " : "", typed, NULL);
    }
}

/* An empty list means exact cash for what an order's deposit and goods that come back leave to pay.
 */
static GPtrArray *
settle (QuayTill *till, const QuayCart *cart, GPtrArray *payments, QuayMoney total, GError **error)
{
  gint64 step = quay_till_cash_step (till);
  QuayMoney change;
  QuayMoney deposit = quay_cart_deposit (cart);
  QuayMoney credit = quay_cart_credit (cart);
  QuayMoney left = QUAY_DONG (total.dong - deposit.dong - credit.dong);
  gboolean nothing = left.dong == 0 && left.dong < total.dong;
  if (!payments_are_sound (payments, error))
    return NULL;
  g_autoptr (GPtrArray) settled = payments != NULL ? copy_payments (payments) : g_ptr_array_new ();
  g_ptr_array_set_free_func (settled, (GDestroyNotify)quay_payment_free);
  for (guint i = settled->len; nothing && i > 0; i--)
    if (((const QuayPayment *)settled->pdata[i - 1])->given.dong == 0)
      g_ptr_array_remove_index (settled, i - 1);
  if (settled->len == 0 && !nothing)
    add_payment (settled, QUAY_TENDER_CASH, quay_tender_round (left, step), NULL);
  name_transfers (settled, cart->pay_code);
  if (credit.dong > 0)
    add_payment (settled, QUAY_TENDER_EXCHANGE, credit, cart->exchange_no);
  if (deposit.dong > 0)
    add_payment (settled, QUAY_TENDER_DEPOSIT, deposit, cart->order_no);
  return quay_tender_settle_rounded (total, step, settled, &change, error)
             ? g_steal_pointer (&settled)
             : NULL;
}

static SaleOp *
sale_op_new (QuayTill *till, const QuayCart *cart, GPtrArray *payments, gboolean open,
             GError **error)
{
  if (!cart_is_payable (till, cart, error) || !quay_till_check_discounts (till, cart, error) ||
      !quay_till_need_room (till, error) || !quay_till_find_shift (till, error))
    return NULL;
  if (!quay_id_is_nil (&cart->order) &&
      !quay_till_order_may_end (till, &cart->order, &cart->id, error))
    return NULL;
  g_autoptr (SaleOp) op = g_new0 (SaleOp, 1);
  op->open = open;
  op->cart = quay_cart_copy (cart);
  if (!quay_tax_apply (op->cart->lines, NULL, error) ||
      !quay_till_give_lots (till, op->cart->lines, quay_till_barred_allowed (till, cart), error))
    return NULL;
  op->totals = quay_cart_totals (op->cart);
  if (!quay_till_plan_exchange (till, op->cart, &op->exchange, error))
    return NULL;
  op->payments = settle (till, op->cart, payments, op->totals.total, error);
  return op->payments != NULL &&
                 quay_till_check_account (till, op->cart, op->payments, &op->points, error)
             ? g_steal_pointer (&op)
             : NULL;
}

/* --- the transaction --- */

gboolean
quay_till_find_shift (QuayTill *till, GError **error)
{
  if (quay_id_is_nil (&till->shift) &&
      !quay_reader_open_shift (till->reader, &till->shift, NULL, NULL))
    till->shift = QUAY_ID_NIL;
  return quay_till_check_reads (till, error);
}

void
quay_till_need_shift (QuayTill *till, QuayTxn *txn, QuayEvent *event)
{
  if (!quay_id_is_nil (&till->shift))
    return;
  QuayEvent *opened = quay_event_new (QUAY_EVENT_SHIFT_OPENED);
  opened->id = quay_id_new (&till->env);
  opened->who = g_strdup (till->user);
  event->shift = opened->id;
  quay_txn_add (txn, opened);
}

void
quay_till_learn_shift (QuayTill *till, const QuayResult *result)
{
  for (guint i = 0; i < result->events->len; i++)
    {
      const QuayEvent *event = result->events->pdata[i];
      if (event->kind == QUAY_EVENT_SHIFT_OPENED)
        till->shift = event->id;
    }
}

/* The sale comes first: the store knows a transaction by its first event. */
static QuayTxn *
build_sale (QuayTill *till, SaleOp *op)
{
  guint8 key[QUAY_SEAL_KEY_LEN];
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_SALE, TRUE);
  QuaySale *sale = event->body;
  event->id = op->cart->id;
  sale->lines = copy_lines (op->cart->lines);
  sale->payments = copy_payments (op->payments);
  sale->total = op->totals.total;
  sale->vat = op->totals.vat;
  sale->age = op->cart->age;
  sale->note = g_strdup (op->cart->note);
  sale->customer = op->cart->customer;
  sale->list = g_strdup (op->cart->list);
  sale->points = op->points;
  sale->buyer = quay_seal_buyer (&till->env, op->cart->buyer_name, op->cart->buyer_tax, key);
  if (sale->buyer != NULL)
    quay_txn_keep_key (txn, &event->id, key);
  quay_txn_add (txn, event);
  quay_till_need_shift (till, txn, event);
  quay_till_note_barred (till, txn, op->cart);
  quay_till_end_order (till, txn, op->cart, &event->shift);
  op->refund = quay_till_add_exchange (till, txn, op->cart, op->exchange, &event->shift);
  quay_txn_drop_draft (txn, &op->cart->id);
  if (op->open && !quay_id_is_nil (&till->draft.on_disk) &&
      !quay_id_equal (&till->draft.on_disk, &op->cart->id))
    quay_txn_drop_draft (txn, &till->draft.on_disk);
  if (op->open)
    op->removals = quay_till_add_removals (till, txn);
  return txn;
}

/* --- the answer --- */

static char *
join_tenders (GPtrArray *payments)
{
  GString *text = g_string_new (NULL);
  for (gint64 tender = 0; tender < QUAY_N_TENDERS; tender++)
    for (guint i = 0; i < payments->len; i++)
      if (((const QuayPayment *)payments->pdata[i])->tender == tender)
        {
          g_string_append_printf (text, "%s%s", text->len > 0 ? "+" : "",
                                  quay_tender_name (tender));
          break;
        }
  return g_string_free (text, FALSE);
}

static QuaySaleRecord *
record_of_event (const QuayEvent *event, const QuayHash *hash, const SaleOp *op)
{
  const QuaySale *sale = event->body;
  QuaySaleRecord *record = g_new0 (QuaySaleRecord, 1);
  record->id = event->id;
  record->number = g_strdup (sale->number);
  quay_hash_to_code (hash, record->code);
  quay_hash_to_text (hash, record->hash);
  record->day = (QuayDay)event->day;
  record->ts = event->ts;
  record->who = g_strdup (event->who);
  record->lines = copy_lines (sale->lines);
  g_ptr_array_set_free_func (record->lines, (GDestroyNotify)quay_line_free);
  record->payments = copy_payments (sale->payments);
  g_ptr_array_set_free_func (record->payments, (GDestroyNotify)quay_payment_free);
  record->total = sale->total;
  record->vat = sale->vat;
  record->n_lines = sale->lines->len;
  record->tenders = join_tenders (sale->payments);
  record->buyer_name = g_strdup (op->cart->buyer_name);
  record->buyer_tax = g_strdup (op->cart->buyer_tax);
  record->note = g_strdup (sale->note);
  record->customer = sale->customer;
  if (!quay_tax_apply (record->lines, &record->taxes, NULL))
    g_warning ("sale '%s' has lines without a sound VAT rate", record->number);
  return record;
}

void
quay_till_count_today (QuayTill *till, QuayDay day, gint64 sales, QuayMoney amount)
{
  QuayDayTotal *today = &till->today;
  QuayDay now = quay_till_day (till);
  if (till->reader == NULL)
    return; /* closed while the sale was on its way */
  if (today->day != now || day != now)
    {
      quay_reader_day_total (till->reader, now, &today->sales, &today->total);
      today->day = quay_reader_has_failed (till->reader) ? 0 : now;
      return;
    }
  today->sales += sales;
  today->total.dong += amount.dong;
}

void
quay_till_today (QuayTill *till, gint64 *sales, QuayMoney *total)
{
  if (till->today.day != quay_till_day (till))
    quay_till_count_today (till, 0, 0, QUAY_DONG (0));
  if (sales != NULL)
    *sales = till->today.sales;
  if (total != NULL)
    *total = till->today.total;
}

/* Takes over what the disk now has; NULL if the store answered something else than this sale. */
static QuaySaleRecord *
take_sale (QuayTill *till, SaleOp *op, const QuayResult *result, GError **error)
{
  if (op->removals != NULL)
    quay_till_settle_removals (till, g_steal_pointer (&op->removals), result != NULL);
  if (result == NULL)
    return NULL;
  const QuayEvent *event = result->events->len > 0 ? result->events->pdata[0] : NULL;
  if (event == NULL || event->kind != QUAY_EVENT_SALE || result->hashes->len == 0)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "the sale can't be read back");
      return NULL;
    }
  const QuayHash *hash = &g_array_index (result->hashes, QuayHash, 0);
  QuaySaleRecord *record = record_of_event (event, hash, op);
  record->seq = (gint64)result->first_seq;
  quay_till_fill_account (till, record);
  quay_till_learn_shift (till, result);
  if (op->open)
    quay_till_take_cart (till, quay_till_new_cart (till), FALSE);
  quay_till_count_today (till, result->known ? 0 : record->day, 1, record->total);
  if (op->exchange != NULL)
    quay_till_count_today (till, result->known ? 0 : record->day, 0,
                           QUAY_DONG (-op->exchange->total.dong));
  return record;
}

/* After the sale is what it is: tells, and prints. */
static void
announce_sale (QuayTill *till, const SaleOp *op, const QuaySaleRecord *record)
{
  quay_till_storage_works (till);
  quay_till_items_moved (till);
  quay_till_emit_sales (till);
  if (op->open)
    quay_till_emit_cart (till);
  quay_till_print (till, record, 0);
  if (!quay_id_is_nil (&op->refund))
    quay_till_give_slip (till, &op->refund);
}

/* --- the verbs --- */

static void
sold_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  QuayTill *till = g_task_get_source_object (task);
  SaleOp *op = g_task_get_task_data (task);
  g_autoptr (QuayResult) done = quay_store_commit_finish (till->store, result, &error);
  till->paying = FALSE;
  quay_till_use_leaves (till, done != NULL);
  QuaySaleRecord *record = take_sale (till, op, done, error == NULL ? &error : NULL);
  if (record == NULL)
    {
      if (op->open)
        quay_till_cart_touched (till);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  announce_sale (till, op, record);
  g_task_return_pointer (task, record, (GDestroyNotify)quay_sale_record_free);
}

void
quay_till_pay_async (QuayTill *till, GPtrArray *payments, GAsyncReadyCallback callback,
                     gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  g_task_set_source_tag (task, quay_till_pay_async);
  SaleOp *op = quay_till_cart_is_free (till, &error) && quay_till_check_reads (till, &error)
                   ? sale_op_new (till, till->cart, payments, TRUE, &error)
                   : NULL;
  if (op == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, op, (GDestroyNotify)sale_op_free);
  g_autoptr (QuayTxn) txn = build_sale (till, op);
  if (!quay_till_allow (till, txn, &error))
    {
      take_sale (till, op, NULL, NULL);
      g_task_return_error (task, error);
      return;
    }
  till->paying = TRUE;
  quay_store_commit_async (till->store, g_steal_pointer (&txn), QUAY_LANE_COUNTER, NULL, sold_cb,
                           g_steal_pointer (&task));
}

QuaySaleRecord *
quay_till_pay_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, till), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static QuaySaleRecord *
sell_and_wait (QuayTill *till, const QuayCart *cart, GPtrArray *payments, gboolean open,
               GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return NULL;
  g_autoptr (SaleOp) op = sale_op_new (till, cart, payments, open, error);
  if (op == NULL)
    return NULL;
  QuayTxn *txn = build_sale (till, op);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  QuaySaleRecord *record = take_sale (till, op, done, done != NULL ? error : NULL);
  if (record != NULL)
    announce_sale (till, op, record);
  return record;
}

QuaySaleRecord *
quay_till_pay (QuayTill *till, GPtrArray *payments, GError **error)
{
  return sell_and_wait (till, till->cart, payments, TRUE, error);
}

QuaySaleRecord *
quay_till_sell_cart (QuayTill *till, const QuayCart *cart, GPtrArray *payments, GError **error)
{
  return sell_and_wait (till, cart, payments, FALSE, error);
}
