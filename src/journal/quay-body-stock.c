/* Keys of the stock family. They are the stored format: none is renamed, none changes its unit; new
 * optional ones may be added at the end. */
#include "quay-body-stock.h"
#include "quay-body-private.h"

#define MONEY(S, m, key) INT_OPT (S, m, key, -QUAY_MONEY_MAX, QUAY_MONEY_MAX)
#define MONEY_REQ(S, m, key) INT_IN (S, m, key, -QUAY_MONEY_MAX, QUAY_MONEY_MAX)
#define QTY(S, m, key) INT_OPT (S, m, key, -QTY_MAX, QTY_MAX)
#define QTY_REQ(S, m, key) INT_IN (S, m, key, -QTY_MAX, QTY_MAX)
#define DAY(S, m, key) INT_OPT (S, m, key, DAY_MIN, DAY_MAX)
#define TIME(S, m, key) INT_OPT (S, m, key, 0, G_GINT64_CONSTANT (253402300799999))
#define TENDER(S, m, key)                                                                          \
  {                                                                                                \
    key, QUAY_FIELD_TENDER, G_STRUCT_OFFSET (S, m), FALSE, 0, 0, NULL                              \
  }

static const QuayField voucher_line_fields[] = {
  ID_REQ (QuayVoucherLine, product, "product"),
  TEXT (QuayVoucherLine, sku, "sku", 60),
  TEXT_REQ (QuayVoucherLine, name, "name", 300),
  TEXT (QuayVoucherLine, unit, "unit", 40),
  ID (QuayVoucherLine, lot, "lot"),
  QTY_REQ (QuayVoucherLine, qty, "qty"),
  QTY (QuayVoucherLine, other, "other"),
  INT_OPT (QuayVoucherLine, price, "price", 0, QUAY_MONEY_MAX),
  MONEY (QuayVoucherLine, amount, "amount"),
  MONEY (QuayVoucherLine, cost, "cost"),
  INT_OPT (QuayVoucherLine, bearer, "bearer", 0, 1),
  TIME (QuayVoucherLine, seen, "seen"),
  INT_OPT (QuayVoucherLine, terms.kind, "terms", 0, QUAY_TERMS_TRANSFER),
  INT_OPT (QuayVoucherLine, terms.price, "cost_price", 0, QUAY_MONEY_MAX),
  INT_OPT (QuayVoucherLine, terms.commission_bp, "commission", 0, 10000),
  INT_OPT (QuayVoucherLine, terms.base, "base", 0, QUAY_BASE_SHELF),
  INT_OPT (QuayVoucherLine, terms.net_of_vat, "net", 0, 1),
  ID (QuayVoucherLine, producer, "producer"),
  DAY (QuayVoucherLine, made, "made"),
  DAY (QuayVoucherLine, expires, "expires"),
  TEXT (QuayVoucherLine, code, "code", 60),
  TEXT (QuayVoucherLine, trace, "trace", 500),
  INT_OPT (QuayVoucherLine, deduct, "deduct", 0, 10000),
  TEXT (QuayVoucherLine, note, "note", 300),
  END,
};
static const QuayShape voucher_line_shape = { sizeof (QuayVoucherLine), voucher_line_fields };

static const QuayField voucher_fields[] = {
  TEXT (QuayVoucher, number, "number", 40),
  ID (QuayVoucher, document, "document"),
  ID (QuayVoucher, party, "party"),
  TEXT (QuayVoucher, name, "name", 300),
  TEXT (QuayVoucher, reason, "reason", 40),
  ID (QuayVoucher, to, "to"),
  ID (QuayVoucher, subject, "subject"),
  TEXT (QuayVoucher, ref, "ref", 100),
  DAY (QuayVoucher, ref_day, "ref_day"),
  ID (QuayVoucher, reverses, "reverses"),
  LIST (QuayVoucher, lines, "lines", &voucher_line_shape),
  MONEY (QuayVoucher, total, "total"),
  MONEY (QuayVoucher, owed, "owed"),
  TEXT (QuayVoucher, note, "note", 500),
  END,
};
const QuayShape quay_shape_voucher = { sizeof (QuayVoucher), voucher_fields };

static const QuayField seen_line_fields[] = {
  ID_REQ (QuaySeenLine, product, "product"),
  ID (QuaySeenLine, lot, "lot"),
  INT_OPT (QuaySeenLine, whole, "whole", 0, 1),
  INT_IN (QuaySeenLine, qty, "qty", 0, QTY_MAX),
  INT_IN (QuaySeenLine, seen, "seen", 0, G_GINT64_CONSTANT (253402300799999)),
  END,
};
static const QuayShape seen_line_shape = { sizeof (QuaySeenLine), seen_line_fields };

static const QuayField known_fields[] = {
  ID_REQ (QuayKnown, chain, "chain"),
  INT_IN (QuayKnown, seq, "seq", 1, QUAY_MONEY_MAX),
  END,
};
static const QuayShape known_shape = { sizeof (QuayKnown), known_fields };

static const QuayField count_seen_fields[] = {
  ID_REQ (QuayCountSeen, count, "count"),
  LIST (QuayCountSeen, lines, "lines", &seen_line_shape),
  LIST_OPT (QuayCountSeen, known, "known", &known_shape),
  END,
};
const QuayShape quay_shape_count_seen = { sizeof (QuayCountSeen), count_seen_fields };

static const QuayField assign_fields[] = {
  ID_REQ (QuayAssign, doc, "doc"),
  INT_IN (QuayAssign, line, "line", 1, 10000),
  INT_OPT (QuayAssign, kind, "as", 0, QUAY_ASSIGN_BACK),
  ID_REQ (QuayAssign, product, "product"),
  ID (QuayAssign, from, "from"),
  ID (QuayAssign, to, "to"),
  QTY_REQ (QuayAssign, qty, "qty"),
  MONEY (QuayAssign, amount, "amount"),
  MONEY (QuayAssign, cost, "cost"),
  MONEY (QuayAssign, cost_from, "cost_from"),
  TEXT (QuayAssign, why, "why", 300),
  ID (QuayAssign, party, "party"),
  MONEY (QuayAssign, owed, "owed"),
  END,
};
const QuayShape quay_shape_assign = { sizeof (QuayAssign), assign_fields };

static const QuayField settled_lot_fields[] = {
  ID_REQ (QuaySettledLot, lot, "lot"),     ID_REQ (QuaySettledLot, product, "product"),
  TEXT (QuaySettledLot, sku, "sku", 60),   TEXT_REQ (QuaySettledLot, name, "name", 300),
  TEXT (QuaySettledLot, unit, "unit", 40), QTY (QuaySettledLot, opening, "opening"),
  QTY (QuaySettledLot, in, "in"),          QTY (QuaySettledLot, sold, "sold"),
  QTY (QuaySettledLot, back, "back"),      QTY (QuaySettledLot, loss, "loss"),
  QTY (QuaySettledLot, waste, "waste"),    MONEY (QuaySettledLot, amount, "amount"),
  MONEY (QuaySettledLot, cost, "cost"),    END,
};
static const QuayShape settled_lot_shape = { sizeof (QuaySettledLot), settled_lot_fields };

static const QuayField settled_fields[] = {
  TEXT (QuaySettled, number, "number", 40),
  ID (QuaySettled, document, "document"),
  ID_REQ (QuaySettled, producer, "producer"),
  TEXT (QuaySettled, name, "name", 300),
  DAY (QuaySettled, from, "from"),
  DAY (QuaySettled, to, "to"),
  LIST (QuaySettled, lots, "lots", &settled_lot_shape),
  MONEY_REQ (QuaySettled, amount, "amount"),
  MONEY_REQ (QuaySettled, cost, "cost"),
  INT_OPT (QuaySettled, tax, "tax", 0, QUAY_MONEY_MAX),
  TEXT (QuaySettled, note, "note", 500),
  END,
};
const QuayShape quay_shape_settled = { sizeof (QuaySettled), settled_fields };

static const QuayField entry_fields[] = {
  TEXT_REQ (QuayEntry, number, "number", 40),
  ID_REQ (QuayEntry, producer, "producer"),
  TEXT (QuayEntry, name, "name", 300),
  TEXT_REQ (QuayEntry, kind, "kind", 40),
  MONEY_REQ (QuayEntry, amount, "amount"),
  TENDER (QuayEntry, tender, "tender"),
  INT_OPT (QuayEntry, money, "money", 0, 1),
  ID (QuayEntry, doc, "doc"),
  TEXT (QuayEntry, ref, "ref", 100),
  TEXT (QuayEntry, why, "why", 300),
  END,
};
const QuayShape quay_shape_entry = { sizeof (QuayEntry), entry_fields };

static const QuayField order_fields[] = {
  TEXT_REQ (QuayOrder, number, "number", 40),
  TEXT (QuayOrder, buyer, "buyer", 2000),
  DAY (QuayOrder, due, "due"),
  LIST (QuayOrder, lines, "lines", &quay_shape_line),
  INT_IN (QuayOrder, total, "total", 0, QUAY_MONEY_MAX),
  INT_OPT (QuayOrder, deposit, "deposit", 0, QUAY_MONEY_MAX),
  TENDER (QuayOrder, tender, "tender"),
  TEXT (QuayOrder, ref, "ref", 100),
  TEXT (QuayOrder, note, "note", 500),
  END,
};
const QuayShape quay_shape_order = { sizeof (QuayOrder), order_fields };

static const QuayField order_ended_fields[] = {
  ID_REQ (QuayOrderEnded, order, "order"),
  TEXT_REQ (QuayOrderEnded, how, "how", 40),
  ID (QuayOrderEnded, sale, "sale"),
  INT_OPT (QuayOrderEnded, back, "back", 0, QUAY_MONEY_MAX),
  TENDER (QuayOrderEnded, tender, "tender"),
  TEXT (QuayOrderEnded, why, "why", 300),
  END,
};
const QuayShape quay_shape_order_ended = { sizeof (QuayOrderEnded), order_ended_fields };
