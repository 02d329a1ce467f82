/* Two tills on one folder would fight for its lock, so the application's id carries the folder: a
 * second start on the same folder raises the first window. */
#include "quay-application.h"
#include "quay-error.h"
#include "quay-fault-page.h"
#include "quay-language.h"
#include "quay-look.h"
#include "quay-overlay.h"
#include "quay-pictures.h"
#include "quay-remote.h"
#include "quay-sample.h"
#include "quay-sell-page.h"
#include "quay-setup.h"
#include "quay-till-files.h"
#include "quay-till-people.h"
#include "quay-till-sync.h"
#include "quay-till-training.h"
#include "quay-till-view.h"
#include "quay-trace.h"
#include "quay-ui.h"
#include "quay-window.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define SYNC_AFTER_MS 600

struct _QuayApplication
{
  GtkApplication parent_instance;

  QuayTill *till;
  QuayTillAhead *ahead; /* until the shop is opened */
  QuayRemote *remote;   /* commands of quayctl on it */
  QuayTrace *trace;

  char *dir;
  char *looked_at; /* folder or backup of which @dir is to be a copy; NULL: a till */
  char *page;
  char *language; /* by option; NULL: as the shop set it */
  char *spoken;   /* what was set when the window was made */
  guint respeak;
  char *theme;
  int percent;
  gboolean sample;
  gboolean training; /* the shop that is open is a copy to practise on */
  gboolean windowed;
  int width;
  int height;
};

G_DEFINE_FINAL_TYPE (QuayApplication, quay_application, GTK_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Folder of the shop"), N_ ("DIR") },
  { "audit", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Look at a shop's folder or a backup, changing nothing"), N_ ("PATH") },
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample shop, made if needed"), NULL },
  { "windowed", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("In a window, not over the whole screen"),
    NULL },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Size of the window, as 1366x768"), N_ ("WxH") },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Page to begin with"), N_ ("NAME") },
  { "language", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("vi or en, for this time"), N_ ("CODE") },
  { "theme", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("light, dark or contrast, for this time"),
    N_ ("NAME") },
  { "text-size", 0, 0, G_OPTION_ARG_INT, NULL, N_ ("Size of text in percent, for this time"),
    N_ ("PERCENT") },
  { "trace", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Write times of scans to a file"),
    N_ ("FILE") },
  { NULL }
};

static void
quay_application_finalize (GObject *object)
{
  QuayApplication *self = QUAY_APPLICATION (object);
  g_clear_pointer (&self->ahead, quay_till_ahead_free);
  g_clear_object (&self->till);
  g_clear_pointer (&self->trace, quay_trace_free);
  g_free (self->dir);
  g_free (self->looked_at);
  g_free (self->page);
  g_free (self->language);
  g_free (self->spoken);
  g_free (self->theme);
  G_OBJECT_CLASS (quay_application_parent_class)->finalize (object);
}

/* Windows */

static void
place_window (QuayApplication *self, GtkWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle area = { 0, 0, 1366, 768 };
  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  gtk_window_set_decorated (window, self->windowed);
  if (self->width > 0)
    gtk_window_set_default_size (window, self->width, self->height);
  else if (self->windowed)
    gtk_window_set_default_size (window, MIN (area.width, 1280), MIN (area.height, 720));
  else
    {
      /* The size is for where there is no window manager to make it fill the screen. */
      gtk_window_set_default_size (window, area.width, area.height);
      gtk_window_fullscreen (window);
    }
}

static void
close_windows (QuayApplication *self, GtkWindow *but)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));
  for (GList *at = windows; at != NULL; at = at->next)
    if (at->data != but)
      gtk_window_destroy (at->data);
}

/* A window for what is shown when there is no till: setting up, or a fault. */
static void
show_plain (QuayApplication *self, GtkWidget *content)
{
  QuayLook look = { QUAY_LOOK_LIGHT, 100, FALSE };
  GtkWidget *window = gtk_application_window_new (GTK_APPLICATION (self));
  gtk_window_set_title (GTK_WINDOW (window), "Quầy");
  gtk_window_set_child (GTK_WINDOW (window), quay_overlay_new (content));
  quay_look_apply (window, &look);
  place_window (self, GTK_WINDOW (window));
  close_windows (self, GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (content);
}

static void
show_till (QuayApplication *self)
{
  g_autofree char *language = quay_till_get_setting (self->till, "till.language");
  quay_language_set (self->language != NULL ? self->language : language);
  g_free (self->spoken);
  self->spoken = g_steal_pointer (&language);
  GtkWidget *window = quay_window_new (GTK_APPLICATION (self), self->till, self->trace);
  const char *page = self->page == NULL && self->looked_at != NULL ? "audit" : self->page;
  place_window (self, GTK_WINDOW (window));
  if (page != NULL)
    quay_window_go_to (QUAY_WINDOW (window), page);
  close_windows (self, GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

/* Another language takes another window: texts are read when a widget is made. The open cart is the
 * till's, so nothing of a sale goes with the old one. */
static gboolean
speak_cb (gpointer data)
{
  QuayApplication *self = data;
  self->respeak = 0;
  g_clear_pointer (&self->language, g_free);
  show_till (self);
  quay_window_go_to (QUAY_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self))),
                     "settings");
  return G_SOURCE_REMOVE;
}

static void
settings_changed_cb (QuayTill *till, gpointer data)
{
  QuayApplication *self = data;
  g_autofree char *language = quay_till_get_setting (till, "till.language");
  if (g_strcmp0 (language, self->spoken) != 0 && self->respeak == 0)
    self->respeak = g_idle_add (speak_cb, self);
}

/* Opening the shop */

static void open_shop (QuayApplication *self);

static gboolean
open_shop_cb (gpointer data)
{
  g_autoptr (QuayApplication) self = data;
  open_shop (self);
  return G_SOURCE_REMOVE;
}

/* Later, since it replaces the window that the signal comes from. */
static void
again_cb (GtkWidget *page, gpointer data)
{
  g_idle_add (open_shop_cb, g_object_ref (data));
}

/* The till works without it; only quayctl then finds the shop taken. */
static void
serve_commands (QuayApplication *self)
{
  g_autoptr (GError) error = NULL;
  self->remote = quay_remote_serve (self->till, &error);
  if (self->remote == NULL)
    g_message ("no commands can be taken: %s", error->message);
}

/* Not in the way of the first frame. */
static gboolean
start_sync_cb (gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!quay_till_start_sync (data, &error))
    g_message ("nothing is exchanged with the server: %s", error->message);
  return G_SOURCE_REMOVE;
}

/* No commands, no exchange with a server: nothing happens there. */
static void
open_view (QuayApplication *self)
{
  g_autoptr (GError) error = NULL;
  self->till = quay_till_open_view (self->looked_at, self->dir, &error);
  if (self->till != NULL)
    {
      show_till (self);
      return;
    }
  g_autofree char *why = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND)
                             ? g_strdup_printf (_ ("There is no shop in %s."), self->looked_at)
                             : quay_ui_error_text (error);
  show_plain (self,
              quay_ui_empty ("exclamation-triangle", _ ("This shop can't be looked at"), why));
}

static void
open_shop (QuayApplication *self)
{
  g_autoptr (GError) error = NULL;
  if (self->looked_at != NULL)
    {
      open_view (self);
      return;
    }
  g_clear_pointer (&self->remote, quay_remote_free);
  g_clear_object (&self->till);
  g_clear_pointer (&self->ahead, quay_till_ahead_free);
  if (!self->training)
    quay_till_drop_training (self->dir); /* left behind by a power cut */
  g_autofree char *practice = quay_till_training_dir (self->dir);
  self->till = quay_till_open (self->training ? practice : self->dir, NULL, &error);
  if (self->till == NULL && self->sample &&
      g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      if (quay_sample_make (self->dir, &error))
        self->till = quay_till_open (self->dir, NULL, &error);
    }
  if (self->till != NULL)
    {
      serve_commands (self);
      show_till (self);
      if (!self->training)
        g_timeout_add_full (G_PRIORITY_LOW, SYNC_AFTER_MS, start_sync_cb, g_object_ref (self->till),
                            g_object_unref);
      g_signal_connect_object (self->till, "settings-changed", G_CALLBACK (settings_changed_cb),
                               self, 0);
      return;
    }
  GtkWidget *page = NULL;
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    {
      page = quay_setup_new (self->dir);
      g_signal_connect_object (page, "finished", G_CALLBACK (again_cb), self, 0);
    }
  else
    {
      page = quay_fault_page_new (self->dir, error);
      g_signal_connect_object (page, "again", G_CALLBACK (again_cb), self, 0);
    }
  show_plain (self, page);
}

/* Another file in the window: a copy for training, or one that is restored */

static void
close_shop (QuayApplication *self)
{
  g_clear_handle_id (&self->respeak, g_source_remove);
  close_windows (self, NULL);
  g_clear_pointer (&self->remote, quay_remote_free);
  if (self->till != NULL)
    quay_till_close (self->till);
  g_clear_object (&self->till);
  if (self->training)
    quay_till_drop_training (self->dir);
  if (self->looked_at != NULL)
    quay_till_drop_view (self->dir);
}

static gboolean
train_cb (gpointer data)
{
  g_autoptr (QuayApplication) self = data;
  g_application_hold (G_APPLICATION (self)); /* there is no window for a moment */
  gboolean training = !self->training;
  close_shop (self);
  self->training = training;
  open_shop (self);
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
train_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayApplication) self = data;
  g_autoptr (GError) error = NULL;
  if (!yes || self->training)
    return;
  g_autofree char *dir = quay_till_make_training (self->till, &error);
  if (dir != NULL)
    g_idle_add (train_cb, g_object_ref (self));
  else
    quay_ui_show_error (GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (self))),
                        _ ("The copy for training was not made"), error);
}

static void
training_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QuayApplication *self = data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (self->till == NULL || self->training || self->looked_at != NULL || window == NULL)
    return;
  quay_ui_confirm (
      GTK_WIDGET (window), _ ("Practise on a copy of the shop?"),
      _ ("The till then works on a copy: nothing that is sold there counts, nothing is "
         "printed or sent, and the copy is thrown away when you stop. Real sales have "
         "to wait until then."),
      _ ("Start training"), NULL, FALSE, train_answer_cb, g_object_ref (self));
}

static void
training_end_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QuayApplication *self = data;
  if (self->training)
    g_idle_add (train_cb, g_object_ref (self));
}

typedef struct
{
  QuayApplication *self; /* owned */
  char *path;
} Restore;

static gboolean
restore_cb (gpointer data)
{
  g_autofree Restore *restore = data;
  g_autoptr (QuayApplication) self = restore->self;
  g_autofree char *path = restore->path;
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  g_application_hold (G_APPLICATION (self));
  close_shop (self);
  gboolean ok = quay_till_restore (self->dir, path, &check, &error);
  open_shop (self);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (!ok && window != NULL)
    quay_ui_show_error (GTK_WIDGET (window), _ ("The backup was not restored"), error);
  quay_check_clear (&check);
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
restore_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QuayApplication *self = data;
  g_autoptr (GError) error = NULL;
  if (self->till == NULL || self->training ||
      !quay_till_require (self->till, QUAY_ACT_SETTINGS, 0, &error))
    return;
  Restore *restore = g_new0 (Restore, 1);
  restore->self = g_object_ref (self);
  restore->path = g_variant_dup_string (parameter, NULL);
  g_idle_add (restore_cb, restore);
}

static const GActionEntry actions[] = {
  { "training", training_action, NULL, NULL, NULL, { 0 } },
  { "training-end", training_end_action, NULL, NULL, NULL, { 0 } },
  { "restore", restore_action, "s", NULL, NULL, { 0 } },
};

/* GApplication */

static void
take_string (GVariantDict *dict, const char *name, char **out)
{
  if (!g_variant_dict_lookup (dict, name, "s", out))
    *out = NULL;
}

static void
take_path (GVariantDict *dict, const char *name, char **out)
{
  if (!g_variant_dict_lookup (dict, name, "^ay", out))
    *out = NULL;
}

static void
set_folder (QuayApplication *self, char *given)
{
  g_autofree char *path = given;
  if (path == NULL)
    path = g_build_filename (g_get_user_data_dir (), self->sample ? "quay-sample" : "quay", NULL);
  self->dir = g_canonicalize_filename (path, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->dir, -1);
  g_autofree char *id =
      g_strdup_printf ("vn.quay.Quay.%c%.12s", self->looked_at != NULL ? 'v' : 'd', sum);
  g_application_set_application_id (G_APPLICATION (self), id);
  if (self->looked_at == NULL)
    return;
  g_autofree char *name = g_strdup_printf ("view-%.12s", sum);
  g_free (self->looked_at);
  self->looked_at = g_steal_pointer (&self->dir);
  self->dir = g_build_filename (g_get_user_cache_dir (), "quay", name, NULL);
}

static int
quay_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  QuayApplication *self = QUAY_APPLICATION (application);
  g_autofree char *size = NULL;
  g_autofree char *trace = NULL;
  char *given = NULL;
  g_variant_dict_lookup (dict, "sample", "b", &self->sample);
  g_variant_dict_lookup (dict, "windowed", "b", &self->windowed);
  take_string (dict, "size", &size);
  take_string (dict, "page", &self->page);
  take_string (dict, "language", &self->language);
  take_string (dict, "theme", &self->theme);
  g_variant_dict_lookup (dict, "text-size", "i", &self->percent);
  take_path (dict, "trace", &trace);
  take_path (dict, "data", &given);
  take_path (dict, "audit", &self->looked_at);
  if (self->looked_at != NULL)
    {
      g_free (given);
      given = g_strdup (self->looked_at);
    }
  if (size != NULL && (sscanf (size, "%5dx%5d", &self->width, &self->height) != 2 ||
                       self->width < 300 || self->height < 200))
    {
      g_free (given);
      g_printerr (_ ("quay: '%s' is no size: write it as 1366x768\n"), size);
      return 2;
    }
  set_folder (self, given);
  quay_language_set (self->language);
  if (self->looked_at == NULL)
    self->ahead = quay_till_read_ahead (self->dir, QUAY_SELL_BEST_ITEMS);
  self->trace = quay_trace_new (trace != NULL ? trace : g_getenv ("QUAY_TRACE"));
  return -1;
}

static void
quay_application_startup (GApplication *application)
{
  quay_pictures_draw_ahead ();
  G_APPLICATION_CLASS (quay_application_parent_class)->startup (application);
  QuayApplication *self = QUAY_APPLICATION (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  quay_look_init (gdk_display_get_default ());
  quay_look_override (gdk_display_get_default (), self->theme, self->percent);
}

static void
quay_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window != NULL)
    gtk_window_present (window);
  else
    open_shop (QUAY_APPLICATION (application));
}

static void
quay_application_shutdown (GApplication *application)
{
  close_shop (QUAY_APPLICATION (application));
  G_APPLICATION_CLASS (quay_application_parent_class)->shutdown (application);
}

static void
quay_application_class_init (QuayApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = quay_application_finalize;
  application_class->handle_local_options = quay_application_handle_local_options;
  application_class->startup = quay_application_startup;
  application_class->activate = quay_application_activate;
  application_class->shutdown = quay_application_shutdown;
}

static void
quay_application_init (QuayApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

QuayApplication *
quay_application_new (void)
{
  return g_object_new (QUAY_TYPE_APPLICATION, "application-id", "vn.quay.Quay",
                       "resource-base-path", "/vn/quay/Quay", NULL);
}
