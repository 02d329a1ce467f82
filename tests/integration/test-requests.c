/* Requests about personal data: written down, acknowledged, extended, late, done by what was asked
 * for, on another till, and by whom; who has not bought for long. */
#include "people-fixture.h"
#include "quay-test-exchange.h"

#include "quay-error.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-law.h"
#include "quay-till-orders.h"
#include "quay-till-private.h"
#include "quay-till-requests.h"
#include "quay-till-retention.h"
#include "quay-till-sign.h"

#include <string.h>

#define NAME "Người hỏi thử"
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static QuayId
add_customer (Fixture *f, const char *name, const char *phone, int marketing)
{
  QuayId id = QUAY_ID_NIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->name = g_strdup (name);
  edit->phone = g_strdup (phone);
  edit->consents[QUAY_CONSENT_MARKETING] = marketing;
  edit->how = "read";
  g_assert_true (quay_till_save_customer (f->till, &id, edit, &refusals, &error));
  g_assert_no_error (error);
  return id;
}

static QuayId
ask_for (Fixture *f, QuayRequestKind kind, const QuayId *customer)
{
  const char *field = NULL;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (f->till);
  QuayRequestAsk ask = { .kind = kind, .customer = *customer, .how = "counter" };
  g_assert_true (quay_till_add_request (f->till, &id, &ask, &field, &error));
  g_assert_no_error (error);
  return id;
}

static QuayRequestState
state_of (Fixture *f, const QuayId *id)
{
  g_autoptr (QuayRequest) request = quay_till_request (f->till, id);
  g_assert_nonnull (request);
  return quay_request_state (request, quay_till_day (f->till));
}

static void
assert_done (Fixture *f, const QuayId *id, QuayDay day)
{
  g_autoptr (QuayRequest) request = quay_till_request (f->till, id);
  g_assert_cmpint (request->ended, ==, day);
  g_assert_cmpint (request->acknowledged, !=, 0);
  g_assert_true (request->done);
  g_assert_cmpstr (request->ended_by, ==, quay_till_user (f->till));
}

static void
go_on (Fixture *f, int days)
{
  f->env.wall_ms += days * DAY_MS;
}

/* --- what is written down --- */

static void
test_refused (Fixture *f, gconstpointer data)
{
  QuayId customer = add_customer (f, NAME, NULL, 0);
  QuayDay today = quay_till_day (f->till);
  const QuayId nobody = QUAY_ID_NIL;
  const QuayId unknown = quay_till_new_id (f->till);
  const struct
  {
    QuayRequestAsk ask;
    const char *field;
    QuayError code;
  } bad[] = {
    { { QUAY_REQUEST_VIEW, nobody, NULL, "counter", FALSE, 0, FALSE }, "ref", QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, nobody, "0912345678", "counter", FALSE, 0, FALSE },
      "ref",
      QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, nobody, NAME, "counter", FALSE, 0, FALSE }, "ref", QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, customer, "QT1A-000001", "counter", FALSE, 0, FALSE },
      "ref",
      QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, customer, NULL, "pigeon", FALSE, 0, FALSE }, "how", QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, customer, NULL, NULL, FALSE, 0, FALSE }, "how", QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, customer, NULL, "phone", FALSE, today + 1, FALSE },
      "received",
      QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, customer, NULL, "phone", FALSE, 20251231, FALSE }, /* before the law */
      "received",
      QUAY_ERROR_INVALID },
    { { QUAY_N_REQUESTS, customer, NULL, "phone", FALSE, 0, FALSE }, "kind", QUAY_ERROR_INVALID },
    { { QUAY_REQUEST_VIEW, unknown, NULL, "phone", FALSE, 0, FALSE },
      "customer",
      QUAY_ERROR_NOT_FOUND },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *field = NULL;
      g_autoptr (GError) error = NULL;
      QuayId id = quay_till_new_id (f->till);
      g_assert_false (quay_till_add_request (f->till, &id, &bad[i].ask, &field, &error));
      g_assert_error (error, QUAY_ERROR, (int)bad[i].code);
      g_assert_cmpstr (field, ==, bad[i].field);
    }
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM fact WHERE kind = 'request'"), ==, 0);
  /* of nobody known; the same id again is the same request */
  QuayId id = quay_till_new_id (f->till);
  QuayRequestAsk ask = { QUAY_REQUEST_DELETE, nobody, "QT1A-000001", "letter", TRUE, 0, FALSE };
  for (guint i = 0; i < 2; i++)
    {
      const char *field = NULL;
      g_autoptr (GError) error = NULL;
      g_assert_true (quay_till_add_request (f->till, &id, &ask, &field, &error));
      g_assert_no_error (error);
    }
  QuayRequestAsk other = { QUAY_REQUEST_VIEW, nobody, "QT1A-000001", "letter", TRUE, 0, FALSE };
  const char *field = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_false (quay_till_add_request (f->till, &id, &other, &field, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_assert_null (field);
  g_autoptr (GPtrArray) all = quay_till_requests (f->till, TRUE);
  g_assert_cmpuint (all->len, ==, 1);
  const QuayRequest *request = all->pdata[0];
  g_assert_cmpstr (request->ref, ==, "QT1A-000001");
  g_assert_null (request->title);
  g_assert_cmpint (request->due, ==, quay_day_add (today, 30)); /* with a third party */
  g_assert_cmpint (
      people_ask (f, "SELECT count(*) FROM journal WHERE CAST(bytes AS TEXT) LIKE '%\"request\"%'"),
      ==, 1);
}

/* Received on some day: 2 working days, 10 days, and 10 more. */
static void
test_deadlines (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId customer = add_customer (f, NAME, NULL, 0);
  QuayId id = ask_for (f, QUAY_REQUEST_VIEW, &customer);
  QuayDay received = quay_till_day (f->till);
  g_autoptr (GArray) holidays = quay_till_holidays ();
  g_autoptr (QuayRequest) request = quay_till_request (f->till, &id);
  g_assert_cmpstr (request->title, ==, NAME);
  g_assert_cmpint (request->due, ==, quay_day_add (received, 10));
  g_assert_cmpint (
      request->acknowledge_due, ==,
      quay_day_add_working (received, 2, (const QuayDay *)(void *)holidays->data, holidays->len));
  g_assert_cmpint (state_of (f, &id), ==, QUAY_REQUEST_OPEN);
  g_assert_cmpuint (quay_till_count_requests (f->till).soon, ==, 1);
  go_on (f, 7); /* whatever lies between */
  g_assert_cmpint (state_of (f, &id), ==, QUAY_REQUEST_LATE);
  QuayRequestCount count = quay_till_count_requests (f->till);
  g_assert_cmpuint (count.open, ==, 1);
  g_assert_cmpuint (count.late, ==, 1);
  g_assert_true (quay_till_acknowledge_request (f->till, &id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state_of (f, &id), ==, QUAY_REQUEST_SOON);
  g_assert_false (quay_till_acknowledge_request (f->till, &id, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (quay_till_extend_request (f->till, &id, "no time", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_extend_request (f->till, &id, "complex", &error));
  g_assert_no_error (error);
  g_assert_cmpint (state_of (f, &id), ==, QUAY_REQUEST_ACKNOWLEDGED);
  g_assert_false (quay_till_extend_request (f->till, &id, "complex", &error)); /* once */
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  go_on (f, 13);
  g_assert_cmpint (state_of (f, &id), ==, QUAY_REQUEST_SOON); /* the last day */
  go_on (f, 1);
  g_assert_cmpint (state_of (f, &id), ==, QUAY_REQUEST_LATE);
  g_assert_false (quay_till_end_request (f->till, &id, "no wish", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (quay_till_end_request (f->till, &id, "law", &error));
  g_assert_no_error (error);
  g_assert_false (quay_till_end_request (f->till, &id, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_autoptr (QuayRequest) ended = quay_till_request (f->till, &id);
  g_assert_false (ended->done);
  g_assert_cmpstr (ended->ended_why, ==, "law");
  g_assert_cmpstr (ended->extended_why, ==, "complex");
  g_assert_cmpint (ended->ended, ==, quay_till_day (f->till));
  g_assert_cmpuint (quay_till_count_requests (f->till).open, ==, 0);
  quay_test_shop_assert_sound (f);
}

/* --- done by what was asked for --- */

static void
test_answered (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  QuayId customer = add_customer (f, NAME, "0912345678", 1);
  QuayId other = add_customer (f, "Người khác", NULL, 1);
  QuayId view = ask_for (f, QUAY_REQUEST_VIEW, &customer);
  QuayId correct = ask_for (f, QUAY_REQUEST_CORRECT, &customer);
  QuayId withdraw = ask_for (f, QUAY_REQUEST_WITHDRAW, &customer);
  QuayId erase = ask_for (f, QUAY_REQUEST_DELETE, &customer);
  QuayId others = ask_for (f, QUAY_REQUEST_DELETE, &other);
  QuayDay day = quay_till_day (f->till);
  g_autofree char *path = g_build_filename (f->dir, "all.json", NULL);
  g_autofree char *nowhere = g_build_filename (f->dir, "none", "all.json", NULL);
  g_assert_false (quay_till_write_customer (f->till, &customer, nowhere, &error));
  g_clear_error (&error);
  g_assert_true (quay_till_has_request (f->till, &customer, QUAY_REQUEST_VIEW));
  g_assert_true (quay_till_write_customer (f->till, &customer, path, &error));
  g_assert_no_error (error);
  g_assert_false (quay_till_has_request (f->till, &customer, QUAY_REQUEST_VIEW));
  assert_done (f, &view, day);
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->phone = g_strdup ("0987654321");
  g_assert_true (quay_till_save_customer (f->till, &customer, edit, &refusals, &error));
  assert_done (f, &correct, day);
  g_assert_true (quay_till_has_request (f->till, &customer, QUAY_REQUEST_WITHDRAW));
  edit->consents[QUAY_CONSENT_MARKETING] = 0;
  g_assert_true (quay_till_save_customer (f->till, &customer, edit, &refusals, &error));
  assert_done (f, &withdraw, day);
  go_on (f, 3);
  gint64 records = people_ask (f, "SELECT count(*) FROM journal");
  g_assert_true (quay_till_erase_customer (f->till, &customer, &error));
  g_assert_no_error (error);
  assert_done (f, &erase, quay_till_day (f->till));
  g_assert_cmpint (people_ask (f, "SELECT count(*) FROM journal"), ==, records + 2);
  g_assert_false (quay_till_end_request (f->till, &others, NULL, &error)); /* not erased */
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (QuayRequest) proof = quay_till_request (f->till, &erase);
  g_assert_true (g_str_has_prefix (proof->title, "Khách "));
  g_assert_true (quay_id_equal (&proof->customer, &customer));
  /* what was done at once is written down as done */
  const char *field = NULL;
  QuayId id = quay_till_new_id (f->till);
  QuayRequestAsk ask = {
    .kind = QUAY_REQUEST_VIEW, .customer = other, .how = "phone", .done = TRUE
  };
  g_assert_true (quay_till_add_request (f->till, &id, &ask, &field, &error));
  g_assert_no_error (error);
  assert_done (f, &id, quay_till_day (f->till));
  quay_test_shop_assert_sound (f);
}

/* Asked at one till, done at the other, whose file knows the customer by a code alone. */
static void
test_travels (Fixture *f, gconstpointer data)
{
  QuayTestShop b;
  g_autoptr (GError) error = NULL;
  quay_test_shop_init_second (&b);
  QuayId customer = add_customer (f, NAME, "0912345678", 1);
  QuayId id = ask_for (f, QUAY_REQUEST_DELETE, &customer);
  quay_test_pull_all (b.till->store, f->till->store, 100);
  quay_test_shop_reopen (&b);
  g_autoptr (GPtrArray) there = quay_till_requests (b.till, FALSE);
  g_assert_cmpuint (there->len, ==, 1);
  const QuayRequest *request = there->pdata[0];
  g_assert_true (quay_id_equal (&request->id, &id));
  g_assert_true (g_str_has_prefix (request->title, "Khách "));
  g_assert_true (quay_till_erase_customer (b.till, &customer, &error));
  g_assert_no_error (error);
  quay_test_pull_all (f->till->store, b.till->store, 100);
  quay_test_shop_reopen (f);
  assert_done (f, &id, quay_till_day (b.till));
  g_autoptr (QuayRequest) proof = quay_till_request (f->till, &id);
  g_assert_true (g_str_has_prefix (proof->title, "Khách "));
  quay_test_assert_equal (f->till->store, b.till->store);
  quay_test_shop_assert_sound (&b);
  quay_test_shop_clear (&b);
}

/* --- who may --- */

static gint64
n_denied (Fixture *f, const char *act)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM audit WHERE act = 'denied' AND who = 'tn' AND name = '%s'", act);
  return people_ask (f, sql);
}

static void
test_rights (Fixture *f, gconstpointer data)
{
  const char *field = NULL;
  g_autoptr (GError) error = NULL;
  QuayId customer = add_customer (f, NAME, NULL, 0);
  QuayId id = ask_for (f, QUAY_REQUEST_VIEW, &customer);
  g_assert_true (quay_till_acknowledge_request (f->till, &id, &error));
  g_assert_false (quay_till_extend_request (f->till, &id, "complex", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (quay_till_end_request (f->till, &id, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_cmpint (state_of (f, &id), !=, QUAY_REQUEST_ENDED);
  people_sign_in (f, "ql", MANAGER); /* whose record comes after those of the refusals */
  g_assert_cmpint (n_denied (f, "customer.erase"), ==, 2);
  people_add (f, "tk", "Thủ kho", "keeper", "3579", NULL);
  people_sign_in (f, "tk", "3579");
  QuayId second = quay_till_new_id (f->till);
  QuayRequestAsk ask = { .kind = QUAY_REQUEST_VIEW, .customer = customer, .how = "counter" };
  g_assert_false (quay_till_add_request (f->till, &second, &ask, &field, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_end_request (f->till, &id, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (QuayRequest) request = quay_till_request (f->till, &id);
  g_assert_cmpstr (request->by, ==, "tn");
  g_assert_cmpstr (request->acknowledged_by, ==, "tn");
  g_assert_cmpstr (request->ended_by, ==, "ql");
}

/* That something was done at once can't be written down by who could not end it. */
static void
test_done_at_once (Fixture *f, gconstpointer data)
{
  QuayId customer = add_customer (f, NAME, NULL, 0);
  QuayId gone = add_customer (f, "Người đã xoá", NULL, 0);
  g_autoptr (GError) error = NULL;
  people_sign_in (f, "ql", MANAGER);
  g_assert_true (quay_till_erase_customer (f->till, &gone, &error));
  people_sign_in (f, "tn", CASHIER);
  const QuayId nobody = QUAY_ID_NIL;
  const struct
  {
    QuayRequestAsk ask;
    gboolean may;
  } cases[] = {
    { { QUAY_REQUEST_DELETE, customer, NULL, "counter", FALSE, 0, TRUE }, FALSE },
    { { QUAY_REQUEST_OTHER, customer, NULL, "counter", FALSE, 0, TRUE }, FALSE },
    { { QUAY_REQUEST_VIEW, nobody, "QT1A-000001", "counter", FALSE, 0, TRUE }, FALSE },
    { { QUAY_REQUEST_VIEW, customer, NULL, "counter", FALSE, 0, TRUE }, TRUE },
    { { QUAY_REQUEST_CORRECT, customer, NULL, "counter", FALSE, 0, TRUE }, TRUE },
    { { QUAY_REQUEST_WITHDRAW, customer, NULL, "counter", FALSE, 0, TRUE }, TRUE },
    { { QUAY_REQUEST_DELETE, gone, NULL, "counter", FALSE, 0, TRUE }, TRUE },
    { { QUAY_REQUEST_DELETE, customer, NULL, "counter", FALSE, 0, FALSE }, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *field = NULL;
      g_autoptr (GError) why = NULL;
      QuayId id = quay_till_new_id (f->till);
      g_assert_true (quay_till_add_request (f->till, &id, &cases[i].ask, &field, &why) ==
                     cases[i].may);
      g_assert_true (cases[i].may || g_error_matches (why, QUAY_ERROR, QUAY_ERROR_DENIED));
      g_autoptr (QuayRequest) request = quay_till_request (f->till, &id);
      g_assert_true ((request != NULL) == cases[i].may);
    }
  people_sign_in (f, "ql", MANAGER);
  const char *field = NULL;
  QuayId id = quay_till_new_id (f->till);
  g_assert_true (quay_till_add_request (f->till, &id, &cases[0].ask, &field, &error));
  g_assert_no_error (error);
}

/* A file of all that is known goes out by a second person's word: once, and it is written down. */
static void
test_file_by_word (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId customer = add_customer (f, NAME, NULL, 0);
  g_autofree char *path = g_build_filename (f->dir, "all.json", NULL);
  g_autofree char *nowhere = g_build_filename (f->dir, "none", "all.json", NULL);
  const char *written = "SELECT count(*) FROM audit WHERE kind = 'override' AND act = 'customer'"
                        " AND who = 'tk' AND approver = 'ql'";
  people_sign_in (f, "ql", MANAGER);
  people_add (f, "tk", "Thủ kho", "keeper", "3579", NULL);
  people_sign_in (f, "tk", "3579");
  g_assert_false (quay_till_write_customer (f->till, &customer, path, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (
      quay_till_approve (f->till, QUAY_ACT_CUSTOMER, 0, "ql", MANAGER, "khách hỏi", &error));
  g_assert_false (quay_till_write_customer (f->till, &customer, nowhere, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (people_ask (f, written), ==, 0);
  g_assert_true (quay_till_write_customer (f->till, &customer, path, &error)); /* it still holds */
  g_assert_no_error (error);
  g_assert_cmpint (people_ask (f, written), ==, 1);
  g_assert_false (quay_till_write_customer (f->till, &customer, path, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
}

/* A word for what ends requests by the way is one for ending them: the audit alarms nobody. */
static void
test_word_covers_all (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  QuayId customer = add_customer (f, NAME, NULL, 0);
  QuayId correct = ask_for (f, QUAY_REQUEST_CORRECT, &customer);
  QuayId view = ask_for (f, QUAY_REQUEST_VIEW, &customer);
  QuayId again = ask_for (f, QUAY_REQUEST_VIEW, &customer);
  g_autofree char *path = g_build_filename (f->dir, "all.json", NULL);
  people_sign_in (f, "ql", MANAGER);
  people_add (f, "tk", "Thủ kho", "keeper", "3579", NULL);
  people_sign_in (f, "tk", "3579");
  g_autoptr (QuayCustomerEdit) edit = quay_customer_edit_new ();
  edit->name = g_strdup ("Tên đúng");
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_CUSTOMER, 0, "ql", MANAGER, NULL, &error));
  g_assert_true (quay_till_save_customer (f->till, &customer, edit, &refusals, &error));
  g_assert_no_error (error);
  assert_done (f, &correct, quay_till_day (f->till));
  g_assert_true (quay_till_approve (f->till, QUAY_ACT_CUSTOMER, 0, "ql", MANAGER, NULL, &error));
  g_assert_true (quay_till_write_customer (f->till, &customer, path, &error));
  g_assert_no_error (error);
  assert_done (f, &view, quay_till_day (f->till));
  assert_done (f, &again, quay_till_day (f->till));
  g_autoptr (GPtrArray) alarms = quay_till_unentitled (f->till, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (alarms->len, ==, 0);
}

/* --- not bought for long --- */

static const QuayIdle *
find_idle (GPtrArray *list, const QuayId *id)
{
  for (guint i = 0; i < list->len; i++)
    if (quay_id_equal (&((QuayIdle *)list->pdata[i])->id, id))
      return list->pdata[i];
  return NULL;
}

static void
sell_to (Fixture *f, const QuayId *customer, const char *buyer)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (f, GOODS);
  g_assert_true (quay_till_cart_set_customer (f->till, customer, &error));
  if (buyer != NULL)
    g_assert_true (quay_till_cart_set_buyer (f->till, buyer, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (f);
}

static void
place_order (Fixture *f, const char *name, const char *phone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayScanned) goods = quay_till_scan (f->till, GOODS);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  g_ptr_array_add (lines, quay_till_order_line (f->till, &goods->item->product, QUAY_UNITS (1),
                                                QUAY_DONG (65000), &error));
  g_assert_no_error (error);
  QuayOrderAsk ask = { .name = name, .phone = phone, .lines = lines };
  QuayId id = quay_till_new_id (f->till);
  g_autofree char *number = quay_till_place_order (f->till, &id, &ask, &error);
  g_assert_no_error (error);
}

static void
test_retention (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayId idle = add_customer (f, "Khách lâu", "0911111111", 1);
  QuayId never = add_customer (f, "Khách chưa mua", NULL, 1);
  QuayId buys = add_customer (f, "Khách mới mua", NULL, 1);
  QuayId unasked = add_customer (f, "Khách nợ", NULL, 0);
  QuayId billed = add_customer (f, "Khách hoá đơn", NULL, 1);
  QuayId ordered = add_customer (f, "Khách đặt", "0922222222", 1);
  QuayId debtor = add_customer (f, "Khách còn nợ", NULL, 1);
  sell_to (f, &idle, NULL);
  sell_to (f, &billed, "Công ty thử");
  QuayId entry = quay_till_new_id (f->till);
  QuayDebtEntry owes = { debtor, "opening", QUAY_DONG (5000), 0, NULL, NULL };
  g_autofree char *number = quay_till_post_debt (f->till, &entry, &owes, &error);
  g_assert_no_error (error);
  go_on (f, 700); /* not yet 24 months */
  g_autoptr (GPtrArray) early = quay_till_idle_customers (f->till);
  g_assert_cmpuint (early->len, ==, 0);
  go_on (f, 100);
  sell_to (f, &buys, NULL);
  place_order (f, "Tên khác", "0922 222 222");
  static const QuayKept why[] = { QUAY_KEPT_NOT, QUAY_KEPT_NOT, QUAY_KEPT_INVOICE, QUAY_KEPT_ORDER,
                                  QUAY_KEPT_DEBT };
  const QuayId *who[] = { &idle, &never, &billed, &ordered, &debtor };
  g_autoptr (GPtrArray) list = quay_till_idle_customers (f->till);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (who));
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      const QuayIdle *one = find_idle (list, who[i]);
      g_assert_nonnull (one);
      g_assert_cmpint (one->kept, ==, why[i]);
    }
  g_assert_null (find_idle (list, &buys));
  g_assert_null (find_idle (list, &unasked));
  g_assert_cmpint (((const QuayIdle *)list->pdata[1])->kept, ==,
                   QUAY_KEPT_NOT); /* they are first */
  g_assert_true (quay_till_erase_customer (f->till, &idle, &error));
  g_autoptr (GPtrArray) after = quay_till_idle_customers (f->till);
  g_assert_null (find_idle (after, &idle));
  g_assert_true (quay_till_set_setting (f->till, QUAY_SETTING_KEEP_MONTHS, "0", &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) off = quay_till_idle_customers (f->till);
  g_assert_cmpuint (off->len, ==, 0);
}

/* The page for the counter is one page, also of a shop with a long name. */
static void
test_notice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize len;
  g_assert_true (quay_till_set_setting (
      f->till, "shop.name",
      "Hợp tác xã nông nghiệp, dược liệu và du lịch cộng đồng Quế Thanh – Na Rì – Thái Nguyên",
      &error));
  g_autofree char *path = quay_till_print_privacy_notice (f->till, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &len, &error));
  g_assert_true (g_str_has_prefix (bytes, "%PDF"));
  g_assert_nonnull (memmem (bytes, len, "/Count 1", strlen ("/Count 1")));
}

static void
assert_says (QuayTill *till, const char *text, gboolean does)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *path = quay_till_print_privacy_notice (till, NULL, &error);
  g_assert_no_error (error);
  const char *command[] = { "pdftotext", "-layout", path, "-", NULL };
  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &raw, NULL, NULL,
                &error);
  g_assert_no_error (error);
  g_autoptr (GRegex) blanks = g_regex_new ("\\s+", 0, 0, NULL);
  g_autofree char *words = g_regex_replace_literal (blanks, raw, -1, 0, " ", 0, NULL);
  if ((strstr (words, text) != NULL) != does)
    g_error ("'%s' in: %s", text, words);
}

/* It says no more than is so. */
static void
test_notice_is_true (Fixture *f, gconstpointer data)
{
  assert_says (f->till, "Tên và số điện thoại được mã hoá", TRUE);
  assert_says (f->till, "PIN", FALSE); /* nobody has one */
  assert_says (f->till, "24 tháng", TRUE);
  g_assert_true (quay_till_set_setting (f->till, QUAY_SETTING_KEEP_MONTHS, "601", NULL));
  assert_says (f->till, "601", FALSE); /* nobody is listed then */
  people_add (f, "ql", "Chị Lý", "manager", MANAGER, NULL);
  assert_says (f->till, "mã PIN và quyền riêng", TRUE);
  assert_says (f->till, "staff have PINs", TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, set_up, test)                                                                    \
  g_test_add ("/requests/" name, Fixture, NULL, set_up, test, people_tear_down)
  ADD ("refused", people_set_up_shop, test_refused);
  ADD ("deadlines", people_set_up_shop, test_deadlines);
  ADD ("answered", people_set_up_shop, test_answered);
  ADD ("travels", people_set_up_shop, test_travels);
  ADD ("rights", people_set_up, test_rights);
  ADD ("done-at-once", people_set_up, test_done_at_once);
  ADD ("file-by-word", people_set_up, test_file_by_word);
  ADD ("word-covers-all", people_set_up, test_word_covers_all);
  ADD ("retention", people_set_up_shop, test_retention);
  ADD ("notice", people_set_up_shop, test_notice);
  ADD ("notice-is-true", people_set_up_shop, test_notice_is_true);
  return g_test_run ();
}
