/* The catalogue as a file: CSV that the import takes back without a change, or an XLSX sheet for
 * people. Thread: main. */
#include "quay-item-columns.h"
#include "quay-item-fields.h"
#include "quay-till-private.h"

#include "quay-csv.h"
#include "quay-error.h"
#include "quay-format.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

typedef enum
{
  CELL_TEXT,
  CELL_MONEY,
  CELL_QTY,
  CELL_COUNT,
  CELL_DAY,
  N_CELLS
} CellKind;

/* How a column looks in a sheet; width in characters. */
typedef struct
{
  const char *name;
  CellKind kind;
  int width;
} Look;

static const Look looks[] = {
  { "sku", CELL_TEXT, 12 },         { "name", CELL_TEXT, 42 },
  { "barcodes", CELL_TEXT, 18 },    { "unit", CELL_TEXT, 8 },
  { "sold_by", CELL_TEXT, 9 },      { "price", CELL_MONEY, 12 },
  { "vat_class", CELL_TEXT, 11 },   { "category", CELL_TEXT, 12 },
  { "producer", CELL_TEXT, 30 },    { "commune", CELL_TEXT, 9 },
  { "ocop_stars", CELL_COUNT, 9 },  { "ocop_group", CELL_TEXT, 11 },
  { "certificate", CELL_TEXT, 24 }, { "certified_on", CELL_DAY, 15 },
  { "valid_until", CELL_DAY, 14 },  { "alcohol", CELL_QTY, 8 },
  { "minimum", CELL_QTY, 13 },      { "stock", CELL_QTY, 10 },
  { "picture", CELL_TEXT, 14 },     { "pack", CELL_TEXT, 14 },
  { "active", CELL_TEXT, 10 },
};

/* --- rows --- */

typedef gboolean (*RowFunc) (QuayItemEdit *edit, guint row, gpointer data);

/* Calls @func for each product by SKU, those no longer sold too, and counts them. FALSE if not all
 * could be read. */
static gboolean
visit_rows (QuayTill *till, RowFunc func, gpointer data, guint *rows, GError **error)
{
  QuayAsOf at = quay_till_as_of (till);
  *rows = 0;
  g_autoptr (GArray) nos = quay_reader_item_nos (till->reader, NULL, QUAY_ITEMS_BY_SKU, TRUE);
  for (guint i = 0; i < nos->len; i++)
    {
      g_autoptr (QuayItem) item =
          quay_reader_item_by_no (till->reader, &at, g_array_index (nos, gint64, i));
      g_autoptr (QuayItemEdit) edit =
          item != NULL ? quay_till_edit_of (till, &item->product) : NULL;
      if (edit != NULL && !func (edit, ++*rows, data))
        break;
    }
  return quay_till_check_reads (till, error);
}

static const char *
cell_of (const Look *look, QuayItemEdit *edit)
{
  const char *text = *quay_item_edit_at (edit, quay_item_column (look->name)->offset);
  return text != NULL ? text : "";
}

/* --- errors --- */

static gboolean
fail_to_write (const char *path, int number, GError **error)
{
  QuayError code = number == ENOSPC || number == EDQUOT                     ? QUAY_ERROR_FULL
                   : number == EACCES || number == EROFS || number == EPERM ? QUAY_ERROR_READ_ONLY
                   : number == ENOENT || number == ENOTDIR                  ? QUAY_ERROR_NOT_FOUND
                                                                            : QUAY_ERROR_INVALID;
  g_set_error (error, QUAY_ERROR, code, "can't write '%s': %s", path, g_strerror (number));
  return FALSE;
}

/* --- CSV --- */

static gboolean
add_csv_row (QuayItemEdit *edit, guint row, gpointer data)
{
  const char *fields[G_N_ELEMENTS (looks)];
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    fields[i] = cell_of (&looks[i], edit);
  quay_csv_append_row (data, ',', fields, G_N_ELEMENTS (fields));
  return TRUE;
}

static gboolean
export_csv (QuayTill *till, const char *path, guint *rows, GError **error)
{
  const char *header[G_N_ELEMENTS (looks)];
  g_autoptr (GString) out = g_string_new (QUAY_CSV_BOM);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    header[i] = looks[i].name;
  quay_csv_append_row (out, ',', header, G_N_ELEMENTS (header));
  if (!visit_rows (till, add_csv_row, out, rows, error))
    return FALSE;
  errno = 0;
  if (g_file_set_contents (path, out->str, (gssize)out->len, NULL))
    return TRUE;
  return fail_to_write (path, errno, error);
}

/* --- XLSX --- */

typedef struct
{
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *formats[N_CELLS];
  lxw_format *header;
} Sheet;

static char *
capitalize (const char *label)
{
  char first[7] = "";
  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (label)), first);
  return g_strconcat (first, g_utf8_next_char (label), NULL);
}

static void
set_up_sheet (Sheet *sheet)
{
  static const char *const numbers[N_CELLS] = { "@", "#,##0", "#,##0.###", "0", "dd/mm/yyyy" };
  sheet->sheet = workbook_add_worksheet (sheet->book, "Hàng hóa");
  sheet->header = workbook_add_format (sheet->book);
  format_set_bold (sheet->header);
  format_set_bottom (sheet->header, LXW_BORDER_THIN);
  format_set_text_wrap (sheet->header);
  format_set_align (sheet->header, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bg_color (sheet->header, 0xE3EFE3);
  for (guint i = 0; i < N_CELLS; i++)
    {
      sheet->formats[i] = workbook_add_format (sheet->book);
      format_set_num_format (sheet->formats[i], numbers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    worksheet_set_column (sheet->sheet, (lxw_col_t)i, (lxw_col_t)i, looks[i].width, NULL);
  worksheet_set_row (sheet->sheet, 0, 30, NULL);
  worksheet_freeze_panes (sheet->sheet, 1, 2);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *label = capitalize (quay_item_column (looks[i].name)->vi);
      worksheet_write_string (sheet->sheet, 0, (lxw_col_t)i, label, sheet->header);
    }
}

/* FALSE if @text is not what the column holds: it is then written as it stands. */
static gboolean
write_figure (Sheet *sheet, lxw_row_t row, lxw_col_t column, CellKind kind, const char *text)
{
  QuayMoney money;
  QuayQty qty;
  QuayDay day;
  lxw_format *format = sheet->formats[kind];
  if (kind == CELL_DAY && quay_day_from_text (text, &day))
    {
      lxw_datetime when = { .year = day / 10000, .month = day / 100 % 100, .day = day % 100 };
      worksheet_write_datetime (sheet->sheet, row, column, &when, format);
      return TRUE;
    }
  if ((kind == CELL_MONEY || kind == CELL_COUNT) && quay_parse_money (text, &money, NULL))
    {
      worksheet_write_number (sheet->sheet, row, column, money.dong, format);
      return TRUE;
    }
  if (kind == CELL_QTY && quay_parse_qty (text, &qty, NULL))
    { /* a sheet has no other numbers than floating ones */
      worksheet_write_number (sheet->sheet, row, column, qty.milli / 1000.0, format);
      return TRUE;
    }
  return FALSE;
}

/* What a sheet says to people where the file has a word or nothing for the program. */
static const char *
say (const Look *look, const char *text)
{
  if (strcmp (look->name, "sold_by") == 0)
    return strcmp (text, "weight") == 0 ? "cân" : "cái";
  if (strcmp (look->name, "active") == 0)
    return strcmp (text, "0") == 0 ? "không" : "có";
  return text;
}

static gboolean
add_sheet_row (QuayItemEdit *edit, guint row, gpointer data)
{
  Sheet *sheet = data;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      const char *text = say (&looks[i], cell_of (&looks[i], edit));
      if (*text != '\0' && !write_figure (sheet, row, (lxw_col_t)i, looks[i].kind, text))
        worksheet_write_string (sheet->sheet, row, (lxw_col_t)i, text, sheet->formats[CELL_TEXT]);
    }
  return row < LXW_ROW_MAX - 1;
}

static gboolean
export_xlsx (QuayTill *till, const char *path, guint *rows, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int probe = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (probe < 0) /* the library would say so on standard error, and only after all the work */
    return fail_to_write (path, errno, error);
  close (probe);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  Sheet sheet = { .book = workbook_new_opt (part, &options) };
  if (sheet.book == NULL)
    return fail_to_write (path, ENOMEM, error);
  set_up_sheet (&sheet);
  gboolean whole = visit_rows (till, add_sheet_row, &sheet, rows, error);
  worksheet_autofilter (sheet.sheet, 0, 0, MAX (*rows, 1), G_N_ELEMENTS (looks) - 1);
  errno = 0;
  lxw_error failed = workbook_close (sheet.book);
  int number = errno;
  if (!whole)
    {
      g_unlink (part);
      return FALSE;
    }
  if (failed == LXW_NO_ERROR && g_rename (part, path) == 0)
    return TRUE;
  if (failed == LXW_NO_ERROR)
    number = errno;
  g_unlink (part);
  return fail_to_write (path, number != 0 ? number : EIO, error);
}

gboolean
quay_till_export_catalog (QuayTill *till, const char *path, guint *rows, GError **error)
{
  guint n = 0;
  gboolean done = FALSE;
  g_return_val_if_fail (QUAY_IS_TILL (till) && path != NULL, FALSE);
  g_autofree char *lower = g_ascii_strdown (path, -1);
  if (g_str_has_suffix (lower, ".csv"))
    done = export_csv (till, path, &n, error);
  else if (g_str_has_suffix (lower, ".xlsx"))
    done = export_xlsx (till, path, &n, error);
  else
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' ends neither in .csv nor in .xlsx",
                 path);
  if (rows != NULL)
    *rows = n;
  return done;
}
