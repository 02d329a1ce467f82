/* Comma-separated text (RFC 4180) in memory: a bounded reader that says where a row is wrong and
 * goes on with the next, and a writer of rows. No I/O. A reader belongs to one thread at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Put before the first row of a file meant for a spreadsheet, which else takes it for Latin-1. */
#define QUAY_CSV_BOM "\xEF\xBB\xBF"

/**
 * QuayCsvLimits:
 * @delimiter: ',' ';' or tab; 0 finds it in the first row
 * @max_field: bytes in one field
 * @max_row: bytes in all fields of one row
 * @max_fields: fields in one row
 *
 * A 0 stands for the default: 4096, 65536 and 64.
 */
typedef struct
{
  char delimiter;
  gsize max_field;
  gsize max_row;
  guint max_fields;
} QuayCsvLimits;

typedef enum
{
  QUAY_CSV_ROW,   /**< a row was read */
  QUAY_CSV_END,   /**< there are no more */
  QUAY_CSV_ERROR, /**< this row is malformed; the next call goes on after it */
} QuayCsvResult;

typedef struct _QuayCsv QuayCsv;

/**
 * quay_csv_new:
 * @data: (not nullable): a whole file; borrowed, must outlive the reader
 * @len: its bytes
 * @limits: (nullable): NULL for the defaults
 *
 * Skips a byte order mark and finds the delimiter: the one of ; , and tab that the first row that
 * is not blank has most outside quotes; a comma if it has none. Does not check the encoding: call
 * quay_text_check_import() on the file first.
 *
 * Returns: (transfer full)
 */
QuayCsv *quay_csv_new (const char *data, gsize len,
                       const QuayCsvLimits *limits) G_GNUC_WARN_UNUSED_RESULT;

/** Frees the reader and the fields of its last row; NULL is allowed. */
void quay_csv_free (QuayCsv *csv);

/**
 * quay_csv_next:
 * @fields: (out) (transfer none): the row's fields, as written without quotes, not trimmed; valid
 *   until the next call; NULL-terminated
 * @n_fields: (out): their number, at least 1
 *
 * Reads the next row that is not blank. Rows end with CRLF, LF or CR; the last may end with the
 * file. Quoted fields may hold delimiters, line breaks and doubled quotes. A row with a quote
 * inside an unquoted field, text after a closing quote, a NUL byte, or beyond the limits is refused
 * whole, and reading goes on at the next line; a quote that is never closed takes the rest of the
 * file.
 *
 * Returns: QUAY_CSV_ERROR with QUAY_ERROR_INVALID and quay_csv_row(), quay_csv_column() at the spot
 */
QuayCsvResult quay_csv_next (QuayCsv *csv, const char *const **fields, guint *n_fields,
                             GError **error);

/** The row read last, from 1, blank ones counted, as a spreadsheet numbers them. */
guint quay_csv_row (const QuayCsv *csv);

/** The field, from 1, in which the last error was; 0 if the last call was no error. */
guint quay_csv_column (const QuayCsv *csv);

/**
 * quay_csv_append_row:
 * @out: receives the row, ended with CRLF
 * @delimiter: ',' ';' or tab
 * @fields: @n_fields strings, at least one
 *
 * Quotes what must be quoted, and also what begins like a formula or begins or ends with a blank;
 * never alters a field, so reading gives back the same bytes.
 */
void quay_csv_append_row (GString *out, char delimiter, const char *const *fields, guint n_fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCsv, quay_csv_free)

G_END_DECLS
