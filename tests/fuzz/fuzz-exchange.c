/* Any bytes as a file of events carried by hand: it is taken or refused, and the shop goes on. */
#include "quay-error.h"
#include "quay-store-private.h"
#include "quay-test.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static QuayTestEnv env;
static QuayStore *store;
static char *dir;

static void
close_shop (void)
{
  quay_store_close (store);
  quay_test_remove (dir);
  g_free (dir);
}

static void
open_shop (void)
{
  g_autoptr (GError) error = NULL;
  dir = quay_test_dir_in_memory ();
  quay_test_env_init (&env, 1);
  quay_store_create (dir, "QT1", &env.env, &error);
  g_assert_no_error (error);
  store = quay_store_open_full (dir, &env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  atexit (close_shop);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  if (store == NULL)
    open_shop ();
  g_autofree char *path = g_build_filename (dir, "carried", NULL);
  g_file_set_contents_full (path, (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                            0600, &error);
  g_assert_no_error (error);
  if (!quay_store_import_events (store, path, NULL, NULL, NULL, &error))
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  return 0;
}
