/* The table of a form: headings in two storeys, the line of letters, rows that wrap. One thread at
 * a time. */
#include "quay-form-draw.h"

#define PAD 3.0        /* between a cell's edge and its text */
#define LINE 0.5       /* of the grid */
#define MANY_COLUMNS 9 /* from here on letters are smaller */

typedef struct
{
  QuaySheet *sheet;
  double *widths;
  double group_height; /* of the upper storey; 0 without groups */
  double head_height;
  double letter_height; /* 0 without letters */
} Table;

static gboolean
same_group (const QuayFormColumn *a, const QuayFormColumn *b)
{
  return a->group != NULL && g_strcmp0 (a->group, b->group) == 0;
}

/* How many columns from @first on share a group; at least 1. */
static guint
span_of (const QuayForm *form, guint first)
{
  guint n = 1;
  while (first + n < form->n_columns &&
         same_group (&form->columns[first], &form->columns[first + n]))
    n++;
  return n;
}

static double
span_width (const Table *table, guint first, guint n)
{
  double width = 0;
  for (guint i = first; i < first + n; i++)
    width += table->widths[i];
  return width;
}

static double
text_height (const Table *table, const char *text, guint ink, double width)
{
  if (text == NULL)
    return 0;
  g_autoptr (PangoLayout) layout =
      quay_sheet_layout (table->sheet, text, ink, table->sheet->size, width - 2 * PAD);
  return quay_sheet_layout_height (layout) + 2 * PAD;
}

/* A frame and a text in its middle. */
static void
put_heading (const Table *table, const char *text, guint ink, double x, double y, double width,
             double height)
{
  QuaySheet *sheet = table->sheet;
  if (sheet->cr == NULL)
    return;
  cairo_rectangle (sheet->cr, x, y, width, height);
  cairo_stroke (sheet->cr);
  if (text == NULL)
    return;
  g_autoptr (PangoLayout) layout =
      quay_sheet_layout (sheet, text, ink | QUAY_INK_CENTRE, sheet->size, width - 2 * PAD);
  quay_sheet_show (sheet, layout, x + PAD, y + (height - quay_sheet_layout_height (layout)) / 2);
}

static void
measure_heading (Table *table)
{
  const QuayForm *form = table->sheet->form;
  double lower = 0, whole = 0;
  for (guint i = 0; i < form->n_columns; i++)
    {
      const QuayFormColumn *column = &form->columns[i];
      double height = text_height (table, column->title, QUAY_INK_BOLD, table->widths[i]);
      if (column->group == NULL)
        whole = MAX (whole, height);
      else
        lower = MAX (lower, height);
      if (column->letter != NULL)
        table->letter_height =
            MAX (table->letter_height, text_height (table, column->letter, 0, table->widths[i]));
    }
  for (guint i = 0, n; i < form->n_columns; i += n)
    {
      n = span_of (form, i);
      table->group_height =
          MAX (table->group_height, text_height (table, form->columns[i].group, QUAY_INK_BOLD,
                                                 span_width (table, i, n)));
    }
  table->head_height = MAX (table->group_height + lower, whole);
}

static void
put_group (const Table *table, guint first, guint n, double x)
{
  const QuaySheet *sheet = table->sheet;
  const QuayFormColumn *columns = sheet->form->columns;
  double top = table->group_height;
  put_heading (table, columns[first].group, QUAY_INK_BOLD, x, sheet->y,
               span_width (table, first, n), top);
  for (guint i = first; i < first + n; i++)
    {
      put_heading (table, columns[i].title, QUAY_INK_BOLD, x, sheet->y + top, table->widths[i],
                   table->head_height - top);
      x += table->widths[i];
    }
}

static void
put_headings (Table *table)
{
  QuaySheet *sheet = table->sheet;
  const QuayForm *form = sheet->form;
  double x = QUAY_SHEET_MARGIN;
  for (guint i = 0, n; i < form->n_columns; i += n)
    {
      n = span_of (form, i);
      if (form->columns[i].group != NULL)
        put_group (table, i, n, x);
      else
        put_heading (table, form->columns[i].title, QUAY_INK_BOLD, x, sheet->y, table->widths[i],
                     table->head_height);
      x += span_width (table, i, n);
    }
  sheet->y += table->head_height;
  x = QUAY_SHEET_MARGIN;
  for (guint i = 0; i < form->n_columns && table->letter_height > 0; i++)
    {
      put_heading (table, form->columns[i].letter, 0, x, sheet->y, table->widths[i],
                   table->letter_height);
      x += table->widths[i];
    }
  sheet->y += table->letter_height;
}

/* --- rows --- */

/* A figure stays in one line: its letters become smaller before it would break. */
static PangoLayout *
figure_layout (const QuaySheet *sheet, const char *text, guint ink, double width)
{
  g_autoptr (PangoLayout) one = quay_sheet_layout (sheet, text, ink, sheet->size, 0);
  double wide = quay_sheet_layout_width (one);
  double size = wide > width ? sheet->size * width / wide * 0.95 : sheet->size;
  return quay_sheet_layout (sheet, text, ink, size, width);
}

static PangoLayout *
cell_layout (const Table *table, guint column, const char *text, gboolean strong)
{
  const QuaySheet *sheet = table->sheet;
  double width = table->widths[column] - 2 * PAD;
  double most = sheet->height - 2 * QUAY_SHEET_MARGIN - QUAY_SHEET_FOOT - table->head_height -
                table->letter_height - 2 * PAD;
  guint ink = strong ? QUAY_INK_BOLD : 0;
  if (g_str_equal (text, "x"))
    return quay_sheet_layout (sheet, text, ink | QUAY_INK_CENTRE, sheet->size, width);
  if (sheet->form->columns[column].number)
    return figure_layout (sheet, text, ink | QUAY_INK_RIGHT, width);
  PangoLayout *layout = quay_sheet_layout (sheet, text, ink, sheet->size, width);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, (int)(most * PANGO_SCALE)); /* no cell is higher than a page */
  return layout;
}

static gboolean
is_strong (const QuayForm *form, guint row)
{
  for (guint i = 0; i < form->strong->len; i++)
    if (g_array_index (form->strong, guint, i) == row)
      return TRUE;
  return FALSE;
}

static double
row_height (const Table *table, guint row)
{
  const QuayForm *form = table->sheet->form;
  char **texts = form->rows->pdata[row];
  gboolean strong = is_strong (form, row);
  double height = table->sheet->size * 1.4;
  for (guint i = 0; i < form->n_columns; i++)
    {
      if (texts[i] == NULL)
        continue;
      g_autoptr (PangoLayout) layout = cell_layout (table, i, texts[i], strong);
      height = MAX (height, quay_sheet_layout_height (layout));
    }
  return height + 2 * PAD;
}

static void
put_row (Table *table, guint row, double height)
{
  QuaySheet *sheet = table->sheet;
  char **texts = sheet->form->rows->pdata[row];
  gboolean strong = is_strong (sheet->form, row);
  double x = QUAY_SHEET_MARGIN;
  for (guint i = 0; i < sheet->form->n_columns && sheet->cr != NULL; i++)
    {
      cairo_rectangle (sheet->cr, x, sheet->y, table->widths[i], height);
      cairo_stroke (sheet->cr);
      if (texts[i] != NULL)
        {
          g_autoptr (PangoLayout) layout = cell_layout (table, i, texts[i], strong);
          quay_sheet_show (sheet, layout, x + PAD, sheet->y + PAD);
        }
      x += table->widths[i];
    }
  sheet->y += height;
}

static void
put_rows (Table *table)
{
  QuaySheet *sheet = table->sheet;
  const QuayForm *form = sheet->form;
  double next = form->rows->len > 0 ? row_height (table, 0) : 0;
  for (guint i = 0; i < form->rows->len; i++)
    {
      double height = next;
      next = i + 1 < form->rows->len ? row_height (table, i + 1) : 0;
      gboolean with_next = next > 0 && is_strong (form, i + 1); /* a sum stays with what it sums */
      if (quay_sheet_need (sheet, with_next ? height + next : height))
        put_headings (table);
      put_row (table, i, height);
    }
}

void
quay_sheet_table (QuaySheet *sheet)
{
  const QuayForm *form = sheet->form;
  double whole = 0;
  if (form->n_columns == 0)
    return;
  Table table = { .sheet = sheet, .widths = g_new0 (double, form->n_columns) };
  sheet->size = form->n_columns > MANY_COLUMNS ? 7.5 : 9;
  for (guint i = 0; i < form->n_columns; i++)
    whole += form->columns[i].width;
  for (guint i = 0; i < form->n_columns; i++)
    table.widths[i] = quay_sheet_room (sheet) * form->columns[i].width / whole;
  if (sheet->cr != NULL)
    cairo_set_line_width (sheet->cr, LINE);
  measure_heading (&table);
  double first = form->rows->len > 0 ? row_height (&table, 0) : 0;
  quay_sheet_need (sheet, table.head_height + table.letter_height + first);
  put_headings (&table);
  put_rows (&table);
  g_free (table.widths);
}
