/* A plain undecorated window: a bar and a rail of our own look the same with and without a
 * compositor. Scans are taken here, before the input method, and given to the card or page shown.
 */
#include "quay-window-private.h"

#include "quay-audit-page.h"
#include "quay-catalog-section.h"
#include "quay-consign-section.h"
#include "quay-error.h"
#include "quay-link-page.h"
#include "quay-look.h"
#include "quay-overlay.h"
#include "quay-report-page.h"
#include "quay-sales-section.h"
#include "quay-section.h"
#include "quay-settings-page.h"
#include "quay-stock-section.h"
#include "quay-till-view.h"

#define CLOCK_S 5 /* how often the clock is looked at: a wrong one is told before the next sale */

G_DEFINE_FINAL_TYPE (QuayWindow, quay_window, GTK_TYPE_APPLICATION_WINDOW)

/* Pages beside the sell page are built when they are first opened. */
typedef struct
{
  const char *name;
  const char *icon;
  const char *text;
  GtkWidget *(*make) (QuayTill *till);
} Page;

static const Page pages[] = {
  { "sell", "cart3", N_ ("Sell"), NULL },
  { "sales", "receipt", N_ ("Receipts"), quay_sales_section_new },
  { "stock", "box-seam", N_ ("Inventory"), quay_stock_section_new },
  { "catalog", "tags", N_ ("Products"), quay_catalog_section_new },
  { "consign", "people", N_ ("Consignment"), quay_consign_section_new },
  { "report", "bar-chart-line", N_ ("Figures"), quay_report_page_new },
  { "server", "cloud", N_ ("Server"), quay_link_page_new },
  { "settings", "gear", N_ ("Settings"), quay_settings_page_new },
  { "audit", "clock-history", N_ ("Audit"), quay_audit_page_new },
};

static void
quay_window_dispose (GObject *object)
{
  QuayWindow *self = QUAY_WINDOW (object);
  g_clear_handle_id (&self->drain, g_source_remove);
  g_clear_handle_id (&self->clock_timer, g_source_remove);
  quay_window_stop_people (self);
  g_queue_clear_full (&self->scans, g_free);
  if (self->till != NULL)
    g_signal_handlers_disconnect_by_data (self->till, self);
  gtk_window_set_child (GTK_WINDOW (self), NULL);
  g_clear_handle_id (&self->focus_source, g_source_remove); /* cards that closed with it */
  g_clear_object (&self->scanner);
  g_clear_pointer (&self->sounds, quay_sounds_free);
  g_clear_object (&self->till);
  G_OBJECT_CLASS (quay_window_parent_class)->dispose (object);
}

/* Pages */

static const Page *
find_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, name) == 0)
      return &pages[i];
  return NULL;
}

static GtkWidget *
need_page (QuayWindow *self, const Page *page)
{
  GtkWidget *widget = gtk_stack_get_child_by_name (GTK_STACK (self->stack), page->name);
  if (widget != NULL)
    return widget;
  widget = page->make (self->till);
  gtk_widget_add_css_class (widget, "page");
  gtk_stack_add_named (GTK_STACK (self->stack), widget, page->name);
  return widget;
}

/* A plain box passes nothing on by itself; what is focused in it already would lose it to the next.
 */
static void
focus_page (QuayWindow *window, GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  if (!gtk_widget_grab_focus (page) && (focus == NULL || !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

void
quay_window_go_to (QuayWindow *window, const char *name)
{
  const Page *page = find_page (name);
  if (page == NULL || !quay_window_may_open (window, name))
    return;
  GtkWidget *widget = need_page (window, page);
  quay_ui_stack_show (window->stack, widget);
  focus_page (window, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (window->rail); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), "quay-page"), name) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
}

static void
page_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_window_go_to (QUAY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* What is on the counter is paid, whatever page is shown. */
static void
pay_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayWindow *self = QUAY_WINDOW (widget);
  if (!quay_window_may_open (self, "sell"))
    return;
  quay_window_go_to (self, "sell");
  quay_sell_page_press (QUAY_SELL_PAGE (self->sell), GDK_KEY_F9, 0);
}

static void
fullscreen_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWindow *window = GTK_WINDOW (widget);
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static void
close_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
quay_window_class_init (QuayWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = quay_window_dispose;
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.pay", NULL, pay_action);
  gtk_widget_class_install_action (widget_class, "win.full-screen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "win.close-till", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "win.full-screen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_q, GDK_CONTROL_MASK, "win.close-till",
                                       NULL);
  quay_window_add_people_actions (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, "win.page", "s",
                                         pages[i].name);
}

static void
rail_toggled_cb (GtkToggleButton *button, gpointer data)
{
  QuayWindow *self = data;
  const char *name = g_object_get_data (G_OBJECT (button), "quay-page");
  if (gtk_toggle_button_get_active (button) &&
      g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), name) != 0)
    quay_window_go_to (self, name);
}

static GtkWidget *
make_rail_button (QuayWindow *self, const Page *page, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *id = g_strdup_printf ("rail-%s", page->name);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), quay_ui_icon (page->icon, NULL));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (page->text)));
  quay_ui_hide_parts (box);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  quay_ui_set_label (button, _ (page->text));
  quay_ui_set_id (button, id);
  g_object_set_data (G_OBJECT (button), "quay-page", (gpointer)page->name);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_signal_connect (button, "toggled", G_CALLBACK (rail_toggled_cb), self);
  return button;
}

static GtkWidget *
make_rail (QuayWindow *self)
{
  self->rail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->rail, "rail");
  GtkWidget *group = NULL;
  GtkWidget *figures = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *button = make_rail_button (self, &pages[i], group);
      group = group != NULL ? group : button;
      if (g_str_equal (pages[i].name, "settings"))
        {
          gtk_widget_set_vexpand (button, TRUE);
          gtk_widget_set_valign (button, GTK_ALIGN_END);
        }
      if (g_str_equal (pages[i].name, "audit")) /* beside what it is about; its key is the last */
        gtk_box_insert_child_after (GTK_BOX (self->rail), button, figures);
      else
        gtk_box_append (GTK_BOX (self->rail), button);
      if (g_str_equal (pages[i].name, "report"))
        figures = button;
    }
  return self->rail;
}

/* Scans */

static void
show_waiting (QuayWindow *self)
{
  guint n = g_queue_get_length (&self->scans);
  g_autofree char *text = g_strdup_printf (ngettext ("%u scan waits", "%u scans wait", n), n);
  quay_overlay_set_badge (QUAY_OVERLAY (self->overlay), n > 0 ? text : NULL);
}

static void
queue_scan (QuayWindow *self, const char *text)
{
  g_queue_push_tail (&self->scans, g_strdup (text));
  quay_sounds_play (self->sounds, QUAY_SOUND_QUEUED);
  show_waiting (self);
}

/* Gives a scan to who is shown; FALSE if it has to wait. */
static gboolean
give_scan (QuayWindow *self, const char *text)
{
  GtkWidget *card = quay_overlay_top (QUAY_OVERLAY (self->overlay));
  if (card != NULL)
    return quay_ui_give_scan (card, text);
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->stack));
  GtkWidget *taker = QUAY_IS_SECTION (page) ? quay_section_shown (QUAY_SECTION (page)) : page;
  if (page != self->sell && quay_ui_give_scan (taker, text))
    return TRUE;
  if (page != self->sell && !quay_window_may_open (self, "sell"))
    return TRUE; /* who may not sell has no use for it */
  if (page != self->sell)
    quay_window_go_to (self, "sell");
  quay_sell_page_scan (QUAY_SELL_PAGE (self->sell), text);
  return TRUE;
}

/* The sell page's keys work wherever the keyboard is. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, gpointer data)
{
  QuayWindow *self = data;
  return gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->sell &&
         quay_sell_page_press (QUAY_SELL_PAGE (self->sell), keyval, state);
}

/* Takes scans that wait as long as nothing is in their way. */
static gboolean
drain_cb (gpointer data)
{
  QuayWindow *self = data;
  const char *text = g_queue_peek_head (&self->scans);
  if (text != NULL && give_scan (self, text))
    {
      g_free (g_queue_pop_head (&self->scans));
      show_waiting (self);
      return G_SOURCE_CONTINUE;
    }
  self->drain = 0;
  return G_SOURCE_REMOVE;
}

static void
scanned_cb (QuayScanner *scanner, const char *text, gpointer data)
{
  QuayWindow *self = data;
  GtkWidget *card = quay_overlay_top (QUAY_OVERLAY (self->overlay));
  /* Those that wait are older. */
  if (!g_queue_is_empty (&self->scans) || !give_scan (self, text))
    {
      queue_scan (self, text);
      if ((card == NULL || quay_ui_takes_scans (card)) && self->drain == 0)
        self->drain = g_idle_add (drain_cb, self);
    }
  quay_trace_scan (self->trace, GTK_WIDGET (self), quay_scanner_event_ms (scanner),
                   quay_scanner_seen_us (scanner));
}

static void
key_cb (QuayScanner *scanner, gpointer data)
{
  QuayWindow *self = data;
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->sell)
    quay_sell_page_make_way (QUAY_SELL_PAGE (self->sell));
}

static void
typed_cb (QuayScanner *scanner, const char *text, gpointer data)
{
  QuayWindow *self = data;
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->sell)
    quay_sell_page_type (QUAY_SELL_PAGE (self->sell), text);
}

static void
cards_changed_cb (QuayOverlay *overlay, gpointer data)
{
  QuayWindow *self = data;
  if (quay_overlay_top (overlay) == NULL)
    quay_window_find_focus (self);
  if (!g_queue_is_empty (&self->scans) && self->drain == 0 && quay_overlay_top (overlay) == NULL)
    self->drain = g_idle_add (drain_cb, self);
}

static void
apply_scanner_settings (QuayWindow *self)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  g_autofree char *prefix = quay_till_get_setting (self->till, "till.scan_prefix");
  g_autofree char *suffix = quay_till_get_setting (self->till, "till.scan_suffix");
  settings.max_gap_ms = (guint)CLAMP (
      quay_till_get_setting_int (self->till, "till.scan_gap", settings.max_gap_ms), 10, 250);
  settings.min_length = (guint)CLAMP (
      quay_till_get_setting_int (self->till, "till.scan_min", settings.min_length), 4, 64);
  if (prefix != NULL)
    g_strlcpy (settings.prefix, prefix, sizeof settings.prefix);
  if (g_strcmp0 (suffix, "tab") == 0)
    settings.suffix = QUAY_SCAN_SUFFIX_TAB;
  else if (g_strcmp0 (suffix, "none") == 0)
    settings.suffix = QUAY_SCAN_SUFFIX_NONE;
  quay_scanner_set (self->scanner, &settings);
}

/* What the till says */

static void
settings_changed_cb (QuayTill *till, gpointer data)
{
  QuayWindow *self = data;
  g_autofree char *theme = quay_till_get_setting (till, "till.theme");
  QuayLook look = {
    .theme = quay_look_theme_from_name (theme),
    .percent = (int)quay_till_get_setting_int (till, "till.text_size", 100),
    .touch = quay_till_get_setting_int (till, "till.touch", 0) != 0,
  };
  quay_look_apply (GTK_WIDGET (self), &look);
  quay_sounds_set_on (self->sounds, quay_till_get_setting_int (till, "till.sound", 1) != 0);
  apply_scanner_settings (self);
  quay_window_update_bar (self);
}

static void
sales_changed_cb (QuayTill *till, gpointer data)
{
  quay_window_update_bar (data);
  quay_window_tell_requests (data);
}

static void
link_changed_cb (QuayTill *till, gpointer data)
{
  quay_window_update_status (data);
}

static void
clock_changed_cb (QuayTill *till, gpointer data)
{
  quay_window_set_clock (data, quay_till_clock_is_wrong (till));
}

static gboolean
clock_timer_cb (gpointer data)
{
  QuayWindow *self = data;
  quay_till_watch_clock (self->till);
  if (quay_till_day (self->till) != self->requests_day)
    quay_window_tell_requests (self);
  quay_window_lock_when_idle (data);
  return G_SOURCE_CONTINUE;
}

static void
printed_cb (QuayTill *till, const char *number, gboolean ok, const char *why, gpointer data)
{
  quay_window_set_printed (data, ok);
}

static void
storage_error_cb (QuayTill *till, int code, const char *message, gpointer data)
{
  QuayWindow *self = data;
  g_autoptr (GError) error = g_error_new_literal (QUAY_ERROR, code, message);
  g_autofree char *text = quay_ui_error_text (error);
  quay_window_set_storage_fault (self, text);
  if (code == QUAY_ERROR_DAMAGED)
    quay_window_tell_damage (self);
}

static void
room_changed_cb (QuayTill *till, gboolean has_room, gpointer data)
{
  quay_window_set_room (data, has_room);
}

static void
storage_recovered_cb (QuayTill *till, gpointer data)
{
  quay_window_clear_storage_fault (data);
}

static void
mapped_cb (GtkWidget *window, gpointer data)
{
  QuayWindow *self = QUAY_WINDOW (window);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (GTK_STACK (self->stack)));
  quay_trace_ready (self->trace, window);
}

static void
build (QuayWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->notices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_hexpand (self->stack, TRUE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->sell = quay_sell_page_new (self->till, self->sounds, self->scanner);
  gtk_stack_add_named (GTK_STACK (self->stack), self->sell, "sell");
  gtk_box_append (GTK_BOX (row), make_rail (self));
  gtk_box_append (GTK_BOX (row), self->stack);
  gtk_box_append (GTK_BOX (column), quay_window_make_bar (self));
  gtk_box_append (GTK_BOX (column), self->notices);
  gtk_box_append (GTK_BOX (column), row);
  self->overlay = quay_overlay_new (column);
  gtk_window_set_child (GTK_WINDOW (self), self->overlay);
}

static void
quay_window_init (QuayWindow *self)
{
  g_queue_init (&self->scans);
  self->sounds = quay_sounds_new ();
  gtk_window_set_title (GTK_WINDOW (self), "Quầy");
  gtk_window_set_icon_name (GTK_WINDOW (self), "vn.quay.Quay");
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
}

GtkWidget *
quay_window_new (GtkApplication *application, QuayTill *till, QuayTrace *trace)
{
  QuayWindow *self = g_object_new (QUAY_TYPE_WINDOW, "application", application, NULL);
  self->till = g_object_ref (till);
  self->trace = trace;
  self->scanner = quay_scanner_new (GTK_WINDOW (self));
  build (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self->scanner, "key", G_CALLBACK (key_cb), self);
  g_signal_connect (self->scanner, "scanned", G_CALLBACK (scanned_cb), self);
  g_signal_connect (self->scanner, "typed", G_CALLBACK (typed_cb), self);
  g_signal_connect (self->overlay, "cards-changed", G_CALLBACK (cards_changed_cb), self);
  g_signal_connect (till, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  g_signal_connect (till, "sales-changed", G_CALLBACK (sales_changed_cb), self);
  g_signal_connect (till, "storage-error", G_CALLBACK (storage_error_cb), self);
  g_signal_connect (till, "storage-recovered", G_CALLBACK (storage_recovered_cb), self);
  g_signal_connect (till, "room-changed", G_CALLBACK (room_changed_cb), self);
  g_signal_connect (till, "clock-changed", G_CALLBACK (clock_changed_cb), self);
  g_signal_connect (till, "printed", G_CALLBACK (printed_cb), self);
  g_signal_connect (till, "link-changed", G_CALLBACK (link_changed_cb), self);
  settings_changed_cb (till, self);
  if (!quay_till_is_view (till))
    quay_window_add_start_notices (self);
  quay_window_follow_people (self);
  self->clock_timer = g_timeout_add_seconds (CLOCK_S, clock_timer_cb, self);
  return GTK_WIDGET (self);
}
