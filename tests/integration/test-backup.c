/* Copies of the file: made, kept, put back; and the chain that follows. */
#include "quay-backup.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)
#define DAY_MS (24 * HOUR_MS)

static char *
backup_to (Shop *shop, const char *name)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  char *path = g_build_filename (shop->dir, name, NULL);
  g_assert_true (quay_store_backup (shop->store, path, &verdict, &error));
  g_assert_no_error (error);
  g_assert_true (verdict.ok);
  g_assert_cmpint (verdict.events, ==, shop_ask (shop, "SELECT count(*) FROM journal"));
  quay_verdict_clear (&verdict);
  return path;
}

static void
test_backup (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  shop_fill (shop, 10);
  g_autofree char *path = backup_to (shop, "copy.db");
  g_assert_false (quay_store_backup (shop->store, path, &verdict, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_clear_error (&error);
  g_autofree char *nowhere = g_build_filename (shop->dir, "no", "copy.db", NULL);
  g_assert_false (quay_store_backup (shop->store, nowhere, &verdict, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

/* A copy is of one moment, whatever is sold meanwhile. */
static gpointer
sell_on (gpointer data)
{
  Shop *shop = data;
  shop_sell (shop, 60);
  return NULL;
}

static void
test_while_selling (Shop *shop, gconstpointer data)
{
  shop_fill (shop, 60);
  GThread *seller = g_thread_new ("seller", sell_on, shop);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      QuayVerdict verdict;
      g_autofree char *name = g_strdup_printf ("copy%u.db", i);
      g_autofree char *path = g_build_filename (shop->dir, name, NULL);
      g_assert_true (quay_store_backup (shop->store, path, &verdict, &error));
      g_assert_true (verdict.ok);
      quay_verdict_clear (&verdict);
    }
  g_thread_join (seller);
}

static void
test_restore (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  shop_sell (shop, 3);
  g_autofree char *path = backup_to (shop, "copy.db");
  shop_sell (shop, 2);
  g_assert_false (quay_store_restore (shop->dir, path, &shop->env.env, &verdict, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_BUSY);
  g_clear_error (&error);
  QuayId till = quay_store_till_id (shop->store);
  shop_close (shop);
  g_assert_true (quay_store_restore (shop->dir, path, &shop->env.env, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (verdict.events, ==, 4);
  quay_verdict_clear (&verdict);
  shop_open (shop);
  QuayId same = quay_store_till_id (shop->store);
  g_assert_true (quay_id_equal (&till, &same));
  g_assert_cmpstr (quay_store_chain_letter (shop->store), ==, "B");
  g_assert_false (quay_store_was_rolled_back (shop->store));
  g_autoptr (QuayResult) sold = shop_try_sell (shop, NULL, &error);
  g_assert_cmpstr (shop_number (sold), ==, "QT1B-000001");
  g_assert_cmpint (shop_ask (shop, "SELECT first * 10 + count FROM birth WHERE letter = 'B'"), ==,
                   50);
  shop_assert_sound (shop, TRUE);
}

static char *
find_file (const char *dir, const char *pattern)
{
  const char *name;
  char *found = NULL;
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_pattern_match_simple (pattern, name))
      {
        g_assert_null (found);
        found = g_build_filename (dir, name, NULL);
      }
  return found;
}

/* The file that gave way is kept, whole. */
static void
test_replaced (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  g_autofree char *path = backup_to (shop, "copy.db");
  shop_sell (shop, 4);
  shop_close (shop);
  g_assert_true (quay_store_restore (shop->dir, path, &shop->env.env, &verdict, &error));
  quay_verdict_clear (&verdict);
  g_autofree char *kept = find_file (shop->dir, "quay-replaced-*.db");
  g_autoptr (QuayDb) db = quay_db_open (kept, QUAY_DB_COPY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_verify_db (db, QUAY_VERIFY_FULL, &verdict, &error));
  g_assert_cmpuint (verdict.events, ==, 5);
  g_assert_true (verdict.ok);
  quay_verdict_clear (&verdict);
}

/* Whoever restores again within the same second finds every file that gave way. */
static void
test_replaced_again (Shop *shop, gconstpointer data)
{
  g_autofree char *path = backup_to (shop, "copy.db");
  guint kept = 0;
  shop_close (shop);
  shop->env.step_ms = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      QuayVerdict verdict;
      quay_store_restore (shop->dir, path, &shop->env.env, &verdict, &error);
      g_assert_no_error (error);
      quay_verdict_clear (&verdict);
    }
  g_autoptr (GDir) folder = g_dir_open (shop->dir, 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    kept += g_pattern_match_simple ("quay-replaced-*.db", name);
  g_assert_cmpuint (kept, ==, 3);
}

/* Also where there was nothing, or something damaged. */
static void
test_restore_elsewhere (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  shop_sell (shop, 2);
  g_autofree char *path = backup_to (shop, "copy.db");
  g_autofree char *other = g_build_filename (shop->dir, "other", NULL);
  g_assert_true (quay_store_restore (other, path, &shop->env.env, &verdict, &error));
  g_assert_no_error (error);
  quay_verdict_clear (&verdict);
  QuayStore *store = quay_store_open_full (other, &shop->env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (quay_store_chain_letter (store), ==, "B");
  quay_store_close (store);
  shop_close (shop);
  g_assert_true (g_file_set_contents (shop->path, "broken", -1, NULL));
  g_assert_true (quay_store_restore (shop->dir, path, &shop->env.env, &verdict, &error));
  g_assert_no_error (error);
  quay_verdict_clear (&verdict);
  shop_open (shop);
  shop_assert_sound (shop, TRUE);
}

static void
test_bad_backup (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  shop_sell (shop, 5);
  g_autofree char *path = backup_to (shop, "copy.db");
  shop_close (shop);
  g_autofree char *own = g_steal_pointer (&shop->path);
  shop->path = g_strdup (path);
  shop_tamper (shop, "UPDATE sale SET total = total + 1");
  g_free (shop->path);
  shop->path = g_steal_pointer (&own);
  g_assert_false (quay_store_restore (shop->dir, path, &shop->env.env, &verdict, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  g_clear_error (&error);
  quay_verdict_clear (&verdict);
  g_autofree char *none = g_build_filename (shop->dir, "none.db", NULL);
  g_assert_false (quay_store_restore (shop->dir, none, &shop->env.env, &verdict, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  shop_open (shop); /* the present file was left alone */
  g_assert_cmpstr (quay_store_chain_letter (shop->store), ==, "A");
}

/* A restore that was cut short when the old file had gone aside. */
static void
test_interrupted (Shop *shop, gconstpointer data)
{
  g_autofree char *restored = g_build_filename (shop->dir, "quay-restored.db", NULL);
  shop_sell (shop, 2);
  shop_close (shop);
  g_assert_cmpint (g_rename (shop->path, restored), ==, 0);
  shop_open (shop);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, 2);
}

/* --- the hourly one --- */

static void
test_hourly (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (shop->dir, "backups", NULL);
  shop_sell (shop, 3);
  g_assert_true (quay_store_idle_now (shop->store, &error));
  shop_close (shop); /* waits for it, or stops it */
  shop_open (shop);
  for (guint hour = 0; hour < 3; hour++)
    {
      gint64 now = quay_test_env_move (&shop->env, HOUR_MS + 60000);
      g_assert_true (quay_store_idle_now (shop->store, &error));
      while (quay_store_last_backup (shop->store, NULL) < now)
        g_thread_yield ();
      g_assert_true (quay_store_idle_now (shop->store, &error)); /* not due again */
    }
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n = 0;
  for (const char *name; (name = g_dir_read_name (dir)) != NULL; n++)
    g_assert_true (g_pattern_match_simple ("quay-2026*.db", name));
  g_assert_cmpuint (n, >=, 3);
  g_assert_cmpuint (n, <=, 4);
}

/* Closing does not wait for a copy under way, and no half of one gets a name. */
static gboolean
stop_at_once (gpointer data)
{
  guint *left = data;
  return (*left)-- > 0;
}

static void
test_stopped (Shop *shop, gconstpointer data)
{
  g_autofree char *path = g_build_filename (shop->dir, "copy.db", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean made = FALSE;
  guint stopped = 0;
  shop_fill (shop, 400);
  shop_close (shop);
  g_autoptr (QuayDb) db = quay_db_open (shop->path, QUAY_DB_READ, NULL, NULL);
  for (guint n = 0; !made; n++)
    {
      guint left = n;
      QuayVerdict verdict;
      made = quay_backup_make (db, path, QUAY_VERIFY_QUICK, stop_at_once, &left, &verdict, NULL);
      stopped += made ? 0 : 1;
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, made);
      g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
      quay_verdict_clear (&verdict);
      g_assert_cmpuint (n, <, 1000);
    }
  g_assert_cmpuint (stopped, >, 1);
  g_clear_pointer (&db, quay_db_free);
  shop_open (shop);
}

/* What a killed program left behind goes with the next copy; other files stay. */
static void
test_parts (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (shop->dir, "backups", NULL);
  g_autofree char *part = g_build_filename (folder, "quay-20260101-0800.db.part", NULL);
  g_autofree char *other = g_build_filename (folder, "notes.part", NULL);
  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  g_assert_true (quay_store_idle_now (shop->store, &error));
  while (quay_store_last_backup (shop->store, NULL) == 0)
    g_thread_yield ();
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* Before the schema changes there is a copy, and it can be opened by itself. */
static void
test_before_migration (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  g_autofree char *folder = g_build_filename (shop->dir, "backups", NULL);
  shop_sell (shop, 5);
  shop_close (shop);
  g_autoptr (QuayDb) db = quay_db_open (shop->path, QUAY_DB_WRITE, NULL, &error);
  g_assert_true (quay_backup_before_migration (db, shop->dir, 1, &shop->env.env, &error));
  g_assert_no_error (error);
  g_clear_pointer (&db, quay_db_free);
  g_autofree char *made = find_file (folder, "quay-before-1-*.db");
  g_autoptr (QuayDb) copy = quay_db_open (made, QUAY_DB_COPY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_verify_db (copy, QUAY_VERIFY_FULL, &verdict, &error));
  g_assert_true (verdict.ok);
  g_assert_cmpuint (verdict.events, ==, 6);
  quay_verdict_clear (&verdict);
  shop_open (shop);
}

static void
test_keep (void)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 now = quay_day_start_ms (20261123, 0) + 20 * HOUR_MS;
  for (gint64 stamp = now; stamp > now - 800 * DAY_MS; stamp -= HOUR_MS)
    g_array_append_val (stamps, stamp);
  g_autoptr (GArray) keep = quay_backup_keep (stamps, now);
  guint day = 0;
  guint month = 0;
  guint year = 0;
  for (guint i = 0; i < stamps->len; i++)
    {
      gint64 age = now - g_array_index (stamps, gint64, i);
      if (!g_array_index (keep, gboolean, i))
        continue;
      day += age < DAY_MS;
      month += age >= DAY_MS && age < 30 * DAY_MS;
      year += age >= 30 * DAY_MS;
      g_assert_cmpint (age, <, 366 * DAY_MS);
    }
  g_assert_cmpuint (keep->len, ==, stamps->len);
  g_assert_cmpuint (day, ==, 24);
  g_assert_cmpuint (month, ==, 29);
  g_assert_cmpuint (year, ==, 11); /* September back to November: October has its daily ones */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Shop, NULL, shop_set_up, func, shop_tear_down)
  ADD ("/backup/copy", test_backup);
  ADD ("/backup/while-selling", test_while_selling);
  ADD ("/backup/restore", test_restore);
  ADD ("/backup/restore/replaced", test_replaced);
  ADD ("/backup/restore/same-second", test_replaced_again);
  ADD ("/backup/restore/elsewhere", test_restore_elsewhere);
  ADD ("/backup/restore/bad", test_bad_backup);
  ADD ("/backup/restore/interrupted", test_interrupted);
  ADD ("/backup/hourly", test_hourly);
  ADD ("/backup/stopped", test_stopped);
  ADD ("/backup/parts", test_parts);
  ADD ("/backup/before-migration", test_before_migration);
  g_test_add_func ("/backup/keep", test_keep);
  return g_test_run ();
}
