/* Draws the sign: shop, what to do, the code as large as it may be, bank, number, holder. Lengths
 * are points of an A4 page; an A5 page is drawn smaller. */
#include "quay-sign.h"

#include "quay-device-file.h"
#include "quay-error.h"
#include "quay-qr.h"
#include "quay-receipt-draw.h"

#include <cairo-pdf.h>

#define WIDTH 595.276 /* A4 */
#define HEIGHT 841.89
#define A5_SCALE 0.70711 /* 1 ÷ √2 */
#define MARGIN 48.0
#define CODE_SIDE 470.0 /* 16 cm: read from two metres */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

typedef struct
{
  cairo_t *cr;
  double y;
} Pen;

static PangoLayout *
make_layout (Pen *pen, double size, gboolean bold, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (pen->cr);
  PangoFontDescription *font = pango_font_description_new ();
  pango_font_description_set_family_static (font, QUAY_RECEIPT_FAMILY ",DejaVu Sans,sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* A text in the middle: smaller until it fits @lines lines, which end in an ellipsis. */
static void
put_text (Pen *pen, double size, gboolean bold, int lines, const char *text)
{
  int height;
  double width = WIDTH - 2 * MARGIN;
  g_autoptr (PangoLayout) layout = NULL;
  if (text == NULL || *text == '\0')
    return;
  for (double smaller = size; layout == NULL; smaller -= 2)
    {
      layout = make_layout (pen, smaller, bold, text);
      pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      if (pango_layout_get_line_count (layout) > lines && smaller > size / 2)
        g_clear_object (&layout);
    }
  pango_layout_set_height (layout, -lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (pen->cr, MARGIN, pen->y);
  pango_cairo_show_layout (pen->cr, layout);
  pen->y += height;
}

static void
put_code (Pen *pen, const QuayQr *qr)
{
  double module = CODE_SIDE / quay_qr_get_side (qr);
  quay_qr_draw (qr, pen->cr, (WIDTH - CODE_SIDE) / 2, pen->y, module);
  pen->y += CODE_SIDE;
}

static void
draw (cairo_t *cr, const QuayShop *shop, const QuayBankAccount *account, const QuayQr *qr)
{
  Pen pen = { cr, MARGIN };
  g_autofree char *number = quay_bank_number_groups (account->number);
  put_text (&pen, 32, TRUE, 2, shop->name);
  pen.y += 8;
  put_text (&pen, 28, FALSE, 1, "Quét mã để chuyển khoản");
  put_code (&pen, qr);
  put_text (&pen, 30, TRUE, 1, account->bank);
  put_text (&pen, 46, TRUE, 1, number);
  put_text (&pen, 26, FALSE, 2, account->holder);
  put_text (&pen, 16, FALSE, 1, account->branch);
}

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
quay_sign_to_pdf (const QuayShop *shop, const QuayTransfer *transfer, QuaySignSize size,
                  const char *path, GError **error)
{
  double scale = size == QUAY_SIGN_A5 ? A5_SCALE : 1;
  g_autoptr (QuayQr) qr = quay_qr_new (transfer->payload);
  if (qr == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no QR code can hold that");
      return FALSE;
    }
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) pdf =
      cairo_pdf_surface_create_for_stream (write_cb, out, WIDTH * scale, HEIGHT * scale);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, "VietQR");
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Quầy");
  g_autoptr (cairo_t) cr = cairo_create (pdf);
  cairo_scale (cr, scale, scale);
  draw (cr, shop, transfer->account, qr);
  cairo_surface_finish (pdf);
  if (!quay_device_check_cairo (cairo_status (cr), error) ||
      !quay_device_check_cairo (cairo_surface_status (pdf), error))
    return FALSE;
  return quay_device_write (path, out->data, out->len, error);
}
