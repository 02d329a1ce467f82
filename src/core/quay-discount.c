/* What is taken off lines, and its order. */
#include "quay-discount.h"

#include "quay-error.h"

#include <string.h>

typedef struct
{
  gint64 rest;
  guint index;
} Remainder;

gboolean
quay_discount_is_barred (const QuayLine *line, gint64 spirit_abv)
{
  return spirit_abv > 0 && line->abv >= spirit_abv;
}

int
quay_discount_compare (const QuayLine *a, const QuayLine *b)
{
  int by = memcmp (a->product.b, b->product.b, sizeof a->product.b);
  const QuayOff *x = quay_discount_by_hand (a);
  const QuayOff *y = quay_discount_by_hand (b);
  const gint64 pairs[][2] = { { a->price.dong, b->price.dong },
                              { a->qty.milli, b->qty.milli },
                              { quay_line_gross (a).dong, quay_line_gross (b).dong },
                              { a->kind, b->kind },
                              { x != NULL ? x->bp : 0, y != NULL ? y->bp : 0 },
                              { x != NULL ? x->amount.dong : 0, y != NULL ? y->amount.dong : 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (pairs) && by == 0; i++)
    by = (pairs[i][0] > pairs[i][1]) - (pairs[i][0] < pairs[i][1]);
  if (by == 0)
    by = g_strcmp0 (a->name, b->name);
  if (by == 0)
    by = g_strcmp0 (a->lot, b->lot);
  if (by == 0)
    by = g_strcmp0 (a->trace, b->trace);
  return by != 0 ? by : g_strcmp0 (a->note, b->note);
}

/* --- spreading --- */

static int
compare_remainders (gconstpointer a, gconstpointer b)
{
  const Remainder *x = a;
  const Remainder *y = b;
  if (x->rest != y->rest)
    return x->rest > y->rest ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

void
quay_discount_spread (gint64 amount, const gint64 *weights, guint n, gint64 *shares)
{
  __int128 sum = 0;
  gint64 left = amount;
  g_autofree Remainder *rests = g_new0 (Remainder, n + 1);
  for (guint i = 0; i < n; i++)
    {
      sum += weights[i];
      shares[i] = 0;
    }
  g_return_if_fail (amount >= 0 && (__int128)amount <= sum);
  if (amount == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      __int128 whole = (__int128)amount * weights[i];
      shares[i] = (gint64)(whole / sum);
      left -= shares[i];
      /* the sum of a cart is below 2^60, so a remainder fits */
      rests[i] = (Remainder){ (gint64)(whole % sum), i };
    }
  qsort (rests, n, sizeof *rests, compare_remainders);
  for (guint i = 0; i < n && left > 0; i++, left--)
    shares[rests[i].index]++;
}

/* --- a line --- */

const QuayOff *
quay_discount_by_hand (const QuayLine *line)
{
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    if (((const QuayOff *)line->offs->pdata[i])->kind == QUAY_OFF_LINE)
      return line->offs->pdata[i];
  return NULL;
}

/* What a discount by hand takes off what is left of a line. */
static gint64
work_out (const QuayOff *hand, gint64 left)
{
  gint64 off = hand->amount.dong;
  if (hand->bp > 0 && !quay_muldiv (left, hand->bp, 10000, &off))
    return 0;
  return MIN (off, left);
}

static GPtrArray *
new_offs (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)quay_off_free);
}

/* Appends a discount of which @left is left then; none for nothing. */
static void
add_off (GPtrArray *offs, QuayOff *off, gint64 *left)
{
  if (off->amount.dong <= 0)
    {
      quay_off_free (off);
      return;
    }
  *left -= off->amount.dong;
  g_ptr_array_add (offs, off);
}

static void
add_hand (GPtrArray *offs, const QuayOff *hand, gint64 *left)
{
  if (hand == NULL)
    return;
  QuayOff *off = quay_off_new (QUAY_OFF_LINE, QUAY_DONG (work_out (hand, *left)), NULL, hand->name);
  off->bp = hand->bp;
  add_off (offs, off, left);
}

gboolean
quay_discount_reprice (QuayLine *line, GError **error)
{
  g_autoptr (QuayLine) bare = quay_line_copy (line);
  if (!quay_line_set_offs (bare, NULL, error) || !quay_line_price (bare, error))
    return FALSE;
  gint64 left = bare->amount.dong;
  GPtrArray *offs = new_offs ();
  add_hand (offs, quay_discount_by_hand (line), &left);
  line->qty = bare->qty;
  line->amount = bare->amount;
  g_clear_pointer (&line->offs, g_ptr_array_unref);
  if (offs->len == 0)
    g_clear_pointer (&offs, g_ptr_array_unref);
  return quay_line_set_offs (line, offs, error);
}

gboolean
quay_discount_set_line (QuayLine *line, gint64 bp, QuayMoney amount, const char *why,
                        GError **error)
{
  gint64 gross = quay_line_gross (line).dong;
  gint64 left = gross;
  if (bp < 0 || bp > 10000 || amount.dong < 0 || amount.dong > gross || (bp > 0 && amount.dong > 0))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "discount of '%s' out of range",
                   line->name);
      return FALSE;
    }
  QuayOff hand = { QUAY_OFF_LINE, amount, QUAY_ID_NIL, (char *)why, bp };
  GPtrArray *offs = new_offs ();
  if (bp > 0 || amount.dong > 0)
    add_hand (offs, &hand, &left);
  if (offs->len == 0)
    g_clear_pointer (&offs, g_ptr_array_unref);
  return quay_line_set_offs (line, offs, error);
}

/* --- a cart --- */

typedef struct
{
  QuayCart *cart; /* a copy, whose lines have no discounts but those by hand */
  GPtrArray *promotions;
  const QuayPromoMoment *moment;
  GPtrArray **offs; /* one a line */
  gint64 *left;
} Work;

static void
take_line_offs (Work *work, const QuayCart *cart, GArray *goods)
{
  guint n = cart->lines->len;
  g_autofree QuayPromoBest *best = g_new0 (QuayPromoBest, n + 1);
  quay_promotions_best (work->promotions, work->moment, work->cart->lines, goods, best);
  for (guint i = 0; i < n; i++)
    {
      const QuayLine *line = work->cart->lines->pdata[i];
      work->offs[i] = new_offs ();
      work->left[i] = quay_line_gross (line).dong;
      if (best[i].promo >= 0)
        {
          const QuayPromotion *p = work->promotions->pdata[best[i].promo];
          QuayOffKind kind = p->kind == QUAY_PROMO_EXPIRY ? QUAY_OFF_EXPIRY : QUAY_OFF_PROMOTION;
          add_off (work->offs[i], quay_off_new (kind, best[i].off, &p->id, p->name),
                   &work->left[i]);
        }
      if (!quay_discount_is_barred (line, work->moment->spirit_abv))
        add_hand (work->offs[i], quay_discount_by_hand (cart->lines->pdata[i]), &work->left[i]);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b, gpointer data)
{
  const Work *work = data;
  GPtrArray *lines = work->cart->lines;
  guint x = *(const guint *)a;
  guint y = *(const guint *)b;
  int by = quay_discount_compare (lines->pdata[x], lines->pdata[y]);
  return by != 0 ? by : (work->left[x] > work->left[y]) - (work->left[x] < work->left[y]);
}

static void
take_cart_off (Work *work)
{
  const QuayCart *cart = work->cart;
  guint n = cart->lines->len;
  gint64 sum = 0;
  g_autofree gint64 *weights = g_new0 (gint64, n + 1);
  g_autofree gint64 *shares = g_new0 (gint64, n + 1);
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_lines, work);
  for (guint k = 0; k < n; k++)
    {
      guint i = g_array_index (order, guint, k);
      if (!quay_discount_is_barred (cart->lines->pdata[i], work->moment->spirit_abv))
        weights[k] = work->left[i];
      sum += weights[k];
    }
  QuayOff hand = { .amount = cart->off, .bp = cart->off_bp };
  quay_discount_spread (work_out (&hand, sum), weights, n, shares);
  for (guint k = 0; k < n; k++)
    {
      guint i = g_array_index (order, guint, k);
      add_off (work->offs[i],
               quay_off_new (QUAY_OFF_CART, QUAY_DONG (shares[k]), NULL, cart->off_why),
               &work->left[i]);
    }
}

gboolean
quay_discount_apply (QuayCart *cart, GPtrArray *promotions, const QuayPromoMoment *moment,
                     GArray *goods, GError **error)
{
  guint n = cart->lines->len;
  g_return_val_if_fail (goods->len == n, FALSE);
  g_autoptr (QuayCart) bare = quay_cart_copy (cart);
  for (guint i = 0; i < n; i++)
    if (!quay_discount_reprice (bare->lines->pdata[i], error))
      return FALSE;
  g_autofree GPtrArray **offs = g_new0 (GPtrArray *, n + 1);
  g_autofree gint64 *left = g_new0 (gint64, n + 1);
  Work work = { bare, promotions, moment, offs, left };
  take_line_offs (&work, cart, goods);
  take_cart_off (&work);
  for (guint i = 0; i < n; i++)
    {
      if (offs[i]->len == 0)
        g_clear_pointer (&offs[i], g_ptr_array_unref);
      if (!quay_line_set_offs (bare->lines->pdata[i], offs[i], error))
        g_return_val_if_reached (FALSE); /* they were worked out of what is there */
    }
  GPtrArray *lines = cart->lines;
  cart->lines = bare->lines;
  bare->lines = lines;
  return TRUE;
}

QuayMoney
quay_discount_total (GPtrArray *lines)
{
  QuayMoney sum = QUAY_DONG (0);
  for (guint i = 0; i < lines->len; i++)
    sum.dong += quay_line_off (lines->pdata[i]).dong;
  return sum;
}

gint64
quay_discount_percent (QuayMoney off, QuayMoney gross)
{
  if (gross.dong <= 0)
    return off.dong > 0 ? 10000 : 0;
  return (gint64)((__int128)off.dong * 10000 / gross.dong);
}
