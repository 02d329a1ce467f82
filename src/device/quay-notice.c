/* Draws a notice: measured with ever smaller letters until it fits the page, then drawn by the same
 * code. Lengths are points of an A4 page. */
#include "quay-notice.h"

#include "quay-device-file.h"
#include "quay-error.h"
#include "quay-receipt-draw.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define WIDTH 595.276 /* A4 */
#define HEIGHT 841.89
#define MARGIN 48.0
#define LARGEST 14.0
#define SMALLEST 8.0
#define STEP 0.25
#define GREY 0.33

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

typedef enum
{
  BOLD = 1 << 0,
  CENTRE = 1 << 1,
  QUIET = 1 << 2,
} Ink;

typedef struct
{
  cairo_t *cr;
  gboolean draws;
  double size; /* of the text in Vietnamese; the others follow */
  double y;
} Pen;

static void
put_text (Pen *pen, double scale, Ink ink, double gap, const char *text)
{
  int height;
  if (text == NULL || *text == '\0')
    return;
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (pen->cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  pango_font_description_set_family_static (font, QUAY_RECEIPT_FAMILY ",DejaVu Sans,sans-serif");
  pango_font_description_set_absolute_size (font, pen->size * scale * PANGO_SCALE);
  if (ink & BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_alignment (layout, ink & CENTRE ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_width (layout, (int)((WIDTH - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  if (pen->draws)
    {
      double grey = ink & QUIET ? GREY : 0;
      cairo_set_source_rgb (pen->cr, grey, grey, grey);
      cairo_move_to (pen->cr, MARGIN, pen->y);
      pango_cairo_show_layout (pen->cr, layout);
    }
  pen->y += (double)height / PANGO_SCALE + pen->size * gap;
}

static void
put_rule (Pen *pen)
{
  if (pen->draws)
    {
      cairo_set_source_rgb (pen->cr, GREY, GREY, GREY);
      cairo_set_line_width (pen->cr, 0.8);
      cairo_move_to (pen->cr, MARGIN, pen->y);
      cairo_line_to (pen->cr, WIDTH - MARGIN, pen->y);
      cairo_stroke (pen->cr);
    }
  pen->y += pen->size;
}

/* Returns where it ends. */
static double
run (const QuayNotice *notice, cairo_t *cr, double size, gboolean draws)
{
  Pen pen = { cr, draws, size, MARGIN };
  put_text (&pen, 1.0, CENTRE, 0.8, notice->head);
  put_text (&pen, 1.5, BOLD | CENTRE, 0.2, notice->title);
  put_text (&pen, 0.9, CENTRE | QUIET, 0.8, notice->english);
  put_rule (&pen);
  for (guint i = 0; i < notice->n_parts; i++)
    {
      put_text (&pen, 1.05, BOLD, 0.1, notice->parts[i].heading);
      put_text (&pen, 1.0, 0, 0.15, notice->parts[i].text);
      put_text (&pen, 0.8, QUIET, 0.75, notice->parts[i].english);
    }
  put_rule (&pen);
  put_text (&pen, 0.8, QUIET, 0, notice->foot);
  return pen.y;
}

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
quay_notice_to_pdf (const QuayNotice *notice, const char *path, GError **error)
{
  double size = LARGEST;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) pdf =
      cairo_pdf_surface_create_for_stream (write_cb, out, WIDTH, HEIGHT);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, notice->title);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Quầy");
  g_autoptr (cairo_t) cr = cairo_create (pdf);
  while (size >= SMALLEST && run (notice, cr, size, FALSE) > HEIGHT - MARGIN)
    size -= STEP;
  if (size < SMALLEST)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "too long for one page");
      return FALSE;
    }
  run (notice, cr, size, TRUE);
  cairo_surface_finish (pdf);
  if (!quay_device_check_cairo (cairo_status (cr), error) ||
      !quay_device_check_cairo (cairo_surface_status (pdf), error))
    return FALSE;
  return quay_device_write (path, out->data, out->len, error);
}
