/* Users: who may do what, whose word counts, what wrong PINs cost, and what leaves a trace. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-event.h"
#include "quay-pin.h"
#include "quay-store.h"
#include "quay-till-refunds.h"
#include "quay-till-sell.h"
#include "quay-till-sign.h"
#include "quay-till-users.h"

#include <string.h>

#define MINOR_PIN "9753"

static void
sell (Fixture *f, const char *sku)
{
  quay_test_shop_scan (f, sku);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpstr (sale->who, ==, quay_till_user (f->till));
}

/* --- users --- */

static void
assert_refused (Fixture *f, QuayUserEdit edit, const char *column, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_assert_false (quay_till_save_user (f->till, &edit, NULL, &refusals, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refusals->len, ==, 1);
  g_assert_cmpstr (((const QuayRefusal *)refusals->pdata[0])->column, ==, column);
  g_assert_cmpstr (((const QuayRefusal *)refusals->pdata[0])->code, ==, code);
}

static void
test_first (Fixture *f, gconstpointer data)
{
  g_assert_false (quay_till_has_users (f->till));
  g_assert_cmpint (quay_till_limit (f->till, QUAY_ACT_SETTINGS), ==, QUAY_NO_LIMIT);
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "cashier", MANAGER }, "role", "first-manager");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "manager", "" }, "pin", "empty");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "manager", "123" }, "pin", "pin");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "manager", "12345678901234" }, "pin", "pin");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "manager", "12a4" }, "pin", "pin");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", " ", "manager", MANAGER }, "name", "empty");
  assert_refused (f, (QuayUserEdit){ TRUE, "A B", "A", "manager", MANAGER }, "code", "text");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "boss", MANAGER }, "role", "range");
  assert_refused (f, (QuayUserEdit){ TRUE, "a", "A", "manager", MANAGER, "31/02/2000" }, "born",
                  "day");
  assert_refused (f, (QuayUserEdit){ FALSE, "a", "A" }, "code", "unknown-user");
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM fact WHERE kind = 'user'"), ==, 0);

  people_add (f, NULL, "Lò Thị Mai", "manager", MANAGER, "01/02/1990");
  const QuayUser *works = quay_till_who_works (f->till);
  g_assert_cmpstr (works->code, ==, "lo-thi-mai");
  g_assert_cmpint (works->born, ==, 19900201);
  assert_refused (f, (QuayUserEdit){ TRUE, "lo-thi-mai", "B", "cashier", CASHIER }, "code",
                  "taken-user");
  people_add (f, NULL, "Lò Thị Mai", "cashier", CASHIER, NULL);
  g_assert_nonnull (quay_till_peek_user (f->till, "lo-thi-mai-2"));
  g_assert_cmpint (
      people_ask (f,
                  "SELECT count(*) FROM journal WHERE instr(CAST(bytes AS TEXT), '" MANAGER "')"),
      ==, 0);
  quay_test_shop_assert_sound (f);
}

static void
test_last_manager (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  people_sign_in (f, "ql", MANAGER);
  assert_refused (f, (QuayUserEdit){ .code = "ql", .role = "cashier" }, "role", "last-manager");
  assert_refused (f, (QuayUserEdit){ .code = "ql", .active = "0" }, "active", "last-manager");
  people_add (f, "ql2", "Phó", "manager", "55555", NULL);
  QuayUserEdit off = { .code = "ql", .active = "0" };
  g_assert_true (quay_till_save_user (f->till, &off, NULL, &refusals, &error));
  g_assert_true (quay_till_is_locked (f->till)); /* who works was taken off */
  people_assert_cant (f, "ql", MANAGER, QUAY_ERROR_NOT_FOUND);
  people_sign_in (f, "ql2", "55555");
  assert_refused (f, (QuayUserEdit){ .code = "ql2", .active = "0" }, "active", "last-manager");
}

/* --- rights --- */

/* Every act of every role, as the table says, and as the shop changes it. */
static void
test_table (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const codes[] = { "ql", "tn", "tk", "kt" };
  static const char *const pins[] = { MANAGER, CASHIER, "1111", "2222" };
  people_sign_in (f, "ql", MANAGER);
  people_add (f, "tk", "Thủ kho", "keeper", "1111", NULL);
  people_add (f, "kt", "Kiểm toán", "auditor", "2222", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      people_sign_in (f, codes[i], pins[i]);
      for (guint act = 0; act < QUAY_N_ACTS; act++)
        {
          gint64 limit = quay_role_default (quay_roles[i], act);
          g_assert_cmpint (quay_till_limit (f->till, act), ==, limit);
          g_assert_cmpint (quay_till_may (f->till, act, limit == QUAY_NO_LIMIT ? 0 : limit), ==,
                           limit > 0);
          if (limit > 0 && limit < QUAY_NO_LIMIT)
            g_assert_false (quay_till_may (f->till, act, limit + 1));
        }
    }
  g_assert_false (quay_till_set_role_limit (f->till, "cashier", QUAY_ACT_PRICE, 1, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
      quay_till_set_role_limit (f->till, "cashier", QUAY_ACT_PRICE, QUAY_NO_LIMIT, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_set_role_limit (f->till, "cashier", QUAY_ACT_DISCOUNT, 1200, NULL));
  g_assert_true (
      quay_till_set_role_limit (f->till, "cashier", QUAY_ACT_SETTINGS, QUAY_NO_LIMIT, NULL));
  g_assert_true (quay_till_set_role_limit (f->till, "cashier", QUAY_ACT_SELL, 0, NULL));
  static const QuayAct fixed[] = { QUAY_ACT_USERS, QUAY_ACT_SELL };
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      g_assert_false (quay_till_set_role_limit (f->till, i == 0 ? "cashier" : "auditor", fixed[i],
                                                QUAY_NO_LIMIT, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
      g_clear_error (&error);
    }
  quay_test_shop_reopen (f);
  people_sign_in (f, "tn", CASHIER);
  g_assert_cmpint (quay_till_limit (f->till, QUAY_ACT_DISCOUNT), ==, 1200);
  g_assert_cmpint (people_set_setting (f), ==, -1);
  quay_test_shop_scan (f, GOODS);
  g_assert_null (quay_till_pay (f->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
}

/* Refused, allowed by the manager, done once; the trace names both. */
static void
test_approval (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint denied = 0;
  QuayAct act;
  gint64 amount;
  g_signal_connect (f->till, "denied", G_CALLBACK (people_note_denied_cb), &denied);
  g_assert_cmpint (people_move_cash (f, -500000), ==, -1);
  g_assert_cmpint (people_move_cash (f, -500001), ==, QUAY_ERROR_DENIED);
  g_assert_cmpuint (denied, ==, 1);
  g_assert_true (quay_till_denied (f->till, &act, &amount));
  g_assert_cmpint (act, ==, QUAY_ACT_CASH);
  g_assert_cmpint (amount, ==, 500001);
  g_autoptr (GPtrArray) approvers = quay_till_approvers (f->till, act, amount);
  g_assert_cmpuint (approvers->len, ==, 1);
  g_assert_false (quay_till_approve (f->till, act, amount, "tn", CASHIER, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (quay_till_approve (f->till, act, amount, "ql", "0000", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_approve (f->till, act, amount, "ql", MANAGER, "nộp quỹ", &error));
  g_assert_no_error (error);
  g_assert_cmpint (people_move_cash (f, -500002), ==,
                   QUAY_ERROR_DENIED); /* more than was allowed */
  g_assert_cmpint (people_move_cash (f, -500001), ==, -1);
  g_assert_cmpint (people_move_cash (f, -500001), ==, QUAY_ERROR_DENIED); /* once */
  g_assert_cmpint (people_ask (f,
                               "SELECT count(*) FROM audit a JOIN cash_move c ON c.id = a.subject"
                               " WHERE a.kind = 'override' AND a.act = 'cash' AND a.who = 'tn'"
                               " AND a.approver = 'ql' AND a.why = 'nộp quỹ' AND a.amount = 500001"
                               " AND c.amount = -500001"),
                   ==, 1);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_SETTINGS, 0, "ql", MANAGER, NULL, NULL));
  quay_test_env_move (&f->env, 181 * 1000);
  g_assert_cmpint (people_set_setting (f), ==, QUAY_ERROR_DENIED); /* too late */
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_SETTINGS, 0, "ql", MANAGER, NULL, NULL));
  people_sign_in (f, "ql", MANAGER);
  people_sign_in (f, "tn", CASHIER);
  g_assert_cmpint (people_set_setting (f), ==, QUAY_ERROR_DENIED); /* it was given before */
  quay_test_shop_assert_sound (f);
}

/* Also who gives their word needs the right. */
static void
test_approver (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  people_add (f, "tk", "Thủ kho", "keeper", "1111", NULL);
  people_sign_in (f, "tn", CASHIER);
  g_assert_false (quay_till_approve (f->till, QUAY_ACT_PRICE, 0, "tk", "1111", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_STOCK, 0, "tk", "1111", NULL, NULL));
  quay_till_lock (f->till, TRUE);
  g_clear_error (&error);
  g_assert_false (quay_till_approve (f->till, QUAY_ACT_STOCK, 0, "tk", "1111", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

/* A word about the open cart is written at once and used up; its sale has the cart's id. */
static void
test_cart (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_set_role_limit (f->till, "cashier", QUAY_ACT_VOID, 0, NULL));
  people_sign_in (f, "tn", CASHIER);
  quay_test_shop_scan (f, GOODS);
  g_assert_false (quay_till_cart_clear (f->till, "khách bỏ", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_DISCOUNT, 1200, "ql", MANAGER, NULL, NULL));
  g_assert_false (quay_till_require (f->till, QUAY_ACT_DISCOUNT, 1201, NULL));
  g_assert_true (quay_till_require (f->till, QUAY_ACT_DISCOUNT, 500, NULL)); /* their own */
  g_assert_true (quay_till_require (f->till, QUAY_ACT_DISCOUNT, 1200, NULL));
  g_assert_false (quay_till_require (f->till, QUAY_ACT_DISCOUNT, 1200, NULL));
  quay_test_env_move (&f->env, 600 * 1000);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_nonnull (sale);
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM audit a JOIN sale s ON s.id = a.subject"
                                  " WHERE a.kind = 'override' AND a.act = 'discount'"
                                  " AND a.approver = 'ql' AND a.who = 'tn'"),
                   ==, 1);
}

static void
test_shift (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  sell (f, GOODS); /* opens the manager's shift */
  people_sign_in (f, "tn", CASHIER);
  sell (f, GOODS);
  g_assert_false (quay_till_close_shift (f->till, QUAY_DONG (0), "đếm", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_close_shift (f->till, QUAY_DONG (0), "đếm", NULL, &error));
  people_sign_in (f, "tn", CASHIER);
  g_autofree char *number = quay_till_open_shift (f->till, QUAY_DONG (100000), &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_close_shift (f->till, QUAY_DONG (100000), NULL, NULL, &error));
}

static void
test_minor (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  people_add (f, "em", "Học việc", "cashier", MINOR_PIN, "24/11/2008"); /* 18 tomorrow */
  people_sign_in (f, "em", MINOR_PIN);
  g_assert_true (quay_till_is_minor (f->till));
  sell (f, GOODS);
  g_assert_false (quay_till_too_young_for (f->till, quay_till_cart (f->till)));
  quay_test_shop_scan (f, WINE);
  quay_till_cart_confirm_age (f->till);
  g_assert_true (quay_till_too_young_for (f->till, quay_till_cart (f->till)));
  g_assert_null (quay_till_pay (f->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  people_sign_in (f, "tn", CASHIER); /* an adult takes over */
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpstr (sale->who, ==, "tn");
  quay_test_env_move (&f->env, 24 * 3600 * 1000);
  people_sign_in (f, "em", MINOR_PIN);
  g_assert_false (quay_till_is_minor (f->till));
}

/* --- events made by hand --- */

/* Another till of the shop, made by somebody who asks no verb. */
static void
forge (Fixture *f, const char *file)
{
  guint64 n, first, last;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = quay_test_dir ();
  g_autofree char *shop = g_build_filename (f->dir, "shop.ndjson", NULL);
  g_assert_true (quay_till_export_events (f->till, shop, 0, &n, &first, &last, &error));
  g_assert_true (quay_store_create (dir, "QT9", &f->env.env, &error));
  QuayStore *store = quay_store_open (dir, &f->env.env, &error);
  g_assert_no_error (error);
  g_assert_true (quay_store_import_events (store, shop, &n, &first, &last, &error));
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *user = quay_event_new (QUAY_EVENT_USER);
  QuayFacts *facts = user->body;
  user->who = g_strdup ("tn");
  facts->code = g_strdup ("tn");
  facts->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (facts->facts, quay_fact_new_text ("role", "manager"));
  quay_txn_add (txn, user);
  QuayEvent *cash = quay_event_new (QUAY_EVENT_CASH_MOVED);
  cash->who = g_strdup ("ai-do");
  ((QuayCashMoved *)cash->body)->amount = QUAY_DONG (-2000000);
  ((QuayCashMoved *)cash->body)->why = g_strdup ("không rõ");
  quay_txn_add (txn, cash);
  g_autoptr (QuayResult) done = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  g_assert_true (quay_store_export_events (store, file, 0, NULL, &n, &first, &last, &error));
  quay_store_close (store);
  quay_test_remove (dir);
}

/* An exchange is a sale and a refund; the word is for the second. */
static void
test_exchange_by_word (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayRefundAsk back = { .line = 1, .qty = QUAY_UNITS (10), .restock = TRUE };
  quay_test_shop_scan (f, GOODS);
  g_assert_true (quay_till_cart_set_qty (f->till, 0, QUAY_UNITS (10), &error));
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpint (sale->total.dong, >, 500000); /* more than a cashier gives back */
  g_assert_false (quay_till_exchange (f->till, sale->number, &back, 1, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (
      quay_till_approve (f->till, QUAY_ACT_REFUND, sale->total.dong, "ql", MANAGER, NULL, &error));
  g_assert_true (quay_till_exchange (f->till, sale->number, &back, 1, &error));
  g_assert_no_error (error);
  quay_test_shop_scan (f, GOODS);
  g_assert_true (quay_till_cart_set_qty (f->till, 0, QUAY_UNITS (10), &error));
  g_autoptr (QuaySaleRecord) second = quay_till_pay (f->till, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (second);
  g_autoptr (GPtrArray) none = quay_till_unentitled (f->till, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_forged (Fixture *f, gconstpointer data)
{
  guint64 n, first, last;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "forged.ndjson", NULL);
  sell (f, GOODS);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_CASH, 700000, "ql", MANAGER, NULL, &error));
  g_assert_cmpint (people_move_cash (f, -700000), ==, -1);
  g_autoptr (GPtrArray) none = quay_till_unentitled (f->till, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  forge (f, file);
  g_assert_true (quay_till_import_events (f->till, file, &n, &first, &last, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) found = quay_till_unentitled (f->till, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  const QuayUnentitled *promoted = found->pdata[0];
  const QuayUnentitled *taken = found->pdata[1];
  g_assert_cmpstr (promoted->kind, ==, "user");
  g_assert_cmpstr (promoted->who, ==, "tn");
  g_assert_cmpint (promoted->act, ==, QUAY_ACT_USERS);
  g_assert_cmpstr (taken->kind, ==, "cash.moved");
  g_assert_cmpstr (taken->who, ==, "ai-do");
  g_assert_cmpint (taken->amount, ==, 2000000);
  /* booked all the same: it happened */
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM cash_move WHERE amount = -2000000"), ==, 1);
  quay_test_shop_assert_sound (f);
}

/* Costs that came from elsewhere are not worked out: they could take all memory. */
static void
test_hash (void)
{
  gint64 before = g_get_monotonic_time ();
  g_autofree char *hash = quay_pin_hash (MANAGER);
  g_test_message ("a PIN takes %d ms", (int)((g_get_monotonic_time () - before) / 1000));
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=4,p=1$"));
  g_assert_true (quay_pin_matches (hash, MANAGER));
  g_assert_false (quay_pin_matches (hash, CASHIER));
  g_assert_false (quay_pin_matches (hash, NULL));
  g_assert_false (quay_pin_matches (NULL, MANAGER));
  g_assert_false (quay_pin_matches ("", MANAGER));
  g_assert_false (quay_pin_matches ("$argon2id$v=19$m=4194304,t=9,p=1$jRS0Ma0NjWIM4xoj1vqQ3A$"
                                    "WMpOHG/pB53fKgaayoIHQ+iK9xCH1U7plaFKwMF1ws0",
                                    "1234"));
  quay_pin_make_cheap ();
}

#define ADD(path, set, func)                                                                       \
  g_test_add ("/people/" path, Fixture, NULL, set, func, people_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/people/hash", test_hash);
  ADD ("first", people_set_up_shop, test_first);
  ADD ("last-manager", people_set_up, test_last_manager);
  ADD ("table", people_set_up, test_table);
  ADD ("approval", people_set_up, test_approval);
  ADD ("approver", people_set_up, test_approver);
  ADD ("cart", people_set_up, test_cart);
  ADD ("shift", people_set_up, test_shift);
  ADD ("minor", people_set_up, test_minor);
  ADD ("exchange-by-word", people_set_up, test_exchange_by_word);
  ADD ("forged", people_set_up, test_forged);
  return g_test_run ();
}
