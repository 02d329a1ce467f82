/* What happens to goods, and what is written about it. */
#include "shelf-world.h"

#include "quay-error.h"
#include "quay-store-private.h"
#include "quay-test-exchange.h"
#include "quay-till-assign.h"
#include "quay-till-bundle.h"
#include "quay-till-goods.h"
#include "quay-till-lots.h"
#include "quay-till-private.h"

#define BASKET_PRICE 205000 /* what its parts come to */

const Kind shelf_kinds[PRODUCTS] = {
  { "Trà", FALSE, 60000, 51000, { QUAY_TERMS_COMMISSION, { 0 }, 1500, QUAY_BASE_PAID, 0 }, 2000 },
  { "Miến", FALSE, 35000, 20000, { QUAY_TERMS_TRANSFER, { 20000 }, 0, 0, 0 }, 1000 },
  { "Bánh", FALSE, 18000, 10000, { QUAY_TERMS_OWN, { 10000 }, 0, 0, 0 }, 0 },
  { "Rượu", FALSE, 50000, 40000, { QUAY_TERMS_COMMISSION, { 0 }, 2000, QUAY_BASE_SHELF, 0 }, 0 },
  { "Cam", TRUE, 100000, 90000, { QUAY_TERMS_COMMISSION, { 0 }, 1000, QUAY_BASE_PAID, 0 }, 500 },
};

int
shelf_pick (World *world, int from, int to)
{
  return g_rand_int_range (world->chance, from, to);
}

/* A quantity of at most @most; 0 if there is none. */
static gint64
pick_qty (World *world, guint product, gint64 most, int units)
{
  gint64 step = shelf_kinds[product].weighed ? 10 : 1000;
  gint64 n = MIN (most, units * 1000) / step;
  return n > 0 ? shelf_pick (world, 1, (int)n + 1) * step : 0;
}

static gint64
worth (gint64 price, gint64 milli)
{
  return price * milli / 1000;
}

/* --- making the shop --- */

static void
open_till (World *world, guint n)
{
  static const char *const codes[] = { "QT1", "QT2", "QT3" };
  g_autoptr (GError) error = NULL;
  Node *node = &world->tills[n];
  QuaySetup setup = {
    .shop = "Quế Thanh", .till_code = codes[n], .language = "vi", .width_mm = 80
  };
  quay_test_env_init (&node->env, 17 + n);
  node->dir = quay_test_dir ();
  quay_till_make_shop (node->dir, &setup, &node->env.env, &error);
  g_assert_no_error (error);
  node->till = quay_till_open_with (node->dir, NULL, &node->env.env, &error);
  g_assert_no_error (error);
}

static void
exchange (World *world, Node *node)
{
  quay_test_sync (node->till->store, world->server, (guint)shelf_pick (world, 1, 60));
  quay_till_take_in (node->till);
  node->till->floor = world->places[node->place];
}

void
shelf_exchange_all (World *world)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < TILLS; i++)
      exchange (world, &world->tills[i]);
}

static void
save_product (World *world, guint n, const char *name, gboolean weighed, gint64 price)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  edit->sku = g_strdup_printf ("P%u", n);
  edit->name = g_strdup (name);
  edit->unit = g_strdup (weighed ? "kg" : "gói");
  edit->sold_by = g_strdup (weighed ? "weight" : "piece");
  edit->vat_class = g_strdup ("A_PROC");
  edit->category = g_strdup ("tea");
  edit->price = g_strdup_printf ("%" G_GINT64_FORMAT, price);
  world->products[n] = QUAY_ID_NIL;
  quay_till_save_item (world->tills[0].till, &world->products[n], edit, &refusals, &error);
  g_assert_no_error (error);
  g_assert_null (refusals);
}

static void
save_recipe (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < PRODUCTS; i++)
    {
      QuayPart part = { .product = world->products[i],
                        .qty = QUAY_MILLI (shelf_kinds[i].in_basket) };
      if (shelf_kinds[i].in_basket > 0)
        g_ptr_array_add (parts, g_memdup2 (&part, sizeof part));
    }
  quay_till_set_recipe (world->tills[0].till, &world->products[BASKET], parts, &error);
  g_assert_no_error (error);
}

void
shelf_make (World *world, GRand *chance)
{
  g_autoptr (GError) error = NULL;
  *world = (World){ .chance = chance, .server_dir = quay_test_dir () };
  world->sold = g_ptr_array_new ();
  world->late = g_array_new (FALSE, FALSE, sizeof (Late));
  quay_test_env_init (&world->server_env, 5);
  g_assert_true (quay_store_create (world->server_dir, "TINH", &world->server_env.env, &error));
  world->server = quay_store_open_full (world->server_dir, &world->server_env.env, NULL,
                                        QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < TILLS; i++)
    open_till (world, i);
  world->tills[2].place = 1;
  for (guint i = 0; i < PLACES; i++)
    world->places[i] = quay_till_new_id (world->tills[0].till);
  for (guint i = 0; i < PRODUCTS; i++)
    {
      world->producers[i] = quay_till_new_id (world->tills[0].till);
      save_product (world, i, shelf_kinds[i].name, shelf_kinds[i].weighed, shelf_kinds[i].price);
    }
  save_product (world, BASKET, "Giỏ quà", FALSE, BASKET_PRICE);
  save_recipe (world);
  shelf_exchange_all (world);
}

void
shelf_clear (World *world)
{
  for (guint i = 0; i < world->sold->len; i++)
    {
      g_free (((Sold *)world->sold->pdata[i])->number);
      g_free (world->sold->pdata[i]);
    }
  g_ptr_array_unref (world->sold);
  g_array_unref (world->late);
  for (guint i = 0; i < TILLS; i++)
    {
      quay_till_close (world->tills[i].till);
      g_object_unref (world->tills[i].till);
      quay_test_remove (world->tills[i].dir);
      g_free (world->tills[i].dir);
    }
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  quay_store_close (world->server);
  quay_test_remove (world->server_dir);
  g_free (world->server_dir);
}

/* --- goods come --- */

static QuayVoucherLine *
add_line (World *world, QuayVoucher *voucher, guint product, gint64 qty)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = world->products[product];
  line->name = g_strdup (shelf_kinds[product].name);
  line->qty = QUAY_MILLI (qty);
  g_ptr_array_add (voucher->lines, line);
  return line;
}

static void
post (World *world, Node *node, QuayGoodsKind kind, guint place, QuayVoucher *voucher)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (node->till);
  g_autofree char *number =
      quay_till_post_goods (node->till, &id, kind, &world->places[place], voucher, NULL, &error);
  g_assert_no_error (error);
}

static void
write_receipt (World *world, Node *node, const Late *late)
{
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = add_line (world, voucher, late->product, late->qty);
  voucher->reason = g_strdup ("consigned");
  line->lot = quay_till_new_id (node->till);
  line->terms = shelf_kinds[late->product].terms;
  line->producer = world->producers[late->product];
  line->expires = 20270100 + shelf_pick (world, 1, 29);
  post (world, node, QUAY_GOODS_RECEIVED, late->place, voucher);
  if (shelf_pick (world, 0, 2) == 0)
    {
      g_autoptr (GError) error = NULL;
      quay_till_assign_waiting (node->till, &line->product, &line->lot, NULL, &error);
      g_assert_no_error (error);
    }
}

/* They lie on the shelf at once; the paper may come later, on any till. */
static void
do_receive (World *world, Node *node)
{
  Late late = { .place = node->place, .product = (guint)shelf_pick (world, 0, PRODUCTS) };
  late.qty = pick_qty (world, late.product, G_MAXINT64 / 2, 9);
  world->shelf[late.place][late.product] += late.qty;
  if (shelf_pick (world, 0, 3) == 0)
    g_array_append_val (world->late, late);
  else
    write_receipt (world, node, &late);
}

void
shelf_late_receipt (World *world, Node *node)
{
  if (world->late->len == 0)
    return;
  Late late = g_array_index (world->late, Late, 0);
  g_array_remove_index (world->late, 0);
  write_receipt (world, node, &late);
}

/* --- goods are sold --- */

/* @sign 1: @qty leaves for money, −1 it comes back for money. */
static void
note_sold (World *world, guint product, gint64 qty, int sign)
{
  world->paid[product] += sign * worth (shelf_kinds[product].price, qty);
  world->owed[product] += sign * worth (shelf_kinds[product].due, qty);
}

static void
remember (World *world, const char *number, gint64 line, guint product, gint64 qty, gboolean ready)
{
  Sold sold = { g_strdup (number), line, product, qty, ready };
  g_ptr_array_add (world->sold, g_memdup2 (&sold, sizeof sold));
}

static void
do_sell (World *world, Node *node)
{
  guint products[PRODUCTS];
  gint64 qtys[PRODUCTS];
  guint n = 0;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < PRODUCTS; i++)
    {
      gint64 *there = &world->shelf[node->place][i];
      gint64 qty = shelf_pick (world, 0, 2) == 0 ? pick_qty (world, i, *there, 4) : 0;
      if (qty == 0)
        continue;
      quay_till_cart_add_item (node->till, &world->products[i], QUAY_MILLI (qty), NULL, &error);
      g_assert_no_error (error);
      *there -= qty;
      note_sold (world, i, qty, 1);
      products[n] = i;
      qtys[n++] = qty;
    }
  if (n == 0)
    return;
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (node->till, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    remember (world, sale->number, i + 1, products[i], qtys[i], FALSE);
}

/* --- baskets: on the first till, which knows what stands ready --- */

static gboolean
can_make (World *world)
{
  for (guint i = 0; i < PRODUCTS; i++)
    if (world->shelf[0][i] < shelf_kinds[i].in_basket)
      return FALSE;
  return TRUE;
}

static void
move_parts (World *world, int sign)
{
  for (guint i = 0; i < PRODUCTS; i++)
    world->shelf[0][i] += sign * shelf_kinds[i].in_basket;
}

static void
note_basket (World *world, int sign)
{
  for (guint i = 0; i < PRODUCTS; i++)
    note_sold (world, i, shelf_kinds[i].in_basket, sign);
}

static void
do_sell_basket (World *world)
{
  g_autoptr (GError) error = NULL;
  gboolean ready = world->baskets > 0;
  QuayTill *till = world->tills[0].till;
  if (!ready && !can_make (world))
    return;
  quay_till_cart_add_item (till, &world->products[BASKET], QUAY_UNITS (1), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, NULL, &error);
  g_assert_no_error (error);
  if (ready)
    world->baskets--;
  else
    move_parts (world, -1);
  note_basket (world, 1);
  remember (world, sale->number, 1, BASKET, 1000, ready);
}

static void
do_bundle (World *world)
{
  g_autoptr (GError) error = NULL;
  QuayTill *till = world->tills[0].till;
  QuayId id = quay_till_new_id (till);
  if (!can_make (world))
    return;
  g_autofree char *number = quay_till_bundle (till, &id, &world->products[BASKET], 1, &error);
  g_assert_no_error (error);
  move_parts (world, -1);
  world->baskets++;
}

static void
do_unbundle (World *world)
{
  g_autoptr (GError) error = NULL;
  QuayTill *till = world->tills[0].till;
  QuayId id = quay_till_new_id (till);
  g_autoptr (GPtrArray) lots = quay_till_lots (till, &world->products[BASKET]);
  if (lots->len == 0)
    return;
  const QuayLot *lot = lots->pdata[shelf_pick (world, 0, (int)lots->len)];
  g_autofree char *number =
      quay_till_unbundle (till, &id, &world->products[BASKET], &lot->id, 1, &error);
  g_assert_no_error (error);
  move_parts (world, 1);
  world->baskets--;
}

/* --- goods come back, go away, go elsewhere --- */

static void
come_back (World *world, Node *node, const Sold *sold, gint64 qty, gboolean restock)
{
  if (sold->product != BASKET)
    {
      world->paid[sold->product] -= worth (shelf_kinds[sold->product].price, qty);
      if (!restock)
        return; /* spoilt: the shop owes as if it were sold */
      world->owed[sold->product] -= worth (shelf_kinds[sold->product].due, qty);
      world->shelf[node->place][sold->product] += qty;
      return;
    }
  for (guint i = 0; i < PRODUCTS; i++)
    {
      world->paid[i] -= worth (shelf_kinds[i].price, shelf_kinds[i].in_basket);
      if (restock)
        world->owed[i] -= worth (shelf_kinds[i].due, shelf_kinds[i].in_basket);
    }
  if (restock && sold->ready)
    world->baskets++;
  else if (restock)
    move_parts (world, 1);
}

static void
do_refund (World *world, Node *node)
{
  g_autoptr (GError) error = NULL;
  if (world->sold->len == 0)
    return;
  Sold *sold = world->sold->pdata[shelf_pick (world, 0, (int)world->sold->len)];
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (node->till, sold->number);
  if (sale == NULL || sold->left == 0 || (sold->product == BASKET && node != &world->tills[0]))
    return;
  gint64 qty = sold->product == BASKET ? 1000 : pick_qty (world, sold->product, sold->left, 4);
  QuayRefundAsk ask = { sold->line, QUAY_MILLI (qty), shelf_pick (world, 0, 3) != 0 };
  QuayId id = quay_till_new_id (node->till);
  if (qty == 0)
    return;
  g_autofree char *number =
      quay_till_refund (node->till, &id, sold->number, &ask, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  sold->left -= qty;
  come_back (world, node, sold, qty, ask.restock);
}

static void
do_issue (World *world, Node *node)
{
  guint product = (guint)shelf_pick (world, 0, PRODUCTS);
  gint64 qty = pick_qty (world, product, world->shelf[node->place][product], 2);
  int fate = shelf_pick (world, 0, 3);
  if (qty == 0)
    return;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = add_line (world, voucher, product, qty);
  voucher->reason = g_strdup (fate == 2 ? "returned" : "damaged");
  line->bearer = fate == 1;
  post (world, node, QUAY_GOODS_ISSUED, node->place, voucher);
  world->shelf[node->place][product] -= qty;
  /* own goods are the shop's loss, whoever is said to bear it */
  if (fate == 0 || (fate == 1 && shelf_kinds[product].terms.kind == QUAY_TERMS_OWN))
    world->owed[product] += worth (shelf_kinds[product].due, qty);
}

static void
do_move (World *world, Node *node)
{
  guint product = (guint)shelf_pick (world, 0, PRODUCTS);
  guint to = 1 - node->place;
  gint64 qty = pick_qty (world, product, world->shelf[node->place][product], 3);
  if (qty == 0)
    return;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  add_line (world, voucher, product, qty);
  voucher->to = world->places[to];
  post (world, node, QUAY_GOODS_MOVED, node->place, voucher);
  world->shelf[node->place][product] -= qty;
  world->shelf[to][product] += qty;
}

/* --- the attention list --- */

/* Clears one entry as far as it goes; TRUE if something was done. */
gboolean
shelf_settle (QuayTill *till, const QuayAttention *of)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (till);
  if (quay_till_clear_balance (till, &id, of, NULL, NULL, &error))
    return TRUE;
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  return FALSE;
}

static void
do_settle (World *world, Node *node)
{
  g_autoptr (GPtrArray) list = quay_till_attention (node->till);
  if (list->len > 0)
    shelf_settle (node->till, list->pdata[shelf_pick (world, 0, (int)list->len)]);
}

/* --- a step --- */

void
shelf_step (World *world)
{
  Node *node = &world->tills[shelf_pick (world, 0, TILLS)];
  int what = shelf_pick (world, 0, 100);
  if (what < 18)
    do_receive (world, node);
  else if (what < 22)
    shelf_late_receipt (world, node);
  else if (what < 48)
    do_sell (world, node);
  else if (what < 53)
    do_sell_basket (world);
  else if (what < 57)
    do_bundle (world);
  else if (what < 59)
    do_unbundle (world);
  else if (what < 69)
    do_refund (world, node);
  else if (what < 75)
    do_issue (world, node);
  else if (what < 82)
    do_move (world, node);
  else if (what < 90)
    do_settle (world, node);
  else
    exchange (world, node);
}
