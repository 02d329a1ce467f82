/* Any bytes as a catalogue to import into a small shop: what it would do is told without a crash,
 * each row is counted once, and nothing is changed by looking. */
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-till-catalog.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static QuayTestShop shop;

static void
close_shop (void)
{
  quay_test_shop_clear (&shop);
}

static void
check_refusals (GPtrArray *refused)
{
  for (guint i = 0; i < refused->len; i++)
    {
      const QuayRefusal *refusal = refused->pdata[i];
      g_assert_cmpuint (refusal->row, >, 0);
      g_assert_nonnull (refusal->column);
      g_assert_true (g_utf8_validate (refusal->why, -1, NULL));
      g_assert_true (g_utf8_validate (refusal->why_vi, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  if (shop.till == NULL)
    {
      quay_test_shop_init (&shop, TRUE);
      atexit (close_shop);
    }
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (QuayImport) import = quay_import_read_bytes (shop.till, bytes, "tệp.csv", &error);
  if (import == NULL)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      return 0;
    }
  g_assert_no_error (error);
  QuayImportSums sums = quay_import_sums (import);
  g_assert_cmpuint (sums.added + sums.changed, ==, quay_import_changes (import)->len);
  g_assert_cmpuint (sums.added + sums.changed + sums.same, <=, sums.rows);
  check_refusals (sums.refused);
  return 0;
}
