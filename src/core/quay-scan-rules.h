/* What a shop sets about the codes that it scans: the layouts of its in-store labels by prefix and
 * the hosts of known traceability systems. Plain values with a text form for the settings. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_SCAN_MAX_LABELS 16
#define QUAY_SCAN_MAX_HOSTS 512

/**
 * QuayScanLabelKind:
 * @QUAY_SCAN_LABEL_WEIGHT: the value is a weight in kilograms
 * @QUAY_SCAN_LABEL_PRICE: the value is the price to pay
 * @QUAY_SCAN_LABEL_COUNT: the value is a number of pieces
 * @QUAY_SCAN_LABEL_OWN: no value: the shop's own sequence for goods that carry no code
 */
typedef enum
{
  QUAY_SCAN_LABEL_WEIGHT,
  QUAY_SCAN_LABEL_PRICE,
  QUAY_SCAN_LABEL_COUNT,
  QUAY_SCAN_LABEL_OWN,
} QuayScanLabelKind;

/**
 * QuayScanLabel:
 * @prefix: 2, or 20–29: the numbers that GS1 leaves to the shop
 * @item_digits: 4–6; 10 for @QUAY_SCAN_LABEL_OWN
 * @value_digits: 4–6; 0 for @QUAY_SCAN_LABEL_OWN
 * @decimals: decimals of a weight, 0–3; of a price −3–0, since a đồng has none: −2 means hundreds;
 * else 0
 * @inner: 1 if a price check digit stands between item and value; it is skipped, since how it
 *   is worked out differs by country
 *
 * The layout of a 13-digit in-store label: prefix, item, inner digit, value, check digit.
 * GS1 leaves it to the country, and Vietnam has set none, so each shop sets its own.
 */
typedef struct
{
  int prefix;
  int item_digits;
  int value_digits;
  QuayScanLabelKind kind;
  int decimals;
  int inner;
} QuayScanLabel;

/**
 * QuayScanRules:
 * @hosts: hosts of traceability systems by commas; a host stands for those below it too, "*.gov.vn"
 *   for those below it alone
 * @short_gtin: take Digital Links whose GTIN lacks its leading zeros
 */
typedef struct
{
  guint n_labels;
  QuayScanLabel labels[QUAY_SCAN_MAX_LABELS];
  char hosts[QUAY_SCAN_MAX_HOSTS];
  gboolean short_gtin;
} QuayScanRules;

/** The proposal of a new shop: 21 weight in grams, 22 price in hundreds of đồng, 26 weight in grams
 * as Vietnamese scales print it, 29 own sequence; itrace247.com, verigoods.vn and *.gov.vn. */
QuayScanRules quay_scan_rules_default (void);

/**
 * quay_scan_rules_set_labels:
 * @text: layouts by commas, "prefix:item:value:kind:decimals:inner", as "21:5:5:weight:3:0"; kind
 * is weight, price, count or own; spaces around a layout are allowed; empty for no labels
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, naming the layout; @rules is then unchanged.
 */
gboolean quay_scan_rules_set_labels (QuayScanRules *rules, const char *text, GError **error);

/** The text form of the layouts, in their order; (transfer full). */
char *quay_scan_rules_dup_labels (const QuayScanRules *rules);

/** Sets the hosts; FALSE with QUAY_ERROR_INVALID if one has a character that no host name has, or
 * the list is too long; @rules is then unchanged. */
gboolean quay_scan_rules_set_hosts (QuayScanRules *rules, const char *text, GError **error);

/** The layout of a prefix; NULL if there is none. */
const QuayScanLabel *quay_scan_rules_find_label (const QuayScanRules *rules, int prefix);

/** True if @host, @len bytes in either case, is of a known traceability system. */
gboolean quay_scan_rules_is_trace_host (const QuayScanRules *rules, const char *host, gsize len);

G_END_DECLS
