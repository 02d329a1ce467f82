/* VietQR: the text of a bank transfer's QR code (EMVCo merchant-presented QR with NAPAS's template
 * 38, version of September 2021). Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_VIETQR_BIN_LEN 6
#define QUAY_VIETQR_ACCOUNT_MAX 19
#define QUAY_VIETQR_TEXT_MAX 25 /* of the name and of each text of the order */
#define QUAY_VIETQR_CITY_MAX 15
#define QUAY_VIETQR_AMOUNT_MAX G_GINT64_CONSTANT (9999999999999) /* 13 digits, đồng */
#define QUAY_VIETQR_MAX 512                                      /* characters of a payload */

/**
 * QuayVietqrFault: why a payload is refused, or can't be made.
 * @QUAY_VIETQR_BAD_CHARACTERS: it holds what is no printable text
 * @QUAY_VIETQR_NO_CODE: it does not begin as a payment code does
 * @QUAY_VIETQR_BROKEN: a length runs past the end, or a part does not fill its frame
 * @QUAY_VIETQR_TWICE: a field stands in it twice
 * @QUAY_VIETQR_NO_CHECKSUM: its last field is not the checksum
 * @QUAY_VIETQR_BAD_CHECKSUM: the checksum is not that of the text
 * @QUAY_VIETQR_BAD_USE: neither for many uses nor for one
 * @QUAY_VIETQR_NO_TRANSFER: no account of a bank of NAPAS is in it
 * @QUAY_VIETQR_BAD_BIN, @QUAY_VIETQR_BAD_ACCOUNT, @QUAY_VIETQR_BAD_SERVICE,
 * @QUAY_VIETQR_BAD_CURRENCY, @QUAY_VIETQR_BAD_AMOUNT, @QUAY_VIETQR_BAD_COUNTRY,
 * @QUAY_VIETQR_BAD_TEXT: what is in that field can't be
 * @QUAY_VIETQR_TOO_LONG: its texts together are too long
 */
typedef enum
{
  QUAY_VIETQR_OK,
  QUAY_VIETQR_BAD_CHARACTERS,
  QUAY_VIETQR_NO_CODE,
  QUAY_VIETQR_BROKEN,
  QUAY_VIETQR_TWICE,
  QUAY_VIETQR_NO_CHECKSUM,
  QUAY_VIETQR_BAD_CHECKSUM,
  QUAY_VIETQR_BAD_USE,
  QUAY_VIETQR_NO_TRANSFER,
  QUAY_VIETQR_BAD_BIN,
  QUAY_VIETQR_BAD_ACCOUNT,
  QUAY_VIETQR_BAD_SERVICE,
  QUAY_VIETQR_BAD_CURRENCY,
  QUAY_VIETQR_BAD_AMOUNT,
  QUAY_VIETQR_BAD_COUNTRY,
  QUAY_VIETQR_BAD_TEXT,
  QUAY_VIETQR_TOO_LONG,
} QuayVietqrFault;
#define QUAY_VIETQR_N_FAULTS (QUAY_VIETQR_TOO_LONG + 1)

/** A short name ("bad-checksum") for programs and tests. */
const char *quay_vietqr_fault_name (QuayVietqrFault fault);
/** A sentence for people in English, which is also its msgid; static. */
const char *quay_vietqr_fault_text (QuayVietqrFault fault);

/** A text of a payload: ASCII 0x20…0x7E. */
typedef char QuayVietqrText[QUAY_VIETQR_TEXT_MAX + 1];

/**
 * QuayVietqr: what a payload says. A plain value; all empty texts are left out.
 * @once: it is for one payment ("12"), else for many ("11")
 * @card: to a card, else to an account
 * @bin: the bank, 6 digits
 * @account: its number, letters and digits
 * @amount: đồng; 0: the payer types it
 * @category: kind of trade (ISO 18245), 4 digits
 * @name, @city: of who is paid
 * @bill … @purpose: of the order; "***" asks the payer; the bank's statement shows @purpose
 */
typedef struct
{
  gboolean once;
  gboolean card;
  char bin[QUAY_VIETQR_BIN_LEN + 1];
  char account[QUAY_VIETQR_ACCOUNT_MAX + 1];
  gint64 amount;
  char category[5];
  QuayVietqrText name;
  char city[QUAY_VIETQR_CITY_MAX + 1];
  QuayVietqrText bill;
  QuayVietqrText mobile;
  QuayVietqrText store;
  QuayVietqrText loyalty;
  QuayVietqrText reference;
  QuayVietqrText customer;
  QuayVietqrText terminal;
  QuayVietqrText purpose;
} QuayVietqr;

/** What is wrong with a bank's BIN, or an account's number; spaces are not taken off. */
gboolean quay_vietqr_bin_is_sound (const char *bin);
gboolean quay_vietqr_account_is_sound (const char *account);

/**
 * quay_vietqr_fold:
 * @to: of @room bytes, as the members of QuayVietqr
 * @text: (nullable): any text
 *
 * Writes @text as a payload can carry it: folded to ASCII (quay_text_fold()), control characters
 * and runs of blanks as one blank, then cut to fit.
 */
void quay_vietqr_fold (char *to, gsize room, const char *text);
#define QUAY_VIETQR_SET(member, text) quay_vietqr_fold (member, sizeof (member), text)

/**
 * quay_vietqr_build:
 * @payload: (out) (transfer full): NULL where it fails
 *
 * Makes the payload, fields in ascending order. It is parsed back and compared before it is given
 * out. An amount goes with a code for one payment only.
 *
 * Returns: QUAY_VIETQR_OK, or the first fault of @qr
 */
QuayVietqrFault quay_vietqr_build (const QuayVietqr *qr, char **payload) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_vietqr_parse:
 * @text: @len bytes, -1 if NUL-terminated
 * @out: untouched unless it returns QUAY_VIETQR_OK
 *
 * Reads a payload; fields that are not known are skipped. Never reads past @len.
 */
QuayVietqrFault quay_vietqr_parse (const char *text, gssize len,
                                   QuayVietqr *out) G_GNUC_WARN_UNUSED_RESULT;

/** TRUE if both say the same. */
gboolean quay_vietqr_equal (const QuayVietqr *a, const QuayVietqr *b);

/** CRC-16/CCITT-FALSE: polynomial 0x1021, begins with 0xFFFF. */
guint16 quay_vietqr_crc (const char *bytes, gsize len);

G_END_DECLS
