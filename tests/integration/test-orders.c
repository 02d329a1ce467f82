/* Orders with a deposit: money in the drawer, the deposit used once, whatever happens in between.
 */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-till-orders.h"
#include "quay-till-private.h"
#include "quay-till-stock.h"

#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_assert_sound (shop);
  quay_test_shop_clear (shop);
}

static QuayId
tea (Fixture *shop)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, TEA);
  g_assert_nonnull (scanned->item);
  return scanned->item->product;
}

/* Four teas for 58.000 each: 232.000 in all. */
static GPtrArray *
lines (Fixture *shop)
{
  g_autoptr (GError) error = NULL;
  QuayId product = tea (shop);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  QuayLine *line =
      quay_till_order_line (shop->till, &product, QUAY_UNITS (4), QUAY_DONG (58000), &error);
  g_assert_no_error (error);
  g_ptr_array_add (list, line);
  return list;
}

static char *
try_place (Fixture *shop, const QuayId *id, gint64 deposit, gint64 tender, GError **error)
{
  g_autoptr (GPtrArray) list = lines (shop);
  QuayOrderAsk ask = { .name = "Hoàng Văn Khách",
                       .phone = "0912 345 678",
                       .due = quay_day_add (quay_till_day (shop->till), 3),
                       .lines = list,
                       .deposit = QUAY_DONG (deposit),
                       .tender = tender,
                       .ref = "FT123",
                       .note = "gói quà" };
  return quay_till_place_order (shop->till, id, &ask, error);
}

static QuayId
place (Fixture *shop, gint64 deposit, gint64 tender)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *number = try_place (shop, &id, deposit, tender, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (number, "QT1A-DH"));
  return id;
}

static gint64
drawer (Fixture *shop)
{
  QuayMoney expected = QUAY_DONG (0);
  g_autofree char *number = NULL;
  quay_till_shift (shop->till, &number, &expected);
  return expected.dong;
}

static gint64
reserved (Fixture *shop)
{
  QuayId product = tea (shop);
  return quay_till_reserved (shop->till, &product).milli;
}

static void
hand_over (Fixture *shop, const QuayId *id)
{
  g_autoptr (GError) error = NULL;
  quay_till_hand_over (shop->till, id, &error);
  g_assert_no_error (error);
}

static QuayOrderState
state_of (Fixture *shop, const QuayId *id)
{
  g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, id);
  g_assert_cmpint (order->n_ends, <=, 1);
  return quay_order_state (order, quay_till_day (shop->till));
}

static void
test_place (Fixture *shop, gconstpointer data)
{
  QuayId id = place (shop, 100000, QUAY_TENDER_CASH);
  g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, &id);
  g_assert_cmpstr (order->name, ==, "Hoàng Văn Khách");
  g_assert_cmpstr (order->phone, ==, "0912 345 678");
  g_assert_cmpint (order->total.dong, ==, 232000);
  g_assert_cmpuint (order->lines->len, ==, 1);
  g_assert_cmpint (drawer (shop), ==, 100000);
  g_assert_cmpint (reserved (shop), ==, 4000);
  /* again with the same id: the same order, no more money */
  g_autoptr (GError) error = NULL;
  g_autofree char *again = try_place (shop, &id, 100000, QUAY_TENDER_CASH, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, order->number);
  g_assert_cmpint (drawer (shop), ==, 100000);
  /* found by what people say */
  const char *const asked[] = { "hoang khach", "678", order->number, "345 678" };
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GPtrArray) found = quay_till_orders (shop->till, 0, asked[i]);
      g_assert_cmpuint (found->len, ==, 1);
    }
  g_autoptr (GPtrArray) none = quay_till_orders (shop->till, 0, "12");
  g_assert_cmpuint (none->len, ==, 0);
}

/* The journal and the tables never have the name or the number in clear. */
static void
test_sealed (Fixture *shop, gconstpointer data)
{
  place (shop, 0, QUAY_TENDER_CASH);
  g_autoptr (GError) error = NULL;
  quay_till_close (shop->till);
  g_autoptr (GDir) dir = g_dir_open (shop->dir, 0, &error);
  g_assert_no_error (error);
  guint looked = 0;
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      gsize len;
      g_autofree char *bytes = NULL;
      g_autofree char *path = g_build_filename (shop->dir, name, NULL);
      if (!g_file_get_contents (path, &bytes, &len, NULL))
        continue;
      looked++;
      g_assert_null (memmem (bytes, len, "Văn Khách", strlen ("Văn Khách")));
      g_assert_null (memmem (bytes, len, "345 678", 7));
    }
  g_assert_cmpuint (looked, >, 0);
  g_clear_object (&shop->till);
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *shop, QuayOrderAsk ask, QuayOrderFault fault)
{
  QuayMoney total;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_assert_cmpint (quay_order_check (&ask, quay_till_day (shop->till), &total), ==, fault);
  g_assert_null (quay_till_place_order (shop->till, &id, &ask, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
test_refused (Fixture *shop, gconstpointer data)
{
  g_autoptr (GPtrArray) list = lines (shop);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const QuayOrderAsk sound = { .name = "Lan", .lines = list };
  QuayOrderAsk ask = sound;
  ask.name = "";
  assert_refused (shop, ask, QUAY_ORDER_NO_NAME);
  ask = sound;
  ask.phone = "0912a";
  assert_refused (shop, ask, QUAY_ORDER_BAD_PHONE);
  ask = sound;
  ask.due = quay_day_add (quay_till_day (shop->till), -1);
  assert_refused (shop, ask, QUAY_ORDER_PAST_DUE);
  ask = sound;
  ask.lines = none;
  assert_refused (shop, ask, QUAY_ORDER_NO_LINES);
  ask = sound;
  ask.deposit = QUAY_DONG (232001);
  assert_refused (shop, ask, QUAY_ORDER_BAD_DEPOSIT);
  ask.deposit = QUAY_DONG (-1);
  assert_refused (shop, ask, QUAY_ORDER_BAD_DEPOSIT);
  g_assert_cmpint (drawer (shop), ==, 0);
  g_assert_cmpint (reserved (shop), ==, 0);
}

/* The rest in cash, by transfer or by card; the drawer has what came in cash. */
static void
test_hand_over (Fixture *shop, gconstpointer data)
{
  static const struct
  {
    QuayTender deposit;
    QuayTender rest;
    gint64 in_drawer;
  } cases[] = {
    { QUAY_TENDER_CASH, QUAY_TENDER_CASH, 232000 },
    { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, 100000 },
    { QUAY_TENDER_TRANSFER, QUAY_TENDER_CASH, 132000 },
    { QUAY_TENDER_CARD, QUAY_TENDER_CARD, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 before = drawer (shop);
      QuayId id = place (shop, 100000, cases[i].deposit);
      hand_over (shop, &id);
      g_assert_cmpint (quay_cart_deposit (quay_till_cart (shop->till)).dong, ==, 100000);
      g_autoptr (GPtrArray) rest = quay_test_payment (NULL, cases[i].rest, 132000);
      g_autoptr (QuaySaleRecord) sale = quay_till_pay (shop->till, rest, &error);
      g_assert_no_error (error);
      g_assert_cmpint (sale->total.dong, ==, 232000);
      g_assert_cmpuint (sale->payments->len, ==, 2);
      g_assert_cmpint (state_of (shop, &id), ==, QUAY_ORDER_HANDED);
      g_assert_cmpint (drawer (shop) - before, ==, cases[i].in_drawer);
      g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, &id);
      g_assert_cmpstr (order->sale_no, ==, sale->number);
    }
  g_assert_cmpint (reserved (shop), ==, 0);
}

static void
assert_cannot_pay (Fixture *shop)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* The power goes between taking the order to the counter and paying; then an old copy of the cart
 * turns up again. */
static void
test_crash (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId id = place (shop, 100000, QUAY_TENDER_CASH);
  hand_over (shop, &id);
  quay_test_shop_reopen (shop);
  g_assert_true (quay_id_equal (&quay_till_cart (shop->till)->order, &id));
  g_autoptr (QuayCart) copy = quay_cart_copy (quay_till_cart (shop->till));
  g_autoptr (QuayCart) other = quay_cart_copy (copy);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (drawer (shop), ==, 232000);
  quay_test_shop_reopen (shop);
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->till)));
  /* the answer was lost, and it is tried again: the first sale */
  g_autoptr (QuaySaleRecord) again = quay_till_sell_cart (shop->till, copy, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->number, ==, sale->number);
  /* another cart of the same order is refused: the deposit is used */
  other->id = quay_till_new_id (shop->till);
  g_assert_null (quay_till_sell_cart (shop->till, other, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (quay_till_hand_over (shop->till, &id, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_cmpint (drawer (shop), ==, 232000);
}

/* Put aside and taken again: one cart, not two; cancelled meanwhile: it can't be paid. */
static void
test_twice (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId id = place (shop, 100000, QUAY_TENDER_CASH);
  hand_over (shop, &id);
  QuayId cart = quay_till_cart (shop->till)->id;
  g_assert_true (quay_till_hold (shop->till, NULL, &error));
  hand_over (shop, &id);
  g_assert_true (quay_id_equal (&quay_till_cart (shop->till)->id, &cart));
  QuayId end = quay_till_new_id (shop->till);
  g_assert_false (
      quay_till_cancel_order (shop->till, &end, &id, QUAY_DONG (100001), 0, "đổi ý", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_till_cancel_order (shop->till, &end, &id, QUAY_DONG (0), 0, "", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    {
      quay_till_cancel_order (shop->till, &end, &id, QUAY_DONG (60000), 0, "đổi ý", &error);
      g_assert_no_error (error);
      g_assert_cmpint (drawer (shop), ==, 40000);
    }
  assert_cannot_pay (shop);
  g_assert_cmpint (state_of (shop, &id), ==, QUAY_ORDER_CANCELLED);
  g_assert_cmpint (reserved (shop), ==, 0);
}

/* Fewer goods than the deposit paid for: the rest of it is given back. */
static void
test_smaller (Fixture *shop, gconstpointer data)
{
  QuayId id = place (shop, 100000, QUAY_TENDER_CASH);
  QuayMoney difference;
  g_autoptr (GError) error = NULL;
  /* the next shift begins with the sale itself */
  g_assert_true (quay_till_close_shift (shop->till, QUAY_DONG (100000), NULL, &difference, &error));
  hand_over (shop, &id);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (1), &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpuint (sale->payments->len, ==, 1);
  g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, &id);
  g_assert_cmpint (order->back.dong, ==, 42000);
  g_assert_cmpint (drawer (shop), ==, -42000);
}

/* Nobody else may pay by a deposit; the whole may be paid ahead. */
static void
test_only_with_order (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, TEA);
  g_autoptr (GPtrArray) deposit = quay_test_payment (NULL, QUAY_TENDER_DEPOSIT, 60000);
  g_assert_null (quay_till_pay (shop->till, deposit, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  QuayId id = place (shop, 232000, QUAY_TENDER_CASH);
  hand_over (shop, &id);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpuint (sale->payments->len, ==, 1);
  g_assert_cmpint (drawer (shop), ==, 232000);
}

/* What the lists to sell from and the page of stock say of the tea. */
static void
assert_promised (Fixture *shop, gint64 kept)
{
  g_autoptr (GError) error = NULL;
  QuayId product = tea (shop);
  QuayShelfAsk ask = quay_till_shelf_ask (shop->till, 0, NULL);
  g_autoptr (QuayItem) item = quay_till_item (shop->till, &product);
  g_autoptr (GPtrArray) found = quay_till_search (shop->till, item->sku, 1);
  g_autoptr (QuayShelf) shelf = quay_till_shelf (shop->till, &ask, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (((QuayItem *)found->pdata[0])->kept.milli, ==, kept);
  for (guint i = 0; i < shelf->rows->len; i++)
    {
      const QuayShelfRow *row = shelf->rows->pdata[i];
      gint64 mine = quay_id_equal (&row->product, &product) ? kept : 0;
      g_assert_cmpint (row->kept.milli, ==, mine);
      g_assert_cmpint (quay_shelf_row_free_qty (row).milli, ==, row->stock.milli - mine);
    }
}

static void
test_reserved (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, TEA);
  QuayQty free = QUAY_MILLI (scanned->item->stock.milli - 4000);
  g_assert_cmpint (free.milli, >, 0);
  assert_promised (shop, 0);
  QuayId id = place (shop, 0, QUAY_TENDER_CASH);
  assert_promised (shop, 4000);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, free, &error));
  g_autoptr (GArray) fits = quay_till_cart_over_reserved (shop->till);
  g_assert_cmpuint (fits->len, ==, 0);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_MILLI (free.milli + 1000), &error));
  g_autoptr (GArray) over = quay_till_cart_over_reserved (shop->till);
  g_assert_cmpuint (over->len, ==, 1);
  /* it is a warning alone */
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_nonnull (sale);
  /* the order's own cart takes what is kept for it */
  hand_over (shop, &id);
  g_autoptr (GArray) own = quay_till_cart_over_reserved (shop->till);
  g_assert_cmpuint (own->len, ==, 0);
}

static void
test_slip (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId id = place (shop, 100000, QUAY_TENDER_CASH);
  g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, &id);
  g_autoptr (GBytes) text = quay_till_render_order (shop->till, order, "text", 80, &error);
  g_assert_no_error (error);
  g_autofree char *slip = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  const char *const said[] = { "PHIẾU ĐẶT HÀNG", order->number, "Hoàng Văn Khách", "132.000",
                               "CÒN TRẢ",        "Đã đặt cọc",  "Ngày giao" };
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (strstr (slip, said[i]) == NULL)
      g_error ("'%s' is not in:\n%s", said[i], slip);
  g_autoptr (GBytes) pdf = quay_till_render_order (shop->till, order, "pdf", 58, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 4, "%PDF", 4);
}

/* --- two tills that know each other by what is carried between them --- */

static void
set_up_other (Fixture *other)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = {
    .shop = "Quế Thanh", .till_code = "QT2", .language = "vi", .width_mm = 80, .sample = FALSE
  };
  quay_test_env_init (&other->env, 2);
  other->dir = quay_test_dir ();
  g_assert_true (quay_till_make_shop (other->dir, &setup, &other->env.env, &error));
  g_assert_no_error (error);
  other->till = quay_till_open_with (other->dir, NULL, &other->env.env, &error);
  g_assert_no_error (error);
}

static void
carry (Fixture *from, Fixture *to)
{
  guint64 n;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (from->dir, "carried.jsonl", NULL);
  g_assert_true (quay_till_export_events (from->till, file, 0, &n, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (quay_till_import_events (to->till, file, &n, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_ended_twice (Fixture *shop, const QuayId *id, const QuayId *end)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayOrderRecord) order = quay_till_order (shop->till, id);
  g_assert_cmpint (order->n_ends, ==, 2);
  g_assert_true (order->handed); /* it came first, on both */
  g_assert_true (quay_id_equal (&order->end, end));
  g_assert_false (quay_till_hand_over (shop->till, id, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* The other till sees the order without the name, keeps its goods back, and hands it over; the
 * first, which does not know, cancels it. Both then show that it ended twice. */
static void
test_two_tills (Fixture *a, gconstpointer data)
{
  Fixture b = { 0 };
  g_autoptr (GError) error = NULL;
  set_up_other (&b);
  QuayId id = place (a, 100000, QUAY_TENDER_CASH);
  QuayId product = tea (a);
  carry (a, &b);
  g_autoptr (QuayOrderRecord) there = quay_till_order (b.till, &id);
  g_assert_null (there->name);
  g_assert_cmpint (quay_till_reserved (b.till, &product).milli, ==, 4000);
  hand_over (&b, &id);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&b);
  g_assert_cmpint (drawer (&b), ==, 132000);
  g_autoptr (QuayOrderRecord) handed = quay_till_order (b.till, &id);
  a->env.wall_ms += 60000;
  QuayId end = quay_till_new_id (a->till);
  quay_till_cancel_order (a->till, &end, &id, QUAY_DONG (100000), 0, "không đến", &error);
  g_assert_no_error (error);
  carry (a, &b);
  carry (&b, a);
  assert_ended_twice (a, &id, &handed->end);
  assert_ended_twice (&b, &id, &handed->end);
  g_assert_cmpint (reserved (a), ==, 0);
  quay_test_shop_clear (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/orders/place", test_place);
  ADD ("/orders/sealed", test_sealed);
  ADD ("/orders/refused", test_refused);
  ADD ("/orders/hand-over", test_hand_over);
  ADD ("/orders/crash", test_crash);
  ADD ("/orders/twice", test_twice);
  ADD ("/orders/smaller", test_smaller);
  ADD ("/orders/only-with-order", test_only_with_order);
  ADD ("/orders/reserved", test_reserved);
  ADD ("/orders/slip", test_slip);
  ADD ("/orders/two-tills", test_two_tills);
  return g_test_run ();
}
