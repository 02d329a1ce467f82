/* The line at the top: which shop and till this is, today's sum, where sales are kept, the printer.
 */
#include "quay-link-words.h"
#include "quay-till-people.h"
#include "quay-till-places.h"
#include "quay-till-training.h"
#include "quay-till-view.h"
#include "quay-window-private.h"

#define HIDE_TODAY "till.hide_today"

static void
today_cb (GtkButton *button, gpointer data)
{
  QuayWindow *self = data;
  gboolean hidden = quay_till_get_setting_int (self->till, HIDE_TODAY, 0) != 0;
  g_autoptr (GError) error = NULL;
  if (!quay_till_set_setting (self->till, HIDE_TODAY, hidden ? "0" : "1", &error))
    quay_ui_show_error (GTK_WIDGET (self), _ ("The setting was not kept"), error);
}

static void
update_today (QuayWindow *self)
{
  gint64 sales = 0;
  QuayMoney total = { 0 };
  quay_till_today (self->till, &sales, &total);
  g_autofree char *amount = quay_till_get_setting_int (self->till, HIDE_TODAY, 0) != 0
                                ? g_strdup ("•••")
                                : quay_format_money (total, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (
      ngettext ("Today %d sale · %s", "Today %d sales · %s", (gulong)sales), (int)sales, amount);
  quay_ui_button_set_text (self->today, text);
}

static void
update_printer (QuayWindow *self)
{
  g_autofree char *kind = quay_till_get_setting (self->till, "till.printer");
  gboolean none = kind == NULL || g_str_equal (kind, "none") || quay_till_is_training (self->till);
  if (!gtk_widget_has_css_class (self->printer, "bad") || none)
    {
      quay_ui_toggle_class (self->printer, "bad", FALSE);
      quay_ui_button_set_text (self->printer, none ? _ ("No printer") : _ ("Ready"));
    }
}

void
quay_window_set_printed (QuayWindow *self, gboolean ok)
{
  quay_ui_toggle_class (self->printer, "bad", !ok);
  quay_ui_button_set_text (self->printer, ok ? _ ("Ready") : _ ("Printing failed"));
}

void
quay_window_update_bar (QuayWindow *self)
{
  g_autoptr (QuayShop) shop = quay_till_shop (self->till);
  g_autofree char *label = quay_till_label (self->till);
  const char *code = quay_till_user (self->till);
  const char *user = code != NULL ? quay_till_user_name (self->till, code) : NULL;
  g_autofree char *away = quay_till_away (self->till);
  g_autofree char *where = away != NULL
                               ? g_strdup_printf (_ ("Till %s · sells at: %s"), label, away)
                           : user != NULL && user[0] != '\0' && !quay_till_has_users (self->till)
                               ? g_strdup_printf (_ ("Till %s · %s"), label, user)
                               : g_strdup_printf (_ ("Till %s"), label);
  quay_ui_set_text (self->shop_label, shop->name);
  quay_ui_set_text (self->where_label, where);
  update_today (self);
  update_printer (self);
  quay_window_update_status (self);
}

static void
printer_cb (GtkButton *button, gpointer data)
{
  quay_window_go_to (data, "settings");
}

void
quay_window_update_status (QuayWindow *self)
{
  static const char *const classes[] = { "good", "warn", "bad" };
  QuayLinkState state;
  quay_till_link (self->till, &state);
  gboolean fault = self->storage_notice != NULL;
  g_autofree char *text = fault ? g_strdup (_ ("Not saved")) : quay_link_chip (self->till, &state);
  const char *class = fault ? "bad" : quay_link_class (&state);
  quay_ui_button_set_text (self->status, text);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    quay_ui_toggle_class (self->status, classes[i], g_str_equal (class, classes[i]));
  gtk_widget_set_tooltip_text (self->status, quay_link_advice (&state));
  quay_link_state_clear (&state);
}

static void
status_cb (GtkButton *button, gpointer data)
{
  quay_window_go_to (data, "server");
}

static GtkWidget *
make_status (QuayWindow *self)
{
  self->status = quay_ui_button (NULL, "", NULL, "pill status");
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_prepend (GTK_BOX (gtk_button_get_child (GTK_BUTTON (self->status))), dot);
  quay_ui_set_id (self->status, "status");
  g_signal_connect (self->status, "clicked", G_CALLBACK (status_cb), self);
  return self->status;
}

static GtkWidget *
make_menu (gboolean training, gboolean view)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  if (!view)
    {
      g_menu_append (menu, training ? _ ("Stop training") : _ ("Training…"),
                     training ? "app.training-end" : "app.training");
      g_menu_append (menu, _ ("Another works"), "win.switch-user");
      g_menu_append (menu, _ ("Lock"), "win.lock");
    }
  g_menu_append (menu, _ ("Whole screen"), "win.full-screen");
  g_menu_append (menu, _ ("Close the till"), "win.close-till");
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), quay_ui_icon ("list", NULL));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), FALSE);
  gtk_widget_add_css_class (button, "menu-button");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Menu"));
  quay_ui_set_label (button, _ ("Menu"));
  quay_ui_set_id (button, "menu");
  return button;
}

static void
add_badge (GtkWidget *bar, const char *text, const char *class, const char *id)
{
  GtkWidget *badge = quay_ui_label (text, class);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  quay_ui_set_id (badge, id);
  gtk_box_prepend (GTK_BOX (bar), badge);
}

/* Of a shop that is only looked at what is of this moment says nothing. */
static void
mark_view (QuayWindow *self, GtkWidget *bar)
{
  gint64 ts = quay_till_view_as_of (self->till);
  g_autofree char *when = ts > 0 ? quay_time_to_vi (ts) : g_strdup ("–");
  g_autofree char *text = g_strdup_printf (_ ("ONLY TO LOOK AT — until %s"), when);
  gtk_widget_set_visible (self->today, FALSE);
  gtk_widget_set_visible (self->status, FALSE);
  gtk_widget_set_visible (self->printer, FALSE);
  add_badge (bar, text, "view-badge", "view");
}

GtkWidget *
quay_window_make_bar (QuayWindow *self)
{
  gboolean view = quay_till_is_view (self->till);
  gboolean training = quay_till_is_training (self->till);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (bar, "bar");
  quay_ui_toggle_class (bar, "training", training);
  quay_ui_toggle_class (bar, "looked-at", view);
  self->shop_label = quay_ui_label (NULL, "shop");
  gtk_label_set_ellipsize (GTK_LABEL (self->shop_label), PANGO_ELLIPSIZE_END);
  self->where_label = quay_ui_label (NULL, "where");
  gtk_label_set_ellipsize (GTK_LABEL (self->where_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->where_label, TRUE);
  self->today = quay_ui_button (NULL, "", NULL, "pill num");
  gtk_widget_set_tooltip_text (self->today, _ ("Press to hide or show the sum"));
  quay_ui_set_id (self->today, "today");
  g_signal_connect (self->today, "clicked", G_CALLBACK (today_cb), self);
  self->printer = quay_ui_button ("printer", "", NULL, "pill");
  quay_ui_set_id (self->printer, "printer-state");
  g_signal_connect (self->printer, "clicked", G_CALLBACK (printer_cb), self);
  GtkWidget *parts[] = {
    self->shop_label,   self->where_label, quay_window_make_user (self), self->today,
    make_status (self), self->printer,     make_menu (training, view)
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_set_valign (parts[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (bar), parts[i]);
    }
  if (training)
    add_badge (bar, _ ("TRAINING — no real sales"), "training-badge", "training");
  if (view)
    mark_view (self, bar);
  return bar;
}
