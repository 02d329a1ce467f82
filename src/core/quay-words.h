/* Amounts in words (số tiền bằng chữ), as receipts, vouchers and invoices carry them.
 * Pure; any thread.
 */
#pragma once

#include "quay-money.h"

G_BEGIN_DECLS

/**
 * QuayWordsOptions:
 * @le: lẻ instead of linh: một trăm lẻ năm (South)
 * @ngan: ngàn instead of nghìn (South)
 * @bon: hai mươi bốn instead of hai mươi tư
 * @chan: chẵn after đồng, in sentences only
 *
 * Ways of speaking, all correct; all FALSE is the default (North).
 */
typedef struct
{
  gboolean le;
  gboolean ngan;
  gboolean bon;
  gboolean chan;
} QuayWordsOptions;

/**
 * quay_words:
 * @n: any 64-bit number
 * @options: (nullable): NULL for the default
 *
 * The number in Vietnamese, small letters, NFC, single spaces: 1.005.000 → một triệu không trăm
 * linh năm nghìn; a negative begins with âm. At most 255 characters, the limit of the e-invoice
 * field TgTTTBChu, with đồng and chẵn included.
 *
 * Returns: (transfer full)
 */
char *quay_words (gint64 n, const QuayWordsOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/** The amount as a sentence: Ba mươi lăm nghìn đồng; options as above; (transfer full). */
char *quay_words_money (QuayMoney amount,
                        const QuayWordsOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
