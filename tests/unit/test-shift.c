/* What a shift's figures are called, where cash belongs, and what a blind one leaves out. */
#include "quay-shift.h"

typedef struct
{
  const char *kind;
  gboolean account;
  gint64 amount;
  QuayCashLine line;
} LineCase;

static const LineCase cases[] = {
  { NULL, FALSE, 1, QUAY_CASH_PUT_IN },        { NULL, FALSE, -1, QUAY_CASH_TAKEN },
  { NULL, TRUE, -1, QUAY_CASH_PAYOUTS },       { NULL, TRUE, 1, QUAY_CASH_PAYOUTS },
  { "bank", FALSE, -1, QUAY_CASH_BANK },       { "safe", FALSE, -1, QUAY_CASH_SAFE },
  { "debt", FALSE, 1, QUAY_CASH_DEBTS },       { "deposit", FALSE, -1, QUAY_CASH_DEPOSITS },
  { "elsewhere", FALSE, 5, QUAY_CASH_PUT_IN },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
        quay_cash_line_of (cases[i].kind, cases[i].account, QUAY_DONG (cases[i].amount)), ==,
        cases[i].line);
  for (QuayCashLine line = 0; line < QUAY_N_CASH_LINES; line++)
    g_assert_nonnull (quay_cash_line_name (line));
  g_assert_null (quay_cash_line_name (QUAY_N_CASH_LINES));
  g_assert_true (quay_cash_kind_is_known (NULL));
  g_assert_true (quay_cash_kind_is_known ("safe"));
  g_assert_false (quay_cash_kind_is_known ("debt")); /* only a customer's entry is one */
}

static void
add_tender (GPtrArray *rows, const char *key, gint64 amount)
{
  QuayReportRow *row = g_new0 (QuayReportRow, 1);
  row->key = g_strdup (key);
  row->amount = QUAY_DONG (amount);
  g_ptr_array_add (rows, row);
}

/* 100.000 sold, 40.000 of it by card: with the total shown, the cash would be, too. */
static void
test_blind (void)
{
  QuayShift *shift = g_new0 (QuayShift, 1);
  shift->figures = g_new0 (QuayReport, 1);
  shift->figures->sales = 3;
  shift->figures->total = QUAY_DONG (100000);
  shift->figures->tenders = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
  shift->figures->rates = g_ptr_array_new ();
  add_tender (shift->figures->tenders, "card", 40000);
  add_tender (shift->figures->tenders, "cash", 59800);
  add_tender (shift->figures->tenders, "rounding", 200);
  shift->lines[QUAY_CASH_FLOAT] = QUAY_DONG (500000);
  shift->lines[QUAY_CASH_SALES] = QUAY_DONG (59800);
  shift->lines[QUAY_CASH_TAKEN] = QUAY_DONG (-10000);
  shift->drawer = QUAY_DONG (549800);
  g_assert_cmpint (quay_shift_sum (shift).dong, ==, shift->drawer.dong);
  quay_shift_hide (shift);
  g_assert_true (shift->blind);
  g_assert_cmpint (shift->drawer.dong, ==, 0);
  g_assert_cmpint (shift->lines[QUAY_CASH_SALES].dong, ==, 0);
  g_assert_cmpint (shift->lines[QUAY_CASH_TAKEN].dong, ==, -10000); /* who works did it */
  g_assert_cmpint (shift->figures->total.dong, ==, 0);
  g_assert_cmpuint (shift->figures->tenders->len, ==, 1);
  g_assert_null (shift->figures->rates);
  quay_shift_free (shift);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shift/lines", test_lines);
  g_test_add_func ("/shift/blind", test_blind);
  return g_test_run ();
}
