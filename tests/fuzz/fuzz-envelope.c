/* Any bytes as an envelope, packed or not: what is taken is within bounds and is written back so
 * that it reads the same. */
#include "quay-error.h"
#include "quay-event.h"
#include "quay-wire.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Small, so that a bomb that gets through is seen as a read beyond it. */
#define LIMIT (64 * 1024)

static void
check_records (const QuayEnvelope *envelope)
{
  for (guint i = 0; i < envelope->records->len; i++)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (envelope->records->pdata[i], &len);
      g_assert_cmpuint (len, >, 0);
      g_assert_cmpuint (len, <=, QUAY_EVENT_MAX_BYTES);
      g_assert_null (memchr (bytes, '\n', len));
    }
}

static void
check_hashes (const QuayEnvelope *envelope)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  gboolean good = quay_envelope_check (envelope, hashes);
  const QuayHash *last = &envelope->prev;
  g_assert_cmpuint (hashes->len, ==, envelope->records->len);
  if (hashes->len > 0)
    last = &g_array_index (hashes, QuayHash, hashes->len - 1);
  g_assert_true (good == quay_hash_equal (last, &envelope->head));
}

static void
check_envelope (GBytes *bytes, guint max)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, max, &error);
  if (envelope == NULL)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (envelope->records->len, <=, max);
  g_assert_cmpint (envelope->from, >=, 1);
  check_records (envelope);
  check_hashes (envelope);
  g_autoptr (GBytes) once = quay_envelope_encode (envelope);
  g_autoptr (QuayEnvelope) again = quay_envelope_decode (once, max, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) twice = quay_envelope_encode (again);
  g_assert_true (g_bytes_equal (once, twice));
}

static void
check_packed (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = quay_wire_unpack (data, size, LIMIT, &error);
  if (plain == NULL)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (plain), <=, LIMIT);
  g_autoptr (GBytes) packed = quay_wire_pack (plain);
  g_autoptr (GBytes) back =
      quay_wire_unpack (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), LIMIT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, plain));
  check_envelope (plain, QUAY_WIRE_RECORDS_DOWN);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  check_envelope (bytes, QUAY_WIRE_RECORDS_UP);
  check_envelope (bytes, 1);
  check_packed (data, size);
  return 0;
}
