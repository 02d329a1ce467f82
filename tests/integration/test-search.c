/* Search as a cashier types: without diacritics, words in any order, by producer, SKU, part of a
 * barcode; what is saved is found at once. */
#include "quay-test-till.h"

#include "quay-error.h"

#include <string.h>

static QuayTestShop shop;

typedef struct
{
  const char *name;
  const char *text;
  const char *first; /* SKU of the first hit; NULL: none */
  guint least;       /* how many hits at least */
  guint most;
} SearchCase;

static const SearchCase search_cases[] = {
  { "no-diacritics", "mien dong", "OCOP001", 1, 1 },
  { "diacritics", "miến dong", "OCOP001", 1, 1 },
  { "capitals", "MIEN DONG", "OCOP001", 1, 1 },
  { "order", "dong mien", "OCOP001", 1, 1 },
  { "parts", "mi do ta", "OCOP001", 1, 3 },
  { "d-with-stroke", "duong", NULL, 5, 5 }, /* HTX Dương Quang */
  { "producer", "ha diep", NULL, 3, 3 },
  { "producer-and-name", "diep vang", NULL, 2, 2 },
  { "sku", "ocop008", "OCOP008", 1, 1 },
  { "barcode", "2900000000087", "OCOP008", 1, 1 },
  { "part-of-barcode", "000087", "OCOP008", 1, 1 },
  { "inside-a-word", "rcumin", NULL, 3, 10 },
  { "blanks", "   nem    ngua ", "OCOP035", 1, 1 },
  { "nothing", "zzzz", NULL, 0, 0 },
  { "one-word-of-two", "mien zzzz", NULL, 0, 0 },
  { "empty", "", NULL, 0, 0 },
  { "only-blanks", "   ", NULL, 0, 0 },
};

static void
test_search (gconstpointer data)
{
  const SearchCase *c = data;
  g_autoptr (GPtrArray) items = quay_till_search (shop.till, c->text, 20);
  g_assert_cmpuint (items->len, >=, c->least);
  g_assert_cmpuint (items->len, <=, c->most);
  if (c->first != NULL)
    g_assert_cmpstr (((QuayItem *)items->pdata[0])->sku, ==, c->first);
}

static QuayItemEdit *
new_edit (const char *sku, const char *name)
{
  QuayItemEdit *edit = quay_item_edit_new ();
  edit->sku = g_strdup (sku);
  edit->name = g_strdup (name);
  edit->vat_class = g_strdup ("A_PROC");
  edit->price = g_strdup ("10.000");
  return edit;
}

static QuayId
save (QuayItemEdit *edit)
{
  QuayId product = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_save_item (shop.till, &product, edit, NULL, &error));
  g_assert_no_error (error);
  quay_item_edit_free (edit);
  return product;
}

/* Đường before Dương where the marks are typed, both where they are not. */
static void
test_exact_first (void)
{
  save (new_edit ("S1", "Bánh dương xỉ"));
  save (new_edit ("S2", "Đường phèn"));
  save (new_edit ("S3", "Dưỡng chất"));
  g_autoptr (GPtrArray) exact = quay_till_search (shop.till, "đường", 20);
  g_assert_cmpstr (((QuayItem *)exact->pdata[0])->sku, ==, "S2");
  g_assert_cmpuint (exact->len, >=, 3);
  g_autoptr (GPtrArray) other = quay_till_search (shop.till, "dưỡng", 20);
  g_assert_cmpstr (((QuayItem *)other->pdata[0])->sku, ==, "S3");
}

/* Words that begin so come before words that hold it inside. */
static void
test_starts_first (void)
{
  save (new_edit ("S4", "Xôi vò nếp"));
  save (new_edit ("S5", "Võng đay"));
  save (new_edit ("S6", "Sơn avo"));
  g_autoptr (GPtrArray) items = quay_till_search (shop.till, "vo", 50);
  guint start = 0;
  guint inside = 0;
  for (guint i = 0; i < items->len; i++)
    {
      const QuayItem *item = items->pdata[i];
      if (strcmp (item->sku, "S5") == 0)
        start = i;
      if (strcmp (item->sku, "S6") == 0)
        inside = i;
    }
  g_assert_cmpuint (inside, >, start);
}

/* A product of that name comes before what a producer of that name makes. */
static void
test_names_first (void)
{
  g_autoptr (QuayItemEdit) made = new_edit ("X8", "Trà lá sen");
  made->producer = g_strdup ("HTX Mật phên");
  save (g_steal_pointer (&made));
  save (new_edit ("X9", "Mật phên Bó Tờ"));
  g_autoptr (GPtrArray) items = quay_till_search (shop.till, "mat phen", 5);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpstr (((QuayItem *)items->pdata[0])->sku, ==, "X9");
  g_assert_cmpstr (((QuayItem *)items->pdata[1])->sku, ==, "X8");
}

static void
test_saved (void)
{
  QuayId product = save (new_edit ("S7", "Kẹo lạc"));
  g_autoptr (GPtrArray) before = quay_till_search (shop.till, "keo lac", 5);
  g_assert_cmpuint (before->len, ==, 1);
  g_autoptr (QuayItemEdit) edit = quay_till_edit_of (shop.till, &product);
  g_free (edit->name);
  edit->name = g_strdup ("Kẹo vừng Thanh Mai gói to");
  g_assert_true (quay_till_save_item (shop.till, &product, edit, NULL, NULL));
  g_autoptr (GPtrArray) old = quay_till_search (shop.till, "keo lac", 5);
  g_assert_cmpuint (old->len, ==, 0);
  g_autoptr (GPtrArray) now = quay_till_search (shop.till, "vung thanh mai", 5);
  g_assert_cmpuint (now->len, ==, 1);
  g_free (edit->active);
  edit->active = g_strdup ("0");
  g_assert_true (quay_till_save_item (shop.till, &product, edit, NULL, NULL));
  g_autoptr (GPtrArray) gone = quay_till_search (shop.till, "vung thanh mai", 5);
  g_assert_cmpuint (gone->len, ==, 0);
}

static void
test_bound_code (void)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop.till, "OCOP010");
  g_assert_true (quay_till_bind_code (shop.till, "KH-4711", &item->product, NULL));
  g_autoptr (GPtrArray) items = quay_till_search (shop.till, "kh-4711", 5);
  g_assert_cmpuint (items->len, ==, 1);
}

/* --- the list of a page --- */

static void
count_cb (GListModel *list, guint at, guint removed, guint added, gpointer data)
{
  *(guint *)data += removed + added;
}

static void
notify_cb (GObject *object, GParamSpec *spec, gpointer data)
{
  *(gboolean *)data = TRUE;
}

static void
test_model (void)
{
  guint changes = 0;
  gboolean told = FALSE;
  g_autoptr (GListModel) all = quay_till_item_model (shop.till, NULL, NULL, "sku");
  guint n = g_list_model_get_n_items (all);
  g_assert_cmpuint (n, >=, 57);
  g_assert_null (g_list_model_get_item (all, n));
  g_autoptr (QuayItemObject) first = g_list_model_get_item (all, 0);
  g_assert_cmpstr (quay_item_object_get (first)->sku, ==, "OCOP001");
  g_signal_connect (all, "items-changed", G_CALLBACK (count_cb), &changes);
  g_signal_connect (first, "notify::item", G_CALLBACK (notify_cb), &told);
  /* a sale moves stock, not the list */
  gint64 stock = quay_item_object_get (first)->stock.milli;
  quay_test_shop_scan (&shop, "OCOP001");
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&shop);
  quay_test_wait (&told);
  g_assert_cmpint (quay_item_object_get (first)->stock.milli, ==, stock - 1000);
  g_assert_cmpuint (changes, ==, 0);
  /* a new product comes into it */
  told = FALSE;
  save (new_edit ("S9", "Chè lam"));
  quay_test_wait (&told);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (all), ==, n + 1);
  g_autoptr (GListModel) teas = quay_till_item_model (shop.till, "tra", "tea", "name");
  g_assert_cmpuint (g_list_model_get_n_items (teas), >, 5);
  for (guint i = 0; i < g_list_model_get_n_items (teas); i++)
    {
      g_autoptr (QuayItemObject) tea = g_list_model_get_item (teas, i);
      g_assert_cmpstr (quay_item_object_get (tea)->category, ==, "tea");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  quay_test_shop_init (&shop, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (search_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/search/", search_cases[i].name, NULL);
      g_test_add_data_func (path, &search_cases[i], test_search);
    }
  g_test_add_func ("/search/exact-first", test_exact_first);
  g_test_add_func ("/search/starts-first", test_starts_first);
  g_test_add_func ("/search/names-first", test_names_first);
  g_test_add_func ("/search/saved", test_saved);
  g_test_add_func ("/search/bound-code", test_bound_code);
  g_test_add_func ("/search/model", test_model);
  int result = g_test_run ();
  quay_test_shop_clear (&shop);
  return result;
}
