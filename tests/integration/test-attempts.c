/* Attempts to get around a rule: as somebody who may not, with figures that can't be, twice, by
 * events made by hand. All are refused, or held, or told; each leaves its trace. */
#include "people-fixture.h"
#include "quay-test-exchange.h"

#include "quay-error.h"
#include "quay-event.h"
#include "quay-till-private.h"
#include "quay-till-refunds.h"
#include "quay-till-shift.h"
#include "quay-till-sign.h"

#include <string.h>

#define TEA "2900000000049" /* 60.000 đ */

/* --- the shop --- */

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
  people_add (shop, "ql", "ql", "manager", "13579", NULL);
  people_add (shop, "tn", "tn", "cashier", "24680", NULL);
  people_add (shop, "kho", "kho", "keeper", "11223", NULL);
  people_add (shop, "ks", "ks", "auditor", "44556", NULL);
  people_sign_in (shop, "tn", "24680");
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_assert_sound (shop);
  quay_test_shop_clear (shop);
}

static gint64
n_denied (Fixture *shop)
{
  return people_ask (shop, "SELECT count(*) FROM audit WHERE kind = 'noted' AND act = 'denied'");
}

static gint64
n_records (Fixture *shop)
{
  return people_ask (shop, "SELECT count(*) FROM journal");
}

/* --- whoever has no right: each kind of event through the one way to commit --- */

static QuayEvent *
golden (QuayEventKind kind, guint line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = g_strconcat (quay_event_kind_name (kind), ".json", NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "events", name, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  QuayEvent *event = quay_event_decode ((guint8 *)lines[line], strlen (lines[line]), &error);
  g_assert_no_error (error);
  return event;
}

static const QuayEventKind not_cashier[] = {
  QUAY_EVENT_PRODUCT,       QUAY_EVENT_PRICE,         QUAY_EVENT_CODE,     QUAY_EVENT_CATEGORY,
  QUAY_EVENT_PRICE_LIST,    QUAY_EVENT_PROMOTION,     QUAY_EVENT_SETTING,  QUAY_EVENT_PARAM,
  QUAY_EVENT_USER,          QUAY_EVENT_ROLE,          QUAY_EVENT_RECEIVED, QUAY_EVENT_ISSUED,
  QUAY_EVENT_MOVED,         QUAY_EVENT_BUNDLED,       QUAY_EVENT_COUNTED,  QUAY_EVENT_SEEN,
  QUAY_EVENT_STOCK_OPENING, QUAY_EVENT_ASSIGNED,      QUAY_EVENT_LOT,      QUAY_EVENT_SETTLED,
  QUAY_EVENT_ENTRY,         QUAY_EVENT_PARTNER,       QUAY_EVENT_FAIR,     QUAY_EVENT_LOCATION,
  QUAY_EVENT_LIST_PRICES,   QUAY_EVENT_PAYMENT_FIXED,
};
static const QuayEventKind not_keeper[] = {
  QUAY_EVENT_SALE,  QUAY_EVENT_REFUND,        QUAY_EVENT_CASH_MOVED,   QUAY_EVENT_DRAWER_OPENED,
  QUAY_EVENT_ORDER, QUAY_EVENT_PAYMENT_FIXED, QUAY_EVENT_SETTLED,      QUAY_EVENT_COUNTED,
  QUAY_EVENT_PRICE, QUAY_EVENT_USER,          QUAY_EVENT_SHIFT_OPENED,
};
static const QuayEventKind not_auditor[] = {
  QUAY_EVENT_SALE,  QUAY_EVENT_REFUND,   QUAY_EVENT_CASH_MOVED, QUAY_EVENT_DRAWER_OPENED,
  QUAY_EVENT_PRICE, QUAY_EVENT_RECEIVED, QUAY_EVENT_USER,       QUAY_EVENT_SETTING,
};

static void
try_kinds (Fixture *shop, const QuayEventKind *kinds, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 denied = n_denied (shop);
      gint64 records = n_records (shop);
      QuayTxn *txn = quay_txn_new ();
      quay_txn_add (txn, golden (kinds[i], 0));
      g_assert_null (quay_till_commit (shop->till, txn, &error));
      g_test_message ("%s", quay_event_kind_name (kinds[i]));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
      g_assert_true (quay_till_flush (shop->till, NULL));
      g_autoptr (QuayTxn) nothing = quay_txn_new (); /* after what was written quietly */
      quay_txn_set_local (nothing, "test", "1");
      quay_result_free (quay_till_commit (shop->till, g_steal_pointer (&nothing), NULL));
      g_assert_cmpint (n_denied (shop), ==, denied + 1);
      g_assert_cmpint (n_records (shop), ==, records + 1);
    }
}

static void
test_kinds (Fixture *shop, gconstpointer data)
{
  try_kinds (shop, not_cashier, G_N_ELEMENTS (not_cashier));
  people_sign_in (shop, "kho", "11223");
  try_kinds (shop, not_keeper, G_N_ELEMENTS (not_keeper));
  people_sign_in (shop, "ks", "44556");
  try_kinds (shop, not_auditor, G_N_ELEMENTS (not_auditor));
}

/* --- a cashier at the counter --- */

static QuaySaleRecord *
sell_tea (Fixture *shop, gint64 n)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, TEA);
  g_assert_true (quay_till_cart_set_qty (shop->till, 0, QUAY_UNITS (n), NULL));
  QuaySaleRecord *sale = quay_till_pay (shop->till, NULL, &error);
  g_assert_no_error (error);
  return sale;
}

static void
refuse_cash (Fixture *shop, gint64 amount, const char *why, QuayError code)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_assert_null (quay_till_move_cash (shop->till, &id, QUAY_DONG (amount), why, &error));
  g_assert_error (error, QUAY_ERROR, (int)code);
}

static void
refuse_refund (Fixture *shop, const char *number, const QuayRefundAsk *asks, guint n,
               QuayError code)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  g_assert_null (quay_till_refund (shop->till, &id, number, asks, n, "hỏng", NULL, &error));
  g_assert_error (error, QUAY_ERROR, (int)code);
}

static void
test_cash (Fixture *shop, gconstpointer data)
{
  g_autoptr (QuaySaleRecord) sale = sell_tea (shop, 1);
  refuse_cash (shop, 0, "x", QUAY_ERROR_INVALID);
  refuse_cash (shop, -100000, "", QUAY_ERROR_INVALID);
  refuse_cash (shop, -100000, "a\nb\x01", QUAY_ERROR_INVALID);
  refuse_cash (shop, -500001, "x", QUAY_ERROR_DENIED);
  refuse_cash (shop, QUAY_MONEY_MAX + 1, "x", QUAY_ERROR_INVALID);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM cash_move"), ==, 0);
}

static void
test_refunds (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (QuaySaleRecord) sale = sell_tea (shop, 10);
  QuayRefundAsk whole = { .line = 1, .qty = QUAY_UNITS (10), .restock = TRUE };
  QuayRefundAsk one = { .line = 1, .qty = QUAY_UNITS (1), .restock = TRUE };
  QuayRefundAsk none = { .line = 1, .qty = QUAY_UNITS (0), .restock = TRUE };
  QuayRefundAsk half = { .line = 1, .qty = QUAY_MILLI (500), .restock = TRUE };
  QuayRefundAsk other = { .line = 2, .qty = QUAY_UNITS (1), .restock = TRUE };
  QuayRefundAsk twice[] = { whole, one };
  refuse_refund (shop, sale->number, &whole, 1, QUAY_ERROR_DENIED); /* 600.000 */
  refuse_refund (shop, sale->number, &none, 1, QUAY_ERROR_REFUSED);
  refuse_refund (shop, sale->number, &half, 1, QUAY_ERROR_REFUSED);
  refuse_refund (shop, sale->number, &other, 1, QUAY_ERROR_REFUSED);
  refuse_refund (shop, sale->number, twice, 2, QUAY_ERROR_REFUSED);
  refuse_refund (shop, "QT1A-999999", &one, 1, QUAY_ERROR_NOT_FOUND);
  QuayId id = quay_till_new_id (shop->till);
  g_assert_null (quay_till_refund_by (shop->till, &id, sale->number, QUAY_TENDER_TRANSFER, &one, 1,
                                      "x", NULL, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&refused);
  QuayFreeReturn back = { ((const QuayLine *)sale->lines->pdata[0])->product, QUAY_UNITS (1),
                          QUAY_DONG (60000), TRUE };
  g_assert_null (
      quay_till_refund_free (shop->till, &id, NULL, &back, 1, QUAY_TENDER_CASH, "x", &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&refused);
  g_assert_null (quay_till_fix_payment (shop->till, &id, sale->number, QUAY_TENDER_CASH,
                                        QUAY_TENDER_CARD, QUAY_DONG (60000), NULL, "x", &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&refused);
  /* what is allowed is done once */
  g_autofree char *first =
      quay_till_refund (shop->till, &id, sale->number, &one, 1, "hỏng", NULL, &error);
  g_assert_no_error (error);
  g_autofree char *again =
      quay_till_refund (shop->till, &id, sale->number, &one, 1, "hỏng", NULL, &error);
  g_assert_cmpstr (first, ==, again);
  g_autoptr (QuaySaleRecord) second = sell_tea (shop, 1);
  g_assert_null (
      quay_till_refund (shop->till, &id, second->number, &one, 1, "hỏng", NULL, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_EXISTS);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM refund"), ==, 1);
}

static void
refuse_pay (Fixture *shop, GPtrArray *payments, QuayError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (quay_till_pay (shop->till, payments, &error));
  g_assert_error (error, QUAY_ERROR, (int)code);
}

static void
test_paying (Fixture *shop, gconstpointer data)
{
  static const struct
  {
    QuayTender tender;
    gint64 given;
  } bad[] = {
    { QUAY_TENDER_CASH, 59999 },    { QUAY_TENDER_CASH, -60000 },    { QUAY_TENDER_CARD, 60001 },
    { QUAY_TENDER_DEPOSIT, 60000 }, { QUAY_TENDER_EXCHANGE, 60000 }, { QUAY_TENDER_DEBT, 60000 },
    { QUAY_TENDER_POINTS, 60000 },  { QUAY_TENDER_ROUNDING, 60000 },
  };
  refuse_pay (shop, NULL, QUAY_ERROR_REFUSED); /* nothing in the cart */
  quay_test_shop_scan (shop, TEA);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GPtrArray) payments = quay_test_payment (NULL, bad[i].tender, bad[i].given);
      g_test_message ("%s %" G_GINT64_FORMAT, quay_tender_name (bad[i].tender), bad[i].given);
      refuse_pay (shop, payments, QUAY_ERROR_REFUSED);
    }
  g_assert_true (quay_till_cart_clear (shop->till, "x", NULL));
  quay_test_shop_scan (shop, WINE); /* nobody was asked for their age */
  refuse_pay (shop, NULL, QUAY_ERROR_REFUSED);
  quay_till_lock (shop->till, FALSE);
  quay_till_cart_confirm_age (shop->till);
  refuse_pay (shop, NULL, QUAY_ERROR_DENIED);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM sale"), ==, 0);
}

static void
test_shifts (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  people_sign_in (shop, "ql", "13579");
  g_autofree char *opened = quay_till_open_shift (shop->till, QUAY_DONG (100000), &error);
  g_assert_no_error (error);
  people_sign_in (shop, "tn", "24680");
  g_assert_null (quay_till_open_shift (shop->till, QUAY_DONG (0), &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&refused);
  g_assert_false (quay_till_close_shift (shop->till, QUAY_DONG (100000), NULL, NULL, &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM shift_close"), ==, 0);
}

/* --- words of others --- */

static void
refuse_word (Fixture *shop, const char *code, const char *pin, QuayError why)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (quay_till_approve (shop->till, QUAY_ACT_CASH, 600000, code, pin, "x", &error));
  g_assert_error (error, QUAY_ERROR, (int)why);
}

static void
test_words (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  refuse_word (shop, "ql", "24680", QUAY_ERROR_INVALID);
  refuse_word (shop, "tn", "24680", QUAY_ERROR_REFUSED);
  refuse_word (shop, "kho", "11223", QUAY_ERROR_DENIED);
  refuse_word (shop, "ai", "11223", QUAY_ERROR_NOT_FOUND);
  g_assert_true (quay_till_approve (shop->till, QUAY_ACT_CASH, 600000, "ql", "13579", "x", &error));
  g_assert_no_error (error);
  refuse_cash (shop, -600001, "x", QUAY_ERROR_DENIED);
  g_assert_false (quay_till_set_setting (shop->till, "shop.thanks", "x", &refused));
  g_assert_error (refused, QUAY_ERROR, QUAY_ERROR_DENIED);
  QuayId id = quay_till_new_id (shop->till);
  g_autofree char *moved = quay_till_move_cash (shop->till, &id, QUAY_DONG (-600000), "x", &error);
  g_assert_no_error (error);
  refuse_cash (shop, -600000, "x", QUAY_ERROR_DENIED); /* it was for once */
  g_assert_cmpint (people_ask (shop,
                               "SELECT count(*) FROM audit WHERE kind = 'override' AND who = 'tn'"
                               " AND approver = 'ql' AND act = 'cash' AND amount = 600000"),
                   ==, 1);
}

/* --- settings of this computer: no events, and yet not everybody's --- */

static const char *const not_everybodys[][2] = {
  { "till.printer", "none" },    { "till.printer_folder", "/tmp" }, { "till.receipt_width", "58" },
  { "till.scan_suffix", "tab" }, { "till.language", "en" },         { "till.unheard_of", "1" },
};
static const char *const everybodys[][2] = {
  { "till.theme", "dark" },
  { "till.text_size", "125" },
  { "till.hide_today", "1" },
  { "till.stock_columns", "stock" },
};

static void
try_local (Fixture *shop, const char *key, const char *value, gboolean may)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = quay_till_get_setting (shop->till, key);
  g_test_message ("%s", key);
  g_assert_cmpint (quay_till_set_setting (shop->till, key, value, &error), ==, may);
  if (may)
    g_assert_no_error (error);
  else
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_autofree char *now = quay_till_get_setting (shop->till, key);
  g_assert_cmpstr (now, ==, may ? value : before);
}

static void
test_local (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *place = "6c000000-0000-7000-8000-000000000001";
  for (guint i = 0; i < G_N_ELEMENTS (not_everybodys); i++)
    try_local (shop, not_everybodys[i][0], not_everybodys[i][1], FALSE);
  try_local (shop, "till.place", place, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (everybodys); i++)
    try_local (shop, everybodys[i][0], everybodys[i][1], TRUE);
  g_assert_true (
      quay_till_approve (shop->till, QUAY_ACT_SETTINGS, 0, "ql", "13579", "hỏng", &error));
  try_local (shop, "till.printer", "none", TRUE);
  try_local (shop, "till.printer", "folder", FALSE); /* it was for once, and left its trace */
  g_assert_cmpint (people_ask (shop,
                               "SELECT count(*) FROM audit WHERE kind = 'override' AND who = 'tn'"
                               " AND approver = 'ql' AND act = 'settings'"),
                   ==, 1);
  people_sign_in (shop, "kho", "11223");
  try_local (shop, "till.printer", "folder", FALSE);
  try_local (shop, "till.place", place, TRUE);
  people_sign_in (shop, "ql", "13579");
  for (guint i = 0; i < G_N_ELEMENTS (not_everybodys); i++)
    try_local (shop, not_everybodys[i][0], not_everybodys[i][1], TRUE);
  quay_till_lock (shop->till, FALSE);
  try_local (shop, "till.printer", "folder", FALSE);
}

/* --- events made by hand --- */

static const char *const unsound[] = {
  /* a total that is not the sum, a payment below 0, a tender put right by another amount */
  "\"t\":\"sale\",%s,\"loc\":\"6c000000-0000-7000-8000-000000000001\",\"number\":\"QT9A-000001\","
  "\"lines\":[{\"name\":\"a\",\"qty\":1000,\"price\":10,\"amount\":10,\"net\":10,\"rate\":-1}],"
  "\"payments\":[{\"tender\":\"cash\",\"amount\":9,\"given\":9}],\"total\":9,\"vat\":0",
  "\"t\":\"sale\",%s,\"loc\":\"6c000000-0000-7000-8000-000000000001\",\"number\":\"QT9A-000001\","
  "\"lines\":[{\"name\":\"a\",\"qty\":1000,\"price\":10,\"amount\":10,\"net\":10,\"rate\":-1}],"
  "\"payments\":[{\"tender\":\"cash\",\"amount\":20,\"given\":20},{\"tender\":\"card\",\"amount\":"
  "-10,\"given\":-10}],\"total\":10,\"vat\":0",
  "\"t\":\"payment.fixed\",%s,\"number\":\"QT9A-SP26-0001\",\"sale\":"
  "\"65000000-0000-7000-8000-000000000001\",\"from\":[{\"tender\":\"cash\",\"amount\":10}],"
  "\"to\":[{\"tender\":\"card\",\"amount\":9}]",
  "\"t\":\"noted\",%s",
  "\"t\":\"customer.entry\",%s,\"number\":\"QT9A-CN26-0001\",\"customer\":"
  "\"63000000-0000-7000-8000-000000000001\",\"kind\":\"paid\",\"amount\":0,\"tender\":\"cash\"",
};

static void
test_unsound (Fixture *shop, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsound); i++)
    {
      QuayRows rows;
      g_autoptr (GError) error = NULL;
      static const char head[] =
          "\"v\":1,\"lam\":1,\"id\":\"65000000-0000-7000-8000-0000000000f1\","
          "\"day\":20261123,\"ts\":1795402805123,\"who\":\"tn\"";
      g_autofree char *body = g_strdup_printf (unsound[i], head);
      g_autofree char *text = g_strdup_printf ("{%s}", body);
      g_autoptr (QuayEvent) event = quay_event_decode ((const guint8 *)text, strlen (text), &error);
      g_assert_no_error (error);
      quay_rows_init (&rows);
      g_assert_false (quay_event_rows (event, &rows, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      quay_rows_clear (&rows);
    }
}

/* The same event from another chain books nothing again; a price that a cashier wrote by hand
 * arrives, since it happened, and is told. */
static void
test_replayed (Fixture *shop, gconstpointer data)
{
  Fixture other;
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .shop = "Quế Thanh",
                      .address = "Na Rì, Thái Nguyên",
                      .till_code = "QT2",
                      .language = "vi",
                      .width_mm = 80 };
  g_autoptr (QuaySaleRecord) sale = sell_tea (shop, 1);
  quay_test_env_init (&other.env, 2);
  other.dir = quay_test_dir ();
  g_assert_true (quay_till_make_shop (other.dir, &setup, &other.env.env, &error));
  other.till = quay_till_open_with (other.dir, NULL, &other.env.env, &error);
  g_assert_no_error (error);
  QuayEvent *copy = golden (QUAY_EVENT_SALE, 1);
  copy->id = sale->id;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, copy);
  quay_result_free (quay_store_commit (other.till->store, txn, QUAY_LANE_COUNTER, &error));
  g_assert_no_error (error);
  quay_test_pull_all (other.till->store, shop->till->store, 100); /* it knows who may do what */
  QuayEvent *price = golden (QUAY_EVENT_PRICE, 0);
  g_free (price->who);
  price->who = g_strdup ("tn");
  price->id = quay_till_new_id (other.till);
  txn = quay_txn_new ();
  quay_txn_add (txn, price);
  quay_result_free (quay_store_commit (other.till->store, txn, QUAY_LANE_COUNTER, &error));
  g_assert_no_error (error);
  quay_test_pull_all (shop->till->store, other.till->store, 100);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM sale"), ==, 1);
  g_assert_cmpint (people_ask (shop, "SELECT sum(total) FROM sale"), ==, 60000);
  g_autoptr (GPtrArray) told = quay_till_unentitled (shop->till, &error);
  g_assert_no_error (error);
  gboolean found = FALSE;
  for (guint i = 0; i < told->len; i++)
    {
      const QuayUnentitled *event = told->pdata[i];
      found |= strcmp (event->kind, "price.set") == 0 && strcmp (event->who, "tn") == 0;
    }
  g_assert_true (found);
  quay_test_shop_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/attempts/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("kinds", test_kinds);
  ADD ("cash", test_cash);
  ADD ("refunds", test_refunds);
  ADD ("paying", test_paying);
  ADD ("shifts", test_shifts);
  ADD ("words", test_words);
  ADD ("local", test_local);
  ADD ("unsound", test_unsound);
  ADD ("replayed", test_replayed);
  return g_test_run ();
}
