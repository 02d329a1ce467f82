/* Labels for shelves and lots as PDF files. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/** The sheets and rolls that labels may be printed on: (element-type QuayReportRow) (transfer
 * full): key = code, name in @language ("vi" or "en"), count = labels on a page. */
GPtrArray *quay_till_label_sheets (QuayTill *till, const char *language);

/** What is to be labelled: a product or a lot, and how often. */
typedef struct
{
  QuayId id;
  guint copies;
} QuayLabelAsk;

/**
 * quay_till_shelf_labels_pdf:
 * @asks: @n products; such without a price today get a label without one
 * @sheet: code of a sheet or roll
 * @start: first free place on a sheet that was used before, from 1
 * @path: the file, replaced whole or not at all
 *
 * Name, price with VAT, price of a kilogram or litre where the size is known, OCOP stars while the
 * certificate is valid, barcode, and the product's trace code as it was given. The day is kept as
 * that of the last printing.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (sheet, place, no labels), _NOT_FOUND or a storage error.
 */
gboolean quay_till_shelf_labels_pdf (QuayTill *till, const QuayLabelAsk *asks, guint n,
                                     const char *sheet, guint start, const char *path,
                                     GError **error);

/** The same for @n lots: product, producer, lot, dates, its own trace code; the barcode (GS1-128,
 * or a QR code of the same) names product, expiry and lot, so that a scan of it takes that lot. */
gboolean quay_till_lot_labels_pdf (QuayTill *till, const QuayLabelAsk *asks, guint n,
                                   const char *sheet, guint start, const char *path,
                                   GError **error);

/** Products whose price changed on @since or later, up to today: their labels are old.
 * (element-type QuayItem) (transfer full), by SKU. */
GPtrArray *quay_till_repriced (QuayTill *till, QuayDay since);

/** The day on which shelf labels were printed last, 0 for never. */
QuayDay quay_till_labels_day (QuayTill *till);

G_END_DECLS
