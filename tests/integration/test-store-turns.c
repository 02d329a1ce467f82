/* Who commits, and on what: threads that serve themselves beside the store's own, and the log that
 * keeps its blocks, is full and is brought in while the counter sells. */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOG_HEAD 32
#define PIECE (256 * 1024) /* by which a log grows */
#define THREADS 4
#define SALES 40 /* of each */

static void
reopen (Shop *shop, QuayStoreFlags flags)
{
  g_autoptr (GError) error = NULL;
  shop_close (shop);
  shop->store =
      quay_store_open_full (shop->dir, &shop->env.env, NULL, QUAY_STORE_QUIET | flags, &error);
  g_assert_no_error (error);
}

static void
stat_log (Shop *shop, GStatBuf *about)
{
  g_autofree char *log = g_strconcat (shop->path, "-wal", NULL);
  g_assert_cmpint (g_stat (log, about), ==, 0);
}

/* --- turns --- */

static void
note_thread_cb (const char *name, gpointer data)
{
  if (strcmp (name, "begin") == 0)
    *(GThread **)data = g_thread_self ();
}

static void
commit_cash (Shop *shop, QuayLane lane)
{
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = shop_cash (1000);
  event->who = g_strdup ("QL");
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) result = quay_store_commit (shop->store, txn, lane, &error);
  g_assert_no_error (error);
}

/* The counter does its work itself while nobody else works; the background never does. */
static void
test_whose (Shop *shop, gconstpointer data)
{
  GThread *by = NULL;
  quay_store_set_point (shop->store, note_thread_cb, &by);
  commit_cash (shop, QUAY_LANE_COUNTER);
  g_assert_true (by == g_thread_self ());
  commit_cash (shop, QUAY_LANE_BACKGROUND);
  g_assert_true (by == shop->store->thread);
  commit_cash (shop, QUAY_LANE_COUNTER);
  g_assert_true (by == g_thread_self ());
  quay_store_set_point (shop->store, NULL, NULL);
}

static gpointer
sell_cb (gpointer data)
{
  static gint seed;
  Shop *shop = data;
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32)g_atomic_int_add (&seed, 1));
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (GError) error = NULL;
      QuayTxn *txn = quay_txn_new ();
      quay_txn_add (txn, quay_test_sale (chance, SHOP_PRODUCTS, NULL));
      QuayLane lane = i % 8 == 0 ? QUAY_LANE_BACKGROUND : QUAY_LANE_COUNTER;
      g_autoptr (QuayResult) result = quay_store_commit (shop->store, txn, lane, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

/* All sell at once, each by itself or by the store's thread as it comes, and the log fills on the
 * way: every sale is there once, under a number of its own. */
static void
test_many (Shop *shop, gconstpointer data)
{
  GThread *threads[THREADS];
  reopen (shop, QUAY_STORE_SMALL_LOG);
  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("seller", sell_cb, shop);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  shop_assert_sound (shop, TRUE);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, THREADS * SALES);
  g_assert_cmpint (shop_ask (shop, "SELECT count(DISTINCT number) FROM sale"), ==, THREADS * SALES);
  g_assert_cmpint (shop_ask (shop, "SELECT max(substr(number, -6) + 0) FROM sale"), ==,
                   THREADS * SALES);
}

/* --- the log --- */

/* An emptied log has no head, so that nothing of it is read again, and the same blocks as before.
 */
static void
test_kept (Shop *shop, gconstpointer data)
{
  static const char none[LOG_HEAD];
  GStatBuf before;
  GStatBuf after;
  g_autofree char *log = g_strconcat (shop->path, "-wal", NULL);
  shop_sell (shop, 3);
  shop_close (shop);
  stat_log (shop, &before);
  g_assert_cmpint (before.st_size, >, 0);
  g_assert_cmpint (before.st_size % PIECE, ==, 0);
  g_autofree char *bytes = NULL;
  g_assert_true (g_file_get_contents (log, &bytes, NULL, NULL));
  g_assert_cmpmem (bytes, LOG_HEAD, none, LOG_HEAD);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, 3);
  shop_open (shop);
  shop_sell (shop, 3);
  shop_assert_sound (shop, TRUE);
  shop_close (shop);
  stat_log (shop, &after);
  g_assert_cmpint (after.st_ino, ==, before.st_ino);
  g_assert_cmpint (after.st_size, ==, before.st_size);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, 6);
}

/* A log that grew by less than a piece, or was cut by another program, grows on from where it
 * ends. */
static void
test_odd_length (Shop *shop, gconstpointer data)
{
  static const goffset lengths[] = { 0, 1, LOG_HEAD, LOG_HEAD + 1, 4096, 70000, PIECE };
  g_autofree char *log = g_strconcat (shop->path, "-wal", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      GStatBuf about;
      shop_close (shop);
      g_autofree char *noise = g_malloc (PIECE);
      memset (noise, i % 2 ? 0 : 0x37, PIECE);
      g_assert_true (g_file_set_contents (log, noise, (gssize)lengths[i], NULL));
      shop_open (shop);
      shop_sell (shop, 2);
      stat_log (shop, &about);
      g_assert_cmpint (about.st_size, ==, PIECE);
      shop_assert_sound (shop, FALSE);
      g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, 2 * (gint64)(i + 1));
    }
}

static gboolean
nothing_cb (QuayStore *store, gpointer data, GError **error)
{
  return TRUE;
}

static int
count_frames (Shop *shop)
{
  quay_store_call (shop->store, QUAY_LANE_COUNTER, nothing_cb, NULL, NULL); /* all is brought in */
  return shop->store->book->db->wal_frames;
}

/* A full log is brought in after the answer and begins anew; a reader that needs its old frames
 * lets it grow, and no longer. */
static void
test_full (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n;
  reopen (shop, QUAY_STORE_SMALL_LOG);
  int most = 0;
  for (guint i = 0; i < 40; i++)
    {
      shop_sell (shop, 1);
      most = MAX (most, count_frames (shop));
    }
  g_assert_cmpint (most, >, 50);
  g_assert_cmpint (most, <, 100);
  QuayDb *db = quay_db_open (shop->path, QUAY_DB_READ, NULL, &error);
  g_assert_no_error (error);
  QuayScope scope = { NULL };
  g_assert_true (quay_scope_begin (&scope, db, FALSE, &error));
  g_assert_true (quay_db_get_int (db, "SELECT count(*) FROM sale", &n, &error));
  g_assert_cmpint (n, ==, 40);
  shop_sell (shop, 40);
  g_assert_cmpint (count_frames (shop), >, 200);
  g_assert_true (quay_db_get_int (db, "SELECT count(*) FROM sale", &n, &error));
  g_assert_cmpint (n, ==, 40);
  quay_scope_clear (&scope);
  quay_db_free (db);
  shop_sell (shop, 20);
  g_assert_cmpint (count_frames (shop), <, 100);
  shop_assert_sound (shop, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add (path, Shop, NULL, shop_set_up, f, shop_tear_down)
  ADD ("/turns/whose", test_whose);
  ADD ("/turns/many", test_many);
  ADD ("/log/kept", test_kept);
  ADD ("/log/odd-length", test_odd_length);
  ADD ("/log/full", test_full);
  return g_test_run ();
}
