/* QR codes as modules and as dots: the same on paper, on a sign and on the screen. A code is a
 * value; any thread. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define QUAY_QR_QUIET 4 /* modules of white round a code (ISO/IEC 18004) */

/**
 * QuayQr:
 * @n: modules across
 * @dark: @n × @n bytes by rows, 1 where black
 */
typedef struct
{
  guint n;
  guint8 *dark;
} QuayQr;

/** A code of @text with error correction M; (transfer full), NULL if @text is empty or too long. */
QuayQr *quay_qr_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void quay_qr_free (QuayQr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayQr, quay_qr_free)

/** Modules across, quiet zones included. */
guint quay_qr_get_side (const QuayQr *qr);

/** How many whole dots a module may have so that the code with its quiet zones fits @dots, at most
 * @most; 0 if it does not fit. */
guint quay_qr_fit (const QuayQr *qr, guint dots, guint most);

/** Draws the dark modules in the colour of @cr; the quiet zone begins at (@x, @y). Edges are sharp
 * where all three are whole dots. */
void quay_qr_draw (const QuayQr *qr, cairo_t *cr, double x, double y, double module);

/** A white square of @dots with the code in its middle, modules of whole dots; (transfer full),
 * NULL if it does not fit. */
cairo_surface_t *quay_qr_to_surface (const QuayQr *qr, guint dots) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
