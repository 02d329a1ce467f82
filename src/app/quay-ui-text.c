/* What the user is told when something did not work: what happened, and what to do. */
#include "quay-error.h"
#include "quay-ui.h"

char *
quay_ui_law_text (const char *law)
{
  g_auto (GStrv) parts = g_strsplit (law, "|", 3);
  if (g_strv_length (parts) != 3)
    return g_strdup (law);
  gint64 tenths = g_ascii_strtoll (parts[2], NULL, 10);
  g_autofree char *percent = quay_format_percent (tenths * 10);
  if (g_str_equal (parts[0], "discount") || g_str_equal (parts[0], "promotion"))
    return g_strdup_printf (
        _ ("The law lets nothing be taken off, given away or promoted for drinks "
           "with %s alcohol or more: %s."),
        percent, parts[1]);
  if (g_str_equal (parts[0], "licence.expired"))
    return g_strdup_printf (
        _ ("The licence to sell drinks with %s alcohol or more has run out: %s. "
           "Enter the new one (Products, Promotions, Alcohol licence), then go on."),
        percent, parts[1]);
  return g_strdup_printf (
      _ ("This place has no licence to sell drinks with %s alcohol or more: %s. "
         "If it has one, enter it (Products, Promotions, Alcohol licence)."),
      percent, parts[1]);
}

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
    case QUAY_ERROR_LAW:
      return quay_ui_law_text (error->message);
    }
  return g_strdup (text != NULL ? text : error->message);
}
