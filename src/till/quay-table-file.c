/* XLSX by libxlsxwriter, CSV by core. Any thread. */
#include "quay-table-file.h"

#include "quay-csv.h"
#include "quay-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

typedef struct
{
  const QuayFileColumn *columns;
  guint n_columns;
  guint n_rows;
  QuayFileCellFunc cell;
  gpointer data;
} Table;

static gboolean
fail (const char *path, int number, GError **error)
{
  QuayError code = number == ENOSPC || number == EDQUOT                     ? QUAY_ERROR_FULL
                   : number == EACCES || number == EROFS || number == EPERM ? QUAY_ERROR_READ_ONLY
                   : number == ENOENT || number == ENOTDIR                  ? QUAY_ERROR_NOT_FOUND
                                                                            : QUAY_ERROR_IO;
  g_set_error (error, QUAY_ERROR, code, "can't write '%s': %s", path, g_strerror (number));
  return FALSE;
}

/* --- CSV --- */

/* Thousandths as a decimal number without a group sign, as programs read it. */
static char *
qty_text (gint64 milli)
{
  guint64 whole = (guint64)(milli < 0 ? -milli : milli);
  g_autofree char *text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%03u", milli < 0 ? "-" : "",
                                           whole / 1000, (guint)(whole % 1000));
  gsize len = strlen (text);
  while (text[len - 1] == '0')
    text[--len] = '\0';
  if (text[len - 1] == '.')
    text[--len] = '\0';
  return g_steal_pointer (&text);
}

static char *
csv_text (QuayCellKind kind, QuayFileCell *cell)
{
  if (cell->empty)
    return g_strdup ("");
  switch (kind)
    {
    case QUAY_CELL_TEXT:
      return g_steal_pointer (&cell->text);
    case QUAY_CELL_DAY:
      return quay_day_to_iso ((QuayDay)cell->n);
    case QUAY_CELL_QTY:
      return qty_text (cell->n);
    case QUAY_CELL_MONEY:
    case QUAY_CELL_COUNT:
      break;
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, cell->n);
}

static void
append_row (GString *out, const Table *table, guint row)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < table->n_columns; i++)
    {
      QuayFileCell cell = table->cell (row, i, table->data);
      g_ptr_array_add (texts, csv_text (table->columns[i].kind, &cell));
      g_free (cell.text);
    }
  quay_csv_append_row (out, ',', (const char *const *)texts->pdata, texts->len);
}

static gboolean
write_csv (const char *path, const Table *table, GError **error)
{
  g_autoptr (GString) out = g_string_new (QUAY_CSV_BOM);
  g_autofree const char **titles = g_new0 (const char *, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    titles[i] = table->columns[i].title;
  quay_csv_append_row (out, ',', titles, table->n_columns);
  for (guint row = 0; row < table->n_rows; row++)
    append_row (out, table, row);
  errno = 0;
  return g_file_set_contents (path, out->str, (gssize)out->len, NULL) ||
         fail (path, errno != 0 ? errno : EIO, error);
}

/* --- XLSX --- */

typedef struct
{
  lxw_worksheet *sheet;
  lxw_format *formats[QUAY_N_CELL_KINDS];
} Book;

static void
set_up (Book *book, lxw_workbook *file, const char *name, const Table *table)
{
  static const char *const numbers[QUAY_N_CELL_KINDS] = { "@", "#,##0", "#,##0.###", "0",
                                                          "dd/mm/yyyy" };
  lxw_format *header = workbook_add_format (file);
  book->sheet = workbook_add_worksheet (file, name);
  format_set_bold (header);
  format_set_bottom (header, LXW_BORDER_THIN);
  format_set_text_wrap (header);
  format_set_align (header, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bg_color (header, 0xE3EFE3);
  for (guint i = 0; i < QUAY_N_CELL_KINDS; i++)
    {
      book->formats[i] = workbook_add_format (file);
      format_set_num_format (book->formats[i], numbers[i]);
    }
  worksheet_set_row (book->sheet, 0, 30, NULL);
  worksheet_freeze_panes (book->sheet, 1, 0);
  for (guint i = 0; i < table->n_columns; i++)
    {
      lxw_col_t column = (lxw_col_t)i;
      worksheet_set_column (book->sheet, column, column, table->columns[i].width, NULL);
      worksheet_write_string (book->sheet, 0, column, table->columns[i].title, header);
    }
}

static void
write_cell (const Book *book, lxw_row_t row, lxw_col_t column, QuayCellKind kind,
            const QuayFileCell *cell)
{
  lxw_format *format = book->formats[kind];
  if (kind == QUAY_CELL_TEXT)
    {
      if (cell->text != NULL && *cell->text != '\0')
        worksheet_write_string (book->sheet, row, column, cell->text, format);
      return;
    }
  if (kind == QUAY_CELL_DAY)
    {
      lxw_datetime day = { .year = (int)(cell->n / 10000),
                           .month = (int)(cell->n / 100 % 100),
                           .day = (int)(cell->n % 100) };
      worksheet_write_datetime (book->sheet, row, column, &day, format);
      return;
    }
  /* a sheet has no other numbers than floating ones */
  if (kind == QUAY_CELL_QTY)
    worksheet_write_number (book->sheet, row, column, cell->n / 1000.0, format);
  else
    worksheet_write_number (book->sheet, row, column, cell->n, format);
}

static void
write_rows (const Book *book, const Table *table)
{
  for (guint row = 0; row < table->n_rows && row < LXW_ROW_MAX - 1; row++)
    for (guint i = 0; i < table->n_columns; i++)
      {
        QuayFileCell cell = table->cell (row, i, table->data);
        if (!cell.empty)
          write_cell (book, row + 1, (lxw_col_t)i, table->columns[i].kind, &cell);
        g_free (cell.text);
      }
}

static gboolean
write_xlsx (const char *path, const char *name, const Table *table, GError **error)
{
  Book book = { NULL };
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int probe = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (probe < 0) /* the library would say so on standard error, and only after all the work */
    return fail (path, errno, error);
  close (probe);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *file = workbook_new_opt (part, &options);
  if (file == NULL)
    return fail (path, ENOMEM, error);
  set_up (&book, file, name, table);
  write_rows (&book, table);
  if (table->n_rows > 0)
    worksheet_autofilter (book.sheet, 0, 0, table->n_rows, (lxw_col_t)(table->n_columns - 1));
  errno = 0;
  gboolean done = workbook_close (file) == LXW_NO_ERROR;
  done = done && g_rename (part, path) == 0;
  if (done)
    return TRUE;
  int number = errno;
  g_unlink (part);
  return fail (path, number != 0 ? number : EIO, error);
}

gboolean
quay_table_file_write (const char *path, const char *sheet, const QuayFileColumn *columns,
                       guint n_columns, guint n_rows, QuayFileCellFunc cell, gpointer data,
                       GError **error)
{
  Table table = { columns, n_columns, n_rows, cell, data };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  if (g_str_has_suffix (lower, ".csv"))
    return write_csv (path, &table, error);
  if (g_str_has_suffix (lower, ".xlsx"))
    return write_xlsx (path, sheet, &table, error);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' ends neither in .csv nor in .xlsx",
               path);
  return FALSE;
}
