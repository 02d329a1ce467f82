/* The list of counts. Main thread. */
#include "quay-count-page.h"

#include "quay-count-dialogs.h"
#include "quay-count-view.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

struct _QuayCountPage
{
  GtkBox parent_instance;

  GtkWidget *stack; /* list, empty, count */
  GtkWidget *table;
  GtkWidget *view;
  QuayTill *till; /* owned */
  QuayRowModel *model;
  GPtrArray *categories;
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayCountPage, quay_count_page, GTK_TYPE_BOX)

/* --- cells --- */

static const QuayCount *
count_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, count_of (row)->name);
}

static void
bind_place (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCount *count = count_of (row);
  quay_table_set_text (cell, count->loc_name != NULL ? count->loc_name : "");
}

static void
bind_scope (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayCountPage *page = data;
  const char *scope = count_of (row)->scope;
  g_autofree char *language = quay_till_get_setting (page->till, "till.language");
  const char *text = scope != NULL ? scope : _ ("All goods");
  for (guint i = 0; scope != NULL && i < page->categories->len; i++)
    {
      const QuayCategory *category = page->categories->pdata[i];
      if (g_strcmp0 (category->code, scope) == 0)
        text = g_strcmp0 (language, "en") == 0 ? category->name_en : category->name_vi;
    }
  quay_table_set_text (cell, text);
}

static void
bind_opened (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_day_to_vi (count_of (row)->opened);
  quay_table_set_text (cell, text);
}

static void
bind_seen (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%d", (int)count_of (row)->seen);
  quay_table_set_text (cell, text);
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCount *count = count_of (row);
  g_autofree char *text = NULL;
  if (count->closed == 0)
    text = g_strdup (_ ("being counted"));
  else if (count->late > 0)
    text = g_strdup_printf (
        ngettext ("%d line to correct", "%d lines to correct", (gulong)count->late),
        (int)count->late);
  else
    text = g_strdup (_ ("approved"));
  quay_table_set_text (cell, text);
  quay_table_set_badge (cell, count->closed == 0 ? "warn" : count->late > 0 ? "bad" : "good");
}

/* --- reading --- */

static void
show_list (QuayCountPage *page)
{
  GPtrArray *counts = quay_till_counts (page->till);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), counts->len > 0 ? "list" : "empty");
  quay_row_model_set (page->model, counts);
}

static gboolean
shows_count (QuayCountPage *page)
{
  return gtk_stack_get_visible_child (GTK_STACK (page->stack)) == page->view;
}

static void
items_changed_cb (QuayTill *till, QuayCountPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)) && !shows_count (page))
    show_list (page);
}

void
quay_count_page_open (QuayCountPage *page, const QuayId *count)
{
  gtk_stack_set_visible_child (GTK_STACK (page->stack), page->view);
  if (!quay_count_view_show (QUAY_COUNT_VIEW (page->view), count))
    show_list (page);
}

static void
started_cb (const QuayId *count, gpointer data)
{
  quay_count_page_open (data, count);
}

static void
new_cb (GtkWidget *button, gpointer data)
{
  QuayCountPage *page = data;
  quay_count_ask_start (GTK_WIDGET (page), page->till, NULL, started_cb, page);
}

static void
activate_cb (GtkWidget *table, guint position, QuayCountPage *page)
{
  const QuayCount *count = quay_row_model_get (page->model, position);
  if (count != NULL)
    quay_count_page_open (page, &count->id);
}

static void
done_cb (GtkWidget *view, QuayCountPage *page)
{
  show_list (page);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  QuayCountPage *page = data;
  if (shows_count (page))
    quay_count_view_scan (QUAY_COUNT_VIEW (page->view), text);
}

/* --- the widget --- */

static void
quay_count_page_map (GtkWidget *widget)
{
  QuayCountPage *page = QUAY_COUNT_PAGE (widget);
  GTK_WIDGET_CLASS (quay_count_page_parent_class)->map (widget);
  if (!shows_count (page))
    show_list (page);
}

static void
quay_count_page_unmap (GtkWidget *widget)
{
  QuayCountPage *page = QUAY_COUNT_PAGE (widget);
  if (shows_count (page))
    quay_count_view_flush (QUAY_COUNT_VIEW (page->view));
  GTK_WIDGET_CLASS (quay_count_page_parent_class)->unmap (widget);
}

static gboolean
quay_count_page_grab_focus (GtkWidget *widget)
{
  QuayCountPage *page = QUAY_COUNT_PAGE (widget);
  return gtk_widget_grab_focus (shows_count (page) ? page->view : page->table);
}

static void
quay_count_page_dispose (GObject *object)
{
  QuayCountPage *page = QUAY_COUNT_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_pointer (&page->categories, g_ptr_array_unref);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_count_page_parent_class)->dispose (object);
}

static void
quay_count_page_class_init (QuayCountPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_count_page_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_count_page_map;
  GTK_WIDGET_CLASS (class)->unmap = quay_count_page_unmap;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_count_page_grab_focus;
}

static void
quay_count_page_init (QuayCountPage *page)
{
  page->model = quay_row_model_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
make_new_button (QuayCountPage *page)
{
  GtkWidget *button = quay_ui_button (NULL, _ ("New count"), NULL, "main small");
  g_signal_connect (button, "clicked", G_CALLBACK (new_cb), page);
  return button;
}

static GtkWidget *
make_list (QuayCountPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *text = quay_ui_wrapped_label (
      _ ("Selling goes on while goods are counted: the books are taken as they were at each look."),
      "dim", 90, 2);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (head), text);
  gtk_box_append (GTK_BOX (head), make_new_button (page));
  page->table = quay_table_new (_ ("Counts"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("Count"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 28, bind_name,
                  page);
  quay_table_add (page->table, _ ("Place"), QUAY_TABLE_TEXT, 20, bind_place, page);
  quay_table_add (page->table, _ ("What is counted"), QUAY_TABLE_SPARE, 16, bind_scope, page);
  quay_table_add (page->table, _ ("Begun"), QUAY_TABLE_TEXT, 11, bind_opened, page);
  quay_table_add (page->table, _ ("Lines"), QUAY_TABLE_NUMBER, 8, bind_seen, page);
  quay_table_add (page->table, "", QUAY_TABLE_BADGE, 18, bind_state, page);
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  GtkWidget *scrolled = quay_ui_table_card (page->table);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static GtkWidget *
make_empty (QuayCountPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *button = make_new_button (page);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box),
                  quay_ui_empty ("box-seam", _ ("Nothing was counted yet"),
                                 _ ("Several people may count at once, and selling goes on.")));
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

GtkWidget *
quay_count_page_new (QuayTill *till)
{
  QuayCountPage *page = g_object_new (QUAY_TYPE_COUNT_PAGE, NULL);
  page->till = g_object_ref (till);
  page->categories = quay_till_all_categories (till);
  page->stack = gtk_stack_new ();
  page->view = quay_count_view_new (till);
  g_signal_connect (page->view, "done", G_CALLBACK (done_cb), page);
  gtk_stack_add_named (GTK_STACK (page->stack), make_list (page), "list");
  gtk_stack_add_named (GTK_STACK (page->stack), make_empty (page), "empty");
  gtk_stack_add_named (GTK_STACK (page->stack), page->view, "count");
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (page), page->stack);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, page);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
