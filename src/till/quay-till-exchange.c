/* Exchange in one step: goods of an earlier sale pay for the open cart; both are booked together.
 * Thread: main. */
#include "quay-refund-private.h"

#include "quay-error.h"
#include "quay-till-people.h"
#include "quay-till-refunds.h"
#include "quay-till-sync.h"

#define FRESH_MS (10 * 60 * G_GINT64_CONSTANT (1000))

gboolean
quay_refund_is_fresh (QuayTill *till)
{
  QuayLinkState state = { 0 };
  quay_till_link (till, &state);
  gboolean talking = state.link == QUAY_LINK_WORKING || state.link == QUAY_LINK_WAITING;
  gboolean fresh =
      state.link == QUAY_LINK_SENT ||
      (talking && state.last_ack > 0 && quay_till_now_ms (till) - state.last_ack < FRESH_MS);
  quay_link_state_clear (&state);
  return fresh;
}

/* What the cart takes back, as it was asked for. */
static QuayRefundAsk *
asks_of (const QuayCart *cart)
{
  QuayRefundAsk *asks = g_new0 (QuayRefundAsk, cart->returns->len);
  for (guint i = 0; i < cart->returns->len; i++)
    {
      const QuayReturn *back = cart->returns->pdata[i];
      asks[i] = (QuayRefundAsk){ back->line, back->qty, back->restock != 0 };
    }
  return asks;
}

static void
end_exchange (QuayCart *cart)
{
  cart->exchange = QUAY_ID_NIL;
  cart->credit = QUAY_DONG (0);
  g_clear_pointer (&cart->exchange_no, g_free);
  g_clear_pointer (&cart->returns, g_ptr_array_unref);
}

gboolean
quay_till_exchange (QuayTill *till, const char *number, const QuayRefundAsk *asks, guint n,
                    GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return FALSE;
  g_autoptr (QuayRefundPlan) plan = n > 0 ? quay_refund_plan (till, number, asks, n, error) : NULL;
  if (n > 0 && (plan == NULL || !quay_refund_is_allowed (plan, -1, error)))
    return FALSE;
  end_exchange (till->cart);
  if (plan != NULL)
    {
      till->cart->exchange = plan->sale->id;
      till->cart->exchange_no = g_strdup (plan->sale->number);
      till->cart->credit = plan->total;
      till->cart->returns = g_ptr_array_new_with_free_func (g_free);
    }
  for (guint i = 0; i < n; i++)
    {
      QuayReturn *back = g_new0 (QuayReturn, 1);
      *back = (QuayReturn){ asks[i].line, asks[i].qty, asks[i].restock };
      g_ptr_array_add (till->cart->returns, back);
    }
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_plan_exchange (QuayTill *till, const QuayCart *cart, QuayRefundPlan **plan,
                         GError **error)
{
  *plan = NULL;
  if (quay_id_is_nil (&cart->exchange) || cart->returns == NULL)
    return TRUE;
  g_autofree QuayRefundAsk *asks = asks_of (cart);
  g_autoptr (QuayRefundPlan) made =
      quay_refund_plan (till, cart->exchange_no, asks, cart->returns->len, error);
  if (made == NULL || !quay_refund_is_allowed (made, -1, error))
    return FALSE;
  if (!quay_id_equal (&made->sale->id, &cart->exchange) || made->total.dong != cart->credit.dong)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                   "what comes back of '%s' is worth something else now", cart->exchange_no);
      return FALSE;
    }
  *plan = g_steal_pointer (&made);
  return TRUE;
}

QuayId
quay_till_add_exchange (QuayTill *till, QuayTxn *txn, const QuayCart *cart,
                        const QuayRefundPlan *plan, const QuayId *shift)
{
  if (plan == NULL)
    return QUAY_ID_NIL;
  QuayId id = quay_till_new_id (till);
  QuayEvent *event = quay_refund_event (plan, &id, -1, quay_cart_credit (cart), cart->note);
  ((QuayRefund *)event->body)->exchange = cart->id;
  event->shift = *shift;
  quay_txn_add (txn, event);
  return id;
}
