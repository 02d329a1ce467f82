/* VAT of a document whose prices include it. Pure; any thread. */
#pragma once

#include "quay-sale.h"

G_BEGIN_DECLS

#define QUAY_RATE_NOT_TAXED (-1) /* KCT: goods outside VAT */
#define QUAY_RATE_MAX 10000      /* 100 % */

/** VAT of one rate over a document; gross = net + vat always. */
typedef struct
{
  gint64 rate_bp;
  QuayMoney gross;
  QuayMoney net;
  QuayMoney vat;
} QuayTaxRow;

/**
 * quay_tax_apply:
 * @lines: (element-type QuayLine): with @amount and @rate_bp set; @net is written
 * @rows: (out) (transfer full) (nullable): GArray of QuayTaxRow by rising rate
 *
 * Groups the lines by rate; for each rate net = gross ÷ (1 + rate), rounded once, and VAT is the
 * rest, so that the total is the cash taken; the net is then spread over the lines by largest
 * remainder (domain tax rules 3.4; whole đồng, half away from zero).
 *
 * Returns: FALSE with QUAY_ERROR_OVERFLOW or, for a rate out of range, QUAY_ERROR_INVALID.
 */
gboolean quay_tax_apply (GPtrArray *lines, GArray **rows, GError **error);

/** The VAT contained in @gross at @rate_bp, as one group; FALSE out of range. */
gboolean quay_tax_split (QuayMoney gross, gint64 rate_bp, QuayTaxRow *out);

G_END_DECLS
