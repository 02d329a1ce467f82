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

/* What is still out of the baskets comes back in proportion, to the baskets' place if they were
 * made ahead; the last of them bring all that is left. */
static gboolean
give_back_basket (QuayRefundLine *line, GPtrArray *parts, GPtrArray *returned, QuayQty out)
{
  for (guint i = 0; i < parts->len; i++)
    {
      gint64 qty;
      QuayPart left = *(const QuayPart *)parts->pdata[i];
      const QuayPart *before = same_part (returned, &left);
      gboolean own = quay_id_equal (&left.product, &line->product);
      if (before != NULL)
        {
          left.qty.milli -= before->qty.milli;
          left.amount.dong -= before->amount.dong;
          left.cost.dong -= before->cost.dong;
        }
      if (!quay_muldiv (left.qty.milli, line->qty.milli, out.milli, &qty))
        return FALSE;
      if (qty <= 0)
        continue;
      if (own)
        left.product = QUAY_ID_NIL;
      if (own || !same_part (parts, &(QuayPart){ .product = line->product, .lot = left.loc }))
        left.loc = QUAY_ID_NIL;
      if (!add_back (line, &left, QUAY_MILLI (0), QUAY_MILLI (qty), left.qty))
        return FALSE;
    }
  return TRUE;
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
