/* The one gate: what a transaction writes decides which rights it takes. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-till-people.h"

#include <string.h>

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

static gboolean
find_right (const QuayEvent *event, QuayAct *act)
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
  g_free (leave->by);
  g_free (leave->why);
  g_free (leave);
}

/* The word that covers it; NULL if nobody gave one. */
static QuayLeave *
find_leave (QuayTill *till, QuayAct act, gint64 amount)
{
  for (guint i = 0; i < till->leaves->len; i++)
    {
      QuayLeave *leave = till->leaves->pdata[i];
      if (leave->act == act && amount <= leave->amount)
        return leave;
    }
  return NULL;
}

const char *
quay_till_approver (QuayTill *till, QuayAct act)
{
  const QuayLeave *leave = find_leave (till, act, 0);
  return leave != NULL ? leave->by : NULL;
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

gboolean
quay_till_require (QuayTill *till, QuayAct act, gint64 amount, GError **error)
{
  QuayLeave *leave = find_leave (till, act, amount);
  if (leave != NULL)
    leave->needed = TRUE;
  if (leave != NULL || within (quay_till_limit (till, act), amount))
    return TRUE;
  till->denied.act = act;
  till->denied.amount = amount;
  till->denied.is = TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_DENIED, "'%s' may not do this: %s", till->user,
               quay_act_name (act));
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

static void
add_trace (QuayTill *till, QuayTxn *txn, const QuayLeave *leave)
{
  const GPtrArray *events = quay_txn_events (txn);
  const QuayEvent *first = events->pdata[0];
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_OVERRIDE, FALSE);
  QuayAudit *body = event->body;
  event->shift = first->shift;
  body->subject = first->id;
  body->act = g_strdup (quay_act_name (leave->act));
  body->by = g_strdup (leave->by);
  body->why = g_strdup (leave->why);
  if (leave->act == QUAY_ACT_REFUND || leave->act == QUAY_ACT_CASH)
    body->amount = QUAY_DONG (leave->asked);
  quay_txn_add (txn, event);
}

gboolean
quay_till_allow (QuayTill *till, QuayTxn *txn, GError **error)
{
  const GPtrArray *events = quay_txn_events (txn);
  guint n = events->len;
  for (guint i = 0; i < n; i++)
    {
      QuayAct act;
      if (find_right (events->pdata[i], &act) && !quay_till_require (till, act, 0, error))
        return FALSE;
    }
  for (guint i = 0; n > 0 && i < till->leaves->len; i++)
    if (((QuayLeave *)till->leaves->pdata[i])->needed)
      add_trace (till, txn, till->leaves->pdata[i]);
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
