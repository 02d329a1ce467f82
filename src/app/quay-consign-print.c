/* Forms as files. Main thread. */
#include "quay-consign-print.h"

#include "quay-ui.h"

void
quay_consign_print (GtkWidget *anywhere, QuayTill *till, const QuayId *id, QuayConsignPrint print)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = print (till, id, NULL, &error);
  if (path == NULL)
    quay_ui_show_error (anywhere, _ ("The form was not written"), error);
  else
    quay_ui_show_file (anywhere, path);
}
