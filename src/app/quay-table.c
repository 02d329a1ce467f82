/* Tables of the pages, on GtkColumnView. What GTK 4.8 lacks is done here: headers aligned with
 * their cells, and scrolling to a row by the list's own action. Main thread. */
#include "quay-table.h"

#include "quay-row-model.h"
#include "quay-ui.h"

typedef struct
{
  QuayTableFlags flags;
  int width_chars;
  QuayTableBind bind;
  gpointer data;
} Column;

/* An inscription does not measure its text and lays it out only when it is drawn: of the two
 * hundred rows that GTK keeps ready, those below the edge cost next to nothing. */
static GtkWidget *
build_text (const Column *column)
{
  GtkWidget *cell = gtk_inscription_new (NULL);
  guint chars = column->width_chars > 0 ? (guint)column->width_chars : 8;
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), MIN (chars, 9));
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  if (column->flags & QUAY_TABLE_NUMBER)
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 1);
      gtk_widget_add_css_class (cell, "num");
    }
  if (column->flags & QUAY_TABLE_STRONG)
    gtk_widget_add_css_class (cell, "heading");
  if (column->flags & QUAY_TABLE_QUIET)
    gtk_widget_add_css_class (cell, "dim");
  return cell;
}

static GtkWidget *
build_badge (const Column *column)
{
  GtkWidget *cell = gtk_label_new (NULL);
  gtk_label_set_single_line_mode (GTK_LABEL (cell), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (cell), PANGO_ELLIPSIZE_END);
  if (column->width_chars > 0)
    gtk_label_set_max_width_chars (GTK_LABEL (cell), column->width_chars);
  gtk_widget_add_css_class (cell, "badge");
  gtk_widget_set_halign (cell, GTK_ALIGN_START);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  return cell;
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  gboolean badge = (column->flags & QUAY_TABLE_BADGE) != 0;
  gtk_list_item_set_child (item, badge ? build_badge (column) : build_text (column));
}

static void
show_cell (GtkWidget *cell, gpointer item, const Column *column)
{
  column->bind (cell, item, column->data);
  if (column->flags & QUAY_TABLE_BADGE)
    gtk_widget_set_visible (cell, gtk_label_get_text (GTK_LABEL (cell))[0] != '\0');
}

/* The object of a row has other contents: a price was changed, something was sold. */
static void
row_changed_cb (GObject *row, GParamSpec *pspec, GtkListItem *item)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "quay-column");
  show_cell (gtk_list_item_get_child (item), row, column);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  gpointer row = gtk_list_item_get_item (item);
  g_object_set_data (G_OBJECT (item), "quay-column", column);
  g_signal_connect (row, "notify", G_CALLBACK (row_changed_cb), item);
  show_cell (gtk_list_item_get_child (item), row, column);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), row_changed_cb, item);
}

/* Large text leaves no room for every column. */
static void
map_cb (GtkWidget *table)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (table));
  gboolean large = root != NULL && gtk_widget_has_css_class (root, "large");
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (table));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      if (g_object_get_data (G_OBJECT (column), "quay-spare") != NULL)
        gtk_column_view_column_set_visible (column, !large);
    }
}

/* GTK 4.8 takes Tab through every row, thirty thousand of them: arrows do that, Tab leaves. */
static gboolean
tab_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        GtkWidget *table)
{
  gboolean back = key == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;
  GtkRoot *root = gtk_widget_get_root (table);
  if ((key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab) || root == NULL)
    return FALSE;
  gtk_widget_set_can_focus (table, FALSE);
  g_signal_emit_by_name (root, "move-focus", back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
  gtk_widget_set_can_focus (table, TRUE);
  return TRUE;
}

GtkWidget *
quay_table_new (const char *label, GListModel *model)
{
  GtkSingleSelection *selection =
      gtk_single_selection_new (model != NULL ? g_object_ref (model) : NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  GtkWidget *table = gtk_column_view_new (GTK_SELECTION_MODEL (selection));
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (table), TRUE);
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (table), FALSE);
  gtk_widget_add_css_class (table, "table");
  g_signal_connect (table, "map", G_CALLBACK (map_cb), NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (tab_cb), table);
  gtk_widget_add_controller (table, keys);
  quay_ui_set_label (table, label);
  return table;
}

/* The header's last button: the column just added. */
static void
align_last_header (GtkWidget *table)
{
  GtkWidget *header = gtk_widget_get_first_child (table);
  GtkWidget *button = header != NULL ? gtk_widget_get_last_child (header) : NULL;
  GtkWidget *box = button != NULL ? gtk_widget_get_first_child (button) : NULL;
  if (box != NULL)
    gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (button != NULL)
    gtk_widget_add_css_class (button, "num");
}

void
quay_table_add (GtkWidget *table, const char *title, QuayTableFlags flags, int width_chars,
                QuayTableBind bind, gpointer data)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (table));
  Column *column = g_new0 (Column, 1);
  *column = (Column){ flags, width_chars, bind, data };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell_cb), column,
                         (GClosureNotify)(void (*) (void))g_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), column);
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (view_column, (flags & QUAY_TABLE_EXPAND) != 0);
  if (flags & QUAY_TABLE_SPARE)
    g_object_set_data (G_OBJECT (view_column), "quay-spare", table);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (table), view_column);
  if (flags & QUAY_TABLE_NUMBER)
    align_last_header (table);
}

/* --- order --- */

typedef struct
{
  GtkWidget *table;
  QuayTableSort sort;
  gpointer data;
  int asked; /* the column that was compared by last */
} Sorting;

typedef struct
{
  Sorting *sorting;
  int column;
} SortColumn;

/* Never compares rows: it says which column was asked, and the sign of the answer, whether the view
 * turned it round. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const SortColumn *column = data;
  column->sorting->asked = column->column;
  return -1;
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, Sorting *sorting)
{
  sorting->asked = -1;
  GtkOrdering order = gtk_sorter_compare (sorter, sorting->table, sorter); /* any two objects */
  sorting->sort (sorting->table, sorting->asked, order == GTK_ORDERING_LARGER, sorting->data);
}

void
quay_table_set_sortable (GtkWidget *table, QuayTableSort sort, gpointer data)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (table));
  Sorting *sorting = g_new0 (Sorting, 1);
  *sorting = (Sorting){ table, sort, data, -1 };
  g_object_set_data_full (G_OBJECT (table), "quay-sorting", sorting, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      SortColumn *of = g_new0 (SortColumn, 1);
      *of = (SortColumn){ sorting, (int)i };
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new ((GCompareDataFunc)compare_cb, of, g_free));
      gtk_column_view_column_set_sorter (column, sorter);
    }
  g_signal_connect (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (table)), "changed",
                    G_CALLBACK (sorter_changed_cb), sorting);
}

void
quay_table_show_column (GtkWidget *table, guint column, gboolean shown)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (table));
  g_autoptr (GtkColumnViewColumn) view_column = g_list_model_get_item (columns, column);
  if (view_column != NULL)
    gtk_column_view_column_set_visible (view_column, shown);
}

GtkSingleSelection *
quay_table_get_selection (GtkWidget *table)
{
  return GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));
}

void
quay_table_set_model (GtkWidget *table, GListModel *model)
{
  GtkSingleSelection *selection = quay_table_get_selection (table);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  gtk_single_selection_set_model (selection, model);
}

gboolean
quay_table_set_rows (GtkWidget *table, GPtrArray *rows, gsize offset, QuayId *shown)
{
  GtkSingleSelection *selection = quay_table_get_selection (table);
  gboolean any = rows->len > 0;
  guint at = 0;
  while (at < rows->len && !quay_id_equal (G_STRUCT_MEMBER_P (rows->pdata[at], offset), shown))
    at++;
  if (at == rows->len)
    at = any ? 0 : GTK_INVALID_LIST_POSITION;
  if (any)
    *shown = G_STRUCT_MEMBER (QuayId, rows->pdata[at], offset);
  quay_row_model_set (QUAY_ROW_MODEL (gtk_single_selection_get_model (selection)), rows);
  gtk_single_selection_set_selected (selection, at);
  return any;
}

guint
quay_table_get_selected (GtkWidget *table)
{
  return gtk_single_selection_get_selected (quay_table_get_selection (table));
}

gpointer
quay_table_get_selected_item (GtkWidget *table)
{
  return gtk_single_selection_get_selected_item (quay_table_get_selection (table));
}

void
quay_table_select (GtkWidget *table, guint position)
{
  gtk_single_selection_set_selected (quay_table_get_selection (table), position);
  GtkWidget *list = gtk_widget_get_last_child (table);
  if (position != GTK_INVALID_LIST_POSITION && list != NULL)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

void
quay_table_set_text (GtkWidget *cell, const char *text)
{
  if (GTK_IS_LABEL (cell))
    quay_ui_set_text (cell, text);
  else if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), text) != 0)
    gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

void
quay_table_set_money (GtkWidget *cell, QuayMoney amount)
{
  g_autofree char *text = quay_format_money (amount, QUAY_MONEY_BARE);
  quay_table_set_text (cell, text);
}

void
quay_table_set_qty (GtkWidget *cell, QuayQty qty, const char *unit)
{
  g_autofree char *text = quay_format_qty (qty, unit);
  quay_table_set_text (cell, text);
}

void
quay_table_set_badge (GtkWidget *cell, const char *class)
{
  static const char *const all[] = { "good", "warn", "bad", "plain" };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    quay_ui_toggle_class (cell, all[i], g_str_equal (all[i], class));
}
