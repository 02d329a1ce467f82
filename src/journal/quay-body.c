/* Which member of which body is which key. These keys are the stored format: none is renamed, none
 * changes its unit; new optional ones may be added at the end. */
#include "quay-body-private.h"

static const QuayField part_fields[] = {
  ID (QuayPart, product, "product"),
  ID (QuayPart, lot, "lot"),
  ID (QuayPart, loc, "loc"),
  INT_IN (QuayPart, qty, "qty", 1, QTY_MAX),
  INT_OPT (QuayPart, amount, "amount", 0, QUAY_MONEY_MAX),
  INT_OPT (QuayPart, cost, "cost", 0, QUAY_MONEY_MAX),
  END,
};
static const QuayShape part_shape = { sizeof (QuayPart), part_fields };

static const QuayField off_fields[] = {
  INT_OPT (QuayOff, kind, "kind", 0, QUAY_N_OFFS - 1),
  INT_IN (QuayOff, amount, "amount", 1, QUAY_MONEY_MAX),
  ID (QuayOff, promo, "promo"),
  TEXT (QuayOff, name, "name", 300),
  INT_OPT (QuayOff, bp, "bp", 0, 10000),
  END,
};
static const QuayShape off_shape = { sizeof (QuayOff), off_fields };

static const QuayField line_fields[] = {
  ID (QuayLine, product, "product"),
  INT_OPT (QuayLine, kind, "kind", 0, QUAY_LINE_PRICED),
  TEXT (QuayLine, sku, "sku", 60),
  TEXT_REQ (QuayLine, name, "name", 300),
  TEXT (QuayLine, unit, "unit", 40),
  INT_IN (QuayLine, qty, "qty", 1, QTY_MAX),
  INT_OPT (QuayLine, tare, "tare", 0, QTY_MAX),
  INT_IN (QuayLine, price, "price", 0, QUAY_MONEY_MAX),
  INT_IN (QuayLine, amount, "amount", 0, QUAY_MONEY_MAX),
  INT_IN (QuayLine, net, "net", 0, QUAY_MONEY_MAX),
  TEXT (QuayLine, vat_class, "class", 40),
  INT_IN (QuayLine, rate_bp, "rate", -1, 10000),
  TEXT (QuayLine, code, "code", 300),
  TEXT (QuayLine, lot, "lot", 60),
  TEXT (QuayLine, trace, "trace", 500),
  TEXT (QuayLine, note, "note", 300),
  INT_OPT (QuayLine, abv, "abv", 0, 1000),
  LIST_OPT (QuayLine, parts, "lots", &part_shape),
  LIST_OPT (QuayLine, offs, "offs", &off_shape),
  INT_OPT (QuayLine, was, "was", 0, QUAY_MONEY_MAX),
  END,
};
const QuayShape quay_shape_line = { sizeof (QuayLine), line_fields };

static const QuayField payment_fields[] = {
  { "tender", QUAY_FIELD_TENDER, G_STRUCT_OFFSET (QuayPayment, tender), TRUE, 0, 0, NULL },
  INT_IN (QuayPayment, amount, "amount", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  INT_OPT (QuayPayment, given, "given", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  INT_OPT (QuayPayment, change, "change", 0, QUAY_MONEY_MAX),
  TEXT (QuayPayment, ref, "ref", 100),
  INT_OPT (QuayPayment, seen, "seen", 0, TS_MAX),
  END,
};
const QuayShape quay_shape_payment = { sizeof (QuayPayment), payment_fields };

static const QuayField birth_fields[] = {
  ID_REQ (QuayBirth, till, "till"),
  TEXT_REQ (QuayBirth, code, "code", 12),
  TEXT_REQ (QuayBirth, letter, "letter", 4),
  ID (QuayBirth, parent, "parent"),
  INT (QuayBirth, first, "first"),
  INT (QuayBirth, count, "count"),
  TEXT_REQ (QuayBirth, version, "version", 40),
  END,
};
const QuayShape quay_shape_birth = { sizeof (QuayBirth), birth_fields };

static const QuayField facts_fields[] = {
  ID (QuayFacts, id, "of"),
  TEXT (QuayFacts, code, "code", 100),
  { "set", QUAY_FIELD_FACTS, G_STRUCT_OFFSET (QuayFacts, facts), TRUE, 0, 0, NULL },
  END,
};
const QuayShape quay_shape_facts = { sizeof (QuayFacts), facts_fields };

static const QuayField code_fields[] = {
  TEXT_REQ (QuayCode, code, "code", 500),
  ID (QuayCode, product, "product"),
  END,
};
const QuayShape quay_shape_code = { sizeof (QuayCode), code_fields };

static const QuayField price_fields[] = {
  ID_REQ (QuayPrice, product, "product"),
  INT_IN (QuayPrice, day, "day", DAY_MIN, DAY_MAX),
  INT_IN (QuayPrice, price, "price", -1, QUAY_MONEY_MAX),
  END,
};
const QuayShape quay_shape_price = { sizeof (QuayPrice), price_fields };

static const QuayField prices_fields[] = {
  LIST (QuayPrices, prices, "prices", &quay_shape_price),
  TEXT (QuayPrices, why, "why", 300),
  END,
};
const QuayShape quay_shape_prices = { sizeof (QuayPrices), prices_fields };

static const QuayField stock_line_fields[] = {
  ID_REQ (QuayStockLine, product, "product"),
  ID (QuayStockLine, lot, "lot"),
  INT_IN (QuayStockLine, qty, "qty", -QTY_MAX, QTY_MAX),
  END,
};
static const QuayShape stock_line_shape = { sizeof (QuayStockLine), stock_line_fields };

static const QuayField stock_opening_fields[] = {
  ID (QuayStockOpening, document, "document"),
  LIST (QuayStockOpening, lines, "lines", &stock_line_shape),
  END,
};
const QuayShape quay_shape_stock_opening = { sizeof (QuayStockOpening), stock_opening_fields };

static const QuayField posted_fields[] = {
  ID_REQ (QuayPosted, document, "document"), TEXT_REQ (QuayPosted, kind, "kind", 40),
  TEXT (QuayPosted, name, "name", 300),      INT_IN (QuayPosted, count, "count", 0, QUAY_MONEY_MAX),
  TEXT (QuayPosted, hash, "hash", 64),       END,
};
const QuayShape quay_shape_posted = { sizeof (QuayPosted), posted_fields };

static const QuayField sale_fields[] = {
  TEXT_REQ (QuaySale, number, "number", 40),
  LIST (QuaySale, lines, "lines", &quay_shape_line),
  LIST (QuaySale, payments, "payments", &quay_shape_payment),
  INT_IN (QuaySale, total, "total", 0, QUAY_MONEY_MAX),
  INT_IN (QuaySale, vat, "vat", 0, QUAY_MONEY_MAX),
  INT_OPT (QuaySale, age, "age", 0, 1),
  TEXT (QuaySale, buyer, "buyer", 2000),
  TEXT (QuaySale, note, "note", 500),
  ID (QuaySale, customer, "customer"),
  TEXT (QuaySale, list, "list", 40),
  INT_OPT (QuaySale, points, "points", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  END,
};
const QuayShape quay_shape_sale = { sizeof (QuaySale), sale_fields };

static const QuayField refund_line_fields[] = {
  INT_IN (QuayRefundLine, line, "line", 0, 10000),
  ID (QuayRefundLine, product, "product"),
  INT_IN (QuayRefundLine, qty, "qty", 1, QTY_MAX),
  INT_IN (QuayRefundLine, amount, "amount", 0, QUAY_MONEY_MAX),
  INT_IN (QuayRefundLine, net, "net", 0, QUAY_MONEY_MAX),
  INT_OPT (QuayRefundLine, restock, "restock", 0, 1),
  LIST_OPT (QuayRefundLine, parts, "lots", &part_shape),
  TEXT (QuayRefundLine, sku, "sku", 60),
  TEXT (QuayRefundLine, name, "name", 300),
  TEXT (QuayRefundLine, unit, "unit", 40),
  TEXT (QuayRefundLine, vat_class, "class", 40),
  INT_OPT (QuayRefundLine, rate_bp, "rate", -1, 10000),
  END,
};
static const QuayShape refund_line_shape = { sizeof (QuayRefundLine), refund_line_fields };

static const QuayField refund_fields[] = {
  TEXT_REQ (QuayRefund, number, "number", 40),
  ID (QuayRefund, sale, "sale"),
  TEXT (QuayRefund, of, "of", 40),
  LIST (QuayRefund, lines, "lines", &refund_line_shape),
  LIST (QuayRefund, payments, "payments", &quay_shape_payment),
  INT_IN (QuayRefund, total, "total", 0, QUAY_MONEY_MAX),
  TEXT (QuayRefund, why, "why", 300),
  ID (QuayRefund, customer, "customer"),
  ID (QuayRefund, exchange, "exchange"),
  INT_OPT (QuayRefund, points, "points", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  TEXT (QuayRefund, by, "by", 40),
  END,
};
const QuayShape quay_shape_refund = { sizeof (QuayRefund), refund_fields };

static const QuayField audit_fields[] = {
  ID (QuayAudit, subject, "subject"),
  TEXT (QuayAudit, ref, "ref", 100),
  TEXT (QuayAudit, name, "name", 300),
  INT_OPT (QuayAudit, qty, "qty", -QTY_MAX, QTY_MAX),
  INT_OPT (QuayAudit, amount, "amount", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  TEXT (QuayAudit, why, "why", 300),
  TEXT (QuayAudit, act, "act", 40),
  TEXT (QuayAudit, by, "by", 40),
  END,
};
const QuayShape quay_shape_audit = { sizeof (QuayAudit), audit_fields };

static const QuayField cash_moved_fields[] = {
  TEXT_REQ (QuayCashMoved, number, "number", 40),
  INT_IN (QuayCashMoved, amount, "amount", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  TEXT (QuayCashMoved, why, "why", 300),
  TEXT (QuayCashMoved, kind, "kind", 20),
  TEXT (QuayCashMoved, party, "party", 300),
  ID (QuayCashMoved, doc, "doc"),
  TEXT (QuayCashMoved, by, "by", 40),
  END,
};
const QuayShape quay_shape_cash_moved = { sizeof (QuayCashMoved), cash_moved_fields };

static const QuayField shift_opened_fields[] = {
  TEXT_REQ (QuayShiftOpened, number, "number", 40),
  INT_IN (QuayShiftOpened, opening, "float", 0, QUAY_MONEY_MAX),
  TEXT (QuayShiftOpened, notes, "notes", 300),
  END,
};
const QuayShape quay_shape_shift_opened = { sizeof (QuayShiftOpened), shift_opened_fields };

static const QuayField shift_closed_fields[] = {
  /* a shift has one number, given at its opening */
  INT_IN (QuayShiftClosed, counted, "counted", 0, QUAY_MONEY_MAX),
  INT_IN (QuayShiftClosed, expected, "expected", -QUAY_MONEY_MAX, QUAY_MONEY_MAX),
  ID_REQ (QuayShiftClosed, shift, "closes"),
  TEXT (QuayShiftClosed, why, "why", 300),
  TEXT (QuayShiftClosed, notes, "notes", 300),
  INT_OPT (QuayShiftClosed, verified, "verified", 0, QUAY_MONEY_MAX),
  TEXT (QuayShiftClosed, by, "by", 40),
  TEXT (QuayShiftClosed, note, "note", 500),
  END,
};
const QuayShape quay_shape_shift_closed = { sizeof (QuayShiftClosed), shift_closed_fields };
