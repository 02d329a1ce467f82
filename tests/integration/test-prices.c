/* Prices of a cart: lists by day, promotions, discounts, prices by hand, what the law says; that
 * they come back with the draft, on the receipt, in refunds and in what a producer is owed. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-till-discount.h"
#include "quay-till-goods.h"
#include "quay-till-labels.h"
#include "quay-till-law.h"
#include "quay-till-partner.h"
#include "quay-till-places.h"
#include "quay-till-prices.h"
#include "quay-till-private.h"
#include "quay-till-promotions.h"
#include "quay-till-settle.h"

#include <string.h>

#define TEA "2900000000049"    /* OCOP004, 60.000 đ, group tea */
#define NOODLE "2900000000018" /* OCOP001, 65.000 đ, group noodle */
#define SPIRIT "2900000000117" /* OCOP011, 95.000 đ, 30 % */
#define WINE "2900000000087"   /* OCOP008, 180.000 đ, 12 % */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static void
set_up (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (QuayTestShop *shop, gconstpointer data)
{
  quay_test_shop_assert_sound (shop);
  quay_test_shop_clear (shop);
}

static QuayId
product_of (QuayTestShop *shop, const char *sku)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, sku);
  g_assert_nonnull (item);
  return item->product;
}

static const QuayLine *
line_at (QuayTestShop *shop, guint index)
{
  const QuayCart *cart = quay_till_cart (shop->till);
  g_assert_cmpuint (index, <, cart->lines->len);
  return cart->lines->pdata[index];
}

static gint64
total_of (QuayTestShop *shop)
{
  return quay_cart_totals (quay_till_cart (shop->till)).total.dong;
}

static QuayId
add_promotion (QuayTestShop *shop, QuayPromoKind kind, gint64 value, const char *category)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = quay_promotion_new ();
  p->id = quay_till_new_id (shop->till);
  p->name = g_strdup ("Tuần lễ trà");
  p->kind = kind;
  p->value = value;
  p->scope = category != NULL ? QUAY_PROMO_CATEGORY : QUAY_PROMO_ALL;
  p->category = g_strdup (category);
  p->steps = quay_promo_steps_parse ("30:2000");
  quay_till_save_promotion (shop->till, p, &error);
  g_assert_no_error (error);
  return p->id;
}

/* Everything of a sale comes back, and with it all that was paid. */
static void
give_all_back (QuayTestShop *shop, const QuaySaleRecord *sale)
{
  gint64 back = 0;
  for (guint i = 0; i < sale->lines->len; i++)
    {
      const QuayLine *line = sale->lines->pdata[i];
      for (gint64 left = line->qty.milli; left > 0; left -= 1000)
        {
          QuayMoney total;
          g_autoptr (GError) error = NULL;
          QuayId id = quay_till_new_id (shop->till);
          QuayRefundAsk ask = { .line = i + 1, .qty = QUAY_UNITS (1), .restock = TRUE };
          g_autofree char *number =
              quay_till_refund (shop->till, &id, sale->number, &ask, 1, "đổi ý", &total, &error);
          g_assert_no_error (error);
          back += total.dong;
        }
    }
  g_assert_cmpint (back, ==, sale->total.dong);
}

/* --- lists --- */

static void
save_list (QuayTestShop *shop, const char *name, gint64 minimum)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPriceList) list = quay_price_list_new ();
  list->name = g_strdup (name);
  list->code = quay_price_list_code_of (name);
  list->minimum = QUAY_UNITS (minimum);
  quay_till_save_price_list (shop->till, list, &error);
  g_assert_no_error (error);
}

static void
set_price (QuayTestShop *shop, const char *code, const char *sku, gint64 price, int days)
{
  g_autoptr (GError) error = NULL;
  QuayPriceAsk ask = { product_of (shop, sku), QUAY_DONG (price) };
  quay_till_set_prices (shop->till, code, &ask, 1, quay_day_add (quay_till_day (shop->till), days),
                        NULL, &error);
  g_assert_no_error (error);
}

static void
set_list (QuayTestShop *shop, const char *code)
{
  g_autoptr (GError) error = NULL;
  quay_till_cart_set_list (shop->till, code, &error);
  g_assert_no_error (error);
}

static void
test_list (QuayTestShop *shop, gconstpointer data)
{
  save_list (shop, "Giá sỉ", 3);
  set_price (shop, "gia-si", "OCOP004", 50000, 0);
  set_price (shop, "gia-si", "OCOP004", 45000, 1);
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, TEA);
  set_list (shop, "gia-si");
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpint (line_at (shop, 1)->price.dong, ==, 60000); /* two are not enough */
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpuint (quay_till_cart (shop->till)->lines->len, ==, 2);
  g_assert_cmpint (line_at (shop, 1)->price.dong, ==, 50000);
  g_assert_cmpint (line_at (shop, 0)->price.dong, ==, 65000); /* not in the list */
  quay_test_shop_reopen (shop);
  g_assert_cmpstr (quay_till_cart (shop->till)->list, ==, "gia-si");
  g_assert_cmpint (total_of (shop), ==, 65000 + 150000);
  g_assert_true (quay_till_cart_set_qty (shop->till, 1, QUAY_UNITS (2), NULL));
  g_assert_cmpint (line_at (shop, 1)->price.dong, ==, 60000);
  g_assert_true (quay_till_cart_set_qty (shop->till, 1, QUAY_UNITS (4), NULL));
  quay_test_env_move (&shop->env, DAY_MS);
  set_list (shop, NULL);
  g_assert_cmpint (line_at (shop, 1)->price.dong, ==, 60000);
  set_list (shop, "gia-si");
  g_assert_cmpint (line_at (shop, 1)->price.dong, ==, 45000);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 65000 + 180000);
  g_assert_null (quay_till_cart (shop->till)->list);
  give_all_back (shop, sale);
}

static void
test_list_refused (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayPriceAsk ask = { product_of (shop, "OCOP004"), QUAY_DONG (1000) };
  QuayDay today = quay_till_day (shop->till);
  save_list (shop, "Giá sỉ", 0);
  g_assert_false (
      quay_till_set_prices (shop->till, "gia-si", &ask, 1, quay_day_add (today, -1), NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_till_set_prices (shop->till, "gia-le", &ask, 1, today, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (quay_till_cart_set_list (shop->till, "gia-le", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (QuayPriceList) same = quay_price_list_new ();
  same->name = g_strdup ("Giá sỉ");
  same->code = g_strdup ("khac");
  g_assert_false (quay_till_save_price_list (shop->till, same, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
}

/* A fair's carts have the fair's prices from the start. */
static void
test_place_list (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId stall = quay_till_new_id (shop->till);
  save_list (shop, "Hội chợ", 0);
  set_price (shop, "hoi-cho", "OCOP004", 55000, 0);
  g_assert_true (quay_till_save_place (shop->till, &stall, "Gian hàng", QUAY_PLACE_STALL, &error));
  g_assert_true (quay_till_set_place_list (shop->till, &stall, "hoi-cho", &error));
  g_assert_true (quay_till_sell_from (shop->till, &stall, &error));
  g_assert_no_error (error);
  quay_test_shop_reopen (shop);
  g_assert_cmpstr (quay_till_cart (shop->till)->list, ==, "hoi-cho");
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpint (total_of (shop), ==, 55000);
  set_price (shop, "hoi-cho", "OCOP004", -1, 0); /* out of the list: the shelf's */
  g_assert_true (quay_till_cart_take_prices (shop->till, &error));
  g_assert_cmpint (total_of (shop), ==, 60000);
}

static void
test_files (QuayTestShop *shop, gconstpointer data)
{
  guint n;
  QuayMoney price;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  QuayDay today = quay_till_day (shop->till);
  QuayId tea = product_of (shop, "OCOP004");
  g_autofree char *path = g_build_filename (shop->dir, "gia.csv", NULL);
  save_list (shop, "Giá sỉ", 0);
  set_price (shop, "gia-si", "OCOP001", 60000, 0);
  g_assert_true (quay_till_export_prices (shop->till, path, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 20);
  g_assert_true (quay_till_import_prices (shop->till, path, today, &n, &refusals, &error));
  g_assert_cmpuint (n, ==, 0); /* as it was */
  g_assert_true (g_file_set_contents (
      path, "sku,price,gia-si\nOCOP004,,52.000\nOCOP001,66000,-\nOCOP002,,\n", -1, NULL));
  g_assert_true (quay_till_import_prices (shop->till, path, today, &n, &refusals, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (quay_till_list_price (shop->till, "gia-si", &tea, &price));
  g_assert_cmpint (price.dong, ==, 52000);
  g_assert_true (
      g_file_set_contents (path, "sku,gia-si\nOCOP004,1\nOCOP999,1\nOCOP001,năm\n", -1, NULL));
  g_assert_false (quay_till_import_prices (shop->till, path, today, &n, &refusals, &error));
  g_assert_cmpuint (refusals->len, ==, 2);
  g_assert_true (quay_till_list_price (shop->till, "gia-si", &tea, &price));
  g_assert_cmpint (price.dong, ==, 52000); /* all of it or nothing */
  g_autoptr (GPtrArray) labels = quay_till_repriced (shop->till, today);
  gboolean found = FALSE;
  for (guint i = 0; i < labels->len; i++)
    found |= strcmp (((const QuayItem *)labels->pdata[i])->sku, "OCOP001") == 0;
  g_assert_true (found); /* its label is old */
}

/* --- promotions --- */

static void
test_promotion (QuayTestShop *shop, gconstpointer data)
{
  QuayId id = add_promotion (shop, QUAY_PROMO_PERCENT, 1000, "tea");
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpuint (quay_till_cart (shop->till)->lines->len, ==, 2); /* it joined */
  g_assert_cmpint (line_at (shop, 0)->amount.dong, ==, 108000);
  g_assert_null (line_at (shop, 1)->offs);
  quay_test_shop_reopen (shop);
  g_assert_cmpint (total_of (shop), ==, 173000);
  g_autoptr (QuaySaleRecord) sold = quay_test_shop_pay (shop);
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (shop->till, sold->number);
  const QuayLine *line = sale->lines->pdata[0];
  g_assert_cmpint (quay_line_gross (line).dong, ==, 120000);
  g_assert_cmpuint (line->offs->len, ==, 1);
  const QuayOff *off = line->offs->pdata[0];
  g_assert_cmpint (off->kind, ==, QUAY_OFF_PROMOTION);
  g_assert_cmpint (off->amount.dong, ==, 12000);
  g_assert_true (quay_id_equal (&off->promo, &id));
  g_assert_cmpstr (off->name, ==, "Tuần lễ trà");
  g_assert_cmpint (line->net.dong, ==, 100000); /* VAT of what was paid */
  g_assert_null (((const QuayLine *)sale->lines->pdata[1])->offs);
  give_all_back (shop, sale);
}

static void
test_promotion_ends (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId id = add_promotion (shop, QUAY_PROMO_AMOUNT, 5000, NULL);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_hold (shop->till, NULL, &error));
  g_autoptr (GPtrArray) held = quay_till_held (shop->till);
  g_assert_cmpint (((const QuayHeld *)held->pdata[0])->total.dong, ==, 55000);
  g_assert_true (quay_till_switch_promotion (shop->till, &id, FALSE, &error));
  g_assert_true (quay_till_recall (shop->till, &((const QuayHeld *)held->pdata[0])->id, &error));
  g_assert_cmpint (total_of (shop), ==, 60000);
  g_assert_true (quay_till_switch_promotion (shop->till, &id, TRUE, &error));
  g_assert_cmpint (total_of (shop), ==, 55000); /* the open cart is priced again */
  QuayId nobody = quay_till_new_id (shop->till);
  g_assert_false (quay_till_switch_promotion (shop->till, &nobody, TRUE, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

static void
test_promotion_refused (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = quay_promotion_new ();
  p->id = quay_till_new_id (shop->till);
  p->name = g_strdup ("Rượu rẻ");
  p->value = 10001;
  g_assert_false (quay_till_save_promotion (shop->till, p, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "value");
  g_clear_error (&error);
  p->value = 1000;
  p->scope = QUAY_PROMO_PRODUCT;
  p->target = product_of (shop, "OCOP011");
  g_assert_false (quay_till_save_promotion (shop->till, p, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_assert_nonnull (strstr (error->message, "44/2019/QH14"));
  g_autoptr (GPtrArray) all = quay_till_promotions (shop->till);
  g_assert_cmpuint (all->len, ==, 0);
}

static void
test_preview (QuayTestShop *shop, gconstpointer data)
{
  guint n;
  g_autoptr (QuayPromotion) p = quay_promotion_new ();
  p->name = g_strdup ("Rượu");
  p->value = 1000;
  p->scope = QUAY_PROMO_CATEGORY;
  p->category = g_strdup ("spirit");
  p->until = 20200101; /* whatever its days are */
  g_autoptr (GPtrArray) cheaper = quay_till_preview_promotion (shop->till, p, 1, &n);
  g_assert_cmpuint (cheaper->len, ==, 1);
  g_assert_cmpuint (n, >=, 2);
  p->category[0] = 'x';
  g_autoptr (GPtrArray) none = quay_till_preview_promotion (shop->till, p, 9, &n);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- discounts and prices by hand --- */

static void
test_discounts (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayTill *till = shop->till;
  quay_test_shop_scan (shop, TEA);
  quay_test_shop_scan (shop, NOODLE);
  quay_test_shop_scan (shop, SPIRIT);
  g_assert_false (quay_till_cart_discount_line (till, 0, 1000, QUAY_DONG (0), "", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID); /* no reason */
  g_clear_error (&error);
  g_assert_false (quay_till_cart_discount_line (till, 0, 0, QUAY_DONG (60001), "lỗi", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_till_cart_discount_line (till, 2, 500, QUAY_DONG (0), "lỗi", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_clear_error (&error);
  g_assert_cmpint (total_of (shop), ==, 220000);
  g_assert_true (quay_till_cart_discount_line (till, 0, 1000, QUAY_DONG (0), "móp hộp", &error));
  g_assert_true (quay_till_cart_discount (till, 0, QUAY_DONG (10001), "khách quen", &error));
  g_assert_no_error (error);
  g_assert_cmpint (total_of (shop), ==, 220000 - 6000 - 10001);
  g_assert_cmpint (line_at (shop, 2)->amount.dong, ==, 95000);
  quay_test_shop_scan (shop, TEA); /* a line of its own: it is not dented */
  g_assert_cmpuint (quay_till_cart (till)->lines->len, ==, 4);
  g_assert_cmpint (total_of (shop), ==, 280000 - 6000 - 10001);
  quay_test_shop_reopen (shop);
  g_assert_cmpint (total_of (shop), ==, 280000 - 6000 - 10001);
  quay_till_cart_confirm_age (shop->till);
  g_autoptr (QuaySaleRecord) sold = quay_test_shop_pay (shop);
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (shop->till, sold->number);
  g_assert_cmpint (quay_discount_total (sale->lines).dong, ==, 16001);
  g_autoptr (GBytes) paper = quay_till_copy_receipt (shop->till, sale->number, "text", 80, &error);
  g_assert_no_error (error);
  const char *text = g_bytes_get_data (paper, NULL);
  g_assert_nonnull (g_strstr_len (text, (gssize)g_bytes_get_size (paper), "móp hộp"));
  g_assert_nonnull (g_strstr_len (text, (gssize)g_bytes_get_size (paper), "16.001"));
  give_all_back (shop, sale);
}

/* What was noted of an act, in the journal as it can be exported. */
static gint64
count_noted (QuayTestShop *shop, const char *act)
{
  guint64 events, first, last;
  gsize len;
  gint64 n = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (shop->dir, "events", NULL);
  g_autofree char *wanted = g_strdup_printf ("\\\"act\\\":\\\"%s\\\"", act);
  g_assert_true (quay_till_export_events (shop->till, path, 0, &events, &first, &last, &error));
  g_assert_true (g_file_get_contents (path, &text, &len, &error));
  for (const char *p = text; (p = g_strstr_len (p, (gssize)(text + len - p), wanted)) != NULL; p++)
    n++;
  return n;
}

static void
test_price_by_hand (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayTill *till = shop->till;
  QuayMoney now;
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_price_line (till, 0, QUAY_DONG (52000), "giá cũ trên kệ", &error));
  g_assert_no_error (error);
  g_assert_cmpint (line_at (shop, 0)->was.dong, ==, 60000);
  g_assert_cmpint (count_noted (shop, "price"), ==, 1);
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpuint (quay_till_cart (till)->lines->len, ==, 2);
  g_assert_true (quay_till_cart_take_prices (till, &error));
  g_assert_cmpint (total_of (shop), ==, 112000); /* it stays */
  g_assert_false (quay_till_cart_price_now (till, 0, &now));
  quay_test_shop_reopen (shop);
  g_assert_cmpint (line_at (shop, 0)->was.dong, ==, 60000);
  g_assert_true (quay_till_cart_price_line (shop->till, 0, QUAY_DONG (60000), NULL, &error));
  g_assert_cmpint (line_at (shop, 0)->was.dong, ==, 0);
  quay_test_shop_scan (shop, SPIRIT);
  g_assert_false (quay_till_cart_price_line (shop->till, 2, QUAY_DONG (90000), "rẻ", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_clear_error (&error);
  g_assert_true (quay_till_cart_price_line (shop->till, 2, QUAY_DONG (99000), "giá mới", &error));
}

/* A cart made elsewhere obeys the same rules when it is sold. */
static void
test_handmade (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) cart = quay_till_make_cart (shop->till);
  g_autoptr (QuayLine) line = quay_till_make_line (shop->till, SPIRIT, QUAY_UNITS (1), &error);
  g_assert_true (quay_discount_set_line (line, 1000, QUAY_DONG (0), "lén", NULL));
  g_assert_true (quay_cart_add (cart, line, NULL, NULL));
  cart->age = QUAY_AGE_CONFIRMED;
  g_assert_null (quay_till_sell_cart (shop->till, cart, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
}

/* --- law --- */

static void
test_licence (QuayTestShop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayDay today = quay_till_day (shop->till);
  QuayId stall = quay_till_new_id (shop->till);
  g_assert_cmpint (quay_till_licence (shop->till, NULL, NULL), ==, QUAY_LICENCE_UNKNOWN);
  quay_test_shop_scan (shop, WINE); /* the till can't know: it warns */
  g_assert_true (quay_till_cart_needs_licence (shop->till));
  g_assert_true (quay_till_set_licence (shop->till, "12/GP-UBND", today, &error));
  g_assert_cmpint (quay_till_licence (shop->till, NULL, NULL), ==, QUAY_LICENCE_SOUND);
  quay_test_env_move (&shop->env, DAY_MS);
  g_assert_cmpint (quay_till_licence (shop->till, NULL, NULL), ==, QUAY_LICENCE_EXPIRED);
  quay_till_cart_confirm_age (shop->till);
  g_assert_null (quay_till_pay (shop->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_clear_error (&error);
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, SPIRIT);
  g_assert_false (quay_till_cart_add (shop->till, scanned->line, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_clear_error (&error);
  g_assert_true (quay_till_set_licence (shop->till, "13/GP-UBND", 0, &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 180000);
  g_assert_true (quay_till_save_place (shop->till, &stall, "Hội chợ", QUAY_PLACE_STALL, &error));
  g_assert_true (quay_till_sell_from (shop->till, &stall, &error));
  g_assert_cmpint (quay_till_licence (shop->till, NULL, NULL), ==, QUAY_LICENCE_ELSEWHERE);
  g_autoptr (QuayScanned) again = quay_till_scan (shop->till, WINE);
  g_assert_false (quay_till_cart_add (shop->till, again->line, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_LAW);
  g_clear_error (&error);
  g_assert_true (quay_till_set_licence (shop->till, "5/GP-UBND", 0, &error));
  g_assert_no_error (error);
  quay_test_shop_scan (shop, WINE);
}

/* A promotion of everything passes spirits by. */
static void
test_spirits (QuayTestShop *shop, gconstpointer data)
{
  add_promotion (shop, QUAY_PROMO_PERCENT, 1000, NULL);
  quay_test_shop_scan (shop, SPIRIT);
  quay_test_shop_scan (shop, WINE);
  g_assert_cmpint (line_at (shop, 0)->amount.dong, ==, 95000);
  g_assert_cmpint (line_at (shop, 1)->amount.dong, ==, 162000);
}

/* --- consigned goods --- */

typedef struct
{
  const char *name;
  QuayTermsBase base;
  gint64 net;
  gint64 cost; /* of two at 60.000 with 10 % off: 108.000 paid, 100.000 without VAT */
} ShareCase;

static const ShareCase share_cases[] = {
  { "paid", QUAY_BASE_PAID, 0, 91800 },      /* 85 % of 108.000: both bear it */
  { "paid-net", QUAY_BASE_PAID, 1, 85000 },  /* 85 % of 100.000 */
  { "shelf", QUAY_BASE_SHELF, 0, 102000 },   /* 85 % of 120.000: the shop bears it */
  { "shelf-net", QUAY_BASE_SHELF, 1, 94444 } /* 85 % of 111.111 */
};

static QuayId
receive_tea (QuayTestShop *shop, const QuayTerms *terms, QuayDay expires)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (shop->till);
  edit->name = g_strdup ("Tổ hợp tác Bản Mới");
  g_assert_true (quay_till_save_partner (shop->till, &line->producer, edit, &refusals, &error));
  line->product = product_of (shop, "OCOP004");
  line->name = g_strdup ("Trà nụ vối");
  line->lot = quay_till_new_id (shop->till);
  line->qty = QUAY_UNITS (2);
  line->expires = expires;
  line->terms = *terms;
  QuayId producer = line->producer;
  voucher->reason = g_strdup ("consigned");
  g_ptr_array_add (voucher->lines, line);
  g_autofree char *number =
      quay_till_post_goods (shop->till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  g_assert_no_error (error);
  return producer;
}

static void
test_share (QuayTestShop *shop, gconstpointer data)
{
  const ShareCase *c = data;
  g_autoptr (GError) error = NULL;
  QuayTerms terms = {
    .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500, .base = c->base, .net_of_vat = c->net
  };
  QuayId producer = receive_tea (shop, &terms, 0);
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (2), &error));
  g_assert_true (quay_till_cart_discount_line (shop->till, 0, 1000, QUAY_DONG (0), "móp", &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  QuayId settlement = quay_till_new_id (shop->till);
  QuaySettleAsk ask = { .from = 20261101, .to = 20261130 };
  g_autofree char *number = quay_till_settle (shop->till, &settlement, &producer, &ask, &error);
  g_assert_no_error (error);
  g_assert_cmpint (quay_till_owed (shop->till, &producer).dong, ==, c->cost);
  give_all_back (shop, sale);
}

/* Goods that expire soon are marked down, if all of the line comes from such lots. */
static void
test_expiry (QuayTestShop *shop, gconstpointer data)
{
  QuayTerms terms = { .kind = QUAY_TERMS_OWN, .price = QUAY_DONG (30000) };
  add_promotion (shop, QUAY_PROMO_EXPIRY, 0, NULL);
  receive_tea (shop, &terms, quay_day_add (quay_till_day (shop->till), 20));
  quay_test_shop_scan (shop, TEA);
  g_assert_cmpint (total_of (shop), ==, 48000);
  g_assert_cmpint (((const QuayOff *)line_at (shop, 0)->offs->pdata[0])->kind, ==, QUAY_OFF_EXPIRY);
  quay_test_env_move (&shop->env, 21 * DAY_MS); /* past its date: no bargain */
  g_assert_true (quay_till_cart_set_note (shop->till, 0, "hạn", NULL));
  g_assert_cmpint (total_of (shop), ==, 60000);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (QuayTestShop *shop, gconstpointer data);
  } tests[] = {
    { "/prices/list", test_list },
    { "/prices/list-refused", test_list_refused },
    { "/prices/place", test_place_list },
    { "/prices/files", test_files },
    { "/prices/promotion", test_promotion },
    { "/prices/promotion-ends", test_promotion_ends },
    { "/prices/promotion-refused", test_promotion_refused },
    { "/prices/preview", test_preview },
    { "/prices/discounts", test_discounts },
    { "/prices/by-hand", test_price_by_hand },
    { "/prices/handmade", test_handmade },
    { "/prices/licence", test_licence },
    { "/prices/spirits", test_spirits },
    { "/prices/expiry", test_expiry },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, QuayTestShop, NULL, set_up, tests[i].run, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (share_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/prices/share/", share_cases[i].name, NULL);
      g_test_add (path, QuayTestShop, &share_cases[i], set_up, test_share, tear_down);
    }
  return g_test_run ();
}
