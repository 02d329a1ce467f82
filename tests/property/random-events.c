/* The makers of random events. */
#include "random-events.h"

#include "quay-body-people.h"
#include "quay-body-stock.h"
#include "quay-test.h"

#include <string.h>

#define WORLD 12

static const char *const words[] = {
  "Miến dong", "Đường \"phên\"", "", "a", "dòng một\ndòng hai", "\\ / \u00a0", "😀 chè",
};

static char *
word (GRand *chance)
{
  return g_strdup (words[g_rand_int_range (chance, 0, G_N_ELEMENTS (words))]);
}

static char *
maybe_word (GRand *chance)
{
  return g_rand_boolean (chance) ? word (chance) : NULL;
}

static QuayId
thing (GRand *chance, guint8 kind)
{
  return quay_test_id (kind, (guint)g_rand_int_range (chance, 1, WORLD));
}

static gint64
amount (GRand *chance)
{
  return g_rand_int_range (chance, 1, 1000000);
}

static QuayFact *
random_fact (GRand *chance, const char *field)
{
  switch (g_rand_int_range (chance, 0, 4))
    {
    case 0:
      return quay_fact_new_cleared (field);
    case 1:
      return quay_fact_new_number (field, g_rand_int_range (chance, -100, 100));
    default:
      {
        g_autofree char *text = word (chance);
        return quay_fact_new_text (field, text);
      }
    }
}

static void
fill_facts (GRand *chance, QuayEventKind kind, QuayFacts *body)
{
  static const char *const fields[] = { "sku",      "name", "unit",   "weighed", "vat",
                                        "category", "abv",  "active", "sort",    "2026-01-01" };
  if (kind == QUAY_EVENT_SETTING || kind == QUAY_EVENT_PARAM || kind == QUAY_EVENT_CATEGORY)
    body->code = g_strdup (g_rand_boolean (chance) ? "shop" : "vat.A_PROC");
  else
    body->id = thing (chance, kind == QUAY_EVENT_PRODUCER ? 'r' : 'p');
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_rand_int_range (chance, 0, 3) == 0)
      g_ptr_array_add (body->facts, random_fact (chance, fields[i]));
  if (kind != QUAY_EVENT_PRODUCT || g_rand_boolean (chance))
    return;
  char text[QUAY_ID_TEXT_LEN + 1];
  QuayId producer = thing (chance, 'r');
  quay_id_to_text (&producer, text);
  g_ptr_array_add (body->facts, quay_fact_new_text ("producer", text));
}

static void
fill_prices (GRand *chance, QuayPrices *body)
{
  body->prices = g_ptr_array_new ();
  for (int n = g_rand_int_range (chance, 0, 4); n > 0; n--)
    {
      QuayPrice *price = g_new0 (QuayPrice, 1);
      price->product = thing (chance, 'p');
      price->day = 20261120 + g_rand_int_range (chance, 0, 5);
      price->price = QUAY_DONG (g_rand_int_range (chance, -1, 100000));
      g_ptr_array_add (body->prices, price);
    }
  body->why = maybe_word (chance);
}

static void
fill_opening (GRand *chance, QuayStockOpening *body)
{
  body->lines = g_ptr_array_new ();
  for (int n = g_rand_int_range (chance, 0, 4); n > 0; n--)
    {
      QuayStockLine *line = g_new0 (QuayStockLine, 1);
      line->product = thing (chance, 'p');
      line->qty = QUAY_MILLI (g_rand_int_range (chance, -5000, 50000));
      if (g_rand_boolean (chance))
        line->lot = thing (chance, 'o');
      g_ptr_array_add (body->lines, line);
    }
  if (g_rand_boolean (chance))
    body->document = thing (chance, 'd');
}

/* Lots of a line that was sold or came back. */
static GPtrArray *
random_parts (GRand *chance, QuayQty whole)
{
  GPtrArray *parts = g_ptr_array_new ();
  for (int n = g_rand_int_range (chance, 0, 3); n > 0; n--)
    {
      QuayPart *part = g_new0 (QuayPart, 1);
      part->lot = thing (chance, 'o');
      part->qty = QUAY_MILLI (MAX (whole.milli / 3, 1));
      part->amount = QUAY_DONG (amount (chance));
      part->cost = QUAY_DONG (amount (chance));
      if (g_rand_int_range (chance, 0, 3) == 0)
        part->product = thing (chance, 'p');
      g_ptr_array_add (parts, part);
    }
  return parts;
}

static QuayEvent *
random_sale (GRand *chance)
{
  QuayEvent *event = quay_test_sale (chance, WORLD, NULL);
  QuaySale *sale = event->body;
  QuayLine *line = sale->lines->pdata[0];
  line->note = maybe_word (chance);
  line->lot = maybe_word (chance);
  line->trace = maybe_word (chance);
  line->abv = g_rand_int_range (chance, 0, 3) * 150;
  line->parts = random_parts (chance, line->qty);
  if (g_rand_boolean (chance))
    line->product = QUAY_ID_NIL;
  sale->age = g_rand_int_range (chance, 0, 2);
  sale->buyer = maybe_word (chance);
  sale->note = maybe_word (chance);
  sale->customer = thing (chance, 'c'); /* a tender may be a debt */
  sale->points = g_rand_int_range (chance, -3, 4);
  if (g_rand_boolean (chance))
    {
      line->offs = g_ptr_array_new ();
      g_ptr_array_add (line->offs, quay_off_new (g_rand_int_range (chance, 0, QUAY_N_OFFS),
                                                 QUAY_DONG (amount (chance)), NULL, "x"));
    }
  return event;
}

/* Of @sale or, without one, of a sale that nobody has. */
static void
fill_refund (GRand *chance, QuayRefund *body, const QuayEvent *sale)
{
  QuayRefundLine *line = g_new0 (QuayRefundLine, 1);
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  line->line = 1;
  line->product = thing (chance, 'p');
  line->qty = QUAY_UNITS (1);
  line->amount = QUAY_DONG (amount (chance));
  line->net = line->amount;
  line->restock = g_rand_int_range (chance, 0, 2);
  line->parts = random_parts (chance, line->qty);
  payment->tender = g_rand_int_range (chance, 0, QUAY_N_TENDERS);
  payment->amount = payment->given = body->total = line->amount;
  body->sale = sale != NULL ? sale->id : thing (chance, 'e');
  body->of = g_strdup ("QT1A-000001");
  body->why = maybe_word (chance);
  body->customer = thing (chance, 'c');
  if (g_rand_int_range (chance, 0, 4) == 0)
    {
      body->sale = QUAY_ID_NIL;
      line->line = 0;
      line->name = word (chance);
    }
  body->lines = g_ptr_array_new ();
  body->payments = g_ptr_array_new ();
  g_ptr_array_add (body->lines, line);
  g_ptr_array_add (body->payments, payment);
}

static void
fill_audit (GRand *chance, QuayAudit *body)
{
  body->subject = g_rand_boolean (chance) ? thing (chance, 'e') : QUAY_ID_NIL;
  body->ref = maybe_word (chance);
  body->name = maybe_word (chance);
  body->qty = QUAY_MILLI (g_rand_int_range (chance, -5000, 5000));
  body->amount = QUAY_DONG (g_rand_int_range (chance, -5000, 5000));
  body->why = maybe_word (chance);
}

static void
fill_birth (GRand *chance, QuayBirth *body)
{
  body->till = thing (chance, 't');
  body->code = g_strdup ("QT7");
  body->letter = g_strdup ("A");
  body->parent = g_rand_boolean (chance) ? thing (chance, 'c') : QUAY_ID_NIL;
  body->first = g_rand_int_range (chance, 0, 100);
  body->version = g_strdup ("0.1.0");
}

static void
fill_posted (GRand *chance, QuayPosted *body)
{
  body->document = thing (chance, 'd');
  body->kind = g_strdup ("import");
  body->name = maybe_word (chance);
  body->count = g_rand_int_range (chance, 0, 100);
}

static void
fill_code (GRand *chance, QuayCode *body)
{
  body->code = g_strdup_printf ("89360%d", g_rand_int_range (chance, 0, WORLD));
  if (g_rand_int_range (chance, 0, 4) > 0)
    body->product = thing (chance, 'p');
}

/* Kinds of one or two figures. */
static void
fill_cash (GRand *chance, QuayEvent *event)
{
  if (event->kind == QUAY_EVENT_CASH_MOVED)
    ((QuayCashMoved *)event->body)->amount =
        QUAY_DONG (g_rand_boolean (chance) ? amount (chance) : -amount (chance));
  else if (event->kind == QUAY_EVENT_SHIFT_OPENED)
    ((QuayShiftOpened *)event->body)->opening = QUAY_DONG (amount (chance) - 1);
  else
    {
      QuayShiftClosed *body = event->body;
      body->shift = thing (chance, 's');
      body->counted = QUAY_DONG (amount (chance));
      body->expected = QUAY_DONG (-amount (chance));
      body->why = maybe_word (chance);
    }
}

/* --- the stock family --- */

static QuayId
maybe_thing (GRand *chance, guint8 kind)
{
  return g_rand_boolean (chance) ? thing (chance, kind) : QUAY_ID_NIL;
}

static QuayVoucherLine *
random_voucher_line (GRand *chance, gboolean positive)
{
  QuayVoucherLine *line = g_new0 (QuayVoucherLine, 1);
  line->product = thing (chance, 'p');
  line->name = word (chance);
  line->lot = maybe_thing (chance, 'o');
  line->qty = QUAY_MILLI (amount (chance));
  if (!positive && g_rand_boolean (chance))
    line->qty.milli = -line->qty.milli;
  line->other = QUAY_MILLI (g_rand_int_range (chance, -100, 100));
  line->amount = QUAY_DONG (g_rand_int_range (chance, -1000, 1000));
  line->cost = QUAY_DONG (g_rand_int_range (chance, -1000, 1000));
  line->bearer = g_rand_int_range (chance, 0, 2);
  line->terms.kind = g_rand_int_range (chance, 0, QUAY_TERMS_TRANSFER + 1);
  line->terms.commission_bp = g_rand_int_range (chance, 0, 10001);
  line->producer = maybe_thing (chance, 'r');
  line->made = g_rand_boolean (chance) ? 20261101 : 0;
  line->expires = g_rand_boolean (chance) ? 20271101 : 0;
  line->code = maybe_word (chance);
  line->note = maybe_word (chance);
  return line;
}

static void
fill_voucher (GRand *chance, QuayEvent *event)
{
  static const char *const reasons[] = { NULL, "own", "returned", "damaged" };
  QuayVoucher *body = event->body;
  gboolean positive = event->kind == QUAY_EVENT_MOVED || event->kind == QUAY_EVENT_ISSUED;
  body->lines = g_ptr_array_new ();
  for (int n = g_rand_int_range (chance, 1, 4); n > 0; n--)
    {
      QuayVoucherLine *line = random_voucher_line (chance, positive);
      body->total.dong += line->amount.dong;
      g_ptr_array_add (body->lines, line);
    }
  body->document = maybe_thing (chance, 'e');
  body->party = thing (chance, 'r');
  body->name = maybe_word (chance);
  body->reason = g_strdup (reasons[g_rand_int_range (chance, 0, G_N_ELEMENTS (reasons))]);
  body->to = quay_test_id ('l', WORLD + 1);
  body->subject = thing (chance, 'p');
  body->owed = QUAY_DONG (g_rand_int_range (chance, -100, 100));
  body->note = maybe_word (chance);
}

static void
fill_seen (GRand *chance, QuayCountSeen *body)
{
  body->count = thing (chance, 'k');
  body->lines = g_ptr_array_new ();
  for (int n = g_rand_int_range (chance, 0, 4); n > 0; n--)
    {
      QuaySeenLine *line = g_new0 (QuaySeenLine, 1);
      line->product = thing (chance, 'p');
      line->lot = maybe_thing (chance, 'o');
      line->qty = QUAY_MILLI (amount (chance));
      line->seen = 1795402805123;
      g_ptr_array_add (body->lines, line);
    }
}

static void
fill_assign (GRand *chance, QuayAssign *body)
{
  body->doc = thing (chance, 'e');
  body->line = 1;
  body->kind = g_rand_int_range (chance, 0, QUAY_ASSIGN_BACK + 1);
  body->product = thing (chance, 'p');
  body->from = maybe_thing (chance, 'o');
  body->to = quay_test_id ('o', WORLD + 1);
  body->qty = QUAY_MILLI (amount (chance));
  body->amount = QUAY_DONG (amount (chance));
  body->cost = QUAY_DONG (amount (chance));
  body->cost_from = QUAY_DONG (amount (chance));
  body->party = maybe_thing (chance, 'r');
  if (!quay_id_is_nil (&body->party))
    body->owed = QUAY_DONG (amount (chance));
}

static void
fill_settled (GRand *chance, QuaySettled *body)
{
  body->producer = thing (chance, 'r');
  body->document = maybe_thing (chance, 'e');
  body->lots = g_ptr_array_new ();
  for (int n = g_rand_int_range (chance, 0, 4); n > 0; n--)
    {
      QuaySettledLot *lot = g_new0 (QuaySettledLot, 1);
      lot->lot = thing (chance, 'o');
      lot->product = thing (chance, 'p');
      lot->name = word (chance);
      lot->sold = QUAY_MILLI (g_rand_int_range (chance, -1000, 1000));
      lot->amount = QUAY_DONG (g_rand_int_range (chance, -1000, 1000));
      lot->cost = QUAY_DONG (g_rand_int_range (chance, -1000, 1000));
      body->amount.dong += lot->amount.dong;
      body->cost.dong += lot->cost.dong;
      g_ptr_array_add (body->lots, lot);
    }
  body->tax = QUAY_DONG (g_rand_int_range (chance, 0, 100));
}

static void
fill_entry (GRand *chance, QuayEntry *body)
{
  body->producer = thing (chance, 'r');
  body->kind = g_strdup ("payout");
  body->amount = QUAY_DONG (g_rand_boolean (chance) ? amount (chance) : -amount (chance));
  body->tender = g_rand_int_range (chance, 0, QUAY_N_TENDERS);
  body->money = g_rand_int_range (chance, 0, 2);
  body->doc = maybe_thing (chance, 'e');
  body->why = maybe_word (chance);
}

static void
fill_order (GRand *chance, QuayOrder *body)
{
  QuayLine *line = g_new0 (QuayLine, 1);
  line->name = word (chance);
  line->qty = QUAY_UNITS (1);
  line->amount = body->total = QUAY_DONG (amount (chance));
  line->product = maybe_thing (chance, 'p');
  body->lines = g_ptr_array_new ();
  g_ptr_array_add (body->lines, line);
  body->due = g_rand_boolean (chance) ? 20270125 : 0;
  body->tender = g_rand_int_range (chance, 0, QUAY_N_TENDERS);
}

static void
fill_order_ended (GRand *chance, QuayOrderEnded *body)
{
  body->order = thing (chance, 'e');
  body->how = g_strdup ("handed");
  body->sale = maybe_thing (chance, 'e');
}

/* --- the people family --- */

static GPtrArray *
one_payment (GRand *chance, QuayMoney amount)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  GPtrArray *list = g_ptr_array_new ();
  payment->tender = g_rand_int_range (chance, 0, QUAY_N_TENDERS);
  payment->amount = payment->given = amount;
  payment->ref = maybe_word (chance);
  g_ptr_array_add (list, payment);
  return list;
}

static void
fill_payment_fixed (GRand *chance, QuayPaymentFixed *body)
{
  QuayMoney money = QUAY_DONG (amount (chance));
  body->sale = thing (chance, 'e');
  body->of = maybe_word (chance);
  body->from = one_payment (chance, money);
  body->to = one_payment (chance, money);
  body->customer = thing (chance, 'c');
}

static void
fill_customer_entry (GRand *chance, QuayCustomerEntry *body)
{
  body->customer = thing (chance, 'c');
  body->kind = g_strdup ("paid");
  body->amount = QUAY_DONG (g_rand_boolean (chance) ? amount (chance) : -amount (chance));
  body->tender = g_rand_int_range (chance, 0, QUAY_N_TENDERS);
  body->money = g_rand_int_range (chance, 0, 2);
  body->points = g_rand_int_range (chance, -3, 4);
  body->doc = maybe_thing (chance, 'e');
}

static gboolean
fill_people (GRand *chance, QuayEvent *event)
{
  QuayListPrices *lists = event->body;
  QuayPrices prices;
  switch (event->kind)
    {
    case QUAY_EVENT_LIST_PRICES:
      fill_prices (chance, &prices);
      lists->list = g_strdup ("member");
      lists->prices = prices.prices;
      lists->why = prices.why;
      return TRUE;
    case QUAY_EVENT_NOTED:
      fill_audit (chance, event->body);
      ((QuayAudit *)event->body)->act = g_strdup ("login");
      return TRUE;
    case QUAY_EVENT_PAYMENT_FIXED:
      fill_payment_fixed (chance, event->body);
      return TRUE;
    case QUAY_EVENT_CUSTOMER_ENTRY:
      fill_customer_entry (chance, event->body);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
fill_stock (GRand *chance, QuayEvent *event)
{
  switch (event->kind)
    {
    case QUAY_EVENT_RECEIVED:
    case QUAY_EVENT_ISSUED:
    case QUAY_EVENT_MOVED:
    case QUAY_EVENT_COUNTED:
    case QUAY_EVENT_BUNDLED:
      fill_voucher (chance, event);
      return TRUE;
    case QUAY_EVENT_SEEN:
      fill_seen (chance, event->body);
      return TRUE;
    case QUAY_EVENT_ASSIGNED:
      fill_assign (chance, event->body);
      return TRUE;
    case QUAY_EVENT_SETTLED:
      fill_settled (chance, event->body);
      return TRUE;
    case QUAY_EVENT_ENTRY:
      fill_entry (chance, event->body);
      return TRUE;
    case QUAY_EVENT_ORDER:
      fill_order (chance, event->body);
      return TRUE;
    case QUAY_EVENT_ORDER_ENDED:
      fill_order_ended (chance, event->body);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
fill_body (GRand *chance, QuayEvent *event, const QuayEvent *sale)
{
  if (fill_stock (chance, event) || fill_people (chance, event))
    return;
  switch (event->kind)
    {
    case QUAY_EVENT_BIRTH:
      fill_birth (chance, event->body);
      break;
    case QUAY_EVENT_CODE:
      fill_code (chance, event->body);
      break;
    case QUAY_EVENT_PRICE:
      fill_prices (chance, event->body);
      break;
    case QUAY_EVENT_STOCK_OPENING:
      fill_opening (chance, event->body);
      break;
    case QUAY_EVENT_POSTED:
      fill_posted (chance, event->body);
      break;
    case QUAY_EVENT_REFUND:
      fill_refund (chance, event->body, sale);
      break;
    case QUAY_EVENT_CART_REMOVED:
    case QUAY_EVENT_RECEIPT_REPRINTED:
    case QUAY_EVENT_DRAWER_OPENED:
    case QUAY_EVENT_OVERRIDE:
      fill_audit (chance, event->body);
      break;
    case QUAY_EVENT_CASH_MOVED:
    case QUAY_EVENT_SHIFT_OPENED:
    case QUAY_EVENT_SHIFT_CLOSED:
      fill_cash (chance, event);
      break;
    default:
      fill_facts (chance, event->kind, event->body);
      break;
    }
}

QuayEvent *
random_event (GRand *chance, QuayEventKind kind, const QuayEvent *sale)
{
  QuayEvent *event = kind == QUAY_EVENT_SALE ? random_sale (chance) : quay_event_new (kind);
  if (kind != QUAY_EVENT_SALE)
    fill_body (chance, event, sale);
  g_free (event->who);
  event->who = g_strdup (g_rand_boolean (chance) ? "QL" : "");
  event->shift = g_rand_boolean (chance) ? thing (chance, 's') : QUAY_ID_NIL;
  event->loc = thing (chance, 'l');
  return event;
}

void
random_header (GRand *chance, QuayEvent *event)
{
  char **number;
  event->id = thing (chance, 'e');
  event->lam = g_rand_int_range (chance, 1, 1000);
  event->day = 20261123;
  event->ts = 1795402805123;
  event->mono = g_rand_boolean (chance) ? 5 : 0;
  event->boot = g_rand_boolean (chance) ? thing (chance, 'b') : QUAY_ID_NIL;
  event->doubt = g_rand_int_range (chance, 0, 2);
  if (quay_event_number (event, &number))
    {
      g_autofree char *prefix = quay_event_number_prefix (event, "QT1", "A");
      *number = quay_event_number_format (event, prefix, g_rand_int_range (chance, 1, 100));
    }
}
