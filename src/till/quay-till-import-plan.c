/* From a CSV file to a plan: the header, then each row through the same checks as the form. A row
 * that is malformed or refused is reported with its place, and the others go on. */
#include "quay-import-private.h"

#include "quay-editor-private.h"
#include "quay-error.h"
#include "quay-item-fields.h"
#include "quay-text.h"

#include <string.h>

/* Names that may stand in a cell instead of our own words. */
typedef struct
{
  const char *column;
  const char *said; /* folded */
  const char *meant;
} Word;

static const Word words[] = {
  { "sold_by", "can", "weight" },
  { "sold_by", "kg", "weight" },
  { "sold_by", "theo can", "weight" },
  { "sold_by", "can ky", "weight" },
  { "sold_by", "can nang", "weight" },
  { "sold_by", "cai", "piece" },
  { "sold_by", "chiec", "piece" },
  { "sold_by", "dem", "piece" },
  { "sold_by", "theo cai", "piece" },
  { "active", "co", "1" },
  { "active", "x", "1" },
  { "active", "yes", "1" },
  { "active", "true", "1" },
  { "active", "khong", "0" },
  { "active", "no", "0" },
  { "active", "false", "0" },
};

/* A copy of @field without blanks at its ends, of which spreadsheets leave no-break ones too. */
static char *
trim_field (const char *field)
{
  const char *end = field + strlen (field);
  for (;;)
    if (g_ascii_isspace (*field))
      field++;
    else if (g_str_has_prefix (field, "\xC2\xA0"))
      field += 2;
    else
      break;
  for (;;)
    if (end > field && g_ascii_isspace (end[-1]))
      end--;
    else if (end >= field + 2 && memcmp (end - 2, "\xC2\xA0", 2) == 0)
      end -= 2;
    else
      break;
  return g_strndup (field, (gsize)(end - field));
}

/* The cell's text in our own words. */
static char *
take_cell (const QuayItemColumn *column, const char *field)
{
  g_autofree char *text = trim_field (field);
  gboolean worded = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words) && !worded; i++)
    worded = strcmp (words[i].column, column->name) == 0;
  if (!worded)
    return g_steal_pointer (&text);
  g_autofree char *key = quay_text_search_key (text);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].column, column->name) == 0 && strcmp (words[i].said, key) == 0)
      return g_strdup (words[i].meant);
  return g_steal_pointer (&text);
}

/* --- header --- */

static gboolean
add_column (QuayImport *import, QuayImportHeader *header, const char *name, GError **error)
{
  const QuayItemColumn *column = quay_item_column_find (name);
  for (guint i = 0; column != NULL && i < header->n; i++)
    if (header->columns[i] == column)
      {
        g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "column '%s' (%s) is there twice",
                     column->name, column->vi);
        return FALSE;
      }
  if (column == NULL)
    g_ptr_array_add (import->unknown, trim_field (name));
  header->columns[header->n++] = column;
  return TRUE;
}

static gboolean
read_header (QuayImport *import, QuayCsv *csv, QuayImportHeader *header, GError **error)
{
  const char *const *fields;
  guint n;
  gboolean has_sku = FALSE;
  QuayCsvResult got = quay_csv_next (csv, &fields, &n, error);
  if (got == QUAY_CSV_ERROR)
    return FALSE;
  for (guint i = 0; got == QUAY_CSV_ROW && i < MIN (n, QUAY_IMPORT_MAX_COLUMNS); i++)
    {
      if (!add_column (import, header, fields[i], error))
        return FALSE;
      has_sku = has_sku || header->columns[i] == quay_item_column ("sku");
    }
  if (!has_sku)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                         got == QUAY_CSV_END ? "file is empty"
                                             : "first row names no column 'sku' (mã hàng)");
  return has_sku;
}

/* --- rows --- */

static void
refuse_row (QuayImport *import, guint row, const char *code, char *why, char *why_vi)
{
  QuayRefusal *refusal = g_new0 (QuayRefusal, 1);
  refusal->row = row;
  refusal->column = "";
  refusal->code = code;
  refusal->why = why;
  refusal->why_vi = why_vi;
  g_ptr_array_add (import->refused, refusal);
}

static gboolean
is_blank (const char *const *fields, guint from, guint n)
{
  for (guint i = from; i < n; i++)
    {
      g_autofree char *text = trim_field (fields[i]);
      if (*text != '\0')
        return FALSE;
    }
  return TRUE;
}

/* A picture that lies beside the file. */
static void
find_picture (QuayImport *import, QuayItemEdit *edit)
{
  if (import->folder == NULL || edit->picture == NULL || *edit->picture == '\0' ||
      g_path_is_absolute (edit->picture))
    return;
  g_autofree char *beside = g_build_filename (import->folder, edit->picture, NULL);
  if (!g_file_test (beside, G_FILE_TEST_IS_REGULAR))
    return;
  g_free (edit->picture);
  edit->picture = g_steal_pointer (&beside);
}

/* A form may leave the price for later; a file that forgets it is a mistake. */
static gboolean
lacks_price (QuayImport *import, const QuayItemEdit *edit)
{
  if (edit->price != NULL && *edit->price != '\0')
    return FALSE;
  QuayAsOf at = quay_editor_as_of (import->editor);
  g_autoptr (QuayItem) item =
      quay_reader_item_by_sku (import->editor->reader, &at, edit->sku != NULL ? edit->sku : "");
  return item == NULL;
}

static void
plan_row (QuayImport *import, const QuayImportHeader *header, const char *const *fields, guint row)
{
  static const QuayId none = { { 0 } };
  g_autoptr (QuayItemEdit) edit = quay_item_edit_new ();
  for (guint i = 0; i < header->n; i++)
    if (header->columns[i] != NULL)
      *quay_item_edit_at (edit, header->columns[i]->offset) =
          take_cell (header->columns[i], fields[i]);
  find_picture (import, edit);
  if (lacks_price (import, edit))
    {
      g_ptr_array_add (import->refused, quay_refusal_new (row, "price", "empty"));
      return;
    }
  QuayItemPlan *plan = quay_item_edit_check (import->editor, edit, &none, row, import->refused);
  if (plan == NULL)
    return;
  if (plan->added || plan->changes->len > 0)
    g_ptr_array_add (import->plans, plan);
  else
    {
      import->same++;
      quay_item_plan_free (plan);
    }
}

static void
take_row (QuayImport *import, const QuayImportHeader *header, const char *const *fields, guint n,
          guint row)
{
  if (is_blank (fields, 0, n))
    return; /* a spreadsheet's empty line is a row of delimiters */
  import->rows++;
  if (n < header->n || !is_blank (fields, header->n, n))
    refuse_row (import, row, "fields",
                g_strdup_printf ("%u fields, the header has %u", n, header->n),
                g_strdup_printf ("có %u ô, hàng tiêu đề có %u ô", n, header->n));
  else
    plan_row (import, header, fields, row);
}

void
quay_import_begin_plan (QuayImport *import)
{
  quay_import_renew_lists (import);
  g_clear_pointer (&import->editor, quay_editor_free);
  import->editor = quay_editor_prepare (import->till);
  import->rows = 0;
  import->same = 0;
  import->serial = import->till->catalog_serial;
}

/* One row of the file, sound or not; FALSE after the last. */
static gboolean
take_next (QuayImport *import, QuayCsv *csv, const QuayImportHeader *header)
{
  const char *const *fields;
  guint n;
  g_autoptr (GError) malformed = NULL;
  QuayCsvResult got = quay_csv_next (csv, &fields, &n, &malformed);
  if (got == QUAY_CSV_END)
    return FALSE;
  if (got == QUAY_CSV_ROW)
    {
      take_row (import, header, fields, n, quay_csv_row (csv));
      return TRUE;
    }
  import->rows++;
  refuse_row (import, quay_csv_row (csv), "csv", g_strdup (malformed->message),
              g_strdup_printf ("dòng viết sai quy cách CSV ở ô thứ %u (dấu ngoặc kép, ô quá "
                               "dài hoặc ký tự lạ)",
                               quay_csv_column (csv)));
  return TRUE;
}

gboolean
quay_import_run_plan (QuayImport *import, QuayReader *reader, GCancellable *cancellable, gint *done,
                      GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (import->bytes, &len);
  QuayImportHeader header = { 0 };
  quay_editor_load (import->editor, reader);
  if (!quay_text_check_import (data != NULL ? data : "", len, error))
    return FALSE;
  g_autoptr (QuayCsv) csv = quay_csv_new (data != NULL ? data : "", len, NULL);
  if (!read_header (import, csv, &header, error))
    return FALSE;
  while (take_next (import, csv, &header))
    {
      if (done != NULL)
        g_atomic_int_inc (done);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  import->editor->reader = NULL; /* what follows is writing */
  return quay_reader_settle (reader, error);
}

gboolean
quay_import_plan (QuayImport *import, GError **error)
{
  quay_import_begin_plan (import);
  gboolean planned = quay_import_run_plan (import, import->till->reader, NULL, NULL, error);
  if (!planned)
    quay_import_spoil (import);
  return planned;
}

void
quay_import_spoil (QuayImport *import)
{
  import->serial = import->till->catalog_serial - 1;
}
