/* Lays out the slip of goods that came back, PHIẾU TRẢ HÀNG: the customer's proof, and, signed, the
 * shop's. Any thread. */
#include "quay-receipt-private.h"

#include "quay-format.h"
#include "quay-words.h"

static void
add_rule (QuayReceipt *receipt, guint style)
{
  quay_receipt_add (receipt, QUAY_ROW_RULE, style, NULL, NULL, NULL);
}

static void
add_pair (QuayReceipt *receipt, guint style, const char *label, QuayMoney amount)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, style, g_strdup (label), NULL,
                     quay_format_money (amount, QUAY_MONEY_BARE));
}

/* Of which receipt, as far as it is known. */
static void
add_origin (QuayReceipt *receipt, const QuayRefundRecord *refund)
{
  gboolean named = refund->of != NULL && *refund->of != '\0';
  g_autofree char *time = refund->of_ts > 0 ? quay_time_to_vi (refund->of_ts) : NULL;
  if (!quay_id_is_nil (&refund->sale))
    quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL,
                       g_strdup_printf ("Của phiếu %s", named ? refund->of : "?"), NULL,
                       g_strdup_printf ("%.10s", time != NULL ? time : ""));
  else if (named)
    quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_SMALL,
                       g_strdup_printf ("Không kèm phiếu mua. Khách nói: %s", refund->of), NULL,
                       NULL);
  else
    quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_SMALL, "Không kèm phiếu mua", NULL, NULL);
}

static void
add_head (QuayReceipt *receipt, const QuayRefundRecord *refund)
{
  quay_receipt_add (receipt, QUAY_ROW_TEXT,
                    QUAY_ROW_CENTRE | QUAY_ROW_BOLD | QUAY_ROW_LARGE | QUAY_ROW_SPACED,
                    "PHIẾU TRẢ HÀNG", NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL | QUAY_ROW_SPACED,
                     g_strdup (refund->number), NULL, quay_time_to_vi (refund->ts));
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL,
                     g_strdup_printf ("Mã: %s", refund->code), NULL,
                     g_strdup_printf ("Thu ngân: %s", refund->who));
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Người cho phép", refund->approver);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Khách quen", refund->customer_name);
  add_origin (receipt, refund);
}

static void
add_line (QuayReceipt *receipt, const QuayBackLine *line)
{
  g_autofree char *qty = quay_format_qty (line->qty, line->unit);
  char *name = line->name != NULL
                   ? quay_receipt_keep_units (line->name)
                   : g_strdup_printf ("Dòng %" G_GINT64_FORMAT " của phiếu", line->line);
  quay_receipt_take (receipt, QUAY_ROW_TEXT, 0, name, NULL, NULL);
  add_pair (receipt, QUAY_ROW_INDENT, qty, line->amount);
  if (!line->restock)
    quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_INDENT | QUAY_ROW_SMALL,
                      "Hàng hỏng, không nhập lại kệ", NULL, NULL);
}

/* How the money went back. */
static char *
payment_text (const QuayRefundRecord *refund, const QuayPayment *payment)
{
  switch (payment->tender)
    {
    case QUAY_TENDER_CASH:
      return g_strdup ("Tiền mặt trả khách");
    case QUAY_TENDER_CARD:
      return g_strdup ("Hoàn vào thẻ");
    case QUAY_TENDER_TRANSFER:
      return g_strdup ("Chuyển khoản trả khách");
    case QUAY_TENDER_DEBT:
      return g_strdup ("Trừ vào nợ");
    case QUAY_TENDER_POINTS:
      return g_strdup ("Trả lại bằng điểm");
    case QUAY_TENDER_EXCHANGE:
      return refund->exchange != NULL ? g_strdup_printf ("Đổi hàng, phiếu %s", refund->exchange)
                                      : g_strdup ("Đổi hàng");
    default:
      return g_strdup (quay_receipt_tender_text (payment->tender, NULL));
    }
}

static void
add_payments (QuayReceipt *receipt, const QuayRefundRecord *refund)
{
  add_rule (receipt, 0);
  for (guint i = 0; refund->payments != NULL && i < refund->payments->len; i++)
    {
      const QuayPayment *payment = refund->payments->pdata[i];
      g_autofree char *text = payment_text (refund, payment);
      if (payment->tender == QUAY_TENDER_ROUNDING)
        quay_receipt_add_rounding (receipt, payment->amount);
      else
        add_pair (receipt, payment->tender == QUAY_TENDER_CASH ? QUAY_ROW_BOLD : 0, text,
                  payment->amount);
    }
  if (refund->owed.dong > 0)
    add_pair (receipt, QUAY_ROW_BOLD, "Còn nợ", refund->owed);
  else if (refund->owed.dong < 0) /* the debt was paid before the goods came back */
    add_pair (receipt, QUAY_ROW_BOLD, "Khách còn dư", QUAY_DONG (-refund->owed.dong));
}

static void
add_total (QuayReceipt *receipt, QuayMoney total)
{
  g_autofree char *words = quay_words_money (total, NULL);
  add_rule (receipt, QUAY_ROW_BOLD);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD | QUAY_ROW_LARGE, g_strdup ("TRẢ LẠI"),
                     NULL, quay_format_money (total, QUAY_MONEY_LETTER));
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Bằng chữ", words);
}

static void
add_signatures (QuayReceipt *receipt)
{
  quay_receipt_add (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL | QUAY_ROW_SPACED, "Khách hàng", NULL,
                    "Người trả tiền");
  for (guint i = 0; i < 2; i++)
    quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_SPACED, " ", NULL, NULL);
}

QuayReceipt *
quay_receipt_new_refund (const QuayShop *shop, const QuayRefundRecord *refund, guint copy)
{
  g_return_val_if_fail (shop != NULL && refund != NULL && refund->number != NULL, NULL);

  g_autofree char *name = quay_receipt_file_name (refund->number, refund->code, copy);
  QuayReceipt *receipt = quay_receipt_new_empty (name);
  quay_receipt_add_copy (receipt, copy);
  quay_receipt_add_shop (receipt, shop);
  add_head (receipt, refund);
  add_rule (receipt, 0);
  for (guint i = 0; refund->lines != NULL && i < refund->lines->len; i++)
    add_line (receipt, refund->lines->pdata[i]);
  add_total (receipt, refund->total);
  add_payments (receipt, refund);
  if (!shop->hides_vat)
    quay_receipt_add_taxes (receipt, refund->taxes);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL | QUAY_ROW_SPACED, "Lý do", refund->why);
  add_signatures (receipt);
  add_rule (receipt, 0);
  quay_receipt_take (receipt, QUAY_ROW_CODE, 0,
                     quay_receipt_code_text (refund->number, refund->code), NULL,
                     g_strdup (QUAY_RECEIPT_NO_INVOICE));
  quay_receipt_add_copy (receipt, copy);
  quay_receipt_add_training (receipt, shop);
  return receipt;
}
