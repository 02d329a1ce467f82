/* Signing in: the lock, what wrong PINs cost, acting for one command, the way back. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-pin.h"
#include "quay-till-sign.h"
#include "quay-till-users.h"

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
  g_assert_cmpint (people_move_cash (f, 1000), ==, QUAY_ERROR_DENIED);
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_id_equal (&quay_till_cart (f->till)->id, &cart));
  g_assert_cmpuint (quay_till_cart (f->till)->lines->len, ==, 1);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
  g_assert_cmpstr (sale->who, ==, "ql");
  quay_test_shop_reopen (f);
  g_assert_true (quay_till_is_locked (f->till));
  g_assert_cmpint (
      people_ask (f, "SELECT count(*) FROM audit WHERE kind = 'noted' AND act = 'login'"), ==, 2);
  g_assert_cmpint (
      people_ask (
          f, "SELECT count(*) FROM audit WHERE kind = 'noted' AND act = 'logout' AND who = 'tn'"),
      ==, 1);
  quay_test_shop_assert_sound (f);
}

static void
test_delay (Fixture *f, gconstpointer data)
{
  static const guint waits[] = { 0, 0, 5, 15, 30, 60, 300, 900, 900 };
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      people_assert_cant (f, "ql", "0000", QUAY_ERROR_INVALID);
      g_assert_cmpuint (quay_till_pin_wait (f->till, "ql"), ==, waits[i]);
      if (waits[i] == 0)
        continue;
      people_assert_cant (f, "ql", MANAGER,
                          QUAY_ERROR_REFUSED); /* the right one has to wait, too */
      quay_test_shop_reopen (f);
      people_assert_cant (f, "ql", MANAGER, QUAY_ERROR_REFUSED); /* and a start gives nothing */
      g_assert_cmpuint (quay_till_pin_wait (f->till, "tn"), ==, 0);
      quay_test_env_move (&f->env, waits[i] * 1000);
    }
  people_sign_in (f, "ql", MANAGER);
  people_assert_cant (f, "ql", "0000", QUAY_ERROR_INVALID);
  g_assert_cmpuint (quay_till_pin_wait (f->till, "ql"), ==, 0);
  g_assert_cmpint (
      people_ask (f, "SELECT count(*) FROM audit WHERE act = 'login.failed' AND name = 'ql'"), ==,
      7);
}

/* After another start of the computer the wall clock counts, and one that went back counts from
 * nothing. */
static void
test_delay_boot (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      people_assert_cant (f, "ql", "0000", QUAY_ERROR_INVALID);
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
  people_sign_in (f, "ql", MANAGER);
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
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM local WHERE key = 'pin.ql'"), ==, 1);
  while (one == NULL || two == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (quay_till_sign_in_finish (f->till, one, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (quay_till_sign_in_finish (f->till, two, NULL));
  g_assert_cmpstr (quay_till_user (f->till), ==, "ql");
}

/* A command acts as another beside who works, with words of its own. */
static void
test_act_as (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint denied = 0;
  g_signal_connect (f->till, "denied", G_CALLBACK (people_note_denied_cb), &denied);
  g_assert_false (quay_till_act_as (f->till, "ql", "0000", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_true (quay_till_act_as (f->till, "ql", MANAGER, NULL));
  g_assert_cmpint (people_set_setting (f), ==, -1);
  quay_till_act_no_more (f->till);
  g_assert_cmpint (people_set_setting (f), ==, QUAY_ERROR_DENIED);
  g_assert_cmpuint (denied, ==, 1);
  quay_till_lock (f->till, FALSE);
  g_assert_true (quay_till_act_as (f->till, "tn", CASHIER, NULL));
  g_assert_cmpint (people_set_setting (f), ==, QUAY_ERROR_DENIED);
  quay_till_act_no_more (f->till);
  g_assert_cmpuint (denied, ==, 1); /* nobody at the window has anything to allow */
  g_assert_true (quay_till_is_locked (f->till));
}

static void
test_reset (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 ts;
  g_assert_null (quay_till_reset_notice (f->till, &ts));
  for (guint i = 0; i < 3; i++)
    people_assert_cant (f, "ql", "0000", QUAY_ERROR_INVALID);
  g_assert_false (quay_till_reset_pin (f->till, "ql", "12", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_reset_pin (f->till, "ql", "864200", &error));
  quay_test_shop_reopen (f);
  g_autofree char *notice = quay_till_reset_notice (f->till, &ts);
  g_assert_cmpstr (notice, ==, "ql");
  people_assert_cant (f, "ql", MANAGER, QUAY_ERROR_INVALID);
  people_sign_in (f, "tn", CASHIER);
  g_assert_false (quay_till_reset_seen (f->till, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  people_sign_in (f, "ql", "864200");
  g_assert_true (quay_till_reset_seen (f->till, &error));
  g_assert_null (quay_till_reset_notice (f->till, &ts));
  g_assert_cmpint (
      people_ask (f, "SELECT count(*) FROM audit WHERE act = 'pin.reset' AND ref = 'ql'"), ==, 1);
  quay_test_shop_assert_sound (f);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/sign/" path, Fixture, NULL, people_set_up, func, people_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  quay_pin_make_cheap ();
  ADD ("lock", test_lock);
  ADD ("delay", test_delay);
  ADD ("delay-boot", test_delay_boot);
  ADD ("async", test_async);
  ADD ("act-as", test_act_as);
  ADD ("reset", test_reset);
  return g_test_run ();
}
