/* The card that enrols this till: the server's address and the one-time code. Main thread. */
#include "quay-enrol-dialog.h"

#include "quay-enrol-fields.h"
#include "quay-till-sync.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till;
  GtkWidget *card; /* weak */
  QuayEnrolFields *fields;
  GtkWidget *ok;
} Enrol;

static void
free_enrol (gpointer data, GClosure *closure)
{
  Enrol *enrol = data;
  g_clear_weak_pointer (&enrol->card);
  g_object_unref (enrol->till);
  g_free (enrol);
}

static void
set_busy (Enrol *enrol, gboolean busy)
{
  gtk_widget_set_sensitive (enrol->ok, !busy);
  quay_enrol_fields_set_busy (enrol->fields, busy);
}

static void
show_fault (Enrol *enrol, const GError *error)
{
  if (quay_enrol_fields_show_fault (enrol->fields, error))
    return;
  g_autofree char *why = quay_ui_error_text (error);
  quay_ui_toast (enrol->card, why);
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget **card = data; /* weak: the card may have been closed meanwhile */
  g_autoptr (GError) error = NULL;
  gboolean ok = quay_till_enrol_finish (QUAY_TILL (source), result, &error);
  Enrol *enrol = *card != NULL ? g_object_get_data (G_OBJECT (*card), "quay-enrol") : NULL;
  if (enrol != NULL && ok)
    {
      quay_ui_toast (*card, _ ("The till is enrolled"));
      quay_ui_close_card (*card);
    }
  else if (enrol != NULL)
    {
      set_busy (enrol, FALSE);
      if (error != NULL)
        show_fault (enrol, error);
    }
  g_clear_weak_pointer (card);
  g_free (card);
}

static void
ok_cb (GtkWidget *widget, gpointer data)
{
  Enrol *enrol = data;
  g_autofree char *url = NULL;
  g_autofree char *code = NULL;
  if (!gtk_widget_get_sensitive (enrol->ok) || !quay_enrol_fields_get (enrol->fields, &url, &code))
    return;
  GtkWidget **card = g_new0 (GtkWidget *, 1);
  g_set_weak_pointer (card, enrol->card);
  set_busy (enrol, TRUE);
  quay_till_enrol_async (enrol->till, url, NULL, code, enrolled_cb, card);
}

static void
close_cb (GtkWidget *widget, gpointer card)
{
  quay_ui_close_card (card);
}

void
quay_enrol_dialog_show (GtkWidget *anywhere, QuayTill *till)
{
  QuayLinkState state;
  Enrol *enrol = g_new0 (Enrol, 1);
  GtkWidget *card = quay_ui_card_new (_ ("Enrol this till"), NULL);
  quay_till_link (till, &state);
  GtkWidget *fields = quay_enrol_fields_new (state.server);
  quay_link_state_clear (&state);
  enrol->till = g_object_ref (till);
  g_set_weak_pointer (&enrol->card, card);
  enrol->fields = QUAY_ENROL_FIELDS (fields);
  enrol->ok = quay_ui_button (NULL, _ ("Enrol"), NULL, "main");
  gtk_box_append (GTK_BOX (card), fields);
  GtkWidget *buttons = quay_ui_card_buttons (card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), enrol->ok);
  g_object_set_data (G_OBJECT (card), "quay-enrol", enrol);
  g_signal_connect_data (enrol->ok, "clicked", G_CALLBACK (ok_cb), enrol, free_enrol, 0);
  g_signal_connect (fields, "submit", G_CALLBACK (ok_cb), enrol);
  g_signal_connect (cancel, "clicked", G_CALLBACK (close_cb), card);
  quay_ui_show_card (anywhere, card, quay_enrol_fields_first (enrol->fields));
}
