/* The attention list and how a balance is cleared as a whole. Thread: main. */
#include "quay-till-assign.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-attention.h"
#include "quay-reader-lots.h"

/* Events of one transaction. */
#define EVENTS_MAX 200

GPtrArray *
quay_till_attention (QuayTill *till)
{
  return quay_reader_attention (till->reader);
}

guint
quay_till_n_attention (QuayTill *till)
{
  return quay_reader_n_short (till->reader);
}

GPtrArray *
quay_till_open_lines (QuayTill *till, const QuayAttention *of)
{
  return quay_reader_open_lines (till->reader, of);
}

GPtrArray *
quay_till_givers (QuayTill *till, const QuayAttention *of)
{
  GPtrArray *lots = quay_reader_lots (till->reader, &of->loc, &of->product);
  for (guint i = lots->len; i > 0; i--)
    {
      const QuayLot *lot = lots->pdata[i - 1];
      if (lot->qty.milli <= 0 || quay_id_equal (&lot->id, &of->lot) || quay_id_is_nil (&lot->id))
        g_ptr_array_remove_index (lots, i - 1);
    }
  return lots;
}

/* --- clearing --- */

/* A transaction being made. */
typedef struct
{
  QuayTill *till;
  QuayTxn *txn;
  const QuayId *id; /* of its first event */
  guint n;
  gint64 done;
} Clearing;

static gboolean
give (Clearing *clearing, QuayOpenLine *open, const QuayLot *lot, gint64 qty, const QuayMoney *cost,
      GError **error)
{
  const QuayId *id = clearing->n == 0 ? clearing->id : NULL;
  if (!quay_till_add_assign (clearing->till, clearing->txn, id, open, lot, QUAY_MILLI (qty), cost,
                             NULL, error))
    return FALSE;
  gboolean two = open->moved || quay_open_line_fate (open, &lot->terms) != open->kind;
  clearing->n += two ? 2 : 1;
  clearing->done += qty;
  return TRUE;
}

/* What is left of a line after a share of it was given. */
static gboolean
take_off (QuayOpenLine *open, gint64 qty)
{
  QuayMoney *parts[] = { &open->amount, &open->cost, &open->worth };
  QuayQty whole = QUAY_MILLI (ABS (open->qty.milli));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      QuayMoney share;
      if (!quay_share (*parts[i], QUAY_MILLI (0), QUAY_MILLI (qty), whole, &share))
        return FALSE;
      parts[i]->dong -= share.dong;
    }
  open->qty.milli -= open->qty.milli < 0 ? -qty : qty;
  return TRUE;
}

/* Below nothing: lines are given to what lies there. */
static gboolean
give_lines (Clearing *clearing, const QuayAttention *of, GPtrArray *lines, GPtrArray *lots,
            GError **error)
{
  gint64 need = -of->qty.milli;
  guint at = 0;
  for (guint i = 0; i < lines->len && need > 0 && at < lots->len; i++)
    {
      QuayOpenLine *open = lines->pdata[i];
      while (open->qty.milli > 0 && need > 0 && at < lots->len && clearing->n < EVENTS_MAX)
        {
          QuayLot *lot = lots->pdata[at];
          gint64 qty = MIN (MIN (open->qty.milli, need), lot->qty.milli);
          if (qty <= 0)
            {
              at++;
              continue;
            }
          if (!give (clearing, open, lot, qty, NULL, error) || !take_off (open, qty))
            return FALSE;
          lot->qty.milli -= qty;
          need -= qty;
        }
    }
  return TRUE;
}

/* Given beyond what the line took: the lots that got it take it back, at what it cost them. */
static gboolean
take_back (Clearing *clearing, QuayOpenLine *open, GError **error)
{
  g_autoptr (GPtrArray) holders = quay_reader_line_lots (clearing->till->reader, open);
  for (guint i = 0; i < holders->len && open->qty.milli < 0; i++)
    {
      const QuayOpenLine *holder = holders->pdata[i];
      gint64 qty = MIN (holder->qty.milli, -open->qty.milli);
      QuayMoney cost;
      g_autoptr (QuayLot) lot = quay_reader_lot (clearing->till->reader, &holder->lot);
      if (qty <= 0 || lot == NULL)
        continue;
      if (!quay_share (holder->cost, QUAY_MILLI (0), QUAY_MILLI (qty), holder->qty, &cost) ||
          !give (clearing, open, lot, qty, &cost, error) || !take_off (open, qty))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (Clearing *clearing, const QuayAttention *of, const QuayId *lot, GError **error)
{
  g_autoptr (GPtrArray) lines = quay_till_open_lines (clearing->till, of);
  g_autoptr (GPtrArray) lots = quay_till_givers (clearing->till, of);
  for (guint i = lots->len; i > 0 && lot != NULL; i--)
    if (!quay_id_equal (&((QuayLot *)lots->pdata[i - 1])->id, lot))
      g_ptr_array_remove_index (lots, i - 1);
  if (of->qty.milli < 0)
    return give_lines (clearing, of, lines, lots, error);
  for (guint i = 0; i < lines->len && clearing->n < EVENTS_MAX; i++)
    if (!take_back (clearing, lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
quay_till_clear_balance (QuayTill *till, const QuayId *id, const QuayAttention *of,
                         const QuayId *lot, QuayQty *done, GError **error)
{
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  Clearing clearing = { .till = till, .txn = txn, .id = id };
  if (!fill (&clearing, of, lot, error) || !quay_till_check_reads (till, error))
    return FALSE;
  if (clearing.n == 0)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "no lot has anything left");
      return FALSE;
    }
  if (done != NULL)
    *done = QUAY_MILLI (clearing.done);
  return quay_till_commit_assigns (till, g_steal_pointer (&txn), error);
}

gboolean
quay_till_assign_waiting (QuayTill *till, const QuayId *product, const QuayId *lot, QuayQty *done,
                          GError **error)
{
  QuayQty sum = QUAY_MILLI (0);
  g_autoptr (GPtrArray) list = quay_till_attention (till);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      QuayQty given = QUAY_MILLI (0);
      g_autoptr (GError) failed = NULL;
      const QuayAttention *of = list->pdata[i];
      QuayId id = quay_till_new_id (till);
      if (of->qty.milli >= 0 || !quay_id_is_nil (&of->lot) ||
          !quay_id_equal (&of->product, product))
        continue;
      if (!quay_till_clear_balance (till, &id, of, lot, &given, &failed) &&
          !g_error_matches (failed, QUAY_ERROR, QUAY_ERROR_REFUSED))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      sum.milli += given.milli;
    }
  if (done != NULL)
    *done = sum;
  return TRUE;
}
