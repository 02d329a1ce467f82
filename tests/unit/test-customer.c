/* Customers: phone numbers, ages of a debt, points. */
#include "quay-customer.h"

static void
test_phone (void)
{
  static const struct
  {
    const char *typed;
    const char *kept;
    const char *shown;
  } phones[] = {
    { "0912 345 678", "0912345678", "09xx xxx 678" },
    { "+84 912-345-678", "0912345678", "09xx xxx 678" },
    { "(0209) 3812345", "02093812345", "02xx xxx 345" },
    { "84912345678", "0912345678", "09xx xxx 678" },
    { "912345678", NULL, NULL },
    { "0912", NULL, NULL },
    { "0912345678 9012", NULL, NULL },
    { "0912x45678", NULL, NULL },
    { "", NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *kept = quay_phone_normal (phones[i].typed);
      g_autofree char *shown = quay_phone_mask (kept);
      g_assert_cmpstr (kept, ==, phones[i].kept);
      g_assert_cmpstr (shown, ==, phones[i].shown);
    }
}

static void
assert_ages (const QuayDebtMove *moves, guint n, gint64 a, gint64 b, gint64 c, gint64 d)
{
  const gint64 expected[QUAY_N_AGES] = { a, b, c, d };
  QuayMoney ages[QUAY_N_AGES];
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (QuayDebtMove));
  g_array_append_vals (list, moves, n);
  quay_debt_age (list, 20261231, ages);
  for (guint i = 0; i < QUAY_N_AGES; i++)
    g_assert_cmpint (ages[i].dong, ==, expected[i]);
}

/* 30 days before the last of December is the first, 60 the first of November, 90 the second of
 * October. */
static void
test_ages (void)
{
  const QuayDebtMove edges[] = { { 20261231, { 1 } }, { 20261201, { 2 } },  { 20261130, { 4 } },
                                 { 20261101, { 8 } }, { 20261031, { 16 } }, { 20261002, { 32 } },
                                 { 20261001, { 64 } } };
  assert_ages (edges, G_N_ELEMENTS (edges), 3, 12, 48, 64);
  const QuayDebtMove paid[] = { { 20260101, { 100 } },
                                { 20261215, { 50 } },
                                { 20261220, { -120 } } };
  assert_ages (paid, 3, 30, 0, 0, 0);
  const QuayDebtMove ahead[] = { { 20260101, { -70 } }, { 20261215, { 50 } } };
  assert_ages (ahead, 2, -20, 0, 0, 0);
  assert_ages (NULL, 0, 0, 0, 0, 0);
}

static void
test_points (void)
{
  QuayLine tea = { .amount = { 65000 } };
  QuayLine beer = { .amount = { 20000 }, .abv = 149 };
  QuayLine spirit = { .amount = { 100000 }, .abv = 150 };
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_ptr_array_add (lines, &tea);
  g_ptr_array_add (lines, &beer);
  g_ptr_array_add (lines, &spirit);
  g_assert_cmpint (quay_points_payable (lines).dong, ==, 85000);
  g_assert_cmpint (quay_points_earned (lines, QUAY_DONG (0), 10000), ==, 8);
  g_assert_cmpint (quay_points_earned (lines, QUAY_DONG (5001), 10000), ==, 7);
  g_assert_cmpint (quay_points_earned (lines, QUAY_DONG (90000), 10000), ==, 0);
  g_assert_cmpint (quay_points_earned (lines, QUAY_DONG (0), 0), ==, 0);
  gint64 sum = 0;
  for (gint64 part = 1; part <= 7; part++)
    sum += quay_points_share (10, QUAY_DONG (part), QUAY_DONG (7)) -
           quay_points_share (10, QUAY_DONG (part - 1), QUAY_DONG (7));
  g_assert_cmpint (sum, ==, 10);
}

static void
test_matches (void)
{
  QuayCustomer lan = { .name = (char *)"Chị Lan, Nà Ngoa", .phone = (char *)"0912345678" };
  QuayCustomer closed = { .id = { { 1 } } };
  static const struct
  {
    const char *text;
    gboolean found;
  } searches[] = { { "lan", TRUE },      { "na ngoa lan", TRUE },
                   { "Lân", TRUE },      { "678", TRUE },
                   { "12 345", TRUE },   { "78", FALSE },
                   { "lan 678", FALSE }, { "", TRUE } };
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    g_assert_cmpint (quay_customer_matches (&lan, searches[i].text), ==, searches[i].found);
  g_autofree char *title = quay_customer_title (&closed);
  g_assert_cmpstr (title, ==, "Khách 000000");
  g_assert_true (quay_customer_matches (&closed, "khach 0000"));
  QuayCustomer an = { .name = "Ấn" };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_ptr_array_add (all, &closed);
  g_ptr_array_add (all, &lan);
  g_ptr_array_add (all, &an);
  quay_customers_sort (all);
  g_assert_true (all->pdata[0] == &an && all->pdata[1] == &lan && all->pdata[2] == &closed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customer/phone", test_phone);
  g_test_add_func ("/customer/ages", test_ages);
  g_test_add_func ("/customer/points", test_points);
  g_test_add_func ("/customer/matches", test_matches);
  return g_test_run ();
}
