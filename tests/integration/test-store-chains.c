/* What sync asks of one store: runs out, acknowledgements, new chains; and what is carried by hand
 * beside it. */
#include "quay-test-exchange.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define ROOM (1 << 20)
#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

typedef struct
{
  Shop a;
  Shop b;
} Pair;

static void
set_up (Pair *pair, gconstpointer data)
{
  shop_make (&pair->a, "QT1", 91);
  shop_make (&pair->b, "QT2", 92);
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  shop_tear_down (&pair->a, NULL);
  shop_tear_down (&pair->b, NULL);
}

static QuayEnvelope *
read_own (Shop *shop, guint64 from, guint max)
{
  g_autoptr (GError) error = NULL;
  QuayChainState mine = quay_test_mine (shop->store);
  QuayEnvelope *run = quay_store_read_run (shop->store, &mine.id, from, max, ROOM, &error);
  g_assert_no_error (error);
  return run;
}

/* --- runs out --- */

static void
test_read (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId unknown = quay_test_id ('x', 1);
  shop_sell (&pair->a, 9);
  QuayChainState mine = quay_test_mine (pair->a.store);
  g_assert_cmpuint (mine.seq, ==, 10);
  g_assert_true (mine.own);
  g_autoptr (QuayEnvelope) all = read_own (&pair->a, 1, 100);
  g_assert_cmpuint (all->records->len, ==, 10);
  g_assert_true (quay_hash_equal (&all->head, &mine.head));
  g_assert_true (quay_envelope_check (all, NULL));
  g_assert_cmpstr (all->code, ==, "QT1");
  g_assert_cmpstr (all->letter, ==, "A");
  g_autoptr (QuayEnvelope) some = read_own (&pair->a, 4, 3);
  g_assert_cmpuint (some->records->len, ==, 3);
  g_assert_true (quay_envelope_check (some, NULL));
  g_autoptr (QuayEnvelope) none = read_own (&pair->a, 11, 3);
  g_assert_cmpuint (none->records->len, ==, 0);
  g_assert_true (quay_hash_equal (&none->prev, &mine.head));
  g_assert_true (quay_hash_equal (&none->head, &mine.head));
  gsize two = g_bytes_get_size (all->records->pdata[2]) + g_bytes_get_size (all->records->pdata[3]);
  g_autoptr (QuayEnvelope) fit = quay_store_read_run (pair->a.store, &mine.id, 3, 9, two, &error);
  g_assert_cmpuint (fit->records->len, ==, 2);
  g_autoptr (QuayEnvelope) one = quay_store_read_run (pair->a.store, &mine.id, 3, 9, 1, &error);
  g_assert_cmpuint (one->records->len, ==, 1);
  g_assert_null (quay_store_read_run (pair->a.store, &mine.id, 12, 1, ROOM, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (quay_store_read_run (pair->a.store, &mine.id, 0, 1, ROOM, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (quay_store_read_run (pair->a.store, &unknown, 1, 1, ROOM, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  QuayHash hash;
  g_assert_true (quay_store_hash_at (pair->a.store, &mine.id, 0, &hash, &error));
  g_assert_true (quay_hash_equal (&hash, &QUAY_HASH_ZERO));
  g_assert_false (quay_store_hash_at (pair->a.store, &mine.id, 11, &hash, &error));
  g_assert_false (quay_store_hash_at (pair->a.store, &unknown, 1, &hash, &error));
  g_assert_no_error (error);
}

/* --- acknowledged --- */

static void
test_acked (Pair *pair, gconstpointer data)
{
  QuayChainState state;
  QuaySig sig = { { 7 } };
  g_autoptr (GError) error = NULL;
  gint64 now = pair->a.env.wall_ms;
  g_autofree char *log = g_strconcat (pair->a.path, "-wal", NULL);
  GStatBuf before;
  GStatBuf after;
  shop_sell (&pair->a, 5);
  QuayChainState mine = quay_test_mine (pair->a.store);
  QuayChainState foreign = quay_test_mine (pair->b.store);
  quay_test_pull_all (pair->a.store, pair->b.store, 9);
  g_assert_true (quay_store_set_acked (pair->a.store, &mine.id, 4, &sig, now, &error));
  quay_test_chain (pair->a.store, &mine.id, &state);
  g_assert_cmpuint (state.acked, ==, 4);
  g_stat (log, &before);
  g_assert_true (quay_store_set_acked (pair->a.store, &mine.id, 4, &sig, now + 1000, &error));
  g_stat (log, &after);
  g_assert_cmpint (before.st_size, ==, after.st_size);
  g_assert_true (quay_store_set_acked (pair->a.store, &mine.id, 2, NULL, 0, &error));
  quay_test_chain (pair->a.store, &mine.id, &state);
  g_assert_cmpuint (state.acked, ==, 2); /* the server went back */
  g_assert_false (quay_store_set_acked (pair->a.store, &mine.id, 7, NULL, 0, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_store_set_acked (pair->a.store, &foreign.id, 1, NULL, 0, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (quay_store_clock_is_wrong (pair->a.store));
  pair->a.env.wall_ms = now + 401 * DAY_MS;
  g_assert_true (quay_store_clock_is_wrong (pair->a.store));
  shop_close (&pair->a);
  shop_open (&pair->a); /* it is known after a start, too */
  g_assert_true (quay_store_clock_is_wrong (pair->a.store));
  /* what is moved is not acknowledged any more */
  g_assert_true (quay_store_set_acked (pair->a.store, &mine.id, 6, NULL, 0, &error));
  g_assert_true (quay_store_new_chain (pair->a.store, NULL, NULL, 4, &error));
  quay_test_chain (pair->a.store, &mine.id, &state);
  g_assert_cmpuint (state.seq, ==, 3);
  g_assert_cmpuint (state.acked, ==, 3);
  shop_assert_sound (&pair->a, TRUE);
}

/* --- new chains --- */

static const struct
{
  const char *code;
  const char *letter;
  guint64 from;
  const char *then; /* NULL: refused */
} new_chains[] = {
  { NULL, NULL, 0, "QT1 B" },  { NULL, "A", 0, "QT1 C" },    { NULL, "B", 0, "QT1 D" },
  { NULL, "H", 0, "QT1 H" },   { NULL, NULL, 0, "QT1 I" },   { "QT7", NULL, 0, "QT7 A" },
  { NULL, NULL, 0, "QT7 B" },  { "QT1", NULL, 0, "QT1 J" },  { "QT1", "Z", 0, "QT1 Z" },
  { NULL, NULL, 0, "QT1 AA" }, { NULL, NULL, 1, "QT1 AB" },  { NULL, NULL, 2, "QT1 AC" },
  { NULL, NULL, 3, "QT1 AD" }, { NULL, NULL, 99, "QT1 AE" }, { "qt1", NULL, 0, NULL },
  { "", NULL, 0, NULL },       { "QT12345", NULL, 0, NULL }, { NULL, "", 0, NULL },
  { NULL, "b", 0, NULL },      { NULL, "A1", 0, NULL },      { NULL, "AAAAA", 0, NULL },
};

static void
test_new_chains (Pair *pair, gconstpointer data)
{
  shop_sell (&pair->a, 1);
  for (guint i = 0; i < G_N_ELEMENTS (new_chains); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *before = g_strdup (quay_store_chain_letter (pair->a.store));
      gboolean ok = quay_store_new_chain (pair->a.store, new_chains[i].code, new_chains[i].letter,
                                          new_chains[i].from, &error);
      g_assert_cmpint (ok, ==, new_chains[i].then != NULL);
      if (!ok)
        {
          g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
          g_assert_cmpstr (quay_store_chain_letter (pair->a.store), ==, before);
          continue;
        }
      g_autofree char *then = g_strdup_printf ("%s %s", quay_store_till_code (pair->a.store),
                                               quay_store_chain_letter (pair->a.store));
      g_assert_cmpstr (then, ==, new_chains[i].then);
      shop_sell (&pair->a, 1);
    }
  shop_assert_sound (&pair->a, TRUE);
  quay_test_sync (pair->a.store, pair->b.store, 3);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  shop_close (&pair->a);
  shop_open (&pair->a);
  g_assert_false (quay_store_was_rolled_back (pair->a.store));
  shop_sell (&pair->a, 1);
}

static gpointer
read_names (gpointer data)
{
  Shop *shop = data;
  guint64 sum = 0;
  while (g_atomic_pointer_get (&shop->vfs) == NULL)
    sum += strlen (quay_store_chain_letter (shop->store)) +
           strlen (quay_store_till_code (shop->store));
  g_assert_cmpuint (sum, >, 0);
  return NULL;
}

static void
test_names_beside (Pair *pair, gconstpointer data)
{
  GThread *reader = g_thread_new ("names", read_names, &pair->a);
  for (guint i = 0; i < 40; i++)
    g_assert_true (
        quay_store_new_chain (pair->a.store, i % 2 != 0 ? "QT1" : "QT123", NULL, 0, NULL));
  g_atomic_pointer_set (&pair->a.vfs, "unix");
  g_thread_join (reader);
}

static void
count_cb (gpointer data)
{
  ++*(guint *)data;
}

static void
test_appended (Pair *pair, gconstpointer data)
{
  guint n = 0;
  quay_store_set_appended (pair->a.store, count_cb, &n);
  shop_sell (&pair->a, 3);
  g_assert_cmpuint (n, ==, 3);
  quay_test_pull_all (pair->a.store, pair->b.store, 9);
  g_assert_cmpuint (n, ==, 3); /* others' records are not waited for */
  g_assert_true (quay_store_new_chain (pair->a.store, NULL, NULL, 0, NULL));
  g_assert_cmpuint (n, ==, 4);
  quay_store_set_appended (pair->a.store, NULL, NULL);
  shop_sell (&pair->a, 1);
  g_assert_cmpuint (n, ==, 4);
}

/* --- by hand --- */

/* What stands is carried; what does not fit what stands is refused. */
static void
test_by_hand (Pair *pair, gconstpointer data)
{
  guint64 n;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = g_build_filename (pair->a.dir, "before.ndjson", NULL);
  g_autofree char *after = g_build_filename (pair->a.dir, "after.ndjson", NULL);
  shop_sell (&pair->a, 8);
  quay_store_export_events (pair->a.store, before, 0, NULL, NULL, NULL, NULL, &error);
  g_assert_true (quay_store_new_chain (pair->a.store, NULL, NULL, 5, &error));
  shop_sell (&pair->a, 2);
  quay_store_export_events (pair->a.store, after, 0, NULL, &n, NULL, NULL, &error);
  g_assert_cmpuint (n, ==, 4 + 1 + 5 + 2); /* not the moved ones twice */
  quay_store_import_events (pair->b.store, after, &n, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 12);
  quay_test_pull_all (pair->a.store, pair->b.store, 9);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  shop_assert_sound (&pair->b, TRUE);
  /* the old file goes on from where the chain stands: nobody vouches for that, but it fits */
  quay_store_import_events (pair->b.store, before, &n, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 5);
  quay_test_assert_equal (pair->a.store, pair->b.store); /* known events, all of them */
  shop_assert_sound (&pair->b, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Pair, NULL, set_up, func, tear_down)
  ADD ("/store-chains/read", test_read);
  ADD ("/store-chains/acked", test_acked);
  ADD ("/store-chains/new", test_new_chains);
  ADD ("/store-chains/names-beside", test_names_beside);
  ADD ("/store-chains/appended", test_appended);
  ADD ("/store-chains/by-hand", test_by_hand);
  return g_test_run ();
}
