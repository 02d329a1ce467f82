/* Receipts on their way to paper, a file or a screen. A sale is what it is before anything is
 * printed; a print that fails changes nothing but its mark. Thread: main; the printer has its own.
 */
#include "quay-till-account-private.h"
#include "quay-till-bank.h"
#include "quay-till-orders.h"
#include "quay-till-refunds.h"
#include "quay-till-shift.h"
#include "quay-till-training.h"
#include "quay-till-view.h"

#include "quay-error.h"
#include "quay-printer.h"
#include "quay-receipt-render.h"

#include <string.h>

struct _QuayTillPrinter
{
  QuayPrinter *device; /* NULL: receipts go nowhere */
};

static QuayPaper
paper_of (gint64 mm)
{
  return quay_paper_is_valid (mm) ? (QuayPaper)mm : QUAY_PAPER_80;
}

void
quay_till_open_printer (QuayTill *till)
{
  g_autofree char *kind = quay_till_get_setting (till, "till.printer");
  g_autofree char *chosen = quay_till_get_setting (till, "till.printer_folder");
  g_autofree char *own = g_build_filename (till->dir, "receipts", NULL);
  const char *folder = chosen != NULL && *chosen != '\0' ? chosen : own;
  QuayPaper paper = paper_of (quay_till_get_setting_int (till, QUAY_SETTING_WIDTH, 80));
  quay_till_close_printer (till);
  till->printer = g_new0 (QuayTillPrinter, 1);
  if (g_strcmp0 (kind, "folder") == 0 && !quay_till_is_training (till) && !quay_till_is_view (till))
    till->printer->device = quay_printer_new (QUAY_PRINTER_FOLDER, folder, paper);
}

void
quay_till_close_printer (QuayTill *till)
{
  if (till->printer == NULL)
    return;
  g_clear_pointer (&till->printer->device, quay_printer_free);
  g_clear_pointer (&till->printer, g_free);
}

gboolean
quay_till_has_printer (QuayTill *till)
{
  return till->printer != NULL && till->printer->device != NULL;
}

/* A print under way; the till may be closed before its answer. */
typedef struct
{
  GWeakRef till;
  QuayId sale; /* or refund; nil: the slip of an order */
  char *number;
} PrintOp;

static void
print_op_free (PrintOp *op)
{
  g_weak_ref_clear (&op->till);
  g_free (op->number);
  g_free (op);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  PrintOp *op = data;
  g_autoptr (QuayTill) till = g_weak_ref_get (&op->till);
  QuayPrintState state = quay_printer_print_finish (result, &error);
  if (till != NULL && till->store != NULL)
    {
      QuayTxn *txn = quay_id_is_nil (&op->sale) ? NULL : quay_txn_new ();
      if (txn != NULL)
        quay_txn_mark_print (txn, &op->sale, state, 0);
      if (txn != NULL)
        quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
      quay_till_emit_printed (till, op->number, state == QUAY_PRINT_SENT,
                              error != NULL ? error->message : NULL);
      quay_till_emit_sales (till);
    }
  print_op_free (op);
}

static void
print (QuayTill *till, QuayReceipt *receipt, const QuayId *sale, const char *number)
{
  PrintOp *op = g_new0 (PrintOp, 1);
  g_weak_ref_init (&op->till, till);
  op->sale = *sale;
  op->number = g_strdup (number);
  quay_printer_print_async (till->printer->device, receipt, NULL, printed_cb, op);
}

void
quay_till_print (QuayTill *till, const QuaySaleRecord *sale, guint copy)
{
  if (!quay_till_has_printer (till))
    return;
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  print (till, quay_receipt_new (shop, sale, copy), &sale->id, sale->number);
}

void
quay_till_print_refund (QuayTill *till, const QuayRefundRecord *refund, guint copy)
{
  if (!quay_till_has_printer (till))
    return;
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  print (till, quay_receipt_new_refund (shop, refund, copy), &refund->id, refund->number);
}

void
quay_till_print_slip (QuayTill *till, QuayReceipt *receipt, const char *name)
{
  print (till, receipt, &QUAY_ID_NIL, name);
}

/* An order's slip; with a code to pay the rest, where there is one and the shop has an account. */
static QuayReceipt *
order_slip (QuayTill *till, const QuayOrderRecord *order)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  QuayMoney rest = QUAY_DONG (order->total.dong - order->deposit.dong);
  g_autofree char *code = quay_till_code_of_order (order->number);
  gboolean open = quay_id_is_nil (&order->end) && rest.dong > 0;
  g_autoptr (QuayTransfer) transfer = open ? quay_till_transfer (till, rest, code, NULL) : NULL;
  return quay_receipt_new_order (shop, order, transfer);
}

gboolean
quay_till_print_order (QuayTill *till, const QuayOrderRecord *order, GError **error)
{
  if (!quay_till_has_printer (till))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no printer is set up");
      return FALSE;
    }
  print (till, order_slip (till, order), &QUAY_ID_NIL, order->number);
  return TRUE;
}

gboolean
quay_till_print_shift (QuayTill *till, const QuayShift *shift, GError **error)
{
  if (!quay_till_has_printer (till))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no printer is set up");
      return FALSE;
    }
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  print (till, quay_receipt_new_shift (shop, shift, quay_till_now_ms (till)), &QUAY_ID_NIL,
         shift->number);
  return TRUE;
}

gboolean
quay_till_has_receipt_font (void)
{
  return quay_receipt_check_font (NULL);
}

gboolean
quay_till_find_receipt (const char *text, char **number)
{
  g_autofree char *code = NULL;
  return quay_receipt_code_parse (text, number, &code);
}

static GBytes *
render (const QuayReceipt *receipt, const char *format, int width_mm, GError **error)
{
  static const char *const names[] = { "text", "png", "pdf", NULL };
  static const QuayReceiptFormat formats[] = { QUAY_RECEIPT_TEXT, QUAY_RECEIPT_PNG,
                                               QUAY_RECEIPT_PDF };
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], format) == 0 && quay_paper_is_valid (width_mm))
      return quay_receipt_to_bytes (receipt, (QuayPaper)width_mm, formats[i], error);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no receipt as '%s' on %d mm", format,
               width_mm);
  return NULL;
}

GBytes *
quay_till_render_receipt (QuayTill *till, const QuaySaleRecord *sale, const char *format,
                          int width_mm, gboolean copy, GError **error)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  guint n = copy ? (guint)MAX (sale->copies, 1) : 0;
  g_autoptr (QuayReceipt) receipt = quay_receipt_new (shop, sale, n);
  return render (receipt, format, width_mm, error);
}

GBytes *
quay_till_render_refund (QuayTill *till, const QuayRefundRecord *refund, const char *format,
                         int width_mm, gboolean copy, GError **error)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  guint n = copy ? (guint)MAX (refund->copies, 1) : 0;
  g_autoptr (QuayReceipt) receipt = quay_receipt_new_refund (shop, refund, n);
  return render (receipt, format, width_mm, error);
}

GBytes *
quay_till_render_report (QuayTill *till, const QuayReport *report, const char *format, int width_mm,
                         GError **error)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new_report (shop, report);
  return render (receipt, format, width_mm, error);
}

GBytes *
quay_till_render_order (QuayTill *till, const QuayOrderRecord *order, const char *format,
                        int width_mm, GError **error)
{
  g_autoptr (QuayReceipt) receipt = order_slip (till, order);
  return render (receipt, format, width_mm, error);
}

GBytes *
quay_till_render_shift (QuayTill *till, const QuayShift *shift, const char *format, int width_mm,
                        GError **error)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  g_autoptr (QuayReceipt) receipt = quay_receipt_new_shift (shop, shift, quay_till_now_ms (till));
  return render (receipt, format, width_mm, error);
}
