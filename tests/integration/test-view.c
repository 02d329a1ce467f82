/* A shop that is only looked at: while a till sells in it, after it was closed, after a power cut,
 * from a backup, from a folder that can't be written. Nothing is written, and not a byte there
 * changes. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-lock.h"
#include "quay-store.h"
#include "quay-till-audit.h"
#include "quay-till-files.h"
#include "quay-till-promotions.h"
#include "quay-till-refunds.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"
#include "quay-till-shift.h"
#include "quay-till-training.h"
#include "quay-till-view.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define NOBODY 65534

typedef struct
{
  Fixture shop;
  char *cache;
  char *dir;
  QuayTill *till; /* the view */
} View;

static void
set_up (View *v, gconstpointer people)
{
  if (people != NULL)
    people_set_up (&v->shop, NULL);
  else
    people_set_up_shop (&v->shop, NULL);
  v->cache = quay_test_dir ();
  v->dir = g_build_filename (v->cache, "view-1", NULL);
}

static void
close_view (View *v)
{
  if (v->till == NULL)
    return;
  quay_till_close (v->till);
  g_clear_object (&v->till);
  g_assert_true (quay_till_drop_view (v->dir));
  g_assert_false (g_file_test (v->dir, G_FILE_TEST_EXISTS));
}

static void
tear_down (View *v, gconstpointer data)
{
  close_view (v);
  quay_test_remove (v->cache);
  g_free (v->cache);
  g_free (v->dir);
  quay_test_shop_clear (&v->shop);
}

static void
open_view (View *v, const char *path)
{
  g_autoptr (GError) error = NULL;
  v->till = quay_till_open_view (path, v->dir, &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_is_view (v->till));
}

static void
assert_cant_open (View *v, const char *path, int why)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (quay_till_open_view (path, v->dir, &error));
  g_assert_error (error, QUAY_ERROR, why);
}

static void
sell (View *v)
{
  quay_test_shop_scan (&v->shop, GOODS);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&v->shop);
  g_assert_nonnull (sale);
}

static void
close_shop (View *v)
{
  quay_till_close (v->shop.till);
  g_clear_object (&v->shop.till);
}

static void
assert_sales (View *v, guint n)
{
  QuayCheck check = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("QT1A-%06u", n);
  g_autofree char *next = g_strdup_printf ("QT1A-%06u", n + 1);
  g_autoptr (QuaySaleRecord) last = quay_till_sale (v->till, number);
  g_autoptr (QuaySaleRecord) later = quay_till_sale (v->till, next);
  g_assert_nonnull (last);
  g_assert_null (later);
  g_assert_true (quay_till_verify (v->till, TRUE, &check, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (check.why, ==, NULL);
  quay_check_clear (&check);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Names and contents of all files of a folder, and when each was changed. */
static void
add_files (GString *text, const char *dir)
{
  g_autoptr (GDir) list = g_dir_open (dir, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  while ((name = g_dir_read_name (list)) != NULL)
    g_ptr_array_add (names, g_build_filename (dir, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      gsize len = 0;
      GStatBuf about;
      const char *path = names->pdata[i];
      g_autofree char *bytes = NULL;
      g_assert_cmpint (g_stat (path, &about), ==, 0);
      if (S_ISDIR (about.st_mode))
        add_files (text, path);
      else if (S_ISREG (about.st_mode))
        g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
      g_autofree char *sum =
          g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, len);
      g_string_append_printf (text, "%s %o %" G_GSIZE_FORMAT " %s %ld.%09ld\n", path, about.st_mode,
                              len, sum, (long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
    }
}

static char *
describe (const char *dir)
{
  GString *text = g_string_new (NULL);
  add_files (text, dir);
  return g_string_free (text, FALSE);
}

/* --- what is looked at --- */

static void
test_beside_a_till (View *v, gconstpointer data)
{
  sell (v);
  open_view (v, v->shop.dir);
  assert_sales (v, 1);
  sell (v); /* the till goes on selling, and what it sells now is not in what was opened before */
  assert_sales (v, 1);
  g_assert_cmpint (people_ask (&v->shop, "SELECT count(*) FROM sale"), ==, 2);
  close_view (v);
  open_view (v, v->shop.dir);
  assert_sales (v, 2);
}

static void
test_at_rest (View *v, gconstpointer data)
{
  sell (v);
  close_shop (v);
  g_autofree char *before = describe (v->shop.dir);
  open_view (v, v->shop.dir);
  assert_sales (v, 1);
  close_view (v);
  g_autofree char *file = g_build_filename (v->shop.dir, QUAY_STORE_FILE, NULL);
  open_view (v, file); /* the file means its shop */
  assert_sales (v, 1);
  close_view (v);
  g_autofree char *after = describe (v->shop.dir);
  g_assert_cmpstr (before, ==, after);
}

/* What a power cut left in the log is seen, and stays there. */
static void
test_after_a_power_cut (View *v, gconstpointer data)
{
  static const char *const names[] = { QUAY_STORE_FILE, QUAY_STORE_FILE "-wal" };
  g_autofree char *cut = quay_test_dir ();
  sell (v);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize len;
      g_autofree char *bytes = NULL;
      g_autofree char *from = g_build_filename (v->shop.dir, names[i], NULL);
      g_autofree char *to = g_build_filename (cut, names[i], NULL);
      g_assert_true (g_file_get_contents (from, &bytes, &len, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize)len, NULL));
      g_assert_cmpuint (len, >, 0);
    }
  g_autofree char *before = describe (cut);
  open_view (v, cut);
  assert_sales (v, 1);
  close_view (v);
  g_autofree char *after = describe (cut);
  g_assert_cmpstr (before, ==, after);
  quay_test_remove (cut);
}

static void
test_backup (View *v, gconstpointer data)
{
  QuayCheck check = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = quay_test_dir ();
  g_autofree char *path = g_build_filename (dir, "ban-sao.db", NULL);
  sell (v);
  g_assert_true (quay_till_backup (v->shop.till, path, &check, &error));
  quay_check_clear (&check);
  sell (v);
  g_autofree char *before = describe (dir);
  open_view (v, path);
  assert_sales (v, 1);
  close_view (v);
  g_autofree char *after = describe (dir);
  g_assert_cmpstr (before, ==, after);
  quay_test_remove (dir);
}

/* A file of an older version is brought to this one in the copy. */
static void
test_older_version (View *v, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "store",
                                            "version-1.db", NULL);
  gsize len, now_len;
  g_autofree char *bytes = NULL;
  g_autofree char *now = NULL;
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  open_view (v, path);
  g_assert_cmpint (quay_till_view_as_of (v->till), >, 0);
  close_view (v);
  g_assert_true (g_file_get_contents (path, &now, &now_len, NULL));
  g_assert_cmpmem (bytes, len, now, now_len);
}

static void
set_modes (const char *dir, int of_dir, int of_files)
{
  g_autoptr (GDir) list = g_dir_open (dir, 0, NULL);
  const char *name;
  g_assert_cmpint (g_chmod (dir, 0755), ==, 0);
  while ((name = g_dir_read_name (list)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_assert_cmpint (g_chmod (path, of_files), ==, 0);
    }
  g_assert_cmpint (g_chmod (dir, of_dir), ==, 0);
}

/* As somebody else, who may read the folder and no more: permissions mean nothing to root. */
static void
test_read_only_folder (View *v, gconstpointer data)
{
  gboolean root = geteuid () == 0;
  sell (v);
  close_shop (v);
  set_modes (v->shop.dir, 0555, 0444);
  g_assert_cmpint (g_chmod (v->cache, 0777), ==, 0);
  g_autofree char *before = describe (v->shop.dir);
  g_assert_true (!root || seteuid (NOBODY) == 0);
  g_autofree char *probe = g_build_filename (v->shop.dir, "probe", NULL);
  g_assert_false (g_file_set_contents (probe, "", 0, NULL)); /* it is as it should be */
  open_view (v, v->shop.dir);
  assert_sales (v, 1);
  close_view (v);
  g_assert_true (!root || seteuid (0) == 0);
  g_autofree char *after = describe (v->shop.dir);
  set_modes (v->shop.dir, 0755, 0644);
  g_assert_cmpstr (before, ==, after);
}

static void
test_no_shop (View *v, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *empty = quay_test_dir ();
  g_autofree char *text = g_build_filename (empty, "so.txt", NULL);
  g_autofree char *none = g_build_filename (empty, "khong-co", NULL);
  assert_cant_open (v, empty, QUAY_ERROR_NOT_FOUND);
  assert_cant_open (v, none, QUAY_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (text, "không phải cửa hàng", -1, NULL));
  assert_cant_open (v, text, QUAY_ERROR_DAMAGED);
  g_autofree char *training = quay_till_make_training (v->shop.till, &error);
  g_assert_no_error (error);
  assert_cant_open (v, training, QUAY_ERROR_REFUSED);
  g_autoptr (GDir) left = g_dir_open (v->cache, 0, NULL);
  g_assert_null (g_dir_read_name (left)); /* nothing half made */
  quay_test_remove (empty);
}

/* Two looks have a folder each; what a power cut left goes with the next one, what is open stays.
 */
static void
test_left_behind (View *v, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (v->cache, "view-2", NULL);
  open_view (v, v->shop.dir);
  assert_cant_open (v, v->shop.dir, QUAY_ERROR_BUSY);
  g_autoptr (QuayTill) second = quay_till_open_view (v->shop.dir, other, &error);
  g_assert_no_error (error);
  quay_till_close (second); /* its folder is left behind */
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  quay_till_close (v->till);
  g_clear_object (&v->till);
  open_view (v, v->shop.dir);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* Nor does half a copy stay, whoever was killed; one that is being made does. */
static void
test_half_made (View *v, gconstpointer data)
{
  gsize len;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *file = g_build_filename (v->shop.dir, QUAY_STORE_FILE, NULL);
  g_autofree char *killed = g_build_filename (v->cache, "view-2.new", NULL);
  g_autofree char *working = g_build_filename (v->cache, "view-3.new", NULL);
  g_autofree char *own = g_build_filename (v->cache, "view-1.new", NULL);
  g_autofree char *copy = g_build_filename (killed, QUAY_STORE_FILE, NULL);
  g_assert_cmpint (g_mkdir (killed, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (working, 0700), ==, 0);
  g_assert_true (g_file_get_contents (file, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)len, NULL));
  QuayLock *lock = quay_lock_take (working, &error);
  g_assert_no_error (error);
  open_view (v, v->shop.dir);
  g_assert_false (g_file_test (killed, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (working, G_FILE_TEST_EXISTS));
  quay_lock_free (lock);
  close_view (v);
  g_assert_cmpint (g_rename (working, own), ==, 0);
  lock = quay_lock_take (own, &error);
  assert_cant_open (v, v->shop.dir, QUAY_ERROR_BUSY);
  quay_lock_free (lock);
}

/* --- what can't be done --- */

static void
test_nothing_is_written (View *v, gconstpointer data)
{
  guint denied = 0;
  QuayMoney total;
  g_autoptr (GError) error = NULL;
  sell (v);
  open_view (v, v->shop.dir);
  g_autofree char *file = g_build_filename (v->dir, QUAY_STORE_FILE, NULL);
  gint64 records = people_ask (&v->shop, "SELECT count(*) FROM journal");
  g_signal_connect (v->till, "denied", G_CALLBACK (people_note_denied_cb), &denied);
  Fixture look = { .till = v->till, .dir = v->dir };
  g_assert_cmpint (people_move_cash (&look, 1000), ==, QUAY_ERROR_DENIED);
  g_assert_cmpint (people_set_setting (&look), ==, QUAY_ERROR_DENIED);
  QuayId id = quay_till_new_id (v->till);
  QuayRefundAsk ask = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  g_assert_null (quay_till_refund (v->till, &id, "QT1A-000001", &ask, 1, "thử", &total, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_autoptr (QuayPromotion) promotion = quay_promotion_new ();
  promotion->id = id;
  promotion->name = g_strdup ("Thử");
  promotion->value = 1000;
  g_assert_false (quay_till_save_promotion (v->till, promotion, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_cmpuint (denied, ==, 4);
  quay_test_shop_scan (&look, GOODS); /* a cart in memory */
  GPtrArray *payments = quay_test_payment (NULL, QUAY_TENDER_CASH, 65000);
  g_assert_null (quay_till_pay (v->till, payments, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_ptr_array_unref (payments);
  g_assert_false (quay_till_reprint (v->till, "QT1A-000001", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (quay_till_make_training (v->till, &error));
  g_assert_cmpint (people_ask (&look, "SELECT count(*) FROM journal"), ==, records);
  g_assert_cmpint (people_ask (&look, "SELECT count(*) FROM sale"), ==, 1);
  assert_sales (v, 1);
}

/* Who has the folder needs no PIN, sees what an auditor sees, and what is expected in drawers. */
static void
test_no_pin (View *v, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayAuditAsk ask = { 0 };
  sell (v);
  open_view (v, v->shop.dir);
  g_assert_true (quay_till_has_users (v->till));
  g_assert_false (quay_till_is_locked (v->till));
  for (QuayAct act = 0; act < QUAY_N_ACTS; act++)
    {
      gboolean sees = act == QUAY_ACT_AUDIT || act == QUAY_ACT_REPORT || act == QUAY_ACT_EXPECTED;
      g_assert_cmpint (quay_till_limit (v->till, act), ==, sees ? QUAY_NO_LIMIT : 0);
    }
  g_autoptr (QuayAuditReport) report = quay_till_audit (v->till, &ask, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->records, >, 0);
  g_assert_cmpuint (report->users->len, >, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (View *v, gconstpointer data);
    gboolean people;
  } tests[] = {
    { "/view/beside-a-till", test_beside_a_till },
    { "/view/at-rest", test_at_rest },
    { "/view/after-a-power-cut", test_after_a_power_cut },
    { "/view/backup", test_backup },
    { "/view/older-version", test_older_version },
    { "/view/read-only-folder", test_read_only_folder },
    { "/view/no-shop", test_no_shop },
    { "/view/left-behind", test_left_behind },
    { "/view/half-made", test_half_made },
    { "/view/nothing-is-written", test_nothing_is_written, TRUE },
    { "/view/no-pin", test_no_pin, TRUE },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, View, GINT_TO_POINTER (tests[i].people), set_up, tests[i].run,
                tear_down);
  return g_test_run ();
}
