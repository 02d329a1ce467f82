/* A field to try the scanner on. It only watches: which keys are a scan is decided where all scans
 * are, so that the test shows what the counter will do. Main thread. */
#include "quay-scan-test.h"

#include "quay-ui.h"

#define NEW_BURST_MS 400

struct _QuayScanTest
{
  GtkBox parent;
  GtkWidget *read;
  GtkWidget *rhythm;
  GtkEventController *keys; /* of the window, while mapped */
  guint32 last_ms;
  guint shortest;
  guint longest;
  guint count;
};

G_DEFINE_FINAL_TYPE (QuayScanTest, quay_scan_test, GTK_TYPE_BOX)

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        QuayScanTest *test)
{
  if (!g_unichar_isgraph (gdk_keyval_to_unicode (key)))
    return FALSE;
  guint32 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  guint32 gap = now - test->last_ms;
  test->last_ms = now;
  if (test->count == 0 || gap > NEW_BURST_MS)
    {
      test->count = 1;
      test->shortest = G_MAXUINT;
      test->longest = 0;
      return FALSE;
    }
  test->count++;
  test->shortest = MIN (test->shortest, gap);
  test->longest = MAX (test->longest, gap);
  return FALSE;
}

void
quay_scan_test_scanned (QuayScanTest *test, const char *text)
{
  g_return_if_fail (QUAY_IS_SCAN_TEST (test));
  g_autofree char *read = g_strdup_printf (_ ("Read: %s"), text);
  g_autofree char *rhythm = g_strdup_printf (
      ngettext ("%d character, %u–%u ms between keys", "%d characters, %u–%u ms between keys",
                (gulong)g_utf8_strlen (text, -1)),
      (int)g_utf8_strlen (text, -1), test->count > 1 ? test->shortest : 0, test->longest);
  quay_ui_set_text (test->read, read);
  quay_ui_set_text (test->rhythm, rhythm);
  quay_ui_toggle_class (GTK_WIDGET (test), "good", TRUE);
  test->count = 0;
  /* Focus brings the result into view. */
  gtk_widget_grab_focus (GTK_WIDGET (test));
}

static void
quay_scan_test_map (GtkWidget *widget)
{
  QuayScanTest *test = QUAY_SCAN_TEST (widget);
  GTK_WIDGET_CLASS (quay_scan_test_parent_class)->map (widget);
  /* The controller added last is asked first: before the one that holds keys back. */
  test->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (test->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (test->keys, "key-pressed", G_CALLBACK (key_cb), test);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), test->keys);
}

static void
quay_scan_test_unmap (GtkWidget *widget)
{
  QuayScanTest *test = QUAY_SCAN_TEST (widget);
  if (test->keys != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (test->keys), test->keys);
  test->keys = NULL;
  GTK_WIDGET_CLASS (quay_scan_test_parent_class)->unmap (widget);
}

static void
quay_scan_test_class_init (QuayScanTestClass *class)
{
  GTK_WIDGET_CLASS (class)->map = quay_scan_test_map;
  GTK_WIDGET_CLASS (class)->unmap = quay_scan_test_unmap;
}

static void
quay_scan_test_init (QuayScanTest *test)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (test), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (test), "scan-test");
  gtk_widget_set_focusable (GTK_WIDGET (test), TRUE);
  test->read = quay_ui_wrapped_label (_ ("Scan something here to try it"), "heading num", 60, 2);
  test->rhythm = quay_ui_wrapped_label (
      _ ("What was read is shown with the pauses between its keys. It is not sold."), "meta num",
      70, 2);
  quay_ui_set_id (test->read, "scan-read");
  quay_ui_set_description (test->read, _ ("What the scanner read"));
  gtk_box_append (GTK_BOX (test), test->read);
  gtk_box_append (GTK_BOX (test), test->rhythm);
}

GtkWidget *
quay_scan_test_new (void)
{
  return g_object_new (QUAY_TYPE_SCAN_TEST, NULL);
}
