/* Lots of consigned goods in a sample shop, before a till opens it: what the page Consignment has to
 * show. usage: make-consign FOLDER */
#include "quay-goods.h"
#include "quay-till-catalog.h"
#include "quay-till-goods.h"
#include "quay-till-partner.h"

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "a field was refused");
}

static QuayId
agree (QuayTill *till, const QuayItem *item)
{
  QuayId id = item->producer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (QuayPartnerEdit) edit = quay_partner_edit_new ();
  edit->terms = g_strdup ("commission");
  edit->commission = g_strdup ("15");
  edit->contract = g_strdup ("07/HĐKG");
  edit->contract_day = g_strdup ("02/01/2026");
  edit->member = g_strdup ("1");
  must (quay_till_save_partner (till, &id, edit, &refusals, &error), error);
  return id;
}

static void
receive (QuayTill *till, const char *sku, gint64 units)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayItem) item = quay_till_item_by_sku (till, sku);
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  QuayVoucherLine *line = quay_voucher_line_new ();
  QuayId id = quay_till_new_id (till);
  line->product = item->product;
  line->name = g_strdup (item->name);
  line->sku = g_strdup (item->sku);
  line->unit = g_strdup (item->unit);
  line->lot = quay_till_new_id (till);
  line->producer = agree (till, item);
  line->qty = line->other = QUAY_UNITS (units);
  line->terms = (QuayTerms){ .kind = QUAY_TERMS_COMMISSION, .commission_bp = 1500 };
  voucher->reason = g_strdup ("consigned");
  voucher->party = line->producer;
  g_ptr_array_add (voucher->lines, line);
  g_autofree char *number =
      quay_till_post_goods (till, &id, QUAY_GOODS_RECEIVED, NULL, voucher, NULL, &error);
  must (number != NULL, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  must (argc == 2, NULL);
  g_autoptr (QuayTill) till = quay_till_open (argv[1], NULL, &error);
  must (till != NULL, error);
  receive (till, "OCOP001", 30);
  receive (till, "OCOP002", 5);
  receive (till, "OCOP003", 20);
  receive (till, "OCOP004", 24);
  quay_till_close (till);
  return 0;
}
