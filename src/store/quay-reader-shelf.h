/* Reads for the page Stock: all products at once, one product's card, what became of a lot. They
 * look through whole tables, so they belong on a thread with a reader of its own. */
#pragma once

#include "quay-card.h"
#include "quay-reader.h"
#include "quay-shelf.h"

G_BEGIN_DECLS

/**
 * quay_reader_shelf:
 * @first: of the products by name, only so many, quickly (see QuayShelf.whole); 0: all
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_OVERFLOW if a figure leaves its range; settle the
 *   reader before believing it.
 */
QuayShelf *quay_reader_shelf (QuayReader *reader, const QuayShelfAsk *ask, guint first,
                              GError **error);

/** @visit is called for each place, product and lot of which something is left at a moment (0: now)
 * or less than nothing; @lot nil: unallocated. */
typedef void (*QuayBalanceVisitor) (const QuayId *loc, const QuayId *product, const QuayId *lot,
                                    gint64 milli, gpointer data);
void quay_reader_visit_balances (QuayReader *reader, gint64 at_ms, QuayBalanceVisitor visit,
                                 gpointer data);

/** A product's card: its lots, and its movements between two moments. (transfer full) */
QuayCard *quay_reader_card (QuayReader *reader, const QuayId *product, gint64 from_ms,
                            gint64 to_ms);

/** Sales of a lot, what was assigned to it since too: (element-type QuayLotSale) (transfer full),
 * oldest first. */
GPtrArray *quay_reader_lot_sales (QuayReader *reader, const QuayId *lot);

/** Lots that a receipt brought: (element-type QuayCardLot) (transfer full); empty if there is no
 * such document. @number as printed, any case. */
GPtrArray *quay_reader_receipt_lots (QuayReader *reader, const char *number);

G_END_DECLS
