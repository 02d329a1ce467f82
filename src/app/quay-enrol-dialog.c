/* The card that enrols this till: the server's address and the one-time code. Main thread. */
#include "quay-enrol-dialog.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-till-sync.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till;
  GtkWidget *card; /* weak */
  GtkWidget *url;
  GtkWidget *url_row;
  GtkWidget *code;
  GtkWidget *code_row;
  GtkWidget *ok;
  GtkWidget *spinner;
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
  gtk_widget_set_visible (enrol->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (enrol->spinner), busy);
}

/* What to do; the server's own words, which are English, go to the tooltip. */
static void
show_fault (Enrol *enrol, const GError *error)
{
  gboolean unreached = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_IO);
  GtkWidget *row = unreached ? enrol->url_row : enrol->code_row;
  GtkWidget *entry = unreached ? enrol->url : enrol->code;
  quay_ui_form_row_set_fault (
      row, unreached ? _ ("The server was not reached. Look at the address and the network.")
                     : _ ("The server did not take this code: it is wrong, was used, or has run "
                          "out. Ask the office for a new one."));
  gtk_widget_set_tooltip_text (row, error->message);
  gtk_widget_grab_focus (entry);
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
      show_fault (enrol, error);
    }
  g_clear_weak_pointer (card);
  g_free (card);
}

static void
ok_cb (GtkWidget *widget, gpointer data)
{
  Enrol *enrol = data;
  g_autofree char *url = g_strstrip (g_strdup (quay_form_text (enrol->url)));
  g_autofree char *code = g_strstrip (g_strdup (quay_form_text (enrol->code)));
  quay_ui_form_row_set_fault (enrol->url_row, NULL);
  quay_ui_form_row_set_fault (enrol->code_row, NULL);
  if (!gtk_widget_get_sensitive (enrol->ok))
    return;
  if (!g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://"))
    {
      quay_ui_form_row_set_fault (enrol->url_row, _ ("Type the address as https://…"));
      gtk_widget_grab_focus (enrol->url);
      return;
    }
  if (code[0] == '\0')
    {
      quay_ui_form_row_set_fault (enrol->code_row, _ ("Type the code from the office."));
      gtk_widget_grab_focus (enrol->code);
      return;
    }
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
  enrol->till = g_object_ref (till);
  g_set_weak_pointer (&enrol->card, card);
  enrol->url = quay_ui_code_entry (_ ("Address of the server"));
  enrol->code = quay_ui_code_entry (_ ("One-time code"));
  enrol->spinner = gtk_spinner_new ();
  enrol->ok = quay_ui_button (NULL, _ ("Enrol"), NULL, "main");
  enrol->url_row = quay_ui_form_row (_ ("Address of the server"), enrol->url,
                                     _ ("From the office, as https://quay.example.vn"));
  enrol->code_row = quay_ui_form_row (_ ("One-time code"), enrol->code,
                                      _ ("Good once, for one day. Capital and small letters are "
                                         "the same."));
  quay_till_link (till, &state);
  gtk_editable_set_text (GTK_EDITABLE (enrol->url),
                         state.server != NULL ? state.server : "https://");
  quay_link_state_clear (&state);
  gtk_widget_set_visible (enrol->spinner, FALSE);
  gtk_box_append (GTK_BOX (card), enrol->url_row);
  gtk_box_append (GTK_BOX (card), enrol->code_row);
  gtk_box_append (GTK_BOX (card), enrol->spinner);
  GtkWidget *buttons = quay_ui_card_buttons (card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), enrol->ok);
  g_object_set_data (G_OBJECT (card), "quay-enrol", enrol);
  g_signal_connect_data (enrol->ok, "clicked", G_CALLBACK (ok_cb), enrol, free_enrol, 0);
  g_signal_connect (enrol->code, "activate", G_CALLBACK (ok_cb), enrol);
  g_signal_connect (enrol->url, "activate", G_CALLBACK (ok_cb), enrol);
  g_signal_connect (cancel, "clicked", G_CALLBACK (close_cb), card);
  quay_ui_show_card (anywhere, card, state.server != NULL ? enrol->code : enrol->url);
}
