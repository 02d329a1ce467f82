/* What a scanned or typed code means: product, in-store weight or price label, GS1 data, trace
 * code, payment code, web address. A pure function of text, rules and day; any thread. */
#pragma once

#include "quay-gs1.h"
#include "quay-money.h"
#include "quay-scan-rules.h"

G_BEGIN_DECLS

#define QUAY_SCAN_MAX_TEXT 7089 /* bytes: the most digits that a QR code holds */
#define QUAY_GTIN_LEN 14

/**
 * QuayScanKind:
 * @QUAY_SCAN_UNKNOWN: anything else: a shop's own code, an opaque trace code, or a misread
 * @QUAY_SCAN_PRODUCT: EAN-13, EAN-8, UPC-A, ITF-14, or the shop's own 13-digit sequence
 * @QUAY_SCAN_WEIGHED: an in-store label with an item number and a weight
 * @QUAY_SCAN_PRICED: an in-store label with an item number and a price to pay
 * @QUAY_SCAN_COUNTED: an in-store label with an item number and a number of pieces
 * @QUAY_SCAN_GS1: GS1 data; @QuayScan.code is empty when it names no product
 * @QUAY_SCAN_TRACE: an address of a known traceability system
 * @QUAY_SCAN_PAYMENT: a VietQR or other EMVCo payment code: never a product
 * @QUAY_SCAN_WEB: another web address: never a product unless the user has bound it
 */
typedef enum
{
  QUAY_SCAN_UNKNOWN,
  QUAY_SCAN_PRODUCT,
  QUAY_SCAN_WEIGHED,
  QUAY_SCAN_PRICED,
  QUAY_SCAN_COUNTED,
  QUAY_SCAN_GS1,
  QUAY_SCAN_TRACE,
  QUAY_SCAN_PAYMENT,
  QUAY_SCAN_WEB,
} QuayScanKind;

/**
 * QuayScan:
 * @fault: why it is not what it looks like; QUAY_CODE_OK where nothing looked wrong
 * @symbology: AIM identifier as sent by the scanner ("]C1"), or empty
 * @text: the code byte for byte, without symbology identifier and end of line; owned; this is what
 *   a shop's own codes and bound trace codes are looked up by, before anything else
 * @code: the digits of the product's code: as scanned (8, 12, 13 or 14 digits); of GS1 data its 13
 *   digits where the indicator is 0, else 14; of an in-store label all 13
 * @alt: the other usual way to write @code: UPC-A with its leading 0, EAN-13 that begins with 0
 *   without it, 14 digits for 13; or empty. See also quay_gtin_forms()
 * @gtin: @code as 14 digits; empty for in-store labels
 * @item: item number of an in-store label, zeros kept ("00123")
 * @weight: net weight in grams; 0 where the code carries none or the label says 0: ask the scale
 * @price: to pay, VAT included; valid if @has_price
 * @count: pieces; 0 where the code carries none
 * @lot, @serial: of GS1 data, else empty
 * @produced, @packed, @best_before, @sell_by, @expires: of GS1 data, else 0; goods past @expires
 *   (fields 17 and 7003) must not be sold
 * @trace_host: the address is of a known traceability system, also where @kind is GS1
 */
typedef struct
{
  QuayScanKind kind;
  QuayCodeFault fault;
  char symbology[4];
  char *text;
  char code[QUAY_GTIN_LEN + 1];
  char alt[QUAY_GTIN_LEN + 1];
  char gtin[QUAY_GTIN_LEN + 1];
  char item[8];
  QuayQty weight;
  QuayMoney price;
  gboolean has_price;
  gint64 count;
  char lot[21];
  char serial[21];
  QuayDay produced;
  QuayDay packed;
  QuayDay best_before;
  QuayDay sell_by;
  QuayDay expires;
  gboolean trace_host;
} QuayScan;

/**
 * quay_scan_parse:
 * @text: @len bytes from a scanner or an entry; need not be terminated
 * @today: places two-digit years in their century
 * @out: (out caller-allocates): set in every case; free its contents with quay_scan_clear()
 *
 * Says what a code means, without looking anything up. Anything that is no more than opaque text
 * is QUAY_SCAN_UNKNOWN with that text. Nothing is fetched and no text is rewritten.
 */
void quay_scan_parse (const char *text, gsize len, const QuayScanRules *rules, QuayDay today,
                      QuayScan *out);

/** Frees the contents and makes it empty; may be called again. */
void quay_scan_clear (QuayScan *scan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QuayScan, quay_scan_clear)

/** "product", "weighed", "priced", "counted", "gs1", "trace", "payment", "web" or "unknown". */
const char *quay_scan_kind_name (QuayScanKind kind);

/** True for 8, 12, 13 or 14 digits with the right check digit. */
gboolean quay_gtin_is_valid (const char *code, gsize len);

/**
 * quay_gtin_forms:
 * @code: a valid GTIN of any length
 * @forms: (out): the ways to write it, longest first: 14, 13, 12 and 8 digits as its leading zeros
 *   allow; a catalogue may hold any of them
 *
 * Returns: how many.
 */
guint quay_gtin_forms (const char *code, char forms[4][QUAY_GTIN_LEN + 1]);

G_END_DECLS
