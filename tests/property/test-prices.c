/* Laws of promotions and discounts over random carts: sums agree, nothing costs less than nothing,
 * the order of lines decides nothing, all of it given back leaves nothing, and what a line gets is
 * the best of what it could get, worked out again piece by piece. */
#include "quay-discount.h"
#include "quay-tax.h"

#include <string.h>

#define ROUNDS 400

static const QuayPromoMoment moment = { 20261123, 720, 0, FALSE, 150 };
static const char *const categories[] = { "tea", "noodle", "spirit" };

static gint64
pick (gint64 n)
{
  return g_test_rand_int_range (0, (gint32)n);
}

static QuayLine *
random_line (QuayPromoGoods *goods)
{
  QuayLine *line = g_new0 (QuayLine, 1);
  guint8 product = (guint8)pick (5); /* 0: an open item */
  line->name = g_strdup ("Hàng");
  line->product.b[15] = product;
  line->abv = product == 4 ? 290 : 0;
  line->kind = product == 3 ? QUAY_LINE_WEIGHED : QUAY_LINE_PIECE;
  line->price = QUAY_DONG (pick (8) == 0 ? pick (10) : (1 + product) * 7000 + pick (2) * 500);
  line->qty =
      line->kind == QUAY_LINE_PIECE ? QUAY_UNITS (1 + pick (5)) : QUAY_MILLI (1 + pick (3000));
  line->rate_bp = pick (2) == 0 ? 800 : 500;
  line->lot = pick (3) == 0 ? g_strdup ("L1") : NULL;
  g_assert_true (quay_line_price (line, NULL));
  if (pick (4) == 0)
    g_assert_true (quay_discount_set_line (line, pick (10001), QUAY_DONG (0), "tay", NULL));
  goods->category = categories[product % 3];
  goods->producer.b[15] = (guint8)(product % 2 + 1);
  goods->expires = product == 2 ? 20261125 : 0;
  return line;
}

static QuayPromotion *
random_promotion (void)
{
  QuayPromotion *p = quay_promotion_new ();
  p->id.b[15] = (guint8)pick (256);
  p->name = g_strdup_printf ("KM %d", p->id.b[15]);
  p->kind = pick (QUAY_N_PROMO_KINDS);
  p->scope = pick (QUAY_N_PROMO_SCOPES);
  p->target.b[15] = (guint8)(1 + pick (4));
  p->category = g_strdup (categories[pick (3)]);
  p->value = p->kind == QUAY_PROMO_AMOUNT ? 1 + pick (20000)
             : pick (3) == 0              ? 10000
                                          : 1 + pick (10000);
  p->gift.b[15] = (guint8)(p->target.b[15] % 4 + 1);
  p->most = pick (4);
  p->buy = 1 + pick (3);
  p->get = 1 + pick (3);
  p->steps = quay_promo_steps_parse (pick (2) == 0 ? "1:300 3:500 5:9000" : "2:10000");
  p->together = pick (2) == 0;
  g_assert_null (quay_promotion_check (p));
  return p;
}

typedef struct
{
  QuayCart *cart;
  GPtrArray *promotions;
  GArray *goods;
} World;

static void
world_init (World *world)
{
  const QuayId id = { { 7 } };
  guint n = (guint)pick (9);
  world->cart = quay_cart_new (&id, 0);
  world->goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  world->promotions = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_promotion_free);
  for (guint i = 0; i < n; i++)
    {
      QuayPromoGoods goods = { 0 };
      g_ptr_array_add (world->cart->lines, random_line (&goods));
      g_array_append_val (world->goods, goods);
    }
  for (gint64 k = pick (5); k > 0; k--)
    g_ptr_array_add (world->promotions, random_promotion ());
  if (pick (2) == 0)
    world->cart->off_bp = pick (10001);
  else
    world->cart->off = QUAY_DONG (pick (100000));
  world->cart->off_why = g_strdup ("giảm");
}

static void
world_clear (World *world)
{
  quay_cart_free (world->cart);
  g_array_unref (world->goods);
  g_ptr_array_unref (world->promotions);
}

static gint64
off_of_kind (const QuayLine *line, QuayOffKind kind)
{
  gint64 sum = 0;
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    if (((const QuayOff *)line->offs->pdata[i])->kind == kind)
      sum += ((const QuayOff *)line->offs->pdata[i])->amount.dong;
  return sum;
}

/* --- the same worked out again, in the plainest way --- */

static gboolean
plainly_covers (const QuayPromotion *p, const QuayLine *line, const QuayPromoGoods *goods)
{
  if (line->product.b[15] == 0 || line->abv >= 150)
    return FALSE;
  return p->scope == QUAY_PROMO_ALL ||
         (p->scope == QUAY_PROMO_PRODUCT && p->target.b[15] == line->product.b[15]) ||
         (p->scope == QUAY_PROMO_CATEGORY && strcmp (p->category, goods->category) == 0) ||
         (p->scope == QUAY_PROMO_PRODUCER && p->target.b[15] == goods->producer.b[15]);
}

static gboolean
plainly_joined (const World *world, const QuayPromotion *p, guint i, guint k)
{
  const QuayLine *a = world->cart->lines->pdata[i];
  const QuayLine *b = world->cart->lines->pdata[k];
  return plainly_covers (p, b, &g_array_index (world->goods, QuayPromoGoods, k)) &&
         (p->together || a->product.b[15] == b->product.b[15]);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* Every piece on the table, cheapest first: of each full set, and of what was begun of one. */
static gint64
plain_free_cost (const World *world, const QuayPromotion *p, guint index, gint64 *whole)
{
  gint64 cost = 0;
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (gint64));
  *whole = 0;
  for (guint k = 0; k < world->cart->lines->len; k++)
    {
      const QuayLine *line = world->cart->lines->pdata[k];
      if (line->kind != QUAY_LINE_PIECE || !plainly_joined (world, p, index, k))
        continue;
      for (gint64 n = 0; n < line->qty.milli / 1000; n++)
        g_array_append_val (pieces, line->price.dong);
      *whole += line->price.dong * line->qty.milli / 1000;
    }
  g_array_sort (pieces, compare_numbers);
  gint64 free_pieces = 0;
  for (guint n = 0; n < pieces->len; n++) /* taken from the shelf one by one */
    free_pieces += n % (guint)(p->buy + p->get) >= (guint)p->buy;
  for (gint64 n = 0; n < free_pieces; n++)
    cost += g_array_index (pieces, gint64, n);
  return cost;
}

static gboolean
plainly_earns (const World *world, const QuayPromotion *p, guint k)
{
  const QuayLine *line = world->cart->lines->pdata[k];
  return line->product.b[15] != p->gift.b[15] &&
         plainly_covers (p, line, &g_array_index (world->goods, QuayPromoGoods, k));
}

/* Pieces that were earned: of every product by itself, or of all of them. */
static gint64
plain_earned (const World *world, const QuayPromotion *p)
{
  gint64 milli[8] = { 0 };
  gint64 earned = 0;
  for (guint k = 0; k < world->cart->lines->len; k++)
    {
      const QuayLine *line = world->cart->lines->pdata[k];
      if (plainly_earns (world, p, k))
        milli[p->together ? 0 : line->product.b[15]] += line->qty.milli;
    }
  for (guint product = 0; product < G_N_ELEMENTS (milli); product++)
    for (gint64 left = milli[product]; left >= p->buy * 1000; left -= p->buy * 1000)
      earned += p->get;
  return p->most > 0 ? MIN (earned, p->most) : earned;
}

/* Dearer pieces are given first; of lines at one price nobody says which. */
static void
plain_gift (const World *world, const QuayPromotion *p, guint i, gint64 *least, gint64 *most)
{
  const QuayLine *line = world->cart->lines->pdata[i];
  gint64 earned = plain_earned (world, p);
  gint64 dearer = 0, equal = 0;
  if (line->product.b[15] != p->gift.b[15] || line->abv >= 150 || line->kind != QUAY_LINE_PIECE)
    return;
  for (guint k = 0; k < world->cart->lines->len; k++)
    {
      const QuayLine *other = world->cart->lines->pdata[k];
      if (k == i || other->product.b[15] != p->gift.b[15])
        continue;
      dearer += other->price.dong > line->price.dong ? other->qty.milli / 1000 : 0;
      equal += other->price.dong == line->price.dong ? other->qty.milli / 1000 : 0;
    }
  gint64 n = line->qty.milli / 1000;
  *least = CLAMP (earned - dearer - equal, 0, n) * line->price.dong;
  *most = CLAMP (earned - dearer, 0, n) * line->price.dong;
  *least = (*least * p->value + 5000) / 10000;
  *most = (*most * p->value + 5000) / 10000;
}

/* What a promotion would take off a line: from @least to @most. */
static void
plain_off (const World *world, const QuayPromotion *p, guint i, gint64 *least, gint64 *most)
{
  const QuayLine *line = world->cart->lines->pdata[i];
  const QuayPromoGoods *goods = &g_array_index (world->goods, QuayPromoGoods, i);
  gint64 gross = quay_line_gross (line).dong;
  gint64 bp = 0, milli = 0, whole = 0;
  *least = *most = 0;
  if (p->kind == QUAY_PROMO_GIFT)
    plain_gift (world, p, i, least, most);
  if (p->kind == QUAY_PROMO_GIFT || !plainly_covers (p, line, goods))
    return;
  if (p->kind == QUAY_PROMO_GET)
    {
      if (line->kind != QUAY_LINE_PIECE)
        return;
      gint64 cost = plain_free_cost (world, p, i, &whole);
      *least = whole > 0 ? cost * gross / whole : 0; /* its share, up to one đồng */
      *most = *least + (whole > 0 && cost * gross % whole > 0);
      return;
    }
  for (guint k = 0; k < world->cart->lines->len; k++)
    if (plainly_joined (world, p, i, k))
      milli += ((const QuayLine *)world->cart->lines->pdata[k])->qty.milli;
  for (guint s = 0; s < p->steps->len; s++)
    {
      const QuayPromoStep *step = &g_array_index (p->steps, QuayPromoStep, s);
      gboolean reached = p->kind == QUAY_PROMO_STEPS
                             ? milli >= step->from * 1000
                             : goods->expires != 0 && goods->expires - moment.day <= step->from;
      bp = reached ? MAX (bp, step->bp) : bp;
    }
  if (p->kind == QUAY_PROMO_PERCENT)
    bp = p->value;
  if (p->kind == QUAY_PROMO_AMOUNT)
    *least = MIN (gross, (p->value * line->qty.milli + 500) / 1000);
  else
    *least = (gross * bp + 5000) / 10000;
  *most = *least;
}

static void
check_best (const World *world)
{
  for (guint i = 0; i < world->cart->lines->len; i++)
    {
      const QuayLine *line = world->cart->lines->pdata[i];
      gint64 got = off_of_kind (line, QUAY_OFF_PROMOTION) + off_of_kind (line, QUAY_OFF_EXPIRY);
      gint64 least = 0, most = 0;
      for (guint p = 0; p < world->promotions->len; p++)
        {
          gint64 low, high;
          plain_off (world, world->promotions->pdata[p], i, &low, &high);
          least = MAX (least, low);
          most = MAX (most, high);
        }
      g_assert_cmpint (got, >=, least);
      g_assert_cmpint (got, <=, most);
    }
}

/* So many pieces are given as were earned and are there, and nothing else gets cheaper. */
static void
check_gift_alone (const World *world, const QuayPromotion *p)
{
  guint n = world->cart->lines->len;
  gint64 there = 0, given = 0;
  gint64 prices = 0;
  g_autofree gint64 *offs = g_new0 (gint64, n + 1);
  g_assert_cmpint (quay_promotion_earned (p, &moment, world->cart->lines, world->goods), ==,
                   plain_earned (world, p));
  quay_promotion_offs (p, &moment, world->cart->lines, world->goods, offs);
  for (guint i = 0; i < n; i++)
    {
      const QuayLine *line = world->cart->lines->pdata[i];
      gboolean gift = line->product.b[15] == p->gift.b[15] && line->kind == QUAY_LINE_PIECE;
      g_assert_true (gift || offs[i] == 0);
      if (!gift || line->abv >= 150 || line->price.dong == 0)
        continue;
      there += line->qty.milli / 1000;
      given += offs[i] / line->price.dong;
      prices += offs[i] % line->price.dong;
    }
  if (p->value != 10000)
    return;
  g_assert_cmpint (prices, ==, 0); /* whole pieces */
  g_assert_cmpint (given, <=, plain_earned (world, p));
  g_assert_cmpint (given, ==, MIN (there, plain_earned (world, p)));
}

static void
test_gift (void)
{
  guint given = 0;
  for (guint round = 0; round < ROUNDS; round++)
    {
      World world;
      world_init (&world);
      g_autoptr (QuayPromotion) p = random_promotion ();
      p->kind = QUAY_PROMO_GIFT;
      p->value = pick (2) == 0 ? 10000 : 1 + pick (10000);
      given += plain_earned (&world, p) > 0;
      check_gift_alone (&world, p);
      world_clear (&world);
    }
  g_assert_cmpuint (given, >, ROUNDS / 20); /* else it has shown nothing */
}

/* --- laws --- */

static void
check_sums (const World *world, gint64 gross)
{
  gint64 total = 0, off = 0, left = 0, cart_off = 0;
  const QuayCart *cart = world->cart;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      g_assert_cmpint (line->amount.dong, >=, 0);
      g_assert_cmpint (line->amount.dong + quay_line_off (line).dong, ==,
                       quay_line_gross (line).dong);
      g_assert_cmpint (off_of_kind (line, QUAY_OFF_PROMOTION) == 0 ||
                           off_of_kind (line, QUAY_OFF_EXPIRY) == 0,
                       ==, TRUE);
      if (line->abv >= 150)
        g_assert_null (line->offs);
      else
        left += line->amount.dong + off_of_kind (line, QUAY_OFF_CART);
      total += line->amount.dong;
      off += quay_line_off (line).dong;
      cart_off += off_of_kind (line, QUAY_OFF_CART);
    }
  gint64 asked = cart->off_bp > 0 ? (left * cart->off_bp + 5000) / 10000 : cart->off.dong;
  g_assert_cmpint (cart_off, ==, MIN (asked, left));
  g_assert_cmpint (total + off, ==, gross);
  g_assert_cmpint (quay_discount_total (cart->lines).dong, ==, off);
  g_assert_cmpint (quay_cart_totals (cart).total.dong, ==, total);
}

/* Given back in parts, a line gives back all that was paid, of which VAT was worked out. */
static void
check_refund (const QuayCart *cart)
{
  g_assert_true (quay_tax_apply (cart->lines, NULL, NULL));
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      QuayQty refunded = QUAY_MILLI (0);
      QuayMoney back = QUAY_DONG (0);
      while (refunded.milli < line->qty.milli)
        {
          QuayMoney part;
          QuayQty q = QUAY_MILLI (1 + pick (line->qty.milli - refunded.milli));
          g_assert_true (quay_refund_amount (line->amount, line->qty, refunded, q, back, &part));
          back.dong += part.dong;
          refunded.milli += q.milli;
        }
      g_assert_cmpint (back.dong, ==, line->amount.dong);
      g_assert_cmpint (line->net.dong, <=, line->amount.dong);
    }
}

static void
test_laws (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      World world;
      gint64 gross = 0;
      world_init (&world);
      for (guint i = 0; i < world.cart->lines->len; i++)
        gross += quay_line_gross (world.cart->lines->pdata[i]).dong;
      for (guint twice = 0; twice < 2; twice++) /* working it out again changes nothing */
        {
          g_assert_true (
              quay_discount_apply (world.cart, world.promotions, &moment, world.goods, NULL));
          check_sums (&world, gross);
          check_best (&world);
        }
      check_refund (world.cart);
      world_clear (&world);
    }
}

/* A line with all that was taken off it, as text. */
static char *
describe (const QuayLine *line)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text,
                          "%d %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " =%" G_GINT64_FORMAT,
                          line->product.b[15], line->lot != NULL ? line->lot : "", line->price.dong,
                          line->qty.milli, line->amount.dong);
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    {
      const QuayOff *off = line->offs->pdata[i];
      g_string_append_printf (text, " %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s", off->kind,
                              off->amount.dong, off->name);
    }
  return g_string_free (text, FALSE);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
describe_all (const QuayCart *cart)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cart->lines->len; i++)
    g_ptr_array_add (all, describe (cart->lines->pdata[i]));
  g_ptr_array_sort (all, compare_texts);
  return all;
}

static void
shuffle (World *world)
{
  for (guint i = world->cart->lines->len; i > 1; i--)
    {
      guint k = (guint)pick (i);
      gpointer line = world->cart->lines->pdata[i - 1];
      world->cart->lines->pdata[i - 1] = world->cart->lines->pdata[k];
      world->cart->lines->pdata[k] = line;
      QuayPromoGoods goods = g_array_index (world->goods, QuayPromoGoods, i - 1);
      g_array_index (world->goods, QuayPromoGoods, i - 1) =
          g_array_index (world->goods, QuayPromoGoods, k);
      g_array_index (world->goods, QuayPromoGoods, k) = goods;
    }
  for (guint i = world->promotions->len; i > 1; i--)
    {
      guint k = (guint)pick (i);
      gpointer promotion = world->promotions->pdata[i - 1];
      world->promotions->pdata[i - 1] = world->promotions->pdata[k];
      world->promotions->pdata[k] = promotion;
    }
}

/* Two promotions with one id don't exist: ties would be of no order. */
static void
drop_same_ids (GPtrArray *promotions)
{
  for (guint i = promotions->len; i-- > 0;)
    for (guint k = 0; k < i; k++)
      if (quay_id_equal (&((QuayPromotion *)promotions->pdata[i])->id,
                         &((QuayPromotion *)promotions->pdata[k])->id))
        {
          g_ptr_array_remove_index (promotions, i);
          break;
        }
}

static void
test_any_order (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      World world;
      world_init (&world);
      drop_same_ids (world.promotions);
      g_assert_true (
          quay_discount_apply (world.cart, world.promotions, &moment, world.goods, NULL));
      g_autoptr (GPtrArray) before = describe_all (world.cart);
      shuffle (&world);
      g_assert_true (
          quay_discount_apply (world.cart, world.promotions, &moment, world.goods, NULL));
      g_autoptr (GPtrArray) after = describe_all (world.cart);
      g_assert_cmpuint (before->len, ==, after->len);
      for (guint i = 0; i < before->len; i++)
        g_assert_cmpstr (before->pdata[i], ==, after->pdata[i]);
      world_clear (&world);
    }
}

static void
test_spread (void)
{
  for (guint round = 0; round < ROUNDS * 5; round++)
    {
      gint64 weights[12], shares[12], sum = 0, spread = 0;
      guint n = 1 + (guint)pick (12);
      for (guint i = 0; i < n; i++)
        sum += weights[i] = pick (5) == 0 ? 0 : pick (1000000);
      gint64 amount = pick (3) == 0 ? sum : pick (sum + 1);
      quay_discount_spread (amount, weights, n, shares);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpint (shares[i], >=, 0);
          g_assert_cmpint (shares[i], <=, weights[i]);
          g_assert_true (sum == 0 || ABS (shares[i] * sum - amount * weights[i]) < sum);
          spread += shares[i];
        }
      g_assert_cmpint (spread, ==, amount);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/prices/laws", test_laws);
  g_test_add_func ("/property/prices/gift", test_gift);
  g_test_add_func ("/property/prices/any-order", test_any_order);
  g_test_add_func ("/property/prices/spread", test_spread);
  return g_test_run ();
}
