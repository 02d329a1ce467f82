/* The registry of kinds; the header's format; encode, decode, number. */
#include "quay-event-private.h"

#include "quay-body-people.h"
#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-json.h"

#include <string.h>

typedef struct
{
  const char *name;
  const QuayShape *body;
  QuayRowsFunc rows;
  const char *number; /* infix of the number: "" counts alone, "TH" with the year; NULL none */
} Kind;

static const Kind kinds[QUAY_N_EVENT_KINDS] = {
  [QUAY_EVENT_BIRTH] = { "chain.birth", &quay_shape_birth, quay_rows_of_birth, NULL },
  [QUAY_EVENT_SETTING] = { "setting", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_PARAM] = { "param", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_CATEGORY] = { "category", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_COMMUNE] = { "commune", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_PRODUCER] = { "producer", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_CERTIFICATE] = { "certificate", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_LOCATION] = { "location", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_PRODUCT] = { "product", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_CODE] = { "code.bound", &quay_shape_code, quay_rows_of_code, NULL },
  [QUAY_EVENT_PRICE] = { "price.set", &quay_shape_prices, quay_rows_of_price, NULL },
  [QUAY_EVENT_STOCK_OPENING] = { "stock.opening", &quay_shape_stock_opening,
                                 quay_rows_of_stock_opening, NULL },
  [QUAY_EVENT_POSTED] = { "document.posted", &quay_shape_posted, quay_rows_of_posted, NULL },
  [QUAY_EVENT_SALE] = { "sale", &quay_shape_sale, quay_rows_of_sale, "" },
  [QUAY_EVENT_REFUND] = { "refund", &quay_shape_refund, quay_rows_of_refund, "TH" },
  [QUAY_EVENT_CART_REMOVED] = { "cart.removed", &quay_shape_audit, quay_rows_of_audit, NULL },
  [QUAY_EVENT_RECEIPT_REPRINTED] = { "receipt.reprinted", &quay_shape_audit, quay_rows_of_audit,
                                     NULL },
  [QUAY_EVENT_DRAWER_OPENED] = { "drawer.opened", &quay_shape_audit, quay_rows_of_audit, NULL },
  [QUAY_EVENT_OVERRIDE] = { "override", &quay_shape_audit, quay_rows_of_audit, NULL },
  [QUAY_EVENT_CASH_MOVED] = { "cash.moved", &quay_shape_cash_moved, quay_rows_of_cash_moved, "PT" },
  [QUAY_EVENT_SHIFT_OPENED] = { "shift.opened", &quay_shape_shift_opened, quay_rows_of_shift_opened,
                                "Z" },
  [QUAY_EVENT_SHIFT_CLOSED] = { "shift.closed", &quay_shape_shift_closed, quay_rows_of_shift_closed,
                                NULL },
  [QUAY_EVENT_LOT] = { "lot", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_PARTNER] = { "partner", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_FAIR] = { "fair", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_COUNT] = { "count", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_RECEIVED] = { "goods.received", &quay_shape_voucher, quay_rows_of_received, "PNK" },
  [QUAY_EVENT_ISSUED] = { "goods.issued", &quay_shape_voucher, quay_rows_of_issued, "PXK" },
  [QUAY_EVENT_MOVED] = { "goods.moved", &quay_shape_voucher, quay_rows_of_moved, "PCK" },
  [QUAY_EVENT_COUNTED] = { "goods.counted", &quay_shape_voucher, quay_rows_of_counted, "KK" },
  [QUAY_EVENT_BUNDLED] = { "goods.bundled", &quay_shape_voucher, quay_rows_of_bundled, "DG" },
  [QUAY_EVENT_SEEN] = { "count.seen", &quay_shape_count_seen, quay_rows_of_seen, NULL },
  [QUAY_EVENT_ASSIGNED] = { "stock.assign", &quay_shape_assign, quay_rows_of_assigned, NULL },
  [QUAY_EVENT_SETTLED] = { "consign.settled", &quay_shape_settled, quay_rows_of_settled, "QT" },
  [QUAY_EVENT_ENTRY] = { "producer.entry", &quay_shape_entry, quay_rows_of_entry, "BT" },
  [QUAY_EVENT_ORDER] = { "order.placed", &quay_shape_order, quay_rows_of_order, "DH" },
  [QUAY_EVENT_ORDER_ENDED] = { "order.ended", &quay_shape_order_ended, quay_rows_of_order_ended,
                               NULL },
  [QUAY_EVENT_USER] = { "user", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_ROLE] = { "role", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_PRICE_LIST] = { "pricelist", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_PROMOTION] = { "promotion", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_CUSTOMER] = { "customer", &quay_shape_facts, quay_rows_of_facts, NULL },
  [QUAY_EVENT_LIST_PRICES] = { "listprice.set", &quay_shape_list_prices, quay_rows_of_list_prices,
                               NULL },
  [QUAY_EVENT_NOTED] = { "noted", &quay_shape_audit, quay_rows_of_audit, NULL },
  [QUAY_EVENT_PAYMENT_FIXED] = { "payment.fixed", &quay_shape_payment_fixed,
                                 quay_rows_of_payment_fixed, "SP" },
  [QUAY_EVENT_CUSTOMER_ENTRY] = { "customer.entry", &quay_shape_customer_entry,
                                  quay_rows_of_customer_entry, "CN" },
  [QUAY_EVENT_REQUEST] = { "request", &quay_shape_facts, quay_rows_of_facts, NULL },
};

#define LAMPORT_MAX (G_GINT64_CONSTANT (1) << 62)
#define TIME_MAX G_GINT64_CONSTANT (253402300799999) /* the last ms of the year 9999 */
#define F(m, key, req, min, max)                                                                   \
  {                                                                                                \
    key, QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayEvent, m), req, min, max, NULL                       \
  }

static const QuayField header_fields[] = {
  F (v, "v", TRUE, 1, 1000000),
  /* "t", the kind's name, is written before these by encode */
  F (lam, "lam", TRUE, 1, LAMPORT_MAX),
  { "id", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayEvent, id), TRUE, 0, 0, NULL },
  F (day, "day", TRUE, 19700101, 99991231),
  F (ts, "ts", TRUE, 0, TIME_MAX),
  F (mono, "mono", FALSE, 0, TIME_MAX),
  { "boot", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayEvent, boot), FALSE, 0, 0, NULL },
  F (sv, "sv", FALSE, 0, TIME_MAX),
  F (doubt, "doubt", FALSE, 0, 1),
  { "who", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayEvent, who), TRUE, 0, 40, NULL },
  { "shift", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayEvent, shift), FALSE, 0, 0, NULL },
  { "loc", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayEvent, loc), FALSE, 0, 0, NULL },
  { NULL, 0, 0, FALSE, 0, 0, NULL },
};
static const QuayShape header_shape = { sizeof (QuayEvent), header_fields };

QuayEvent *
quay_event_new (QuayEventKind kind)
{
  g_assert ((guint)kind < QUAY_N_EVENT_KINDS);
  QuayEvent *event = g_new0 (QuayEvent, 1);
  event->kind = kind;
  event->v = QUAY_EVENT_VERSION;
  event->body = g_malloc0 (kinds[kind].body->size);
  return event;
}

void
quay_event_free (QuayEvent *event)
{
  if (event == NULL)
    return;
  quay_shape_clear (kinds[event->kind].body, event->body);
  g_free (event->body);
  g_free (event->who);
  g_free (event);
}

const char *
quay_event_kind_name (QuayEventKind kind)
{
  g_assert ((guint)kind < QUAY_N_EVENT_KINDS);
  return kinds[kind].name;
}

GBytes *
quay_event_encode (const QuayEvent *event, GError **error)
{
  if (!quay_shape_check (&header_shape, event, error) ||
      !quay_shape_check (kinds[event->kind].body, event->body, error))
    {
      g_prefix_error (error, "event '%s': ", kinds[event->kind].name);
      return NULL;
    }
  g_autoptr (GString) out = g_string_sized_new (2048);
  g_string_append_c (out, '{');
  quay_json_key (out, "t");
  quay_json_text (out, kinds[event->kind].name);
  quay_shape_write (&header_shape, event, out);
  quay_shape_write (kinds[event->kind].body, event->body, out);
  g_string_append_c (out, '}');
  if (out->len > QUAY_EVENT_MAX_BYTES)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "event '%s' is too long",
                   kinds[event->kind].name);
      return NULL;
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
find_kind (const QuayJsonValue *object, QuayEventKind *kind, GError **error)
{
  const QuayJsonValue *name = quay_json_member (object, "t");
  const QuayJsonValue *version = quay_json_member (object, "v");
  if (name == NULL || name->type != QUAY_JSON_TEXT || version == NULL ||
      version->type != QUAY_JSON_INT)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "event has no kind or version");
      return FALSE;
    }
  for (guint i = 0; i < QUAY_N_EVENT_KINDS && version->u.number <= QUAY_EVENT_VERSION; i++)
    if (quay_json_is (name, kinds[i].name))
      {
        *kind = i;
        return TRUE;
      }
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NEWER, "event of an unknown kind or version");
  return FALSE;
}

QuayEvent *
quay_event_decode (const guint8 *bytes, gsize len, GError **error)
{
  QuayEventKind kind;
  if (len > QUAY_EVENT_MAX_BYTES || memchr (bytes, '\n', len) != NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                           "event is not one line in bounds");
      return NULL;
    }
  g_auto (QuayJson) json;
  const QuayJsonValue *object = quay_json_read (&json, bytes, len);
  if (object == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "event is not a JSON object");
      return NULL;
    }
  if (!find_kind (object, &kind, error))
    return NULL;
  g_autoptr (QuayEvent) event = quay_event_new (kind);
  if (!quay_shape_decode (&header_shape, object, event, error) ||
      !quay_shape_decode (kinds[kind].body, object, event->body, error))
    return NULL;
  return g_steal_pointer (&event);
}

gboolean
quay_event_rows (const QuayEvent *event, QuayRows *rows, GError **error)
{
  if (!kinds[event->kind].rows (event, rows, error))
    return FALSE;
  g_assert (quay_rows_are_complete (rows));
  return TRUE;
}

gboolean
quay_event_refuse (const QuayEvent *event, const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "event '%s': %s", kinds[event->kind].name,
               why);
  return FALSE;
}

/* --- numbers --- */

gboolean
quay_event_count_lam (const QuayEvent *event, gint64 *chain_lam)
{
  if (event->lam > *chain_lam + QUAY_EVENT_LAM_STEP)
    return FALSE;
  *chain_lam = MAX (*chain_lam, event->lam);
  return TRUE;
}

/* A document that takes several events has its number in the first. */
static gboolean
further (const QuayEvent *event, const QuayId *document)
{
  return !quay_id_is_nil (document) && !quay_id_equal (document, &event->id);
}

gboolean
quay_event_number (QuayEvent *event, char ***slot)
{
  QuayVoucher *voucher = event->body;
  QuaySettled *settled = event->body;
  switch (event->kind)
    {
    case QUAY_EVENT_SALE:
      *slot = &((QuaySale *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_REFUND:
      *slot = &((QuayRefund *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_CASH_MOVED:
      *slot = &((QuayCashMoved *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_SHIFT_OPENED:
      *slot = &((QuayShiftOpened *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_RECEIVED:
    case QUAY_EVENT_ISSUED:
    case QUAY_EVENT_MOVED:
    case QUAY_EVENT_COUNTED:
    case QUAY_EVENT_BUNDLED:
      *slot = &voucher->number;
      return !further (event, &voucher->document);
    case QUAY_EVENT_SETTLED:
      *slot = &settled->number;
      return !further (event, &settled->document);
    case QUAY_EVENT_ENTRY:
      *slot = &((QuayEntry *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_ORDER:
      *slot = &((QuayOrder *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_PAYMENT_FIXED:
      *slot = &((QuayPaymentFixed *)event->body)->number;
      return TRUE;
    case QUAY_EVENT_CUSTOMER_ENTRY:
      *slot = &((QuayCustomerEntry *)event->body)->number;
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
quay_event_moves_cash (const QuayEvent *event)
{
  const QuayEntry *entry = event->body;
  const QuayCustomerEntry *owed = event->body;
  if (event->kind == QUAY_EVENT_CUSTOMER_ENTRY)
    return owed->money && owed->tender == QUAY_TENDER_CASH;
  return event->kind == QUAY_EVENT_ENTRY && entry->money && entry->tender == QUAY_TENDER_CASH;
}

/* What goes into the drawer by an entry that moves cash. */
static QuayMoney
cash_of_entry (const QuayEvent *event)
{
  if (event->kind == QUAY_EVENT_CUSTOMER_ENTRY)
    return QUAY_DONG (-((QuayCustomerEntry *)event->body)->amount.dong);
  return ((QuayEntry *)event->body)->amount;
}

char *
quay_event_number_prefix (const QuayEvent *event, const char *code, const char *letter)
{
  const char *infix = kinds[event->kind].number;
  g_return_val_if_fail (infix != NULL, NULL);
  if (event->kind == QUAY_EVENT_CASH_MOVED && ((QuayCashMoved *)event->body)->amount.dong < 0)
    infix = "PC";
  if (quay_event_moves_cash (event))
    infix = cash_of_entry (event).dong < 0 ? "PC" : "PT";
  if (*infix == '\0')
    return g_strdup_printf ("%s%s-", code, letter);
  return g_strdup_printf ("%s%s-%s%02d-", code, letter, infix, (int)(event->day / 10000 % 100));
}

char *
quay_event_number_format (const QuayEvent *event, const char *prefix, gint64 n)
{
  gboolean alone = *kinds[event->kind].number == '\0';
  return g_strdup_printf ("%s%0*" G_GINT64_FORMAT, prefix, alone ? 6 : 4, n);
}
