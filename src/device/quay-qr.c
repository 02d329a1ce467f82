/* QR codes by libqrencode. */
#include "quay-qr.h"

#include <qrencode.h>

QuayQr *
quay_qr_new (const char *text)
{
  QRcode *code = *text != '\0' ? QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) : NULL;
  if (code == NULL)
    return NULL;
  QuayQr *qr = g_new0 (QuayQr, 1);
  qr->n = (guint)code->width;
  qr->dark = g_malloc ((gsize)qr->n * qr->n);
  for (guint i = 0; i < qr->n * qr->n; i++)
    qr->dark[i] = code->data[i] & 1;
  QRcode_free (code);
  return qr;
}

void
quay_qr_free (QuayQr *qr)
{
  if (qr == NULL)
    return;
  g_free (qr->dark);
  g_free (qr);
}

guint
quay_qr_get_side (const QuayQr *qr)
{
  return qr->n + 2 * QUAY_QR_QUIET;
}

guint
quay_qr_fit (const QuayQr *qr, guint dots, guint most)
{
  return MIN (dots / quay_qr_get_side (qr), most);
}

/* Dark modules side by side are one box, so that no seam shows where dots are not whole. */
void
quay_qr_draw (const QuayQr *qr, cairo_t *cr, double x, double y, double module)
{
  for (guint row = 0; row < qr->n; row++)
    for (guint begin = 0, end; begin < qr->n; begin = end + 1)
      {
        const guint8 *dark = qr->dark + (gsize)row * qr->n;
        for (end = begin; end < qr->n && dark[end]; end++)
          ;
        if (end > begin)
          cairo_rectangle (cr, x + (begin + QUAY_QR_QUIET) * module,
                           y + (row + QUAY_QR_QUIET) * module, (end - begin) * module, module);
      }
  cairo_fill (cr);
}

cairo_surface_t *
quay_qr_to_surface (const QuayQr *qr, guint dots)
{
  guint module = quay_qr_fit (qr, dots, G_MAXUINT);
  if (module == 0 || dots > G_MAXINT16)
    return NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)dots, (int)dots);
  cairo_t *cr = cairo_create (surface);
  guint start = (dots - module * quay_qr_get_side (qr)) / 2;
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  quay_qr_draw (qr, cr, start, start, module);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
