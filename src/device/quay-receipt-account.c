/* Lays out a customer's statement on the paper of receipts. Any thread. */
#include "quay-receipt-private.h"

#include "quay-format.h"

#define LINES 20 /* the newest; what was before is one sum */

static const char *const age_names[QUAY_N_AGES] = { "Đến 30 ngày", "31–60 ngày", "61–90 ngày",
                                                    "Trên 90 ngày" };

static void
add_line (QuayReceipt *receipt, const QuayCustomerLine *line)
{
  const char *beside = line->why != NULL ? line->why : line->doc;
  const char *what = quay_customer_line_name (line->kind);
  g_autofree char *day = quay_day_to_vi (line->day);
  quay_receipt_take (receipt, QUAY_ROW_TEXT, 0,
                     beside != NULL ? g_strdup_printf ("%s: %s", what, beside) : g_strdup (what),
                     NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_INDENT,
                     g_strdup_printf ("%s %s", day, line->number), NULL,
                     quay_format_money (line->amount, QUAY_MONEY_BARE));
}

static void
add_lines (QuayReceipt *receipt, const GPtrArray *lines)
{
  guint shown = MIN (lines->len, LINES);
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  if (lines->len > shown)
    quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_strdup ("Nợ trước đó"), NULL,
                       quay_format_money (((const QuayCustomerLine *)lines->pdata[shown])->balance,
                                          QUAY_MONEY_BARE));
  for (guint i = shown; i-- > 0;)
    if (((const QuayCustomerLine *)lines->pdata[i])->amount.dong != 0)
      add_line (receipt, lines->pdata[i]);
  quay_receipt_add (receipt, QUAY_ROW_RULE, QUAY_ROW_BOLD, NULL, NULL, NULL);
}

QuayReceipt *
quay_receipt_new_account (const QuayShop *shop, const QuayCustomer *customer,
                          const GPtrArray *lines, gint64 ts)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  g_return_val_if_fail (shop != NULL && customer != NULL && lines != NULL, NULL);

  quay_id_to_text (&customer->id, id);
  g_autofree char *name = g_strdup_printf ("cong-no-%s", id + QUAY_ID_TEXT_LEN - 6);
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *phone = quay_phone_mask (customer->phone);
  QuayReceipt *receipt = quay_receipt_new_empty (name);
  quay_receipt_add_shop (receipt, shop);
  quay_receipt_add (receipt, QUAY_ROW_TEXT,
                    QUAY_ROW_CENTRE | QUAY_ROW_BOLD | QUAY_ROW_LARGE | QUAY_ROW_SPACED, "SỔ NỢ",
                    NULL, NULL);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SPACED, "Khách hàng", title);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Điện thoại", phone);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL, g_strdup ("Đến lúc"), NULL,
                     quay_time_to_vi (ts));
  add_lines (receipt, lines);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD | QUAY_ROW_LARGE, g_strdup ("CÒN NỢ"),
                     NULL, quay_format_money (customer->debt, QUAY_MONEY_LETTER));
  for (guint i = 0; i < QUAY_N_AGES; i++)
    if (customer->ages[i].dong != 0)
      quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL, g_strdup (age_names[i]), NULL,
                         quay_format_money (customer->ages[i], QUAY_MONEY_BARE));
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  return receipt;
}
