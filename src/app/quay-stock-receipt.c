/* The lots that a receipt of goods brought: where a recall begins when a producer names a delivery.
 * Main thread. */
#include "quay-stock-card.h"

#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  char *number;
  QuayRowModel *model;
  GtkWidget *card;
  GtkWidget *table;
  GtkWidget *hold;
  GtkWidget *recall;
  gulong items_changed;
} Receipt;

static void
free_receipt (gpointer data)
{
  Receipt *receipt = data;
  g_clear_signal_handler (&receipt->items_changed, receipt->till);
  g_object_unref (receipt->till);
  g_object_unref (receipt->model);
  g_free (receipt->number);
  g_free (receipt);
}

static const QuayCardLot *
lot_of (gpointer object)
{
  return quay_row_value (object);
}

static void
bind_name (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_text (cell, lot_of (object)->name);
}

static void
bind_lot (GtkWidget *cell, gpointer object, gpointer data)
{
  const char *code = lot_of (object)->lot->code;
  quay_table_set_text (cell, code != NULL ? code : _ ("no number"));
}

static void
bind_expires (GtkWidget *cell, gpointer object, gpointer data)
{
  QuayDay expires = lot_of (object)->lot->expires;
  g_autofree char *text = expires != 0 ? quay_day_to_vi (expires) : g_strdup ("—");
  quay_table_set_text (cell, text);
}

static void
bind_in (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_qty (cell, lot_of (object)->in, lot_of (object)->unit);
}

static void
bind_sold (GtkWidget *cell, gpointer object, gpointer data)
{
  quay_table_set_qty (cell, lot_of (object)->sold, NULL);
}

static void
bind_left (GtkWidget *cell, gpointer object, gpointer data)
{
  QuayQty left = lot_of (object)->lot->qty;
  quay_table_set_qty (cell, left, NULL);
  quay_ui_toggle_class (cell, "bad-text", left.milli < 0);
}

static void
bind_state (GtkWidget *cell, gpointer object, gpointer data)
{
  gboolean held = lot_of (object)->lot->blocked != NULL;
  quay_table_set_text (cell, held ? _ ("Held back") : "");
  quay_table_set_badge (cell, "bad");
}

static const QuayCardLot *
selected (Receipt *receipt)
{
  QuayRow *row = quay_table_get_selected_item (receipt->table);
  return row != NULL ? quay_row_value (row) : NULL;
}

static void
show_buttons (Receipt *receipt)
{
  const QuayCardLot *lot = selected (receipt);
  gtk_widget_set_sensitive (receipt->hold, lot != NULL);
  gtk_widget_set_sensitive (receipt->recall, lot != NULL);
  quay_ui_button_set_text (
      receipt->hold, lot != NULL && lot->lot->blocked != NULL ? _ ("Sell again") : _ ("Hold back"));
}

static void
read_lots (Receipt *receipt)
{
  g_autoptr (GError) error = NULL;
  guint before = quay_table_get_selected (receipt->table);
  GPtrArray *lots = quay_till_receipt_lots (receipt->till, receipt->number, &error);
  if (lots == NULL)
    {
      quay_ui_show_error (receipt->card, _ ("The lots can't be read"), error);
      return;
    }
  guint n = lots->len;
  quay_row_model_set (receipt->model, lots);
  if (n > 0)
    quay_table_select (receipt->table, before < n ? before : 0);
  if (n > 0 && before == GTK_INVALID_LIST_POSITION)
    gtk_widget_grab_focus (receipt->table); /* there was no row to stand on before */
  show_buttons (receipt);
}

static void
recall_cb (Receipt *receipt)
{
  const QuayCardLot *lot = selected (receipt);
  if (lot != NULL)
    quay_stock_recall_open (receipt->card, receipt->till, lot);
}

static void
hold_cb (Receipt *receipt)
{
  const QuayCardLot *lot = selected (receipt);
  if (lot != NULL)
    quay_stock_hold_open (receipt->card, receipt->till, lot);
}

static void
close_cb (GtkWidget *card)
{
  quay_ui_close_card (card);
}

static GtkWidget *
build_table (Receipt *receipt)
{
  GtkWidget *table = quay_table_new (_ ("Lots of the receipt"), G_LIST_MODEL (receipt->model));
  receipt->table = table;
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 24, bind_name, NULL);
  quay_table_add (table, _ ("Lot"), QUAY_TABLE_TEXT, 13, bind_lot, NULL);
  quay_table_add (table, _ ("Expires"), QUAY_TABLE_TEXT, 10, bind_expires, NULL);
  quay_table_add (table, _ ("Came"), QUAY_TABLE_NUMBER, 10, bind_in, NULL);
  quay_table_add (table, _ ("Sold"), QUAY_TABLE_NUMBER, 7, bind_sold, NULL);
  quay_table_add (table, _ ("Left"), QUAY_TABLE_NUMBER, 7, bind_left, NULL);
  quay_table_add (table, _ ("State"), QUAY_TABLE_BADGE, 12, bind_state, NULL);
  g_signal_connect_swapped (quay_table_get_selection (table), "notify::selected",
                            G_CALLBACK (show_buttons), receipt);
  g_signal_connect_swapped (table, "activate", G_CALLBACK (recall_cb), receipt);
  GtkWidget *scrolled = quay_ui_table_card (table);
  gtk_widget_set_size_request (scrolled, 900, 300);
  return scrolled;
}

static void
build_buttons (Receipt *receipt)
{
  GtkWidget *buttons = quay_ui_card_buttons (receipt->card);
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  receipt->hold = quay_ui_button (NULL, _ ("Hold back"), NULL, "action");
  receipt->recall = quay_ui_button (NULL, _ ("Where the lot went"), "Enter", "action");
  g_signal_connect_swapped (receipt->hold, "clicked", G_CALLBACK (hold_cb), receipt);
  g_signal_connect_swapped (receipt->recall, "clicked", G_CALLBACK (recall_cb), receipt);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (close_cb), receipt->card);
  gtk_box_append (GTK_BOX (buttons), receipt->hold);
  gtk_box_append (GTK_BOX (buttons), receipt->recall);
  gtk_box_append (GTK_BOX (buttons), close);
}

void
quay_stock_receipt_open (GtkWidget *anywhere, QuayTill *till, const char *number)
{
  g_autofree char *title = g_strdup_printf (_ ("Lots of %s"), number);
  Receipt *receipt = g_new0 (Receipt, 1);
  receipt->till = g_object_ref (till);
  receipt->number = g_strdup (number);
  receipt->model = quay_row_model_new ();
  receipt->card = quay_ui_card_new (title, "wide");
  g_object_set_data_full (G_OBJECT (receipt->card), "quay-receipt", receipt, free_receipt);
  gtk_box_append (GTK_BOX (receipt->card),
                  quay_ui_wrapped_label (_ ("What this receipt brought. Enter shows to which sales "
                                            "a lot went; a lot that is held back is not sold."),
                                         "dim", 100, 2));
  gtk_box_append (GTK_BOX (receipt->card), build_table (receipt));
  build_buttons (receipt);
  receipt->items_changed =
      g_signal_connect_swapped (till, "items-changed", G_CALLBACK (read_lots), receipt);
  quay_ui_show_card (anywhere, receipt->card, receipt->table);
  read_lots (receipt);
}
