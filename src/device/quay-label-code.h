/* Barcodes of labels as rows of modules, by libzint. For the files of this folder; any thread. */
#pragma once

#include "quay-label.h"

G_BEGIN_DECLS

/**
 * QuayBars: a linear barcode without its quiet zones.
 * @n: modules; @dark: one byte each, 1 where black
 * @quiet: modules of white that it needs at each side
 * @text: what is printed below it
 */
typedef struct
{
  guint n;
  guint8 *dark;
  guint quiet;
  char *text;
} QuayBars;

void quay_bars_free (QuayBars *bars);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayBars, quay_bars_free)

/** EAN-13 or EAN-8 of a valid GTIN that has 13 (12) or 8 digits, else Code-128; NULL for what can't
 * be a barcode (letters beyond Latin-1, too long). (transfer full) */
QuayBars *quay_bars_of_code (const char *code);

/** GS1-128 of a lot: (01), (17) where @expires is known, (10) where the lot's number can be in it;
 * NULL without a GTIN. (transfer full) */
QuayBars *quay_bars_of_lot (const char *gtin, const char *lot, QuayDay expires);

/** The same as text: "(01)09520123456788(17)270131(10)L1"; NULL without a GTIN. (transfer full) */
char *quay_lot_code_text (const char *gtin, const char *lot, QuayDay expires);

G_END_DECLS
