/* make-lot SHOP CODE UNITS EXPIRES LOT: receives a lot of a product into a shop, as its till would.
 * EXPIRES: yyyymmdd, 0 for none. */
#include "quay-goods.h"
#include "quay-till-goods.h"
#include "quay-till-sell.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 6)
    return 2;
  g_autoptr (QuayTill) till = quay_till_open (argv[1], NULL, &error);
  if (till == NULL)
    g_error ("%s", error->message);
  g_autoptr (QuayScanned) scanned = quay_till_scan (till, argv[2]);
  if (scanned->item == NULL)
    g_error ("no product '%s'", argv[2]);
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (till);
  line->product = scanned->item->product;
  line->name = g_strdup (scanned->item->name);
  line->lot = quay_till_new_id (till);
  line->qty = QUAY_UNITS (g_ascii_strtoll (argv[3], NULL, 10));
  line->expires = g_ascii_strtoll (argv[4], NULL, 10);
  line->code = g_strdup (argv[5]);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  voucher->reason = g_strdup ("consigned");
  g_ptr_array_add (voucher->lines, line);
  g_autofree char *number =
      quay_till_post_goods (till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  if (number == NULL)
    g_error ("%s", error->message);
  quay_till_close (till);
  return 0;
}
