/* Past sales. The list is read in pages as it is scrolled: a year of sales costs no more than a day
 * until somebody scrolls through it. Main thread. */
#include "quay-sales-page.h"

#include "quay-refund-card.h"
#include "quay-refund-list.h"
#include "quay-row-model.h"
#include "quay-sale-view.h"
#include "quay-table.h"
#include "quay-till-sales.h"
#include "quay-ui.h"

#include <string.h>

#define PAGE_ROWS 100
#define NEAR_END_PX 400
#define FIRST_DAY 19700101
#define TYPING_MS                                                                                  \
  200 /* a product that nobody bought is looked for in every sale: not at each key */

struct _QuaySalesPage
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *search;
  GtkWidget *stack;
  GtkWidget *scrolled;
  GtkWidget *table;
  GtkWidget *view;
  QuayRowModel *model;
  int days;     /* how many back; 0: all */
  guint typing; /* timer */
  gboolean complete;
  gboolean reading;
  gboolean stale;
  gulong sales_changed;
  gulong printed;
};

G_DEFINE_FINAL_TYPE (QuaySalesPage, quay_sales_page, GTK_TYPE_BOX)

/* Cells */

static const QuaySaleRecord *
sale_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_number (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_text (label, sale_of (row)->number);
}

/* Day and time without the year where it is this one. */
static void
bind_when (GtkWidget *label, gpointer row, gpointer data)
{
  QuaySalesPage *page = data;
  g_autofree char *text = quay_time_to_vi (sale_of (row)->ts);
  g_autofree char *today = quay_day_to_vi (quay_till_day (page->till));
  if (strncmp (text + 5, today + 5, 5) != 0)
    {
      quay_table_set_text (label, text);
      return;
    }
  g_autofree char *brief = g_strdup_printf ("%.5s  %s", text, text + 11);
  quay_table_set_text (label, brief);
}

static void
bind_lines (GtkWidget *label, gpointer row, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%d", (int)sale_of (row)->n_lines);
  quay_table_set_text (label, text);
}

static void
bind_tender (GtkWidget *label, gpointer row, gpointer data)
{
  g_autofree char *text = quay_sale_view_tenders (sale_of (row)->tenders);
  quay_table_set_text (label, text);
}

static void
bind_total (GtkWidget *label, gpointer row, gpointer data)
{
  quay_table_set_money (label, sale_of (row)->total);
}

static void
bind_state (GtkWidget *label, gpointer row, gpointer data)
{
  const QuaySaleRecord *sale = sale_of (row);
  const char *class = "plain";
  const char *text = "";
  if (sale->refunded.dong != 0)
    {
      class = "bad";
      text = sale->refunded.dong == sale->total.dong ? _ ("given back") : _ ("partly given back");
    }
  else if (sale->printed == QUAY_PRINT_FAILED)
    {
      class = "warn";
      text = _ ("not printed");
    }
  else if (sale->copies > 0)
    text = _ ("reprinted");
  quay_table_set_text (label, text);
  quay_table_set_badge (label, class);
}

/* Reading */

static GPtrArray *
read_page (QuaySalesPage *page, const QuaySaleRecord *before)
{
  QuayDay today = quay_till_day (page->till);
  QuayDay from = page->days > 0 ? quay_day_add (today, 1 - page->days) : FIRST_DAY;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->search));
  return quay_till_sales (page->till, from, QUAY_DAY_MAX, text[0] != '\0' ? text : NULL, before,
                          PAGE_ROWS);
}

static void
show_state (QuaySalesPage *page)
{
  gboolean any = quay_row_model_count (page->model) > 0;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
}

/* The row of the sale shown, as far as the list is read. */
static guint
find_shown (QuaySalesPage *page)
{
  const char *number = quay_sale_view_get_number (QUAY_SALE_VIEW (page->view));
  for (guint i = 0; number != NULL && i < quay_row_model_count (page->model); i++)
    if (g_strcmp0 (((QuaySaleRecord *)quay_row_model_get (page->model, i))->number, number) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
read_first (QuaySalesPage *page)
{
  page->reading = TRUE;
  GPtrArray *rows = read_page (page, NULL);
  page->complete = rows == NULL || rows->len < PAGE_ROWS;
  quay_row_model_set (page->model, rows);
  page->stale = FALSE;
  gtk_single_selection_set_selected (quay_table_get_selection (page->table), find_shown (page));
  show_state (page);
  page->reading = FALSE;
}

static void
read_more (QuaySalesPage *page)
{
  guint n = quay_row_model_count (page->model);
  if (page->complete || page->reading || n == 0)
    return;
  page->reading = TRUE;
  GPtrArray *rows = read_page (page, quay_row_model_get (page->model, n - 1));
  page->complete = rows == NULL || rows->len < PAGE_ROWS;
  if (rows != NULL && rows->len > 0)
    quay_row_model_append (page->model, rows);
  else if (rows != NULL)
    g_ptr_array_unref (rows);
  page->reading = FALSE;
}

static void
scrolled_cb (GtkAdjustment *adjustment, QuaySalesPage *page)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                gtk_adjustment_get_page_size (adjustment);
  if (left < NEAR_END_PX)
    read_more (page);
}

/* Of a refund its slip, over the page. */
static gboolean
open_slip (QuaySalesPage *page, const char *text)
{
  g_autoptr (QuayRefundRecord) refund = quay_till_refund_record (page->till, text);
  if (refund != NULL)
    quay_refund_list_open (GTK_WIDGET (page), page->till, refund->number);
  return refund != NULL;
}

/* A code on a receipt, or a whole number, opens its sale whatever the filter says. */
static gboolean
open_exact (QuaySalesPage *page, const char *text)
{
  if (!quay_sale_view_show (QUAY_SALE_VIEW (page->view), text))
    return open_slip (page, text);
  page->reading = TRUE;
  gtk_single_selection_set_selected (quay_table_get_selection (page->table), find_shown (page));
  page->reading = FALSE;
  return TRUE;
}

/* What is beside the list is one of those found, so that no key acts on a sale that is not. */
static void
show_found (QuaySalesPage *page)
{
  read_first (page);
  if (find_shown (page) != GTK_INVALID_LIST_POSITION)
    return;
  if (quay_row_model_count (page->model) > 0)
    quay_table_select (page->table, 0);
  else
    quay_sale_view_show (QUAY_SALE_VIEW (page->view), NULL);
}

static gboolean
typed_cb (gpointer data)
{
  QuaySalesPage *page = data;
  page->typing = 0;
  show_found (page);
  return G_SOURCE_REMOVE;
}

static void
search_changed_cb (QuaySalesPage *page)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->search));
  g_clear_handle_id (&page->typing, g_source_remove);
  if (!g_str_has_prefix (text, "QUAY:"))
    page->typing = g_timeout_add (TYPING_MS, typed_cb, page);
}

static void
search_activate_cb (QuaySalesPage *page)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->search))));
  if (text[0] != '\0' && open_exact (page, text))
    return;
  if (page->typing != 0)
    {
      g_clear_handle_id (&page->typing, g_source_remove);
      read_first (page);
    }
  if (g_str_has_prefix (text, "QUAY:"))
    quay_ui_toast (GTK_WIDGET (page), _ ("This receipt is not of this shop."));
  else if (quay_row_model_count (page->model) > 0)
    quay_table_select (page->table, 0);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  QuaySalesPage *page = QUAY_SALES_PAGE (widget);
  if (open_exact (page, text))
    return;
  if (g_str_has_prefix (text, "QUAY:"))
    quay_ui_toast (widget, _ ("This receipt is not of this shop."));
  else
    gtk_editable_set_text (GTK_EDITABLE (page->search), text);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuaySalesPage *page)
{
  QuayRow *row = gtk_single_selection_get_selected_item (selection);
  if (row != NULL && !page->reading)
    quay_sale_view_show (QUAY_SALE_VIEW (page->view), sale_of (row)->number);
}

static void
days_cb (GtkToggleButton *chip, QuaySalesPage *page)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  page->days = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "quay-days"));
  if (page->model != NULL)
    read_first (page);
}

static void
sales_changed_cb (QuayTill *till, QuaySalesPage *page)
{
  page->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_first (page);
}

static void
printed_cb (QuayTill *till, const char *number, gboolean ok, const char *why, QuaySalesPage *page)
{
  if (ok || !gtk_widget_get_mapped (GTK_WIDGET (page)))
    return;
  g_autofree char *text =
      g_strdup_printf (_ ("%s was not printed: %s"), number, why != NULL ? why : "?");
  quay_ui_toast (GTK_WIDGET (page), text);
}

static void
reprint_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_sale_view_reprint (QUAY_SALE_VIEW (QUAY_SALES_PAGE (widget)->view));
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_sale_view_give_back (QUAY_SALE_VIEW (QUAY_SALES_PAGE (widget)->view));
}

static void
free_cb (QuaySalesPage *page)
{
  quay_free_card_open (GTK_WIDGET (page), page->till);
}

static void
slips_cb (QuaySalesPage *page)
{
  quay_refund_list_open (GTK_WIDGET (page), page->till, NULL);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_SALES_PAGE (widget)->search);
}

/* Building */

static GtkWidget *
build_chips (QuaySalesPage *page)
{
  const struct
  {
    const char *text;
    int days;
  } chips[] = { { _ ("Today"), 1 }, { _ ("7 days"), 7 }, { _ ("30 days"), 30 }, { _ ("All"), 0 } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (chips[i].text);
      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (chip), "quay-days", GINT_TO_POINTER (chips[i].days));
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
      else
        group = chip;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), chips[i].days == 7);
      g_signal_connect (chip, "toggled", G_CALLBACK (days_cb), page);
      gtk_box_append (GTK_BOX (box), chip);
    }
  page->days = 7;
  return box;
}

static GtkWidget *
build_table (QuaySalesPage *page)
{
  page->table = quay_table_new (_ ("Past sales"), G_LIST_MODEL (page->model));
  quay_ui_set_id (page->table, "sales-table");
  quay_table_add (page->table, _ ("Number"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 17, bind_number,
                  NULL);
  quay_table_add (page->table, _ ("Time"), QUAY_TABLE_QUIET, 12, bind_when, page);
  quay_table_add (page->table, _ ("Lines"), QUAY_TABLE_NUMBER | QUAY_TABLE_SPARE, 5, bind_lines,
                  NULL);
  quay_table_add (page->table, _ ("Paid by"), QUAY_TABLE_EXPAND, 12, bind_tender, NULL);
  quay_table_add (page->table, _ ("Total"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 11, bind_total,
                  NULL);
  quay_table_add (page->table, "", QUAY_TABLE_BADGE, 14, bind_state, NULL);
  page->scrolled = quay_ui_table_card (page->table);
  return page->scrolled;
}

/* Under the list, so that large letters have room for the search above it. */
static GtkWidget *
build_foot (QuaySalesPage *page)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *slips = quay_ui_button (NULL, _ ("Given back…"), NULL, "action small");
  GtkWidget *free_return = quay_ui_button (NULL, _ ("Without a receipt…"), NULL, "action small");
  quay_ui_set_id (slips, "sales-slips");
  g_signal_connect_swapped (slips, "clicked", G_CALLBACK (slips_cb), page);
  g_signal_connect_swapped (free_return, "clicked", G_CALLBACK (free_cb), page);
  gtk_widget_set_halign (foot, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (foot), slips);
  gtk_box_append (GTK_BOX (foot), free_return);
  return foot;
}

static GtkWidget *
build_left (QuaySalesPage *page)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  page->search = quay_ui_search_entry (_ ("Search sales"), _ ("Number, product, phone or 14:30"));
  quay_ui_set_id (page->search, "sales-search");
  page->stack = gtk_stack_new ();
  gtk_widget_set_hexpand (page->search, TRUE);
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (header), page->search);
  gtk_box_append (GTK_BOX (header), build_chips (page));
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("receipt", _ ("No sales here"),
                                      _ ("Nothing was sold in this time, or nothing fits what you "
                                         "are looking for.")),
                       "empty");
  gtk_widget_set_margin_end (left, 14);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (left), header);
  gtk_box_append (GTK_BOX (left), page->stack);
  gtk_box_append (GTK_BOX (left), build_foot (page));
  return left;
}

static void
build (QuaySalesPage *page)
{
  gtk_widget_add_css_class (GTK_WIDGET (page), "sales");
  gtk_box_append (GTK_BOX (page), build_left (page));
  page->view = quay_sale_view_new (page->till);
  gtk_box_append (GTK_BOX (page), page->view);
  g_signal_connect_swapped (page->search, "changed", G_CALLBACK (search_changed_cb), page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (search_activate_cb), page);
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scrolled));
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (scrolled_cb), page);
  page->sales_changed =
      g_signal_connect (page->till, "sales-changed", G_CALLBACK (sales_changed_cb), page);
  page->printed = g_signal_connect (page->till, "printed", G_CALLBACK (printed_cb), page);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, NULL);
}

static void
quay_sales_page_map (GtkWidget *widget)
{
  QuaySalesPage *page = QUAY_SALES_PAGE (widget);
  GTK_WIDGET_CLASS (quay_sales_page_parent_class)->map (widget);
  if (page->stale)
    read_first (page);
  if (quay_sale_view_get_number (QUAY_SALE_VIEW (page->view)) == NULL &&
      quay_row_model_count (page->model) > 0)
    gtk_single_selection_set_selected (quay_table_get_selection (page->table), 0);
}

static gboolean
quay_sales_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_SALES_PAGE (widget)->search);
}

static void
quay_sales_page_dispose (GObject *object)
{
  QuaySalesPage *page = QUAY_SALES_PAGE (object);
  if (page->till != NULL)
    {
      g_clear_signal_handler (&page->sales_changed, page->till);
      g_clear_signal_handler (&page->printed, page->till);
    }
  g_clear_handle_id (&page->typing, g_source_remove);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_sales_page_parent_class)->dispose (object);
}

static void
quay_sales_page_class_init (QuaySalesPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_sales_page_dispose;
  widget->map = quay_sales_page_map;
  widget->grab_focus = quay_sales_page_grab_focus;
  gtk_widget_class_install_action (widget, "sales.reprint", NULL, reprint_cb);
  gtk_widget_class_install_action (widget, "sales.back", NULL, back_cb);
  gtk_widget_class_install_action (widget, "sales.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "sales.reprint", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "sales.back", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "sales.search", NULL);
}

static void
quay_sales_page_init (QuaySalesPage *page)
{
  page->model = quay_row_model_new ();
  page->stale = TRUE;
}

GtkWidget *
quay_sales_page_new (QuayTill *till)
{
  QuaySalesPage *page = g_object_new (QUAY_TYPE_SALES_PAGE, NULL);
  page->till = g_object_ref (till);
  build (page);
  return GTK_WIDGET (page);
}
