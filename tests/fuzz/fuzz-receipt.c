/* Any bytes as the texts of a sale: no line of the receipt is wider than its paper, nothing in it
 * moves a terminal's cursor; and what the reader of receipt codes takes is what the writer makes.
 */
#include "quay-receipt.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_lines (const char *text, guint columns)
{
  guint cells = 0;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '\n')
        {
          g_assert_cmpuint (cells, <=, columns);
          cells = 0;
          continue;
        }
      g_assert_false (g_unichar_iscntrl (c));
      cells += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  g_assert_cmpuint (cells, ==, 0);
}

static void
check_code (const char *text)
{
  char *number = NULL, *code = NULL;
  if (!quay_receipt_code_parse (text, &number, &code))
    return;
  g_autofree char *again = quay_receipt_code_text (number, code);
  g_assert_cmpstr (again, ==, text);
  g_free (number);
  g_free (code);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  guint columns = 16 + data[0] % 64;
  g_autofree char *text = g_strndup ((const char *)data + 1, size - 1);
  const QuayShop shop = { text, text, text, text, text };
  QuayLine line = { .name = text, .unit = text, .note = text, .qty = QUAY_UNITS (1) };
  QuayPayment payment = { .tender = QUAY_TENDER_CARD, .ref = text };
  QuaySaleRecord sale = { .number = text, .who = text, .buyer_name = text, .note = text };
  sale.lines = g_ptr_array_new ();
  sale.payments = g_ptr_array_new ();
  g_ptr_array_add (sale.lines, &line);
  g_ptr_array_add (sale.payments, &payment);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (&shop, &sale, data[0] & 1);
  g_autofree char *out = quay_receipt_to_text (receipt, columns);
  check_lines (out, columns);
  check_code (text);
  g_ptr_array_unref (sale.lines);
  g_ptr_array_unref (sale.payments);
  return 0;
}
