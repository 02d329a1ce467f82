/* Shared by the two halves of applying: rows, and items made from them. */
#pragma once

#include "quay-apply.h"

G_BEGIN_DECLS

struct _QuayApply
{
  QuayDb *db; /* borrowed */
  sqlite3_stmt *statements[QUAY_N_TABLES];
  QuayRows rows;
  GHashTable *products;  /* QuayId set: whose item is to be written */
  GHashTable *producers; /* QuayId set: whose products' items are */
  guint written;         /* items, since somebody asked */
  gboolean forgot;       /* a key went that the log may still hold */
  guint booked;          /* events, the same */
};

/** Notes which items a row changes; called before the row is written. */
gboolean quay_apply_note_row (QuayApply *apply, const QuayRow *row, GError **error);

G_END_DECLS
