/* Consigned goods that go back to their producer. Thread: main. */
#include "quay-till-settle.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-consign.h"
#include "quay-reader-lots.h"
#include "quay-till-documents.h"
#include "quay-till-goods.h"

/* What lies of a lot at the counter's place. */
static QuayQty
left_here (QuayTill *till, const QuaySettledLot *lot)
{
  g_autoptr (GPtrArray) lots = quay_reader_lots (till->reader, &till->floor, &lot->product);
  for (guint i = 0; i < lots->len; i++)
    if (quay_id_equal (&((QuayLot *)lots->pdata[i])->id, &lot->lot))
      return ((QuayLot *)lots->pdata[i])->qty;
  return QUAY_MILLI (0);
}

static QuayVoucher *
fill_in (QuayTill *till, const QuayPartner *partner, GPtrArray *lots)
{
  QuayVoucher *voucher = quay_voucher_new ();
  voucher->party = partner->id;
  voucher->name = g_strdup (partner->name);
  voucher->reason = g_strdup ("returned");
  for (guint i = 0; i < lots->len; i++)
    {
      const QuaySettledLot *lot = lots->pdata[i];
      QuayQty left = left_here (till, lot);
      if (left.milli <= 0)
        continue;
      QuayVoucherLine *line = quay_voucher_line_new ();
      line->product = lot->product;
      line->lot = lot->lot;
      line->sku = g_strdup (lot->sku);
      line->name = g_strdup (lot->name);
      line->unit = g_strdup (lot->unit);
      line->qty = line->other = left;
      g_ptr_array_add (voucher->lines, line);
    }
  return voucher;
}

char *
quay_till_give_unsold (QuayTill *till, const QuayId *id, const QuayId *producer, GError **error)
{
  g_autoptr (QuayDocument) earlier = quay_till_document (till, id);
  g_autoptr (QuayPartner) partner = quay_reader_partner (till->reader, producer);
  if (earlier != NULL)
    return g_strdup (earlier->voucher->number);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (partner == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such producer");
      return NULL;
    }
  g_autoptr (GPtrArray) lots = quay_reader_unsettled (till->reader, producer);
  g_autoptr (QuayVoucher) voucher = fill_in (till, partner, lots);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (voucher->lines->len == 0)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "nothing of theirs lies here");
      return NULL;
    }
  return quay_till_post_goods (till, id, QUAY_GOODS_ISSUED, NULL, voucher, NULL, error);
}
