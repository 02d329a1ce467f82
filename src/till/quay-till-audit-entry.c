/* Which records are of note, and what they say. Any thread. */
#include "quay-till-audit-private.h"

#include "quay-body-people.h"
#include "quay-body-stock.h"
#include "quay-tender.h"

#include <string.h>

/* Kinds of events whose records are always decoded. */
static const struct
{
  QuayEventKind event;
  QuayAuditKind kind;
} kinds[] = {
  { QUAY_EVENT_OVERRIDE, QUAY_AUDIT_OVERRIDE },
  { QUAY_EVENT_CART_REMOVED, QUAY_AUDIT_REMOVED },
  { QUAY_EVENT_DRAWER_OPENED, QUAY_AUDIT_DRAWER },
  { QUAY_EVENT_RECEIPT_REPRINTED, QUAY_AUDIT_REPRINT },
  { QUAY_EVENT_REFUND, QUAY_AUDIT_REFUND },
  { QUAY_EVENT_PAYMENT_FIXED, QUAY_AUDIT_FIXED },
  { QUAY_EVENT_CASH_MOVED, QUAY_AUDIT_CASH },
  { QUAY_EVENT_ENTRY, QUAY_AUDIT_CASH },
  { QUAY_EVENT_SHIFT_OPENED, QUAY_AUDIT_SHIFT },
  { QUAY_EVENT_SHIFT_CLOSED, QUAY_AUDIT_SHIFT },
  { QUAY_EVENT_CUSTOMER_ENTRY, QUAY_AUDIT_DEBT },
  { QUAY_EVENT_NOTED, QUAY_AUDIT_OTHER },
  { QUAY_EVENT_USER, QUAY_AUDIT_PEOPLE },
  { QUAY_EVENT_ROLE, QUAY_AUDIT_PEOPLE },
  { QUAY_EVENT_SETTING, QUAY_AUDIT_SETTING },
  { QUAY_EVENT_PRICE, QUAY_AUDIT_PRICE },
  { QUAY_EVENT_LIST_PRICES, QUAY_AUDIT_PRICE },
  { QUAY_EVENT_PRICE_LIST, QUAY_AUDIT_PRICE },
  { QUAY_EVENT_PROMOTION, QUAY_AUDIT_PRICE },
  { QUAY_EVENT_BIRTH, QUAY_AUDIT_OTHER },
};

/* What `noted` events name. */
static const struct
{
  const char *act;
  QuayAuditKind kind;
} noted[] = {
  { "login", QUAY_AUDIT_LOGIN },
  { "logout", QUAY_AUDIT_LOGIN },
  { "login.failed", QUAY_AUDIT_LOGIN_FAILED },
  { "pin.reset", QUAY_AUDIT_PEOPLE },
  { "clock", QUAY_AUDIT_CLOCK },
  { "discount", QUAY_AUDIT_DISCOUNT },
  { "price", QUAY_AUDIT_DISCOUNT },
  { "void", QUAY_AUDIT_REMOVED },
  { "shift.counted", QUAY_AUDIT_SHIFT },
};

#define HEAD "{\"t\":\""
#define SALE HEAD "sale\""
#define OFFS "\"offs\":"

/* A record begins with its kind (src/journal/README.md). */
static gboolean
starts_with_kind (const guint8 *bytes, gsize len, const char *kind)
{
  gsize n = strlen (kind);
  return len > strlen (HEAD) + n && memcmp (bytes, HEAD, strlen (HEAD)) == 0 &&
         memcmp (bytes + strlen (HEAD), kind, n) == 0 && bytes[strlen (HEAD) + n] == '"';
}

gboolean
quay_audit_may_matter (const guint8 *bytes, gsize len)
{
  if (len > strlen (SALE) && memcmp (bytes, SALE, strlen (SALE)) == 0)
    return g_strstr_len ((const char *)bytes, (gssize)len, OFFS) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (starts_with_kind (bytes, len, quay_event_kind_name (kinds[i].event)))
      return TRUE;
  return FALSE;
}

/* --- bodies --- */

static void
take_audit (QuayAuditEntry *entry, const QuayAudit *body)
{
  entry->ref = g_strdup (body->ref);
  entry->name = g_strdup (body->name);
  entry->why = g_strdup (body->why);
  entry->act = g_strdup (body->act);
  entry->by = g_strdup (body->by);
  entry->qty = body->qty;
  entry->amount = body->amount;
  entry->counts = body->amount.dong != 0;
  for (guint i = 0; entry->kind == QUAY_AUDIT_OTHER && i < G_N_ELEMENTS (noted); i++)
    if (g_strcmp0 (noted[i].act, body->act) == 0)
      entry->kind = noted[i].kind;
}

static void
take_refund (QuayAuditEntry *entry, const QuayRefund *body)
{
  entry->ref = g_strdup (body->number);
  entry->name = g_strdup (body->of);
  entry->why = g_strdup (body->why);
  entry->by = g_strdup (body->by);
  entry->amount = body->total;
  entry->counts = TRUE;
}

static void
take_fixed (QuayAuditEntry *entry, const QuayPaymentFixed *body)
{
  const QuayPayment *from = body->from->len > 0 ? body->from->pdata[0] : NULL;
  const QuayPayment *to = body->to->len > 0 ? body->to->pdata[0] : NULL;
  entry->ref = g_strdup (body->number);
  entry->name = g_strdup (body->of);
  entry->why = g_strdup (body->why);
  entry->by = g_strdup (body->by);
  entry->counts = to != NULL;
  if (to != NULL)
    entry->amount = to->amount;
  if (from != NULL && to != NULL)
    entry->act =
        g_strdup_printf ("%s>%s", quay_tender_name (from->tender), quay_tender_name (to->tender));
}

static void
take_cash (QuayAuditEntry *entry, const QuayCashMoved *body)
{
  entry->ref = g_strdup (body->number);
  entry->name = g_strdup (body->party);
  entry->act = g_strdup (body->kind);
  entry->why = g_strdup (body->why);
  entry->by = g_strdup (body->by);
  entry->amount = body->amount;
  entry->counts = TRUE;
}

static void
take_customer (QuayAuditEntry *entry, const QuayCustomerEntry *body)
{
  entry->ref = g_strdup (body->number);
  entry->act = g_strdup (body->kind);
  entry->why = g_strdup (body->why);
  entry->by = g_strdup (body->by);
  entry->amount = body->amount;
  entry->counts = TRUE;
}

static void
take_closed (QuayAuditEntry *entry, const QuayShiftClosed *body)
{
  entry->by = g_strdup (body->by);
  entry->act = g_strdup ("closed");
  entry->why = g_strdup (body->why);
  entry->counts = quay_money_sub (body->counted, body->expected, &entry->amount);
}

static void
take_opened (QuayAuditEntry *entry, const QuayShiftOpened *body)
{
  entry->ref = g_strdup (body->number);
  entry->act = g_strdup ("opened");
  entry->amount = body->opening;
  entry->counts = TRUE;
}

/* "role = cashier, active = 1". No hash of a PIN leaves the journal. */
static char *
facts_text (const GPtrArray *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const QuayFact *fact = facts->pdata[i];
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", fact->field);
      if (strcmp (fact->field, "pin") == 0)
        continue;
      if (fact->cleared)
        g_string_append (text, " = –");
      else if (fact->text != NULL)
        g_string_append_printf (text, " = %s", fact->text);
      else
        g_string_append_printf (text, " = %" G_GINT64_FORMAT, fact->number);
    }
  return g_strdup (text->str);
}

static void
take_facts (QuayAuditEntry *entry, const QuayFacts *body)
{
  entry->name = g_strdup (body->code);
  entry->why = facts_text (body->facts);
}

/* By hand alone: what a promotion takes off is the shop's will. */
static gboolean
take_sale (QuayAuditEntry *entry, const QuaySale *body)
{
  for (guint i = 0; i < body->lines->len; i++)
    {
      const QuayLine *line = body->lines->pdata[i];
      for (guint k = 0; line->offs != NULL && k < line->offs->len; k++)
        {
          const QuayOff *off = line->offs->pdata[k];
          if (off->kind > QUAY_OFF_CART ||
              !quay_money_add (entry->amount, off->amount, &entry->amount))
            continue;
          if (entry->name == NULL)
            entry->name = g_strdup (line->name);
        }
    }
  entry->kind = QUAY_AUDIT_DISCOUNT;
  entry->ref = g_strdup (body->number);
  entry->counts = TRUE;
  return entry->amount.dong > 0;
}

static gboolean
take_entry (QuayAuditEntry *entry, const QuayEntry *body)
{
  entry->ref = g_strdup (body->number);
  entry->name = g_strdup (body->name);
  entry->act = g_strdup ("producer");
  entry->why = g_strdup (body->why);
  entry->amount = body->amount;
  entry->counts = TRUE;
  return body->money != 0 && body->tender == QUAY_TENDER_CASH;
}

/* A step of the counters is not a setting. */
static gboolean
take_body (QuayAuditEntry *entry, const QuayEvent *event)
{
  switch (event->kind)
    {
    case QUAY_EVENT_SALE:
      return take_sale (entry, event->body);
    case QUAY_EVENT_ENTRY:
      return take_entry (entry, event->body);
    case QUAY_EVENT_REFUND:
      take_refund (entry, event->body);
      return TRUE;
    case QUAY_EVENT_PAYMENT_FIXED:
      take_fixed (entry, event->body);
      return TRUE;
    case QUAY_EVENT_CASH_MOVED:
      take_cash (entry, event->body);
      return TRUE;
    case QUAY_EVENT_CUSTOMER_ENTRY:
      take_customer (entry, event->body);
      return TRUE;
    case QUAY_EVENT_SHIFT_OPENED:
      take_opened (entry, event->body);
      return TRUE;
    case QUAY_EVENT_SHIFT_CLOSED:
      take_closed (entry, event->body);
      return TRUE;
    case QUAY_EVENT_PRICE:
      entry->why = g_strdup (((const QuayPrices *)event->body)->why);
      return TRUE;
    case QUAY_EVENT_LIST_PRICES:
      entry->act = g_strdup (((const QuayListPrices *)event->body)->list);
      entry->why = g_strdup (((const QuayListPrices *)event->body)->why);
      return TRUE;
    case QUAY_EVENT_SETTING:
      take_facts (entry, event->body);
      return g_strcmp0 (entry->name, "counter") != 0;
    case QUAY_EVENT_USER:
    case QUAY_EVENT_ROLE:
    case QUAY_EVENT_PRICE_LIST:
    case QUAY_EVENT_PROMOTION:
      take_facts (entry, event->body);
      return TRUE;
    case QUAY_EVENT_BIRTH:
      return FALSE;
    default:
      take_audit (entry, event->body);
      return TRUE;
    }
}

QuayAuditEntry *
quay_audit_entry_of (const QuayEvent *event)
{
  guint at = 0;
  while (at < G_N_ELEMENTS (kinds) && kinds[at].event != event->kind)
    at++;
  if (at == G_N_ELEMENTS (kinds) && event->kind != QUAY_EVENT_SALE)
    return NULL;
  QuayAuditEntry *entry = g_new0 (QuayAuditEntry, 1);
  entry->kind = at < G_N_ELEMENTS (kinds) ? kinds[at].kind : QUAY_AUDIT_DISCOUNT;
  entry->id = event->id;
  entry->day = (QuayDay)event->day;
  entry->ts = event->ts;
  entry->doubt = event->doubt != 0;
  entry->event = g_strdup (quay_event_kind_name (event->kind));
  entry->who = g_strdup (event->who);
  if (take_body (entry, event))
    return entry;
  quay_audit_entry_free (entry);
  return NULL;
}
