/* A document of goods as it is read back. A value; members are owned. */
#pragma once

#include "quay-goods.h"

G_BEGIN_DECLS

/**
 * QuayDocument: a voucher that was posted, whole, whatever number of events it took.
 * @voucher: @total is that of the whole document; its lines are empty in lists
 * @kind: QuayGoodsKind
 * @day, @ts, @who: when and by whom
 * @loc, @place, @to_place: where, and the names of the places; NULL: a place without a name
 * @party_name: of the producer or supplier as known today; NULL if there is none
 * @reversed_by: the document that took this one back; nil if none did
 * @lots: of a whole document: (element-type QuayLot): what is known of each line's lot, NULL where
 *   there is none; as many as lines
 */
typedef struct
{
  QuayId id;
  QuayGoodsKind kind;
  QuayVoucher *voucher;
  QuayDay day;
  gint64 ts;
  char *who;
  QuayId loc;
  char *place;
  char *to_place;
  char *party_name;
  QuayId reversed_by;
  GPtrArray *lots;
} QuayDocument;

void quay_document_free (QuayDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayDocument, quay_document_free)

/**
 * QuayDocumentFilter: which documents a list holds, newest first.
 * @kind: QuayGoodsKind, −1: all
 * @from, @to: days, both in it
 * @text: part of a number, or words of names, notes and products; NULL: all
 */
typedef struct
{
  int kind;
  QuayDay from;
  QuayDay to;
  const char *text;
  guint offset;
  guint limit;
} QuayDocumentFilter;

G_END_DECLS
