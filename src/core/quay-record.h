/* What is read back: a past sale, a day's figures. Values; text members are owned. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"
#include "quay-tax.h"

G_BEGIN_DECLS

/** Who the shop is, as printed on top of a receipt. */
typedef struct
{
  char *name;
  char *address;
  char *phone;
  char *tax_code;
  char *thanks;       /* last line of a receipt */
  gboolean hides_vat; /* it does not pay VAT by deduction: receipts name none */
  gboolean training;  /* nothing is real: all that is drawn says so */
} QuayShop;

void quay_shop_free (QuayShop *shop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayShop, quay_shop_free)

/** Whether a sale's receipt is known to be on paper. */
typedef enum
{
  QUAY_PRINT_NONE,   /* nothing is known: not confirmed */
  QUAY_PRINT_SENT,   /* handed over whole */
  QUAY_PRINT_FAILED, /* known not to be printed */
} QuayPrintState;

/**
 * QuaySaleRecord:
 * @code: six characters of the record's hash, as on the paper
 * @lines: (element-type QuayLine), @payments: (element-type QuayPayment), @taxes: GArray of
 *   QuayTaxRow; all NULL in lists of sales
 * @shift: in which it was sold; @here: on this computer, not on another till of the shop
 * @customer: nil for nobody known; @list: its price list, NULL for the shelf prices
 * @refunded: given back so far; @fixed: how often its tender was put right
 * @copies: how often it was printed again
 * @customer_name: as on paper, the phone number masked, NULL for nobody known; @owed: what this
 *   customer owed after it; @points: what it added to the customer's points, @points_left: what
 *   there is now
 */
typedef struct
{
  QuayId id;
  char *number;
  char code[8];
  gint64 seq;    /* place in its chain */
  char hash[65]; /* of its record, hex */
  QuayDay day;
  gint64 ts;
  char *who;
  GPtrArray *lines;
  GPtrArray *payments;
  GArray *taxes;
  QuayMoney total;
  QuayMoney vat;
  QuayId shift;
  gboolean here;
  QuayId customer;
  char *list;
  QuayMoney refunded;
  gint64 fixed;
  gint64 n_lines;
  char *tenders; /* "cash", "cash+card" */
  char *buyer_name;
  char *buyer_tax;
  char *note;
  QuayPrintState printed;
  gint64 copies;
  char *customer_name;
  QuayMoney owed;
  gint64 points;
  gint64 points_left;
} QuaySaleRecord;

void quay_sale_record_free (QuaySaleRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySaleRecord, quay_sale_record_free)

/**
 * QuayBackLine: goods of one line that came back.
 * @line: of the sale, from 1; 0: without a receipt
 * @name: NULL if the sale, which would say it, is not in this file
 * @net, @rate_bp: as of a line of a sale
 * @restock: back on the shelf
 */
typedef struct
{
  gint64 line;
  char *name;
  char *unit;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney net;
  gint64 rate_bp;
  gboolean restock;
} QuayBackLine;

void quay_back_line_free (QuayBackLine *line);

/**
 * QuayRefundRecord: what was given back.
 * @code, @printed, @copies: as of a sale
 * @sale: nil: without a receipt; @of: its number, or what is said of it, "" for nothing; @of_ts:
 *   when it was sold, 0 if this file does not know
 * @exchange: number of the sale that took it in the same step, NULL for none
 * @lines: (element-type QuayBackLine), @payments: (element-type QuayPayment), handed back, above 0;
 *   @taxes: GArray of QuayTaxRow; all NULL in lists
 * @why, @approver: may be NULL
 * @customer_name, @owed: as of a sale
 */
typedef struct
{
  QuayId id;
  char *number;
  char code[8];
  QuayDay day;
  gint64 ts;
  char *who;
  QuayId sale;
  char *of;
  gint64 of_ts;
  char *exchange;
  GPtrArray *lines;
  GPtrArray *payments;
  GArray *taxes;
  QuayMoney total;
  char *why;
  char *approver;
  QuayId customer;
  char *customer_name;
  QuayMoney owed;
  QuayPrintState printed;
  gint64 copies;
} QuayRefundRecord;

void quay_refund_record_free (QuayRefundRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayRefundRecord, quay_refund_record_free)

/**
 * QuayExcess: more was given back of a line than was sold, by tills that did not know of each
 * other, or of a sale that nobody has.
 * @number: of the sale, or what the refund says of it; @refunds: numbers of the refunds
 * @qty, @amount: too much; 0 where only the other is
 */
typedef struct
{
  QuayId sale;
  char *number;
  char *name;
  char *refunds;
  QuayQty qty;
  QuayMoney amount;
} QuayExcess;
void quay_excess_free (QuayExcess *excess);

/**
 * QuayNumbers: the documents of one counter.
 * @prefix: what stands before the counting number ("QT1A-")
 * @first, @last: lowest and highest number; @count: documents
 * @missing: numbers between 1 and @last that no document has ("5, 9–12"), NULL if there is none
 * @twice: numbers of more than one document, NULL if there is none
 */
typedef struct
{
  char *prefix;
  gint64 first;
  gint64 last;
  gint64 count;
  char *missing;
  char *twice;
} QuayNumbers;

void quay_numbers_free (QuayNumbers *numbers);

/** One line of a report: a name and its figures. */
typedef struct
{
  char *key;
  char *name;
  gint64 count;
  QuayQty qty;
  QuayMoney amount;
  QuayMoney vat;
} QuayReportRow;

void quay_report_row_free (QuayReportRow *row);

/**
 * QuayReport: figures of the business days @from … @to.
 * @tenders, @rates, @rows: (element-type QuayReportRow): by tender; by VAT rate; by product or
 *   producer where asked for; @tenders NULL: who asked may not see them
 */
typedef struct
{
  QuayDay from;
  QuayDay to;
  gint64 sales;
  gint64 refunds;
  QuayMoney total; /* sold, VAT included */
  QuayMoney vat;
  QuayMoney refunded;
  GPtrArray *tenders;
  GPtrArray *rates;
  GPtrArray *rows;
} QuayReport;

void quay_report_free (QuayReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayReport, quay_report_free)

G_END_DECLS
