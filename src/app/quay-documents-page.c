/* The list of documents of goods, and the one chosen beside it. Main thread. */
#include "quay-documents-page.h"

#include "quay-document-view.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-documents.h"
#include "quay-ui.h"

#define PAGE_ROWS 200
#define FIRST_DAY 19700101
#define TYPING_MS 150
#define NEAR_END_PX 400

struct _QuayDocumentsPage
{
  GtkBox parent;
  QuayTill *till;      /* owned */
  QuayRowModel *model; /* owned */
  GtkWidget *search;
  GtkWidget *kind;
  GtkWidget *days;
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *view;
  gulong items_changed;
  guint typing;
  gboolean reading;
  gboolean complete;
};

G_DEFINE_FINAL_TYPE (QuayDocumentsPage, quay_documents_page, GTK_TYPE_BOX)

static const int DAYS[] = { 30, 90, 365, 0 };

/* --- cells --- */

static const QuayDocument *
document_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_number (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, document_of (row)->voucher->number);
}

static void
bind_day (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *day = quay_day_to_vi (document_of (row)->day);
  quay_table_set_text (cell, day);
}

static void
bind_kind (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, quay_document_kind_text (document_of (row)));
}

static void
bind_party (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayDocument *document = document_of (row);
  const char *text = document->party_name;
  if (text == NULL)
    text = document->voucher->name != NULL ? document->voucher->name : document->voucher->note;
  quay_table_set_text (cell, text != NULL ? text : "");
}

static void
bind_total (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayMoney total = document_of (row)->voucher->total;
  if (total.dong != 0)
    quay_table_set_money (cell, total);
  else
    quay_table_set_text (cell, "");
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayDocument *document = document_of (row);
  gboolean back = !quay_id_is_nil (&document->voucher->reverses);
  gboolean taken = !quay_id_is_nil (&document->reversed_by);
  quay_table_set_text (cell, taken ? _ ("taken back") : back ? _ ("takes back") : "");
  quay_table_set_badge (cell, taken ? "warn" : "plain");
}

/* --- reading --- */

static GPtrArray *
read_rows (QuayDocumentsPage *page, guint offset)
{
  guint days = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->days));
  int n = DAYS[MIN (days, G_N_ELEMENTS (DAYS) - 1)];
  QuayDocumentFilter filter = {
    .kind = (int)gtk_drop_down_get_selected (GTK_DROP_DOWN (page->kind)) - 1,
    .from = n > 0 ? quay_day_add (quay_till_day (page->till), 1 - n) : FIRST_DAY,
    .to = QUAY_DAY_MAX,
    .text = gtk_editable_get_text (GTK_EDITABLE (page->search)),
    .offset = offset,
    .limit = PAGE_ROWS,
  };
  GPtrArray *rows = quay_till_documents (page->till, &filter);
  page->complete = rows->len < PAGE_ROWS;
  return rows;
}

static void
read_first (QuayDocumentsPage *page)
{
  QuayId shown = quay_document_view_get (QUAY_DOCUMENT_VIEW (page->view));
  page->reading = TRUE;
  gboolean any = quay_table_set_rows (page->table, read_rows (page, 0),
                                      G_STRUCT_OFFSET (QuayDocument, id), &shown);
  if (!any)
    shown = QUAY_ID_NIL;
  quay_document_view_show (QUAY_DOCUMENT_VIEW (page->view), &shown);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
  page->reading = FALSE;
}

static void
scrolled_cb (GtkAdjustment *adjustment, QuayDocumentsPage *page)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                gtk_adjustment_get_page_size (adjustment);
  guint n = quay_row_model_count (page->model);
  if (left >= NEAR_END_PX || page->complete || page->reading || n == 0)
    return;
  page->reading = TRUE;
  quay_row_model_append (page->model, read_rows (page, n));
  page->reading = FALSE;
}

static gboolean
typed_cb (gpointer data)
{
  QuayDocumentsPage *page = data;
  page->typing = 0;
  read_first (page);
  return G_SOURCE_REMOVE;
}

static void
search_cb (QuayDocumentsPage *page)
{
  g_clear_handle_id (&page->typing, g_source_remove);
  page->typing = g_timeout_add (TYPING_MS, typed_cb, page);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayDocumentsPage *page)
{
  QuayRow *row = gtk_single_selection_get_selected_item (selection);
  if (row != NULL && !page->reading)
    quay_document_view_show (QUAY_DOCUMENT_VIEW (page->view), &document_of (row)->id);
}

static void
changed_cb (QuayDocumentsPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_first (page);
}

static void
print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_document_view_print (QUAY_DOCUMENT_VIEW (QUAY_DOCUMENTS_PAGE (widget)->view));
}

static void
reverse_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_document_view_reverse (QUAY_DOCUMENT_VIEW (QUAY_DOCUMENTS_PAGE (widget)->view));
}

static void
lots_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_document_view_lots (QUAY_DOCUMENT_VIEW (QUAY_DOCUMENTS_PAGE (widget)->view));
}

static void
row_cb (QuayDocumentsPage *page)
{
  quay_document_view_lots (QUAY_DOCUMENT_VIEW (page->view));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_DOCUMENTS_PAGE (widget)->search);
}

/* --- building --- */

static GtkWidget *
build_filters (QuayDocumentsPage *page)
{
  const char *const kinds[] = { _ ("All documents"),
                                _ ("Goods received"),
                                _ ("Goods issued"),
                                _ ("Goods moved"),
                                _ ("Stock count"),
                                _ ("Baskets"),
                                NULL };
  const char *const days[] = { _ ("30 days"), _ ("90 days"), _ ("A year"), _ ("All"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  page->search =
      quay_ui_search_entry (_ ("Search documents"), _ ("Number, producer, product or remark"));
  gtk_widget_set_hexpand (page->search, TRUE);
  page->kind = quay_ui_choice (_ ("Kind of document"), kinds);
  page->days = quay_ui_choice (_ ("Since when"), days);
  gtk_box_append (GTK_BOX (box), page->search);
  gtk_box_append (GTK_BOX (box), page->kind);
  gtk_box_append (GTK_BOX (box), page->days);
  return box;
}

static GtkWidget *
build_table (QuayDocumentsPage *page)
{
  page->table = quay_table_new (_ ("Documents of goods"), G_LIST_MODEL (page->model));
  quay_ui_set_id (page->table, "documents-table");
  quay_table_add (page->table, _ ("Number"), QUAY_TABLE_STRONG, 19, bind_number, NULL);
  quay_table_add (page->table, _ ("Day"), QUAY_TABLE_QUIET, 10, bind_day, NULL);
  quay_table_add (page->table, _ ("Document"), QUAY_TABLE_TEXT, 12, bind_kind, NULL);
  quay_table_add (page->table, _ ("Who or why"), QUAY_TABLE_EXPAND, 14, bind_party, NULL);
  quay_table_add (page->table, _ ("Total"), QUAY_TABLE_NUMBER, 11, bind_total, NULL);
  quay_table_add (page->table, "", QUAY_TABLE_BADGE, 9, bind_state, NULL);
  GtkWidget *scrolled = quay_ui_table_card (page->table);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                    "value-changed", G_CALLBACK (scrolled_cb), page);
  return scrolled;
}

static void
build (QuayDocumentsPage *page)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  page->stack = gtk_stack_new ();
  page->view = quay_document_view_new (page->till);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (left), build_filters (page));
  gtk_stack_add_named (GTK_STACK (page->stack), build_table (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack),
                       quay_ui_empty ("receipt", _ ("No documents here"),
                                      _ ("Nothing was recorded in this time, or nothing fits what "
                                         "you are looking for.")),
                       "empty");
  gtk_box_append (GTK_BOX (left), page->stack);
  gtk_box_set_spacing (GTK_BOX (page), 12);
  gtk_box_append (GTK_BOX (page), left);
  gtk_box_append (GTK_BOX (page), page->view);
  g_signal_connect_swapped (page->search, "changed", G_CALLBACK (search_cb), page);
  g_signal_connect_swapped (page->kind, "notify::selected", G_CALLBACK (changed_cb), page);
  g_signal_connect_swapped (page->days, "notify::selected", G_CALLBACK (changed_cb), page);
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  g_signal_connect_swapped (page->table, "activate", G_CALLBACK (row_cb), page);
  page->items_changed =
      g_signal_connect_swapped (page->till, "items-changed", G_CALLBACK (changed_cb), page);
}

static void
quay_documents_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_documents_page_parent_class)->map (widget);
  read_first (QUAY_DOCUMENTS_PAGE (widget));
}

static gboolean
quay_documents_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_DOCUMENTS_PAGE (widget)->search);
}

static void
quay_documents_page_dispose (GObject *object)
{
  QuayDocumentsPage *page = QUAY_DOCUMENTS_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  g_clear_handle_id (&page->typing, g_source_remove);
  g_clear_object (&page->model);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_documents_page_parent_class)->dispose (object);
}

static void
quay_documents_page_class_init (QuayDocumentsPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_documents_page_dispose;
  widget->map = quay_documents_page_map;
  widget->grab_focus = quay_documents_page_grab_focus;
  gtk_widget_class_install_action (widget, "documents.print", NULL, print_action);
  gtk_widget_class_install_action (widget, "documents.reverse", NULL, reverse_action);
  gtk_widget_class_install_action (widget, "documents.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "documents.print",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_d, GDK_CONTROL_MASK, "documents.reverse",
                                       NULL);
  gtk_widget_class_install_action (widget, "documents.lots", NULL, lots_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_l, GDK_CONTROL_MASK, "documents.lots", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "documents.search",
                                       NULL);
}

static void
quay_documents_page_init (QuayDocumentsPage *page)
{
  page->model = quay_row_model_new ();
}

GtkWidget *
quay_documents_page_new (QuayTill *till)
{
  QuayDocumentsPage *page = g_object_new (QUAY_TYPE_DOCUMENTS_PAGE, NULL);
  page->till = g_object_ref (till);
  build (page);
  return GTK_WIDGET (page);
}
