/* Recipes, making baskets ahead, taking them apart. Thread: main. */
#include "quay-till-bundle.h"

#include "quay-till-goods.h"
#include "quay-till-private.h"

#include "quay-body.h"
#include "quay-error.h"
#include "quay-reader-lots.h"

#define BASKETS_MAX 10000
#define PARTS_MAX 40

void
quay_basket_part_free (QuayBasketPart *part)
{
  if (part == NULL)
    return;
  g_free (part->name);
  g_free (part->unit);
  g_free (part);
}

void
quay_basket_free (QuayBasket *basket)
{
  if (basket == NULL)
    return;
  g_ptr_array_unref (basket->parts);
  g_free (basket);
}

static gboolean
refuse (QuayError code, const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, code, why);
  return FALSE;
}

/* --- what lies there --- */

/* Lots of a product at the counter's place that may be sold, with unallocated goods as they are. */
static gint64
count_there (QuayTill *till, GPtrArray *lots)
{
  gint64 there = 0;
  QuayDay today = quay_till_day (till);
  for (guint i = 0; i < lots->len; i++)
    {
      const QuayLot *lot = lots->pdata[i];
      if (lot->blocked == NULL && (lot->expires == 0 || lot->expires >= today))
        there += lot->qty.milli;
    }
  return there;
}

/* Without the lots of which no sale may take; unallocated goods have no lot. */
static void
drop_unallocated (GPtrArray *lots)
{
  for (guint i = lots->len; i > 0; i--)
    if (quay_id_is_nil (&((const QuayLot *)lots->pdata[i - 1])->id))
      g_ptr_array_remove_index (lots, i - 1);
}

/* What @qty would cost now, were it sold at its shelf price. */
static QuayMoney
cost_now (QuayTill *till, GPtrArray *lots, QuayQty qty)
{
  QuayQty rest;
  QuayMoney sum = QUAY_DONG (0);
  QuayTake take = { .qty = qty, .day = quay_till_day (till), .override = TRUE };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  drop_unallocated (lots);
  if (!quay_lots_take (lots, &take, parts, &rest, NULL))
    return sum;
  for (guint i = 0; i < parts->len; i++)
    {
      QuayMoney cost;
      const QuayPart *part = parts->pdata[i];
      g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, &part->lot);
      if (lot != NULL && quay_till_cost_of_loss (till, lot, part->qty, &cost))
        sum.dong += cost.dong;
    }
  return sum;
}

static void
add_part (QuayTill *till, QuayBasket *basket, const QuayPart *one)
{
  QuayMoney worth;
  QuayAsOf at = quay_till_as_of (till);
  QuayBasketPart *part = g_new0 (QuayBasketPart, 1);
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, &one->product);
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, &one->product);
  g_ptr_array_add (basket->parts, part);
  part->product = one->product;
  part->qty = one->qty;
  part->name = g_strdup (item != NULL ? item->name : "");
  part->unit = g_strdup (item != NULL ? item->unit : "");
  part->weighed = item != NULL && item->weighed;
  part->there = QUAY_MILLI (count_there (till, lots));
  part->cost = cost_now (till, lots, one->qty);
  basket->cost.dong += part->cost.dong;
  if (item != NULL && item->has_price && quay_money_times_qty (item->price, one->qty, &worth))
    basket->whole.dong += worth.dong;
  gint64 enough = MAX (part->there.milli, 0) / one->qty.milli;
  basket->enough = basket->parts->len == 1 ? enough : MIN (basket->enough, enough);
}

QuayBasket *
quay_till_basket (QuayTill *till, const QuayId *product)
{
  QuayAsOf at = quay_till_as_of (till);
  g_autoptr (GPtrArray) recipe = quay_reader_recipe (till->reader, product);
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, product);
  if (recipe->len == 0)
    return NULL;
  QuayBasket *basket = g_new0 (QuayBasket, 1);
  basket->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_basket_part_free);
  for (guint i = 0; i < recipe->len; i++)
    add_part (till, basket, recipe->pdata[i]);
  if (item != NULL && item->has_price)
    basket->price = item->price;
  if (item != NULL)
    basket->ready = item->stock;
  return basket;
}

gint64
quay_till_baskets_enough (QuayTill *till, const QuayId *product)
{
  gint64 enough = -1;
  g_autoptr (GPtrArray) recipe = quay_reader_recipe (till->reader, product);
  for (guint i = 0; i < recipe->len; i++)
    {
      const QuayPart *one = recipe->pdata[i];
      g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, &one->product);
      gint64 n = MAX (count_there (till, lots), 0) / one->qty.milli;
      enough = enough < 0 ? n : MIN (enough, n);
    }
  return enough;
}

/* --- the recipe --- */

static gboolean
recipe_is_sound (QuayTill *till, const QuayId *product, GPtrArray *parts, GError **error)
{
  if (parts->len > PARTS_MAX)
    return refuse (QUAY_ERROR_INVALID, "too many parts", error);
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      g_autoptr (QuayItem) item = quay_till_item (till, &part->product);
      g_autoptr (GPtrArray) inner = quay_reader_recipe (till->reader, &part->product);
      if (item == NULL || part->qty.milli <= 0 || part->qty.milli > QUAY_LINE_MAX_QTY ||
          (!item->weighed && part->qty.milli % 1000 != 0))
        return refuse (QUAY_ERROR_INVALID, "quantity of a part can't be", error);
      if (inner->len > 0 || quay_id_equal (&part->product, product))
        return refuse (QUAY_ERROR_REFUSED, "a basket in a basket", error);
      for (guint k = 0; k < i; k++)
        if (quay_id_equal (&((const QuayPart *)parts->pdata[k])->product, &part->product))
          return refuse (QUAY_ERROR_INVALID, "a part is named twice", error);
    }
  return quay_till_check_reads (till, error);
}

static const QuayPart *
find_part (GPtrArray *parts, const QuayId *product)
{
  for (guint i = 0; i < parts->len; i++)
    if (quay_id_equal (&((const QuayPart *)parts->pdata[i])->product, product))
      return parts->pdata[i];
  return NULL;
}

static char *
field_of (const QuayId *product)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (product, id);
  return g_strconcat ("part:", id, NULL);
}

/* The facts that differ from what is there. */
static GPtrArray *
make_facts (GPtrArray *old, GPtrArray *parts)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  for (guint i = 0; i < old->len; i++)
    {
      const QuayPart *part = old->pdata[i];
      g_autofree char *field = field_of (&part->product);
      if (find_part (parts, &part->product) == NULL)
        g_ptr_array_add (facts, quay_fact_new_cleared (field));
    }
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      const QuayPart *before = find_part (old, &part->product);
      g_autofree char *field = field_of (&part->product);
      if (before == NULL || before->qty.milli != part->qty.milli)
        g_ptr_array_add (facts, quay_fact_new_number (field, part->qty.milli));
    }
  return facts;
}

gboolean
quay_till_set_recipe (QuayTill *till, const QuayId *product, GPtrArray *parts, GError **error)
{
  if (!recipe_is_sound (till, product, parts, error))
    return FALSE;
  g_autoptr (GPtrArray) old = quay_reader_recipe (till->reader, product);
  g_autoptr (GPtrArray) facts = make_facts (old, parts);
  if (!quay_till_check_reads (till, error) || facts->len == 0)
    return facts->len == 0;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_PRODUCT, FALSE);
  QuayFacts *body = event->body;
  body->id = *product;
  body->facts = g_steal_pointer (&facts);
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_items_moved (till);
  return TRUE;
}

/* --- documents --- */

static QuayVoucherLine *
add_line (QuayTill *till, QuayVoucher *voucher, const QuayId *product, const QuayId *lot,
          gint64 milli)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  g_ptr_array_add (voucher->lines, line);
  line->product = *product;
  line->name = g_strdup (item != NULL ? item->name : "?");
  line->sku = item != NULL ? g_strdup (item->sku) : NULL;
  line->unit = item != NULL ? g_strdup (item->unit) : NULL;
  line->qty = QUAY_MILLI (milli);
  line->lot = *lot;
  return line;
}

/* Takes what @n baskets need of a part; the day on which the first of it expires goes into
 * @expires. */
static gboolean
take_part (QuayTill *till, QuayVoucher *voucher, const QuayPart *one, gint64 n, gint64 *expires,
           GError **error)
{
  QuayQty rest;
  QuayTake take = { .day = quay_till_day (till) };
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, &one->product);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  drop_unallocated (lots);
  if (!quay_muldiv (one->qty.milli, n, 1, &take.qty.milli) || !quay_qty_in_range (take.qty))
    return refuse (QUAY_ERROR_OVERFLOW, "quantity out of range", error);
  if (!quay_lots_take (lots, &take, parts, &rest, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, &part->lot);
      add_line (till, voucher, &one->product, &part->lot, -part->qty.milli);
      if (lot != NULL && lot->expires != 0 && (*expires == 0 || lot->expires < *expires))
        *expires = lot->expires;
    }
  if (rest.milli > 0)
    add_line (till, voucher, &one->product, &QUAY_ID_NIL, -rest.milli);
  return TRUE;
}

/* The basket's lot has the id of the document: so a second try makes no other. */
char *
quay_till_bundle (QuayTill *till, const QuayId *id, const QuayId *product, gint64 n, GError **error)
{
  gint64 expires = 0;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  g_autoptr (GPtrArray) recipe = quay_reader_recipe (till->reader, product);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (n <= 0 || n > BASKETS_MAX)
    refuse (QUAY_ERROR_INVALID, "number of baskets out of range", error);
  else if (recipe->len == 0)
    refuse (QUAY_ERROR_REFUSED, "product has no recipe", error);
  if (n <= 0 || n > BASKETS_MAX || recipe->len == 0)
    return NULL;
  voucher->subject = *product;
  voucher->to = *id;
  QuayVoucherLine *basket = add_line (till, voucher, product, id, n * 1000);
  for (guint i = 0; i < recipe->len; i++)
    if (!take_part (till, voucher, recipe->pdata[i], n, &expires, error))
      return NULL;
  basket->expires = expires;
  return quay_till_post_goods (till, id, QUAY_GOODS_BUNDLED, NULL, voucher, NULL, error);
}

/* How many baskets of the lot there are, at all places. */
static gint64
count_baskets (QuayTill *till, const QuayId *lot)
{
  QuayLotSums sums;
  quay_reader_lot_sums (till->reader, lot, &sums);
  return sums.in - sums.sold - sums.back - sums.loss - sums.waste;
}

static gint64
count_here (QuayTill *till, const QuayId *product, const QuayId *lot)
{
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, product);
  for (guint i = 0; i < lots->len; i++)
    if (quay_id_equal (&((const QuayLot *)lots->pdata[i])->id, lot))
      return ((const QuayLot *)lots->pdata[i])->qty.milli;
  return 0;
}

char *
quay_till_unbundle (QuayTill *till, const QuayId *id, const QuayId *product, const QuayId *lot,
                    gint64 n, GError **error)
{
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  g_autoptr (GPtrArray) inside = quay_reader_place (till->reader, lot);
  gint64 whole = count_baskets (till, lot);
  gint64 here = count_here (till, product, lot);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (n <= 0 || n > BASKETS_MAX || n * 1000 > MIN (whole, here))
    {
      refuse (n <= 0 ? QUAY_ERROR_INVALID : QUAY_ERROR_REFUSED, "so many baskets are not there",
              error);
      return NULL;
    }
  voucher->subject = *product;
  voucher->to = *lot;
  add_line (till, voucher, product, lot, -n * 1000);
  for (guint i = 0; i < inside->len; i++)
    {
      gint64 milli;
      const QuayPart *part = inside->pdata[i];
      if (!quay_muldiv (part->qty.milli, n * 1000, whole, &milli))
        {
          refuse (QUAY_ERROR_OVERFLOW, "quantity out of range", error);
          return NULL;
        }
      if (milli != 0)
        add_line (till, voucher, &part->product, &part->lot, milli);
    }
  return quay_till_post_goods (till, id, QUAY_GOODS_BUNDLED, NULL, voucher, NULL, error);
}
