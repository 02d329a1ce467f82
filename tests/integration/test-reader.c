/* Reads: items with prices and VAT by day, stars, stock, lists; sales and their search; figures. */
#include "store-fixture.h"

#include <string.h>

static QuayAsOf
at_day (QuayDay day)
{
  return (QuayAsOf){ .day = day, .loc = quay_test_id ('l', 1) };
}

typedef struct
{
  Shop shop;
  QuayReader *reader;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop_set_up (&desk->shop, NULL);
  desk->reader = quay_reader_new (desk->shop.store, &error);
  g_assert_no_error (error);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  quay_reader_free (desk->reader);
  shop_tear_down (&desk->shop, NULL);
}

static void
put (Desk *desk, QuayEvent *event)
{
  quay_result_free (shop_commit (&desk->shop, event));
}

static QuayItem *
get (Desk *desk, const QuayId *product, QuayDay day)
{
  QuayAsOf at = at_day (day);
  return quay_reader_item (desk->reader, &at, product);
}

/* --- items --- */

static void
put_product (Desk *desk, const QuayId *id, const char *sku, const char *name, const char *category)
{
  put (desk, shop_facts (QUAY_EVENT_PRODUCT, id, NULL, "sku", sku, "name", name, "unit", "gói",
                         "vat", "A_PROC", "category", category, NULL));
}

static void
test_item (Desk *desk, gconstpointer data)
{
  QuayId product = quay_test_id ('p', 1);
  QuayId producer = quay_test_id ('r', 1);
  QuayAsOf at = at_day (SHOP_DAY);
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&producer, text);
  put (desk, shop_code ("8936000000011", &product)); /* before the product itself */
  put_product (desk, &product, "SP1", "Đường phên Na Rì", "keo");
  put (desk, shop_facts (QUAY_EVENT_PRODUCT, &product, NULL, "producer", text, "weighed", "#1",
                         "abv", "#295", "minimum", "#5000", "picture", "abc.png", NULL));
  put (desk, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "name", "HTX Côn Minh", NULL));
  put (desk, shop_opening (&product, 24500));
  g_autoptr (QuayItem) item = quay_reader_item_by_code (desk->reader, &at, "8936000000011");
  g_assert_cmpstr (item->sku, ==, "SP1");
  g_assert_cmpstr (item->name, ==, "Đường phên Na Rì");
  g_assert_cmpstr (item->category, ==, "keo");
  g_assert_cmpstr (item->producer_name, ==, "HTX Côn Minh");
  g_assert_true (quay_id_equal (&item->producer, &producer));
  g_assert_true (item->weighed);
  g_assert_true (item->active);
  g_assert_false (item->has_price);
  g_assert_cmpint (item->abv, ==, 295);
  g_assert_cmpint (item->minimum.milli, ==, 5000);
  g_assert_cmpint (item->stock.milli, ==, 24500);
  g_assert_cmpstr (item->picture, ==, "abc.png");
  g_assert_cmpstr (item->codes->pdata[0], ==, "8936000000011");
  g_autoptr (QuayItem) by_no = quay_reader_item_by_no (desk->reader, &at, item->no);
  g_autoptr (QuayItem) by_sku = quay_reader_item_by_sku (desk->reader, &at, "SP1");
  g_assert_true (quay_id_equal (&by_no->product, &product));
  g_assert_true (quay_id_equal (&by_sku->product, &product));
  g_assert_null (quay_reader_item_by_sku (desk->reader, &at, "sp1"));
  g_assert_null (quay_reader_item_by_code (desk->reader, &at, "893"));
  at.loc = quay_test_id ('l', 2);
  g_autoptr (QuayItem) elsewhere = quay_reader_item (desk->reader, &at, &product);
  g_assert_cmpint (elsewhere->stock.milli, ==, 0);
}

static void
test_codes (Desk *desk, gconstpointer data)
{
  QuayId one = quay_test_id ('p', 1);
  QuayId two = quay_test_id ('p', 2);
  QuayAsOf at = at_day (SHOP_DAY);
  put_product (desk, &one, "SP1", "Miến", "mien");
  put_product (desk, &two, "SP2", "Bún", "mien");
  put (desk, shop_code ("111", &one));
  put (desk, shop_code ("222", &one));
  put (desk, shop_code ("111", &two)); /* goes over to the other */
  put (desk, shop_code ("222", NULL)); /* means nothing any more */
  g_autoptr (QuayItem) first = quay_reader_item (desk->reader, &at, &one);
  g_autoptr (QuayItem) second = quay_reader_item_by_code (desk->reader, &at, "111");
  g_assert_cmpuint (first->codes->len, ==, 0);
  g_assert_cmpstr (second->sku, ==, "SP2");
  g_assert_null (quay_reader_item_by_code (desk->reader, &at, "222"));
}

static void
test_prices (Desk *desk, gconstpointer data)
{
  static const struct
  {
    QuayDay day;
    gint64 price; /* −1: none */
  } table[] = { { 20261030, -1 },    { 20261031, -1 },    { 20261101, 65000 }, { 20261122, 65000 },
                { 20261123, 68000 }, { 20261130, 68000 }, { 20261201, -1 },    { 20261231, -1 },
                { 20270101, 0 },     { 20280101, 0 } };
  QuayId product = quay_test_id ('p', 1);
  put_product (desk, &product, "SP1", "Miến", "mien");
  put (desk, shop_price (&product, 20261123, 68000));
  put (desk, shop_price (&product, 20261101, 1));
  put (desk, shop_price (&product, 20261101, 65000)); /* the same day, put right */
  put (desk, shop_price (&product, 20270101, 0));
  put (desk, shop_price (&product, 20261201, -1));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (QuayItem) item = get (desk, &product, table[i].day);
      g_assert_cmpint (item->has_price, ==, table[i].price >= 0);
      if (item->has_price)
        g_assert_cmpint (item->price.dong, ==, table[i].price);
    }
}

static void
test_vat (Desk *desk, gconstpointer data)
{
  gint64 rate = 7;
  QuayId product = quay_test_id ('p', 1);
  put_product (desk, &product, "SP1", "Miến", "mien");
  g_assert_false (quay_reader_vat_rate (desk->reader, "A_PROC", SHOP_DAY, &rate));
  put (desk, shop_facts (QUAY_EVENT_PARAM, NULL, "vat.A_PROC", "2025-07-01", "#800", "2027-01-01",
                         "#1000", "2026-12-01", "#500", NULL));
  put (desk, shop_facts (QUAY_EVENT_PARAM, NULL, "vat.A_PROC", "2026-12-01", "", NULL));
  put (desk, shop_facts (QUAY_EVENT_PARAM, NULL, "vat.A_PRO", "2020-01-01", "#100", NULL));
  const struct
  {
    QuayDay day;
    gint64 rate;
  } table[] = { { 20250630, -1 }, { 20250701, 800 }, { 20261231, 800 }, { 20270101, 1000 } };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (QuayItem) item = get (desk, &product, table[i].day);
      g_assert_cmpint (item->rate_bp, ==, table[i].rate);
      g_assert_cmpint (quay_reader_vat_rate (desk->reader, "A_PROC", table[i].day, &rate), ==,
                       table[i].rate >= 0);
    }
  g_assert_cmpint (rate, ==, 1000);
}

static void
test_stars (Desk *desk, gconstpointer data)
{
  static const struct
  {
    QuayDay day;
    gint64 stars;
  } table[] = { { 20241231, 0 }, { 20250101, 4 }, { 20271231, 4 }, { 20280101, 0 } };
  QuayId product = quay_test_id ('p', 1);
  put_product (desk, &product, "SP1", "Miến", "mien");
  put (desk, shop_facts (QUAY_EVENT_PRODUCT, &product, NULL, "stars", "#4", "stars_from",
                         "#20250101", "stars_until", "2027-12-31", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (QuayItem) item = get (desk, &product, table[i].day);
      g_assert_cmpint (item->stars, ==, table[i].stars);
      g_assert_cmpint (item->titled, ==, 4);
      g_assert_cmpint (item->stars_until, ==, 20271231);
    }
}

/* --- lists --- */

static const struct
{
  const char *sku;
  const char *name;
  const char *category;
} goods[] = {
  { "SP3", "Bún khô", "mien" },   { "SP1", "Đường phên", "keo" }, { "SP5", "Dưa muối", "rau" },
  { "SP2", "Ấm trà", "do-dung" }, { "SP4", "Miến dong", "mien" }, { "SP6", "ấm sứ", "do-dung" },
};

static void
put_goods (Desk *desk)
{
  for (guint i = 0; i < G_N_ELEMENTS (goods); i++)
    {
      QuayId id = quay_test_id ('p', i);
      put_product (desk, &id, goods[i].sku, goods[i].name, goods[i].category);
      if (i == 2)
        put (desk, shop_facts (QUAY_EVENT_PRODUCT, &id, NULL, "active", "#0", NULL));
    }
}

static char *
list_skus (Desk *desk, const char *category, QuayItemOrder order, gboolean inactive, guint offset,
           guint limit)
{
  QuayAsOf at = at_day (SHOP_DAY);
  g_autoptr (GPtrArray) items =
      quay_reader_items (desk->reader, &at, category, order, inactive, offset, limit);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    g_string_append (out, ((QuayItem *)items->pdata[i])->sku + 2);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_lists (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *category;
    QuayItemOrder order;
    gboolean inactive;
    guint offset;
    guint limit;
    const char *want;
  } table[] = {
    { NULL, QUAY_ITEMS_BY_SKU, FALSE, 0, 100, "12346" },
    { NULL, QUAY_ITEMS_BY_SKU, TRUE, 0, 100, "123456" },
    { NULL, QUAY_ITEMS_BY_NAME, FALSE, 0, 100, "62314" }, /* ấm sứ, Ấm trà, Bún, Đường, Miến */
    { NULL, QUAY_ITEMS_BY_RANK, FALSE, 0, 100, "62314" }, /* no ranks yet */
    { NULL, QUAY_ITEMS_BY_SKU, FALSE, 1, 3, "234" },
    { NULL, QUAY_ITEMS_BY_SKU, FALSE, 9, 3, "" },
    { "mien", QUAY_ITEMS_BY_NAME, FALSE, 0, 100, "34" },
    { "rau", QUAY_ITEMS_BY_NAME, FALSE, 0, 100, "" },
    { "rau", QUAY_ITEMS_BY_RANK, TRUE, 0, 100, "5" },
  };
  put_goods (desk);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *got = list_skus (desk, table[i].category, table[i].order, table[i].inactive,
                                        table[i].offset, table[i].limit);
      g_assert_cmpstr (got, ==, table[i].want);
    }
  g_assert_cmpuint (quay_reader_n_items (desk->reader, NULL, FALSE), ==, 5);
  g_assert_cmpuint (quay_reader_n_items (desk->reader, NULL, TRUE), ==, 6);
  g_assert_cmpuint (quay_reader_n_items (desk->reader, "mien", FALSE), ==, 2);
  g_autoptr (GArray) nos = quay_reader_item_nos (desk->reader, NULL, QUAY_ITEMS_BY_SKU, FALSE);
  QuayAsOf at = at_day (SHOP_DAY);
  g_autoptr (QuayItem) second =
      quay_reader_item_by_no (desk->reader, &at, g_array_index (nos, gint64, 1));
  g_assert_cmpuint (nos->len, ==, 5);
  g_assert_cmpstr (second->sku, ==, "SP2");
}

static void
append_fold (gint64 no, const char *fold, const char *name, gpointer data)
{
  g_string_append_printf (data, "%s|%s\n", name, fold);
}

static void
test_folds (Desk *desk, gconstpointer data)
{
  QuayId product = quay_test_id ('p', 1);
  QuayId producer = quay_test_id ('r', 1);
  char text[QUAY_ID_TEXT_LEN + 1];
  g_autoptr (GString) out = g_string_new (NULL);
  quay_id_to_text (&producer, text);
  put (desk, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "name", "HTX Nà Phặc", NULL));
  put_product (desk, &product, "SP1", "Đường phên", "keo");
  put (desk, shop_code ("893600", &product));
  put (desk, shop_facts (QUAY_EVENT_PRODUCT, &product, NULL, "producer", text, NULL));
  put (desk, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "name", "HTX Yến Dương", NULL));
  quay_reader_visit_folds (desk->reader, append_fold, out);
  g_assert_cmpstr (out->str, ==, "Đường phên|duong phen\nsp1\n893600\nhtx yen duong\n");
}

/* What sells best comes first, once the day's ranks are counted. */
static void
test_ranks (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayAsOf at = at_day (SHOP_DAY);
  put_goods (desk);
  for (guint i = 0; i < 12; i++)
    put (desk, quay_test_sale (desk->shop.chance, i < 9 ? 1 : 2, NULL));
  g_assert_true (quay_store_idle_now (desk->shop.store, &error));
  g_autoptr (GPtrArray) best =
      quay_reader_items (desk->reader, &at, NULL, QUAY_ITEMS_BY_RANK, FALSE, 0, 2);
  g_assert_cmpstr (((QuayItem *)best->pdata[0])->sku, ==, "SP3");
  g_assert_cmpstr (((QuayItem *)best->pdata[1])->sku, ==, "SP1");
  shop_assert_sound (&desk->shop, TRUE);
}

/* --- facts --- */

static void
test_facts (Desk *desk, gconstpointer data)
{
  QuayId producer = quay_test_id ('r', 1);
  QuayId found;
  put (desk,
       shop_facts (QUAY_EVENT_SETTING, NULL, "shop", "name", "Quế Thanh", "cutoff", "#180", NULL));
  put (desk, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "name", "HTX Côn Minh", "kind",
                         "cooperative", "phone", "0209", NULL));
  put (desk, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "phone", "", NULL));
  put (desk, shop_facts (QUAY_EVENT_CATEGORY, NULL, "mien", "name_vi", "Miến", "name_en", "Noodles",
                         "icon", "cat-noodle", "band", "#7", "sort", "#20", NULL));
  put (desk, shop_facts (QUAY_EVENT_CATEGORY, NULL, "tra", "name_vi", "Trà", "sort", "#10", NULL));
  g_autofree char *name = quay_reader_setting (desk->reader, "name");
  g_autofree char *cutoff = quay_reader_setting (desk->reader, "cutoff");
  g_autofree char *none = quay_reader_setting (desk->reader, "none");
  g_assert_cmpstr (name, ==, "Quế Thanh");
  g_assert_cmpstr (cutoff, ==, "180");
  g_assert_null (none);
  g_autoptr (GHashTable) facts = quay_reader_facts (desk->reader, "producer", &producer);
  g_assert_cmpuint (g_hash_table_size (facts), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (facts, "kind"), ==, "cooperative");
  g_assert_true (
      quay_reader_find_entity (desk->reader, "producer", "name", "HTX Côn Minh", &found));
  g_assert_true (quay_id_equal (&found, &producer));
  g_assert_false (quay_reader_find_entity (desk->reader, "producer", "name", "HTX", &found));
  g_autoptr (GPtrArray) categories = quay_reader_categories (desk->reader);
  g_assert_cmpuint (categories->len, ==, 2);
  g_assert_cmpstr (((QuayCategory *)categories->pdata[0])->name_vi, ==, "Trà");
  g_assert_cmpstr (((QuayCategory *)categories->pdata[1])->icon, ==, "cat-noodle");
  g_autoptr (GPtrArray) producers = quay_reader_entities (desk->reader, "producer", "name");
  const QuayReportRow *row = producers->pdata[0];
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&producer, text);
  g_assert_cmpstr (row->key, ==, text);
  g_assert_cmpstr (row->name, ==, "HTX Côn Minh");
  g_autoptr (GPtrArray) codes = quay_reader_entities (desk->reader, "category", "name_vi");
  g_assert_cmpstr (((QuayReportRow *)codes->pdata[0])->key, ==, "mien");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)
  ADD ("/reader/item", test_item);
  ADD ("/reader/codes", test_codes);
  ADD ("/reader/prices", test_prices);
  ADD ("/reader/vat", test_vat);
  ADD ("/reader/stars", test_stars);
  ADD ("/reader/lists", test_lists);
  ADD ("/reader/folds", test_folds);
  ADD ("/reader/ranks", test_ranks);
  ADD ("/reader/facts", test_facts);
  return g_test_run ();
}
