/* Fairs in time: states, the notice to the commune, until when goods are taken back. */
#include "quay-place.h"

static void
test_state (void)
{
  g_autoptr (QuayFair) fair = quay_fair_new ();
  fair->from = 20261205;
  fair->to = 20261207;
  g_assert_cmpint (quay_fair_state (fair, 20261204), ==, QUAY_FAIR_PLANNED);
  g_assert_cmpint (quay_fair_state (fair, 20261205), ==, QUAY_FAIR_RUNNING);
  g_assert_cmpint (quay_fair_state (fair, 20261207), ==, QUAY_FAIR_RUNNING);
  g_assert_cmpint (quay_fair_state (fair, 20261208), ==, QUAY_FAIR_TO_RETURN);
  fair->closed = 20261208;
  g_assert_cmpint (quay_fair_state (fair, 20261208), ==, QUAY_FAIR_CLOSED);
}

/* Three working days before a Saturday: Friday, Thursday, Wednesday; before a Monday: not the
 * weekend; nor holidays. */
static void
test_notice (void)
{
  static const QuayDay holidays[] = { 20260430, 20260501 }; /* a Thursday and a Friday */
  g_autoptr (QuayFair) fair = quay_fair_new ();
  g_assert_cmpint (quay_fair_notice_due (20261205, NULL, 0), ==, 20261202);
  g_assert_cmpint (quay_fair_notice_due (20261207, NULL, 0), ==, 20261202);
  g_assert_cmpint (quay_fair_notice_due (20261204, NULL, 0), ==, 20261201);
  g_assert_cmpint (quay_fair_notice_due (20260502, holidays, 2), ==, 20260427);
  g_assert_cmpint (quay_fair_notice_due (20260502, NULL, 0), ==, 20260429);
  fair->from = 20261204;
  fair->due = 20261201;
  g_assert_true (quay_fair_lacks_notice (fair));
  fair->notice_day = 20261202;
  g_assert_true (quay_fair_lacks_notice (fair));
  fair->notice_day = 20261201;
  g_assert_false (quay_fair_lacks_notice (fair));
}

static void
test_back (void)
{
  g_autoptr (QuayFair) fair = quay_fair_new ();
  fair->to = 20261207;
  g_assert_cmpint (fair->back, ==, 30);
  g_assert_cmpint (quay_fair_back_until (fair), ==, 20270106);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/state", test_state);
  g_test_add_func ("/place/notice", test_notice);
  g_test_add_func ("/place/back", test_back);
  return g_test_run ();
}
