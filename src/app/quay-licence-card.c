/* Number and last day of the licence to sell alcohol. Main thread. */
#include "quay-licence-card.h"

#include "quay-form.h"
#include "quay-typed.h"
#include "quay-ui.h"

#define SOON_DAYS 30

typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *card;
  GtkWidget *number;
  GtkWidget *until;
  GtkWidget *until_row;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->till);
  g_free (form);
}

char *
quay_licence_warning (QuayTill *till)
{
  QuayDay until;
  QuayLicence licence = quay_till_licence (till, NULL, &until);
  g_autofree char *day = until != 0 ? quay_day_to_vi (until) : NULL;
  if (licence == QUAY_LICENCE_UNKNOWN)
    return g_strdup (_ ("No licence to sell alcohol is entered (Products, Promotions)."));
  if (licence == QUAY_LICENCE_ELSEWHERE)
    return g_strdup (_ ("This place has no licence to sell alcohol."));
  if (licence == QUAY_LICENCE_EXPIRED)
    return g_strdup_printf (_ ("The licence to sell alcohol ran out on %s."), day);
  if (until != 0 && until <= quay_day_add (quay_till_day (till), SOON_DAYS))
    return g_strdup_printf (_ ("The licence to sell alcohol runs out on %s."), day);
  return NULL;
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  QuayDay until;
  g_autoptr (GError) error = NULL;
  gboolean sound = quay_typed_day (quay_form_text (form->until), &until);
  if (!quay_ui_form_row_check (form->until_row, sound, _ ("Type a day, as 30/11/2026.")))
    return;
  if (quay_till_set_licence (form->till, quay_form_text (form->number), until, &error))
    {
      quay_ui_toast (form->card, _ ("Saved."));
      quay_ui_close_card (form->card);
    }
  else
    quay_ui_show_error (form->card, _ ("The licence was not saved"), error);
}

static void
add_fields (Form *form)
{
  QuayDay until;
  g_autofree char *number = NULL;
  g_autofree char *source = NULL;
  gint64 tenths = quay_till_law (form->till, QUAY_LAW_LICENCE, &source);
  quay_till_licence (form->till, &number, &until);
  g_autofree char *day = until != 0 ? quay_day_to_vi (until) : NULL;
  g_autofree char *percent = quay_format_percent (tenths * 10);
  g_autofree char *text = g_strdup_printf (
      _ ("Drinks with %s alcohol or more need a retail licence: %s. Without one entered the till "
         "warns; one that ran out stops their sale."),
      percent, source != NULL ? source : "");
  gtk_box_append (GTK_BOX (form->card), quay_ui_wrapped_label (text, "dim", 52, 5));
  form->number = quay_ui_code_entry (_ ("Number of the licence"));
  form->until = quay_ui_code_entry (_ ("Valid until"));
  form->until_row = quay_ui_form_row (_ ("Valid until"), form->until, _ ("Empty: no last day"));
  gtk_editable_set_text (GTK_EDITABLE (form->number), number != NULL ? number : "");
  gtk_editable_set_text (GTK_EDITABLE (form->until), day != NULL ? day : "");
  gtk_entry_set_max_length (GTK_ENTRY (form->number), 60);
  gtk_box_append (GTK_BOX (form->card),
                  quay_ui_form_row (_ ("Number of the licence"), form->number, NULL));
  gtk_box_append (GTK_BOX (form->card), form->until_row);
  g_signal_connect (form->number, "activate", G_CALLBACK (save_cb), form);
  g_signal_connect (form->until, "activate", G_CALLBACK (save_cb), form);
}

void
quay_licence_card_open (GtkWidget *anywhere, QuayTill *till)
{
  Form *form = g_new0 (Form, 1);
  form->till = g_object_ref (till);
  form->card = quay_ui_card_new (_ ("Alcohol licence of this place"), NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  add_fields (form);
  GtkWidget *save = quay_ui_card_foot (form->card, _ ("Save"), "Enter");
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), form);
  quay_ui_show_card (anywhere, form->card, form->number);
}
