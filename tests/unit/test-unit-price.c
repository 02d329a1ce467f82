/* Sizes of packs out of names, and what a kilogram or litre costs. */
#include "quay-unit-price.h"

static void
test_sizes (void)
{
  static const struct
  {
    const char *name;
    gint64 milli; /* 0: not known */
    const char *unit;
  } cases[] = {
    { "Miến dong Tài Hoan 500 g", 500, "kg" },
    { "Miến dong 500g (gói)", 500, "kg" },
    { "Gạo nếp Tân Sơn 2 kg", 2000, "kg" },
    { "Rượu men lá 1,5 lít", 1500, "lít" },
    { "Mật ong rừng 500 ml", 500, "lít" },
    { "Giấm 5L", 5000, "lít" },
    { "Trà 50 Gam", 50, "kg" },
    { "Bộ 3 gói 100 g", 100, "kg" },
    { "Trà túi lọc 20 x 2 g", 0, NULL },
    { "Trà túi lọc 20×2g", 0, NULL },
    { "Bí xanh thơm Ba Bể", 0, NULL },
    { "Rượu 29 độ", 0, NULL },
    { "Hộp 6 gói", 0, NULL },
    { "Thẻ 5G", 5, "kg" }, /* a name says what it says */
    { "Trà 0 g", 0, NULL },
    { "A1000 gt", 0, NULL },
    { "", 0, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QuayQty size = QUAY_MILLI (0);
      const char *unit = NULL;
      gboolean known = quay_pack_size (cases[i].name, &size, &unit);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (known, ==, cases[i].milli != 0);
      g_assert_cmpint (known ? size.milli : 0, ==, cases[i].milli);
      g_assert_cmpstr (unit, ==, cases[i].unit);
    }
}

static void
test_price (void)
{
  QuayMoney per;
  const char *unit;
  g_assert_true (quay_unit_price ("Miến 500 g", QUAY_DONG (65000), &per, &unit));
  g_assert_cmpint (per.dong, ==, 130000);
  g_assert_true (quay_unit_price ("Trà 300 g", QUAY_DONG (100000), &per, &unit));
  g_assert_cmpint (per.dong, ==, 333333);
  g_assert_false (quay_unit_price ("Bí xanh", QUAY_DONG (18000), &per, &unit));
  g_assert_false (quay_unit_price ("Vàng 1 g", QUAY_DONG (QUAY_MONEY_MAX), &per, &unit));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit-price/sizes", test_sizes);
  g_test_add_func ("/unit-price/price", test_price);
  return g_test_run ();
}
