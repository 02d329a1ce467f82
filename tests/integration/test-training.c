/* Training: what is practised on a copy stays there, says what it is, and goes. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-store.h"
#include "quay-till-rehearse.h"
#include "quay-till-sign.h"
#include "quay-till-sync.h"
#include "quay-till-training.h"
#include "quay-till-users.h"

#include <string.h>

#define GOODS "2900000000018"
#define SALES 20

typedef struct
{
  QuayTestShop shop;
  QuayTestShop practice; /* its till alone is the fixture's own */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (&f->shop, TRUE);
  quay_test_shop_scan (&f->shop, GOODS);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (&f->shop);
  g_assert_nonnull (sale);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->practice.till);
  g_free (f->practice.dir);
  quay_test_shop_clear (&f->shop);
}

static void
open_practice (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  f->practice.till = quay_till_open_with (f->practice.dir, NULL, &f->shop.env.env, &error);
  g_assert_no_error (error);
}

/* As the window does it: the shop is closed while somebody practises. */
static void
begin (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  f->practice.dir = quay_till_make_training (f->shop.till, &error);
  g_assert_no_error (error);
  g_clear_object (&f->shop.till);
  open_practice (f);
}

static void
end (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_clear_object (&f->practice.till);
  g_assert_true (quay_till_drop_training (f->shop.dir));
  g_assert_false (g_file_test (f->practice.dir, G_FILE_TEST_EXISTS));
  g_clear_pointer (&f->practice.dir, g_free);
  f->shop.till = quay_till_open_with (f->shop.dir, NULL, &f->shop.env.env, &error);
  g_assert_no_error (error);
}

static char *
sum_of (const char *dir)
{
  gsize len;
  g_autofree char *bytes = NULL;
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, len);
}

static QuaySaleRecord *
sell (QuayTestShop *shop)
{
  quay_test_shop_scan (shop, GOODS);
  return quay_test_shop_pay (shop);
}

static void
test_apart (Fixture *f, gconstpointer data)
{
  gint64 sales;
  QuayMoney total;
  g_assert_false (quay_till_is_training (f->shop.till));
  begin (f);
  g_autofree char *before = sum_of (f->shop.dir);
  g_assert_true (quay_till_is_training (f->practice.till));
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (QuaySaleRecord) sale = sell (&f->practice);
      g_assert_nonnull (sale);
    }
  quay_till_today (f->practice.till, &sales, &total);
  g_assert_cmpint (sales, ==, SALES + 1);
  quay_test_shop_assert_sound (&f->practice);
  g_autofree char *after = sum_of (f->shop.dir);
  g_assert_cmpstr (before, ==, after);
  end (f);
  quay_till_today (f->shop.till, &sales, &total);
  g_assert_cmpint (sales, ==, 1);
  quay_test_shop_assert_sound (&f->shop);
}

#define ASSERT_REFUSED(call)                                                                       \
  {                                                                                                \
    g_autoptr (GError) refused = NULL;                                                             \
    g_assert_false (call);                                                                         \
    g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);                                      \
  }

static void
test_refused (Fixture *f, gconstpointer data)
{
  guint64 n, first, last;
  QuayCheck check = { 0 };
  begin (f);
  QuayTill *till = f->practice.till;
  g_autofree char *file = g_build_filename (f->shop.dir, "out", NULL);
  g_autoptr (QuaySaleRecord) sale = sell (&f->practice);
  ASSERT_REFUSED (quay_till_start_sync (till, &refused));
  ASSERT_REFUSED (quay_till_sync_once (till, FALSE, &refused));
  ASSERT_REFUSED (quay_till_enrol (till, "http://127.0.0.1:1", NULL, "AAAA-BBBB", &refused));
  ASSERT_REFUSED (quay_till_export_events (till, file, 0, &n, &first, &last, &refused));
  ASSERT_REFUSED (quay_till_backup (till, file, &check, &refused));
  ASSERT_REFUSED (quay_till_reprint (till, sale->number, &refused));
  ASSERT_REFUSED (quay_till_make_training (till, &refused) != NULL);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_autofree char *receipts = g_build_filename (f->practice.dir, "receipts", NULL);
  g_assert_false (g_file_test (receipts, G_FILE_TEST_EXISTS));
  /* put in the place of a shop's file, it would be one: no */
  g_autofree char *practised = g_build_filename (f->practice.dir, QUAY_STORE_FILE, NULL);
  g_clear_object (&f->practice.till);
  ASSERT_REFUSED (quay_till_restore (f->shop.dir, practised, &check, &refused));
  open_practice (f);
  end (f);
}

/* Whatever opens the folder practises, also after the program was killed. */
static void
test_mark (Fixture *f, gconstpointer data)
{
  begin (f);
  g_clear_object (&f->practice.till);
  open_practice (f);
  g_assert_true (quay_till_is_training (f->practice.till));
  g_autoptr (QuaySaleRecord) sale = sell (&f->practice);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) drawn =
      quay_till_render_receipt (f->practice.till, sale, "text", 80, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (drawn, NULL), (gssize)g_bytes_get_size (drawn), "TẬP DÙNG"));
  end (f);
  g_autoptr (QuaySaleRecord) real = sell (&f->shop);
  g_autoptr (GBytes) true_one =
      quay_till_render_receipt (f->shop.till, real, "text", 80, FALSE, &error);
  g_assert_null (g_strstr_len (g_bytes_get_data (true_one, NULL),
                               (gssize)g_bytes_get_size (true_one), "TẬP DÙNG"));
}

/* Each start is a new copy; a folder with anything else is left alone. */
static void
test_again (Fixture *f, gconstpointer data)
{
  gint64 sales;
  QuayMoney total;
  g_autoptr (GError) error = NULL;
  begin (f);
  g_autoptr (QuaySaleRecord) sale = sell (&f->practice);
  g_clear_object (&f->practice.till);
  f->shop.till = quay_till_open_with (f->shop.dir, NULL, &f->shop.env.env, &error);
  g_assert_no_error (error);
  g_clear_pointer (&f->practice.dir, g_free);
  begin (f);
  quay_till_today (f->practice.till, &sales, &total);
  g_assert_cmpint (sales, ==, 1);
  end (f);
  g_autofree char *dir = quay_till_training_dir (f->shop.dir);
  g_autofree char *mine = g_build_filename (dir, "mine.txt", NULL);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (mine, "keep", -1, NULL));
  g_assert_null (quay_till_make_training (f->shop.till, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_assert_true (g_file_test (mine, G_FILE_TEST_EXISTS));
}

static void
add_user (QuayTill *till, const char *code, const char *role, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  QuayUserEdit edit = { TRUE, code, code, role, pin, NULL, NULL };
  g_assert_true (quay_till_save_user (till, &edit, NULL, &refusals, &error));
  g_assert_no_error (error);
}

/* Who practises has their own rights, and can't try out others' PINs. */
static void
test_people (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  add_user (f->shop.till, "ql", "manager", "1357");
  add_user (f->shop.till, "tn", "cashier", "2468");
  g_assert_true (quay_till_sign_in (f->shop.till, "tn", "2468", &error));
  begin (f);
  g_assert_cmpstr (quay_till_user (f->practice.till), ==, "tn");
  g_assert_false (quay_till_is_locked (f->practice.till));
  g_autoptr (QuaySaleRecord) sale = sell (&f->practice);
  g_assert_cmpstr (sale->who, ==, "tn");
  ASSERT_REFUSED (quay_till_sign_in (f->practice.till, "ql", "1357", &refused));
  ASSERT_REFUSED (
      quay_till_approve (f->practice.till, QUAY_ACT_SETTINGS, 0, "ql", "1357", NULL, &refused));
  end (f);
  g_assert_true (quay_till_is_locked (f->shop.till));
  g_assert_null (quay_till_make_training (f->shop.till, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
}

/* A restore tried out shows what a copy would bring, and touches nothing. */
static void
test_rehearsal (Fixture *f, gconstpointer data)
{
  QuayCheck check = { 0 };
  QuayRehearsal found;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->shop.dir, "copy.db", NULL);
  g_autofree char *folder = g_build_filename (f->shop.dir, "rehearsal", NULL);
  g_assert_true (quay_till_backup (f->shop.till, file, &check, &error));
  g_assert_no_error (error);
  quay_check_clear (&check);
  g_autoptr (QuaySaleRecord) later = sell (&f->shop);
  g_assert_true (quay_till_rehearse (f->shop.dir, file, &found, &error));
  g_assert_no_error (error);
  g_assert_true (found.check.ok);
  g_assert_cmpint (found.sales, ==, 1);
  g_assert_cmpstr (found.last_number, ==, "QT1A-000001");
  g_assert_cmpuint (found.products, >, 20);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  quay_rehearsal_clear (&found);
  g_assert_cmpstr (later->number, ==, "QT1A-000002");
  g_assert_true (g_file_set_contents (file, "no shop at all", -1, NULL));
  g_assert_false (quay_till_rehearse (f->shop.dir, file, &found, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  quay_test_shop_assert_sound (&f->shop);
}

#define ADD(path, func) g_test_add ("/training/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("apart", test_apart);
  ADD ("refused", test_refused);
  ADD ("mark", test_mark);
  ADD ("again", test_again);
  ADD ("people", test_people);
  ADD ("rehearsal", test_rehearsal);
  return g_test_run ();
}
