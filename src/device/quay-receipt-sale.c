/* Lays out the receipt of a sale, PHIẾU BÁN HÀNG: what the customer takes home and what brings the
 * sale back when the paper returns. Any thread. */
#include "quay-receipt-private.h"

#include "quay-format.h"
#include "quay-words.h"

#define TIMES " × "

static void
add_head (QuayReceipt *receipt, const QuaySaleRecord *sale)
{
  quay_receipt_add (receipt, QUAY_ROW_TEXT,
                    QUAY_ROW_CENTRE | QUAY_ROW_BOLD | QUAY_ROW_LARGE | QUAY_ROW_SPACED,
                    "PHIẾU BÁN HÀNG", NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL | QUAY_ROW_SPACED,
                     g_strdup_printf ("Số: %s", sale->number), NULL, quay_time_to_vi (sale->ts));
  g_autofree char *code = g_strdup_printf ("Mã: %s", sale->code);
  if (sale->who != NULL && *sale->who != '\0')
    quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_SMALL, g_steal_pointer (&code), NULL,
                       g_strdup_printf ("Thu ngân: %s", sale->who));
  else
    quay_receipt_add (receipt, QUAY_ROW_TEXT, QUAY_ROW_SMALL, code, NULL, NULL);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Khách hàng", sale->buyer_name);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "MST khách", sale->buyer_tax);
}

/* "gói 500 g" must not break before its unit. */
char *
quay_receipt_keep_units (const char *name)
{
  GString *out = g_string_new (NULL);
  for (const char *p = name; *p != '\0'; p++)
    if (*p == ' ' && p > name && g_ascii_isdigit (p[-1]) &&
        g_unichar_isalpha (g_utf8_get_char_validated (p + 1, -1)))
      g_string_append (out, QUAY_NBSP);
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* What was bought, before its amount: "2 gói × 65.000". The amount of a priced label is what the
 * label says, which weight times price need not give to the đồng. */
static char *
line_sum (const QuayLine *line)
{
  g_autofree char *qty = quay_format_qty (line->qty, line->unit);
  if (line->kind == QUAY_LINE_PRICED)
    return line->price.dong > 0 ? g_strdup_printf ("Giá trên tem (%s)", qty)
                                : g_strdup ("Giá trên tem");
  g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_BARE);
  return g_strconcat (qty, TIMES, price, NULL);
}

static void
add_off (QuayReceipt *receipt, guint style, const char *name, QuayMoney amount)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, style, g_strdup (name), NULL,
                     quay_format_money (QUAY_DONG (-amount.dong), QUAY_MONEY_BARE));
}

/* A promotion by its name; a discount by hand with its reason. */
static char *
off_name (const QuayOff *off)
{
  static const char *const titles[] = { "Giảm giá", "Giảm cả phiếu", "Khuyến mại", "Gần hết hạn" };
  const char *title = titles[off->kind];
  if (off->name == NULL || *off->name == '\0')
    return g_strdup (title);
  return off->kind == QUAY_OFF_LINE || off->kind == QUAY_OFF_CART
             ? g_strdup_printf ("%s (%s)", title, off->name)
             : g_strdup (off->name);
}

/* The cart's discount is told once, below the lines. */
static void
add_offs (QuayReceipt *receipt, const QuayLine *line)
{
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    {
      const QuayOff *off = line->offs->pdata[i];
      g_autofree char *name = off_name (off);
      if (off->kind != QUAY_OFF_CART)
        add_off (receipt, QUAY_ROW_INDENT | QUAY_ROW_SMALL, name, off->amount);
    }
}

static void
add_line (QuayReceipt *receipt, const QuayLine *line)
{
  quay_receipt_take (receipt, QUAY_ROW_TEXT, 0,
                     quay_receipt_keep_units (line->name != NULL ? line->name : ""), NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_INDENT, line_sum (line), NULL,
                     quay_format_money (quay_line_gross (line), QUAY_MONEY_BARE));
  add_offs (receipt, line);
  QuayQty gross;
  if (line->tare.milli > 0 && quay_qty_add (line->qty, line->tare, &gross))
    {
      g_autofree char *whole = quay_format_qty (gross, line->unit);
      g_autofree char *tare = quay_format_qty (line->tare, line->unit);
      quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_INDENT | QUAY_ROW_SMALL,
                         g_strdup_printf ("Cân cả bì %s, trừ bì %s", whole, tare), NULL, NULL);
    }
  quay_receipt_add_labelled (receipt, QUAY_ROW_INDENT | QUAY_ROW_SMALL, "Ghi chú", line->note);
}

/* What the goods would have cost, and what was taken off; nothing where nothing was. */
static void
add_saved (QuayReceipt *receipt, GPtrArray *lines)
{
  QuayMoney gross = QUAY_DONG (0), saved = QUAY_DONG (0), whole = QUAY_DONG (0);
  g_autofree char *name = NULL;
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const QuayLine *line = lines->pdata[i];
      gross.dong += quay_line_gross (line).dong;
      saved.dong += quay_line_off (line).dong;
      for (guint k = 0; line->offs != NULL && k < line->offs->len; k++)
        {
          const QuayOff *off = line->offs->pdata[k];
          if (off->kind != QUAY_OFF_CART)
            continue;
          whole.dong += off->amount.dong;
          if (name == NULL)
            name = off_name (off);
        }
    }
  if (saved.dong == 0)
    return;
  quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_strdup ("Tiền hàng"), NULL,
                     quay_format_money (gross, QUAY_MONEY_BARE));
  if (whole.dong > 0)
    add_off (receipt, QUAY_ROW_INDENT | QUAY_ROW_SMALL, name, whole);
  add_off (receipt, QUAY_ROW_BOLD, "Quý khách được giảm", saved);
}

static void
add_total (QuayReceipt *receipt, QuayMoney total)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD | QUAY_ROW_LARGE, g_strdup ("TỔNG CỘNG"),
                     NULL, quay_format_money (total, QUAY_MONEY_LETTER));
  g_autofree char *words = quay_words_money (total, NULL);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Bằng chữ", words);
}

/* Seen from the total: what is rounded up is added to it. */
void
quay_receipt_add_rounding (QuayReceipt *receipt, QuayMoney amount)
{
  g_autofree char *size = quay_format_money (QUAY_DONG (ABS (amount.dong)), QUAY_MONEY_BARE);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, 0,
                     g_strdup (quay_receipt_tender_text (QUAY_TENDER_ROUNDING, NULL)), NULL,
                     g_strconcat (amount.dong > 0 ? "−" : "+", size, NULL));
}

static void
add_payment (QuayReceipt *receipt, const QuayPayment *payment)
{
  const char *tender = quay_receipt_tender_text (payment->tender, NULL);
  if (payment->tender == QUAY_TENDER_ROUNDING)
    {
      quay_receipt_add_rounding (receipt, payment->amount);
      return;
    }
  g_autofree char *label = NULL;
  if (payment->tender == QUAY_TENDER_CASH)
    label = g_strdup (payment->change.dong > 0 ? "Tiền mặt khách đưa" : tender);
  else if (payment->ref != NULL && *payment->ref != '\0')
    label = g_strdup_printf ("%s (%s)", tender, payment->ref);
  else
    label = g_strdup (tender);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_steal_pointer (&label), NULL,
                     quay_format_money (payment->given, QUAY_MONEY_BARE));
  if (payment->change.dong > 0)
    quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD, g_strdup ("Tiền thối lại"), NULL,
                       quay_format_money (payment->change, QUAY_MONEY_BARE));
}

static void
add_payments (QuayReceipt *receipt, const QuaySaleRecord *sale)
{
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  for (guint i = 0; sale->payments != NULL && i < sale->payments->len; i++)
    add_payment (receipt, sale->payments->pdata[i]);
  if (sale->refunded.dong > 0)
    quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD, g_strdup ("Đã hoàn lại khách"), NULL,
                       quay_format_money (sale->refunded, QUAY_MONEY_BARE));
}

/* What the customer owes now, and the points. */
static void
add_account (QuayReceipt *receipt, const QuaySaleRecord *sale)
{
  if (sale->customer_name == NULL)
    return;
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL, "Khách quen", sale->customer_name);
  if (sale->owed.dong > 0)
    quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD, g_strdup ("Còn nợ"), NULL,
                       quay_format_money (sale->owed, QUAY_MONEY_BARE));
  if (sale->points != 0)
    quay_receipt_take (receipt, QUAY_ROW_PAIR, 0,
                       g_strdup_printf ("Điểm lần này %+" G_GINT64_FORMAT, sale->points), NULL,
                       g_strdup_printf ("còn %" G_GINT64_FORMAT, sale->points_left));
}

void
quay_receipt_add_taxes (QuayReceipt *receipt, const GArray *taxes)
{
  if (taxes == NULL || taxes->len == 0)
    return;
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  quay_receipt_add (receipt, QUAY_ROW_COLUMNS, QUAY_ROW_SMALL, "Gồm thuế GTGT", "Chưa thuế",
                    "Thuế");
  for (guint i = 0; i < taxes->len; i++)
    {
      const QuayTaxRow *tax = &g_array_index (taxes, QuayTaxRow, i);
      quay_receipt_take (receipt, QUAY_ROW_COLUMNS, QUAY_ROW_SMALL,
                         quay_receipt_rate_text (tax->rate_bp),
                         quay_format_money (tax->net, QUAY_MONEY_BARE),
                         quay_receipt_vat_text (tax->rate_bp, tax->vat));
    }
}

void
quay_receipt_add_copy (QuayReceipt *receipt, guint copy)
{
  if (copy > 0)
    quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_BANNER | QUAY_ROW_BOLD,
                       g_strdup_printf ("BẢN IN LẠI – LẦN %u", copy), NULL, NULL);
}

char *
quay_receipt_file_name (const char *number, const char *code, guint copy)
{
  return copy == 0 ? g_strdup_printf ("%s-%s", number, code)
                   : g_strdup_printf ("%s-%s-in-lai-%u", number, code, copy);
}

QuayReceipt *
quay_receipt_new (const QuayShop *shop, const QuaySaleRecord *sale, guint copy)
{
  g_return_val_if_fail (shop != NULL && sale != NULL && sale->number != NULL, NULL);

  g_autofree char *name = quay_receipt_file_name (sale->number, sale->code, copy);
  QuayReceipt *receipt = quay_receipt_new_empty (name);
  quay_receipt_add_copy (receipt, copy);
  quay_receipt_add_shop (receipt, shop);
  add_head (receipt, sale);
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  for (guint i = 0; sale->lines != NULL && i < sale->lines->len; i++)
    add_line (receipt, sale->lines->pdata[i]);
  quay_receipt_add (receipt, QUAY_ROW_RULE, QUAY_ROW_BOLD, NULL, NULL, NULL);
  add_saved (receipt, sale->lines);
  add_total (receipt, sale->total);
  add_payments (receipt, sale);
  add_account (receipt, sale);
  if (!shop->hides_vat)
    quay_receipt_add_taxes (receipt, sale->taxes);
  quay_receipt_add_training (receipt, shop);
  quay_receipt_add_labelled (receipt, QUAY_ROW_SMALL | QUAY_ROW_SPACED, "Ghi chú", sale->note);
  quay_receipt_add (receipt, QUAY_ROW_RULE, 0, NULL, NULL, NULL);
  quay_receipt_take (receipt, QUAY_ROW_CODE, 0, quay_receipt_code_text (sale->number, sale->code),
                     g_strdup (shop->thanks), g_strdup (QUAY_RECEIPT_NO_INVOICE));
  quay_receipt_add_copy (receipt, copy);
  quay_receipt_add_training (receipt, shop);
  return receipt;
}
