/* The CSV reader on any bytes: it ends, keeps its limits, and what it read once and wrote out again
 * reads the same. */
#include "quay-csv.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Reads one written row back and compares. */
static void
check_round_trip (const char *const *fields, guint n_fields)
{
  g_autoptr (GString) out = g_string_new (QUAY_CSV_BOM);
  const char *const *again = NULL;
  guint n_again = 0;
  g_autoptr (GError) error = NULL;

  quay_csv_append_row (out, ',', fields, n_fields);
  const QuayCsvLimits limits = { .delimiter = ',', .max_row = 1 << 20, .max_field = 1 << 20 };
  g_autoptr (QuayCsv) csv = quay_csv_new (out->str, out->len, &limits);

  g_assert_cmpint (quay_csv_next (csv, &again, &n_again, &error), ==, QUAY_CSV_ROW);
  g_assert_no_error (error);
  g_assert_cmpuint (n_again, ==, n_fields);
  for (guint i = 0; i < n_fields; i++)
    g_assert_cmpstr (again[i], ==, fields[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (QuayCsv) csv = quay_csv_new ((const char *)data, size, NULL);
  const char *const *fields = NULL;
  guint n_fields = 0;
  gsize rows = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      const QuayCsvResult result = quay_csv_next (csv, &fields, &n_fields, &error);

      if (result == QUAY_CSV_END)
        break;
      g_assert_cmpuint (++rows, <=, size + 1);
      if (result == QUAY_CSV_ERROR)
        {
          g_assert_nonnull (error);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n_fields, >=, 1);
      g_assert_cmpuint (n_fields, <=, 64);
      check_round_trip (fields, n_fields);
    }
  return 0;
}
