/* The law of the shelf: three tills of a shop receive, sell, give back, spoil, move, make baskets,
 * and give goods to lots, in any order and without knowing of each other; a model beside them keeps
 * what really lies where and what each producer is owed. When all is exchanged the tables are
 * equal; when the attention list is cleared, the paper is the shelf, and each producer is owed
 * exactly for what left it. */
#include "quay-db.h"
#include "quay-reader-lots.h"
#include "quay-test-exchange.h"
#include "quay-till-assign.h"
#include "quay-till-lots.h"
#include "quay-till-private.h"
#include "shelf-world.h"

#define HISTORIES 4
#define STEPS 170

static void
tell (QuayTill *till, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const QuayAttention *of = list->pdata[i];
      g_autoptr (GPtrArray) lines = quay_till_open_lines (till, of);
      g_autoptr (GPtrArray) givers = quay_till_givers (till, of);
      g_test_message ("%s: %" G_GINT64_FORMAT " of %s, %u lines, %u lots", of->name, of->qty.milli,
                      quay_id_is_nil (&of->lot) ? "no lot" : "a lot", lines->len, givers->len);
    }
}

static void
clear_list (QuayTill *till)
{
  for (guint round = 0; round < 60; round++)
    {
      gboolean done = FALSE;
      g_autoptr (GPtrArray) list = quay_till_attention (till);
      if (list->len == 0)
        return;
      if (round == 59)
        tell (till, list);
      for (guint i = 0; i < list->len; i++)
        {
          /* what was read before may be another by now */
          g_autoptr (GPtrArray) now = quay_till_attention (till);
          if (i < now->len)
            done |= shelf_settle (till, now->pdata[i]);
        }
      if (!done)
        tell (till, list);
      g_assert_true (done);
    }
  g_assert_not_reached ();
}

/* --- what must be true --- */

/* What lies at a place by product; nothing is below nothing, and nothing is of no lot. */
static void
read_place (World *world, const QuayId *place, gint64 sums[PRODUCTS + 1])
{
  g_autoptr (GPtrArray) parts = quay_reader_place (world->tills[0].till->reader, place);
  for (guint i = 0; i < parts->len; i++)
    {
      const QuayPart *part = parts->pdata[i];
      g_assert_cmpint (part->qty.milli, >, 0);
      g_assert_false (quay_id_is_nil (&part->lot));
      for (guint k = 0; k <= PRODUCTS; k++)
        if (quay_id_equal (&part->product, &world->products[k]))
          sums[k] += part->qty.milli;
    }
}

static void
check_shelf (World *world)
{
  g_autoptr (GPtrArray) lots = quay_till_lots (world->tills[0].till, &world->products[BASKET]);
  gint64 inside[PRODUCTS + 1] = { 0 };
  gint64 there[PLACES][PRODUCTS + 1] = { { 0 } };
  for (guint i = 0; i < PLACES; i++)
    read_place (world, &world->places[i], there[i]);
  for (guint i = 0; i < lots->len; i++)
    read_place (world, &((const QuayLot *)lots->pdata[i])->id, inside);
  for (guint k = 0; k < PRODUCTS; k++)
    {
      for (guint i = 0; i < PLACES; i++)
        g_assert_cmpint (there[i][k], ==, world->shelf[i][k]);
      g_assert_cmpint (inside[k], ==, world->baskets * shelf_kinds[k].in_basket);
    }
  g_assert_cmpint (there[0][BASKET], ==, world->baskets * 1000);
}

/* Each lot's figures against what is left of it, and all lots of a product against the model. */
static void
check_owed (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (world->tills[0].dir, QUAY_STORE_FILE, NULL);
  g_autoptr (QuayDb) db = quay_db_open (path, QUAY_DB_READ, NULL, &error);
  gint64 broken;
  g_assert_no_error (error);
  g_assert_true (quay_db_get_int (
      db,
      "SELECT count(*) FROM lot l WHERE (SELECT sum(CASE what WHEN 'in' THEN n WHEN 'sold' THEN -n"
      " WHEN 'back' THEN -n WHEN 'loss' THEN -n WHEN 'waste' THEN -n ELSE 0 END)"
      " FROM lot_sum s WHERE s.lot = l.lot)"
      " <> coalesce((SELECT sum(qty) FROM stock_balance b WHERE b.lot = l.lot), 0)",
      &broken, &error));
  g_assert_cmpint (broken, ==, 0);
  for (guint k = 0; k < PRODUCTS; k++)
    {
      gint64 cost, amount;
      char id[QUAY_ID_TEXT_LEN + 1];
      quay_id_to_text (&world->producers[k], id);
      g_auto (GStrv) groups = g_strsplit (id, "-", -1);
      g_autofree char *hex = g_strjoinv ("", groups);
#define OF_PRODUCER(what)                                                                          \
  "SELECT coalesce(sum(n), 0) FROM lot_sum s JOIN lot l ON l.lot = s.lot WHERE s.what = '" what    \
  "' AND l.producer = x'%s'"
      g_autofree char *sql_cost = g_strdup_printf (OF_PRODUCER ("cost"), hex);
      g_autofree char *sql_amount = g_strdup_printf (OF_PRODUCER ("amount"), hex);
      g_assert_true (quay_db_get_int (db, sql_cost, &cost, &error));
      g_assert_true (quay_db_get_int (db, sql_amount, &amount, &error));
      g_assert_cmpint (cost, ==, world->owed[k]);
      g_assert_cmpint (amount, ==, world->paid[k]);
    }
}

static void
assert_replays (QuayStore *store)
{
  QuayVerdict verdict;
  g_autoptr (GError) error = NULL;
  quay_store_verify (store, TRUE, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
}

static void
check (World *world)
{
  while (world->late->len > 0)
    shelf_late_receipt (world, &world->tills[shelf_pick (world, 0, TILLS)]);
  shelf_exchange_all (world);
  clear_list (world->tills[0].till);
  shelf_exchange_all (world);
  for (guint i = 0; i < TILLS; i++)
    {
      quay_test_assert_equal (world->tills[i].till->store, world->server);
      assert_replays (world->tills[i].till->store);
    }
  check_shelf (world);
  check_owed (world);
}

static void
test_histories (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  for (guint history = 0; history < HISTORIES; history++)
    {
      World world;
      shelf_make (&world, chance);
      for (guint i = 0; i < STEPS; i++)
        shelf_step (&world);
      check (&world);
      shelf_clear (&world);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shelf/histories", test_histories);
  return g_test_run ();
}
