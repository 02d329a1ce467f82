/* FEFO and the producer's share. Pure. */
#include "quay-lot.h"

#include "quay-error.h"

#include <string.h>

void
quay_lot_free (QuayLot *lot)
{
  if (lot == NULL)
    return;
  g_free (lot->code);
  g_free (lot->trace);
  g_free (lot->blocked);
  g_free (lot->receipt);
  g_free (lot);
}

gboolean
quay_terms_are_consigned (const QuayTerms *terms)
{
  return terms->kind == QUAY_TERMS_COMMISSION || terms->kind == QUAY_TERMS_TRANSFER;
}

static int
compare_days (QuayDay a, QuayDay b)
{
  return (a > b) - (a < b);
}

int
quay_lot_compare (const QuayLot *a, const QuayLot *b)
{
  QuayDay never = 99991231;
  int by =
      compare_days (a->expires != 0 ? a->expires : never, b->expires != 0 ? b->expires : never);
  if (by == 0)
    by = compare_days (a->received, b->received);
  return by != 0 ? by : memcmp (a->id.b, b->id.b, sizeof a->id.b);
}

gboolean
quay_lot_is_barred (const QuayLot *lot, QuayDay day)
{
  return lot->blocked != NULL || (lot->expires != 0 && lot->expires < day);
}

static gboolean
is_barred (const QuayLot *lot, const QuayTake *take)
{
  return !take->override && quay_lot_is_barred (lot, take->day);
}

static gboolean
is_named (const QuayLot *lot, const QuayTake *take)
{
  return take->code != NULL && g_strcmp0 (lot->code, take->code) == 0;
}

/* The lot that was scanned, then the others as they expire. */
typedef struct
{
  const QuayLot *lot;
  gboolean named;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;
  if (x->named != y->named)
    return y->named - x->named;
  return quay_lot_compare (x->lot, y->lot);
}

static void
give (GPtrArray *parts, const QuayLot *lot, QuayQty *rest)
{
  QuayPart *part = g_new0 (QuayPart, 1);
  part->lot = lot->id;
  part->qty = QUAY_MILLI (MIN (lot->qty.milli, rest->milli));
  rest->milli -= part->qty.milli;
  g_ptr_array_add (parts, part);
}

gboolean
quay_lots_take (GPtrArray *lots, const QuayTake *take, GPtrArray *parts, QuayQty *rest,
                GError **error)
{
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (Candidate), lots->len);
  guint before = parts->len;
  const char *barred = NULL;
  for (guint i = 0; i < lots->len; i++)
    {
      const QuayLot *lot = lots->pdata[i];
      Candidate candidate = { lot, is_named (lot, take) };
      if (lot->qty.milli <= 0)
        continue;
      if (!is_barred (lot, take))
        {
          g_array_append_val (order, candidate);
          continue;
        }
      barred = lot->blocked != NULL ? "the lot is held back" : "the lot is expired";
      if (candidate.named) /* nothing else will do: this one is in the customer's hand */
        {
          g_array_set_size (order, 0);
          break;
        }
    }
  g_array_sort (order, compare_candidates);
  *rest = take->qty;
  for (guint i = 0; i < order->len && rest->milli > 0; i++)
    give (parts, g_array_index (order, Candidate, i).lot, rest);
  if (rest->milli == 0 || barred == NULL)
    return TRUE;
  g_ptr_array_set_size (parts, (int)before);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, barred);
  return FALSE;
}

gboolean
quay_terms_cost (const QuayTerms *terms, QuayQty qty, QuayMoney amount, QuayMoney net,
                 QuayMoney shelf, QuayMoney *cost)
{
  gint64 share;
  QuayMoney base = terms->net_of_vat ? net : amount;
  *cost = QUAY_DONG (0);
  if (terms->kind == QUAY_TERMS_NONE)
    return TRUE;
  if (terms->kind != QUAY_TERMS_COMMISSION)
    return quay_money_times_qty (terms->price, qty, cost);
  if (terms->base == QUAY_BASE_SHELF)
    {
      if (!quay_money_times_qty (shelf, qty, &base))
        return FALSE;
      /* the shelf price without VAT, in the proportion of what was paid */
      if (terms->net_of_vat && amount.dong > 0 &&
          !quay_muldiv (base.dong, net.dong, amount.dong, &base.dong))
        return FALSE;
    }
  if (!quay_muldiv (base.dong, 10000 - terms->commission_bp, 10000, &share))
    return FALSE;
  *cost = QUAY_DONG (share);
  return quay_money_in_range (*cost);
}

gboolean
quay_share (QuayMoney amount, QuayQty before, QuayQty qty, QuayQty whole, QuayMoney *share)
{
  gint64 upto, from;
  if (!quay_muldiv (amount.dong, before.milli + qty.milli, whole.milli, &upto) ||
      !quay_muldiv (amount.dong, before.milli, whole.milli, &from))
    return FALSE;
  *share = QUAY_DONG (upto - from);
  return TRUE;
}
