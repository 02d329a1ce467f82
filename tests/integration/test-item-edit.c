/* Saving products: every refusal as a table, and that what is the same changes nothing. */
#include "quay-test-till.h"

#include "quay-error.h"

#include <string.h>

static QuayTestShop shop;

typedef struct
{
  const char *name;
  const char *column; /* the field that is changed, and refused if @code is set */
  guint offset;
  const char *value;
  const char *code;
} EditCase;

#define FIELD(member) #member, G_STRUCT_OFFSET(QuayItemEdit, member)

static const EditCase edit_cases[] = {
  { "sku-empty", FIELD (sku), "", "empty" },
  { "sku-blank-inside", FIELD (sku), "A B", "text" },
  { "sku-taken", FIELD (sku), "OCOP001", "taken" },
  { "sku-long", FIELD (sku), "12345678901234567890123456789012345678901", "text" },
  { "name-empty", FIELD (name), "   ", "empty" },
  { "name-control", FIELD (name), "Miến\tdong", "text" },
  { "name-not-utf8", FIELD (name), "Mi\xff", "text" },
  { "class-empty", FIELD (vat_class), "", "empty" },
  { "class-unknown", FIELD (vat_class), "A_MOON", "unknown-class" },
  { "category-unknown", FIELD (category), "moon", "unknown-category" },
  { "category-none", FIELD (category), "", NULL },
  { "price-decimals", FIELD (price), "10.5", "number" },
  { "price-negative", FIELD (price), "-1", "number" },
  { "price-short", FIELD (price), "58k", NULL },
  { "price-empty", FIELD (price), "", NULL },
  { "price-day", FIELD (price_from), "2026-02-30", "day" },
  { "price-day-vi", FIELD (price_from), "01/01/2027", NULL },
  { "sold-by", FIELD (sold_by), "litre", "sold-by" },
  { "stars-six", FIELD (ocop_stars), "6", "range" },
  { "stars-zero", FIELD (ocop_stars), "0", "range" },
  { "stars", FIELD (ocop_stars), "4", NULL },
  { "certified-on", FIELD (certified_on), "yesterday", "day" },
  { "valid-until-before", FIELD (valid_until), "2020-01-01", "range" },
  { "alcohol-word", FIELD (alcohol), "strong", "number" },
  { "alcohol-two-decimals", FIELD (alcohol), "12,55", "range" },
  { "alcohol-above", FIELD (alcohol), "100,1", "range" },
  { "alcohol", FIELD (alcohol), "12,5", NULL },
  { "minimum", FIELD (minimum), "few", "number" },
  { "stock-half-a-piece", FIELD (stock), "1,5", "whole" },
  { "stock-word", FIELD (stock), "many", "number" },
  { "barcode-check-digit", FIELD (barcodes), "2900000000019", "check-digit" },
  { "barcode-taken", FIELD (barcodes), "2900000000018", "taken" },
  { "barcode-blank-inside", FIELD (barcodes), "A B", "text" },
  { "barcodes", FIELD (barcodes), "8938500000010| KH-1 |", NULL },
  { "commune-unknown", FIELD (commune), "99999", "unknown-commune" },
  { "commune", FIELD (commune), "02155", NULL },
  { "commune-by-name", FIELD (commune), "Xã Na Rì", NULL },
  { "commune-by-name-without-marks", FIELD (commune), "na ri", NULL },
  { "commune-of-the-past-by-name", FIELD (commune), "Thị trấn Yến Lạc", "unknown-commune" },
  { "commune-part-of-a-name", FIELD (commune), "na", "unknown-commune" },
  { "picture-missing", FIELD (picture), "/nowhere/x.png", "missing" },
  { "picture-not-one", FIELD (picture), "/proc/self/cmdline", "picture-format" },
  { "active", FIELD (active), "yes", "flag" },
};

static QuayItemEdit *
sound_edit (void)
{
  QuayItemEdit *edit = quay_item_edit_new ();
  edit->sku = g_strdup ("NEW-1");
  edit->name = g_strdup ("Bánh khảo");
  edit->vat_class = g_strdup ("A_PROC");
  edit->category = g_strdup ("gift");
  edit->price = g_strdup ("25.000");
  edit->producer = g_strdup ("Cơ sở Thanh Mai");
  edit->certified_on = g_strdup ("2026-01-01");
  return edit;
}

static void
test_edit (gconstpointer data)
{
  const EditCase *c = data;
  QuayId product = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayItemEdit) edit = sound_edit ();
  char **member = (char **)(gpointer)((guint8 *)edit + c->offset);
  g_free (*member);
  *member = g_strdup (c->value);
  if (c->code == NULL) /* its own product, since it is kept */
    {
      g_free (edit->sku);
      edit->sku = g_strdup_printf ("OK-%s", c->name);
    }
  gboolean saved = quay_till_save_item (shop.till, &product, edit, &refusals, &error);
  if (c->code == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (saved);
      g_assert_null (refusals);
      return;
    }
  g_assert_false (saved);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpuint (refusals->len, ==, 1);
  const QuayRefusal *first = refusals->pdata[0];
  g_assert_cmpstr (first->column, ==, c->column);
  g_assert_cmpstr (first->code, ==, c->code);
  g_assert_cmpstr (first->why, !=, NULL);
  g_assert_cmpstr (first->why_vi, !=, NULL);
  g_assert_true (quay_id_is_nil (&product));
}

static guint64
count_events (void)
{
  QuayCheck check = { 0 };
  g_assert_true (quay_till_verify (shop.till, FALSE, &check, NULL));
  guint64 events = check.events;
  quay_check_clear (&check);
  return events;
}

static void
test_same_changes_nothing (void)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop.till, "OCOP028");
  QuayId product = item->product;
  guint64 before = count_events ();
  g_autoptr (QuayItemEdit) edit = quay_till_edit_of (shop.till, &product);
  g_assert_cmpstr (edit->barcodes, ==, "2900000000285|W:00028");
  g_assert_cmpstr (edit->sold_by, ==, "weight");
  g_assert_cmpstr (edit->price, ==, "60000");
  g_assert_cmpstr (edit->producer, ==, "HTX Minh Anh");
  g_assert_cmpstr (edit->commune, ==, "01840");
  g_assert_cmpstr (edit->stock, ==, "6.2");
  g_assert_true (quay_till_save_item (shop.till, &product, edit, NULL, NULL));
  g_assert_cmpuint (count_events (), ==, before);
}

static void
test_change (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop.till, "OCOP003");
  QuayId product = item->product;
  QuayItemEdit edit = { 0 };
  edit.price = (char *)"160.000";
  edit.barcodes = (char *)"KH-3";
  edit.ocop_stars = (char *)"";
  guint64 before = count_events ();
  g_assert_true (quay_till_save_item (shop.till, &product, &edit, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_events (), ==, before + 4); /* facts, one code less, one more, price */
  g_autoptr (QuayItem) after = quay_till_item (shop.till, &product);
  g_assert_cmpint (after->price.dong, ==, 160000);
  g_assert_cmpstr (after->name, ==, item->name);
  g_assert_cmpint (after->titled, ==, 0);
  g_assert_cmpuint (after->codes->len, ==, 1);
  g_autoptr (QuayScanned) old = quay_till_scan (shop.till, "2900000000032");
  g_assert_null (old->item);
}

/* A price from a later day is not today's. */
static void
test_price_later (void)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop.till, "OCOP004");
  QuayId product = item->product;
  QuayItemEdit edit = { .price = (char *)"99.000", .price_from = (char *)"2027-01-01" };
  g_assert_true (quay_till_save_item (shop.till, &product, &edit, NULL, NULL));
  g_autoptr (QuayItem) now = quay_till_item (shop.till, &product);
  g_assert_cmpint (now->price.dong, ==, 60000);
  gint64 wall = shop.env.wall_ms;
  shop.env.wall_ms += G_GINT64_CONSTANT (60) * 86400 * 1000;
  g_autoptr (QuayItem) later = quay_till_item (shop.till, &product);
  shop.env.wall_ms = wall;
  g_assert_cmpint (later->price.dong, ==, 99000);
  g_assert_cmpint (later->rate_bp, ==, 1000); /* the cut of VAT has ended */
  g_assert_cmpint (now->rate_bp, ==, 800);
}

static void
test_picture (void)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 'x' };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop.till, "OCOP005");
  QuayId product = item->product;
  g_autofree char *path = g_build_filename (shop.dir, "mine.png", NULL);
  g_assert_true (g_file_set_contents (path, (const char *)png, sizeof png, &error));
  QuayItemEdit edit = { .picture = path };
  g_assert_true (quay_till_save_item (shop.till, &product, &edit, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (QuayItem) after = quay_till_item (shop.till, &product);
  g_autofree char *kept = g_build_filename (shop.dir, "pictures", after->picture, NULL);
  g_assert_true (g_str_has_suffix (after->picture, ".png"));
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_REGULAR));
  guint64 before = count_events ();
  g_assert_true (quay_till_save_item (shop.till, &product, &edit, NULL, &error));
  g_assert_cmpuint (count_events (), ==, before);
}

static void
test_sample (void)
{
  g_autoptr (GPtrArray) best = quay_till_best_items (shop.till, "noodle", 50);
  g_autoptr (GPtrArray) categories = quay_till_categories (shop.till);
  g_autoptr (GPtrArray) classes = quay_till_vat_classes (shop.till, "vi");
  g_autoptr (QuayItem) noodles = quay_till_item_by_sku (shop.till, "OCOP001");
  g_autoptr (QuayItem) none = quay_till_item_by_sku (shop.till, "OCOP047");
  g_autoptr (QuayItem) unknown = quay_till_item_by_sku (shop.till, "OCOP021");
  g_autoptr (QuayItem) ended = quay_till_item_by_sku (shop.till, "OCOP017");
  g_assert_cmpuint (best->len, ==, 3);
  g_assert_cmpuint (categories->len, >=, 8);
  g_assert_cmpuint (classes->len, ==, 9);
  g_assert_cmpint (noodles->stars, ==, 5);
  g_assert_cmpint (noodles->stock.milli, ==, 124000);
  g_assert_cmpint (none->stars, ==, 0);
  g_assert_cmpint (unknown->stars, ==, 0); /* nobody knows until when */
  g_assert_cmpint (unknown->titled, ==, 3);
  g_assert_cmpint (ended->stars, ==, 0);
  g_assert_cmpint (ended->titled, ==, 4);
  for (guint i = 0; i < classes->len; i++)
    if (strcmp (((QuayReportRow *)classes->pdata[i])->key, "A_TEA") == 0)
      g_assert_cmpint (((QuayReportRow *)classes->pdata[i])->count, ==, 800);
}

/* The communes of today, none of those that were merged into them; by name like by code. */
static void
test_communes (void)
{
  guint found = 0;
  g_autoptr (GPtrArray) communes = quay_till_communes (shop.till);
  g_assert_cmpuint (communes->len, ==, 37);
  for (guint i = 0; i < communes->len; i++)
    {
      const QuayReportRow *row = communes->pdata[i];
      g_assert_cmpstr (row->name, !=, "Thị trấn Yến Lạc");
      found += strcmp (row->key, "02155") == 0 && strcmp (row->name, "Xã Na Rì") == 0;
    }
  g_assert_cmpuint (found, ==, 1);
  g_autoptr (QuayItem) named = quay_till_item_by_sku (shop.till, "OK-commune-by-name");
  g_autoptr (QuayItemEdit) shown = quay_till_edit_of (shop.till, &named->product);
  g_assert_cmpstr (shown->commune, ==, "02155");
}

static void
test_vat_class_names (void)
{
  static const char *const languages[] = { "vi", "en", NULL };
  static const char *const names[] = { "Nông sản tươi hoặc sơ chế thông thường",
                                       "Raw or simply prepared produce" };
  for (guint l = 0; languages[l] != NULL; l++)
    {
      const char *name = NULL;
      g_autoptr (GPtrArray) classes = quay_till_vat_classes (shop.till, languages[l]);
      for (guint i = 0; i < classes->len; i++)
        if (strcmp (((QuayReportRow *)classes->pdata[i])->key, "A_RAW") == 0)
          name = ((QuayReportRow *)classes->pdata[i])->name;
      g_assert_cmpstr (name, ==, names[l]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  quay_test_shop_init (&shop, TRUE);
  g_test_add_func ("/item-edit/sample", test_sample);
  for (guint i = 0; i < G_N_ELEMENTS (edit_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/item-edit/field/", edit_cases[i].name, NULL);
      g_test_add_data_func (path, &edit_cases[i], test_edit);
    }
  g_test_add_func ("/item-edit/field/communes", test_communes);
  g_test_add_func ("/item-edit/vat-class-names", test_vat_class_names);
  g_test_add_func ("/item-edit/same", test_same_changes_nothing);
  g_test_add_func ("/item-edit/change", test_change);
  g_test_add_func ("/item-edit/price-later", test_price_later);
  g_test_add_func ("/item-edit/picture", test_picture);
  int result = g_test_run ();
  quay_test_shop_clear (&shop);
  return result;
}
