/* A receipt as plain text in a grid of cells, for terminals, files and tests. Any thread. */
#include "quay-receipt.h"

#include <string.h>

#define INDENT 2
#define WIDE 40
#define MIN_COLUMNS 16
#define MAX_COLUMNS 200

typedef struct
{
  GString *out;
  guint columns;
  guint middle; /* widest cells of the table that is being written */
  guint right;
  guint gap; /* between its columns */
} Page;

static guint
char_cells (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static guint
text_cells (const char *text)
{
  guint cells = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    cells += char_cells (g_utf8_get_char (p));
  return cells;
}

/* How many bytes of @text go on a line of @cells: whole words, or if not even the first one fits,
 * as many characters, each with its marks. At least one character, so that wrapping ends. */
static gsize
line_bytes (const char *text, guint cells)
{
  guint used = 0;
  gsize last_word = 0;
  const char *p = text;
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint wide = char_cells (g_utf8_get_char (p));
      if (*p == ' ')
        last_word = p - text;
      if (used + wide > cells && p > text)
        return last_word > 0 ? last_word : (gsize)(p - text);
      used += wide;
    }
  return p - text;
}

/* (element-type utf8): the lines of @text; none for an empty text. */
static GPtrArray *
wrap_text (const char *text, guint cells)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  while (*text == ' ')
    text++;
  while (*text != '\0')
    {
      gsize n = line_bytes (text, cells);
      g_ptr_array_add (lines, g_strchomp (g_strndup (text, n)));
      text += n;
      while (*text == ' ')
        text++;
    }
  return lines;
}

static void
append_spaces (Page *page, guint n)
{
  g_string_append_printf (page->out, "%*s", (int)n, "");
}

/* Nothing at the right leaves no blanks behind. */
static void
end_line (Page *page)
{
  gsize len = page->out->len;
  while (len > 0 && page->out->str[len - 1] == ' ')
    len--;
  g_string_truncate (page->out, len);
  g_string_append_c (page->out, '\n');
}

static void
append_centred (Page *page, const char *text)
{
  g_autoptr (GPtrArray) lines = wrap_text (text, page->columns);
  for (guint i = 0; i < lines->len; i++)
    {
      append_spaces (page, (page->columns - text_cells (lines->pdata[i])) / 2);
      g_string_append (page->out, lines->pdata[i]);
      end_line (page);
    }
}

/* Lines at the left, each after @indent; the last one is left open. Returns its width in cells. */
static guint
append_open (Page *page, const char *text, guint indent, guint room)
{
  g_autoptr (GPtrArray) lines = wrap_text (text, room - indent);
  for (guint i = 0; i < lines->len; i++)
    {
      if (i > 0)
        end_line (page);
      append_spaces (page, indent);
      g_string_append (page->out, lines->pdata[i]);
    }
  return lines->len == 0 ? 0 : indent + text_cells (lines->pdata[lines->len - 1]);
}

static void
append_right (Page *page, const char *text, guint from, guint to)
{
  guint cells = text_cells (text);
  append_spaces (page, from + cells < to ? to - from - cells : 0);
  g_string_append (page->out, text);
}

static void
append_text (Page *page, const QuayReceiptRow *row, guint indent)
{
  if (row->style & QUAY_ROW_BANNER)
    {
      g_autofree char *text = g_strdup_printf ("*** %s ***", row->left);
      append_centred (page, text);
    }
  else if (row->style & QUAY_ROW_CENTRE)
    append_centred (page, row->left);
  else
    {
      append_open (page, row->left, indent, page->columns);
      end_line (page);
    }
}

/* Texts that cannot stand side by side go below each other. */
static void
append_stacked (Page *page, const QuayReceiptRow *row, guint indent)
{
  if (append_open (page, row->left, indent, page->columns) > 0)
    end_line (page);
  g_autoptr (GPtrArray) lines = wrap_text (row->right, page->columns);
  for (guint i = 0; i < lines->len; i++)
    {
      append_right (page, lines->pdata[i], 0, page->columns);
      end_line (page);
    }
}

static guint
widest_word (const char *text)
{
  guint widest = 0, cells = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      cells = *p == ' ' ? 0 : cells + char_cells (g_utf8_get_char (p));
      widest = MAX (widest, cells);
    }
  return widest;
}

/* The right text ends the last line of the left one, unless that would break a word. */
static void
append_pair (Page *page, const QuayReceiptRow *row, guint indent)
{
  guint left = indent + text_cells (row->left);
  guint right = text_cells (row->right);
  guint room = page->columns;
  if (left + 1 + right > page->columns)
    room = right + 2 < page->columns ? page->columns - right - 2 : 0;
  if (indent + widest_word (row->left) > room)
    {
      append_stacked (page, row, indent);
      return;
    }
  guint used = append_open (page, row->left, indent, room);
  append_right (page, row->right, used, page->columns);
  end_line (page);
}

static void
append_columns (Page *page, const QuayReceiptRow *row)
{
  guint taken = page->middle + page->right + 2 * page->gap;
  guint room = taken + 6 < page->columns ? page->columns - taken : 0;
  guint right_from = page->columns - MIN (page->right, page->columns);
  if (room > 0)
    {
      guint used = append_open (page, row->left, 0, room);
      append_right (page, row->middle, used, right_from - page->gap);
      append_right (page, row->right, MAX (used, right_from - page->gap), page->columns);
      end_line (page);
      return;
    }
  QuayReceiptRow two = { .left = row->left, .right = row->middle };
  append_pair (page, &two, 0);
  two.left = (char *)"";
  two.right = row->right;
  append_pair (page, &two, 0);
}

/* The widest cells of the table that begins at row @first. */
static void
measure_table (Page *page, const QuayReceipt *receipt, guint first)
{
  page->middle = page->right = 0;
  for (guint i = first; i < quay_receipt_get_n_rows (receipt); i++)
    {
      const QuayReceiptRow *row = quay_receipt_get_row (receipt, i);
      if (row->kind != QUAY_ROW_COLUMNS)
        return;
      page->middle = MAX (page->middle, text_cells (row->middle));
      page->right = MAX (page->right, text_cells (row->right));
    }
}

static void
append_row (Page *page, const QuayReceiptRow *row)
{
  guint indent = row->style & QUAY_ROW_INDENT ? INDENT : 0;
  if (row->style & QUAY_ROW_SPACED)
    end_line (page);
  switch (row->kind)
    {
    case QUAY_ROW_TEXT:
      append_text (page, row, indent);
      break;
    case QUAY_ROW_PAIR:
      append_pair (page, row, indent);
      break;
    case QUAY_ROW_COLUMNS:
      append_columns (page, row);
      break;
    case QUAY_ROW_RULE:
      for (guint i = 0; i < page->columns; i++)
        g_string_append_c (page->out, row->style & QUAY_ROW_BOLD ? '=' : '-');
      end_line (page);
      break;
    case QUAY_ROW_CODE:
      append_centred (page, row->middle);
      append_centred (page, row->right);
      break;
    case QUAY_ROW_PAYMENT:
      break; /* what it says stands in the rows below it */
    }
}

char *
quay_receipt_to_text (const QuayReceipt *receipt, guint columns)
{
  g_return_val_if_fail (receipt != NULL, NULL);
  g_return_val_if_fail (columns >= MIN_COLUMNS && columns <= MAX_COLUMNS, NULL);

  Page page = { .out = g_string_new (NULL), .columns = columns, .gap = columns < WIDE ? 1 : 3 };
  gboolean in_table = FALSE;
  for (guint i = 0; i < quay_receipt_get_n_rows (receipt); i++)
    {
      const QuayReceiptRow *row = quay_receipt_get_row (receipt, i);
      if (row->kind == QUAY_ROW_COLUMNS && !in_table)
        measure_table (&page, receipt, i);
      in_table = row->kind == QUAY_ROW_COLUMNS;
      append_row (&page, row);
    }
  return g_string_free (page.out, FALSE);
}
