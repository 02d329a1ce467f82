/* A list model over an array of plain values: sales, report rows, changes of an import. Each row is
 * wrapped in an object only while a list shows it. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** One row: a borrowed pointer into the model's array. */
#define QUAY_TYPE_ROW (quay_row_get_type ())
G_DECLARE_FINAL_TYPE (QuayRow, quay_row, QUAY, ROW, GObject)

#define QUAY_TYPE_ROW_MODEL (quay_row_model_get_type ())
G_DECLARE_FINAL_TYPE (QuayRowModel, quay_row_model, QUAY, ROW_MODEL, GObject)

/** An empty model; (transfer full). */
QuayRowModel *quay_row_model_new (void);

/** Shows @rows instead of what was there; @rows (transfer full) (nullable) frees its elements. */
void quay_row_model_set (QuayRowModel *model, GPtrArray *rows);

/** The same, but at first only its first @most rows: a list of tens of thousands takes the window's
 * time when it comes, whatever of it is to be seen. */
void quay_row_model_set_part (QuayRowModel *model, GPtrArray *rows, guint most);

/** Shows up to @most more of what was set as a part; nothing once all are shown. */
void quay_row_model_show_more (QuayRowModel *model, guint most);

/** Adds the elements of @rows (transfer full) at the end; @rows itself goes. */
void quay_row_model_append (QuayRowModel *model, GPtrArray *rows);

/** The value of a position; borrowed, NULL beyond the end. */
gpointer quay_row_model_get (QuayRowModel *model, guint position);

/** How many rows there are. */
guint quay_row_model_count (QuayRowModel *model);

/** The value that a row stands for; borrowed, valid as long as the row. */
gpointer quay_row_value (QuayRow *row);

G_END_DECLS
