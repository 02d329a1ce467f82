/* Quantities in cartons and days without separators: what is taken, and what is refused as what. */
#include "quay-error.h"
#include "quay-typed.h"

static void
test_qty (void)
{
  static const struct
  {
    const char *text;
    gint64 milli; /* -1: refused */
    int code;
  } cases[] = {
    { "24", 24000, 0 },
    { " 2,5 ", 2500, 0 },
    { "2x24", 48000, 0 },
    { "2 × 24", 48000, 0 },
    { "2*24", 48000, 0 },
    { "2 thùng", 48000, 0 },
    { "2THÙNG", 48000, 0 },
    { "2 thùng 3", 51000, 0 },
    { "1 thùng 3 gói", 27000, 0 },
    { "5 gói", 5000, 0 },
    { "1 lốc", 24000, 0 },
    { "", -1, QUAY_ERROR_INVALID },
    { "thùng", -1, QUAY_ERROR_INVALID },
    { "2 tạ", -1, QUAY_ERROR_INVALID },
    { "2x", -1, QUAY_ERROR_INVALID },
    { "2 thùng 3 tạ", -1, QUAY_ERROR_INVALID },
    { "99999999999999999999", -1, -1 },
    { "99999999x99999999", -1, QUAY_ERROR_OVERFLOW },
    { "-3", -1, QUAY_ERROR_INVALID },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      QuayQty qty = { -1 };
      gboolean taken = quay_typed_qty (cases[i].text, "gói", QUAY_UNITS (24), &qty, &error);
      g_test_message ("'%s'", cases[i].text);
      g_assert_cmpint (taken, ==, cases[i].milli >= 0);
      g_assert_cmpint (qty.milli, ==, cases[i].milli);
      if (!taken && cases[i].code >= 0)
        g_assert_error (error, QUAY_ERROR, cases[i].code);
    }
  QuayQty qty;
  g_autoptr (GError) error = NULL;
  g_assert_false (quay_typed_qty ("2 thùng", "gói", QUAY_MILLI (0), &qty, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND);
  g_assert_true (quay_typed_qty ("2 hộp", "hộp", QUAY_UNITS (24), &qty, NULL));
  g_assert_cmpint (qty.milli, ==, 2000); /* the unit itself, not a carton */
}

static void
test_day (void)
{
  static const struct
  {
    const char *text;
    QuayDay day; /* -1: refused */
  } cases[] = {
    { "", 0 },
    { "311227", 20271231 },
    { "31122027", 20271231 },
    { "31/12/2027", 20271231 },
    { "1/2/27", 20270201 },
    { "01.02.2027", 20270201 },
    { "1-2-2027", 20270201 },
    { "2027-02-01", 20270201 },
    { "310227", -1 },
    { "32/12/2027", -1 },
    { "12/2027", -1 },
    { "1/2/3/4", -1 },
    { "hôm nay", -1 },
    { "1122334", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QuayDay day;
      g_test_message ("'%s'", cases[i].text);
      gboolean taken = quay_typed_day (cases[i].text, &day);
      g_assert_cmpint (taken, ==, cases[i].day >= 0);
      if (taken)
        g_assert_cmpint (day, ==, cases[i].day);
    }
}

static void
test_clock (void)
{
  static const struct
  {
    const char *text;
    int minute; /* -1: refused */
  } cases[] = {
    { "6:17", 377 }, { "06:17", 377 }, { " 6h17 ", 377 }, { "6H17", 377 }, { "6g17", 377 },
    { "17h", 1020 }, { "0:00", 0 },    { "23:59", 1439 }, { "24:00", -1 }, { "6:60", -1 },
    { "6:1", -1 },   { "6:", -1 },     { "617", -1 },     { "500g", -1 },  { "", -1 },
    { "h", -1 },     { "-1:10", -1 },  { "6:17:00", -1 }, { "6:+1", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int minute = -1;
      g_test_message ("'%s'", cases[i].text);
      gboolean taken = quay_typed_clock (cases[i].text, &minute);
      g_assert_cmpint (taken, ==, cases[i].minute >= 0);
      g_assert_cmpint (minute, ==, cases[i].minute);
    }
}

static void
test_pack (void)
{
  g_assert_cmpint (quay_typed_pack (NULL).milli, ==, 0);
  g_assert_cmpint (quay_typed_pack ("túi").milli, ==, 0);
  g_assert_cmpint (quay_typed_pack ("500 g").milli, ==, 0);
  g_assert_cmpint (quay_typed_pack ("2KG").milli, ==, 0);
  g_assert_cmpint (quay_typed_pack ("2,5 kg").milli, ==, 0);
  g_assert_cmpint (quay_typed_pack ("24 × 500 g").milli, ==, 24000);
  g_assert_cmpint (quay_typed_pack ("24").milli, ==, 24000);
  g_assert_cmpint (quay_typed_pack ("1 thùng 24 gói").milli, ==, 24000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typed/qty", test_qty);
  g_test_add_func ("/typed/day", test_day);
  g_test_add_func ("/typed/clock", test_clock);
  g_test_add_func ("/typed/pack", test_pack);
  return g_test_run ();
}
