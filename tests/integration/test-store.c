/* The store on a real folder: making, opening, committing, numbering, days, drafts and marks, the
 * queue, and a chain that goes on in a new one. */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define MINUTE_MS (60 * 1000)
#define DAY_MS (24 * 60 * MINUTE_MS)

static void
test_open (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId till = quay_store_till_id (shop->store);
  g_assert_cmpstr (quay_store_till_code (shop->store), ==, "QT1");
  g_assert_cmpstr (quay_store_chain_letter (shop->store), ==, "A");
  g_assert_false (quay_store_was_rolled_back (shop->store));
  g_assert_false (quay_id_is_nil (&till));
  g_assert_false (quay_store_create (shop->dir, "QT1", &shop->env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_BUSY);
  g_clear_error (&error);
  shop_close (shop);
  g_assert_false (quay_store_create (shop->dir, "QT1", &shop->env.env, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS);
}

static void
test_bad_codes (void)
{
  const char *bad[] = { "", "QT1QT1Q", "qt1", "QT-1", "QT 1", "Đ1" };
  g_autofree char *dir = quay_test_dir ();
  QuayTestEnv env;
  quay_test_env_init (&env, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (quay_store_create (dir, bad[i], &env.env, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
  quay_test_remove (dir);
}

static void
test_numbers (Shop *shop, gconstpointer data)
{
  for (guint i = 1; i <= 12; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *want = g_strdup_printf ("QT1A-%06u", i);
      g_autoptr (QuayResult) result = shop_try_sell (shop, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (shop_number (result), ==, want);
      g_assert_cmpuint (result->first_seq, ==, i + 1); /* the birth is 1 */
      g_assert_false (result->known);
      if (i % 5 == 0)
        {
          shop_close (shop);
          shop_open (shop);
        }
    }
  shop_assert_sound (shop, TRUE);
}

/* A refused event leaves no gap behind, and nothing of its transaction. */
static void
test_refused (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop_sell (shop, 1);
  QuayEvent *sound = quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL);
  QuayEvent *wrong = quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL);
  ((QuaySale *)wrong->body)->total.dong++;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, sound);
  quay_txn_add (txn, wrong);
  g_assert_null (quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_autoptr (QuayResult) next = shop_try_sell (shop, NULL, &error);
  g_assert_cmpstr (shop_number (next), ==, "QT1A-000002");
  g_assert_cmpuint (next->first_seq, ==, 3);
}

static void
test_known (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_id_new (&shop->env.env);
  g_autoptr (QuayResult) first = shop_try_sell (shop, &id, &error);
  shop_sell (shop, 3);
  gint64 before = shop_ask (shop, "SELECT count(*) FROM journal");
  g_autoptr (QuayResult) again = shop_try_sell (shop, &id, &error);
  g_assert_no_error (error);
  g_assert_true (again->known);
  g_assert_cmpuint (again->first_seq, ==, first->first_seq);
  g_assert_cmpstr (shop_number (again), ==, "QT1A-000001");
  g_assert_true (quay_hash_equal (&g_array_index (again->hashes, QuayHash, 0),
                                  &g_array_index (first->hashes, QuayHash, 0)));
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM journal"), ==, before);
  /* only the first event of a transaction is asked for; another known one is a mistake */
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL));
  quay_txn_add (txn, quay_test_sale (shop->chance, SHOP_PRODUCTS, &id));
  g_assert_null (quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

/* What comes back from the journal gives the same rows as what was handed in. */
static void
test_result (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayReader) reader = quay_reader_new (shop->store, &error);
  QuayTxn *txn = quay_txn_new ();
  for (guint i = 0; i < 3; i++)
    quay_txn_add (txn, quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL));
  g_autoptr (QuayResult) result = quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->events->len, ==, 3);
  g_assert_cmpuint (result->hashes->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      char code[QUAY_CODE_LEN + 1];
      const QuayEvent *event = result->events->pdata[i];
      g_autoptr (QuaySaleRecord) sale = quay_reader_sale_by_id (reader, &event->id);
      quay_hash_to_code (&g_array_index (result->hashes, QuayHash, i), code);
      g_assert_cmpstr (sale->code, ==, code);
      g_assert_cmpint (sale->seq, ==, result->first_seq + i);
      g_assert_cmpint (event->lam, ==, 2 + i);
      g_assert_cmpint (event->day, ==, SHOP_DAY);
    }
}

/* --- clocks --- */

static const QuayEvent *
sell_at (Shop *shop, gint64 wall_ms, const QuayId *shift)
{
  shop->env.wall_ms = wall_ms;
  QuayEvent *event = quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL);
  if (shift != NULL)
    event->shift = *shift;
  g_autoptr (QuayResult) result = shop_commit (shop, event);
  return g_ptr_array_steal_index (result->events, 0);
}

static void
test_clock (Shop *shop, gconstpointer data)
{
  gint64 now = shop->env.wall_ms;
  g_autoptr (QuayResult) opened = shop_commit (shop, shop_shift (0));
  QuayId shift = ((QuayEvent *)opened->events->pdata[0])->id;
  const struct
  {
    gint64 at;
    gboolean in_shift;
    gint64 doubt;
    gint64 day;
  } table[] = {
    { now + MINUTE_MS, FALSE, 0, 20261123 },
    { now, FALSE, 0, 20261123 },                 /* a minute back is no doubt */
    { now - 3 * MINUTE_MS, FALSE, 1, 20261123 }, /* more is: the last record's day */
    { 0, FALSE, 1, 20261123 },                   /* 1970 */
    { now + 3 * DAY_MS, FALSE, 0, 20261126 },    /* ahead: only a server could tell */
    { now, FALSE, 1, 20261126 },                 /* put right: back against the last record */
    { now + MINUTE_MS, FALSE, 0, 20261123 },     /* and trusted again */
    { now + 3 * DAY_MS, FALSE, 0, 20261126 },
    { now, TRUE, 1, 20261123 }, /* in a shift: the shift's day */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (QuayEvent) event =
          (QuayEvent *)sell_at (shop, table[i].at, table[i].in_shift ? &shift : NULL);
      g_assert_cmpint (event->doubt, ==, table[i].doubt);
      g_assert_cmpint (event->day, ==, table[i].day);
      g_assert_cmpint (event->ts, ==, table[i].at);
    }
  shop_assert_sound (shop, TRUE);
}

static void
test_cutoff (Shop *shop, gconstpointer data)
{
  gint64 midnight = quay_day_start_ms (20261124, 0);
  quay_store_set_cutoff (shop->store, 180);
  g_autoptr (QuayEvent) early = (QuayEvent *)sell_at (shop, midnight + 179 * MINUTE_MS, NULL);
  g_autoptr (QuayEvent) late = (QuayEvent *)sell_at (shop, midnight + 180 * MINUTE_MS, NULL);
  g_assert_cmpint (early->day, ==, 20261123);
  g_assert_cmpint (late->day, ==, 20261124);
}

/* --- marks --- */

static void
commit_marks (Shop *shop, QuayTxn *txn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayResult) result = quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
}

static QuayCart *
make_cart (Shop *shop, guint n)
{
  QuayId id = quay_test_id ('k', n);
  QuayCart *cart = quay_cart_new (&id, shop->env.wall_ms);
  QuayLine line = { .name = (char *)"Miến", .qty = QUAY_UNITS (n), .price = QUAY_DONG (1000) };
  g_assert_true (quay_cart_add (cart, &line, NULL, NULL));
  return cart;
}

static void
save_cart (Shop *shop, const QuayCart *cart, gboolean held, const char *label)
{
  QuayTxn *txn = quay_txn_new ();
  quay_txn_save_draft (txn, cart, held, label);
  commit_marks (shop, txn);
}

static void
test_drafts (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) first = make_cart (shop, 1);
  g_autoptr (QuayCart) second = make_cart (shop, 2);
  g_autoptr (QuayCart) third = make_cart (shop, 3);
  save_cart (shop, first, FALSE, NULL);
  save_cart (shop, second, TRUE, "chị Nga");
  save_cart (shop, third, FALSE, NULL);
  quay_cart_set_note (first, 0, "gói quà");
  save_cart (shop, first, TRUE, NULL); /* changed: the newest now */
  QuayTxn *txn = quay_txn_new ();
  quay_txn_drop_draft (txn, &third->id);
  commit_marks (shop, txn);
  shop_close (shop);
  shop_open (shop);
  g_autoptr (QuayReader) reader = quay_reader_new (shop->store, &error);
  g_autoptr (GPtrArray) drafts = quay_reader_drafts (reader);
  g_assert_cmpuint (drafts->len, ==, 2);
  const QuayDraft *a = drafts->pdata[0];
  const QuayDraft *b = drafts->pdata[1];
  g_assert_true (quay_id_equal (&a->cart->id, &second->id));
  g_assert_cmpstr (a->label, ==, "chị Nga");
  g_assert_true (a->held);
  g_assert_true (quay_id_equal (&b->cart->id, &first->id));
  g_assert_cmpstr (((QuayLine *)b->cart->lines->pdata[0])->note, ==, "gói quà");
}

/* An open cart never comes back after its sale, even where the sale did not drop it. */
static void
test_sold_draft (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayCart) cart = make_cart (shop, 1);
  save_cart (shop, cart, FALSE, NULL);
  g_autoptr (QuayReader) reader = quay_reader_new (shop->store, &error);
  g_autoptr (GPtrArray) open = quay_reader_drafts (reader);
  g_assert_cmpuint (open->len, ==, 1);
  g_autoptr (QuayResult) sold = shop_try_sell (shop, &cart->id, &error);
  g_autoptr (GPtrArray) after = quay_reader_drafts (reader);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_prints (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayReader) reader = quay_reader_new (shop->store, &error);
  g_autoptr (QuayResult) sold = shop_try_sell (shop, NULL, &error);
  const QuayEvent *sale = sold->events->pdata[0];
  const struct
  {
    QuayPrintState state;
    gint64 copies;
    gint64 sum;
  } steps[] = { { QUAY_PRINT_FAILED, 0, 0 },
                { QUAY_PRINT_SENT, 0, 0 },
                { QUAY_PRINT_SENT, 1, 1 },
                { QUAY_PRINT_NONE, 2, 3 } };
  g_autoptr (QuaySaleRecord) before = quay_reader_last_sale (reader);
  g_assert_cmpint (before->printed, ==, QUAY_PRINT_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      QuayTxn *txn = quay_txn_new ();
      quay_txn_mark_print (txn, &sale->id, steps[i].state, steps[i].copies);
      commit_marks (shop, txn);
      g_autoptr (QuaySaleRecord) now = quay_reader_last_sale (reader);
      g_assert_cmpint (now->printed, ==, steps[i].state);
      g_assert_cmpint (now->copies, ==, steps[i].sum);
    }
}

static void
test_locals (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 key[32] = { 1, 2, 3 };
  guint8 got[32] = { 0 };
  QuayId id = quay_test_id ('e', 1);
  QuayId none = quay_test_id ('e', 2);
  g_autoptr (QuayReader) reader = quay_reader_new (shop->store, &error);
  QuayTxn *txn = quay_txn_new ();
  quay_txn_set_local (txn, "theme", "dark");
  quay_txn_set_local (txn, "printer", "XP-58");
  quay_txn_set_local (txn, "theme", "light");
  quay_txn_set_local (txn, "printer", NULL);
  quay_txn_keep_key (txn, &id, key);
  commit_marks (shop, txn);
  g_autofree char *theme = quay_reader_local (reader, "theme");
  g_autofree char *printer = quay_reader_local (reader, "printer");
  g_assert_cmpstr (theme, ==, "light");
  g_assert_null (printer);
  g_assert_true (quay_reader_person_key (reader, &id, got));
  g_assert_cmpmem (got, 32, key, 32);
  g_assert_false (quay_reader_person_key (reader, &none, got));
}

/* --- readers beside the writer --- */

typedef struct
{
  Shop *shop;
  gint done;
} Beside;

/* Each report is of one moment: whole sales only. */
static gpointer
read_on (gpointer data)
{
  Beside *beside = data;
  g_autoptr (QuayReader) reader = quay_reader_new (beside->shop->store, NULL);
  gint64 seen = 0;
  while (seen < 300)
    {
      gint64 tenders = 0;
      gint64 products = 0;
      gboolean done = g_atomic_int_get (&beside->done);
      g_autoptr (QuayReport) report =
          quay_reader_report (reader, QUAY_REPORT_BY_PRODUCT, SHOP_DAY, SHOP_DAY);
      for (guint i = 0; i < report->tenders->len; i++)
        tenders += ((QuayReportRow *)report->tenders->pdata[i])->amount.dong;
      for (guint i = 0; i < report->rows->len; i++)
        products += ((QuayReportRow *)report->rows->pdata[i])->amount.dong;
      g_assert_cmpint (tenders, ==, report->total.dong);
      g_assert_cmpint (products, ==, report->total.dong);
      g_assert_cmpint (report->sales, >=, seen);
      seen = report->sales;
      if (done)
        g_assert_cmpint (seen, ==, 300);
    }
  return NULL;
}

static void
test_beside (Shop *shop, gconstpointer data)
{
  Beside beside = { .shop = shop };
  GThread *readers[2];
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = g_thread_new ("reader", read_on, &beside);
  shop_sell (shop, 300);
  g_atomic_int_set (&beside.done, 1);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    g_thread_join (readers[i]);
}

/* --- a file that went back --- */

static void
test_rolled_back (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (shop->dir, "copy", NULL);
  g_autofree char *bytes = NULL;
  gsize len;
  shop_sell (shop, 3);
  shop_close (shop);
  g_assert_true (g_file_get_contents (shop->path, &bytes, &len, NULL));
  shop_open (shop);
  g_assert_false (quay_store_was_rolled_back (shop->store));
  shop_sell (shop, 2);
  shop_close (shop);
  g_assert_true (g_file_set_contents (shop->path, bytes, (gssize)len, NULL));
  shop_open (shop);
  g_assert_true (quay_store_was_rolled_back (shop->store));
  g_assert_cmpstr (quay_store_chain_letter (shop->store), ==, "B");
  g_autoptr (QuayResult) sold = shop_try_sell (shop, NULL, &error);
  g_assert_cmpstr (shop_number (sold), ==, "QT1B-000001");
  g_assert_cmpint (shop_ask (shop, "SELECT first FROM birth WHERE letter = 'B'"), ==, 5);
  shop_assert_sound (shop, TRUE);
  shop_close (shop);
  shop_open (shop);
  g_assert_false (quay_store_was_rolled_back (shop->store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Shop, NULL, shop_set_up, func, shop_tear_down)
  ADD ("/store/open", test_open);
  g_test_add_func ("/store/create/bad-codes", test_bad_codes);
  ADD ("/store/numbers", test_numbers);
  ADD ("/store/refused", test_refused);
  ADD ("/store/known", test_known);
  ADD ("/store/result", test_result);
  ADD ("/store/clock", test_clock);
  ADD ("/store/cutoff", test_cutoff);
  ADD ("/store/drafts", test_drafts);
  ADD ("/store/drafts/sold", test_sold_draft);
  ADD ("/store/prints", test_prints);
  ADD ("/store/locals", test_locals);
  ADD ("/store/beside", test_beside);
  ADD ("/store/rolled-back", test_rolled_back);
  return g_test_run ();
}
