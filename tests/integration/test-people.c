/* Users: who may do what, whose word counts, what wrong PINs cost, and what leaves a trace. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-event.h"
#include "quay-pin.h"
#include "quay-store.h"
#include "quay-till-sign.h"
#include "quay-till-users.h"

#include <sqlite3.h>
#include <string.h>

#define MANAGER "1357"
#define CASHIER "2468"
#define MINOR_PIN "9753"
#define GOODS "2900000000018"
#define WINE "2900000000087" /* 12 % */

typedef QuayTestShop Fixture;

/* --- helpers --- */

static void
add_user (Fixture *f, const char *code, const char *name, const char *role, const char *pin,
          const char *born)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  QuayUserEdit edit = { TRUE, code, name, role, pin, born, NULL };
  quay_till_save_user (f->till, &edit, NULL, &refusals, &error);
  g_assert_no_error (error);
  g_assert_null (refusals);
}

static void
sign_in (Fixture *f, const char *code, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_sign_in (f->till, code, pin, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (quay_till_user (f->till), ==, code);
  g_assert_false (quay_till_is_locked (f->till));
}

static void
assert_cant_sign_in (Fixture *f, const char *code, const char *pin, int why)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (quay_till_sign_in (f->till, code, pin, &error));
  g_assert_error (error, QUAY_ERROR, why);
}

/* The one number that @sql gives, asked of the file itself. */
static gint64
ask (Fixture *f, const char *sql)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  g_autofree char *path = g_build_filename (f->dir, QUAY_STORE_FILE, NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  quay_test_shop_init (f, TRUE);
}

/* A shop of a manager and a cashier, who works. */
static void
set_up_people (Fixture *f, gconstpointer data)
{
  set_up (f, data);
  add_user (f, "ql", "Quản lý", "manager", MANAGER, NULL);
  add_user (f, "tn", "Thu ngân", "cashier", CASHIER, NULL);
  sign_in (f, "tn", CASHIER);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  quay_test_shop_clear (f);
}

static void
sell (Fixture *f, const char *sku)
{
  quay_test_shop_scan (f, sku);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpstr (sale->who, ==, quay_till_user (f->till));
}

static int
move_cash (Fixture *f, gint64 dong)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->till);
  g_autofree char *number = quay_till_move_cash (f->till, &id, QUAY_DONG (dong), "tiền lẻ", &error);
  g_assert_true ((number == NULL) == (error != NULL));
  return error != NULL ? error->code : -1;
}

static int
set_setting (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  return quay_till_set_setting (f->till, "shop.thanks", "Cảm ơn!", &error) ? -1 : error->code;
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
  g_assert_cmpint (ask (f, "SELECT count(*) FROM fact WHERE kind = 'user'"), ==, 0);

  add_user (f, NULL, "Lò Thị Mai", "manager", MANAGER, "01/02/1990");
  const QuayUser *works = quay_till_who_works (f->till);
  g_assert_cmpstr (works->code, ==, "lo-thi-mai");
  g_assert_cmpint (works->born, ==, 19900201);
  assert_refused (f, (QuayUserEdit){ TRUE, "lo-thi-mai", "B", "cashier", CASHIER }, "code",
                  "taken-user");
  add_user (f, NULL, "Lò Thị Mai", "cashier", CASHIER, NULL);
  g_assert_nonnull (quay_till_peek_user (f->till, "lo-thi-mai-2"));
  g_assert_cmpint (
      ask (f, "SELECT count(*) FROM journal WHERE instr(CAST(bytes AS TEXT), '" MANAGER "')"), ==,
      0);
  quay_test_shop_assert_sound (f);
}

static void
test_last_manager (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  sign_in (f, "ql", MANAGER);
  assert_refused (f, (QuayUserEdit){ .code = "ql", .role = "cashier" }, "role", "last-manager");
  assert_refused (f, (QuayUserEdit){ .code = "ql", .active = "0" }, "active", "last-manager");
  add_user (f, "ql2", "Phó", "manager", "55555", NULL);
  QuayUserEdit off = { .code = "ql", .active = "0" };
  g_assert_true (quay_till_save_user (f->till, &off, NULL, &refusals, &error));
  g_assert_true (quay_till_is_locked (f->till)); /* who works was taken off */
  assert_cant_sign_in (f, "ql", MANAGER, QUAY_ERROR_NOT_FOUND);
  sign_in (f, "ql2", "55555");
  assert_refused (f, (QuayUserEdit){ .code = "ql2", .active = "0" }, "active", "last-manager");
}

/* --- signing in --- */

static void
test_lock (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (f, GOODS);
  QuayId cart = quay_till_cart (f->till)->id;
  quay_till_lock (f->till, FALSE);
  g_assert_true (quay_till_is_locked (f->till));
  g_assert_null (quay_till_who_works (f->till));
  g_assert_null (quay_till_pay (f->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_assert_cmpint (move_cash (f, 1000), ==, QUAY_ERROR_DENIED);
  sign_in (f, "ql", MANAGER);
  g_assert_true (quay_id_equal (&quay_till_cart (f->till)->id, &cart));
  g_assert_cmpuint (quay_till_cart (f->till)->lines->len, ==, 1);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpstr (sale->who, ==, "ql");
  quay_test_shop_reopen (f);
  g_assert_true (quay_till_is_locked (f->till));
  g_assert_cmpint (ask (f, "SELECT count(*) FROM audit WHERE kind = 'noted' AND act = 'login'"), ==,
                   2);
  g_assert_cmpint (
      ask (f, "SELECT count(*) FROM audit WHERE kind = 'noted' AND act = 'logout' AND who = 'tn'"),
      ==, 1);
  quay_test_shop_assert_sound (f);
}

static void
test_delay (Fixture *f, gconstpointer data)
{
  static const guint waits[] = { 0, 0, 5, 15, 30, 60, 300, 900, 900 };
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      assert_cant_sign_in (f, "ql", "0000", QUAY_ERROR_INVALID);
      g_assert_cmpuint (quay_till_pin_wait (f->till, "ql"), ==, waits[i]);
      if (waits[i] == 0)
        continue;
      assert_cant_sign_in (f, "ql", MANAGER,
                           QUAY_ERROR_REFUSED); /* the right one has to wait, too */
      quay_test_shop_reopen (f);
      assert_cant_sign_in (f, "ql", MANAGER, QUAY_ERROR_REFUSED); /* and a start gives nothing */
      g_assert_cmpuint (quay_till_pin_wait (f->till, "tn"), ==, 0);
      quay_test_env_move (&f->env, waits[i] * 1000);
    }
  sign_in (f, "ql", MANAGER);
  assert_cant_sign_in (f, "ql", "0000", QUAY_ERROR_INVALID);
  g_assert_cmpuint (quay_till_pin_wait (f->till, "ql"), ==, 0);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM audit WHERE act = 'login.failed' AND name = 'ql'"),
                   ==, 7);
}

/* After another start of the computer the wall clock counts, and one that went back counts from
 * nothing. */
static void
test_delay_boot (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      assert_cant_sign_in (f, "ql", "0000", QUAY_ERROR_INVALID);
      quay_test_env_move (&f->env, i < 3 ? 10000 : 0);
    }
  quay_till_close (f->till);
  g_clear_object (&f->till);
  f->env.env.boot = quay_test_id (9, 9);
  f->till = quay_till_open_with (f->dir, NULL, &f->env.env, NULL);
  guint wait = quay_till_pin_wait (f->till, "ql");
  g_assert_cmpuint (wait, >=, 14);
  quay_test_env_move (&f->env, -24 * 3600 * 1000);
  g_assert_cmpuint (quay_till_pin_wait (f->till, "ql"), ==, 15);
  quay_test_env_move (&f->env, 24 * 3600 * 1000 + 16000);
  sign_in (f, "ql", MANAGER);
}

static void
async_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **got = data;
  *got = g_object_ref (result);
}

static void
test_async (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) two = NULL;
  quay_till_sign_in_async (f->till, "ql", "0000", async_cb, &one);
  quay_till_sign_in_async (f->till, "ql", MANAGER, async_cb, &two);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM local WHERE key = 'pin.ql'"), ==, 1);
  while (one == NULL || two == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (quay_till_sign_in_finish (f->till, one, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (quay_till_sign_in_finish (f->till, two, NULL));
  g_assert_cmpstr (quay_till_user (f->till), ==, "ql");
}

/* --- rights --- */

/* Every act of every role, as the table says, and as the shop changes it. */
static void
test_table (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const codes[] = { "ql", "tn", "tk", "kt" };
  static const char *const pins[] = { MANAGER, CASHIER, "1111", "2222" };
  sign_in (f, "ql", MANAGER);
  add_user (f, "tk", "Thủ kho", "keeper", "1111", NULL);
  add_user (f, "kt", "Kiểm toán", "auditor", "2222", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      sign_in (f, codes[i], pins[i]);
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
  sign_in (f, "ql", MANAGER);
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
  sign_in (f, "tn", CASHIER);
  g_assert_cmpint (quay_till_limit (f->till, QUAY_ACT_DISCOUNT), ==, 1200);
  g_assert_cmpint (set_setting (f), ==, -1);
  quay_test_shop_scan (f, GOODS);
  g_assert_null (quay_till_pay (f->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
}

static void
note_denied_cb (QuayTill *till, gpointer data)
{
  ++*(guint *)data;
}

/* Refused, allowed by the manager, done once; the trace names both. */
static void
test_approval (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint denied = 0;
  QuayAct act;
  gint64 amount;
  g_signal_connect (f->till, "denied", G_CALLBACK (note_denied_cb), &denied);
  g_assert_cmpint (move_cash (f, -500000), ==, -1);
  g_assert_cmpint (move_cash (f, -500001), ==, QUAY_ERROR_DENIED);
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
  g_assert_cmpint (move_cash (f, -500002), ==, QUAY_ERROR_DENIED); /* more than was allowed */
  g_assert_cmpint (move_cash (f, -500001), ==, -1);
  g_assert_cmpint (move_cash (f, -500001), ==, QUAY_ERROR_DENIED); /* once */
  g_assert_cmpint (ask (f, "SELECT count(*) FROM audit a JOIN cash_move c ON c.id = a.subject"
                           " WHERE a.kind = 'override' AND a.act = 'cash' AND a.who = 'tn'"
                           " AND a.approver = 'ql' AND a.why = 'nộp quỹ' AND a.amount = 500001"
                           " AND c.amount = -500001"),
                   ==, 1);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_SETTINGS, 0, "ql", MANAGER, NULL, NULL));
  quay_test_env_move (&f->env, 181 * 1000);
  g_assert_cmpint (set_setting (f), ==, QUAY_ERROR_DENIED); /* too late */
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_SETTINGS, 0, "ql", MANAGER, NULL, NULL));
  sign_in (f, "ql", MANAGER);
  sign_in (f, "tn", CASHIER);
  g_assert_cmpint (set_setting (f), ==, QUAY_ERROR_DENIED); /* it was given before */
  quay_test_shop_assert_sound (f);
}

/* Also who gives their word needs the right. */
static void
test_approver (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sign_in (f, "ql", MANAGER);
  add_user (f, "tk", "Thủ kho", "keeper", "1111", NULL);
  sign_in (f, "tn", CASHIER);
  g_assert_false (quay_till_approve (f->till, QUAY_ACT_PRICE, 0, "tk", "1111", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_STOCK, 0, "tk", "1111", NULL, NULL));
  quay_till_lock (f->till, TRUE);
  g_clear_error (&error);
  g_assert_false (quay_till_approve (f->till, QUAY_ACT_STOCK, 0, "tk", "1111", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
}

static void
test_shift (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sign_in (f, "ql", MANAGER);
  sell (f, GOODS); /* opens the manager's shift */
  sign_in (f, "tn", CASHIER);
  sell (f, GOODS);
  g_assert_false (quay_till_close_shift (f->till, QUAY_DONG (0), "đếm", NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_close_shift (f->till, QUAY_DONG (0), "đếm", NULL, &error));
  sign_in (f, "tn", CASHIER);
  g_autofree char *number = quay_till_open_shift (f->till, QUAY_DONG (100000), &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_close_shift (f->till, QUAY_DONG (100000), NULL, NULL, &error));
}

static void
test_minor (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sign_in (f, "ql", MANAGER);
  add_user (f, "em", "Học việc", "cashier", MINOR_PIN, "24/11/2008"); /* 18 tomorrow */
  sign_in (f, "em", MINOR_PIN);
  g_assert_true (quay_till_is_minor (f->till));
  sell (f, GOODS);
  g_assert_false (quay_till_too_young_for (f->till, quay_till_cart (f->till)));
  quay_test_shop_scan (f, WINE);
  quay_till_cart_confirm_age (f->till);
  g_assert_true (quay_till_too_young_for (f->till, quay_till_cart (f->till)));
  g_assert_null (quay_till_pay (f->till, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  sign_in (f, "tn", CASHIER); /* an adult takes over */
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpstr (sale->who, ==, "tn");
  quay_test_env_move (&f->env, 24 * 3600 * 1000);
  sign_in (f, "em", MINOR_PIN);
  g_assert_false (quay_till_is_minor (f->till));
}

/* A command acts as another beside who works, with words of its own. */
static void
test_act_as (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint denied = 0;
  g_signal_connect (f->till, "denied", G_CALLBACK (note_denied_cb), &denied);
  g_assert_false (quay_till_act_as (f->till, "ql", "0000", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (quay_till_act_as (f->till, "ql", MANAGER, NULL));
  g_assert_cmpint (set_setting (f), ==, -1);
  quay_till_act_no_more (f->till);
  g_assert_cmpint (set_setting (f), ==, QUAY_ERROR_DENIED);
  g_assert_cmpuint (denied, ==, 1);
  quay_till_lock (f->till, FALSE);
  g_assert_true (quay_till_act_as (f->till, "tn", CASHIER, NULL));
  g_assert_cmpint (set_setting (f), ==, QUAY_ERROR_DENIED);
  quay_till_act_no_more (f->till);
  g_assert_cmpuint (denied, ==, 1); /* nobody at the window has anything to allow */
  g_assert_true (quay_till_is_locked (f->till));
}

/* --- the way back --- */

static void
test_reset (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 ts;
  g_assert_null (quay_till_reset_notice (f->till, &ts));
  for (guint i = 0; i < 3; i++)
    assert_cant_sign_in (f, "ql", "0000", QUAY_ERROR_INVALID);
  g_assert_false (quay_till_reset_pin (f->till, "ql", "12", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_reset_pin (f->till, "ql", "864200", &error));
  quay_test_shop_reopen (f);
  g_autofree char *notice = quay_till_reset_notice (f->till, &ts);
  g_assert_cmpstr (notice, ==, "ql");
  assert_cant_sign_in (f, "ql", MANAGER, QUAY_ERROR_INVALID);
  sign_in (f, "tn", CASHIER);
  g_assert_false (quay_till_reset_seen (f->till, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  sign_in (f, "ql", "864200");
  g_assert_true (quay_till_reset_seen (f->till, &error));
  g_assert_null (quay_till_reset_notice (f->till, &ts));
  g_assert_cmpint (ask (f, "SELECT count(*) FROM audit WHERE act = 'pin.reset' AND ref = 'ql'"), ==,
                   1);
  quay_test_shop_assert_sound (f);
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

static void
test_forged (Fixture *f, gconstpointer data)
{
  guint64 n, first, last;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "forged.ndjson", NULL);
  sell (f, GOODS);
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_CASH, 700000, "ql", MANAGER, NULL, &error));
  g_assert_cmpint (move_cash (f, -700000), ==, -1);
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
  g_assert_cmpint (ask (f, "SELECT count(*) FROM cash_move WHERE amount = -2000000"), ==, 1);
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

#define ADD(path, set, func) g_test_add ("/people/" path, Fixture, NULL, set, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/people/hash", test_hash);
  ADD ("first", set_up, test_first);
  ADD ("last-manager", set_up_people, test_last_manager);
  ADD ("lock", set_up_people, test_lock);
  ADD ("delay", set_up_people, test_delay);
  ADD ("delay-boot", set_up_people, test_delay_boot);
  ADD ("async", set_up_people, test_async);
  ADD ("table", set_up_people, test_table);
  ADD ("approval", set_up_people, test_approval);
  ADD ("approver", set_up_people, test_approver);
  ADD ("shift", set_up_people, test_shift);
  ADD ("minor", set_up_people, test_minor);
  ADD ("act-as", set_up_people, test_act_as);
  ADD ("reset", set_up_people, test_reset);
  ADD ("forged", set_up_people, test_forged);
  return g_test_run ();
}
