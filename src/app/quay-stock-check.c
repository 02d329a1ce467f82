/* Products with less than nothing in stock: somebody goes to the shelf, counts, and types what is
 * there. Each is booked by itself, so that one can stop at any row. Main thread. */
#include "quay-stock-check.h"

#include "quay-error.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  QuayId product;
  GtkWidget *stock;
  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *fault; /* under the product's name */
  gboolean weighed;
  char *unit;
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;
  g_object_unref (row->till);
  g_free (row->unit);
  g_free (row);
}

static void
show_stock (Row *row, QuayQty qty)
{
  g_autofree char *text = quay_format_qty (qty, row->unit);
  quay_ui_set_text (row->stock, text);
  quay_ui_toggle_class (row->stock, "bad-text", qty.milli < 0);
  quay_ui_toggle_class (row->stock, "good-text", qty.milli >= 0);
}

/* The next row that is to be counted, or the button that closes the card. */
static void
go_on (Row *row)
{
  GtkWidget *line = gtk_widget_get_parent (row->entry);
  GtkWidget *close = g_object_get_data (G_OBJECT (gtk_widget_get_parent (line)), "quay-close");
  while ((line = gtk_widget_get_next_sibling (line)) != NULL)
    {
      const Row *next = g_object_get_data (G_OBJECT (line), "quay-row");
      if (gtk_widget_get_sensitive (next->entry))
        break;
    }
  gtk_widget_grab_focus (
      line != NULL ? ((Row *)g_object_get_data (G_OBJECT (line), "quay-row"))->entry : close);
  gtk_widget_set_sensitive (row->entry, FALSE);
  gtk_widget_set_sensitive (row->button, FALSE);
}

static void
show_fault (Row *row, const char *text)
{
  quay_ui_toggle_class (row->entry, "bad", text != NULL);
  quay_ui_set_text (row->fault, text);
  gtk_widget_set_visible (row->fault, text != NULL);
}

static void
record (Row *row)
{
  QuayQty qty = { 0 };
  g_autoptr (GError) error = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row->entry));
  gboolean sound = quay_parse_qty (text, &qty, NULL);
  if (sound && quay_till_count_shelf (row->till, &row->product, qty, &error))
    {
      show_stock (row, qty);
      go_on (row);
      return;
    }
  gtk_widget_grab_focus (row->entry);
  if (sound && !g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
    quay_ui_show_error (row->entry, _ ("The count was not recorded"), error);
  else
    show_fault (row, row->weighed ? _ ("Type a weight, as 1,5 or 0.")
                                  : _ ("Type a whole number, as 12 or 0."));
}

static void
record_cb (GtkWidget *widget, gpointer data)
{
  record (data);
}

static void
changed_cb (GtkEditable *entry, gpointer data)
{
  show_fault (data, NULL);
}

static GtkWidget *
make_texts (const QuayItem *item)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *name = quay_ui_keep_units (item->name);
  g_autofree char *meta = item->producer_name != NULL && item->producer_name[0] != '\0'
                              ? g_strdup_printf ("%s · %s", item->sku, item->producer_name)
                              : g_strdup (item->sku);
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (name, "heading", 34, 1));
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (meta, "meta", 40, 1));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

static GtkWidget *
make_row (QuayTill *till, const QuayItem *item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *label = g_strdup_printf (_ ("Counted of %s"), item->name);
  *row = (Row){ .till = g_object_ref (till),
                .product = item->product,
                .weighed = item->weighed,
                .unit = g_strdup (item->unit) };
  g_object_set_data_full (G_OBJECT (line), "quay-row", row, free_row);
  row->stock = quay_ui_number_label ("heading");
  gtk_label_set_width_chars (GTK_LABEL (row->stock), 9);
  row->entry = quay_ui_code_entry (label);
  gtk_editable_set_width_chars (GTK_EDITABLE (row->entry), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (row->entry), 8);
  gtk_editable_set_alignment (GTK_EDITABLE (row->entry), 1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (row->entry), _ ("counted"));
  row->button = quay_ui_button (NULL, _ ("Record"), NULL, "action small");
  gtk_widget_set_focusable (row->button, FALSE);
  gtk_widget_set_valign (row->entry, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (row->button, GTK_ALIGN_CENTER);
  g_signal_connect (row->entry, "activate", G_CALLBACK (record_cb), row);
  g_signal_connect (row->entry, "changed", G_CALLBACK (changed_cb), row);
  g_signal_connect (row->button, "clicked", G_CALLBACK (record_cb), row);
  show_stock (row, item->stock);
  gtk_widget_add_css_class (line, "check-row");
  GtkWidget *texts = make_texts (item);
  row->fault = quay_ui_wrapped_label (NULL, "bad-text", 40, 2);
  gtk_widget_set_visible (row->fault, FALSE);
  gtk_box_append (GTK_BOX (texts), row->fault);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), row->stock);
  gtk_box_append (GTK_BOX (line), row->entry);
  gtk_box_append (GTK_BOX (line), row->button);
  return line;
}

static void
close_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

void
quay_stock_check_open (GtkWidget *anywhere, QuayTill *till)
{
  g_autoptr (GPtrArray) items = quay_till_negative_items (till, QUAY_STOCK_CHECK_MAX);
  GtkWidget *card = quay_ui_card_new (_ ("Sold more than was entered"), "wide");
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = NULL;
  for (guint i = 0; i < items->len; i++)
    {
      GtkWidget *line = make_row (till, items->pdata[i]);
      const Row *row = g_object_get_data (G_OBJECT (line), "quay-row");
      first = first != NULL ? first : row->entry;
      gtk_box_append (GTK_BOX (list), line);
    }
  gtk_box_append (
      GTK_BOX (card),
      quay_ui_wrapped_label (_ ("Goods came in that nobody entered, or another product was scanned "
                                "in their place. Count what is on the shelf and type it here; the "
                                "stock is then what you counted."),
                             "dim", 80, 3));
  GtkWidget *scrolled = quay_ui_scrolled (list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 440);
  gtk_box_append (GTK_BOX (card), scrolled);
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), card);
  gtk_box_append (GTK_BOX (quay_ui_card_buttons (card)), close);
  g_object_set_data (G_OBJECT (list), "quay-close", close);
  quay_ui_show_card (anywhere, card, first != NULL ? first : close);
}
