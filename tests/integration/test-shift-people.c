/* Who may what at the drawer: counting blindly, how much cash may move, whose shift may be closed.
 */
#include "people-fixture.h"

#include "quay-error.h"
#include "quay-till-shift.h"
#include "quay-till-sign.h"

#include <string.h>

#define NOODLES "2900000000018" /* 65.000 đ */

static void
tear_down (Fixture *shop, gconstpointer data)
{
  quay_test_shop_clear (shop);
}

static QuayShift *
report_of (Fixture *shop, const char *number)
{
  g_autoptr (GError) error = NULL;
  QuayShift *shift = quay_till_shift_report (shop->till, number, &error);
  g_assert_no_error (error);
  return shift;
}

static gint64
tender_of (const QuayShift *shift, const char *key)
{
  for (guint i = 0; i < shift->figures->tenders->len; i++)
    {
      const QuayReportRow *row = shift->figures->tenders->pdata[i];
      if (strcmp (row->key, key) == 0)
        return row->amount.dong;
    }
  return 0;
}

static void
set_up_people (Fixture *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
  people_add (shop, "ql", "ql", "manager", "1357", NULL);
  people_add (shop, "tn", "tn", "cashier", "2468", NULL);
  people_add (shop, "tn2", "tn2", "cashier", "8642", NULL);
  people_sign_in (shop, "tn", "2468");
}

/* Before the count the cashier is told nothing that gives the figure away; each count that is
 * confirmed leaves its trace. */
static void
test_blind (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayMoney expected = QUAY_DONG (-1);
  gint64 counts[QUAY_N_NOTES] = { 1 };
  QuayShiftCount count = { .counted = QUAY_DONG (560000), .why = "thối nhầm" };
  g_autofree char *opened = quay_till_open_shift_by_notes (shop->till, counts, &error);
  g_assert_no_error (error);
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_true (quay_till_shift (shop->till, NULL, &expected));
  g_assert_cmpint (expected.dong, ==, 0);
  g_autoptr (QuayShift) x = report_of (shop, NULL);
  g_assert_true (x->blind);
  g_assert_cmpint (x->drawer.dong, ==, 0);
  g_assert_cmpint (tender_of (x, "cash"), ==, 0);
  g_autoptr (GBytes) paper = quay_till_render_shift (shop->till, x, "text", 80, NULL);
  g_assert_null (strstr (g_bytes_get_data (paper, NULL), "65.000"));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (QuayShift) told =
          quay_till_confirm_count (shop->till, &x->id, count.counted, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (told->drawer.dong, ==, 565000);
    }
  g_assert_true (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (QuayShift) z = report_of (shop, opened);
  g_assert_false (z->blind);
  g_assert_cmpint (z->n_counts, ==, 2);
  g_assert_cmpint (z->expected.dong, ==, 565000);
  quay_test_shop_assert_sound (shop);
}

static QuayReport *
figures_of (Fixture *shop, QuayDay from, QuayDay to)
{
  g_autoptr (GError) error = NULL;
  QuayReport *report = quay_till_report (shop->till, "month", from, to, &error);
  g_assert_no_error (error);
  return report;
}

/* The day's figures tell nobody either what cash a drawer holds that is yet to be counted. */
static void
test_figures (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayDay today = quay_till_day (shop->till);
  QuayDay before = quay_day_add (today, -1);
  QuayShiftCount count = { .counted = QUAY_DONG (65000) };
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_autoptr (QuayReport) day = figures_of (shop, today, today);
  g_assert_null (day->tenders);
  g_assert_cmpint (day->total.dong, ==, 65000);
  g_autoptr (QuayReport) week = figures_of (shop, quay_day_add (today, -6), today);
  g_assert_null (week->tenders);
  g_autoptr (GBytes) paper = quay_till_render_report (shop->till, day, "text", 80, &error);
  g_assert_no_error (error);
  g_autoptr (QuayReport) past = figures_of (shop, before, before);
  g_assert_nonnull (past->tenders);
  people_sign_in (shop, "ql", "1357");
  g_autoptr (QuayReport) whole = figures_of (shop, today, today);
  g_assert_cmpuint (whole->tenders->len, ==, 1);
  people_sign_in (shop, "tn", "2468");
  g_assert_true (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (QuayReport) after = figures_of (shop, today, today);
  g_assert_cmpuint (after->tenders->len, ==, 1);
  g_assert_cmpint (((QuayReportRow *)after->tenders->pdata[0])->amount.dong, ==, 65000);
}

static void
test_rights (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 counts[QUAY_N_NOTES] = { 4 };
  QuayShiftCount count = { .counted = QUAY_DONG (1400000), .why = "ca của người khác" };
  QuayCashAsk ask = { QUAY_DONG (-600000), "nộp", "bank", NULL };
  QuayId id = quay_till_new_id (shop->till);
  g_free (quay_till_open_shift_by_notes (shop->till, counts, &error));
  g_assert_no_error (error);
  /* more than a cashier may move, until somebody who may allows it */
  g_assert_null (quay_till_book_cash (shop->till, &id, &ask, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (
      quay_till_approve (shop->till, QUAY_ACT_CASH, 600000, "ql", "1357", "nộp sớm", &error));
  g_autofree char *number = quay_till_book_cash (shop->till, &id, &ask, &error);
  g_assert_no_error (error);
  /* another cashier may not close it, a manager may */
  people_sign_in (shop, "tn2", "8642");
  g_assert_false (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (quay_till_shift (shop->till, NULL, NULL));
  people_sign_in (shop, "ql", "1357");
  g_autoptr (QuayShift) x = report_of (shop, NULL);
  g_assert_false (x->blind);
  g_assert_cmpint (x->drawer.dong, ==, 1400000);
  g_assert_cmpstr (((QuayCashRecord *)x->moves->pdata[0])->approver, ==, "ql");
  g_assert_true (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_assert_no_error (error);
  quay_test_shop_assert_sound (shop);
}

/* A count tells what a drawer should hold: another's is not told for a count that is made up. One
 * word serves the count and the close. */
static void
test_other (Fixture *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayShiftCount count = { .counted = QUAY_DONG (65000) };
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  people_sign_in (shop, "tn2", "8642");
  g_assert_null (quay_till_confirm_count (shop->till, &QUAY_ID_NIL, QUAY_DONG (0), NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM audit WHERE act = 'shift.counted'"), ==,
                   0);
  g_assert_true (
      quay_till_approve (shop->till, QUAY_ACT_SHIFT_OTHER, 0, "ql", "1357", "đổi ca", &error));
  g_autoptr (QuayShift) seen =
      quay_till_confirm_count (shop->till, &QUAY_ID_NIL, count.counted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen->drawer.dong, ==, 65000);
  g_assert_true (quay_till_end_shift (shop->till, &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (people_ask (shop, "SELECT count(*) FROM audit WHERE kind = 'override'"), ==, 1);
  quay_test_shop_assert_sound (shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/shift-people/blind", Fixture, NULL, set_up_people, test_blind, tear_down);
  g_test_add ("/shift-people/figures", Fixture, NULL, set_up_people, test_figures, tear_down);
  g_test_add ("/shift-people/other", Fixture, NULL, set_up_people, test_other, tear_down);
  g_test_add ("/shift-people/rights", Fixture, NULL, set_up_people, test_rights, tear_down);
  return g_test_run ();
}
