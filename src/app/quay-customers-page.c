/* The list of customers, beside it the account of the one chosen. Main thread. */
#include "quay-customers-page.h"

#include "quay-customer-form.h"
#include "quay-customer-view.h"
#include "quay-request-list.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-customers.h"
#include "quay-ui.h"

struct _QuayCustomersPage
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *search;
  GtkWidget *sum;
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *view;
  QuayRowModel *model;
  QuayId shown;
  gboolean debtors; /* those alone who owe */
  gboolean reading;
  gulong sales_changed;
};

G_DEFINE_FINAL_TYPE (QuayCustomersPage, quay_customers_page, GTK_TYPE_BOX)

/* --- cells --- */

static const QuayCustomer *
customer_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *title = quay_customer_title (customer_of (row));
  quay_table_set_text (cell, title);
}

/* Whoever stands at the counter sees the list. */
static void
bind_phone (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *phone = quay_phone_mask (customer_of (row)->phone);
  quay_table_set_text (cell, phone != NULL ? phone : "–");
}

static void
bind_debt (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, customer_of (row)->debt);
}

static guint
oldest (const QuayCustomer *customer)
{
  for (guint i = QUAY_N_AGES; i-- > 0;)
    if (customer->ages[i].dong > 0)
      return i;
  return QUAY_N_AGES;
}

static void
bind_age (GtkWidget *cell, gpointer row, gpointer data)
{
  const char *names[QUAY_N_AGES + 1] = { _ ("to 30 days"), _ ("31–60 days"), _ ("61–90 days"),
                                         _ ("over 90 days"), "" };
  static const char *const badges[QUAY_N_AGES + 1] = { "plain", "warn", "warn", "bad", "plain" };
  guint age = oldest (customer_of (row));
  quay_table_set_text (cell, names[age]);
  quay_table_set_badge (cell, badges[age]);
}

static void
bind_last (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayDay day = customer_of (row)->last;
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : g_strdup ("–");
  quay_table_set_text (cell, text);
}

/* --- reading --- */

static void
show_sum (QuayCustomersPage *page, GPtrArray *rows)
{
  gint64 sum = 0;
  for (guint i = 0; i < rows->len; i++)
    sum += MAX (((const QuayCustomer *)rows->pdata[i])->debt.dong, 0);
  g_autofree char *amount = quay_format_money (QUAY_DONG (sum), QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("owed in all %s"), amount);
  quay_ui_set_text (page->sum, text);
}

static int
by_debt (gconstpointer a, gconstpointer b)
{
  gint64 x = (*(const QuayCustomer *const *)a)->debt.dong;
  gint64 y = (*(const QuayCustomer *const *)b)->debt.dong;
  return x < y ? 1 : x > y ? -1 : 0;
}

static void
read_list (QuayCustomersPage *page)
{
  GPtrArray *rows =
      quay_till_customers (page->till, gtk_editable_get_text (GTK_EDITABLE (page->search)));
  for (guint i = rows->len; page->debtors && i-- > 0;)
    if (((const QuayCustomer *)rows->pdata[i])->debt.dong <= 0)
      g_ptr_array_remove_index (rows, i);
  if (page->debtors)
    g_ptr_array_sort (rows, by_debt);
  show_sum (page, rows);
  page->reading = TRUE;
  gboolean any =
      quay_table_set_rows (page->table, rows, G_STRUCT_OFFSET (QuayCustomer, id), &page->shown);
  page->reading = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
  quay_customer_view_show (QUAY_CUSTOMER_VIEW (page->view), any ? &page->shown : NULL);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayCustomersPage *page)
{
  QuayRow *row = gtk_single_selection_get_selected_item (selection);
  if (row == NULL || page->reading)
    return;
  page->shown = customer_of (row)->id;
  quay_customer_view_show (QUAY_CUSTOMER_VIEW (page->view), &page->shown);
}

static void
search_cb (QuayCustomersPage *page)
{
  read_list (page);
}

static void
debtors_cb (GtkToggleButton *chip, QuayCustomersPage *page)
{
  page->debtors = gtk_toggle_button_get_active (chip);
  read_list (page);
}

static void
sales_changed_cb (QuayTill *till, QuayCustomersPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_list (page);
}

/* --- actions --- */

static void
saved_cb (const QuayId *id, gpointer data)
{
  QuayCustomersPage *page = data;
  page->shown = *id;
  read_list (page);
}

static void
open_new (QuayCustomersPage *page)
{
  quay_customer_form_open (GTK_WIDGET (page), page->till, NULL, NULL, saved_cb, page);
}

static void
activate_cb (GtkColumnView *table, guint position, QuayCustomersPage *page)
{
  const QuayCustomer *customer = quay_row_model_get (page->model, position);
  if (customer != NULL && !customer->erased)
    quay_customer_form_open (GTK_WIDGET (page), page->till, &customer->id, NULL, saved_cb, page);
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_new (QUAY_CUSTOMERS_PAGE (widget));
}

static void
pay_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_customer_view_pay (QUAY_CUSTOMER_VIEW (QUAY_CUSTOMERS_PAGE (widget)->view));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_CUSTOMERS_PAGE (widget)->search);
}

/* --- building --- */

static GtkWidget *
build_bar (QuayCustomersPage *page)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (bar, "tight");
  GtkWidget *debtors = gtk_toggle_button_new_with_label (_ ("Who owes"));
  GtkWidget *requests = quay_request_button_new (page->till);
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New customer"), "Ctrl N", "pill");
  page->search = quay_ui_search_entry (_ ("Search customers"),
                                       _ ("Part of a name, or digits of the phone number"));
  quay_ui_set_id (page->search, "customers-search");
  gtk_widget_set_hexpand (page->search, TRUE);
  gtk_widget_add_css_class (debtors, "chip");
  gtk_widget_set_valign (debtors, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (requests, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  page->sum = quay_ui_label (NULL, "dim num");
  gtk_label_set_ellipsize (GTK_LABEL (page->sum), PANGO_ELLIPSIZE_END);
  quay_ui_set_description (page->sum, _ ("Owed by all that are listed"));
  gtk_box_append (GTK_BOX (bar), page->search);
  gtk_box_append (GTK_BOX (bar), page->sum);
  gtk_box_append (GTK_BOX (bar), debtors);
  gtk_box_append (GTK_BOX (bar), requests);
  gtk_box_append (GTK_BOX (bar), add);
  g_signal_connect_swapped (page->search, "changed", G_CALLBACK (search_cb), page);
  g_signal_connect (debtors, "toggled", G_CALLBACK (debtors_cb), page);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (open_new), page);
  return bar;
}

static GtkWidget *
build_table (QuayCustomersPage *page)
{
  page->table = quay_table_new (_ ("Customers"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("Name"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 18, bind_name,
                  NULL);
  quay_table_add (page->table, _ ("Phone"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 11, bind_phone,
                  NULL);
  quay_table_add (page->table, _ ("Still owed"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 9,
                  bind_debt, NULL);
  quay_table_add (page->table, _ ("Oldest debt"), QUAY_TABLE_BADGE, 12, bind_age, NULL);
  quay_table_add (page->table, _ ("Last on"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 9, bind_last,
                  NULL);
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  return quay_ui_table_card (page->table);
}

static void
build (QuayCustomersPage *page)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  page->stack = gtk_stack_new ();
  gtk_box_append (GTK_BOX (left), build_bar (page));
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("people", _ ("No customers here"),
                                      _ ("Only who buys on debt or collects points need be "
                                         "written down. Ctrl+N adds one.")),
                       "empty");
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (left), page->stack);
  gtk_widget_set_hexpand (left, TRUE);
  page->view = quay_customer_view_new (page->till);
  gtk_box_append (GTK_BOX (page), left);
  gtk_box_append (GTK_BOX (page), page->view);
}

static void
quay_customers_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_customers_page_parent_class)->map (widget);
  read_list (QUAY_CUSTOMERS_PAGE (widget));
}

static gboolean
quay_customers_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_CUSTOMERS_PAGE (widget)->search);
}

static void
quay_customers_page_dispose (GObject *object)
{
  QuayCustomersPage *page = QUAY_CUSTOMERS_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->sales_changed, page->till);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_customers_page_parent_class)->dispose (object);
}

static void
quay_customers_page_class_init (QuayCustomersPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_customers_page_dispose;
  widget->map = quay_customers_page_map;
  widget->grab_focus = quay_customers_page_grab_focus;
  gtk_widget_class_install_action (widget, "customers.new", NULL, new_action);
  gtk_widget_class_install_action (widget, "customers.pay", NULL, pay_action);
  gtk_widget_class_install_action (widget, "customers.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "customers.new", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "customers.pay", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "customers.search",
                                       NULL);
}

static void
quay_customers_page_init (QuayCustomersPage *page)
{
  page->model = quay_row_model_new ();
}

GtkWidget *
quay_customers_page_new (QuayTill *till)
{
  QuayCustomersPage *page = g_object_new (QUAY_TYPE_CUSTOMERS_PAGE, NULL);
  page->till = g_object_ref (till);
  gtk_box_set_spacing (GTK_BOX (page), 14);
  build (page);
  page->sales_changed =
      g_signal_connect (till, "sales-changed", G_CALLBACK (sales_changed_cb), page);
  return GTK_WIDGET (page);
}
