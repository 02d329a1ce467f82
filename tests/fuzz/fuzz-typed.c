/* Any bytes as what hands type into a document of goods: a quantity in cartons, a day, the size of
 * a carton. What is taken is within bounds, and typed again it is the same. */
#include "quay-format.h"
#include "quay-typed.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_qty (const char *text, const char *unit, QuayQty pack)
{
  QuayQty qty, back;
  g_autoptr (GError) error = NULL;
  if (!quay_typed_qty (text, unit, pack, &qty, &error))
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (qty.milli >= 0 && quay_qty_in_range (qty));
  g_autofree char *shown = quay_format_qty (qty, NULL);
  g_assert_true (quay_typed_qty (shown, unit, pack, &back, NULL));
  g_assert_cmpint (back.milli, ==, qty.milli);
}

static void
check_day (const char *text)
{
  QuayDay day, back;
  if (!quay_typed_day (text, &day) || day == 0)
    return;
  g_assert_true (quay_day_is_valid (day));
  g_autofree char *iso =
      g_strdup_printf ("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
  g_assert_true (quay_typed_day (iso, &back));
  g_assert_cmpint (back, ==, day);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const units[] = { NULL, "gói", "kg", "hộp" };
  if (size == 0)
    return 0;
  g_autofree char *text = g_strndup ((const char *)data + 1, size - 1);
  QuayQty pack = quay_typed_pack (text);
  g_assert_true (pack.milli >= 0 && quay_qty_in_range (pack));
  check_qty (text, units[data[0] % G_N_ELEMENTS (units)], QUAY_UNITS (data[0] / 4));
  check_qty (text, text, pack);
  check_day (text);
  return 0;
}
