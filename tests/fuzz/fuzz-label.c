/* Any bytes as the code of a product and the number of a lot: a barcode is drawn or there is none,
 * and what a lot's label says is what a scan of it says. */
#include "quay-gs1.h"
#include "quay-label-code.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_bars (QuayBars *bars)
{
  if (bars == NULL)
    return;
  g_assert_cmpuint (bars->n, >, 0);
  g_assert_true (g_utf8_validate (bars->text, -1, NULL));
  for (guint i = 0; i < bars->n; i++)
    g_assert_cmpuint (bars->dark[i], <=, 1);
  quay_bars_free (bars);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char gtin[] = "09520123456788";
  if (size == 0)
    return 0;
  g_autofree char *raw = g_strndup ((const char *)data + 1, size - 1);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  QuayDay expires = data[0] & 1 ? 20270131 : 0;
  check_bars (quay_bars_of_code (text));
  check_bars (quay_bars_of_lot (gtin, text, expires));
  check_bars (quay_bars_of_lot (text, text, expires));
  g_autofree char *shown = quay_lot_code_text (gtin, text, expires);
  g_assert_nonnull (shown);
  g_assert_true (g_str_has_prefix (shown, "(01)09520123456788"));
  return 0;
}
