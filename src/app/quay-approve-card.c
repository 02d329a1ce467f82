/* The card of approvals. */
#include "quay-approve-card.h"

#include "quay-error.h"
#include "quay-people-words.h"
#include "quay-pin-pad.h"
#include "quay-till-sign.h"
#include "quay-ui.h"

#define RETRY "quay-retry"

struct _QuayApproveCard
{
  GtkBox parent;
  QuayTill *till; /* owned */
  QuayAct act;
  gint64 amount;
  GPtrArray *approvers; /* QuayUser */
  GtkWidget *who;
  GtkWidget *why;
  GtkWidget *pad;
  guint wait_timer;
};

G_DEFINE_FINAL_TYPE (QuayApproveCard, quay_approve_card, GTK_TYPE_BOX)

/* --- trying again --- */

typedef struct
{
  GWeakRef widget;
  QuayRetry retry;
} Retry;

static void
retry_free (Retry *retry)
{
  g_weak_ref_clear (&retry->widget);
  g_free (retry);
}

void
quay_approve_card_retry (GtkWidget *widget, QuayRetry again)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  if (root == NULL)
    return;
  Retry *retry = g_new0 (Retry, 1);
  g_weak_ref_init (&retry->widget, widget);
  retry->retry = again;
  g_object_set_data_full (G_OBJECT (root), RETRY, retry, (GDestroyNotify)retry_free);
}

static void
press (GtkWidget *button)
{
  if (gtk_widget_is_sensitive (button))
    g_signal_emit_by_name (button, "clicked");
}

void
quay_approve_card_press_again (GtkWidget *button, const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
    quay_approve_card_retry (button, press);
}

void
quay_approve_card_forget (GtkWidget *anywhere)
{
  GtkRoot *root = gtk_widget_get_root (anywhere);
  if (root != NULL)
    g_object_set_data (G_OBJECT (root), RETRY, NULL);
}

static void
go_on (GtkRoot *root, const char *by)
{
  Retry *retry = g_object_steal_data (G_OBJECT (root), RETRY);
  g_autoptr (GtkWidget) widget = retry != NULL ? g_weak_ref_get (&retry->widget) : NULL;
  g_autofree char *text = g_strdup_printf (
      widget != NULL ? _ ("%s has allowed it.") : _ ("%s has allowed it: try again."), by);
  quay_ui_toast (GTK_WIDGET (root), text);
  if (widget != NULL)
    retry->retry (widget);
  g_clear_pointer (&retry, retry_free);
}

/* --- the word --- */

static const QuayUser *
chosen (QuayApproveCard *card)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (card->who));
  return at < card->approvers->len ? card->approvers->pdata[at] : NULL;
}

static gboolean
wait_cb (gpointer data)
{
  QuayApproveCard *card = data;
  const QuayUser *user = chosen (card);
  if (user != NULL && quay_till_pin_wait (card->till, user->code) > 0)
    {
      g_autofree char *text = quay_pin_fault_words (card->till, user->code, NULL);
      quay_pin_pad_set_fault (QUAY_PIN_PAD (card->pad), text);
      quay_pin_pad_set_busy (QUAY_PIN_PAD (card->pad), TRUE);
      return G_SOURCE_CONTINUE;
    }
  card->wait_timer = 0;
  quay_pin_pad_set_busy (QUAY_PIN_PAD (card->pad), FALSE);
  quay_pin_pad_set_fault (QUAY_PIN_PAD (card->pad), NULL);
  quay_pin_pad_clear (QUAY_PIN_PAD (card->pad));
  return G_SOURCE_REMOVE;
}

static void
approved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayApproveCard) card = data;
  g_autoptr (GError) error = NULL;
  gboolean given = quay_till_approve_finish (QUAY_TILL (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (card));
  const QuayUser *user = card->till != NULL ? chosen (card) : NULL;
  if (user == NULL || root == NULL)
    return;
  quay_pin_pad_set_busy (QUAY_PIN_PAD (card->pad), FALSE);
  if (given)
    {
      g_autofree char *by = g_strdup (user->name);
      quay_ui_close_card (GTK_WIDGET (card));
      go_on (root, by);
      return;
    }
  g_autofree char *text = quay_pin_fault_words (card->till, user->code, error);
  quay_pin_pad_clear (QUAY_PIN_PAD (card->pad));
  quay_pin_pad_set_fault (QUAY_PIN_PAD (card->pad), text);
  if (quay_till_pin_wait (card->till, user->code) > 0 && card->wait_timer == 0)
    card->wait_timer = g_timeout_add_seconds (1, wait_cb, card);
}

static void
entered_cb (QuayPinPad *pad, gpointer data)
{
  QuayApproveCard *card = data;
  const QuayUser *user = chosen (card);
  if (user == NULL)
    return;
  quay_pin_pad_set_busy (pad, TRUE);
  quay_till_approve_async (card->till, card->act, card->amount, user->code, quay_pin_pad_text (pad),
                           gtk_editable_get_text (GTK_EDITABLE (card->why)), approved_cb,
                           g_object_ref (card));
}

/* --- building --- */

static void
reason_cb (GtkButton *button, gpointer data)
{
  QuayApproveCard *card = data;
  gtk_editable_set_text (GTK_EDITABLE (card->why),
                         g_object_get_data (G_OBJECT (button), "quay-why"));
  quay_pin_pad_clear (QUAY_PIN_PAD (card->pad));
}

static GtkWidget *
make_reasons (QuayApproveCard *card)
{
  const char *reasons[] = { _ ("Regular customer"), _ ("Damaged or faulty goods"),
                            _ ("Wrong price on the shelf") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      GtkWidget *chip = quay_ui_button (NULL, reasons[i], NULL, "chip");
      gtk_widget_set_halign (chip, GTK_ALIGN_START);
      g_object_set_data (G_OBJECT (chip), "quay-why", (gpointer)reasons[i]);
      g_signal_connect (chip, "clicked", G_CALLBACK (reason_cb), card);
      gtk_box_append (GTK_BOX (box), chip);
    }
  return box;
}

static GtkWidget *
make_who (QuayApproveCard *card)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < card->approvers->len; i++)
    g_strv_builder_add (names, ((const QuayUser *)card->approvers->pdata[i])->name);
  g_auto (GStrv) list = g_strv_builder_end (names);
  card->who = quay_ui_choice (_ ("Who allows it"), (const char *const *)list);
  return card->who;
}

static void
close_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

static void
build (QuayApproveCard *card)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *what = quay_denied_words (card->till, card->act, card->amount);
  gboolean any = card->approvers->len > 0;
  gtk_box_append (GTK_BOX (card), quay_ui_label (_ ("Somebody has to allow this"), "card-title"));
  gtk_box_append (GTK_BOX (card), quay_ui_wrapped_label (what, "card-text", 60, 4));
  card->why = quay_ui_entry (_ ("Reason"));
  gtk_entry_set_max_length (GTK_ENTRY (card->why), 70);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (left), quay_ui_form_row (_ ("Who allows it"), make_who (card), NULL));
  gtk_box_append (GTK_BOX (left), quay_ui_form_row (_ ("Reason"), card->why, NULL));
  gtk_box_append (GTK_BOX (left), make_reasons (card));
  card->pad = quay_pin_pad_new (_ ("PIN of who allows it"));
  g_signal_connect (card->pad, "entered", G_CALLBACK (entered_cb), card);
  g_signal_connect_swapped (card->why, "activate", G_CALLBACK (gtk_widget_grab_focus), card->pad);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), card->pad);
  if (any)
    gtk_box_append (GTK_BOX (card), columns);
  else
    gtk_box_append (GTK_BOX (card), quay_ui_wrapped_label (_ ("Nobody else in this shop may."),
                                                           "card-text dim", 60, 2));
  g_object_ref_sink (columns);
  g_object_unref (columns);
  GtkWidget *buttons = quay_ui_card_buttons (GTK_WIDGET (card));
  GtkWidget *close = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), card);
  gtk_box_append (GTK_BOX (buttons), close);
}

static void
quay_approve_card_dispose (GObject *object)
{
  QuayApproveCard *card = QUAY_APPROVE_CARD (object);
  g_clear_handle_id (&card->wait_timer, g_source_remove);
  g_clear_object (&card->till);
  g_clear_pointer (&card->approvers, g_ptr_array_unref);
  G_OBJECT_CLASS (quay_approve_card_parent_class)->dispose (object);
}

static void
quay_approve_card_class_init (QuayApproveCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_approve_card_dispose;
}

static void
quay_approve_card_init (QuayApproveCard *card)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 14);
  gtk_widget_add_css_class (GTK_WIDGET (card), "card");
  gtk_widget_add_css_class (GTK_WIDGET (card), "wide");
  quay_ui_set_label (GTK_WIDGET (card), _ ("Somebody has to allow this"));
}

GtkWidget *
quay_approve_card_open (GtkWidget *anywhere, QuayTill *till, QuayAct act, gint64 amount)
{
  QuayApproveCard *card = g_object_new (QUAY_TYPE_APPROVE_CARD, NULL);
  card->till = g_object_ref (till);
  card->act = act;
  card->amount = amount;
  card->approvers = quay_till_approvers (till, act, amount);
  build (card);
  quay_ui_show_card (anywhere, GTK_WIDGET (card), card->approvers->len > 0 ? card->pad : NULL);
  return GTK_WIDGET (card);
}
