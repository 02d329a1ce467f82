/* What the user is told when something did not work: what happened, and what to do. */
#include "quay-error.h"
#include "quay-ui.h"

char *
quay_ui_error_text (const GError *error)
{
  const char *text = NULL;
  if (error == NULL)
    return g_strdup ("");
  if (error->domain != QUAY_ERROR)
    return g_strdup (error->message);
  switch ((QuayError)error->code)
    {
    case QUAY_ERROR_FULL:
      text = _ ("There is no room left on the disk. Free some room, then try again. Nothing was "
                "lost.");
      break;
    case QUAY_ERROR_READ_ONLY:
      text = _ ("The shop's folder can't be written to. Check the disk and the rights to the "
                "folder, then try again. Nothing was lost.");
      break;
    case QUAY_ERROR_IO:
      text =
          _ ("The disk did not answer as it should. Close and open the till again; if it happens "
             "again, copy the shop's folder to another disk. What was reported as sold is kept.");
      break;
    case QUAY_ERROR_BUSY:
      text = _ ("Another program has the shop's file open. Close it, then try again.");
      break;
    case QUAY_ERROR_DAMAGED:
      text = _ ("The shop's file is damaged or gone. Nothing was changed.");
      break;
    case QUAY_ERROR_NEWER:
      text = _ ("The shop's file was written by a newer version of this program. Install that "
                "version.");
      break;
    case QUAY_ERROR_OVERFLOW:
      text = _ ("The amount or quantity is too large.");
      break;
    case QUAY_ERROR_DENIED:
      text = _ ("You may not do this. Somebody who may can allow it.");
      break;
    case QUAY_ERROR_INVALID:
    case QUAY_ERROR_NOT_FOUND:
    case QUAY_ERROR_EXISTS:
    case QUAY_ERROR_REFUSED:
      break;
    }
  return g_strdup (text != NULL ? text : error->message);
}
