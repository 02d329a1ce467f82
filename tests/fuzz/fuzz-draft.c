/* Any text as a cart from the disk: what is read has totals within bounds or none at all, and is
 * the same cart after another trip to the disk. */
#include "quay-draft.h"
#include "quay-tax.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (QuayCart) cart = quay_draft_decode (text, &error);
  if (cart == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  g_assert_no_error (error);
  g_autofree char *first = quay_draft_encode (cart);
  g_autoptr (QuayCart) again = quay_draft_decode (first, &error);
  g_assert_no_error (error);
  g_autofree char *second = quay_draft_encode (again);
  g_assert_cmpstr (first, ==, second);
  quay_cart_totals (cart);
  quay_cart_needs_age (cart);
  quay_tax_apply (cart->lines, NULL, NULL);
  return 0;
}
