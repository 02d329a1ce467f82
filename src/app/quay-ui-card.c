/* Cards, questions and notices over the window, and who takes the scans meanwhile. */
#include "quay-error.h"
#include "quay-overlay.h"
#include "quay-ui-private.h"

GtkWidget *
quay_ui_card_new (const char *title, const char *classes)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (card, "card");
  if (classes != NULL)
    gtk_widget_add_css_class (card, classes);
  if (title != NULL)
    {
      gtk_box_append (GTK_BOX (card), quay_ui_wrapped_label (title, "card-title", 44, 2));
      quay_ui_set_label (card, title);
    }
  return card;
}

GtkWidget *
quay_ui_card_buttons (GtkWidget *card)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (buttons, "card-buttons");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_margin_top (buttons, 4);
  gtk_box_append (GTK_BOX (card), buttons);
  return buttons;
}

/* Enter means the main button on a check button, too, which would change by it. */
static gboolean
enter_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
          GtkWidget *main_button)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (card));
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || !GTK_IS_CHECK_BUTTON (focus))
    return FALSE;
  if (gtk_widget_is_sensitive (main_button))
    g_signal_emit_by_name (main_button, "clicked");
  return TRUE;
}

GtkWidget *
quay_ui_card_foot (GtkWidget *card, const char *ok, const char *key)
{
  GtkWidget *buttons = quay_ui_card_buttons (card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *main_button = quay_ui_button (NULL, ok, key, "main");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (quay_ui_close_card), card);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), main_button);
  if (g_strcmp0 (key, "Enter") == 0)
    {
      GtkEventController *keys = gtk_event_controller_key_new ();
      gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
      g_signal_connect (keys, "key-pressed", G_CALLBACK (enter_cb), main_button);
      gtk_widget_add_controller (card, keys);
    }
  return main_button;
}

void
quay_ui_show_card (GtkWidget *anywhere, GtkWidget *card, GtkWidget *focus)
{
  QuayOverlay *overlay = quay_overlay_of (anywhere);
  g_return_if_fail (overlay != NULL);
  quay_overlay_push (overlay, card, focus);
}

void
quay_ui_close_card (GtkWidget *card)
{
  QuayOverlay *overlay = quay_overlay_of (card);
  if (overlay != NULL)
    quay_overlay_pop (overlay, card);
}

gboolean
quay_ui_has_card (GtkWidget *anywhere)
{
  QuayOverlay *overlay = quay_overlay_of (anywhere);
  return overlay != NULL && quay_overlay_top (overlay) != NULL;
}

/* A question that is open. */
typedef struct
{
  GtkWidget *card;
  QuayUiAnswer answer;
  gpointer data;
} Question;

static void
answer (Question *question, gboolean yes)
{
  QuayUiAnswer call = question->answer;
  gpointer data = question->data;
  question->answer = NULL;
  quay_ui_close_card (question->card);
  if (call != NULL)
    call (yes, data);
}

static void
yes_cb (GtkButton *button, gpointer data)
{
  answer (data, TRUE);
}

static void
no_cb (GtkButton *button, gpointer data)
{
  answer (data, FALSE);
}

static gboolean
cancel_question_cb (GtkWidget *card, gpointer data)
{
  answer (data, FALSE);
  return TRUE;
}

void
quay_ui_confirm (GtkWidget *anywhere, const char *title, const char *text, const char *yes,
                 const char *no, gboolean danger, QuayUiAnswer call, gpointer data)
{
  GtkWidget *card = quay_ui_card_new (title, NULL);
  Question *question = g_new (Question, 1);
  *question = (Question){ card, call, data };
  g_object_set_data_full (G_OBJECT (card), "quay-question", question, g_free);
  if (text != NULL)
    gtk_box_append (GTK_BOX (card), quay_ui_wrapped_label (text, "card-text dim", 52, 8));
  GtkWidget *buttons = quay_ui_card_buttons (card);
  GtkWidget *no_button = quay_ui_button (NULL, no != NULL ? no : _ ("Cancel"), "Esc", "action");
  GtkWidget *yes_button =
      quay_ui_button (NULL, yes, danger ? NULL : "Enter", danger ? "main danger" : "main");
  quay_ui_set_id (no_button, "answer-no");
  quay_ui_set_id (yes_button, "answer-yes");
  g_signal_connect (no_button, "clicked", G_CALLBACK (no_cb), question);
  g_signal_connect (yes_button, "clicked", G_CALLBACK (yes_cb), question);
  gtk_box_append (GTK_BOX (buttons), no_button);
  gtk_box_append (GTK_BOX (buttons), yes_button);
  quay_overlay_set_cancel (card, cancel_question_cb, question);
  quay_ui_show_card (anywhere, card, danger ? no_button : yes_button);
}

static void
close_card_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

void
quay_ui_alert (GtkWidget *anywhere, const char *title, const char *text)
{
  GtkWidget *card = quay_ui_card_new (title, NULL);
  if (text != NULL)
    gtk_box_append (GTK_BOX (card), quay_ui_wrapped_label (text, "card-text dim", 52, 10));
  GtkWidget *buttons = quay_ui_card_buttons (card);
  GtkWidget *button = quay_ui_button (NULL, _ ("Close"), "Enter", "main");
  quay_ui_set_id (button, "alert-close");
  g_signal_connect (button, "clicked", G_CALLBACK (close_card_cb), card);
  gtk_box_append (GTK_BOX (buttons), button);
  quay_ui_show_card (anywhere, card, button);
}

void
quay_ui_toast (GtkWidget *anywhere, const char *text)
{
  QuayOverlay *overlay = quay_overlay_of (anywhere);
  if (overlay != NULL)
    quay_overlay_toast (overlay, text);
}

void
quay_ui_show_error (GtkWidget *anywhere, const char *title, const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
    return; /* the window asks for somebody who may */
  g_autofree char *text = quay_ui_error_text (error);
  quay_ui_alert (anywhere, title, text);
}

/* Who takes the scans of a page or card. */
typedef struct
{
  QuayUiScan take;
  gpointer data;
} Taker;

void
quay_ui_take_scans (GtkWidget *page_or_card, QuayUiScan take, gpointer data)
{
  if (take == NULL)
    {
      g_object_set_data (G_OBJECT (page_or_card), "quay-scan-taker", NULL);
      return;
    }
  Taker *taker = g_new (Taker, 1);
  *taker = (Taker){ take, data };
  g_object_set_data_full (G_OBJECT (page_or_card), "quay-scan-taker", taker, g_free);
}

gboolean
quay_ui_give_scan (GtkWidget *page_or_card, const char *text)
{
  Taker *taker = g_object_get_data (G_OBJECT (page_or_card), "quay-scan-taker");
  if (taker == NULL)
    return FALSE;
  /* It may give up its place while it takes the scan. */
  Taker now = *taker;
  now.take (page_or_card, text, now.data);
  return TRUE;
}

gboolean
quay_ui_takes_scans (GtkWidget *page_or_card)
{
  return g_object_get_data (G_OBJECT (page_or_card), "quay-scan-taker") != NULL;
}
