/* A product's card (02-BH): its lots and movements; where a lot went. Values. */
#pragma once

#include "quay-lot.h"

G_BEGIN_DECLS

/** What is left of a lot at a place. @inside: it lies in ready baskets, not at a place. */
typedef struct
{
  char *place;
  QuayQty qty;
  gboolean inside;
} QuayCardPlace;

/** A lot on a card: @lot.qty is what is left everywhere; @name, @sku of its product; @in: received,
 * @sold: sold so far. */
typedef struct
{
  QuayLot *lot;
  char *sku;
  char *name;
  char *unit;
  QuayQty in;
  QuayQty sold;
  GPtrArray *places; /* QuayCardPlace */
} QuayCardLot;

/**
 * QuayCardMove: one movement.
 * @kind: of the event ("sale", "goods.received", …); @reason: of the document, NULL if none
 * @number: the document's, NULL if it has none
 * @code: of the lot, NULL: unallocated or without one; @has_lot: it is of a lot
 * @place: NULL if it lies in baskets
 * @qty: above 0: came; @amount: sold for, above 0 for sales
 * @balance: what was left everywhere after it
 */
typedef struct
{
  gint64 ts;
  char *kind;
  char *reason;
  char *number;
  char *who;
  QuayId shift;
  gboolean has_lot;
  char *code;
  char *place;
  QuayQty qty;
  QuayMoney amount;
  QuayQty balance;
} QuayCardMove;

/** A card. @before: what was left before the first of @moves. Rows are by time. */
typedef struct
{
  QuayId product;
  gint64 from_ms;
  gint64 to_ms;
  QuayQty before;
  GPtrArray *lots;  /* QuayCardLot: by FEFO, those of which something is left first */
  GPtrArray *moves; /* QuayCardMove */
} QuayCard;

/** A sale of a lot: for a recall. @qty, @amount: of that lot, what came back taken off. */
typedef struct
{
  QuayId sale;
  char *number;
  QuayDay day;
  gint64 ts;
  QuayQty qty;
  QuayQty back;
  QuayMoney amount;
  gboolean has_buyer;
} QuayLotSale;

/** A line of 02-BH: a day and a shift of one person. @opening + @in + @other_in − @sold − @out =
 * closing. */
typedef struct
{
  QuayDay day;
  QuayId shift;
  char *who;
  QuayQty opening;
  QuayQty in;
  QuayQty other_in;
  QuayQty sold;
  QuayMoney sold_for;
  QuayQty out;
  QuayMoney out_for;
} QuayCardDay;

/** An empty card of a product; (transfer full). */
QuayCard *quay_card_new (const QuayId *product, gint64 from_ms, gint64 to_ms);
void quay_card_free (QuayCard *card);
void quay_card_lot_free (QuayCardLot *lot);
void quay_card_place_free (QuayCardPlace *place);
void quay_card_move_free (QuayCardMove *move);
void quay_lot_sale_free (QuayLotSale *sale);
void quay_card_day_free (QuayCardDay *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCard, quay_card_free)

/** Lines of 02-BH, one a day and shift: (element-type QuayCardDay) (transfer full). Sales less what
 * came back are sold; goods received are in; all else is other. @cutoff_min: of the business day.
 * Moves between places change nothing and make no line. */
GPtrArray *quay_card_days (const QuayCard *card, int cutoff_min);

G_END_DECLS
