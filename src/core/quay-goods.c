/* Making, copying and freeing documents of goods. Pure. */
#include "quay-goods.h"

#include <string.h>

static const char *const names[QUAY_N_GOODS_KINDS] = {
  [QUAY_GOODS_RECEIVED] = "goods.received", [QUAY_GOODS_ISSUED] = "goods.issued",
  [QUAY_GOODS_MOVED] = "goods.moved",       [QUAY_GOODS_COUNTED] = "goods.counted",
  [QUAY_GOODS_BUNDLED] = "goods.bundled",
};

const char *
quay_goods_name (QuayGoodsKind kind)
{
  return (guint)kind < QUAY_N_GOODS_KINDS ? names[kind] : NULL;
}

gboolean
quay_goods_from_name (const char *name, QuayGoodsKind *kind)
{
  for (guint i = 0; i < QUAY_N_GOODS_KINDS; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *kind = (QuayGoodsKind)i;
        return TRUE;
      }
  return FALSE;
}

QuayVoucherLine *
quay_voucher_line_new (void)
{
  return g_new0 (QuayVoucherLine, 1);
}

QuayVoucherLine *
quay_voucher_line_copy (const QuayVoucherLine *line)
{
  QuayVoucherLine *copy = g_memdup2 (line, sizeof *line);
  copy->sku = g_strdup (line->sku);
  copy->name = g_strdup (line->name);
  copy->unit = g_strdup (line->unit);
  copy->code = g_strdup (line->code);
  copy->trace = g_strdup (line->trace);
  copy->note = g_strdup (line->note);
  return copy;
}

void
quay_voucher_line_free (QuayVoucherLine *line)
{
  if (line == NULL)
    return;
  g_free (line->sku);
  g_free (line->name);
  g_free (line->unit);
  g_free (line->code);
  g_free (line->trace);
  g_free (line->note);
  g_free (line);
}

QuayVoucher *
quay_voucher_new (void)
{
  QuayVoucher *voucher = g_new0 (QuayVoucher, 1);
  voucher->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  return voucher;
}

void
quay_voucher_free (QuayVoucher *voucher)
{
  if (voucher == NULL)
    return;
  g_clear_pointer (&voucher->lines, g_ptr_array_unref);
  g_free (voucher->number);
  g_free (voucher->name);
  g_free (voucher->reason);
  g_free (voucher->ref);
  g_free (voucher->note);
  g_free (voucher);
}

gboolean
quay_voucher_sum (QuayVoucher *voucher)
{
  QuayMoney total = QUAY_DONG (0);
  for (guint i = 0; i < voucher->lines->len; i++)
    if (!quay_money_add (total, ((const QuayVoucherLine *)voucher->lines->pdata[i])->amount,
                         &total))
      return FALSE;
  voucher->total = total;
  return TRUE;
}
