/* Lines and payments: copying, pricing, the arithmetic of a refund. Pure. */
#include "quay-sale.h"

#include "quay-error.h"

static const char *const tender_names[QUAY_N_TENDERS] = {
  "cash", "card", "transfer", "deposit", "debt", "exchange", "rounding", "points",
};

/* --- discounts --- */

QuayOff *
quay_off_new (QuayOffKind kind, QuayMoney amount, const QuayId *promo, const char *name)
{
  QuayOff *off = g_new0 (QuayOff, 1);
  off->kind = kind;
  off->amount = amount;
  off->promo = promo != NULL ? *promo : QUAY_ID_NIL;
  off->name = g_strdup (name);
  return off;
}

void
quay_off_free (QuayOff *off)
{
  if (off == NULL)
    return;
  g_free (off->name);
  g_free (off);
}

static GPtrArray *
copy_offs (GPtrArray *offs)
{
  if (offs == NULL)
    return NULL;
  GPtrArray *copy = g_ptr_array_new_full (offs->len, (GDestroyNotify)quay_off_free);
  for (guint i = 0; i < offs->len; i++)
    {
      const QuayOff *off = offs->pdata[i];
      QuayOff *one = quay_off_new (off->kind, off->amount, &off->promo, off->name);
      one->bp = off->bp;
      g_ptr_array_add (copy, one);
    }
  return copy;
}

QuayMoney
quay_line_off (const QuayLine *line)
{
  QuayMoney sum = QUAY_DONG (0);
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    sum.dong += ((const QuayOff *)line->offs->pdata[i])->amount.dong;
  return sum;
}

QuayMoney
quay_line_gross (const QuayLine *line)
{
  return QUAY_DONG (line->amount.dong + quay_line_off (line).dong);
}

gboolean
quay_line_set_offs (QuayLine *line, GPtrArray *offs, GError **error)
{
  QuayMoney left = quay_line_gross (line);
  for (guint i = 0; offs != NULL && i < offs->len; i++)
    {
      const QuayOff *off = offs->pdata[i];
      if (off->amount.dong <= 0 || off->amount.dong > left.dong)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' can't cost so much less",
                       line->name);
          g_ptr_array_unref (offs);
          return FALSE;
        }
      left.dong -= off->amount.dong;
    }
  g_clear_pointer (&line->offs, g_ptr_array_unref);
  line->offs = offs;
  line->amount = left;
  return TRUE;
}

/* --- lines --- */

GPtrArray *
quay_parts_copy (GPtrArray *parts)
{
  if (parts == NULL)
    return NULL;
  GPtrArray *copy = g_ptr_array_new_full (parts->len, g_free);
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (copy, g_memdup2 (parts->pdata[i], sizeof (QuayPart)));
  return copy;
}

QuayLine *
quay_line_copy (const QuayLine *line)
{
  QuayLine *copy = g_memdup2 (line, sizeof *line);
  copy->sku = g_strdup (line->sku);
  copy->name = g_strdup (line->name);
  copy->unit = g_strdup (line->unit);
  copy->vat_class = g_strdup (line->vat_class);
  copy->code = g_strdup (line->code);
  copy->lot = g_strdup (line->lot);
  copy->trace = g_strdup (line->trace);
  copy->note = g_strdup (line->note);
  copy->parts = quay_parts_copy (line->parts);
  copy->offs = copy_offs (line->offs);
  return copy;
}

void
quay_line_free (QuayLine *line)
{
  if (line == NULL)
    return;
  g_free (line->sku);
  g_free (line->name);
  g_free (line->unit);
  g_free (line->vat_class);
  g_free (line->code);
  g_free (line->lot);
  g_free (line->trace);
  g_free (line->note);
  g_clear_pointer (&line->parts, g_ptr_array_unref);
  g_clear_pointer (&line->offs, g_ptr_array_unref);
  g_free (line);
}

static gboolean
derive_weight (const QuayLine *line, QuayMoney gross, QuayQty *qty)
{
  gint64 milli = 1000;
  if (line->price.dong > 0 && !quay_muldiv (gross.dong, 1000, line->price.dong, &milli))
    return FALSE;
  *qty = QUAY_MILLI (MAX (milli, 1));
  return quay_qty_in_range (*qty);
}

gboolean
quay_line_price (QuayLine *line, GError **error)
{
  QuayMoney off = quay_line_off (line);
  QuayMoney gross = quay_line_gross (line);
  if (line->price.dong < 0 || line->amount.dong < 0 ||
      (line->kind != QUAY_LINE_PRICED && line->qty.milli <= 0))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "quantity or price of '%s' below zero",
                   line->name);
      return FALSE;
    }
  gboolean fits = line->kind == QUAY_LINE_PRICED
                      ? derive_weight (line, gross, &line->qty)
                      : quay_money_times_qty (line->price, line->qty, &gross);
  if (!fits)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "amount of '%s' out of range", line->name);
  else if (off.dong > gross.dong)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' can't cost so much less", line->name);
  else
    line->amount = QUAY_DONG (gross.dong - off.dong);
  return fits && off.dong <= gross.dong;
}

QuayPayment *
quay_payment_copy (const QuayPayment *payment)
{
  QuayPayment *copy = g_memdup2 (payment, sizeof *payment);
  copy->ref = g_strdup (payment->ref);
  return copy;
}

void
quay_payment_free (QuayPayment *payment)
{
  if (payment == NULL)
    return;
  g_free (payment->ref);
  g_free (payment);
}

const char *
quay_tender_name (gint64 tender)
{
  return tender >= 0 && tender < QUAY_N_TENDERS ? tender_names[tender] : NULL;
}

gint64
quay_tender_from_name (const char *name)
{
  for (gint64 i = 0; i < QUAY_N_TENDERS; i++)
    if (g_strcmp0 (name, tender_names[i]) == 0)
      return i;
  return -1;
}

gboolean
quay_refund_amount (QuayMoney paid, QuayQty sold, QuayQty refunded, QuayQty q, QuayMoney already,
                    QuayMoney *out)
{
  QuayQty sum;
  gint64 upto;
  if (q.milli <= 0 || refunded.milli < 0 || !quay_qty_add (refunded, q, &sum) ||
      sum.milli > sold.milli)
    return FALSE;
  return quay_muldiv (paid.dong, sum.milli, sold.milli, &upto) &&
         quay_money_sub (QUAY_DONG (upto), already, out);
}
