/* GS1 data: check digits, element strings, their bracketed form for people, and Digital Link
 * addresses, read into one list of (application identifier, value). Pure; any thread.
 * Rules: GS1 General Specifications and the GS1 Barcode Syntax Dictionary, release 2026-01-27. */
#pragma once

#include "quay-day.h"

G_BEGIN_DECLS

#define QUAY_GS1_MAX_ELEMENTS 24
#define QUAY_GS1_MAX_TEXT 512
#define QUAY_GS1_FNC1 '\x1d'

/**
 * QuayCodeFault:
 * @QUAY_CODE_OK: nothing is wrong
 * @QUAY_CODE_CHECK_DIGIT: a check digit does not fit: misread or mistyped
 * @QUAY_CODE_LENGTH: a value too short, too long or empty
 * @QUAY_CODE_CHARACTER: a character that the field does not allow
 * @QUAY_CODE_DATE: a date that does not exist
 * @QUAY_CODE_UNKNOWN_AI: an application identifier that GS1 has not given out
 * @QUAY_CODE_DUPLICATE_AI: the same identifier twice (in an element string: with two values)
 * @QUAY_CODE_MISPLACED_AI: an identifier where a Digital Link does not allow it
 * @QUAY_CODE_NO_KEY: an address without a GS1 key in its path: no Digital Link
 * @QUAY_CODE_ESCAPE: a broken %-escape, a NUL, or bytes that are not UTF-8
 * @QUAY_CODE_TOO_MUCH: longer than any code that a till has to read
 * @QUAY_CODE_CRC: a payment code whose checksum is wrong
 *
 * Why a code is refused. The user's words are chosen in app.
 */
typedef enum
{
  QUAY_CODE_OK,
  QUAY_CODE_CHECK_DIGIT,
  QUAY_CODE_LENGTH,
  QUAY_CODE_CHARACTER,
  QUAY_CODE_DATE,
  QUAY_CODE_UNKNOWN_AI,
  QUAY_CODE_DUPLICATE_AI,
  QUAY_CODE_MISPLACED_AI,
  QUAY_CODE_NO_KEY,
  QUAY_CODE_ESCAPE,
  QUAY_CODE_TOO_MUCH,
  QUAY_CODE_CRC,
} QuayCodeFault;

/** A short name for programs: "ok", "check-digit", "duplicate-ai" … */
const char *quay_code_fault_name (QuayCodeFault fault);

/** One field: @ai of 2–4 digits; its value starts at @at of QuayGs1.text; @fnc1 if the value's end
 * has to be marked when another field follows. */
typedef struct
{
  char ai[5];
  gboolean fnc1;
  guint16 at;
} QuayGs1Element;

/** The fields of one code in the order read. A plain value: copying it is enough. */
typedef struct
{
  guint n_elements;
  QuayGs1Element elements[QUAY_GS1_MAX_ELEMENTS];
  gsize text_len;
  char text[QUAY_GS1_MAX_TEXT];
} QuayGs1;

/**
 * quay_gs1_parse_elements:
 * @text: @len bytes; FNC1 is 0x1D, one at the start is allowed; no symbology identifier
 *
 * Reads an element string. Fields of predefined length need no FNC1 after them; the others end at
 * FNC1 or at the end. A field repeated with the same value is kept once. That certain fields
 * need others beside them is not demanded: a pack may carry them in two symbols.
 *
 * Returns: the fault; @out is then undefined.
 */
QuayCodeFault quay_gs1_parse_elements (const char *text, gsize len,
                                       QuayGs1 *out) G_GNUC_WARN_UNUSED_RESULT;

/** Reads the form printed for people, "(01)09520123456788(10)ABC1"; rules as for element strings.
 */
QuayCodeFault quay_gs1_parse_brackets (const char *text, gsize len,
                                       QuayGs1 *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_gs1_parse_link:
 * @uri: @len bytes of an http or https address
 * @short_gtin: also take GTINs of 8, 12 or 13 digits, which old links have without leading zeros
 *
 * Reads a GS1 Digital Link of any host. Nothing is fetched. Names in the query that are not numbers
 * and the fragment are ignored.
 *
 * Returns: QUAY_CODE_NO_KEY for an address that is none; another fault for one that is broken.
 */
QuayCodeFault quay_gs1_parse_link (const char *uri, gsize len, gboolean short_gtin,
                                   QuayGs1 *out) G_GNUC_WARN_UNUSED_RESULT;

/** The value of field @ai, valid as long as @gs1; NULL if the code does not carry it. */
const char *quay_gs1_get (const QuayGs1 *gs1, const char *ai);

/**
 * quay_gs1_find:
 * @family: the first three digits of a four-digit identifier ("310")
 * @digit: (out): the fourth one, which says how many decimals the value has
 *
 * The value of the first field of a family, as quay_gs1_get().
 */
const char *quay_gs1_find (const QuayGs1 *gs1, const char *family, int *digit);

/** The element string with @fnc1 in front and where it is needed; (transfer full). */
char *quay_gs1_to_text (const QuayGs1 *gs1, char fnc1);

/**
 * quay_gs1_day:
 * @yymmdd: six digits, more may follow
 * @today: the century is the one that puts the year within −49…+50 of this day's
 * @month_end: what day 00 means: the last day of the month (expiry) or the first (production)
 *
 * Returns: 0 for a date that does not exist.
 */
QuayDay quay_gs1_day (const char *yymmdd, QuayDay today, gboolean month_end);

/** True if all of the two or more bytes are digits and the last one is the check digit: weights 3,
 * 1, 3 … from the right, sum to a multiple of ten. */
gboolean quay_gs1_check (const char *digits, gsize len);

/** The check digit ('0'–'9') that belongs behind @len digits. */
char quay_gs1_check_digit (const char *digits, gsize len);

G_END_DECLS
