/* Rows of goods with quantity and agreed price. */
#include "quay-order-lines.h"

#include "quay-till-catalog.h"
#include "quay-till-orders.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

#define RESULTS 5

struct _QuayOrderLines
{
  GtkBox parent;
  QuayTill *till; /* owned */
  GtkWidget *search;
  GtkWidget *results; /* a list under the entry, while it holds words */
  GtkWidget *rows;
  GtkWidget *empty;
  GtkWidget *fault;
  GtkWidget *total;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayOrderLines, quay_order_lines, GTK_TYPE_BOX)

/* One product. */
typedef struct
{
  QuayOrderLines *lines; /* borrowed: the row is in it */
  QuayId product;
  GtkWidget *qty;
  GtkWidget *price;
  GtkWidget *amount;
} Row;

static Row *
row_of (GtkWidget *line)
{
  return g_object_get_data (G_OBJECT (line), "quay-row");
}

static GtkWidget *
first_row (QuayOrderLines *self)
{
  return gtk_widget_get_first_child (self->rows);
}

/* --- figures --- */

/* The line as typed; NULL, with the entry that is wrong, if it is none. */
static QuayLine *
read_row (Row *row, GtkWidget **wrong)
{
  QuayQty qty;
  QuayMoney price;
  g_autoptr (GError) error = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row->qty));
  *wrong = row->qty;
  if (!quay_parse_qty (text, &qty, NULL) || qty.milli == 0)
    return NULL;
  *wrong = row->price;
  if (!quay_ui_money_entry_get (row->price, &price))
    return NULL;
  *wrong = row->qty;
  return quay_till_order_line (row->lines->till, &row->product, qty, price, &error);
}

QuayMoney
quay_order_lines_total (QuayOrderLines *self)
{
  QuayMoney total = QUAY_DONG (0);
  for (GtkWidget *line = first_row (self); line != NULL; line = gtk_widget_get_next_sibling (line))
    {
      GtkWidget *wrong;
      g_autoptr (QuayLine) sound = read_row (row_of (line), &wrong);
      if (sound != NULL && !quay_money_add (total, sound->amount, &total))
        break;
    }
  return total;
}

GPtrArray *
quay_order_lines_take (QuayOrderLines *self)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  for (GtkWidget *line = first_row (self); line != NULL; line = gtk_widget_get_next_sibling (line))
    {
      GtkWidget *wrong;
      QuayLine *sound = read_row (row_of (line), &wrong);
      if (sound == NULL)
        {
          quay_ui_toggle_class (wrong, "bad", TRUE);
          quay_order_lines_set_fault (self, _ ("A quantity or price can't be read, or a piece was "
                                               "ordered in part."));
          gtk_widget_grab_focus (wrong);
          return NULL;
        }
      g_ptr_array_add (list, sound);
    }
  return g_steal_pointer (&list);
}

void
quay_order_lines_set_fault (QuayOrderLines *self, const char *fault)
{
  quay_ui_set_text (self->fault, fault);
  gtk_widget_set_visible (self->fault, fault != NULL);
}

static void
update (QuayOrderLines *self)
{
  gtk_widget_set_visible (self->empty, first_row (self) == NULL);
  quay_order_lines_set_fault (self, NULL);
  quay_ui_set_money (self->total, quay_order_lines_total (self), QUAY_MONEY_SIGN);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
row_changed_cb (GtkEditable *entry, gpointer data)
{
  Row *row = data;
  GtkWidget *wrong;
  g_autoptr (QuayLine) line = read_row (row, &wrong);
  quay_ui_toggle_class (row->qty, "bad", FALSE);
  quay_ui_toggle_class (row->price, "bad", FALSE);
  if (line != NULL)
    quay_ui_set_money (row->amount, line->amount, QUAY_MONEY_BARE);
  else
    quay_ui_set_text (row->amount, "—");
  update (row->lines);
}

static void
row_done_cb (GtkEntry *entry, gpointer data)
{
  gtk_widget_grab_focus (((Row *)data)->lines->search);
}

static void
drop_cb (GtkButton *button, gpointer data)
{
  Row *row = data;
  QuayOrderLines *self = row->lines;
  gtk_box_remove (GTK_BOX (self->rows), gtk_widget_get_parent (row->qty));
  update (self);
  gtk_widget_grab_focus (self->search);
}

/* --- rows --- */

static void
make_narrow (GtkWidget *entry, int chars)
{
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), chars);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (entry, "slim");
}

static void
fill_row (QuayOrderLines *self, GtkWidget *line, Row *row, const QuayItem *item)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *drop = quay_ui_icon_button ("x-lg", _ ("Take out"), NULL);
  QuayQty kept = quay_till_reserved (self->till, &item->product);
  QuayQty left = QUAY_MILLI (item->stock.milli - kept.milli);
  g_autofree char *name = quay_ui_keep_units (item->name);
  g_autofree char *left_text = quay_format_qty (left, item->unit);
  g_autofree char *meta = g_strdup_printf (_ ("Can still be sold: %s"), left_text);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (name, "heading", 30, 1));
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (meta, "meta num", 30, 1));
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  g_signal_connect (drop, "clicked", G_CALLBACK (drop_cb), row);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), row->qty);
  gtk_box_append (GTK_BOX (line), row->price);
  gtk_box_append (GTK_BOX (line), row->amount);
  gtk_box_append (GTK_BOX (line), drop);
}

static Row *
add_row (QuayOrderLines *self, const QuayItem *item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *qty = g_strdup_printf (_ ("Quantity of %s"), item->name);
  g_autofree char *price = g_strdup_printf (_ ("Price of %s"), item->name);
  *row = (Row){ .lines = self, .product = item->product };
  g_object_set_data_full (G_OBJECT (line), "quay-row", row, g_free);
  gtk_widget_add_css_class (line, "check-row");
  row->qty = quay_ui_code_entry (qty);
  row->price = quay_ui_money_entry (price);
  row->amount = quay_ui_number_label ("heading");
  gtk_label_set_width_chars (GTK_LABEL (row->amount), 10);
  make_narrow (row->qty, 6);
  make_narrow (row->price, 9);
  fill_row (self, line, row, item);
  gtk_box_append (GTK_BOX (self->rows), line);
  gtk_editable_set_text (GTK_EDITABLE (row->qty), "1");
  if (item->has_price)
    quay_ui_money_entry_set (row->price, item->price);
  g_signal_connect (row->qty, "changed", G_CALLBACK (row_changed_cb), row);
  g_signal_connect (row->price, "changed", G_CALLBACK (row_changed_cb), row);
  g_signal_connect (row->qty, "activate", G_CALLBACK (row_done_cb), row);
  g_signal_connect (row->price, "activate", G_CALLBACK (row_done_cb), row);
  row_changed_cb (GTK_EDITABLE (row->qty), row);
  return row;
}

static Row *
find_row (QuayOrderLines *self, const QuayId *product)
{
  for (GtkWidget *line = first_row (self); line != NULL; line = gtk_widget_get_next_sibling (line))
    if (quay_id_equal (&row_of (line)->product, product))
      return row_of (line);
  return NULL;
}

void
quay_order_lines_add (QuayOrderLines *self, const QuayId *product, gboolean ask)
{
  QuayQty qty;
  Row *row = find_row (self, product);
  g_autoptr (QuayItem) item = row == NULL ? quay_till_item (self->till, product) : NULL;
  if (row == NULL && item == NULL)
    return;
  if (row == NULL)
    row = add_row (self, item);
  else if (!ask && quay_parse_qty (gtk_editable_get_text (GTK_EDITABLE (row->qty)), &qty, NULL))
    {
      g_autofree char *text = quay_format_qty (QUAY_MILLI (qty.milli + 1000), NULL);
      gtk_editable_set_text (GTK_EDITABLE (row->qty), text);
    }
  if (!ask)
    return;
  gtk_widget_grab_focus (row->qty);
  gtk_editable_select_region (GTK_EDITABLE (row->qty), 0, -1);
}

void
quay_order_lines_scan (QuayOrderLines *self, const char *text)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (self->till, text);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (scanned->item != NULL)
    quay_order_lines_add (self, &scanned->item->product, FALSE);
  else
    quay_order_lines_set_fault (self, _ ("Nothing is known under this code."));
}

/* --- search --- */

static void
clear_results (QuayOrderLines *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->results)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->results), child);
  gtk_widget_set_visible (self->results, FALSE);
}

static void
search_changed_cb (GtkEditable *entry, gpointer data)
{
  QuayOrderLines *self = data;
  const char *text = gtk_editable_get_text (entry);
  clear_results (self);
  if (text[0] == '\0')
    return;
  g_autoptr (GPtrArray) items = quay_till_search (self->till, text, RESULTS);
  for (guint i = 0; i < items->len; i++)
    {
      const QuayItem *item = items->pdata[i];
      GtkWidget *line = gtk_list_box_row_new ();
      g_autofree char *price =
          item->has_price ? quay_format_money (item->price, QUAY_MONEY_SIGN) : g_strdup ("—");
      g_autofree char *label = g_strdup_printf ("%s · %s", item->name, price);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line),
                                  quay_ui_wrapped_label (label, NULL, 60, 1));
      g_object_set_data_full (G_OBJECT (line), "quay-product",
                              g_memdup2 (&item->product, sizeof (QuayId)), g_free);
      gtk_list_box_append (GTK_LIST_BOX (self->results), line);
    }
  gtk_widget_set_visible (self->results, items->len > 0);
}

static void
chosen_cb (GtkListBox *box, GtkListBoxRow *line, gpointer data)
{
  QuayOrderLines *self = data;
  QuayId product = *(const QuayId *)g_object_get_data (G_OBJECT (line), "quay-product");
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  quay_order_lines_add (self, &product, TRUE);
}

/* The best of what was found. */
static void
search_activate_cb (GtkEntry *entry, gpointer data)
{
  QuayOrderLines *self = data;
  GtkListBoxRow *line = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->results), 0);
  if (line != NULL)
    chosen_cb (GTK_LIST_BOX (self->results), line, self);
  else if (gtk_editable_get_text (GTK_EDITABLE (entry))[0] != '\0')
    quay_order_lines_set_fault (self, _ ("No product has all of these words"));
}

/* --- building --- */

static gboolean
quay_order_lines_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_ORDER_LINES (widget)->search);
}

static void
quay_order_lines_dispose (GObject *object)
{
  g_clear_object (&QUAY_ORDER_LINES (object)->till);
  G_OBJECT_CLASS (quay_order_lines_parent_class)->dispose (object);
}

static void
quay_order_lines_class_init (QuayOrderLinesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_order_lines_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_order_lines_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", QUAY_TYPE_ORDER_LINES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_total (QuayOrderLines *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = quay_ui_label (_ ("Total"), "heading");
  gtk_widget_set_hexpand (label, TRUE);
  self->total = quay_ui_number_label ("title num");
  quay_ui_set_description (self->total, _ ("Total of the order"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->total);
  return line;
}

static void
quay_order_lines_init (QuayOrderLines *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->search =
      quay_ui_search_entry (_ ("Add goods"), _ ("Scan, or F2 and type a product's name"));
  quay_ui_set_id (self->search, "order-search");
  self->results = gtk_list_box_new ();
  quay_ui_set_label (self->results, _ ("Products found"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->results), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->results, "found");
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->empty = quay_ui_wrapped_label (_ ("No goods yet."), "dim", 50, 2);
  self->fault = quay_ui_wrapped_label (NULL, "bad-text", 60, 2);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (list), self->empty);
  gtk_box_append (GTK_BOX (list), self->rows);
  GtkWidget *scrolled = quay_ui_scrolled (list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), self->search);
  gtk_box_append (GTK_BOX (self), self->results);
  gtk_box_append (GTK_BOX (self), scrolled);
  gtk_box_append (GTK_BOX (self), self->fault);
  gtk_box_append (GTK_BOX (self), make_total (self));
  gtk_widget_set_visible (self->results, FALSE);
  gtk_widget_set_visible (self->fault, FALSE);
  quay_ui_set_money (self->total, QUAY_DONG (0), QUAY_MONEY_SIGN);
  g_signal_connect (self->search, "changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  g_signal_connect (self->results, "row-activated", G_CALLBACK (chosen_cb), self);
}

GtkWidget *
quay_order_lines_new (QuayTill *till)
{
  QuayOrderLines *self = g_object_new (QUAY_TYPE_ORDER_LINES, NULL);
  self->till = g_object_ref (till);
  return GTK_WIDGET (self);
}
