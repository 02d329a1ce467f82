/* The list of users. */
#include "quay-users-card.h"

#include "quay-form.h"
#include "quay-people-words.h"
#include "quay-roles-card.h"
#include "quay-ui.h"
#include "quay-user-form.h"

#define LOCK_MINUTES "shop.lock_minutes"

struct _QuayUsersCard
{
  GtkBox parent;
  QuayTill *till; /* owned */
  GtkWidget *hint;
  GtkWidget *list;
  GtkWidget *roles;
  GtkWidget *lock; /* after how many minutes */
  GtkWidget *lock_row;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (QuayUsersCard, quay_users_card, GTK_TYPE_BOX)

static void
open_cb (GtkButton *button, gpointer data)
{
  QuayUsersCard *card = data;
  const char *code = g_object_get_data (G_OBJECT (button), "quay-code");
  quay_user_form_open (GTK_WIDGET (card), card->till, quay_till_peek_user (card->till, code));
}

static GtkWidget *
make_row (QuayUsersCard *card, const QuayUser *user)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *initials = quay_initials (user->name);
  GtkWidget *mark = gtk_label_new (initials);
  GtkWidget *name = quay_ui_label (user->name, user->active ? "heading" : "dim");
  const char *state = !user->active   ? _ ("taken off")
                      : user->has_pin ? quay_role_words (user->role)
                                      : _ ("has no PIN");
  gtk_widget_add_css_class (mark, "initials");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), quay_ui_label (state, "dim"));
  quay_ui_hide_parts (row);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "user");
  quay_ui_set_label (button, user->name);
  quay_ui_set_description (button, state);
  g_object_set_data_full (G_OBJECT (button), "quay-code", g_strdup (user->code), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_cb), card);
  return button;
}

static void
fill (QuayUsersCard *card)
{
  g_autoptr (GPtrArray) users = quay_till_users (card->till);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (card->list)) != NULL)
    gtk_box_remove (GTK_BOX (card->list), child);
  for (int active = 1; active >= 0; active--)
    for (guint i = 0; i < users->len; i++)
      if (((const QuayUser *)users->pdata[i])->active == active)
        gtk_box_append (GTK_BOX (card->list), make_row (card, users->pdata[i]));
  gtk_widget_set_visible (card->hint, users->len == 0);
  gtk_widget_set_visible (card->roles, users->len > 0);
  gtk_widget_set_visible (card->lock_row, users->len > 0);
  g_autofree char *minutes = quay_till_get_setting (card->till, LOCK_MINUTES);
  card->filling = TRUE;
  quay_form_set_choice (card->lock, minutes);
  card->filling = FALSE;
}

static void
lock_cb (QuayUsersCard *card)
{
  g_autoptr (GError) error = NULL;
  if (card->filling ||
      quay_till_set_setting (card->till, LOCK_MINUTES, quay_form_get_choice (card->lock), &error))
    return;
  quay_ui_show_error (GTK_WIDGET (card), _ ("The setting was not kept"), error);
  fill (card);
}

static void
user_changed_cb (QuayTill *till, gpointer data)
{
  fill (data);
}

static void
add_cb (QuayUsersCard *card)
{
  quay_user_form_open (GTK_WIDGET (card), card->till, NULL);
}

static void
roles_cb (QuayUsersCard *card)
{
  quay_roles_card_open (GTK_WIDGET (card), card->till);
}

static void
quay_users_card_dispose (GObject *object)
{
  QuayUsersCard *card = QUAY_USERS_CARD (object);
  if (card->till != NULL)
    g_signal_handlers_disconnect_by_data (card->till, card);
  g_clear_object (&card->till);
  G_OBJECT_CLASS (quay_users_card_parent_class)->dispose (object);
}

static void
quay_users_card_class_init (QuayUsersCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_users_card_dispose;
}

static void
quay_users_card_init (QuayUsersCard *card)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("Add a user"), NULL, "action small");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 10);
  gtk_widget_add_css_class (GTK_WIDGET (card), "section");
  card->hint = quay_ui_wrapped_label (
      _ ("Nobody has to sign in as long as there are no users. The first one is a manager; from "
         "then on everybody has a PIN, and each receipt says who sold."),
      "dim", 44, 6);
  card->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  card->roles = quay_ui_button (NULL, _ ("What each role may do"), NULL, "action small");
  static const char *const none[] = { NULL };
  static const char *const minutes[] = { "5", "10", "30", "0", NULL };
  const char *names[] = { _ ("5 minutes"), _ ("10 minutes"), _ ("30 minutes"), _ ("Never"), NULL };
  card->lock = quay_ui_choice (_ ("Lock by itself after"), none);
  card->lock_row = quay_ui_form_row (_ ("Lock by itself after"), card->lock, NULL);
  quay_form_fill_choice (card->lock, minutes, names);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (buttons), card->roles);
  gtk_box_append (GTK_BOX (card), quay_ui_label (_ ("Users"), "heading"));
  gtk_box_append (GTK_BOX (card), card->hint);
  gtk_box_append (GTK_BOX (card), card->list);
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (GTK_BOX (card), card->lock_row);
  g_signal_connect_swapped (card->lock, "notify::selected", G_CALLBACK (lock_cb), card);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), card);
  g_signal_connect_swapped (card->roles, "clicked", G_CALLBACK (roles_cb), card);
}

GtkWidget *
quay_users_card_new (QuayTill *till)
{
  QuayUsersCard *card = g_object_new (QUAY_TYPE_USERS_CARD, NULL);
  card->till = g_object_ref (till);
  g_signal_connect (till, "user-changed", G_CALLBACK (user_changed_cb), card);
  fill (card);
  return GTK_WIDGET (card);
}
