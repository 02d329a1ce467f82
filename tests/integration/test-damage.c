/* Pages of the shop's file that were overwritten: a verb that can't read refuses, and says so; it
 * never takes what it can't read for "unknown code", "nothing given back" or "no shift". What is
 * only shown is told of when the main loop runs. */
#include "quay-test-till.h"

#include "quay-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"
#define PAGE 4096

typedef struct
{
  QuayTestShop base;
  char *path;
  char *number; /* of a sale of two lines */
  guint told;
  int code;
} Shop;

static void
told_cb (QuayTill *till, int code, const char *why, gpointer data)
{
  Shop *shop = data;
  shop->told++;
  shop->code = code;
}

static void
watch (Shop *shop)
{
  g_signal_connect (shop->base.till, "storage-error", G_CALLBACK (told_cb), shop);
}

/* A shop with a sale, a refund of one of its lines, an open shift and a cart on the counter. */
static void
set_up (Shop *shop, gconstpointer data)
{
  QuayId id = quay_test_id ('r', 1);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  quay_test_shop_init (&shop->base, TRUE);
  shop->path = g_build_filename (shop->base.dir, "quay.db", NULL);
  quay_test_shop_scan (&shop->base, NOODLES);
  quay_test_shop_scan (&shop->base, TEA);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&shop->base);
  shop->number = g_strdup (sale->number);
  g_autofree char *refund =
      quay_till_refund (shop->base.till, &id, sale->number, &ask, 1, "hỏng", NULL, NULL);
  g_assert_nonnull (refund);
  quay_test_shop_scan (&shop->base, TEA);
}

static void
tear_down (Shop *shop, gconstpointer data)
{
  quay_test_shop_clear (&shop->base);
  g_free (shop->path);
  g_free (shop->number);
}

static void
close_till (Shop *shop)
{
  quay_till_close (shop->base.till);
  g_clear_object (&shop->base.till);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* The first pages of a table and of its indexes. */
static GArray *
find_roots (const char *path, const char *table)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  GArray *roots = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
                                       "SELECT rootpage FROM sqlite_schema"
                                       " WHERE tbl_name = ? AND rootpage > 1",
                                       -1, &stmt, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (stmt, 1, table, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 root = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (roots, root);
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  g_assert_cmpuint (roots->len, >, 0);
  return roots;
}

static void
overwrite (const char *path, const char *table)
{
  guint8 junk[PAGE];
  g_autoptr (GArray) roots = find_roots (path, table);
  int fd = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (fd, >=, 0);
  memset (junk, 0xa5, sizeof junk);
  for (guint i = 0; i < roots->len; i++)
    g_assert_cmpint (pwrite (fd, junk, sizeof junk, (g_array_index (roots, gint64, i) - 1) * PAGE),
                     ==, PAGE);
  g_assert_cmpint (close (fd), ==, 0);
}

/* Closes the till, which moves the log into the file; hits it; opens it again. */
static void
hit (Shop *shop, const char *table)
{
  g_autoptr (GError) error = NULL;
  close_till (shop);
  overwrite (shop->path, table);
  shop->base.till = quay_till_open_with (shop->base.dir, NULL, &shop->base.env.env, &error);
  g_assert_no_error (error);
  watch (shop);
}

/* --- verbs that refuse --- */

typedef void (*Try) (Shop *shop, GError **error);

static void
try_scan (Shop *shop, GError **error)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->base.till, NOODLES);
  g_assert_null (scanned->item);
  g_assert_null (scanned->line);
  g_propagate_error (error, g_steal_pointer (&scanned->refusal));
}

static void
try_line (Shop *shop, GError **error)
{
  g_assert_null (quay_till_make_line (shop->base.till, NOODLES, QUAY_UNITS (1), error));
}

static void
try_item (Shop *shop, GError **error)
{
  QuayId id = quay_test_id ('p', 1);
  g_assert_false (quay_till_cart_add_item (shop->base.till, &id, QUAY_UNITS (1), NULL, error));
}

static void
try_pay (Shop *shop, GError **error)
{
  QuayId before = quay_till_cart (shop->base.till)->id;
  g_assert_null (quay_till_pay (shop->base.till, NULL, error));
  g_assert_true (quay_id_equal (&before, &quay_till_cart (shop->base.till)->id));
  g_assert_cmpuint (quay_till_cart (shop->base.till)->lines->len, ==, 1);
}

/* Something shown could not be read, and nobody was told yet: what is paid may rest on it. */
static void
try_pay_after_search (Shop *shop, GError **error)
{
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->base.till, "OCOP001");
  g_assert_null (item);
  try_pay (shop, error);
}

static void
try_refund (Shop *shop, GError **error)
{
  QuayId id = quay_test_id ('r', 2);
  g_assert_null (
      quay_till_refund (shop->base.till, &id, shop->number, NULL, 0, "hỏng", NULL, error));
}

static void
try_shift_close (Shop *shop, GError **error)
{
  g_assert_false (quay_till_close_shift (shop->base.till, QUAY_DONG (60000), NULL, NULL, error));
}

static void
try_report (Shop *shop, GError **error)
{
  g_assert_null (quay_till_report (shop->base.till, "product", 20260101, 20271231, error));
}

static void
try_reprint (Shop *shop, GError **error)
{
  g_assert_false (quay_till_reprint (shop->base.till, shop->number, error));
}

static void
try_export (Shop *shop, GError **error)
{
  guint rows;
  g_autofree char *path = g_build_filename (shop->base.dir, "out.csv", NULL);
  g_assert_false (quay_till_export_catalog (shop->base.till, path, &rows, error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
try_export_xlsx (Shop *shop, GError **error)
{
  guint rows;
  g_autofree char *path = g_build_filename (shop->base.dir, "out.xlsx", NULL);
  g_assert_false (quay_till_export_catalog (shop->base.till, path, &rows, error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
try_save (Shop *shop, GError **error)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  edit->sku = g_strdup ("MOI01");
  edit->name = g_strdup ("Măng khô");
  edit->price = g_strdup ("1000");
  edit->vat_class = g_strdup ("A_PROC");
  edit->barcodes = g_strdup (NOODLES); /* taken, if it could be read */
  g_assert_false (quay_till_save_item (shop->base.till, &id, edit, &refusals, error));
  g_assert_null (refusals);
}

static void
try_import (Shop *shop, GError **error)
{
  static const char csv[] = "sku,name,price,vat_class,barcodes\nMOI01,Măng khô,1000,A_PROC,1\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (csv, strlen (csv));
  g_assert_null (quay_import_read_bytes (shop->base.till, bytes, "in.csv", error));
}

typedef struct
{
  const char *name;
  const char *table;
  Try try;
} Case;

static const Case cases[] = {
  { "scan/code", "code", try_scan },
  { "scan/item", "item", try_scan },
  { "scan/price", "price", try_scan },
  { "scan/stock", "stock_balance", try_scan },
  { "line/code", "code", try_line },
  { "line/item", "item", try_item },
  { "pay/unheard", "item", try_pay_after_search },
  { "pay/running", "running", try_pay },
  { "refund/sale", "sale", try_refund },
  { "refund/lines", "sale_line", try_refund },
  { "refund/refunds", "refund_line", try_refund },
  { "shift-close/drawer", "running", try_shift_close },
  { "report/lines", "sale_line", try_report },
  { "report/payments", "payment", try_report },
  { "report/refunds", "refund", try_report },
  { "reprint/sale", "sale", try_reprint },
  { "export/item", "item", try_export },
  { "export/price", "price", try_export },
  { "export/xlsx", "item", try_export_xlsx },
  { "save/code", "code", try_save },
  { "import/code", "code", try_import },
  { "import/item", "item", try_import },
};

static gint64
count_rows (const char *path, const char *table)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

static void
test_refuses (Shop *shop, gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  gint64 events = count_rows (shop->path, "journal");
  hit (shop, c->table);
  c->try (shop, &error);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  close_till (shop);
  g_assert_cmpint (count_rows (shop->path, "journal"), ==, events);
}

/* --- the start --- */

static const char *const start_tables[] = { "draft",  "shift", "shift_close", "fact",
                                            "booked", "chain", "journal" };

/* A start that can't read what it needs does not open an empty counter. */
static void
test_start (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  close_till (shop);
  overwrite (shop->path, data);
  g_assert_null (quay_till_open_with (shop->base.dir, NULL, &shop->base.env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
}

/* --- what is only shown --- */

static void
show_sales (Shop *shop)
{
  g_autoptr (GPtrArray) sales =
      quay_till_sales (shop->base.till, 20260101, 20271231, NULL, NULL, 50);
  g_assert_cmpuint (sales->len, ==, 0);
}

static void
show_sale (Shop *shop)
{
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (shop->base.till, shop->number);
}

static void
show_stock (Shop *shop)
{
  g_ptr_array_unref (quay_till_stock (shop->base.till, NULL, 0, FALSE));
}

static void
show_search (Shop *shop)
{
  g_ptr_array_unref (quay_till_search (shop->base.till, "mien", 20));
}

static void
show_list (Shop *shop)
{
  g_autoptr (GListModel) list = quay_till_item_model (shop->base.till, NULL, NULL, "name");
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
}

static void
show_shift (Shop *shop)
{
  QuayMoney expected;
  quay_till_shift (shop->base.till, NULL, &expected);
}

static void
show_setting (Shop *shop)
{
  g_autofree char *language = quay_till_get_setting (shop->base.till, "till.language");
}

typedef struct
{
  const char *name;
  const char *table;
  void (*show) (Shop *shop);
} Show;

static const Show shows[] = {
  { "sales", "sale", show_sales },      { "sale-lines", "sale_line", show_sale },
  { "payments", "payment", show_sale }, { "stock", "stock_balance", show_stock },
  { "search", "item", show_search },    { "list", "item", show_list },
  { "shift", "running", show_shift },   { "setting", "local", show_setting },
};

static void
test_tells (Shop *shop, gconstpointer data)
{
  const Show *c = data;
  hit (shop, c->table);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  shop->told = 0; /* today's total is read at the start */
  c->show (shop);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (shop->told, >, 0);
  g_assert_cmpint (shop->code, ==, QUAY_ERROR_DAMAGED);
  g_assert_true (quay_till_check_reads (shop->base.till, NULL)); /* told once */
}

/* --- carts whose text can't be read --- */

static void
tamper (const char *path, const char *sql)
{
  sqlite3 *db;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
}

static void
reopen_quietly (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  shop->base.till = quay_till_open_with (shop->base.dir, NULL, &shop->base.env.env, &error);
  g_assert_no_error (error);
}

static const char *const bodies[] = { "{", "", "[]", "{\"lines\":[{}]}", "null" };

static void
test_unreadable_cart (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("UPDATE draft SET body = '%s'", (const char *)data);
  close_till (shop);
  tamper (shop->path, sql);
  reopen_quietly (shop);
  g_assert_false (quay_till_take_restored (shop->base.till));
  g_assert_cmpuint (quay_till_take_unreadable (shop->base.till), ==, 1);
  g_assert_cmpuint (quay_till_take_unreadable (shop->base.till), ==, 0);
  g_assert_true (quay_cart_is_empty (quay_till_cart (shop->base.till)));
  for (guint i = 0; i < 2; i++) /* also after the next start */
    {
      /* what was asked of the store before is answered then */
      g_assert_true (quay_till_set_setting (shop->base.till, "till.text_size", "100", NULL));
      g_autoptr (GPtrArray) held = quay_till_held (shop->base.till);
      g_assert_cmpuint (held->len, ==, 1);
      const QuayHeld *one = held->pdata[0];
      g_assert_true (one->unreadable);
      g_assert_false (quay_till_recall (shop->base.till, &one->id, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
      g_clear_error (&error);
      quay_test_shop_scan (&shop->base, NOODLES);
      quay_sale_record_free (quay_test_shop_pay (&shop->base));
      close_till (shop);
      g_assert_cmpint (count_rows (shop->path, "draft"), ==, 1); /* it is kept */
      reopen_quietly (shop);
      g_assert_cmpuint (quay_till_take_unreadable (shop->base.till), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/damage/refuses/", cases[i].name, NULL);
      g_test_add (path, Shop, &cases[i], set_up, test_refuses, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (start_tables); i++)
    {
      g_autofree char *path = g_strconcat ("/damage/start/", start_tables[i], NULL);
      g_test_add (path, Shop, start_tables[i], set_up, test_start, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    {
      g_autofree char *path = g_strconcat ("/damage/tells/", shows[i].name, NULL);
      g_test_add (path, Shop, &shows[i], set_up, test_tells, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *path = g_strdup_printf ("/damage/unreadable-cart/%u", i);
      g_test_add (path, Shop, bodies[i], set_up, test_unreadable_cart, tear_down);
    }
  return g_test_run ();
}
