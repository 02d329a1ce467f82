/* Any bytes as the text of a transfer's QR code: nothing crashes, a refusal leaves the value alone,
 * and what is taken can be made again and reads the same. Also any text as the purpose of one. */
#include "quay-vietqr.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_payload (const char *text, gsize len)
{
  QuayVietqr qr = { .amount = -7 };
  QuayVietqrFault fault = quay_vietqr_parse (text, (gssize)len, &qr);
  g_assert_nonnull (quay_vietqr_fault_name (fault));
  if (fault != QUAY_VIETQR_OK)
    {
      g_assert_cmpint (qr.amount, ==, -7);
      return;
    }
  QuayVietqr again;
  g_autofree char *payload = NULL;
  qr.once |= qr.amount > 0; /* others give an amount with a code for many uses */
  fault = quay_vietqr_build (&qr, &payload);
  if (fault == QUAY_VIETQR_TOO_LONG)
    return; /* not with what we write around it */
  g_assert_cmpint (fault, ==, QUAY_VIETQR_OK);
  g_assert_cmpint (quay_vietqr_parse (payload, -1, &again), ==, QUAY_VIETQR_OK);
  g_assert_true (quay_vietqr_equal (&qr, &again));
}

/* With a right checksum behind it, which a fuzzer does not find. */
static void
check_sealed (const char *text, gsize len)
{
  g_autoptr (GString) payload = g_string_new_len (text, (gssize)len);
  g_string_append (payload, "6304");
  g_string_append_printf (payload, "%04x", quay_vietqr_crc (payload->str, payload->len));
  check_payload (payload->str, payload->len);
}

static void
check_purpose (const char *text)
{
  QuayVietqr qr = { .once = TRUE, .bin = "970405", .account = "8300205012345", .amount = 1 };
  g_autofree char *payload = NULL;
  QUAY_VIETQR_SET (qr.purpose, text);
  QUAY_VIETQR_SET (qr.city, text);
  g_assert_cmpint (quay_vietqr_build (&qr, &payload), ==, QUAY_VIETQR_OK);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  check_payload ((const char *)data, size);
  check_sealed ((const char *)data, size);
  check_purpose (text != NULL ? text : "");
  return 0;
}
