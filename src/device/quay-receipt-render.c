/* Turns a drawing into dots, PNG, PDF. Any thread. */
#include "quay-receipt-render.h"

#include "quay-device-file.h"
#include "quay-error.h"
#include "quay-receipt-draw.h"

#include <cairo-pdf.h>

#define SLICE 512           /* rows drawn at a time: memory stays flat, cairo ends at 32,767 rows */
#define OVERHANG 16         /* dots by which a letter may leave its row */
#define INK 128             /* from here on a dot is black */
#define DOTS_PER_MM 8       /* 203 dpi */
#define POINTS_PER_INCH 72  /* PDF */
#define DOTS_PER_INCH 203.2 /* exactly 8 to the millimetre */
#define MAX_PAGE 39000      /* dots; PDF 1.5 readers end at 14,400 points */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

static void
copy_slice (QuayRaster *raster, guint top, cairo_surface_t *slice)
{
  cairo_surface_flush (slice);
  const guint8 *alpha = cairo_image_surface_get_data (slice);
  int stride = cairo_image_surface_get_stride (slice);
  for (guint y = 0; y < SLICE && top + y < raster->height; y++)
    {
      const guint8 *from = alpha + (gsize)y * stride;
      guint8 *to = raster->bits + (gsize)(top + y) * raster->stride;
      for (guint x = 0; x < raster->width; x++)
        if (from[x] >= INK)
          to[x / 8] |= 0x80 >> x % 8;
    }
}

static gboolean
draw_slice (QuayRaster *raster, guint top, const QuayDrawing *drawing, GError **error)
{
  g_autoptr (cairo_surface_t) slice =
      cairo_image_surface_create (CAIRO_FORMAT_A8, raster->width, SLICE);
  g_autoptr (cairo_t) cr = cairo_create (slice);
  cairo_translate (cr, 0, -(double)top);
  quay_drawing_draw (drawing, cr, (int)top - OVERHANG, top + SLICE + OVERHANG);
  if (!quay_device_check_cairo (cairo_status (cr), error))
    return FALSE;
  copy_slice (raster, top, slice);
  return TRUE;
}

QuayRaster *
quay_receipt_to_raster (const QuayReceipt *receipt, QuayPaper paper, GError **error)
{
  g_return_val_if_fail (receipt != NULL && quay_paper_is_valid (paper), NULL);

  guint dots = quay_paper_dots (paper);
  g_autoptr (QuayDrawing) drawing = quay_drawing_new (receipt, dots, FALSE);
  g_autoptr (QuayRaster) raster = quay_raster_new (dots, quay_drawing_get_height (drawing));
  for (guint top = 0; top < raster->height; top += SLICE)
    if (!draw_slice (raster, top, drawing, error))
      return NULL;
  return g_steal_pointer (&raster);
}

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

/* The last row that ends within a page that begins at @top; at least one. */
static guint
last_row_of_page (const QuayDrawing *drawing, guint first, guint n, int top)
{
  guint last = first;
  while (last + 1 < n && quay_drawing_get_bottom (drawing, last + 1) - top <= MAX_PAGE)
    last++;
  return last;
}

static void
draw_pages (const QuayDrawing *drawing, const QuayReceipt *receipt, QuayPaper paper,
            cairo_surface_t *pdf, cairo_t *cr)
{
  const double scale = POINTS_PER_INCH / DOTS_PER_INCH;
  const double edge = (paper * DOTS_PER_MM - (int)quay_paper_dots (paper)) / 2.0;
  guint n = quay_receipt_get_n_rows (receipt);
  int top = 0;
  for (guint row = 0; row < n;)
    {
      guint last = last_row_of_page (drawing, row, n, top);
      int bottom = last + 1 < n ? quay_drawing_get_bottom (drawing, last)
                                : quay_drawing_get_height (drawing);
      cairo_pdf_surface_set_size (pdf, paper * DOTS_PER_MM * scale,
                                  (bottom - top + 2 * edge) * scale);
      cairo_save (cr);
      cairo_scale (cr, scale, scale);
      cairo_translate (cr, edge, edge - top);
      quay_drawing_draw (drawing, cr, top, bottom);
      cairo_restore (cr);
      cairo_show_page (cr);
      top = bottom;
      row = last + 1;
    }
}

static GBytes *
make_pdf (const QuayReceipt *receipt, QuayPaper paper, GError **error)
{
  g_autoptr (QuayDrawing) drawing = quay_drawing_new (receipt, quay_paper_dots (paper), TRUE);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) pdf = cairo_pdf_surface_create_for_stream (write_cb, out, 1, 1);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, quay_receipt_get_name (receipt));
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Quầy");
  g_autoptr (cairo_t) cr = cairo_create (pdf);
  draw_pages (drawing, receipt, paper, pdf, cr);
  cairo_surface_finish (pdf);
  if (!quay_device_check_cairo (cairo_status (cr), error) ||
      !quay_device_check_cairo (cairo_surface_status (pdf), error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
make_png (const QuayReceipt *receipt, QuayPaper paper, GError **error)
{
  g_autoptr (QuayRaster) raster = quay_receipt_to_raster (receipt, paper, error);
  return raster == NULL ? NULL : quay_raster_to_png (raster, error);
}

GBytes *
quay_receipt_to_bytes (const QuayReceipt *receipt, QuayPaper paper, QuayReceiptFormat format,
                       GError **error)
{
  g_return_val_if_fail (receipt != NULL && quay_paper_is_valid (paper), NULL);

  switch (format)
    {
    case QUAY_RECEIPT_PNG:
      return make_png (receipt, paper, error);
    case QUAY_RECEIPT_PDF:
      return make_pdf (receipt, paper, error);
    case QUAY_RECEIPT_TEXT:
    default:
      break;
    }
  char *text = quay_receipt_to_text (receipt, quay_paper_columns (paper));
  return g_bytes_new_take (text, strlen (text));
}

gboolean
quay_receipt_save (const QuayReceipt *receipt, QuayPaper paper, QuayReceiptFormat format,
                   const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (GBytes) bytes = quay_receipt_to_bytes (receipt, paper, format, error);
  if (bytes == NULL)
    return FALSE;
  return quay_device_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

gboolean
quay_receipt_check_font (GError **error)
{
  g_autofree char *family = quay_drawing_dup_family ();
  if (g_str_equal (family, QUAY_RECEIPT_FAMILY))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND,
               "receipts are drawn in '%s': '" QUAY_RECEIPT_FAMILY "' is not installed", family);
  return FALSE;
}
