/* Cart operations. Every one leaves the cart whole or unchanged. */
#include "quay-cart.h"

#include "quay-discount.h"
#include "quay-error.h"
#include "quay-tax.h"

QuayCart *
quay_cart_new (const QuayId *id, gint64 opened_ms)
{
  QuayCart *cart = g_new0 (QuayCart, 1);
  cart->id = *id;
  cart->opened_ms = opened_ms;
  cart->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  return cart;
}

static GPtrArray *
copy_returns (GPtrArray *returns)
{
  if (returns == NULL)
    return NULL;
  GPtrArray *copy = g_ptr_array_new_full (returns->len, g_free);
  for (guint i = 0; i < returns->len; i++)
    g_ptr_array_add (copy, g_memdup2 (returns->pdata[i], sizeof (QuayReturn)));
  return copy;
}

QuayCart *
quay_cart_copy (const QuayCart *cart)
{
  QuayCart *copy = quay_cart_new (&cart->id, cart->opened_ms);
  for (guint i = 0; i < cart->lines->len; i++)
    g_ptr_array_add (copy->lines, quay_line_copy (cart->lines->pdata[i]));
  copy->age = cart->age;
  copy->buyer_name = g_strdup (cart->buyer_name);
  copy->buyer_tax = g_strdup (cart->buyer_tax);
  copy->note = g_strdup (cart->note);
  copy->order = cart->order;
  copy->deposit = cart->deposit;
  copy->order_no = g_strdup (cart->order_no);
  copy->exchange = cart->exchange;
  copy->exchange_no = g_strdup (cart->exchange_no);
  copy->returns = copy_returns (cart->returns);
  copy->credit = cart->credit;
  copy->customer = cart->customer;
  copy->list = g_strdup (cart->list);
  copy->off_bp = cart->off_bp;
  copy->off = cart->off;
  copy->off_why = g_strdup (cart->off_why);
  copy->pay_code = g_strdup (cart->pay_code);
  return copy;
}

void
quay_cart_free (QuayCart *cart)
{
  if (cart == NULL)
    return;
  g_ptr_array_unref (cart->lines);
  g_free (cart->buyer_name);
  g_free (cart->buyer_tax);
  g_free (cart->note);
  g_free (cart->order_no);
  g_free (cart->exchange_no);
  g_clear_pointer (&cart->returns, g_ptr_array_unref);
  g_free (cart->list);
  g_free (cart->off_why);
  g_free (cart->pay_code);
  g_free (cart);
}

gboolean
quay_cart_is_empty (const QuayCart *cart)
{
  return cart->lines->len == 0;
}

static gboolean
lines_join (const QuayLine *a, const QuayLine *b)
{
  return a->kind == QUAY_LINE_PIECE && b->kind == QUAY_LINE_PIECE &&
         !quay_id_is_nil (&a->product) && quay_id_equal (&a->product, &b->product) &&
         a->price.dong == b->price.dong && a->was.dong == b->was.dong && a->note == NULL &&
         b->note == NULL && quay_discount_by_hand (a) == NULL &&
         quay_discount_by_hand (b) == NULL && g_strcmp0 (a->lot, b->lot) == 0 &&
         g_strcmp0 (a->trace, b->trace) == 0;
}

static gboolean
qty_is_sound (const QuayLine *line, GError **error)
{
  gboolean whole = line->kind != QUAY_LINE_PIECE || line->qty.milli % 1000 == 0;
  if (line->qty.milli > 0 && line->qty.milli <= QUAY_LINE_MAX_QTY && whole)
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "quantity of '%s' out of range", line->name);
  return FALSE;
}

/* True if the cart with @line in place of line @index (or added, beyond the end) is payable. */
static gboolean
total_fits (const QuayCart *cart, const QuayLine *line, guint index, GError **error)
{
  QuayMoney total = line->amount;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *other = cart->lines->pdata[i];
      if (i != index && !quay_money_add (total, other->amount, &total))
        {
          g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "total out of range");
          return FALSE;
        }
    }
  return TRUE;
}

/* Puts the changed copy @line in place of line @index if the cart stays sound. */
static gboolean
replace_line (QuayCart *cart, guint index, QuayLine *line, GError **error)
{
  g_autoptr (QuayLine) owned = line;
  if (!quay_discount_reprice (owned, error) || !qty_is_sound (owned, error) ||
      !total_fits (cart, owned, index, error))
    return FALSE;
  quay_line_free (cart->lines->pdata[index]);
  cart->lines->pdata[index] = g_steal_pointer (&owned);
  return TRUE;
}

gboolean
quay_cart_add (QuayCart *cart, const QuayLine *line, guint *index, GError **error)
{
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *there = cart->lines->pdata[i];
      if (!lines_join (there, line))
        continue;
      QuayLine *joined = quay_line_copy (there);
      joined->qty.milli += line->qty.milli;
      if (index != NULL)
        *index = i;
      return replace_line (cart, i, joined, error);
    }
  if (cart->lines->len >= QUAY_CART_MAX_LINES)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "cart is full at %d lines",
                   QUAY_CART_MAX_LINES);
      return FALSE;
    }
  g_autoptr (QuayLine) copy = quay_line_copy (line);
  if (!quay_discount_reprice (copy, error) || !qty_is_sound (copy, error) ||
      !total_fits (cart, copy, cart->lines->len, error))
    return FALSE;
  if (index != NULL)
    *index = cart->lines->len;
  g_ptr_array_add (cart->lines, g_steal_pointer (&copy));
  return TRUE;
}

static const QuayLine *
line_at (const QuayCart *cart, guint index, GError **error)
{
  if (index < cart->lines->len)
    return cart->lines->pdata[index];
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no line %u", index);
  return NULL;
}

/* A copy of a line to change; NULL for one whose price is printed on its label. */
static QuayLine *
copy_unprinted (QuayCart *cart, guint index, GError **error)
{
  const QuayLine *line = line_at (cart, index, error);
  if (line == NULL)
    return NULL;
  if (line->kind != QUAY_LINE_PRICED)
    return quay_line_copy (line);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "'%s' has a printed price", line->name);
  return NULL;
}

gboolean
quay_cart_set_qty (QuayCart *cart, guint index, QuayQty qty, GError **error)
{
  QuayLine *copy = copy_unprinted (cart, index, error);
  if (copy == NULL)
    return FALSE;
  copy->qty = qty;
  return replace_line (cart, index, copy, error);
}

gboolean
quay_cart_set_price (QuayCart *cart, guint index, QuayMoney price, GError **error)
{
  QuayLine *copy = copy_unprinted (cart, index, error);
  if (copy == NULL)
    return FALSE;
  copy->price = price;
  return replace_line (cart, index, copy, error);
}

gboolean
quay_cart_set_weight (QuayCart *cart, guint index, QuayQty gross, QuayQty tare, GError **error)
{
  const QuayLine *line = line_at (cart, index, error);
  if (line == NULL)
    return FALSE;
  if (line->kind != QUAY_LINE_WEIGHED || tare.milli < 0 || !quay_qty_in_range (gross) ||
      !quay_qty_in_range (tare))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "weight of '%s' out of range",
                   line->name);
      return FALSE;
    }
  QuayLine *copy = quay_line_copy (line);
  copy->qty = QUAY_MILLI (gross.milli - tare.milli);
  copy->tare = tare;
  return replace_line (cart, index, copy, error);
}

void
quay_cart_set_note (QuayCart *cart, guint index, const char *note)
{
  g_return_if_fail (index < cart->lines->len);
  QuayLine *line = cart->lines->pdata[index];
  g_free (line->note);
  line->note = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
}

QuayLine *
quay_cart_remove (QuayCart *cart, guint index)
{
  return index < cart->lines->len ? g_ptr_array_steal_index (cart->lines, index) : NULL;
}

QuayCartTotals
quay_cart_totals (const QuayCart *cart)
{
  QuayCartTotals sum = { .n_lines = cart->lines->len };
  g_autoptr (GArray) rows = NULL;
  if (!quay_tax_apply (cart->lines, &rows, NULL))
    g_return_val_if_reached (sum);
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayTaxRow *row = &g_array_index (rows, QuayTaxRow, i);
      sum.total.dong += row->gross.dong;
      sum.vat.dong += row->vat.dong;
    }
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      sum.pieces += line->kind == QUAY_LINE_PIECE ? line->qty.milli / 1000 : 1;
    }
  return sum;
}

gboolean
quay_cart_needs_age (const QuayCart *cart)
{
  if (cart->age == QUAY_AGE_CONFIRMED)
    return FALSE;
  for (guint i = 0; i < cart->lines->len; i++)
    if (((const QuayLine *)cart->lines->pdata[i])->abv > 0)
      return TRUE;
  return FALSE;
}

QuayMoney
quay_cart_deposit (const QuayCart *cart)
{
  if (quay_id_is_nil (&cart->order))
    return QUAY_DONG (0);
  return QUAY_DONG (MIN (cart->deposit.dong, quay_cart_totals (cart).total.dong));
}

QuayMoney
quay_cart_credit (const QuayCart *cart)
{
  if (quay_id_is_nil (&cart->exchange))
    return QUAY_DONG (0);
  QuayMoney left = QUAY_DONG (quay_cart_totals (cart).total.dong - quay_cart_deposit (cart).dong);
  return QUAY_DONG (MIN (cart->credit.dong, left.dong));
}
