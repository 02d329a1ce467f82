/* Goods that come back without a receipt that is known here: one product at a time, by scanner or
 * code, at a price that is said. Main thread. */
#include "quay-refund-card.h"

#include "quay-approve-card.h"
#include "quay-form.h"
#include "quay-till-sell.h"
#include "quay-typed.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  QuayId id;
  QuayItem *item; /* owned, NULL until one is named */
  GtkWidget *card;
  GtkWidget *code;
  GtkWidget *code_row;
  GtkWidget *name;
  GtkWidget *qty;
  GtkWidget *qty_row;
  GtkWidget *amount;
  GtkWidget *amount_row;
  GtkWidget *spoilt;
  GtkWidget *of;
  GtkWidget *tender;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *ok;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_clear_pointer (&form->item, quay_item_free);
  g_object_unref (form->till);
  g_free (form);
}

/* At today's price, until another is typed. */
static void
propose_amount (Form *form)
{
  QuayQty qty;
  QuayMoney amount;
  if (form->item == NULL || !form->item->has_price ||
      !quay_typed_qty (quay_form_text (form->qty), form->item->unit, QUAY_MILLI (0), &qty, NULL) ||
      !quay_money_times_qty (form->item->price, qty, &amount))
    return;
  quay_ui_money_entry_set (form->amount, amount);
}

static gboolean
find_item (Form *form, const char *text)
{
  g_clear_pointer (&form->item, quay_item_free);
  if (*text != '\0')
    {
      g_autoptr (QuayScanned) scanned = quay_till_scan (form->till, text);
      form->item = g_steal_pointer (&scanned->item);
      if (form->item == NULL)
        form->item = quay_till_item_by_sku (form->till, text);
    }
  quay_ui_form_row_set_fault (
      form->code_row, form->item != NULL ? NULL : _ ("No product has this code: scan it again."));
  quay_ui_set_text (form->name, form->item != NULL ? form->item->name : "");
  propose_amount (form);
  return form->item != NULL;
}

static void
code_cb (Form *form)
{
  g_autofree char *text = g_strstrip (g_strdup (quay_form_text (form->code)));
  if (find_item (form, text))
    gtk_widget_grab_focus (form->qty);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  Form *form = data;
  gtk_editable_set_text (GTK_EDITABLE (form->code), text);
  code_cb (form);
}

/* FALSE with the fault told at its field. */
static gboolean
read_answers (Form *form, QuayFreeReturn *back, char **why)
{
  g_autofree char *code = g_strstrip (g_strdup (quay_form_text (form->code)));
  quay_ui_form_row_set_fault (form->qty_row, NULL);
  quay_ui_form_row_set_fault (form->amount_row, NULL);
  quay_ui_form_row_set_fault (form->why_row, NULL);
  *why = g_strstrip (g_strdup (quay_form_text (form->why)));
  if (form->item == NULL && !find_item (form, code))
    gtk_widget_grab_focus (form->code);
  else if (!quay_typed_qty (quay_form_text (form->qty), form->item->unit, QUAY_MILLI (0),
                            &back->qty, NULL) ||
           back->qty.milli <= 0)
    {
      quay_ui_form_row_set_fault (form->qty_row, _ ("Write how much comes back, above 0."));
      gtk_widget_grab_focus (form->qty);
    }
  else if (!quay_ui_money_entry_get (form->amount, &back->amount))
    {
      quay_ui_form_row_set_fault (form->amount_row, _ ("Type an amount, as 500.000 or 500k."));
      gtk_widget_grab_focus (form->amount);
    }
  else if (**why == '\0')
    {
      quay_ui_form_row_set_fault (form->why_row, _ ("Say why: it is kept with the day."));
      gtk_widget_grab_focus (form->why);
    }
  else
    {
      back->product = form->item->product;
      back->restock = !gtk_check_button_get_active (GTK_CHECK_BUTTON (form->spoilt));
      return TRUE;
    }
  return FALSE;
}

static void
ok_cb (Form *form)
{
  static const gint64 tenders[] = { QUAY_TENDER_CASH, QUAY_TENDER_TRANSFER, QUAY_TENDER_CARD };
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  QuayFreeReturn back = { 0 };
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (form->tender));
  if (!read_answers (form, &back, &why))
    return;
  g_autofree char *number = quay_till_refund_free (form->till, &form->id, quay_form_text (form->of),
                                                   &back, 1, tenders[MIN (chosen, 2)], why, &error);
  if (number == NULL)
    {
      quay_ui_show_error (form->card, _ ("Nothing was given back"), error);
      quay_approve_card_press_again (form->ok, error);
      return;
    }
  g_autofree char *amount = quay_format_money (back.amount, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("Hand back %s. Recorded as %s."), amount, number);
  quay_ui_toast (form->card, text);
  quay_ui_close_card (form->card);
}

/* Building */

static GtkWidget *
add_row (Form *form, const char *title, GtkWidget *control, const char *hint)
{
  GtkWidget *row = quay_ui_form_row (title, control, hint);
  gtk_box_append (GTK_BOX (form->card), row);
  return row;
}

static void
add_fields (Form *form)
{
  const char *const tenders[] = { _ ("Cash"), _ ("Bank transfer"), _ ("Card"), NULL };
  form->name = quay_ui_wrapped_label (NULL, "heading", 40, 2);
  form->code = quay_ui_code_entry (_ ("Product"));
  form->qty = quay_ui_code_entry (_ ("Quantity"));
  form->amount = quay_ui_money_entry (_ ("To hand back"));
  form->spoilt = gtk_check_button_new_with_label (_ ("Spoilt"));
  form->of = quay_ui_code_entry (_ ("Number of the receipt"));
  form->tender = quay_ui_choice (_ ("Handed back by"), tenders);
  form->why = quay_ui_entry (_ ("Why"));
  gtk_entry_set_max_length (GTK_ENTRY (form->of), 30);
  gtk_entry_set_max_length (GTK_ENTRY (form->why), 70);
  gtk_editable_set_text (GTK_EDITABLE (form->qty), "1");
  form->code_row = add_row (form, _ ("Product"), form->code, _ ("Scan it, or write its code."));
  gtk_box_append (GTK_BOX (form->card), form->name);
  form->qty_row = add_row (form, _ ("Quantity"), form->qty, NULL);
  form->amount_row = add_row (form, _ ("To hand back"), form->amount, NULL);
  gtk_box_append (GTK_BOX (form->card), form->spoilt);
  add_row (form, _ ("Number of the receipt"), form->of, _ ("If the customer knows it."));
  add_row (form, _ ("Handed back by"), form->tender, NULL);
  form->why_row = add_row (form, _ ("Why"), form->why, NULL);
  g_signal_connect_swapped (form->code, "activate", G_CALLBACK (code_cb), form);
  g_signal_connect_swapped (form->qty, "changed", G_CALLBACK (propose_amount), form);
  g_signal_connect_swapped (form->why, "activate", G_CALLBACK (ok_cb), form);
  quay_ui_take_scans (form->card, scan_cb, form);
}

void
quay_free_card_open (GtkWidget *anywhere, QuayTill *till)
{
  Form *form = g_new0 (Form, 1);
  *form = (Form){ .till = g_object_ref (till),
                  .id = quay_till_new_id (till),
                  .card = quay_ui_card_new (_ ("Goods that come back without a receipt"), NULL) };
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  add_fields (form);
  form->ok = quay_ui_card_foot (form->card, _ ("Give back"), "Enter");
  g_signal_connect_swapped (form->ok, "clicked", G_CALLBACK (ok_cb), form);
  quay_ui_show_card (anywhere, form->card, form->code);
}
