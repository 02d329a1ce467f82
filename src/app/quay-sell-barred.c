/* What stops a sale: goods past their date, or held back. Somebody may answer for it. */
#include "quay-sell-private.h"

#include "quay-till-lots.h"

typedef struct
{
  QuaySellPage *page; /* owned */
  GtkWidget *card;
  GtkWidget *entry;
  GtkWidget *row;
} Barred;

static void
free_barred (gpointer data)
{
  Barred *barred = data;
  g_object_unref (barred->page);
  g_free (barred);
}

static void
close_barred (Barred *barred)
{
  g_autoptr (QuaySellPage) page = g_object_ref (barred->page);
  quay_ui_close_card (barred->card);
  gtk_widget_grab_focus (page->entry);
}

static void
cancel_cb (GtkButton *button, gpointer data)
{
  close_barred (data);
}

static void
allow_cb (GtkWidget *widget, gpointer data)
{
  Barred *barred = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *why =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (barred->entry))));
  if (!quay_ui_form_row_check (barred->row, *why != '\0', _ ("Say why: it is kept with the sale.")))
    return;
  if (!quay_till_cart_allow_barred (barred->page->till, why, &error))
    {
      g_autofree char *text = quay_ui_error_text (error);
      quay_ui_form_row_set_fault (barred->row, text);
      return;
    }
  g_autoptr (QuaySellPage) page = g_object_ref (barred->page);
  close_barred (barred);
  quay_sell_start_pay (page);
}

char *
quay_sell_barred_text (const QuayLot *lot)
{
  g_autofree char *day = lot->expires != 0 ? quay_day_to_vi (lot->expires) : NULL;
  g_autofree char *name = lot->code != NULL ? g_strdup_printf (_ ("Lot %s"), lot->code)
                                            : g_strdup (_ ("A lot without a number"));
  if (lot->blocked != NULL)
    return g_strdup_printf (_ ("%s is held back: %s"), name, lot->blocked);
  return g_strdup_printf (_ ("%s: use by %s"), name, day);
}

static void
add_goods (Barred *barred, const QuayLine *line, const QuayLot *lot)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *name = quay_ui_keep_units (line->name);
  g_autofree char *why = quay_sell_barred_text (lot);
  gtk_widget_add_css_class (texts, "check-row");
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (name, "heading", 44, 2));
  gtk_box_append (GTK_BOX (texts), quay_ui_wrapped_label (why, "bad-text num", 50, 2));
  gtk_box_append (GTK_BOX (barred->card), texts);
}

static void
add_reason (Barred *barred)
{
  barred->entry = quay_ui_entry (_ ("Reason"));
  quay_ui_set_id (barred->entry, "barred-why");
  gtk_entry_set_max_length (GTK_ENTRY (barred->entry), 70);
  barred->row =
      quay_ui_form_row (_ ("To sell it all the same, the manager says why"), barred->entry, NULL);
  gtk_box_append (GTK_BOX (barred->card), barred->row);
  GtkWidget *buttons = quay_ui_card_buttons (barred->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Back to the sale"), "Esc", "action");
  GtkWidget *allow = quay_ui_button (NULL, _ ("Sell all the same"), NULL, "action danger");
  quay_ui_set_id (allow, "barred-allow");
  g_signal_connect (barred->entry, "activate", G_CALLBACK (allow_cb), barred);
  g_signal_connect (allow, "clicked", G_CALLBACK (allow_cb), barred);
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), barred);
  gtk_box_append (GTK_BOX (buttons), allow);
  gtk_box_append (GTK_BOX (buttons), cancel);
}

gboolean
quay_sell_ask_barred (QuaySellPage *self)
{
  const QuayCart *cart = quay_till_cart (self->till);
  g_autoptr (GArray) lines = quay_till_cart_barred (self->till);
  guint shown = 0;
  if (lines->len == 0)
    return FALSE;
  Barred *barred = g_new0 (Barred, 1);
  barred->page = g_object_ref (self);
  barred->card = quay_ui_card_new (_ ("These goods must not be sold"), NULL);
  g_object_set_data_full (G_OBJECT (barred->card), "quay-barred", barred, free_barred);
  for (guint i = 0; i < lines->len && shown < 6; i++)
    {
      guint index = g_array_index (lines, guint, i);
      g_autoptr (QuayLot) lot = quay_till_cart_barred_by (self->till, index);
      if (lot == NULL)
        continue;
      add_goods (barred, cart->lines->pdata[index], lot);
      shown++;
    }
  if (shown < lines->len)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), lines->len - shown);
      gtk_box_append (GTK_BOX (barred->card), quay_ui_label (more, "dim"));
    }
  gtk_box_append (
      GTK_BOX (barred->card),
      quay_ui_wrapped_label (_ ("Put them aside and take them out of the sale."), "dim", 60, 2));
  add_reason (barred);
  quay_ui_show_card (GTK_WIDGET (self), barred->card, barred->entry);
  return TRUE;
}
