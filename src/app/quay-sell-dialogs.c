/* Small questions of the sell page: an item without catalogue entry, a note, the buyer. */
#include "quay-error.h"
#include "quay-language.h"
#include "quay-sell-private.h"

/* One open card with its entries. */
typedef struct
{
  QuaySellPage *page; /* owned */
  GtkWidget *card;
  GtkWidget *first;
  GtkWidget *second;
  GtkWidget *first_row;
  GtkWidget *second_row;
  GtkWidget *choice;
  GPtrArray *classes; /* owned: QuayReportRow of VAT classes */
  guint index;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->page);
  g_clear_pointer (&form->classes, g_ptr_array_unref);
  g_free (form);
}

static Form *
new_form (QuaySellPage *page, const char *title)
{
  Form *form = g_new0 (Form, 1);
  form->page = g_object_ref (page);
  form->card = quay_ui_card_new (title, NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  return form;
}

static void
close_form (Form *form)
{
  g_autoptr (QuaySellPage) page = g_object_ref (form->page);
  quay_ui_close_card (form->card);
  gtk_widget_grab_focus (page->entry);
}

static void
cancel_cb (GtkButton *button, gpointer data)
{
  close_form (data);
}

static void
finish_form (Form *form, const char *text, GCallback done)
{
  GtkWidget *buttons = quay_ui_card_buttons (form->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *ok = quay_ui_button (NULL, text, "Enter", "main");
  quay_ui_set_id (ok, "form-done");
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), form);
  g_signal_connect (ok, "clicked", done, form);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), ok);
  if (form->first != NULL)
    g_signal_connect (form->first, "activate", done, form);
  if (form->second != NULL)
    g_signal_connect (form->second, "activate", done, form);
  quay_ui_show_card (GTK_WIDGET (form->page), form->card, form->first);
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
add_row (Form *form, const char *title, GtkWidget *control, const char *hint, GtkWidget **row)
{
  GtkWidget *form_row = quay_ui_form_row (title, control, hint);
  gtk_box_append (GTK_BOX (form->card), form_row);
  if (row != NULL)
    *row = form_row;
}

/* An item without catalogue entry */

static void
open_done_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  QuayMoney price = { 0 };
  g_autoptr (GError) error = NULL;
  guint index = 0;
  guint which = gtk_drop_down_get_selected (GTK_DROP_DOWN (form->choice));
  g_autofree char *name = g_strstrip (g_strdup (text_of (form->first)));
  gboolean named = name[0] != '\0';
  gboolean priced = quay_ui_money_entry_get (form->second, &price) && price.dong > 0;
  quay_ui_form_row_set_fault (form->first_row, named ? NULL : _ ("What is it called?"));
  quay_ui_form_row_set_fault (form->second_row, priced ? NULL : _ ("Give a price above 0."));
  if (!named || !priced || which >= form->classes->len)
    {
      gtk_widget_grab_focus (named ? form->second : form->first);
      return;
    }
  const QuayReportRow *vat = g_ptr_array_index (form->classes, which);
  if (!quay_till_cart_add_open (form->page->till, name, price, QUAY_UNITS (1), vat->key, &index,
                                &error))
    {
      g_autofree char *text = quay_ui_error_text (error);
      quay_ui_form_row_set_fault (form->first_row, text);
      return;
    }
  g_autoptr (QuaySellPage) page = g_object_ref (form->page);
  close_form (form);
  quay_sell_added (page, index);
}

static GtkWidget *
make_class_choice (Form *form)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint usual = 0;
  for (guint i = 0; i < form->classes->len; i++)
    {
      const QuayReportRow *row = g_ptr_array_index (form->classes, i);
      g_autofree char *rate =
          row->count < 0 ? g_strdup (_ ("outside VAT")) : quay_format_percent (row->count);
      g_ptr_array_add (labels, g_strdup_printf ("%s · %s", row->name, rate));
      if (g_strcmp0 (row->key, "A_PROC") == 0)
        usual = i;
    }
  g_ptr_array_add (labels, NULL);
  GtkWidget *choice =
      quay_ui_choice (_ ("VAT class"), (const char *const *)(gpointer)labels->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), usual);
  return choice;
}

void
quay_sell_ask_open (QuaySellPage *self)
{
  Form *form = new_form (self, _ ("Item without catalogue entry"));
  form->classes = quay_till_vat_classes (self->till, quay_language_get ());
  form->first = quay_ui_entry (_ ("Name"));
  quay_ui_set_id (form->first, "open-name");
  gtk_entry_set_max_length (GTK_ENTRY (form->first), 80);
  form->second = quay_ui_money_entry (_ ("Price"));
  quay_ui_set_id (form->second, "open-price");
  form->choice = make_class_choice (form);
  add_row (form, _ ("Name, as printed on the receipt"), form->first, NULL, &form->first_row);
  add_row (form, _ ("Price, VAT included"), form->second, _ ("35k is 35.000, 1tr2 is 1.200.000"),
           &form->second_row);
  add_row (form, _ ("VAT class"), form->choice, NULL, NULL);
  finish_form (form, _ ("Add to the sale"), G_CALLBACK (open_done_cb));
}

/* The note of a line */

static void
note_done_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = g_strstrip (g_strdup (text_of (form->first)));
  if (!quay_till_cart_set_note (form->page->till, form->index, note, &error))
    {
      g_autofree char *text = quay_ui_error_text (error);
      quay_ui_form_row_set_fault (form->first_row, text);
      return;
    }
  close_form (form);
}

void
quay_sell_ask_note (QuaySellPage *self, guint index)
{
  const QuayCart *cart = quay_till_cart (self->till);
  if (index >= cart->lines->len)
    return;
  const QuayLine *line = g_ptr_array_index (cart->lines, index);
  Form *form = new_form (self, line->name);
  form->index = index;
  form->first = quay_ui_entry (_ ("Note"));
  quay_ui_set_id (form->first, "note-entry");
  gtk_entry_set_max_length (GTK_ENTRY (form->first), 120);
  if (line->note != NULL)
    gtk_editable_set_text (GTK_EDITABLE (form->first), line->note);
  add_row (form, _ ("Note on this line"), form->first, _ ("It is printed under the line."),
           &form->first_row);
  finish_form (form, _ ("Save the note"), G_CALLBACK (note_done_cb));
}

/* The buyer */

static void
buyer_done_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strstrip (g_strdup (text_of (form->first)));
  g_autofree char *tax_code = g_strstrip (g_strdup (text_of (form->second)));
  if (!quay_till_cart_set_buyer (form->page->till, name, tax_code, &error))
    {
      g_autofree char *text =
          g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID)
              ? g_strdup (_ ("A tax code has 10 digits, 12 digits, or 10 digits, "
                             "a dash and 3 digits."))
              : quay_ui_error_text (error);
      quay_ui_form_row_set_fault (form->second_row, text);
      return;
    }
  close_form (form);
}

void
quay_sell_ask_buyer (QuaySellPage *self)
{
  const QuayCart *cart = quay_till_cart (self->till);
  Form *form = new_form (self, _ ("Buyer"));
  form->first = quay_ui_entry (_ ("Name of the buyer"));
  quay_ui_set_id (form->first, "buyer-name");
  form->second = quay_ui_code_entry (_ ("Tax code"));
  quay_ui_set_id (form->second, "buyer-tax");
  gtk_entry_set_max_length (GTK_ENTRY (form->second), 14);
  if (cart->buyer_name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (form->first), cart->buyer_name);
  if (cart->buyer_tax != NULL)
    gtk_editable_set_text (GTK_EDITABLE (form->second), cart->buyer_tax);
  add_row (form, _ ("Name of the buyer"), form->first, _ ("Empty for a walk-in customer"),
           &form->first_row);
  add_row (form, _ ("Tax code"), form->second, NULL, &form->second_row);
  finish_form (form, _ ("Save the buyer"), G_CALLBACK (buyer_done_cb));
}
