/* A receipt as dots for a printer, as a PNG or PDF file, as text. Any thread, each call by itself;
 * a picture takes 20 to 40 ms, so pages ask the printer's thread. */
#pragma once

#include "quay-raster.h"
#include "quay-receipt.h"

G_BEGIN_DECLS

typedef enum
{
  QUAY_RECEIPT_TEXT,
  QUAY_RECEIPT_PNG,
  QUAY_RECEIPT_PDF,
} QuayReceiptFormat;

/**
 * quay_receipt_to_raster:
 *
 * quay_paper_dots() wide, as high as the receipt needs, the 8 dots at each edge white. Any number
 * of rows.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_IO if it could not be drawn
 */
QuayRaster *quay_receipt_to_raster (const QuayReceipt *receipt, QuayPaper paper,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_to_bytes:
 *
 * The receipt as a file of @format: text in quay_paper_columns(), a PNG of the raster, or a PDF
 * with letters as letters, one page as high as the receipt (more only beyond five metres).
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_IO if it could not be drawn
 */
GBytes *quay_receipt_to_bytes (const QuayReceipt *receipt, QuayPaper paper,
                               QuayReceiptFormat format, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_save:
 * @path: replaced, whole or not at all; readable by its owner alone, since buyers are named in it
 *
 * Returns: FALSE with QUAY_ERROR_FULL, _READ_ONLY or _IO
 */
gboolean quay_receipt_save (const QuayReceipt *receipt, QuayPaper paper, QuayReceiptFormat format,
                            const char *path, GError **error);

/**
 * quay_receipt_check_font:
 *
 * Whether the letters that receipts are made for are installed. Without them receipts are drawn in
 * what there is, which may be wider, or lack ₫: to be asked once at start, and told to the user.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND
 */
gboolean quay_receipt_check_font (GError **error);

G_END_DECLS
