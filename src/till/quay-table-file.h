/* A table as a file for people: XLSX with typed cells, or CSV. Any thread. Private to the till. */
#pragma once

#include "quay-day.h"
#include "quay-money.h"

G_BEGIN_DECLS

/** What the cells of a column hold. */
typedef enum
{
  QUAY_CELL_TEXT,
  QUAY_CELL_MONEY,
  QUAY_CELL_QTY,
  QUAY_CELL_COUNT,
  QUAY_CELL_DAY,
} QuayCellKind;
#define QUAY_N_CELL_KINDS 5

/** A column: its heading, in Vietnamese; @width in characters. */
typedef struct
{
  const char *title;
  QuayCellKind kind;
  int width;
} QuayFileColumn;

/** A cell: @text of a text (owned), @n of the others: đồng, thousandths, a number, a day; @empty:
 * nothing. */
typedef struct
{
  char *text;
  gint64 n;
  gboolean empty;
} QuayFileCell;

/** Makes the cell of a row and a column; called for each once, row by row. */
typedef QuayFileCell (*QuayFileCellFunc) (guint row, guint column, gpointer data);

/**
 * quay_table_file_write:
 * @path: ends in .csv or .xlsx
 * @sheet: the sheet's name, at most 31 characters
 *
 * The file is written under another name and then takes its own.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for another ending, _NOT_FOUND, _READ_ONLY, _FULL, _IO.
 */
gboolean quay_table_file_write (const char *path, const char *sheet, const QuayFileColumn *columns,
                                guint n_columns, guint n_rows, QuayFileCellFunc cell, gpointer data,
                                GError **error);

G_END_DECLS
