/* Placing and cancelling orders, and what they keep back. Thread: main. */
#include "quay-till-orders.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-orders.h"
#include "quay-seal.h"

#include <string.h>

/* Texts of the cash vouchers, in the language of the papers. */
#define WHY_DEPOSIT "Nhận tiền đặt cọc đơn đặt hàng"
#define WHY_BACK "Trả lại tiền đặt cọc"

/* --- reading --- */

static void
open_customer (QuayTill *till, QuayOrderRecord *order)
{
  guint8 key[QUAY_SEAL_KEY_LEN];
  if (order == NULL || order->sealed == NULL ||
      !quay_reader_person_key (till->reader, &order->id, key))
    return;
  if (!quay_seal_open_customer (order->sealed, key, &order->name, &order->phone, NULL))
    g_warning ("the customer of '%s' can't be opened", order->number);
}

GPtrArray *
quay_till_orders (QuayTill *till, QuayDay since, const char *text)
{
  GPtrArray *orders = quay_reader_orders (till->reader, since);
  for (guint i = 0; i < orders->len; i++)
    open_customer (till, orders->pdata[i]);
  for (guint i = orders->len; text != NULL && i > 0; i--)
    if (!quay_order_matches (orders->pdata[i - 1], text))
      g_ptr_array_remove_index (orders, i - 1);
  return orders;
}

QuayOrderRecord *
quay_till_order (QuayTill *till, const QuayId *id)
{
  QuayOrderRecord *order = quay_reader_order (till->reader, id);
  open_customer (till, order);
  return order;
}

QuayOrderRecord *
quay_till_order_by_number (QuayTill *till, const char *number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (number));
  QuayOrderRecord *order = quay_reader_order_by_number (till->reader, stripped);
  open_customer (till, order);
  return order;
}

static QuayQty
kept_of (GHashTable *reserved, const QuayId *product)
{
  const QuayQty *kept = g_hash_table_lookup (reserved, product);
  return kept != NULL ? *kept : QUAY_MILLI (0);
}

QuayQty
quay_till_reserved (QuayTill *till, const QuayId *product)
{
  g_autoptr (GHashTable) reserved = quay_reader_reserved (till->reader, NULL);
  return kept_of (reserved, product);
}

GHashTable *
quay_till_all_reserved (QuayTill *till)
{
  return quay_reader_reserved (till->reader, NULL);
}

/* What the cart takes of a product in the lines up to @index. */
static QuayQty
taken_until (const QuayCart *cart, guint index)
{
  const QuayLine *line = cart->lines->pdata[index];
  QuayQty taken = QUAY_MILLI (0);
  for (guint i = 0; i <= index; i++)
    {
      const QuayLine *other = cart->lines->pdata[i];
      if (quay_id_equal (&other->product, &line->product))
        taken.milli += other->qty.milli;
    }
  return taken;
}

GArray *
quay_till_cart_over_reserved (QuayTill *till)
{
  GArray *over = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) reserved = quay_reader_reserved (till->reader, &till->cart->order);
  for (guint i = 0; i < till->cart->lines->len; i++)
    {
      const QuayLine *line = till->cart->lines->pdata[i];
      QuayQty kept = kept_of (reserved, &line->product);
      g_autoptr (QuayItem) item = kept.milli > 0 ? quay_till_item (till, &line->product) : NULL;
      if (item != NULL && taken_until (till->cart, i).milli > item->stock.milli - kept.milli)
        g_array_append_val (over, i);
    }
  return over;
}

/* --- placing --- */

QuayLine *
quay_till_order_line (QuayTill *till, const QuayId *product, QuayQty qty, QuayMoney price,
                      GError **error)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (item == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such product");
      return NULL;
    }
  item->has_price = TRUE; /* the agreed one, also of what is not sold any more */
  item->active = TRUE;
  item->price = price;
  g_autoptr (QuayLine) line = quay_item_to_line (item, qty, error);
  return line != NULL && quay_line_price (line, error) ? g_steal_pointer (&line) : NULL;
}

static gboolean
ask_is_sound (QuayTill *till, const QuayOrderAsk *ask, QuayMoney *total, GError **error)
{
  static const char *const faults[] = {
    [QUAY_ORDER_NO_NAME] = "an order needs a name",
    [QUAY_ORDER_BAD_NAME] = "name can't be kept",
    [QUAY_ORDER_BAD_PHONE] = "telephone has a wrong shape",
    [QUAY_ORDER_PAST_DUE] = "due day is past",
    [QUAY_ORDER_NO_LINES] = "an order needs goods",
    [QUAY_ORDER_BAD_LINE] = "a line can't be ordered, or there are too many",
    [QUAY_ORDER_BAD_DEPOSIT] = "deposit out of range",
    [QUAY_ORDER_BAD_REF] = "reference can't be kept",
    [QUAY_ORDER_BAD_NOTE] = "note can't be kept",
  };
  QuayOrderFault fault = quay_order_check (ask, quay_till_day (till), total);
  if (fault != QUAY_ORDER_SOUND)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, faults[fault]);
  return fault == QUAY_ORDER_SOUND;
}

/* Cash that goes with an order: in above 0, out below. @shift: NULL: the open one, or a new one. */
static void
add_cash (QuayTill *till, QuayTxn *txn, QuayMoney amount, const char *why, const QuayId *shift)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_CASH_MOVED, FALSE);
  QuayCashMoved *body = event->body;
  body->amount = amount;
  body->why = g_strdup (why);
  body->kind = g_strdup ("deposit");
  if (shift != NULL)
    event->shift = *shift;
  else
    quay_till_need_shift (till, txn, event);
  quay_txn_add (txn, event);
}

static char *
text_or_null (const char *text)
{
  return text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
}

static QuayTxn *
build_order (QuayTill *till, const QuayId *id, const QuayOrderAsk *ask, QuayMoney total)
{
  guint8 key[QUAY_SEAL_KEY_LEN];
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_ORDER, TRUE);
  QuayOrder *body = event->body;
  g_autofree char *phone = text_or_null (ask->phone);
  event->id = *id;
  body->buyer = quay_seal_customer (&till->env, ask->name, phone, key);
  body->due = ask->due;
  body->lines = g_ptr_array_new ();
  for (guint i = 0; i < ask->lines->len; i++)
    g_ptr_array_add (body->lines, quay_line_copy (ask->lines->pdata[i]));
  body->total = total;
  body->deposit = ask->deposit;
  body->tender = ask->tender;
  body->ref = ask->tender != QUAY_TENDER_CASH ? text_or_null (ask->ref) : NULL;
  body->note = text_or_null (ask->note);
  quay_txn_keep_key (txn, &event->id, key);
  quay_txn_add (txn, event);
  if (ask->deposit.dong > 0 && ask->tender == QUAY_TENDER_CASH)
    add_cash (till, txn, ask->deposit, WHY_DEPOSIT, NULL);
  return txn;
}

/* Commits, and checks that the id is that of an event of @kind. */
static QuayResult *
commit (QuayTill *till, QuayTxn *txn, QuayEventKind kind, GError **error)
{
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return NULL;
  if (((const QuayEvent *)done->events->pdata[0])->kind != kind)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  quay_till_learn_shift (till, done);
  quay_till_items_moved (till);
  quay_till_emit_sales (till);
  return g_steal_pointer (&done);
}

char *
quay_till_place_order (QuayTill *till, const QuayId *id, const QuayOrderAsk *ask, GError **error)
{
  QuayMoney total;
  if (!quay_till_cart_is_free (till, error) || !ask_is_sound (till, ask, &total, error) ||
      !quay_till_need_room (till, error) || !quay_till_find_shift (till, error))
    return NULL;
  g_autoptr (QuayResult) done =
      commit (till, build_order (till, id, ask, total), QUAY_EVENT_ORDER, error);
  if (done == NULL)
    return NULL;
  return g_strdup (((const QuayOrder *)((const QuayEvent *)done->events->pdata[0])->body)->number);
}

/* --- ending --- */

gboolean
quay_till_order_may_end (QuayTill *till, const QuayId *order, const QuayId *by, GError **error)
{
  g_autoptr (QuayOrderRecord) found = quay_reader_order (till->reader, order);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (found == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such order");
      return FALSE;
    }
  if (quay_id_is_nil (&found->end) || quay_id_equal (&found->end, by) ||
      quay_id_equal (&found->sale, by))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "the order '%s' has ended", found->number);
  return FALSE;
}

void
quay_till_end_order (QuayTill *till, QuayTxn *txn, const QuayCart *cart, const QuayId *shift)
{
  if (quay_id_is_nil (&cart->order))
    return;
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_ORDER_ENDED, FALSE);
  QuayOrderEnded *body = event->body;
  body->order = cart->order;
  body->how = g_strdup ("handed");
  body->sale = cart->id;
  body->back = QUAY_DONG (cart->deposit.dong - quay_cart_deposit (cart).dong);
  body->tender = QUAY_TENDER_CASH;
  quay_txn_add (txn, event);
  if (body->back.dong > 0)
    add_cash (till, txn, QUAY_DONG (-body->back.dong), WHY_BACK, shift);
}

static gboolean
cancel_is_sound (const QuayOrderRecord *order, QuayMoney back, gint64 tender, const char *why,
                 GError **error)
{
  const char *fault = NULL;
  if (back.dong < 0 || back.dong > order->deposit.dong)
    fault = "more than the deposit can't be given back";
  else if (tender < 0 || tender > QUAY_TENDER_TRANSFER)
    fault = "no such tender";
  else if (why == NULL || why[0] == '\0')
    fault = "no reason was given";
  if (fault != NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, fault);
  return fault == NULL;
}

gboolean
quay_till_cancel_order (QuayTill *till, const QuayId *id, const QuayId *order, QuayMoney back,
                        gint64 tender, const char *why, GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_text (why, 70, error) ||
      !quay_till_order_may_end (till, order, id, error) || !quay_till_find_shift (till, error))
    return FALSE;
  g_autoptr (QuayOrderRecord) found = quay_reader_order (till->reader, order);
  if (!quay_till_check_reads (till, error) || found == NULL ||
      !cancel_is_sound (found, back, tender, why, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_ORDER_ENDED, FALSE);
  QuayOrderEnded *body = event->body;
  event->id = *id;
  body->order = *order;
  body->how = g_strdup ("cancelled");
  body->back = back;
  body->tender = tender;
  body->why = g_strdup (why);
  quay_txn_add (txn, event);
  if (back.dong > 0 && tender == QUAY_TENDER_CASH)
    add_cash (till, txn, QUAY_DONG (-back.dong), WHY_BACK, NULL);
  g_autoptr (QuayResult) done = commit (till, txn, QUAY_EVENT_ORDER_ENDED, error);
  return done != NULL;
}

/* --- into the cart --- */

static QuayCart *
cart_of (QuayTill *till, const QuayOrderRecord *order, GError **error)
{
  g_autoptr (QuayCart) cart = quay_till_new_cart (till);
  cart->order = order->id;
  cart->deposit = order->deposit;
  cart->order_no = g_strdup (order->number);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const QuayLine *asked = order->lines->pdata[i];
      g_autoptr (QuayLine) line =
          quay_till_order_line (till, &asked->product, asked->qty, asked->price, error);
      if (line == NULL || !quay_cart_add (cart, line, NULL, error))
        return NULL;
    }
  return g_steal_pointer (&cart);
}

/* A cart of this order that lies aside. */
static gboolean
find_aside (QuayTill *till, const QuayId *order, QuayId *cart)
{
  g_autoptr (GPtrArray) drafts = quay_reader_drafts (till->reader);
  for (guint i = 0; i < drafts->len; i++)
    {
      const QuayDraft *draft = drafts->pdata[i];
      if (!draft->held || draft->cart == NULL || !quay_id_equal (&draft->cart->order, order))
        continue;
      *cart = draft->id;
      return TRUE;
    }
  return FALSE;
}

gboolean
quay_till_hand_over (QuayTill *till, const QuayId *order, GError **error)
{
  QuayId aside;
  if (!quay_till_cart_is_free (till, error) ||
      !quay_till_order_may_end (till, order, &QUAY_ID_NIL, error))
    return FALSE;
  if (quay_id_equal (&till->cart->order, order))
    return TRUE;
  gboolean held = find_aside (till, order, &aside);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (held)
    return quay_till_recall (till, &aside, error);
  g_autoptr (QuayOrderRecord) found = quay_till_order (till, order);
  g_autoptr (QuayCart) cart = found != NULL ? cart_of (till, found, error) : NULL;
  return cart != NULL && quay_till_check_reads (till, error) &&
         quay_till_put_on_counter (till, g_steal_pointer (&cart), error);
}
