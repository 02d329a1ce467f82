/* Price lists and the prices of carts. Thread: main. */
#include "quay-till-prices.h"

#include "quay-till-facts.h"
#include "quay-till-prices-private.h"

#include "quay-body-people.h"
#include "quay-error.h"
#include "quay-reader-prices.h"

#include <string.h>

#define NAME_MAX_CHARS 60
#define PRICES_MAX 400 /* in one event */

static gboolean
invalid (const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, why);
  return FALSE;
}

/* --- lists --- */

GPtrArray *
quay_till_price_lists (QuayTill *till)
{
  return quay_reader_price_lists (till->reader);
}

GPtrArray *
quay_till_usable_lists (QuayTill *till)
{
  GPtrArray *lists = quay_till_price_lists (till);
  for (guint i = lists->len; i-- > 0;)
    if (!quay_price_list_is_on (lists->pdata[i], quay_till_day (till), &till->floor))
      g_ptr_array_remove_index (lists, i);
  return lists;
}

/* A list by its code; NULL if there is none. */
static QuayPriceList *
find_list (QuayTill *till, const char *code)
{
  g_autoptr (GPtrArray) lists = quay_till_price_lists (till);
  for (guint i = 0; i < lists->len; i++)
    if (strcmp (((const QuayPriceList *)lists->pdata[i])->code, code) == 0)
      return g_ptr_array_steal_index (lists, i);
  return NULL;
}

static gboolean
name_is_free (QuayTill *till, const QuayPriceList *list, GError **error)
{
  g_autoptr (GPtrArray) lists = quay_till_price_lists (till);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  for (guint i = 0; i < lists->len; i++)
    {
      const QuayPriceList *other = lists->pdata[i];
      if (strcmp (other->code, list->code) == 0 || g_strcmp0 (other->name, list->name) != 0)
        continue;
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "another list is called '%s'", list->name);
      return FALSE;
    }
  return TRUE;
}

/* Facts of an entity that has a code, not an id. */
static QuayFacts *
begin_coded (QuayTill *till, QuayTxn *txn, QuayEventKind kind, const char *code)
{
  QuayFacts *facts = quay_till_begin_facts (till, txn, kind, &QUAY_ID_NIL);
  facts->code = g_strdup (code);
  return facts;
}

gboolean
quay_till_save_price_list (QuayTill *till, const QuayPriceList *list, GError **error)
{
  const char *wrong = quay_price_list_check (list);
  if (wrong == NULL && !quay_till_check_text (list->name, NAME_MAX_CHARS, NULL))
    wrong = "name";
  if (wrong != NULL)
    return invalid (wrong, error);
  if (!name_is_free (till, list, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = begin_coded (till, txn, QUAY_EVENT_PRICE_LIST, list->code);
  quay_facts_add_text (facts, "name", list->name);
  quay_facts_add_number (facts, "from", list->from);
  quay_facts_add_number (facts, "until", list->until);
  quay_facts_add_number (facts, "minimum", list->minimum.milli);
  if (quay_id_is_nil (&list->place))
    quay_facts_add_text (facts, "place", NULL);
  else
    quay_facts_add_id (facts, "place", &list->place);
  quay_facts_add_number (facts, "active", list->active != 0);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_items_moved (till);
  return done != NULL;
}

gboolean
quay_till_set_place_list (QuayTill *till, const QuayId *place, const char *code, GError **error)
{
  g_autoptr (QuayPriceList) list = code != NULL ? find_list (till, code) : NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (code != NULL && list == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no price list '%s'", code);
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  quay_facts_add_text (quay_till_begin_facts (till, txn, QUAY_EVENT_LOCATION, place), "list", code);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  if (quay_id_equal (place, &till->floor))
    quay_till_take_place_list (till);
  quay_till_emit_cart (till);
  return TRUE;
}

char *
quay_till_list_of_place (QuayTill *till, const QuayId *place)
{
  if (till->reader == NULL || quay_id_is_nil (place))
    return NULL;
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "location", place);
  return quay_facts_dup_text (facts, "list");
}

char *
quay_till_place_list (QuayTill *till)
{
  g_autofree char *code = quay_till_list_of_place (till, &till->floor);
  g_autoptr (QuayPriceList) list = code != NULL ? find_list (till, code) : NULL;
  return list != NULL && quay_price_list_is_on (list, quay_till_day (till), &till->floor)
             ? g_steal_pointer (&code)
             : NULL;
}

void
quay_till_take_place_list (QuayTill *till)
{
  if (!quay_cart_is_empty (till->cart))
    return;
  g_free (till->cart->list);
  till->cart->list = quay_till_place_list (till);
}

/* --- prices --- */

gboolean
quay_till_list_price (QuayTill *till, const char *code, const QuayId *product, QuayMoney *price)
{
  return quay_reader_list_price (till->reader, code, product, quay_till_day (till), price);
}

static gboolean
asks_are_sound (QuayTill *till, const QuayPriceAsk *asks, guint n, QuayDay day, GError **error)
{
  if (n == 0)
    return invalid ("no prices", error);
  if (!quay_day_is_valid (day) || day < quay_till_day (till))
    return invalid ("a price can't count from a day that is over", error);
  for (guint i = 0; i < n; i++)
    if (asks[i].price.dong < -1 || asks[i].price.dong > QUAY_MONEY_MAX)
      return invalid ("price out of range", error);
  return TRUE;
}

static GPtrArray *
make_prices (const QuayPriceAsk *asks, guint n, QuayDay day)
{
  GPtrArray *prices = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    {
      QuayPrice *price = g_new0 (QuayPrice, 1);
      price->product = asks[i].product;
      price->day = day;
      price->price = asks[i].price;
      g_ptr_array_add (prices, price);
    }
  return prices;
}

static void
add_prices (QuayTill *till, QuayTxn *txn, const char *code, GPtrArray *prices, const char *why)
{
  QuayEvent *event =
      quay_till_event (till, code != NULL ? QUAY_EVENT_LIST_PRICES : QUAY_EVENT_PRICE, FALSE);
  if (code != NULL)
    {
      QuayListPrices *body = event->body;
      body->list = g_strdup (code);
      body->prices = prices;
      body->why = g_strdup (why);
    }
  else
    {
      QuayPrices *body = event->body;
      body->prices = prices;
      body->why = g_strdup (why);
    }
  quay_txn_add (txn, event);
}

void
quay_till_add_price_asks (QuayTill *till, QuayTxn *txn, const char *code, const QuayPriceAsk *asks,
                          guint n, QuayDay day, const char *why)
{
  for (guint done = 0; done < n; done += PRICES_MAX)
    add_prices (till, txn, code, make_prices (asks + done, MIN (n - done, PRICES_MAX), day), why);
}

gboolean
quay_till_set_prices (QuayTill *till, const char *code, const QuayPriceAsk *asks, guint n,
                      QuayDay day, const char *why, GError **error)
{
  g_autoptr (QuayPriceList) list = code != NULL ? find_list (till, code) : NULL;
  if (!asks_are_sound (till, asks, n, day, error) || !quay_till_check_text (why, 100, error) ||
      !quay_till_check_reads (till, error))
    return FALSE;
  if (code != NULL && list == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no price list '%s'", code);
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  quay_till_add_price_asks (till, txn, code, asks, n, day, why);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_items_moved (till);
  return done != NULL;
}

/* --- the cart --- */

static gint64
qty_in_cart (const QuayCart *cart, const QuayId *product)
{
  gint64 milli = 0;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      if (quay_id_equal (&line->product, product))
        milli += line->qty.milli;
    }
  return milli;
}

QuayPriceList *
quay_till_cart_list (QuayTill *till, const QuayCart *cart)
{
  return cart->list != NULL ? find_list (till, cart->list) : NULL;
}

gboolean
quay_till_find_price (QuayTill *till, const QuayCart *cart, const QuayPriceList *list,
                      const QuayLine *line, QuayMoney *price)
{
  if (quay_id_is_nil (&line->product) || line->kind == QUAY_LINE_PRICED || line->was.dong > 0)
    return FALSE;
  if (list != NULL && qty_in_cart (cart, &line->product) >= list->minimum.milli &&
      quay_till_list_price (till, cart->list, &line->product, price))
    return TRUE;
  g_autoptr (QuayItem) item = quay_till_item (till, &line->product);
  if (item == NULL || !item->active || !item->has_price)
    return FALSE;
  *price = item->price;
  return TRUE;
}

gboolean
quay_till_cart_set_list (QuayTill *till, const char *code, GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return FALSE;
  g_autoptr (QuayPriceList) list = code != NULL ? find_list (till, code) : NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (code != NULL &&
      (list == NULL || !quay_price_list_is_on (list, quay_till_day (till), &till->floor)))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "price list '%s' may not be used here",
                   code);
      return FALSE;
    }
  g_autofree char *before = till->cart->list;
  till->cart->list = g_strdup (code);
  if (quay_till_cart_take_prices (till, error))
    return TRUE;
  g_free (till->cart->list);
  till->cart->list = g_steal_pointer (&before);
  return FALSE;
}
