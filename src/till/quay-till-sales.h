/* After the sale: past sales, reprints, refunds, cash, shifts, reports. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/** By number, or by what is printed in the receipt's QR; NULL if unknown. */
QuaySaleRecord *quay_till_sale (QuayTill *till, const char *number);
/** Newest first, without lines; @text: part of a number, words of a product, a time of day ("6:17")
 * or the whole phone number of a customer; @before: the last
 * record of the page before, or NULL. (element-type QuaySaleRecord) */
GPtrArray *quay_till_sales (QuayTill *till, QuayDay from, QuayDay to, const char *text,
                            const QuaySaleRecord *before, guint limit);

/** The last sale if its receipt is not confirmed on paper: show a notice; NULL otherwise. */
QuaySaleRecord *quay_till_last_unprinted (QuayTill *till);
/** The user looked: don't ask about this sale again. */
void quay_till_settle_print (QuayTill *till, const QuayId *sale);

/** Prints again what a sale or a refund printed, marked "BẢN IN LẠI", and records it. Answered when
 * it is recorded. */
gboolean quay_till_reprint (QuayTill *till, const char *number, GError **error);

/** FALSE if receipts must be drawn in other letters than they are made for: tell the user. */
gboolean quay_till_has_receipt_font (void);

/**
 * quay_till_copy_receipt:
 * @format: "text", "png" or "pdf"
 * @width_mm: 58 or 80
 *
 * A receipt, or the slip of a refund, to be given away as a file: as a reprint, it is marked "BẢN
 * IN LẠI" and recorded before it is returned.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NOT_FOUND, _INVALID or a storage error.
 */
GBytes *quay_till_copy_receipt (QuayTill *till, const char *number, const char *format,
                                int width_mm, GError **error);

/** A receipt for the screen, as the bytes of a file. @format: "text", "png" or "pdf"; @width_mm: 58
 * or 80. */
GBytes *quay_till_render_receipt (QuayTill *till, const QuaySaleRecord *sale, const char *format,
                                  int width_mm, gboolean copy, GError **error);

typedef struct
{
  gint64 line; /* of the sale, from 1 */
  QuayQty qty;
  gboolean restock;
} QuayRefundAsk;

/**
 * quay_till_refund:
 * @id: of quay_till_new_id(), the same for each try
 *
 * Gives back lines of a sale (all that is left of it if @n is 0), by the tenders that were taken
 * for it: never more by one than it brought, transfer and card before cash. A try after one that
 * had been done, though its answer was an error, is answered with what was done then.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_NOT_FOUND, _REFUSED (more than is
 *   left), _EXISTS (@id is that of something else) or a storage error.
 */
char *quay_till_refund (QuayTill *till, const QuayId *id, const char *number,
                        const QuayRefundAsk *asks, guint n, const char *why, QuayMoney *total,
                        GError **error);
/** The same, all of it by @tender, whatever was taken: refused unless @why says why. */
char *quay_till_refund_by (QuayTill *till, const QuayId *id, const char *number, gint64 tender,
                           const QuayRefundAsk *asks, guint n, const char *why, QuayMoney *total,
                           GError **error);
/** Cash into (above 0) or out of the drawer; its number, (transfer full). @id as for a refund:
 * QUAY_ERROR_EXISTS if another amount was moved under it. */
char *quay_till_move_cash (QuayTill *till, const QuayId *id, QuayMoney amount, const char *why,
                           GError **error);
gboolean quay_till_open_drawer (QuayTill *till, const char *why, GError **error);
/** A manager's word for something that a rule stops. */
gboolean quay_till_override (QuayTill *till, const char *what, const char *why, GError **error);

/** The open shift; FALSE if none. */
gboolean quay_till_shift (QuayTill *till, char **number, QuayMoney *expected);
char *quay_till_open_shift (QuayTill *till, QuayMoney opening, GError **error);
/** @difference: counted − expected. Always succeeds if the file can be written. */
gboolean quay_till_close_shift (QuayTill *till, QuayMoney counted, const char *why,
                                QuayMoney *difference, GError **error);

/** @kind: "day", "month", "product", "producer", "vat". Without QUAY_ACT_EXPECTED nothing is told
 * by tender (NULL) of days that the shift open here reaches into: its drawer is counted blindly. */
QuayReport *quay_till_report (QuayTill *till, const char *kind, QuayDay from, QuayDay to,
                              GError **error);
/** A report on the same paper as receipts, as the bytes of a file. */
GBytes *quay_till_render_report (QuayTill *till, const QuayReport *report, const char *format,
                                 int width_mm, GError **error);

/** One row of stock. */
typedef struct
{
  char *sku;
  char *name;
  char *unit;
  char *location;  /* "" where it is no place: inside ready baskets */
  char *lot;       /* "" for unallocated */
  char *code;      /* the lot's number as on the goods; "" if it has none */
  QuayDay expires; /* 0 unknown */
  QuayQty qty;
  QuayMoney value; /* at the shelf price of today */
} QuayStockFigure;
void quay_stock_figure_free (QuayStockFigure *figure);
/** @sku: NULL for all; @at_ms: a past moment, 0 for now; @lots: a row for each lot.
 * (element-type QuayStockFigure) */
GPtrArray *quay_till_stock (QuayTill *till, const char *sku, gint64 at_ms, gboolean lots);

G_END_DECLS
