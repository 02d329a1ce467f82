/* A picture of black and white dots, as receipt printers take it, and as a PNG file. Values; any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QuayRaster:
 * @width: dots across
 * @height: rows of dots, a multiple of 8
 * @stride: bytes a row, (@width + 7) ÷ 8
 * @bits: @stride × @height bytes; the most significant bit is the leftmost dot, 1 is ink
 */
typedef struct
{
  guint width;
  guint height;
  guint stride;
  guint8 *bits;
} QuayRaster;

/** All white; @height is rounded up to a multiple of 8. (transfer full) */
QuayRaster *quay_raster_new (guint width, guint height) G_GNUC_WARN_UNUSED_RESULT;
void quay_raster_free (QuayRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayRaster, quay_raster_free)

/**
 * quay_raster_to_png:
 *
 * One bit a dot, 8 dots/mm, of any height (W3C PNG, third edition; cairo's own writer ends at
 * 32,767 rows, which a sale of 500 lines passes).
 *
 * Returns: (transfer full)
 */
GBytes *quay_raster_to_png (const QuayRaster *raster, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
