/* Tables of the pages: a GtkColumnView whose cells are labels, with rows of one height, so that a
 * hundred thousand of them scroll as three do. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * QuayTableFlags:
 * @QUAY_TABLE_TEXT: text at the start of its cell, shortened where it does not fit
 * @QUAY_TABLE_NUMBER: figures of one width at the end of the cell
 * @QUAY_TABLE_STRONG: bold
 * @QUAY_TABLE_BADGE: a small coloured mark; an empty text hides it
 * @QUAY_TABLE_EXPAND: takes the width that is left
 * @QUAY_TABLE_QUIET: in the colour of side remarks
 */
typedef enum
{
  QUAY_TABLE_TEXT = 0,
  QUAY_TABLE_NUMBER = 1 << 0,
  QUAY_TABLE_STRONG = 1 << 1,
  QUAY_TABLE_BADGE = 1 << 2,
  QUAY_TABLE_EXPAND = 1 << 3,
  QUAY_TABLE_QUIET = 1 << 4,
} QuayTableFlags;

/**
 * QuayTableBind:
 * @label: the GtkLabel of the cell
 * @item: the row's object
 *
 * Shows one row in one cell. Cells are used again: set every class that another row may have left.
 */
typedef void (*QuayTableBind) (GtkWidget *label, gpointer item, gpointer data);

/** A table over @model (transfer none); @label is its accessible name. Nothing is selected at
 * first; connect to "activate" for Enter and double click. */
GtkWidget *quay_table_new (const char *label, GListModel *model);

/** Adds a column; @width_chars is about how many characters it shows, 0 to follow its cells. The
 * header stands where the cells stand. */
void quay_table_add (GtkWidget *table, const char *title, QuayTableFlags flags, int width_chars,
                     QuayTableBind bind, gpointer data);

/** Shows another model; the selection is gone. */
void quay_table_set_model (GtkWidget *table, GListModel *model);

/** The selected position, GTK_INVALID_LIST_POSITION if there is none. */
guint quay_table_get_selected (GtkWidget *table);
/** Selects a row and scrolls to it. */
void quay_table_select (GtkWidget *table, guint position);
/** The selection model, for notify::selected; borrowed. */
GtkSingleSelection *quay_table_get_selection (GtkWidget *table);
/** The selected object, borrowed; NULL if there is none. */
gpointer quay_table_get_selected_item (GtkWidget *table);

/** Sets the badge class of a cell ("good", "warn", "bad", "plain") and takes the others away. */
void quay_table_set_badge (GtkWidget *label, const char *class);

G_END_DECLS
