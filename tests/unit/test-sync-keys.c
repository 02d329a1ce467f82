/* The file of keys: its mode, and every way in which it may be damaged. */
#include "quay-sync-keys.h"

#include "quay-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  char *path;
} Folder;

static void
set_up (Folder *folder, gconstpointer data)
{
  folder->dir = quay_test_dir ();
  folder->path = g_build_filename (folder->dir, "quay.keys", NULL);
}

static void
tear_down (Folder *folder, gconstpointer data)
{
  quay_test_remove (folder->dir);
  g_free (folder->dir);
  g_free (folder->path);
}

static mode_t
mode_of (const char *path)
{
  struct stat st;
  g_assert_cmpint (stat (path, &st), ==, 0);
  return st.st_mode & 0777;
}

static QuaySyncKeys *
make_keys (const char *dir)
{
  static const guint8 seed[32] = "a seed of the till";
  static const guint8 next[32] = "the seed after it";
  g_autoptr (GError) error = NULL;
  QuaySyncKeys *keys = quay_sync_keys_load (dir, &error);
  g_assert_no_error (error);
  keys->url = g_strdup ("https://server.example:8443");
  keys->ca = g_strdup ("/etc/quay/ca.pem");
  keys->enrolled = TRUE;
  keys->till = quay_test_id (1, 1);
  keys->site = quay_test_id (2, 1);
  keys->node = quay_test_id (3, 1);
  keys->shop = g_strdup ("HTX Cẩm Thủy");
  keys->key_id = g_strdup ("k1");
  quay_key_from_seed (&keys->key, seed);
  quay_key_from_seed (&keys->next, next);
  keys->has_next = TRUE;
  keys->n_server_keys = 2;
  g_strlcpy (keys->server_keys[0].id, "s1", sizeof keys->server_keys[0].id);
  g_strlcpy (keys->server_keys[1].id, "s2", sizeof keys->server_keys[1].id);
  memset (keys->server_keys[0].public, 7, QUAY_KEY_LEN);
  memset (keys->server_keys[1].public, 9, QUAY_KEY_LEN);
  return keys;
}

static void
test_none (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (folder->dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (keys->path, ==, folder->path);
  g_assert_false (keys->enrolled);
  g_assert_false (keys->has_next);
  g_assert_true (quay_id_is_nil (&keys->till));
  g_assert_false (g_file_test (folder->path, G_FILE_TEST_EXISTS));
}

static void
test_round (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySyncKeys) keys = make_keys (folder->dir);
  g_autofree char *fresh = g_strconcat (folder->path, ".new", NULL);
  /* a rest of a write that was cut short, open to all */
  g_assert_true (g_file_set_contents (fresh, "rest", -1, &error));
  g_assert_cmpint (g_chmod (fresh, 0644), ==, 0);
  g_assert_true (quay_sync_keys_save (keys, &error));
  g_assert_no_error (error);
  g_assert_cmpint (mode_of (folder->path), ==, 0600);
  g_autoptr (QuaySyncKeys) read = quay_sync_keys_load (folder->dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->url, ==, keys->url);
  g_assert_cmpstr (read->ca, ==, keys->ca);
  g_assert_cmpstr (read->shop, ==, keys->shop);
  g_assert_cmpstr (read->key_id, ==, keys->key_id);
  g_assert_true (read->enrolled);
  g_assert_true (quay_id_equal (&read->till, &keys->till));
  g_assert_true (quay_id_equal (&read->site, &keys->site));
  g_assert_true (quay_id_equal (&read->node, &keys->node));
  g_assert_cmpmem (&read->key, sizeof read->key, &keys->key, sizeof keys->key);
  g_assert_true (read->has_next);
  g_assert_cmpmem (&read->next, sizeof read->next, &keys->next, sizeof keys->next);
  g_assert_cmpuint (read->n_server_keys, ==, 2);
  g_assert_cmpmem (quay_sync_keys_server (read, "s2"), QUAY_KEY_LEN, keys->server_keys[1].public,
                   QUAY_KEY_LEN);
  g_assert_null (quay_sync_keys_server (read, "s3"));
}

static void
test_bare (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (folder->dir, &error);
  keys->url = g_strdup ("https://server.example");
  g_assert_true (quay_sync_keys_save (keys, &error));
  g_autoptr (QuaySyncKeys) read = quay_sync_keys_load (folder->dir, &error);
  g_assert_no_error (error);
  g_assert_null (read->ca);
  g_assert_null (read->key_id);
  g_assert_false (read->has_next);
}

/* What others may read is closed to them. */
static void
test_mode (Folder *folder, gconstpointer data)
{
  static const mode_t modes[] = { 0644, 0640, 0606, 0666, 0755 };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySyncKeys) keys = make_keys (folder->dir);
  g_assert_true (quay_sync_keys_save (keys, &error));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_assert_cmpint (g_chmod (folder->path, modes[i]), ==, 0);
      g_autoptr (QuaySyncKeys) read = quay_sync_keys_load (folder->dir, &error);
      g_assert_no_error (error);
      g_assert_cmpint (mode_of (folder->path), ==, 0600);
    }
}

/* Cut anywhere, it is damaged, never half read. */
static void
test_truncated (Folder *folder, gconstpointer data)
{
  g_autoptr (QuaySyncKeys) keys = make_keys (folder->dir);
  g_autofree char *text = NULL;
  gsize len;
  g_assert_true (quay_sync_keys_save (keys, NULL));
  g_assert_true (g_file_get_contents (folder->path, &text, &len, NULL));
  for (gsize n = 0; n < len; n++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_true (g_file_set_contents (folder->path, text, (gssize)n, NULL));
      g_assert_null (quay_sync_keys_load (folder->dir, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
    }
}

static const struct
{
  const char *name;
  const char *find;
  const char *put;
  QuayError code;
} damages[] = {
  { "till-not-an-id", "\"till\":\"", "\"till\":\"x", QUAY_ERROR_DAMAGED },
  { "till-gone", "\"till\":", "\"tall\":", QUAY_ERROR_DAMAGED },
  { "site-gone", "\"site\":", "\"sate\":", QUAY_ERROR_DAMAGED },
  { "key-gone", "\"key\":", "\"kay\":", QUAY_ERROR_DAMAGED },
  { "key-short", "\"key\":\"", "\"key\":\"A", QUAY_ERROR_DAMAGED },
  { "next-short", "\"next\":\"", "\"next\":\"A", QUAY_ERROR_DAMAGED },
  { "no-server-keys", "\"server\":", "\"sorver\":", QUAY_ERROR_DAMAGED },
  { "server-key-short", "\"s2\",\"key\":\"", "\"s2\",\"key\":\"A", QUAY_ERROR_DAMAGED },
  { "url-a-number", "\"url\":\"https://server.example:8443\"", "\"url\":5", QUAY_ERROR_DAMAGED },
  { "twice", "\"enrolled\":1", "\"enrolled\":1,\"enrolled\":1", QUAY_ERROR_DAMAGED },
  { "tail", "}]}", "}]}}", QUAY_ERROR_DAMAGED },
  { "version-0", "\"v\":1", "\"v\":0", QUAY_ERROR_DAMAGED },
  { "newer", "\"v\":1", "\"v\":2", QUAY_ERROR_NEWER },
};

static void
test_damaged (Folder *folder, gconstpointer data)
{
  g_autoptr (QuaySyncKeys) keys = make_keys (folder->dir);
  g_autofree char *text = NULL;
  g_assert_true (quay_sync_keys_save (keys, NULL));
  g_assert_true (g_file_get_contents (folder->path, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) bent = g_string_new (text);
      g_test_message ("%s", damages[i].name);
      g_assert_cmpuint (g_string_replace (bent, damages[i].find, damages[i].put, 1), ==, 1);
      g_assert_true (g_file_set_contents (folder->path, bent->str, -1, NULL));
      g_assert_null (quay_sync_keys_load (folder->dir, &error));
      g_assert_error (error, QUAY_ERROR, (gint)damages[i].code);
      g_assert_null (strstr (error->message, "a seed"));
    }
}

static void
test_too_large (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (100000, ' ');
  g_assert_true (g_file_set_contents (folder->path, text, -1, NULL));
  g_assert_null (quay_sync_keys_load (folder->dir, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
}

/* A link is not followed: it could make any file 0600 and be read as keys. */
static void
test_link (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (folder->dir, "other", NULL);
  g_assert_true (g_file_set_contents (other, "{}", -1, NULL));
  g_assert_cmpint (symlink (other, folder->path), ==, 0);
  g_assert_null (quay_sync_keys_load (folder->dir, &error));
  g_assert_nonnull (error);
}

/* Nothing that can't be read back is written. */
static void
test_unsound (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuaySyncKeys) keys = make_keys (folder->dir);
  g_free (keys->ca);
  keys->ca = g_strdup ("/tmp/a\tb");
  g_assert_false (quay_sync_keys_save (keys, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_false (g_file_test (folder->path, G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*func) (Folder *, gconstpointer))
{
  g_test_add (path, Folder, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sync-keys/none", test_none);
  add ("/sync-keys/round", test_round);
  add ("/sync-keys/bare", test_bare);
  add ("/sync-keys/mode", test_mode);
  add ("/sync-keys/truncated", test_truncated);
  add ("/sync-keys/damaged", test_damaged);
  add ("/sync-keys/too-large", test_too_large);
  add ("/sync-keys/link", test_link);
  add ("/sync-keys/unsound", test_unsound);
  return g_test_run ();
}
