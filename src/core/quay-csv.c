/* The CSV reader is one pass over the bytes: fields are unquoted into one buffer per row and the
 * pointers are taken when the row is whole.
 */
#include "quay-csv.h"

#include "quay-error.h"

#include <string.h>

struct _QuayCsv
{
  const char *p;   /* borrowed */
  const char *end; /* borrowed */
  QuayCsvLimits limits;
  guint row;
  guint column;        /* of the field being read; then of the error, or 0 */
  GString *text;       /* the row's fields, each ended by NUL */
  GArray *starts;      /* gsize: where in text each field begins */
  GPtrArray *pointers; /* the same as pointers, and NULL */
};

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

static void
skip_line_end (QuayCsv *csv)
{
  if (csv->p < csv->end && *csv->p == '\r')
    {
      csv->p++;
      if (csv->p < csv->end && *csv->p == '\n')
        csv->p++;
    }
  else if (csv->p < csv->end && *csv->p == '\n')
    csv->p++;
}

static char
find_delimiter (const char *p, const char *end)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean quoted = FALSE;
  gsize best = 0;
  while (p < end && is_line_end (*p))
    p++;
  for (; p < end && (quoted || !is_line_end (*p)); p++)
    {
      if (*p == '"')
        quoted = !quoted;
      for (gsize i = 0; i < G_N_ELEMENTS (candidates) && !quoted; i++)
        counts[i] += *p == candidates[i];
    }
  for (gsize i = 1; i < G_N_ELEMENTS (candidates); i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

QuayCsv *
quay_csv_new (const char *data, gsize len, const QuayCsvLimits *limits)
{
  g_return_val_if_fail (data != NULL, NULL);
  QuayCsv *csv = g_new0 (QuayCsv, 1);
  csv->p = data;
  csv->end = data + len;
  if (len >= 3 && memcmp (data, QUAY_CSV_BOM, 3) == 0)
    csv->p += 3;
  if (limits != NULL)
    csv->limits = *limits;
  if (csv->limits.max_field == 0)
    csv->limits.max_field = 4096;
  if (csv->limits.max_row == 0)
    csv->limits.max_row = 65536;
  if (csv->limits.max_fields == 0)
    csv->limits.max_fields = 64;
  if (csv->limits.delimiter == '\0')
    csv->limits.delimiter = find_delimiter (csv->p, csv->end);
  csv->text = g_string_sized_new (256);
  csv->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  csv->pointers = g_ptr_array_new ();
  return csv;
}

void
quay_csv_free (QuayCsv *csv)
{
  if (csv == NULL)
    return;
  g_string_free (csv->text, TRUE);
  g_array_unref (csv->starts);
  g_ptr_array_unref (csv->pointers);
  g_free (csv);
}

/* Both readers below end at a delimiter, a line end, the end of data, or return what is wrong. */
static const char *
read_unquoted (QuayCsv *csv)
{
  const char *from = csv->p;
  while (csv->p < csv->end && *csv->p != csv->limits.delimiter && !is_line_end (*csv->p))
    {
      if (*csv->p == '"')
        return "quote inside an unquoted field";
      if (*csv->p == '\0')
        return "NUL byte";
      csv->p++;
    }
  if ((gsize)(csv->p - from) > csv->limits.max_field)
    return "field too long";
  g_string_append_len (csv->text, from, csv->p - from);
  return NULL;
}

static const char *
read_quoted (QuayCsv *csv)
{
  const char *fault = NULL;
  gsize start = csv->text->len;
  for (csv->p++; csv->p < csv->end; csv->p++)
    {
      if (*csv->p == '"')
        {
          if (csv->p + 1 == csv->end || csv->p[1] != '"')
            break;
          csv->p++;
        }
      if (*csv->p == '\0')
        fault = "NUL byte";
      else if (csv->text->len - start >= csv->limits.max_field)
        fault = "field too long";
      if (fault == NULL)
        g_string_append_c (csv->text, *csv->p);
    }
  if (csv->p == csv->end)
    return "quote never closed";
  csv->p++;
  if (fault == NULL && csv->p < csv->end && *csv->p != csv->limits.delimiter &&
      !is_line_end (*csv->p))
    fault = "text after a closing quote";
  return fault;
}

static const char *
read_field (QuayCsv *csv)
{
  gsize start = csv->text->len;
  if (csv->column > csv->limits.max_fields)
    return "too many fields";
  g_array_append_val (csv->starts, start);
  const char *fault = csv->p < csv->end && *csv->p == '"' ? read_quoted (csv) : read_unquoted (csv);
  g_string_append_c (csv->text, '\0');
  if (fault == NULL && csv->text->len - csv->starts->len > csv->limits.max_row)
    fault = "row too long";
  return fault;
}

/* Reads one row into text and starts; returns what is wrong with it, or NULL. */
static const char *
read_row (QuayCsv *csv)
{
  g_string_truncate (csv->text, 0);
  g_array_set_size (csv->starts, 0);
  csv->column = 0;
  for (;;)
    {
      csv->column++;
      const char *fault = read_field (csv);
      if (fault != NULL)
        return fault;
      if (csv->p == csv->end || *csv->p != csv->limits.delimiter)
        return NULL;
      csv->p++;
    }
}

static void
skip_blank_rows (QuayCsv *csv)
{
  while (csv->p < csv->end && is_line_end (*csv->p))
    {
      skip_line_end (csv);
      csv->row++;
    }
}

QuayCsvResult
quay_csv_next (QuayCsv *csv, const char *const **fields, guint *n_fields, GError **error)
{
  g_return_val_if_fail (csv != NULL && fields != NULL && n_fields != NULL, QUAY_CSV_END);
  *fields = NULL;
  *n_fields = 0;
  csv->column = 0;
  skip_blank_rows (csv);
  if (csv->p == csv->end)
    return QUAY_CSV_END;
  csv->row++;
  const char *fault = read_row (csv);
  if (fault != NULL)
    {
      while (csv->p < csv->end && !is_line_end (*csv->p))
        csv->p++;
      skip_line_end (csv);
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "row %u, column %u: %s", csv->row,
                   csv->column, fault);
      return QUAY_CSV_ERROR;
    }
  skip_line_end (csv);
  csv->column = 0;
  g_ptr_array_set_size (csv->pointers, 0);
  for (guint i = 0; i < csv->starts->len; i++)
    g_ptr_array_add (csv->pointers, csv->text->str + g_array_index (csv->starts, gsize, i));
  g_ptr_array_add (csv->pointers, NULL);
  *fields = (const char *const *)csv->pointers->pdata;
  *n_fields = csv->starts->len;
  return QUAY_CSV_ROW;
}

guint
quay_csv_row (const QuayCsv *csv)
{
  return csv->row;
}

guint
quay_csv_column (const QuayCsv *csv)
{
  return csv->column;
}

static gboolean
needs_quotes (const char *field, char delimiter)
{
  gsize len = strlen (field);
  if (len == 0)
    return FALSE;
  if (strchr ("=+-@ \t", field[0]) != NULL || field[len - 1] == ' ' || field[len - 1] == '\t')
    return TRUE;
  if (strncmp (field, QUAY_CSV_BOM, 3) == 0)
    return TRUE; /* in the first row it would be taken for the file's own mark */
  /* Any of the three delimiters, so that a reader that looks for them is not misled. */
  return strpbrk (field, "\"\r\n,;\t") != NULL || strchr (field, delimiter) != NULL;
}

void
quay_csv_append_row (GString *out, char delimiter, const char *const *fields, guint n_fields)
{
  g_return_if_fail (out != NULL && fields != NULL && n_fields > 0);
  for (guint i = 0; i < n_fields; i++)
    {
      if (i > 0)
        g_string_append_c (out, delimiter);
      /* A lone empty field would else be a blank line. */
      if (!needs_quotes (fields[i], delimiter) && !(n_fields == 1 && fields[i][0] == '\0'))
        {
          g_string_append (out, fields[i]);
          continue;
        }
      g_string_append_c (out, '"');
      for (const char *p = fields[i]; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  g_string_append (out, "\r\n");
}
