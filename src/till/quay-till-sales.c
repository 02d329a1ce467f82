/* Past sales, reprints, reports, stock. Thread: main. */
#include "quay-till-account-private.h"

#include "quay-error.h"
#include "quay-reader-lots.h"
#include "quay-reader-shift.h"
#include "quay-seal.h"
#include "quay-till-customers.h"
#include "quay-till-refunds.h"

#include <string.h>

/* Opens the sealed buyer of a sale that was read back, if its key is still there. */
static QuaySaleRecord *
with_buyer (QuayTill *till, QuaySaleRecord *sale)
{
  guint8 key[QUAY_SEAL_KEY_LEN];
  quay_till_fill_account (till, sale);
  if (sale == NULL || !quay_reader_person_key (till->reader, &sale->id, key))
    return sale;
  g_autofree char *sealed = quay_reader_sealed_buyer (till->reader, &sale->id);
  g_clear_pointer (&sale->buyer_name, g_free);
  g_clear_pointer (&sale->buyer_tax, g_free);
  if (sealed != NULL &&
      !quay_seal_open_buyer (sealed, key, &sale->buyer_name, &sale->buyer_tax, NULL))
    g_warning ("the buyer of '%s' can't be opened", sale->number);
  return sale;
}

QuaySaleRecord *
quay_till_sale (QuayTill *till, const char *number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (number));
  g_autofree char *printed = NULL;
  const char *wanted = quay_till_find_receipt (stripped, &printed) ? printed : stripped;
  return with_buyer (till, quay_reader_sale (till->reader, wanted));
}

GPtrArray *
quay_till_sales (QuayTill *till, QuayDay from, QuayDay to, const char *text,
                 const QuaySaleRecord *before, guint limit)
{
  const char *words = text != NULL && *text != '\0' ? text : NULL;
  g_autofree char *phone = words != NULL ? quay_phone_normal (words) : NULL;
  g_autoptr (GPtrArray) whose = phone != NULL ? quay_till_customers (till, phone) : NULL;
  const QuayCustomer *customer = whose != NULL && whose->len > 0 ? whose->pdata[0] : NULL;
  return quay_reader_sales (till->reader, from, to, words, customer != NULL ? &customer->id : NULL,
                            before, limit);
}

QuaySaleRecord *
quay_till_last_unprinted (QuayTill *till)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  g_autoptr (QuaySaleRecord) sale =
      quay_till_has_printer (till) ? quay_reader_last_sale (till->reader) : NULL;
  g_autofree char *settled = quay_reader_local (till->reader, QUAY_LOCAL_SETTLED);
  if (sale == NULL || sale->printed == QUAY_PRINT_SENT)
    return NULL;
  quay_id_to_text (&sale->id, id);
  if (g_strcmp0 (settled, id) == 0)
    return NULL;
  return with_buyer (till, g_steal_pointer (&sale));
}

void
quay_till_settle_print (QuayTill *till, const QuayId *sale)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  QuayTxn *txn = quay_txn_new ();
  quay_id_to_text (sale, id);
  quay_txn_set_local (txn, QUAY_LOCAL_SETTLED, id);
  quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
}

/* What a copy is wanted of: a sale, or a refund. */
typedef struct
{
  QuaySaleRecord *sale;
  QuayRefundRecord *refund;
} Paper;

static void
paper_clear (Paper *paper)
{
  g_clear_pointer (&paper->sale, quay_sale_record_free);
  g_clear_pointer (&paper->refund, quay_refund_record_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paper, paper_clear)

/* FALSE with why there is none. */
static gboolean
find_paper (QuayTill *till, const char *number, Paper *paper, GError **error)
{
  paper->sale = quay_till_sale (till, number);
  paper->refund = paper->sale == NULL ? quay_till_refund_record (till, number) : NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (paper->sale != NULL || paper->refund != NULL)
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no sale '%s'", number);
  return FALSE;
}

/* One more copy is made: @format of a file, NULL on paper. */
static gboolean
record_copy (QuayTill *till, const Paper *paper, const char *format, GError **error)
{
  const QuaySaleRecord *sale = paper->sale;
  const QuayRefundRecord *refund = paper->refund;
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_RECEIPT_REPRINTED, FALSE);
  QuayAudit *body = event->body;
  body->subject = sale != NULL ? sale->id : refund->id;
  body->ref = g_strdup (sale != NULL ? sale->number : refund->number);
  body->name = g_strdup (format);
  body->amount = sale != NULL ? sale->total : refund->total;
  quay_txn_add (txn, event);
  quay_txn_mark_print (txn, &body->subject, sale != NULL ? sale->printed : refund->printed, 1);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

static void
count_copy (const Paper *paper)
{
  if (paper->sale != NULL)
    paper->sale->copies++;
  else
    paper->refund->copies++;
}

gboolean
quay_till_reprint (QuayTill *till, const char *number, GError **error)
{
  g_auto (Paper) paper = { NULL, NULL };
  if (!quay_till_need_real (till, error) || !find_paper (till, number, &paper, error) ||
      !record_copy (till, &paper, NULL, error))
    return FALSE;
  count_copy (&paper);
  if (paper.sale != NULL)
    quay_till_print (till, paper.sale, (guint)paper.sale->copies);
  else
    quay_till_print_refund (till, paper.refund, (guint)paper.refund->copies);
  quay_till_emit_sales (till);
  return TRUE;
}

GBytes *
quay_till_copy_receipt (QuayTill *till, const char *number, const char *format, int width_mm,
                        GError **error)
{
  g_auto (Paper) paper = { NULL, NULL };
  if (!find_paper (till, number, &paper, error))
    return NULL;
  count_copy (&paper);
  g_autoptr (GBytes) bytes =
      paper.sale != NULL
          ? quay_till_render_receipt (till, paper.sale, format, width_mm, TRUE, error)
          : quay_till_render_refund (till, paper.refund, format, width_mm, TRUE, error);
  if (bytes == NULL || !record_copy (till, &paper, format, error))
    return NULL;
  quay_till_emit_sales (till);
  return g_steal_pointer (&bytes);
}

/* --- figures --- */

/* Figures that reach into the shift that is open here, for who has to count its drawer blindly. */
static gboolean
is_blind (QuayTill *till, QuayDay to)
{
  QuayId id;
  if (quay_till_may (till, QUAY_ACT_EXPECTED, 0) ||
      !quay_reader_open_shift (till->reader, &id, NULL, NULL))
    return FALSE;
  g_autoptr (QuayShift) shift = quay_reader_shift (till->reader, &id);
  return shift != NULL && to >= shift->day;
}

QuayReport *
quay_till_report (QuayTill *till, const char *kind, QuayDay from, QuayDay to, GError **error)
{
  static const struct
  {
    const char *name;
    QuayReportKind kind;
  } kinds[] = {
    { "day", QUAY_REPORT_PLAIN },
    { "vat", QUAY_REPORT_PLAIN },
    { "month", QUAY_REPORT_BY_DAY },
    { "product", QUAY_REPORT_BY_PRODUCT },
    { "producer", QUAY_REPORT_BY_PRODUCER },
  };
  if (!quay_day_is_valid (from) || !quay_day_is_valid (to) || from > to)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "days out of order");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, kind) == 0)
      {
        g_autoptr (QuayReport) report = quay_reader_report (till->reader, kinds[i].kind, from, to);
        if (is_blind (till, to))
          g_clear_pointer (&report->tenders, g_ptr_array_unref);
        return quay_till_check_reads (till, error) ? g_steal_pointer (&report) : NULL;
      }
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no report '%s'", kind);
  return NULL;
}

void
quay_stock_figure_free (QuayStockFigure *figure)
{
  if (figure == NULL)
    return;
  g_free (figure->sku);
  g_free (figure->name);
  g_free (figure->unit);
  g_free (figure->location);
  g_free (figure->lot);
  g_free (figure->code);
  g_free (figure);
}

static QuayStockFigure *
figure_of_row (QuayTill *till, const QuayStockRow *row)
{
  char lot[QUAY_ID_TEXT_LEN + 1] = "";
  QuayStockFigure *figure = g_new0 (QuayStockFigure, 1);
  if (!quay_id_is_nil (&row->lot))
    quay_id_to_text (&row->lot, lot);
  figure->sku = g_strdup (row->sku);
  figure->name = g_strdup (row->name);
  figure->unit = g_strdup (row->unit);
  figure->location = g_strdup (row->loc_name != NULL ? row->loc_name : "");
  figure->lot = g_strdup (lot);
  g_autoptr (QuayLot) known = *lot != '\0' ? quay_reader_lot (till->reader, &row->lot) : NULL;
  figure->code = g_strdup (known != NULL && known->code != NULL ? known->code : "");
  figure->expires = known != NULL ? known->expires : 0;
  figure->qty = row->qty;
  figure->value = row->value;
  return figure;
}

GPtrArray *
quay_till_stock (QuayTill *till, const char *sku, gint64 at_ms, gboolean lots)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_stock_figure_free);
  g_autoptr (GPtrArray) rows =
      quay_reader_stock (till->reader, sku, at_ms, lots, quay_till_day (till));
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (figures, figure_of_row (till, rows->pdata[i]));
  return figures;
}
