/* Disks, folders and files that fail: what the store says, and that it is usable after. */
#include "bad-disk.h"
#include "store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

/* --- faults at each call in turn --- */

static void
set_up_faulty (Shop *shop, gconstpointer data)
{
  bad_disk_register (FALSE);
  shop->vfs = BAD_DISK_VFS;
  shop_set_up (shop, data);
  shop_sell (shop, 3);
}

/* A sale while the disk fails; then again with the same id on a sound one. */
static gboolean
sell_through (Shop *shop, BadDisk fault, guint nth, gboolean lasting)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  QuayId id = quay_id_new (&shop->env.env);
  gint64 before = shop_ask (shop, "SELECT count(*) FROM sale");
  bad_disk_arm (fault, nth, lasting);
  g_autoptr (QuayResult) result = shop_try_sell (shop, &id, &error);
  gboolean struck = bad_disk_disarm () > 0;
  if (result == NULL)
    g_assert_true (quay_error_is_storage (error));
  if (result == NULL && (fault == BAD_DISK_FULL || fault == BAD_DISK_HALF))
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  g_autoptr (QuayResult) second = shop_try_sell (shop, &id, &again);
  g_assert_no_error (again);
  if (result != NULL)
    {
      g_assert_true (second->known);
      g_assert_cmpstr (shop_number (second), ==, shop_number (result));
      g_assert_true (quay_hash_equal (&g_array_index (result->hashes, QuayHash, 0),
                                      &g_array_index (second->hashes, QuayHash, 0)));
    }
  else if (!lasting) /* it was looked up on a sound disk: refused means absent */
    g_assert_false (second->known);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, before + 1);
  return struck;
}

static void
test_each_call (Shop *shop, gconstpointer data)
{
  BadDisk fault = GPOINTER_TO_UINT (data) / 2;
  gboolean lasting = GPOINTER_TO_UINT (data) % 2;
  guint nth = 1;
  while (sell_through (shop, fault, nth, lasting))
    {
      g_assert_cmpuint (++nth, <, 500);
      if (nth % 4 == 0)
        shop_assert_sound (shop, FALSE);
    }
  g_assert_cmpuint (nth, >, 1); /* it struck at least once */
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) - count(DISTINCT number) FROM sale"), ==, 0);
  shop_assert_sound (shop, TRUE);
}

/* A disk that has failed for good: each request gets the error, and the next after its repair
 * works. */
static void
test_latched (Shop *shop, gconstpointer data)
{
  bad_disk_arm (BAD_DISK_SYNC, 1, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (shop_try_sell (shop, NULL, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_IO);
    }
  bad_disk_disarm ();
  shop_sell (shop, 1);
  shop_assert_sound (shop, TRUE);
}

/* --- a file-size limit: the real file system says no --- */

static void
limit_file_size (rlim_t bytes)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit was;
  QuayId id = quay_id_new (&shop->env.env);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &was);
  shop_sell (shop, 1);
  limit_file_size (400 * 1024);
  while (error == NULL)
    quay_result_free (shop_try_sell (shop, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  gint64 sales = shop_ask (shop, "SELECT count(*) FROM sale");
  g_clear_error (&error);
  limit_file_size (was.rlim_cur);
  g_autoptr (QuayResult) sold = shop_try_sell (shop, &id, &error);
  g_assert_no_error (error);
  g_autofree char *want = g_strdup_printf ("QT1A-%06d", (int)sales + 1);
  g_assert_cmpstr (shop_number (sold), ==, want);
  shop_assert_sound (shop, TRUE);
}

/* --- files and folders that can't be used --- */

static void
assert_open_fails (Shop *shop, QuayError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (quay_store_open (shop->dir, &shop->env.env, &error));
  g_assert_error (error, QUAY_ERROR, (gint)code);
}

static void
test_locked (Shop *shop, gconstpointer data)
{
  assert_open_fails (shop, QUAY_ERROR_BUSY);
  shop_close (shop);
  shop_open (shop);
}

static void
test_missing (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (shop->dir, "nowhere", NULL);
  g_autofree char *empty = g_build_filename (shop->dir, "empty", NULL);
  g_mkdir (empty, 0700);
  g_assert_null (quay_store_open (nowhere, &shop->env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (quay_store_open (empty, &shop->env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
}

static void
test_newer (Shop *shop, gconstpointer data)
{
  shop_close (shop);
  shop_tamper (shop, "PRAGMA user_version = 99");
  assert_open_fails (shop, QUAY_ERROR_NEWER);
  g_assert_cmpint (shop_ask (shop, "PRAGMA user_version"), ==, 99);
}

/* Each is written over the file; nothing of it may be changed by looking. */
static const struct
{
  const char *what;
  gssize keep; /* bytes kept of the file, −1 all */
  gssize at;   /* where @text goes, −1 nowhere */
  const char *text;
} damages[] = {
  { "empty", 0, -1, "" },
  { "cut", 5000, -1, "" },
  { "other program's", -1, 0, "SQLite format 4" },
  { "text", 0, 0, "this is a letter to the bank" },
  { "other application", -1, 68, "ABCD" },
};

static void
test_damaged (Shop *shop, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize len;
  shop_sell (shop, 5);
  shop_close (shop);
  g_assert_true (g_file_get_contents (shop->path, &bytes, &len, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *after = NULL;
      gsize after_len;
      g_test_message ("%s", damages[i].what);
      g_autoptr (GString) bad =
          g_string_new_len (bytes, damages[i].keep < 0 ? (gssize)len : damages[i].keep);
      if (damages[i].at >= 0)
        g_string_overwrite (bad, (gsize)damages[i].at, damages[i].text);
      g_assert_true (g_file_set_contents (shop->path, bad->str, (gssize)bad->len, NULL));
      assert_open_fails (shop, QUAY_ERROR_DAMAGED);
      g_assert_true (g_file_get_contents (shop->path, &after, &after_len, NULL));
      g_assert_cmpmem (after, after_len, bad->str, bad->len);
    }
}

static void
test_bad_tail (Shop *shop, gconstpointer data)
{
  shop_sell (shop, 5);
  shop_close (shop);
  shop_tamper (
      shop,
      "DROP TRIGGER journal_no_update;"
      "UPDATE journal SET bytes = CAST(replace(bytes, '1', '2') AS BLOB) WHERE pos % 1048576 = 3");
  assert_open_fails (shop, QUAY_ERROR_DAMAGED);
}

/* A file that is gone is a fault, not the beginning of another shop with the same numbers. */
static void
test_lost_file (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_build_filename (shop->dir, "away.db", NULL);
  shop_sell (shop, 2);
  shop_close (shop);
  g_assert_cmpint (g_rename (shop->path, aside), ==, 0);
  assert_open_fails (shop, QUAY_ERROR_DAMAGED);
  g_assert_false (quay_store_create (shop->dir, "QT1", &shop->env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  g_assert_cmpint (g_rename (aside, shop->path), ==, 0);
  shop_open (shop);
  g_assert_false (quay_store_was_rolled_back (shop->store));
}

/* A log whose file is gone is kept, but never meets the next file. */
static void
test_orphan_log (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = g_strconcat (shop->path, "-wal", NULL);
  g_autofree char *orphan = g_strconcat (log, ".orphan1", NULL);
  g_autofree char *head = g_build_filename (shop->dir, "quay.head", NULL);
  shop_close (shop);
  g_assert_true (g_file_set_contents (log, "old log", -1, NULL));
  g_unlink (shop->path);
  g_unlink (head);
  g_assert_true (quay_store_create (shop->dir, "QT1", &shop->env.env, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (orphan, G_FILE_TEST_EXISTS));
  shop_open (shop);
}

/* Root may write anywhere, so the rest is done as nobody, in a program of its own. */
static void
test_read_only (void)
{
  g_autoptr (GError) error = NULL;
  QuayTestEnv env;
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  g_autofree char *dir = quay_test_dir ();
  g_autofree char *path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  quay_test_env_init (&env, 1);
  g_assert_true (quay_store_create (dir, "QT1", &env.env, &error));
  if (geteuid () == 0)
    {
      g_assert_cmpint (chmod (dir, 0755), ==, 0);
      g_assert_cmpint (chmod (path, 0644), ==, 0);
      g_assert_cmpint (setegid (NOBODY) | seteuid (NOBODY), ==, 0);
    }
  else
    g_assert_cmpint (chmod (dir, 0500) | chmod (path, 0400), ==, 0);
  g_assert_null (quay_store_open (dir, &env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_READ_ONLY);
  g_assert_cmpint (seteuid (getuid ()), ==, 0);
  chmod (dir, 0700);
  quay_test_remove (dir);
}

int
main (int argc, char **argv)
{
  static const char *const names[BAD_DISK_N] = {
    [BAD_DISK_FULL] = "full", [BAD_DISK_HALF] = "half",           [BAD_DISK_WRITE] = "write",
    [BAD_DISK_SYNC] = "sync", [BAD_DISK_READ_ONLY] = "read-only",
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/store/fault/%s/%s", names[i / 2], i % 2 ? "lasting" : "once");
      g_test_add (path, Shop, GUINT_TO_POINTER (i), set_up_faulty, test_each_call, shop_tear_down);
    }
  g_test_add ("/store/fault/latched", Shop, NULL, set_up_faulty, test_latched, shop_tear_down);
#define ADD(path, func) g_test_add (path, Shop, NULL, shop_set_up, func, shop_tear_down)
  ADD ("/store/full", test_full);
  ADD ("/store/locked", test_locked);
  ADD ("/store/missing", test_missing);
  ADD ("/store/newer", test_newer);
  ADD ("/store/damaged", test_damaged);
  ADD ("/store/damaged/tail", test_bad_tail);
  ADD ("/store/lost-file", test_lost_file);
  ADD ("/store/orphan-log", test_orphan_log);
  g_test_add_func ("/store/read-only", test_read_only);
  return g_test_run ();
}
