/* Lots give to lines: first expired first, baskets by their parts, the rest from nowhere
 * (unallocated), since the goods are in the customer's hand. Thread: main. */
#include "quay-till-lots.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-lots.h"

/* As many parts as fit into an event beside the lines; what comes after is unallocated. */
#define PARTS_MAX 400

typedef struct
{
  QuayTill *till;
  GArray *taken;      /* Taken: given back in the end, what is kept of the shelves stays as it is */
  GHashTable *opened; /* a basket's lot → Opened */
  QuayDay day;
  gboolean override;
  guint n_parts;
} Giving;

typedef struct
{
  QuayLot *lot;
  gint64 milli;
} Taken;

/* Baskets of a lot that are opened by the lines of one sale. @whole: baskets of the lot at all
 * places; @taken: of them, by the lines before. */
typedef struct
{
  gint64 whole;
  gint64 taken;
  GPtrArray *inside;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;
  g_ptr_array_unref (opened->inside);
  g_free (opened);
}

/* --- shelves --- */

static GPtrArray *
find_shelf (Giving *giving, const QuayId *product)
{
  return quay_till_lot_cache_shelf (giving->till, &giving->till->floor, product);
}

/* The lot of a shelf, NULL for unallocated goods. */
static QuayLot *
find_lot (GPtrArray *lots, const QuayId *id)
{
  for (guint i = 0; i < lots->len && !quay_id_is_nil (id); i++)
    if (quay_id_equal (&((QuayLot *)lots->pdata[i])->id, id))
      return lots->pdata[i];
  return NULL;
}

static void
giving_init (Giving *giving, QuayTill *till)
{
  quay_till_lot_cache_begin (till);
  giving->till = till;
  giving->day = quay_till_day (till);
  giving->n_parts = 0;
  giving->taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  giving->opened = g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, opened_free);
}

static void
giving_clear (Giving *giving)
{
  for (guint i = 0; i < giving->taken->len; i++)
    {
      const Taken *taken = &g_array_index (giving->taken, Taken, i);
      taken->lot->qty.milli += taken->milli;
    }
  g_array_unref (giving->taken);
  g_hash_table_unref (giving->opened);
  quay_till_lot_cache_end (giving->till);
}

/* --- taking --- */

/* A lot that was scanned is in somebody's hand, whether anything is left of it on paper or not. */
static gboolean
named_may_go (Giving *giving, const QuayId *product, const char *code, GError **error)
{
  g_autoptr (QuayLot) lot = quay_reader_lot_of_code (giving->till->reader, product, code);
  if (giving->override || lot == NULL || !quay_lot_is_barred (lot, giving->day))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                       lot->blocked != NULL ? "the lot is held back" : "the lot is expired");
  return FALSE;
}

/* Takes @qty of a product from its lots at the floor; the rest is left in @rest. Unallocated goods
 * are no lot. */
static gboolean
take (Giving *giving, const QuayId *product, QuayQty qty, const char *code, GPtrArray *parts,
      QuayQty *rest, GError **error)
{
  GPtrArray *lots = find_shelf (giving, product);
  g_autoptr (GPtrArray) real = g_ptr_array_new ();
  guint before = parts->len;
  QuayTake ask = { qty, giving->day, code, giving->override };
  for (guint i = 0; i < lots->len; i++)
    if (!quay_id_is_nil (&((QuayLot *)lots->pdata[i])->id))
      g_ptr_array_add (real, lots->pdata[i]);
  if (code != NULL && !named_may_go (giving, product, code, error))
    return FALSE;
  if (!quay_lots_take (real, &ask, parts, rest, error))
    return FALSE;
  for (guint i = before; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      Taken taken = { find_lot (lots, &part->lot), part->qty.milli };
      taken.lot->qty.milli -= taken.milli;
      g_array_append_val (giving->taken, taken);
    }
  return TRUE;
}

/* A part's share of what the line costs, and what its goods cost the shop. */
static gboolean
value_part (const QuayLot *lot, QuayPart *part, const QuayLine *line, QuayMoney shelf)
{
  gint64 net = part->amount.dong;
  if (lot == NULL)
    return TRUE;
  if (line->amount.dong > 0 &&
      !quay_muldiv (part->amount.dong, line->net.dong, line->amount.dong, &net))
    return FALSE;
  return quay_terms_cost (&lot->terms, part->qty, part->amount, QUAY_DONG (net), shelf,
                          &part->cost);
}

static QuayMoney
shelf_price (Giving *giving, const QuayId *product, QuayMoney fallback)
{
  QuayAsOf at = quay_till_as_of (giving->till);
  g_autoptr (QuayItem) item = quay_reader_item (giving->till->reader, &at, product);
  return item != NULL && item->has_price ? item->price : fallback;
}

static gboolean
overflow (const QuayLine *line, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_OVERFLOW, "cost of '%s' out of range", line->name);
  return FALSE;
}

/* --- a line of one product --- */

static gboolean
needs_shelf_price (GPtrArray *lots)
{
  for (guint i = 0; i < lots->len; i++)
    if (((const QuayLot *)lots->pdata[i])->terms.base == QUAY_BASE_SHELF)
      return TRUE;
  return FALSE;
}

static gboolean
give_plain (Giving *giving, QuayLine *line, GError **error)
{
  QuayQty rest;
  QuayQty before = QUAY_MILLI (0);
  if (!take (giving, &line->product, line->qty, line->lot, line->parts, &rest, error))
    return FALSE;
  GPtrArray *lots = find_shelf (giving, &line->product);
  QuayMoney shelf = line->parts->len > 0 && needs_shelf_price (lots)
                        ? shelf_price (giving, &line->product, line->price)
                        : line->price;
  for (guint i = 0; i < line->parts->len; i++)
    {
      QuayPart *part = line->parts->pdata[i];
      if (!quay_share (line->amount, before, part->qty, line->qty, &part->amount) ||
          !value_part (find_lot (lots, &part->lot), part, line, shelf))
        return overflow (line, error);
      before.milli += part->qty.milli;
    }
  return TRUE;
}

/* --- baskets --- */

static Opened *
find_opened (Giving *giving, const QuayId *basket)
{
  Opened *opened = g_hash_table_lookup (giving->opened, basket);
  if (opened != NULL)
    return opened;
  QuayLotSums sums;
  quay_reader_lot_sums (giving->till->reader, basket, &sums);
  opened = g_new0 (Opened, 1);
  opened->whole = sums.in - sums.sold - sums.back - sums.loss - sums.waste;
  opened->inside = quay_reader_place (giving->till->reader, basket);
  g_hash_table_insert (giving->opened, g_memdup2 (basket, sizeof *basket), opened);
  return opened;
}

/* What lies in the baskets of an assembled lot goes with them, in proportion to all of them. */
static gboolean
open_baskets (Giving *giving, const QuayId *basket, QuayQty taken, GPtrArray *parts)
{
  Opened *opened = find_opened (giving, basket);
  QuayQty whole = QUAY_MILLI (MAX (opened->whole, opened->taken + taken.milli));
  for (guint i = 0; i < opened->inside->len; i++)
    {
      const QuayPart *all = opened->inside->pdata[i];
      QuayMoney qty;
      if (!quay_share (QUAY_DONG (all->qty.milli), QUAY_MILLI (opened->taken), taken, whole, &qty))
        return FALSE;
      if (qty.dong <= 0)
        continue;
      QuayPart *part = g_memdup2 (all, sizeof *all);
      part->qty = QUAY_MILLI (qty.dong);
      g_ptr_array_add (parts, part);
    }
  opened->taken += taken.milli;
  return TRUE;
}

/* Baskets that stand there ready: their own lots and what is in them. */
static gboolean
take_ready (Giving *giving, QuayLine *line, GPtrArray *inside, QuayQty *rest, GError **error)
{
  if (!take (giving, &line->product, line->qty, line->lot, line->parts, rest, error))
    return FALSE;
  for (guint i = 0; i < line->parts->len; i++)
    {
      const QuayPart *part = line->parts->pdata[i];
      if (!open_baskets (giving, &part->lot, part->qty, inside))
        return overflow (line, error);
    }
  return TRUE;
}

static gboolean
take_recipe (Giving *giving, const QuayLine *line, GPtrArray *recipe, QuayQty n, GPtrArray *parts,
             GError **error)
{
  for (guint i = 0; i < recipe->len; i++)
    {
      QuayQty need, rest;
      const QuayPart *one = recipe->pdata[i];
      guint before = parts->len;
      if (!quay_muldiv (one->qty.milli, n.milli, 1000, &need.milli) || !quay_qty_in_range (need))
        return overflow (line, error);
      if (need.milli <= 0)
        continue;
      if (!take (giving, &one->product, need, NULL, parts, &rest, error))
        return FALSE;
      for (guint k = before; k < parts->len; k++)
        ((QuayPart *)parts->pdata[k])->product = one->product;
      if (rest.milli == 0)
        continue;
      QuayPart *bare = g_new0 (QuayPart, 1);
      bare->product = one->product;
      bare->qty = rest;
      g_ptr_array_add (parts, bare);
    }
  return TRUE;
}

/* The basket's price is spread over its parts by their shelf prices. */
static gboolean
value_basket (Giving *giving, const QuayLine *line, GPtrArray *parts)
{
  gint64 whole = 0, before = 0;
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (QuayMoney));
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      QuayMoney price = shelf_price (giving, &part->product, QUAY_DONG (1000));
      QuayMoney worth;
      if (!quay_money_times_qty (price, part->qty, &worth))
        return FALSE;
      whole += worth.dong;
      g_array_append_val (prices, price);
      g_array_append_val (weights, worth.dong);
    }
  for (guint i = 0; i < parts->len; i++)
    {
      QuayPart *part = parts->pdata[i];
      gint64 weight = g_array_index (weights, gint64, i);
      g_autoptr (QuayLot) lot =
          quay_id_is_nil (&part->lot) ? NULL : quay_reader_lot (giving->till->reader, &part->lot);
      if (whole > 0 && !quay_share (line->amount, QUAY_MILLI (before), QUAY_MILLI (weight),
                                    QUAY_MILLI (whole), &part->amount))
        return FALSE;
      if (!value_part (lot, part, line, g_array_index (prices, QuayMoney, i)))
        return FALSE;
      before += weight;
    }
  return TRUE;
}

static gboolean
give_basket (Giving *giving, QuayLine *line, GPtrArray *recipe, GError **error)
{
  QuayQty rest;
  g_autoptr (GPtrArray) inside = g_ptr_array_new_with_free_func (g_free);
  if (!take_ready (giving, line, inside, &rest, error) ||
      !take_recipe (giving, line, recipe, rest, inside, error))
    return FALSE;
  if (!value_basket (giving, line, inside))
    return overflow (line, error);
  for (guint i = 0; i < inside->len; i++)
    g_ptr_array_add (line->parts, g_memdup2 (inside->pdata[i], sizeof (QuayPart)));
  return TRUE;
}

/* --- lines --- */

static gboolean
give_line (Giving *giving, QuayLine *line, GError **error)
{
  g_clear_pointer (&line->parts, g_ptr_array_unref);
  if (quay_id_is_nil (&line->product))
    return TRUE;
  line->parts = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *recipe = quay_till_lot_cache_recipe (giving->till, &line->product);
  if (!(recipe->len > 0 ? give_basket (giving, line, recipe, error)
                        : give_plain (giving, line, error)))
    return FALSE;
  giving->n_parts += line->parts->len;
  if (giving->n_parts > PARTS_MAX && recipe->len == 0)
    g_ptr_array_set_size (line->parts, 0);
  return TRUE;
}

gboolean
quay_till_give_lots (QuayTill *till, GPtrArray *lines, gboolean override, GError **error)
{
  Giving giving = { .override = override };
  gboolean given = TRUE;
  giving_init (&giving, till);
  for (guint i = 0; i < lines->len && given; i++)
    given = give_line (&giving, lines->pdata[i], error);
  giving_clear (&giving);
  return given && quay_till_check_reads (till, error);
}

/* --- the page's questions --- */

GPtrArray *
quay_till_lots (QuayTill *till, const QuayId *product)
{
  return quay_reader_lots (till->reader, &till->floor, product);
}

GPtrArray *
quay_till_recipe (QuayTill *till, const QuayId *product)
{
  return quay_reader_recipe (till->reader, product);
}

GArray *
quay_till_cart_barred (QuayTill *till)
{
  GArray *barred = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (QuayCart) cart = quay_cart_copy (till->cart);
  Giving giving = { .override = FALSE };
  if (quay_id_equal (&till->barred.cart, &cart->id))
    return barred;
  giving_init (&giving, till);
  for (guint i = 0; i < cart->lines->len; i++)
    {
      g_autoptr (GError) why = NULL;
      if (!give_line (&giving, cart->lines->pdata[i], &why) &&
          g_error_matches (why, QUAY_ERROR, QUAY_ERROR_REFUSED))
        g_array_append_val (barred, i);
    }
  giving_clear (&giving);
  return barred;
}

/* The lot that bars a product: the one that was scanned, else the first that can't be sold. */
static QuayLot *
find_barred (QuayTill *till, const QuayId *product, const char *code)
{
  QuayDay day = quay_till_day (till);
  g_autoptr (QuayLot) named =
      code != NULL ? quay_reader_lot_of_code (till->reader, product, code) : NULL;
  if (named != NULL && quay_lot_is_barred (named, day))
    return g_steal_pointer (&named);
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, product);
  for (guint i = 0; i < lots->len; i++)
    if (quay_lot_is_barred (lots->pdata[i], day) && ((QuayLot *)lots->pdata[i])->qty.milli > 0)
      {
        const QuayLot *lot = lots->pdata[i];
        return quay_reader_lot (till->reader, &lot->id);
      }
  return NULL;
}

QuayLot *
quay_till_cart_barred_by (QuayTill *till, guint index)
{
  if (index >= till->cart->lines->len)
    return NULL;
  const QuayLine *line = till->cart->lines->pdata[index];
  QuayLot *lot = find_barred (till, &line->product, line->lot);
  g_autoptr (GPtrArray) recipe = quay_reader_recipe (till->reader, &line->product);
  for (guint i = 0; i < recipe->len && lot == NULL; i++)
    lot = find_barred (till, &((const QuayPart *)recipe->pdata[i])->product, NULL);
  return lot;
}

gboolean
quay_till_cart_allow_barred (QuayTill *till, const char *why, GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_text (why, 70, error))
    return FALSE;
  if (why == NULL || *why == '\0')
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "needs a reason");
      return FALSE;
    }
  if (!quay_till_require (till, QUAY_ACT_EXPIRED, 0, error))
    return FALSE;
  g_free (till->barred.why);
  till->barred.why = g_strdup (why);
  till->barred.cart = till->cart->id;
  quay_till_emit_cart (till);
  return TRUE;
}

gboolean
quay_till_barred_allowed (QuayTill *till, const QuayCart *cart)
{
  return quay_id_equal (&till->barred.cart, &cart->id);
}

void
quay_till_note_barred (QuayTill *till, QuayTxn *txn, const QuayCart *cart)
{
  if (!quay_till_barred_allowed (till, cart))
    return;
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_OVERRIDE, FALSE);
  QuayAudit *body = event->body;
  body->subject = cart->id;
  body->ref = g_strdup ("lot.barred");
  body->why = g_strdup (till->barred.why);
  quay_txn_add (txn, event);
}
