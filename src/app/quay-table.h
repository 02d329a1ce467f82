/* Tables of the pages: a GtkColumnView whose cells are texts, with rows of one height, so that a
 * hundred thousand of them scroll as three do. Main thread. */
#pragma once

#include "quay-id.h"
#include "quay-money.h"

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
 * @QUAY_TABLE_SPARE: left out where the text is large
 */
typedef enum
{
  QUAY_TABLE_TEXT = 0,
  QUAY_TABLE_NUMBER = 1 << 0,
  QUAY_TABLE_STRONG = 1 << 1,
  QUAY_TABLE_BADGE = 1 << 2,
  QUAY_TABLE_EXPAND = 1 << 3,
  QUAY_TABLE_QUIET = 1 << 4,
  QUAY_TABLE_SPARE = 1 << 5,
} QuayTableFlags;

/**
 * QuayTableBind:
 * @cell: the widget of the cell, for quay_table_set_text() and the like
 * @item: the row's object
 *
 * Shows one row in one cell. Cells are used again: set every class that another row may have left.
 */
typedef void (*QuayTableBind) (GtkWidget *cell, gpointer item, gpointer data);

/** A table over @model (transfer none); @label is its accessible name. Nothing is selected at
 * first; connect to "activate" for Enter and double click. */
GtkWidget *quay_table_new (const char *label, GListModel *model);

/** Adds a column; @width_chars is about how many characters it shows, 0 to follow its cells. The
 * header stands where the cells stand. */
void quay_table_add (GtkWidget *table, const char *title, QuayTableFlags flags, int width_chars,
                     QuayTableBind bind, gpointer data);

/** A heading was pressed: @column in the order in which columns were added, −1: none any more. */
typedef void (*QuayTableSort) (GtkWidget *table, int column, gboolean descending, gpointer data);

/** Lets the headings of the columns added so far be pressed, and tells of it; whoever has the model
 * puts it in order. */
void quay_table_set_sortable (GtkWidget *table, QuayTableSort sort, gpointer data);

/** Shows or leaves out a column, by the order in which columns were added. */
void quay_table_show_column (GtkWidget *table, guint column, gboolean shown);

/** Shows another model; the selection is gone. */
void quay_table_set_model (GtkWidget *table, GListModel *model);

/** In a table over a QuayRowModel, shows @rows (transfer full) instead of what was there and keeps
 * the selection: on the row whose member at @offset, as G_STRUCT_OFFSET() tells it, is @shown, else
 * on the first, whose id @shown becomes. FALSE if there are no rows. */
gboolean quay_table_set_rows (GtkWidget *table, GPtrArray *rows, gsize offset, QuayId *shown);

/** The selected position, GTK_INVALID_LIST_POSITION if there is none. */
guint quay_table_get_selected (GtkWidget *table);
/** Selects a row and scrolls to it. */
void quay_table_select (GtkWidget *table, guint position);
/** The selection model, for notify::selected; borrowed. */
GtkSingleSelection *quay_table_get_selection (GtkWidget *table);
/** The selected object, borrowed; NULL if there is none. */
gpointer quay_table_get_selected_item (GtkWidget *table);

/** What a cell shows: a text, an amount in bare đồng, a quantity with its unit (nullable). */
void quay_table_set_text (GtkWidget *cell, const char *text);
void quay_table_set_money (GtkWidget *cell, QuayMoney amount);
void quay_table_set_qty (GtkWidget *cell, QuayQty qty, const char *unit);

/** Sets the badge class of a cell ("good", "warn", "bad", "plain") and takes the others away. */
void quay_table_set_badge (GtkWidget *cell, const char *class);

G_END_DECLS
