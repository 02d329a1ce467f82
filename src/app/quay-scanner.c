/* A key controller in the capture phase of the window. Keys that may belong to a scan are held;
 * what turns out to be typing goes where it was meant to go: into an entry without input method as
 * text, anywhere else as the key events that they were, so that the input method sees them in
 * order. */
#include "quay-scanner.h"

#define FRESH_US (300 * 1000)
#define GS 0x1D

struct _QuayScanner
{
  GObject parent_instance;

  QuayScanKeys *keys;
  GtkWindow *window; /* weak */
  guint timer;
  guint32 event_ms;
  gint64 seen_us;
  gint64 fresh_us; /* when the last scan was dealt with */

  GQueue held;   /* GdkEvent: keys of what may be a scan, in an entry with an input method */
  GQueue replay; /* GdkEvent: keys given back, that come by once more */
};

enum
{
  KEY,
  SCANNED,
  TYPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayScanner, quay_scanner, G_TYPE_OBJECT)

static void
quay_scanner_finalize (GObject *object)
{
  QuayScanner *self = QUAY_SCANNER (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_queue_clear_full (&self->held, (GDestroyNotify)gdk_event_unref);
  g_queue_clear_full (&self->replay, (GDestroyNotify)gdk_event_unref);
  g_clear_pointer (&self->keys, quay_scan_keys_free);
  G_OBJECT_CLASS (quay_scanner_parent_class)->finalize (object);
}

static void
quay_scanner_class_init (QuayScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = quay_scanner_finalize;
  signals[KEY] = g_signal_new ("key", QUAY_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[SCANNED] = g_signal_new ("scanned", QUAY_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TYPED] = g_signal_new ("typed", QUAY_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
quay_scanner_init (QuayScanner *self)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  self->keys = quay_scan_keys_new (&settings);
  g_queue_init (&self->held);
  g_queue_init (&self->replay);
}

/* The entry around the focus widget; NULL if the focus is not in one. */
static GtkWidget *
find_entry (QuayScanner *self, GtkWidget **text)
{
  GtkWidget *focus = self->window != NULL ? gtk_window_get_focus (self->window) : NULL;
  *text = focus;
  if (focus == NULL)
    return NULL;
  if (GTK_IS_TEXT_VIEW (focus))
    return focus;
  if (!GTK_IS_TEXT (focus) || !gtk_editable_get_editable (GTK_EDITABLE (focus)))
    return NULL;
  GtkWidget *entry = gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY);
  return entry != NULL ? entry : focus;
}

static gboolean
has_input_method (GtkWidget *entry)
{
  g_autofree char *module = NULL;
  if (entry == NULL || GTK_IS_SPIN_BUTTON (gtk_widget_get_parent (entry)))
    return FALSE;
  g_object_get (entry, "im-module", &module, NULL);
  return g_strcmp0 (module, "gtk-im-context-simple") != 0;
}

/* The key comes by once more, after what waits already. */
static void
send_again (QuayScanner *self, GdkEvent *event)
{
  g_queue_push_tail (&self->replay, gdk_event_ref (event));
  gdk_display_put_event (gdk_event_get_display (event), event);
}

static void
send_held_again (QuayScanner *self)
{
  GdkEvent *event = NULL;
  while ((event = g_queue_pop_head (&self->held)) != NULL)
    {
      send_again (self, event);
      gdk_event_unref (event);
    }
}

/* TRUE if the key was given back: it is typing. */
static gboolean
is_replayed (QuayScanner *self, GdkEvent *event)
{
  GList *link = g_queue_find (&self->replay, event);
  if (link == NULL)
    return FALSE;
  gdk_event_unref (event);
  g_queue_delete_link (&self->replay, link);
  return TRUE;
}

static void
insert (QuayScanner *self, const char *text, gboolean burst)
{
  GtkWidget *focus = NULL;
  GtkWidget *entry = find_entry (self, &focus);
  gboolean can_take = entry != NULL && !(burst && !has_input_method (entry));
  /* What is selected is typed over, which the signal alone does not do. */
  if (can_take && GTK_IS_EDITABLE (focus))
    gtk_editable_delete_selection (GTK_EDITABLE (focus));
  if (can_take)
    g_signal_emit_by_name (focus, "insert-at-cursor", text);
  else if (focus != NULL && g_str_equal (text, " "))
    gtk_widget_activate (focus);
  else
    g_signal_emit (self, signals[TYPED], 0, text);
}

static void
drop_held (QuayScanner *self)
{
  g_queue_clear_full (&self->held, (GDestroyNotify)gdk_event_unref);
}

/* Gives a scan out, or typing back. */
static void
act (QuayScanner *self, const QuayScanKeysResult *result)
{
  g_autofree char *text = g_strdup (result->text);
  if (result->action == QUAY_SCAN_KEYS_SCAN)
    {
      drop_held (self);
      self->seen_us = g_get_monotonic_time ();
      self->fresh_us = self->seen_us;
      g_signal_emit (self, signals[SCANNED], 0, text);
      /* On a busy machine the work itself must not use up the time in which an Enter is ignored. */
      self->fresh_us = g_get_monotonic_time ();
    }
  else if (result->action == QUAY_SCAN_KEYS_FLUSH && !g_queue_is_empty (&self->held))
    send_held_again (self);
  else if (result->action == QUAY_SCAN_KEYS_FLUSH)
    insert (self, text, result->burst);
}

static gboolean
tick_cb (gpointer data)
{
  QuayScanner *self = data;
  self->timer = 0;
  QuayScanKeysResult result = quay_scan_keys_tick (self->keys);
  act (self, &result);
  return G_SOURCE_REMOVE;
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R) ||
         keyval == GDK_KEY_ISO_Level3_Shift || keyval == GDK_KEY_Num_Lock ||
         keyval == GDK_KEY_Mode_switch;
}

static QuayScanKey
classify (guint keyval, GdkModifierType state, gunichar *ch)
{
  *ch = gdk_keyval_to_unicode (keyval);
  if ((state & GDK_CONTROL_MASK) != 0 && keyval == GDK_KEY_bracketright)
    {
      *ch = GS;
      return QUAY_SCAN_KEY_CHAR;
    }
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    return QUAY_SCAN_KEY_ENTER;
  if (keyval == GDK_KEY_Tab)
    return QUAY_SCAN_KEY_TAB;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0 ||
      !g_unichar_isprint (*ch))
    return QUAY_SCAN_KEY_OTHER;
  return QUAY_SCAN_KEY_CHAR;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, gpointer data)
{
  QuayScanner *self = data;
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = NULL;
  gunichar ch = 0;
  if (is_modifier (keyval) || is_replayed (self, event))
    return FALSE;
  QuayScanKey key = classify (keyval, state, &ch);
  if (key == QUAY_SCAN_KEY_CHAR && ch != ' ')
    g_signal_emit (self, signals[KEY], 0);
  gboolean method = has_input_method (find_entry (self, &focus));
  guint32 now = gdk_event_get_time (event);
  QuayScanKeysResult result = quay_scan_keys_press (self->keys, key, ch, now, 0);
  gboolean pass = result.pass;
  gboolean held = result.held;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (result.action == QUAY_SCAN_KEYS_SCAN)
    self->event_ms = now;
  act (self, &result);
  if (held && method)
    g_queue_push_tail (&self->held, gdk_event_ref (event));
  if (pass && !g_queue_is_empty (&self->replay))
    {
      /* It has to come after those given back. */
      send_again (self, event);
      pass = FALSE;
    }
  /* Below the priority of events, so that keys that wait behind a busy moment come first. */
  if (held && self->timer == 0)
    self->timer = g_timeout_add_full (G_PRIORITY_DEFAULT + 10, quay_scan_keys_wait_ms (self->keys),
                                      tick_cb, self, NULL);
  return !pass;
}

QuayScanner *
quay_scanner_new (GtkWindow *window)
{
  QuayScanner *self = g_object_new (QUAY_TYPE_SCANNER, NULL);
  g_set_weak_pointer (&self->window, window);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  return self;
}

void
quay_scanner_set (QuayScanner *scanner, const QuayScanKeysSettings *settings)
{
  quay_scan_keys_set (scanner->keys, settings);
}

guint32
quay_scanner_event_ms (QuayScanner *scanner)
{
  return scanner->event_ms;
}

gint64
quay_scanner_seen_us (QuayScanner *scanner)
{
  return scanner->seen_us;
}

gboolean
quay_scanner_is_fresh (QuayScanner *scanner)
{
  return scanner->fresh_us != 0 && g_get_monotonic_time () - scanner->fresh_us < FRESH_US;
}
