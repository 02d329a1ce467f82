/* Cart ⇄ JSON by the same descriptions that events use. */
#include "quay-draft.h"

#include "quay-body.h"
#include "quay-error.h"

#include <string.h>

static const QuayField return_fields[] = {
  { "line", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayReturn, line), TRUE, 1, 10000, NULL },
  { "qty", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayReturn, qty), TRUE, 1, QUAY_QTY_MAX, NULL },
  { "restock", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayReturn, restock), FALSE, 0, 1, NULL },
  { NULL, 0, 0, FALSE, 0, 0, NULL },
};
static const QuayShape return_shape = { sizeof (QuayReturn), return_fields };

static const QuayField cart_fields[] = {
  { "id", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayCart, id), TRUE, 0, 0, NULL },
  { "opened", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayCart, opened_ms), TRUE, 0, 0, NULL },
  { "lines", QUAY_FIELD_LIST, G_STRUCT_OFFSET (QuayCart, lines), TRUE, 0, 0, &quay_shape_line },
  { "age", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayCart, age), FALSE, 0, 1, NULL },
  { "buyer", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, buyer_name), FALSE, 0, 2000, NULL },
  { "tax", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, buyer_tax), FALSE, 0, 0, NULL },
  { "note", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, note), FALSE, 0, 0, NULL },
  { "order", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayCart, order), FALSE, 0, 0, NULL },
  { "deposit", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayCart, deposit), FALSE, 0, QUAY_MONEY_MAX,
    NULL },
  { "order_no", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, order_no), FALSE, 0, 0, NULL },
  { "exchange", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayCart, exchange), FALSE, 0, 0, NULL },
  { "exchange_no", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, exchange_no), FALSE, 0, 40, NULL },
  { "returns", QUAY_FIELD_LIST, G_STRUCT_OFFSET (QuayCart, returns), FALSE, 0, 0, &return_shape },
  { "credit", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayCart, credit), FALSE, 0, QUAY_MONEY_MAX, NULL },
  { "customer", QUAY_FIELD_ID, G_STRUCT_OFFSET (QuayCart, customer), FALSE, 0, 0, NULL },
  { "list", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, list), FALSE, 0, 40, NULL },
  { "off_bp", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayCart, off_bp), FALSE, 0, 10000, NULL },
  { "off", QUAY_FIELD_INT, G_STRUCT_OFFSET (QuayCart, off), FALSE, 0, QUAY_MONEY_MAX, NULL },
  { "off_why", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, off_why), FALSE, 0, 300, NULL },
  { "pay_code", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (QuayCart, pay_code), FALSE, 0, 25, NULL },
  { NULL, 0, 0, FALSE, 0, 0, NULL },
};
static const QuayShape cart_shape = { sizeof (QuayCart), cart_fields };

/* What a cart can hold: no more lines, and an amount that can be paid. */
static gboolean
cart_is_sound (const QuayCart *cart, GError **error)
{
  QuayMoney total = QUAY_DONG (0);
  gboolean fits = cart->lines->len <= QUAY_CART_MAX_LINES;
  for (guint i = 0; fits && i < cart->lines->len; i++)
    fits = quay_money_add (total, ((const QuayLine *)cart->lines->pdata[i])->amount, &total);
  if (!fits)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                         "draft is beyond what a cart holds");
  return fits;
}

char *
quay_draft_encode (const QuayCart *cart)
{
  GString *out = g_string_sized_new (1024);
  g_string_append_c (out, '{');
  quay_shape_write (&cart_shape, cart, out);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

QuayCart *
quay_draft_decode (const char *text, GError **error)
{
  QuayCart raw = { 0 };
  g_auto (QuayJson) json;
  const QuayJsonValue *object = quay_json_read (&json, text, strlen (text));
  if (object == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "draft is not a JSON object");
      return NULL;
    }
  g_autoptr (QuayCart) cart = NULL;
  if (quay_shape_decode (&cart_shape, object, &raw, error))
    {
      g_ptr_array_set_free_func (raw.lines, (GDestroyNotify)quay_line_free);
      cart = quay_cart_copy (&raw);
      g_ptr_array_set_free_func (raw.lines, NULL);
      if (!cart_is_sound (cart, error))
        g_clear_pointer (&cart, quay_cart_free);
    }
  quay_shape_clear (&cart_shape, &raw);
  return g_steal_pointer (&cart);
}
