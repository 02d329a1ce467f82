/* Documents of goods: what is received, issued, moved, counted, put into baskets. Values, shared by
 * pages, events and forms. Text members are owned. */
#pragma once

#include "quay-lot.h"

G_BEGIN_DECLS

/** Kinds of document of goods; each is an event of its own. */
typedef enum
{
  QUAY_GOODS_RECEIVED,
  QUAY_GOODS_ISSUED,
  QUAY_GOODS_MOVED,
  QUAY_GOODS_COUNTED,
  QUAY_GOODS_BUNDLED,
} QuayGoodsKind;
#define QUAY_N_GOODS_KINDS 5

/**
 * QuayVoucherLine: a line of a document of goods.
 * @name, @sku, @unit: as they were
 * @lot: which lot moves; of goods received: the new lot; nil: unallocated
 * @qty: received, counted: signed, added to the stock (counted: found − book); issued and moved:
 *   above 0, taken; bundled: signed, at the document's place
 * @other: the other quantity of the form: on paper (01-VT), asked for (02-VT), book (05-VT); gross
 *   weight (06-VT)
 * @price: of a unit; @amount: of the line; both as on the form
 * @cost: what an issue or a difference costs the shop: purchase price, or the producer's share that
 *   the shop owes for consigned goods which it lost
 * @bearer: 1: the producer bears the loss (consigned goods only)
 * @seen: of a count: when the goods were looked at, ms
 * @terms_kind …: of a received lot, its terms (QuayTerms); 0 for one that is taken back
 * @deduct: taken off for moisture, dirt or grade, hundredths of a percent (06-VT)
 */
typedef struct
{
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  QuayId lot;
  QuayQty qty;
  QuayQty other;
  QuayMoney price;
  QuayMoney amount;
  QuayMoney cost;
  gint64 bearer;
  gint64 seen;
  QuayTerms terms;
  QuayId producer;
  gint64 made;
  gint64 expires;
  char *code;
  char *trace;
  gint64 deduct;
  char *note;
} QuayVoucherLine;

/**
 * QuayVoucher: goods.received (01-VT, 06-VT), goods.issued (02-VT), goods.moved, goods.counted
 * (05-VT), goods.bundled.
 * @number: PNK, PXK, PCK, KK, DG; empty in the further events of a long document
 * @document: nil, or the first event of a document that takes several
 * @party: producer or supplier, nil if none; @name: who brought or took the goods
 * @reason: received: "own", "consigned", "door", "found"; issued: "damaged", "expired", "sample",
 *   "own-use", "given", "returned"; counted: "provisional" or NULL
 * @to: moved: the place where the goods go; bundled: the basket's lot, at which its parts lie
 * @subject: counted: the count; moved: the fair; bundled: the basket's product
 * @ref, @ref_day: the paper that came with the goods
 * @reverses: the document that this one takes back
 * @total: Σ amount; @owed: of that, what the shop now owes @party (below 0: taken back)
 */
typedef struct
{
  char *number;
  QuayId document;
  QuayId party;
  char *name;
  char *reason;
  QuayId to;
  QuayId subject;
  char *ref;
  gint64 ref_day;
  QuayId reverses;
  GPtrArray *lines; /* QuayVoucherLine */
  QuayMoney total;
  QuayMoney owed;
  char *note;
} QuayVoucher;

/** What was seen on a shelf. @lot nil: all lots of the product together. */
typedef struct
{
  QuayId product;
  QuayId lot;
  gint64 whole; /* 1: all lots of the product, whatever @lot */
  QuayQty qty;
  gint64 seen; /* ms */
} QuaySeenLine;

/** What a quantity that goes to another lot was. The numbers are stored. */
typedef enum
{
  QUAY_ASSIGN_SOLD,
  QUAY_ASSIGN_LOST,  /* the shop bears it */
  QUAY_ASSIGN_WASTE, /* the producer bears it */
  QUAY_ASSIGN_BACK,  /* returned to the producer */
} QuayAssignKind;

/** The stored name of a kind ("goods.received"); NULL out of range. */
const char *quay_goods_name (QuayGoodsKind kind);
/** The kind of that name; FALSE for none. */
gboolean quay_goods_from_name (const char *name, QuayGoodsKind *kind);

/** An empty line, an empty document; (transfer full). */
QuayVoucherLine *quay_voucher_line_new (void);
QuayVoucherLine *quay_voucher_line_copy (const QuayVoucherLine *line);
void quay_voucher_line_free (QuayVoucherLine *line);
QuayVoucher *quay_voucher_new (void);
void quay_voucher_free (QuayVoucher *voucher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayVoucherLine, quay_voucher_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayVoucher, quay_voucher_free)

/** Sets a document's total to the sum of its lines; FALSE if that is out of range. */
gboolean quay_voucher_sum (QuayVoucher *voucher) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
