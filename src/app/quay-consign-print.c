/* Forms as files. Main thread. */
#include "quay-consign-print.h"

#include "quay-ui.h"

void
quay_consign_print (GtkWidget *anywhere, QuayTill *till, const QuayId *id, QuayConsignPrint print)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = print (till, id, NULL, &error);
  if (path == NULL)
    {
      quay_ui_show_error (anywhere, _ ("The form was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  quay_ui_toast (anywhere, text);
  /* Without a program for it the file is there all the same. */
  if (uri != NULL)
    g_app_info_launch_default_for_uri (uri, NULL, NULL);
}
