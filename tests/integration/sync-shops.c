/* Two shops and the real server over loopback. */
#include "sync-shops.h"

#include <string.h>

/* @pem: certificate and key, or NULL for plain HTTP. */
void
sync_shops_start (SyncShops *f, const char *pem)
{
  g_autoptr (GError) error = NULL;
  const QuayServerHttpOptions options = { .listen = "127.0.0.1:0", .cert = pem, .key = pem };
  f->http = quay_server_http_start (f->office.server, &options, &error);
  g_assert_no_error (error);
  f->address =
      g_strconcat (pem != NULL ? "https://" : "http://", quay_server_http_address (f->http), NULL);
}

void
sync_shops_stop (SyncShops *f)
{
  g_clear_pointer (&f->http, quay_server_http_stop);
  g_clear_pointer (&f->address, g_free);
}

void
sync_shops_set_up (SyncShops *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
  sync_shops_start (f, NULL);
  shop_make (&f->a, "QT1", 11);
  shop_make (&f->b, "QT1", 12);
}

void
sync_shops_tear_down (SyncShops *f, gconstpointer data)
{
  shop_assert_sound (&f->a, TRUE);
  shop_assert_sound (&f->b, TRUE);
  shop_tear_down (&f->a, NULL);
  shop_tear_down (&f->b, NULL);
  sync_shops_stop (f);
  office_assert_sound (&f->office);
  office_tear_down (&f->office, NULL);
}

char *
sync_shops_code (SyncShops *f, const QuayId *replaces)
{
  g_autoptr (GError) error = NULL;
  gint64 until;
  char *code = quay_server_make_code (f->office.server, &f->office.site, replaces, &until, &error);
  g_assert_no_error (error);
  return code;
}

void
sync_shops_enrol (SyncShops *f, Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayEnrolled enrolled;
  QuayId till = quay_store_till_id (shop->store);
  g_autofree char *secret = sync_shops_code (f, NULL);
  quay_sync_enrol (shop->dir, f->address, NULL, &till, quay_store_till_code (shop->store),
                   quay_store_chain_letter (shop->store), secret, &enrolled, &error);
  g_assert_no_error (error);
  if (!enrolled.present_chain)
    g_assert_true (quay_store_new_chain (shop->store, enrolled.code, enrolled.letter, 0, &error));
  quay_enrolled_clear (&enrolled);
}

gboolean
sync_shops_try (Shop *shop, QuaySyncState *state, GError **error)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, error);
  return keys != NULL && quay_sync_once (shop->store, keys, &shop->env.env, FALSE, state, error);
}

QuaySyncState
sync_shops_once (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuaySyncState state;
  sync_shops_try (shop, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (state.waiting, ==, 0);
  g_assert_cmpuint (state.to_receive, ==, 0);
  return state;
}

void
sync_shops_assert_equal (Shop *a, Shop *b)
{
  QuayHash one;
  QuayHash two;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  g_assert_true (quay_store_digest (a->store, &one, &left, NULL));
  g_assert_true (quay_store_digest (b->store, &two, &right, NULL));
  g_assert_cmpstr (left, ==, right);
}

/* The server is to be found where it is by now. */
void
sync_shops_tell (SyncShops *f, Shop *shop, const char *ca)
{
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, NULL);
  g_free (keys->url);
  g_free (keys->ca);
  keys->url = g_strdup (f->address);
  keys->ca = g_strdup (ca);
  g_assert_true (quay_sync_keys_save (keys, NULL));
}

char *
sync_shops_copy (const char *from, const char *to_dir, const char *name)
{
  char *to = g_build_filename (to_dir, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_assert_true (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
  return to;
}

/* The folder of a closed shop as another computer has it. */
void
sync_shops_clone (Shop *clone, Shop *shop, guint seed)
{
  static const char *const names[] = { QUAY_STORE_FILE, "quay.keys", "quay.head" };
  memset (clone, 0, sizeof *clone);
  clone->dir = quay_test_dir ();
  clone->path = g_build_filename (clone->dir, QUAY_STORE_FILE, NULL);
  clone->chance = g_rand_new_with_seed (seed);
  quay_test_env_init (&clone->env, seed);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (shop->dir, names[i], NULL);
      if (g_file_test (from, G_FILE_TEST_EXISTS))
        g_free (sync_shops_copy (from, clone->dir, names[i]));
    }
}
