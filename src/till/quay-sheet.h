/* A CSV file with a header, read by the names of its columns. One thread at a time. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _QuaySheet QuaySheet;

/**
 * quay_sheet_new:
 * @bytes: the whole file; kept
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_INVALID if it has no header or is not Unicode.
 */
QuaySheet *quay_sheet_new (GBytes *bytes, GError **error);

/** A file inside the program, by its path below data/ ("params/settings.csv"). */
QuaySheet *quay_sheet_new_data (const char *path, GError **error);

void quay_sheet_free (QuaySheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySheet, quay_sheet_free)

/** Reads the next row. FALSE at the end, or with @error for a malformed row: the next call then
 * goes on after it. */
gboolean quay_sheet_next (QuaySheet *sheet, GError **error);

/** The field of the row under @column without blanks around; "" if it is empty, NULL if the file
 * has no such column. Valid until the next row. */
const char *quay_sheet_get (QuaySheet *sheet, const char *column);

/** The row's place in the file, from 1. */
guint quay_sheet_row (QuaySheet *sheet);

G_END_DECLS
