/* A shop for the tests of the store. */
#include "store-fixture.h"

#include <sqlite3.h>

void
shop_open (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  shop->store =
      quay_store_open_full (shop->dir, &shop->env.env, shop->vfs, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
}

void
shop_close (Shop *shop)
{
  g_clear_pointer (&shop->store, quay_store_close);
}

void
shop_set_up (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop->dir = quay_test_dir ();
  shop->path = g_build_filename (shop->dir, QUAY_STORE_FILE, NULL);
  shop->chance = g_rand_new_with_seed (5);
  quay_test_env_init (&shop->env, 1);
  g_assert_true (quay_store_create (shop->dir, "QT1", &shop->env.env, &error));
  g_assert_no_error (error);
  shop_open (shop);
}

void
shop_make (Shop *shop, const char *code, guint seed)
{
  g_autoptr (GError) error = NULL;
  shop->dir = quay_test_dir ();
  shop->path = g_build_filename (shop->dir, QUAY_STORE_FILE, NULL);
  shop->chance = g_rand_new_with_seed (seed);
  quay_test_env_init (&shop->env, seed);
  g_assert_true (quay_store_create (shop->dir, code, &shop->env.env, &error));
  g_assert_no_error (error);
  shop_open (shop);
}

void
shop_tear_down (Shop *shop, gconstpointer data)
{
  shop_close (shop);
  quay_test_remove (shop->dir);
  g_rand_free (shop->chance);
  g_free (shop->dir);
  g_free (shop->path);
}

/* --- commits --- */

QuayResult *
shop_commit (Shop *shop, QuayEvent *event)
{
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  if (event->who == NULL)
    event->who = g_strdup ("QL");
  if (quay_id_is_nil (&event->loc))
    event->loc = quay_test_id ('l', 1);
  quay_txn_add (txn, event);
  QuayResult *result = quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  return result;
}

QuayResult *
shop_try_sell (Shop *shop, const QuayId *id, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, quay_test_sale (shop->chance, SHOP_PRODUCTS, id));
  return quay_store_commit (shop->store, txn, QUAY_LANE_COUNTER, error);
}

void
shop_sell (Shop *shop, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayResult) result = shop_try_sell (shop, NULL, &error);
      g_assert_no_error (error);
    }
}

const char *
shop_number (QuayResult *result)
{
  QuayEvent *event = result->events->pdata[0];
  g_assert_cmpint (event->kind, ==, QUAY_EVENT_SALE);
  return ((QuaySale *)event->body)->number;
}

/* --- events --- */

static QuayFact *
make_fact (const char *field, const char *value)
{
  gint64 number;
  if (*value == '\0')
    return quay_fact_new_cleared (field);
  if (*value != '#')
    return quay_fact_new_text (field, value);
  g_assert_true (g_ascii_string_to_signed (value + 1, 10, G_MININT64, G_MAXINT64, &number, NULL));
  return quay_fact_new_number (field, number);
}

QuayEvent *
shop_facts (QuayEventKind kind, const QuayId *id, const char *code, ...)
{
  va_list args;
  const char *field;
  QuayEvent *event = quay_event_new (kind);
  QuayFacts *body = event->body;
  if (id != NULL)
    body->id = *id;
  body->code = g_strdup (code);
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  va_start (args, code);
  while ((field = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (body->facts, make_fact (field, va_arg (args, const char *)));
  va_end (args);
  return event;
}

QuayEvent *
shop_price (const QuayId *product, QuayDay day, gint64 dong)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_PRICE);
  QuayPrices *body = event->body;
  QuayPrice *price = g_new0 (QuayPrice, 1);
  *price = (QuayPrice){ *product, day, QUAY_DONG (dong) };
  body->prices = g_ptr_array_new ();
  g_ptr_array_add (body->prices, price);
  return event;
}

QuayEvent *
shop_code (const char *code, const QuayId *product)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_CODE);
  QuayCode *body = event->body;
  body->code = g_strdup (code);
  if (product != NULL)
    body->product = *product;
  return event;
}

QuayEvent *
shop_opening (const QuayId *product, gint64 milli)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_STOCK_OPENING);
  QuayStockOpening *body = event->body;
  QuayStockLine *line = g_new0 (QuayStockLine, 1);
  line->product = *product;
  line->qty = QUAY_MILLI (milli);
  body->lines = g_ptr_array_new ();
  g_ptr_array_add (body->lines, line);
  return event;
}

QuayEvent *
shop_audit (QuayEventKind kind, const char *why)
{
  QuayEvent *event = quay_event_new (kind);
  ((QuayAudit *)event->body)->why = g_strdup (why);
  return event;
}

QuayEvent *
shop_cash (gint64 dong)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_CASH_MOVED);
  ((QuayCashMoved *)event->body)->amount = QUAY_DONG (dong);
  return event;
}

QuayEvent *
shop_shift (gint64 opening)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SHIFT_OPENED);
  ((QuayShiftOpened *)event->body)->opening = QUAY_DONG (opening);
  return event;
}

QuayEvent *
shop_shift_close (const QuayId *shift, gint64 counted)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SHIFT_CLOSED);
  QuayShiftClosed *body = event->body;
  body->shift = *shift;
  body->counted = body->expected = QUAY_DONG (counted);
  return event;
}

QuayEvent *
shop_refund (const QuayEvent *sale)
{
  const QuaySale *sold = sale->body;
  const QuayLine *line = sold->lines->pdata[0];
  QuayEvent *event = quay_event_new (QUAY_EVENT_REFUND);
  QuayRefund *body = event->body;
  QuayRefundLine *back = g_new0 (QuayRefundLine, 1);
  QuayPayment *cash = g_new0 (QuayPayment, 1);
  *back = (QuayRefundLine){ 1, line->product, line->qty, line->amount, line->net, 1 };
  cash->amount = cash->given = line->amount;
  body->sale = sale->id;
  body->of = g_strdup (sold->number);
  body->total = line->amount;
  body->lines = g_ptr_array_new ();
  body->payments = g_ptr_array_new ();
  g_ptr_array_add (body->lines, back);
  g_ptr_array_add (body->payments, cash);
  return event;
}

static void
fill_catalogue (Shop *shop)
{
  QuayId producer = quay_test_id ('r', 1);
  quay_result_free (shop_commit (
      shop, shop_facts (QUAY_EVENT_SETTING, NULL, "shop", "name", "HTX Quế Thanh", NULL)));
  quay_result_free (shop_commit (
      shop, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "name", "HTX Côn Minh", NULL)));
  for (guint i = 0; i < SHOP_PRODUCTS; i += 5)
    {
      QuayId product = quay_test_id ('p', i);
      g_autofree char *sku = g_strdup_printf ("SP%05u", i);
      g_autofree char *code = g_strdup_printf ("89360000%05u", i);
      quay_result_free (
          shop_commit (shop, shop_facts (QUAY_EVENT_PRODUCT, &product, NULL, "sku", sku, "name",
                                         "Miến dong", "unit", "gói", "vat", "A_PROC", NULL)));
      quay_result_free (shop_commit (shop, shop_price (&product, SHOP_DAY, 1000 + i)));
      quay_result_free (shop_commit (shop, shop_code (code, &product)));
      quay_result_free (shop_commit (shop, shop_opening (&product, 50000)));
    }
}

void
shop_fill (Shop *shop, guint sales)
{
  fill_catalogue (shop);
  g_autoptr (QuayResult) opened = shop_commit (shop, shop_shift (500000));
  const QuayEvent *shift = opened->events->pdata[0];
  for (guint i = 0; i < sales; i++)
    {
      QuayEvent *event = quay_test_sale (shop->chance, SHOP_PRODUCTS, NULL);
      event->shift = shift->id;
      g_autoptr (QuayResult) sold = shop_commit (shop, event);
      if (i % 7 != 3)
        continue;
      QuayEvent *refund = shop_refund (sold->events->pdata[0]);
      refund->shift = shift->id;
      quay_result_free (shop_commit (shop, refund));
    }
  QuayEvent *cash = shop_cash (-20000);
  cash->shift = shift->id;
  quay_result_free (shop_commit (shop, cash));
  quay_result_free (shop_commit (shop, shop_audit (QUAY_EVENT_DRAWER_OPENED, "đổi tiền")));
  quay_result_free (shop_commit (shop, shop_shift_close (&shift->id, 480000)));
}

/* --- looking --- */

void
shop_assert_sound (Shop *shop, gboolean rebuild)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  quay_store_verify (shop->store, rebuild, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  g_assert_true (verdict.ok);
  quay_verdict_clear (&verdict);
}

void
shop_tamper (Shop *shop, const char *sql)
{
  sqlite3 *db;
  char *why = NULL;
  g_assert_null (shop->store);
  g_assert_cmpint (sqlite3_open (shop->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &why);
  g_assert_cmpstr (why, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

gint64
shop_ask (Shop *shop, const char *sql)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  g_assert_cmpint (sqlite3_open_v2 (shop->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}
