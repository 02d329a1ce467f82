/* The store on a real folder: making, opening, committing, numbering, local marks, and what it says
 * of files and folders that it can't use. */
#include "quay-reader.h"
#include "quay-store-private.h"
#include "quay-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PRODUCTS 50

typedef struct
{
  char *dir;
  char *path;
  QuayTestEnv env;
  GRand *chance;
  QuayStore *store;
} Fixture;

static void
open_store (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  f->store = quay_store_open_full (f->dir, &f->env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  f->dir = quay_test_dir ();
  f->path = g_build_filename (f->dir, QUAY_STORE_FILE, NULL);
  f->chance = g_rand_new_with_seed (5);
  quay_test_env_init (&f->env, 1);
  g_assert_true (quay_store_create (f->dir, "QT1", &f->env.env, &error));
  g_assert_no_error (error);
  open_store (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_store_close (f->store);
  quay_test_remove (f->dir);
  g_rand_free (f->chance);
  g_free (f->dir);
  g_free (f->path);
}

static QuayResult *
sell (Fixture *f, const QuayId *id, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, quay_test_sale (f->chance, PRODUCTS, id));
  return quay_store_commit (f->store, txn, QUAY_LANE_COUNTER, error);
}

static const char *
number_of (QuayResult *result)
{
  return ((QuaySale *)((QuayEvent *)result->events->pdata[0])->body)->number;
}

static void
test_open (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (quay_store_till_code (f->store), ==, "QT1");
  g_assert_cmpstr (quay_store_chain_letter (f->store), ==, "A");
  g_assert_cmpstr (quay_store_dir (f->store), ==, f->dir);
  g_assert_false (quay_store_was_rolled_back (f->store));
  QuayId till = quay_store_till_id (f->store);
  g_assert_false (quay_id_is_nil (&till));
}

static void
test_numbers (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *want = g_strdup_printf ("QT1A-%06u", i);
      g_autoptr (QuayResult) result = sell (f, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (number_of (result), ==, want);
      g_assert_cmpuint (result->first_seq, ==, i + 1); /* the birth is 1 */
      g_assert_false (result->known);
      if (i % 5 == 0)
        {
          quay_store_close (f->store);
          open_store (f);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/open", test_open);
  ADD ("/store/numbers", test_numbers);
  return g_test_run ();
}
