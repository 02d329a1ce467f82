/* The store's queue: the counter goes first, what waits at the end is answered, a long transaction
 * tells how far it is and stops for the counter. */
#include "store-fixture.h"

#include <string.h>

#define CANCELLED 31
#define TRIES 21 /* of a long transaction: it gives way twenty times */

typedef struct
{
  GMainLoop *loop;
  guint left;
  guint order[32];
  guint n;
} Answers;

typedef struct
{
  Answers *answers;
  Shop *shop;
  guint which;
} Asked;

static void
answered_cb (GObject *source, GAsyncResult *async, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree Asked *asked = data;
  Answers *answers = asked->answers;
  g_autoptr (QuayResult) result = quay_store_commit_finish (asked->shop->store, async, &error);
  if (asked->which == CANCELLED)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (error);
  answers->order[answers->n++] = asked->which;
  if (--answers->left == 0)
    g_main_loop_quit (answers->loop);
}

static void
send (Shop *shop, Answers *answers, guint which, QuayLane lane, GCancellable *cancellable)
{
  QuayTxn *txn = quay_txn_new ();
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ answers, shop, which };
  quay_txn_add (txn, quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL));
  quay_store_commit_async (shop->store, txn, lane, cancellable, answered_cb, asked);
}

static void
ask (Shop *shop, Answers *answers, guint which, QuayLane lane, GCancellable *cancellable)
{
  answers->left++;
  send (shop, answers, which, lane, cancellable);
}

/* Holds the store's thread until the test has filled the queue. */
static gboolean
wait_cb (QuayStore *store, gpointer data, GError **error)
{
  GMutex *gate = data;
  g_mutex_lock (gate);
  g_mutex_unlock (gate);
  return TRUE;
}

static gpointer
hold_thread (gpointer data)
{
  gpointer *both = data;
  quay_store_call (both[0], QUAY_LANE_COUNTER, wait_cb, both[1], NULL);
  return NULL;
}

static gboolean
is_busy (QuayStore *store)
{
  g_mutex_lock (&store->mutex);
  gboolean busy = store->busy;
  g_mutex_unlock (&store->mutex);
  return busy;
}

static void
test_lanes (Shop *shop, gconstpointer data)
{
  GMutex gate;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Answers answers = { .loop = loop };
  gpointer both[] = { shop->store, &gate };
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  GThread *holder = g_thread_new ("holder", hold_thread, both);
  while (!is_busy (shop->store))
    g_thread_yield ();
  g_cancellable_cancel (cancelled);
  ask (shop, &answers, 4, QUAY_LANE_BACKGROUND, NULL);
  ask (shop, &answers, 1, QUAY_LANE_COUNTER, NULL);
  ask (shop, &answers, 5, QUAY_LANE_BACKGROUND, NULL);
  ask (shop, &answers, 2, QUAY_LANE_COUNTER, NULL);
  ask (shop, &answers, CANCELLED, QUAY_LANE_BACKGROUND, cancelled);
  ask (shop, &answers, 3, QUAY_LANE_COUNTER, NULL);
  g_mutex_unlock (&gate);
  g_main_loop_run (loop);
  g_thread_join (holder);
  g_mutex_clear (&gate);
  const guint want[] = { 1, 2, 3, 4, 5, CANCELLED };
  g_assert_cmpmem (answers.order, sizeof want, want, sizeof want);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, 5);
}

/* What waits when the store closes is answered first. */
static void
test_drain (Shop *shop, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Answers answers = { .loop = loop };
  for (guint i = 1; i <= 6; i++)
    ask (shop, &answers, i, i % 2 ? QUAY_LANE_COUNTER : QUAY_LANE_BACKGROUND, NULL);
  shop_close (shop);
  g_main_loop_run (loop);
  g_assert_cmpuint (answers.n, ==, 6);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, 6);
}

static void
count_progress (guint done, guint total, gpointer data)
{
  guint *seen = data;
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (done, >, *seen);
  *seen = done;
}

/* A catalogue of 2,000 prices. */
static QuayTxn *
make_long (void)
{
  QuayTxn *txn = quay_txn_new ();
  for (guint i = 0; i < 2000; i++)
    {
      QuayId product = quay_test_id ('q', i);
      QuayEvent *event = shop_price (&product, SHOP_DAY, i);
      event->who = g_strdup ("QL");
      quay_txn_add (txn, event);
    }
  return txn;
}

typedef struct
{
  Shop *shop;
  Answers *answers;
  gboolean other; /* the transaction that begins is a sale's */
  guint asked;
} Pushy;

/* As each try of the long one begins, somebody wants to pay. On the store's thread. */
static void
push_cb (const char *name, gpointer data)
{
  Pushy *pushy = data;
  if (strcmp (name, "begin") != 0)
    return;
  if (!pushy->other)
    send (pushy->shop, pushy->answers, ++pushy->asked, QUAY_LANE_COUNTER, NULL);
  pushy->other = !pushy->other;
}

/* A sale does not wait for a long transaction of the background: that stops, leaves no trace and
 * begins anew; but not for ever. */
static void
test_gives_way (Shop *shop, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Answers answers = { .loop = loop, .left = TRIES + 1 };
  Pushy pushy = { .shop = shop, .answers = &answers };
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ &answers, shop, 0 };
  quay_store_set_point (shop->store, push_cb, &pushy);
  quay_store_commit_async (shop->store, make_long (), QUAY_LANE_BACKGROUND, NULL, answered_cb,
                           asked);
  g_main_loop_run (loop);
  g_assert_cmpuint (answers.n, ==, TRIES + 1);
  for (guint i = 0; i < TRIES - 1; i++)
    g_assert_cmpuint (answers.order[i], ==, i + 1);
  g_assert_cmpuint (answers.order[TRIES - 1], ==, 0); /* the last try goes through */
  g_assert_cmpuint (answers.order[TRIES], ==, TRIES);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM price"), ==, 2000);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM sale"), ==, TRIES);
  quay_store_set_point (shop->store, NULL, NULL);
  shop_assert_sound (shop, TRUE);
}

static void
test_progress (Shop *shop, gconstpointer data)
{
  guint seen = 0;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Answers answers = { .loop = loop, .left = 1 };
  QuayTxn *txn = make_long ();
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ &answers, shop, 1 };
  quay_txn_set_progress (txn, count_progress, &seen);
  quay_store_commit_async (shop->store, txn, QUAY_LANE_BACKGROUND, NULL, answered_cb, asked);
  g_main_loop_run (loop);
  g_assert_cmpuint (seen, >, 0);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM price"), ==, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Shop, NULL, shop_set_up, func, shop_tear_down)
  ADD ("/queue/lanes", test_lanes);
  ADD ("/queue/drain", test_drain);
  ADD ("/queue/gives-way", test_gives_way);
  ADD ("/queue/progress", test_progress);
  return g_test_run ();
}
