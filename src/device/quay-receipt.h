/* A receipt, laid out once as rows, from which text, pictures, PDF and printers' rasters are made:
 * whatever the paper, the content is the same. Immutable once made; any thread. */
#pragma once

#include "quay-customer.h"
#include "quay-order.h"
#include "quay-record.h"
#include "quay-shift.h"
#include "quay-transfer.h"

G_BEGIN_DECLS

/** The widths of paper rolls; the value is millimetres. */
typedef enum
{
  QUAY_PAPER_58 = 58,
  QUAY_PAPER_80 = 80,
} QuayPaper;

/** True for a width that receipts are made for. */
gboolean quay_paper_is_valid (gint64 mm);

/** Characters a line of plain text: 32 on 58 mm, 48 on 80 mm. */
guint quay_paper_columns (QuayPaper paper);

/** Dots across the printable width at 8 dots/mm: 384 on 58 mm, 576 on 80 mm. */
guint quay_paper_dots (QuayPaper paper);

/**
 * QuayRowKind:
 * @QUAY_ROW_TEXT: @left alone, wrapped at words
 * @QUAY_ROW_PAIR: @left at the left, @right at the right
 * @QUAY_ROW_COLUMNS: @left, then @middle and @right aligned at their right; successive rows form
 *   one table, whose columns are as wide as their widest cell
 * @QUAY_ROW_RULE: a line across
 * @QUAY_ROW_CODE: @left as a QR code; beside it @middle, and @right in small letters
 * @QUAY_ROW_PAYMENT: @left as a large QR code for the customer's telephone; nothing in plain text
 */
typedef enum
{
  QUAY_ROW_TEXT,
  QUAY_ROW_PAIR,
  QUAY_ROW_COLUMNS,
  QUAY_ROW_RULE,
  QUAY_ROW_CODE,
  QUAY_ROW_PAYMENT,
} QuayRowKind;

/**
 * QuayRowStyle:
 * @QUAY_ROW_BANNER: centred, white on black; between asterisks in plain text
 * @QUAY_ROW_SPACED: some air above
 */
typedef enum
{
  QUAY_ROW_PLAIN = 0,
  QUAY_ROW_CENTRE = 1 << 0,
  QUAY_ROW_BOLD = 1 << 1,
  QUAY_ROW_LARGE = 1 << 2,
  QUAY_ROW_SMALL = 1 << 3,
  QUAY_ROW_INDENT = 1 << 4,
  QUAY_ROW_BANNER = 1 << 5,
  QUAY_ROW_SPACED = 1 << 6,
} QuayRowStyle;

/** One row. The texts are valid UTF-8 without control characters, at most QUAY_ROW_MAX_CHARS. */
typedef struct
{
  QuayRowKind kind;
  guint style;
  char *left;
  char *middle;
  char *right;
} QuayReceiptRow;

#define QUAY_ROW_MAX_CHARS 500

typedef struct _QuayReceipt QuayReceipt;

/**
 * quay_receipt_new:
 * @shop: printed on top; members that are NULL or empty are left out
 * @sale: with its lines, payments and taxes
 * @copy: 0 for the first print; n for the n-th reprint, which says so at its top and bottom
 *
 * A sale's receipt, PHIẾU BÁN HÀNG. It is no invoice and says that it replaces none (domain
 * e-invoice 2.2 and 2.4: a title, symbol or tax-authority code of an invoice must not be on it).
 *
 * Returns: (transfer full)
 */
QuayReceipt *quay_receipt_new (const QuayShop *shop, const QuaySaleRecord *sale,
                               guint copy) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_new_refund:
 * @refund: with its lines, payments and taxes
 * @copy: as of a sale's
 *
 * The slip of goods that came back, PHIẾU TRẢ HÀNG: of which receipt, how the money went back, why,
 * and who allowed it. Its code is the refund's number.
 *
 * Returns: (transfer full)
 */
QuayReceipt *quay_receipt_new_refund (const QuayShop *shop, const QuayRefundRecord *refund,
                                      guint copy) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_new_report:
 * @report: tenders keyed by quay_tender_name(), rates by basis points as text ("800", "-1"), where
 *   @amount includes @vat; rows by name
 *
 * The figures of a day, or of several, on the same paper.
 *
 * Returns: (transfer full)
 */
QuayReceipt *quay_receipt_new_report (const QuayShop *shop,
                                      const QuayReport *report) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_new_shift:
 * @shift: with its figures
 * @now: when it is printed, ms
 *
 * The report of a shift: X while it is open, Z with what was counted when it is closed. What a
 * blind one leaves out is left out.
 *
 * Returns: (transfer full)
 */
QuayReceipt *quay_receipt_new_shift (const QuayShop *shop, const QuayShift *shift,
                                     gint64 now) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_new_order:
 * @order: with its lines; the customer as far as known
 * @transfer: (nullable): by which the rest can be paid
 *
 * An order's slip, PHIẾU ĐẶT HÀNG: what was paid ahead and what is left to pay. Its code is the
 * order's number.
 *
 * Returns: (transfer full)
 */
QuayReceipt *quay_receipt_new_order (const QuayShop *shop, const QuayOrderRecord *order,
                                     const QuayTransfer *transfer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_new_account:
 * @lines: (element-type QuayCustomerLine): the account, newest first
 * @ts: when it is printed
 *
 * What a customer owes and why, SỔ NỢ: the last lines and the ages.
 *
 * Returns: (transfer full)
 */
QuayReceipt *quay_receipt_new_account (const QuayShop *shop, const QuayCustomer *customer,
                                       const GPtrArray *lines, gint64 ts) G_GNUC_WARN_UNUSED_RESULT;

void quay_receipt_free (QuayReceipt *receipt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayReceipt, quay_receipt_free)

/** A name for a file, of letters, digits and hyphens: QT1A-000042-7K2M9P, with -in-lai-2 on the
 * second reprint. */
const char *quay_receipt_get_name (const QuayReceipt *receipt);

/** How many rows it has, from top to bottom. */
guint quay_receipt_get_n_rows (const QuayReceipt *receipt);
/** The row at @index, which must be below the number of rows; both (transfer none). */
const QuayReceiptRow *quay_receipt_get_row (const QuayReceipt *receipt, guint index);

/**
 * quay_receipt_to_text:
 * @columns: cells a line, 16 to 200; quay_paper_columns()
 *
 * Plain text, UTF-8, each line ended by a newline and never wider than @columns: a letter is one
 * cell, marks and joiners none, East Asian wide characters two. Words that fit no line are broken.
 *
 * Returns: (transfer full)
 */
char *quay_receipt_to_text (const QuayReceipt *receipt, guint columns) G_GNUC_WARN_UNUSED_RESULT;

/** What the QR code on a receipt holds, so that the paper finds its sale:
 * "QUAY:QT1A-000042:7K2M9P"; (transfer full). */
char *quay_receipt_code_text (const char *number, const char *code) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_receipt_code_parse:
 * @text: as scanned
 * @number, @code: (out) (transfer full): untouched when it is not such a text
 *
 * Returns: TRUE if @text is what quay_receipt_code_text() makes
 */
gboolean quay_receipt_code_parse (const char *text, char **number,
                                  char **code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
