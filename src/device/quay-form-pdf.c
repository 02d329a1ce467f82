/* A form as a file. One thread at a time. */
#include "quay-form-draw.h"

#include "quay-device-file.h"

#include <cairo-pdf.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
quay_form_to_pdf (const QuayForm *form, const char *path, GError **error)
{
  g_return_val_if_fail (form != NULL && path != NULL, FALSE);

  double width, height;
  quay_sheet_get_size (form, &width, &height);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) pdf =
      cairo_pdf_surface_create_for_stream (write_cb, out, width, height);
  g_autofree char *title = g_strjoin (" ", form->title != NULL ? form->title : "",
                                      form->number != NULL ? form->number : "", NULL);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, g_strstrip (title));
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Quầy");
  g_autoptr (cairo_t) cr = cairo_create (pdf);
  quay_sheet_run (form, cr, quay_sheet_run (form, NULL, 0));
  cairo_surface_finish (pdf);
  if (!quay_device_check_cairo (cairo_status (cr), error) ||
      !quay_device_check_cairo (cairo_surface_status (pdf), error))
    return FALSE;
  return quay_device_write (path, out->data, out->len, error);
}
