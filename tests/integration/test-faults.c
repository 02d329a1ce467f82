/* A disk that fails at each write and each sync of a sale, a checkpoint and an import: what was
 * reported as sold is there once, what was refused is not, and the store works when the disk does.
 */
#include "bad-disk.h"
#include "quay-error.h"
#include "quay-reader.h"
#include "quay-store-private.h"
#include "quay-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define PRODUCTS 20
#define NTH_MAX 200 /* no transaction here has so many writes */

typedef struct
{
  char *dir;
  QuayTestEnv env;
  GRand *chance;
  QuayStore *store;
  QuayReader *reader; /* beside the writer, as the till has it: the log's index outlives a handle */
  guint sold;
  GPtrArray *refused; /* QuayId: of sales that were given up */
} Shop;

static void
open_shop (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  shop->store =
      quay_store_open_full (shop->dir, &shop->env.env, BAD_DISK_VFS, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  shop->reader = quay_reader_new (shop->store, &error);
  g_assert_no_error (error);
}

static void
close_shop (Shop *shop)
{
  g_clear_pointer (&shop->reader, quay_reader_free);
  g_clear_pointer (&shop->store, quay_store_close);
}

static void
set_up (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop->dir = quay_test_dir ();
  shop->chance = g_rand_new_with_seed (11);
  shop->refused = g_ptr_array_new_with_free_func (g_free);
  quay_test_env_init (&shop->env, 1);
  quay_store_create (shop->dir, "QT1", &shop->env.env, &error);
  g_assert_no_error (error);
  bad_disk_watch (shop->dir);
  open_shop (shop);
}

static QuayResult *
sell (Shop *shop, const QuayId *id, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, quay_test_sale (shop->chance, PRODUCTS, id));
  quay_txn_drop_draft (txn, id);
  return quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, error);
}

/* A sale that the disk lets by: the next number, without a gap. */
static void
sell_soundly (Shop *shop, const QuayId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayResult) result = sell (shop, id, &error);
  g_assert_no_error (error);
  g_autofree char *want = g_strdup_printf ("QT1A-%06u", ++shop->sold);
  const QuayEvent *event = result->events->pdata[0];
  g_assert_cmpstr (((QuaySale *)event->body)->number, ==, want);
}

/* Every sale that was reported is there, none that was refused. */
static void
check_shop (Shop *shop, QuayStore *store, gboolean rebuild)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  gint64 sales;
  QuayMoney total;
  g_autoptr (QuayReader) reader = quay_reader_new (store, &error);
  g_assert_no_error (error);
  quay_store_verify (store, rebuild, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  g_assert_true (verdict.ok);
  quay_verdict_clear (&verdict);
  quay_reader_day_total (reader, 20261123, &sales, &total);
  g_assert_cmpint (sales, ==, shop->sold);
  for (guint i = 0; i < shop->refused->len; i++)
    g_assert_null (quay_reader_sale_by_id (reader, shop->refused->pdata[i]));
}

/* The power is cut now: what does the next start find? */
static void
check_cut (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayTestEnv env;
  g_autofree char *dir = g_build_filename (shop->dir, "cut", NULL);
  quay_test_env_init (&env, 3);
  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  bad_disk_cut_power (dir);
  QuayStore *store = quay_store_open_full (dir, &env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  check_shop (shop, store, FALSE);
  quay_store_close (store);
  quay_test_remove (dir);
}

static void
tear_down (Shop *shop, gconstpointer data)
{
  bad_disk_disarm ();
  check_shop (shop, shop->store, TRUE);
  close_shop (shop);
  open_shop (shop);
  sell_soundly (shop, &QUAY_ID_NIL);
  check_shop (shop, shop->store, TRUE);
  close_shop (shop);
  quay_test_remove (shop->dir);
  g_rand_free (shop->chance);
  g_ptr_array_unref (shop->refused);
  g_free (shop->dir);
}

typedef struct
{
  const char *name;
  BadDisk fault;
  gboolean lasting;
  QuayError code;
} Case;

static const Case cases[] = {
  { "full", BAD_DISK_FULL, FALSE, QUAY_ERROR_FULL },
  { "full-for-long", BAD_DISK_FULL, TRUE, QUAY_ERROR_FULL },
  { "half-written", BAD_DISK_HALF, FALSE, QUAY_ERROR_FULL },
  { "half-written-for-long", BAD_DISK_HALF, TRUE, QUAY_ERROR_FULL },
  { "write", BAD_DISK_WRITE, FALSE, QUAY_ERROR_IO },
  { "write-for-long", BAD_DISK_WRITE, TRUE, QUAY_ERROR_IO },
  { "sync", BAD_DISK_SYNC, FALSE, QUAY_ERROR_IO },
  { "sync-for-long", BAD_DISK_SYNC, TRUE, QUAY_ERROR_IO },
  { "read-only", BAD_DISK_READ_ONLY, TRUE, QUAY_ERROR_READ_ONLY },
};

/* One sale under the fault at its @nth operation; FALSE if there was none so late. */
static gboolean
sell_under (Shop *shop, const Case *c, guint nth)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_test_id ('s', nth);
  bad_disk_arm (c->fault, nth, c->lasting);
  g_autoptr (QuayResult) result = sell (shop, &id, &error);
  gboolean hit = bad_disk_disarm () > 0;
  if (result != NULL)
    {
      g_assert_no_error (error);
      shop->sold++;
      return hit;
    }
  g_assert_true (hit);
  g_assert_error (error, QUAY_ERROR, (gint)c->code);
  if (nth % 2 == 0) /* the customer leaves */
    g_ptr_array_add (shop->refused, g_memdup2 (&id, sizeof id));
  else /* the cashier tries again */
    sell_soundly (shop, &id);
  return TRUE;
}

static void
test_sale (Shop *shop, gconstpointer data)
{
  guint nth = 1;
  while (sell_under (shop, data, nth))
    {
      QuayId other = quay_test_id ('o', nth);
      sell_soundly (shop, &other);
      check_cut (shop);
      g_assert_cmpuint (++nth, <, NTH_MAX);
    }
  g_assert_cmpuint (nth, >, 1);
}

/* The idle work: the log into the file, ranks, the note of the head. It has no answer to give. */
static void
test_idle (Shop *shop, gconstpointer data)
{
  const Case *c = data;
  gboolean hit = TRUE;
  for (guint nth = 1; hit; nth++)
    {
      QuayId id = quay_test_id ('s', nth);
      sell_soundly (shop, &id);
      bad_disk_arm (c->fault, nth, c->lasting);
      quay_store_idle_now (shop->store, NULL);
      hit = bad_disk_disarm () > 0;
      check_cut (shop);
      g_assert_cmpuint (nth, <, NTH_MAX);
    }
}

/* Another till's journal on its way in: 120 records in three transactions. */
static char *
make_journal (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (dir, "other", NULL);
  char *path = g_build_filename (dir, "carried", NULL);
  QuayTestEnv env;
  guint64 n;
  g_autoptr (GRand) chance = g_rand_new_with_seed (12);
  quay_test_env_init (&env, 2);
  env.wall_ms -= G_GINT64_CONSTANT (48) * 3600 * 1000; /* not among the sales of today */
  g_assert_true (quay_store_create (other, "QT2", &env.env, &error));
  QuayStore *store = quay_store_open_full (other, &env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
  QuayTxn *txn = quay_txn_new ();
  for (guint i = 0; i < 119; i++)
    quay_txn_add (txn, quay_test_sale (chance, PRODUCTS, NULL));
  g_autoptr (QuayResult) result = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  g_assert_true (quay_store_export_events (store, path, 0, NULL, &n, NULL, NULL, &error));
  g_assert_cmpuint (n, ==, 120);
  quay_store_close (store);
  return path;
}

static void
test_import (Shop *shop, gconstpointer data)
{
  const Case *c = data;
  guint64 taken = 0;
  g_autofree char *path = make_journal (shop->dir);
  for (guint nth = 1; taken < 120; nth += 1 + nth / 8)
    {
      g_autoptr (GError) error = NULL;
      guint64 n;
      bad_disk_arm (c->fault, nth, c->lasting);
      gboolean ok = quay_store_import_events (shop->store, path, &n, NULL, NULL, &error);
      gboolean hit = bad_disk_disarm () > 0;
      taken += n;
      if (!hit)
        g_assert_no_error (error);
      if (!ok)
        g_assert_error (error, QUAY_ERROR, (gint)c->code);
      sell_soundly (shop, &QUAY_ID_NIL);
      if (c->fault == BAD_DISK_SYNC)
        check_cut (shop);
      g_assert_cmpuint (nth, <, 3 * NTH_MAX);
    }
  g_assert_cmpuint (taken, ==, 120);
}

static void
copy_file (Shop *shop, const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize len;
  g_autofree char *source = g_build_filename (shop->dir, from, NULL);
  g_autofree char *target = g_build_filename (shop->dir, to, NULL);
  g_assert_true (g_file_get_contents (source, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize)len, NULL));
}

/* Somebody puts an older file in the place of the open one; after a failure the store opens it. It
 * must not go on there: the numbers after its last sale were given before. */
static void
test_swapped (Shop *shop, gconstpointer data)
{
  static const char *const sides[] = { QUAY_STORE_FILE "-wal", QUAY_STORE_FILE "-shm" };
  g_autoptr (GError) error = NULL;
  sell_soundly (shop, &QUAY_ID_NIL);
  close_shop (shop);
  copy_file (shop, QUAY_STORE_FILE, "older.db");
  open_shop (shop);
  sell_soundly (shop, &QUAY_ID_NIL);
  close_shop (shop);
  copy_file (shop, QUAY_STORE_FILE, "newer.db");
  open_shop (shop);
  copy_file (shop, "older.db", QUAY_STORE_FILE);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *side = g_build_filename (shop->dir, sides[i], NULL);
      g_unlink (side);
    }
  bad_disk_arm (BAD_DISK_FULL, 1, FALSE);
  g_assert_null (sell (shop, &QUAY_ID_NIL, NULL));
  g_assert_cmpuint (bad_disk_disarm (), ==, 1);
  g_autoptr (QuayResult) result = sell (shop, &QUAY_ID_NIL, &error);
  g_assert_null (result);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  close_shop (shop);
  copy_file (shop, "newer.db", QUAY_STORE_FILE);
  bad_disk_watch (shop->dir);
  open_shop (shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bad_disk_register (FALSE);
  g_test_add ("/faults/swapped", Shop, NULL, set_up, test_swapped, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/sale/%s", cases[i].name);
      g_autofree char *idle = g_strdup_printf ("/faults/idle/%s", cases[i].name);
      g_autofree char *import = g_strdup_printf ("/faults/import/%s", cases[i].name);
      g_test_add (import, Shop, &cases[i], set_up, test_import, tear_down);
      g_test_add (path, Shop, &cases[i], set_up, test_sale, tear_down);
      g_test_add (idle, Shop, &cases[i], set_up, test_idle, tear_down);
    }
  return g_test_run ();
}
