/* Prices as a table: on the page, and as files. Thread: main. */
#include "quay-till-prices.h"

#include "quay-till-prices-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-item-edit.h"
#include "quay-reader-prices.h"
#include "quay-sheet.h"
#include "quay-table-file.h"
#include "quay-text.h"

#include <string.h>

#define PAGE 500
#define FILE_MAX_BYTES (8 * 1024 * 1024)

/* --- the table --- */

static gboolean
has_words (const QuayItem *item, char **words)
{
  if (words == NULL)
    return TRUE;
  g_autofree char *all = g_strdup_printf ("%s %s", item->name, item->sku);
  g_autofree char *key = quay_text_search_key (all);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (key, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static QuayPriceRow *
make_row (QuayTill *till, const QuayItem *item, GPtrArray *lists)
{
  QuayDay today = quay_till_day (till);
  QuayPriceRow *row = g_new0 (QuayPriceRow, 1);
  row->product = item->product;
  row->sku = g_strdup (item->sku);
  row->name = g_strdup (item->name);
  row->unit = g_strdup (item->unit);
  row->has_price = item->has_price;
  row->price = item->price;
  row->prices = g_array_new (FALSE, TRUE, sizeof (QuayListPrice));
  QuayListPrice shelf = quay_reader_shelf_price_at (till->reader, &item->product, today);
  g_array_append_val (row->prices, shelf);
  for (guint i = 0; i < lists->len; i++)
    {
      const QuayPriceList *list = lists->pdata[i];
      QuayListPrice price =
          quay_reader_list_price_at (till->reader, list->code, &item->product, today);
      g_array_append_val (row->prices, price);
    }
  return row;
}

GPtrArray *
quay_till_price_table (QuayTill *till, GPtrArray *lists, const char *words, guint skip, guint limit)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_price_row_free);
  QuayAsOf at = quay_till_as_of (till);
  g_autofree char *key = words != NULL ? quay_text_search_key (words) : NULL;
  g_auto (GStrv) each = key != NULL && *key != '\0' ? g_strsplit (key, " ", -1) : NULL;
  /* without words nothing has to be looked at that is not shown */
  guint page = each == NULL ? MIN (PAGE, limit) : PAGE;
  guint left = each == NULL ? 0 : skip;
  guint got = page;
  for (guint offset = skip - left; got == page && rows->len < limit; offset += got)
    {
      g_autoptr (GPtrArray) items =
          quay_reader_items (till->reader, &at, NULL, QUAY_ITEMS_BY_NAME, FALSE, offset, page);
      got = items->len;
      for (guint i = 0; i < items->len && rows->len < limit; i++)
        if (!has_words (items->pdata[i], each))
          continue;
        else if (left > 0)
          left--;
        else
          g_ptr_array_add (rows, make_row (till, items->pdata[i], lists));
    }
  return rows;
}

/* --- writing a file --- */

static QuayFileCell
cell_of (guint row, guint column, gpointer data)
{
  GPtrArray *rows = data;
  const QuayPriceRow *one = rows->pdata[row];
  QuayFileCell cell = { 0 };
  if (column < 3)
    {
      const char *texts[] = { one->sku, one->name, one->unit };
      cell.text = g_strdup (texts[column]);
      return cell;
    }
  const QuayListPrice *price = &g_array_index (one->prices, QuayListPrice, column - 3);
  cell.n = price->price.dong;
  cell.empty = !price->has_price;
  return cell;
}

gboolean
quay_till_export_prices (QuayTill *till, const char *path, guint *rows, GError **error)
{
  g_autoptr (GPtrArray) lists = quay_till_price_lists (till);
  g_autoptr (GPtrArray) table = quay_till_price_table (till, lists, NULL, 0, G_MAXUINT);
  g_autofree QuayFileColumn *columns = g_new0 (QuayFileColumn, lists->len + 4);
  const QuayFileColumn first[] = { { "sku", QUAY_CELL_TEXT, 12 },
                                   { "name", QUAY_CELL_TEXT, 40 },
                                   { "unit", QUAY_CELL_TEXT, 8 },
                                   { "price", QUAY_CELL_MONEY, 12 } };
  memcpy (columns, first, sizeof first);
  for (guint i = 0; i < lists->len; i++)
    columns[4 + i] =
        (QuayFileColumn){ ((const QuayPriceList *)lists->pdata[i])->code, QUAY_CELL_MONEY, 12 };
  if (!quay_till_check_reads (till, error))
    return FALSE;
  *rows = table->len;
  return quay_table_file_write (path, "Bảng giá", columns, lists->len + 4, table->len, cell_of,
                                table, error);
}

/* --- reading one --- */

typedef struct
{
  QuayTill *till;
  GPtrArray *lists; /* QuayPriceList; the shelf stands before them */
  GArray **asks;    /* QuayPriceAsk of the shelf, and of each list */
  GPtrArray *refusals;
} Reading;

static void
refuse (Reading *reading, guint row, const char *column, const char *code)
{
  g_ptr_array_add (reading->refusals, quay_refusal_new (row, g_intern_string (column), code));
}

/* An unchanged price is no change. */
static void
read_cell (Reading *reading, QuaySheet *sheet, const QuayItem *item, guint at, const char *column)
{
  const char *text = quay_sheet_get (sheet, column);
  QuayPriceAsk ask = { item->product, QUAY_DONG (-1) };
  QuayDay today = quay_till_day (reading->till);
  if (text == NULL || *text == '\0')
    return;
  if (strcmp (text, "-") != 0 && (!quay_parse_money (text, &ask.price, NULL) || ask.price.dong < 0))
    {
      refuse (reading, quay_sheet_row (sheet), column, "number");
      return;
    }
  QuayListPrice now =
      at == 0 ? quay_reader_shelf_price_at (reading->till->reader, &item->product, today)
              : quay_reader_list_price_at (reading->till->reader, column, &item->product, today);
  gint64 before = now.has_price ? now.price.dong : -1;
  if (before != ask.price.dong)
    g_array_append_val (reading->asks[at], ask);
}

static void
read_row (Reading *reading, QuaySheet *sheet)
{
  const char *sku = quay_sheet_get (sheet, "sku");
  g_autoptr (QuayItem) item =
      sku != NULL && *sku != '\0' ? quay_till_item_by_sku (reading->till, sku) : NULL;
  if (item == NULL)
    {
      refuse (reading, quay_sheet_row (sheet), "sku", "unknown-product");
      return;
    }
  read_cell (reading, sheet, item, 0, "price");
  for (guint i = 0; i < reading->lists->len; i++)
    read_cell (reading, sheet, item, i + 1,
               ((const QuayPriceList *)reading->lists->pdata[i])->code);
}

static gboolean
read_file (Reading *reading, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize len;
  if (!g_file_get_contents (path, &text, &len, error))
    return FALSE;
  if (len > FILE_MAX_BYTES)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "the file is too large");
      return FALSE;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), len);
  g_autoptr (QuaySheet) sheet = quay_sheet_new (bytes, error);
  if (sheet == NULL)
    return FALSE;
  g_autoptr (GError) bad = NULL;
  while (quay_sheet_next (sheet, &bad))
    read_row (reading, sheet);
  if (bad != NULL)
    refuse (reading, quay_sheet_row (sheet), "", "row");
  return quay_till_check_reads (reading->till, error);
}

static gboolean
set_all (Reading *reading, QuayDay day, guint *changed, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  for (guint i = 0; i <= reading->lists->len; i++)
    {
      const GArray *asks = reading->asks[i];
      const char *code = i > 0 ? ((const QuayPriceList *)reading->lists->pdata[i - 1])->code : NULL;
      quay_till_add_price_asks (reading->till, txn, code,
                                (const QuayPriceAsk *)(gpointer)asks->data, asks->len, day, NULL);
      *changed += asks->len;
    }
  if (*changed == 0)
    {
      quay_txn_free (txn);
      return TRUE;
    }
  g_autoptr (QuayResult) done = quay_till_commit (reading->till, txn, error);
  if (done != NULL)
    quay_till_items_moved (reading->till);
  return done != NULL;
}

gboolean
quay_till_import_prices (QuayTill *till, const char *path, QuayDay day, guint *changed,
                         GPtrArray **refusals, GError **error)
{
  g_autoptr (GPtrArray) lists = quay_till_price_lists (till);
  g_autofree GArray **asks = g_new0 (GArray *, lists->len + 1);
  Reading reading = { till, lists, asks,
                      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free) };
  *changed = 0;
  *refusals = NULL;
  for (guint i = 0; i <= lists->len; i++)
    asks[i] = g_array_new (FALSE, FALSE, sizeof (QuayPriceAsk));
  gboolean done = FALSE;
  if (!quay_day_is_valid (day) || day < quay_till_day (till))
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "the day is over");
  else if (read_file (&reading, path, error))
    {
      done = reading.refusals->len == 0 && set_all (&reading, day, changed, error);
      if (reading.refusals->len > 0)
        {
          *refusals = g_steal_pointer (&reading.refusals);
          g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "the file has faults");
        }
    }
  g_clear_pointer (&reading.refusals, g_ptr_array_unref);
  for (guint i = 0; i <= lists->len; i++)
    g_array_unref (asks[i]);
  return done;
}
