/* Who works: the card of signing in, the button in the bar, pages that are not for them, approvals,
 * and the lock when nobody does anything. */
#include "quay-approve-card.h"
#include "quay-overlay.h"
#include "quay-people-words.h"
#include "quay-sign-card.h"
#include "quay-till-sign.h"
#include "quay-till-training.h"
#include "quay-till-users.h"
#include "quay-till-view.h"
#include "quay-window-private.h"

/* What takes a page: one of these rights. */
static const struct
{
  const char *page;
  QuayAct any[3];
} needs[] = {
  { "sell", { QUAY_ACT_SELL, QUAY_ACT_SELL, QUAY_ACT_SELL } },
  { "sales", { QUAY_ACT_SELL, QUAY_ACT_REFUND, QUAY_ACT_AUDIT } },
  { "stock", { QUAY_ACT_STOCK, QUAY_ACT_COUNT, QUAY_ACT_AUDIT } },
  { "catalog", { QUAY_ACT_CATALOG, QUAY_ACT_CATALOG, QUAY_ACT_CATALOG } },
  { "consign", { QUAY_ACT_SETTLE, QUAY_ACT_SETTLE, QUAY_ACT_AUDIT } },
  { "report", { QUAY_ACT_REPORT, QUAY_ACT_SHIFT, QUAY_ACT_AUDIT } },
  { "audit", { QUAY_ACT_AUDIT, QUAY_ACT_AUDIT, QUAY_ACT_AUDIT } },
  { "server", { QUAY_ACT_SETTINGS, QUAY_ACT_SETTINGS, QUAY_ACT_SETTINGS } },
  { "settings", { QUAY_ACT_SETTINGS, QUAY_ACT_USERS, QUAY_ACT_SETTINGS } },
};

gboolean
quay_window_may_open (QuayWindow *self, const char *page)
{
  if (quay_till_is_locked (self->till))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      if (g_strcmp0 (needs[i].page, page) != 0)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (needs[i].any); k++)
        if (quay_till_limit (self->till, needs[i].any[k]) > 0)
          return TRUE;
      return FALSE;
    }
  return TRUE;
}

/* The rail shows what is for who works; while nobody does it stays as it was. */
static void
update_rail (QuayWindow *self)
{
  const char *first = NULL;
  const char *shown = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));
  if (quay_till_is_locked (self->till))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (self->rail); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *page = g_object_get_data (G_OBJECT (child), "quay-page");
      gboolean may = quay_window_may_open (self, page);
      gtk_widget_set_visible (child, may);
      if (may && first == NULL)
        first = page;
    }
  if (first != NULL && !quay_window_may_open (self, shown))
    quay_window_go_to (self, first);
}

/* What had the keyboard before a card may be gone, as the row of a list that was read again, or be
 * on a page that is not for the next user. GTK then gives it to a button of the bar, where no key
 * of the page works and Enter asks who works instead of taking the money. */
static gboolean
find_focus_cb (gpointer data)
{
  QuayWindow *self = data;
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->stack));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  self->focus_source = 0;
  if (page != NULL && quay_overlay_top (QUAY_OVERLAY (self->overlay)) == NULL &&
      (focus == NULL || !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_grab_focus (page);
  return G_SOURCE_REMOVE;
}

void
quay_window_find_focus (QuayWindow *self)
{
  if (self->focus_source == 0)
    self->focus_source = g_idle_add (find_focus_cb, self);
}

/* --- signing in --- */

static void
open_sign_card (QuayWindow *self)
{
  if (self->sign_card != NULL && gtk_widget_get_root (self->sign_card) != NULL)
    {
      if (!quay_till_is_locked (self->till))
        return;
      quay_ui_close_card (self->sign_card); /* a switch was under way: now it is for everybody */
    }
  quay_window_stop_people (self);
  self->sign_card = quay_sign_card_open (self->overlay, self->till);
  g_object_add_weak_pointer (G_OBJECT (self->sign_card), (gpointer *)&self->sign_card);
}

static void
reset_seen (QuayWindow *self, const char *data)
{
  g_autoptr (GError) error = NULL;
  self->reset_notice = NULL;
  if (!quay_till_reset_seen (self->till, &error))
    quay_ui_show_error (GTK_WIDGET (self), _ ("The setting was not kept"), error);
}

/* A manager has to see that a PIN was reset from outside. */
static void
tell_reset (QuayWindow *self)
{
  gint64 ts;
  g_autofree char *code = quay_till_reset_notice (self->till, &ts);
  if (code == NULL || self->reset_notice != NULL ||
      quay_till_limit (self->till, QUAY_ACT_USERS) == 0)
    return;
  g_autofree char *when = quay_time_to_vi (ts);
  g_autofree char *text = g_strdup_printf (
      _ ("The PIN of %s was reset by quayctl on this computer on %s. If that was not you, "
         "somebody had this computer."),
      quay_till_user_name (self->till, code), when);
  self->reset_notice = quay_window_add_notice (self, "bad", text, NULL, NULL, _ ("I have seen it"),
                                               reset_seen, NULL);
}

static void
update_user (QuayWindow *self)
{
  const QuayUser *user = quay_till_who_works (self->till);
  gboolean has = quay_till_has_users (self->till) && !quay_till_is_view (self->till);
  gtk_widget_set_visible (self->user, has);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.switch-user", has);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.lock", has);
  if (!has)
    return;
  g_autofree char *text =
      user != NULL ? g_strdup_printf ("%s · %s", user->name, quay_role_words (user->role))
                   : g_strdup (_ ("Nobody works"));
  quay_ui_button_set_text (self->user, text);
}

static void
user_changed_cb (QuayTill *till, gpointer data)
{
  QuayWindow *self = data;
  self->last_input_us = g_get_monotonic_time ();
  quay_window_update_bar (self);
  update_user (self);
  update_rail (self);
  tell_reset (self);
  quay_window_tell_requests (self);
  if (quay_till_is_locked (till))
    open_sign_card (self);
  else
    quay_window_find_focus (self);
}

static void
switch_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_sign_card (QUAY_WINDOW (widget));
}

/* Training has no PIN to come back with: it ends. */
static void
lock (QuayWindow *self, gboolean idle)
{
  if (quay_till_is_view (self->till))
    return;
  if (quay_till_is_training (self->till) && quay_till_has_users (self->till))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.training-end", NULL);
  else
    quay_till_lock (self->till, idle);
}

static void
lock_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lock (QUAY_WINDOW (widget), FALSE);
}

void
quay_window_add_people_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "win.switch-user", NULL, switch_action);
  gtk_widget_class_install_action (class, "win.lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (class, GDK_KEY_F12, 0, "win.switch-user", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_l, GDK_CONTROL_MASK, "win.lock", NULL);
}

GtkWidget *
quay_window_make_user (QuayWindow *self)
{
  self->user = quay_ui_button ("person", "", "F12", "pill");
  quay_ui_set_id (self->user, "user");
  quay_ui_set_description (self->user, _ ("Who works"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->user), "win.switch-user");
  return self->user;
}

/* --- idle --- */

static gboolean
input_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer data)
{
  QuayWindow *self = data;
  switch (gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
      self->last_input_us = g_get_monotonic_time ();
      break;
    default:
      break;
    }
  return FALSE;
}

void
quay_window_lock_when_idle (QuayWindow *self)
{
  gint64 minutes = quay_till_get_setting_int (self->till, "shop.lock_minutes", 10);
  gint64 idle = g_get_monotonic_time () - self->last_input_us;
  if (minutes > 0 && idle >= minutes * 60 * G_USEC_PER_SEC)
    lock (self, TRUE);
}

/* --- approvals --- */

static gboolean
approve_cb (gpointer data)
{
  QuayWindow *self = data;
  QuayAct act;
  gint64 amount;
  self->approve_source = 0;
  if (quay_till_is_view (self->till))
    quay_ui_alert (self->overlay, _ ("Only to look at"),
                   _ ("Nothing of this shop can be changed here."));
  else if (quay_till_is_locked (self->till))
    open_sign_card (self);
  else if (quay_till_denied (self->till, &act, &amount))
    quay_approve_card_open (self->overlay, self->till, act, amount);
  return G_SOURCE_REMOVE;
}

/* The verb that was denied says to its page what to do again (quay_approve_card_retry()). */
static void
denied_cb (QuayTill *till, gpointer data)
{
  QuayWindow *self = data;
  quay_approve_card_forget (GTK_WIDGET (self));
  if (self->approve_source == 0)
    self->approve_source = g_idle_add (approve_cb, self);
}

void
quay_window_follow_people (QuayWindow *self)
{
  GtkEventController *input = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (input, GTK_PHASE_CAPTURE);
  g_signal_connect (input, "event", G_CALLBACK (input_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), input);
  g_signal_connect (self->till, "user-changed", G_CALLBACK (user_changed_cb), self);
  g_signal_connect (self->till, "denied", G_CALLBACK (denied_cb), self);
  user_changed_cb (self->till, self);
}

void
quay_window_stop_people (QuayWindow *self)
{
  g_clear_handle_id (&self->approve_source, g_source_remove);
  g_clear_handle_id (&self->focus_source, g_source_remove);
  if (self->sign_card != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->sign_card), (gpointer *)&self->sign_card);
  self->sign_card = NULL;
}
