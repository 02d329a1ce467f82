/* The file chooser. The one file that uses what GTK 4.10 and later have replaced. */
#include "quay-ui.h"

typedef struct
{
  QuayUiFile done;
  gpointer data;
} Choice;

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autofree char *path = NULL;
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = file != NULL ? g_file_get_path (file) : NULL;
      GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);
      if (path != NULL && parent != NULL)
        g_object_set_data_full (G_OBJECT (parent), "quay-folder", g_path_get_dirname (path),
                                g_free);
    }
  choice->done (path, choice->data);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser, const char *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) list = g_strsplit (patterns, "|", -1);
  for (guint i = 0; list[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, list[i]);
  g_autofree char *name = g_strjoinv (", ", list);
  gtk_file_filter_set_name (filter, name);
  gtk_file_chooser_add_filter (chooser, filter);
}

/* Where the last file was, or where files from elsewhere are put; the chooser's own choice, recent
 * files, is an empty list on a till. */
static void
set_folder (GtkFileChooser *chooser, GtkWindow *parent)
{
  const char *last = parent != NULL ? g_object_get_data (G_OBJECT (parent), "quay-folder") : NULL;
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  const char *wanted[] = { last, downloads, g_get_home_dir () };
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (wanted[i] != NULL && g_file_test (wanted[i], G_FILE_TEST_IS_DIR))
      {
        g_autoptr (GFile) folder = g_file_new_for_path (wanted[i]);
        gtk_file_chooser_set_current_folder (chooser, folder, NULL);
        return;
      }
}

void
quay_ui_choose_file (GtkWidget *anywhere, QuayUiFileMode mode, const char *title, const char *name,
                     const char *patterns, QuayUiFile done, gpointer data)
{
  static const GtkFileChooserAction actions[] = {
    [QUAY_UI_FILE_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [QUAY_UI_FILE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
    [QUAY_UI_FILE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (anywhere));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, actions[mode], NULL, NULL);
  Choice *choice = g_new (Choice, 1);
  *choice = (Choice){ done, data };
  set_folder (GTK_FILE_CHOOSER (dialog), parent);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (name != NULL && mode == QUAY_UI_FILE_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  if (patterns != NULL)
    add_filter (GTK_FILE_CHOOSER (dialog), patterns);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
quay_ui_show_file (GtkWidget *anywhere, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  quay_ui_toast (anywhere, text);
  /* Without a program for it the file is there all the same. */
  if (uri != NULL)
    g_app_info_launch_default_for_uri (uri, NULL, NULL);
}
