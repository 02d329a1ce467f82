/* Selling: what a scan means, the open cart, holding, paying. */
#pragma once

#include "quay-barcode.h"
#include "quay-till.h"

G_BEGIN_DECLS

/**
 * QuayScanned: what a scanned text means here.
 * @scan: as parsed
 * @item: the product, NULL if none is known
 * @line: ready for quay_till_cart_add(); NULL if it can't be sold as it is (unknown, no price,
 *   expired, needs a weight)
 * @needs_weight: a weighed product scanned by its plain code: ask for the weight
 * @refusal: why there is no line, for developers; the page words it from @scan and @item; a storage
 *   error: the file can't be read, and nothing is known of the code
 */
typedef struct
{
  QuayScan scan;
  QuayItem *item;
  QuayLine *line;
  gboolean needs_weight;
  GError *refusal;
} QuayScanned;

/** Never changes anything. (transfer full), never NULL; free with quay_scanned_free(). */
QuayScanned *quay_till_scan (QuayTill *till, const char *text);
void quay_scanned_free (QuayScanned *scanned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayScanned, quay_scanned_free)

/** The rules for in-store labels, from the shop's settings. */
const QuayScanRules *quay_till_scan_rules (QuayTill *till);

/** The open cart; borrowed until the next change; never NULL. */
const QuayCart *quay_till_cart (QuayTill *till);

/** Adds a line (copied). Each change of the cart is queued for the disk at once. */
gboolean quay_till_cart_add (QuayTill *till, const QuayLine *line, guint *index, GError **error);
/** Adds @qty of a product at today's price. */
gboolean quay_till_cart_add_item (QuayTill *till, const QuayId *product, QuayQty qty, guint *index,
                                  GError **error);
/** A priced thing with no catalogue entry. @vat_class must be known. */
gboolean quay_till_cart_add_open (QuayTill *till, const char *name, QuayMoney price, QuayQty qty,
                                  const char *vat_class, guint *index, GError **error);
/** Less than before, or 0 which removes the line, leaves a trace in the audit. */
gboolean quay_till_cart_set_qty (QuayTill *till, guint index, QuayQty qty, GError **error);
gboolean quay_till_cart_set_weight (QuayTill *till, guint index, QuayQty gross, QuayQty tare,
                                    GError **error);
gboolean quay_till_cart_set_note (QuayTill *till, guint index, const char *note, GError **error);
gboolean quay_till_cart_remove (QuayTill *till, guint index, const char *why, GError **error);
/** Throws the cart away, leaving a trace of each line. */
gboolean quay_till_cart_clear (QuayTill *till, const char *why, GError **error);
/** Gives every line of the open cart the catalogue's price of today; all of them or none. Until
 * then a line keeps the price at which it was added, which is the one that counts. */
gboolean quay_till_cart_take_prices (QuayTill *till, GError **error);
/** The customer was asked and is 18 or older. */
void quay_till_cart_confirm_age (QuayTill *till);
/** For an invoice; NULL or "" clears. QUAY_ERROR_INVALID for a tax code of the wrong shape. */
gboolean quay_till_cart_set_buyer (QuayTill *till, const char *name, const char *tax_code,
                                   GError **error);

/** TRUE once, after a start that found an open cart on disk: show a notice. */
gboolean quay_till_take_restored (QuayTill *till);
/** How many open carts the start found that can't be read; once: show a notice. They are kept, put
 * aside. */
guint quay_till_take_unreadable (QuayTill *till);

/** A cart put aside, for the list. @unreadable: it is in the file, but can't be brought back; its
 * lines are not known. */
typedef struct
{
  QuayId id;
  gint64 ts;
  char *label;
  guint n_lines;
  QuayMoney total;
  char *first_name; /* name of its first line */
  guint n_changed;  /* lines whose price is another one today */
  gboolean unreadable;
} QuayHeld;
void quay_held_free (QuayHeld *held);

/** Puts the open cart aside and opens a new one. */
gboolean quay_till_hold (QuayTill *till, const char *label, GError **error);
/** (element-type QuayHeld) oldest first. */
GPtrArray *quay_till_held (QuayTill *till);
/** Brings one back; the open cart, unless empty, is put aside first. QUAY_ERROR_DAMAGED for one
 * that can't be read, which stays. */
gboolean quay_till_recall (QuayTill *till, const QuayId *id, GError **error);

/**
 * quay_till_pay_async:
 * @payments: (element-type QuayPayment): tender, given, ref; copied
 *
 * Commits the open cart as a sale. When the answer comes the sale is durable, a new cart is open
 * and the receipt is on its way to the printer. The same cart is never sold twice. Errors:
 * QUAY_ERROR_REFUSED (empty cart, age not confirmed, payments don't cover it) and storage errors,
 * of which QUAY_ERROR_FULL comes before anything was tried; the cart then stays as it was.
 */
void quay_till_pay_async (QuayTill *till, GPtrArray *payments, GAsyncReadyCallback callback,
                          gpointer data);
/** The sale as committed; (transfer full). */
QuaySaleRecord *quay_till_pay_finish (QuayTill *till, GAsyncResult *result, GError **error);
QuaySaleRecord *quay_till_pay (QuayTill *till, GPtrArray *payments, GError **error);

/**
 * quay_till_make_cart, quay_till_make_line:
 *
 * A cart beside the open one, for programs without a window that must not disturb the cashier's:
 * build lines by scan or SKU, then sell it or put it aside.
 */
QuayCart *quay_till_make_cart (QuayTill *till);
/** @text: SKU or any code; @qty 0: one piece, or what the label says. (transfer full) */
QuayLine *quay_till_make_line (QuayTill *till, const char *text, QuayQty qty, GError **error);
/** Commits @cart as a sale; the open cart stays as it is. @payments: empty means exact cash. */
QuaySaleRecord *quay_till_sell_cart (QuayTill *till, const QuayCart *cart, GPtrArray *payments,
                                     GError **error);
/** Puts @cart aside. */
gboolean quay_till_hold_cart (QuayTill *till, const QuayCart *cart, const char *label,
                              GError **error);

G_END_DECLS
