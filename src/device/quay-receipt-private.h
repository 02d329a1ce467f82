/* How layouts add rows to a receipt; for the files of this folder. */
#pragma once

#include "quay-receipt.h"

G_BEGIN_DECLS

/* A text as paper can carry it: one line, valid, at most QUAY_ROW_MAX_CHARS letters, no marks that
 * turn the writing; "" for NULL; (transfer full). */
char *quay_receipt_clean_text (const char *text);

/* @name is made fit for a file name. */
QuayReceipt *quay_receipt_new_empty (const char *name);

/* Adds a row. The texts are copied and cleaned; NULL is as good as "". */
void quay_receipt_add (QuayReceipt *receipt, QuayRowKind kind, guint style, const char *left,
                       const char *middle, const char *right);

/* The same with texts that are given away. */
void quay_receipt_take (QuayReceipt *receipt, QuayRowKind kind, guint style, char *left,
                        char *middle, char *right);

/* A wrapped text of a label and a value; nothing if the value is NULL or empty. */
void quay_receipt_add_labelled (QuayReceipt *receipt, guint style, const char *label,
                                const char *value);

/* Shop's name, address, telephone and tax code. */
void quay_receipt_add_shop (QuayReceipt *receipt, const QuayShop *shop);
/** A banner, if nothing of it is real; quay_receipt_add_shop() adds one on top. */
void quay_receipt_add_training (QuayReceipt *receipt, const QuayShop *shop);

/* What a paper of ours is not (domain e-invoice 2.2). */
#define QUAY_RECEIPT_NO_INVOICE "Phiếu này không thay thế hoá\xC2\xA0đơn\xC2\xA0GTGT."

/* A name for a file, as quay_receipt_get_name() tells it; (transfer full). */
char *quay_receipt_file_name (const char *number, const char *code, guint copy);

/* That it is the @copy-th copy; nothing for 0. */
void quay_receipt_add_copy (QuayReceipt *receipt, guint copy);

/* What cash was rounded by, seen from the total. */
void quay_receipt_add_rounding (QuayReceipt *receipt, QuayMoney amount);

/* VAT by rate (of QuayTaxRow); nothing for no rows. */
void quay_receipt_add_taxes (QuayReceipt *receipt, const GArray *taxes);

/* @name without a break before a unit ("gói 500 g"); (transfer full). */
char *quay_receipt_keep_units (const char *name);

/* "8%", "Không chịu thuế"; (transfer full). */
char *quay_receipt_rate_text (gint64 rate_bp);

/* The VAT of a rate; a dash for goods that bear none; (transfer full). */
char *quay_receipt_vat_text (gint64 rate_bp, QuayMoney vat);

/* Rows of what was paid by tender, and of the VAT by rate; nothing for no rows (of QuayReportRow).
 */
void quay_receipt_add_tenders (QuayReceipt *receipt, const GPtrArray *tenders);
void quay_receipt_add_rates (QuayReceipt *receipt, const GPtrArray *rates);

/* "Tiền mặt", or @name as it stands for a tender unknown here. */
const char *quay_receipt_tender_text (gint64 tender, const char *name);

G_END_DECLS
