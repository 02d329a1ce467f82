/* What is on hand: figures that filter, a search, the table of all products. The till reads
 * everything on a thread; typing, filters and orders go over what was read. Main thread. */
#include "quay-stock-page.h"

#include "quay-stock-card.h"
#include "quay-stock-columns.h"
#include "quay-stock-figures.h"
#include "quay-stock-filters.h"
#include "quay-stock-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define FIRST_ROWS 24 /* as many as a large screen shows */
#define TYPING_MS 150 /* after that long without a key the other rows come, too */
#define ALL_COLUMNS ((1u << QUAY_N_STOCK_COLUMNS) - 1)

struct _QuayStockPage
{
  GtkBox parent_instance;

  QuayTill *till; /* owned */
  GtkWidget *figures;
  GtkWidget *search;
  GtkWidget *filters;
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *scrolled;
  QuayShelf *shelf; /* NULL until the first answer */
  QuayStockModel *model;
  guint typing;  /* timer: the rows that are not shown yet */
  QuayDay today; /* of what is shown */
  int sort;      /* column, −1 by name */
  gboolean descending;
  guint columns; /* bits of QuayStockColumn */
  gboolean reading;
  gboolean again; /* what is being read is old already */
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayStockPage, quay_stock_page, GTK_TYPE_BOX)

/* --- rows --- */

/* Not by its slot, which may get its row a little later. */
static const QuayShelfRow *
selected_row (QuayStockPage *page)
{
  GPtrArray *rows = quay_stock_model_rows (page->model);
  guint at = quay_table_get_selected (page->table);
  return at < rows->len ? rows->pdata[at] : NULL;
}

/* A slot stays selected while its row changes: the selection goes with the product. */
static void
select_product (QuayStockPage *page, const QuayId *product)
{
  GPtrArray *rows = quay_stock_model_rows (page->model);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->model));
  guint at = GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < n && !quay_id_is_nil (product) && at == GTK_INVALID_LIST_POSITION; i++)
    if (quay_id_equal (&((QuayShelfRow *)rows->pdata[i])->product, product))
      at = i;
  gtk_single_selection_set_selected (quay_table_get_selection (page->table), at);
}

/* At least as many as the page has room for. */
static guint
count_visible (QuayStockPage *page)
{
  GtkAdjustment *scroll =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scrolled));
  double upper = gtk_adjustment_get_upper (scroll);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->model));
  double share = upper > 0 ? gtk_adjustment_get_page_size (scroll) / upper : 0;
  return MAX (FIRST_ROWS, (guint)(share * n) + 2);
}

static gboolean
typing_cb (gpointer data)
{
  QuayStockPage *page = data;
  page->typing = 0;
  quay_stock_model_show_all (page->model);
  return G_SOURCE_REMOVE;
}

/* Shows of what was read what the filters ask for. */
static void
show_rows (QuayStockPage *page, guint most)
{
  if (page->shelf == NULL)
    return;
  QuayShelfFilter filter = { .text = gtk_editable_get_text (GTK_EDITABLE (page->search)) };
  quay_stock_filters_get (QUAY_STOCK_FILTERS (page->filters), &filter);
  gboolean all =
      *filter.text == '\0' && filter.category == NULL && filter.how < 0 && filter.state == 0;
  const QuayShelfRow *row = selected_row (page);
  QuayId selected = row != NULL ? row->product : (QuayId)QUAY_ID_NIL;
  GPtrArray *rows = quay_shelf_select (page->shelf, &filter, quay_stock_column_order (page->sort),
                                       page->descending);
  guint n = rows->len;
  page->today = page->shelf->ask.day;
  quay_stock_model_set (page->model, rows, most);
  select_product (page, &selected);
  quay_stock_figures_mark (QUAY_STOCK_FIGURES (page->figures), filter.state);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack),
                                    n > 0 ? "list" : (all ? "empty" : "nothing"));
}

static void
filter_cb (QuayStockPage *page)
{
  show_rows (page, count_visible (page));
  g_clear_handle_id (&page->typing, g_source_remove);
  page->typing = g_timeout_add (TYPING_MS, typing_cb, page);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scrolled)), 0);
}

/* Who scrolls sees what is not shown yet. */
static void
scrolled_cb (GtkAdjustment *scroll, QuayStockPage *page)
{
  if (page->typing == 0 || gtk_adjustment_get_value (scroll) == 0)
    return;
  g_clear_handle_id (&page->typing, g_source_remove);
  page->typing = g_idle_add (typing_cb, page);
}

static void
sort_cb (GtkWidget *table, int column, gboolean descending, gpointer data)
{
  QuayStockPage *page = data;
  page->sort = column;
  page->descending = descending;
  show_rows (page, 0);
}

/* --- reading --- */

static void read_shelf (QuayStockPage *page);

static void
shelf_cb (GObject *till, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayStockPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayShelf) shelf = quay_till_shelf_finish (QUAY_TILL (till), result, &error);
  page->reading = FALSE;
  if (page->till == NULL)
    return;
  if (shelf == NULL)
    quay_ui_show_error (GTK_WIDGET (page), _ ("What is on hand can't be read"), error);
  gboolean first = shelf != NULL && !shelf->whole;
  if (shelf != NULL && !(first && page->shelf != NULL))
    {
      g_autoptr (QuayShelf) before = page->shelf; /* its rows are shown until the others are */
      page->shelf = g_steal_pointer (&shelf);
      if (page->shelf->whole)
        quay_stock_figures_show (QUAY_STOCK_FIGURES (page->figures), &page->shelf->sums);
      show_rows (page, 0);
    }
  if (first || page->again)
    read_shelf (page);
}

/* The first rows come by themselves the first time; after that what was shown stays until all is
 * read again. */
static void
read_shelf (QuayStockPage *page)
{
  if (page->reading)
    {
      page->again = TRUE;
      return;
    }
  QuayShelfAsk ask = quay_stock_filters_ask (QUAY_STOCK_FILTERS (page->filters));
  guint first = page->shelf == NULL && ask.at_ms == 0 && quay_id_is_nil (&ask.loc) ? FIRST_ROWS : 0;
  page->reading = TRUE;
  page->again = FALSE;
  quay_till_shelf_async (page->till, &ask, first, shelf_cb, g_object_ref (page));
}

static void
items_changed_cb (QuayTill *till, QuayStockPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_shelf (page);
}

/* A figure that is shown already shows all again. */
static void
figure_cb (QuayStockFigures *figures, guint state, QuayStockPage *page)
{
  QuayShelfFilter filter = { NULL };
  QuayStockFilters *filters = QUAY_STOCK_FILTERS (page->filters);
  quay_stock_filters_get (filters, &filter);
  quay_stock_filters_set_state (filters, filter.state == state ? 0 : state);
}

/* --- actions --- */

static void
open_selected (QuayStockPage *page)
{
  const QuayShelfRow *row = selected_row (page);
  if (row != NULL)
    quay_stock_card_open (GTK_WIDGET (page), page->till, (QuayShelfRow *)row);
}

static void
activate_cb (GtkColumnView *view, guint position, QuayStockPage *page)
{
  gtk_single_selection_set_selected (quay_table_get_selection (page->table), position);
  open_selected (page);
}

static void
search_activate_cb (QuayStockPage *page)
{
  if (quay_table_get_selected (page->table) == GTK_INVALID_LIST_POSITION &&
      quay_stock_model_rows (page->model)->len > 0)
    quay_table_select (page->table, 0);
  open_selected (page);
}

/* Down leaves the entry for the list, Escape empties it. */
static gboolean
search_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
               QuayStockPage *page)
{
  if (key == GDK_KEY_Down && quay_stock_model_rows (page->model)->len > 0)
    {
      if (quay_table_get_selected (page->table) == GTK_INVALID_LIST_POSITION)
        quay_table_select (page->table, 0);
      gtk_widget_grab_focus (page->table);
      return TRUE;
    }
  if (key != GDK_KEY_Escape || gtk_editable_get_text (GTK_EDITABLE (page->search))[0] == '\0')
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (page->search), "");
  return TRUE;
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (QUAY_STOCK_PAGE (widget)->search), text);
}

static void
export_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayStockPage) page = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL || page->shelf == NULL)
    return;
  if (!quay_till_export_shelf (page->shelf, quay_stock_model_rows (page->model), page->columns,
                               path, &error))
    {
      quay_ui_show_error (GTK_WIDGET (page), _ ("The file was not written"), error);
      return;
    }
  guint n = quay_stock_model_rows (page->model)->len;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u product written to %s", "%u products written to %s", n), n, name);
  quay_ui_toast (GTK_WIDGET (page), text);
}

static void
export_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayStockPage *page = QUAY_STOCK_PAGE (widget);
  if (page->shelf == NULL || !page->shelf->whole)
    return;
  g_autofree char *day = quay_day_to_iso (page->shelf->ask.day);
  g_autofree char *name = g_strdup_printf ("%s-%s.xlsx", _ ("stock"), day);
  quay_ui_choose_file (widget, QUAY_UI_FILE_SAVE, _ ("Export what is shown"), name, "*.xlsx|*.csv",
                       export_chosen_cb, g_object_ref (page));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_STOCK_PAGE (widget)->search);
}

/* --- columns --- */

/* Large text leaves no room for every column. */
static void
show_columns (QuayStockPage *page)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page)));
  gboolean large = root != NULL && gtk_widget_has_css_class (root, "large");
  guint spare = 1u << QUAY_STOCK_PRODUCER | 1u << QUAY_STOCK_MINIMUM | 1u << QUAY_STOCK_COST;
  guint columns = large ? page->columns & ~spare : page->columns;
  for (guint i = 0; i < QUAY_N_STOCK_COLUMNS; i++)
    quay_table_show_column (page->table, i + 1, columns >> i & 1);
}

static void
column_cb (GtkCheckButton *check, QuayStockPage *page)
{
  g_autoptr (GError) error = NULL;
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "quay-column"));
  page->columns &= ALL_COLUMNS & ~(1u << column);
  if (gtk_check_button_get_active (check))
    page->columns |= 1u << column;
  show_columns (page);
  g_autofree char *text = quay_stock_columns_to_text (page->columns);
  if (!quay_till_set_setting (page->till, QUAY_SETTING_STOCK_COLUMNS, text, &error))
    quay_ui_show_error (GTK_WIDGET (page), _ ("The choice was not kept"), error);
}

static GtkWidget *
build_columns (QuayStockPage *page)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *text = quay_till_get_setting (page->till, QUAY_SETTING_STOCK_COLUMNS);
  page->columns = quay_stock_columns_from_text (text);
  for (guint i = 0; i < QUAY_N_STOCK_COLUMNS; i++)
    {
      GtkWidget *check =
          gtk_check_button_new_with_label (quay_stock_column_title ((QuayStockColumn)i));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), page->columns >> i & 1);
      g_object_set_data (G_OBJECT (check), "quay-column", GUINT_TO_POINTER (i));
      g_signal_connect (check, "toggled", G_CALLBACK (column_cb), page);
      gtk_box_append (GTK_BOX (box), check);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Columns"));
  gtk_widget_add_css_class (button, "columns");
  quay_ui_set_id (button, "stock-columns");
  return button;
}

/* --- building --- */

static GtkWidget *
build_search (QuayStockPage *page)
{
  page->search = quay_ui_search_entry (_ ("Search stock"),
                                       _ ("Search by name, barcode, lot, receipt, producer"));
  gtk_widget_set_hexpand (page->search, TRUE);
  quay_ui_set_id (page->search, "stock-search");
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), page);
  gtk_widget_add_controller (page->search, keys);
  g_signal_connect_swapped (page->search, "changed", G_CALLBACK (filter_cb), page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (search_activate_cb), page);
  return page->search;
}

static GtkWidget *
build_filters (QuayStockPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  page->filters = quay_stock_filters_new (page->till);
  gtk_widget_set_hexpand (page->filters, TRUE);
  g_signal_connect_swapped (page->filters, "changed", G_CALLBACK (filter_cb), page);
  g_signal_connect_swapped (page->filters, "ask-changed", G_CALLBACK (read_shelf), page);
  GtkWidget *export = quay_ui_button ("file-earmark-arrow-up", _ ("Export"), "Ctrl E", "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "stock.export");
  gtk_widget_add_css_class (box, "filters");
  gtk_box_append (GTK_BOX (box), page->filters);
  gtk_box_append (GTK_BOX (box), build_columns (page));
  gtk_box_append (GTK_BOX (box), export);
  return box;
}

static GtkWidget *
build_table (QuayStockPage *page)
{
  page->model = quay_stock_model_new ();
  page->table = quay_table_new (_ ("Stock"), G_LIST_MODEL (page->model));
  quay_stock_columns_add (page->table, &page->today);
  quay_table_set_sortable (page->table, sort_cb, page);
  quay_ui_set_id (page->table, "stock-table");
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  page->scrolled = quay_ui_table_card (page->table);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scrolled)),
                    "value-changed", G_CALLBACK (scrolled_cb), page);
  gtk_widget_set_vexpand (page->scrolled, TRUE);
  page->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->stack), page->scrolled, "list");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("box-seam", _ ("No products yet"), _ ("What is on hand of each shows here.")),
      "empty");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("search", _ ("Nothing found"),
                                      _ ("No product passes the search and the filters.")),
                       "nothing");
  return page->stack;
}

static void
quay_stock_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_stock_page_parent_class)->map (widget);
  show_columns (QUAY_STOCK_PAGE (widget));
  read_shelf (QUAY_STOCK_PAGE (widget));
}

static gboolean
quay_stock_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_STOCK_PAGE (widget)->search);
}

static void
quay_stock_page_dispose (GObject *object)
{
  QuayStockPage *page = QUAY_STOCK_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  g_clear_handle_id (&page->typing, g_source_remove);
  if (page->model != NULL)
    quay_stock_model_set (page->model, g_ptr_array_new (), 0);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  g_clear_pointer (&page->shelf, quay_shelf_free);
  G_OBJECT_CLASS (quay_stock_page_parent_class)->dispose (object);
}

static void
quay_stock_page_class_init (QuayStockPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_stock_page_dispose;
  widget->map = quay_stock_page_map;
  widget->grab_focus = quay_stock_page_grab_focus;
  gtk_widget_class_install_action (widget, "stock.export", NULL, export_action);
  gtk_widget_class_install_action (widget, "stock.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "stock.export", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "stock.search", NULL);
}

static void
quay_stock_page_init (QuayStockPage *page)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  page->sort = -1;
}

GtkWidget *
quay_stock_page_new (QuayTill *till)
{
  QuayStockPage *page = g_object_new (QUAY_TYPE_STOCK_PAGE, NULL);
  page->till = g_object_ref (till);
  page->figures = quay_stock_figures_new ();
  g_signal_connect (page->figures, "pressed", G_CALLBACK (figure_cb), page);
  gtk_box_append (GTK_BOX (page), page->figures);
  gtk_box_append (GTK_BOX (page), build_search (page));
  gtk_box_append (GTK_BOX (page), build_filters (page));
  gtk_box_append (GTK_BOX (page), build_table (page));
  show_columns (page);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, NULL);
  return GTK_WIDGET (page);
}
