/* Rows by column name over the CSV reader of core. */
#include "quay-sheet.h"

#include "quay-csv.h"
#include "quay-data-resources.h"
#include "quay-error.h"
#include "quay-text.h"

#include <string.h>

struct _QuaySheet
{
  GBytes *bytes;
  QuayCsv *csv;
  GHashTable *columns; /* name → place, from 1 */
  GPtrArray *fields;
};

static gboolean
take_header (QuaySheet *sheet, GError **error)
{
  const char *const *fields;
  guint n;
  QuayCsvResult got = quay_csv_next (sheet->csv, &fields, &n, error);
  if (got == QUAY_CSV_ERROR)
    return FALSE;
  if (got == QUAY_CSV_END)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "file is empty");
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      char *name = g_ascii_strdown (fields[i], -1);
      g_hash_table_insert (sheet->columns, g_strstrip (name), GUINT_TO_POINTER (i + 1));
    }
  return TRUE;
}

QuaySheet *
quay_sheet_new (GBytes *bytes, GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  if (!quay_text_check_import (data, len, error))
    return NULL;
  g_autoptr (QuaySheet) sheet = g_new0 (QuaySheet, 1);
  sheet->bytes = g_bytes_ref (bytes);
  sheet->csv = quay_csv_new (data, len, NULL);
  sheet->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sheet->fields = g_ptr_array_new_with_free_func (g_free);
  return take_header (sheet, error) ? g_steal_pointer (&sheet) : NULL;
}

QuaySheet *
quay_sheet_new_data (const char *path, GError **error)
{
  g_autofree char *full = g_strconcat ("/vn/quay/data/", path, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (quay_data_get_resource (), full, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return bytes != NULL ? quay_sheet_new (bytes, error) : NULL;
}

void
quay_sheet_free (QuaySheet *sheet)
{
  if (sheet == NULL)
    return;
  g_clear_pointer (&sheet->csv, quay_csv_free);
  g_clear_pointer (&sheet->columns, g_hash_table_unref);
  g_clear_pointer (&sheet->fields, g_ptr_array_unref);
  g_bytes_unref (sheet->bytes);
  g_free (sheet);
}

gboolean
quay_sheet_next (QuaySheet *sheet, GError **error)
{
  const char *const *fields;
  guint n;
  g_ptr_array_set_size (sheet->fields, 0);
  if (quay_csv_next (sheet->csv, &fields, &n, error) != QUAY_CSV_ROW)
    return FALSE;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sheet->fields, g_strstrip (g_strdup (fields[i])));
  return TRUE;
}

const char *
quay_sheet_get (QuaySheet *sheet, const char *column)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (sheet->columns, column));
  if (place == 0)
    return NULL;
  return place <= sheet->fields->len ? sheet->fields->pdata[place - 1] : "";
}

guint
quay_sheet_row (QuaySheet *sheet)
{
  return quay_csv_row (sheet->csv);
}
