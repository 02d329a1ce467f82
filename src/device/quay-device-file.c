/* Writing what was drawn. Any thread. */
#include "quay-device-file.h"

#include "quay-error.h"

gboolean
quay_device_check_cairo (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_IO, "cannot draw: %s",
               cairo_status_to_string (status));
  return FALSE;
}

static QuayError
code_of_file_error (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return QUAY_ERROR_FULL;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM))
    return QUAY_ERROR_READ_ONLY;
  return QUAY_ERROR_IO;
}

gboolean
quay_device_write (const char *path, const guint8 *bytes, gsize len, GError **error)
{
  g_autoptr (GError) local = NULL;
  if (g_file_set_contents_full (path, (const char *)bytes, (gssize)len,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, code_of_file_error (local), local->message);
  return FALSE;
}
