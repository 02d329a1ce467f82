/* The one gate: what a transaction writes decides which rights it takes. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-people.h"
#include "quay-till-view.h"

#include <string.h>

#define LEAVE_MS (3 * 60 * 1000)

/* Rights by kind of event; what is not listed takes none. Those with limits are asked for by their
 * verbs, too, which know the amount. */
static const struct
{
  QuayEventKind kind;
  QuayAct act;
} rights[] = {
  { QUAY_EVENT_SALE, QUAY_ACT_SELL },
  { QUAY_EVENT_ORDER, QUAY_ACT_SELL },
  { QUAY_EVENT_REFUND, QUAY_ACT_REFUND },
  { QUAY_EVENT_PAYMENT_FIXED, QUAY_ACT_FIX_PAYMENT },
  { QUAY_EVENT_DRAWER_OPENED, QUAY_ACT_DRAWER },
  { QUAY_EVENT_CASH_MOVED, QUAY_ACT_CASH },
  { QUAY_EVENT_SHIFT_CLOSED, QUAY_ACT_SHIFT },
  { QUAY_EVENT_CUSTOMER, QUAY_ACT_CUSTOMER },
  { QUAY_EVENT_CUSTOMER_ENTRY, QUAY_ACT_CUSTOMER },
  { QUAY_EVENT_REQUEST, QUAY_ACT_CUSTOMER },
  { QUAY_EVENT_CATEGORY, QUAY_ACT_CATALOG },
  { QUAY_EVENT_PRODUCT, QUAY_ACT_CATALOG },
  { QUAY_EVENT_CODE, QUAY_ACT_CATALOG },
  { QUAY_EVENT_PRICE, QUAY_ACT_CATALOG },
  { QUAY_EVENT_PRICE_LIST, QUAY_ACT_CATALOG },
  { QUAY_EVENT_LIST_PRICES, QUAY_ACT_CATALOG },
  { QUAY_EVENT_PROMOTION, QUAY_ACT_CATALOG },
  { QUAY_EVENT_STOCK_OPENING, QUAY_ACT_STOCK },
  { QUAY_EVENT_RECEIVED, QUAY_ACT_STOCK },
  { QUAY_EVENT_ISSUED, QUAY_ACT_STOCK },
  { QUAY_EVENT_MOVED, QUAY_ACT_STOCK },
  { QUAY_EVENT_BUNDLED, QUAY_ACT_STOCK },
  { QUAY_EVENT_LOT, QUAY_ACT_STOCK },
  { QUAY_EVENT_COUNT, QUAY_ACT_STOCK },
  { QUAY_EVENT_SEEN, QUAY_ACT_STOCK },
  { QUAY_EVENT_ASSIGNED, QUAY_ACT_STOCK },
  { QUAY_EVENT_FAIR, QUAY_ACT_STOCK },
  { QUAY_EVENT_LOCATION, QUAY_ACT_STOCK },
  { QUAY_EVENT_COUNTED, QUAY_ACT_COUNT },
  { QUAY_EVENT_PARTNER, QUAY_ACT_SETTLE },
  { QUAY_EVENT_SETTLED, QUAY_ACT_SETTLE },
  { QUAY_EVENT_ENTRY, QUAY_ACT_SETTLE },
  { QUAY_EVENT_USER, QUAY_ACT_USERS },
  { QUAY_EVENT_ROLE, QUAY_ACT_USERS },
  { QUAY_EVENT_SETTING, QUAY_ACT_SETTINGS },
  { QUAY_EVENT_PARAM, QUAY_ACT_SETTINGS },
};

gboolean
quay_till_right_of (const QuayEvent *event, QuayAct *act)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (rights[i].kind == event->kind)
      {
        *act = rights[i].act;
        return TRUE;
      }
  return FALSE;
}

/* --- words of a second person --- */

void
quay_leave_free (QuayLeave *leave)
{
  if (leave == NULL)
    return;
  g_free (leave->to);
  g_free (leave->by);
  g_free (leave->why);
  g_free (leave);
}

void
quay_till_add_leave (QuayTill *till, QuayAct act, gint64 amount, const char *by, const char *why)
{
  QuayLeave *leave = g_new0 (QuayLeave, 1);
  leave->act = act;
  leave->amount = leave->asked = amount;
  leave->until = till->env.mono_ms (till->env.data) + LEAVE_MS;
  leave->to = g_strdup (till->user);
  leave->by = g_strdup (by);
  leave->why = why != NULL && *why != '\0' ? g_strdup (why) : NULL;
  g_ptr_array_add (till->leaves, leave);
  till->denied.is = FALSE;
}

/* The word that covers it; NULL if nobody gave one to who works, or it is too old. */
static QuayLeave *
find_leave (QuayTill *till, QuayAct act, gint64 amount)
{
  gint64 now = till->env.mono_ms (till->env.data);
  for (guint i = till->leaves->len; i-- > 0;)
    if (((const QuayLeave *)till->leaves->pdata[i])->until <= now)
      g_ptr_array_remove_index (till->leaves, i);
  for (guint i = 0; i < till->leaves->len && !quay_till_is_locked (till); i++)
    {
      QuayLeave *leave = till->leaves->pdata[i];
      if (leave->act == act && amount <= leave->amount && strcmp (leave->to, till->user) == 0)
        return leave;
    }
  return NULL;
}

const char *
quay_till_approver (QuayTill *till, QuayAct act)
{
  const QuayLeave *leave = find_leave (till, act, 0);
  return leave != NULL && leave->needed ? leave->by : NULL;
}

/* An act without a limit is of no amount: 0 is what everybody may do who may do it at all. */
static gboolean
within (gint64 limit, gint64 amount)
{
  return limit > 0 && amount <= limit;
}

gboolean
quay_till_may (QuayTill *till, QuayAct act, gint64 amount)
{
  return within (quay_till_limit (till, act), amount) || find_leave (till, act, amount) != NULL;
}

/* --- what says so --- */

static QuayEvent *
trace_of (QuayTill *till, const QuayLeave *leave, const QuayId *subject, const QuayId *shift)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_OVERRIDE, FALSE);
  QuayAudit *body = event->body;
  event->shift = *shift;
  body->subject = *subject;
  body->act = g_strdup (quay_act_name (leave->act));
  body->by = g_strdup (leave->by);
  body->why = g_strdup (leave->why);
  if (quay_act_limit_kind (leave->act) == QUAY_LIMIT_DONG)
    body->amount = QUAY_DONG (leave->asked);
  return event;
}

/* What changes a cart is written with its sale, which may be long after, or never. */
static gboolean
is_of_cart (QuayAct act)
{
  return act == QUAY_ACT_DISCOUNT || act == QUAY_ACT_PRICE || act == QUAY_ACT_VOID ||
         act == QUAY_ACT_EXPIRED;
}

/* So the word is used up and written down at once; its subject is the cart, whose id its sale gets.
 */
static void
trace_in_cart (QuayTill *till, QuayLeave *leave)
{
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, trace_of (till, leave, &till->cart->id, &till->shift));
  quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
  g_ptr_array_remove (till->leaves, leave);
}

/* Who locked the till, or came to a locked one, writes nothing. */
static gboolean
somebody_works (QuayTill *till, GError **error)
{
  if (!quay_till_is_locked (till))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_DENIED, "nobody is signed in");
  if (!till->people.aside.is)
    quay_till_emit_denied (till);
  return FALSE;
}

/* An attempt in vain leaves a trace, too. */
static void
note_denied (QuayTill *till, QuayAct act, gint64 amount)
{
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_noted (till, till->user, "denied", quay_act_name (act), NULL);
  if (act == QUAY_ACT_REFUND || act == QUAY_ACT_CASH)
    ((QuayAudit *)event->body)->amount = QUAY_DONG (amount);
  quay_txn_add (txn, event);
  quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
}

gboolean
quay_till_require (QuayTill *till, QuayAct act, gint64 amount, GError **error)
{
  if (within (quay_till_limit (till, act), amount))
    return TRUE;
  if (quay_till_is_view (till))
    return quay_till_refuse_view (till, error);
  QuayLeave *leave = find_leave (till, act, amount);
  if (leave != NULL && is_of_cart (act))
    trace_in_cart (till, leave);
  else if (leave != NULL)
    leave->needed = TRUE;
  if (leave != NULL)
    return TRUE;
  quay_till_use_leaves (till, FALSE); /* what this verb has asked for before is not done either */
  if (!somebody_works (till, error))
    return FALSE;
  till->denied.act = act;
  till->denied.amount = amount;
  till->denied.is = TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DENIED, "'%s' may not do this: %s", till->user,
               quay_act_name (act));
  note_denied (till, act, amount);
  if (!till->people.aside.is)
    quay_till_emit_denied (till);
  return FALSE;
}

gboolean
quay_till_denied (QuayTill *till, QuayAct *act, gint64 *amount)
{
  *act = till->denied.act;
  *amount = till->denied.amount;
  return till->denied.is;
}

/* --- the gate --- */

gint64
quay_till_amount_of (const QuayEvent *event)
{
  if (event->kind == QUAY_EVENT_REFUND)
    return ((const QuayRefund *)event->body)->total.dong;
  if (event->kind == QUAY_EVENT_CASH_MOVED)
    return ABS (((const QuayCashMoved *)event->body)->amount.dong);
  return 0;
}

/* What @event takes here and now: a shift that somebody else opened is not one's own, and one that
 * is opened by itself is what a shift is about. */
static gboolean
find_right (QuayTill *till, const QuayEvent *event, gboolean first, QuayAct *act)
{
  if (event->kind == QUAY_EVENT_SHIFT_OPENED && first)
    {
      *act = QUAY_ACT_SHIFT;
      return TRUE;
    }
  if (event->kind == QUAY_EVENT_SHIFT_CLOSED && quay_till_has_users (till))
    {
      const QuayShiftClosed *body = event->body;
      g_autofree char *owner = quay_reader_shift_owner (till->reader, &body->shift);
      *act = g_strcmp0 (owner, till->user) == 0 ? QUAY_ACT_SHIFT : QUAY_ACT_SHIFT_OTHER;
      return TRUE;
    }
  return quay_till_right_of (event, act);
}

/* What is written by the way may take the same right: who looks for what was written without one
 * goes by the word for each. What this computer alone keeps is no event: the word is the trace. */
static void
add_traces (QuayTill *till, QuayTxn *txn, const QuayLeave *leave)
{
  const GPtrArray *events = quay_txn_events (txn);
  guint n = events->len;
  if (n == 0)
    quay_txn_add (txn, trace_of (till, leave, &QUAY_ID_NIL, &till->shift));
  for (guint i = 0; i < n; i++)
    {
      QuayAct act;
      const QuayEvent *event = events->pdata[i];
      if (i == 0 || (find_right (till, event, FALSE, &act) && act == leave->act &&
                     !within (quay_till_limit (till, act), quay_till_amount_of (event))))
        quay_txn_add (txn, trace_of (till, leave, &event->id, &event->shift));
    }
}

gboolean
quay_till_allow (QuayTill *till, QuayTxn *txn, GError **error)
{
  const GPtrArray *events = quay_txn_events (txn);
  guint n = events->len;
  if (quay_till_is_view (till))
    return quay_till_refuse_view (till, error);
  if (n > 0 && !somebody_works (till, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      QuayAct act;
      gint64 amount =
          i == 0 ? quay_till_amount_of (events->pdata[i]) : 0; /* others follow from it */
      if (find_right (till, events->pdata[i], i == 0, &act) &&
          !quay_till_require (till, act, amount, error))
        return FALSE;
    }
  for (guint i = 0; i < till->leaves->len; i++)
    if (((QuayLeave *)till->leaves->pdata[i])->needed)
      add_traces (till, txn, till->leaves->pdata[i]);
  return TRUE;
}

void
quay_till_use_leaves (QuayTill *till, gboolean written)
{
  for (guint i = till->leaves->len; i-- > 0;)
    {
      QuayLeave *leave = till->leaves->pdata[i];
      if (written && leave->needed)
        g_ptr_array_remove_index (till->leaves, i);
      else
        leave->needed = FALSE;
    }
}
