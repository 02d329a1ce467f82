/* The catalogue page: one entry that searches, a filter, a table that reads its rows as they are
 * shown. Editing happens in a card (quay-item-form), import in another (quay-import-dialog).
 * Main thread. */
#include "quay-catalog-page.h"

#include "quay-catalog-columns.h"
#include "quay-import-dialog.h"
#include "quay-item-form.h"
#include "quay-labels-dialog.h"
#include "quay-stock-check.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

struct _QuayCatalogPage
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *search;
  GtkWidget *category;
  GtkWidget *order;
  GtkWidget *count;
  GtkWidget *check; /* products with less than nothing in stock */
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *scrolled;
  GPtrArray *categories; /* codes, by the rows of @category; the first is NULL */
  GListModel *model;
};

G_DEFINE_FINAL_TYPE (QuayCatalogPage, quay_catalog_page, GTK_TYPE_BOX)

static const char *const ORDERS[] = { "name", "sku", "rank" };

static void
show_count (QuayCatalogPage *page)
{
  guint n = g_list_model_get_n_items (page->model);
  gboolean all = gtk_editable_get_text (GTK_EDITABLE (page->search))[0] == '\0' &&
                 gtk_drop_down_get_selected (GTK_DROP_DOWN (page->category)) == 0;
  g_autofree char *number = quay_format_money (QUAY_DONG (n), QUAY_MONEY_BARE);
  g_autofree char *text = g_strdup_printf (ngettext ("%s product", "%s products", n), number);
  quay_ui_set_text (page->count, text);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack),
                                    n > 0 ? "list" : (all ? "empty" : "nothing"));
}

static void
model_changed_cb (GListModel *model, guint position, guint removed, guint added,
                  QuayCatalogPage *page)
{
  show_count (page);
}

/* Shows what the entry and the filter ask for. The model keeps itself true afterwards. While one
 * searches the best match comes first, whatever the order of the whole list is. */
static void
read_items (QuayCatalogPage *page)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->search));
  guint category = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->category));
  guint order = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->order));
  gboolean all = text[0] == '\0';
  g_autoptr (GListModel) model = quay_till_item_model (
      page->till, all ? NULL : text,
      category < page->categories->len ? page->categories->pdata[category] : NULL,
      all ? ORDERS[MIN (order, G_N_ELEMENTS (ORDERS) - 1)] : "rank");
  if (page->model != NULL)
    g_signal_handlers_disconnect_by_func (page->model, model_changed_cb, page);
  g_set_object (&page->model, model);
  g_signal_connect (model, "items-changed", G_CALLBACK (model_changed_cb), page);
  quay_table_set_model (page->table, model);
  gtk_widget_set_sensitive (page->order, all);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scrolled)), 0);
  show_count (page);
}

static void
ask_changed_cb (QuayCatalogPage *page)
{
  if (page->model != NULL)
    read_items (page);
}

static void
fill_categories (QuayCatalogPage *page)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) categories = quay_till_all_categories (page->till);
  g_ptr_array_set_size (page->categories, 0);
  g_ptr_array_add (page->categories, NULL);
  gtk_string_list_append (names, _ ("All groups"));
  for (guint i = 0; categories != NULL && i < categories->len; i++)
    {
      const QuayCategory *category = categories->pdata[i];
      g_ptr_array_add (page->categories, g_strdup (category->code));
      gtk_string_list_append (names, quay_catalog_category_name (category));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (page->category), G_LIST_MODEL (names));
}

/* Actions */

static void
edit_selected (QuayCatalogPage *page)
{
  QuayItemObject *object = quay_table_get_selected_item (page->table);
  if (object == NULL && g_list_model_get_n_items (page->model) == 1)
    quay_table_select (page->table, 0);
  object = quay_table_get_selected_item (page->table);
  if (object != NULL)
    quay_item_form_open (GTK_WIDGET (page), page->till, &quay_item_object_get (object)->product);
}

static void
activate_cb (GtkColumnView *view, guint position, QuayCatalogPage *page)
{
  gtk_single_selection_set_selected (quay_table_get_selection (page->table), position);
  edit_selected (page);
}

static void
new_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_item_form_open (widget, QUAY_CATALOG_PAGE (widget)->till, NULL);
}

static void
labels_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayCatalogPage *page = QUAY_CATALOG_PAGE (widget);
  QuayItemObject *selected = quay_table_get_selected_item (page->table);
  quay_labels_dialog_products (widget, page->till,
                               selected != NULL ? &quay_item_object_get (selected)->product : NULL,
                               page->model);
}

static void
import_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayCatalogPage) page = data;
  if (path != NULL)
    quay_import_dialog_open (GTK_WIDGET (page), page->till, path);
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_ui_choose_file (widget, QUAY_UI_FILE_OPEN, _ ("Import products"), NULL, "*.csv|*.CSV|*.txt",
                       import_chosen_cb, g_object_ref (widget));
}

static void
export_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayCatalogPage) page = data;
  g_autoptr (GError) error = NULL;
  guint rows = 0;
  if (path == NULL)
    return;
  if (!quay_till_export_catalog (page->till, path, &rows, &error))
    {
      quay_ui_show_error (GTK_WIDGET (page), _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u product written to %s", "%u products written to %s", rows), rows, name);
  quay_ui_toast (GTK_WIDGET (page), text);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayCatalogPage *page = QUAY_CATALOG_PAGE (widget);
  g_autofree char *day = quay_day_to_iso (quay_till_day (page->till));
  g_autofree char *name = g_strdup_printf ("%s-%s.xlsx", _ ("products"), day);
  quay_ui_choose_file (widget, QUAY_UI_FILE_SAVE, _ ("Export products"), name, "*.xlsx|*.csv",
                       export_chosen_cb, g_object_ref (page));
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_CATALOG_PAGE (widget)->search);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (QUAY_CATALOG_PAGE (widget)->search), text);
}

static void
search_activate_cb (QuayCatalogPage *page)
{
  if (quay_table_get_selected (page->table) == GTK_INVALID_LIST_POSITION &&
      g_list_model_get_n_items (page->model) > 0)
    quay_table_select (page->table, 0);
  edit_selected (page);
}

/* Down leaves the entry for the list, Escape empties it. */
static gboolean
search_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
               QuayCatalogPage *page)
{
  if (key == GDK_KEY_Down && g_list_model_get_n_items (page->model) > 0)
    {
      if (quay_table_get_selected (page->table) == GTK_INVALID_LIST_POSITION)
        quay_table_select (page->table, 0);
      gtk_widget_child_focus (page->table, GTK_DIR_TAB_FORWARD);
      return TRUE;
    }
  if (key != GDK_KEY_Escape || gtk_editable_get_text (GTK_EDITABLE (page->search))[0] == '\0')
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (page->search), "");
  return TRUE;
}

/* Stock below nothing */

static void
show_check (QuayCatalogPage *page)
{
  g_autoptr (GPtrArray) items = quay_till_negative_items (page->till, QUAY_STOCK_CHECK_MAX);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u product below 0", "%u products below 0", items->len), items->len);
  gtk_widget_set_visible (page->check, items->len > 0);
  quay_ui_button_set_text (page->check, text);
}

static void
items_changed_cb (QuayTill *till, QuayCatalogPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    show_check (page);
}

static void
check_cb (QuayCatalogPage *page)
{
  quay_stock_check_open (GTK_WIDGET (page), page->till);
}

/* Building */

static GtkWidget *
build_header (QuayCatalogPage *page)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  page->count = quay_ui_label (NULL, "dim num");
  gtk_widget_set_hexpand (page->count, TRUE);
  quay_ui_set_id (page->count, "catalog-count");
  quay_ui_set_description (page->count, _ ("Products shown"));
  gtk_box_append (GTK_BOX (header), page->count);
  page->check = quay_ui_button ("exclamation-triangle", "", NULL, "pill warn");
  g_signal_connect_swapped (page->check, "clicked", G_CALLBACK (check_cb), page);
  gtk_widget_set_visible (page->check, FALSE);
  gtk_box_append (GTK_BOX (header), page->check);
  GtkWidget *labels = quay_ui_button ("printer", _ ("Print labels"), "Ctrl L", "pill");
  GtkWidget *import = quay_ui_button ("file-earmark-arrow-down", _ ("Import"), "Ctrl I", "pill");
  GtkWidget *export = quay_ui_button ("file-earmark-arrow-up", _ ("Export"), "Ctrl E", "pill");
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New product"), "Ctrl N", "pill suggested");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (labels), "catalog.labels");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "catalog.import");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "catalog.export");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "catalog.new");
  quay_ui_set_id (add, "catalog-new");
  quay_ui_set_id (import, "catalog-import");
  gtk_box_append (GTK_BOX (header), labels);
  gtk_box_append (GTK_BOX (header), import);
  gtk_box_append (GTK_BOX (header), export);
  gtk_box_append (GTK_BOX (header), add);
  return header;
}

static GtkWidget *
build_filters (QuayCatalogPage *page)
{
  const char *all[] = { _ ("All groups"), NULL };
  const char *orders[] = { _ ("By name"), _ ("By code"), _ ("Best sold first"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  page->search =
      quay_ui_search_entry (_ ("Search products"), _ ("Search by name, code, barcode or producer"));
  gtk_widget_set_hexpand (page->search, TRUE);
  quay_ui_set_id (page->search, "catalog-search");
  page->category = quay_ui_choice (_ ("Group"), all);
  page->order = quay_ui_choice (_ ("Order"), orders);
  gtk_widget_add_css_class (box, "filters");
  gtk_box_append (GTK_BOX (box), page->search);
  gtk_box_append (GTK_BOX (box), page->category);
  gtk_box_append (GTK_BOX (box), page->order);
  return box;
}

static GtkWidget *
build_empty (void)
{
  GtkWidget *empty = quay_ui_empty ("tags", _ ("No products yet"),
                                    _ ("Add the first one, or import a list from a CSV file."));
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *import = quay_ui_button (NULL, _ ("Import a file"), NULL, "action small");
  GtkWidget *add = quay_ui_button (NULL, _ ("New product"), NULL, "main small");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "catalog.import");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "catalog.new");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), import);
  gtk_box_append (GTK_BOX (buttons), add);
  if (GTK_IS_BOX (empty))
    gtk_box_append (GTK_BOX (empty), buttons);
  return empty;
}

static void
build (QuayCatalogPage *page)
{
  GtkWidget *box = GTK_WIDGET (page);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  gtk_box_append (GTK_BOX (box), build_header (page));
  gtk_box_append (GTK_BOX (box), build_filters (page));
  page->table = quay_table_new (_ ("Products"), NULL);
  quay_ui_set_id (page->table, "catalog-table");
  quay_catalog_columns_add (page->table, page->till);
  page->scrolled = quay_ui_table_card (page->table);
  gtk_widget_set_vexpand (page->scrolled, TRUE);
  page->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->stack), page->scrolled, "list");
  gtk_stack_add_named (GTK_STACK (page->stack), build_empty (), "empty");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("search", _ ("Nothing found"), _ ("No product has all of these words.")),
      "nothing");
  gtk_box_append (GTK_BOX (box), page->stack);
}

static void
connect_signals (QuayCatalogPage *page)
{
  g_signal_connect_swapped (page->search, "changed", G_CALLBACK (ask_changed_cb), page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (search_activate_cb), page);
  g_signal_connect_swapped (page->category, "notify::selected", G_CALLBACK (ask_changed_cb), page);
  g_signal_connect_swapped (page->order, "notify::selected", G_CALLBACK (ask_changed_cb), page);
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), page);
  gtk_widget_add_controller (page->search, keys);
  g_signal_connect_object (page->till, "items-changed", G_CALLBACK (items_changed_cb), page, 0);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, NULL);
}

static void
quay_catalog_page_map (GtkWidget *widget)
{
  QuayCatalogPage *page = QUAY_CATALOG_PAGE (widget);
  GTK_WIDGET_CLASS (quay_catalog_page_parent_class)->map (widget);
  show_check (page);
  if (page->model != NULL)
    return;
  fill_categories (page);
  read_items (page);
}

static gboolean
quay_catalog_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_CATALOG_PAGE (widget)->search);
}

/* Letters typed while the list has the keyboard go to the entry. */
static gboolean
type_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
         QuayCatalogPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || GTK_IS_EDITABLE (focus) ||
      !g_unichar_isgraph (gdk_keyval_to_unicode (key)) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (!gtk_event_controller_key_forward (
          controller, GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (page->search)))))
    return FALSE;
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (page->search));
  gtk_editable_set_position (GTK_EDITABLE (page->search), -1);
  return TRUE;
}

static void
quay_catalog_page_dispose (GObject *object)
{
  QuayCatalogPage *page = QUAY_CATALOG_PAGE (object);
  if (page->model != NULL)
    g_signal_handlers_disconnect_by_func (page->model, model_changed_cb, page);
  g_clear_object (&page->model);
  g_clear_pointer (&page->categories, g_ptr_array_unref);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_catalog_page_parent_class)->dispose (object);
}

static void
quay_catalog_page_class_init (QuayCatalogPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_catalog_page_dispose;
  widget->map = quay_catalog_page_map;
  widget->grab_focus = quay_catalog_page_grab_focus;
  gtk_widget_class_install_action (widget, "catalog.new", NULL, new_cb);
  gtk_widget_class_install_action (widget, "catalog.import", NULL, import_cb);
  gtk_widget_class_install_action (widget, "catalog.export", NULL, export_cb);
  gtk_widget_class_install_action (widget, "catalog.labels", NULL, labels_cb);
  gtk_widget_class_install_action (widget, "catalog.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "catalog.new", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_i, GDK_CONTROL_MASK, "catalog.import", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "catalog.export", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "catalog.search", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_l, GDK_CONTROL_MASK, "catalog.labels", NULL);
}

static void
quay_catalog_page_init (QuayCatalogPage *page)
{
  page->categories = g_ptr_array_new_with_free_func (g_free);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (type_cb), page);
  gtk_widget_add_controller (GTK_WIDGET (page), keys);
}

GtkWidget *
quay_catalog_page_new (QuayTill *till)
{
  QuayCatalogPage *page = g_object_new (QUAY_TYPE_CATALOG_PAGE, NULL);
  page->till = g_object_ref (till);
  build (page);
  connect_signals (page);
  return GTK_WIDGET (page);
}
