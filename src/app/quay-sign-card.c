/* The card of signing in and of switching. */
#include "quay-sign-card.h"

#include "quay-overlay.h"
#include "quay-people-words.h"
#include "quay-pin-pad.h"
#include "quay-till-sign.h"
#include "quay-till-users.h"
#include "quay-ui.h"

struct _QuaySignCard
{
  GtkBox parent;
  QuayTill *till; /* owned */
  GtkWidget *users;
  GtkWidget *pad;
  GtkWidget *notice;
  char *code; /* of the user that is chosen */
  guint wait_timer;
};

G_DEFINE_FINAL_TYPE (QuaySignCard, quay_sign_card, GTK_TYPE_BOX)

static void
show_wait (QuaySignCard *card)
{
  guint wait = card->code != NULL ? quay_till_pin_wait (card->till, card->code) : 0;
  g_autofree char *text = quay_pin_fault_words (card->till, card->code, NULL);
  quay_pin_pad_set_busy (QUAY_PIN_PAD (card->pad), wait > 0);
  quay_pin_pad_set_fault (QUAY_PIN_PAD (card->pad), wait > 0 ? text : NULL);
}

/* Counts the seconds down; at 0 one may type again. */
static gboolean
wait_cb (gpointer data)
{
  QuaySignCard *card = data;
  show_wait (card);
  if (quay_till_pin_wait (card->till, card->code) > 0)
    return G_SOURCE_CONTINUE;
  card->wait_timer = 0;
  quay_pin_pad_clear (QUAY_PIN_PAD (card->pad));
  return G_SOURCE_REMOVE;
}

static void
choose (QuaySignCard *card, const char *code)
{
  g_clear_handle_id (&card->wait_timer, g_source_remove);
  g_free (card->code);
  card->code = g_strdup (code);
  show_wait (card);
  if (quay_till_pin_wait (card->till, code) > 0)
    card->wait_timer = g_timeout_add_seconds (1, wait_cb, card);
  quay_pin_pad_clear (QUAY_PIN_PAD (card->pad));
}

static void
chosen_cb (GtkToggleButton *button, gpointer data)
{
  if (gtk_toggle_button_get_active (button))
    choose (data, g_object_get_data (G_OBJECT (button), "quay-code"));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuaySignCard) card = data;
  g_autoptr (GError) error = NULL;
  gboolean in = quay_till_sign_in_finish (QUAY_TILL (source), result, &error);
  if (card->till == NULL)
    return;
  quay_pin_pad_set_busy (QUAY_PIN_PAD (card->pad), FALSE);
  if (in)
    {
      quay_ui_close_card (GTK_WIDGET (card));
      return;
    }
  g_autofree char *text = quay_pin_fault_words (card->till, card->code, error);
  quay_pin_pad_clear (QUAY_PIN_PAD (card->pad));
  quay_pin_pad_set_fault (QUAY_PIN_PAD (card->pad), text);
  if (quay_till_pin_wait (card->till, card->code) == 0)
    return;
  quay_pin_pad_set_busy (QUAY_PIN_PAD (card->pad), TRUE);
  if (card->wait_timer == 0)
    card->wait_timer = g_timeout_add_seconds (1, wait_cb, card);
}

static void
entered_cb (QuayPinPad *pad, gpointer data)
{
  QuaySignCard *card = data;
  if (card->code == NULL)
    return;
  quay_pin_pad_set_busy (pad, TRUE);
  quay_till_sign_in_async (card->till, card->code, quay_pin_pad_text (pad), signed_in_cb,
                           g_object_ref (card));
}

/* --- building --- */

static GtkWidget *
make_user (const QuayUser *user)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *initials = quay_initials (user->name);
  GtkWidget *mark = gtk_label_new (initials);
  GtkWidget *name = quay_ui_label (user->name, "heading");
  gtk_widget_add_css_class (mark, "initials");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), quay_ui_label (quay_role_words (user->role), "meta"));
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), words);
  quay_ui_hide_parts (row);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "user");
  quay_ui_set_label (button, user->name);
  g_object_set_data_full (G_OBJECT (button), "quay-code", g_strdup (user->code), g_free);
  return button;
}

/* Up and down go along the users, digits into the PIN: the entry keeps the keyboard. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
        gpointer data)
{
  QuaySignCard *card = data;
  gboolean down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  if (!down && keyval != GDK_KEY_Up && keyval != GDK_KEY_KP_Up)
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (card->users); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
        continue;
      GtkWidget *next =
          down ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child);
      if (next != NULL)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (next), TRUE);
      return TRUE;
    }
  return TRUE;
}

/* Who is likely to come: in a switch the next one, else who worked last. */
static void
fill_users (QuaySignCard *card)
{
  g_autoptr (GPtrArray) users = quay_till_users (card->till);
  const QuayUser *works = quay_till_who_works (card->till);
  GtkWidget *first = NULL;
  GtkWidget *chosen = NULL;
  for (guint i = 0; i < users->len; i++)
    {
      const QuayUser *user = users->pdata[i];
      if (!user->active || !user->has_pin ||
          (works != NULL && g_str_equal (works->code, user->code)))
        continue;
      GtkWidget *button = make_user (user);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        first = button;
      if (g_strcmp0 (quay_till_user (card->till), user->code) == 0)
        chosen = button;
      g_signal_connect (button, "toggled", G_CALLBACK (chosen_cb), card);
      gtk_box_append (GTK_BOX (card->users), button);
    }
  chosen = chosen != NULL ? chosen : first;
  if (chosen != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chosen), TRUE);
}

/* A PIN that was reset from outside is told until a manager has seen it. */
static void
fill_notice (QuaySignCard *card)
{
  gint64 ts;
  g_autofree char *code = quay_till_reset_notice (card->till, &ts);
  gtk_widget_set_visible (card->notice, code != NULL);
  if (code == NULL)
    return;
  g_autofree char *when = quay_time_to_vi (ts);
  g_autofree char *text =
      g_strdup_printf (_ ("The PIN of %s was reset on this computer on %s. Tell the manager."),
                       quay_till_user_name (card->till, code), when);
  quay_ui_set_text (card->notice, text);
}

static gboolean
cancel_cb (GtkWidget *widget, gpointer data)
{
  QuaySignCard *card = QUAY_SIGN_CARD (widget);
  return quay_till_is_locked (card->till); /* stays */
}

static void
quay_sign_card_dispose (GObject *object)
{
  QuaySignCard *card = QUAY_SIGN_CARD (object);
  g_clear_handle_id (&card->wait_timer, g_source_remove);
  g_clear_object (&card->till);
  g_clear_pointer (&card->code, g_free);
  G_OBJECT_CLASS (quay_sign_card_parent_class)->dispose (object);
}

static void
quay_sign_card_class_init (QuaySignCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_sign_card_dispose;
}

static void
quay_sign_card_init (QuaySignCard *card)
{
  GtkWidget *self = GTK_WIDGET (card);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 14);
  gtk_widget_add_css_class (self, "card");
  gtk_widget_add_css_class (self, "wide");
  gtk_widget_add_css_class (self, "sign-in");
  quay_ui_set_label (self, _ ("Who works?"));
  gtk_box_append (GTK_BOX (card), quay_ui_label (_ ("Who works?"), "card-title"));
  card->notice = quay_ui_wrapped_label (NULL, "warn-text", 70, 3);
  gtk_box_append (GTK_BOX (card), card->notice);
  card->users = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  card->pad = quay_pin_pad_new (_ ("PIN"));
  GtkWidget *scrolled = quay_ui_scrolled (card->users);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (columns), scrolled);
  gtk_box_append (GTK_BOX (columns), card->pad);
  gtk_box_append (GTK_BOX (card), columns);
  g_signal_connect (card->pad, "entered", G_CALLBACK (entered_cb), card);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), card);
  gtk_widget_add_controller (self, keys);
}

GtkWidget *
quay_sign_card_open (GtkWidget *anywhere, QuayTill *till)
{
  QuaySignCard *card = g_object_new (QUAY_TYPE_SIGN_CARD, NULL);
  card->till = g_object_ref (till);
  fill_notice (card);
  quay_overlay_set_cancel (GTK_WIDGET (card), cancel_cb, NULL);
  quay_ui_show_card (anywhere, GTK_WIDGET (card), card->pad);
  fill_users (card);
  return GTK_WIDGET (card);
}
