/* A disk that something else has filled: the till still opens, keeps carts and closes the shift on
 * the room that was kept for it; it sells nothing, and says so before anything is paid. On a real
 * file system that is really full. */
#include "quay-test-till.h"
#include "small-disk.h"

#include "quay-ballast.h"
#include "quay-error.h"
#include "quay-store-private.h"
#include "quay-till-private.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */
#define MEGABYTES 64

typedef struct
{
  QuayTestShop base;
  char *disk;
  char *ballast;
  guint told;    /* of room that came or went */
  gboolean room; /* as last told */
} Shop;

static void
room_cb (QuayTill *till, gboolean room, gpointer data)
{
  Shop *shop = data;
  shop->told++;
  shop->room = room;
}

static void
open_till (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  shop->base.till = quay_till_open_with (shop->base.dir, NULL, &shop->base.env.env, &error);
  g_assert_no_error (error);
  g_signal_connect (shop->base.till, "room-changed", G_CALLBACK (room_cb), shop);
}

static void
close_till (Shop *shop)
{
  quay_till_close (shop->base.till);
  g_clear_object (&shop->base.till);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* What the store does in a quiet moment. */
static void
be_idle (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  quay_store_idle_now (shop->base.till->store, &error);
  g_assert_no_error (error);
}

static void
set_up_on (Shop *shop, guint megabytes)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = {
    .shop = "Quế Thanh", .till_code = "QT1", .language = "vi", .width_mm = 80, .sample = TRUE
  };
  quay_test_env_init (&shop->base.env, 1);
  shop->disk = small_disk_new (megabytes);
  shop->base.dir = g_build_filename (shop->disk, "shop", NULL);
  shop->ballast = g_build_filename (shop->base.dir, QUAY_BALLAST_FILE, NULL);
  quay_till_make_shop (shop->base.dir, &setup, &shop->base.env.env, &error);
  g_assert_no_error (error);
  open_till (shop);
  be_idle (shop);
}

static void
set_up (Shop *shop, gconstpointer data)
{
  set_up_on (shop, MEGABYTES);
}

static void
tear_down (Shop *shop, gconstpointer data)
{
  QuayCheck check = { 0 };
  g_autoptr (GError) error = NULL;
  if (shop->base.till == NULL)
    open_till (shop);
  quay_till_verify (shop->base.till, FALSE, &check, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check.why, ==, NULL);
  quay_check_clear (&check);
  close_till (shop);
  small_disk_free (shop->disk);
  g_free (shop->base.dir);
  g_free (shop->ballast);
}

static gboolean
is_kept (Shop *shop)
{
  struct stat about;
  if (stat (shop->ballast, &about) != 0)
    return FALSE;
  g_assert_cmpint (about.st_size, ==, QUAY_BALLAST_BYTES);
  g_assert_cmpint (about.st_blocks, >=, QUAY_BALLAST_BYTES / 512);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  return TRUE;
}

static void
assert_no_sale (Shop *shop)
{
  gint64 sales;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_cart (shop->base.till)->id;
  guint lines = quay_till_cart (shop->base.till)->lines->len;
  g_assert_false (quay_till_has_room (shop->base.till));
  g_assert_null (quay_till_pay (shop->base.till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  g_assert_true (quay_id_equal (&quay_till_cart (shop->base.till)->id, &id));
  g_assert_cmpuint (quay_till_cart (shop->base.till)->lines->len, ==, lines);
  quay_till_today (shop->base.till, &sales, NULL);
  g_assert_cmpint (sales, ==, 0);
}

static void
flush (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  quay_till_flush (shop->base.till, &error);
  g_assert_no_error (error);
}

/* Something is under way, and the drawer is open. */
static void
begin_day (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = quay_till_open_shift (shop->base.till, QUAY_DONG (500000), &error);
  g_assert_no_error (error);
  quay_test_shop_scan (&shop->base, NOODLES);
  flush (shop);
}

static void
end_day (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayMoney difference;
  quay_till_close_shift (shop->base.till, QUAY_DONG (490000), "thiếu", &difference, &error);
  g_assert_no_error (error);
  g_assert_cmpint (difference.dong, ==, -10000);
}

/* --- kept, given up, kept again --- */

static void
test_kept (Shop *shop, gconstpointer data)
{
  g_assert_true (is_kept (shop));
  g_assert_true (quay_till_has_room (shop->base.till));
  be_idle (shop);
  g_assert_true (is_kept (shop));
  small_disk_fill (shop->disk, 0);
  be_idle (shop);
  g_assert_false (is_kept (shop));
  be_idle (shop); /* what it gave up it does not take again */
  g_assert_false (is_kept (shop));
  small_disk_make_room (shop->disk);
  be_idle (shop);
  g_assert_true (is_kept (shop));
}

/* On a disk that can't spare it nothing is kept, and the same bytes are left alone. */
static void
set_up_tiny (Shop *shop, gconstpointer data)
{
  set_up_on (shop, 34);
}

static void
test_tiny (Shop *shop, gconstpointer data)
{
  g_assert_false (is_kept (shop));
  g_assert_true (quay_till_has_room (shop->base.till));
  begin_day (shop);
  small_disk_fill (shop->disk, QUAY_BALLAST_BYTES);
  assert_no_sale (shop);
  end_day (shop);
  small_disk_make_room (shop->disk);
  quay_sale_record_free (quay_test_shop_pay (&shop->base));
}

/* --- the disk fills up while the till is open --- */

static void
test_while_open (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  begin_day (shop);
  small_disk_fill (shop->disk, 0);
  assert_no_sale (shop);
  g_assert_cmpuint (shop->told, ==, 1);
  g_assert_false (shop->room);
  for (guint i = 0; i < 40; i++) /* what was free in the log does not carry it all */
    {
      quay_test_shop_scan (&shop->base, i % 2 == 0 ? TEA : NOODLES);
      flush (shop);
    }
  g_assert_false (is_kept (shop));
  assert_no_sale (shop);
  quay_till_hold (shop->base.till, "bàn 1", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) held = quay_till_held (shop->base.till);
  g_assert_cmpuint (held->len, ==, 1);
  quay_till_recall (shop->base.till, &((QuayHeld *)held->pdata[0])->id, &error);
  g_assert_no_error (error);
  QuayId ids[2] = { quay_till_new_id (shop->base.till), quay_till_new_id (shop->base.till) };
  g_autofree char *moved =
      quay_till_move_cash (shop->base.till, &ids[0], QUAY_DONG (-1000), "giữ xe", &error);
  g_assert_no_error (error);
  g_autofree char *back =
      quay_till_move_cash (shop->base.till, &ids[1], QUAY_DONG (1000), "trả", &error);
  g_assert_no_error (error);
  end_day (shop);
  small_disk_make_room (shop->disk);
  g_assert_true (quay_till_has_room (shop->base.till));
  g_assert_cmpuint (shop->told, ==, 2);
  g_assert_true (shop->room);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&shop->base);
  g_assert_cmpint (sale->n_lines, >=, 2);
  be_idle (shop);
  g_assert_true (is_kept (shop));
}

/* The shift's end is the first thing that meets the full disk. */
static void
test_shift_first (Shop *shop, gconstpointer data)
{
  begin_day (shop);
  be_idle (shop); /* the log starts anew, so that it needs room */
  small_disk_fill (shop->disk, 0);
  end_day (shop);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySaleRecord) sale = quay_till_pay_finish (QUAY_TILL (source), result, &error);
  g_assert_null (sale);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  *(gboolean *)data = TRUE;
}

static void
test_async (Shop *shop, gconstpointer data)
{
  gboolean done = FALSE;
  begin_day (shop);
  small_disk_fill (shop->disk, 0);
  quay_till_pay_async (shop->base.till, NULL, count_cb, &done);
  quay_test_wait (&done);
  assert_no_sale (shop);
}

/* Nothing is left at all, not even what was kept: refused, and nothing is lost. */
static void
test_nothing_left (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean closed = TRUE;
  begin_day (shop);
  small_disk_fill (shop->disk, 0);
  be_idle (shop);
  for (guint i = 0; i < 40 && closed; i++)
    {
      small_disk_fill (shop->disk, 0);
      g_clear_error (&error);
      closed = quay_till_hold (shop->base.till, NULL, &error);
      if (closed)
        quay_test_shop_scan (&shop->base, TEA);
    }
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  assert_no_sale (shop);
  small_disk_make_room (shop->disk);
  flush (shop);
  end_day (shop);
  quay_sale_record_free (quay_test_shop_pay (&shop->base));
}

/* A catalogue would take what is left for the end of the day. */
static void
test_import (Shop *shop, gconstpointer data)
{
  static const char csv[] = "sku,name,price,vat_class\nMOI01,Măng khô,1000,A_PROC\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (csv, sizeof csv - 1);
  small_disk_fill (shop->disk, 0);
  g_autoptr (QuayImport) import = quay_import_read_bytes (shop->base.till, bytes, "in.csv", &error);
  g_assert_no_error (error);
  g_assert_false (quay_import_apply (import, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  g_clear_error (&error);
  small_disk_make_room (shop->disk);
  quay_import_apply (import, &error);
  g_assert_no_error (error);
}

/* --- the disk is full when the till is started --- */

static void
test_start (Shop *shop, gconstpointer data)
{
  begin_day (shop);
  close_till (shop);
  g_assert_true (is_kept (shop));
  small_disk_fill (shop->disk, 0);
  open_till (shop);
  g_assert_false (is_kept (shop));
  g_assert_true (quay_till_take_restored (shop->base.till));
  g_assert_cmpuint (quay_till_cart (shop->base.till)->lines->len, ==, 1);
  assert_no_sale (shop);
  quay_test_shop_scan (&shop->base, TEA);
  flush (shop);
  close_till (shop); /* and again: nothing was used up */
  open_till (shop);
  g_assert_cmpuint (quay_till_cart (shop->base.till)->lines->len, ==, 2);
  end_day (shop);
  be_idle (shop);
  g_assert_false (is_kept (shop));
  small_disk_make_room (shop->disk);
  g_assert_true (quay_till_has_room (shop->base.till));
  quay_sale_record_free (quay_test_shop_pay (&shop->base));
}

/* A killed till leaves its log, which the next start has to read. */
static void
test_start_after_kill (Shop *shop, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (shop->disk, "killed", NULL);
  static const char *const files[] = { "quay.db", "quay.db-wal", "quay.head", QUAY_BALLAST_FILE };
  begin_day (shop);
  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize len;
      g_autofree char *bytes = NULL;
      g_autofree char *from = g_build_filename (shop->base.dir, files[i], NULL);
      g_autofree char *to = g_build_filename (copy, files[i], NULL);
      if (g_file_get_contents (from, &bytes, &len, NULL))
        g_assert_true (g_file_set_contents (to, bytes, (gssize)len, NULL));
    }
  close_till (shop);
  g_free (shop->base.dir);
  g_free (shop->ballast);
  shop->base.dir = g_steal_pointer (&copy);
  shop->ballast = g_build_filename (shop->base.dir, QUAY_BALLAST_FILE, NULL);
  small_disk_fill (shop->disk, 0);
  open_till (shop);
  g_assert_cmpuint (quay_till_cart (shop->base.till)->lines->len, ==, 1);
  assert_no_sale (shop);
  end_day (shop);
  small_disk_make_room (shop->disk);
}

int
main (int argc, char **argv)
{
  small_disk_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, set_up_func, func) g_test_add (path, Shop, NULL, set_up_func, func, tear_down)
  ADD ("/full-disk/kept", set_up, test_kept);
  ADD ("/full-disk/tiny", set_up_tiny, test_tiny);
  ADD ("/full-disk/while-open", set_up, test_while_open);
  ADD ("/full-disk/shift-first", set_up, test_shift_first);
  ADD ("/full-disk/async", set_up, test_async);
  ADD ("/full-disk/nothing-left", set_up, test_nothing_left);
  ADD ("/full-disk/import", set_up, test_import);
  ADD ("/full-disk/start", set_up, test_start);
  ADD ("/full-disk/start-after-kill", set_up, test_start_after_kill);
  return g_test_run ();
}
