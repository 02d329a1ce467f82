/* The table of products with their stock. Main thread. */
#include "quay-stock-page.h"

#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

struct _QuayStockPage
{
  GtkBox parent_instance;

  GtkWidget *table;
  QuayTill *till; /* owned */
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayStockPage, quay_stock_page, GTK_TYPE_BOX)

static const QuayItem *
get_item (gpointer object)
{
  return quay_item_object_get (QUAY_ITEM_OBJECT (object));
}

static void
bind_name (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_text (cell, get_item (object)->name);
}

static void
bind_producer (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_text (cell, item->producer_name != NULL ? item->producer_name : "");
}

static void
bind_stock (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_qty (cell, item->stock, item->weighed ? item->unit : NULL);
  quay_ui_toggle_class (cell, "bad-text", item->stock.milli < item->minimum.milli);
}

static void
bind_minimum (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_qty (cell, item->minimum, item->weighed ? item->unit : NULL);
}

static void
read_stock (QuayStockPage *page)
{
  g_autoptr (GListModel) model = quay_till_item_model (page->till, NULL, NULL, "name");
  quay_table_set_model (page->table, model);
}

static void
items_changed_cb (QuayTill *till, QuayStockPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_stock (page);
}

static void
quay_stock_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_stock_page_parent_class)->map (widget);
  read_stock (QUAY_STOCK_PAGE (widget));
}

static void
quay_stock_page_dispose (GObject *object)
{
  QuayStockPage *page = QUAY_STOCK_PAGE (object);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_stock_page_parent_class)->dispose (object);
}

static void
quay_stock_page_class_init (QuayStockPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_stock_page_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_stock_page_map;
}

static void
quay_stock_page_init (QuayStockPage *page)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
quay_stock_page_new (QuayTill *till)
{
  QuayStockPage *page = g_object_new (QUAY_TYPE_STOCK_PAGE, NULL);
  page->till = g_object_ref (till);
  page->table = quay_table_new (_ ("Stock"), NULL);
  quay_table_add (page->table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 24, bind_name,
                  NULL);
  quay_table_add (page->table, _ ("Producer"), QUAY_TABLE_EXPAND, 17, bind_producer, NULL);
  quay_table_add (page->table, _ ("On hand"), QUAY_TABLE_NUMBER, 9, bind_stock, NULL);
  quay_table_add (page->table, _ ("Minimum"), QUAY_TABLE_NUMBER, 9, bind_minimum, NULL);
  GtkWidget *scrolled = quay_ui_scrolled (page->table);
  gtk_widget_add_css_class (scrolled, "table-card");
  gtk_box_append (GTK_BOX (page), scrolled);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
