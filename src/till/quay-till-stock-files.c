/* The stock table and a recall's list as files: Vietnamese headings, typed cells. */
#include "quay-till-stock.h"

#include "quay-table-file.h"

#include "quay-format.h"

/* --- words --- */

char *
quay_shelf_terms_vi (const QuayShelfRow *row)
{
  g_autofree char *percent = NULL;
  switch (row->how)
    {
    case QUAY_SHELF_OWN:
      return g_strdup ("Mua đứt");
    case QUAY_SHELF_BASKET:
      return g_strdup ("Bộ");
    case QUAY_SHELF_MIXED:
      return g_strdup ("Nhiều hình thức");
    case QUAY_SHELF_CONSIGNED:
      if (row->terms.kind == QUAY_TERMS_TRANSFER)
        return g_strdup ("Ký gửi giá giao");
      percent = quay_format_percent (row->terms.commission_bp);
      return g_strdup_printf ("Ký gửi %s", percent);
    case QUAY_SHELF_UNKNOWN:
      break;
    }
  return g_strdup ("");
}

static char *
state_vi (const QuayShelfRow *row)
{
  static const struct
  {
    guint bit;
    const char *text;
  } words[] = {
    { QUAY_SHELF_NEGATIVE, "tồn âm" },          { QUAY_SHELF_EXPIRED, "có lô hết hạn" },
    { QUAY_SHELF_BLOCKED, "có lô bị giữ lại" }, { QUAY_SHELF_SHORT, "dưới mức tối thiểu" },
    { QUAY_SHELF_SOON, "lô sắp hết hạn" },      { QUAY_SHELF_CERTIFICATE, "giấy OCOP sắp hết hạn" },
  };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (row->state & words[i].bit)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words[i].text);
  return g_strdup (text->str);
}

/* --- the table --- */

/* Of each file column: which the page calls it; −1 for those that are always there. */
typedef struct
{
  QuayFileColumn column;
  int of;
  QuayFileCell (*cell) (const QuayShelfRow *row);
} Field;

static QuayFileCell
text_cell (char *text)
{
  return (QuayFileCell){ .text = text };
}

static QuayFileCell
number_cell (gint64 n, gboolean empty)
{
  return (QuayFileCell){ .n = n, .empty = empty };
}

static QuayFileCell
sku_cell (const QuayShelfRow *row)
{
  return text_cell (g_strdup (row->sku));
}

static QuayFileCell
name_cell (const QuayShelfRow *row)
{
  return text_cell (g_strdup (row->name));
}

static QuayFileCell
unit_cell (const QuayShelfRow *row)
{
  return text_cell (g_strdup (row->unit));
}

static QuayFileCell
producer_cell (const QuayShelfRow *row)
{
  return text_cell (g_strdup (row->producer));
}

static QuayFileCell
terms_cell (const QuayShelfRow *row)
{
  return text_cell (quay_shelf_terms_vi (row));
}

static QuayFileCell
stock_cell (const QuayShelfRow *row)
{
  return number_cell (row->stock.milli, FALSE);
}

static QuayFileCell
loose_cell (const QuayShelfRow *row)
{
  return number_cell (row->loose.milli, row->loose.milli == 0);
}

static QuayFileCell
minimum_cell (const QuayShelfRow *row)
{
  return number_cell (row->minimum.milli, row->minimum.milli == 0);
}

static QuayFileCell
cost_cell (const QuayShelfRow *row)
{
  return number_cell (row->unit_cost.dong, row->unit_cost.dong < 0);
}

static QuayFileCell
value_cell (const QuayShelfRow *row)
{
  return number_cell (row->value.dong, FALSE);
}

static QuayFileCell
lot_cell (const QuayShelfRow *row)
{
  return text_cell (g_strdup (row->lot));
}

static QuayFileCell
expires_cell (const QuayShelfRow *row)
{
  return number_cell (row->expires, row->expires == 0);
}

static QuayFileCell
sold_cell (const QuayShelfRow *row)
{
  return number_cell (row->sold.milli, FALSE);
}

static QuayFileCell
order_cell (const QuayShelfRow *row)
{
  return number_cell (row->order.milli, row->order.milli == 0);
}

static QuayFileCell
free_cell (const QuayShelfRow *row)
{
  return number_cell (quay_shelf_row_free_qty (row).milli, FALSE);
}

static QuayFileCell
state_cell (const QuayShelfRow *row)
{
  return text_cell (state_vi (row));
}

static const Field fields[] = {
  { { "Mã hàng", QUAY_CELL_TEXT, 12 }, -1, sku_cell },
  { { "Sản phẩm", QUAY_CELL_TEXT, 40 }, -1, name_cell },
  { { "Đơn vị", QUAY_CELL_TEXT, 8 }, -1, unit_cell },
  { { "Nhà sản xuất", QUAY_CELL_TEXT, 28 }, QUAY_STOCK_PRODUCER, producer_cell },
  { { "Hình thức", QUAY_CELL_TEXT, 16 }, QUAY_STOCK_TERMS, terms_cell },
  { { "Tồn", QUAY_CELL_QTY, 10 }, QUAY_STOCK_STOCK, stock_cell },
  { { "Trong đó chưa rõ lô", QUAY_CELL_QTY, 11 }, QUAY_STOCK_STOCK, loose_cell },
  { { "Tối thiểu", QUAY_CELL_QTY, 10 }, QUAY_STOCK_MINIMUM, minimum_cell },
  { { "Giá vốn", QUAY_CELL_MONEY, 12 }, QUAY_STOCK_COST, cost_cell },
  { { "Giá trị", QUAY_CELL_MONEY, 14 }, QUAY_STOCK_VALUE, value_cell },
  { { "Lô gần hết hạn", QUAY_CELL_TEXT, 14 }, QUAY_STOCK_LOT, lot_cell },
  { { "Hạn dùng", QUAY_CELL_DAY, 12 }, QUAY_STOCK_LOT, expires_cell },
  { { "Bán 28 ngày", QUAY_CELL_QTY, 11 }, QUAY_STOCK_SOLD, sold_cell },
  { { "Nên nhập", QUAY_CELL_QTY, 10 }, QUAY_STOCK_ORDER, order_cell },
  { { "Còn bán được", QUAY_CELL_QTY, 12 }, QUAY_STOCK_FREE, free_cell },
  { { "Tình trạng", QUAY_CELL_TEXT, 30 }, QUAY_STOCK_STATE, state_cell },
};

typedef struct
{
  GPtrArray *rows;
  const Field *fields[G_N_ELEMENTS (fields)];
} Picked;

static QuayFileCell
shelf_cell (guint row, guint column, gpointer data)
{
  const Picked *picked = data;
  return picked->fields[column]->cell (picked->rows->pdata[row]);
}

gboolean
quay_till_export_shelf (const QuayShelf *shelf, GPtrArray *rows, guint columns, const char *path,
                        GError **error)
{
  Picked picked = { .rows = rows };
  QuayFileColumn heads[G_N_ELEMENTS (fields)];
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].of < 0 || (columns >> fields[i].of & 1) != 0)
      {
        heads[n] = fields[i].column;
        picked.fields[n++] = &fields[i];
      }
  g_autofree char *day = quay_day_to_iso (shelf->ask.day);
  g_autofree char *name = g_strdup_printf ("Tồn kho %s", day);
  return quay_table_file_write (path, name, heads, n, rows->len, shelf_cell, &picked, error);
}

/* --- recall --- */

static const QuayFileColumn sale_columns[] = {
  { "Số phiếu bán", QUAY_CELL_TEXT, 18 }, { "Ngày", QUAY_CELL_DAY, 12 },
  { "Sản phẩm", QUAY_CELL_TEXT, 36 },     { "Lô", QUAY_CELL_TEXT, 14 },
  { "Đã bán", QUAY_CELL_QTY, 10 },        { "Đã trả lại", QUAY_CELL_QTY, 10 },
  { "Tiền", QUAY_CELL_MONEY, 14 },        { "Biết người mua", QUAY_CELL_TEXT, 14 },
};

typedef struct
{
  const QuayCardLot *lot;
  GPtrArray *sales;
} Recall;

static QuayFileCell
sale_cell (guint row, guint column, gpointer data)
{
  const Recall *recall = data;
  const QuayLotSale *sale = recall->sales->pdata[row];
  switch (column)
    {
    case 0:
      return text_cell (g_strdup (sale->number));
    case 1:
      return number_cell (sale->day, FALSE);
    case 2:
      return text_cell (g_strdup (recall->lot->name));
    case 3:
      return text_cell (g_strdup (recall->lot->lot->code));
    case 4:
      return number_cell (sale->qty.milli + sale->back.milli, FALSE);
    case 5:
      return number_cell (sale->back.milli, sale->back.milli == 0);
    case 6:
      return number_cell (sale->amount.dong, FALSE);
    default:
      return text_cell (g_strdup (sale->has_buyer ? "có" : "không"));
    }
}

gboolean
quay_till_export_lot_sales (const QuayCardLot *lot, GPtrArray *sales, const char *path,
                            GError **error)
{
  Recall recall = { lot, sales };
  return quay_table_file_write (path, "Truy lô", sale_columns, G_N_ELEMENTS (sale_columns),
                                sales->len, sale_cell, &recall, error);
}
