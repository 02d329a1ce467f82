/* What somebody should look at: balances that can't be, and the lines of documents that made them.
 * Values, shared by queries, verbs and pages. */
#pragma once

#include "quay-goods.h"
#include "quay-lot.h"

G_BEGIN_DECLS

/**
 * QuayOpenLine: what a line of a document took from a lot at a place, less what came back and what
 * was given to other lots since.
 * @kind: what became of the goods
 * @bearer: the document says that the producer bears the loss, which he does of his own goods alone
 * @moved: they only went to @other, another place or a basket; @kind is then QUAY_ASSIGN_SOLD
 * @lot: nil: unallocated
 * @party: to whom goods went back (QUAY_ASSIGN_BACK); nil otherwise
 * @qty: below 0: more came back, or was given to other lots, than the line took
 * @amount: sold for; @cost: what these goods cost so far, 0 where unallocated
 * @worth: what was paid for them, also where it was paid back (spoilt goods)
 * @line_amount, @line_net, @price: of the sale's line, for the terms of a lot
 */
typedef struct
{
  QuayId doc;
  gint64 line;
  QuayAssignKind kind;
  gboolean moved;
  gboolean of_sale;
  gboolean bearer;
  QuayId other;
  QuayId loc;
  QuayId product;
  QuayId lot;
  QuayId party;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney cost;
  QuayMoney worth;
  QuayMoney line_amount;
  QuayMoney line_net;
  QuayMoney price;
  gint64 ts;
  QuayDay day;
  char *number;
  char *who;
} QuayOpenLine;

void quay_open_line_free (QuayOpenLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayOpenLine, quay_open_line_free)

/** What becomes of the goods of @open if they are of a lot of @terms (nullable: of none). Goods
 * that the shop has bought are its loss, whoever the document says bears it. */
QuayAssignKind quay_open_line_fate (const QuayOpenLine *open, const QuayTerms *terms);

/**
 * QuayAttention: a balance that can't be.
 * @lot: nil: unallocated
 * @qty: below 0: more left than was there; above 0 (unallocated only): goods came back whose line
 *   was given to a lot
 */
typedef struct
{
  QuayId loc;
  QuayId product;
  QuayId lot;
  QuayQty qty;
  char *name;
  char *sku;
  char *unit;
  char *code; /* of the lot, NULL if none */
  char *place;
  gboolean weighed;
} QuayAttention;

void quay_attention_free (QuayAttention *attention);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayAttention, quay_attention_free)

G_END_DECLS
