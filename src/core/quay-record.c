/* Freeing what was read. */
#include "quay-record.h"

void
quay_shop_free (QuayShop *shop)
{
  if (shop == NULL)
    return;
  g_free (shop->name);
  g_free (shop->address);
  g_free (shop->phone);
  g_free (shop->tax_code);
  g_free (shop->thanks);
  g_free (shop);
}

void
quay_sale_record_free (QuaySaleRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->number);
  g_free (record->who);
  g_clear_pointer (&record->lines, g_ptr_array_unref);
  g_clear_pointer (&record->payments, g_ptr_array_unref);
  g_clear_pointer (&record->taxes, g_array_unref);
  g_free (record->tenders);
  g_free (record->list);
  g_free (record->buyer_name);
  g_free (record->buyer_tax);
  g_free (record->note);
  g_free (record->customer_name);
  g_free (record);
}

void
quay_back_line_free (QuayBackLine *line)
{
  if (line == NULL)
    return;
  g_free (line->name);
  g_free (line->unit);
  g_free (line);
}

void
quay_refund_record_free (QuayRefundRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->number);
  g_free (record->who);
  g_free (record->of);
  g_free (record->exchange);
  g_clear_pointer (&record->lines, g_ptr_array_unref);
  g_clear_pointer (&record->payments, g_ptr_array_unref);
  g_clear_pointer (&record->taxes, g_array_unref);
  g_free (record->why);
  g_free (record->approver);
  g_free (record->customer_name);
  g_free (record);
}

void
quay_excess_free (QuayExcess *excess)
{
  if (excess == NULL)
    return;
  g_free (excess->number);
  g_free (excess->name);
  g_free (excess->refunds);
  g_free (excess);
}

void
quay_numbers_free (QuayNumbers *numbers)
{
  if (numbers == NULL)
    return;
  g_free (numbers->prefix);
  g_free (numbers->missing);
  g_free (numbers->twice);
  g_free (numbers);
}

void
quay_report_row_free (QuayReportRow *row)
{
  if (row == NULL)
    return;
  g_free (row->key);
  g_free (row->name);
  g_free (row);
}

void
quay_report_free (QuayReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->tenders, g_ptr_array_unref);
  g_clear_pointer (&report->rates, g_ptr_array_unref);
  g_clear_pointer (&report->rows, g_ptr_array_unref);
  g_free (report);
}
