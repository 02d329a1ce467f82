/* Reads of lots. As all reads: answers count after quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-lot.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/** What lies of a product at a place: (element-type QuayLot) (transfer full), first expired first;
 * unallocated goods have a nil id and no terms. Lots of which nothing is left are not in it, those
 * below nothing are. */
GPtrArray *quay_reader_lots (QuayReader *reader, const QuayId *loc, const QuayId *product);

/** A lot by its id, without a quantity; (transfer full), NULL if unknown. */
QuayLot *quay_reader_lot (QuayReader *reader, const QuayId *id);

/** A lot of a product by its number, without a quantity; (transfer full), NULL if unknown. */
QuayLot *quay_reader_lot_of_code (QuayReader *reader, const QuayId *product, const char *code);

/** Figures of a lot over all places: quantities in thousandths, amounts in đồng. What is left is in
 * − sold − back − loss − waste. */
typedef struct
{
  gint64 in;
  gint64 sold;
  gint64 back;
  gint64 loss;
  gint64 waste;
  gint64 amount; /* sold for */
  gint64 cost;   /* of what was sold or lost: owed to the producer, or paid */
} QuayLotSums;
void quay_reader_lot_sums (QuayReader *reader, const QuayId *lot, QuayLotSums *sums);

/**
 * quay_reader_parts:
 * @doc, @line: a line of a sale, a refund, a document of goods
 *
 * Which lots the line took, with what was assigned since; what came back by refunds is not taken
 * off. (element-type QuayPart) (transfer full): with product and place; below 0 where goods came.
 */
GPtrArray *quay_reader_parts (QuayReader *reader, const QuayId *doc, gint64 line);

/** What refunds of a sale's line brought back, by the lots that it went to; quantities above 0.
 * (element-type QuayPart) (transfer full) */
GPtrArray *quay_reader_returned (QuayReader *reader, const QuayId *sale, gint64 line);

/** What a basket is made of: (element-type QuayPart): product and quantity for one; empty for what
 * is no basket. Kept as facts "part:<product id>" of the product. */
GPtrArray *quay_reader_recipe (QuayReader *reader, const QuayId *product);

/** All that lies at a place: (element-type QuayPart) with product, lot, quantity and the place
 * itself; (transfer full). */
GPtrArray *quay_reader_place (QuayReader *reader, const QuayId *loc);

G_END_DECLS
