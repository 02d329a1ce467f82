/* Cancelling an order: why, and how much of the deposit goes back. */
#include "quay-order-dialog.h"

#include "quay-form.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;      /* of the ending: the same for each try */
  QuayId order;
  QuayMoney deposit;
  QuayOrderDone done;
  gpointer data;
  GtkWidget *card;
  GtkWidget *back;
  GtkWidget *back_row;
  GtkWidget *tender;
  GtkWidget *why;
  GtkWidget *why_row;
} Cancel;

static void
free_cancel (gpointer data)
{
  Cancel *cancel = data;
  g_object_unref (cancel->till);
  g_free (cancel);
}

static void
commit (Cancel *cancel, QuayMoney back, const char *why)
{
  static const gint64 tenders[] = { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, QUAY_TENDER_CARD };
  g_autoptr (GError) error = NULL;
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (cancel->tender));
  if (!quay_till_cancel_order (cancel->till, &cancel->id, &cancel->order, back,
                               tenders[MIN (chosen, 2)], why, &error))
    {
      quay_ui_show_error (cancel->card, _ ("The order was not cancelled"), error);
      return;
    }
  QuayOrderDone done = cancel->done;
  gpointer data = cancel->data;
  QuayId order = cancel->order;
  quay_ui_toast (cancel->card, _ ("The order is cancelled."));
  quay_ui_close_card (cancel->card);
  done (&order, data);
}

static void
ok_cb (Cancel *cancel)
{
  QuayMoney back = QUAY_DONG (0);
  g_autofree char *why = g_strstrip (g_strdup (quay_form_text (cancel->why)));
  gboolean sound = cancel->deposit.dong <= 0 || (quay_ui_money_entry_get (cancel->back, &back) &&
                                                 back.dong <= cancel->deposit.dong);
  if (quay_ui_form_row_check (cancel->back_row, sound,
                              _ ("Write an amount from 0 to the whole deposit.")) &&
      quay_ui_form_row_check (cancel->why_row, why[0] != '\0',
                              _ ("Say why: it is kept with the day.")))
    commit (cancel, back, why);
}

static void
close_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

static void
add_fields (Cancel *cancel)
{
  const char *const tenders[] = { _ ("Cash"), _ ("Bank transfer"), _ ("Card"), NULL };
  gboolean any = cancel->deposit.dong > 0;
  g_autofree char *deposit = quay_format_money (cancel->deposit, QUAY_MONEY_SIGN);
  g_autofree char *hint = g_strdup_printf (_ ("The deposit was %s; 0 keeps it."), deposit);
  cancel->back = quay_ui_money_entry (_ ("Give back"));
  quay_ui_money_entry_set (cancel->back, cancel->deposit);
  cancel->back_row = quay_ui_form_row (_ ("Give back"), cancel->back, hint);
  cancel->tender = quay_ui_choice (_ ("Given back by"), tenders);
  GtkWidget *tender_row = quay_ui_form_row (_ ("Given back by"), cancel->tender, NULL);
  cancel->why = quay_ui_entry (_ ("Why"));
  gtk_entry_set_max_length (GTK_ENTRY (cancel->why), 70);
  cancel->why_row = quay_ui_form_row (_ ("Why"), cancel->why, NULL);
  gtk_widget_set_visible (cancel->back_row, any);
  gtk_widget_set_visible (tender_row, any);
  gtk_box_append (GTK_BOX (cancel->card), cancel->back_row);
  gtk_box_append (GTK_BOX (cancel->card), tender_row);
  gtk_box_append (GTK_BOX (cancel->card), cancel->why_row);
  g_signal_connect_swapped (cancel->back, "activate", G_CALLBACK (ok_cb), cancel);
  g_signal_connect_swapped (cancel->why, "activate", G_CALLBACK (ok_cb), cancel);
}

void
quay_order_cancel_open (GtkWidget *anywhere, QuayTill *till, const QuayOrderRecord *order,
                        QuayOrderDone done, gpointer data)
{
  Cancel *cancel = g_new0 (Cancel, 1);
  g_autofree char *title = g_strdup_printf (_ ("Cancel order %s"), order->number);
  *cancel = (Cancel){ .till = g_object_ref (till),
                      .id = quay_till_new_id (till),
                      .order = order->id,
                      .deposit = order->deposit,
                      .done = done,
                      .data = data,
                      .card = quay_ui_card_new (title, NULL) };
  g_object_set_data_full (G_OBJECT (cancel->card), "quay-cancel", cancel, free_cancel);
  add_fields (cancel);
  GtkWidget *buttons = quay_ui_card_buttons (cancel->card);
  GtkWidget *keep = quay_ui_button (NULL, _ ("Keep the order"), "Esc", "action");
  GtkWidget *ok = quay_ui_button (NULL, _ ("Cancel the order"), "Enter", "main danger");
  g_signal_connect (keep, "clicked", G_CALLBACK (close_cb), cancel->card);
  g_signal_connect_swapped (ok, "clicked", G_CALLBACK (ok_cb), cancel);
  gtk_box_append (GTK_BOX (buttons), keep);
  gtk_box_append (GTK_BOX (buttons), ok);
  quay_ui_show_card (anywhere, cancel->card, cancel->deposit.dong > 0 ? cancel->back : cancel->why);
}
