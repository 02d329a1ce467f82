/* Carts put aside: while one customer fetches something, the next one is served. */
#include "quay-error.h"
#include "quay-sell-private.h"

typedef struct
{
  QuaySellPage *page; /* owned */
  GtkWidget *card;
  GPtrArray *held; /* owned: QuayHeld */
} HeldList;

static void
free_held_list (gpointer data)
{
  HeldList *list = data;
  g_object_unref (list->page);
  g_ptr_array_unref (list->held);
  g_free (list);
}

void
quay_sell_hold (QuaySellPage *self)
{
  g_autoptr (GError) error = NULL;
  if (quay_cart_is_empty (quay_till_cart (self->till)))
    return;
  if (quay_till_hold (self->till, NULL, &error))
    {
      quay_ui_toast (GTK_WIDGET (self), _ ("The sale is held. F8 brings it back."));
      quay_sell_reset (self);
    }
  else
    quay_ui_show_error (GTK_WIDGET (self), _ ("The sale was not held"), error);
}

static void
recall_cb (GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
  HeldList *list = data;
  g_autoptr (QuaySellPage) page = g_object_ref (list->page);
  g_autoptr (GError) error = NULL;
  int index = gtk_list_box_row_get_index (row);
  if (index < 0 || (guint)index >= list->held->len || quay_scanner_is_fresh (page->scanner))
    return;
  const QuayHeld *held = g_ptr_array_index (list->held, index);
  gboolean ok = quay_till_recall (page->till, &held->id, &error);
  quay_ui_close_card (list->card);
  if (!ok)
    quay_ui_show_error (GTK_WIDGET (page), _ ("The sale was not brought back"), error);
  quay_sell_reset (page);
}

static GtkWidget *
make_row (const QuayHeld *held)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *when = quay_time_to_vi (held->ts);
  g_autofree char *more =
      held->n_lines > 1
          ? g_strdup_printf (ngettext ("and %u more line", "and %u more lines", held->n_lines - 1),
                             held->n_lines - 1)
          : g_strdup ("");
  const char *changed = held->n_changed > 0 ? _ (" · a price has changed") : "";
  g_autofree char *meta =
      g_strdup_printf ("%s%s%s%s", when, more[0] != '\0' ? " · " : "", more, changed);
  gboolean named = held->label != NULL && held->label[0] != '\0';
  const char *title = held->unreadable ? _ ("This sale can't be read. It is kept.")
                      : named          ? held->label
                                       : held->first_name;
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (title, "heading", 36, 1));
  gtk_box_append (GTK_BOX (texts), quay_ui_label (meta, "meta num"));
  gtk_widget_set_hexpand (texts, TRUE);
  GtkWidget *total = quay_ui_number_label ("cart-amount");
  quay_ui_set_money (total, held->total, QUAY_MONEY_SIGN);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), total);
  gtk_widget_set_margin_top (row, 10);
  gtk_widget_set_margin_bottom (row, 10);
  gtk_widget_set_margin_start (row, 10);
  gtk_widget_set_margin_end (row, 10);
  return row;
}

static void
close_cb (GtkButton *button, gpointer data)
{
  HeldList *list = data;
  quay_ui_close_card (list->card);
}

static void
take_cb (GtkButton *button, gpointer box)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (box);
  if (row != NULL)
    g_signal_emit_by_name (box, "row-activated", row);
}

void
quay_sell_show_held (QuaySellPage *self)
{
  HeldList *list = g_new0 (HeldList, 1);
  list->page = g_object_ref (self);
  list->held = quay_till_held (self->till);
  list->card = quay_ui_card_new (_ ("Held sales"), NULL);
  g_object_set_data_full (G_OBJECT (list->card), "quay-held", list, free_held_list);
  GtkWidget *box = gtk_list_box_new ();
  quay_ui_set_label (box, _ ("Held sales"));
  quay_ui_set_id (box, "held-list");
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (box), TRUE);
  for (guint i = 0; i < list->held->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (box), make_row (g_ptr_array_index (list->held, i)));
  g_signal_connect (box, "row-activated", G_CALLBACK (recall_cb), list);
  GtkWidget *scrolled = quay_ui_scrolled (box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  if (list->held->len == 0)
    gtk_list_box_set_placeholder (GTK_LIST_BOX (box),
                                  quay_ui_label (_ ("No sale is held."), "dim"));
  gtk_box_append (GTK_BOX (list->card), scrolled);
  GtkWidget *buttons = quay_ui_card_buttons (list->card);
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), list);
  gtk_box_append (GTK_BOX (buttons), close);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), 0);
  if (first != NULL)
    {
      GtkWidget *take = quay_ui_button (NULL, _ ("Bring back"), "Enter", "main");
      g_signal_connect (take, "clicked", G_CALLBACK (take_cb), box);
      gtk_box_append (GTK_BOX (buttons), take);
      gtk_list_box_select_row (GTK_LIST_BOX (box), first);
    }
  quay_ui_show_card (GTK_WIDGET (self), list->card, first != NULL ? GTK_WIDGET (first) : close);
}
