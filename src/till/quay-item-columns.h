/* The columns of a catalogue file: which member of QuayItemEdit each fills and the header names
 * that stand for it, in English and Vietnamese. Shared by import and export. Private to the till.
 */
#pragma once

#include "quay-till-catalog.h"

G_BEGIN_DECLS

/**
 * QuayItemColumn:
 * @name: header in a file, and the member of QuayItemEdit
 * @offset: of that member
 * @en, @vi: as told to people; @vi is also a header
 * @aliases: further headers, folded to small ASCII letters, separated by |
 */
typedef struct
{
  const char *name;
  guint offset;
  const char *en;
  const char *vi;
  const char *aliases;
} QuayItemColumn;

/** All columns in the order of the export; static. */
const QuayItemColumn *quay_item_columns (guint *n);

/** The column that a file's header names: by name, label or alias, whatever case, marks and
 * spacing; NULL if none. */
const QuayItemColumn *quay_item_column_find (const char *header);

/** The column of that exact name; NULL if none. */
const QuayItemColumn *quay_item_column (const char *name);

G_END_DECLS
