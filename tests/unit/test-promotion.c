/* Promotions and discounts, one rule a case. */
#include "quay-discount.h"

#include <string.h>

static const QuayPromoMoment noon = { 20261123, 12 * 60, 0, FALSE, 150 }; /* a Monday */

static QuayLine
line_of (guint8 product, gint64 price, gint64 milli)
{
  QuayLine line = { .name = (char *)"Miến dong", .price = QUAY_DONG (price) };
  line.product.b[15] = product;
  line.qty = QUAY_MILLI (milli);
  line.kind = milli % 1000 == 0 ? QUAY_LINE_PIECE : QUAY_LINE_WEIGHED;
  g_assert_true (quay_line_price (&line, NULL));
  return line;
}

static QuayPromotion
promo_of (guint8 id, QuayPromoKind kind, gint64 value)
{
  QuayPromotion p = { .name = (char *)"Khai trương", .kind = kind, .value = value, .active = TRUE };
  p.id.b[15] = id;
  return p;
}

/* --- what it takes off --- */

#define GIFT 9      /* the product that is given */
#define GIFT_MOST 4 /* pieces of it for a cart */

typedef struct
{
  const char *name;
  QuayPromoKind kind;
  gint64 value; /* or pieces that are bought */
  gint64 get;
  const char *steps;
  gboolean together;
  struct
  {
    guint8 product;
    gint64 price;
    gint64 milli;
    QuayDay expires;
    gint64 off; /* expected */
  } lines[4];
} OffCase;

/* clang-format off */
static const OffCase off_cases[] = {
  { "percent", QUAY_PROMO_PERCENT, 1000, 0, NULL, FALSE, { { 1, 65000, 2000, 0, 13000 } } },
  { "percent-rounds", QUAY_PROMO_PERCENT, 333, 0, NULL, FALSE, { { 1, 15, 1000, 0, 0 }, { 2, 16, 1000, 0, 1 } } },
  { "percent-all", QUAY_PROMO_PERCENT, 10000, 0, NULL, FALSE, { { 1, 65000, 1000, 0, 65000 } } },
  { "amount", QUAY_PROMO_AMOUNT, 5000, 0, NULL, FALSE, { { 1, 65000, 3000, 0, 15000 } } },
  { "amount-weighed", QUAY_PROMO_AMOUNT, 5000, 0, NULL, FALSE, { { 1, 60000, 485, 0, 2425 } } },
  { "amount-never-below-nothing", QUAY_PROMO_AMOUNT, 5000, 0, NULL, FALSE, { { 1, 3000, 2000, 0, 6000 } } },
  { "get", QUAY_PROMO_GET, 2, 1, NULL, FALSE, { { 1, 30000, 3000, 0, 30000 } } },
  { "get-too-few", QUAY_PROMO_GET, 2, 1, NULL, FALSE, { { 1, 30000, 2000, 0, 0 } } },
  { "get-two-sets", QUAY_PROMO_GET, 2, 1, NULL, FALSE, { { 1, 30000, 7000, 0, 60000 } } },
  { "get-part-of-a-set", QUAY_PROMO_GET, 1, 2, NULL, FALSE, { { 1, 30000, 2000, 0, 30000 } } },
  { "get-each-for-itself", QUAY_PROMO_GET, 2, 1, NULL, FALSE,
    { { 1, 30000, 2000, 0, 0 }, { 2, 20000, 1000, 0, 0 } } },
  { "get-together-cheapest", QUAY_PROMO_GET, 2, 1, NULL, TRUE,
    { { 1, 30000, 2000, 0, 15000 }, { 2, 20000, 1000, 0, 5000 } } },
  { "get-over-lines", QUAY_PROMO_GET, 2, 1, NULL, FALSE,
    { { 1, 30000, 1000, 0, 10000 }, { 1, 30000, 2000, 0, 20000 } } },
  { "get-no-weight", QUAY_PROMO_GET, 1, 1, NULL, FALSE, { { 1, 30000, 2500, 0, 0 } } },
  { "gift", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE, { { 1, 30000, 2000, 0, 0 }, { GIFT, 20000, 1000, 0, 20000 } } },
  { "gift-not-scanned", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE, { { 1, 30000, 2000, 0, 0 } } },
  { "gift-too-few", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE, { { 1, 30000, 1000, 0, 0 }, { GIFT, 20000, 1000, 0, 0 } } },
  { "gift-earns-no-gift", QUAY_PROMO_GIFT, 2, 1, NULL, TRUE, { { GIFT, 20000, 9000, 0, 0 } } },
  { "gift-one-of-three", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE, { { 1, 30000, 3000, 0, 0 }, { GIFT, 20000, 3000, 0, 20000 } } },
  { "gift-most", QUAY_PROMO_GIFT, 1, 1, NULL, FALSE, { { 1, 30000, 9000, 0, 0 }, { GIFT, 20000, 9000, 0, 80000 } } },
  { "gift-dearest-first", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE,
    { { GIFT, 20000, 1000, 0, 0 }, { 1, 30000, 2000, 0, 0 }, { GIFT, 21000, 1000, 0, 21000 } } },
  { "gift-each-for-itself", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE,
    { { 1, 30000, 1000, 0, 0 }, { 2, 30000, 1000, 0, 0 }, { GIFT, 20000, 1000, 0, 0 } } },
  { "gift-together", QUAY_PROMO_GIFT, 2, 1, NULL, TRUE,
    { { 1, 30000, 1000, 0, 0 }, { 2, 30000, 1000, 0, 0 }, { GIFT, 20000, 1000, 0, 20000 } } },
  { "gift-for-weight", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE, { { 1, 30000, 2300, 0, 0 }, { GIFT, 20000, 1000, 0, 20000 } } },
  { "gift-no-weight", QUAY_PROMO_GIFT, 2, 1, NULL, FALSE, { { 1, 30000, 2000, 0, 0 }, { GIFT, 20000, 1500, 0, 0 } } },
  { "steps-first", QUAY_PROMO_STEPS, 0, 0, "3:500 10:1000", FALSE, { { 1, 10000, 3000, 0, 1500 } } },
  { "steps-last", QUAY_PROMO_STEPS, 0, 0, "3:500 10:1000", FALSE, { { 1, 10000, 10000, 0, 10000 } } },
  { "steps-none", QUAY_PROMO_STEPS, 0, 0, "3:500 10:1000", FALSE, { { 1, 10000, 2000, 0, 0 } } },
  { "steps-over-lines", QUAY_PROMO_STEPS, 0, 0, "3:500", FALSE,
    { { 1, 10000, 1000, 0, 500 }, { 1, 10000, 2000, 0, 1000 }, { 2, 10000, 2000, 0, 0 } } },
  { "steps-together", QUAY_PROMO_STEPS, 0, 0, "3:500", TRUE,
    { { 1, 10000, 1000, 0, 500 }, { 2, 20000, 2000, 0, 2000 } } },
  { "expiry-today", QUAY_PROMO_EXPIRY, 0, 0, "0:5000 7:2000", FALSE, { { 1, 10000, 1000, 20261123, 5000 } } },
  { "expiry-week", QUAY_PROMO_EXPIRY, 0, 0, "0:5000 7:2000", FALSE, { { 1, 10000, 1000, 20261130, 2000 } } },
  { "expiry-later", QUAY_PROMO_EXPIRY, 0, 0, "0:5000 7:2000", FALSE, { { 1, 10000, 1000, 20261201, 0 } } },
  { "expiry-unknown", QUAY_PROMO_EXPIRY, 0, 0, "7:2000", FALSE, { { 1, 10000, 1000, 0, 0 } } },
  { "expiry-past", QUAY_PROMO_EXPIRY, 0, 0, "7:2000", FALSE, { { 1, 10000, 1000, 20261122, 0 } } },
};
/* clang-format on */

static void
test_off (gconstpointer data)
{
  const OffCase *c = data;
  QuayLine lines[4];
  gint64 offs[4];
  QuayPromotion promo = promo_of (1, c->kind, c->value);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  g_autoptr (GArray) steps = c->steps != NULL ? quay_promo_steps_parse (c->steps) : NULL;
  promo.buy = c->value;
  promo.get = c->get;
  promo.steps = steps;
  promo.together = c->together;
  if (c->kind == QUAY_PROMO_GIFT)
    {
      promo.gift.b[15] = GIFT;
      promo.value = 10000;
      promo.most = GIFT_MOST;
    }
  for (guint i = 0; i < 4 && c->lines[i].product != 0; i++)
    {
      QuayPromoGoods one = { .expires = c->lines[i].expires };
      lines[i] = line_of (c->lines[i].product, c->lines[i].price, c->lines[i].milli);
      g_ptr_array_add (list, &lines[i]);
      g_array_append_val (goods, one);
    }
  g_assert_null (quay_promotion_check (&promo));
  quay_promotion_offs (&promo, &noon, list, goods, offs);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (offs[i], ==, c->lines[i].off);
}

/* --- when --- */

typedef struct
{
  const char *name;
  QuayDay from, until;
  gint64 weekdays, minute_from, minute_until;
  gboolean lists, list, off, on;
} WhenCase;

static const WhenCase when_cases[] = {
  { "always", 0, 0, 0, 0, 0, FALSE, FALSE, FALSE, TRUE },
  { "off", 0, 0, 0, 0, 0, FALSE, FALSE, TRUE, FALSE },
  { "first-day", 20261123, 0, 0, 0, 0, FALSE, FALSE, FALSE, TRUE },
  { "last-day", 0, 20261123, 0, 0, 0, FALSE, FALSE, FALSE, TRUE },
  { "too-early", 20261124, 0, 0, 0, 0, FALSE, FALSE, FALSE, FALSE },
  { "too-late", 0, 20261122, 0, 0, 0, FALSE, FALSE, FALSE, FALSE },
  { "monday", 0, 0, 1, 0, 0, FALSE, FALSE, FALSE, TRUE },
  { "tuesday", 0, 0, 2, 0, 0, FALSE, FALSE, FALSE, FALSE },
  { "from-noon", 0, 0, 0, 720, 840, FALSE, FALSE, FALSE, TRUE },
  { "until-noon", 0, 0, 0, 600, 720, FALSE, FALSE, FALSE, FALSE },
  { "over-night", 0, 0, 0, 1200, 360, FALSE, FALSE, FALSE, FALSE },
  { "all-but-the-morning", 0, 0, 0, 660, 480, FALSE, FALSE, FALSE, TRUE },
  { "of-a-list", 0, 0, 0, 0, 0, FALSE, TRUE, FALSE, FALSE },
  { "of-a-list-too", 0, 0, 0, 0, 0, TRUE, TRUE, FALSE, TRUE },
};

static void
test_when (gconstpointer data)
{
  const WhenCase *c = data;
  QuayPromotion promo = promo_of (1, QUAY_PROMO_PERCENT, 1000);
  QuayPromoMoment moment = noon;
  promo.from = c->from;
  promo.until = c->until;
  promo.weekdays = c->weekdays;
  promo.minute_from = c->minute_from;
  promo.minute_until = c->minute_until;
  promo.lists = c->lists;
  promo.active = !c->off;
  moment.list = c->list;
  g_assert_cmpint (quay_promotion_is_on (&promo, &moment), ==, c->on);
}

/* --- on what --- */

static void
test_scope (void)
{
  QuayLine line = line_of (7, 90000, 1000);
  QuayPromoGoods goods = { .category = "spirit", .producer = { { 9 } } };
  QuayPromotion promo = promo_of (1, QUAY_PROMO_PERCENT, 1000);
  g_assert_true (quay_promotion_covers (&promo, &noon, &line, &goods));
  promo.scope = QUAY_PROMO_CATEGORY;
  promo.category = (char *)"tea";
  g_assert_false (quay_promotion_covers (&promo, &noon, &line, &goods));
  promo.category = (char *)"spirit";
  g_assert_true (quay_promotion_covers (&promo, &noon, &line, &goods));
  promo.scope = QUAY_PROMO_PRODUCER;
  g_assert_false (quay_promotion_covers (&promo, &noon, &line, &goods));
  promo.target = goods.producer;
  g_assert_true (quay_promotion_covers (&promo, &noon, &line, &goods));
  promo.scope = QUAY_PROMO_PRODUCT;
  g_assert_false (quay_promotion_covers (&promo, &noon, &line, &goods));
  promo.target = line.product;
  line.abv = 149;
  g_assert_true (quay_promotion_covers (&promo, &noon, &line, &goods));
  line.abv = 150; /* Law 44/2019/QH14 art. 5.9 */
  g_assert_false (quay_promotion_covers (&promo, &noon, &line, &goods));
  line.abv = 0;
  line.product = QUAY_ID_NIL; /* nobody knows what it is */
  promo.scope = QUAY_PROMO_ALL;
  g_assert_false (quay_promotion_covers (&promo, &noon, &line, &goods));
}

static void
test_best (void)
{
  QuayLine line = line_of (7, 10000, 2000);
  QuayPromoBest best;
  QuayPromoGoods one = { 0 };
  QuayPromotion small = promo_of (1, QUAY_PROMO_PERCENT, 500);
  QuayPromotion later = promo_of (3, QUAY_PROMO_PERCENT, 1000);
  QuayPromotion equal = promo_of (2, QUAY_PROMO_AMOUNT, 1000);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GPtrArray) promos = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  g_ptr_array_add (lines, &line);
  g_array_append_val (goods, one);
  quay_promotions_best (NULL, &noon, lines, goods, &best);
  g_assert_cmpint (best.promo, ==, -1);
  g_ptr_array_add (promos, &later);
  g_ptr_array_add (promos, &small);
  g_ptr_array_add (promos, &equal);
  quay_promotions_best (promos, &noon, lines, goods, &best);
  g_assert_cmpint (best.promo, ==, 2); /* the smaller id of two that are equal */
  g_assert_cmpint (best.off.dong, ==, 2000);
}

/* --- gifts --- */

/* Two packs of tea, of which one is product @of, and the gift: half of it off. */
static void
test_gift (void)
{
  gint64 offs[3];
  QuayLine tea = line_of (1, 30000, 1000);
  QuayLine other = line_of (2, 30000, 1000);
  QuayLine gift = line_of (GIFT, 15001, 1000);
  QuayPromoGoods goods_of_tea = { .category = "tea", .producer = { { 5 } } };
  QuayPromoGoods goods_of_gift = { .category = "tea", .producer = { { 5 } } };
  QuayPromotion promo = promo_of (1, QUAY_PROMO_GIFT, 5000);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  promo.buy = 2;
  promo.get = 1;
  promo.together = TRUE;
  promo.gift.b[15] = GIFT;
  promo.scope = QUAY_PROMO_CATEGORY;
  promo.category = (char *)"tea";
  g_ptr_array_add (lines, &tea);
  g_ptr_array_add (lines, &gift);
  g_array_append_val (goods, goods_of_tea);
  g_array_append_val (goods, goods_of_gift);
  g_assert_cmpint (quay_promotion_earned (&promo, &noon, lines, goods), ==, 0); /* one tea */
  g_ptr_array_add (lines, &other);
  g_array_append_val (goods, goods_of_tea);
  g_assert_cmpint (quay_promotion_earned (&promo, &noon, lines, goods), ==, 1);
  quay_promotion_offs (&promo, &noon, lines, goods, offs);
  g_assert_cmpint (offs[0] + offs[2], ==, 0);
  g_assert_cmpint (offs[1], ==, 7501);
  promo.scope = QUAY_PROMO_PRODUCER;
  promo.target = goods_of_tea.producer;
  g_assert_cmpint (quay_promotion_earned (&promo, &noon, lines, goods), ==, 1);
  promo.active = FALSE;
  g_assert_cmpint (quay_promotion_earned (&promo, &noon, lines, goods), ==, 0);
  promo.active = TRUE;
  other.abv = 150; /* what the law keeps from promotions earns nothing */
  g_assert_cmpint (quay_promotion_earned (&promo, &noon, lines, goods), ==, 0);
  other.abv = 0;
  gift.abv = 150; /* and is no gift */
  quay_promotion_offs (&promo, &noon, lines, goods, offs);
  g_assert_cmpint (offs[1], ==, 0);
}

static void
test_gift_check (void)
{
  QuayPromotion p = promo_of (1, QUAY_PROMO_GIFT, 10000);
  g_assert_cmpstr (quay_promotion_check (&p), ==, "buy");
  p.buy = 2;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "get");
  p.get = 1;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "gift");
  p.gift.b[15] = GIFT;
  g_assert_null (quay_promotion_check (&p));
  p.value = 10001;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "value");
  p.value = 5000;
  p.most = 1001;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "most");
  p.most = 0;
  p.scope = QUAY_PROMO_PRODUCT;
  p.target = p.gift; /* "buy some, get some" is for that */
  g_assert_cmpstr (quay_promotion_check (&p), ==, "gift");
}

/* --- texts --- */

static void
test_steps (void)
{
  static const char *const bad[] = { "",       "3",      "3:0",   "3:10001",    "5:100 3:200",
                                     "3:100,", "-1:100", "a:100", "3:100 3:200" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (quay_promo_steps_parse (bad[i]));
  g_assert_null (quay_promo_steps_parse (NULL));
  g_autoptr (GArray) steps = quay_promo_steps_parse (" 0:100  3:500 10:10000");
  g_autofree char *text = quay_promo_steps_print (steps);
  g_assert_cmpstr (text, ==, "0:100 3:500 10:10000");
}

static void
test_check (void)
{
  QuayPromotion p = promo_of (1, QUAY_PROMO_PERCENT, 1000);
  g_assert_null (quay_promotion_check (&p));
  p.value = 10001;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "value");
  p.value = 1000;
  p.until = 20261101;
  p.from = 20261102;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "until");
  p.from = 0;
  p.minute_from = p.minute_until = 600;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "hours");
  p.minute_until = 700;
  p.scope = QUAY_PROMO_PRODUCT;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "target");
  p.scope = QUAY_PROMO_ALL;
  p.kind = QUAY_PROMO_GET;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "buy");
  p.buy = 2;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "get");
  p.kind = QUAY_PROMO_STEPS;
  g_assert_cmpstr (quay_promotion_check (&p), ==, "steps");
  p.name = (char *)"";
  g_assert_cmpstr (quay_promotion_check (&p), ==, "name");
}

/* --- discounts by hand --- */

static void
test_order (void)
{
  const QuayId id = { { 7 } };
  QuayLine line = line_of (7, 100000, 1000);
  QuayLine spirit = line_of (8, 100000, 1000);
  QuayPromotion promo = promo_of (1, QUAY_PROMO_PERCENT, 1000);
  QuayPromoGoods none = { 0 };
  g_autoptr (QuayCart) cart = quay_cart_new (&id, 0);
  g_autoptr (GPtrArray) promos = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  spirit.abv = 290;
  g_ptr_array_add (promos, &promo);
  g_assert_true (quay_cart_add (cart, &line, NULL, NULL));
  g_assert_true (quay_cart_add (cart, &spirit, NULL, NULL));
  g_array_append_val (goods, none);
  g_array_append_val (goods, none);
  g_assert_true (quay_discount_set_line (cart->lines->pdata[0], 2000, QUAY_DONG (0), "dập", NULL));
  cart->off = QUAY_DONG (2001);
  cart->off_why = g_strdup ("khách quen");
  g_assert_true (quay_discount_apply (cart, promos, &noon, goods, NULL));
  const QuayLine *done = cart->lines->pdata[0];
  const struct
  {
    QuayOffKind kind;
    gint64 off;
    const char *name;
  } want[] = { { QUAY_OFF_PROMOTION, 10000, "Khai trương" },
               { QUAY_OFF_LINE, 18000, "dập" },
               { QUAY_OFF_CART, 2001, "khách quen" } };
  g_assert_cmpuint (done->offs->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const QuayOff *off = done->offs->pdata[i];
      g_assert_cmpint (off->kind, ==, want[i].kind);
      g_assert_cmpint (off->amount.dong, ==, want[i].off);
      g_assert_cmpstr (off->name, ==, want[i].name);
    }
  g_assert_cmpint (done->amount.dong, ==, 100000 - 10000 - 18000 - 2001);
  g_assert_null (((const QuayLine *)cart->lines->pdata[1])->offs);
}

/* A scan joins the line that a promotion made cheaper, not one with a discount by hand. */
static void
test_joining (void)
{
  const QuayId id = { { 7 } };
  QuayLine line = line_of (7, 10000, 1000);
  QuayPromotion promo = promo_of (1, QUAY_PROMO_PERCENT, 1000);
  QuayPromoGoods none[2] = { { 0 } };
  guint index;
  g_autoptr (QuayCart) cart = quay_cart_new (&id, 0);
  g_autoptr (GPtrArray) promos = g_ptr_array_new ();
  g_autoptr (GArray) goods = g_array_new (FALSE, TRUE, sizeof (QuayPromoGoods));
  g_ptr_array_add (promos, &promo);
  g_assert_true (quay_cart_add (cart, &line, NULL, NULL));
  g_array_append_vals (goods, none, 1);
  g_assert_true (quay_discount_apply (cart, promos, &noon, goods, NULL));
  g_assert_true (quay_cart_add (cart, &line, &index, NULL));
  g_assert_cmpuint (cart->lines->len, ==, 1);
  g_assert_true (quay_discount_apply (cart, promos, &noon, goods, NULL));
  g_assert_cmpint (((const QuayLine *)cart->lines->pdata[0])->amount.dong, ==, 18000);
  g_assert_true (quay_discount_set_line (cart->lines->pdata[0], 0, QUAY_DONG (500), NULL, NULL));
  g_assert_true (quay_cart_add (cart, &line, &index, NULL));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (quay_cart_set_qty (cart, 0, QUAY_UNITS (5), NULL));
  g_array_append_vals (goods, none, 1);
  g_assert_true (quay_discount_apply (cart, promos, &noon, goods, NULL));
  g_assert_cmpint (((const QuayLine *)cart->lines->pdata[0])->amount.dong, ==, 50000 - 5000 - 500);
}

static void
test_by_hand (void)
{
  QuayLine line = line_of (7, 10000, 2000);
  g_autoptr (QuayLine) copy = quay_line_copy (&line);
  g_assert_false (quay_discount_set_line (copy, 10001, QUAY_DONG (0), NULL, NULL));
  g_assert_false (quay_discount_set_line (copy, 0, QUAY_DONG (20001), NULL, NULL));
  g_assert_false (quay_discount_set_line (copy, 1, QUAY_DONG (1), NULL, NULL));
  g_assert_true (quay_discount_set_line (copy, 1000, QUAY_DONG (0), "cũ", NULL));
  g_assert_cmpint (copy->amount.dong, ==, 18000);
  copy->qty = QUAY_UNITS (5); /* a percentage grows with it */
  g_assert_true (quay_discount_reprice (copy, NULL));
  g_assert_cmpint (copy->amount.dong, ==, 45000);
  g_assert_true (quay_discount_set_line (copy, 0, QUAY_DONG (20000), NULL, NULL));
  g_assert_cmpint (copy->amount.dong, ==, 30000);
  copy->qty = QUAY_UNITS (1); /* an amount does not, but never takes more than there is */
  g_assert_true (quay_discount_reprice (copy, NULL));
  g_assert_cmpint (copy->amount.dong, ==, 0);
  g_assert_true (quay_discount_set_line (copy, 0, QUAY_DONG (0), NULL, NULL));
  g_assert_null (copy->offs);
  g_assert_cmpint (quay_discount_percent (QUAY_DONG (501), QUAY_DONG (10000)), ==, 501);
  g_assert_cmpint (quay_discount_percent (QUAY_DONG (1), QUAY_DONG (1000000)), ==, 0);
  g_assert_cmpint (quay_discount_percent (QUAY_DONG (0), QUAY_DONG (0)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (off_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/promotion/off/", off_cases[i].name, NULL);
      g_test_add_data_func (path, &off_cases[i], test_off);
    }
  for (guint i = 0; i < G_N_ELEMENTS (when_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/promotion/when/", when_cases[i].name, NULL);
      g_test_add_data_func (path, &when_cases[i], test_when);
    }
  g_test_add_func ("/promotion/scope", test_scope);
  g_test_add_func ("/promotion/best", test_best);
  g_test_add_func ("/promotion/gift", test_gift);
  g_test_add_func ("/promotion/gift-check", test_gift_check);
  g_test_add_func ("/promotion/steps", test_steps);
  g_test_add_func ("/promotion/check", test_check);
  g_test_add_func ("/discount/order", test_order);
  g_test_add_func ("/discount/joining", test_joining);
  g_test_add_func ("/discount/by-hand", test_by_hand);
  return g_test_run ();
}
