/* The makers of random events. */
#include "random-events.h"

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
  if (g_rand_boolean (chance))
    line->product = QUAY_ID_NIL;
  sale->age = g_rand_int_range (chance, 0, 2);
  sale->buyer = maybe_word (chance);
  sale->note = maybe_word (chance);
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
  payment->tender = g_rand_int_range (chance, 0, QUAY_N_TENDERS);
  payment->amount = payment->given = body->total = line->amount;
  body->sale = sale != NULL ? sale->id : thing (chance, 'e');
  body->of = g_strdup ("QT1A-000001");
  body->why = maybe_word (chance);
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

static void
fill_body (GRand *chance, QuayEvent *event, const QuayEvent *sale)
{
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
