/* Lays out the figures of a day, or of several, for the receipt's paper. Any thread. */
#include "quay-receipt-private.h"

#include "quay-format.h"

static void
add_rule (QuayReceipt *receipt, guint style)
{
  quay_receipt_add (receipt, QUAY_ROW_RULE, style, NULL, NULL, NULL);
}

static void
add_money (QuayReceipt *receipt, guint style, const char *label, QuayMoney amount)
{
  quay_receipt_take (receipt, QUAY_ROW_PAIR, style, g_strdup (label), NULL,
                     quay_format_money (amount, QUAY_MONEY_BARE));
}

static void
add_head (QuayReceipt *receipt, const QuayReport *report)
{
  gboolean one_day = report->from == report->to;
  quay_receipt_add (receipt, QUAY_ROW_TEXT,
                    QUAY_ROW_CENTRE | QUAY_ROW_BOLD | QUAY_ROW_LARGE | QUAY_ROW_SPACED,
                    one_day ? "BÁO CÁO CUỐI NGÀY" : "BÁO CÁO BÁN HÀNG", NULL, NULL);
  g_autofree char *from = quay_day_to_vi (report->from);
  g_autofree char *to = quay_day_to_vi (report->to);
  quay_receipt_take (receipt, QUAY_ROW_TEXT, QUAY_ROW_CENTRE,
                     one_day ? g_strdup_printf ("Ngày %s", from)
                             : g_strdup_printf ("Từ %s đến %s", from, to),
                     NULL, NULL);
}

static void
add_sums (QuayReceipt *receipt, const QuayReport *report)
{
  add_rule (receipt, 0);
  quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_strdup ("Số phiếu bán"), NULL,
                     g_strdup_printf ("%" G_GINT64_FORMAT, report->sales));
  add_money (receipt, 0, "Bán ra", report->total);
  if (report->refunds > 0 || report->refunded.dong != 0)
    {
      g_autofree char *label =
          g_strdup_printf ("Hoàn lại (%" G_GINT64_FORMAT " phiếu)", report->refunds);
      quay_receipt_take (receipt, QUAY_ROW_PAIR, 0, g_steal_pointer (&label), NULL,
                         quay_format_money (QUAY_DONG (-report->refunded.dong), QUAY_MONEY_BARE));
    }
  add_rule (receipt, QUAY_ROW_BOLD);
  QuayMoney kept = report->total;
  if (!quay_money_sub (report->total, report->refunded, &kept))
    kept = report->total;
  quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_BOLD | QUAY_ROW_LARGE, g_strdup ("THỰC THU"),
                     NULL, quay_format_money (kept, QUAY_MONEY_LETTER));
}

static const char *
row_name (const QuayReportRow *row)
{
  return row->name != NULL ? row->name : row->key;
}

void
quay_receipt_add_tenders (QuayReceipt *receipt, const GPtrArray *tenders)
{
  if (tenders == NULL || tenders->len == 0)
    return;
  add_rule (receipt, 0);
  for (guint i = 0; i < tenders->len; i++)
    {
      const QuayReportRow *row = tenders->pdata[i];
      gint64 tender = row->key != NULL ? quay_tender_from_name (row->key) : -1;
      add_money (receipt, 0, quay_receipt_tender_text (tender, row_name (row)), row->amount);
    }
}

static void
add_rate (QuayReceipt *receipt, const QuayReportRow *row)
{
  gint64 rate = 0;
  gboolean known = row->key != NULL && g_ascii_string_to_signed (row->key, 10, QUAY_RATE_NOT_TAXED,
                                                                 QUAY_RATE_MAX, &rate, NULL);
  QuayMoney net = row->amount;
  if (!quay_money_sub (row->amount, row->vat, &net))
    net = row->amount;
  quay_receipt_take (receipt, QUAY_ROW_COLUMNS, QUAY_ROW_SMALL,
                     known ? quay_receipt_rate_text (rate) : g_strdup (row_name (row)),
                     quay_format_money (net, QUAY_MONEY_BARE),
                     quay_receipt_vat_text (rate, row->vat));
}

void
quay_receipt_add_rates (QuayReceipt *receipt, const GPtrArray *rates)
{
  if (rates == NULL || rates->len == 0)
    return;
  add_rule (receipt, 0);
  quay_receipt_add (receipt, QUAY_ROW_COLUMNS, QUAY_ROW_SMALL, "Thuế GTGT", "Chưa thuế", "Thuế");
  for (guint i = 0; i < rates->len; i++)
    add_rate (receipt, rates->pdata[i]);
}

static void
add_rows (QuayReceipt *receipt, const GPtrArray *rows)
{
  if (rows == NULL || rows->len == 0)
    return;
  add_rule (receipt, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayReportRow *row = rows->pdata[i];
      quay_receipt_add (receipt, QUAY_ROW_TEXT, 0, row_name (row), NULL, NULL);
      char *qty = row->qty.milli != 0 ? quay_format_qty (row->qty, NULL)
                                      : g_strdup_printf ("%" G_GINT64_FORMAT " phiếu", row->count);
      quay_receipt_take (receipt, QUAY_ROW_PAIR, QUAY_ROW_INDENT, qty, NULL,
                         quay_format_money (row->amount, QUAY_MONEY_BARE));
    }
}

QuayReceipt *
quay_receipt_new_report (const QuayShop *shop, const QuayReport *report)
{
  g_return_val_if_fail (shop != NULL && report != NULL, NULL);

  g_autofree char *name = report->from == report->to
                              ? g_strdup_printf ("bao-cao-%d", report->from)
                              : g_strdup_printf ("bao-cao-%d-%d", report->from, report->to);
  QuayReceipt *receipt = quay_receipt_new_empty (name);
  quay_receipt_add_shop (receipt, shop);
  add_head (receipt, report);
  add_sums (receipt, report);
  quay_receipt_add_tenders (receipt, report->tenders);
  quay_receipt_add_rates (receipt, report->rates);
  add_rows (receipt, report->rows);
  add_rule (receipt, 0);
  return receipt;
}
