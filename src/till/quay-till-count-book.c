/* What the books said when something was seen, and which lots a difference falls on. Thread: main.
 */
#include "quay-till-count-private.h"

#include "quay-error.h"
#include "quay-reader-count.h"
#include "quay-reader-lots.h"

/* --- the books at the moment of an observation --- */

/* What lies at the place now and what moved there since, by product. */
typedef struct
{
  GHashTable *now;   /* product → GArray of QuayPart */
  GHashTable *moves; /* product → GArray of QuayCountMove */
} Book;

static GArray *
need_list (GHashTable *lists, const QuayId *product, gsize size)
{
  GArray *list = g_hash_table_lookup (lists, product);
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, (guint)size);
      g_hash_table_insert (lists, g_memdup2 (product, sizeof *product), list);
    }
  return list;
}

static GHashTable *
new_lists (void)
{
  return g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free,
                                (GDestroyNotify)g_array_unref);
}

static void
book_init (Book *book, QuayTill *till, const QuayCount *count, gint64 since)
{
  g_autoptr (GPtrArray) now = quay_reader_place (till->reader, &count->loc);
  g_autoptr (GArray) moves = quay_reader_count_moves (till->reader, &count->id, &count->loc, since);
  book->now = new_lists ();
  book->moves = new_lists ();
  for (guint i = 0; i < now->len; i++)
    {
      const QuayPart *part = now->pdata[i];
      g_array_append_vals (need_list (book->now, &part->product, sizeof *part), part, 1);
    }
  for (guint i = 0; i < moves->len; i++)
    {
      const QuayCountMove *move = &g_array_index (moves, QuayCountMove, i);
      g_array_append_vals (need_list (book->moves, &move->product, sizeof *move), move, 1);
    }
}

static void
book_clear (Book *book)
{
  g_hash_table_unref (book->now);
  g_hash_table_unref (book->moves);
}

/* What is there now, without what moved after @seen and without what the count itself wrote. */
static QuayQty
book_at (Book *book, const QuayCountLine *line, gint64 seen)
{
  QuayQty qty = QUAY_MILLI (0);
  GArray *now = need_list (book->now, &line->product, sizeof (QuayPart));
  GArray *moves = need_list (book->moves, &line->product, sizeof (QuayCountMove));
  for (guint i = 0; i < now->len; i++)
    {
      const QuayPart *part = &g_array_index (now, QuayPart, i);
      if (line->whole || quay_id_equal (&part->lot, &line->lot))
        qty.milli += part->qty.milli;
    }
  for (guint i = 0; i < moves->len; i++)
    {
      const QuayCountMove *move = &g_array_index (moves, QuayCountMove, i);
      if ((move->own || move->ts > seen) && (line->whole || quay_id_equal (&move->lot, &line->lot)))
        qty.milli -= move->qty.milli;
    }
  return qty;
}

/* --- which lots a difference falls on --- */

static gboolean
out_of_range (const QuayCountLine *line, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "difference of '%s' out of range",
               line->name);
  return FALSE;
}

static gboolean
add_part (QuayTill *till, const QuayCountLine *line, const QuayLot *lot, QuayQty qty,
          GPtrArray *out, GError **error)
{
  QuayVoucherLine *part = quay_voucher_line_new ();
  g_ptr_array_add (out, part);
  part->product = line->product;
  part->sku = g_strdup (line->sku);
  part->name = g_strdup (line->name);
  part->unit = g_strdup (line->unit);
  part->lot = lot != NULL ? lot->id : QUAY_ID_NIL;
  part->qty = qty;
  part->other = QUAY_MILLI (MAX (-qty.milli, 0));
  part->price = line->price;
  part->seen = quay_count_line_seen (line);
  if (!quay_money_times_qty (line->price, qty, &part->amount))
    return out_of_range (line, error);
  if (lot == NULL)
    return TRUE;
  part->bearer = line->bearer && quay_terms_are_consigned (&lot->terms);
  if (part->bearer)
    return TRUE; /* the shop owes nothing for it, neither now nor if it is found again */
  if (!quay_till_cost_of_loss (till, lot, QUAY_MILLI (ABS (qty.milli)), &part->cost))
    return out_of_range (line, error);
  if (qty.milli > 0)
    part->cost.dong = -part->cost.dong; /* found again: the shop does not owe it */
  return TRUE;
}

/* A shortage of a whole product: from what expires first, the rest from what has no lot. */
static gboolean
split_shortage (QuayTill *till, const QuayCount *count, const QuayCountLine *line, GPtrArray *out,
                GError **error)
{
  QuayQty rest;
  QuayTake take = { .qty = QUAY_MILLI (-line->pending.milli), .override = TRUE };
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &count->loc, &line->product);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = lots->len; i-- > 0;)
    if (quay_id_is_nil (&((QuayLot *)lots->pdata[i])->id))
      g_ptr_array_remove_index (lots, i);
  if (!quay_lots_take (lots, &take, parts, &rest, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, &part->lot);
      if (!add_part (till, line, lot, QUAY_MILLI (-part->qty.milli), out, error))
        return FALSE;
    }
  return rest.milli == 0 || add_part (till, line, NULL, QUAY_MILLI (-rest.milli), out, error);
}

gboolean
quay_till_count_split (QuayTill *till, const QuayCount *count, const QuayCountLine *line,
                       GPtrArray *out, GError **error)
{
  guint first = out->len;
  QuayQty book = QUAY_MILLI (line->book.milli + line->posted.milli);
  if (line->pending.milli == 0)
    return TRUE;
  if (line->whole && line->pending.milli < 0)
    {
      if (!split_shortage (till, count, line, out, error))
        return FALSE;
    }
  else
    {
      g_autoptr (QuayLot) lot =
          quay_id_is_nil (&line->lot) ? NULL : quay_reader_lot (till->reader, &line->lot);
      if (!add_part (till, line, lot, line->pending, out, error))
        return FALSE;
    }
  /* the lines' book quantities add up to that of all: what is left of it stands in the last */
  QuayVoucherLine *last = out->pdata[out->len - 1];
  for (guint i = first; i + 1 < out->len; i++)
    book.milli -= ((QuayVoucherLine *)out->pdata[i])->other.milli;
  last->other = book;
  return TRUE;
}

/* --- differences and what they are worth --- */

static void
add_posted (QuayCountLine *line, GArray *posted)
{
  for (guint i = 0; i < posted->len; i++)
    {
      const QuayCountPosted *done = &g_array_index (posted, QuayCountPosted, i);
      if (!quay_id_equal (&done->product, &line->product) ||
          !(line->whole || quay_id_equal (&done->lot, &line->lot)))
        continue;
      line->posted.milli += done->qty.milli;
      line->amount.dong += done->amount.dong;
      line->cost.dong += done->cost.dong;
    }
}

static gboolean
add_pending (QuayTill *till, const QuayCount *count, QuayCountLine *line, GError **error)
{
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  if (!quay_till_count_split (till, count, line, parts, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayVoucherLine *part = parts->pdata[i];
      g_autoptr (QuayLot) lot =
          quay_id_is_nil (&part->lot) ? NULL : quay_reader_lot (till->reader, &part->lot);
      line->consigned |= lot != NULL && quay_terms_are_consigned (&lot->terms);
      if (!quay_money_add (line->amount, part->amount, &line->amount) ||
          !quay_money_add (line->cost, part->cost, &line->cost))
        return out_of_range (line, error);
    }
  return TRUE;
}

gboolean
quay_till_count_value (QuayTill *till, const QuayCount *count, GPtrArray *lines, GError **error)
{
  Book book;
  gint64 since = G_MAXINT64;
  gboolean sound = TRUE;
  for (guint i = 0; i < lines->len; i++)
    if (((QuayCountLine *)lines->pdata[i])->picked >= 0)
      since = MIN (since, quay_count_line_seen (lines->pdata[i]));
  g_autoptr (GArray) posted = quay_reader_count_posted (till->reader, &count->id);
  book_init (&book, till, count, since);
  for (guint i = 0; i < lines->len && sound; i++)
    {
      QuayCountLine *line = lines->pdata[i];
      if (line->picked < 0)
        continue;
      line->book = book_at (&book, line, quay_count_line_seen (line));
      if (!line->counts)
        continue;
      add_posted (line, posted);
      line->pending = QUAY_MILLI (line->found.milli - line->book.milli - line->posted.milli);
      sound = add_pending (till, count, line, error);
    }
  book_clear (&book);
  return sound;
}
