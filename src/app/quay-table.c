/* Tables of the pages, on GtkColumnView. What GTK 4.8 lacks is done here: headers aligned with
 * their cells, and scrolling to a row by the list's own action. Main thread. */
#include "quay-table.h"

#include "quay-ui.h"

typedef struct
{
  QuayTableFlags flags;
  int width_chars;
  QuayTableBind bind;
  gpointer data;
} Column;

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean number = (column->flags & QUAY_TABLE_NUMBER) != 0;
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (!number)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column->width_chars > 0)
    {
      gtk_label_set_width_chars (GTK_LABEL (label), column->width_chars);
      if (!number)
        gtk_label_set_max_width_chars (GTK_LABEL (label), column->width_chars);
    }
  if (number)
    gtk_widget_add_css_class (label, "num");
  if (column->flags & QUAY_TABLE_STRONG)
    gtk_widget_add_css_class (label, "heading");
  if (column->flags & QUAY_TABLE_QUIET)
    gtk_widget_add_css_class (label, "dim");
  if (column->flags & QUAY_TABLE_BADGE)
    {
      gtk_widget_add_css_class (label, "badge");
      gtk_label_set_width_chars (GTK_LABEL (label), -1);
      gtk_widget_set_halign (label, GTK_ALIGN_START);
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  column->bind (label, gtk_list_item_get_item (item), column->data);
  if (column->flags & QUAY_TABLE_BADGE)
    gtk_widget_set_visible (label, gtk_label_get_text (GTK_LABEL (label))[0] != '\0');
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
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (view_column, (flags & QUAY_TABLE_EXPAND) != 0);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (table), view_column);
  if (flags & QUAY_TABLE_NUMBER)
    align_last_header (table);
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
quay_table_set_badge (GtkWidget *label, const char *class)
{
  static const char *const all[] = { "good", "warn", "bad", "plain" };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    quay_ui_toggle_class (label, all[i], g_str_equal (all[i], class));
}
