/* Labels: what they say comes from the catalogue of today. Thread: main. */
#include "quay-till-labels.h"

#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-label.h"
#include "quay-reader-lots.h"
#include "quay-reader-orders.h"
#include "quay-sheet.h"
#include "quay-unit-price.h"

#include <string.h>

#define SHEETS "params/labels.csv"
#define KEY_SHEET "till.labels_sheet"
#define KEY_DAY "till.labels_day"

/* A label with what its texts belong to. */
typedef struct
{
  QuayLabel label; /* first: what is handed over is this */
  QuayItem *item;
  QuayLot *lot;
} Filled;

static void
filled_free (gpointer data)
{
  Filled *filled = data;
  g_clear_pointer (&filled->item, quay_item_free);
  g_clear_pointer (&filled->lot, quay_lot_free);
  g_free (filled);
}

/* --- sheets --- */

static int
number_of (QuaySheet *table, const char *column)
{
  const char *text = quay_sheet_get (table, column);
  return text != NULL ? (int)g_ascii_strtoll (text, NULL, 10) : 0;
}

static QuayLabelLayout
read_layout (QuaySheet *table)
{
  return (QuayLabelLayout){
    .page_width = number_of (table, "page_width"),
    .page_height = number_of (table, "page_height"),
    .columns = number_of (table, "columns"),
    .rows = number_of (table, "rows"),
    .left = number_of (table, "left"),
    .top = number_of (table, "top"),
    .width = number_of (table, "width"),
    .height = number_of (table, "height"),
    .gap_x = number_of (table, "gap_x"),
    .gap_y = number_of (table, "gap_y"),
  };
}

GPtrArray *
quay_till_label_sheets (QuayTill *till, const char *language)
{
  GPtrArray *sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_report_row_free);
  g_autoptr (QuaySheet) table = quay_sheet_new_data (SHEETS, NULL);
  const char *column = g_strcmp0 (language, "en") == 0 ? "name_en" : "name_vi";
  while (table != NULL && quay_sheet_next (table, NULL))
    {
      QuayLabelLayout layout = read_layout (table);
      QuayReportRow *row = g_new0 (QuayReportRow, 1);
      row->key = g_strdup (quay_sheet_get (table, "code"));
      row->name = g_strdup (quay_sheet_get (table, column));
      row->count = (gint64)layout.columns * layout.rows;
      g_ptr_array_add (sheets, row);
    }
  return sheets;
}

static gboolean
find_layout (const char *code, QuayLabelLayout *layout, GError **error)
{
  g_autoptr (QuaySheet) table = quay_sheet_new_data (SHEETS, error);
  if (table == NULL)
    return FALSE;
  while (quay_sheet_next (table, NULL))
    if (g_strcmp0 (quay_sheet_get (table, "code"), code) == 0)
      {
        *layout = read_layout (table);
        return TRUE;
      }
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no sheet of labels '%s'", code);
  return FALSE;
}

/* --- codes --- */

/* The first of a product's codes that is a GTIN; NULL if none is. */
static const char *
find_gtin (const QuayItem *item)
{
  for (guint i = 0; item->codes != NULL && i < item->codes->len; i++)
    if (quay_gtin_is_valid (item->codes->pdata[i], strlen (item->codes->pdata[i])))
      return item->codes->pdata[i];
  return NULL;
}

/* One that the till itself calls a trace code: an address of a known system. */
static const char *
find_trace (QuayTill *till, const QuayItem *item)
{
  for (guint i = 0; item->codes != NULL && i < item->codes->len; i++)
    {
      g_auto (QuayScan) scan = { 0 };
      const char *code = item->codes->pdata[i];
      quay_scan_parse (code, strlen (code), &till->rules, quay_till_day (till), &scan);
      if (scan.kind == QUAY_SCAN_TRACE || scan.trace_host)
        return code;
    }
  return NULL;
}

/* --- filling in --- */

static Filled *
fill_product (QuayTill *till, const QuayId *product)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  if (item == NULL)
    return NULL;
  Filled *filled = g_new0 (Filled, 1);
  QuayLabel *label = &filled->label;
  const char *gtin = find_gtin (item);
  label->name = item->name;
  label->stars = item->stars;
  label->has_price = item->has_price;
  label->price = item->price;
  label->per_unit = NULL;
  if (item->has_price && item->weighed)
    {
      label->per = item->price;
      label->per_unit = item->unit;
    }
  else if (item->has_price)
    {
      const char *unit;
      if (quay_unit_price (item->name, item->price, &label->per, &unit))
        label->per_unit = unit;
    }
  label->code = gtin != NULL ? gtin : item->sku;
  label->trace = find_trace (till, item);
  filled->item = g_steal_pointer (&item);
  return filled;
}

static Filled *
fill_lot (QuayTill *till, const QuayId *id)
{
  g_autoptr (QuayLot) lot = quay_reader_lot (till->reader, id);
  Filled *filled = lot != NULL ? fill_product (till, &lot->product) : NULL;
  if (filled == NULL)
    return NULL;
  QuayLabel *label = &filled->label;
  label->has_price = FALSE;
  label->producer = filled->item->producer_name;
  label->gtin = find_gtin (filled->item);
  label->lot = lot->code;
  label->made = lot->made;
  label->expires = lot->expires;
  if (lot->trace != NULL)
    label->trace = lot->trace;
  filled->lot = g_steal_pointer (&lot);
  return filled;
}

static gboolean
make_pdf (QuayTill *till, Filled *(*fill) (QuayTill *, const QuayId *), const QuayLabelAsk *asks,
          guint n, const char *sheet, guint start, const char *path, GError **error)
{
  QuayLabelLayout layout;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (filled_free);
  if (!find_layout (sheet, &layout, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      Filled *filled = fill (till, &asks[i].id);
      if (!quay_till_check_reads (till, error))
        {
          g_clear_pointer (&filled, filled_free);
          return FALSE;
        }
      if (filled == NULL)
        {
          g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such product or lot");
          return FALSE;
        }
      filled->label.copies = asks[i].copies;
      g_ptr_array_add (labels, filled);
    }
  return quay_till_need_real (till, error) &&
         quay_labels_to_pdf (labels, &layout, start, path, error) &&
         quay_till_set_setting (till, KEY_SHEET, sheet, error);
}

gboolean
quay_till_shelf_labels_pdf (QuayTill *till, const QuayLabelAsk *asks, guint n, const char *sheet,
                            guint start, const char *path, GError **error)
{
  g_autofree char *day = g_strdup_printf ("%d", quay_till_day (till));
  return make_pdf (till, fill_product, asks, n, sheet, start, path, error) &&
         quay_till_set_setting (till, KEY_DAY, day, error);
}

gboolean
quay_till_lot_labels_pdf (QuayTill *till, const QuayLabelAsk *asks, guint n, const char *sheet,
                          guint start, const char *path, GError **error)
{
  return make_pdf (till, fill_lot, asks, n, sheet, start, path, error);
}

/* --- what to print again --- */

GPtrArray *
quay_till_repriced (QuayTill *till, QuayDay since)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_free);
  g_autoptr (GPtrArray) products = quay_reader_repriced (till->reader, since, quay_till_day (till));
  for (guint i = 0; i < products->len; i++)
    {
      QuayItem *item = quay_till_item (till, products->pdata[i]);
      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

QuayDay
quay_till_labels_day (QuayTill *till)
{
  return (QuayDay)quay_till_get_setting_int (till, KEY_DAY, 0);
}
