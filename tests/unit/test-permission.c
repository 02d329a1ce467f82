/* Roles and their limits; counting notes. */
#include "quay-notes.h"
#include "quay-permission.h"

#include <string.h>

static void
test_acts (void)
{
  for (guint i = 0; i < QUAY_N_ACTS; i++)
    {
      QuayAct act;
      g_assert_nonnull (quay_act_name (i));
      g_assert_true (quay_act_from_name (quay_act_name (i), &act));
      g_assert_cmpint (act, ==, i);
      g_assert_cmpint (quay_role_default ("manager", i), ==, QUAY_NO_LIMIT);
      g_assert_cmpint (quay_role_default ("nobody", i), ==, 0);
      g_assert_cmpint (quay_role_default (NULL, i), ==, 0);
    }
  QuayAct act;
  g_assert_false (quay_act_from_name ("fly", &act));
  g_assert_null (quay_act_name (QUAY_N_ACTS));
}

static void
test_roles (void)
{
  g_assert_cmpint (quay_role_default ("cashier", QUAY_ACT_SELL), ==, QUAY_NO_LIMIT);
  g_assert_cmpint (quay_role_default ("cashier", QUAY_ACT_PRICE), ==, 0);
  g_assert_cmpint (quay_role_default ("cashier", QUAY_ACT_DISCOUNT), ==, 500);
  g_assert_cmpint (quay_role_default ("keeper", QUAY_ACT_STOCK), ==, QUAY_NO_LIMIT);
  g_assert_cmpint (quay_role_default ("keeper", QUAY_ACT_SELL), ==, 0);
  g_assert_cmpint (quay_role_default ("auditor", QUAY_ACT_AUDIT), ==, QUAY_NO_LIMIT);
  g_assert_cmpint (quay_role_default ("auditor", QUAY_ACT_SETTINGS), ==, 0);
}

static void
test_notes (void)
{
  gint64 counts[QUAY_N_NOTES] = { 2, 1, 0, 7 };
  gint64 back[QUAY_N_NOTES];
  QuayMoney sum;
  g_assert_true (quay_notes_sum (counts, &sum));
  g_assert_cmpint (sum.dong, ==, 1550000);
  g_autofree char *text = quay_notes_to_text (counts);
  g_assert_cmpstr (text, ==, "500000:2 200000:1 50000:7");
  g_assert_true (quay_notes_from_text (text, back));
  g_assert_cmpmem (back, sizeof back, counts, sizeof counts);
  static const char *const bad[] = { "500000",    "500000:0", "7:1",      "500000:1 500000:1",
                                     "500000:1 ", "500000:x", "100001:1", ":1" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (quay_notes_from_text (bad[i], back));
      g_assert_cmpint (back[0], ==, 0);
    }
  counts[4] = -1;
  g_assert_false (quay_notes_sum (counts, &sum));
  counts[4] = 100001;
  g_assert_false (quay_notes_sum (counts, &sum));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permission/acts", test_acts);
  g_test_add_func ("/permission/roles", test_roles);
  g_test_add_func ("/permission/notes", test_notes);
  return g_test_run ();
}
