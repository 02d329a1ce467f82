/* Prices of a cart that waited: what the catalogue asks today beside what the line has. A line's
 * own price is what the customer was told, so it counts until somebody takes the new one. Thread:
 * main.
 */
#include "quay-till-prices-private.h"

guint
quay_till_n_changed_prices (QuayTill *till, const QuayCart *cart)
{
  guint n = 0;
  g_autoptr (QuayPriceList) list = quay_till_cart_list (till, cart);
  for (guint i = 0; i < cart->lines->len; i++)
    {
      QuayMoney now;
      const QuayLine *line = cart->lines->pdata[i];
      n += quay_till_find_price (till, cart, list, line, &now) && now.dong != line->price.dong;
    }
  return n;
}

gboolean
quay_till_take_prices (QuayTill *till, QuayCart *cart, GError **error)
{
  g_autoptr (QuayPriceList) list = quay_till_cart_list (till, cart);
  for (guint i = 0; i < cart->lines->len; i++)
    {
      QuayMoney now;
      const QuayLine *line = cart->lines->pdata[i];
      if (quay_till_find_price (till, cart, list, line, &now) && now.dong != line->price.dong &&
          !quay_cart_set_price (cart, i, now, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
quay_till_cart_take_prices (QuayTill *till, GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return FALSE;
  g_autoptr (QuayCart) cart = quay_cart_copy (till->cart);
  if (!quay_till_take_prices (till, cart, error) || !quay_till_check_reads (till, error))
    return FALSE;
  quay_cart_free (till->cart);
  till->cart = g_steal_pointer (&cart);
  quay_till_cart_touched (till);
  return TRUE;
}
