/* Any text as a document of goods that was being filled in: what is read is what may be kept, and
 * is the same after another trip to the disk; its sums are within bounds or none. */
#include "quay-body-stock.h"
#include "quay-json-read.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
read_draft (const char *text, gsize length, QuayVoucher *voucher)
{
  g_auto (QuayJson) json;
  g_autoptr (GError) error = NULL;
  const QuayJsonValue *object = quay_json_read (&json, text, length);
  if (object == NULL)
    return FALSE;
  gboolean read = quay_shape_decode (&quay_shape_voucher, object, voucher, &error);
  g_assert_true (read == (error == NULL));
  return read;
}

static char *
write_draft (const QuayVoucher *voucher)
{
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new ("{");
  g_assert_true (quay_shape_check (&quay_shape_voucher, voucher, &error));
  g_assert_no_error (error);
  quay_shape_write (&quay_shape_voucher, voucher, text);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  QuayVoucher voucher = { 0 }, again = { 0 };
  if (read_draft ((const char *)data, size, &voucher))
    {
      g_autofree char *first = write_draft (&voucher);
      g_assert_nonnull (voucher.lines);
      g_assert_true (read_draft (first, strlen (first), &again));
      g_autofree char *second = write_draft (&again);
      g_assert_cmpstr (first, ==, second);
      if (quay_voucher_sum (&voucher))
        g_assert_true (quay_money_in_range (voucher.total));
    }
  quay_shape_clear (&quay_shape_voucher, &voucher);
  quay_shape_clear (&quay_shape_voucher, &again);
  return 0;
}
