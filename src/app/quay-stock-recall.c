/* The sales of a lot: whom a recall reaches, as a list and as a file. Main thread. */
#include "quay-stock-card.h"

#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till;   /* owned */
  QuayCardLot *lot; /* owned: what the file needs */
  GPtrArray *sales; /* NULL until they were read */
  QuayRowModel *model;
  GtkWidget *stack;
  GtkWidget *sum;
  GtkWidget *export;
} Recall;

static void
free_recall (gpointer data)
{
  Recall *recall = data;
  g_object_unref (recall->till);
  g_object_unref (recall->model);
  g_clear_pointer (&recall->sales, g_ptr_array_unref);
  quay_card_lot_free (recall->lot);
  g_free (recall);
}

static const QuayLotSale *
sale_of (gpointer object)
{
  return quay_row_value (object);
}

static void
bind_number (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_text (cell, sale_of (object)->number);
}

static void
bind_time (GtkWidget *cell, gpointer object, gpointer data)
{
  g_autofree char *text = quay_time_to_vi (sale_of (object)->ts);
  quay_table_set_text (cell, text);
}

static void
bind_sold (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayLotSale *sale = sale_of (object);
  quay_table_set_qty (cell, QUAY_MILLI (sale->qty.milli + sale->back.milli), NULL);
}

static void
bind_back (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayLotSale *sale = sale_of (object);
  if (sale->back.milli == 0)
    quay_table_set_text (cell, "");
  else
    quay_table_set_qty (cell, sale->back, NULL);
}

static void
bind_amount (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_money (cell, sale_of (object)->amount);
}

static void
bind_buyer (GtkWidget *cell, gpointer object, gpointer data)
{
  gboolean known = sale_of (object)->has_buyer;
  quay_table_set_text (cell, known ? _ ("Buyer known") : _ ("Not known"));
  quay_table_set_badge (cell, known ? "good" : "plain");
}

static void
show_sales (Recall *recall)
{
  QuayQty out = QUAY_MILLI (0);
  guint known = 0;
  guint n = recall->sales->len;
  for (guint i = 0; i < n; i++)
    {
      const QuayLotSale *sale = recall->sales->pdata[i];
      out.milli += sale->qty.milli;
      known += sale->has_buyer;
    }
  g_autofree char *qty = quay_format_qty (out, recall->lot->unit);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u sale, %s with customers, buyer known of %u",
                                 "%u sales, %s with customers, buyer known of %u", n),
                       n, qty, known);
  quay_ui_set_text (recall->sum, text);
  quay_row_model_set (recall->model, g_ptr_array_ref (recall->sales));
  gtk_stack_set_visible_child_name (GTK_STACK (recall->stack), n > 0 ? "list" : "empty");
  gtk_widget_set_sensitive (recall->export, n > 0);
}

static void
sales_cb (GObject *till, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) card = data;
  Recall *recall = g_object_get_data (G_OBJECT (card), "quay-recall");
  g_autoptr (GError) error = NULL;
  GPtrArray *sales = quay_till_lot_sales_finish (QUAY_TILL (till), result, &error);
  if (gtk_widget_get_root (card) == NULL)
    {
      g_clear_pointer (&sales, g_ptr_array_unref);
      return;
    }
  if (sales == NULL)
    {
      quay_ui_show_error (card, _ ("The sales of the lot can't be read"), error);
      return;
    }
  recall->sales = sales;
  show_sales (recall);
}

static void
export_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (GtkWidget) card = data;
  const Recall *recall = g_object_get_data (G_OBJECT (card), "quay-recall");
  g_autoptr (GError) error = NULL;
  if (path == NULL)
    return;
  if (!quay_till_export_lot_sales (recall->lot, recall->sales, path, &error))
    {
      quay_ui_show_error (card, _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written to %s"), name);
  quay_ui_toast (card, text);
}

static void
export_cb (GtkWidget *button, GtkWidget *card)
{
  const Recall *recall = g_object_get_data (G_OBJECT (card), "quay-recall");
  g_autofree char *name =
      g_strdup_printf ("%s-%s.xlsx", _ ("recall"),
                       recall->lot->lot->code != NULL ? recall->lot->lot->code : recall->lot->sku);
  g_strdelimit (name, "/\\:", '-');
  quay_ui_choose_file (card, QUAY_UI_FILE_SAVE, _ ("Export the list"), name, "*.xlsx|*.csv",
                       export_chosen_cb, g_object_ref (card));
}

static void
close_cb (GtkWidget *button, GtkWidget *card)
{
  quay_ui_close_card (card);
}

static GtkWidget *
build_table (Recall *recall)
{
  GtkWidget *table = quay_table_new (_ ("Sales of the lot"), G_LIST_MODEL (recall->model));
  quay_table_add (table, _ ("Receipt no."), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 18, bind_number,
                  NULL);
  quay_table_add (table, _ ("Time"), QUAY_TABLE_TEXT, 15, bind_time, NULL);
  quay_table_add (table, _ ("Sold"), QUAY_TABLE_NUMBER, 8, bind_sold, NULL);
  quay_table_add (table, _ ("Given back"), QUAY_TABLE_NUMBER, 8, bind_back, NULL);
  quay_table_add (table, _ ("Amount"), QUAY_TABLE_NUMBER, 11, bind_amount, NULL);
  quay_table_add (table, _ ("Buyer"), QUAY_TABLE_BADGE, 18, bind_buyer, NULL);
  GtkWidget *scrolled = quay_ui_table_card (table);
  recall->stack = gtk_stack_new ();
  gtk_widget_set_size_request (recall->stack, 820, 360);
  gtk_stack_add_named (GTK_STACK (recall->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (recall->stack),
                       quay_ui_empty ("receipt", _ ("Nothing of this lot was sold"), NULL),
                       "empty");
  return recall->stack;
}

/* Its own copy: the card below reads its lots again. */
static QuayCardLot *
copy_lot (const QuayCardLot *lot)
{
  QuayCardLot *copy = g_new0 (QuayCardLot, 1);
  copy->lot = g_new0 (QuayLot, 1);
  copy->lot->id = lot->lot->id;
  copy->lot->code = g_strdup (lot->lot->code);
  copy->sku = g_strdup (lot->sku);
  copy->name = g_strdup (lot->name);
  copy->unit = g_strdup (lot->unit);
  copy->places = g_ptr_array_new ();
  return copy;
}

void
quay_stock_recall_open (GtkWidget *anywhere, QuayTill *till, const QuayCardLot *lot)
{
  g_autofree char *title = g_strdup_printf (_ ("Where the lot went: %s"),
                                            lot->lot->code != NULL ? lot->lot->code : lot->name);
  GtkWidget *card = quay_ui_card_new (title, "wide");
  Recall *recall = g_new0 (Recall, 1);
  recall->till = g_object_ref (till);
  recall->lot = copy_lot (lot);
  recall->model = quay_row_model_new ();
  g_object_set_data_full (G_OBJECT (card), "quay-recall", recall, free_recall);
  recall->sum = quay_ui_label (_ ("Reading…"), "dim num");
  gtk_box_append (GTK_BOX (card), recall->sum);
  gtk_box_append (GTK_BOX (card), build_table (recall));
  GtkWidget *buttons = quay_ui_card_buttons (card);
  recall->export = quay_ui_button ("file-earmark-arrow-up", _ ("Export"), NULL, "action");
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  gtk_widget_set_sensitive (recall->export, FALSE);
  g_signal_connect (recall->export, "clicked", G_CALLBACK (export_cb), card);
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), card);
  gtk_box_append (GTK_BOX (buttons), recall->export);
  gtk_box_append (GTK_BOX (buttons), close);
  quay_ui_show_card (anywhere, card, close);
  quay_till_lot_sales_async (till, &lot->lot->id, sales_cb, g_object_ref (card));
}
