/* Any bytes as a record of the journal: reading them back as written gives the same event, and its
 * rows, or the reason why there are none, come without a crash. */
#include "quay-error.h"
#include "quay-event.h"
#include "quay-row.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_rows (const QuayEvent *event)
{
  QuayRows rows;
  g_autoptr (GError) why = NULL;
  quay_rows_init (&rows);
  gboolean ok = quay_event_rows (event, &rows, &why);
  g_assert_true (ok == (why == NULL));
  if (!ok)
    g_assert_error (why, QUAY_ERROR, QUAY_ERROR_INVALID);
  quay_rows_clear (&rows);
}

static void
check_number (QuayEvent *event)
{
  char **slot;
  if (!quay_event_number (event, &slot))
    return;
  g_autofree char *prefix = quay_event_number_prefix (event, "QT1", "A");
  g_autofree char *number = quay_event_number_format (event, prefix, 42);
  g_assert_true (g_str_has_prefix (number, "QT1A-"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayEvent) event = quay_event_decode (data, size, &error);
  if (event == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = quay_event_encode (event, &error);
  g_assert_no_error (error);
  g_autoptr (QuayEvent) again =
      quay_event_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) twice = quay_event_encode (again, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, twice));
  check_rows (event);
  check_number (event);
  return 0;
}
