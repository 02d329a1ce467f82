/* The list of producers, beside it the account of the one chosen. Main thread. */
#include "quay-partner-page.h"

#include "quay-consign-words.h"
#include "quay-partner-form.h"
#include "quay-partner-view.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-text.h"
#include "quay-till-partner.h"
#include "quay-ui.h"

#include <string.h>

struct _QuayPartnerPage
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *search;
  GtkWidget *count;
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *view;
  QuayRowModel *model;
  QuayId shown;
  gboolean reading;
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayPartnerPage, quay_partner_page, GTK_TYPE_BOX)

/* Cells */

static const QuayPartner *
partner_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, partner_of (row)->name);
}

static void
bind_kind (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, quay_consign_kind_name (partner_of (row)->kind));
}

static void
bind_on_shelf (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, partner_of (row)->on_shelf);
}

static void
bind_owed (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, partner_of (row)->owed);
}

static void
bind_settled (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayDay day = partner_of (row)->settled;
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : g_strdup ("–");
  quay_table_set_text (cell, text);
}

/* Reading */

static gboolean
fits (const QuayPartner *partner, const char *words)
{
  g_autofree char *name = quay_text_search_key (partner->name);
  return strstr (name, words) != NULL;
}

static void
read_list (QuayPartnerPage *page)
{
  g_autofree char *words =
      quay_text_search_key (gtk_editable_get_text (GTK_EDITABLE (page->search)));
  GPtrArray *rows = quay_till_partners (page->till);
  for (guint i = rows->len; words[0] != '\0' && i > 0; i--)
    if (!fits (rows->pdata[i - 1], words))
      g_ptr_array_remove_index (rows, i - 1);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u producer", "%u producers", rows->len), rows->len);
  quay_ui_set_text (page->count, text);
  page->reading = TRUE;
  gboolean any =
      quay_table_set_rows (page->table, rows, G_STRUCT_OFFSET (QuayPartner, id), &page->shown);
  page->reading = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
  quay_partner_view_show (QUAY_PARTNER_VIEW (page->view), any ? &page->shown : NULL);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayPartnerPage *page)
{
  QuayRow *row = gtk_single_selection_get_selected_item (selection);
  if (row == NULL || page->reading)
    return;
  page->shown = partner_of (row)->id;
  quay_partner_view_show (QUAY_PARTNER_VIEW (page->view), &page->shown);
}

static void
changed_cb (gpointer data)
{
  read_list (data);
}

static void
saved_cb (const QuayId *id, gpointer data)
{
  QuayPartnerPage *page = data;
  page->shown = *id;
  read_list (page);
}

static void
activate_cb (GtkColumnView *table, guint position, QuayPartnerPage *page)
{
  const QuayPartner *partner = quay_row_model_get (page->model, position);
  if (partner != NULL)
    quay_partner_form_open (GTK_WIDGET (page), page->till, &partner->id, saved_cb, page);
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayPartnerPage *page = QUAY_PARTNER_PAGE (widget);
  quay_partner_form_open (widget, page->till, NULL, saved_cb, page);
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_PARTNER_PAGE (widget)->search);
}

static void
new_cb (GtkWidget *button, QuayPartnerPage *page)
{
  new_action (GTK_WIDGET (page), NULL, NULL);
}

static void
search_cb (GtkEditable *entry, QuayPartnerPage *page)
{
  read_list (page);
}

static void
items_changed_cb (QuayTill *till, QuayPartnerPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_list (page);
}

/* Building */

static GtkWidget *
build_table (QuayPartnerPage *page)
{
  page->table = quay_table_new (_ ("Producers"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("Name"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 22, bind_name,
                  NULL);
  quay_table_add (page->table, _ ("Kind"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 12, bind_kind,
                  NULL);
  quay_table_add (page->table, _ ("On consignment"), QUAY_TABLE_NUMBER, 10, bind_on_shelf, NULL);
  quay_table_add (page->table, _ ("Owed"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 8, bind_owed,
                  NULL);
  quay_table_add (page->table, _ ("Settled on"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 8,
                  bind_settled, NULL);
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  return quay_ui_table_card (page->table);
}

static GtkWidget *
build_bar (QuayPartnerPage *page)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New producer"), "Ctrl+N", "pill suggested");
  page->search = quay_ui_search_entry (_ ("Search producers"), _ ("Name of a producer"));
  gtk_widget_set_hexpand (page->search, TRUE);
  page->count = quay_ui_label (NULL, "dim num");
  quay_ui_set_description (page->count, _ ("How many producers"));
  gtk_box_append (GTK_BOX (bar), page->search);
  gtk_box_append (GTK_BOX (bar), page->count);
  gtk_box_append (GTK_BOX (bar), add);
  g_signal_connect (page->search, "changed", G_CALLBACK (search_cb), page);
  g_signal_connect (add, "clicked", G_CALLBACK (new_cb), page);
  return bar;
}

static void
build (QuayPartnerPage *page)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  page->stack = gtk_stack_new ();
  gtk_box_append (GTK_BOX (left), build_bar (page));
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("people", _ ("No producers"),
                                      _ ("Add the cooperatives and households whose goods you "
                                         "sell, with what was agreed with them.")),
                       "empty");
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (left), page->stack);
  gtk_widget_set_hexpand (left, TRUE);
  page->view = quay_partner_view_new (page->till, changed_cb, page);
  gtk_box_append (GTK_BOX (page), left);
  gtk_box_append (GTK_BOX (page), page->view);
}

static void
quay_partner_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_partner_page_parent_class)->map (widget);
  read_list (QUAY_PARTNER_PAGE (widget));
}

static gboolean
quay_partner_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_PARTNER_PAGE (widget)->search);
}

static void
quay_partner_page_dispose (GObject *object)
{
  QuayPartnerPage *page = QUAY_PARTNER_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_partner_page_parent_class)->dispose (object);
}

static void
quay_partner_page_class_init (QuayPartnerPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_partner_page_dispose;
  widget_class->map = quay_partner_page_map;
  widget_class->grab_focus = quay_partner_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "partners.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "partners.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "partners.new",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "partners.search",
                                       NULL);
}

static void
quay_partner_page_init (QuayPartnerPage *page)
{
  page->model = quay_row_model_new ();
}

GtkWidget *
quay_partner_page_new (QuayTill *till)
{
  QuayPartnerPage *page = g_object_new (QUAY_TYPE_PARTNER_PAGE, NULL);
  page->till = g_object_ref (till);
  gtk_box_set_spacing (GTK_BOX (page), 14);
  build (page);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
