/* Receipts that the server does not have yet, on the reports of their shift. */
#include "quay-test-exchange.h"
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-sync-keys.h"
#include "quay-till-private.h"
#include "quay-till-shift.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ */
#define TEA "2900000000049"     /* 60.000 đ */

typedef QuayTestShop Fixture;

static void
set_up (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

/* As an enrolment leaves it; nothing is exchanged. */
static void
enrol (Fixture *shop)
{
  g_autoptr (GError) error = NULL;
  static const guint8 seed[32] = { 7 };
  QuayKey server;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (shop->dir, &error);
  g_assert_no_error (error);
  keys->url = g_strdup ("https://quay.example");
  keys->enrolled = TRUE;
  keys->till = quay_test_mine (shop->till->store).till;
  keys->site = quay_test_id ('s', 1);
  keys->shop = g_strdup ("HTX");
  keys->key_id = g_strdup ("k1");
  quay_key_from_seed (&keys->key, seed);
  quay_key_from_seed (&server, seed);
  keys->n_server_keys = 1;
  g_strlcpy (keys->server_keys[0].id, "s1", sizeof keys->server_keys[0].id);
  memcpy (keys->server_keys[0].public, server.public, QUAY_KEY_LEN);
  g_assert_true (quay_sync_keys_save (keys, &error));
  g_assert_no_error (error);
}

static char *
sell (Fixture *shop, const char *code)
{
  shop->env.wall_ms += 60000;
  quay_test_shop_scan (shop, code);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  return g_strdup (sale->number);
}

static void
give_back (Fixture *shop, const char *number)
{
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (shop->till);
  shop->env.wall_ms += 60000;
  g_autofree char *refund =
      quay_till_refund (shop->till, &id, number, NULL, 0, "đổi ý", NULL, &error);
  g_assert_no_error (error);
}

/* All that is written so far of the chain that is appended to; but for @but records. */
static void
acknowledge (Fixture *shop, guint64 but)
{
  g_autoptr (GError) error = NULL;
  QuayChainState mine = quay_test_mine (shop->till->store);
  g_assert_true (
      quay_store_set_acked (shop->till->store, &mine.id, mine.seq - but, NULL, 0, &error));
  g_assert_no_error (error);
}

static QuayShift *
report_of (Fixture *shop, const char *number)
{
  g_autoptr (GError) error = NULL;
  QuayShift *shift = quay_till_shift_report (shop->till, number, &error);
  g_assert_no_error (error);
  return shift;
}

static char *
paper_of (Fixture *shop, const QuayShift *shift)
{
  g_autoptr (GBytes) bytes = quay_till_render_shift (shop->till, shift, "text", 58, NULL);
  const char *folder = g_getenv ("QUAY_SHOTS_DIR");
  for (int mm = 58; folder != NULL && mm <= 80; mm += 22)
    {
      g_autofree char *path =
          g_strdup_printf ("%s/unsent-%d-%d.png", folder, (int)shift->n_unsent, mm);
      g_autoptr (GBytes) png = quay_till_render_shift (shop->till, shift, "png", mm, NULL);
      g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png),
                           NULL);
    }
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);
  return g_strndup (text, n);
}

static void
assert_row (const QuayShift *shift, guint i, const char *number, gint64 amount)
{
  g_assert_cmpuint (i, <, shift->unsent->len);
  const QuayUnsent *row = shift->unsent->pdata[i];
  if (number != NULL)
    g_assert_cmpstr (row->number, ==, number);
  g_assert_cmpint (row->amount.dong, ==, amount);
}

static void
close_it (Fixture *shop, gint64 counted)
{
  g_autoptr (GError) error = NULL;
  QuayShiftCount count = { .counted = QUAY_DONG (counted) };
  g_assert_true (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_assert_no_error (error);
}

/* Who has nobody to send to is told nothing. */
static void
test_alone (Fixture *shop, gconstpointer data)
{
  g_autofree char *sold = sell (shop, TEA);
  close_it (shop, 60000);
  g_autoptr (QuayShift) z = report_of (shop, "QT1A-Z26-0001");
  g_assert_cmpint (z->n_unsent, ==, 0);
  g_assert_null (z->unsent);
  g_autofree char *paper = paper_of (shop, z);
  g_assert_null (strstr (paper, "CHƯA GỬI"));
}

/* What was sent is not listed, what was sold before and after it in other shifts neither; what is
 * handed back is. A Z that is printed again tells what waits by then. */
static void
test_list (Fixture *shop, gconstpointer data)
{
  enrol (shop);
  g_autofree char *sent = sell (shop, TEA);
  acknowledge (shop, 0);
  g_autofree char *first = sell (shop, NOODLES);
  g_autofree char *second = sell (shop, TEA);
  give_back (shop, sent);
  close_it (shop, 125000);
  g_autofree char *next = sell (shop, TEA);
  g_autoptr (QuayShift) z = report_of (shop, "QT1A-Z26-0001");
  g_assert_cmpint (z->n_unsent, ==, 3);
  g_assert_cmpuint (z->unsent->len, ==, 3);
  g_autoptr (QuaySaleRecord) oldest = quay_till_sale (shop->till, first);
  g_assert_cmpint (z->unsent_since, ==, oldest->ts);
  assert_row (z, 0, first, 65000);
  assert_row (z, 1, second, 60000);
  assert_row (z, 2, "QT1A-TH26-0001", -60000);
  g_autofree char *paper = paper_of (shop, z);
  g_assert_nonnull (strstr (paper, "PHIẾU CHƯA GỬI MÁY CHỦ"));
  g_assert_nonnull (strstr (paper, first));
  g_assert_null (strstr (paper, "phiếu nữa"));
  acknowledge (shop, 0);
  g_autoptr (QuayShift) again = report_of (shop, "QT1A-Z26-0001");
  g_assert_cmpint (again->n_unsent, ==, 0);
  g_autofree char *later = paper_of (shop, again);
  g_assert_null (strstr (later, "CHƯA GỬI"));
}

/* A long list is cut, and says by how much. */
static void
test_many (Fixture *shop, gconstpointer data)
{
  enrol (shop);
  for (guint i = 0; i < QUAY_UNSENT_MAX + 3; i++)
    g_free (sell (shop, i == 0 ? NOODLES : TEA));
  g_autoptr (QuayShift) x = report_of (shop, NULL);
  g_assert_cmpint (x->n_unsent, ==, QUAY_UNSENT_MAX + 3);
  g_assert_cmpuint (x->unsent->len, ==, QUAY_UNSENT_MAX);
  assert_row (x, 0, NULL, 65000);
  g_autofree char *paper = paper_of (shop, x);
  g_assert_nonnull (strstr (paper, "và 3 phiếu nữa"));
}

/* The till got a new chain: what moved there waits until it is sent from there. */
static void
test_moved (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  enrol (shop);
  g_autofree char *sent = sell (shop, TEA);
  acknowledge (shop, 0);
  guint64 from = quay_test_mine (shop->till->store).seq + 1;
  g_autofree char *moved = sell (shop, NOODLES);
  g_assert_true (quay_store_new_chain (shop->till->store, NULL, NULL, from, &error));
  g_assert_no_error (error);
  g_autofree char *after = sell (shop, TEA);
  g_autoptr (QuayShift) both = report_of (shop, NULL);
  g_assert_cmpint (both->n_unsent, ==, 2);
  assert_row (both, 0, moved, 65000);
  assert_row (both, 1, after, 60000);
  acknowledge (shop, 1);
  g_autoptr (QuayShift) one = report_of (shop, NULL);
  g_assert_cmpint (one->n_unsent, ==, 1);
  assert_row (one, 0, after, 60000);
  acknowledge (shop, 0);
  g_autoptr (QuayShift) none = report_of (shop, NULL);
  g_assert_cmpint (none->n_unsent, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/unsent/alone", test_alone },
    { "/unsent/list", test_list },
    { "/unsent/many", test_many },
    { "/unsent/moved", test_moved },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
