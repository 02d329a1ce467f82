/* Money, quantities and percentages as people in Vietnam write them, and read back what they type;
 * the notes a customer may hand over. Pure, no locale; any thread.
 */
#pragma once

#include "quay-money.h"

G_BEGIN_DECLS

/** U+00A0, before a sign or unit, so that a line never breaks there. */
#define QUAY_NBSP "\xC2\xA0"

/**
 * QuayMoneyStyle:
 * @QUAY_MONEY_SIGN: 1.234.567 ₫ with a no-break space; minus is U+2212
 * @QUAY_MONEY_LETTER: 1.234.567 đ, the sign as the accounting law spells it
 * @QUAY_MONEY_BARE: 1.234.567; minus is U+2212
 * @QUAY_MONEY_ASCII: 1.234.567d; minus is the hyphen
 */
typedef enum
{
  QUAY_MONEY_SIGN,
  QUAY_MONEY_LETTER,
  QUAY_MONEY_BARE,
  QUAY_MONEY_ASCII,
} QuayMoneyStyle;

/** Groups of three with dots, in the given style; any 64-bit amount; (transfer full). */
char *quay_format_money (QuayMoney amount, QuayMoneyStyle style) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_format_qty:
 * @unit: (nullable): kg, gói …; put after a no-break space
 *
 * Decimal comma, no trailing zeros: 1,25 or 0,485 kg. Never group separators, so that
 * quay_parse_qty() reads back what was shown. Minus is U+2212.
 *
 * Returns: (transfer full)
 */
char *quay_format_qty (QuayQty qty, const char *unit) G_GNUC_WARN_UNUSED_RESULT;

/** Basis points as a percentage: 800 → 8%, 550 → 5,5%; minus is U+2212; (transfer full). */
char *quay_format_percent (gint64 basis_points) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_parse_money:
 * @text: what a cashier typed or a file holds
 *
 * Whole đồng from 0 to QUAY_MONEY_MAX. A dot, comma or space separates groups of exactly three
 * digits, one kind of separator in a number, the first group not beginning with 0: so 1,5 and 1.50
 * are errors, never decimals. Shorthand: 35k, 1tr, 1tr2 = 1.200.000, 1tr25 = 1.250.000. May end in
 * đ, ₫, d, vnd, vnđ or đồng. Blanks at the ends are ignored. No sign: whether money comes or goes
 * is for the field to say.
 *
 * Returns: FALSE, with @out untouched, and QUAY_ERROR_INVALID, or QUAY_ERROR_OVERFLOW beyond range
 */
gboolean quay_parse_money (const char *text, QuayMoney *out, GError **error);

/**
 * quay_parse_qty:
 *
 * A quantity from 0 to QUAY_QTY_MAX: digits, then perhaps a comma or dot and one to three decimals.
 * Only for quantity fields, where both are decimal signs and nothing separates groups. Blanks at
 * the ends are ignored; no sign, no unit.
 *
 * Returns: FALSE, with @out untouched, and QUAY_ERROR_INVALID, or QUAY_ERROR_OVERFLOW beyond range
 */
gboolean quay_parse_qty (const char *text, QuayQty *out, GError **error);

#define QUAY_CASH_SUGGESTIONS 4

/**
 * quay_cash_suggestions:
 * @total: what is to be paid
 * @out: receives the amounts, ascending and distinct
 *
 * What a customer is likely to hand over: the exact amount, then the next multiples above it of
 * 10.000, 50.000, 100.000, 500.000, 1.000.000 … đồng, without those that nobody pays with: below
 * 500.000, where the change would contain one of the notes given (110.000 for 100.000), or thirty
 * or more of the step would have to be counted out; above 1.000.000, where the step exceeds the
 * total. 360.200 gives 360.200, 400.000, 500.000, 1.000.000; 500.000 only itself and 1.000.000.
 *
 * Returns: how many were written, 0 if there is nothing to pay
 */
guint quay_cash_suggestions (QuayMoney total, QuayMoney out[QUAY_CASH_SUGGESTIONS]);

G_END_DECLS
