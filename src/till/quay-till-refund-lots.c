/* Where goods that are given back go: to the lots that the line took, as far as they have not come
 * back yet, each with its share of what was paid and owed. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-lots.h"

static const QuayPart *
same_part (GPtrArray *parts, const QuayPart *of)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      if (quay_id_equal (&part->lot, &of->lot) && quay_id_equal (&part->product, &of->product))
        return part;
    }
  return NULL;
}

/* What came back of a part: by earlier refunds and by earlier lines of this one. */
static QuayQty
came_back (GPtrArray *returned, GPtrArray *lines, const QuayRefundLine *line, const QuayPart *part)
{
  const QuayPart *before = same_part (returned, part);
  QuayQty sum = before != NULL ? before->qty : QUAY_MILLI (0);
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayRefundLine *other = lines->pdata[i];
      for (guint k = 0; other != line && other->line == line->line && k < other->parts->len; k++)
        if (quay_id_equal (&((QuayPart *)other->parts->pdata[k])->lot, &part->lot))
          sum.milli += ((QuayPart *)other->parts->pdata[k])->qty.milli;
    }
  return sum;
}

/* @before, @qty of @whole: this much of what @from was sold for and cost goes back. Goods that are
 * spoilt stay owed. */
static gboolean
add_back (QuayRefundLine *line, const QuayPart *from, QuayQty before, QuayQty qty, QuayQty whole)
{
  QuayPart *part = g_memdup2 (from, sizeof *from);
  g_ptr_array_add (line->parts, part);
  part->qty = qty;
  return quay_share (from->amount, before, qty, whole, &part->amount) &&
         quay_share (line->restock ? from->cost : QUAY_DONG (0), before, qty, whole, &part->cost);
}

static gboolean
give_back_plain (QuayRefundLine *line, GPtrArray *parts, GPtrArray *returned, GPtrArray *lines)
{
  QuayQty rest = line->qty;
  for (guint i = parts->len; i > 0 && rest.milli > 0; i--)
    {
      QuayPart *part = parts->pdata[i - 1];
      QuayQty before = came_back (returned, lines, line, part);
      QuayQty qty = QUAY_MILLI (MIN (part->qty.milli - before.milli, rest.milli));
      if (quay_id_is_nil (&part->lot) || qty.milli <= 0)
        continue; /* what no lot gave goes back to none */
      part->product = QUAY_ID_NIL;
      part->loc = QUAY_ID_NIL;
      if (!add_back (line, part, before, qty, part->qty))
        return FALSE;
      rest.milli -= qty.milli;
    }
  return TRUE;
}

/* @n of @whole baskets: their share of a part. */
static gboolean
add_share (QuayRefundLine *line, QuayPart left, gint64 n, gint64 whole)
{
  gint64 qty;
  if (!quay_muldiv (left.qty.milli, n, whole, &qty))
    return FALSE;
  return qty <= 0 || add_back (line, &left, QUAY_MILLI (0), QUAY_MILLI (qty), left.qty);
}

/* The lot of baskets made ahead in which a part lay; NULL for one that was taken from the shelf. */
static const QuayPart *
basket_of (GPtrArray *parts, const QuayRefundLine *line, const QuayPart *part)
{
  return same_part (parts, &(QuayPart){ .product = line->product, .lot = part->loc });
}

/* What is still out of a part: of that lot in those baskets, or from the shelf, wherever it came
 * back to. */
static QuayPart
left_of (GPtrArray *parts, const QuayRefundLine *line, const QuayPart *part, GPtrArray *returned)
{
  QuayPart left = *part;
  for (guint i = 0; i < returned->len; i++)
    {
      const QuayPart *before = returned->pdata[i];
      if (!quay_id_equal (&before->lot, &part->lot) ||
          !quay_id_equal (&before->product, &part->product) ||
          basket_of (parts, line, before) != basket_of (parts, line, part))
        continue;
      left.qty.milli -= before->qty.milli;
      left.amount.dong -= before->amount.dong;
      left.cost.dong -= before->cost.dong;
    }
  return left;
}

/* What @n of the @whole baskets of a lot (nil: of those made when they were sold) had in them. */
static gboolean
add_inside (QuayRefundLine *line, GPtrArray *parts, GPtrArray *returned, const QuayId *lot,
            gint64 n, gint64 whole)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      const QuayPart *in = basket_of (parts, line, part);
      QuayPart left = left_of (parts, line, part, returned);
      if (quay_id_equal (&part->product, &line->product) ||
          !quay_id_equal (in != NULL ? &in->lot : &QUAY_ID_NIL, lot))
        continue;
      if (in == NULL)
        left.loc = QUAY_ID_NIL;
      if (!add_share (line, left, n, whole))
        return FALSE;
    }
  return TRUE;
}

/* Baskets that were made ahead come back whole, with what is in them, before those that were made
 * when they were sold, whose parts go back to the shelf. @out: baskets that are still out. */
static gboolean
give_back_basket (QuayRefundLine *line, GPtrArray *parts, GPtrArray *returned, QuayQty out)
{
  gint64 need = line->qty.milli, made = out.milli;
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      QuayPart left = left_of (parts, line, part, returned);
      if (!quay_id_equal (&part->product, &line->product) || left.qty.milli <= 0)
        continue;
      gint64 n = MIN (need, left.qty.milli);
      left.product = QUAY_ID_NIL;
      left.loc = QUAY_ID_NIL;
      if (n > 0 && (!add_share (line, left, n, left.qty.milli) ||
                    !add_inside (line, parts, returned, &part->lot, n, left.qty.milli)))
        return FALSE;
      need -= n;
      made -= left.qty.milli;
    }
  return need <= 0 || made <= 0 || add_inside (line, parts, returned, &QUAY_ID_NIL, need, made);
}

static gboolean
is_basket (GPtrArray *parts, const QuayRefundLine *line)
{
  for (guint i = 0; i < parts->len; i++)
    if (!quay_id_equal (&((const QuayPart *)parts->pdata[i])->product, &line->product))
      return TRUE;
  return FALSE;
}

gboolean
quay_till_find_returned (QuayTill *till, const QuaySaleRecord *sale, QuayRefundLine *line,
                         QuayQty refunded, GPtrArray *lines, GError **error)
{
  const QuayLine *sold = sale->lines->pdata[line->line - 1];
  g_autoptr (GPtrArray) parts = quay_reader_parts (till->reader, &sale->id, line->line);
  g_autoptr (GPtrArray) returned = quay_reader_returned (till->reader, &sale->id, line->line);
  line->parts = g_ptr_array_new_with_free_func (g_free);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  QuayQty out = QUAY_MILLI (sold->qty.milli - refunded.milli);
  if (is_basket (parts, line) ? give_back_basket (line, parts, returned, out)
                              : give_back_plain (line, parts, returned, lines))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "amount of '%s' out of range", sold->name);
  return FALSE;
}
