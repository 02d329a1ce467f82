/* Labels for shelves and lots as PDF, on sheets of A4 or on rolls. Values and one renderer; one
 * thread at a time. */
#pragma once

#include "quay-day.h"
#include "quay-money.h"

G_BEGIN_DECLS

/**
 * QuayLabelLayout: where labels lie on a page. Lengths are tenths of a millimetre.
 * @width, @height: of one label; @left, @top: of the first; @gap_x, @gap_y: between two
 */
typedef struct
{
  int page_width;
  int page_height;
  int columns;
  int rows;
  int left;
  int top;
  int width;
  int height;
  int gap_x;
  int gap_y;
} QuayLabelLayout;

/** TRUE if all labels lie on the page. */
gboolean quay_label_layout_is_sound (const QuayLabelLayout *layout);

/**
 * QuayLabel: what one label says. Borrowed texts; NULL or empty: left out.
 * @price: VAT in; @has_price: FALSE leaves it out (labels of lots)
 * @per, @per_unit: price of a kilogram or litre; NULL unit: not known
 * @stars: of OCOP, while the certificate is valid; 0: none
 * @code: what the barcode holds: a GTIN (EAN-13, EAN-8) or any other text (Code-128)
 * @gtin, @lot, @expires: a lot's label: with a GTIN of any length its barcode is GS1-128, which a
 *   scan understands; where the label is too narrow for that, a QR code of the same
 * @trace: the text of a trace QR code, byte for byte as it was given
 * @made: 0 unknown
 * @copies: above 0
 */
typedef struct
{
  const char *name;
  const char *producer;
  gboolean has_price;
  QuayMoney price;
  QuayMoney per;
  const char *per_unit;
  gint64 stars;
  const char *code;
  const char *gtin;
  const char *lot;
  QuayDay made;
  QuayDay expires;
  const char *trace;
  guint copies;
} QuayLabel;

/**
 * quay_labels_to_pdf:
 * @labels: (element-type QuayLabel): in order
 * @start: the first free place on the first page, from 1
 * @path: the file, replaced whole or not at all
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (layout, start, no labels), QUAY_ERROR_IO, _FULL or
 *   _READ_ONLY.
 */
gboolean quay_labels_to_pdf (GPtrArray *labels, const QuayLabelLayout *layout, guint start,
                             const char *path, GError **error);

G_END_DECLS
