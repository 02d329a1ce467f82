/* Products by price lists. The bar under the table holds the prices of the chosen product: Enter
 * keeps them, from the day above on, and goes on to the next product. Main thread. */
#include "quay-prices-page.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-labels-dialog.h"
#include "quay-price-files.h"
#include "quay-price-list-form.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-prices.h"
#include "quay-typed.h"
#include "quay-ui.h"

#define PAGE_ROWS 100
#define NEAR_END_PX 400
#define LISTS_MAX 5 /* beside the shelf; more are in files */
#define TITLE_MAX 14
#define SEARCH_MS 150

struct _QuayPricesPage
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *search;
  GtkWidget *day;
  GtkWidget *day_row;
  GtkWidget *choice;
  GtkWidget *stack;
  GtkWidget *table_box;
  GtkWidget *table;
  GtkWidget *name;
  GtkWidget *bar;
  GtkWidget *entries[LISTS_MAX + 1]; /* the shelf's is the first */
  GtkWidget *coming[LISTS_MAX + 1];  /* under them: what they are to be, and from when on */
  GPtrArray *lists;                  /* QuayPriceList */
  QuayRowModel *model;
  guint search_timer;
  gboolean reading;
  gboolean complete; /* there are no more products to be read */
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayPricesPage, quay_prices_page, GTK_TYPE_BOX)

/* Cells */

static const QuayPriceRow *
row_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_sku (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, row_of (row)->sku);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, row_of (row)->name);
}

static char *
print_price (gboolean has_price, QuayMoney price)
{
  return has_price ? quay_format_money (price, QUAY_MONEY_BARE) : g_strdup ("–");
}

/* "50.000", or with an arrow if it is to be another one, which the bar says. */
static void
bind_price (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayListPrice *price =
      &g_array_index (row_of (row)->prices, QuayListPrice, GPOINTER_TO_UINT (data));
  g_autofree char *now = print_price (price->has_price, price->price);
  g_autofree char *text = g_strconcat (now, price->coming_day != 0 ? " →" : NULL, NULL);
  quay_table_set_text (cell, text);
}

/* The bar */

static guint
n_lists (QuayPricesPage *page)
{
  return MIN (page->lists->len, LISTS_MAX);
}

static const QuayPriceRow *
selected_of (QuayPricesPage *page)
{
  QuayRow *row = quay_table_get_selected_item (page->table);
  return row != NULL ? row_of (row) : NULL;
}

/* "→ 45.000 (01/12)" */
static void
show_coming (GtkWidget *label, const QuayListPrice *price)
{
  gboolean any = price != NULL && price->coming_day != 0;
  g_autofree char *coming = any ? print_price (price->coming_has_price, price->coming) : NULL;
  g_autofree char *text =
      any ? g_strdup_printf ("→ %s (%02d/%02d)", coming, price->coming_day % 100,
                             price->coming_day / 100 % 100)
          : NULL;
  quay_ui_set_text (label, text);
}

static void
show_selected (QuayPricesPage *page)
{
  const QuayPriceRow *row = selected_of (page);
  gtk_widget_set_sensitive (page->bar, row != NULL);
  quay_ui_set_text (page->name, row != NULL ? row->name : NULL);
  for (guint i = 0; i <= n_lists (page); i++)
    {
      const QuayListPrice *price =
          row != NULL ? &g_array_index (row->prices, QuayListPrice, i) : NULL;
      gtk_editable_set_text (GTK_EDITABLE (page->entries[i]), "");
      if (price != NULL && price->has_price)
        quay_ui_money_entry_set (page->entries[i], price->price);
      show_coming (page->coming[i], price);
    }
}

/* Reading */

static GPtrArray *
read_part (QuayPricesPage *page, guint skip, guint limit)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (page->search));
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  for (guint i = 0; i < n_lists (page); i++)
    g_ptr_array_add (lists, page->lists->pdata[i]);
  GPtrArray *rows = quay_till_price_table (page->till, lists, words, skip, limit);
  page->complete = rows->len < limit;
  return rows;
}

/* More products as the table is scrolled: all of them at once would hold the window up. */
static void
scrolled_cb (GtkAdjustment *adjustment, QuayPricesPage *page)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                gtk_adjustment_get_page_size (adjustment);
  guint n = quay_row_model_count (page->model);
  if (left < NEAR_END_PX && n > 0 && !page->complete && !page->reading)
    quay_row_model_append (page->model, read_part (page, n, PAGE_ROWS));
}

static void
read_rows (QuayPricesPage *page)
{
  guint at = quay_table_get_selected (page->table);
  guint shown = at == GTK_INVALID_LIST_POSITION ? 0 : at + 1;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (page->search));
  GPtrArray *rows = read_part (page, 0, shown + PAGE_ROWS);
  page->reading = TRUE;
  guint n = rows->len;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), n > 0            ? "list"
                                                             : *words != '\0' ? "nothing"
                                                                              : "empty");
  gtk_widget_set_visible (page->bar, n > 0);
  quay_row_model_set (page->model, rows);
  gtk_single_selection_set_selected (quay_table_get_selection (page->table),
                                     at < n  ? at
                                     : n > 0 ? 0
                                             : GTK_INVALID_LIST_POSITION);
  page->reading = FALSE;
  show_selected (page);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayPricesPage *page)
{
  if (!page->reading)
    show_selected (page);
}

/* Changing */

static gboolean
read_day (QuayPricesPage *page, QuayDay *day)
{
  const char *text = quay_form_text (page->day);
  gboolean sound = quay_typed_day (text, day);
  QuayDay today = quay_till_day (page->till);
  if (sound && *day == 0)
    *day = today;
  sound = sound && *day >= today;
  return quay_ui_form_row_check (page->day_row, sound, _ ("A day from today on."));
}

/* What stands in a column of the bar, −1 when it is empty; FALSE when it is no amount. */
static gboolean
read_price (QuayPricesPage *page, guint column, QuayMoney *price)
{
  GtkWidget *entry = page->entries[column];
  *price = QUAY_DONG (-1);
  if (quay_form_text (entry)[0] == '\0' || quay_ui_money_entry_get (entry, price))
    return TRUE;
  quay_ui_toast (GTK_WIDGET (page), _ ("Type an amount, as 58.000 or 58k."));
  gtk_widget_grab_focus (entry);
  return FALSE;
}

static gboolean
is_changed (const QuayListPrice *price, gint64 dong)
{
  return dong != (price->has_price ? price->price.dong : -1);
}

static void
go_on (QuayPricesPage *page, guint column)
{
  guint next = quay_table_get_selected (page->table) + 1;
  read_rows (page);
  if (next < quay_row_model_count (page->model))
    quay_table_select (page->table, next);
  gtk_widget_grab_focus (page->entries[column]);
  gtk_editable_select_region (GTK_EDITABLE (page->entries[column]), 0, -1);
}

/* Enter in one of them keeps all that were changed; the one it was pressed in also as of a day to
 * come, where it may be the same as today's. */
static void
price_cb (GtkWidget *entry, QuayPricesPage *page)
{
  QuayDay day;
  QuayMoney prices[LISTS_MAX + 1];
  gboolean changed[LISTS_MAX + 1];
  g_autoptr (GError) error = NULL;
  const QuayPriceRow *row = selected_of (page);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "quay-column"));
  if (row == NULL || !read_day (page, &day))
    return;
  gboolean later = day > quay_till_day (page->till);
  QuayId product = row->product;
  for (guint i = 0; i <= n_lists (page); i++)
    {
      if (!read_price (page, i, &prices[i]))
        return;
      changed[i] = (later && i == column) ||
                   is_changed (&g_array_index (row->prices, QuayListPrice, i), prices[i].dong);
    }
  /* From here on the row may be read anew. */
  for (guint i = 0; i <= n_lists (page); i++)
    {
      const char *code = i > 0 ? ((const QuayPriceList *)page->lists->pdata[i - 1])->code : NULL;
      QuayPriceAsk ask = { .product = product, .price = prices[i] };
      if (changed[i] && !quay_till_set_prices (page->till, code, &ask, 1, day, NULL, &error))
        {
          quay_ui_show_error (GTK_WIDGET (page), _ ("The price was not changed"), error);
          return;
        }
    }
  go_on (page, column);
}

/* Lists: the table and the bar have a column each */

/* Beginning and end of a name: headings and choices take the width of their text, and the page has
 * to stay in the window. */
static char *
shorten (const char *name)
{
  glong n = g_utf8_strlen (name, -1);
  if (n <= TITLE_MAX)
    return g_strdup (name);
  g_autofree char *head = g_utf8_substring (name, 0, TITLE_MAX / 2);
  return g_strconcat (head, "…", g_utf8_offset_to_pointer (name, n - TITLE_MAX / 2), NULL);
}

static char *
title_of (QuayPricesPage *page, guint column)
{
  return column == 0 ? g_strdup (_ ("Shelf price"))
                     : shorten (((const QuayPriceList *)page->lists->pdata[column - 1])->name);
}

static void
fill_bar (QuayPricesPage *page)
{
  for (GtkWidget *child = gtk_widget_get_first_child (page->bar); child != NULL;
       child = gtk_widget_get_first_child (page->bar))
    gtk_box_remove (GTK_BOX (page->bar), child);
  page->name = quay_ui_wrapped_label (NULL, "heading", 26, 2);
  gtk_widget_set_hexpand (page->name, TRUE);
  gtk_widget_set_valign (page->name, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (page->bar), page->name);
  for (guint i = 0; i <= n_lists (page); i++)
    {
      g_autofree char *title = title_of (page, i);
      page->entries[i] = quay_ui_money_entry (title);
      gtk_editable_set_width_chars (GTK_EDITABLE (page->entries[i]), 10);
      page->coming[i] = quay_ui_label (NULL, "meta num");
      gtk_label_set_xalign (GTK_LABEL (page->coming[i]), 1);
      g_object_set_data (G_OBJECT (page->entries[i]), "quay-column", GUINT_TO_POINTER (i));
      g_signal_connect (page->entries[i], "activate", G_CALLBACK (price_cb), page);
      GtkWidget *row = quay_ui_form_row (title, page->entries[i], NULL);
      gtk_box_append (GTK_BOX (row), page->coming[i]);
      gtk_box_append (GTK_BOX (page->bar), row);
    }
}

static void
fill_table (QuayPricesPage *page)
{
  if (page->table != NULL)
    gtk_box_remove (GTK_BOX (page->table_box), gtk_widget_get_first_child (page->table_box));
  page->table = quay_table_new (_ ("Prices"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("Code"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 8, bind_sku, NULL);
  quay_table_add (page->table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 24, bind_name,
                  NULL);
  for (guint i = 0; i <= n_lists (page); i++)
    {
      g_autofree char *title = title_of (page, i);
      quay_table_add (page->table, title, QUAY_TABLE_NUMBER, 10, bind_price, GUINT_TO_POINTER (i));
    }
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  GtkWidget *scrolled = quay_ui_table_card (page->table);
  gtk_widget_set_vexpand (scrolled, TRUE);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                    "value-changed", G_CALLBACK (scrolled_cb), page);
  gtk_box_append (GTK_BOX (page->table_box), scrolled);
}

static void
read_lists (QuayPricesPage *page)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_clear_pointer (&page->lists, g_ptr_array_unref);
  page->lists = quay_till_price_lists (page->till);
  for (guint i = 0; i < page->lists->len; i++)
    gtk_string_list_take (names, shorten (((const QuayPriceList *)page->lists->pdata[i])->name));
  gtk_drop_down_set_model (GTK_DROP_DOWN (page->choice), G_LIST_MODEL (names));
  gtk_widget_set_visible (gtk_widget_get_parent (page->choice), page->lists->len > 0);
  page->reading = TRUE; /* the bar has not the columns of these lists yet */
  quay_row_model_set (page->model, NULL);
  fill_table (page);
  fill_bar (page);
  read_rows (page);
}

static void
saved_cb (gpointer data)
{
  read_lists (data);
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_price_list_form_open (widget, QUAY_PRICES_PAGE (widget)->till, NULL, saved_cb, widget);
}

static void
edit_cb (GtkWidget *button, QuayPricesPage *page)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->choice));
  if (chosen < page->lists->len)
    quay_price_list_form_open (GTK_WIDGET (page), page->till, page->lists->pdata[chosen], saved_cb,
                               page);
}

/* Files and labels */

static void
imported_cb (gpointer data)
{
  read_rows (data);
}

static void
export_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_price_files_export (widget, QUAY_PRICES_PAGE (widget)->till);
}

static void
import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayDay day;
  QuayPricesPage *page = QUAY_PRICES_PAGE (widget);
  if (read_day (page, &day))
    quay_price_files_import (widget, page->till, day, imported_cb, page);
}

static void
labels_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayPricesPage *page = QUAY_PRICES_PAGE (widget);
  const QuayPriceRow *row = selected_of (page);
  quay_labels_dialog_products (widget, page->till, row != NULL ? &row->product : NULL, NULL);
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_PRICES_PAGE (widget)->search);
}

static gboolean
search_later_cb (gpointer data)
{
  QuayPricesPage *page = data;
  page->search_timer = 0;
  read_rows (page);
  return G_SOURCE_REMOVE;
}

static void
search_cb (GtkEditable *entry, QuayPricesPage *page)
{
  if (page->search_timer == 0)
    page->search_timer = g_timeout_add (SEARCH_MS, search_later_cb, page);
}

/* From the words to the prices of the first product. */
static void
search_activate_cb (QuayPricesPage *page)
{
  if (page->search_timer != 0)
    {
      g_clear_handle_id (&page->search_timer, g_source_remove);
      read_rows (page);
    }
  if (quay_row_model_count (page->model) == 0)
    return;
  quay_table_select (page->table, 0);
  gtk_widget_grab_focus (page->entries[0]);
}

static void
items_changed_cb (QuayTill *till, QuayPricesPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)) && page->lists != NULL)
    read_rows (page);
}

/* Building */

static GtkWidget *
acting (const char *icon, const char *text, const char *key, const char *action,
        const char *classes)
{
  GtkWidget *button = quay_ui_button (icon, text, key, classes);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (button, 6);
  return button;
}

static GtkWidget *
build_head (QuayPricesPage *page)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (head, "tight");
  const char *none[] = { NULL };
  page->search = quay_ui_entry (_ ("Search products"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->search), _ ("Name or code of a product"));
  gtk_widget_set_hexpand (page->search, TRUE);
  gtk_widget_set_valign (page->search, GTK_ALIGN_END);
  quay_ui_set_id (page->search, "prices-search");
  page->day = quay_ui_code_entry (_ ("New prices count from"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->day), _ ("today"));
  gtk_editable_set_width_chars (GTK_EDITABLE (page->day), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (page->day), 8);
  page->day_row = quay_ui_form_row (_ ("New prices count from"), page->day, NULL);
  page->choice = quay_ui_choice (_ ("Price list"), none);
  GtkWidget *lists = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *edit = quay_ui_icon_button ("pencil", _ ("Edit the list"), "flat");
  gtk_widget_set_valign (lists, GTK_ALIGN_END);
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lists), page->choice);
  gtk_box_append (GTK_BOX (lists), edit);
  g_signal_connect (edit, "clicked", G_CALLBACK (edit_cb), page);
  gtk_box_append (GTK_BOX (head), page->search);
  gtk_box_append (GTK_BOX (head), page->day_row);
  gtk_box_append (GTK_BOX (head), lists);
  gtk_box_append (GTK_BOX (head),
                  acting ("printer", _ ("Labels"), "Ctrl L", "prices.labels", "pill"));
  gtk_box_append (GTK_BOX (head), acting ("file-earmark-arrow-down", _ ("Import"), "Ctrl I",
                                          "prices.import", "pill"));
  gtk_box_append (GTK_BOX (head), acting ("file-earmark-arrow-up", _ ("Export"), "Ctrl E",
                                          "prices.export", "pill"));
  GtkWidget *add =
      acting ("plus-lg", _ ("New price list"), "Ctrl N", "prices.new", "pill suggested");
  quay_ui_set_id (add, "price-list-new");
  gtk_box_append (GTK_BOX (head), add);
  g_signal_connect (page->search, "changed", G_CALLBACK (search_cb), page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (search_activate_cb), page);
  return head;
}

static void
build (QuayPricesPage *page)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  gtk_box_append (GTK_BOX (page), build_head (page));
  page->table_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  page->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (page->stack), page->table_box, "list");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("tags", _ ("No products yet"),
                     _ ("Products are added in the catalogue, or read from a file there.")),
      "empty");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("search", _ ("Nothing found"), _ ("No product has all of these words.")),
      "nothing");
  gtk_box_append (GTK_BOX (page), page->stack);
  page->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (page->bar, "price-bar");
  gtk_box_append (GTK_BOX (page), page->bar);
}

static void
quay_prices_page_map (GtkWidget *widget)
{
  QuayPricesPage *page = QUAY_PRICES_PAGE (widget);
  GTK_WIDGET_CLASS (quay_prices_page_parent_class)->map (widget);
  if (page->lists == NULL)
    read_lists (page);
  else
    read_rows (page);
}

static gboolean
quay_prices_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_PRICES_PAGE (widget)->search);
}

static void
quay_prices_page_dispose (GObject *object)
{
  QuayPricesPage *page = QUAY_PRICES_PAGE (object);
  g_clear_handle_id (&page->search_timer, g_source_remove);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_pointer (&page->lists, g_ptr_array_unref);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_prices_page_parent_class)->dispose (object);
}

static void
quay_prices_page_class_init (QuayPricesPageClass *class)
{
  static const struct
  {
    guint key;
    const char *name;
    GtkWidgetActionActivateFunc run;
  } actions[] = {
    { GDK_KEY_n, "prices.new", new_action },       { GDK_KEY_i, "prices.import", import_action },
    { GDK_KEY_e, "prices.export", export_action }, { GDK_KEY_l, "prices.labels", labels_action },
    { GDK_KEY_f, "prices.search", search_action },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_prices_page_dispose;
  widget_class->map = quay_prices_page_map;
  widget_class->grab_focus = quay_prices_page_grab_focus;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].run);
      gtk_widget_class_add_binding_action (widget_class, actions[i].key, GDK_CONTROL_MASK,
                                           actions[i].name, NULL);
    }
}

static void
quay_prices_page_init (QuayPricesPage *page)
{
  page->model = quay_row_model_new ();
}

GtkWidget *
quay_prices_page_new (QuayTill *till)
{
  QuayPricesPage *page = g_object_new (QUAY_TYPE_PRICES_PAGE, NULL);
  page->till = g_object_ref (till);
  build (page);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
