/* Stores that exchange: equal in the end whatever the order, through copied disks, disks that went
 * back and a server that did; nothing lost, nothing counted twice. */
#include "quay-test-exchange.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define RUN 37 /* records of a run: so that chains take several */

/* Two tills and what stands for the server. */
typedef struct
{
  Shop a;
  Shop b;
  Shop server;
} World;

static void
set_up (World *world, gconstpointer data)
{
  shop_make (&world->a, "QT1", 11);
  shop_make (&world->b, "QT2", 12);
  shop_make (&world->server, "TINH", 13);
}

static void
tear_down (World *world, gconstpointer data)
{
  shop_tear_down (&world->a, NULL);
  shop_tear_down (&world->b, NULL);
  shop_tear_down (&world->server, NULL);
}

/* The closed file's bytes, and a file with them: a copy of the disk, without the note of the head.
 */
static GBytes *
take_image (Shop *shop)
{
  char *bytes;
  gsize len;
  shop_close (shop);
  g_assert_true (g_file_get_contents (shop->path, &bytes, &len, NULL));
  shop_open (shop);
  return g_bytes_new_take (bytes, len);
}

static void
put_image (Shop *shop, GBytes *image)
{
  gsize len;
  const char *bytes = g_bytes_get_data (image, &len);
  g_autofree char *head = g_build_filename (shop->dir, "quay.head", NULL);
  shop_close (shop);
  g_unlink (head);
  g_assert_true (g_file_set_contents (shop->path, bytes, (gssize)len, NULL));
  shop_open (shop);
}

static void
make_copy (Shop *copy, GBytes *image, guint seed)
{
  shop_make (copy, "QT8", seed);
  put_image (copy, image);
}

static void
sync_all (World *world, Shop *third)
{
  Shop *const tills[] = { &world->a, &world->b, third };
  for (guint round = 0; round < 3; round++) /* who began a new chain is heard of in the next */
    for (guint i = 0; i < G_N_ELEMENTS (tills); i++)
      if (tills[i] != NULL)
        quay_test_sync (tills[i]->store, world->server.store, RUN);
}

/* All the same tables, all files sound. */
static void
assert_settled (World *world, Shop *third)
{
  quay_test_assert_equal (world->a.store, world->server.store);
  quay_test_assert_equal (world->b.store, world->server.store);
  shop_assert_sound (&world->a, TRUE);
  shop_assert_sound (&world->b, TRUE);
  shop_assert_sound (&world->server, TRUE);
  if (third == NULL)
    return;
  quay_test_assert_equal (third->store, world->server.store);
  shop_assert_sound (third, TRUE);
}

static gint64
count_sales (Shop *shop)
{
  return shop_ask (shop, "SELECT count(*) FROM sale");
}

/* --- plain exchange --- */

static void
test_exchange (World *world, gconstpointer data)
{
  shop_fill (&world->a, 20);
  shop_fill (&world->b, 15);
  sync_all (world, NULL);
  assert_settled (world, NULL);
  g_assert_cmpint (count_sales (&world->server), ==, 35);
  shop_sell (&world->a, 3);
  sync_all (world, NULL);
  assert_settled (world, NULL);
  g_assert_cmpint (count_sales (&world->b), ==, 38);
  shop_close (&world->b); /* and after a start */
  shop_open (&world->b);
  shop_sell (&world->b, 1);
  sync_all (world, NULL);
  assert_settled (world, NULL);
}

/* Chains in any order, runs of any length, some of them twice. */
static void
test_any_order (World *world, gconstpointer data)
{
  shop_fill (&world->a, 20);
  quay_test_sync (world->a.store, world->server.store, RUN);
  quay_test_sync (world->b.store, world->server.store, RUN);
  shop_fill (&world->b, 10);
  quay_test_sync (world->b.store, world->server.store, RUN);
  quay_test_sync (world->a.store, world->server.store, RUN);
  g_autoptr (GArray) chains = quay_store_chains (world->server.store, NULL);
  for (guint order = 0; order < 6; order++)
    {
      Shop late = { 0 };
      shop_make (&late, "QT9", 20 + order);
      for (guint i = 0; i < chains->len; i++)
        {
          guint at = (order % 2 == 0 ? i : chains->len - 1 - i) + order / 2;
          const QuayId *id = &g_array_index (chains, QuayChainState, at % chains->len).id;
          quay_test_pull (late.store, world->server.store, id, 1 + order * 9);
        }
      quay_test_sync (late.store, world->server.store, RUN);
      quay_test_assert_equal (late.store, world->server.store);
      shop_assert_sound (&late, TRUE);
      g_assert_cmpuint (quay_test_pull_all (late.store, world->server.store, RUN), ==, 0);
      shop_tear_down (&late, NULL);
    }
}

/* --- two lives of one disk --- */

static void
test_fork (World *world, gconstpointer data)
{
  Shop copy = { 0 };
  g_autoptr (GError) error = NULL;
  char code[QUAY_CODE_LEN + 1];
  QuayHash hash;
  shop_sell (&world->a, 3);
  quay_test_sync (world->a.store, world->server.store, RUN);
  shop_sell (&world->a, 2);
  g_autoptr (GBytes) image = take_image (&world->a);
  make_copy (&copy, image, 31);
  QuayChainState old = quay_test_mine (copy.store);
  shop_sell (&world->a, 4); /* QT1A-000006 … 9 */
  g_autoptr (QuayResult) opened = shop_commit (&copy, shop_shift (100000));
  const QuayEvent *shift = opened->events->pdata[0];
  g_autoptr (QuayResult) sold = shop_try_sell (&copy, NULL, &error); /* QT1A-000006, too */
  g_assert_cmpstr (shop_number (sold), ==, "QT1A-000006");
  quay_hash_to_code (&g_array_index (sold->hashes, QuayHash, 0), code);
  shop_sell (&copy, 4);
  g_assert_cmpuint (quay_test_sync (world->a.store, world->server.store, RUN), ==, 0);
  g_assert_cmpuint (quay_test_sync (copy.store, world->server.store, RUN), ==, 1);
  g_assert_cmpstr (quay_store_chain_letter (copy.store), ==, "B");
  sync_all (world, &copy);
  assert_settled (world, &copy);
  g_assert_cmpint (count_sales (&world->a), ==, 5 + 4 + 5);
  /* the new chain's birth says what was moved, and it is there, byte for byte */
  QuayChainState fresh = quay_test_mine (copy.store);
  g_autoptr (QuayEnvelope) moved =
      quay_store_read_run (copy.store, &fresh.id, 1, 100, 1 << 20, &error);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (moved->records->pdata[0], &len);
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, &error);
  const QuayBirth *birth = event->body;
  g_assert_true (quay_id_equal (&birth->parent, &old.id));
  g_assert_cmpint (birth->first, ==, old.seq + 1);
  g_assert_cmpint (birth->count, ==, 6);
  g_assert_cmpint (shop_ask (&copy, "SELECT count(*) FROM journal x, journal y"
                                    " WHERE x.bytes = y.bytes AND x.pos < y.pos"),
                   ==, 6);
  /* the open shift and the receipt's code stay what they were */
  g_autoptr (QuayReader) reader = quay_reader_new (copy.store, &error);
  QuayId open;
  g_assert_true (quay_reader_open_shift (reader, &open, NULL, NULL));
  g_assert_true (quay_id_equal (&open, &shift->id));
  g_autoptr (QuaySaleRecord) record =
      quay_reader_sale_by_id (reader, &((QuayEvent *)sold->events->pdata[0])->id);
  g_assert_cmpstr (record->code, ==, code);
  g_assert_true (quay_store_hash_at (copy.store, &old.id, old.seq + 2, &hash, &error));
  g_autoptr (QuayReader) other = quay_reader_new (world->a.store, &error);
  g_assert_false (quay_reader_open_shift (other, &open, NULL, NULL)); /* it is the copy's */
  /* numbers go on under the new letter */
  g_autoptr (QuayResult) next = shop_try_sell (&copy, NULL, &error);
  g_assert_cmpstr (shop_number (next), ==, "QT1B-000001");
  g_clear_pointer (&reader, quay_reader_free);
  g_clear_pointer (&other, quay_reader_free);
  shop_tear_down (&copy, NULL);
}

/* The disk lacks what the server has: the rest comes back, and nothing is numbered twice. */
static void
test_went_back (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop_fill (&world->a, 5);
  g_autoptr (GBytes) image = take_image (&world->a);
  shop_sell (&world->a, 6);
  quay_test_sync (world->a.store, world->server.store, RUN);
  put_image (&world->a, image);
  g_assert_cmpint (count_sales (&world->a), ==, 5);
  g_assert_cmpuint (quay_test_sync (world->a.store, world->server.store, RUN), ==, 1);
  g_assert_cmpint (count_sales (&world->a), ==, 11);
  g_autoptr (QuayResult) sold = shop_try_sell (&world->a, NULL, &error);
  g_assert_cmpstr (shop_number (sold), ==, "QT1B-000001");
  sync_all (world, NULL);
  assert_settled (world, NULL);
  /* went back and sold on before anybody noticed */
  put_image (&world->a, image);
  shop_sell (&world->a, 2);
  g_assert_cmpuint (quay_test_sync (world->a.store, world->server.store, RUN), ==, 1);
  g_assert_cmpstr (quay_store_chain_letter (world->a.store), ==, "C");
  sync_all (world, NULL);
  assert_settled (world, NULL);
  g_assert_cmpint (count_sales (&world->server), ==, 5 + 6 + 1 + 2);
}

/* A copy of a copy, and two that fork at one place. */
static void
test_many_copies (World *world, gconstpointer data)
{
  Shop copies[3] = { 0 };
  shop_sell (&world->a, 4);
  g_autoptr (GBytes) image = take_image (&world->a);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      make_copy (&copies[i], image, 41 + i);
      shop_sell (&copies[i], 2 + i);
    }
  shop_sell (&world->a, 1);
  quay_test_sync (world->a.store, world->server.store, RUN);
  g_assert_cmpuint (quay_test_sync (copies[0].store, world->server.store, RUN), ==, 1);
  g_autoptr (GBytes) second = take_image (&copies[0]); /* already forked, and copied again */
  shop_sell (&copies[0], 2);
  quay_test_sync (copies[0].store, world->server.store, RUN);
  put_image (&copies[1], second);
  shop_sell (&copies[1], 3);
  g_assert_cmpuint (quay_test_sync (copies[1].store, world->server.store, RUN), ==, 1);
  g_assert_cmpuint (quay_test_sync (copies[2].store, world->server.store, RUN), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    sync_all (world, &copies[i]);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    quay_test_sync (copies[i].store, world->server.store, RUN);
  assert_settled (world, &copies[0]);
  assert_settled (world, &copies[1]);
  assert_settled (world, &copies[2]);
  g_assert_cmpint (count_sales (&world->server), ==, 4 + 1 + 2 + 2 + 3 + 4);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    shop_tear_down (&copies[i], NULL);
}

/* --- a server that went back --- */

/* It lost what it had acknowledged and then heard the other life first: the first one's records go
 * into a new chain, though they had been sent before. A peer that had them follows. */
static void
test_server_went_back (World *world, gconstpointer data)
{
  Shop copy = { 0 };
  shop_sell (&world->a, 4);
  quay_test_sync (world->a.store, world->server.store, RUN);
  g_autoptr (GBytes) backup = take_image (&world->server);
  g_autoptr (GBytes) image = take_image (&world->a);
  make_copy (&copy, image, 51);
  shop_sell (&world->a, 5);
  quay_test_sync (world->a.store, world->server.store, RUN);
  quay_test_sync (world->b.store, world->server.store, RUN);
  put_image (&world->server, backup);
  shop_sell (&copy, 7);
  quay_test_sync (copy.store, world->server.store, RUN);
  g_assert_cmpuint (quay_test_sync (world->a.store, world->server.store, RUN), ==, 1);
  sync_all (world, &copy);
  assert_settled (world, &copy);
  g_assert_cmpint (count_sales (&world->b), ==, 4 + 5 + 7);
  g_assert_cmpint (shop_ask (&world->b, "SELECT count(*) FROM chain"), ==, 5);
  shop_tear_down (&copy, NULL);
}

/* The same for a chain that the till does not append to any more, by a run alone: what was written
 * here and stands no more goes on under the present chain in the same transaction. */
static void
test_former_chain (World *world, gconstpointer data)
{
  Shop copy = { 0 };
  guint64 n;
  g_autoptr (GError) error = NULL;
  shop_sell (&world->a, 4);
  g_autoptr (GBytes) image = take_image (&world->a);
  make_copy (&copy, image, 61);
  QuayChainState former = quay_test_mine (world->a.store);
  shop_sell (&world->a, 5);
  g_assert_true (quay_store_new_chain (world->a.store, NULL, NULL, 0, &error));
  shop_sell (&world->a, 1);
  guint64 before = quay_test_mine (world->a.store).seq;
  shop_sell (&copy, 7);
  g_autoptr (QuayEnvelope) run =
      quay_store_read_run (copy.store, &former.id, former.seq + 1, 100, 1 << 20, &error);
  g_assert_true (quay_store_take_run (world->a.store, run, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpuint (quay_test_mine (world->a.store).seq, ==, before + 5);
  g_assert_true (quay_test_chain (world->a.store, &former.id, &former));
  g_assert_cmpuint (former.seq, ==, 5 + 7);
  g_assert_true (quay_hash_equal (&former.head, &run->head));
  shop_assert_sound (&world->a, TRUE);
  sync_all (world, &copy);
  assert_settled (world, &copy);
  g_assert_cmpint (count_sales (&world->server), ==, 4 + 5 + 1 + 7);
  shop_tear_down (&copy, NULL);
}

/* A version that was superseded comes back, shorter and longer, at one place and before it. */
static void
test_versions (World *world, gconstpointer data)
{
  Shop copies[2] = { 0 };
  QuayChainState chain;
  shop_sell (&world->a, 3);
  chain = quay_test_mine (world->a.store);
  g_autoptr (GBytes) image = take_image (&world->a);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      make_copy (&copies[i], image, 71 + i);
      shop_sell (&copies[i], 4 - i);
    }
  shop_sell (&world->a, 6);
  QuayStore *const versions[] = { world->a.store, copies[0].store, copies[1].store, copies[0].store,
                                  world->a.store };
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      QuayChainState there;
      QuayChainState here;
      g_assert_cmpuint (quay_test_pull (world->b.store, versions[i], &chain.id, 2), >, 0);
      quay_test_chain (versions[i], &chain.id, &there);
      g_assert_true (quay_test_chain (world->b.store, &chain.id, &here));
      g_assert_cmpuint (here.seq, ==, there.seq);
      g_assert_true (quay_hash_equal (&here.head, &there.head));
      shop_assert_sound (&world->b, TRUE);
    }
  g_assert_cmpint (count_sales (&world->b), ==, 3 + 6 + 4 + 3);
  shop_close (&world->b);
  shop_open (&world->b);
  shop_assert_sound (&world->b, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    shop_tear_down (&copies[i], NULL);
}

/* --- long ones --- */

static void
test_long_move (World *world, gconstpointer data)
{
  Shop copy = { 0 };
  g_autoptr (GBytes) image = take_image (&world->a);
  make_copy (&copy, image, 81);
  shop_sell (&world->a, 1);
  quay_test_sync (world->a.store, world->server.store, RUN);
  shop_sell (&copy, 2000);
  gint64 began = g_get_monotonic_time ();
  g_assert_cmpuint (quay_test_sync (copy.store, world->server.store, 500), ==, 1);
  g_test_message ("2000 sales moved and sent in %" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - began) / 1000);
  sync_all (world, &copy);
  assert_settled (world, &copy);
  g_assert_cmpint (count_sales (&world->server), ==, 2001);
  shop_tear_down (&copy, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, World, NULL, set_up, func, tear_down)
  ADD ("/store-sync/exchange", test_exchange);
  ADD ("/store-sync/any-order", test_any_order);
  ADD ("/store-sync/fork", test_fork);
  ADD ("/store-sync/went-back", test_went_back);
  ADD ("/store-sync/many-copies", test_many_copies);
  ADD ("/store-sync/server-went-back", test_server_went_back);
  ADD ("/store-sync/former-chain", test_former_chain);
  ADD ("/store-sync/versions", test_versions);
  ADD ("/store-sync/long-move", test_long_move);
  return g_test_run ();
}
