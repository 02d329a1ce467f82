/* Who may put how much on a customer's account, and who may write it off. */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-sign.h"

static QuayId
add_customer (Fixture *f, const char *limit)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->name = g_strdup ("Khách thử");
  edit->limit = g_strdup (limit);
  g_assert_true (quay_till_save_customer (f->till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  return id;
}

/* 65.000 đ on debt: −1 if it was sold, else the error's code. */
static int
sell_on_debt (Fixture *f, const QuayId *customer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) debt = quay_test_payment (NULL, QUAY_TENDER_DEBT, 65000);
  if (quay_cart_is_empty (quay_till_cart (f->till)))
    quay_test_shop_scan (f, GOODS);
  g_assert_true (quay_till_cart_set_customer (f->till, customer, &error));
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (f->till, debt, &error);
  return sale != NULL ? -1 : error->code;
}

static int
post (Fixture *f, const QuayId *customer, const char *kind, gint64 amount)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->till);
  QuayDebtEntry entry = { *customer, kind, QUAY_DONG (amount), QUAY_TENDER_CASH, NULL, "thử" };
  g_autofree char *number = quay_till_post_debt (f->till, &id, &entry, &error);
  return number != NULL ? -1 : error->code;
}

/* A cashier writes customers down, but does not say how much they may owe. */
static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  people_sign_in (f, "tn", CASHIER);
  QuayId customer = add_customer (f, "");
  edit->limit = g_strdup ("1");
  g_assert_false (quay_till_save_customer (f->till, &customer, edit, &refusals, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_assert_cmpint (sell_on_debt (f, &customer), ==, QUAY_ERROR_DENIED);
  g_assert_cmpint (quay_till_debt_room (f->till, &customer).dong, ==, 0);
}

static void
test_over (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  QuayId customer = add_customer (f, "100k");
  people_sign_in (f, "tn", CASHIER);
  g_assert_cmpint (sell_on_debt (f, &customer), ==, -1);
  g_assert_cmpint (sell_on_debt (f, &customer), ==, QUAY_ERROR_DENIED);
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM sale"), ==, 1);
  g_assert_true (
      quay_till_approve (f->till, QUAY_ACT_DEBT_OVER, 0, "ql", MANAGER, "khách quen", &error));
  g_assert_no_error (error);
  g_assert_cmpint (sell_on_debt (f, &customer), ==, -1); /* the same cart, as it was kept */
  g_assert_cmpint (sell_on_debt (f, &customer), ==, QUAY_ERROR_DENIED); /* once */
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM audit a JOIN sale s ON s.id = a.subject"
                                  " WHERE a.kind = 'override' AND a.act = 'debt.over'"
                                  " AND a.who = 'tn' AND a.approver = 'ql'"),
                   ==, 1);
  g_assert_cmpint (people_ask (f, "SELECT sum(n) FROM running WHERE what = 'debt'"), ==, 130000);
}

static void
test_write_off (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  QuayId customer = add_customer (f, "100k");
  people_sign_in (f, "tn", CASHIER);
  g_assert_cmpint (sell_on_debt (f, &customer), ==, -1);
  g_assert_cmpint (post (f, &customer, "adjusted", -65000), ==, QUAY_ERROR_DENIED);
  g_assert_cmpint (post (f, &customer, "paid", 60000), ==, -1);
  people_sign_in (f, "ql", MANAGER);
  g_assert_cmpint (post (f, &customer, "adjusted", -5000), ==, -1);
  people_sign_in (f, "tn", CASHIER);
  g_assert_false (quay_till_erase_customer (f->till, &customer, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_erase_customer (f->till, &customer, &error));
  g_assert_no_error (error);
  quay_test_shop_assert_sound (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/debt-rights/" name, Fixture, NULL, people_set_up, test, people_tear_down)
  ADD ("limit", test_limit);
  ADD ("over", test_over);
  ADD ("write-off", test_write_off);
  return g_test_run ();
}
