/* Orders by the day on which they are due. Main thread. */
#include "quay-orders-page.h"

#include "quay-order-dialog.h"
#include "quay-order-view.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define ENDED_DAYS 365 /* how long ended ones stay in the list of all */

struct _QuayOrdersPage
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *search;
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *view;
  QuayRowModel *model;
  gboolean all; /* also those that ended */
  gboolean reading;
  gboolean stale;
  gulong sales_changed;
};

G_DEFINE_FINAL_TYPE (QuayOrdersPage, quay_orders_page, GTK_TYPE_BOX)

/* --- cells --- */

static const QuayOrderRecord *
order_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_due (GtkWidget *label, gpointer row, gpointer data)
{
  g_autofree char *due = order_of (row)->due != 0 ? quay_day_to_vi (order_of (row)->due) : NULL;
  quay_table_set_text (label, due != NULL ? due : "—");
}

/* The list is seen by whoever stands at the counter: of the telephone it has the end alone. */
static void
bind_customer (GtkWidget *label, gpointer row, gpointer data)
{
  const QuayOrderRecord *order = order_of (row);
  g_autofree char *phone = quay_order_mask_phone (order->phone);
  g_autofree char *text = phone != NULL && order->name != NULL
                              ? g_strdup_printf ("%s · %s", order->name, phone)
                              : g_strdup (order->name != NULL ? order->name : "—");
  quay_table_set_text (label, text);
}

static void
bind_total (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_money (label, order_of (row)->total);
}

static void
bind_deposit (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_money (label, order_of (row)->deposit);
}

static void
bind_state (GtkWidget *label, gpointer row, gpointer data)
{
  QuayOrdersPage *page = data;
  QuayOrderState state = quay_order_state (order_of (row), quay_till_day (page->till));
  quay_table_set_text (label, quay_order_state_text (state));
  quay_table_set_badge (label, quay_order_state_badge (state));
}

/* --- reading --- */

static void
select_order (QuayOrdersPage *page, const QuayId *id)
{
  for (guint i = 0; id != NULL && i < quay_row_model_count (page->model); i++)
    if (quay_id_equal (&((QuayOrderRecord *)quay_row_model_get (page->model, i))->id, id))
      {
        page->reading = TRUE;
        gtk_single_selection_set_selected (quay_table_get_selection (page->table), i);
        page->reading = FALSE;
        break;
      }
  quay_order_view_show (QUAY_ORDER_VIEW (page->view), id);
}

static void
read_orders (QuayOrdersPage *page)
{
  const QuayOrderRecord *shown = quay_order_view_get (QUAY_ORDER_VIEW (page->view));
  QuayId id = shown != NULL ? shown->id : QUAY_ID_NIL;
  QuayDay today = quay_till_day (page->till);
  QuayDay since = page->all ? quay_day_add (today, -ENDED_DAYS) : QUAY_DAY_MAX;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->search));
  page->reading = TRUE;
  quay_row_model_set (page->model,
                      quay_till_orders (page->till, since, text[0] != '\0' ? text : NULL));
  page->reading = FALSE;
  page->stale = FALSE;
  guint n = quay_row_model_count (page->model);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), n > 0 ? "list" : "empty");
  if (!quay_id_is_nil (&id))
    select_order (page, &id);
  else if (n > 0)
    select_order (page, &((QuayOrderRecord *)quay_row_model_get (page->model, 0))->id);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayOrdersPage *page)
{
  QuayRow *row = gtk_single_selection_get_selected_item (selection);
  if (row != NULL && !page->reading)
    quay_order_view_show (QUAY_ORDER_VIEW (page->view), &order_of (row)->id);
}

static void
search_changed_cb (QuayOrdersPage *page)
{
  read_orders (page);
}

static void
search_activate_cb (QuayOrdersPage *page)
{
  if (quay_row_model_count (page->model) > 0)
    quay_table_select (page->table, 0);
}

static void
sales_changed_cb (QuayTill *till, QuayOrdersPage *page)
{
  page->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_orders (page);
}

static void
all_cb (GtkToggleButton *chip, QuayOrdersPage *page)
{
  page->all = gtk_toggle_button_get_active (chip);
  read_orders (page);
}

/* The code on a slip is its number. */
static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  QuayOrdersPage *page = QUAY_ORDERS_PAGE (widget);
  g_autoptr (QuayOrderRecord) order = quay_till_order_by_number (page->till, text);
  if (order != NULL)
    select_order (page, &order->id);
  else
    quay_ui_toast (widget, _ ("No order has this number."));
}

/* --- actions --- */

static void
placed_cb (const QuayId *order, gpointer data)
{
  QuayOrdersPage *page = data;
  gtk_editable_set_text (GTK_EDITABLE (page->search), "");
  read_orders (page);
  select_order (page, order);
}

static void
open_new (QuayOrdersPage *page)
{
  quay_order_dialog_open (GTK_WIDGET (page), page->till, placed_cb, page);
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_new (QUAY_ORDERS_PAGE (widget));
}

static void
hand_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_order_view_hand_over (QUAY_ORDER_VIEW (QUAY_ORDERS_PAGE (widget)->view));
}

static void
print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_order_view_print (QUAY_ORDER_VIEW (QUAY_ORDERS_PAGE (widget)->view));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_ORDERS_PAGE (widget)->search);
}

/* --- building --- */

static GtkWidget *
build_top (QuayOrdersPage *page)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *all = gtk_toggle_button_new_with_label (_ ("Also ended ones"));
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New order"), "Ctrl N", "pill");
  page->search = quay_ui_search_entry (_ ("Search orders"),
                                       _ ("Number, name, or last digits of the telephone"));
  quay_ui_set_id (page->search, "orders-search");
  gtk_widget_set_hexpand (page->search, TRUE);
  gtk_widget_add_css_class (all, "chip");
  gtk_widget_set_valign (all, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  quay_ui_set_id (add, "orders-new");
  g_signal_connect (all, "toggled", G_CALLBACK (all_cb), page);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (open_new), page);
  gtk_box_append (GTK_BOX (top), page->search);
  gtk_box_append (GTK_BOX (top), all);
  gtk_box_append (GTK_BOX (top), add);
  return top;
}

static GtkWidget *
build_table (QuayOrdersPage *page)
{
  page->table = quay_table_new (_ ("Orders"), G_LIST_MODEL (page->model));
  quay_ui_set_id (page->table, "orders-table");
  quay_table_add (page->table, _ ("Due"), QUAY_TABLE_STRONG, 10, bind_due, NULL);
  quay_table_add (page->table, _ ("Customer"), QUAY_TABLE_EXPAND, 20, bind_customer, NULL);
  quay_table_add (page->table, _ ("Total"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 10, bind_total,
                  NULL);
  quay_table_add (page->table, _ ("Deposit"), QUAY_TABLE_NUMBER | QUAY_TABLE_SPARE, 10,
                  bind_deposit, NULL);
  quay_table_add (page->table, "", QUAY_TABLE_BADGE, 14, bind_state, page);
  return quay_ui_table_card (page->table);
}

static void
build (QuayOrdersPage *page)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  page->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("box-seam", _ ("No orders here"),
                                      _ ("Ctrl+N takes an order: what, for whom, for when, and a "
                                         "deposit if there is one.")),
                       "empty");
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_margin_end (left, 14);
  gtk_box_append (GTK_BOX (left), build_top (page));
  gtk_box_append (GTK_BOX (left), page->stack);
  gtk_box_append (GTK_BOX (page), left);
  page->view = quay_order_view_new (page->till);
  gtk_box_append (GTK_BOX (page), page->view);
  g_signal_connect_swapped (page->search, "changed", G_CALLBACK (search_changed_cb), page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (search_activate_cb), page);
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  page->sales_changed =
      g_signal_connect (page->till, "sales-changed", G_CALLBACK (sales_changed_cb), page);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, NULL);
}

static void
quay_orders_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_orders_page_parent_class)->map (widget);
  if (QUAY_ORDERS_PAGE (widget)->stale)
    read_orders (QUAY_ORDERS_PAGE (widget));
}

static gboolean
quay_orders_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_ORDERS_PAGE (widget)->search);
}

static void
quay_orders_page_dispose (GObject *object)
{
  QuayOrdersPage *page = QUAY_ORDERS_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->sales_changed, page->till);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_orders_page_parent_class)->dispose (object);
}

static void
quay_orders_page_class_init (QuayOrdersPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_orders_page_dispose;
  widget->map = quay_orders_page_map;
  widget->grab_focus = quay_orders_page_grab_focus;
  gtk_widget_class_install_action (widget, "orders.new", NULL, new_action);
  gtk_widget_class_install_action (widget, "orders.hand", NULL, hand_action);
  gtk_widget_class_install_action (widget, "orders.print", NULL, print_action);
  gtk_widget_class_install_action (widget, "orders.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "orders.new", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "orders.hand", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "orders.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "orders.search", NULL);
}

static void
quay_orders_page_init (QuayOrdersPage *page)
{
  page->model = quay_row_model_new ();
  page->stale = TRUE;
}

GtkWidget *
quay_orders_page_new (QuayTill *till)
{
  QuayOrdersPage *page = g_object_new (QUAY_TYPE_ORDERS_PAGE, NULL);
  page->till = g_object_ref (till);
  build (page);
  return GTK_WIDGET (page);
}
