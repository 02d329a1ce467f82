/* Lays out the slip of an order, PHIẾU ĐẶT HÀNG: what was ordered, what was paid ahead, what is
 * left to pay. Any thread. */
#include "quay-receipt-private.h"

#include "quay-format.h"
#include "quay-words.h"

#define NO_INVOICE "Phiếu này không thay thế hoá" QUAY_NBSP "đơn" QUAY_NBSP "GTGT."

static void
add_money (QuayReceipt *receipt, guint style, const char *label, QuayMoney amount)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, style, g_strdup (label), NULL,
                     quay_format_money (amount, QUAY_MONEY_BARE));
}

static void
add_head (QuayReceipt *receipt, const QuayOrderRecord *order)
{
  quay_receipt_add (receipt, QUAY_ROW_TEXT,
                    QUAY_ROW_CENTRE | QUAY_ROW_BOLD | QUAY_ROW_LARGE | QUAY_ROW_SPACED,
                    "PHIẾU ĐẶT HÀNG", NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL | QUAY_ROW_SPACED,
                     g_strdup_printf ("Số: %s", order->number), NULL, quay_time_to_vi (order->ts));
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Người nhận", order->who);
  quay_receipt_add_labelled (receipt, 0, "Khách đặt", order->name);
  quay_receipt_add_labelled (receipt, 0, "Điện thoại", order->phone);
  g_autofree char *due = order->due != 0 ? quay_day_to_vi (order->due) : NULL;
  quay_receipt_add_labelled (receipt, QUAY_ROW_BOLD, "Ngày giao", due);
}

static void
add_line (QuayReceipt *receipt, const QuayLine *line)
{
  g_autofree char *qty = quay_format_qty (line->qty, line->unit);
  g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_BARE);
  quay_receipt_add (receipt, QUAY_ROW_TEXT, 0, line->name, NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_INDENT, g_strconcat (qty, " × ", price, NULL),
                     NULL, quay_format_money (line->amount, QUAY_MONEY_BARE));
  quay_receipt_add_labelled (receipt, QUAY_ROW_INDENT | QUAY_ROW_SMALL, "Ghi chú", line->note);
}

static void
add_sums (QuayReceipt *receipt, const QuayOrderRecord *order)
{
  QuayMoney rest = QUAY_DONG (order->total.dong - order->deposit.dong);
  g_autofree char *paid =
      g_strdup_printf ("Đã đặt cọc (%s)", quay_receipt_tender_text (order->tender, NULL));
  quay_receipt_add (receipt, QUAY_ROW_RULE, QUAY_ROW_BOLD, NULL, NULL, NULL);
  add_money (receipt, QUAY_ROW_BOLD, "TỔNG CỘNG", order->total);
  add_money (receipt, 0, order->deposit.dong > 0 ? paid : "Đã đặt cọc", order->deposit);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD | QUAY_ROW_LARGE, g_strdup ("CÒN TRẢ"),
                     NULL, quay_format_money (rest, QUAY_MONEY_LETTER));
  g_autofree char *words = quay_words_money (rest, NULL);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Bằng chữ", words);
}

static void
add_fact (QuayReceipt *receipt, const char *label, char *value)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_strdup (label), NULL, value);
}

/* All that is needed to pay by hand where the code can't be read. */
static void
add_transfer (QuayReceipt *receipt, const QuayTransfer *transfer)
{
  const QuayBankAccount *account = transfer->account;
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_CENTRE | QUAY_ROW_BOLD,
                    "Quét mã để chuyển khoản", NULL, NULL);
  quay_receipt_add (receipt, QUAY_ROW_PAYMENT, 0, transfer->payload, NULL, NULL);
  add_fact (receipt, "Ngân hàng", g_strdup (account->bank));
  add_fact (receipt, "Số tài khoản", quay_bank_number_groups (account->number));
  quay_receipt_add_labelled (receipt, 0, "Chủ tài khoản", account->holder);
  add_fact (receipt, "Số tiền", quay_format_money (transfer->amount, QUAY_MONEY_LETTER));
  add_fact (receipt, "Nội dung", g_strdup (transfer->code));
}

QuayReceipt *
quay_receipt_new_order (const QuayShop *shop, const QuayOrderRecord *order,
                        const QuayTransfer *transfer)
{
  g_return_val_if_fail (shop != NULL && order != NULL && order->number != NULL, NULL);

  QuayReceipt *receipt = quay_receipt_new_empty (order->number);
  quay_receipt_add_shop (receipt, shop);
  add_head (receipt, order);
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  for (guint i = 0; order->lines != NULL && i < order->lines->len; i++)
    add_line (receipt, order->lines->pdata[i]);
  add_sums (receipt, order);
  if (transfer != NULL)
    add_transfer (receipt, transfer);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL | QUAY_ROW_SPACED, "Ghi chú", order->note);
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  quay_receipt_add (receipt, QUAY_ROW_CODE, 0, order->number, shop->thanks,
                    "Giữ phiếu này để nhận hàng. " NO_INVOICE);
  return receipt;
}
