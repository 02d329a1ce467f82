/* Every entry fits the one before, or it is said where it does not. Main thread; the check has its
 * own. */
#include "quay-chain-card.h"

#include "quay-till-files.h"
#include "quay-ui.h"

struct _QuayChainCard
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *state;
  GtkWidget *when;
  GtkWidget *check;
  GtkWidget *spinner;
  QuayDay since;
  guint64 events;
  gint64 checked_ms; /* 0: not yet */
  gboolean ok;
  gboolean busy;
  char *why;
};

G_DEFINE_FINAL_TYPE (QuayChainCard, quay_chain_card, GTK_TYPE_BOX)

static void
show (QuayChainCard *card)
{
  gboolean known = card->checked_ms != 0;
  g_autofree char *n = quay_format_money (QUAY_DONG ((gint64)card->events), QUAY_MONEY_BARE);
  g_autofree char *day = card->since != 0 ? quay_day_to_vi (card->since) : NULL;
  g_autofree char *when = known ? quay_time_to_vi (card->checked_ms) : NULL;
  g_autofree char *text =
      !known             ? g_strdup (_ ("Checking every entry: a large shop takes a minute…"))
      : !card->ok        ? g_strdup_printf (_ ("Something is wrong: %s"), card->why)
      : card->since != 0 ? g_strdup_printf (_ ("%s entries, unbroken since %s"), n, day)
                         : g_strdup_printf (_ ("%s entries, unbroken"), n);
  g_autofree char *checked =
      known ? g_strdup_printf (_ ("each fits the one before; checked %s"), when) : g_strdup ("");
  quay_ui_set_text (card->state, text);
  quay_ui_set_text (card->when, known && card->ok ? checked : "");
  quay_ui_toggle_class (card->state, "good-text", known && card->ok);
  quay_ui_toggle_class (card->state, "bad-text", known && !card->ok);
  gtk_widget_set_sensitive (card->check, !card->busy);
  gtk_widget_set_visible (card->spinner, card->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (card->spinner), card->busy);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayChainCard) card = data;
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  gboolean done = quay_till_check_finish (QUAY_TILL (source), result, &check, &error);
  card->busy = FALSE;
  card->checked_ms = quay_till_now_ms (QUAY_TILL (source));
  card->ok = done && check.ok;
  card->events = check.events;
  g_free (card->why);
  card->why = done ? g_strdup (check.why) : quay_ui_error_text (error);
  quay_check_clear (&check);
  show (card);
}

static void
check_cb (QuayChainCard *card)
{
  if (card->busy)
    return;
  card->busy = TRUE;
  show (card);
  quay_till_verify_async (card->till, FALSE, checked_cb, g_object_ref (card));
}

void
quay_chain_card_set_since (QuayChainCard *card, QuayDay since)
{
  card->since = since;
  show (card);
}

static void
quay_chain_card_map (GtkWidget *widget)
{
  QuayChainCard *card = QUAY_CHAIN_CARD (widget);
  GTK_WIDGET_CLASS (quay_chain_card_parent_class)->map (widget);
  if (card->checked_ms == 0)
    check_cb (card);
}

static void
quay_chain_card_dispose (GObject *object)
{
  g_clear_object (&QUAY_CHAIN_CARD (object)->till);
  G_OBJECT_CLASS (quay_chain_card_parent_class)->dispose (object);
}

static void
quay_chain_card_finalize (GObject *object)
{
  g_free (QUAY_CHAIN_CARD (object)->why);
  G_OBJECT_CLASS (quay_chain_card_parent_class)->finalize (object);
}

static void
quay_chain_card_class_init (QuayChainCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_chain_card_dispose;
  G_OBJECT_CLASS (class)->finalize = quay_chain_card_finalize;
  GTK_WIDGET_CLASS (class)->map = quay_chain_card_map;
}

static void
quay_chain_card_init (QuayChainCard *card)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (GTK_WIDGET (card), "figure-card");
  gtk_box_set_spacing (GTK_BOX (card), 12);
  card->state = quay_ui_wrapped_label (NULL, "heading num", 70, 2);
  card->when = quay_ui_label (NULL, "meta num");
  card->spinner = gtk_spinner_new ();
  card->check = quay_ui_button (NULL, _ ("Check now"), NULL, "action small");
  quay_ui_set_id (card->state, "chain-state");
  quay_ui_set_description (card->state, _ ("State of the journal"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (card->check, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), card->state);
  gtk_box_append (GTK_BOX (texts), card->when);
  gtk_box_append (GTK_BOX (card), texts);
  gtk_box_append (GTK_BOX (card), card->spinner);
  gtk_box_append (GTK_BOX (card), card->check);
  g_signal_connect_swapped (card->check, "clicked", G_CALLBACK (check_cb), card);
}

GtkWidget *
quay_chain_card_new (QuayTill *till)
{
  QuayChainCard *card = g_object_new (QUAY_TYPE_CHAIN_CARD, NULL);
  card->till = g_object_ref (till);
  show (card);
  return GTK_WIDGET (card);
}
