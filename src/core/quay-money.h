/* Money in whole đồng, quantity in thousandths of a unit: two integer types that the compiler
 * keeps apart, and the one rounding function of the program. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whole đồng, signed. Allowed range: ±QUAY_MONEY_MAX. */
typedef struct
{
  gint64 dong;
} QuayMoney;

/** Thousandths of a unit (grams of a kilogram), signed. Allowed range: ±QUAY_QTY_MAX. */
typedef struct
{
  gint64 milli;
} QuayQty;

#define QUAY_MONEY_MAX G_GINT64_CONSTANT (999999999999999) /* đồng: 15 digits */
#define QUAY_QTY_MAX G_GINT64_CONSTANT (999999999999)      /* 999 million units */
#define QUAY_DONG(n) ((QuayMoney){ .dong = (n) })
#define QUAY_MILLI(n) ((QuayQty){ .milli = (n) })
#define QUAY_UNITS(n) ((QuayQty){ .milli = (n)*G_GINT64_CONSTANT (1000) })

/**
 * quay_muldiv:
 *
 * @out = a × b ÷ c, rounded to the nearest integer, halves away from zero, so that a return mirrors
 * its sale. The only rounding in the program.
 *
 * Returns: FALSE, with @out untouched, if @c is 0 or the result leaves 64 bits.
 */
gboolean quay_muldiv (gint64 a, gint64 b, gint64 c, gint64 *out) G_GNUC_WARN_UNUSED_RESULT;

/** @out = a + b; FALSE with @out untouched when the sum is beyond ±QUAY_MONEY_MAX. */
gboolean quay_money_add (QuayMoney a, QuayMoney b, QuayMoney *out) G_GNUC_WARN_UNUSED_RESULT;

/** @out = a − b; FALSE with @out untouched when beyond ±QUAY_MONEY_MAX. */
gboolean quay_money_sub (QuayMoney a, QuayMoney b, QuayMoney *out) G_GNUC_WARN_UNUSED_RESULT;

/** @out = price of one unit × quantity, rounded by quay_muldiv(); FALSE beyond the range. */
gboolean quay_money_times_qty (QuayMoney unit_price, QuayQty qty,
                               QuayMoney *out) G_GNUC_WARN_UNUSED_RESULT;

/** @out = a + b; FALSE with @out untouched when beyond ±QUAY_QTY_MAX. */
gboolean quay_qty_add (QuayQty a, QuayQty b, QuayQty *out) G_GNUC_WARN_UNUSED_RESULT;

/** True if the amount is within ±QUAY_MONEY_MAX. */
gboolean quay_money_in_range (QuayMoney m);

/** True if the quantity is within ±QUAY_QTY_MAX. */
gboolean quay_qty_in_range (QuayQty q);

G_END_DECLS
