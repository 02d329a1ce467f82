/* What the three GS1 files share: the table of application identifiers and the list being built. */
#pragma once

#include "quay-gs1.h"

G_BEGIN_DECLS

/**
 * QuayGs1Rule:
 * @first, @last: identifiers of the same number of digits
 * @format: components by spaces: N digits, X CSET 82, Y CSET 39, Z base64url; "14" fixed length,
 *   "..20" up to; in brackets if it may be missing; then k check digit, d date, z date whose day
 *   may be 00
 * @flags: of QuayGs1Flags
 * @qualifiers: of a key: which fields may follow it in a link's path, in which order;
 *   alternatives by '|'; NULL if none
 */
typedef struct
{
  const char *first;
  const char *last;
  const char *format;
  guint flags;
  const char *qualifiers;
} QuayGs1Rule;

/**
 * QuayGs1Flags:
 * @QUAY_GS1_FIXED: of predefined length: no FNC1 behind it
 * @QUAY_GS1_QUERY: may stand in a link's query
 * @QUAY_GS1_KEY: may begin a link's identifying path
 * @QUAY_GS1_DECIMALS: of the range only those whose last digit is 0–5
 */
typedef enum
{
  QUAY_GS1_FIXED = 1 << 0,
  QUAY_GS1_QUERY = 1 << 1,
  QUAY_GS1_KEY = 1 << 2,
  QUAY_GS1_DECIMALS = 1 << 3,
} QuayGs1Flags;

/** The rule of the identifier that @text begins with and its number of digits; NULL if none. */
const QuayGs1Rule *quay_gs1_rule_at (const char *text, gsize len, gsize *ai_len);

/** The rule of exactly this identifier; NULL if there is none. */
const QuayGs1Rule *quay_gs1_rule (const char *ai, gsize len);

/** Checks a value against its rule. */
QuayCodeFault quay_gs1_check_value (const QuayGs1Rule *rule, const char *value, gsize len);

/** The length of a value of predefined length. */
gsize quay_gs1_fixed_length (const QuayGs1Rule *rule);

/**
 * quay_gs1_add:
 * @once: a repeated field is a fault even with the same value
 *
 * Checks and appends a field.
 */
QuayCodeFault quay_gs1_add (QuayGs1 *gs1, const QuayGs1Rule *rule, const char *ai, gsize ai_len,
                            const char *value, gsize len, gboolean once);

G_END_DECLS
